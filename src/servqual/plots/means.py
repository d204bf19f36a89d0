"""Mean answers of every level, per item or dimension and group: what several plots draw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats, Ints
from servqual.errors import JointAnswersError, PlotError, Problem
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language, chosen
from servqual.plots.sources import Labels, Source, groups_of, held, names_of, over_of, summary_of
from servqual.ratings import Over
from servqual.scoring import Summary
from servqual.scoring.group_sums import GroupSums
from servqual.statistics.weights import WeightKind
from servqual.tables import Table

_NOTES = {
    Over.ITEMS: "each mean is over those who answered at that level",
    Over.DIMENSIONS: "the mean of a dimension is the mean of its items' means, each over those who answered",
}


@frozen
class Row:
    """An item, with the dimension it belongs to, or a dimension, which belongs to none."""

    key: str
    label: Label
    within: Label | None = None


def rows_of(instrument: Instrument, over: Over) -> tuple[Row, ...]:
    """Return the items or the dimensions of an instrument."""
    if over is Over.DIMENSIONS:
        return tuple(Row(each.key, each.label) for each in instrument.dimensions)
    return tuple(Row(item.key, item.label, each.label) for each in instrument.dimensions for item in each.items)


def headings_of(rows: Sequence[Row], language: Language) -> list[str]:
    """Return the dimension of each row; nothing where that says nothing, or rows stand in an order of their own."""
    labels = [row.within for row in rows if row.within is not None]
    blocks = 1 + sum(before != after for before, after in pairwise(labels))
    known = len(set(labels))
    return [label.text(language) for label in labels] if 1 < known < len(labels) and blocks == known else []


def shown(source: Source, levels: Sequence[Level | str] | None) -> tuple[Level, ...]:
    """Return the levels named; without names, perceptions and after them every standard that is there."""
    if levels is not None:
        return held(source, levels)
    held(source, ())
    standards = [level for level in source.levels if level.is_expectation]
    return (*(level for level in source.levels if level is Level.PERCEPTION), *standards)


@frozen(eq=False)
class Means:
    """Mean answers and how many there are, (groups, levels, rows)."""

    summary: Summary
    over: Over
    by: tuple[str, ...]
    groups: tuple[Labels, ...]
    levels: tuple[Level, ...]
    rows: tuple[Row, ...]
    values: Floats
    answered: Floats

    @classmethod
    def of(
        cls, source: Source, levels: Sequence[Level | str], over: Over | str, by: str | Sequence[str] | None = None
    ) -> Self:
        """Return the means of these levels in a survey or a summary."""
        wanted, rows, names = held(source, levels), over_of(over), names_of(by)
        summary = summary_of(source, wanted, names)
        parts = groups_of(summary, names)
        pairs = [[_of_level(summary, sums, level, rows) for level in wanted] for sums in parts.values()]
        numbers = np.array(pairs, np.float64)
        return cls(
            summary, rows, names, tuple(parts), wanted, rows_of(summary.instrument, rows),
            numbers[:, :, 0], numbers[:, :, 1],
        )  # fmt: skip

    @property
    def instrument(self) -> Instrument:
        """What was asked."""
        return self.summary.instrument

    def at(self, level: Level) -> Floats:
        """Return the means of one level, (groups, rows)."""
        return self.values[:, self.levels.index(level)]

    def rank(self, place: int) -> int:
        """Return the number by which a level gets its look; that of perceptions is always 0."""
        if self.levels[place] is Level.PERCEPTION:
            return 0
        return 1 + sum(level is not Level.PERCEPTION for level in self.levels[:place])

    def taken(self, order: Ints) -> Self:
        """Return the rows in another order."""
        rows = tuple(self.rows[place] for place in order)
        return evolve(self, rows=rows, values=self.values[..., order], answered=self.answered[..., order])

    def worst_order(self) -> Ints:
        """Return the rows by perception minus the first standard, on average over groups, lowest first."""
        standards = [level for level in self.levels if level.is_expectation]
        if Level.PERCEPTION not in self.levels or not standards:
            rule = "the worst row is the one whose perceptions lie furthest below a standard"
            raise PlotError(Problem("worst_first", f"levels {', '.join(self.levels)}", rule, "worst_first=False"))
        gaps = (self.at(Level.PERCEPTION) - self.at(standards[0])).mean(axis=0)
        return np.argsort(gaps, kind="stable")

    def headings(self, language: Language) -> list[str]:
        """Return the dimension of each row; see `headings_of`."""
        return headings_of(self.rows, language)

    def stubs(self, language: Language | str | None) -> dict[str, list[Any]]:
        """Return the first columns of a table with a line for each group and row."""
        tongue, heading = chosen(language), str(self.over).removesuffix("s")
        columns: dict[str, list[Any]] = {
            name: [labels[place] for labels in self.groups for _ in self.rows] for place, name in enumerate(self.by)
        }
        columns[heading] = [row.key for _ in self.groups for row in self.rows]
        if tongue is not None:
            columns["label"] = [row.label.text(tongue) for _ in self.groups for row in self.rows]
        return columns

    def table(self, columns: dict[str, list[Any]], title: Label, language: Language | str | None, *notes: str) -> Table:
        """Return a table with the title of the instrument, and a note on what its means are."""
        tongue = chosen(language) or Language.ENGLISH
        words = f"{self.instrument.label.text(tongue)}: {title.text(tongue)}"
        kind = [] if self.summary.weight_kind is None else [f"weights: {self.summary.weight_kind}"]
        return Table(columns, words, [_NOTES[self.over], *notes, *kind], backend=self.summary.backend)


def _of_level(summary: Summary, sums: GroupSums, level: Level, over: Over) -> tuple[Floats, Floats]:
    means, answered = _of_items(summary, sums, level)
    if over is Over.ITEMS:
        return means, answered
    slices = summary.instrument.slices
    return np.array([means[each].mean() for each in slices]), np.array([answered[each].sum() for each in slices])


def _of_items(summary: Summary, sums: GroupSums, level: Level) -> tuple[Floats, Floats]:
    """Return mean answers of items and how many there are: from counts, or where there are none from cross-products."""
    kind = summary.weight_kind
    if level in sums.tallies:
        counts = sums.tallies[level]
        return counts.mean, np.asarray(counts.weight if kind is WeightKind.FREQUENCY else counts.n, np.float64)
    if sums.products is None:
        rule = "the mean answer is formed from counts per scale point, or from cross-products of paired answers"
        raise JointAnswersError(Problem(f"answers of {level}", "neither of these is there", rule))
    items = len(summary.instrument)
    start = summary.levels.index(level) * items
    own = slice(start, start + items)
    n = sums.products.weight if kind is WeightKind.FREQUENCY else sums.products.n
    return sums.products.means()[own], n.diagonal()[own]
