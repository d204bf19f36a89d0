"""Published counts of a Kano study: of pairs of answers, or of categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray
from servqual.errors import KanoError, Problem, ServqualError, did_you_mean
from servqual.instruments import Instrument
from servqual.labels import Label
from servqual.satisfaction.delight.coding import check_kano
from servqual.satisfaction.delight.columns import instrument_of
from servqual.satisfaction.delight.words import CATEGORIES, Category
from servqual.satisfaction.gathering import Problems

CountsOf = Mapping[str, npt.ArrayLike | Mapping[Any, float]]
_PAIRS = (5, 5)


def counted(counts: CountsOf, labels: Mapping[str, Label | str]) -> tuple[Instrument, AnyArray]:
    """Return the features, and their counts of shape (features, 25) or (features, 6).

    Raises
    ------
    KanoError
        Everything that is wrong with them, at once.
    """
    given: object = counts
    if not isinstance(given, Mapping) or not given:
        rule = "counts are a mapping of feature to a table 5 × 5, or to a mapping of category to count"
        raise KanoError(Problem("counts", f"{counts!r:.40}", rule, 'from_counts({"wait": {"A": 12, "M": 30, …}})'))
    problems: Problems = []
    for name in labels:
        if name not in counts:
            rule = "labels are those of features"
            problems.append(Problem("labels", f"no {name!r}", rule, did_you_mean(str(name), map(str, counts))))
    rows = [_row(str(name), given, problems) for name, given in counts.items()]
    if len({len(row) for row in rows if row is not None}) > 1:
        rule = "all features are counted in the same way"
        problems.append(Problem("counts", "pairs of answers for some, categories for others", rule))
    instrument = instrument_of({name: labels.get(name, name) for name in counts}, problems)
    check_kano(problems)
    if instrument is None or any(row is None for row in rows):
        raise KanoError(*problems)
    return instrument, np.stack([row for row in rows if row is not None])


def _row(name: str, given: Any, problems: Problems) -> AnyArray | None:
    found = _of_categories(name, given, problems) if isinstance(given, Mapping) else np.asarray(given)
    place = f"feature {name}"
    if not isinstance(given, Mapping) and found.shape != _PAIRS:
        rule = "a table has a row for each functional answer and a column for each dysfunctional one, 5 × 5"
        problems.append(Problem(place, f"shape {found.shape}", rule))
        return None
    if found.dtype.kind not in "biuf":
        problems.append(Problem(place, f"{found.ravel().tolist()!r:.40}", "counts are numbers"))
        return None
    wrong = ~np.isfinite(found) | (found < 0) | (np.rint(found) != found)
    if wrong.any():
        shown = ", ".join(f"{each:g}" for each in found[wrong].ravel()[:3].tolist())
        rule = "counts are whole numbers, 0 or more"
        problems.append(Problem(place, shown, rule, "shares become counts by the number of respondents"))
        return None
    if not found.any():
        problems.append(Problem(place, "all counts are 0", "somebody answered each feature", "leave it out"))
    return found.ravel().astype(np.float64)


def _of_categories(name: str, given: Mapping[Any, Any], problems: Problems) -> AnyArray:
    found: dict[Category, Any] = {}
    for category, count in given.items():
        try:
            known = Category(category)
        except ServqualError as error:
            each = error.problems[0]
            problems.append(
                each if isinstance(each, str) else Problem(f"feature {name}", each.found, each.rule, each.remedy)
            )
            continue
        if known in found:
            problems.append(Problem(f"feature {name}", f"{known} twice", "each category is counted once"))
        found[known] = count
    return np.asarray([found.get(each, 0) for each in CATEGORIES])
