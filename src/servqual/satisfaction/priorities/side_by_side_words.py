"""What three ways to ask for importance call things, and how they can disagree."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label
from servqual.satisfaction.delight.words import Category
from servqual.satisfaction.priorities.penalty_words import ImpactClass

# the classes of impact that mean the same as a category; the others have no counterpart
COUNTERPARTS = {
    Category.MUST_BE: (ImpactClass.FRUSTRATOR, ImpactClass.DISSATISFIER),
    Category.ONE_DIMENSIONAL: (ImpactClass.HYBRID,),
    Category.ATTRACTIVE: (ImpactClass.SATISFIER, ImpactClass.DELIGHTER),
}
MATTERING = (Category.MUST_BE, Category.ONE_DIMENSIONAL)


class Disagreement(StrEnum):
    """What two ways of asking say differently of one item.

    KIND
        The Kano category and the class of impact are no counterparts.
    ONLY_SAID
        Said to matter much, and little of it shows in satisfaction.
    HIDDEN
        Said to matter little, and much of it shows in satisfaction.
    MISSED
        Must-be or one-dimensional, so that its absence is missed, and said to matter little.
    SAID_INDIFFERENT
        Indifferent by Kano, and said to matter much.
    SHOWN_INDIFFERENT
        Indifferent by Kano, and much of it shows in satisfaction.
    """

    KIND = "kind"
    ONLY_SAID = "only_said"
    HIDDEN = "hidden"
    MISSED = "missed"
    SAID_INDIFFERENT = "said_indifferent"
    SHOWN_INDIFFERENT = "shown_indifferent"

    @property
    def label(self) -> Label:
        """The disagreement in English and Chinese."""
        return _DISAGREEMENTS[self]


_DISAGREEMENTS = {
    Disagreement.KIND: Label("Kano and impact are of different kinds", "卡诺类别与影响类别不一致"),
    Disagreement.ONLY_SAID: Label("said to matter, hardly shows", "自述重要，实际影响小"),
    Disagreement.HIDDEN: Label("matters more than is said", "实际影响大于自述"),
    Disagreement.MISSED: Label("missed where it is not there, not said to matter", "缺少时会不满，自述不重要"),
    Disagreement.SAID_INDIFFERENT: Label("indifferent by Kano, said to matter", "卡诺为无差异，自述重要"),
    Disagreement.SHOWN_INDIFFERENT: Label("indifferent by Kano, shows in satisfaction", "卡诺为无差异，实际影响大"),
}
AGREE = Label("agree", "一致")
NOTHING = Label("not comparable", "无法比较")
