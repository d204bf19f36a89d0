"""Analysis of variance of one factor from group sums, with equal variances or without, and its effect sizes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, FREEDOM, NOT_NEGATIVE, POSITIVE, arrays, reasons
from servqual.statistics.outcomes import TestResult

_NULL = "all groups have the same mean"


def anova_from_sums(
    n: npt.ArrayLike, mean: npt.ArrayLike, variance: npt.ArrayLike, *, equal_variances: bool = False
) -> TestResult:
    """One-way analysis of variance from the size, mean and variance of each group.

    With equal variances Fisher's ``F = (Σ n (mean − grand)² / (g − 1)) / (Σ (n − 1) s² / (N − g))``; without, Welch's
    F, in which groups weigh ``n / s²`` and the denominator's degrees of freedom are estimated. A large F alone speaks
    against the null, so that p is the upper tail. A group without answers takes no part.

    Parameters
    ----------
    n, mean, variance
        Groups along the first axis, shape (groups, …), of shapes that broadcast together; variances have the divisor
        ``n − 1`` and are NaN for groups of one.
    equal_variances
        Whether groups may differ in their means only.

    Returns
    -------
    TestResult
        Shape (…), with ``df`` of the numerator and ``df_error`` of the denominator. Inapplicable for fewer than two
        groups and where nothing varies within them; Welch's also if a single group is of one answer or does not vary.

    Raises
    ------
    ArgumentError
        If there is no axis of groups, if sizes or variances are negative, or if shapes do not fit.

    References
    ----------
    Fisher 1925, Statistical Methods for Research Workers, Oliver & Boyd, chapter VII; Welch 1951, Biometrika
    38(3-4):330-336.

    Examples
    --------
    >>> result = anova_from_sums([20, 25, 30], [4.1, 4.5, 5.0], [1.0, 1.4, 0.8])
    >>> result
    <TestResult by Welch's analysis of variance: p 0.00781; null: all groups have the same mean>
    >>> float(result.df), round(float(result.df_error), 2)
    (2.0, 43.46)
    """
    sizes, means, spreads = arrays(n=(n, NOT_NEGATIVE), mean=(mean, FINITE), variance=(variance, NOT_NEGATIVE))
    if not sizes.ndim:
        raise ArgumentError(Problem("n", "one number", "groups lie along the first axis"))
    present = sizes > 0
    sizes, means, spreads = (np.where(present, each, 0.0) for each in (sizes, means, spreads))
    few = present.sum(axis=0) < 2
    return (_fisher if equal_variances else _welch)(sizes, means, spreads, few)


def eta_squared(f: npt.ArrayLike, df: npt.ArrayLike, df_error: npt.ArrayLike) -> Floats:
    """Share of the variance that lies between groups, ``η² = F df / (F df + df_error)``, between 0 and 1.

    It is what the sample shows, and too large for the population: see `omega_squared`.

    Parameters
    ----------
    f, df, df_error
        The F statistic (of equal variances) and its degrees of freedom; numbers, or arrays that broadcast together.

    Raises
    ------
    ArgumentError
        If a number is negative, ``df_error`` is not above zero, or shapes do not fit.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, section 8.2.

    Examples
    --------
    >>> float(eta_squared(5.0, 2, 90).round(6))
    0.1
    """
    ratio, between, within = arrays(f=(f, NOT_NEGATIVE), df=(df, FREEDOM), df_error=(df_error, POSITIVE))
    return freeze(np.asarray(ratio * between / (ratio * between + within)))


def omega_squared(f: npt.ArrayLike, df: npt.ArrayLike, df_error: npt.ArrayLike) -> Floats:
    """Share of the population's variance that lies between groups, nearly unbiased.

    ``ω² = df (F − 1) / (df (F − 1) + df + df_error + 1)``; at most 1, and below 0 where F is below 1: then the sample
    shows no difference at all, and reports usually print 0.

    Parameters
    ----------
    f, df, df_error
        The F statistic (of equal variances) and its degrees of freedom; numbers, or arrays that broadcast together.

    Raises
    ------
    ArgumentError
        If a number is negative, ``df_error`` is not above zero, or shapes do not fit.

    References
    ----------
    Hays 1963, Statistics for Psychologists, Holt, Rinehart & Winston; Olejnik & Algina 2003, Psychological Methods
    8(4):434-447.

    Examples
    --------
    >>> float(omega_squared(5.0, 2, 90).round(4))
    0.0792
    """
    ratio, between, within = arrays(f=(f, NOT_NEGATIVE), df=(df, FREEDOM), df_error=(df_error, POSITIVE))
    excess = between * (ratio - 1)
    return freeze(np.asarray(excess / (excess + between + within + 1)))


def _fisher(sizes: Floats, means: Floats, variances: Floats, few: AnyArray) -> TestResult:
    variances = np.where(sizes == 1, 0.0, variances)
    between, within = (sizes > 0).sum(axis=0) - 1.0, sizes.sum(axis=0) - (sizes > 0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        grand = (sizes * means).sum(axis=0) / sizes.sum(axis=0)
        error = (np.maximum(sizes - 1, 0) * variances).sum(axis=0) / within
        statistic = (sizes * (means - grand) ** 2).sum(axis=0) / between / error
    cases = [(few, "fewer than two groups with answers"), (within <= 0, "no group of two answers")]
    cases += [(error == 0, "no variation within groups"), (np.isnan(statistic), "a mean or a variance is missing")]
    return _concluded(statistic, between, within, reasons(*cases), "analysis of variance, equal variances")


def _welch(sizes: Floats, means: Floats, variances: Floats, few: AnyArray) -> TestResult:
    present = sizes > 0
    groups = present.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(present, sizes / variances, 0.0)
        total = weights.sum(axis=0)
        grand = (weights * means).sum(axis=0) / total
        spread = (np.where(present, (1 - weights / total) ** 2 / (sizes - 1), 0.0)).sum(axis=0) / (groups**2 - 1)
        between = (weights * (means - grand) ** 2).sum(axis=0) / (groups - 1)
        statistic = between / (1 + 2 * (groups - 2) * spread)
        within = 1 / (3 * spread)
    cases = [(few, "fewer than two groups with answers"), ((sizes == 1).any(axis=0), "a group of one answer")]
    cases += [((present & (variances == 0)).any(axis=0), "a group that does not vary")]
    cases += [(np.isnan(statistic), "a mean or a variance is missing")]
    return _concluded(statistic, groups - 1.0, within, reasons(*cases), "Welch's analysis of variance")


def _concluded(statistic: Floats, df: Floats, df_error: Floats, reason: AnyArray, method: str) -> TestResult:
    from scipy.special import fdtrc

    there = reason == ""
    found, between, within = (np.where(there, each, np.nan) for each in (statistic, df, df_error))
    p = fdtrc(between, within, found)
    return TestResult(statistic=found, df=between, df_error=within, p=p, null=_NULL, method=method, reason=reason)
