"""Correlations with their tests: of pairs, and within groups of pairs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, Ints
from servqual.errors import ArgumentError, Problem
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import FINITE, arrays

_ROUNDING = 1e-14


class CorrelationTest(NamedTuple):
    """A correlation, its interval and its test; NaN where there is none, and then `reason` says why."""

    r: float
    low: float
    high: float
    df: float
    p: float
    n: int
    groups: int
    reason: str = ""


def correlation_test(
    x: npt.ArrayLike, y: npt.ArrayLike, groups: Ints | None = None, confidence: float = 0.95
) -> CorrelationTest:
    """Pearson's correlation of pairs; with groups, that of deviations from the groups' means (repeated measures).

    ``t = r √(df / (1 − r²))`` on ``df = n − 2``; within ``g`` groups ``df = n − g − 1``, where a group of one pair
    tells nothing and is left out. The interval is ``tanh(atanh r ± z / √(df − 1))``.

    Parameters
    ----------
    x, y
        Shape (n,); pairs of which one is NaN are left out.
    groups
        Position of the group of each pair, shape (n,).
    confidence
        Between 0 and 1.

    Raises
    ------
    ArgumentError
        Infinite values, shapes that differ, a confidence outside 0 to 1.

    References
    ----------
    Fisher 1921, Metron 1:3-32; Bland & Altman 1995, BMJ 310(6977):446 (within subjects); Bakdash & Marusich 2017,
    Frontiers in Psychology 8:456.

    Examples
    --------
    >>> found = correlation_test([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
    >>> round(found.r, 3), round(found.low, 3), round(found.high, 3), round(found.p, 3)
    (0.8, -0.28, 0.986, 0.104)
    """
    check_confidence(confidence)
    one, other = arrays(x=(x, FINITE), y=(y, FINITE))
    if one.ndim != 1 or (groups is not None and groups.shape != one.shape):
        raise ArgumentError(Problem("pairs", f"shape {one.shape}", "x, y and groups are of one shape, (n,)"))
    there = ~(np.isnan(one) | np.isnan(other))
    if groups is None:
        count = 1
        home = np.zeros(int(there.sum()), np.int64)
    else:
        sizes = np.bincount(groups[there], minlength=int(groups.max(initial=0)) + 1)
        there &= sizes[groups] > 1
        known, home = np.unique(groups[there], return_inverse=True)
        count = known.size
    return _tested(_around(one[there], home), _around(other[there], home), count, confidence)


def _around(values: Floats, home: Ints) -> Floats:
    """Return deviations from the means of groups; where a value differs from its mean by rounding alone, zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.bincount(home, values) / np.bincount(home)
    around = values - means[home]
    return np.where(np.abs(around) <= _ROUNDING * np.abs(values), 0.0, around)


def _tested(x: Floats, y: Floats, groups: int, confidence: float) -> CorrelationTest:
    from scipy.special import ndtri, stdtr

    n, df = x.size, float(x.size - groups - 1)
    squares = float(x @ x), float(y @ y)
    why = "fewer than two pairs" if n < 2 else "one side does not vary" if 0.0 in squares else ""
    if why:
        return CorrelationTest(np.nan, np.nan, np.nan, df, np.nan, n, groups, why)
    r = float(x @ y) / float(np.sqrt(squares[0])) / float(np.sqrt(squares[1]))
    r = float(np.sign(r)) if 1 - abs(r) < _ROUNDING else r
    if df < 1:
        return CorrelationTest(r, np.nan, np.nan, df, np.nan, n, groups, "too few pairs for a test")
    with np.errstate(divide="ignore"):
        t = abs(r) * np.sqrt(df / (1 - r * r)) if abs(r) < 1 else np.inf
        reach = float(ndtri((1 + confidence) / 2)) / np.sqrt(df - 1)
        low, high = (float(np.tanh(np.arctanh(r) + side * reach)) for side in (-1, 1)) if abs(r) < 1 else (r, r)
    ends = (low, high) if df > 1 else (-1.0, 1.0)
    return CorrelationTest(r, *ends, df, float(2 * stdtr(df, -t)), n, groups)
