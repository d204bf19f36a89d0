"""Where sums of scores begin: near the data, so that rounding does not pass for variation.

Sums of squares about an origin lose the digits that the mean lies away from it. Scores that hardly vary would keep none
about the middle of the scale; about one of themselves they keep all, and scores that are equal have no variance at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import evolve

from servqual._arrays import Bools, Floats, freeze
from servqual.statistics.clusters import ClusterSums
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments

# Scores that lie together more closely than this share of their size (of 1, where they are smaller) are the same score,
# reached by sums in another order: the one place where the library decides that a spread is rounding.
ROUNDING = 1e-13
# So many respondents are looked at for a score in their midst.
_FIRST = 101


def origin_near(values: Floats, weights: Floats | None, otherwise: float) -> Floats:
    """Return a score of each column from the midst of the first respondents that count; `otherwise` where none has one.

    It is one of the scores, so that deviations of equal scores are exactly zero, and a whole number where scores are.
    """
    scores = values.T
    first = scores[:, :_FIRST] if weights is None else scores[:, np.flatnonzero(weights)[:_FIRST]]
    ordered = np.sort(first, axis=1)  # what is missing comes last
    count = first.shape[1] - np.isnan(ordered).sum(axis=1)
    origin = np.full(len(scores), otherwise, dtype=np.float64)
    some = np.flatnonzero(count)
    origin[some] = ordered[some, (count[some] - 1) // 2]
    for column in np.flatnonzero(count == 0).tolist():
        later = np.flatnonzero(_counted(scores[column], weights))
        origin[column] = scores[column, later[0]] if later.size else otherwise
    return origin


def _counted(scores: Floats, weights: Floats | None) -> Bools:
    there = ~np.isnan(scores)
    return there if weights is None else there & (weights > 0)


def shared_origin(one: Moments, other: Moments) -> Floats:
    """Return where sums of both begin once they are one: for each column, where those of more weight do."""
    return _of_more_weight(one.origin, one.weight, other.origin, other.weight)


def _of_more_weight(one: Floats, weight: Floats, other: Floats, of_other: Floats) -> Floats:
    theirs = (of_other > weight) | ((of_other == weight) & (other < one))
    return np.where(theirs, other, one)


def moved(moments: Moments, origin: Floats) -> Moments:
    """Return the same moments about another origin: with ``s`` the way back, ``Σw(d + s)`` and ``Σw(d + s)²``."""
    if np.array_equal(moments.origin, origin):
        return moments
    way = moments.origin - origin
    sums = {
        "sum1": moments.sum1 + moments.weight * way,
        "sum2": moments.sum2 + way * (2 * moments.sum1 + moments.weight * way),
        "wsum1": moments.wsum1 + moments.weight2 * way,
        "wsum2": moments.wsum2 + way * (2 * moments.wsum1 + moments.weight2 * way),
    }
    return evolve(moments, origin=freeze(origin.copy()), **_frozen(sums))


def joined_products(one: CrossProducts, other: CrossProducts) -> CrossProducts:
    """Return the cross-products of both, which begin where those of more weight do."""
    if np.array_equal(one.origin, other.origin):
        return one + other
    origin = _of_more_weight(one.origin, one.weight.diagonal(), other.origin, other.weight.diagonal())
    return _moved_products(one, origin) + _moved_products(other, origin)


def _moved_products(products: CrossProducts, origin: Floats) -> CrossProducts:
    """Return the same cross-products about another origin: ``Σw(d_i + s_i)(d_j + s_j)``, of those who answered both."""
    way, weight, first = (products.origin - origin)[:, None], products.weight, products.sum1
    sums = {
        "sum1": first + weight * way,
        "square": products.square + way * (2 * first + weight * way),
        "sum2": products.sum2 + way * first.T + way.T * (first + weight * way),
    }
    return evolve(products, origin=freeze(origin.copy()), **_frozen(sums))


def moved_clusters(clusters: ClusterSums, origin: Floats) -> ClusterSums:
    """Return the same sums of clusters about another origin."""
    if np.array_equal(clusters.origin, origin):
        return clusters
    sums = clusters.sum1 + clusters.weight * (clusters.origin - origin)
    return evolve(clusters, origin=freeze(origin.copy()), sum1=freeze(sums))


def settled(moments: Moments, clusters: ClusterSums | None) -> tuple[Moments, ClusterSums | None]:
    """Return sums in which scores that differ by rounding alone do not differ: their deviations are exactly zero."""
    limit = ROUNDING * np.maximum(np.abs(moments.origin), 1.0)
    noise = (moments.sum2 != 0) & (moments.sum2 <= moments.weight * limit**2)
    if not noise.any():
        return moments, clusters
    names = ("sum1", "sum2", "wsum1", "wsum2")
    stilled = evolve(moments, **_frozen({name: np.where(noise, 0.0, getattr(moments, name)) for name in names}))
    if clusters is None:
        return stilled, None
    return stilled, evolve(clusters, sum1=freeze(np.where(noise, 0.0, clusters.sum1)))


def _frozen(sums: Mapping[str, Floats]) -> dict[str, Any]:
    return {name: freeze(values) for name, values in sums.items()}
