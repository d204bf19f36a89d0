"""`ZoneScore`: what is measured of zones of tolerance, as scoring models whose summaries merge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.answers import Answers
from servqual.errors import LevelError, Problem
from servqual.instruments import Level, Scale


class ZoneMeasure(StrEnum):
    """What is measured of a zone of tolerance, and of which answers.

    PERCEPTION, ADEQUACY, SUPERIORITY, WIDTH
        P, P − A, P − D and D − A of complete triples: items of which all three were answered.
    SOUND_ADEQUACY, SOUND_SUPERIORITY, SOUND_WIDTH
        The same of sound triples: complete, and not crossed (A ≤ D). A position is a ratio of their means.
    BELOW, WITHIN, ABOVE
        1 where P < A, A ≤ P ≤ D, P > D in a sound triple, else 0.
    ADEQUATE_END, DESIRED_END, ROOM
        A, D and D − A of pairs: items of which both ends were answered, whatever was perceived.
    """

    PERCEPTION = "perception"
    ADEQUACY = "adequacy"
    SUPERIORITY = "superiority"
    WIDTH = "width"
    SOUND_ADEQUACY = "adequacy of sound triples"
    SOUND_SUPERIORITY = "superiority of sound triples"
    SOUND_WIDTH = "width of sound triples"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    ADEQUATE_END = "adequate end"
    DESIRED_END = "desired end"
    ROOM = "room between the ends"


OF_ENDS = (ZoneMeasure.ADEQUATE_END, ZoneMeasure.DESIRED_END, ZoneMeasure.ROOM)


@frozen
class ZoneScore:
    """One measure of the zone of tolerance (MSA, MSS, width, standing) as a scoring model.

    Zero means "at the level it is held against" for gaps, "no room" for widths, "does not stand there" for standings.

    Parameters
    ----------
    measure
        What is measured.
    adequate, desired, perception
        The levels of the two ends and of what is held against them.

    Raises
    ------
    LevelError
        Levels that are not two different standards and a rating.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230; Zeithaml, Berry & Parasuraman 1993, Journal
    of the Academy of Marketing Science 21(1):1-12.

    Examples
    --------
    >>> block = Answers({Level.ADEQUATE: np.array([[5.0]]), Level.DESIRED: np.array([[8.0]])}, Scale.likert(9))
    >>> ZoneScore(ZoneMeasure.ROOM).item_scores(block)
    array([[3.]])
    """

    measure: ZoneMeasure = field(converter=ZoneMeasure)
    adequate: Level = field(default=Level.ADEQUATE, converter=Level)
    desired: Level = field(default=Level.DESIRED, converter=Level)
    perception: Level = field(default=Level.PERCEPTION, converter=Level)

    def __attrs_post_init__(self) -> None:
        named = (self.adequate, self.desired, self.perception)
        if len(set(named)) < len(named) or not (self.adequate.is_expectation and self.desired.is_expectation):
            rule = "a zone lies between two different levels of expectation, and something else is held against it"
            remedy = "for example adequate=Level.MINIMUM, desired=Level.DESIRED, perception=Level.PERCEPTION"
            raise LevelError(Problem("zone", f"{named[0]} to {named[1]}, perceived {named[2]}", rule, remedy))

    @property
    def reads(self) -> frozenset[Level]:
        """Both ends, and what is held against them where that is measured."""
        ends = {self.adequate, self.desired}
        return frozenset(ends if self.measure in OF_ENDS else ends | {self.perception})

    @property
    def monotone(self) -> bool:
        """Whether a better perception never lowers the score: not so of standing below or within."""
        return self.measure not in {ZoneMeasure.BELOW, ZoneMeasure.WITHIN}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the measure, (rows, items); NaN where the triple or pair is not complete or, if it must be, sound."""
        low, high = answers[self.adequate], answers[self.desired]
        if self.measure in OF_ENDS:
            return _ENDS[self.measure](low, high)
        return _TRIPLES[self.measure](answers[self.perception], low, high)

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the range of the scale for levels, 0 and 1 for standings, minus and plus the span for distances."""
        if self.measure in {ZoneMeasure.PERCEPTION, ZoneMeasure.ADEQUATE_END, ZoneMeasure.DESIRED_END}:
            return scale.low, scale.high
        if self.measure in {ZoneMeasure.BELOW, ZoneMeasure.WITHIN, ZoneMeasure.ABOVE}:
            return 0.0, 1.0
        return -scale.span, scale.span


def _sound(seen: Floats, low: Floats, high: Floats) -> Bools:
    return np.asarray((low <= high) & ~np.isnan(seen))


def _only(values: Floats | Bools, seen: Floats, low: Floats, high: Floats) -> Floats:
    return np.asarray(np.where(_sound(seen, low, high), values, np.nan))


# x − x is 0 where x is answered and missing where it is not: it makes a triple of two answers
_TRIPLES: Mapping[ZoneMeasure, Callable[[Floats, Floats, Floats], Floats]] = {
    ZoneMeasure.PERCEPTION: lambda p, a, d: p + (a - a) + (d - d),
    ZoneMeasure.ADEQUACY: lambda p, a, d: p - a + (d - d),
    ZoneMeasure.SUPERIORITY: lambda p, a, d: p - d + (a - a),
    ZoneMeasure.WIDTH: lambda p, a, d: d - a + (p - p),
    ZoneMeasure.SOUND_ADEQUACY: lambda p, a, d: _only(p - a, p, a, d),
    ZoneMeasure.SOUND_SUPERIORITY: lambda p, a, d: _only(p - d, p, a, d),
    ZoneMeasure.SOUND_WIDTH: lambda p, a, d: _only(d - a, p, a, d),
    ZoneMeasure.BELOW: lambda p, a, d: _only(p < a, p, a, d),
    ZoneMeasure.WITHIN: lambda p, a, d: _only((a <= p) & (p <= d), p, a, d),
    ZoneMeasure.ABOVE: lambda p, a, d: _only(p > d, p, a, d),
}
_ENDS: Mapping[ZoneMeasure, Callable[[Floats, Floats], Floats]] = {
    ZoneMeasure.ADEQUATE_END: lambda a, d: a + (d - d),
    ZoneMeasure.DESIRED_END: lambda a, d: d + (a - a),
    ZoneMeasure.ROOM: lambda a, d: d - a,
}
