"""Promises in words: verdicts, and the four families of tactics with the difference that each answers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from servqual.labels import Label


class PromiseVerdict(StrEnum):
    """What delivered less promised says, by its adjusted p.

    OVERPROMISED
        Less is delivered than was promised.
    OPEN
        Delivered is not told apart from promised.
    UNDERPROMISED
        More is delivered than was promised: the promise could be raised.
    UNTESTED
        There is nothing to learn an error from.
    """

    OVERPROMISED = "overpromised"
    OPEN = "open"
    UNDERPROMISED = "underpromised"
    UNTESTED = "untested"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


class PromiseFamily(StrEnum):
    """The four families of tactics of promise management; values are the dimensions of the audit.

    PROMISES
        Manage promises: answers that less is delivered than was promised (or than the front line was told).
    EXPECTATIONS
        Manage expectations: answers that less is promised than is expected.
    EDUCATION
        Educate customers: answers that less is perceived than is delivered.
    INTERNAL
        Manage internal communication: answers that the front line was told less than was promised.
    """

    PROMISES = "promises"
    EXPECTATIONS = "expectations"
    EDUCATION = "education"
    INTERNAL = "internal"

    @property
    def label(self) -> Label:
        """The family in English and Chinese."""
        return _FAMILIES[self]


# The sides in order, and the family that answers a shortfall from the one before to it.
SIDES = ("expected", "promised", "briefed", "delivered", "perceived")
ANSWERS: Mapping[str, PromiseFamily] = {
    "promised": PromiseFamily.EXPECTATIONS,
    "briefed": PromiseFamily.INTERNAL,
    "delivered": PromiseFamily.PROMISES,
    "perceived": PromiseFamily.EDUCATION,
}
SIDE_LABELS: Mapping[str, Label] = {
    "expected": Label("expected", "期望的"),
    "promised": Label("promised", "承诺的"),
    "briefed": Label("told to the front line", "告知一线的"),
    "delivered": Label("delivered", "提供的"),
    "perceived": Label("perceived", "感知到的"),
}
_VERDICTS: Mapping[PromiseVerdict, Label] = {
    PromiseVerdict.OVERPROMISED: Label("overpromised", "承诺过度"),
    PromiseVerdict.OPEN: Label("no difference shown", "未显示差异"),
    PromiseVerdict.UNDERPROMISED: Label("underpromised", "承诺不足"),
    PromiseVerdict.UNTESTED: Label("not tested", "未检验"),
}
_FAMILIES: Mapping[PromiseFamily, Label] = {
    PromiseFamily.PROMISES: Label("manage promises", "管理承诺"),
    PromiseFamily.EXPECTATIONS: Label("manage expectations", "管理期望"),
    PromiseFamily.EDUCATION: Label("educate customers", "教育顾客"),
    PromiseFamily.INTERNAL: Label("manage internal communication", "管理内部沟通"),
}

GAPS_TITLE = Label("Promises", "承诺")
STEPS_TITLE = Label("From what is expected to what is perceived", "从期望到感知")
AUDIT_TITLE = Label("Audit of promise management", "承诺管理检查")
ANSWERS_TITLE = Label("What answers the promise gaps", "如何弥合承诺差距")
GUARANTEE_TITLE = Label("What a promise would cost", "作出承诺的代价")


def sign_note(lower: tuple[str, ...]) -> Label:
    """Return how gaps are signed."""
    en, zh = "gap: delivered against promised, below zero a shortfall", "差距：提供与承诺之比较，负数为不足"
    if not lower:
        return Label(en, zh)
    said = ", ".join(lower)
    return Label(f"{en}; less is better in {said}", f"{zh}；{said} 以低为好")


def test_note(confidence: float) -> Label:
    """Return how verdicts are reached."""
    return Label(
        f"t tests, p by Holm over all attributes; intervals {confidence:.0%}; failed: share of customers, Wilson",
        f"t 检验，p 经 Holm 法对全部属性校正；{confidence:.0%} 区间；failed：未兑现的顾客比例，Wilson 区间",
    )


def family_note(sides: tuple[str, ...]) -> Label:
    """Return what families are told apart by."""
    en = " → ".join(SIDE_LABELS[each].en for each in sides)
    zh = " → ".join(SIDE_LABELS[each].zh for each in sides)
    return Label(
        f"family: answers the largest clear shortfall along {en}; what was not given is not told apart",
        f"对策：针对 {zh} 各步中最大且明确的不足；未提供的各步无法区分",
    )
