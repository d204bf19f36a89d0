"""Weights of rows: what kinds there are, which ones are valid, and how many rows they are worth."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Bools, Floats, freeze
from servqual.errors import Problem, WeightError, did_you_mean


class WeightKind(StrEnum):
    """What a weight means; the same numbers give other variances and errors under each.

    SAMPLING
        How many members of the population a respondent stands for; only ratios matter. The sample keeps its ``n``
        respondents: the variance is ``n / (n − 1)`` times the weighted mean square, the error of a mean is linearised,
        degrees of freedom are ``n − 1``, and Kish's effective size says what unequal weights cost.
    FREQUENCY
        How many respondents gave exactly these answers. Everything equals what one gets by writing the row that many
        times: divisors are ``Σw − 1``, the error of a mean is ``s / √Σw``, and weights are whole numbers.

    A row of weight zero takes no part: it is not counted in ``n`` under either kind.

    References
    ----------
    Lumley 2010, Complex Surveys: A Guide to Analysis Using R, Wiley.
    """

    SAMPLING = "sampling"
    FREQUENCY = "frequency"

    @classmethod
    def _missing_(cls, value: object) -> WeightKind:
        hint = did_you_mean(str(value), list(cls))
        raise WeightError(Problem("weight_kind", repr(value), "weights are sampling weights or frequencies", hint))


def kish_effective_size(weights: npt.ArrayLike) -> float:
    """Kish's effective sample size ``(Σw)² / Σw²``: rows of equal weight that would say as much about a mean.

    Parameters
    ----------
    weights
        Weights of the rows, zero or more, shape (rows,).

    Returns
    -------
    float
        Between 1 and the number of rows with a weight; NaN where no row has one.

    References
    ----------
    Kish 1965, Survey Sampling, Wiley, section 8.2; Kish 1992, Journal of Official Statistics 8(2):183-200.

    Examples
    --------
    >>> kish_effective_size([1, 1, 1, 1])
    4.0
    >>> kish_effective_size([3, 1])
    1.6
    """
    given = np.asarray(weights, dtype=np.float64)
    largest = float(given.max(initial=0.0))
    if not largest > 0:
        return float("nan")
    # scaled, exactly: squares of very large or very small weights leave the range of float64
    scaled = np.ldexp(given, -np.frexp(largest)[1])
    return float(scaled.sum() ** 2 / (scaled @ scaled))


def check_weights(values: npt.ArrayLike, kind: WeightKind, *, part: bool = False) -> Floats:
    """Weights as a read-only float64 array, or one error that names all that is wrong with them.

    Parameters
    ----------
    values
        Weights of the rows, shape (rows,).
    kind
        What they mean.
    part
        Whether these are only some of the rows; all of a part may weigh zero.

    Returns
    -------
    Floats
        The same numbers, shape (rows,).

    Raises
    ------
    WeightError
        If weights are negative, missing, infinite, all zero, not whole although frequencies, or not one per row.

    Examples
    --------
    >>> check_weights([2, 0, 1], WeightKind.FREQUENCY)
    array([2., 0., 1.])
    >>> check_weights([1.0, -0.5], WeightKind.SAMPLING)
    Traceback (most recent call last):
    servqual.errors.faults.WeightError: weights: 1 negative, first in row 1; weights are zero or more...
    """
    problems = _kind_problems(kind)
    given = np.asarray(values)
    if given.dtype.kind not in "biuf" or given.ndim != 1:
        rule = "weights are numbers, one for each row"
        raise WeightError(*problems, Problem("weights", f"an array of {given.dtype}, shape {given.shape}", rule))
    weights = freeze(np.array(given, dtype=np.float64))
    problems += _value_problems(weights, kind)
    if not problems and not part and weights.size and not weights.any():
        remedy = "leave the weights out to count every row once"
        problems.append(Problem("weights", f"all {weights.size} are zero", "some row has a weight", remedy))
    if problems:
        raise WeightError(*problems)
    return weights


def row_weights(weights: npt.ArrayLike | None, kind: WeightKind | None, rows: int) -> Floats | None:
    """Return checked weights for so many rows, or None where neither weights nor their kind are given."""
    if weights is None and kind is None:
        return None
    if weights is None:
        remedy = "pass weights= as well, or leave kind= out"
        raise WeightError(Problem("weights", f"kind {kind}, but no weights", "a kind is the kind of weights", remedy))
    if kind is None:
        remedy = "pass kind=WeightKind.SAMPLING or kind=WeightKind.FREQUENCY"
        raise WeightError(Problem("kind", "weights without their kind", "the kind decides about every error", remedy))
    checked = check_weights(weights, kind, part=True)
    if checked.size != rows:
        raise WeightError(Problem("weights", f"{checked.size} weights for {rows} rows", "every row has one weight"))
    return checked


def variance_base(kind: WeightKind | None, n: npt.ArrayLike, weight: npt.ArrayLike) -> Floats:
    """Return what a weighted sum of squared deviations is divided by to make a variance; NaN where there is none.

    ``Σw − 1`` without weights and for frequencies; ``Σw · (n − 1) / n`` for sampling weights.
    """
    count, total = np.asarray(n, dtype=np.float64), np.asarray(weight, dtype=np.float64)
    if kind is not WeightKind.SAMPLING:
        return np.where(total > 1, total - 1, np.nan)
    return np.where(count > 1, total * (count - 1) / np.maximum(count, 1), np.nan)


def _kind_problems(kind: object) -> list[Problem]:
    if isinstance(kind, WeightKind):
        return []
    remedy = "pass WeightKind.SAMPLING or WeightKind.FREQUENCY"
    return [Problem("kind", repr(kind), "the kind of weights is a WeightKind", remedy)]


def _value_problems(weights: Floats, kind: WeightKind) -> list[Problem]:
    finite = np.isfinite(weights)
    checks: list[tuple[Bools, str, str, str]] = [
        (np.isnan(weights), "missing", "every row has a weight", "give rows without one weight 0, or leave them out"),
        (np.isinf(weights), "infinite", "weights are finite", ""),
        (weights < 0, "negative", "weights are zero or more", "leave out rows that should not count, or weigh them 0"),
    ]
    if kind is WeightKind.FREQUENCY:
        whole = ~finite | (np.rint(weights) == weights)
        remedy = "call them WeightKind.SAMPLING if they are sampling weights"
        checks.append((~whole, "not whole", "a frequency counts respondents", remedy))
    return [Problem("weights", _where(bad, what), rule, hint) for bad, what, rule, hint in checks if bad.any()]


def _where(bad: Bools, what: str) -> str:
    rows: AnyArray = np.flatnonzero(bad)
    shown = ", ".join(str(row) for row in rows[:3]) + (", …" if rows.size > 3 else "")
    return f"{rows.size} {what}, first in row{'s' if rows.size > 1 else ''} {shown}"
