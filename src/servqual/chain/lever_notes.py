"""What a reader of levers must know, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servqual.chain.fitted import Fit
from servqual.chain.lever_results import Lever, LeverVerdict, Measure
from servqual.labels import Label
from servqual.statistics import Inapplicable

# Below this share of draws the first lever is not told from the others.
_SURE = 0.8

_BY = {
    Measure.POINT: Label("what a point more brings", "每提高一分的作用"),
    Measure.SD: Label("what a standard deviation more brings", "每提高一个标准差的作用"),
    Measure.MONEY: Label("what a unit of money brings", "每单位货币的作用"),
}


def lever_title(fit: Fit, target: str, goal: str) -> Label:
    """Return what the table is about."""
    label = fit.chain.label(target)
    verb, chinese = ("raises", "提高") if goal == "raise" else ("lowers", "降低")
    return Label(f"What {verb} {label.en}", f"如何{chinese}{label.text('zh')}")


def lever_notes(
    fit: Fit, target: str, rows: Sequence[Lever], *, by: Measure, draws: int, confidence: float, horizon: int
) -> Iterator[Label]:
    """Yield how the numbers were made, and what to beware of."""
    level = f"{100 * confidence:g} %"
    yield Label(f"ranked by {_BY[by].en}, in units of {target}", f"排序依据：{_BY[by].zh}，单位同 {target}")
    yield Label(
        f"total effects at the means; intervals of {level} and shares of being best from {draws} joint draws",
        f"均值处的总效应；{level} 区间与成为最佳的比例来自 {draws} 次联合抽样",
    )
    if fit.chain.max_lag:
        yield Label(f"effects up to period {horizon} are counted", f"计入至第 {horizon} 期的作用")
    yield from _beware(rows)


def _beware(rows: Sequence[Lever]) -> Iterator[Label]:
    first = rows[0]
    if not isinstance(first.best, Inapplicable) and len(rows) > 1 and first.best < _SURE:
        yield Label(
            f"the first lever is the best in {first.best:.0%} of the draws only: the data hardly tell them apart",
            f"排名第一者仅在 {first.best:.0%} 的抽样中最佳：数据难以区分各杠杆",
        )
    tied = ", ".join(row.construct for row in rows if row.tied)
    if tied:
        yield Label(f"equal levers share a rank: {tied}", f"作用相等者并列：{tied}")
    harmful = ", ".join(row.construct for row in rows if row.verdict is LeverVerdict.HARMS)
    if harmful:
        yield Label(f"more of it does harm; less of it would help: {harmful}", f"增加有害，减少有利：{harmful}")
    unpriced = ", ".join(row.construct for row in rows if row.rank is None)
    if unpriced:
        yield Label(f"not ranked, for lack of the measure: {unpriced}", f"缺少该度量，未排序：{unpriced}")
    if not any(row.verdict is LeverVerdict.HELPS for row in rows):
        yield Label("no lever is shown to help", "没有杠杆显示有利作用")
