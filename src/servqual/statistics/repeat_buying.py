"""`BuyingRates`: who buys again where nobody says goodbye, by the BG/NBD model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, freeze
from servqual.errors import ArgumentError, Problem

# Where a is 1 or a + b is 1, the closed forms are 0/0 or 0 times infinity: they are taken a little to either side.
_BESIDE = 1e-5


def _above_zero(_: Any, attribute: Any, value: float) -> None:
    if not (np.isfinite(value) and value > 0):
        raise ArgumentError(Problem(attribute.name, f"{value:g}", "parameters of the BG/NBD model are above zero"))


@frozen
class BuyingRates:
    """The BG/NBD model (beta-geometric, negative binomial): purchases at a rate, until the customer stops unseen.

    While active, a customer buys by a Poisson process whose rate varies over customers as a gamma distribution of shape
    ``r`` and rate ``alpha``. After each repeat purchase the customer stops for good with a probability that varies as a
    beta distribution with ``a`` and ``b``.

    Attributes
    ----------
    r, alpha
        Shape and rate (in units of time) of the gamma distribution; the mean rate is ``r / alpha``.
    a, b
        Of the beta distribution; the mean probability of stopping is ``a / (a + b)``.

    References
    ----------
    Fader, Hardie & Lee 2005, Marketing Science 24(2):275-284.

    Examples
    --------
    >>> rates = BuyingRates(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> float(rates.alive(2, 30.43, 38.86).round(4))
    0.7266
    >>> float(rates.future(39, 2, 30.43, 38.86).round(3))
    1.226
    """

    r: float = field(converter=float, validator=_above_zero)
    alpha: float = field(converter=float, validator=_above_zero)
    a: float = field(converter=float, validator=_above_zero)
    b: float = field(converter=float, validator=_above_zero)

    def expected(self, t: npt.ArrayLike) -> Floats:
        """Repeat purchases expected of a new customer up to time ``t``, of the shape of ``t``.

        ``E[X(t)] = (a + b − 1) / (a − 1) · [1 − (α / (α + t))^r ₂F₁(r, b; a + b − 1; t / (α + t))]``.
        """
        time = np.asarray(t, np.float64)
        return freeze(_around(self.a, self.b, lambda a: self._bought(a, self.b, self.r, self.alpha, time)))

    def alive(self, frequency: npt.ArrayLike, recency: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Probability that a customer is still active, 0 to 1; 1 for whoever has not bought again.

        ``1 / (1 + a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x))``.
        """
        x, tx, age_ = (np.asarray(each, np.float64) for each in (frequency, recency, age))
        before = np.maximum(self.b + x - 1, np.finfo(float).tiny)
        with np.errstate(over="ignore"):
            odds = self.a / before * ((self.alpha + age_) / (self.alpha + tx)) ** (self.r + x)
        return freeze(np.where(x == 0, 1.0, 1 / (1 + odds)))

    def future(self, t: npt.ArrayLike, frequency: npt.ArrayLike, recency: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Purchases expected in the next ``t`` units of time of a customer with that history."""
        x, age_ = np.asarray(frequency, np.float64), np.asarray(age, np.float64)
        time = np.asarray(t, np.float64)
        still = self.alive(frequency, recency, age)
        more = _around(self.a, self.b + x, lambda a: self._bought(a, self.b + x, self.r + x, self.alpha + age_, time))
        return freeze(np.asarray(more * still))

    def probability(self, purchases: npt.ArrayLike, t: npt.ArrayLike) -> Floats:
        """Probability that a new customer makes that many repeat purchases up to time ``t``."""
        from scipy.special import betainc, betaln, gammaln

        n, time = np.asarray(purchases, np.float64), np.asarray(t, np.float64)
        stay, share = self.alpha / (self.alpha + time), time / (self.alpha + time)
        some = np.maximum(n, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            count = gammaln(self.r + n) - gammaln(self.r) - gammaln(n + 1) + self.r * np.log(stay)
            count = count + np.where(n > 0, n * np.log(share), 0.0)
        whole = betaln(self.a, self.b)
        active = np.exp(betaln(self.a, self.b + n) - whole + count)
        stopped = np.exp(betaln(self.a + 1, self.b + some - 1) - whole) * betainc(some, self.r, share)
        return freeze(np.asarray(active + np.where(n > 0, stopped, 0.0)))

    @staticmethod
    def _bought(a: float, b: npt.ArrayLike, r: npt.ArrayLike, alpha: npt.ArrayLike, t: Floats) -> Floats:
        from scipy.special import hyp2f1

        shape, rate, start = (np.asarray(each, np.float64) for each in (r, alpha, b))
        total = rate + t
        still = (rate / total) ** shape * hyp2f1(shape, start, a + start - 1, t / total)
        return np.asarray((a + start - 1) / (a - 1) * (1 - still))


def _around(a: float, b: npt.ArrayLike, function: Callable[[float], Floats]) -> Floats:
    """Return a smooth function of ``a`` whose form breaks where ``a`` or ``a + b`` is 1."""
    if min(abs(a - 1), float(np.abs(a + np.asarray(b) - 1).min(initial=1.0))) >= _BESIDE:
        return function(a)
    return np.asarray((function(a - 2 * _BESIDE) + function(a + 2 * _BESIDE)) / 2)
