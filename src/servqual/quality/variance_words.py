"""What variance between and within units says, in words: where a standard helps, and where freedom does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servqual.labels import Label
from servqual.quality.nested_variance import ScoreVariance
from servqual.statistics import Inapplicable

_SIGNIFICANT = 0.05
Shares = list[tuple[Label, float]]
_WORDS = (
    Label(
        "much of the variance lies between units of {unit} ({parts}): what customers get depends on where they go, and "
        "a common standard helps",
        "{unit}之间差异较大（{parts}）：顾客得到的服务取决于去哪里，制定统一标准有帮助",
    ),
    Label(
        "hardly any lies between units of {unit} ({parts}): customers and encounters differ, and freedom to adapt "
        "helps more than a standard",
        "{unit}之间几乎没有差异（{parts}）：差异在于顾客与每次接触，给员工因人而异的自由比标准更有用",
    ),
    Label(
        "some lies between units of {unit} ({parts}): too little to call for a standard by itself",
        "{unit}之间有些差异（{parts}）：仅凭此还不足以要求统一标准",
    ),
)


def sentences(scores: Sequence[ScoreVariance], unit: str, notable: float) -> Iterator[Label]:
    """Yield a sentence for the scores of which much, hardly any, and some variance lies between the outermost units."""
    for shares, words in zip(_sorted_out(scores, notable), _WORDS, strict=True):
        if shares:
            english = ", ".join(f"{label.en} {share:.0%}" for label, share in shares)
            chinese = "、".join(f"{label.text('zh')}{share:.0%}" for label, share in shares)
            yield Label(words.en.format(unit=unit, parts=english), words.zh.format(unit=unit, parts=chinese))


def _sorted_out(scores: Sequence[ScoreVariance], notable: float) -> tuple[Shares, Shares, Shares]:
    much: Shares = []
    little: Shares = []
    some: Shares = []
    for score in scores:
        parts = score.parts[0]
        if isinstance(parts, Inapplicable):
            continue
        share = min(max(parts.icc1_adjusted, 0.0), 1.0)
        clear = parts.p_value < _SIGNIFICANT
        kind = much if clear and share >= notable else some if clear and share >= notable / 2 else little
        kind.append((score.label, share))
    return much, little, some


def notes(scores: Sequence[ScoreVariance], by: Sequence[str], left_out: int) -> Iterator[Label]:
    """Yield conventions, who was left out, and why something is not there."""
    yield Label(
        "icc1: mean group size; icc1_adjusted: n₀; icc2: reliability of a unit's mean; within holds also the error of "
        "measurement",
        "icc1：平均组规模；icc1_adjusted：n₀；icc2：单位均值的信度；组内方差也包含测量误差",
    )
    if left_out:
        yield Label(f"respondents without a unit, left out: {left_out}", f"未标明单位而未计入者：{left_out}人")
    for score in scores:
        for depth, parts in enumerate(score.parts, start=1):
            if isinstance(parts, Inapplicable):
                place = f"{score.key} by {', '.join(by[:depth])}"
                yield Label(f"no variance between groups of {place}: {parts}", f"无组间方差（{place}）：{parts}")
