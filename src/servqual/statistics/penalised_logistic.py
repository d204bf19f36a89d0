"""Logistic regression with Firth's penalty: finite estimates and honest intervals in small or separated samples."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._newton import Bend, minimise
from servqual.statistics._regressors import checked_design

# rows from which on the bend of the penalty is too small to change how fast the search ends
_MANY = 1000
# how many standard errors an end of an interval may lie away before it counts as infinite
_FAR = 200.0


@frozen(eq=False, getstate_setstate=False, repr=False)
class PenalisedLogit(Holder):
    """A logistic regression with Firth's penalty as numbers: no rows, no engine.

    Attributes
    ----------
    names
        Names of the coefficients, ``"intercept"`` first.
    coefficients
        In logits per unit of each column, shape (k,).
    covariance
        Inverse of the information at the estimates, shape (k, k).
    low, high
        Profile-likelihood intervals, shape (k,); infinite where the likelihood does not fall far enough.
    p
        Of likelihood-ratio tests that a coefficient is 0, shape (k,), two-sided.
    log_likelihood
        The penalised log-likelihood at its maximum.
    n, events
        Rows, and how many of them are 1.
    confidence
        Of the intervals.
    """

    names: tuple[str, ...]
    coefficients: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    low: Floats = field(converter=floats)
    high: Floats = field(converter=floats)
    p: Floats = field(converter=floats)
    log_likelihood: float
    n: int
    events: int
    confidence: float

    @property
    def standard_errors(self) -> Floats:
        """Standard errors of the coefficients, shape (k,)."""
        return freeze(np.sqrt(self.covariance.diagonal()))

    def __repr__(self) -> str:
        return f"<PenalisedLogit on {', '.join(self.names)}: n {self.n}, {self.events} of them 1>"


def penalised_logit(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], *, confidence: float = 0.95
) -> PenalisedLogit:
    """Logistic regression by Firth's penalised likelihood, with profile intervals: for few rows, also separated ones.

    Maximises ``ℓ*(b) = Σ [y η − ln(1 + exp η)] + ½ ln |Xᵀ W X|`` with ``η = X b`` and ``W = p (1 − p)``. The penalty
    takes away the bias of first order and keeps estimates finite where columns tell 0 from 1 without error. The
    interval of a coefficient holds all values at which twice the fall of the profile of ``ℓ*`` stays below the
    quantile of χ² on one degree of freedom.

    Parameters
    ----------
    y
        Zeros and ones, shape (n,).
    x
        Columns, shape (n, columns), without missing values.
    names
        Name of each column.
    confidence
        Of the intervals, between 0 and 1.

    Returns
    -------
    PenalisedLogit
        With ``k`` coefficients, the intercept first.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, an outcome is not 0 or 1 or always the same, or a column follows from
        others.

    References
    ----------
    Firth 1993, Biometrika 80(1):27-38; Heinze & Schemper 2002, Statistics in Medicine 21(16):2409-2419 (profile
    intervals, separation).

    Examples
    --------
    >>> fit = penalised_logit([0, 0, 0, 1, 1, 1], np.arange(6.0)[:, None], ["visits"])
    >>> fit.coefficients.round(3), fit.low.round(3)[1], fit.high.round(3)[1]
    (array([-2.822,  1.129]), np.float64(0.002), np.float64(6.07))
    """
    from scipy.special import chdtrc, ndtri

    check_confidence(confidence)
    design = checked_design(y, x, names, None, intercept=True)
    _refuse_outcomes(design.y)
    spread = np.where(design.x.std(axis=0) > 0, design.x.std(axis=0), 1.0)
    rows = _Rows(design.y, design.x / spread)
    best = rows.fitted(np.zeros(len(design.names)), fixed=None)
    root = float(ndtri((1 + confidence) / 2))
    ends = np.array([[rows.end(best, place, side * root) for side in (-1, 1)] for place in range(spread.size)])
    falls = np.array([rows.fall(best, place, 0.0) for place in range(spread.size)])
    return PenalisedLogit(
        design.names, best.point / spread, np.linalg.inv(best.information) / np.outer(spread, spread),
        ends[:, 0] / spread, ends[:, 1] / spread, chdtrc(1, falls), best.value + float(np.log(spread).sum()),
        design.y.size, int(design.y.sum()), confidence,
    )  # fmt: skip


def _refuse_outcomes(y: Floats) -> None:
    if not np.isin(y, (0.0, 1.0)).all():
        strange = y[~np.isin(y, (0.0, 1.0))][0]
        raise ArgumentError(Problem("y", f"{strange:g}", "an outcome is 0 or 1"))
    if y.min() == y.max():
        raise ArgumentError(Problem("y", f"{y[0]:g} in all rows", "both 0 and 1 occur"))


@frozen(eq=False)
class _Place:
    """Where a search ended: the coefficients, the penalised log-likelihood there, and the information."""

    point: Floats
    value: float
    information: Floats


@frozen(eq=False)
class _Rows:
    y: Floats
    x: Floats

    def fitted(self, start: Floats, fixed: int | None) -> _Place:
        """Return the maximum, with one coefficient held where it starts if one is named."""
        free = np.arange(start.size) != (-1 if fixed is None else fixed)
        point = start.copy()

        def bend(given: Floats) -> Bend:
            point[free] = given
            found, inside, n = self.at(point), np.ix_(free, free), self.y.size
            # per row, so that the search ends as exactly whatever their number
            return Bend(
                found.value / n, found.gradient[free] / n, found.hessian[inside] / n, found.positive[inside] / n
            )

        point[free] = minimise(bend, start[free], -math.inf, math.inf).point
        found = self.at(point)
        return _Place(point, -found.value, found.positive)

    def at(self, point: Floats) -> Bend:
        """Return minus the penalised log-likelihood, its slopes and bends; the information is the stand-in."""
        line = self.x @ point
        share = np.exp(-np.logaddexp(0, -line))
        weight = share * (1 - share)
        information = (self.x * weight[:, None]).T @ self.x
        sign, size = np.linalg.slogdet(information)
        if sign <= 0:
            return Bend(math.inf, np.zeros_like(point), information, information)
        inverse = np.linalg.inv(information)
        leverage = weight * np.einsum("ij,jk,ik->i", self.x, inverse, self.x)
        gradient = self.x.T @ (self.y - share + leverage * (0.5 - share))
        value = float(self.y @ line - np.logaddexp(0, line).sum()) + size / 2
        hessian = information - self._bent(weight, leverage, share, inverse)
        return Bend(-value, -gradient, hessian, information)

    def _bent(self, weight: Floats, leverage: Floats, share: Floats, inverse: Floats) -> Floats | float:
        """Return the second derivatives of the penalty, ``½ tr(I⁻¹ I_rs) − ½ tr(I⁻¹ I_r I⁻¹ I_s)``."""
        if self.y.size > _MANY:
            return 0.0
        slope = weight * (1 - 2 * share)
        first = (self.x * (leverage * (1 - 6 * weight))[:, None]).T @ self.x / 2
        rows, k = self.x.shape
        pairs = (self.x[:, :, None] * self.x[:, None, :]).reshape(rows, k * k)
        turned = inverse @ ((self.x * slope[:, None]).T @ pairs).reshape(k, k, k)
        return np.asarray(first - np.einsum("rjk,skj->rs", turned, turned) / 2)

    def fall(self, best: _Place, place: int, value: float) -> float:
        """Return twice by how much the profile of one coefficient lies below the maximum."""
        # the others start where the normal approximation has them
        spread = np.linalg.inv(best.information)
        start = best.point + spread[place] / spread[place, place] * (value - best.point[place])
        start[place] = value
        return max(2 * (best.value - self.fitted(start, place).value), 0.0)

    def end(self, best: _Place, place: int, root: float) -> float:
        """Return where the signed root of the fall reaches a normal quantile: one end of the interval."""
        from scipy.optimize import brentq

        middle, error = best.point[place], math.sqrt(np.linalg.inv(best.information)[place, place])
        side, wanted = math.copysign(1.0, root), root * root

        def beyond(distance: float) -> float:
            return math.sqrt(self.fall(best, place, middle + side * distance)) - math.sqrt(wanted)

        reach = abs(root) * error
        while beyond(reach) < 0:
            reach *= 1.6
            if reach > _FAR * error:
                return side * math.inf
        return float(middle + side * brentq(beyond, 0.0, reach, xtol=1e-8 * error + 1e-15, rtol=1e-12))
