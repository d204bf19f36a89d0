"""The numbers of a scenario in the units of a fitted chain: by how much each construct is moved at first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servqual._arrays import Floats
from servqual.chain.fitted import Fit
from servqual.chain.scenario import Scenario, ScenarioKind
from servqual.chain.units import UnitTable
from servqual.errors import Problem, ScenarioError, did_you_mean


def changes_of(fit: Fit, scenario: Scenario, units: UnitTable | None) -> Floats:
    """Return what is added to each construct of the chain, in its own units, shape (constructs,).

    Raises
    ------
    ScenarioError
        A construct that is not in the chain; percentiles without units, units without percentiles; a share of a mean
        that is not above zero.
    """
    problems = list(_faults(fit, scenario, units))
    if problems:
        raise ScenarioError(*problems)
    moved = np.zeros(len(fit.constructs))
    for name, value in scenario.changes:
        mean = fit.mean_of(name)
        if scenario.kind is ScenarioKind.RELATIVE:
            moved[fit.constructs.index(name)] = mean * value
        elif units is not None:
            moved[fit.constructs.index(name)] = float(np.percentile(unit_means(units, name), value)) - mean
        else:
            moved[fit.constructs.index(name)] = value
    return moved


def unit_means(units: UnitTable, construct: str) -> Floats:
    """Return the mean of a construct over the periods of each unit, for units that have any value."""
    values = units.column(construct)
    held = ~np.isnan(values)
    size = len(units.unit_names)
    times = np.bincount(units.unit[held], minlength=size)
    total = np.bincount(units.unit[held], values[held], size)
    return np.asarray(total[times > 0] / times[times > 0])


def _faults(fit: Fit, scenario: Scenario, units: UnitTable | None) -> Iterator[Problem]:
    percentiles = scenario.kind is ScenarioKind.PERCENTILE
    if percentiles and units is None:
        rule = "percentiles are those of units, and a fit holds none"
        yield Problem("units", "none, with percentiles", rule, "pass units=, the table that was fitted")
    if units is not None and not percentiles:
        yield Problem("units", f"given, with {scenario.kind} changes", "only percentiles use them", "leave units out")
    for name, _ in scenario.changes:
        if name not in fit.constructs:
            yield Problem(name, "not in the chain", "a scenario changes constructs of the chain", _near(name, fit))
        elif scenario.kind is ScenarioKind.RELATIVE and not fit.mean_of(name) > 0:
            rule = "a share is taken of a mean above zero"
            yield Problem(name, f"mean {fit.mean_of(name):g}", rule, "give the change in points")
        elif units is not None and percentiles:
            yield from _no_values(units, name)


def _no_values(units: UnitTable, name: str) -> Iterator[Problem]:
    if name not in units.names:
        yield Problem(name, "no such column", "the units have the constructs of the chain", "pass the table fitted")
    elif np.isnan(units.column(name)).all():
        yield Problem(name, "no value in any unit", "percentiles are those of units with values")


def _near(name: str, fit: Fit) -> str:
    return did_you_mean(name, fit.constructs)
