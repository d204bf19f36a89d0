"""The answers to one level, as they are."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import LevelError, Problem
from servqual.instruments import Level, Scale


@frozen
class LevelScore:
    """The answers at one level as they are, as a scoring model; of the items alone that another level was answered of.

    Zero means what it means on the scale. With `beside`, a score is missing exactly where the difference of both levels
    is, so that the means of the two sides of a gap subtract to the mean gap.

    Parameters
    ----------
    level
        Whose answers they are.
    beside
        The level that must have been answered as well; None for no other.

    Raises
    ------
    LevelError
        A level beside itself.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64(1):12-40 (expectations and perceptions item by item).

    Examples
    --------
    >>> LevelScore("perception", beside="expectation").coefficients
    {<Level.PERCEPTION: 'perception'>: 1, <Level.EXPECTATION: 'expectation'>: 0}
    """

    level: Level = field(converter=Level)
    beside: Level | None = field(default=None, converter=optional(Level))

    @beside.validator
    def _is_another(self, _: object, beside: Level | None) -> None:
        if beside is self.level:
            rule = "an answer stands beside one to another level"
            raise LevelError(Problem("beside", f"{beside!s}, twice", rule, "leave beside= out"))

    @property
    def reads(self) -> frozenset[Level]:
        """The level, and the one that must stand beside it."""
        return frozenset(self.coefficients)

    @property
    def coefficients(self) -> Mapping[Level, int]:
        """The level counts once; the one beside it counts for nothing, but has to be there."""
        return {self.level: 1} if self.beside is None else {self.level: 1, self.beside: 0}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the answers, (rows, items); NaN where either level was not answered."""
        given = answers[self.level]
        return given + 0.0 * answers[self.beside] if self.beside is not None else given

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the ends of the scale."""
        return scale.low, scale.high
