"""What stands below the tables of an index, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from servqual.labels import Label
from servqual.statistics import WeightKind
from servqual.statistics.pls_words import InnerScheme, OuterMode, SignRule

if TYPE_CHECKING:
    from servqual.satisfaction.indices.results import IndexFit

_SCHEMES = {
    InnerScheme.PATH: Label("path weighting scheme", "路径加权方案"),
    InnerScheme.CENTROID: Label("centroid scheme", "重心方案"),
    InnerScheme.FACTORIAL: Label("factorial scheme", "因子方案"),
}
_SIGNS = {
    SignRule.WEIGHTS: Label("weights of each construct add up to more than 0", "每个构念的权重之和为正"),
    SignRule.LOADINGS: Label("loadings of each construct add up to more than 0", "每个构念的载荷之和为正"),
    SignRule.NONE: Label("as the iteration left them", "符号不作调整"),
}


def notes_of(fit: IndexFit) -> list[Label]:
    """Return how an index was fitted, and to whom."""
    return [*_method(fit), *_respondents(fit)]


def _method(fit: IndexFit) -> Iterator[Label]:
    recipe, steps = fit.recipe, int(fit.estimates.iterations)
    metric, scheme, sign = recipe.metric.label, _SCHEMES[recipe.scheme], _SIGNS[recipe.sign]
    yield Label(
        f"PLS path modelling on {metric.en}, {scheme.en}; {steps} iterations, last change "
        f"{float(fit.estimates.change):.1e}; signs: {sign.en}",
        f"PLS 路径建模：{metric.zh}，{scheme.zh}；迭代 {steps} 次，末次变化 {float(fit.estimates.change):.1e}；"
        f"符号规则：{sign.zh}",
    )


def _respondents(fit: IndexFit) -> Iterator[Label]:
    rows = fit.rows
    counted = f", who count as {rows.n:g}" if rows.n != rows.used else ""
    stand = f"，按频数计为 {rows.n:g} 人" if counted else ""
    yield Label(
        f"{rows.used} of {rows.given} respondents take part{counted}",
        f"{rows.given} 名受访者中有 {rows.used} 名参与{stand}",
    )
    if rows.incomplete or rows.used < rows.given:
        rule = fit.recipe.missing.label
        yield Label(
            f"missing answers: {rule.en}; {rows.incomplete} of those who take part lack some",
            f"缺失答案：{rule.zh}；参与者中有 {rows.incomplete} 名存在缺失",
        )
    if rows.incomplete and float(np.linalg.eigvalsh(fit.matrix)[0]) < -1e-10:
        yield Label("the matrix of pairs is not positive definite: mistrust it", "成对矩阵非正定，结果须谨慎")
    if fit.weight_kind is WeightKind.SAMPLING:
        yield Label("respondents count by their sampling weights", "按抽样权重加权")
    if fit.weight_kind is WeightKind.FREQUENCY:
        yield Label("weights are frequencies", "权重为频数")


def quality_notes(fit: IndexFit) -> Iterator[Label]:
    """Yield what columns about measurement mean."""
    yield Label(
        "communality is the mean squared loading (AVE in mode A); alpha, rho_A and rho_C are those of two or more "
        "reflective indicators",
        "共同度为载荷平方的均值（模式 A 即 AVE）；α、rho_A、rho_C 只适用于含两个以上反映型指标的构念",
    )
    if any(each.mode is OuterMode.B for each in fit.model.constructs):
        yield Label(
            "indicators of mode B form their construct and need not agree", "模式 B 的指标构成其构念，不必相互一致"
        )


def index_notes(fit: IndexFit) -> Iterator[Label]:
    """Yield what an index is, and whose does not lie between 0 and 100."""
    if fit.ends is None:
        yield Label("no index from 0 to 100: no scale of the answers was named", "未指定答案量表，因此没有 0–100 指数")
        return
    yield Label(
        "index: answers carried to 0 to 100 and weighted by unstandardised weights, which sum to 1",
        "指数：答案换算为 0–100 后按非标准化权重（和为 1）加权",
    )
    numbers, owner = fit.numbers, fit.model.plan.blocks
    names = [name for name, spread in zip(fit.model.names, numbers.spreads.tolist(), strict=True) if np.isnan(spread)]
    if names:
        yield Label(f"no index where weights do not add up to more than 0: {', '.join(names)}",
                    f"权重之和不为正，没有指数：{'、'.join(names)}")  # fmt: skip
    negative = [name for name, block in zip(fit.model.names, owner, strict=True)
                if (numbers.shares[list(block)] < 0).any()]  # fmt: skip
    if negative:
        yield Label(f"an indicator has a negative weight, so that the index may leave 0 to 100: {', '.join(negative)}",
                    f"含负权重指标，指数可能超出 0–100：{'、'.join(negative)}")  # fmt: skip


def target_notes(fit: IndexFit) -> Iterator[Label]:
    """Yield what unstandardised effects are."""
    if fit.ends is None:
        yield Label("unstandardised effects are in units of weighted mean answers", "非标准化效应以加权平均答案为单位")
    else:
        yield Label(
            "unstandardised effect (importance): points of the target's index per point of the source's",
            "非标准化效应（重要性）：来源指数每增加 1 分，目标指数变化的分数",
        )
