"""What columns of tables are called on a page, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from servqual.labels import Label, Language

COLUMNS: Mapping[str, Label] = {
    "label": Label("Dimension", "维度"),
    "item_label": Label("Item", "题项"),
    "level": Label("Level", "层次"),
    "n": Label("n", "人数"),
    "n_standard": Label("n of the standard", "标准人数"),
    "missing": Label("Missing", "缺失"),
    "mean": Label("Mean", "均值"),
    "sd": Label("SD", "标准差"),
    "interval": Label("Interval", "置信区间"),
    "perceived": Label("Perceived", "感知"),
    "standard": Label("Standard", "标准"),
    "difference": Label("Gap", "差距"),
    "p": Label("p", "p值"),
    "p_holm": Label("p (Holm)", "p值（霍尔姆）"),
    "p_adjusted": Label("p, adjusted", "调整后p值"),
    "dz": Label("dz", "dz"),
    "g": Label("g", "g"),
    "verdict": Label("Verdict", "结论"),
    "adequate": Label("Adequate", "适当"),
    "desired": Label("Desired", "渴望"),
    "perception": Label("Perceived", "感知"),
    "msa": Label("Above adequate (MSA)", "感知−适当（MSA）"),
    "mss": Label("Above desired (MSS)", "感知−渴望（MSS）"),
    "width": Label("Width", "宽度"),
    "position": Label("Position", "位置"),
    "standing": Label("Standing", "所处区域"),
    "below": Label("Answers below", "低于区域"),
    "within": Label("Within", "区域内"),
    "above": Label("Above", "高于区域"),
    "crossed": Label("Crossed", "交叉"),
    "incomplete": Label("Incomplete", "不完整"),
    "items": Label("Items", "题项数"),
    "alpha": Label("alpha", "alpha"),
    "omega": Label("omega", "omega"),
    "johns": Label("Of the difference", "差分信度"),
    "ave": Label("AVE", "AVE"),
    "composite_reliability": Label("Composite reliability", "组合信度"),
    "greatest_correlation": Label("Greatest correlation", "最大相关"),
    "correlation_with": Label("with", "相关对象"),
    "margin": Label("Margin", "余量（margin）"),
    "greatest_htmt": Label("Greatest HTMT", "最大HTMT"),
    "htmt_with": Label("with", "HTMT对象"),
    "rule": Label("Flag", "标记"),
    "respondents": Label("Respondents", "受访者"),
    "share": Label("Share", "比例"),
    "groups": Label("Groups", "组数"),
    "lowest": Label("Lowest", "最低"),
    "highest": Label("Highest", "最高"),
    "f": Label("F", "F"),
    "omega_squared": Label("omega²", "omega²"),
    "eta_squared": Label("eta²", "eta²"),
    "design_effect": Label("the design effect", "设计效应"),
    "group": Label("Group", "组"),
    "versus": Label("Versus", "对照组"),
    "pair_difference": Label("Difference", "差异"),
    "correlation": Label("r of the mean", "均值的相关"),
}


def heading_of(name: str, language: Language) -> str:
    """Return what a column is called; one that is not known keeps its name, in words."""
    found = COLUMNS.get(name)
    return name.replace("_", " ") if found is None else found.text(language)
