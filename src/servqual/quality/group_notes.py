"""What a reader of compared groups must know: which test, which respondents, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from servqual.labels import Label
from servqual.quality import gap_estimates as gaps
from servqual.quality.gap_words import FREQUENCIES, absences, adjustment_label, rule_note
from servqual.quality.group_estimates import Groups
from servqual.quality.group_results import SHOWN, GroupTest, PairTest
from servqual.scoring import ScoringModel, Summary
from servqual.statistics import Adjustment, Inapplicable, WeightKind
from servqual.statistics.reasoned import Reasoned

_SILENT = (gaps.NO_CLUSTERS,)


@frozen
class Ask:
    """What was asked of a comparison, who takes no part in it (group → respondents), and what `min_group` left out."""

    model: ScoringModel
    by: str
    confidence: float
    adjust: Adjustment
    successive: bool
    without: Mapping[Any, int] = field(factory=dict, eq=False)
    suppressed: Label | None = None

    @property
    def level(self) -> float:
        """The level of verdicts: ``1 − confidence``, without the rounding error of subtracting."""
        return round(1 - self.confidence, 12)


def notes_of_all(summary: Summary, groups: Groups, tests: Sequence[GroupTest], ask: Ask) -> list[Label]:
    """Return notes of the tests of all groups at once."""
    how = Label("Welch's analysis of variance", "韦尔奇方差分析")
    if groups.scatter is not None:
        how = Label("Hotelling's T² on cluster-robust errors", "基于聚类稳健误差的霍特林 T² 检验")
    method = adjustment_label(Adjustment(ask.adjust))
    first = Label(
        f"f: {how.en}; p adjusted over items, and over dimensions with the overall score; "
        f"verdicts by {method.en} at {ask.level:g}",
        f"f：{how.zh}；p 值分别在题项间、各维度与总体得分间调整；结论按{method.zh}，水平 {ask.level:g}",
    )
    shares = Label(
        "eta_squared, omega_squared: share of the variance between groups, as found and nearly unbiased",
        "eta_squared、omega_squared：组间方差所占比例，样本值与近似无偏值",
    )
    return [first, shares, *_respondents(summary, groups, ask), *_absences(tests, "tests")]


def notes_of_pairs(summary: Summary, groups: Groups, pairs: Sequence[PairTest], ask: Ask) -> list[Label]:
    """Return notes of the tests of pairs."""
    how = (
        Label("Welch's t", "韦尔奇 t 检验") if groups.scatter is None else Label("cluster-robust t", "聚类稳健 t 检验")
    )
    method = adjustment_label(Adjustment(ask.adjust))
    share = f"{ask.confidence:.0%}"
    first = Label(
        f"difference: group minus versus; {share} intervals; {how.en}, two-sided; "
        f"p adjusted over the pairs of a score; verdicts by {method.en} at {ask.level:g}",
        f"difference：组减对照组（group − versus）；{share} 置信区间；{how.zh}，双侧；p 值在同一得分的各对间调整；"
        f"结论按{method.zh}，水平 {ask.level:g}",
    )
    return [first, *_respondents(summary, groups, ask), *_absences(pairs, "pairs")]


def _respondents(summary: Summary, groups: Groups, ask: Ask) -> Iterator[Label]:
    yield rule_note(summary.rules.min_answered)
    if summary.weight_kind is WeightKind.SAMPLING:
        yield Label("sampling weights: linearised errors, weighted effect sizes", "抽样权重：线性化标准误，加权效应量")
    if summary.weight_kind is WeightKind.FREQUENCY:
        yield FREQUENCIES
    if groups.scatter is not None:
        count = int(groups.scatter.total.max())
        which = "1 cluster" if count == 1 else f"{count} clusters, which may be in several groups"
        yield Label(
            f"respondents in {which}: errors are cluster-robust",
            f"受访者分属 {count} 个聚类，同一聚类可属多组：采用聚类稳健误差",
        )
    if not groups.parts[0].paired:
        yield Label("levels from different people: n counts all of them", "两个水平来自不同的人：n 为全部人数")
    for label, rows in ask.without.items():
        name = Label(f"group {label!s}", f"组 {label!s}") if label is not None else Label("no group", "无组别")
        yield Label(f"left out, {name.en}: {rows} respondents", f"未纳入，{name.zh}：{rows} 名受访者")
    if ask.suppressed is not None:
        yield ask.suppressed


def _absences(made: Sequence[Any], what: str) -> Iterator[Label]:
    keys = [_name(row) for row in made]
    columns = {name: _column(made, name) for name in SHOWN[what] if not isinstance(getattr(made[0], name), str)}
    return absences(columns, keys, _SILENT)


def _name(row: Any) -> str:
    return f"{row.key}, {row.group} − {row.versus}" if isinstance(row, PairTest) else str(row.key)


def _column(made: Sequence[Any], name: str) -> Reasoned:
    reasons = [
        value.reason if isinstance(value, Inapplicable) else "" for value in (getattr(row, name) for row in made)
    ]
    return Reasoned([float("nan")] * len(made), reasons)
