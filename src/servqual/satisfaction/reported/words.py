"""Titles and notes of scores that people report, in English and Chinese."""

from __future__ import annotations

from servqual.labels import Label
from servqual.satisfaction.reported.intake import ALL, NO_GROUP
from servqual.statistics import WeightKind

NOBODY = "nobody answered"

NPS_TITLE = Label("Net promoter score", "净推荐值（NPS）")
CSAT_TITLE = Label("Customer satisfaction score", "客户满意度得分（CSAT）")
CES_TITLE = Label("Customer effort score", "客户费力度得分（CES）")

INTERVALS = {
    "wald": Label("Wald", "Wald 区间"),
    "adjusted_wald": Label(
        "adjusted Wald, three respondents added (Rocks 2016)", "调整的 Wald 区间（增加三人，Rocks 2016）"
    ),
    "bootstrap": Label("bootstrap, percentile", "自助法百分位区间"),
    "wilson": Label("Wilson", "Wilson 区间"),
    "student": Label("Student's t", "t 区间"),
}


def group_label(group: str) -> Label:
    """Return what a group is called."""
    return {ALL: Label("all", "全体"), NO_GROUP: Label("no group", "未分组")}.get(group, Label(group))


def interval_note(interval: str, confidence: float) -> Label:
    """Return how intervals were made."""
    name = INTERVALS[interval]
    return Label(
        f"low and high: {confidence:.0%} interval, {name.en}", f"low 与 high：{confidence:.0%} 区间，{name.zh}"
    )


def weight_notes(kind: WeightKind | None, *, clustered: bool) -> list[Label]:
    """Return what weights and clusters did to errors."""
    notes = []
    if kind is WeightKind.SAMPLING:
        notes.append(Label("sampling weights: errors are linearised", "抽样权重：标准误经线性化"))
    if kind is WeightKind.FREQUENCY:
        notes.append(Label("weights are frequencies", "权重为频数"))
    if clustered:
        notes.append(Label("errors allow for clusters", "标准误考虑了群内相关"))
    return notes
