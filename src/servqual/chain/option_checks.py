"""What cannot be asked together: options that an estimator or the data cannot honour."""

from __future__ import annotations

import math
from collections.abc import Iterator
from numbers import Integral, Real
from typing import Any

from servqual.chain.forms import Linear
from servqual.chain.graph import Chain
from servqual.chain.recipes import FixedEffect, Recipe
from servqual.errors import Problem, did_you_mean
from servqual.statistics.models import Covariance, Estimator

LEAST_SQUARES = (Estimator.OLS, Estimator.WLS)
NO_PANEL = "every unit has one row"
NAME_PERIODS = "name the column of periods when the table of units is made"


def option_problems(recipe: Recipe, covariance: Covariance | None, *, panel: bool) -> list[Problem]:
    """Return every option that another one, or the shape of the table, leaves without meaning."""
    return [
        *_estimator(recipe, covariance, panel=panel),
        *_covariance(recipe, covariance, panel=panel),
        *_effects(recipe, covariance, panel=panel),
        *_correction(recipe, covariance),
    ]


def _estimator(recipe: Recipe, covariance: Covariance | None, *, panel: bool) -> Iterator[Problem]:
    kind = recipe.estimator
    if kind is Estimator.WLS and recipe.weights is None:
        yield Problem("weights", "none", "weighted least squares has weights", "name a column, as weights='n'")
    if kind not in LEAST_SQUARES:
        if recipe.weights is not None:
            rule = f"the {kind} estimator has no weights"
            yield Problem("weights", repr(recipe.weights), rule, "estimator='wls'")
        if covariance not in {None, Covariance.NONROBUST}:
            rule = f"the {kind} estimator brings its own covariance"
            yield Problem("covariance", repr(str(covariance)), rule, "leave covariance out, or estimator='ols'")
        if recipe.cluster is not None:
            rule = f"the {kind} estimator has no clustered errors"
            yield Problem("cluster", repr(recipe.cluster), rule, "estimator='ols'")
    if kind is Estimator.MIXED and not panel:
        rule = "a random intercept of a unit needs units with several rows"
        yield Problem("estimator", f"'mixed', and {NO_PANEL}", rule, NAME_PERIODS)


def _covariance(recipe: Recipe, covariance: Covariance | None, *, panel: bool) -> Iterator[Problem]:
    if recipe.cluster is not None and covariance not in {None, Covariance.CLUSTER}:
        rule = "a column of clusters belongs to the cluster covariance"
        yield Problem("cluster", f"{recipe.cluster!r}, with covariance {covariance}", rule, "covariance='cluster'")
    if covariance is Covariance.CLUSTER and recipe.cluster in {None, "unit"} and not panel:
        rule = "clusters hold several rows"
        yield Problem("covariance", f"'cluster', and {NO_PANEL}", rule, "name a column of clusters, or take 'HC3'")
    if covariance is Covariance.HAC and not panel:
        rule = "HAC is for errors in order of time"
        yield Problem("covariance", f"'HAC', and {NO_PANEL}", rule, NAME_PERIODS)
    if recipe.lags is not None:
        if covariance is not Covariance.HAC:
            found = f"{recipe.lags!r}, with covariance {covariance or 'left out'}"
            remedy = "covariance='HAC'; the lag of a link is written Link(source, target, lag=1)"
            yield Problem("lags", found, "lags belong to the HAC covariance", remedy)
        elif isinstance(recipe.lags, bool) or not isinstance(recipe.lags, Integral) or recipe.lags < 0:
            yield Problem("lags", repr(recipe.lags), "it is a whole number, 0 or more")


def _effects(recipe: Recipe, covariance: Covariance | None, *, panel: bool) -> Iterator[Problem]:
    for each in recipe.effects:
        if not panel:
            yield Problem(
                "effects", f"{each.value!r}, and {NO_PANEL}", "effects need several rows a unit", NAME_PERIODS
            )
    if FixedEffect.UNIT not in recipe.effects:
        return
    if recipe.estimator not in LEAST_SQUARES:
        rule = f"the {recipe.estimator} estimator cannot take units' own means off beforehand"
        yield Problem(
            "effects", f"'unit', with estimator {recipe.estimator}", rule, "estimator='ols', or no unit effects"
        )
    if covariance in {Covariance.HC2, Covariance.HC3}:
        rule = "their leverages would have to count the intercept of each unit, which is taken out beforehand"
        yield Problem("covariance", f"{covariance} with unit effects", rule, "covariance='cluster', or 'HC1'")


def _correction(recipe: Recipe, covariance: Covariance | None) -> Iterator[Problem]:
    if not recipe.reliability:
        return
    if recipe.estimator not in LEAST_SQUARES:
        rule = "moments are corrected in least squares only"
        yield Problem("reliability", f"given, with estimator {recipe.estimator}", rule, "estimator='ols'")
    if FixedEffect.UNIT in recipe.effects:
        rule = (
            "reliability is a share of the variance between units, and unit effects leave only the variance within "
            "them, in which errors weigh more"
        )
        yield Problem("reliability", "given, with unit effects", rule, "fit without one of the two")
    if covariance in {Covariance.NONROBUST, Covariance.HC2, Covariance.HC3}:
        rule = "errors of corrected coefficients come from their estimating equations, in which errors are not alike"
        yield Problem("covariance", f"{covariance} with reliability", rule, "covariance='HC1', 'cluster' or 'HAC'")


def reliability_problems(chain: Chain, recipe: Recipe) -> list[Problem]:
    """Return the reliabilities that are none, of nothing, or of what enters by another form than a straight line."""
    controls = (*recipe.controls, *(name for _, names in recipe.own_controls for name in names))
    known = (*chain.constructs, *controls)
    return [problem for name, value in recipe.reliability for problem in _reliability(chain, known, name, value)]


def _reliability(chain: Chain, known: tuple[str, ...], name: str, value: Any) -> Iterator[Problem]:
    place = f"reliability of {name}"
    if name not in known:
        yield Problem(place, "no such construct", "the chain has none of this name", did_you_mean(str(name), known))
        return
    number = float(value) if isinstance(value, Real) or hasattr(value, "reason") else math.nan
    if not 0 < number <= 1 or isinstance(value, bool):
        found = f"{value!r}" if math.isnan(number) else f"{number:g}"
        remedy = (
            "a negative ICC(2) says that units do not differ: leave the construct uncorrected" if number <= 0 else ""
        )
        yield Problem(place, found, "a reliability lies above 0 and is at most 1", remedy)
    bent = [str(link) for link in chain.links if link.source == name and link.form != Linear()]
    if bent:
        rule = "error is taken out of straight links only"
        yield Problem(place, f"given, with {bent[0]}", rule, "make the link straight, or leave the correction out")
