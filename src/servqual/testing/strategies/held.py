"""Surveys and zones of tolerance, drawn at random."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from hypothesis import strategies as st

from servqual._arrays import Floats, Ints
from servqual.errors import CrossedZonesWarning
from servqual.instruments import Instrument, Level, Scale
from servqual.ratings import Expectation, Importance, Over
from servqual.statistics import WeightKind
from servqual.survey import Survey
from servqual.testing.strategies.bits import below, chunks, drawn, points, ratings, stacked
from servqual.testing.strategies.words import given_or_drawn, instruments, scales
from servqual.zones import ToleranceZone

_LABELS = ("east", "north", "south")


@st.composite
def surveys(
    draw: st.DrawFn,
    instrument: Instrument | st.SearchStrategy[Instrument] | None = None,
    *,
    levels: Iterable[Level | str] | None = None,
    missing: bool = True,
    weights: WeightKind | str | None = None,
    groups: Sequence[str] = (),
    cluster: bool = False,
    importance: Over | str | None = None,
    crossed: bool = False,
    min_respondents: int = 1,
    max_respondents: int = 8,
) -> Survey:
    """Surveys: every answer on its scale, every level with at least one answer.

    Parameters
    ----------
    instrument
        What was asked, or where it is drawn from; any of `instruments` without it.
    levels
        Which levels were answered; without it, all that the instrument asks.
    missing
        Whether there may be gaps: then half of the surveys have some, about one answer in eight.
    weights
        The kind of weights to draw (sampling weights in quarters, frequencies below 5; some are 0); None for none.
    groups
        Names of grouping columns, each with up to three labels.
    cluster
        Whether to draw clusters.
    importance
        Whether to draw points over dimensions or ratings (0..10) of items; with gaps where `missing` allows.
    crossed
        Whether adequate levels may lie above desired ones, and acceptable or minimum ones above either.
    min_respondents, max_respondents
        How many respondents there are.

    Returns
    -------
    SearchStrategy
        Shrinks to few respondents, without gaps, who answer with the low end of the scale.
    """
    asked = given_or_drawn(draw, instrument, instruments(levels=levels))
    answered = asked.levels if levels is None else tuple(Level(level) for level in levels)
    plan = _Widths.of(asked, answered, None if importance is None else Over(importance))
    rows = draw(st.lists(chunks(plan.total), min_size=min_respondents, max_size=max_respondents))
    raw = stacked(rows, plan.total)
    gaps = missing and draw(st.booleans())
    answers = {level: _answered(raw[:, part], asked.scale, gaps=gaps) for level, part in plan.levels.items()}
    named: dict[str, Any] = {str(level): each for level, each in (answers if crossed else _uncrossed(answers)).items()}
    survey = Survey.from_arrays(
        asked,
        weights=None if weights is None else _weights(raw[:, plan.weight], WeightKind(weights)),
        weight_kind=WeightKind.SAMPLING if weights is None else weights,
        groups={name: _labels(draw, len(raw)) for name in groups},
        cluster=_labels(draw, len(raw)) if cluster else None,
        already_reversed=True,
        inverted_ok=crossed,
        **named,
    )
    return evolve(survey, importance=_importance(raw[:, plan.importance], plan.over, gaps=gaps))


@frozen
class _Widths:
    """Where the numbers of one respondent stand in one row of raw ones: answers, importance, weight."""

    levels: dict[Level, slice]
    importance: slice
    over: Over | None

    @classmethod
    def of(cls, instrument: Instrument, levels: Sequence[Level], over: Over | None) -> _Widths:
        items = len(instrument)
        parts = {level: slice(number * items, (number + 1) * items) for number, level in enumerate(levels)}
        width = {None: 0, Over.ITEMS: items, Over.DIMENSIONS: len(instrument.dimensions)}[over]
        return cls(parts, slice(items * len(levels), items * len(levels) + width), over)

    @property
    def weight(self) -> int:
        return self.importance.stop

    @property
    def total(self) -> int:
        return self.importance.stop + 1


def _answered(raw: Ints, scale: Scale, *, gaps: bool) -> Floats:
    values = ratings(raw, scale, gaps=gaps)
    if np.isnan(values).all():
        values[0, 0] = scale.low
    return values


def _uncrossed(answers: dict[Level, Floats]) -> dict[Level, Floats]:
    """Put the ends of every zone in order, whichever levels are its ends."""
    ends = [level for level in (Level.MINIMUM, Level.ACCEPTABLE, Level.ADEQUATE, Level.DESIRED) if level in answers]
    # NaN sorts last, but a gap stays where it is
    kept = {level: np.isnan(answers[level]) for level in ends}
    for low, high in ((low, high) for number, low in enumerate(ends) for high in ends[number + 1 :]):
        ordered = ~kept[low] & ~kept[high]
        small, large = np.minimum(answers[low], answers[high]), np.maximum(answers[low], answers[high])
        answers[low] = np.where(ordered, small, answers[low])
        answers[high] = np.where(ordered, large, answers[high])
    return answers


def _weights(raw: Ints, kind: WeightKind) -> Floats:
    whole = below(raw, 5).astype(np.float64)
    whole[0] += not whole.any()
    return whole / 4 if kind is WeightKind.SAMPLING else whole


def _importance(raw: Ints, over: Over | None, *, gaps: bool) -> Importance | None:
    if over is Over.DIMENSIONS:
        return Importance.points(points(raw, gaps=gaps))
    return None if over is None else Importance.ratings(ratings(raw, Scale.zero_to_ten(), gaps=gaps))


def _labels(draw: st.DrawFn, rows: int) -> list[str]:
    return draw(st.lists(st.sampled_from(_LABELS), min_size=rows, max_size=rows))


@st.composite
def tolerance_zones(
    draw: st.DrawFn,
    scale: Scale | st.SearchStrategy[Scale] | None = None,
    shape: tuple[int, ...] | None = None,
    *,
    missing: bool = True,
    crossed: bool = False,
) -> ToleranceZone:
    """Zones of tolerance from adequate to desired, some of them without width.

    Parameters
    ----------
    scale
        Their scale, or where it is drawn from; any of `scales` without it.
    shape
        The shape of both ends; without it, up to two axes of up to four.
    missing
        Whether ends may be missing.
    crossed
        Whether adequate may lie above desired; consent is then given, without a warning.

    Returns
    -------
    SearchStrategy
        Shrinks to the zone without width at the low end.
    """
    on = given_or_drawn(draw, scale, scales())
    axes = tuple(draw(st.lists(st.integers(1, 4), max_size=2))) if shape is None else shape
    raw = drawn(draw, (2, int(np.prod(axes, dtype=np.int64))))
    low, high = ratings(raw, on, gaps=missing and draw(st.booleans()))
    if not crossed:
        # a missing end makes both comparisons false, and the ends then stay as they are
        low, high = np.where(low > high, high, low), np.where(low > high, low, high)
    ends = (Expectation(low.reshape(axes), on, Level.ADEQUATE), Expectation(high.reshape(axes), on, Level.DESIRED))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossedZonesWarning)
        return ToleranceZone(*ends, inverted_ok=crossed)
