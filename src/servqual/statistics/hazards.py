"""Failure rates over life: one Weibull, and the bathtub curve as a sum of two."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import ArgumentError, Problem
from servqual.statistics import _weibull_parts as weibull
from servqual.statistics._numbers import INSIDE, NOT_NEGATIVE, arrays
from servqual.statistics.inapplicable import Inapplicable

NO_TUB = "the failure rate falls and then rises only where one shape lies above 1 and the other below"


def _plain(values: AnyArray) -> float | Floats:
    return values if np.ndim(values) else float(values)


class Lifetime:
    """What every distribution of lives made of Weibull hazards can tell; times have any unit, rates one over it."""

    __slots__ = ()

    @property
    def parts(self) -> Floats:
        """Logarithms of rate and shape of each part, (parts, 2)."""
        raise NotImplementedError

    def hazard(self, times: npt.ArrayLike) -> float | Floats:
        """Failure rate ``h(t) = Σ r s (r t)^(s−1)`` of what has lived until then, per unit of time.

        At time 0 it is infinite where a shape lies below 1.

        Raises
        ------
        ArgumentError
            Times below zero.
        """
        (at,) = arrays(times=(times, NOT_NEGATIVE))
        with np.errstate(divide="ignore"):
            rates = [np.exp(rate) * np.exp(shape) * self._power(at, rate, shape, 1) for rate, shape in self.parts]
        return _plain(np.sum(rates, axis=0))

    def cumulative_hazard(self, times: npt.ArrayLike) -> float | Floats:
        """Cumulative failure rate ``H(t) = Σ (r t)^s``: failures expected by then if each were mended at once."""
        (at,) = arrays(times=(times, NOT_NEGATIVE))
        return _plain(np.sum([self._power(at, rate, shape) for rate, shape in self.parts], axis=0))

    def survival(self, times: npt.ArrayLike) -> float | Floats:
        """Reliability ``R(t) = exp(−H(t))``: the share that lives longer."""
        return _plain(np.exp(-np.asarray(self.cumulative_hazard(times))))

    def quantile(self, shares: npt.ArrayLike) -> float | Floats:
        """Time by which a share has failed; with ``shares`` at random it draws lives.

        Raises
        ------
        ArgumentError
            Shares that do not lie strictly between 0 and 1.
        """
        (failed,) = arrays(shares=(shares, INSIDE))
        return _plain(np.exp(weibull.log_quantile(self.parts, np.log(-np.log1p(-failed)))))

    @property
    def mean_life(self) -> float:
        """Mean life ``∫ R(t) dt``."""
        return float(np.exp(weibull.log_mean(self.parts)))

    @staticmethod
    def _power(at: Floats, rate: float, shape: float, less: int = 0) -> Floats:
        return np.asarray((np.exp(rate) * at) ** (np.exp(shape) - less))


def _positive(_: Any, attribute: Any, value: float) -> None:
    if not (np.isfinite(value) and value > 0):
        raise ArgumentError(Problem(attribute.name, f"{value:g}", "rates and shapes are finite and above zero"))


@frozen
class Weibull(Lifetime):
    """Weibull's distribution of lives: ``R(t) = exp(−(a t)^b)``, a failure rate that only rises, or only falls.

    Parameters
    ----------
    a
        Rate, one over a unit of time: 63 % have failed by ``1 / a``.
    b
        Shape: the failure rate rises where it is above 1, falls where it is below, and is constant at 1.

    Raises
    ------
    ArgumentError
        Parameters that are not above zero.

    References
    ----------
    Weibull 1951, Journal of Applied Mechanics 18(3):293-297.

    Examples
    --------
    >>> Weibull(0.01, 1.0).hazard([5, 50]).round(4).tolist()
    [0.01, 0.01]
    """

    a: float = field(converter=float, validator=_positive)
    b: float = field(converter=float, validator=_positive)

    @property
    def parts(self) -> Floats:
        """Logarithms of rate and shape, (1, 2)."""
        return np.log([[self.a, self.b]])


@frozen
class AdditiveWeibull(Lifetime):
    """The bathtub curve: two Weibull hazards added, one for wear, one for what fails early.

    ``R(t) = exp(−(a t)^b − (c t)^d)``, ``h(t) = a b (a t)^(b−1) + c d (c t)^(d−1)``; with ``b > 1 > d`` the failure
    rate falls, has one minimum, and rises.

    Parameters
    ----------
    a, b
        Rate (one over a unit of time) and shape of wear.
    c, d
        Rate and shape of early failures; the smaller shape of both.

    Raises
    ------
    ArgumentError
        Parameters that are not above zero, or shapes the wrong way round.

    References
    ----------
    Xie & Lai 1995, Reliability Engineering & System Safety 52(1):87-93.

    Examples
    --------
    >>> life = AdditiveWeibull(0.01, 3, 0.5, 0.5)
    >>> time, rate = life.minimum
    >>> round(time, 5), round(rate, 6)
    (61.33516, 0.05643)
    """

    a: float = field(converter=float, validator=_positive)
    b: float = field(converter=float, validator=_positive)
    c: float = field(converter=float, validator=_positive)
    d: float = field(converter=float, validator=_positive)

    def __attrs_post_init__(self) -> None:
        """Check that wear has the larger shape."""
        if self.b < self.d:
            rule = "b is the shape of wear, the larger of both"
            remedy = f"AdditiveWeibull({self.c:g}, {self.d:g}, {self.a:g}, {self.b:g})"
            raise ArgumentError(Problem("b, d", f"{self.b:g}, {self.d:g}", rule, remedy))

    @property
    def parts(self) -> Floats:
        """Logarithms of rate and shape of wear and of early failures, (2, 2)."""
        return np.log([[self.a, self.b], [self.c, self.d]])

    @property
    def minimum(self) -> tuple[float, float] | Inapplicable:
        """The bottom of the tub: when the failure rate is least, and how high it is then.

        ``t* = (c^d d (1 − d) / (a^b b (b − 1)))^(1 / (b − d))``; it does not exist unless ``b > 1 > d``.
        """
        if not self.b > 1 > self.d:
            return Inapplicable(NO_TUB)
        time = float(np.exp(log_bottom(self.parts)))
        return time, float(self.hazard(time))


def log_bottom(parts: Floats) -> float:
    """Return the logarithm of the time at which the failure rate is least, NaN where there is no such time."""
    (rate, wear), (other, early) = parts
    b, d = np.exp(wear), np.exp(early)
    if not b > 1 > d:
        return float("nan")
    return float((d * other + early + np.log1p(-d) - b * rate - wear - np.log(b - 1)) / (b - d))
