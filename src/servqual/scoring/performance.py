"""What was experienced, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.instruments import Level, Scale


@frozen
class PerformanceOnly:
    """SERVPERF: the perceptions themselves, on the scale of the instrument.

    Zero has no meaning of its own beyond its place on the scale. The paper sums over items; here, as everywhere, scores
    are means, which differ by the constant number of items.

    References
    ----------
    Cronin & Taylor 1992, Journal of Marketing 56(3):55-68.
    """

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION})
    coefficients: ClassVar[Mapping[Level, int]] = {Level.PERCEPTION: 1}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return P, (rows, items)."""
        return answers[Level.PERCEPTION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the ends of the scale."""
        return scale.low, scale.high
