"""Columns added to a regression, and whether they explain anything: what several checks come down to.

References
----------
Hotelling 1931, Annals of Mathematical Statistics 2(3):360-378; Wooldridge 1991, Journal of Econometrics 47(1):5-46
(robust tests by products of residuals and what is added).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats, Ints
from servqual.statistics._labels import coded_labels
from servqual.statistics.models.kinds import Covariance
from servqual.statistics.models.linear import ols
from servqual.statistics.models.regression import Regression
from servqual.statistics.models.rows import FittedRows
from servqual.statistics.outcomes import TestResult

EXACT = "y follows from the columns exactly, and nothing is left to look at"
FEW_ROWS = "there are not more rows than coefficients once those of the test are added"
FOLLOW = "what the test adds follows from the columns that are there"


@frozen(eq=False)
class Errors:
    """What a test holds of the errors: the covariance of `ols`, and what it needs, as `ols` takes them."""

    covariance: Covariance = Covariance.NONROBUST
    groups: Any = None
    times: Any = None
    lags: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        """Options of `ols`."""
        return {"covariance": self.covariance, "groups": self.groups, "times": self.times, "lags": self.lags}

    @property
    def words(self) -> str:
        """How the errors are taken, to follow the name of a test."""
        return "" if self.covariance == Covariance.NONROBUST else f", {self.covariance} covariance"


def with_columns(rows: FittedRows, columns: Floats, errors: Errors) -> Regression | str:
    """Return the regression with further columns (n, m), last in it; or why there is none."""
    added = columns.shape[1]
    if rows.exact:
        return EXACT
    if rows.df <= added:
        return FEW_ROWS
    if not rows.new(columns):
        return FOLLOW
    names = [*rows.names, *(f"added {place}" for place in range(added))]
    every = np.column_stack([rows.x, rows.within(columns)])
    fit = ols(rows.y, every, names, weights=rows.weights, intercept=False, **errors.options)
    return _less_absorbed(fit, rows.absorbed)


def _less_absorbed(fit: Regression, absorbed: int) -> Regression:
    """Return a regression whose degrees of freedom count the intercepts of units, where the covariance has any."""
    left = fit.df_resid - absorbed
    counts = fit.estimator in {Covariance.NONROBUST, Covariance.HC1}
    factor = fit.df_resid / left if counts else 1.0
    df_test = left if fit.df_test == fit.df_resid else fit.df_test
    return evolve(fit, covariance=fit.covariance * factor, df_resid=left, df_test=df_test)


def wald(fit: Regression | str, tested: int, *, null: str, method: str) -> TestResult:
    """Return the F test that the last coefficients are 0: ``b′ V⁻¹ b / q`` on ``q`` and the degrees of the t tests."""
    if isinstance(fit, str):
        return without(fit, null=null, method=method)
    if tested > fit.df_test:
        why = f"{int(fit.df_test) + 1} groups cannot tell {tested} coefficients apart"
        return without(why, null=null, method=method)
    last, spread = fit.coefficients[-tested:], fit.covariance[-tested:, -tested:]
    # coefficients in their own standard errors, so that units of measurement do not decide how they are rounded
    se = np.sqrt(spread.diagonal())
    turned = last / se
    statistic = float(turned @ np.linalg.solve(spread / np.outer(se, se), turned)) / tested
    return f_result(statistic, tested, fit.df_test, null=null, method=method)


def score(rows: FittedRows, columns: Floats, groups: Any, *, null: str, method: str) -> TestResult:
    """Return the test that further columns (n, m) explain nothing, of errors that are alike within groups.

    The products of residuals and of what is new in the columns are added up within groups, and by Hotelling's T² their
    means are zero: ``(G − m) / m · W / (G − W)``, F on ``m`` and ``G − m``, ``W = Σs′ (Σ s s′)⁻¹ Σs``. Where groups are
    few it keeps its level, and Wald's test does not.
    """
    labels, codes = coded_labels(groups, None, rows.n)
    added, count = columns.shape[1], labels.size
    if rows.exact or not rows.new(columns):
        return without(EXACT if rows.exact else FOLLOW, null=null, method=method)
    turned = rows.within(columns) * rows.root[:, None]
    left = turned - rows.basis @ (rows.basis.T @ turned)
    return zero_sums(left * rows.residuals[:, None], codes, added, count, null=null, method=method)


def zero_sums(products: Floats, codes: Ints, added: int, groups: int, *, null: str, method: str) -> TestResult:
    """Return Hotelling's test that products (n, m), added up within groups, have means of zero."""
    few = without(f"{groups} groups cannot tell {added} coefficients apart", null=null, method=method)
    sums = np.stack([np.bincount(codes, column, groups) for column in products.T], axis=1)
    length = np.sqrt((sums**2).sum(axis=0))
    if groups < added + 2 or not (length > 0).all():
        return few
    sums = sums / length
    if np.linalg.matrix_rank(sums) < added:
        return few
    total = sums.sum(axis=0)
    w = float(total @ np.linalg.solve(sums.T @ sums, total))
    return f_result((groups - added) / added * w / (groups - w), added, groups - added, null=null, method=method)


def f_result(statistic: float, df: float, df_error: float, *, null: str, method: str) -> TestResult:
    """Return an F test of shape ()."""
    from scipy.special import fdtrc

    p = fdtrc(df, df_error, statistic)
    return TestResult(statistic=statistic, df=df, p=p, null=null, method=method, reason="", df_error=df_error)


def chi2_result(statistic: float, df: float, *, null: str, method: str) -> TestResult:
    """Return a χ² test of shape ()."""
    from scipy.special import chdtrc

    p = chdtrc(df, statistic)
    return TestResult(statistic=statistic, df=df, p=p, null=null, method=method, reason="")


def without(why: str, *, null: str, method: str) -> TestResult:
    """Return a test of shape () that does not exist."""
    return TestResult(statistic=np.nan, df=np.nan, p=np.nan, null=null, method=method, reason=why)
