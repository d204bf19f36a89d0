"""Zones of tolerance made of means, and how many answers of single respondents cross."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import CrossedZonesError, CrossedZonesWarning, Problem
from servqual.instruments import Level, Scale
from servqual.labels import Label, Language
from servqual.plots.means import Means
from servqual.plots.sources import Labels, Source
from servqual.ratings import Expectation, Over
from servqual.scoring.grouping import combined
from servqual.survey import Survey
from servqual.tables import Table
from servqual.zones import UNDEFINED_THERE, Standing, ToleranceZone

_BLOCK = 65_536


@frozen(eq=False)
class Zones:
    """Means of the adequate and the desired level and of perceptions; crossed answers, (groups, rows), where known."""

    means: Means
    crossed: Ints | None

    @classmethod
    def of(
        cls,
        source: Source,
        bounds: tuple[Level | str, Level | str],
        over: Over | str,
        by: str | Sequence[str] | None,
        *,
        worst_first: bool,
    ) -> Self:
        """Return the zones of a survey or summary.

        Raises
        ------
        ScaleMismatchError, CrossedZonesError
            Levels that do not bound a zone; crossed zones without consent.
        """
        means = Means.of(source, (*bounds, Level.PERCEPTION), over, by)
        low, high = means.levels[:2]
        _check_bounds(means.instrument.scale, low, high)
        crossed = None
        if isinstance(source, Survey) and source.paired:
            by_item = _crossed(source, low, high, means.by, means.groups)
            _tell(by_item, source)
            slices = means.instrument.slices if means.over is Over.DIMENSIONS else ()
            crossed = np.stack([by_item[:, each].sum(axis=1) for each in slices], axis=1) if slices else by_item
        order = means.worst_order() if worst_first else np.arange(len(means.rows))
        return cls(means.taken(order), None if crossed is None else crossed[:, order])

    def numbers(self, group: int) -> Floats:
        """Return adequate, desired and perceived means of a group, (3, rows)."""
        return self.means.values[group]

    @property
    def standings(self) -> AnyArray:
        """Where mean perceptions stand, (groups, rows), as codes of `Standing`."""
        low, high, seen = self.means.values.transpose(1, 0, 2)
        side = (seen > high).astype(np.int64) - (seen < low)
        return np.where((low <= high) & ~np.isnan(seen), side, int(Standing.UNDEFINED))

    @property
    def any_crossed(self) -> bool:
        """Whether the means of any row cross."""
        return bool((self.means.values[:, 0] > self.means.values[:, 1]).any())

    def table(self, language: Language | str | None) -> Table:
        """Return the zones, a line for each group and row."""
        columns = self.means.stubs(language)
        for place, level in enumerate(self.means.levels):
            columns[str(level)] = self.means.values[:, place].ravel().tolist()
        columns["standing"] = [Standing(each).name.lower() for each in self.standings.ravel().tolist()]
        count = len(columns["standing"])
        columns["crossed"] = [None] * count if self.crossed is None else self.crossed.ravel().tolist()
        return self.means.table(columns, Label("zones of tolerance", "容忍区域"), language)


def _check_bounds(scale: Scale, low: Level, high: Level) -> None:
    """Let the zone itself say whether these levels can bound one."""
    ToleranceZone(Expectation(scale.low, scale, low), Expectation(scale.low, scale, high))


def _crossed(survey: Survey, low: Level, high: Level, by: tuple[str, ...], groups: Sequence[Labels]) -> Ints:
    """Return how many respondents of each group cross at each item, (groups, items)."""
    counts = {}
    for labels, rows in combined(survey.groups, by, len(survey)):
        part = survey if rows is None else survey.select(rows)
        ends = (part.level(low), part.level(high))
        blocks = range(0, len(part), _BLOCK)
        pairs = ([end.numbers(start, start + _BLOCK) for end in ends] for start in blocks)
        counts[labels] = sum((a > d).sum(axis=1) for a, d in pairs)
    return np.array([counts[labels] for labels in groups])


def _tell(crossed: Ints, survey: Survey) -> None:
    count, size = int(crossed.sum()), len(survey) * len(survey.instrument)
    if not count:
        return
    rule = "the adequate level does not lie above the desired one"
    found = f"{count} of {size} zones crossed ({count / size:.1%})"
    if not survey.inverted_ok:
        remedy = "mend or leave out these answers, or consent with inverted_ok=True where the survey is read"
        raise CrossedZonesError(Problem("zones", found, rule, remedy))
    warnings.warn(CrossedZonesWarning(str(Problem("zones", found, rule, UNDEFINED_THERE))), stacklevel=4)
