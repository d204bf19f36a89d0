"""Wilcoxon's signed-rank test, from differences or from how many persons had each difference."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics._arguments import table_of
from servqual.statistics._distributions import counts_of, midranks, tie_term, values_of
from servqual.statistics._rank_tests import Ranked, RankMethod, Words, concluded
from servqual.statistics.outcomes import RankTest

_WORDS = Words("Wilcoxon's signed-rank test", "the differences are symmetric about 0", "no difference other than 0")


def signed_rank(differences: npt.ArrayLike, method: RankMethod = RankMethod.AUTO) -> RankTest:
    """Wilcoxon's signed-rank test of differences taken within persons, column by column, two-sided.

    Zeros are dropped, the others ranked by size, and tied ones given their mean rank; the statistic ``V`` is the sum of
    the ranks of positive differences. Under the null its mean is ``n (n + 1) / 4`` and its variance
    ``n (n + 1) (2n + 1) / 24 − Σ (t³ − t) / 48`` over groups of ``t`` ties. Differences tie only if they are the same
    number: round those that were computed from decimal fractions.

    Parameters
    ----------
    differences
        Shape (rows, m), or (rows,) for one column; NaN is missing.
    method
        Exact or normal, with or without continuity correction.

    Returns
    -------
    RankTest
        Shape (m,), or () for one column: ``V``, and the rank-biserial correlation, above 0 where differences tend to
        be positive. Inapplicable where no difference is other than 0, and for an exact test with ties.

    Raises
    ------
    ArgumentError
        If differences are not numbers of one or two axes.

    References
    ----------
    Wilcoxon 1945, Biometrics Bulletin 1(6):80-83; Hollander, Wolfe & Chicken 2014, Nonparametric Statistical Methods,
    3rd ed., Wiley, section 3.1.

    Examples
    --------
    >>> result = signed_rank([-1.0, -2.0, 0.0, -2.0, 1.0, -3.0, -2.0])
    >>> float(result.statistic), round(float(result.p), 4), round(float(result.effect), 4)
    (1.5, 0.0707, -0.8571)
    """
    given = np.asarray(differences)
    table = table_of(given[:, None] if given.ndim == 1 else given, "differences", "(rows, m)")
    parts = [_signed(*_counted(column)) for column in table.T.astype(np.float64, copy=False)]
    ranked = (
        Ranked(*(np.array(each) for each in zip(*parts, strict=True)))
        if parts
        else _signed(np.zeros(0), np.zeros((0, 0)))
    )
    if given.ndim == 1:
        ranked = Ranked(*(each[0] for each in ranked))
    return concluded(ranked, method, _WORDS, _exact_p)


def signed_rank_from_counts(
    values: npt.ArrayLike, counts: npt.ArrayLike, method: RankMethod = RankMethod.AUTO
) -> RankTest:
    """Wilcoxon's signed-rank test from a distribution of differences, two-sided: see `signed_rank`.

    Ranks follow from the counts in closed form, so that millions of answers cost no more than one, and counts of parts
    may be added before.

    Parameters
    ----------
    values
        The differences that occur, increasing, shape (k,); such as −6 to 6.
    counts
        How many persons had each, shape (k,) or (…, k); whole numbers.
    method
        Exact or normal, with or without continuity correction.

    Returns
    -------
    RankTest
        Shape of ``counts`` without its last axis.

    Raises
    ------
    ArgumentError
        If values do not increase, or counts are not whole, such as sums of sampling weights.

    References
    ----------
    Wilcoxon 1945, Biometrics Bulletin 1(6):80-83.

    Examples
    --------
    >>> result = signed_rank_from_counts([-2, -1, 0, 1], [30, 50, 40, 45])
    >>> float(result.statistic), float(f"{result.p:.2g}")
    (2160.0, 3.4e-06)
    """
    points = values_of(values)
    return concluded(_signed(points, counts_of("counts", counts, points.size)), method, _WORDS, _exact_p)


def _counted(column: Floats) -> tuple[Floats, Floats]:
    values, counts = np.unique(column[~np.isnan(column)], return_counts=True)
    return values, counts.astype(np.float64)


def _signed(values: Floats, counts: Floats) -> Ranked:
    """Return the rank sum of positive differences with its moments, for counts of shape (…, k)."""
    sizes, level = np.unique(np.abs(values), return_inverse=True)
    by_level = np.zeros((2, sizes.size, *counts.shape[:-1]))
    for sign, rows in ((0, values > 0), (1, values < 0)):
        np.add.at(by_level[sign], level[rows], np.moveaxis(counts, -1, 0)[rows])
    above, below = np.moveaxis(by_level, 1, -1)
    ties = above + below
    ranks = midranks(ties)
    n = ties.sum(axis=-1)
    variance = n * (n + 1) * (2 * n + 1) / 24 - tie_term(ties) / 48
    zeros = (counts * (values == 0)).sum(axis=-1)
    largest = n * (n + 1) / 2
    return Ranked((above * ranks).sum(axis=-1), largest, variance, n, (ties > 1).any(axis=-1), zeros > 0, n < 50)


def _exact_p(statistic: float, n: float, _largest: float) -> float:
    """Return the exact two-sided p of a rank sum among 1 … n without ties, which depends on nothing else."""
    from scipy.stats import wilcoxon

    signed, left = -np.arange(1.0, n + 1), statistic
    for rank in range(int(n), 0, -1):
        if rank <= left:
            signed[rank - 1] = rank
            left -= rank
    return float(wilcoxon(signed, method="exact").pvalue)
