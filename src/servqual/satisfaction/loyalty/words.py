"""Loyalty types in words, and where they begin."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from servqual.labels import Label


class LoyaltyType(StrEnum):
    """What satisfaction and loyalty together say of a customer.

    LOYALIST
        Satisfied and loyal: stays and supports.
    MERCENARY
        Satisfied, not loyal: comes and goes.
    HOSTAGE
        Loyal, not satisfied: cannot leave.
    DEFECTOR
        Neither: leaving, or gone.
    APOSTLE, TERRORIST
        The extremes among loyalists and among defectors.

    References
    ----------
    Jones & Sasser 1995, Harvard Business Review 73(6):88-99.
    """

    LOYALIST = "loyalist"
    MERCENARY = "mercenary"
    HOSTAGE = "hostage"
    DEFECTOR = "defector"
    APOSTLE = "apostle"
    TERRORIST = "terrorist"

    @property
    def label(self) -> Label:
        """The type's name in English and Chinese."""
        return _LABELS[self]


_LABELS: Mapping[LoyaltyType, Label] = {
    LoyaltyType.LOYALIST: Label("loyalist", "忠诚型"),
    LoyaltyType.MERCENARY: Label("mercenary", "雇佣型"),
    LoyaltyType.HOSTAGE: Label("hostage", "人质型"),
    LoyaltyType.DEFECTOR: Label("defector", "流失型"),
    LoyaltyType.APOSTLE: Label("apostle", "传道者"),
    LoyaltyType.TERRORIST: Label("terrorist", "破坏者"),
}

FOUR = (LoyaltyType.LOYALIST, LoyaltyType.MERCENARY, LoyaltyType.HOSTAGE, LoyaltyType.DEFECTOR)
TITLE = Label("Loyalty types", "忠诚类型")
MOVED_TITLE = Label("Movement between loyalty types", "忠诚类型之间的变动")
RULES = {
    "given": Label("as given", "给定"),
    "median": Label("at the median", "按中位数"),
    "mean": Label("at the mean", "按均值"),
    "middle": Label("at the middle of the scale", "按量表中点"),
}


def threshold_note(satisfaction: float, loyalty: float, rule: str) -> Label:
    """Return where high begins."""
    word = RULES[rule]
    return Label(
        f"high is satisfaction ≥ {satisfaction:g} and loyalty ≥ {loyalty:g}, {word.en}",
        f"满意 ≥ {satisfaction:g}、忠诚 ≥ {loyalty:g} 为高，{word.zh}",
    )
