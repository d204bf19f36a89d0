"""`recipe_of`: what was asked of a fit, checked against the chain and the units before any row is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypedDict, TypeVar

from attrs import evolve, frozen

from servqual.chain.column_checks import column_problems
from servqual.chain.graph import Chain
from servqual.chain.option_checks import option_problems, reliability_problems
from servqual.chain.recipes import UNIT, FixedEffect, Recipe, RowRule
from servqual.chain.units import UnitTable
from servqual.errors import FitError, Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.statistics.models import Covariance, Estimator

Controls = str | Sequence[str] | Mapping[str, str | Sequence[str]]
Word = TypeVar("Word", bound=StrEnum)


class Options(TypedDict, total=False):
    """The keywords of `fit`."""

    estimator: Estimator | str
    covariance: Covariance | str | None
    cluster: str | None
    lags: int | None
    controls: Controls
    effects: FixedEffect | str | Sequence[FixedEffect | str]
    weights: str | None
    reliability: Mapping[str, Any] | None
    rows: RowRule | str


@frozen(eq=False, kw_only=True)
class Asked:
    """The options of `fit` as they were given."""

    estimator: Estimator | str = Estimator.OLS
    covariance: Covariance | str | None = None
    cluster: str | None = None
    lags: int | None = None
    controls: Controls = ()
    effects: FixedEffect | str | Sequence[FixedEffect | str] = ()
    weights: str | None = None
    reliability: Mapping[str, Any] | None = None
    rows: RowRule | str = RowRule.COMMON


def recipe_of(chain: Chain, units: UnitTable, asked: Asked) -> Recipe:
    """Return the recipe that was asked for, with its defaults made plain.

    Raises
    ------
    FitError
        Everything that is wrong with options and columns.
    """
    _refuse_others(chain, units)
    problems: list[Problem] = []
    covariance = asked.covariance and _word("covariance", asked.covariance, Covariance, problems)
    recipe = Recipe(
        estimator=_word("estimator", asked.estimator, Estimator, problems) or Estimator.OLS,
        cluster=UNIT if asked.cluster == units.unit_column else asked.cluster,
        lags=asked.lags,
        controls=() if isinstance(asked.controls, Mapping) else _texts(asked.controls),
        own_controls=_own_controls(chain, asked.controls, problems),
        effects=_effects(asked.effects, problems),
        weights=asked.weights,
        reliability=tuple((asked.reliability or {}).items()),
        rows=_word("rows", asked.rows, RowRule, problems) or RowRule.COMMON,
    )
    problems += column_problems(chain, units, recipe)
    recipe, wrong = _rated(chain, recipe)
    problems += wrong
    panel = has_panel(units)
    recipe = _weighted(recipe, named=asked.estimator)
    problems += option_problems(recipe, covariance or None, panel=panel)
    if problems:
        raise FitError(*problems)
    return _with_covariance(recipe, covariance or None, panel=panel)


def _refuse_others(chain: object, units: object) -> None:
    problems = []
    if not isinstance(chain, Chain):
        remedy = "Chain.parse('a -> b') or Chain([Link('a', 'b')])"
        problems.append(Problem("chain", f"a {type(chain).__name__}", "it is a Chain", remedy))
    if not isinstance(units, UnitTable):
        remedy = "UnitTable.from_frame(frame, unit=…); of an aggregation take .units"
        problems.append(Problem("units", f"a {type(units).__name__}", "they are a UnitTable", remedy))
    if problems:
        raise FitError(*problems)


def has_panel(units: UnitTable) -> bool:
    """Return whether some unit has more than one row."""
    return len(units.unit) > len(units.unit_names)


def _word(place: str, given: object, words: type[Word], problems: list[Problem]) -> Word | None:
    known = [str(each) for each in words]
    if given in known:
        return words(given)
    problems.append(unknown_word(place, given, known))
    return None


def _texts(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _own_controls(chain: Chain, given: Controls, problems: list[Problem]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(given, Mapping):
        return ()
    known = chain.endogenous
    for target in given:
        if target not in known:
            rule = "controls are given for constructs that have an equation, or for all of them as a list"
            problems.append(Problem(f"controls[{target!r}]", "no equation", rule, did_you_mean(str(target), known)))
    return tuple((target, _texts(names)) for target, names in given.items())


def _effects(given: object, problems: list[Problem]) -> tuple[FixedEffect, ...]:
    listed = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    found = [_word("effects", each, FixedEffect, problems) for each in dict.fromkeys(listed)]
    return tuple(each for each in found if each)


def _rated(chain: Chain, recipe: Recipe) -> tuple[Recipe, list[Problem]]:
    """Return the recipe with reliabilities as numbers, and what is wrong with them."""
    problems = reliability_problems(chain, recipe)
    if problems:
        return evolve(recipe, reliability=()), problems
    return evolve(recipe, reliability=tuple((name, float(value)) for name, value in recipe.reliability)), []


def _weighted(recipe: Recipe, *, named: object) -> Recipe:
    """Return least squares with weights where a column of weights was named: the same by another name."""
    weighted = recipe.weights is not None and named == Estimator.OLS
    return evolve(recipe, estimator=Estimator.WLS) if weighted else recipe


def _with_covariance(recipe: Recipe, given: Covariance | None, *, panel: bool) -> Recipe:
    chosen = given or _default(recipe, panel=panel)
    cluster = (recipe.cluster or UNIT) if chosen is Covariance.CLUSTER else None
    return evolve(recipe, covariance=chosen, cluster=cluster)


def _default(recipe: Recipe, *, panel: bool) -> Covariance:
    if recipe.estimator in {Estimator.ROBUST, Estimator.MIXED}:
        return Covariance.NONROBUST
    if panel or recipe.cluster is not None:
        return Covariance.CLUSTER
    return Covariance.HC1 if recipe.corrects else Covariance.NONROBUST
