"""`Regression`: what was fitted, as numbers."""

from __future__ import annotations

import math

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.statistics.comparison import t_test
from servqual.statistics.models.kinds import Covariance, Estimator
from servqual.statistics.outcomes import MeanTest

NOT_CONVERGED = "the search for the estimates did not converge: they depend on where it stopped"
ON_BOUNDARY = (
    "the variance between groups is estimated at its bound, zero: the groups differ no more than chance makes them"
)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Regression(Holder):
    """A fitted linear regression as numbers: no rows, no engine.

    Attributes
    ----------
    names
        Names of the coefficients, ``"intercept"`` first where there is one.
    coefficients
        Shape (k,), each in units of y per unit of its column.
    covariance
        Their covariance, shape (k, k).
    df_resid
        ``n − k``.
    df_test
        Degrees of freedom of t: ``n − k``, for clusters and for HAC within groups ``G − 1``; infinite, that is normal,
        for robust and mixed regressions.
    r2, adjusted_r2
        Share of the variance of y that is explained, about its mean where there is an intercept, else about zero; and
        the same corrected for the number of columns. Of a robust regression with the weights it ended with; of a mixed
        one the share of the columns alone (marginal R²), without a corrected one.
    n
        Rows.
    sigma2
        Residual variance, ``Σ w e² / (n − k)``; of a robust regression the square of the scale of its residuals.
    estimator
        How the covariance was estimated.
    kind
        How the coefficients were estimated.
    log_likelihood
        Of normal errors, at its maximum (of a mixed regression the restricted one); NaN of a robust regression.
    aic, bic
        ``−2 ℓ + 2 k`` and ``−2 ℓ + k ln n``, the residual variance not counted; NaN of robust regressions, and of mixed
        ones, whose restricted likelihoods are not comparable where the columns differ.
    groups
        Number of groups ``G``, None where none were used.
    lags
        Largest lag of a HAC covariance, else None.
    group_variance
        Variance of the random intercepts of a mixed regression, else None.
    converged
        Whether the search for the estimates ended where it should.
    on_boundary
        Whether the variance of the random intercepts was estimated at its bound, zero.

    References
    ----------
    Renaud & Victoria-Feser 2010, Journal of Statistical Planning and Inference 140(7):1852-1862 (R² of a robust
    regression); Nakagawa & Schielzeth 2013, Methods in Ecology and Evolution 4(2):133-142 (of a mixed one).
    """

    names: tuple[str, ...]
    coefficients: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    df_resid: float
    df_test: float
    r2: float
    adjusted_r2: float
    n: int
    sigma2: float
    estimator: Covariance
    kind: Estimator = Estimator.OLS
    log_likelihood: float = math.nan
    aic: float = math.nan
    bic: float = math.nan
    groups: int | None = None
    lags: int | None = None
    group_variance: float | None = None
    converged: bool = True
    on_boundary: bool = False

    @property
    def standard_errors(self) -> Floats:
        """Standard errors of the coefficients, shape (k,)."""
        return freeze(np.sqrt(self.covariance.diagonal()))

    @property
    def residual_variance(self) -> float:
        """Variance of what is left of a row, within its group: ``sigma2`` by another name."""
        return self.sigma2

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to trust the numbers; empty where there is nothing."""
        said = ((not self.converged, NOT_CONVERGED), (self.on_boundary, ON_BOUNDARY))
        return tuple(note for holds, note in said if holds)

    def tests(self) -> MeanTest:
        """Test each coefficient by Student's t, shape (k,), two-sided; the null is that a coefficient is 0."""
        method = f"t test of regression, {self.estimator} covariance"
        return t_test(
            self.coefficients, self.standard_errors, self.df_test, null="the coefficient is {against:g}", method=method
        )

    def __repr__(self) -> str:
        how = f"{self.estimator} covariance" if self.group_variance is None else f"{self.groups} random intercepts"
        how = "robust" if self.kind is Estimator.ROBUST else how
        warned = "".join(f"; {note.partition(':')[0]}" for note in self.notes)
        return f"<Regression on {', '.join(self.names)}: n {self.n}, R² {self.r2:.3f}, {how}{warned}>"
