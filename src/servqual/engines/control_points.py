"""From means and limits to the points of a chart, with the rules that signal at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Bools
from servqual.engines.control_limits import NO_ANSWERS, Limits, Subgroups, smoothed
from servqual.engines.control_options import Ask
from servqual.engines.control_results import SMOOTHING, ControlPoint, ControlVerdict
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import Case, Reasoned
from servqual.statistics.run_rules import ControlRule, Points, signals

FEW = "fewer than two answers"
UNPAIRED = "levels come from different people"
NO_SMOOTHING = "no smoothing was asked for"

Columns = Mapping[str, Reasoned]


def points_of(
    periods: Sequence[Any], groups: Subgroups, limits: Limits, baseline: Bools, ask: Ask
) -> tuple[ControlPoint, ...]:
    """Return the points of a chart, in the order of the periods."""
    columns = {**_means(groups, limits, ask), **_smoothings(groups, limits, ask)}
    seen = _signals(groups, limits, columns, ask)
    made = []
    for row, period in enumerate(periods):
        numbers = {name: column.at(row) for name, column in columns.items()}
        rules = tuple(rule for rule, where in seen.items() if where[row])
        unknown = isinstance(numbers["z"], Inapplicable)
        verdict = ControlVerdict.UNJUDGED if unknown else ControlVerdict.IN_CONTROL
        verdict = ControlVerdict.SIGNAL if rules else verdict
        made.append(ControlPoint(period=period, baseline=bool(baseline[row]), rules=rules, verdict=verdict, **numbers))
    return tuple(made)


def _means(groups: Subgroups, limits: Limits, ask: Ask) -> Columns:
    nobody: Case = (groups.n == 0, NO_ANSWERS)
    loose: Case = (limits.reason != "", limits.reason)
    wide = ask.sigmas * limits.sigma
    centre = np.full(groups.n.shape, limits.centre)
    return {
        "n": Reasoned.of(groups.n),
        "mean": Reasoned.of(groups.mean, nobody),
        "sd": Reasoned.of(groups.sd, nobody, (groups.n < 2, FEW), (np.isnan(groups.sd), UNPAIRED)),
        "centre": Reasoned.of(centre, (np.isnan(centre), NO_ANSWERS)),
        "low": Reasoned.of(centre - wide, nobody, loose),
        "high": Reasoned.of(centre + wide, nobody, loose),
        "z": Reasoned.of((groups.mean - centre) / limits.sigma, nobody, loose),
    }


def _smoothings(groups: Subgroups, limits: Limits, ask: Ask) -> Columns:
    if ask.ewma is None:
        return {name: Reasoned.none(NO_SMOOTHING, groups.n.size) for name in SMOOTHING}
    values, sigma = smoothed(groups.mean, limits, ask.ewma)
    nobody: Case = (groups.n == 0, NO_ANSWERS)
    loose: Case = (limits.reason != "", limits.reason)
    low, high = (limits.centre + side * ask.sigmas * sigma for side in (-1, 1))
    return {
        "smoothed": Reasoned.of(values, nobody),
        "smoothed_low": Reasoned.of(low, nobody, loose),
        "smoothed_high": Reasoned.of(high, nobody, loose),
    }


def _signals(groups: Subgroups, limits: Limits, columns: Columns, ask: Ask) -> dict[ControlRule, Bools]:
    points = Points(groups.mean, np.sign(groups.mean - limits.centre), columns["z"].values, ask.sigmas)
    seen = {rule: signals(points, rule) for rule in ask.rules}
    if ask.ewma is not None:
        value, low, high = (columns[name].values for name in SMOOTHING)
        seen[ControlRule.SMOOTHED] = (value < low) | (value > high)
    return seen
