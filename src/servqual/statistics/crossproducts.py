"""`CrossProducts`: covariances and correlations, pair by pair, from sums that merge."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, floats, freeze
from servqual.statistics._arguments import check_block, origin_of, sentinel_of, table_of
from servqual.statistics._pairs import NAMES, pair_sums
from servqual.statistics._sums import BOTH, KIND, ROWS, Sums, adds, agrees
from servqual.statistics.weights import WeightKind, row_weights, variance_base


class PairedDifference(NamedTuple):
    """The differences ``x_i − x_j`` of those who answered both: how many they are, their mean and their variance."""

    n: Floats
    mean: Floats
    variance: Floats


@frozen(eq=False, getstate_setstate=False)
class CrossProducts(Sums):
    """Sums over pairs of columns about a fixed origin, each over the rows that answered both; parts merge with ``+``.

    With ``d = x − origin``, ``v = 1`` where an answer was given and 0 where not, and sums over rows with a weight.
    All sums of whole numbers are exact below 2**53. As in `Moments`, real numbers far from the origin cost digits.

    Attributes
    ----------
    origin
        What is subtracted from each column before it is summed, shape (m,).
    n
        Rows that answered both ``i`` and ``j``, each counted once whatever its weight, shape (m, m).
    weight
        ``Σ w v_i v_j``, shape (m, m); equal to ``n`` without weights.
    sum1
        ``Σ w d_i v_j``, shape (m, m): the sum of ``i`` over the rows that also answered ``j``.
    square
        ``Σ w d_i² v_j``, shape (m, m).
    sum2
        ``Σ w d_i d_j``, shape (m, m).
    kind
        What the weights mean; None without weights.
    rows
        Rows seen, answered or not.
    complete
        Whether no answer was missing in any row.

    Examples
    --------
    >>> import numpy as np
    >>> items = np.array([[1, 2, 3, -128], [2, 4, 6, 7]], dtype=np.int8)
    >>> pairs = CrossProducts.of(items)
    >>> pairs.covariance()[0]
    array([1., 2.])
    >>> pairs.difference(1, 0)
    PairedDifference(n=array(3.), mean=array(2.), variance=array(1.))
    """

    origin: Floats = field(converter=floats, metadata=agrees("column"))
    n: Floats = field(converter=floats, metadata=adds("column", "column"))
    weight: Floats = field(converter=floats, metadata=adds("column", "column"))
    sum1: Floats = field(converter=floats, metadata=adds("column", "column"))
    square: Floats = field(converter=floats, metadata=adds("column", "column"))
    sum2: Floats = field(converter=floats, metadata=adds("column", "column"))
    kind: WeightKind | None = field(default=None, metadata=KIND)
    rows: int = field(default=0, metadata=ROWS)
    complete: bool = field(default=True, metadata=BOTH)

    @classmethod
    def zero(cls, m: int, origin: npt.ArrayLike = 0.0, kind: WeightKind | None = None) -> CrossProducts:
        """Cross-products of no rows, with which every merge begins.

        Parameters
        ----------
        m
            Number of columns.
        origin
            One number for all columns, or one for each.
        kind
            What the weights of later parts will mean; None if they will have none.
        """
        return cls(origin_of(origin, m), **dict.fromkeys(NAMES, np.zeros((m, m))), kind=kind, rows=0, complete=True)

    @classmethod
    def of(
        cls,
        columns: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        kind: WeightKind | None = None,
        origin: npt.ArrayLike = 0.0,
        *,
        missing: int | None = None,
        block: int = 4096,
    ) -> CrossProducts:
        """Cross-products of an array, taken block by block so that no temporary grows with the rows.

        Parameters
        ----------
        columns
            Item-major: shape (m, rows). Integers, or real numbers in which NaN is a missing answer.
        weights
            Weights of the rows, shape (rows,).
        kind
            What the weights mean; given if and only if weights are.
        origin
            One number for all columns, or one for each.
        missing
            The integer that stands for a missing answer; by default the least of the type, −128 in int8, and none
            where integers have no sign. Real numbers have NaN instead.
        block
            Rows taken at a time; it changes sums of real numbers in the last digits, and of whole numbers not at all.

        Raises
        ------
        ArgumentError
            If the columns are not a numeric array of two axes, or the origin does not fit them.
        WeightError
            If the weights are not valid, not one per row, or without their kind.
        """
        table = table_of(columns, "columns", "(m, rows), item by item")
        middle = origin_of(origin, table.shape[0])
        checked = row_weights(weights, kind, table.shape[1])
        check_block(block)
        sums, complete = pair_sums(table, middle, checked, sentinel_of(table.dtype, missing), block)
        return cls(middle, **sums, kind=kind, rows=table.shape[1], complete=complete)

    def means(self) -> Floats:
        """Mean of each column over the rows that answered it, shape (m,); NaN without answers."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return freeze(self.origin + self.sum1.diagonal() / self.weight.diagonal())

    def covariance(self) -> Floats:
        """Covariances, each over the rows that answered both columns (pairwise deletion), shape (m, m).

        ``(Σwd_i d_j − Σwd_i Σwd_j / Σw) / base``, where all sums run over the same rows and ``base`` is ``Σw − 1``
        without weights and for frequencies, ``Σw · (n − 1) / n`` for sampling weights. Symmetric; the diagonal holds
        the variances; NaN for pairs that fewer than two respondents answered. With missing answers the matrix need not
        be positive semidefinite.

        References
        ----------
        Little & Rubin 2019, Statistical Analysis with Missing Data, 3rd ed., Wiley, section 3.4 (available cases).
        """
        return freeze(self._around(self.sum2, self.sum1, self.sum1.T) / self._base)

    def correlation(self) -> Floats:
        """Pearson correlations, each over the rows that answered both columns, shape (m, m), between −1 and 1.

        The variances, too, are those of the rows that answered both. NaN where one of the two does not vary.
        """
        own = self._around(self.square, self.sum1, self.sum1)
        both = self._around(self.sum2, self.sum1, self.sum1.T)
        with np.errstate(divide="ignore", invalid="ignore"):
            result = np.clip(both / (np.sqrt(own) * np.sqrt(own.T)), -1.0, 1.0)
        varies = np.isfinite(result.diagonal())
        result[varies, varies] = 1.0
        return freeze(result)

    def difference(self, i: npt.ArrayLike, j: npt.ArrayLike) -> PairedDifference:
        """Differences of paired answers, column ``i`` minus column ``j``, over the rows that answered both.

        Parameters
        ----------
        i, j
            Positions of columns: numbers, or arrays that broadcast together.

        Returns
        -------
        PairedDifference
            ``n`` (respondents: for frequencies ``Σw``), mean and variance (divided as in `covariance`), each of the
            shape of ``i`` and ``j``; without weights the standard error of the mean is ``√(variance / n)``. NaN where
            nobody answered both, the variance also where only one did.
        """
        first, second = np.broadcast_arrays(np.asarray(i, dtype=np.intp), np.asarray(j, dtype=np.intp))
        pair, reverse = (first, second), (second, first)
        shift = self.sum1[pair] - self.sum1[reverse]
        squares = self.square[pair] + self.square[reverse] - 2 * self.sum2[pair]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = self.origin[first] - self.origin[second] + shift / self.weight[pair]
            around = np.maximum((self.weight[pair] * squares - shift * shift) / self.weight[pair], 0.0)
        n = self.weight if self.kind is WeightKind.FREQUENCY else self.n
        return PairedDifference(*(freeze(np.asarray(each)) for each in (n[pair], mean, around / self._base[pair])))

    @property
    def _base(self) -> Floats:
        return variance_base(self.kind, self.n, self.weight)

    def _around(self, products: AnyArray, left: AnyArray, right: AnyArray) -> Floats:
        """Return sums of products about the means of the rows that answered both; no variance is below zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            # multiplied out before it is divided: whole numbers then cancel without rounding
            result = (self.weight * products - left * right) / self.weight
        if products is self.square:
            return np.maximum(result, 0.0)
        np.fill_diagonal(result, np.maximum(result.diagonal(), 0.0))
        return result

    def __repr__(self) -> str:
        kind = f", {self.kind} weights" if self.kind else ""
        return f"<CrossProducts of {self.origin.size} columns over {self.rows} rows{kind}>"
