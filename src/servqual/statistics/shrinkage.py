"""Regressions of few rows on many columns: coefficients drawn towards zero, by as much as the rows call for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence

# Middles of equal parts of the range of the share that the columns explain: its prior is even.
_SHARES = (np.arange(99) + 0.5) / 99
_HALVINGS = 44


@frozen(eq=False, getstate_setstate=False, repr=False)
class Shrunken(Holder):
    """Coefficients of a regression that were drawn towards zero, with their uncertainty.

    Attributes
    ----------
    coefficients
        Posterior means, shape (k,), in units of y per unit of their column.
    standard_errors
        Posterior standard deviations, shape (k,); infinite for three rows.
    share
        Posterior mean of the share of the variance that the columns explain, 0 to 1.
    n
        Rows.
    centres, spreads, weights
        What intervals are read from: centre and spread of Student's t on ``n − 1`` at each share, (shares, k), and how
        likely each share is, (shares,).
    """

    coefficients: Floats = field(converter=floats)
    standard_errors: Floats = field(converter=floats)
    share: float
    n: int
    centres: Floats = field(converter=floats)
    spreads: Floats = field(converter=floats)
    weights: Floats = field(converter=floats)

    def interval(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Return the ends of the credible intervals, equal tails, shape (k,) each.

        Raises
        ------
        ArgumentError
            If the confidence does not lie between 0 and 1.
        """
        check_confidence(confidence)
        return freeze(self._quantile((1 - confidence) / 2)), freeze(self._quantile((1 + confidence) / 2))

    def _quantile(self, level: float) -> Floats:
        from scipy.special import stdtr, stdtrit

        reach = float(stdtrit(self.n - 1, max(level, 1 - level)))
        low = (self.centres - reach * self.spreads).min(axis=0)
        high = (self.centres + reach * self.spreads).max(axis=0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = self.weights @ stdtr(self.n - 1, (middle - self.centres) / self.spreads) < level
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)

    def __repr__(self) -> str:
        size = self.coefficients.size
        return f"<Shrunken: {size} coefficients from {self.n} rows, share {self.share:.3f}>"


def shrunken(y: npt.ArrayLike, x: npt.ArrayLike) -> Shrunken:
    """Ridge regression whose penalty is averaged over what the rows say of it: empirical Bayes for few rows.

    With the columns of x standardised, ``y = a + z b + e``, ``b ~ N(0, τ² I)`` and ``e ~ N(0, σ² I)``: given the ratio
    ``λ = τ² / σ²`` the means of b are the ridge estimates ``λ z' (I + λ z z')⁻¹ y``. The share that the columns
    explain, ``k τ² / (k τ² + σ²)``, is as likely anywhere between 0 and 1 beforehand; what the rows say of it is their
    restricted likelihood. So a coefficient has an interval also where the likeliest share is zero, and columns may
    outnumber rows.

    Parameters
    ----------
    y
        Shape (n,), finite, not constant.
    x
        Shape (n, k), finite, no column constant.

    Returns
    -------
    Shrunken
        In the units of the given columns.

    Raises
    ------
    ArgumentError
        Shapes that do not fit, fewer than three rows, values that are missing, a column or a y that does not vary.

    References
    ----------
    Hoerl & Kennard 1970, Technometrics 12(1):55-67 (ridge); Patterson & Thompson 1971, Biometrika 58(3):545-554
    (restricted likelihood); Morris 1983, Journal of the American Statistical Association 78(381):47-55 (intervals that
    count the uncertainty of the prior's variance).

    Examples
    --------
    >>> found = shrunken([1.0, 2.0, 2.0, 4.0], [[1, 0], [2, 1], [3, 0], [4, 2]])
    >>> found.coefficients.round(3)
    array([0.446, 0.547])
    """
    outcome, table = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    _refuse(outcome, table)
    spread = table.std(axis=0, ddof=1)
    centres, variances, likely = _given_shares(outcome - outcome.mean(), (table - table.mean(axis=0)) / spread)
    mean = likely @ centres
    n = outcome.size
    # the variance of Student's t on n − 1 is larger than the square of its spread
    inner = variances * (n - 1) / (n - 3) if n > 3 else np.full_like(variances, np.inf)
    total = likely @ inner + likely @ (centres - mean) ** 2
    return Shrunken(
        mean / spread,
        np.sqrt(total) / spread,
        float(likely @ _SHARES),
        n,
        centres / spread,
        np.sqrt(variances) / spread,
        likely,
    )


def _given_shares(y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Return centres and squared spreads of the coefficients at each share, (shares, k), and weights, (shares,)."""
    n, k = z.shape
    left, singular, right = np.linalg.svd(z, full_matrices=False)
    ratio = (_SHARES / (1 - _SHARES) / k)[:, None]
    grown = 1 + ratio * singular**2
    along = left.T @ y
    # what is along the columns shrinks, what lies beside them stays
    rest = y @ y - (along**2 * (1 - 1 / grown)).sum(axis=1)
    log_weights = -0.5 * np.log(grown).sum(axis=1) - (n - 1) / 2 * np.log(rest)
    weights = np.exp(log_weights - log_weights.max())
    centres = (ratio * singular / grown * along) @ right
    inner = 1 - (1 - 1 / grown) @ right**2
    variances = rest[:, None] / (n - 1) * ratio * inner
    return centres, variances, weights / weights.sum()


def _refuse(y: Floats, x: Floats) -> None:
    problems = []
    if y.ndim != 1 or x.ndim != 2 or x.shape[0] != y.size or not x.shape[-1]:
        found = f"y of shape {y.shape}, x of shape {x.shape}"
        raise ArgumentError(Problem("shapes", found, "y has shape (n,), x has (n, k), k is 1 or more"))
    if y.size < 3:
        problems.append(Problem("y", f"{y.size} rows", "a regression that is shrunken has three rows or more"))
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        rule = "values are finite"
        problems.append(Problem("values", "some are missing or infinite", rule, "leave out rows that are not complete"))
    elif y.size and (np.ptp(y) == 0 or (np.ptp(x, axis=0) == 0).any()):
        found = "y is constant" if np.ptp(y) == 0 else "a column is constant"
        problems.append(Problem("values", found, "what does not vary explains nothing, nor is it explained"))
    if problems:
        raise ArgumentError(*problems)
