"""People of units: their answers as arrays, and the row of the unit table to which each belongs."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual._frames import GroupLabel
from servqual.chain.given_rows import Given

Scale = tuple[float, float]


@frozen(eq=False, kw_only=True)
class Wanted:
    """What was asked of an aggregation, checked.

    Attributes
    ----------
    by, period
        Columns of units and of periods.
    constructs
        Construct → its columns.
    scales
        Construct → ends of its scale, where one was given.
    clusters, weights
        Columns of labels, and of sampling weights.
    min_answered, min_respondents
        Share of the items that a person answers, and people whom a unit has, to count.
    source, null, confidence
        Who was asked, the null of rwg, and the confidence of intervals.
    """

    by: str
    period: str | None
    constructs: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, Scale]
    clusters: tuple[str, ...]
    weights: str | None
    min_answered: float
    min_respondents: int
    source: str
    null: str
    confidence: float

    @property
    def items(self) -> tuple[str, ...]:
        """All columns of answers, each once."""
        return tuple(dict.fromkeys(name for columns in self.constructs.values() for name in columns))

    def needed(self, construct: str) -> int:
        """Return how many items of a construct a person answers to count."""
        # A hair is taken off, so that 0.6 of 5 items is 3 and not 4.
        return max(1, math.ceil(self.min_answered * len(self.constructs[construct]) - 1e-9))


@frozen(eq=False, kw_only=True)
class People:
    """The people who count, and the cells they belong to: units, or units in periods, sorted.

    Attributes
    ----------
    cell
        Position of each person's cell, shape (people,).
    rows
        Which rows of the frame these people are, shape (people,); None where they are all.
    unit, period
        Labels of each cell; ``period`` is None without periods.
    weights
        Of each person; None without weights.
    given, without_unit, without_period, without_weight
        Rows of the frame, and those left out because they have no unit, no period, or weight zero.
    """

    cell: Ints
    rows: Ints | None
    unit: list[GroupLabel]
    period: list[GroupLabel] | None
    weights: Floats | None
    given: int
    without_unit: int
    without_period: int
    without_weight: int

    def of(self, values: Floats) -> Floats:
        """Return the values of these people from those of all rows."""
        return values if self.rows is None else values[self.rows]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.unit)


def people_of(given: Given, wanted: Wanted) -> People:
    """Return the people who have a unit, a period and a weight above zero, and their cells."""
    assert given.unit is not None  # noqa: S101 - refused at the door
    units, names = given.unit
    out_unit = _unnamed(units, names)
    steps, times = (np.zeros_like(units), (None,)) if given.period is None else given.period
    out_period = _unnamed(steps, times) & ~out_unit if given.period is not None else np.zeros(units.shape, np.bool_)
    weights = None if wanted.weights is None else given.columns[wanted.weights]
    out = out_unit | out_period
    out_weight = np.zeros(units.shape, np.bool_) if weights is None else (weights == 0) & ~out
    kept = ~(out | out_weight)
    rows = None if kept.all() else np.flatnonzero(kept)
    keys = units.astype(np.int64) * len(times) + steps
    found, cell = np.unique(keys if rows is None else keys[rows], return_inverse=True)
    places = [divmod(key, len(times)) for key in found.tolist()]
    return People(
        cell=cell, rows=rows, unit=[names[unit] for unit, _ in places],
        period=None if given.period is None else [times[step] for _, step in places],
        weights=weights if weights is None or rows is None else weights[rows], given=units.size,
        without_unit=int(out_unit.sum()), without_period=int(out_period.sum()), without_weight=int(out_weight.sum()),
    )  # fmt: skip


def _unnamed(codes: Ints, labels: tuple[GroupLabel, ...]) -> Bools:
    """Return which rows have no label; None comes last among the labels."""
    missing = len(labels) - 1 if labels and labels[-1] is None else -1
    return codes == missing


def cluster_labels(people: People, codes: Ints, labels: tuple[GroupLabel, ...]) -> tuple[list[GroupLabel], Ints]:
    """Return the label of each cell, that of those of its people who have one, and the cells that have several."""
    own = codes if people.rows is None else codes[people.rows]
    there = ~_unnamed(own, labels)
    low, high = np.full(people.cells, len(labels)), np.full(people.cells, -1)
    np.minimum.at(low, people.cell[there], own[there])
    np.maximum.at(high, people.cell[there], own[there])
    several = np.flatnonzero((high >= 0) & (low != high))
    return [labels[code] if code >= 0 else None for code in high.tolist()], several
