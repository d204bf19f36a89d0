"""`LogitFit`: fitted logistic regressions as numbers."""

from __future__ import annotations

import math

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.statistics.comparison import t_test
from servqual.statistics.outcomes import MeanTest, TestResult


@frozen(eq=False, getstate_setstate=False, repr=False)
class LogitFit(Holder):
    """Fitted logistic regressions of m outcomes on the same columns: no rows, no engine.

    Attributes
    ----------
    names
        Names of the coefficients, ``"intercept"`` first.
    coefficients
        In logits per unit of each column, shape (m, k).
    covariance
        Of all coefficients, outcome by outcome, robust: shape (m k, m k).
    effects
        Average effects of the columns on the share, per unit, shape (m, k − 1).
    effect_covariance
        Of all effects, the columns taken as they are, shape (m (k − 1), m (k − 1)).
    shares
        Mean of each outcome, shape (m,).
    log_likelihood, null_log_likelihood
        At the maximum, and with the intercept alone, shape (m,).
    n
        Respondents.
    groups
        Number of groups, None where none were used.
    """

    names: tuple[str, ...]
    coefficients: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    effects: Floats = field(converter=floats)
    effect_covariance: Floats = field(converter=floats)
    shares: Floats = field(converter=floats)
    log_likelihood: Floats = field(converter=floats)
    null_log_likelihood: Floats = field(converter=floats)
    n: float
    groups: int | None = None

    @property
    def df(self) -> float:
        """Degrees of freedom of tests: infinite, with groups ``G − 1``."""
        return math.inf if self.groups is None else self.groups - 1.0

    @property
    def standard_errors(self) -> Floats:
        """Standard errors of the coefficients, shape (m, k)."""
        return freeze(np.sqrt(self.covariance.diagonal()).reshape(self.coefficients.shape))

    @property
    def effect_errors(self) -> Floats:
        """Standard errors of the average effects, shape (m, k − 1)."""
        return freeze(np.sqrt(self.effect_covariance.diagonal()).reshape(self.effects.shape))

    @property
    def pseudo_r2(self) -> Floats:
        """McFadden's ``1 − ℓ / ℓ₀``, shape (m,)."""
        return freeze(1 - self.log_likelihood / self.null_log_likelihood)

    def tests(self) -> MeanTest:
        """Test each coefficient, shape (m, k), two-sided; the null is that it is 0."""
        return t_test(
            self.coefficients,
            self.standard_errors,
            self.df,
            null="the coefficient is {against:g}",
            method="logit, robust",
        )

    def combined(self, combination: Floats) -> MeanTest:
        """Test linear combinations of all coefficients, outcome by outcome: shape (combinations, m k)."""
        estimate = combination @ self.coefficients.ravel()
        error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", combination, self.covariance, combination), 0.0))
        return t_test(estimate, error, self.df, null="the combination is {against:g}", method="logit, robust")

    def wald(self, combination: Floats, *, null: str) -> TestResult:
        """Test that several linear combinations are 0 together: ``χ²``, or F on ``q`` and ``G − 1`` with groups."""
        from scipy.special import chdtrc, fdtrc

        estimate, q = combination @ self.coefficients.ravel(), len(combination)
        spread = combination @ self.covariance @ combination.T
        value = float(estimate @ np.linalg.pinv(spread, hermitian=True) @ estimate)
        if self.groups is None:
            p, df = float(chdtrc(q, value)), float("nan")
            return TestResult(statistic=value, df=q, p=p, null=null, method="Wald test, robust", reason="")
        why = "" if self.df >= q else f"{self.groups} groups cannot tell {q} coefficients apart"
        value, df = (value / q, self.df) if not why else (np.nan, np.nan)
        p = float(fdtrc(q, df, value)) if not why else np.nan
        shown = q if not why else np.nan
        return TestResult(
            statistic=value, df=shown, p=p, null=null, method="Wald test, robust", reason=why, df_error=df
        )

    def __repr__(self) -> str:
        shown = ", ".join(f"{each:.3f}" for each in self.pseudo_r2.tolist())
        return f"<LogitFit on {', '.join(self.names)}: n {self.n:g}, pseudo R² {shown}>"
