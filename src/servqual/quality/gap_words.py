"""What gap tests and comparisons of groups say besides their numbers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from servqual.labels import Label
from servqual.quality import gap_estimates as gaps
from servqual.quality.gap_ranks import NO_RESPONDENTS
from servqual.statistics import Adjustment
from servqual.statistics.comparison import CONSTANT
from servqual.statistics.reasoned import UNKNOWN, Reasoned


class GapVerdict(StrEnum):
    """What a test says of a gap at its level, after adjustment for the number of tests.

    BELOW, ABOVE
        The gap differs from zero, and is a shortfall or a surplus.
    OPEN
        It does not differ demonstrably; that is no proof of equality, for which there is the equivalence test.
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
    GapVerdict.BELOW: Label("falls short", "不足"),
    GapVerdict.ABOVE: Label("exceeds", "超出"),
    GapVerdict.OPEN: Label("no difference shown", "未显示差异"),
    GapVerdict.UNTESTED: Label("not tested", "无法检验"),
}

METHODS = {
    "paired t": Label("paired t test", "配对 t 检验"),
    "one-sample t": Label("one-sample t test", "单样本 t 检验"),
    "Welch's t": Label("Welch's t test of two samples", "两样本韦尔奇 t 检验"),
    "cluster-robust t": Label(
        "t test with cluster-robust errors, G − 1 degrees of freedom", "聚类稳健误差 t 检验，自由度 G − 1"
    ),
}

_ADJUSTMENTS = {
    Adjustment.HOLM: Label("Holm", "霍尔姆法"),
    Adjustment.HOCHBERG: Label("Hochberg", "霍赫贝格法"),
    Adjustment.BONFERRONI: Label("Bonferroni", "邦费罗尼法"),
    Adjustment.BH: Label("Benjamini-Hochberg", "本杰明尼-霍赫贝格法"),
    Adjustment.BY: Label("Benjamini-Yekutieli", "本杰明尼-耶库蒂利法"),
}

FREQUENCIES = Label("frequencies: each counts as so many respondents", "频数权重：按相应人数计算")

# Reasons in Chinese; what stands behind a colon are names.
_REASONS = {
    UNKNOWN: "对这些回答不存在",
    CONSTANT: "没有变异：所比较的回答全部相同",
    gaps.FEW_PAIRS: "不足两对回答",
    gaps.FEW_ANSWERS: "不足两个回答",
    gaps.FEW_IN_SAMPLE: "某一样本不足两个回答",
    gaps.FEW_CLUSTERS: "不足两个聚类",
    gaps.CLUSTERS_ALIKE: "所有聚类的均值相同",
    gaps.NO_SPREAD: "差值没有变异",
    gaps.STILL_SIDE: "两个水平之一没有变异",
    gaps.SAME_PEOPLE: "两个水平由同一批人回答",
    gaps.OTHER_PEOPLE: "两个水平由不同的人回答",
    gaps.ONE_LEVEL: "得分不是两个水平的简单差值",
    gaps.NO_SIDES: "汇总只含 gap_models() 的一个模型，缺少两个水平",
    gaps.NESTED: "它要求受访者相互独立，而同一聚类内的受访者相似",
    gaps.SAMPLED: "它不适用于抽样权重",
    NO_RESPONDENTS: "汇总不含单个受访者的得分；需要调查数据本身",
    "no answers": "没有回答",
    "no difference other than 0": "没有非零的差值",
    "a sample without answers": "某一样本没有回答",
    "all answers are equal": "所有回答都相同",
    "groups of one answer": "只有一个回答的组",
    "groups without answers": "没有回答的组",
    "groups of one cluster": "只有一个聚类的组",
    "fewer than two groups with answers": "有回答的组不足两个",
    "too few clusters for so many groups": "聚类数相对于组数太少",
    "groups without variation": "没有变异的组",
    "no variation within groups": "组内没有变异",
}


def reason_label(why: str) -> Label:
    """Return a reason in both languages; the names behind its colon stay as they are."""
    words, colon, names = why.partition(": ")
    whole = _REASONS.get(why)
    known = whole if whole is not None else _REASONS.get(words, "")
    return Label(why, known + ("：" + names if colon and whole is None and known else ""))


def rule_note(min_answered: float) -> Label:
    """Return a note on what a score needs."""
    return Label(
        f"a dimension needs {min_answered:.0%} of its items, the overall score every dimension",
        f"维度得分需回答其 {min_answered:.0%} 的题项，总体得分需所有维度",
    )


def adjustment_label(method: Adjustment) -> Label:
    """Return the name of a way of adjusting p-values."""
    return _ADJUSTMENTS[method]


def absences(columns: Mapping[str, Reasoned], keys: Sequence[str], silent: Iterable[str] = ()) -> Iterator[Label]:
    """Yield a note for each reason for which numbers are not there: which ones, and of which rows where not of all.

    Parameters
    ----------
    columns, keys
        The columns of a reading, and what its rows are called.
    silent
        Reasons that go without saying: what was not asked for, or belongs to another design.
    """
    unsaid = {"", *silent}
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, column in columns.items():
        for why in dict.fromkeys(column.reason.tolist()):
            if why not in unsaid:
                rows = tuple(key for key, each in zip(keys, column.reason, strict=True) if each == why)
                found.setdefault((why, rows), []).append(name)
    for (why, rows), names in found.items():
        label = reason_label(why)
        where = "" if len(rows) == len(keys) else f" ({', '.join(dict.fromkeys(rows))})"
        listed = ", ".join(names)
        yield Label(f"not applicable, {listed}{where}: {label.en}", f"不适用，{listed}{where}：{label.text('zh')}")
