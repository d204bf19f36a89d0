"""`estimate`: one equation, by the estimator that was asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve

from servqual.chain.correcting import corrected_regression
from servqual.chain.designs import EquationRows
from servqual.chain.recipes import Recipe
from servqual.statistics.models import Covariance, Estimator, Regression, engine, mixed, ols, robust


def estimate(rows: EquationRows, recipe: Recipe) -> Regression:
    """One regression of a chain, as numbers.

    Parameters
    ----------
    rows
        Of one equation, complete; nothing is checked here that `fit` checks.
    recipe
        How it is estimated.

    Returns
    -------
    Regression
        One coefficient for each term; with unit effects the intercepts that were taken out are counted in its degrees
        of freedom, as if each unit had a column of its own.

    Raises
    ------
    ArgumentError
        As of `ols`, `robust` and `mixed`.

    References
    ----------
    Frisch & Waugh 1933, Econometrica 1(4):387-401; Lovell 1963, Journal of the American Statistical Association
    58(304):993-1010 (means taken off beforehand give the coefficients of columns of units).
    """
    if rows.corrected:
        return corrected_regression(rows, recipe)
    x, names = _columns(rows)
    if recipe.estimator is Estimator.MIXED:
        return mixed(rows.y, x, names, groups=rows.unit)
    if recipe.estimator is Estimator.ROBUST:
        return robust(rows.y, x, names)
    found = ols(rows.y, x, names, weights=rows.weights, intercept=rows.intercept, **_errors(rows, recipe))
    return _absorbed(found, rows.absorbed)


def results_of(rows: EquationRows, recipe: Recipe) -> Any:
    """Return the results object of the engine for one equation."""
    x, names = _columns(rows)
    if recipe.estimator is Estimator.MIXED:
        return engine(recipe.estimator, rows.y, x, names, groups=rows.unit)
    if recipe.estimator is Estimator.ROBUST:
        return engine(recipe.estimator, rows.y, x, names)
    options = _errors(rows, recipe)
    found = engine(recipe.estimator, rows.y, x, names, weights=rows.weights, intercept=rows.intercept, **options)
    if not rows.absorbed:
        return found
    found.model.df_resid -= rows.absorbed
    keywords = {name: found.cov_kwds[name] for name in ("groups", "maxlags") if name in found.cov_kwds}
    return found.model.fit(cov_type=found.cov_type, use_t=True, cov_kwds=keywords)


def _columns(rows: EquationRows) -> tuple[Any, tuple[str, ...]]:
    """Return the columns and their names, but for the intercept."""
    first = int(rows.intercept)
    return rows.x[:, first:], rows.names[first:]


def _errors(rows: EquationRows, recipe: Recipe) -> dict[str, Any]:
    """Return what the covariance needs."""
    found: dict[str, Any] = {"covariance": recipe.covariance}
    if recipe.covariance is Covariance.CLUSTER:
        found["groups"] = rows.cluster
    if recipe.covariance is Covariance.HAC:
        panel = (rows.unit != rows.unit[0]).any()
        found |= {"groups": rows.unit if panel else None, "times": rows.period, "lags": recipe.lags}
    return found


def _absorbed(found: Regression, units: int) -> Regression:
    """Return a regression with degrees of freedom for the intercepts of units that were taken out."""
    if not units:
        return found
    left = found.df_resid - units
    factor = found.df_resid / left
    scaled = found.estimator in {Covariance.NONROBUST, Covariance.HC1}
    return evolve(
        found,
        covariance=found.covariance * (factor if scaled else 1.0),
        df_resid=left,
        df_test=left if found.groups is None else found.df_test,
        adjusted_r2=1 - (1 - found.r2) * (found.n - units) / left,
        sigma2=found.sigma2 * factor,
        aic=found.aic + 2 * units,
        bic=found.bic + units * float(np.log(found.n)),
    )
