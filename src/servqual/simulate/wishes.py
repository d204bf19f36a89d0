"""What is asked of a simulation, level by level and dimension by dimension, read into arrays and checked on the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, freeze
from servqual.instruments import Instrument, Level
from servqual.simulate.refusals import Findings

PerDimension = float | Mapping[str, float]
Means = Mapping[str, PerDimension]
PerLevel = float | Mapping[str, float]
Groups = Mapping[str, Mapping[Any, PerDimension] | Sequence[Any]]

# Where on the scale a level's mean lies by default, from 0 at its low end to 1 at its high end.
_USUAL = {
    Level.PERCEPTION: 0.65,
    Level.EXPECTATION: 0.8,
    Level.IDEAL: 0.9,
    Level.NORMATIVE: 0.85,
    Level.DESIRED: 0.85,
    Level.USUAL: 0.65,
    Level.PREDICTED: 0.65,
    Level.ACCEPTABLE: 0.55,
    Level.ADEQUATE: 0.55,
    Level.MINIMUM: 0.4,
    Level.DISCONFIRMATION: 0.45,
}


def mean_answers(instrument: Instrument, means: Means, findings: Findings) -> Floats:
    """Return the mean answer of each level and dimension, the usual one where none is given."""
    findings.known("means", list(means), instrument.levels, f"the instrument asks {', '.join(instrument.levels)}")
    scale, rows = instrument.scale, []
    for level in instrument.levels:
        usual = scale.low + _USUAL[level] * scale.span
        rows.append(_per_dimension(f"means {level}", means.get(level, {}), usual, instrument, findings, on_scale=True))
    result = np.array(rows)
    if Level.ADEQUATE in instrument.levels and Level.DESIRED in instrument.levels:
        _refuse_crossed(instrument, result, findings)
    return result


def _refuse_crossed(instrument: Instrument, means: Floats, findings: Findings) -> None:
    adequate, desired = (means[instrument.levels.index(level)] for level in (Level.ADEQUATE, Level.DESIRED))
    for key, low, high in zip(instrument.dimension_keys, adequate.tolist(), desired.tolist(), strict=True):
        if low > high:
            rule = "nobody's adequate level lies above the desired one, nor does its mean"
            findings.add(f"means {key}", f"adequate {low:g}, desired {high:g}", rule)


def _per_dimension(
    place: str, given: object, usual: float, instrument: Instrument, findings: Findings, *, on_scale: bool = False
) -> list[float]:
    keys, scale = instrument.dimension_keys, instrument.scale
    rule = f"means lie on the scale {scale}" if on_scale else "a shift is a finite number"

    def fits(value: float) -> bool:
        return not on_scale or scale.low <= value <= scale.high

    if not isinstance(given, Mapping):
        return [findings.number(place, given, fits, rule)] * len(keys)
    findings.known(place, list(given), keys, "the instrument has no such dimension")
    return [findings.number(f"{place} {key}", given[key], fits, rule) if key in given else usual for key in keys]


def per_level(
    place: str, given: PerLevel, usual: float, fits: Callable[[float], bool], rule: str,
    instrument: Instrument, findings: Findings,
) -> Floats:  # fmt: skip
    """Return one number for each level, from one for all or a mapping level → number."""
    if not isinstance(given, Mapping):
        return np.full(len(instrument.levels), findings.number(place, given, fits, rule))
    findings.known(place, list(given), instrument.levels, f"the instrument asks {', '.join(instrument.levels)}")
    pairs = ((level, given.get(level, usual)) for level in instrument.levels)
    return np.array([findings.number(f"{place} {level}", value, fits, rule) for level, value in pairs])


def correlation_matrix(place: str, given: npt.ArrayLike, names: Sequence[str], findings: Findings) -> Floats:
    """Return the correlations of these things, from one number for every pair or a whole matrix."""
    size = len(names)
    try:
        matrix = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        matrix = np.full(1, np.nan)
    if matrix.ndim == 0:
        matrix = np.full((size, size), float(matrix))
        np.fill_diagonal(matrix, 1.0)
    order = ", ".join(names)
    if matrix.shape != (size, size):
        rule = f"correlations are one number, or a matrix ({size}, {size}) in the order {order}"
        findings.add(place, "no matrix" if matrix.shape == (1,) else f"shape {matrix.shape}", rule)
        return np.eye(size)
    if not (np.abs(matrix) <= 1).all():
        value = matrix[~(np.abs(matrix) <= 1)][0]
        findings.add(place, f"{value:g}", "a correlation lies in −1..1")
    elif not (np.array_equal(matrix, matrix.T) and (np.diag(matrix) == 1).all()):
        findings.add(place, "not symmetric with 1 in the diagonal", f"a correlation matrix of {order}")
    elif (least := float(np.linalg.eigvalsh(matrix)[0])) < -1e-9:
        rule = "no variables are correlated like that: the matrix is positive semi-definite"
        findings.add(place, f"smallest eigenvalue {least:.3g}", rule, "move the correlations towards 0")
    return matrix


@frozen(eq=False)
class GroupPlan:
    """Grouping columns, their labels in the order that surveys keep, and the shift of each cell, (cells, dimensions)."""

    names: tuple[str, ...]
    labels: tuple[tuple[Any, ...], ...]
    shifts: Floats = field(converter=freeze)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many groups each column has."""
        return tuple(len(labels) for labels in self.labels)


