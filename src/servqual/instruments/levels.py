"""`Level`: what exactly was asked of an item."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from servqual.errors import InstrumentError, Problem, did_you_mean
from servqual.labels import Label


class Level(StrEnum):
    """What an answer stands for: what was experienced, or one of the standards it can be held against.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12 (desired, adequate and
    predicted service); Teas 1993, Journal of Marketing 57(4):18-34 (what "expectation" has been taken to mean).
    """

    PERCEPTION = "perception"
    EXPECTATION = "expectation"
    IDEAL = "ideal"
    NORMATIVE = "normative"
    DESIRED = "desired"
    USUAL = "usual"
    PREDICTED = "predicted"
    ACCEPTABLE = "acceptable"
    ADEQUATE = "adequate"
    MINIMUM = "minimum"
    DISCONFIRMATION = "disconfirmation"

    @classmethod
    def _missing_(cls, value: object) -> Level:
        raise InstrumentError(
            Problem("level", repr(value), "there is no such level", did_you_mean(str(value), list(cls)))
        )

    @property
    def label(self) -> Label:
        """The level's name in English and Chinese."""
        return _LABELS[self]

    @property
    def is_expectation(self) -> bool:
        """Whether this is a standard that a perception can be held against."""
        return self not in {Level.PERCEPTION, Level.DISCONFIRMATION}


def as_standard(level: Level | str) -> Level:
    """Return a level that perceptions can be held against, or say that this one is none.

    Raises
    ------
    InstrumentError
        No such level, or perception or disconfirmation, which are no standards.
    """
    standard = Level(level)
    if not standard.is_expectation:
        known = ", ".join(each for each in Level if each.is_expectation)
        rule = "perceptions are held against a level of expectation"
        raise InstrumentError(Problem("level", str(standard), rule, f"such as {known}"))
    return standard


_LABELS = {
    Level.PERCEPTION: Label("perceived", "实际感知到的"),
    Level.EXPECTATION: Label("expected", "期望的"),
    Level.IDEAL: Label("ideal", "理想的"),
    Level.NORMATIVE: Label("what should be", "应该的"),
    Level.DESIRED: Label("desired", "渴望的"),
    Level.USUAL: Label("usual, from experience", "一般的"),
    Level.PREDICTED: Label("predicted", "预计的"),
    Level.ACCEPTABLE: Label("acceptable", "可以接受的"),
    Level.ADEQUATE: Label("adequate", "适当的"),
    Level.MINIMUM: Label("minimum tolerable", "可以忍受的"),
    Level.DISCONFIRMATION: Label("compared with what was expected", "与期望相比"),
}


def as_levels(levels: Iterable[Level | str]) -> tuple[Level, ...]:
    """Return levels made of their names, in the order given.

    Raises
    ------
    InstrumentError
        A name of no level, or one name where a list is wanted.
    """
    if isinstance(levels, str):
        raise InstrumentError(Problem("levels", repr(str(levels)), "levels are a list", f"write [{str(levels)!r}]"))
    return tuple(Level(level) for level in levels)
