"""`ClusterSums`: totals of each cluster, and errors of means that answers from one cluster share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Floats, Ints, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_block, origin_of, table_of
from servqual.statistics._labels import coded_labels, labels_of, union
from servqual.statistics._sums import KIND, LABELS, ROWS, Sums, adds, agrees
from servqual.statistics.moments import Moments
from servqual.statistics.weights import WeightKind, row_weights


@frozen(eq=False, getstate_setstate=False)
class ClusterSums(Sums):
    """Sums of the answers of each cluster (branch, household, interviewer); parts merge with ``+``, label by label.

    A cluster may be spread over parts. Labels are kept sorted, so that the order of merging does not show.

    Attributes
    ----------
    labels
        Names of the clusters, integers or texts, sorted, shape (clusters,).
    origin
        What is subtracted from each variable before it is summed, shape (m,).
    weight
        ``Σw`` over the answered rows of each cluster, shape (clusters, m); the number of answers without weights.
    sum1
        ``Σwd`` with ``d = x − origin``, shape (clusters, m).
    kind
        What the weights mean; None without weights.
    rows
        Rows seen, answered or not.

    Examples
    --------
    >>> import numpy as np
    >>> parts = [ClusterSums.of(np.array([[1.0], [3.0]]), ["north", "south"]),
    ...          ClusterSums.of(np.array([[5.0]]), ["north"])]
    >>> whole = sum(parts)
    >>> whole.labels.tolist(), whole.sum1.tolist()
    (['north', 'south'], [[6.0], [3.0]])
    """

    labels: AnyArray = field(converter=labels_of, metadata=LABELS)
    origin: Floats = field(converter=floats, metadata=agrees("variable"))
    weight: Floats = field(converter=floats, metadata=adds("cluster", "variable"))
    sum1: Floats = field(converter=floats, metadata=adds("cluster", "variable"))
    kind: WeightKind | None = field(default=None, metadata=KIND)
    rows: int = field(default=0, metadata=ROWS)

    def __attrs_post_init__(self) -> None:
        """Check that shapes fit and that every label stands once, in order."""
        self._lengths()
        if (self.labels[1:] <= self.labels[:-1]).any():
            raise ArgumentError(Problem("labels", "out of order or twice", "every label stands once, in order"))

    @classmethod
    def zero(cls, m: int, origin: npt.ArrayLike = 0.0, kind: WeightKind | None = None) -> ClusterSums:
        """Sums of no rows and no clusters, with which every merge begins.

        Parameters
        ----------
        m
            Number of variables.
        origin
            One number for all variables, or one for each.
        kind
            What the weights of later parts will mean; None if they will have none.
        """
        return cls([], origin_of(origin, m), np.zeros((0, m)), np.zeros((0, m)), kind)

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        labels: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        kind: WeightKind | None = None,
        origin: npt.ArrayLike = 0.0,
        *,
        names: npt.ArrayLike | None = None,
        block: int = 65_536,
    ) -> ClusterSums:
        """Sums of an array by cluster.

        Parameters
        ----------
        values
            Numbers of any type, shape (rows, m); NaN is a missing answer. Column-contiguous arrays serve best.
        labels
            The cluster of each row, integers or texts, shape (rows,); or its position in ``names``, which is quicker.
        weights
            Weights of the rows, shape (rows,).
        kind
            What the weights mean; given if and only if weights are.
        origin
            One number for all variables, or one for each; the same as in the `Moments` to be used with.
        names
            Labels of the clusters if ``labels`` are positions; a cluster without rows is kept, with sums of zero.
        block
            Rows taken at a time.

        Raises
        ------
        ArgumentError
            If shapes do not fit, labels are neither integers nor texts, or a position is not in ``names``.
        WeightError
            If the weights are not valid, not one per row, or without their kind.
        """
        table = table_of(values, "values", "(rows, m)").T
        columns, rows = table.shape
        middle = origin_of(origin, columns)
        checked = row_weights(weights, kind, rows)
        check_block(block)
        sorted_names, codes = coded_labels(labels, names, rows)
        sums = np.zeros((2, columns, len(sorted_names)))
        for start in range(0, rows, block):
            part = slice(start, start + block)
            _add_block(sums, table[:, part], codes[part], middle, None if checked is None else checked[part])
        return cls(sorted_names, middle, freeze(sums[0].T), freeze(sums[1].T), kind, rows)

    def __add__(self, other: object) -> ClusterSums:
        if not isinstance(other, ClusterSums):
            return NotImplemented
        labels, places = union(self.labels, other.labels)
        return Sums.__add__(
            _spread(self, labels, places[: self.labels.size]), _spread(other, labels, places[self.labels.size :])
        )

    @property
    def count(self) -> Ints:
        """Number of clusters ``G`` in which each variable was answered, shape (m,)."""
        return freeze(np.count_nonzero(self.weight > 0, axis=0))

    @property
    def degrees_of_freedom(self) -> Floats:
        """Degrees of freedom of a mean over clusters, ``G − 1``, shape (m,); NaN for fewer than two clusters."""
        return freeze(np.where(self.count > 1, self.count - 1.0, np.nan))

    def __repr__(self) -> str:
        kind = f", {self.kind} weights" if self.kind else ""
        return f"<ClusterSums of {self.labels.size} clusters, {self.origin.size} variables, {self.rows} rows{kind}>"


def cluster_standard_error(moments: Moments, clusters: ClusterSums) -> Floats:
    """Cluster-robust standard error of each mean (CR1), for answers that are alike within branches or interviewers.

    ``√( G / (G − 1) · Σ_g (Σ_{i in g} w (x − mean))² ) / Σw`` over the ``G`` clusters with an answer; use it with
    ``G − 1`` degrees of freedom, `ClusterSums.degrees_of_freedom`. For sampling weights it is the linearised error of a
    mean with clusters as sampling units. It equals the sandwich of a regression on a constant with the correction
    ``G / (G − 1) · (n − 1) / (n − k)``, where ``k = 1``. With few clusters (fewer than some
    twenty to fifty) it tends to be too small.

    Parameters
    ----------
    moments, clusters
        Of the same answers, about the same origin, with weights of the same kind.

    Returns
    -------
    Floats
        Shape (m,), zero or more; NaN for fewer than two clusters.

    Raises
    ------
    ArgumentError
        If the two are not of the same answers.

    References
    ----------
    Liang & Zeger 1986, Biometrika 73(1):13-22; Cameron & Miller 2015, Journal of Human Resources 50(2):317-372
    (section II and, for few clusters, section VI).

    Examples
    --------
    >>> import numpy as np
    >>> answers, branch = np.array([[1.0], [2.0], [5.0], [6.0]]), [1, 1, 2, 2]
    >>> cluster_standard_error(Moments.of(answers), ClusterSums.of(answers, branch))
    array([2.])
    """
    _refuse_others(moments, clusters)
    groups = clusters.count
    # totals times Σw: multiplied out before it is divided, so that whole numbers cancel without rounding
    totals = clusters.sum1 * moments.weight - clusters.weight * moments.sum1
    between = np.einsum("gm,gm->m", totals, totals) * groups / np.where(groups > 1, groups - 1, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return freeze(np.sqrt(between) / moments.weight**2)


def _refuse_others(moments: Moments, clusters: ClusterSums) -> None:
    problems = []
    pairs = {"kind": (moments.kind, clusters.kind), "rows": (moments.rows, clusters.rows)}
    pairs["origin"] = moments.origin.tolist(), clusters.origin.tolist()
    for name, (mine, theirs) in pairs.items():
        if mine != theirs:
            problems.append(Problem(name, f"{mine} against {theirs}", "moments and clusters are of the same answers"))
    if not problems and not np.allclose(moments.weight, clusters.weight.sum(axis=0), rtol=1e-8, atol=0):
        problems.append(Problem("weight", "other sums of weights", "moments and clusters are of the same answers"))
    if problems:
        raise ArgumentError(*problems)


def _add_block(sums: Floats, values: AnyArray, codes: Ints, origin: Floats, weights: Floats | None) -> None:
    """Add to (2, m, clusters) sums of w and wd what a block of values, shape (m, rows), contributes."""
    groups = sums.shape[2]
    complete = np.bincount(codes, weights, groups)
    for column, middle in enumerate(origin):
        deviations = np.subtract(values[column], middle, dtype=np.float64)
        missing = np.isnan(deviations)
        if missing.any():
            answered = ~missing if weights is None else np.where(missing, 0.0, weights)
            deviations[missing] = 0.0
            sums[0, column] += np.bincount(codes, answered, groups)
        else:
            sums[0, column] += complete
        sums[1, column] += np.bincount(codes, deviations if weights is None else deviations * weights, groups)


def _spread(sums: ClusterSums, labels: AnyArray, places: Ints) -> ClusterSums:
    weight, sum1 = np.zeros((2, labels.size, sums.origin.size))
    weight[places], sum1[places] = sums.weight, sums.sum1
    return evolve(sums, labels=freeze(labels), weight=freeze(weight), sum1=freeze(sum1))
