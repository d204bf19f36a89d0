"""What a quadrant plot shows: two numbers for each item or dimension, cut into high and low."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import PlotError, Problem, did_you_mean
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.plots.means import Means
from servqual.plots.sources import Source, held, over_of
from servqual.ratings import Importance, Over
from servqual.statistics import Moments
from servqual.survey import Survey
from servqual.tables import Table

IMPORTANCE = "importance"


class Cut(StrEnum):
    """The rule by which a quadrant plot cuts both axes: no rule is right, and each moves points between quadrants.

    MEANS
        At the mean of all points: relative, so that something is always low.
    MEDIANS
        At the median of all points: relative, with half of the points on each side.
    MIDDLE
        At the middle of the scale: absolute, and on scales where everybody agrees all points may be high.
    """

    MEANS = "means"
    MEDIANS = "medians"
    MIDDLE = "middle"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _CUTS[self]

    @classmethod
    def _missing_(cls, value: object) -> Cut:
        remedy = did_you_mean(str(value), list(cls))
        raise PlotError(Problem("cut", repr(value), "axes are cut by one of three rules", remedy))


_CUTS = {
    Cut.MEANS: Label("mean of the points", "各点均值"),
    Cut.MEDIANS: Label("median of the points", "各点中位数"),
    Cut.MIDDLE: Label("middle of the scale", "量表中点"),
}


@frozen(eq=False)
class Crosses:
    """Perception across and what it is held against upwards, (rows,), with where both axes are cut."""

    means: Means
    across: Floats
    upwards: Floats
    against: Level | str
    cut: Cut
    at: tuple[float, float]

    @classmethod
    def of(cls, source: Source, against: Level | str, over: Over | str | None, cut: Cut | str) -> Self:
        """Return the points of a survey or summary."""
        rule = Cut(cut)
        if against == IMPORTANCE:
            means, upwards = _by_importance(source, over)
            if rule is Cut.MIDDLE:
                wrong = "importance has no scale with a middle"
                raise PlotError(Problem("cut", "middle", wrong, 'cut="means" or cut="medians"'))
            name: Level | str = IMPORTANCE
        else:
            name = Level(against)
            _refuse_itself(name)
            means = Means.of(source, (Level.PERCEPTION, name), Over.ITEMS if over is None else over)
            upwards = means.at(name)[0]
        across = means.at(Level.PERCEPTION)[0]
        middle = means.instrument.scale.midpoint
        return cls(means, across, upwards, name, rule, (_cut_at(rule, across, middle), _cut_at(rule, upwards, middle)))

    @property
    def on_one_scale(self) -> bool:
        """Whether both axes have the scale of the answers, so that points can be equal on both."""
        return isinstance(self.against, Level)

    @property
    def high(self) -> Bools:
        """Whether points lie at the cut or beyond, across and upwards, (2, rows)."""
        return np.stack([self.across >= self.at[0], self.upwards >= self.at[1]])

    def name(self, language: Language) -> str:
        """Return what the vertical axis is called."""
        if isinstance(self.against, Level):
            return self.against.label.text(language)
        return Label("importance", "重要性").text(language)

    def table(self, language: Language | str | None) -> Table:
        """Return the points, one line each, with the quadrant they fall into."""
        columns: dict[str, list[Any]] = self.means.stubs(language)
        columns["perception"] = self.across.tolist()
        columns[str(self.against)] = self.upwards.tolist()
        known = ~np.isnan(self.across + self.upwards)
        pairs = zip(known.tolist(), *self.high.tolist(), strict=True)
        columns["quadrant"] = [_QUADRANTS[across, upwards] if there else None for there, across, upwards in pairs]
        note = f"cut at the {self.cut.label.en}: perception {self.at[0]:.6g}, {self.against!s} {self.at[1]:.6g}"
        return self.means.table(columns, Label("quadrants", "象限"), language, note)


_QUADRANTS = {
    (False, True): "concentrate_here",
    (True, True): "keep_up",
    (False, False): "low_priority",
    (True, False): "possible_overkill",
}


def _refuse_itself(against: Level) -> None:
    if not against.is_expectation:
        rule = "perceptions are held against a standard, or against importance"
        raise PlotError(Problem("against", repr(str(against)), rule, '"expectation" or "importance"'))


def _cut_at(rule: Cut, values: Floats, middle: float) -> float:
    known = values[~np.isnan(values)]
    if rule is Cut.MIDDLE:
        return middle
    if not len(known):
        return float("nan")
    return float(known.mean() if rule is Cut.MEANS else np.median(known))


def _by_importance(source: Source, over: Over | str | None) -> tuple[Means, Floats]:
    held(source, ())
    given = source.importance if isinstance(source, Survey) else None
    if not isinstance(source, Survey) or given is None:
        rule = "importance × performance is drawn from stated importance"
        remedy = "read the survey with importance=…, or draw expectations: quadrant(survey)"
        found = "it was not asked for" if isinstance(source, Survey) else "a summary does not hold it"
        raise PlotError(Problem(IMPORTANCE, found, rule, remedy))
    rows = given.over if over is None else over_of(over)
    if rows is Over.ITEMS and given.over is Over.DIMENSIONS:
        rule = "items are as important as was said of each of them"
        raise PlotError(Problem("over", "items, but importance is over dimensions", rule, 'over="dimensions"'))
    means = Means.of(source, (Level.PERCEPTION,), rows)
    return means, _mean_importance(source, given, rows)


def _mean_importance(survey: Survey, given: Importance, over: Over) -> Floats:
    kind = None if survey.weights is None else survey.weight_kind
    means = Moments.of(given.values, survey.weights, kind).mean
    if over is given.over:
        return means
    return np.array([means[each].mean() for each in survey.instrument.slices])
