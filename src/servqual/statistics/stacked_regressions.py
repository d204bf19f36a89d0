"""The same regression on many samples at once: coefficients and covariances by stacked normal equations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence


@frozen(eq=False, getstate_setstate=False, repr=False)
class StackedRegressions(Holder):
    """Coefficients of one regression in many samples.

    Attributes
    ----------
    coefficients, covariance
        Shapes (samples, k) and (samples, k, k).
    df_test
        Degrees of freedom of t, the same in all samples.
    """

    coefficients: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    df_test: float

    @property
    def standard_errors(self) -> Floats:
        """Standard errors, shape (samples, k)."""
        return freeze(np.sqrt(np.einsum("sii->si", self.covariance)))

    def significant(self, confidence: float = 0.95) -> Bools:
        """Whether each coefficient differs from 0 by Student's t, two-sided at ``1 − confidence``, (samples, k)."""
        return freeze(np.abs(self.coefficients) > critical_t(self.df_test, confidence) * self.standard_errors)

    def __repr__(self) -> str:
        samples, k = self.coefficients.shape
        return f"<StackedRegressions: {samples} samples, {k} coefficients, {self.df_test:g} degrees of freedom>"


def stacked_ols(y: npt.ArrayLike, x: npt.ArrayLike, groups: npt.ArrayLike | None = None) -> StackedRegressions:
    """Least squares in many samples of one size, ``b = (x'x)⁻¹ x'y`` sample by sample, all at once.

    Parameters
    ----------
    y
        Shape (samples, n).
    x
        Shape (samples, n, k); a column of ones is among them where an intercept is wanted.
    groups
        Group of each row as a number from 0, shape (n,), the same in all samples: the covariance is then the sandwich
        over groups with ``G / (G − 1) · (n − 1) / (n − k)``, and t has ``G − 1`` degrees of freedom. Without groups it
        is that of independent errors, on ``n − k``.

    Returns
    -------
    StackedRegressions
        The numbers of `servqual.statistics.ols`, sample by sample.

    Raises
    ------
    ArgumentError
        If shapes do not fit, rows do not outnumber columns, or there are fewer than two groups.

    References
    ----------
    Greene 2018, Econometric Analysis, 8th ed., Pearson, chapter 4; Cameron & Miller 2015, Journal of Human Resources
    50(2):317-372.

    Examples
    --------
    >>> found = stacked_ols([[1.0, 3.0, 2.0], [2.0, 3.0, 5.0]], [[[1, 1], [1, 2], [1, 3]]] * 2)
    >>> found.coefficients.round(3).tolist()
    [[1.0, 0.5], [0.333, 1.5]]
    """
    outcome, table = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    codes = None if groups is None else np.asarray(groups)
    _refuse_shapes(outcome, table, codes)
    n, k = table.shape[1:]
    turned = table.transpose(0, 2, 1)
    bread = np.linalg.inv(turned @ table)
    coefficients = (bread @ (turned @ outcome[..., None]))[..., 0]
    residuals = outcome - (table @ coefficients[..., None])[..., 0]
    if codes is None:
        sigma2 = np.einsum("sn,sn->s", residuals, residuals) / (n - k)
        return StackedRegressions(coefficients, bread * sigma2[:, None, None], float(n - k))
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=codes[order[0]] - 1))
    scores = (table * residuals[..., None])[:, order]
    sums = np.add.reduceat(scores, starts, axis=1)
    g = starts.size
    meat = sums.transpose(0, 2, 1) @ sums * (g / (g - 1) * (n - 1) / (n - k))
    return StackedRegressions(coefficients, bread @ meat @ bread, float(g - 1))


def critical_t(df: float, confidence: float = 0.95) -> float:
    """Return the two-sided critical value of Student's t, of the normal distribution where ``df`` is infinite.

    Raises
    ------
    ArgumentError
        If the confidence does not lie between 0 and 1.
    """
    from scipy.special import ndtri, stdtrit

    check_confidence(confidence)
    share = (1 + confidence) / 2
    return float(ndtri(share) if np.isinf(df) else stdtrit(df, share))


def _refuse_shapes(y: Floats, x: Floats, groups: npt.NDArray[np.generic] | None) -> None:
    problems = []
    if x.ndim != 3 or y.shape != x.shape[:2]:
        rule = "y is (samples, n), x is (samples, n, k)"
        problems.append(Problem("shapes", f"y {y.shape}, x {x.shape}", rule))
    elif x.shape[1] <= x.shape[2]:
        found = f"{x.shape[1]} rows for {x.shape[2]} coefficients"
        problems.append(Problem("x", found, "there are more rows than coefficients"))
    if groups is not None and (groups.shape != x.shape[1:2] or np.unique(groups).size < 2):
        found = f"shape {groups.shape}, {np.unique(groups).size} groups"
        problems.append(Problem("groups", found, "every row has a group, and there are two groups or more"))
    if problems:
        raise ArgumentError(*problems)
