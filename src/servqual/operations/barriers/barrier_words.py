"""What keeps an employee from the level that is expected, in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from servqual.labels import Label


class Barrier(StrEnum):
    """What binds an employee's performance: the first condition that fails, in this order.

    KNOWS_WHAT
        What is expected is not known: say it.
    KNOWS_HOW
        How it is done is not known: teach it.
    DUTY, AUTHORITY, INCENTIVE
        It is known, and not wanted: nobody is responsible, nobody may decide, nothing is gained by it.
    UNEXPLAINED
        All conditions hold, and yet the level is not reached: what is missing was not asked.
    NONE
        The expected level is reached; or no condition fails, where levels were not given.
    """

    KNOWS_WHAT = "knows_what"
    KNOWS_HOW = "knows_how"
    DUTY = "duty"
    AUTHORITY = "authority"
    INCENTIVE = "incentive"
    UNEXPLAINED = "unexplained"
    NONE = "none"

    @property
    def label(self) -> Label:
        """The barrier in English and Chinese."""
        return _LABELS[self]

    @property
    def remedy(self) -> Label:
        """What takes it away."""
        return _REMEDIES[self]


CONDITIONS = tuple(Barrier)[:5]

_LABELS: Mapping[Barrier, Label] = {
    Barrier.KNOWS_WHAT: Label("does not know what to do", "不知道做什么"),
    Barrier.KNOWS_HOW: Label("does not know how", "不知道怎么做"),
    Barrier.DUTY: Label("not willing: duty", "不愿做：责任不清"),
    Barrier.AUTHORITY: Label("not willing: authority", "不愿做：权力不足"),
    Barrier.INCENTIVE: Label("not willing: incentive", "不愿做：缺少利益"),
    Barrier.UNEXPLAINED: Label("below the level, unexplained", "未达要求，原因未明"),
    Barrier.NONE: Label("no barrier", "没有障碍"),
}
_REMEDIES: Mapping[Barrier, Label] = {
    Barrier.KNOWS_WHAT: Label("state the expected level and how it is measured", "讲明要求和衡量办法"),
    Barrier.KNOWS_HOW: Label("train and practise", "培训和练习"),
    Barrier.DUTY: Label("give each task an owner", "每件事都明确责任人"),
    Barrier.AUTHORITY: Label("let those decide who serve", "把决定权交给服务的人"),
    Barrier.INCENTIVE: Label("reward what customers want", "奖励顾客所需要的行为"),
    Barrier.UNEXPLAINED: Label("ask the employees what else is in the way", "询问员工还有什么阻碍"),
    Barrier.NONE: Label("nothing to remove", "无需处理"),
}
TITLE = Label("Performance barriers", "绩效障碍")


def mark_note(marks: Mapping[str, float]) -> Label:
    """Return from which score on a condition holds."""
    if len(set(marks.values())) == 1:
        mark = next(iter(marks.values()))
        return Label(f"a condition holds from {mark:g} on", f"得分 ≥ {mark:g} 视为具备该条件")
    said = ", ".join(f"{name} {mark:g}" for name, mark in marks.items())
    return Label(f"conditions hold from: {said}", f"具备条件的最低得分：{said}")


def lead_note(lead: Barrier | None, low: float, *, certain: bool) -> Label:
    """Return which barrier binds most employees, and how sure that is."""
    if lead is None:
        return Label("no barrier binds anybody", "没有员工受到障碍限制")
    en = f"most are bound by: {lead.label.en} ({lead.remedy.en})"
    zh = f"受限最多的是：{lead.label.zh}（{lead.remedy.zh}）"
    if certain:
        return Label(f"{en}; its lead over the next is at least {low:.1%}", f"{zh}；比第二位至少多 {low:.1%}")
    return Label(f"{en}; its lead over the next is not certain", f"{zh}；与第二位的差别尚不确定")


def level_note(*, compared: bool, open_: int) -> tuple[Label, ...]:
    """Return whether levels were compared, and how many employees are left open."""
    first = Label(
        "a barrier binds where the present level lies below the expected one"
        if compared
        else "levels were not given: the first condition that fails binds",
        "实际水平低于期望水平时，障碍才起限制作用" if compared else "未给出水平：第一个不具备的条件即为障碍",
    )
    left = Label(f"employees left open by missing answers: {open_}", f"因缺答无法判定的员工：{open_} 名")
    return (first, left) if open_ else (first,)
