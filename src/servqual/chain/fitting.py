"""`fit`: one regression a construct, for all constructs of a chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, Unpack

import numpy as np
from attrs import evolve

from servqual.chain.asking import Asked, Controls, Options, recipe_of
from servqual.chain.design_checks import design_problems, distinct, rank_problems
from servqual.chain.designs import EquationRows, Prepared, prepare
from servqual.chain.equations import Equation
from servqual.chain.estimating import estimate, results_of
from servqual.chain.fitted import Fit
from servqual.chain.graph import Chain
from servqual.chain.recipes import FixedEffect, Recipe, RowRule
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, FitError, Problem
from servqual.statistics.models import Covariance, Estimator

Found = TypeVar("Found")


def fit(
    chain: Chain,
    units: UnitTable,
    *,
    estimator: Estimator | str = Estimator.OLS,
    covariance: Covariance | str | None = None,
    cluster: str | None = None,
    lags: int | None = None,
    controls: Controls = (),
    effects: FixedEffect | str | Sequence[FixedEffect | str] = (),
    weights: str | None = None,
    reliability: Mapping[str, Any] | None = None,
    rows: RowRule | str = RowRule.COMMON,
) -> Fit:
    """Estimate a chain (service-profit chain, path model): one regression for each construct that has a link to it.

    ``target = intercept + Σ b · form(source, lag) + controls + error``. Coefficients tell what goes along with what,
    other things in the equation being equal; they become effects by the design of a study only.

    Parameters
    ----------
    chain
        Which construct drives which.
    units
        One row for each unit, or for each unit and period, with the constructs as columns.
    estimator
        "ols"; "wls" with `weights`; "robust" (Huber's M-estimator), for units that lie far from the line; "mixed", a
        random intercept for each unit.
    covariance
        "nonrobust", "HC0" to "HC3", "cluster" (small-sample correction ``G / (G − 1) · (n − 1) / (n − k)``, t on
        ``G − 1``), "HAC" (Newey and West within units). By default "cluster" by unit where units have several rows,
        else "nonrobust", corrected for unreliability "HC1"; robust and mixed bring their own.
    cluster
        A column of clusters that units belong to, such as a region; by default the unit.
    lags
        Largest lag of the HAC covariance, in rows of a unit; by default ``⌊4 (T / 100)^(2/9)⌋``. The lag of a link is
        part of the link.
    controls
        Columns that enter every equation; or target → columns that enter its equation.
    effects
        "unit" gives each unit an intercept of its own (the within transformation), "period" each period.
    weights
        A column of weights, such as the number of people behind a unit's mean: the variance of an error is taken as
        inversely proportional to it. Least squares are weighted then.
    reliability
        Construct → reliability, above 0 and at most 1, such as ICC(2) or alpha: corrects the links that start there.
        See `servqual.chain.correcting.corrected_regression`. Of a construct that is only explained, unreliability
        widens intervals and biases nothing, and there is nothing to correct.
    rows
        "common" takes the rows that are complete for every equation; "per_link" those of each equation apart, so that
        equations describe different units.

    Returns
    -------
    Fit
        Numbers only: coefficients, covariances, degrees of freedom, R², moments, and the account of the rows.

    Raises
    ------
    FitError
        All problems at once: unknown columns and options, options that cannot be honoured together; then weights, rows
        and values; then columns that do not vary or follow from others, too few rows or clusters, corrections that take
        more variance than there is.

    Notes
    -----
    Lags go back within a unit and never across. Errors of different equations are taken as independent, as they are in
    a recursive chain.

    References
    ----------
    Wright 1934, Annals of Mathematical Statistics 5(3):161-215 (path analysis by regressions); Heskett, Jones, Loveman,
    Sasser & Schlesinger 1994, Harvard Business Review 72(2):164-174; Wooldridge 2010, Econometric Analysis of Cross
    Section and Panel Data, 2nd ed., MIT Press, chapter 10 (unit effects); Fuller 1987, Measurement Error Models, Wiley.

    Examples
    --------
    >>> chain = Chain.parse("service -> satisfaction -> profit")
    >>> rows = {"service": [1, 2, 3, 4, 5], "satisfaction": [2, 2, 4, 4, 5], "profit": [1, 3, 3, 6, 5]}
    >>> found = fit(chain, UnitTable.from_arrays(["A", "B", "C", "D", "E"], rows))
    >>> found.slopes().round(3)
    array([0.8  , 1.083])
    """
    asked = Asked(
        estimator=estimator,
        covariance=covariance,
        cluster=cluster,
        lags=lags,
        controls=controls,
        effects=effects,
        weights=weights,
        reliability=reliability,
        rows=rows,
    )
    recipe, prepared = _settled(chain, units, asked)
    found = _each(prepared.equations, lambda each: _equation(each, recipe))
    return _fit(prepared, units, recipe, found)


def regressions(chain: Chain, units: UnitTable, **options: Unpack[Options]) -> dict[str, Any]:
    """Return the results objects of statsmodels, one for each equation of a chain; their numbers are those of `fit`.

    They hold the rows of the units. With unit effects, units' means are taken off beforehand and counted in the degrees
    of freedom.

    Parameters
    ----------
    chain, units, **options
        As of `fit`; but for `reliability`, for which the engine has no regression.

    Returns
    -------
    dict
        Target → results, in causal order.

    Raises
    ------
    FitError
        As of `fit`, and with `reliability`.
    """
    asked = Asked(**options)
    if asked.reliability:
        rule = "the engine has no regression with errors in variables"
        raise FitError(Problem("reliability", "given", rule, "take the numbers of fit, or leave reliability out"))
    recipe, prepared = _settled(chain, units, asked)
    return _each(prepared.equations, lambda rows: results_of(rows, recipe))


def _settled(chain: Chain, units: UnitTable, asked: Asked) -> tuple[Recipe, Prepared]:
    """Return the recipe and the rows, checked; the more basic problems first."""
    recipe = recipe_of(chain, units, asked)
    prepared = prepare(chain, units, recipe)
    problems = design_problems(prepared.equations) or rank_problems(prepared.equations)
    if problems:
        raise FitError(*problems)
    return recipe, prepared


def _each(equations: Sequence[EquationRows], compute: Callable[[EquationRows], Found]) -> dict[str, Found]:
    """Return target → what is computed of its rows; refuse with the problems of all equations."""
    found, problems = {}, []
    for rows in equations:
        try:
            found[rows.target] = compute(rows)
        except ArgumentError as error:
            problems += [_placed(each, rows.target) for each in error.problems]
    if problems:
        raise FitError(*problems)
    return found


def _placed(problem: Problem | str, target: str) -> Problem | str:
    place = f"equation of {target}"
    return evolve(problem, place=f"{place}, {problem.place}") if isinstance(problem, Problem) else f"{place}: {problem}"


def _equation(rows: EquationRows, recipe: Recipe) -> Equation:
    return Equation(rows.target, rows.terms, estimate(rows, recipe), rows.means, rows.sds, rows.mean, rows.sd)


def _fit(prepared: Prepared, units: UnitTable, recipe: Recipe, found: Mapping[str, Equation]) -> Fit:
    used = np.zeros(len(units.unit), dtype=bool)
    for rows in prepared.rows.values():
        used[rows] = True
    constructs = prepared.chain.constructs
    return Fit(
        chain=prepared.chain,
        recipe=recipe,
        equations=tuple(found.values()),
        constructs=constructs,
        means=prepared.means,
        sds=prepared.sds,
        n_units=distinct(units.unit[used]),
        n_periods=distinct(units.period[used]),
        rows=prepared.account,
        scales=tuple((name, scale) for name, scale in units.scales if name in constructs),
        respondents=tuple((name, source) for name, source in units.respondents if name in constructs),
    )
