"""What a reader of gap tests must know: how they were made, and what is not there for which reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from servqual.labels import Label
from servqual.quality import gap_estimates as gaps
from servqual.quality.bilingual import Row
from servqual.quality.gap_estimates import Columns, Sums
from servqual.quality.gap_results import SHOWN
from servqual.quality.gap_words import FREQUENCIES, METHODS, absences, adjustment_label, rule_note
from servqual.scoring import ScoringModel, Summary
from servqual.scoring.protocol import coefficients_of
from servqual.statistics import Adjustment, WeightKind

# What goes without saying: it was not asked for, or belongs to the other design.
_SILENT = (gaps.SAME_PEOPLE, gaps.OTHER_PEOPLE, gaps.NO_CLUSTERS, gaps.NO_MARGIN)


@frozen
class Ask:
    """What was asked of gap tests."""

    model: ScoringModel
    confidence: float
    adjust: Adjustment
    margin: float | tuple[float, float] | None

    @property
    def level(self) -> float:
        """The level of verdicts: ``1 − confidence``, without the rounding error of subtracting."""
        return round(1 - self.confidence, 12)


def notes_of(summary: Summary, sums: Sums, columns: Columns, rows: Sequence[Row], ask: Ask) -> tuple[Label, ...]:
    """Return all notes, in English and Chinese."""
    keys = [row.key for row in rows]
    made = [_difference(ask, sums), _families(rows, ask), *design_notes(summary, sums)]
    if columns["rank_p"].values.size and any(columns["rank_p"].reason == ""):
        made.append(_ranks(sums))
    shown = {name: columns[name] for name in SHOWN if name in columns}
    return (*made, *_equivalence(ask), *absences(shown, keys, _SILENT))


def _difference(ask: Ask, sums: Sums) -> Label:
    levels = [level for level, factor in (coefficients_of(ask.model) or {}).items() if factor < 0]
    share, how = f"{ask.confidence:.0%}", METHODS[sums.method]
    if not levels:
        return Label(
            f"difference: mean score, below zero a shortfall; {share} intervals; {how.en}, two-sided",
            f"difference：平均得分，负值为不足；{share} 置信区间；{how.zh}，双侧",
        )
    names = levels[0].label
    return Label(
        f"difference: perceived minus standard ({names.en}), below zero a shortfall; "
        f"{share} intervals; {how.en}, two-sided",
        f"difference：感知减去标准（{names.zh}），负值为不足；{share} 置信区间；{how.zh}，双侧",
    )


def _families(rows: Sequence[Row], ask: Ask) -> Label:
    items = sum(row.about == "item" for row in rows)
    scores, method = len(rows) - items, adjustment_label(Adjustment(ask.adjust))
    first = f"{items} items; " if items else ""
    erst = f"{items} 个题项；" if items else ""
    return Label(
        f"p adjusted within families: {first}{scores} dimension and overall scores; "
        f"verdicts by {method.en} at {ask.level:g}",
        f"p 值按族调整：{erst}{scores} 个维度与总体得分；结论按{method.zh}，水平 {ask.level:g}",
    )


def design_notes(summary: Summary, sums: Sums) -> Iterator[Label]:
    """Yield what is to be known of respondents: missing answers, weights, clusters, who answered which level."""
    yield rule_note(summary.rules.min_answered)
    first = sums.gap.terms[0]
    if summary.weight_kind is WeightKind.SAMPLING:
        worth = " / ".join(f"{term.moments.effective_n[-2]:.0f}" for term in sums.gap.terms)
        yield Label(
            f"sampling weights: linearised errors, weighted effect sizes; Kish's n of the overall score {worth}",
            f"抽样权重：线性化标准误，加权效应量；总体得分的基什有效样本量 {worth}",
        )
    if summary.weight_kind is WeightKind.FREQUENCY:
        yield FREQUENCIES
    if first.clusters is not None:
        count = first.clusters.count[:-1]
        groups = f"{count.min()}" if count.min() == count.max() else f"{count.min()}–{count.max()}"
        noun = "cluster" if count.max() == 1 else "clusters"
        yield Label(
            f"respondents in {groups} {noun}: errors are cluster-robust, variances grow by design_effect",
            f"受访者分属 {groups} 个聚类：采用聚类稳健误差，design_effect为方差增大的倍数",
        )
    if not sums.gap.paired:
        yield Label(
            "levels from different people: n perceived, n_standard stated the standard",
            "两个水平来自不同的人：n为给出感知者的人数，n_standard为给出标准者的人数",
        )


def _ranks(sums: Sums) -> Label:
    if sums.gap.paired:
        return Label("rank_p: Wilcoxon's signed-rank test, zeros dropped", "rank_p：威尔科克森符号秩检验，剔除零差值")
    return Label("rank_p: rank-sum test (Mann-Whitney)", "rank_p：秩和检验（曼-惠特尼）")


def _equivalence(ask: Ask) -> Iterator[Label]:
    if ask.margin is not None:
        low, high = ask.margin if isinstance(ask.margin, tuple | list) else (-ask.margin, ask.margin)
        yield Label(
            f"equivalence_p: two one-sided tests that the gap lies between {low:g} and {high:g}, not adjusted",
            f"equivalence_p：差距位于 {low:g} 与 {high:g} 之间的双单侧检验，未调整",
        )
