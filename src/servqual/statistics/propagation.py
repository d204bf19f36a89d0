"""From coefficients to what is computed of them: standard errors and intervals of functions of estimates."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics.accelerations import bias_correction, jackknife_acceleration
from servqual.statistics.bootstrap_intervals import bca_interval, percentile_interval
from servqual.statistics.comparison import t_test
from servqual.statistics.reasoned import Reasoned

ONE_SIDE = "all resamples lie on one side of the estimate"
NO_JACKKNIFE = "there is no estimate without some of the units"
NO_VALUE = "it has no value at these estimates"
NO_ERROR = "its standard error is zero"

# Takes estimates, shape (m, …), and gives the values of r functions, shape (r, …), each place for itself.
Function = Callable[[Floats], Floats]


class IntervalKind(StrEnum):
    """How an interval is read from draws.

    PERCENTILE
        Quantiles of the draws.
    BCA
        Quantiles moved by bias correction and acceleration; needs the estimates without each unit in turn.
    """

    PERCENTILE = "percentile"
    BCA = "bca"


@frozen(eq=False)
class Propagated:
    """Functions of estimates with their uncertainty, columns of shape (r,); what does not exist says why.

    Attributes
    ----------
    estimate, se
        Value at the estimates, and its standard error.
    low, high
        Confidence interval.
    p
        Two-sided p-value of the null that the function is zero.
    """

    estimate: Reasoned
    se: Reasoned
    low: Reasoned
    high: Reasoned
    p: Reasoned


class Spread(Protocol):
    """Estimates, and how they would vary: by a covariance or by draws."""

    @property
    def estimates(self) -> Floats:
        """Shape (m,)."""
        ...

    def of(
        self, function: Function, gradient: Floats, confidence: float = 0.95, df: npt.ArrayLike = np.inf
    ) -> Propagated:
        """Return functions of the estimates with their uncertainty."""
        ...


@frozen(eq=False, getstate_setstate=False)
class CovarianceSpread(Holder):
    """Estimates with a covariance matrix: functions of them by the delta method.

    ``Var f ≈ g' Σ g``, with the gradient g at the estimates.

    Attributes
    ----------
    estimates
        Shape (m,).
    covariance
        Shape (m, m).

    References
    ----------
    Sobel 1982, Sociological Methodology 13:290-312 (the delta method for effects); Bollen 1987, Sociological
    Methodology 17:37-69.
    """

    estimates: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check that shapes fit."""
        size = self.estimates.size
        if self.covariance.shape != (size, size):
            raise ArgumentError(
                Problem("covariance", f"shape {self.covariance.shape}", f"the shape is ({size}, {size})")
            )

    def of(
        self, function: Function, gradient: Floats, confidence: float = 0.95, df: npt.ArrayLike = np.inf
    ) -> Propagated:
        """Return functions of the estimates with errors by the delta method, and Student's t on ``df``.

        Parameters
        ----------
        function
            Takes estimates, shape (m, …), and returns r values, shape (r, …).
        gradient
            Its derivatives at the estimates, shape (r, m).
        confidence
            Of the intervals.
        df
            Degrees of freedom, one for all or one for each; infinite for the normal distribution.
        """
        check_confidence(confidence)
        values = function(self.estimates)
        with np.errstate(invalid="ignore"):
            variance = ((gradient @ self.covariance) * gradient).sum(axis=1)
            se = np.sqrt(np.maximum(variance, 0.0))
        nowhere = ~np.isfinite(values)
        centre, error = np.where(nowhere, np.nan, values), np.where(nowhere, np.nan, se)
        test = t_test(centre, error, df)
        low, high = test.interval(confidence)
        cases = ((nowhere, NO_VALUE), (error == 0, NO_ERROR))
        return Propagated(
            Reasoned.of(centre, (nowhere, NO_VALUE)),
            Reasoned.of(error, (nowhere, NO_VALUE)),
            Reasoned.of(low, *cases),
            Reasoned.of(high, *cases),
            Reasoned.of(test.p, *cases),
        )


