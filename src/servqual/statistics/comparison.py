"""Student's t from summary numbers: one mean, paired means, two samples, clustered answers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics._numbers import FINITE, FREEDOM, NOT_NEGATIVE, arrays, reasons, single
from servqual.statistics.intervals import welch_degrees_of_freedom
from servqual.statistics.outcomes import MeanTest

CONSTANT = "no variation: all answers compared are equal"


def t_test(
    estimate: npt.ArrayLike,
    se: npt.ArrayLike,
    df: npt.ArrayLike,
    *,
    against: float = 0.0,
    null: str = "the estimate is {against:g}",
    method: str = "t test",
    few: str = "fewer than two answers",
) -> MeanTest:
    """Student's t test of any estimate that comes with a standard error: ``t = (estimate − against) / se``, two-sided.

    Parameters
    ----------
    estimate, se, df
        Estimates, their standard errors (zero or more) and degrees of freedom (infinite gives the normal
        distribution); numbers, or arrays that broadcast together. NaN is missing.
    against
        What the estimate is under the null.
    null, method
        How the result words the hypothesis, in which ``{against:g}`` may stand, and the test.
    few
        The reason given where there are no degrees of freedom.

    Returns
    -------
    MeanTest
        Of the common shape; inapplicable without degrees of freedom, and where the standard error is zero.

    Raises
    ------
    ArgumentError
        If a standard error or degrees of freedom are negative, if shapes do not fit.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> result = t_test(1.58, 0.389, 9)
    >>> round(float(result.statistic), 2), round(float(result.p), 4)
    (4.06, 0.0028)
    """
    from scipy.special import stdtr

    centre, error, degrees = arrays(estimate=(estimate, FINITE), se=(se, NOT_NEGATIVE), df=(df, FREEDOM))
    (level,) = single(against=(against, FINITE))
    reason = reasons(
        (~(degrees > 0), few), (np.isnan(centre) | np.isnan(error), "an estimate is missing"), (error == 0, CONSTANT)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(reason == "", (centre - level) / error, np.nan)
    p = 2 * stdtr(degrees, -np.abs(statistic))
    words = null.format(against=level)
    return MeanTest(
        statistic=statistic, df=degrees, p=p, null=words, method=method, reason=reason, estimate=centre, se=error
    )


def one_sample_t(mean: npt.ArrayLike, sd: npt.ArrayLike, n: npt.ArrayLike, *, against: float = 0.0) -> MeanTest:
    """Student's t test of a mean against a number: ``t = (mean − against) / (sd / √n)`` on ``n − 1``, two-sided.

    Parameters
    ----------
    mean, sd, n
        Means, standard deviations (divisor ``n − 1``) and numbers of answers, or arrays that broadcast together.
    against
        The mean under the null, such as the middle of the scale.

    Returns
    -------
    MeanTest
        Of the common shape; inapplicable for fewer than two answers and where none differs.

    Raises
    ------
    ArgumentError
        If ``sd`` or ``n`` is negative, or if shapes do not fit.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> one_sample_t(4.5, 1.0, 25, against=4.0)
    <MeanTest by one-sample t: p 0.0197; null: the mean is 4>
    """
    centre, spread, count = arrays(mean=(mean, FINITE), sd=(sd, NOT_NEGATIVE), n=(n, NOT_NEGATIVE))
    error, degrees = _error(spread**2, count)
    return t_test(centre, error, degrees, against=against, null="the mean is {against:g}", method="one-sample t")


def paired_t(
    mean_difference: npt.ArrayLike, sd_difference: npt.ArrayLike, n: npt.ArrayLike, *, against: float = 0.0
) -> MeanTest:
    """Paired t test, of differences taken within persons: ``t = (d̄ − against) / (s_d / √n)`` on ``n − 1``, two-sided.

    Parameters
    ----------
    mean_difference, sd_difference, n
        Mean and standard deviation (divisor ``n − 1``) of the differences, and how many there are; numbers, or arrays
        that broadcast together.
    against
        The mean difference under the null.

    Returns
    -------
    MeanTest
        Of the common shape; inapplicable for fewer than two pairs and where all differences are equal.

    Raises
    ------
    ArgumentError
        If ``sd_difference`` or ``n`` is negative, or if shapes do not fit.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> paired_t(1.58, 1.23, 10)
    <MeanTest by paired t: p 0.00283; null: the mean difference is 0>
    """
    centre, spread, count = arrays(
        mean_difference=(mean_difference, FINITE), sd_difference=(sd_difference, NOT_NEGATIVE), n=(n, NOT_NEGATIVE)
    )
    error, degrees = _error(spread**2, count)
    words = "the mean difference is {against:g}"
    return t_test(centre, error, degrees, against=against, null=words, method="paired t", few="fewer than two pairs")


def welch_t(  # noqa: PLR0917 - two samples of three numbers each, in the order of the formula
    mean1: npt.ArrayLike,
    var1: npt.ArrayLike,
    n1: npt.ArrayLike,
    mean2: npt.ArrayLike,
    var2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    against: float = 0.0,
) -> MeanTest:
    """Welch's t test of two independent samples, whose variances may differ, two-sided.

    ``t = (mean1 − mean2 − against) / √(var1/n1 + var2/n2)`` on Welch and Satterthwaite's degrees of freedom.

    Parameters
    ----------
    mean1, var1, n1, mean2, var2, n2
        Mean, variance (divisor ``n − 1``) and number of answers of each sample; numbers, or arrays that broadcast
        together.
    against
        The difference of the means, first minus second, under the null.

    Returns
    -------
    MeanTest
        Of the common shape; inapplicable for fewer than two answers in a sample and where neither sample varies.

    Raises
    ------
    ArgumentError
        If a variance or a number of answers is negative, or if shapes do not fit.

    References
    ----------
    Welch 1947, Biometrika 34(1-2):28-35.

    Examples
    --------
    >>> welch_t(5.1, 1.2, 40, 4.6, 2.0, 35)
    <MeanTest by Welch's t: p 0.0952; null: the difference of the means is 0>
    """
    centre1, spread1, count1, centre2, spread2, count2 = arrays(
        mean1=(mean1, FINITE),
        var1=(var1, NOT_NEGATIVE),
        n1=(n1, NOT_NEGATIVE),
        mean2=(mean2, FINITE),
        var2=(var2, NOT_NEGATIVE),
        n2=(n2, NOT_NEGATIVE),
    )
    (error1, df1), (error2, df2) = _error(spread1, count1), _error(spread2, count2)
    return difference_t(centre1 - centre2, np.stack([error1, error2]), np.stack([df1, df2]), against=against)


def difference_t(difference: Floats, errors: Floats, dfs: Floats, *, against: float = 0.0) -> MeanTest:
    """Welch's t test of a difference of two independent estimates, each with its own standard error, two-sided.

    Parameters
    ----------
    difference
        First estimate minus second, any shape.
    errors, dfs
        Standard error and degrees of freedom of the two estimates along the first axis, shape (2, …).
    against
        The difference under the null.

    Returns
    -------
    MeanTest
        Of the shape of ``difference``.

    References
    ----------
    Welch 1947, Biometrika 34(1-2):28-35.
    """
    squares = errors**2
    # Welch's formula has no value where neither varies or an error is missing, and those are the reasons to give
    degrees = np.where(squares.sum(axis=0) > 0, welch_degrees_of_freedom(squares, dfs), dfs.sum(axis=0))
    words, few = "the difference of the means is {against:g}", "fewer than two answers in a sample"
    return t_test(
        difference, np.sqrt(squares.sum(axis=0)), degrees, against=against, null=words, method="Welch's t", few=few
    )


def cluster_t(mean: npt.ArrayLike, se: npt.ArrayLike, clusters: npt.ArrayLike, *, against: float = 0.0) -> MeanTest:
    """Cluster-robust t test: ``t = (mean − against) / se`` on ``G − 1`` degrees of freedom, two-sided.

    Parameters
    ----------
    mean
        The mean of the answers.
    se
        Its cluster-robust standard error, as from `cluster_standard_error`.
    clusters
        Number of clusters ``G`` with an answer.
    against
        The mean under the null.

    Returns
    -------
    MeanTest
        Of the common shape; inapplicable for fewer than two clusters.

    Raises
    ------
    ArgumentError
        If ``se`` or ``clusters`` is negative, or if shapes do not fit.

    References
    ----------
    Cameron & Miller 2015, Journal of Human Resources 50(2):317-372 (section VI: few clusters, t on G − 1).

    Examples
    --------
    >>> cluster_t(0.4, 0.15, 12)
    <MeanTest by cluster-robust t: p 0.0219; null: the mean is 0>
    """
    centre, error, groups = arrays(mean=(mean, FINITE), se=(se, NOT_NEGATIVE), clusters=(clusters, NOT_NEGATIVE))
    degrees = np.where(groups > 1, groups - 1, np.nan)
    words, few = "the mean is {against:g}", "fewer than two clusters"
    return t_test(centre, error, degrees, against=against, null=words, method="cluster-robust t", few=few)


def _error(variance: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Return the standard error of a mean and its degrees of freedom, both NaN for fewer than two answers."""
    count = np.where(n > 1, n, np.nan)
    return np.sqrt(variance / count), count - 1
