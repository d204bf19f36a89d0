"""`two_qualities`: quality as features, and quality as freedom from deficiencies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import Problem, ProcessError, ServqualError
from servqual.labels import Label
from servqual.operations.given_columns import GivenColumns
from servqual.operations.lives import quality_words as words
from servqual.operations.lives.quality_results import Number, QualityShare, QualitySlope, TwoQualities
from servqual.operations.lives.quality_words import QualityField
from servqual.operations.wanted import is_number
from servqual.statistics import Covariance, Inapplicable, Regression, ols, t_test, wilson_interval
from servqual.statistics.fieller_sets import fieller_interval
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

NO_SATISFACTION = Inapplicable("no satisfaction was given")
STILL = Inapplicable("features, deficiencies or satisfaction do not vary, or one follows from the other")
NO_END = Inapplicable("the slope of features is not clearly different from zero, so that the ratio has no bounds")
_LEAST = 4


@frozen(eq=False)
class _Rows:
    """Features, deficiencies and satisfaction of those who have them, each (n,); and how many there were."""

    features: Floats
    deficiencies: Floats
    satisfaction: Floats | None
    rows: int
    backend: str


def two_qualities(
    source: Any,
    features: Any,
    deficiencies: Any,
    satisfaction: Any = None,
    *,
    rich: float,
    passed: int = 0,
    confidence: float = 0.95,
) -> TwoQualities:
    """Quality as features against freedom from deficiencies (Juran): who has which, and what satisfaction makes of it.

    More of the features that customers need costs more and sells; fewer deficiencies cost less and spare
    dissatisfaction. The two are not ends of one scale: a case can have both, or neither. With satisfaction, both are
    weighed by a regression, and `worth` says how many points of features one deficiency takes away.

    Parameters
    ----------
    source
        A data frame or a mapping name → values, with a row for each case or unit.
    features
        The column (or an array) of how rich in features it is: a score, or a number of features.
    deficiencies
        The column (or an array) of how many deficiencies there were, whole numbers from 0.
    satisfaction
        The column (or an array) of satisfaction.
    rich
        The level of features from which on a case counts as rich.
    passed
        How many deficiencies are let pass as none.
    confidence
        Of all intervals.

    Returns
    -------
    TwoQualities
        Shares of the four fields with Wilson's intervals, and mean satisfaction in each.

    Raises
    ------
    ProcessError
        All problems at once: unknown columns, columns that are no numbers, deficiencies below zero or not whole, no
        case that has both, a level that is no finite number.

    References
    ----------
    Juran & Godfrey 1999, Juran's Quality Handbook, 5th ed., McGraw-Hill, section 2 (two meanings of quality); Fieller
    1954, Journal of the Royal Statistical Society B 16(2):175-185; MacKinnon & White 1985, Journal of Econometrics
    29(3):305-325 (HC3).

    Examples
    --------
    >>> found = two_qualities({"features": [5, 6, 2, 7], "faults": [0, 2, 0, 0]}, "features", "faults", rich=5)
    >>> {row.field.value: row.n for row in found}
    {'rich_sound': 2, 'rich_faulty': 1, 'plain_sound': 1, 'plain_faulty': 0}
    """
    asked = {"features": features, "deficiencies": deficiencies, "satisfaction": satisfaction}
    rows = _rows(source, asked, rich, passed)
    high, sound = rows.features >= rich, rows.deficiencies <= passed
    here = dict(zip(QualityField, (high & sound, high & ~sound, ~high & sound, ~high & ~sound), strict=True))
    fields = tuple(_share(rows, field, members, confidence) for field, members in here.items())
    fit = _fit(rows)
    slopes = [_slope(fit, place, confidence) for place in (1, 2)]
    worth = dict(zip(("worth", "worth_low", "worth_high"), _worth(fit, confidence), strict=True))
    notes = list(_notes(rows, rich, passed, confidence))
    table = Table(columns_of(fields, QualityShare), backend=rows.backend)
    told = Told(table, [each.label for each in QualityField], words.TITLE, notes)
    given = {"rich": rich, "passed": passed, "confidence": confidence}
    return TwoQualities(fields, told, asked=given, features=slopes[0], deficiencies=slopes[1], **worth)


def _rows(source: Any, asked: dict[str, Any], rich: float, passed: int) -> _Rows:
    try:
        given = GivenColumns.of(source, "features")
    except ServqualError as error:
        raise ProcessError(*error.problems) from error
    columns = {name: given.numbers(name, each) for name, each in asked.items() if each is not None}
    problems = given.problems
    counts = columns["deficiencies"]
    if counts is not None and ((counts < 0) | (counts != np.rint(counts)))[~np.isnan(counts)].any():
        problems.append(Problem("deficiencies", "some below zero, or not whole", "deficiencies are counted, from 0 on"))
    if not is_number(rich):
        problems.append(Problem("rich", repr(rich), "a level of features is a finite number"))
    if not is_number(passed) or passed < 0:
        problems.append(Problem("passed", repr(passed), "deficiencies that are let pass are 0 or more"))
    if problems:
        raise ProcessError(*problems)
    table = np.column_stack([each for each in columns.values() if each is not None])
    kept = table[~np.isnan(table).any(axis=1)]
    if not len(kept):
        rule = "a case has every number that is asked"
        raise ProcessError(Problem("source", f"{len(table)} rows, none complete", rule))
    last = kept[:, 2] if "satisfaction" in columns else None
    return _Rows(kept[:, 0], kept[:, 1], last, len(table), given.backend)


def _share(rows: _Rows, field: QualityField, members: Bools, confidence: float) -> QualityShare:
    n = int(members.sum())
    low, high = wilson_interval(n, members.size, confidence)
    mean: Number = NO_SATISFACTION
    if rows.satisfaction is not None:
        mean = float(rows.satisfaction[members].mean()) if n else Inapplicable("nobody stands there")
    return QualityShare(field=field, n=n, share=n / members.size, low=low, high=high, satisfaction=mean)


def _fit(rows: _Rows) -> Regression | Inapplicable:
    if rows.satisfaction is None:
        return NO_SATISFACTION
    x = np.column_stack([rows.features, rows.deficiencies])
    centred = np.column_stack([x, rows.satisfaction]) - np.column_stack([x, rows.satisfaction]).mean(axis=0)
    if len(x) < _LEAST or np.linalg.matrix_rank(centred[:, :2]) < 2 or not centred[:, 2].any():
        return STILL
    return ols(rows.satisfaction, x, ["features", "deficiencies"], covariance=Covariance.HC3)


def _slope(fit: Regression | Inapplicable, place: int, confidence: float) -> QualitySlope:
    if isinstance(fit, Inapplicable):
        return QualitySlope(slope=fit, low=fit, high=fit, p=fit)
    test = t_test(fit.coefficients[place], np.sqrt(fit.covariance[place, place]), fit.df_test)
    low, high = test.interval(confidence)
    cells = {"slope": test.estimate, "low": low, "high": high, "p": test.p}
    return QualitySlope(**{name: Reasoned.of(each).at(0) for name, each in cells.items()})


def _worth(fit: Regression | Inapplicable, confidence: float) -> tuple[Number, Number, Number]:
    """Return how many points of features one deficiency takes away, with Fieller's interval."""
    if isinstance(fit, Inapplicable):
        return fit, fit, fit
    above, below, sigma = -float(fit.coefficients[2]), float(fit.coefficients[1]), fit.covariance
    variances = (float(sigma[2, 2]), float(sigma[1, 1]))
    ends = fieller_interval(above, below, variances, -float(sigma[1, 2]), fit.df_test, confidence)
    low, high = map(float, ends)
    return (NO_END, NO_END, NO_END) if np.isnan(low) else (above / below, low, high)


def _notes(rows: _Rows, rich: float, passed: int, confidence: float) -> Iterator[Label]:
    n = rows.features.size
    yield Label(
        f"{n} of {rows.rows} cases; rich: features of {rich:g} or more; sound: at most {passed} deficiencies; "
        f"{confidence:.0%} intervals",
        f"{rows.rows} 个个案中的 {n} 个；丰富：特性不低于 {rich:g}；无缺陷：至多 {passed} 项缺陷；"
        f"{confidence:.0%} 置信区间",
    )
    yield words.NOT_OPPOSITE
    if rows.satisfaction is not None:
        yield words.SLOPES
