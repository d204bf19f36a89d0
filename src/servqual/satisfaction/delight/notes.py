"""What a reader of a Kano reading must know: how it was made, and how far it can be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from servqual.labels import Label
from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.rows import KanoFeature, SegmentDifference
from servqual.satisfaction.delight.rules import Leader
from servqual.satisfaction.drawing import NOT_DRAWN_NOTE
from servqual.statistics import Adjustment, Inapplicable, WeightKind

_SHOWN = 4
ADJUSTMENTS = {
    Adjustment.HOLM: "Holm",
    Adjustment.HOCHBERG: "Hochberg",
    Adjustment.BONFERRONI: "Bonferroni",
    Adjustment.BH: "Benjamini–Hochberg",
    Adjustment.BY: "Benjamini–Yekutieli",
}


def feature_notes(ask: KanoAsk, kind: WeightKind | None, rows: Sequence[KanoFeature]) -> dict[str, Label]:
    """Return topic → note on features, in English and Chinese; a view shows those that belong to it."""
    told = {
        "table": _table(ask), "tied": _tied(rows), "leading": _leading(ask), "matters": _matters(ask),
        "fong": _fong(ask), "coefficients": _coefficients(ask), "shares": _shares(ask), "resamples": _resamples(ask),
        "means": _means(ask), "weights": _weighed(kind), "missing": _missing(rows),
    }  # fmt: skip
    return {topic: note for topic, note in told.items() if note is not None}


def _table(ask: KanoAsk) -> Label:
    table = Label("categories as counted", "类别按原始计数") if ask.table is None else ask.table.label
    return Label(
        f"{table.en}; of equally frequent categories the mode is the first of M > O > A > I > R > Q",
        f"{table.zh}；频数相同时众数按 M > O > A > I > R > Q 取先者",
    )


def _tied(rows: Sequence[KanoFeature]) -> Label | None:
    tied = [row.feature for row in rows if row.segment is None and len(row.tied) > 1]
    named = _named(tied)
    return Label(f"equally frequent in: {named}", f"最大类别并列的特性：{named}") if tied else None


def _leading(ask: KanoAsk) -> Label:
    if ask.rules.leader is Leader.FONG:
        return Label(
            "leading: several where Fong's test does not tell them from the largest",
            "leading：Fong 检验无法与最大类别区分时为组合类别",
        )
    cut = ask.rules.strength
    return Label(
        f"leading: several where the largest share is less than {cut:.3g} ahead of the second (category strength)",
        f"leading：最大比例领先第二（类别强度）不足 {cut:.3g} 时为组合类别",
    )


def _matters(ask: KanoAsk) -> Label:
    cut = ask.rules.total
    return Label(
        f"matters: A, O and M together (total strength) are {cut:.3g} or more",
        f"matters：A、O、M 合计（总强度）达到 {cut:.3g}",
    )


def _fong(ask: KanoAsk) -> Label:
    return Label(
        f"clear: the two largest counts differ by {ask.rules.fong:g} standard errors or more (Fong's test); they were "
        "picked by the same answers, so that it is passed too easily",
        f"clear：两个最大频数相差至少 {ask.rules.fong:g} 个标准误（Fong 检验）；二者由同一数据选出，故容易通过",
    )


def _coefficients(ask: KanoAsk) -> Label:
    share = f"{ask.confidence:.0%}"
    return Label(
        f"better and worse leave out R and Q; {share} intervals: low and high by the delta method, which may end "
        "beyond the possible (score, in to_frame, by Wilson), boot by percentiles",
        f"better 与 worse 不含 R 和 Q；{share} 置信区间：low、high 为 delta 法（可能超出取值范围），"
        "score（见 to_frame）为 Wilson 法，boot 为百分位数法",
    )


def _shares(ask: KanoAsk) -> Label:
    return Label(f"{ask.confidence:.0%} intervals by Wilson", f"{ask.confidence:.0%} 置信区间：Wilson 法")


def _resamples(ask: KanoAsk) -> Label | None:
    if ask.seed is None:
        return NOT_DRAWN_NOTE
    return Label(
        f"{ask.draws:,} resamples; stability: share of them with the same mode",
        f"{ask.draws:,} 次重抽样；stability：众数不变的比例",
    )


def _means(ask: KanoAsk) -> Label:
    share = f"{ask.confidence:.0%}"
    return Label(f"means with {share} intervals by Student's t", f"均值及 {share} 置信区间（t 分布）")


def _weighed(kind: WeightKind | None) -> Label | None:
    if kind is WeightKind.SAMPLING:
        return Label(
            "sampling weights: shares and all that follows are weighted, tests and score intervals on Kish's effective "
            "number, counts are not weighted",
            "抽样权重：比例及其后各项均加权，检验与得分区间用 Kish 有效样本量，计数不加权",
        )
    if kind is WeightKind.FREQUENCY:
        return Label("frequencies count as repeated respondents", "频数权重等同于重复的受访者")
    return None


def _missing(rows: Sequence[KanoFeature]) -> Label | None:
    lost = {row.feature: float(row.missing) for row in rows if row.segment is None and float(row.missing)}
    if not lost:
        return None
    least, most, many = min(lost.values()), max(lost.values()), len(lost)
    span = f"{least:g}" if least == most else f"{least:g} to {most:g}"
    of = f"{many} features" if many > 1 else next(iter(lost))
    return Label(
        f"respondents left out for want of one answer or both: {span}, of {of}",
        f"因缺少一个或两个回答而未计入的人数：{span.replace(' to ', ' 至 ')}（{of.replace(' features', ' 个特性')}）",
    )


def difference_notes(
    ask: KanoAsk, segments: Sequence[Any], unnamed: int, rows: Sequence[SegmentDifference]
) -> Iterator[Label]:
    """Yield the notes on differences between segments."""
    method, named = ADJUSTMENTS[ask.adjust], _named([str(each) for each in segments])
    yield Label(
        f"segments by {ask.by}: {named}; p adjusted over {len(rows)} features by {method}, level {ask.level:g}",
        f"按 {ask.by} 分组：{named}；p 值在 {len(rows)} 个特性间按 {method} 调整，水平 {ask.level:g}",
    )
    simulated = not all(isinstance(row.p_simulated, Inapplicable) for row in rows)
    if simulated:
        yield Label(
            f"p_simulated: {ask.draws:,} tables with the same margins drawn at random; p_adjusted is of these",
            f"p_simulated：在相同边际下随机生成 {ask.draws:,} 张表；p_adjusted 由其调整而得",
        )
        yield from _too_few_tables(ask, len(rows))
    rough = [row.feature for row in rows if row.rough]
    if rough:
        then = "go by p_simulated" if simulated else "join segments, or pass rng= for a simulated p"
        zh = "请看 p_simulated" if simulated else "请合并分组，或传入 rng= 以得到模拟 p 值"
        yield Label(
            f"p is rough where expected counts are small (one below 1, or more than a fifth below 5): {_named(rough)}; "
            f"{then}",
            f"期望频数偏小（有小于 1 者，或超过五分之一小于 5）时 p 值粗略：{_named(rough)}；{zh}",
        )
    if unnamed:
        yield Label(
            f"respondents without a segment take no part: {unnamed}", f"没有分组标签的受访者未参与比较：{unnamed} 人"
        )


def _too_few_tables(ask: KanoAsk, features: int) -> Iterator[Label]:
    """Yield that no difference can be told, where p is multiplied by more than there are tables for."""
    least = features / (ask.draws + 1)
    if ask.adjust in {Adjustment.HOLM, Adjustment.BONFERRONI} and least > ask.level:
        enough = math.ceil(features / ask.level)
        yield Label(
            f"so few tables keep every p_adjusted at {min(least, 1.0):.3f} or above: pass draws={enough} or more",
            f"抽取的表太少，p_adjusted 不会低于 {min(least, 1.0):.3f}：请传入 draws={enough} 或更多",
        )


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f", … ({len(names)} in all)" if len(names) > _SHOWN else "")
