"""`Moments`: means, variances and their errors from sums that merge."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, floats, freeze
from servqual.statistics._arguments import check_block, check_confidence, origin_of, table_of
from servqual.statistics._sums import KIND, ROWS, Sums, adds, agrees
from servqual.statistics.intervals import student_interval
from servqual.statistics.weights import WeightKind, row_weights, variance_base

_SUMS = ("n", "weight", "weight2", "sum1", "sum2", "wsum1", "wsum2")


@frozen(eq=False, getstate_setstate=False)
class Moments(Sums):
    """Sums of first and second order about a fixed origin, one column of each variable; parts merge with ``+``.

    With ``d = x − origin`` and sums over the rows in which the variable was answered and which have a weight,

    ``mean = origin + Σwd / Σw`` and ``variance = (Σwd² − (Σwd)² / Σw) / base``,

    where ``base`` is ``Σw − 1`` without weights (all ``w = 1``) and for frequencies, and ``Σw · (n − 1) / n`` for
    sampling weights. Merging is addition and exact wherever the sums are: for whole numbers below 2**53. The variance
    of real numbers loses about as many digits as ``(mean − origin)² / variance`` has: choose an origin near the data.

    Attributes
    ----------
    origin
        What is subtracted from each variable before it is summed, shape (m,), as all arrays here.
    n
        Rows answered, each counted once whatever its weight.
    weight, weight2
        ``Σw`` and ``Σw²``.
    sum1, sum2
        ``Σwd`` and ``Σwd²``.
    wsum1, wsum2
        ``Σw²d`` and ``Σw²d²``, which the errors of sampling weights need.
    kind
        What the weights mean; None without weights.
    rows
        Rows seen, answered or not.

    References
    ----------
    Chan, Golub & LeVeque 1983, The American Statistician 37(3):242-247 (shifted sums and their rounding).

    Examples
    --------
    >>> import numpy as np
    >>> first = Moments.of(np.array([[1.0, 2.0], [3.0, np.nan]]))
    >>> second = Moments.of(np.array([[8.0, 5.0]]))
    >>> (first + second).mean
    array([4. , 3.5])
    >>> (first + second).n
    array([3., 2.])
    """

    origin: Floats = field(converter=floats, metadata=agrees("variable"))
    n: Floats = field(converter=floats, metadata=adds("variable"))
    weight: Floats = field(converter=floats, metadata=adds("variable"))
    weight2: Floats = field(converter=floats, metadata=adds("variable"))
    sum1: Floats = field(converter=floats, metadata=adds("variable"))
    sum2: Floats = field(converter=floats, metadata=adds("variable"))
    wsum1: Floats = field(converter=floats, metadata=adds("variable"))
    wsum2: Floats = field(converter=floats, metadata=adds("variable"))
    kind: WeightKind | None = field(default=None, metadata=KIND)
    rows: int = field(default=0, metadata=ROWS)

    @classmethod
    def zero(cls, m: int, origin: npt.ArrayLike = 0.0, kind: WeightKind | None = None) -> Moments:
        """Moments of no rows, with which every merge begins.

        Parameters
        ----------
        m
            Number of variables.
        origin
            One number for all variables, or one for each.
        kind
            What the weights of later parts will mean; None if they will have none.
        """
        return cls(origin_of(origin, m), **dict.fromkeys(_SUMS, np.zeros(m)), kind=kind, rows=0)

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        kind: WeightKind | None = None,
        origin: npt.ArrayLike = 0.0,
        *,
        block: int = 4096,
    ) -> Moments:
        """Moments of an array, taken block by block so that no temporary grows with the rows.

        Parameters
        ----------
        values
            Numbers of any type, shape (rows, m); NaN is a missing answer. Column-contiguous arrays serve best.
        weights
            Weights of the rows, shape (rows,).
        kind
            What the weights mean; given if and only if weights are.
        origin
            One number for all variables, or one for each; best near the middle of the scale.
        block
            Rows taken at a time; it changes sums of real numbers in the last digits, and of whole numbers not at all.

        Raises
        ------
        ArgumentError
            If the values are not a numeric array of two axes, or the origin does not fit them.
        WeightError
            If the weights are not valid, not one per row, or without their kind.
        """
        table = table_of(values, "values", "(rows, m)").T
        columns, rows = table.shape
        middle = origin_of(origin, columns)
        checked = row_weights(weights, kind, rows)
        check_block(block)
        sums = np.zeros((len(_SUMS), columns))
        for start in range(0, rows, block):
            part = slice(start, start + block)
            _add_block(sums, table[:, part], middle, None if checked is None else checked[part])
        return cls(middle, **dict(zip(_SUMS, sums, strict=True)), kind=kind, rows=rows)

    @property
    def mean(self) -> Floats:
        """Weighted mean of each variable, shape (m,); NaN without answers."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return freeze(self.origin + self.sum1 / self.weight)

    @property
    def variance(self) -> Floats:
        """Variance of each variable, shape (m,), divided as the class says; NaN for fewer than two respondents."""
        # multiplied out before it is divided: whole numbers then cancel without rounding
        with np.errstate(divide="ignore", invalid="ignore"):
            around = (self.weight * self.sum2 - self.sum1 * self.sum1) / self.weight
        return freeze(np.maximum(around, 0.0) / variance_base(self.kind, self.n, self.weight))

    @property
    def sd(self) -> Floats:
        """Standard deviation of each variable, shape (m,): the root of the variance."""
        return freeze(np.sqrt(self.variance))

    @property
    def standard_error(self) -> Floats:
        """Standard error of each mean, shape (m,).

        ``s / √n`` without weights and ``s / √Σw`` for frequencies. For sampling weights the mean is a ratio of two
        estimated totals, and its linearised variance under sampling with replacement is
        ``n / (n − 1) · Σw²(x − mean)² / (Σw)²``; with equal weights that is ``s² / n`` again.

        References
        ----------
        Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, Springer, section 5.5; Lumley 2010, Complex
        Surveys, Wiley, chapter 2.
        """
        if self.kind is not WeightKind.SAMPLING:
            with np.errstate(divide="ignore", invalid="ignore"):
                return freeze(np.sqrt(self.variance / self.weight))
        total, first = self.weight, self.sum1
        with np.errstate(invalid="ignore"):
            around = total * (total * self.wsum2 - 2 * first * self.wsum1) + first * first * self.weight2
        # the base is Σw (n − 1) / n: one Σw short of the squared sum of weights, two more to undo the multiplying
        base = variance_base(self.kind, self.n, total) * total**3
        return freeze(np.sqrt(np.maximum(around, 0.0) / base))

    @property
    def degrees_of_freedom(self) -> Floats:
        """Degrees of freedom of each variance, shape (m,): ``n − 1``, for frequencies ``Σw − 1``; NaN below one."""
        count = self.weight if self.kind is WeightKind.FREQUENCY else self.n
        return freeze(np.where(count > 1, count - 1, np.nan))

    @property
    def effective_n(self) -> Floats:
        """Respondents of equal weight that the answers are worth, shape (m,).

        Kish's ``(Σw)² / Σw²`` over the answered rows for sampling weights; the number of respondents, ``n`` or ``Σw``,
        without weights and for frequencies. See `kish_effective_size`.
        """
        if self.kind is not WeightKind.SAMPLING:
            return self.weight
        with np.errstate(divide="ignore", invalid="ignore"):
            return freeze(np.where(self.n > 0, self.weight * (self.weight / self.weight2), 0.0))

    def interval(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Confidence interval of each mean by Student's t, two arrays of shape (m,): low and high.

        Raises
        ------
        ArgumentError
            If the confidence does not lie between 0 and 1.
        """
        check_confidence(confidence)
        return student_interval(self.mean, self.standard_error, self.degrees_of_freedom, confidence)

    def __repr__(self) -> str:
        kind = f", {self.kind} weights" if self.kind else ""
        return f"<Moments of {self.n.size} variables over {self.rows} rows{kind}>"


def _add_block(sums: Floats, values: AnyArray, origin: Floats, weights: Floats | None) -> None:
    """Add to (7, m) sums of n, w, w², wd, wd², w²d, w²d² what a block of values, shape (m, rows), contributes."""
    factors = _factors(weights, values.shape[1])
    orders = factors[:, -2:]
    deviations = np.subtract(values, origin[:, None], dtype=np.float64) if origin.any() else values
    deviations = deviations.astype(np.float64, copy=False)
    with np.errstate(invalid="ignore", over="ignore"):
        first = deviations @ orders
        counts = factors.sum(axis=0)[None, :]
        # only a NaN or an infinity makes a product that is not finite, so that complete blocks need no search
        if not np.isfinite(first).all():
            missing = np.isnan(deviations)
            deviations = deviations.copy() if deviations is values else deviations
            # by bits, which is several times as fast as by mask
            bits = deviations.view(np.int64)
            bits &= missing.view(np.int8) - np.int8(1)
            first = deviations @ orders
            counts = (~missing).astype(np.float64) @ factors
        # a second temporary of this size would be fetched from the system, and returned, at every block
        squares = np.multiply(deviations, deviations, out=None if deviations is values else deviations)
        second = squares @ orders
    sums[:3] += counts.T
    sums[3:] += np.stack([first[:, 0], second[:, 0], first[:, -1], second[:, -1]])


def _factors(weights: Floats | None, rows: int) -> Floats:
    """Return what rows are multiplied by for n, Σw and Σw², shape (rows, 3); one column of ones serves for all."""
    if weights is None:
        return np.ones((rows, 1))
    return np.stack([weights > 0, weights, weights * weights], axis=1)
