"""The gap between what was experienced and what was expected."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.instruments import Level, Scale, as_standard


@frozen
class Difference:
    """Gap scores of SERVQUAL: perception minus expectation, item by item.

    ``Q = P − E``. Zero means "as expected", a negative score a shortfall; on 1..7 scores lie in −6..+6.

    Parameters
    ----------
    against
        The level of expectation that perceptions are held against.

    Raises
    ------
    InstrumentError
        A level that is no standard.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1985, Journal of Marketing 49(4):41-50; 1988, Journal of Retailing 64(1):12-40.
    """

    against: Level = field(default=Level.EXPECTATION, converter=as_standard)

    @property
    def reads(self) -> frozenset[Level]:
        """Perception, and the level it is held against."""
        return frozenset(self.coefficients)

    @property
    def coefficients(self) -> Mapping[Level, int]:
        """Perception counts once, the expectation once against it."""
        return {Level.PERCEPTION: 1, self.against: -1}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return P − E, (rows, items)."""
        return answers[Level.PERCEPTION] - answers[self.against]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus and plus the span of the scale."""
        return -scale.span, scale.span
