"""What a control chart says besides its numbers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from servqual.engines import control_limits as limits_by
from servqual.engines.control_limits import Limits, Spread
from servqual.labels import Label
from servqual.statistics.run_rules import ControlRule

# So many periods a baseline should have before its limits are more than provisional (Montgomery, section 6.2).
SETTLED = 20

_REASONS = {
    limits_by.FEW_ANSWERS: "基准期内每期均不足两个回答",
    limits_by.FEW_PERIODS: "基准期内有回答的时期不足两个",
    limits_by.FEW_CLUSTERS: "基准期内每期均不足两个聚类",
    limits_by.STILL: "基准期内没有变异",
    limits_by.NO_ANSWERS: "没有回答",
}
_SPREADS = {
    Spread.WITHIN: Label("the scatter of respondents within periods", "各期内受访者的离散程度"),
    Spread.BETWEEN: Label("the moving range between neighbouring periods", "相邻时期间的移动极差"),
}


@frozen(eq=False)
class Asked:
    """What was asked of a chart, with what became of it."""

    spread: Spread
    sigmas: float
    ewma: float | None
    rules: tuple[ControlRule, ...]
    given_centre: bool
    baseline: int
    nameless: int = 0


def notes_of(asked: Asked, limits: Limits, *, simple: bool) -> Iterator[Label]:
    """Yield all notes."""
    yield _line(asked)
    yield _rules(asked)
    if limits.reason:
        yield Label(f"no limits: {limits.reason}", f"没有控制限：{_REASONS[limits.reason]}")
    elif asked.baseline < SETTLED:
        yield Label(
            f"provisional: {asked.baseline} periods in the baseline, {SETTLED} or more give limits that stay",
            f"暂定：基准期为 {asked.baseline} 期，{SETTLED} 期以上控制限才趋于稳定",
        )
    if not simple and asked.spread is Spread.WITHIN and not limits.reason:
        yield Label(
            f"clusters or sampling weights: variances of means grow by {limits.design_effect:.2f} (design effect)",
            f"聚类或抽样权重：均值方差增大为 {limits.design_effect:.2f} 倍（设计效应）",
        )
    if asked.nameless:
        yield Label(
            f"left out: {asked.nameless} respondents without a period", f"未纳入：{asked.nameless} 名受访者没有时期"
        )
    yield Label("periods are taken as independent of each other", "假定各时期相互独立")


def _line(asked: Asked) -> Label:
    what = _SPREADS[asked.spread]
    line = Label("given", "给定值") if asked.given_centre else Label("mean of the baseline", "基准期均值")
    return Label(
        f"centre line: {line.en}; limits: {asked.sigmas:g} sigma of the mean, from {what.en} of the baseline "
        f"({asked.baseline} periods)",
        f"中心线：{line.zh}；控制限：均值的 {asked.sigmas:g} 倍标准差，依据基准期（{asked.baseline} 期）{what.zh}",
    )


def _rules(asked: Asked) -> Label:
    named = (*asked.rules, *([ControlRule.SMOOTHED] if asked.ewma is not None else []))
    en, zh = ", ".join(rule.label.en for rule in named), "、".join(rule.label.text("zh") for rule in named)
    weight = "" if asked.ewma is None else f"; smoothing weight {asked.ewma:g}"
    weight_zh = "" if asked.ewma is None else f"；平滑系数 {asked.ewma:g}"
    return Label(f"rules: {en or 'none'}{weight}", f"规则：{zh or '无'}{weight_zh}")
