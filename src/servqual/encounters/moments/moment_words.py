"""`Moment`: what kind of contact an encounter is."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class Moment(StrEnum):
    """What kind of moment of truth an encounter is.

    NORMAL
        Procedure as planned.
    RECOVERY
        Something failed, and the customer complains.
    ADAPTABILITY
        The customer asks for something special, or objects.
    SPONTANEITY_GOOD
        Something unprompted that pleased.
    SPONTANEITY_BAD
        Something unprompted that displeased.
    COPING
        The customer is the problem.

    References
    ----------
    Bitner, Booms & Tetreault 1990, Journal of Marketing 54(1):71-84; Bitner, Booms & Mohr 1994, Journal of Marketing
    58(4):95-106 (coping).
    """

    NORMAL = "normal"
    RECOVERY = "recovery"
    ADAPTABILITY = "adaptability"
    SPONTANEITY_GOOD = "spontaneity_good"
    SPONTANEITY_BAD = "spontaneity_bad"
    COPING = "coping"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _MOMENTS[self]


_MOMENTS = {
    Moment.NORMAL: Label("normal procedure", "正常程序"),
    Moment.RECOVERY: Label("recovery", "补救"),
    Moment.ADAPTABILITY: Label("adaptability", "适应"),
    Moment.SPONTANEITY_GOOD: Label("spontaneous, pleasing", "自发（令人愉快）"),
    Moment.SPONTANEITY_BAD: Label("spontaneous, displeasing", "自发（令人不快）"),
    Moment.COPING: Label("coping", "应对"),
}
