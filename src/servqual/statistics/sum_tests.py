"""t tests straight from sums that merge: weights are honoured by their kind, and clusters where they are given."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import union
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.comparison import cluster_t, difference_t, paired_t, t_test
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments
from servqual.statistics.outcomes import MeanTest
from servqual.statistics.weights import WeightKind


def mean_test(moments: Moments, clusters: ClusterSums | None = None, *, against: float = 0.0) -> MeanTest:
    """Student's t test of each mean, from sums: of differences it is the paired test, two-sided.

    ``t = (mean − against) / se``. Without clusters ``se`` and the degrees of freedom are those of `Moments`, so that
    sampling weights give linearised errors and frequencies count respondents; with clusters ``se`` is
    `cluster_standard_error` on ``G − 1`` degrees of freedom.

    Parameters
    ----------
    moments
        Sums of the answers or of their differences.
    clusters
        Sums by cluster of the same answers.
    against
        The mean under the null.

    Returns
    -------
    MeanTest
        Shape (m,).

    Raises
    ------
    ArgumentError
        If moments and clusters are not of the same answers.

    References
    ----------
    Lumley 2010, Complex Surveys, Wiley, chapter 2; Cameron & Miller 2015, Journal of Human Resources 50(2):317-372.

    Examples
    --------
    >>> import numpy as np
    >>> gaps = np.array([[-1.0, 0.0], [-2.0, 1.0], [0.0, 1.0], [-2.0, 1.0]])
    >>> mean_test(Moments.of(gaps)).p.round(4)
    array([0.0796, 0.0577])
    """
    if clusters is not None:
        return cluster_t(moments.mean, cluster_standard_error(moments, clusters), clusters.count, against=against)
    words = "the mean is {against:g}"
    return t_test(
        moments.mean, moments.standard_error, moments.degrees_of_freedom, against=against, null=words, method="t"
    )


def pair_test(pairs: CrossProducts, i: npt.ArrayLike, j: npt.ArrayLike, *, against: float = 0.0) -> MeanTest:
    """Paired t test of column ``i`` minus column ``j``, over the rows that answered both, two-sided.

    Parameters
    ----------
    pairs
        Sums over pairs of columns, without weights or with frequencies.
    i, j
        Positions of columns: numbers, or arrays that broadcast together.
    against
        The mean difference under the null.

    Returns
    -------
    MeanTest
        Of the shape of ``i`` and ``j``.

    Raises
    ------
    ArgumentError
        If the sums have sampling weights: they lack what the linearised error of a difference needs.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> import numpy as np
    >>> perceived, expected = [5, 4, 6, 5], [6, 6, 6, 7]
    >>> pair_test(CrossProducts.of(np.array([perceived, expected])), 0, 1)
    <MeanTest by paired t: p 0.0796; null: the mean difference is 0>
    """
    if pairs.kind is WeightKind.SAMPLING:
        remedy = "sum the differences themselves: mean_test(Moments.of(differences, weights, kind))"
        rule = "cross-products with sampling weights do not hold what the error of a difference needs"
        raise ArgumentError(Problem("pairs", "sampling weights", rule, remedy))
    n, mean, variance = pairs.difference(i, j)
    return paired_t(mean, np.sqrt(variance), n, against=against)


def mean_difference_test(
    first: Moments, second: Moments, clusters: tuple[ClusterSums, ClusterSums] | None = None, *, against: float = 0.0
) -> MeanTest:
    """T test of the difference of two means from different respondents, first minus second, two-sided.

    Without clusters it is Welch's test on the errors of `Moments`, whatever their weights. With clusters the error is
    ``√( G / (G − 1) · Σ_g (u1_g − u2_g)² )`` over the ``G`` clusters that answered in either sample, where ``u_g`` is
    the sum of ``w (x − mean)`` over the cluster, divided by ``Σw``; the degrees of freedom are ``G − 1``. Branches that
    answered in both samples may stand in both: what they have in common then cancels, as it should between periods.

    Parameters
    ----------
    first, second
        Sums of the two samples.
    clusters
        Sums by cluster of the first and of the second sample; a label means the same cluster in both.
    against
        The difference under the null.

    Returns
    -------
    MeanTest
        Shape (m,).

    Raises
    ------
    ArgumentError
        If the samples have different numbers of variables, or clusters are not of the same answers.

    References
    ----------
    Welch 1947, Biometrika 34(1-2):28-35; Liang & Zeger 1986, Biometrika 73(1):13-22 (the sandwich, here for a
    regression on the sample).

    Examples
    --------
    >>> import numpy as np
    >>> before, after = np.array([[4.0], [5.0], [3.0]]), np.array([[6.0], [5.0], [7.0], [6.0]])
    >>> mean_difference_test(Moments.of(after), Moments.of(before)).p.round(4)
    array([0.0495])
    """
    if first.n.shape != second.n.shape:
        found = f"{first.n.size} against {second.n.size} variables"
        raise ArgumentError(Problem("second", found, "both samples have the same variables"))
    if clusters is None:
        errors = np.stack([first.standard_error, second.standard_error])
        degrees = np.stack([first.degrees_of_freedom, second.degrees_of_freedom])
        return difference_t(first.mean - second.mean, errors, degrees, against=against)
    error, groups = _cluster_error((first, second), clusters)
    freedom = np.where(groups > 1, groups - 1, np.nan)
    words, method = "the difference of the means is {against:g}", "cluster-robust t"
    few = "fewer than two clusters"
    return t_test(first.mean - second.mean, error, freedom, against=against, null=words, method=method, few=few)


def _cluster_error(
    samples: tuple[Moments, Moments], clusters: tuple[ClusterSums, ClusterSums]
) -> tuple[Floats, Floats]:
    """Return the standard error of a difference of means and the number of clusters, each of shape (m,)."""
    labels, places = union(clusters[0].labels, clusters[1].labels)
    shares = np.zeros((labels.size, samples[0].n.size))
    answered = np.zeros(shares.shape, dtype=np.bool_)
    start = 0
    for sign, moments, part in zip((1, -1), samples, clusters, strict=True):
        cluster_standard_error(moments, part)  # refuses clusters of other answers
        own = places[start : start + part.labels.size]
        start += part.labels.size
        with np.errstate(divide="ignore", invalid="ignore"):
            centred = (part.sum1 * moments.weight - part.weight * moments.sum1) / moments.weight**2
        shares[own] += sign * centred
        answered[own] |= part.weight > 0
    groups = answered.sum(axis=0).astype(np.float64)
    squares = np.einsum("gm,gm->m", shares, shares)
    return np.sqrt(squares * groups / np.where(groups > 1, groups - 1, np.nan)), groups
