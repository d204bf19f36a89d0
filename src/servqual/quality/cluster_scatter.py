"""How clusters scatter about the means of groups, also where one cluster is in several groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from attrs import evolve

from servqual._arrays import Bools, Floats, Ints
from servqual.scoring.cluster_names import joined
from servqual.scoring.estimates import Part, Term
from servqual.statistics.anova import anova_from_sums
from servqual.statistics.clusters import ClusterSums


class Scatter(NamedTuple):
    """Sums over clusters of products of what each contributes to the means of two groups, and counts of clusters.

    Attributes
    ----------
    products
        ``Σ_c u_ck u_cl``, shape (groups, groups, m), with ``u`` the sum of ``w (x − mean)`` over a cluster's
        respondents in a group, divided by the group's ``Σw``.
    shared
        Clusters with answers in both groups, shape (groups, groups, m); on the diagonal, in that group.
    total
        Clusters with answers in any group, shape (m,).
    """

    products: Floats
    shared: Ints
    total: Ints

    def variance(self, one: int, other: int) -> tuple[Floats, Floats]:
        """Return the variance of the difference of two groups' means, and its degrees of freedom.

        ``G / (G − 1) · Σ_c (u_c1 − u_c2)²`` over the ``G`` clusters in either group, on ``G − 1``.
        """
        of, n = self.products, self.shared
        clusters = (n[one, one] + n[other, other] - n[one, other]).astype(np.float64)
        squares = of[one, one] + of[other, other] - 2 * of[one, other]
        freedom = np.where(clusters > 1, clusters - 1, np.nan)
        # what rounding leaves of equal contributions must not turn negative
        return np.maximum(squares, 0.0) * clusters / freedom, freedom


class Hotelling(NamedTuple):
    """A test that all groups have one mean: F with its degrees of freedom, and p; NaN where clusters do not suffice."""

    f: float
    df: float
    df_error: float
    p: float


def scatter_of(parts: Sequence[Part]) -> Scatter:
    """Return the scatter of clusters over groups, each of them the sums of one group."""
    sums = [term.clusters for part in parts for term in part.terms if term.clusters is not None]
    every = reduce(joined, sums)
    nothing = evolve(every, weight=np.zeros_like(every.weight), sum1=np.zeros_like(every.sum1), rows=0)
    given = [_contributions(part, nothing) for part in parts]
    groups, m = len(parts), every.origin.size
    products, shared = np.zeros((groups, groups, m)), np.zeros((groups, groups, m), np.int64)
    anywhere = np.zeros(every.weight.shape, np.bool_)
    for one, (rows, values, there) in enumerate(given):
        anywhere[rows] |= there
        for other, (their_rows, their_values, their_there) in enumerate(given[: one + 1]):
            _, mine, theirs = np.intersect1d(rows, their_rows, return_indices=True)
            products[one, other] = products[other, one] = np.einsum("cm,cm->m", values[mine], their_values[theirs])
            shared[one, other] = shared[other, one] = (there[mine] & their_there[theirs]).sum(axis=0)
    return Scatter(products, shared, anywhere.sum(axis=0))


def hotelling(means: Floats, products: Floats, clusters: int) -> Hotelling:
    """Cluster-robust test that all means are the same, by Hotelling's scaling of Wald's statistic.

    With ``C`` the contrasts of each group with the first, ``T² = (C m)' (C V C')⁻¹ (C m)``, ``V`` the cluster-robust
    covariance of the means with ``G / (G − 1)``, and ``q`` contrasts: ``F = (G − q) / (q (G − 1)) · T²`` on ``q`` and
    ``G − q`` degrees of freedom. For two groups it is the square of the t test on ``G − 1``.

    Parameters
    ----------
    means
        Shape (groups,).
    products
        The groups' part of `Scatter.products`, shape (groups, groups).
    clusters
        How many clusters ``G`` there are in all.

    References
    ----------
    Hotelling 1931, Annals of Mathematical Statistics 2(3):360-378; Pustejovsky & Tipton 2018, Journal of Business &
    Economic Statistics 36(4):672-683 (its use for cluster-robust tests).
    """
    q = len(means) - 1
    contrast = np.hstack([-np.ones((q, 1)), np.eye(q)])
    spread = contrast @ products @ contrast.T * clusters / max(clusters - 1, 1)
    if clusters <= q or np.linalg.matrix_rank(spread, hermitian=True) < q:
        return Hotelling(np.nan, np.nan, np.nan, np.nan)
    apart = contrast @ means
    f = (clusters - q) / (q * (clusters - 1)) * float(apart @ np.linalg.solve(spread, apart))
    return Hotelling(f, q, clusters - q, _upper_tail(f, q, clusters - q))


def _upper_tail(f: float, df: int, df_error: int) -> float:
    """Return p of F: that of made-up groups of one size and variance, whose means lie so far apart that this is F."""
    groups = df + 1
    size = (df_error + groups) / groups
    means = np.zeros(groups)
    means[0] = np.sqrt(f * groups / size)
    return float(anova_from_sums(np.full(groups, size), means, np.ones(groups), equal_variances=True).p)


def _contributions(part: Part, nothing: ClusterSums) -> tuple[Ints, Floats, Bools]:
    """Return which clusters are in a group, what each contributes to its mean, and whether it answered."""
    values = np.zeros(nothing.weight.shape)
    there = np.zeros(values.shape, np.bool_)
    for term in part.terms:
        own = _spread(term, nothing)
        total, first = term.moments.weight, term.moments.sum1
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (own.sum1 * total - own.weight * first) / total**2
        values += term.coefficient * np.where(own.weight > 0, share, 0.0)
        there |= own.weight > 0
    rows = np.flatnonzero(there.any(axis=1))
    return rows, values[rows], there[rows]


def _spread(term: Term, nothing: ClusterSums) -> ClusterSums:
    """Return a term's sums by cluster, with zeros for clusters of other groups."""
    return nothing if term.clusters is None else joined(term.clusters, nothing)
