"""What gap tests and comparisons of groups say besides their numbers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from servqual.labels import Label
from servqual.quality.reasons import reason_label
from servqual.statistics import Adjustment
from servqual.statistics.reasoned import Reasoned


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
        listed = ", ".join(names)
        places = "" if len(rows) == len(keys) else ", ".join(dict.fromkeys(rows))
        english, chinese = (f" ({places})", f"（{places}）") if places else ("", "")
        yield Label(f"not applicable, {listed}{english}: {label.en}", f"不适用，{listed}{chinese}：{label.text('zh')}")
