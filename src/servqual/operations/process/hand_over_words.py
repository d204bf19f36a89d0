"""What is said of hand-overs, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class HandOverVerdict(StrEnum):
    """What the test of an internal gap says, after Holm's adjustment for the number of hand-overs.

    BELOW, ABOVE
        The receiving step gets less, or more, than it expects.
    OPEN
        No difference is shown.
    UNTESTED
        There is no test.
    """

    BELOW = "below"
    ABOVE = "above"
    OPEN = "open"
    UNTESTED = "untested"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    HandOverVerdict.BELOW: Label("falls short", "不足"),
    HandOverVerdict.ABOVE: Label("exceeds", "超出"),
    HandOverVerdict.OPEN: Label("no difference shown", "未显示差异"),
    HandOverVerdict.UNTESTED: Label("not tested", "无法检验"),
}

GAPS = Label(
    "gap: received minus expected by the next step, below zero a shortfall; p adjusted by Holm",
    "差距：下一工序所得减去其期望，负值为不足；p 值经霍尔姆法校正",
)
EFFECTS = Label(
    "effect: points of the outcome per point of the hand-over, over all ways through the process (path algebra of "
    "regressions: what goes along, not what a change would bring)",
    "effect：该交接每变动一分，经由流程各条路径，结果变动的分数（回归的路径代数：说明关联，不说明改变的效果）",
)
LOSSES = Label(
    "arising: the part of the gap that did not come from earlier hand-overs; loss: effect × arising, what the customer "
    "loses there; losses sum to what all gaps together take from the outcome",
    "arising：差距中并非来自前道交接的部分；loss：effect × arising，即顾客在此处的损失；"
    "各项损失之和等于全部差距对结果的影响",
)
COSTLIEST = Label(
    "costliest: share of the resamples in which most is lost at this hand-over",
    "costliest：重抽样中该交接损失最大的比例",
)


def size_note(used: int, rows: int, causes: Label) -> Label:
    """Return who took part, and what the outcome hangs on directly."""
    return Label(
        f"{used} of {rows} cases, those with every rating; the outcome hangs directly on: {causes.en}",
        f"{rows} 个个案中的 {used} 个，仅含评分齐全者；结果直接取决于：{causes.zh}",
    )


def draw_note(draws: int, failed: int, confidence: float) -> Label:
    """Return how intervals of effects and losses were made."""
    lost = f"; {failed} without a solution left out" if failed else ""
    fehl = f"，其中 {failed} 次无解而剔除" if failed else ""
    return Label(
        f"effects and losses: {confidence:.0%} percentile intervals from {draws} bootstrap resamples of cases{lost}",
        f"effect 与 loss：对个案自助重抽样 {draws} 次的 {confidence:.0%} 百分位区间{fehl}",
    )