@frozen(eq=False, getstate_setstate=False)
class DrawnSpread(Holder):
    """Estimates with draws of them: bootstrap replicates, or draws from their distribution (Monte Carlo).

    Attributes
    ----------
    estimates
        Shape (m,).
    draws
        Shape (m, B).
    kind
        How intervals are read from draws.
    jackknife
        Estimates without each unit in turn, shape (m, units), for BCa; None where some do not exist.

    References
    ----------
    MacKinnon, Lockwood & Williams 2004, Multivariate Behavioral Research 39(1):99-128 (Monte Carlo and bootstrap for
    effects); Efron 1987, Journal of the American Statistical Association 82(397):171-185 (BCa); Davison & Hinkley 1997,
    Bootstrap Methods and Their Application, Cambridge University Press, section 4.4 (p-values).
    """

    estimates: Floats = field(converter=floats)
    draws: Floats = field(converter=floats)
    kind: IntervalKind = field(default=IntervalKind.PERCENTILE, converter=IntervalKind)
    jackknife: Floats | None = field(default=None, converter=attrs.converters.optional(floats))

    def of(
        self,
        function: Function,
        gradient: Floats,  # noqa: ARG002 - spreads are asked alike
        confidence: float = 0.95,
        df: npt.ArrayLike = np.inf,  # noqa: ARG002 - as above
    ) -> Propagated:
        """Return functions of the estimates with the spread of their draws; gradient and df are not used.

        The p-value is the largest ``α`` at which the interval does not hold zero, and never below ``2 / (B + 1)``.

        Parameters
        ----------
        function
            Takes estimates, shape (m, …), and returns r values, shape (r, …).
        gradient, df
            Not used.
        confidence
            Of the intervals.
        """
        check_confidence(confidence)
        values, drawn = function(self.estimates), function(self.draws)
        nowhere = ~np.isfinite(values) | ~np.isfinite(drawn).all(axis=1)
        drawn = np.where(nowhere[:, None], 0.0, drawn)
        if self.kind is IntervalKind.BCA:
            low, high, p, cases = self._accelerated(function, np.where(nowhere, 0.0, values), drawn, confidence)
        else:
            (low, high), p, cases = percentile_interval(drawn, confidence), percentile_p(drawn), []
        cases = [(nowhere, NO_VALUE), *cases]
        return Propagated(
            Reasoned.of(values, (~np.isfinite(values), NO_VALUE)),
            Reasoned.of(drawn.std(axis=1, ddof=1), (nowhere, NO_VALUE)),
            *(Reasoned.of(each, *cases) for each in (low, high, p)),
        )

    def _accelerated(
        self, function: Function, values: Floats, drawn: Floats, confidence: float
    ) -> tuple[Floats, Floats, Floats, list[tuple[npt.NDArray[np.bool_], str]]]:
        shift = bias_correction(values, drawn)
        bent = np.full(values.shape, np.nan)
        if self.jackknife is not None:
            bent = jackknife_acceleration(function(self.jackknife))
        low, high = bca_interval(values, drawn, bent, confidence)
        return low, high, bca_p(values, drawn, bent), [(~np.isfinite(shift), ONE_SIDE), (np.isnan(bent), NO_JACKKNIFE)]


def percentile_p(replicates: npt.ArrayLike) -> Floats:
    """Two-sided p-value of a percentile interval: ``2 (1 + min(#{t* ≤ 0}, #{t* ≥ 0})) / (B + 1)``, at most 1.

    Parameters
    ----------
    replicates
        Shape (…, B).

    Returns
    -------
    Floats
        Shape (…).

    References
    ----------
    Davison & Hinkley 1997, Bootstrap Methods and Their Application, Cambridge University Press, section 4.4.

    Examples
    --------
    >>> float(percentile_p([0.1, 0.2, 0.3, 0.4, -0.1, 0.2, 0.3, 0.5, 0.6]))
    0.4
    """
    values = np.asarray(replicates, dtype=np.float64)
    fewer = np.minimum((values <= 0).sum(axis=-1), (values >= 0).sum(axis=-1))
    return np.asarray(np.minimum(2 * (1 + fewer) / (values.shape[-1] + 1), 1.0))


def bca_p(estimate: npt.ArrayLike, replicates: npt.ArrayLike, acceleration: npt.ArrayLike) -> Floats:
    """Two-sided p-value of a BCa interval: the ``α`` at which one of its ends is zero, at least ``2 / (B + 1)``.

    With ``z = Φ⁻¹(#{t* < 0} / B)``: ``z_α = (z − z₀) / (1 + a (z − z₀)) − z₀`` and ``p = 2 min(Φ(z_α), 1 − Φ(z_α))``.

    Parameters
    ----------
    estimate, replicates, acceleration
        As for `bca_interval`.

    Returns
    -------
    Floats
        Shape (…); NaN where the interval does not exist.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82(397):171-185.

    Examples
    --------
    >>> float(bca_p(0.3, [0.1, 0.2, 0.3, 0.4, -0.1, 0.2, 0.3, 0.5, 0.6], 0.0).round(3))
    0.347
    """
    from scipy.special import ndtr, ndtri

    values = np.asarray(replicates, dtype=np.float64)
    size = values.shape[-1]
    shift = bias_correction(estimate, values)
    below = ((values < 0).sum(axis=-1) + (values == 0).sum(axis=-1) / 2) / size
    with np.errstate(invalid="ignore"):
        moved = ndtri(np.clip(below, 1 / (size + 1), size / (size + 1))) - shift
        bend = 1 + np.asarray(acceleration) * moved
        # beyond a bend of zero no level brings an end to zero
        level = np.where(bend > 0, ndtr(moved / np.where(bend > 0, bend, 1.0) - shift), 0.0)
        p = np.clip(2 * np.minimum(level, 1 - level), 2 / (size + 1), 1.0)
    return np.asarray(np.where(np.isfinite(shift) & np.isfinite(bend), p, np.nan))
