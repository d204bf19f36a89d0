"""The four quadrants of importance and performance, and the rules by which they are cut."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class Quadrant(StrEnum):
    """Where an item stands; at a cut, it is high.

    CONCENTRATE
        Important, and performing low: the place to act.
    KEEP_UP
        Important, and performing high.
    LOW_PRIORITY
        Neither.
    OVERKILL
        Performing high where it matters little.
    """

    CONCENTRATE = "concentrate_here"
    KEEP_UP = "keep_up"
    LOW_PRIORITY = "low_priority"
    OVERKILL = "possible_overkill"

    @property
    def label(self) -> Label:
        """The quadrant in English and Chinese."""
        return _QUADRANTS[self]

    @classmethod
    def of(cls, *, important: bool, performing: bool) -> Quadrant:
        """Return the quadrant of what is high on each axis."""
        if important:
            return cls.KEEP_UP if performing else cls.CONCENTRATE
        return cls.OVERKILL if performing else cls.LOW_PRIORITY


_QUADRANTS = {
    Quadrant.CONCENTRATE: Label("concentrate here", "集中改进"),
    Quadrant.KEEP_UP: Label("keep it up", "继续保持"),
    Quadrant.LOW_PRIORITY: Label("low priority", "暂缓改进"),
    Quadrant.OVERKILL: Label("possible overkill", "可能过度"),
}


class QuadrantCut(StrEnum):
    """The rule by which an axis is cut: no rule is right, and each moves items between quadrants.

    SCALE
        At the middle of its scale: absolute; all items may be high.
    MEAN
        At the mean of the items: relative, so that something is always low.
    MEDIAN
        At the median of the items: relative, with half of them on each side.
    """

    SCALE = "scale"
    MEAN = "mean"
    MEDIAN = "median"

    @property
    def label(self) -> Label:
        """The rule in English and Chinese."""
        return _CUTS[self]


_CUTS = {
    QuadrantCut.SCALE: Label("the middle of the scale", "量表中点"),
    QuadrantCut.MEAN: Label("the mean of the items", "各题项均值"),
    QuadrantCut.MEDIAN: Label("the median of the items", "各题项中位数"),
}
GIVEN = Label("a number that was given", "给定的数值")
STATED = Label("stated importance", "自述重要性")
PERFORMANCE = Label("performance", "表现")


def derived(method: Label) -> Label:
    """Return the name of importance that is derived by a method."""
    return Label(f"derived importance, {method.en}", f"推导重要性，{method.zh}")
