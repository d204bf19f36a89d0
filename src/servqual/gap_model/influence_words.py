"""The words of what influences a gap or a level of expectation: which way it should work, and what was found."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class Direction(StrEnum):
    """Which way something works on what is explained, when there is more of it.

    With ``RAISES`` it goes up: a gap that is a shortfall, below zero, becomes smaller. With ``LOWERS`` it goes down: a
    shortfall becomes larger.
    """

    RAISES = "raises"
    LOWERS = "lowers"

    @property
    def label(self) -> Label:
        """The word in English and Chinese."""
        return _DIRECTIONS[self]

    @property
    def sign(self) -> int:
        """The sign of the coefficient: 1 or −1."""
        return 1 if self is Direction.RAISES else -1


class InfluenceVerdict(StrEnum):
    """What the data say of one influence.

    FOUND
        It works, and the way it should.
    AGAINST
        It works the other way.
    OPEN
        The data do not tell.
    UNTOLD
        There is no test: too few rows, or nothing varies.
    """

    FOUND = "found"
    AGAINST = "against"
    OPEN = "open"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The words of the verdict."""
        return _VERDICTS[self]


class InfluenceMethod(StrEnum):
    """How influences were estimated and tested.

    JOINT
        All influences together by least squares: each given the others, with Student's t.
    SHRUNKEN
        Rows are few, or influences follow from each other: all together, drawn towards zero
        (`servqual.statistics.shrunken`), with credible intervals; p is that of the correlation of each influence alone.
        What goes together cannot be told apart.
    NONE
        Not at all.
    """

    JOINT = "least squares"
    SHRUNKEN = "shrunken"
    NONE = "none"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _METHODS[self]


_DIRECTIONS = {Direction.RAISES: Label("raises", "提高"), Direction.LOWERS: Label("lowers", "降低")}
_VERDICTS = {
    InfluenceVerdict.FOUND: Label("found", "得到证实"),
    InfluenceVerdict.AGAINST: Label("found, the other way", "方向相反"),
    InfluenceVerdict.OPEN: Label("open", "尚无定论"),
    InfluenceVerdict.UNTOLD: Label("not tested", "未检验"),
}
_METHODS = {
    InfluenceMethod.JOINT: Label("least squares", "最小二乘"),
    InfluenceMethod.SHRUNKEN: Label("shrunken", "收缩估计"),
    InfluenceMethod.NONE: Label("none", "无"),
}
