"""What a reader of aggregated answers must know, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from servqual.chain.aggregation import FIRST, SHOWN, PeopleCount
from servqual.chain.evidence import Evidence, NullEvidence
from servqual.chain.evidence_reading import ENDS, NO_PEOPLE
from servqual.chain.people import Wanted
from servqual.chain.service_profit import BRAND_LABELS, DRIVER_LABELS, SERVICE_PROFIT_LABELS
from servqual.chain.unit_agreement import NO_SCALE, NO_STEPS, NO_UNITS
from servqual.labels import Label
from servqual.statistics import Inapplicable
from servqual.statistics.agreement_nulls import TABLED, Null

_KNOWN = {**BRAND_LABELS, **DRIVER_LABELS, **SERVICE_PROFIT_LABELS}
_REASONS = {
    NO_SCALE.reason: "未给出量表范围，无从得知“无一致性”时的方差",
    NO_STEPS.reason: "回答不是整数等级，而该零分布只有整数等级的表值",
    NO_UNITS.reason: "没有单位在每个题项上有两个回答",
    NO_PEOPLE.reason: "没有单位有均值",
    ENDS.reason: "均值位于或过于接近量表端点",
    "nothing varies within groups": "组内没有变异",
    "all groups have the same mean": "所有组均值相同",
    "nothing varies, between groups or within them": "组间与组内均无变异",
}

THUMB = Label(
    "Rules of thumb, told and not imposed: rwg and awg .70 or more (LeBreton & Senter 2008; Brown & Hauenstein 2005), "
    "ICC(2) .70 or more and an F test with p < .05 (Bliese 2000), an average deviation of at most a sixth of the "
    "options (Burke & Dunlap 2002).",
    "经验界限，仅供参考而不强制：rwg、awg ≥ .70（LeBreton & Senter 2008；Brown & Hauenstein 2005），"
    "ICC(2) ≥ .70 且 F 检验 p < .05（Bliese 2000），平均离差不超过选项数的六分之一（Burke & Dunlap 2002）。",
)

ICC_THUMB = Label(
    "Rules of thumb, told and not imposed: ICC(2) .70 or more and an F test with p < .05 (Bliese 2000).",
    "经验界限，仅供参考而不强制：ICC(2) ≥ .70 且 F 检验 p < .05（Bliese 2000）。",
)
RWG_THUMB = Label(
    "Rule of thumb, told and not imposed: rwg .70 or more (LeBreton & Senter 2008).",
    "经验界限，仅供参考而不强制：rwg ≥ .70（LeBreton & Senter 2008）。",
)
BRIEF_ICC = Label(
    "icc1: ICC(1) at the mean group size; icc2_harmonic: ICC(2) at the harmonic mean of group sizes, which is what "
    "reliability() returns for fit(…, reliability=…).",
    "icc1：按平均组规模的 ICC(1)；icc2_harmonic：按组规模调和平均的 ICC(2)，"
    "即 reliability() 返回、供 fit(…, reliability=…) 使用的信度。",
)


def construct_label(name: str) -> Label:
    """Return the name of a construct in words, in both languages where it is a construct of the literature."""
    return _KNOWN.get(name) or Label(name.replace("_", " ").strip() or name)


def title_of(wanted: Wanted, what: str) -> Label:
    """Return the title of a table."""
    by = wanted.by if wanted.period is None else f"{wanted.by}, {wanted.period}"
    if what == "nulls":
        return Label(f"Agreement of {wanted.source} by {by}, under each null", f"各零分布下的组内一致性（{by}）")
    return Label(f"Evidence for means of {wanted.source} by {by}", f"按 {by} 聚合的依据（{wanted.source}）")


def notes_of(rows: Sequence[Evidence], people: PeopleCount, wanted: Wanted) -> list[Label]:
    """Return the notes of the evidence."""
    columns = {name: [getattr(row, name) for row in rows] for name in SHOWN}
    names = [row.construct for row in rows]
    return [
        _unit_note(wanted), _correlation_note(wanted), *_agreement_notes(rows, wanted), THUMB,
        *_people_notes(people, wanted), *_construct_notes(rows, wanted), *_absences(columns, names),
    ]  # fmt: skip


def brief_notes(rows: Sequence[Evidence], people: PeopleCount, wanted: Wanted) -> tuple[Label, ...]:
    """Return the notes of the evidence that are about the columns shown first."""
    columns = {name: [getattr(row, name) for row in rows] for name in FIRST}
    correlations = [] if _nowhere(columns["icc1"]) else [BRIEF_ICC, ICC_THUMB]
    agreement = [] if _nowhere(columns["rwg_median"]) else [_rwg_note(wanted), *_stepless(rows), RWG_THUMB]
    left = (*_people_notes(people, wanted), *_construct_notes(rows, wanted))
    absences = _absences(columns, [row.construct for row in rows])
    return (_unit_note(wanted), *correlations, *agreement, *left, *absences)


def _nowhere(values: Sequence[Any]) -> bool:
    return all(isinstance(value, Inapplicable) for value in values)


def _rwg_note(wanted: Wanted) -> Label:
    null = Null(wanted.null).label
    return Label(
        "rwg_median, rwg_share: median over units, and share of units at .70 or above; rwg(j) where a construct has "
        f"several items; null: {null.en}.",
        f"rwg_median、rwg_share：各单位的中位数，以及达到 .70 的单位比例；多题项构念为 rwg(j)；零分布：{null.zh}。",
    )


def null_notes(nulls: Sequence[NullEvidence], people: PeopleCount, wanted: Wanted) -> list[Label]:
    """Return the notes of agreement under all nulls."""
    columns = {name: [getattr(row, name) for row in nulls] for name in ("variance", "mean", "median", "share", "zero")}
    notes = [
        THUMB,
        *_people_notes(people, wanted),
        *_absences(columns, [f"{row.construct}, {row.null}" for row in nulls]),
    ]
    if any(row.source == TABLED for row in nulls):
        notes.insert(
            0, Label("tabled: a number from the literature, without a formula", "tabled：取自文献的表值，并无公式")
        )
    return notes


def _unit_note(wanted: Wanted) -> Label:
    if wanted.period is None:
        return Label(f"Units: {wanted.by}.", f"单位：{wanted.by}。")
    return Label(
        f"A unit is here one {wanted.by} in one {wanted.period}: ICC(2) is the reliability of such a mean.",
        f"此处的单位为某一 {wanted.period} 中的某一 {wanted.by}：ICC(2) 为该均值的信度。",
    )


def _correlation_note(wanted: Wanted) -> Label:
    share = f"{wanted.confidence:.0%}"
    return Label(
        f"icc1, icc2: with the mean group size; _harmonic: ICC(1) with n₀, ICC(2) with the harmonic mean; {share} "
        "intervals from F, exact for normal answers in units of equal size.",
        f"icc1、icc2：按平均组规模；_harmonic：ICC(1) 按 n₀，ICC(2) 按调和平均；{share} 区间由 F 得出，"
        "在正态回答且各单位规模相等时精确。",
    )


def _agreement_notes(rows: Sequence[Evidence], wanted: Wanted) -> Iterator[Label]:
    yield Label(
        "ad_mean, ad_median: average deviation of answers from the item's mean and from its median, over items and "
        "units; _share: units at .70 or above, of ad_mean at a sixth of the options or below.",
        "ad_mean、ad_median：回答与题项均值、中位数的平均离差（对题项与单位取均值）；"
        "_share：达到 .70 的单位比例，ad_mean 为不超过选项数六分之一的比例。",
    )
    scaled = [row for row in rows if not isinstance(row.null_variance, Inapplicable)]
    if scaled:
        null = Null(wanted.null).label
        yield Label(
            f"rwg: rwg(j) where a construct has several items; null: {null.en}; rwg_skew: null of slight skew; "
            "r_star: Lindell's r*wg(j).",
            f"rwg：多题项构念为 rwg(j)；零分布：{null.zh}；rwg_skew：零分布为轻度偏态；r_star：Lindell 的 r*wg(j)。",
        )
    yield from _stepless(rows)


def _stepless(rows: Sequence[Evidence]) -> Iterator[Label]:
    scaled = [row for row in rows if not isinstance(row.null_variance, Inapplicable)]
    stepless = ", ".join(row.construct for row in scaled if isinstance(row.options, Inapplicable))
    if stepless:
        yield Label(
            f"Answers without whole steps ({stepless}): the variance of the uniform null is (high − low)² / 12.",
            f"非整数等级的回答（{stepless}）：均匀零分布的方差为（高 − 低）² / 12。",
        )


def _people_notes(people: PeopleCount, wanted: Wanted) -> Iterator[Label]:
    left = {
        Label(f"no {wanted.by}", f"缺少 {wanted.by}"): people.without_unit,
        Label(f"no {wanted.period}", f"缺少 {wanted.period}"): people.without_period,
        Label("weight zero", "权重为零"): people.without_weight,
    }
    for why, count in left.items():
        if count:
            yield Label(
                f"Left out, {why.en}: {count} of {people.given} rows.",
                f"未纳入，{why.zh}：{people.given} 行中的 {count} 行。",
            )
    if wanted.weights is not None:
        yield Label(
            f"Means are weighted by {wanted.weights}; ICCs, agreement and n count respondents alike.",
            f"均值按 {wanted.weights} 加权；ICC、一致性与 n 对各受访者同等计数。",
        )


def _construct_notes(rows: Sequence[Evidence], wanted: Wanted) -> Iterator[Label]:
    partial = ", ".join(f"{row.construct} {row.partial}" for row in rows if row.partial)
    if partial:
        yield Label(
            f"People who answered less than {wanted.min_answered:.0%} of the items do not count: {partial}.",
            f"回答题项不足 {wanted.min_answered:.0%} 的受访者不计入：{partial}。",
        )
    gaps = ", ".join(f"{row.construct} {row.unanswered}" for row in rows if row.unanswered)
    if gaps:
        yield Label(
            f"Answers missing among those who count, each item taking the people who answered it: {gaps}.",
            f"计入者中缺失的回答（各题项取已作答者）：{gaps}。",
        )
    small = ", ".join(f"{row.construct} {row.small_units}" for row in rows if row.small_units)
    if small:
        yield Label(
            f"Units with fewer than {wanted.min_respondents} respondents, their means set missing: {small}.",
            f"受访者少于 {wanted.min_respondents} 人的单位，均值设为缺失：{small}。",
        )


def _absences(columns: dict[str, list[Any]], names: Sequence[str]) -> Iterator[Label]:
    """Yield a note for each reason for which numbers are not there: which ones, and of what where not of all."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for column, values in columns.items():
        reasons = [value.reason if isinstance(value, Inapplicable) else "" for value in values]
        for why in dict.fromkeys(reason for reason in reasons if reason):
            where = tuple(name for name, reason in zip(names, reasons, strict=True) if reason == why)
            found.setdefault((why, where), []).append(column)
    for (why, where), missing in found.items():
        listed = ", ".join(missing)
        of = "" if len(where) == len(names) else f" ({', '.join(where)})"
        yield Label(f"Not applicable, {listed}{of}: {why}.", f"不适用，{listed}{of}：{_reason_in_chinese(why)}。")


def _reason_in_chinese(why: str) -> str:
    if why in _REASONS:
        return _REASONS[why]
    head, _, options = why.rpartition(", not for ")
    if head:
        return f"该零分布只有 5 与 7 个选项的表值，没有 {options} 个选项的"
    return "至少需要两个组" if why.startswith("at least 2 groups") else "没有一组有两名成员"
