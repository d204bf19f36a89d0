"""What a page says besides what its readings say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from servqual.labels import Label, Language

REPORT = Label("Service quality report", "服务质量报告")
CONTENTS = Label("Contents", "目录")
TRUST = Label("Can these numbers be trusted?", "这些数字可信吗？")

HEADINGS: Mapping[str, Label] = {
    "answered": Label("Who answered", "谁回答了"),
    "scored": Label("What they scored", "得分如何"),
    "gaps": Label("Gaps and their tests", "差距及其检验"),
    "zones": Label("Zones of tolerance", "容忍区域"),
    "reliability": Label("Reliability and validity", "信度与效度"),
    "critic": Label("What the critic found", "评审意见"),
    "groups": Label("By group", "分组比较"),
}

MODELS: Mapping[str, Label] = {
    "Difference": Label("gap, perceived minus expected; below zero is a shortfall", "差距，感知减去期望；负值为不足"),
    "PerformanceOnly": Label("perceptions alone, on the scale of the answers", "仅用感知，按回答量表计"),
    "Superiority": Label("gap, perceived minus desired; below zero is a shortfall", "差距，感知减去渴望；负值为不足"),
    "Adequacy": Label("gap, perceived minus adequate; below zero is a shortfall", "差距，感知减去适当；负值为不足"),
    "Disconfirmation": Label("stated directly; below zero is worse than expected", "直接比较；负值为不如期望"),
}

SAY: Mapping[str, Label] = {
    "respondents": Label("Respondents", "受访者"),
    "instrument": Label("Instrument", "问卷"),
    "scores": Label("Scores", "得分"),
    "meaning": Label("{name} ({meaning})", "{name}（{meaning}）"),
    "size": Label(
        "{label}: {items} items in {dimensions} dimensions, answers from {low:g} to {high:g}",
        "{label}：{items}个题项，{dimensions}个维度，回答范围{low:g}至{high:g}",
    ),
    "missing": Label("Answers missing ({level})", "缺失的回答（{level}）"),
    "missing of": Label("{absent} of {asked} ({share:.1%})", "{asked}个中缺{absent}个（{share:.1%}）"),
    "pairing": Label("Pairing", "配对"),
    "unpaired": Label(
        "different people answered the levels, so nobody has a gap of their own",
        "各层次由不同的人回答，因此没有个人差距",
    ),
    "grouping": Label("Groups ({name})", "分组（{name}）"),
    "groups": Label("{count} groups", "{count}组"),
    "ungrouped": Label("{count} groups, {absent} respondents without one", "{count}组，另有{absent}人未分组"),
    "weights": Label("Weights", "权重"),
    "sampling": Label(
        "sampling weights; as good as {worth:.0f} equally weighted respondents (Kish)",
        "抽样权重；相当于{worth:.0f}名等权受访者（Kish）",
    ),
    "frequency": Label("frequencies: a row counts for as many respondents", "频数权重：一行代表若干受访者"),
    "unweighted": Label("none; all count alike", "无；人人同等计算"),
    "clusters": Label("Clusters", "聚类"),
    "cluster": Label(
        "{count} clusters ({name}); errors of means allow for them", "{count}个聚类（{name}）；均值的误差已予考虑"
    ),
    "unclustered": Label("none; respondents are taken as independent", "无；视受访者相互独立"),
    "importance": Label("Importance", "重要性"),
    "importance asked": Label("asked", "已询问"),
    "sample": Label("The sample", "样本"),
    "what": Label("What", "内容"),
    "value": Label("Value", "数值"),
    "flags": Label("Respondents flagged", "被标记的受访者"),
    "no flags": Label("No flags of single respondents: {reason}", "没有受访者标记：{reason}"),
    "means": Label("Mean scores of dimensions and overall", "各维度与总体的平均得分"),
    "lowest": Label("The lowest items", "得分最低的题项"),
    "tests": Label("Gaps of dimensions and overall, tested", "各维度与总体的差距检验"),
    "item tests": Label("Gaps of items, the largest shortfall first", "各题项的差距，不足最大者在前"),
    "dimension zones": Label("Where perceptions stand in the zone", "感知在容忍区域中的位置"),
    "alphas": Label("Reliability of the dimensions", "各维度的信度"),
    "validities": Label("Validity of the dimensions ({level})", "各维度的效度（{level}）"),
    "explained": Label("What goes with the criterion", "与效标的关系"),
    "group means": Label("Mean scores by {by}", "按{by}分组的平均得分"),
    "all groups": Label("Do the groups differ?", "各组有差异吗？"),
    "pairs": Label("Which groups differ from which", "哪些组之间有差异"),
    "many pairs": Label(
        "Pairs of groups are left out here, there are {count}; compare_groups() tells them.",
        "各组两两比较共{count}对，此处从略；compare_groups()可给出。",
    ),
    "remedy": Label("What to do", "怎么办"),
    "evidence": Label("Evidence", "依据"),
    "reference": Label("To read", "参考文献"),
    "nothing found": Label("The critic found nothing that speaks against them.", "评审未发现不利于这些数字的问题。"),
    "found": Label("The critic found ({counts}), worst first:", "评审发现（{counts}），最严重者在前："),
    "serious": Label("serious: {count}", "严重{count}项"),
    "warning": Label("warnings: {count}", "警告{count}项"),
    "note": Label("notes: {count}", "提示{count}项"),
    "no pictures": Label(
        "Without pictures: matplotlib is not installed (pip install 'servqual[plots]').",
        "没有图：未安装matplotlib（pip install 'servqual[plots]'）。",
    ),
    "english pictures": Label(
        "Pictures are in English: no font with Chinese characters is installed here.",
        "图中文字为英文：此处未安装中文字体。",
    ),
    "no picture": Label("No picture here: {reason}", "此处没有图：{reason}"),
    "no standard": Label(
        "There are no gaps: the survey asked for perceptions, and for nothing to hold them against.",
        "没有差距：调查只询问了感知，没有可与之比较的标准。",
    ),
    "no zone": Label(
        "There are no zones: a zone needs an adequate and a desired level beside perceptions, and the survey holds "
        "{levels}.",
        "没有容忍区域：除感知外还需要适当水平与渴望水平，而本调查只有：{levels}。",
    ),
    "unpaired zone": Label(
        "There are no zones: a zone needs all three levels of the same person, and different people answered here.",
        "没有容忍区域：需要同一个人的三个层次的回答，而这里由不同的人回答。",
    ),
    "no group": Label("Groups are not compared: no grouping column was named.", "没有分组比较：未指定分组变量。"),
    "few groups": Label(
        "Groups are not compared: fewer than two of {by} are large enough to be shown.",
        "没有分组比较：{by}中人数足以显示的组不到两个。",
    ),
    "one group": Label("Groups are not compared: there is only one in {by}.", "没有分组比较：{by}只有一组。"),
    "refused": Label("There is nothing to tell here: {reason}", "此处没有结果：{reason}"),
    "made": Label(
        "Made with servqual. Numbers are rounded where they are shown, never where they are computed.",
        "由servqual生成。数字仅在显示时取舍，计算时不取舍。",
    ),
    "gaps picture": Label(
        "Bars of the mean score of every dimension and overall, with intervals; the table below has the numbers.",
        "各维度与总体平均得分的条形图，附置信区间；数字见下表。",
    ),
    "gaps title": Label("Mean scores", "平均得分"),
    "levels title": Label("Mean answers at each level", "各层次的平均回答"),
    "answers title": Label("How the answers on what was perceived lie on the scale", "感知回答在量表上的分布"),
    "zones title": Label("Zones and perceptions", "容忍区域与感知"),
    "alphas title": Label("Cronbach's alpha with its interval", "克龙巴赫alpha及其置信区间"),
    "groups title": Label("Mean scores by {by}", "按{by}分组的平均得分"),
    "levels picture": Label(
        "For every dimension, marks for the mean of each level that was asked, joined by a line.",
        "各维度在每个所问层次上的均值，以线相连。",
    ),
    "answers picture": Label(
        "For every item, how often each point of the scale was chosen for what was perceived.",
        "各题项的感知回答在量表各点上的分布。",
    ),
    "zones picture": Label(
        "For every dimension, a band from the adequate to the desired level and a mark for what was perceived.",
        "各维度从适当水平到渴望水平的区域，以及感知所在的位置。",
    ),
    "alphas picture": Label(
        "Cronbach's alpha of every dimension with its interval; the table below has the numbers.",
        "各维度的克龙巴赫alpha及其置信区间；数字见下表。",
    ),
    "groups picture": Label(
        "Bars of mean scores by {by}, with intervals; the table below has the numbers.",
        "按{by}分组的平均得分条形图，附置信区间；数字见下表。",
    ),
}


def say(key: str, language: Language, **numbers: object) -> str:
    """Return a sentence, filled with these numbers."""
    return SAY[key].text(language).format(**numbers)
