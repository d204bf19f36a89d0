"""`KanoRules`: the cuts by which a feature is put into a category."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from servqual.errors import KanoError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label


class Leader(StrEnum):
    """The rule by which the largest category leads, or is combined with others.

    STRENGTH
        It leads where it is ahead of the second by the cut of category strength; else all within that cut of the
        largest share are combined.
    FONG
        It leads where Fong's test tells it from every other; else those that it is not told from are combined.

    References
    ----------
    Lee & Newcomb 1997, Quality Management Journal 4(3):95-106 (category strength, combination class); Fong 1996, Center
    for Quality of Management Journal 5(3):21-23.
    """

    STRENGTH = "strength"
    FONG = "fong"

    @classmethod
    def _missing_(cls, value: object) -> Leader:
        raise KanoError(unknown_word("leader", value, cls, f"a category leads by one of two rules: {', '.join(cls)}"))

    @property
    def label(self) -> Label:
        """The rule in English and Chinese."""
        return _LEADERS[self]


_LEADERS = {
    Leader.STRENGTH: Label("category strength", "类别强度"),
    Leader.FONG: Label("Fong's test", "Fong 检验"),
}


@frozen
class KanoRules:
    """The cuts of a Kano reading.

    Parameters
    ----------
    strength
        A category leads where its share is at least so much larger than the second (Lee and Newcomb: 6 %).
    fong
        How many standard errors the two largest counts are apart at least: 1.65 for a one-sided level of 5 %.
    leader
        Which of the two decides whether a category leads: "strength" or "fong".
    total
        From which total strength (share of attractive, one-dimensional and must-be together) on a feature matters.
    position
        Where continuous positions are cut, on their scale from 0 to 4.

    Raises
    ------
    KanoError
        Shares outside 0 to 1, a bound below 0, a position outside 0 to 4, an unknown rule; all at once.

    Examples
    --------
    >>> KanoRules(leader="fong").strength
    0.06
    """

    strength: float = 0.06
    fong: float = 1.65
    leader: Leader = field(default=Leader.STRENGTH, converter=Leader)
    total: float = 0.6
    position: float = 2.0

    def __attrs_post_init__(self) -> None:
        ends = {"strength": (0.0, 1.0), "fong": (0.0, 10.0), "total": (0.0, 1.0), "position": (0.0, 4.0)}
        problems = [
            Problem(name, f"{value!r}", f"it is a number from {low:g} to {high:g}", _as_share(value, high))
            for name, (low, high) in ends.items()
            if not _lies((value := getattr(self, name)), low, high)
        ]
        if problems:
            raise KanoError(*problems)


def _lies(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _as_share(value: object, high: float) -> str:
    percent = isinstance(value, int | float) and high == 1 and 1 < value <= 100
    return f"write {value / 100:g} for {value:g} %" if percent else ""  # type: ignore[operator]
