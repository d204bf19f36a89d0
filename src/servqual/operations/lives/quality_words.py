"""Quality as features and as freedom from deficiencies: what is said of both."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class QualityField(StrEnum):
    """Where a case, or a unit, stands: its features against a level, its deficiencies against none or a number.

    RICH_SOUND
        Features at the level or above, no more deficiencies than are let pass: both kinds of quality.
    RICH_FAULTY
        Features, and deficiencies: what was promised well fails.
    PLAIN_SOUND
        Neither: nothing is wrong, and nothing calls for coming back.
    PLAIN_FAULTY
        Few features, and deficiencies.
    """

    RICH_SOUND = "rich_sound"
    RICH_FAULTY = "rich_faulty"
    PLAIN_SOUND = "plain_sound"
    PLAIN_FAULTY = "plain_faulty"

    @property
    def label(self) -> Label:
        """The field in English and Chinese."""
        return _FIELDS[self]


_FIELDS = {
    QualityField.RICH_SOUND: Label("features, no deficiencies", "特性丰富，无缺陷"),
    QualityField.RICH_FAULTY: Label("features and deficiencies", "特性丰富，有缺陷"),
    QualityField.PLAIN_SOUND: Label("few features, no deficiencies", "特性一般，无缺陷"),
    QualityField.PLAIN_FAULTY: Label("few features, deficiencies", "特性一般，有缺陷"),
}
TITLE = Label("Quality: features and freedom from deficiencies", "质量：产品特性与免于不良")
SLOPES = Label(
    "regression of satisfaction on both (HC3 errors): what goes along, given the other",
    "满意度对两者的回归（HC3 稳健误差）：在另一项给定时的关联",
)
NOT_OPPOSITE = Label(
    "freedom from deficiencies keeps customers from leaving; it does not give them a reason to come",
    "免于不良使顾客不致离去，却不构成其前来的理由",
)