def group_plan(instrument: Instrument, groups: Groups, findings: Findings) -> GroupPlan:
    """Return how respondents are grouped, and by how much a group's mean perceptions differ; shifts of columns add up."""
    labels, shifts = [], []
    for name, given in groups.items():
        wanted = _shifts_of(f"groups {name}", given, findings)
        order = sorted(wanted, key=lambda label: (isinstance(label, str), label))
        labels.append(tuple(order))
        pairs = ((f"groups {name} {label}", wanted[label]) for label in order)
        shifts.append(np.array([_per_dimension(place, shift, 0.0, instrument, findings) for place, shift in pairs]))
    size = len(instrument.dimensions)
    cells = [np.sum(rows, axis=0) for rows in product(*shifts)] if shifts else [np.zeros(size)]
    plan = GroupPlan(tuple(groups), tuple(labels), np.array(cells).reshape(-1, size))
    if plan.shifts.any() and Level.PERCEPTION not in instrument.levels:
        findings.add("groups", "shifts", f"they move perception; the instrument asks {', '.join(instrument.levels)}")
    return plan


def _shifts_of(place: str, given: Any, findings: Findings) -> dict[Any, Any]:
    if isinstance(given, str) or not isinstance(given, Mapping | Sequence):
        findings.add(place, repr(given), "groups are a list of labels, or a mapping label → shift", f"write [{given!r}]")
        return {}
    wanted = dict(given) if isinstance(given, Mapping) else dict.fromkeys(given, 0.0)
    if not wanted:
        findings.add(place, "no groups", "a grouping has at least one group")
    for label in wanted:
        if not isinstance(label, str | int | float) or (isinstance(label, float) and math.isnan(label)):
            findings.add(place, repr(label), "a label is a text or a number")
    return {label: shift for label, shift in wanted.items() if isinstance(label, str | int | float)}


def shifted(instrument: Instrument, means: Floats, plan: GroupPlan, findings: Findings) -> Floats:
    """Return the mean perceptions of every cell of groups, (cells, dimensions)."""
    result = means + plan.shifts
    scale = instrument.scale
    for cell, column in np.argwhere((result < scale.low) | (result > scale.high)).tolist():
        key, value = instrument.dimension_keys[column], float(result[cell, column])
        groups = ", ".join(_cell_labels(plan, cell))
        findings.add(f"groups {groups}", f"{key} at {value:g}", f"shifted means lie on the scale {scale}")
    return result


def _cell_labels(plan: GroupPlan, cell: int) -> list[str]:
    places = np.unravel_index(cell, plan.sizes)
    return [f"{name} {labels[place]}" for name, labels, place in zip(plan.names, plan.labels, places, strict=True)]
