"""A Kano study in arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import KanoError, Problem
from servqual.instruments import Instrument
from servqual.satisfaction.delight.coding import Coding, KanoCoding, check_kano
from servqual.satisfaction.delight.columns import HALVES, Features, instrument_of
from servqual.satisfaction.delight.intake import (
    KanoParts,
    check_rows,
    coded_pairs,
    given_groups,
    importance_of,
    weights_of,
)
from servqual.satisfaction.delight.words import KanoAnswer
from servqual.satisfaction.gathering import Problems
from servqual.statistics import WeightKind


@frozen(eq=False)
class ArrayAsk:
    """What is said of arrays; see `KanoStudy.from_arrays`."""

    features: Features | None
    coding: Coding
    words: Mapping[str, KanoAnswer | str] | None
    missing: float | str | Collection[float | str]
    groups: Mapping[str, npt.ArrayLike] | None
    weights: npt.ArrayLike | None
    weight_kind: WeightKind | str
    importance: npt.ArrayLike | None


def given_arrays(functional: npt.ArrayLike, dysfunctional: npt.ArrayLike, ask: ArrayAsk) -> KanoParts:
    """Return the parts of a study that arrays hold, (respondents, features).

    Raises
    ------
    KanoError
        Everything that is wrong with them, at once.
    """
    problems: Problems = []
    coding = KanoCoding.of(ask.coding, ask.words, ask.missing, problems)
    tables = _tables(functional, dysfunctional, problems)
    instrument = _instrument(ask.features, tables[0].shape[1], problems)
    groups = given_groups(ask.groups, len(tables[0]), problems)
    weights = weights_of(ask.weights, ask.weight_kind, problems)
    if weights is not None:
        check_rows("weights", len(weights), len(tables[0]), problems)
    importance = _importance(ask, tables[0], instrument.item_keys, coding, problems)
    columns = {
        half: [(f"{half} answer to {name}", each) for name, each in zip(instrument.item_keys, table.T, strict=True)]
        for half, table in zip(HALVES, tables, strict=True)
    }
    pairs = coded_pairs(columns, coding, problems)
    check_kano(problems)
    return KanoParts(instrument, pairs, weights, WeightKind(ask.weight_kind), groups, importance)


def _tables(functional: npt.ArrayLike, dysfunctional: npt.ArrayLike, problems: Problems) -> tuple[AnyArray, AnyArray]:
    """Return both tables of answers; where they are none, all problems are raised."""
    first, second = _matrix(HALVES[0], functional, problems), _matrix(HALVES[1], dysfunctional, problems)
    if first is None or second is None:
        raise KanoError(*dict.fromkeys(problems))
    if first.shape != second.shape:
        found = f"functional {first.shape}, dysfunctional {second.shape}"
        problems.append(Problem("shapes", found, "both answers are given by the same people to the same features"))
        raise KanoError(*dict.fromkeys(problems))
    return first, second


def _instrument(features: Features | None, many: int, problems: Problems) -> Instrument:
    """Return the features of so many columns; where they do not fit, all problems are raised."""
    instrument = instrument_of([str(n + 1) for n in range(many)] if features is None else features, problems)
    if instrument is None:
        raise KanoError(*dict.fromkeys(problems))
    if len(instrument) != many:
        problems.append(
            Problem("shapes", f"{many} columns", f"there is a column for each of {len(instrument)} features")
        )
        raise KanoError(*dict.fromkeys(problems))
    return instrument


def _matrix(place: str, values: npt.ArrayLike, problems: Problems) -> AnyArray | None:
    try:
        table = np.asarray(values)
    except ValueError:
        table = np.empty(0)
    if table.dtype.kind == "U":
        table = table.astype(object)
    if table.ndim != 2 or not table.size:
        found = f"shape {table.shape}"
        problems.append(Problem(place, found, "answers are a matrix (respondents, features), none of them empty"))
        return None
    return table


def _importance(
    ask: ArrayAsk, answers: AnyArray, names: tuple[str, ...], coding: KanoCoding, problems: Problems
) -> Floats | None:
    if ask.importance is None:
        return None
    table = np.asarray(ask.importance)
    if table.shape != answers.shape:
        found = f"shape {table.shape}"
        problems.append(Problem("importance", found, f"it has the shape of the answers, {answers.shape}"))
        return None
    columns = [(f"importance of {name}", each) for name, each in zip(names, table.T, strict=True)]
    return importance_of(columns, coding.missing, problems)
