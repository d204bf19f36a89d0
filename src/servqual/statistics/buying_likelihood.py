"""The likelihood of the BG/NBD model on distinct histories, and its gradient."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.statistics._likelihood import Peak, climb


@frozen(eq=False)
class HistoryGroups:
    """Distinct histories and how many customers have each, prepared so that each trial costs two logarithms a row.

    Attributes
    ----------
    purchases, which
        The distinct numbers of repeat purchases, and which of them each history has.
    recency, age, count
        Of each history, shape (rows,).
    """

    purchases: Floats
    which: Ints
    recency: Floats
    age: Floats
    count: Floats

    @classmethod
    def of(cls, frequency: Floats, recency: Floats, age: Floats, count: Floats) -> HistoryGroups:
        """Prepare histories that are distinct."""
        purchases, which = np.unique(frequency, return_inverse=True)
        return cls(purchases, which, recency, age, count)

    def slope(self, point: Floats) -> tuple[float, Floats]:
        """Return the mean log-likelihood at (r, alpha, a, b) and its gradient.

        A history with x repeat purchases, the last at t_x, of age T has the log-likelihood
        ``A₁ + A₂ + ln(e^A₃ + [x > 0] e^A₄)``.
        """
        from scipy.special import digamma, gammaln

        r, alpha, a, b = point
        x, some = self.purchases, np.maximum(self.purchases, 1)
        per_x = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        per_x += gammaln(a + b) - gammaln(b) + gammaln(b + x) - gammaln(a + b + x)
        active = -(r + x)[self.which] * np.log(alpha + self.age)
        with np.errstate(divide="ignore"):
            stop = np.where(x > 0, np.log(a) - np.log(b + some - 1), -np.inf)[self.which]
        stopped = stop - (r + x)[self.which] * np.log(alpha + self.recency)
        both = np.logaddexp(active, stopped)
        chance = np.exp(stopped - both)
        total = float(self.count.sum())
        value = float(self.count @ (per_x[self.which] + both)) / total
        # sums over histories of the same number of purchases: what is left is as short as the distinct numbers
        weight, gone = (np.bincount(self.which, each, x.size) for each in (self.count, self.count * chance))
        by_r = weight @ (digamma(r + x) - digamma(r) + np.log(alpha)) - self.count @ (
            (1 - chance) * np.log(alpha + self.age) + chance * np.log(alpha + self.recency)
        )
        within = (1 - chance) / (alpha + self.age) + chance / (alpha + self.recency)
        by_alpha = weight.sum() * r / alpha - np.bincount(self.which, self.count * within, x.size) @ (r + x)
        shared = digamma(a + b) - digamma(a + b + x)
        by_a = weight @ shared + gone.sum() / a
        by_b = weight @ (shared + digamma(b + x) - digamma(b)) - gone @ (1 / (b + some - 1))
        return value, np.array([by_r, by_alpha, by_a, by_b]) / total


def most_likely_buying(histories: HistoryGroups) -> Peak:
    """Return the maximum of the likelihood; the order of parameters is r, alpha, a, b."""
    middle = float(np.average(histories.age, weights=histories.count))
    return climb(histories.slope, np.array([0.5, middle / 4, 1.0, 2.0]), float(histories.count.sum()))
