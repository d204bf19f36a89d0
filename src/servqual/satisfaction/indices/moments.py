"""What an index is fitted to: one matrix, means and standard deviations, and those of groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats
from servqual.satisfaction.indices.rows import Groups, IndexRows
from servqual.statistics import CrossProducts, WeightKind
from servqual.statistics.pair_matrices import Metric, MissingRule, ruled_matrices


@frozen(eq=False, getstate_setstate=False)
class GroupMeans(Holder):
    """One group of respondents.

    Attributes
    ----------
    name, label
        The column, and what stands in it; None for those without an answer there.
    n
        Respondents who take part.
    means
        Of the indicators, shape (p,), by the rule for missing answers.
    """

    name: str
    label: Any
    n: float
    means: Floats = field(converter=floats)


@frozen(eq=False)
class IndexMoments:
    """The analysed matrix (p, p), means and standard deviations (p,), divisor ``n − 1``, and how many respondents."""

    matrix: Floats
    means: Floats
    sds: Floats
    n: float


def moments_of(rows: IndexRows, metric: Metric, missing: MissingRule) -> IndexMoments:
    """Return the moments of respondents, in one pass over their answers."""
    n = rows.size()
    sums = CrossProducts.of(rows.columns, rows.weights, rows.kind, _origin(rows))
    total = float(len(rows)) if rows.weights is None else float(rows.weights.sum())
    found = ruled_matrices(sums, metric, missing, total)
    # respondents, or the persons that frequencies stand for
    share = n / (n - 1) if n > 1 else np.nan
    matrix = found.matrices * share if metric is Metric.COVARIANCES else found.matrices
    return IndexMoments(matrix, found.means + rows.offset, found.sds * np.sqrt(share), n)


def _origin(rows: IndexRows) -> Floats:
    """Return whole numbers near the middle of the answers, from which sums lose no digits."""
    first = rows.columns[:, :4096]
    if first.dtype.kind != "f":
        if rows.ends is not None:
            return np.floor(rows.ends.mean(axis=0) - rows.offset)
        return np.zeros(len(first))
    known = ~np.isnan(first)
    count = np.maximum(known.sum(axis=1), 1)
    return np.rint(np.where(known, first, 0.0).sum(axis=1) / count)


def group_means(rows: IndexRows, groups: Groups, missing: MissingRule, overall: Floats) -> Iterator[GroupMeans]:
    """Yield the means of each group; by the mean rule, the item's mean of all stands for a missing answer."""
    weights = np.ones(len(rows)) if rows.weights is None else rows.weights
    size = len(groups.labels)
    totals, sums = np.zeros((len(rows.columns), size)), np.zeros((len(rows.columns), size))
    for item in range(len(rows.columns)):
        column = rows.columns[item].astype(np.float64) + rows.offset
        absent = rows.absent_of(item)
        if missing is MissingRule.MEAN:
            column[absent] = overall[item]
            absent[:] = False
        counted = np.where(absent, 0.0, weights)
        totals[item] = np.bincount(groups.codes, counted, minlength=size)
        sums[item] = np.bincount(groups.codes, np.where(absent, 0.0, column) * counted, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = sums / totals
    for code, label in enumerate(groups.labels):
        n = _respondents(rows, groups.codes, code)
        if n:
            yield GroupMeans(groups.name, label, n, means[:, code])


def _respondents(rows: IndexRows, codes: Ints, code: int) -> float:
    there = codes == code
    counted = rows.weights is not None and rows.kind is WeightKind.FREQUENCY
    return float(rows.weights[there].sum()) if counted and rows.weights is not None else float(there.sum())
