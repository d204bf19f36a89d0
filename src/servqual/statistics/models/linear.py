"""Least squares, ordinary or weighted, as numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve

from servqual._arrays import Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import Design, checked_design
from servqual.statistics.models.kinds import Covariance, Estimator, chosen, labelled
from servqual.statistics.models.regression import Regression


def ols(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    names: Sequence[str],
    *,
    weights: npt.ArrayLike | None = None,
    covariance: Covariance = Covariance.NONROBUST,
    groups: npt.ArrayLike | None = None,
    times: npt.ArrayLike | None = None,
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
        Group of each row, for ``Covariance.CLUSTER``, and for ``Covariance.HAC`` of a panel, whose lags then stay
        within the groups.
    times
        Time of each row, a number, for ``Covariance.HAC``: rows are put in its order, within their groups where there
        are groups. By default rows stand in order of time already. A lag is a step from one row to the next, however
        far apart their times are.
    lags
        Largest lag, for ``Covariance.HAC`` and only for it; by default ``⌊4 (T / 100)^(2/9)⌋``, in which ``T`` counts
        the rows, or those of the longest group.
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
        groups, times or lags are given or lacking against the covariance, or there is one group only.

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
    options: dict[str, Any] = {"covariance": covariance, "groups": groups, "times": times, "lags": lags}
    fit = least_squares(y, x, names, weights=weights, intercept=intercept, **options)
    groups_used = getattr(fit, "n_groups", None)
    return Regression(
        tuple(fit.model.exog_names),
        fit.params,
        fit.cov_params(),
        float(fit.df_resid),
        float(fit.df_resid if groups_used is None else groups_used - 1),
        float(fit.rsquared),
        float(fit.rsquared_adj),
        int(fit.nobs),
        float(fit.scale),
        Covariance(covariance),
        Estimator.OLS if weights is None else Estimator.WLS,
        float(fit.llf),
        float(fit.aic),
        float(fit.bic),
        groups_used,
        fit.cov_kwds.get("maxlags"),
    )


def least_squares(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    names: Sequence[str],
    *,
    weights: npt.ArrayLike | None,
    intercept: bool,
    covariance: Covariance = Covariance.NONROBUST,
    **options: Any,
) -> Any:
    """Return the engine's own results of `ols`, which takes the same arguments."""
    from statsmodels.regression.linear_model import OLS, WLS

    estimator = chosen("covariance", covariance, Covariance)
    design = checked_design(y, x, names, weights, intercept=intercept)
    design, engine, keywords = _settled(estimator, design, **options)
    model = OLS(design.y, design.x) if design.weights is None else WLS(design.y, design.x, weights=design.weights)
    return labelled(model, design).fit(cov_type=engine, use_t=True, cov_kwds=keywords)


def _settled(
    estimator: Covariance,
    design: Design,
    groups: npt.ArrayLike | None = None,
    times: npt.ArrayLike | None = None,
    lags: int | None = None,
) -> tuple[Design, str, dict[str, Any]]:
    """Return the rows in their order, the engine's name of the covariance and what it needs; refuse the rest."""
    _refuse_options(estimator, groups=groups, times=times, lags=lags)
    codes = None if groups is None else design.codes_of(groups)
    if estimator is not Covariance.HAC:
        return design, estimator.value, {} if codes is None else {"groups": codes}
    order = _order(design, codes, times)
    weights = None if design.weights is None else design.weights[order]
    turned = evolve(design, y=design.y[order], x=design.x[order], weights=weights)
    longest = design.y.size if codes is None else int(np.bincount(codes).max())
    keywords: dict[str, Any] = {"maxlags": _largest_lag(lags, longest, panel=codes is not None)}
    if codes is None:
        return turned, "HAC", keywords
    return turned, "hac-panel", keywords | {"groups": codes[order]}


def _refuse_options(estimator: Covariance, **given: object) -> None:
    problems = []
    groups, times, lags = (given[name] is not None for name in ("groups", "times", "lags"))
    cluster, hac = estimator is Covariance.CLUSTER, estimator is Covariance.HAC
    if (cluster and not groups) or (groups and not (cluster or hac)):
        found = f"given, with covariance {estimator}" if groups else "none"
        rule = "groups belong to the cluster covariance, which needs them, and to HAC of a panel"
        problems.append(Problem("groups", found, rule))
    for name, holds in (("times", times), ("lags", lags)):
        if holds and not hac:
            found = f"given, with covariance {estimator}"
            problems.append(Problem(name, found, f"{name} belong to the HAC covariance"))
    if problems:
        raise ArgumentError(*problems)


def _order(design: Design, codes: Ints | None, times: npt.ArrayLike | None) -> Ints:
    """Return the places of the rows in order of time, group by group."""
    groups = np.zeros(design.y.size, dtype=np.int64) if codes is None else codes
    if times is None:
        return np.argsort(groups, kind="stable")
    moments = np.asarray(times)
    if moments.shape != groups.shape or moments.dtype.kind not in "iuf" or not np.isfinite(moments).all():
        found = f"an array of {moments.dtype}, shape {moments.shape}, for {groups.size} rows"
        raise ArgumentError(Problem("times", found, "every row has a time, a finite number"))
    order = np.lexsort((moments, groups))
    twice = (np.diff(moments[order]) == 0) & (np.diff(groups[order]) == 0)
    if twice.any():
        found = f"{int(twice.sum())} rows at a time that their group has already"
        raise ArgumentError(Problem("times", found, "a group has one row at a time"))
    return order


def _largest_lag(lags: int | None, longest: int, *, panel: bool) -> int:
    where = f"{longest} rows of the longest group" if panel else f"{longest} rows"
    if panel and longest < 2:
        raise ArgumentError(Problem("groups", "one row in each", "lags within groups need a group of two rows or more"))
    if lags is None:
        return min(int(4 * (longest / 100) ** (2 / 9)), longest - 1)
    if lags != int(lags) or not 0 <= lags < longest:
        raise ArgumentError(Problem("lags", repr(lags), f"it is a whole number, 0 or more and below the {where}"))
    return int(lags)
