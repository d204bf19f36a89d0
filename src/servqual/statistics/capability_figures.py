"""Process capability indices of many groups at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.statistics._arguments import check_confidence

_ROUNDING = 1e-14


class Indices(NamedTuple):
    """Capability of each group, arrays of shape (groups,); NaN where there is none."""

    n: Floats
    mean: Floats
    sd: Floats
    sd_within: Floats
    pp: Floats
    pp_low: Floats
    pp_high: Floats
    ppk: Floats
    ppk_low: Floats
    ppk_high: Floats
    cp: Floats
    cpk: Floats
    expected: Floats
    skewness: Floats
    kurtosis: Floats


def capability_indices(
    values: Floats,
    groups: Ints,
    count: int,
    limits: tuple[float | None, float | None],
    subgroups: Ints | None = None,
    *,
    confidence: float = 0.95,
) -> Indices:
    """Process capability indices of each of many groups of values.

    ``Pp = (U − L) / 6 s``, with an interval by ``χ²`` on ``n − 1``; ``Ppk = min(U − x̄, x̄ − L) / 3 s``, with the
    interval ``Ppk ± z √(1 / 9n + Ppk² / 2(n − 1))``. Cp and Cpk take ``s_w² = Σ (n_j − 1) s_j² / Σ (n_j − 1)`` over
    subgroups ``j`` instead of ``s²``.

    Parameters
    ----------
    values
        Without missing ones, shape (n,).
    groups, count
        Position of the group of each value, and how many groups there are.
    limits
        Low and high, None where there is none.
    subgroups
        Position of the subgroup of each value, shape (n,); values of one subgroup in two groups count apart.
    confidence
        Between 0 and 1.

    Returns
    -------
    Indices
        `expected` is the share within the limits of a normal distribution with the mean and sd; `skewness` and
        `kurtosis` (less 3) are both 0 for one.

    Raises
    ------
    ArgumentError
        A confidence that does not lie between 0 and 1.

    References
    ----------
    Kane 1986, Journal of Quality Technology 18(1):41-52; Bissell 1990, Applied Statistics 39(3):331-340.

    Examples
    --------
    >>> found = capability_indices(np.array([9.0, 10.0, 11.0]), np.zeros(3, int), 1, (4.0, 16.0))
    >>> found.pp.tolist(), found.ppk.tolist()
    ([2.0], [2.0])
    """
    from scipy.special import gammaincinv, ndtr, ndtri

    check_confidence(confidence)
    low, high = (np.nan if limit is None else limit for limit in limits)
    n, mean, squares = _moments(values, groups, count)
    around = values - mean[groups]
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.where(n > 1, n - 1, np.nan)
        sd = np.sqrt(squares / freedom)
        within = np.full(count, np.nan) if subgroups is None else _within(values, groups, count, subgroups)
        nearest = np.fmin(high - mean, mean - low)
        pp, ppk = (high - low) / (6 * sd), nearest / (3 * sd)
        tail = (1 - confidence) / 2
        ends = [pp * np.sqrt(2 * gammaincinv(freedom / 2, share) / freedom) for share in (tail, 1 - tail)]
        reach = ndtri(1 - tail) * np.sqrt(1 / (9 * n) + ppk**2 / (2 * freedom))
        below = np.where(np.isnan(low), 0.0, ndtr((low - mean) / sd))
        above = np.where(np.isnan(high), 0.0, ndtr((mean - high) / sd))
        third, fourth = (np.bincount(groups, around**power, count) / n for power in (3, 4))
        second = squares / n
        return Indices(
            n, mean, sd, within, pp, ends[0], ends[1], ppk, ppk - reach, ppk + reach,
            (high - low) / (6 * within), nearest / (3 * within), 1 - below - above, third / second**1.5,
            fourth / second**2 - 3,
        )  # fmt: skip


def _moments(values: Floats, groups: Ints, count: int) -> tuple[Floats, Floats, Floats]:
    """Return how many, the mean, and the sum of squares around it, of each group."""
    n = np.bincount(groups, minlength=count).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(groups, values, count) / n
    around = values - mean[groups]
    # of values that are all alike, what rounding leaves is nothing
    around[np.abs(around) <= _ROUNDING * np.abs(values)] = 0.0
    return n, mean, np.bincount(groups, around * around, count).astype(np.float64)


def _within(values: Floats, groups: Ints, count: int, subgroups: Ints) -> Floats:
    """Return the standard deviation within subgroups, pooled over those of each group."""
    keys = groups.astype(np.int64) * (int(subgroups.max(initial=0)) + 1) + subgroups
    found, codes = np.unique(keys, return_inverse=True)
    n, _, squares = _moments(values, codes, found.size)
    home = found // (int(subgroups.max(initial=0)) + 1)
    freedom = np.bincount(home, n - 1, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(np.bincount(home, squares, count) / np.where(freedom > 0, freedom, np.nan))
