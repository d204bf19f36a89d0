"""The one door to statsmodels: regressions whose results are numbers only, and multiple testing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import Design, checked_design
from servqual.statistics._sums import floats
from servqual.statistics.comparison import t_test
from servqual.statistics.outcomes import MeanTest


class Covariance(StrEnum):
    """How the covariance of regression coefficients is estimated.

    NONROBUST
        Errors of one variance, independent.
    HC0, HC1, HC2, HC3
        Errors of any variances, independent: White's sandwich, and its corrections by ``n / (n − k)``, ``1 / (1 − h)``
        and ``1 / (1 − h)²``. HC3 is the one for small samples.
    CLUSTER
        Errors alike within groups, by the sandwich over groups with ``G / (G − 1) · (n − 1) / (n − k)``; t on
        ``G − 1`` degrees of freedom.
    HAC
        Errors in order of time, alike over some lags, by Newey and West with Bartlett's weights.

    References
    ----------
    White 1980, Econometrica 48(4):817-838; MacKinnon & White 1985, Journal of Econometrics 29(3):305-325; Newey & West
    1987, Econometrica 55(3):703-708; Cameron & Miller 2015, Journal of Human Resources 50(2):317-372.
    """

    NONROBUST = "nonrobust"
    HC0 = "HC0"
    HC1 = "HC1"
    HC2 = "HC2"
    HC3 = "HC3"
    CLUSTER = "cluster"
    HAC = "HAC"


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
        Degrees of freedom of t: ``n − k``, for clusters ``G − 1``.
    r2, adjusted_r2
        Share of the variance of y that is explained, about its mean where there is an intercept, else about zero; and
        the same corrected for the number of columns.
    n
        Rows.
    sigma2
        Residual variance, ``Σ w e² / (n − k)``.
    estimator
        How the covariance was estimated.
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

    @property
    def standard_errors(self) -> Floats:
        """Standard errors of the coefficients, shape (k,)."""
        return freeze(np.sqrt(self.covariance.diagonal()))

    def tests(self) -> MeanTest:
        """Test each coefficient by Student's t, shape (k,), two-sided; the null is that a coefficient is 0."""
        method = f"t test of regression, {self.estimator} covariance"
        return t_test(
            self.coefficients, self.standard_errors, self.df_test, null="the coefficient is {against:g}", method=method
        )

    def __repr__(self) -> str:
        return f"<Regression on {', '.join(self.names)}: n {self.n}, R² {self.r2:.3f}, {self.estimator} covariance>"


def ols(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    names: Sequence[str],
    *,
    weights: npt.ArrayLike | None = None,
    covariance: Covariance = Covariance.NONROBUST,
    groups: npt.ArrayLike | None = None,
    lags: int | None = None,
    intercept: bool = True,
) -> Regression:
    """Linear regression by least squares, ordinary or weighted, with the covariance that the errors call for.

    Minimises ``Σ w (y − x b)²``. The coefficients describe an association; they become effects by design only.

    Parameters
    ----------
    y
        Shape (n,), without missing values: whoever calls decides which rows take part.
    x
        Shape (n, columns).
    names
        Name of each column.
    weights
        Shape (n,), above zero: inversely proportional to the variances of the errors. With sampling weights the
        coefficients are right, and the covariance only if it is robust.
    covariance
        See `Covariance`.
    groups
        Group of each row, for ``Covariance.CLUSTER`` and only for it.
    lags
        Largest lag, for ``Covariance.HAC`` and only for it; by default ``⌊4 (n / 100)^(2/9)⌋``.
    intercept
        Whether a column of ones comes first.

    Returns
    -------
    Regression
        With ``k`` coefficients: columns and intercept.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, rows do not outnumber the coefficients, a column follows from others,
        groups or lags are given or lacking against the covariance, or there is one group only.

    References
    ----------
    Greene 2018, Econometric Analysis, 8th ed., Pearson, chapters 4 and 9; Newey & West 1994, Review of Economic Studies
    61(4):631-653 (the default lag).

    Examples
    --------
    >>> fit = ols([1.0, 3.0, 2.0, 5.0, 4.0, 6.0], [[1], [2], [3], [4], [5], [6]], ["visits"])
    >>> fit
    <Regression on intercept, visits: n 6, R² 0.784, nonrobust covariance>
    >>> fit.coefficients.round(3)
    array([0.4  , 0.886])
    """
    from statsmodels.regression.linear_model import OLS, WLS

    estimator = _estimator(covariance)
    design = checked_design(y, x, names, weights, intercept=intercept)
    options = _options(estimator, groups, lags, design)
    model = OLS(design.y, design.x) if design.weights is None else WLS(design.y, design.x, weights=design.weights)
    fit = model.fit(cov_type=estimator.value, use_t=True, cov_kwds=options)
    df_test = float(np.unique(options["groups"]).size - 1) if "groups" in options else float(fit.df_resid)
    return Regression(
        design.names,
        fit.params,
        fit.cov_params(),
        float(fit.df_resid),
        df_test,
        float(fit.rsquared),
        float(fit.rsquared_adj),
        int(fit.nobs),
        float(fit.scale),
        estimator,
    )


def multiple_tests(p: Floats, method: str) -> Floats:
    """p-values adjusted by the engine, in the order given; see `servqual.statistics.adjusted`, which checks them.

    Parameters
    ----------
    p
        Shape (m,), between 0 and 1, none missing.
    method
        The engine's name of the method.

    Returns
    -------
    Floats
        Shape (m,), between 0 and 1.
    """
    from statsmodels.stats.multitest import multipletests

    return np.asarray(multipletests(p, method=method)[1])


def _estimator(covariance: Covariance) -> Covariance:
    if covariance not in set(Covariance):
        known = ", ".join(repr(each.value) for each in Covariance)
        raise ArgumentError(Problem("covariance", repr(covariance), f"it is one of {known}"))
    return Covariance(covariance)


def _options(estimator: Covariance, groups: npt.ArrayLike | None, lags: int | None, design: Design) -> dict[str, Any]:
    """Return what the engine needs besides for this covariance; refuse what it would not use."""
    problems = []
    if (groups is None) is (estimator is Covariance.CLUSTER):
        found = "none" if groups is None else f"given, with covariance {estimator}"
        problems.append(Problem("groups", found, "groups belong to the cluster covariance, which needs them"))
    if lags is not None and estimator is not Covariance.HAC:
        problems.append(Problem("lags", f"given, with covariance {estimator}", "lags belong to the HAC covariance"))
    rows = design.y.size
    if lags is not None and (lags != int(lags) or not 0 <= lags < rows):
        problems.append(Problem("lags", repr(lags), f"it is a whole number, 0 or more and below the {rows} rows"))
    if problems:
        raise ArgumentError(*problems)
    if estimator is Covariance.CLUSTER:
        return {"groups": design.codes_of(groups)}
    if estimator is Covariance.HAC:
        return {"maxlags": int(4 * (rows / 100) ** (2 / 9)) if lags is None else int(lags)}
    return {}
