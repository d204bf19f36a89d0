"""`SpendingRates`: what customers spend at a purchase, by the gamma-gamma model, and its likelihood."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, freeze
from servqual.errors import ArgumentError, Problem
from servqual.statistics._likelihood import Peak, climb


def _above_zero(_: Any, attribute: Any, value: float) -> None:
    if not (np.isfinite(value) and value > 0):
        raise ArgumentError(Problem(attribute.name, f"{value:g}", "parameters of the gamma-gamma model are above zero"))


@frozen
class SpendingRates:
    """The gamma-gamma model: purchases of a customer vary as a gamma distribution around a mean of his own.

    A purchase has shape ``p`` and a rate that varies over customers as a gamma distribution of shape ``q`` and rate
    ``v``. What a customer spends at a purchase is taken to be independent of how often he buys.

    Attributes
    ----------
    p, q
        Shapes, without unit.
    v
        In units of money.

    References
    ----------
    Fader, Hardie & Lee 2005, Journal of Marketing Research 42(4):415-430; Colombo & Jiang 1999, Journal of Interactive
    Marketing 13(3):2-12.

    Examples
    --------
    >>> spending = SpendingRates(p=6.25, q=3.74, v=15.44)
    >>> round(spending.population_mean, 2)
    35.22
    >>> spending.expected([0, 2], [0, 22.35]).round(2)
    array([35.22, 24.66])
    """

    p: float = field(converter=float, validator=_above_zero)
    q: float = field(converter=float, validator=_above_zero)
    v: float = field(converter=float, validator=_above_zero)

    @property
    def population_mean(self) -> float:
        """Mean purchase over customers, ``p v / (q − 1)``; NaN where q is 1 or less, for then there is none."""
        return self.p * self.v / (self.q - 1) if self.q > 1 else float("nan")

    def expected(self, frequency: npt.ArrayLike, monetary: npt.ArrayLike) -> Floats:
        """Mean purchase expected of a customer with x repeat purchases of mean m: ``p (v + x m) / (p x + q − 1)``.

        Of somebody without repeat purchases it is the population's mean, NaN where that does not exist.
        """
        x, m = np.asarray(frequency, np.float64), np.asarray(monetary, np.float64)
        below = self.p * x + self.q - 1
        spent = np.where(x > 0, x * m, 0.0)
        return freeze(np.where(below > 0, self.p * (self.v + spent) / np.where(below > 0, below, 1.0), np.nan))


def most_likely_spending(frequency: Floats, monetary: Floats, count: Floats) -> Peak:
    """Return the maximum of the likelihood of customers with repeat purchases; the parameters are p, q, v."""
    from scipy.special import digamma, gammaln

    total, logs = float(count.sum()), np.log(monetary)
    weights = count / total

    def slope(point: Floats) -> tuple[float, Floats]:
        p, q, v = point
        px, sums = p * frequency, v + frequency * monetary
        spread = np.log(frequency) + logs - np.log(sums)
        value = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v) - q * np.log(sums) + px * spread - logs
        more = digamma(px + q)
        by_p = frequency * (more - digamma(px) + spread)
        by_q = more - digamma(q) + np.log(v) - np.log(sums)
        by_v = q / v - (px + q) / sums
        return float(weights @ value), np.array([weights @ by_p, weights @ by_q, weights @ by_v])

    middle = float(weights @ monetary)
    return climb(slope, np.array([2.0, 3.0, middle]), total)
