"""What is wrong with the columns that a fit reads: names, lags, values that a form or a weight cannot take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import numpy as np

from servqual._arrays import Bools, Ints
from servqual.chain.graph import Chain
from servqual.chain.recipes import Recipe
from servqual.chain.units import UnitTable
from servqual.errors import Problem, UnitError, did_you_mean


def column_problems(chain: Chain, units: UnitTable, recipe: Recipe) -> list[Problem]:
    """Return the columns that are not there or serve twice, and lags that are longer than the panel."""
    return [
        *_constructs(chain, units),
        *_controls(chain, units, recipe),
        *_others(units, recipe),
        *_lags(chain, units),
    ]


def _constructs(chain: Chain, units: UnitTable) -> Iterator[Problem]:
    for name in chain.constructs:
        if name not in units.names:
            rule = "every construct of the chain is a column of the table of units"
            yield Problem(f"construct {name}", "no such column", rule, did_you_mean(name, units.names))


def _controls(chain: Chain, units: UnitTable, recipe: Recipe) -> Iterator[Problem]:
    listed = [
        ("controls", recipe.controls),
        *((f"controls of {target}", names) for target, names in recipe.own_controls),
    ]
    for place, names in listed:
        for name in dict.fromkeys(names):
            if name in chain.constructs:
                rule = "a control is no construct of the chain"
                yield Problem(place, repr(name), rule, "draw a link from it")
            elif name not in units.names:
                remedy = did_you_mean(str(name), units.names)
                yield Problem(place, repr(name), "the table of units has no such column of numbers", remedy)
            elif names.count(name) > 1:
                yield Problem(place, f"{name!r} {names.count(name)} times", "a control is named once")


def _others(units: UnitTable, recipe: Recipe) -> Iterator[Problem]:
    if recipe.weights is not None and recipe.weights not in units.names:
        remedy = did_you_mean(str(recipe.weights), units.names)
        yield Problem("weights", repr(recipe.weights), "the table of units has no such column of numbers", remedy)
    if recipe.cluster is not None:
        try:
            units.codes(recipe.cluster)
        except UnitError:
            known = ("unit", *units.cluster_names)
            remedy = f"{did_you_mean(str(recipe.cluster), known)}; clusters= names such columns when the table is made"
            yield Problem("cluster", repr(recipe.cluster), "the table of units has no such column of clusters", remedy)


def _lags(chain: Chain, units: UnitTable) -> Iterator[Problem]:
    for link in chain.links:
        if link.lag and link.source in units.names:
            try:
                units.lagged(link.source, link.lag)
            except UnitError as error:
                for each in error.problems:
                    found, rule = (each.found, each.rule) if isinstance(each, Problem) else (str(each), "")
                    yield Problem(f"link {link}", found, rule, "shorten the lag, or name the column of periods")


def weight_problems(units: UnitTable, recipe: Recipe) -> list[Problem]:
    """Return weights that are zero or below."""
    if recipe.weights is None:
        return []
    wrong = units.column(recipe.weights) <= 0
    if not wrong.any():
        return []
    rule = "weights are above zero"
    return [Problem(f"weights {recipe.weights}", _first(units, wrong), rule, "leave out units that should not count")]


def form_problems(chain: Chain, units: UnitTable, rows: Mapping[str, Ints]) -> list[Problem]:
    """Return the links whose form cannot take some value of its source among the rows that it is fitted on."""
    problems = []
    for link in chain.links:
        wrong = np.zeros(len(units.unit), dtype=bool)
        used = rows[link.target]
        wrong[used] = ~link.form.admits(units.lagged(link.source, link.lag)[used])
        if wrong.any():
            rule = f"the form {link.form} takes no value of zero or below"
            problems.append(
                Problem(f"link {link}", _first(units, wrong), rule, "another form, or add what makes it positive")
            )
    return problems


def _first(units: UnitTable, wrong: Bools) -> str:
    who = ", ".join(islice(units.row_labels(np.flatnonzero(wrong)), 3))
    return f"{int(wrong.sum())} values of zero or below, first {who}"
