"""`DepartureRates`: how cohorts of contract customers melt, by the shifted beta-geometric model, and its likelihood."""

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
        rule = "parameters of the shifted beta-geometric model are above zero"
        raise ArgumentError(Problem(attribute.name, f"{value:g}", rule))


@frozen
class DepartureRates:
    """The shifted beta-geometric model: each customer leaves at each renewal with a probability of his own.

    The probabilities vary over customers as a beta distribution with ``alpha`` and ``beta``. Whoever is likely to leave
    leaves early, so that the retention of a cohort rises with its age though no customer changes.

    Attributes
    ----------
    alpha, beta
        The mean probability of leaving at a renewal is ``alpha / (alpha + beta)``.

    References
    ----------
    Fader & Hardie 2007, Journal of Interactive Marketing 21(1):76-90.

    Examples
    --------
    >>> rates = DepartureRates(alpha=0.668, beta=3.806)
    >>> rates.retention([1, 2, 7]).round(3)
    array([0.851, 0.878, 0.936])
    """

    alpha: float = field(converter=float, validator=_above_zero)
    beta: float = field(converter=float, validator=_above_zero)

    def survival(self, period: npt.ArrayLike) -> Floats:
        """Share of a cohort that is left after that many renewals: ``B(α, β + t) / B(α, β)``."""
        from scipy.special import betaln

        t = np.asarray(period, np.float64)
        return freeze(np.asarray(np.exp(betaln(self.alpha, self.beta + t) - betaln(self.alpha, self.beta))))

    def retention(self, period: npt.ArrayLike) -> Floats:
        """Share kept at the t-th renewal of those left before it: ``(β + t − 1) / (α + β + t − 1)``, t from 1."""
        t = np.asarray(period, np.float64)
        return freeze(np.asarray((self.beta + t - 1) / (self.alpha + self.beta + t - 1)))


def most_likely_departures(lost: Floats, kept: Floats) -> Peak:
    """Return the maximum of the likelihood; the parameters are alpha and beta.

    Parameters
    ----------
    lost
        Customers lost at the first, second, … renewal, over all cohorts, shape (periods,).
    kept
        Customers last seen alive after one, two, … renewals, shape (periods,).
    """
    from scipy.special import digamma, gammaln

    t = np.arange(1.0, lost.size + 1)
    total = float(lost.sum() + kept.sum())

    def slope(point: Floats) -> tuple[float, Floats]:
        alpha, beta = point
        start = gammaln(alpha + beta) - gammaln(beta)
        end = gammaln(alpha + beta + t)
        value = lost @ (start + np.log(alpha) + gammaln(beta + t - 1) - end) + kept @ (start + gammaln(beta + t) - end)
        first, last = digamma(alpha + beta), digamma(alpha + beta + t)
        by_alpha = lost @ (first + 1 / alpha - last) + kept @ (first - last)
        both = first - digamma(beta) - last
        by_beta = lost @ (both + digamma(beta + t - 1)) + kept @ (both + digamma(beta + t))
        return float(value) / total, np.array([by_alpha, by_beta]) / total

    return climb(slope, np.array([1.0, 2.0]), total)
