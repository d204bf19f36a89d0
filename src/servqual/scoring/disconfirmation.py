"""How it was compared with what was expected, asked outright."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.instruments import Level, Scale


@frozen
class Disconfirmation:
    """Direct disconfirmation: "worse or better than expected", asked in one answer, from the middle of the scale.

    Zero means "as expected", a negative score "worse". It spares the difference of two answers and its unreliability.

    References
    ----------
    Oliver 1980, Journal of Marketing Research 17(4):460-469; Babakus & Boller 1992, Journal of Business Research
    24(3):253-268.
    """

    reads: ClassVar[frozenset[Level]] = frozenset({Level.DISCONFIRMATION})

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the answer minus the middle of the scale, (rows, items)."""
        return answers[Level.DISCONFIRMATION] - answers.scale.midpoint

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus and plus half the span of the scale."""
        return -scale.span / 2, scale.span / 2
