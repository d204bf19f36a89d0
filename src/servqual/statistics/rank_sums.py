"""The rank-sum test of two independent samples (Wilcoxon; Mann & Whitney), from answers or from counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, table_of
from servqual.statistics._distributions import counts_of, midranks, same_shape, tie_term, values_of
from servqual.statistics._rank_tests import Ranked, RankMethod, Words, concluded
from servqual.statistics.outcomes import RankTest

_WORDS = Words("the rank-sum test", "both samples have the same distribution", "a sample without answers")


def rank_sum(first: npt.ArrayLike, second: npt.ArrayLike, method: RankMethod = RankMethod.AUTO) -> RankTest:
    """Rank-sum test of two independent samples (Wilcoxon; Mann-Whitney U), column by column, two-sided.

    The statistic ``U`` counts the pairs in which the answer of the first sample is the higher one, and ties by half.
    Under the null its mean is ``n1 n2 / 2`` and its variance ``n1 n2 / 12 · (N + 1 − Σ (t³ − t) / (N (N − 1)))`` over
    groups of ``t`` ties among all ``N`` answers.

    Parameters
    ----------
    first, second
        Shapes (rows, m), with rows of their own, or (rows,) for one column; NaN is missing.
    method
        Exact or normal, with or without continuity correction.

    Returns
    -------
    RankTest
        Shape (m,), or () for one column: ``U`` (R's ``W``), and the rank-biserial correlation, above 0 where the first
        sample tends to be higher. Inapplicable where a sample has no answers, where all answers are equal, and for an
        exact test with ties.

    Raises
    ------
    ArgumentError
        If samples are not numbers of one or two axes, or have different columns.

    References
    ----------
    Mann & Whitney 1947, Annals of Mathematical Statistics 18(1):50-60; Hollander, Wolfe & Chicken 2014, Nonparametric
    Statistical Methods, 3rd ed., Wiley, section 4.1.

    Examples
    --------
    >>> result = rank_sum([1.1, 2.5, 3.0, 4.2], [2.0, 3.5, 5.1, 6.0, 6.3])
    >>> float(result.statistic), round(float(result.p), 4), bool(result.exact)
    (4.0, 0.1905, True)
    """
    samples = [np.asarray(each) for each in (first, second)]
    tables = [
        table_of(each[:, None] if each.ndim == 1 else each, place, "(rows, m)").astype(np.float64, copy=False)
        for each, place in zip(samples, ("first", "second"), strict=True)
    ]
    if samples[0].ndim != samples[1].ndim or tables[0].shape[1] != tables[1].shape[1]:
        found = f"shapes {samples[0].shape} and {samples[1].shape}"
        raise ArgumentError(Problem("second", found, "both samples have the same columns"))
    parts = [_ranked(*_counted(x, y)) for x, y in zip(tables[0].T, tables[1].T, strict=True)]
    ranked = Ranked(*(np.array(each) for each in zip(*parts, strict=True))) if parts else _ranked(*np.zeros((2, 0, 0)))
    if samples[0].ndim == 1:
        ranked = Ranked(*(each[0] for each in ranked))
    return concluded(ranked, method, _WORDS, _exact_p)


def rank_sum_from_counts(
    values: npt.ArrayLike, counts1: npt.ArrayLike, counts2: npt.ArrayLike, method: RankMethod = RankMethod.AUTO
) -> RankTest:
    """Rank-sum test from the distributions of two samples over the same values, two-sided: see `rank_sum`.

    Parameters
    ----------
    values
        The answers that occur, increasing, shape (k,), such as the points of a scale.
    counts1, counts2
        How many gave each, in the first and in the second sample, shape (k,) or (…, k); whole numbers.
    method
        Exact or normal, with or without continuity correction.

    Returns
    -------
    RankTest
        Shape of the counts without their last axis.

    Raises
    ------
    ArgumentError
        If values do not increase, shapes differ, or counts are not whole, such as sums of sampling weights.

    References
    ----------
    Mann & Whitney 1947, Annals of Mathematical Statistics 18(1):50-60.

    Examples
    --------
    >>> result = rank_sum_from_counts([1, 2, 3, 4, 5], [2, 5, 9, 20, 14], [6, 9, 12, 12, 6])
    >>> float(result.statistic), round(float(result.p), 4)
    (1495.5, 0.0044)
    """
    points = values_of(values)
    first, second = (
        counts_of(place, counts, points.size) for place, counts in (("counts1", counts1), ("counts2", counts2))
    )
    same_shape(first, second)
    return concluded(_ranked(first, second), method, _WORDS, _exact_p)


def _counted(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Return how often each value of either sample stands in the first, and in the second."""
    x, y = first[~np.isnan(first)], second[~np.isnan(second)]
    values, place = np.unique(np.concatenate([x, y]), return_inverse=True)
    counts = [
        np.bincount(part, minlength=values.size).astype(np.float64) for part in (place[: x.size], place[x.size :])
    ]
    return counts[0], counts[1]


def _ranked(first: Floats, second: Floats) -> Ranked:
    """Return U of the first sample with its moments, for counts of shape (…, k)."""
    ties = first + second
    n1, n2, total = first.sum(axis=-1), second.sum(axis=-1), ties.sum(axis=-1)
    statistic = (first * midranks(ties)).sum(axis=-1) - n1 * (n1 + 1) / 2
    variance = n1 * n2 / 12 * (total + 1 - tie_term(ties) / np.maximum(total * (total - 1), 1))
    tied = np.asarray((ties > 1).any(axis=-1))
    return Ranked(statistic, n1 * n2, variance, total, tied, np.zeros_like(tied), (n1 < 50) & (n2 < 50))


def _exact_p(statistic: float, n: float, pairs: float) -> float:
    """Return the exact two-sided p of U without ties, which depends on U and the sizes of the samples only."""
    from scipy.stats import mannwhitneyu

    # n1 + n2 = n and n1 n2 = pairs; which of the two is which does not matter to p
    n1 = round((n + np.sqrt(n * n - 4 * pairs)) / 2)
    n2 = round(n) - n1
    jumps = np.clip(statistic - n2 * np.arange(n1), 0, n2)[::-1]
    first = np.arange(1, n1 + 1) + jumps
    second = np.setdiff1d(np.arange(1, n1 + n2 + 1), first)
    return float(mannwhitneyu(first, second, method="exact").pvalue)
