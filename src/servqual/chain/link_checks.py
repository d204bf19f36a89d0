"""The checks of one link: whether its ends were measured on the same people, and whether it also runs back."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.chain.check_kinds import CheckKind
from servqual.chain.check_words import NO_PERIODS, TWO_WAYS, UNKNOWN_PEOPLE
from servqual.chain.diagnosed import Result, RuleOfThumb
from servqual.chain.equation_checks import Found
from servqual.chain.fitted import Fit
from servqual.chain.link import Link
from servqual.chain.recipes import FixedEffect, Recipe
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, Problem
from servqual.statistics import Inapplicable, t_test
from servqual.statistics.models import Covariance, FittedRows, Regression
from servqual.statistics.models.added import Errors, with_columns


def link_checks(fit: Fit, units: UnitTable) -> Iterator[Found]:
    """Yield the checks of all links; those between the same two constructs are checked once."""
    pairs = {link.ends: link for link in reversed(fit.chain.links) if link.source != link.target}
    people = dict(units.respondents)
    for link in reversed(pairs.values()):
        about = f"{link.source} -> {link.target}"
        yield Found(CheckKind.SAME_PEOPLE, link.target, _same(link, people), about)
        result, numbers = _reverse(fit, units, link)
        yield Found(CheckKind.REVERSE_DIRECTION, link.target, result, about, numbers=numbers)


def _same(link: Link, people: dict[str, str]) -> Result:
    if not people.keys() >= {link.source, link.target}:
        return Inapplicable(UNKNOWN_PEOPLE)
    return RuleOfThumb(math.nan, math.nan, people[link.source] == people[link.target])


def _reverse(fit: Fit, units: UnitTable, link: Link) -> tuple[Result, tuple[tuple[str, float], ...]]:
    """Return the test that the source does not follow the target's past, and both ways in standard deviations."""
    if units.n_periods < 2:
        return Inapplicable(NO_PERIODS), ()
    if any(each.ends == link.ends[::-1] for each in fit.chain.links):
        return Inapplicable(TWO_WAYS), ()
    lag = max(link.lag, 1)
    back = _crossed(units, fit.recipe, link.target, link.source, lag)
    forth = _crossed(units, fit.recipe, link.source, link.target, lag)
    numbers = tuple(
        (name, found[1]) for name, found in (("reverse", back), ("forward", forth)) if not isinstance(found, str)
    )
    if isinstance(back, str):
        return Inapplicable(back), numbers
    last = back[0]
    null, method = "the coefficient is {against:g}", f"t test of a cross-lagged coefficient, lag {lag}"
    estimate, error = last.coefficients[-1], last.standard_errors[-1]
    return t_test(estimate, error, last.df_test, null=null, method=method).at(), numbers


def _crossed(units: UnitTable, recipe: Recipe, source: str, target: str, lag: int) -> tuple[Regression, float] | str:
    """Return the regression of a target on its own past and on the source's, last, or why there is none.

    With it comes the last coefficient in standard deviations. Controls, weights and fixed effects are those of the fit.
    """
    y, own, other = units.column(target), units.lagged(target, lag), units.lagged(source, lag)
    columns = [own, *(units.column(name) for name in recipe.controls)]
    weights = None if recipe.weights is None else units.column(recipe.weights)
    needed = np.column_stack([y, other, *columns, *([] if weights is None else [weights])])
    there: Bools = np.asarray(np.isfinite(needed).all(axis=1))
    panel = np.unique(units.unit[there]).size > 1
    if there.sum() <= len(columns) + 2:
        return f"too few rows: {there.sum()} for {len(columns) + 2} coefficients"
    table = np.column_stack([*(column[there] for column in columns), *_periods(units, recipe, there)])
    try:
        rows = FittedRows.of(
            y[there],
            table,
            [str(place) for place in range(table.shape[1])],
            weights=None if weights is None else weights[there],
            units=units.unit[there] if FixedEffect.UNIT in recipe.effects else None,
            intercept=FixedEffect.UNIT not in recipe.effects,
        )
        found = with_columns(rows, other[there][:, None], _errors(units, recipe, there, panel=panel))
    except ArgumentError as error:
        return "; ".join(each.found if isinstance(each, Problem) else each for each in error.problems)
    if isinstance(found, str):
        return found
    return found, float(found.coefficients[-1] * other[there].std() / y[there].std())


def _errors(units: UnitTable, recipe: Recipe, there: Bools, *, panel: bool) -> Errors:
    if not panel:
        return Errors(Covariance.HC1)
    codes = units.unit if recipe.cluster is None else units.codes(recipe.cluster)
    return Errors(Covariance.CLUSTER, codes[there])


def _periods(units: UnitTable, recipe: Recipe, there: Bools) -> list[Floats]:
    """Return a column for each period but the first, where periods have intercepts of their own."""
    if FixedEffect.PERIOD not in recipe.effects:
        return []
    periods = np.unique(units.period[there]).tolist()[1:]
    return [(units.period[there] == each).astype(float) for each in periods]
