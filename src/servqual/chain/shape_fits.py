"""One link with one form: the regression of its target, and how well it does on units that it has not seen."""

from __future__ import annotations

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats, Ints
from servqual.chain.design_checks import design_problems, rank_problems
from servqual.chain.designs import EquationRows, prepare
from servqual.chain.equations import Term
from servqual.chain.estimating import estimate
from servqual.chain.forms import Form, Piecewise
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.recipes import Recipe
from servqual.chain.shape_words import NO_FOLD
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, FitError, Problem
from servqual.statistics import Inapplicable
from servqual.statistics.comparison import t_test
from servqual.statistics.models import Covariance, Estimator, Regression
from servqual.statistics.outcomes import MeanTest


@frozen(eq=False)
class Ground:
    """What all fits of a comparison share: chain, units and recipe, and for each unit the fold that holds it out."""

    chain: Chain
    units: UnitTable
    recipe: Recipe
    fold_of: Ints


@frozen(eq=False)
class FormFit:
    """A link with a form, fitted.

    Attributes
    ----------
    form
        With its places as numbers.
    terms, regression
        Of the target's equation.
    unit
        Position of each row's unit, shape (n,).
    weights
        Of each row, 1 where there are none.
    errors
        Squared error of each row while its unit is held out, shape (n,); or why there is none.
    """

    form: Form
    terms: tuple[Term, ...]
    regression: Regression
    unit: Ints
    weights: Floats
    errors: Floats | Inapplicable

    @property
    def mse(self) -> float:
        """Mean squared error while units are held out, weighted where rows are; NaN where there is none."""
        if isinstance(self.errors, Inapplicable):
            return float("nan")
        return float(self.weights @ self.errors / self.weights.sum())


def fitted_form(ground: Ground, link: Link, form: Form) -> FormFit | Inapplicable:
    """Return the equation of a link's target where the link has this form and all others keep theirs."""
    chain, recipe = ground.chain, ground.recipe
    bent = evolve(link, form=form)
    changed = evolve(chain, links=[bent if each == link else each for each in chain.links])
    try:
        prepared = prepare(changed, ground.units, recipe)
    except FitError as error:
        return _reason(error.problems[0])
    rows = next(each for each in prepared.equations if each.target == link.target)
    problems = design_problems([rows]) or rank_problems([rows])
    if problems:
        return _reason(problems[0])
    weights = np.ones(rows.y.size) if rows.weights is None else rows.weights
    settled = prepared.chain.links[chain.links.index(link)].form
    errors = _held_out(rows, recipe, ground.fold_of[rows.unit])
    return FormFit(settled, rows.terms, estimate(rows, recipe), rows.unit, weights, errors)


def thirds(ground: Ground, link: Link) -> Form | Inapplicable:
    """Return a piecewise form with knots that divide the rows of a link's source into thirds."""
    prepared = prepare(ground.chain, ground.units, ground.recipe)
    values = ground.units.lagged(link.source, link.lag)[prepared.rows[link.target]]
    low, high = np.quantile(values, [1 / 3, 2 / 3]).tolist()
    if not values.min() < low < high < values.max():
        return Inapplicable(f"{link.source} has too few values to be divided into thirds")
    return Piecewise((low, high))


def reference_of(fitted: FormFit) -> float:
    """Return where losses end and gains begin: the knot of an asymmetric form."""
    return fitted.form.knots[0] if isinstance(fitted.form, Piecewise) else float("nan")


def asymmetry(fitted: FormFit, link: Link) -> tuple[Floats, MeanTest]:
    """Return the slopes below and above the reference, and the test of their difference, above less below."""
    found = fitted.regression
    bent = evolve(link, form=fitted.form)
    places = [place for place, term in enumerate(fitted.terms) if term.link == bent]
    apart = np.array([-1.0, 1.0])
    slopes, spread = found.coefficients[places], found.covariance[np.ix_(places, places)]
    se = float(np.sqrt(max(apart @ spread @ apart, 0.0)))
    null = "gains and losses have the same slope"
    method = f"t test of regression, {found.estimator} covariance"
    return slopes, t_test(apart @ slopes, se, found.df_test, null=null, method=method)


def gain_of(fitted: FormFit, straight: FormFit) -> tuple[float, float]:
    """Return by which share the held-out squared error is below that of the straight line, and its standard error.

    Rows of one unit are one observation; that folds share units to learn from is left out of account, so that the error
    is rough (Bengio & Grandvalet 2004, Journal of Machine Learning Research 5:1089-1105).
    """
    if isinstance(fitted.errors, Inapplicable) or isinstance(straight.errors, Inapplicable):
        return float("nan"), float("nan")
    total = fitted.weights.sum()
    better = straight.errors - fitted.errors
    gain = float(fitted.weights @ better / total)
    codes = np.unique(fitted.unit, return_inverse=True)[1]
    sums = np.bincount(codes, fitted.weights * (better - gain))
    se = float(np.sqrt(sums.size / (sums.size - 1) * (sums**2).sum()) / total)
    return (gain / straight.mse, se / straight.mse) if straight.mse > 0 else (float("nan"), float("nan"))


def _held_out(rows: EquationRows, recipe: Recipe, fold: Ints) -> Floats | Inapplicable:
    """Return the squared error of each row, predicted from the units of the other folds."""
    plain = evolve(recipe, covariance=Covariance.NONROBUST, cluster=None, lags=None)
    errors = np.empty(rows.y.size)
    for each in np.unique(fold).tolist():
        out = fold == each
        found = _coefficients(rows.picked(~out, cluster=None, absorbed=0), plain)
        if found is None:
            return Inapplicable(NO_FOLD)
        errors[out] = (rows.y[out] - rows.x[out] @ found) ** 2
    return errors


def _coefficients(rows: EquationRows, recipe: Recipe) -> Floats | None:
    """Return the coefficients on some of the rows, None where they do not exist."""
    if recipe.estimator in {Estimator.OLS, Estimator.WLS}:
        root = np.ones(rows.y.size) if rows.weights is None else np.sqrt(rows.weights)
        length = np.sqrt((rows.x**2).sum(axis=0))
        scaled = rows.x / np.where(length > 0, length, 1.0)
        found, _, rank, _ = np.linalg.lstsq(scaled * root[:, None], rows.y * root, rcond=None)
        return found / length if rank == length.size else None
    try:
        return estimate(rows, recipe).coefficients
    except ArgumentError:
        return None


def _reason(problem: Problem | str) -> Inapplicable:
    if isinstance(problem, str):
        return Inapplicable(problem)
    return Inapplicable(f"{problem.place}, {problem.found}: {problem.rule}")
