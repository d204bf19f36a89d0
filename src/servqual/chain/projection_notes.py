"""What a reader of a projection must know, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servqual.chain.fitted import Fit
from servqual.chain.projection import Projected
from servqual.chain.scenario import Scenario, ScenarioKind, signed
from servqual.labels import Label

# A change beyond so many standard deviations is one that hardly any unit has shown.
_FAR = 2.0

PERCENTILES = Label(
    "percentiles are of the means of units over all rows of the table that have a value, those that the fit left out "
    "among them; a change is the way there from the mean over the rows of the fit",
    "百分位数取自各单位的均值，均值按表中所有有值的行计算，包括拟合未采用的行；变化量为该百分位数与拟合所用各行均值之差",
)


def projection_title(scenario: Scenario) -> Label:
    """Return what the table is about."""
    return Label(f"What if: {scenario}", f"情景推演：{_in_chinese(scenario)}")


STARTS = Label(
    "starts are means over the rows of the fit, taken as known; coefficients tell of associations, and of effects "
    "by the design of a study only",
    "起始值为拟合所用各行的均值，视为已知；系数表示关联，只有研究设计才能使其成为效应",
)


def projection_notes(
    fit: Fit, scenario: Scenario, rows: Sequence[Projected], *, draws: int, confidence: float, cut: Sequence[str]
) -> Iterator[Label]:
    """Yield how the numbers were made, and what to beware of."""
    level = f"{100 * confidence:g} %"
    if draws:
        yield Label(
            f"intervals of {level}: percentiles of {draws} draws of the coefficients from normal distributions",
            f"{level} 区间：由系数的正态分布抽样 {draws} 次所得的百分位数",
        )
    else:
        yield Label(
            f"intervals of {level} by the delta method: Student's t where one equation decides, normal for products",
            f"{level} 区间：delta 法；只涉及一个方程时用 t 分布，系数乘积用正态分布",
        )
    yield STARTS
    if scenario.kind is ScenarioKind.PERCENTILE:
        yield PERCENTILES
    inner = [name for name in scenario.constructs if name in fit.chain.endogenous]
    if inner:
        listed = ", ".join(inner)
        yield Label(f"added on top of what its causes bring: {listed}", f"在其成因带来的变化之上另加：{listed}")
    if max((row.period for row in rows), default=0):
        yield Label("the change is made in period 0 and kept up", "变化自第 0 期开始并一直保持")
    yield from _scales(rows, cut)
    yield from _distances(rows)


def off_scale(fit: Fit, rows: Sequence[Projected]) -> list[str]:
    """Return, for each construct that leaves its scale in some period, where it would end, in words."""
    scales = dict(fit.scales)
    found = {}
    for row in rows:
        if row.off_scale:
            low, high = scales[row.construct]
            found[row.construct] = f"{row.construct} at {row.after:.4g} on a scale of {low:g} to {high:g}"
    return list(found.values())


def _scales(rows: Sequence[Projected], cut: Sequence[str]) -> Iterator[Label]:
    outside = ", ".join(dict.fromkeys(row.construct for row in rows if row.off_scale))
    if outside:
        yield Label(f"beyond the end of its scale: {outside}", f"超出量表范围：{outside}")
    if cut:
        listed = ", ".join(cut)
        yield Label(f"cut off at the end of its scale: {listed}", f"在量表端点处截断：{listed}")


def _distances(rows: Sequence[Projected]) -> Iterator[Label]:
    far = ", ".join(dict.fromkeys(row.construct for row in rows if abs(float(row.in_sds)) > _FAR))
    if far:
        yield Label(
            f"moved by more than {_FAR:g} standard deviations, further than most units differ: {far}",
            f"变动超过 {_FAR:g} 个标准差，超出多数单位之间的差异：{far}",
        )


def _in_chinese(scenario: Scenario) -> str:
    if scenario.kind is not ScenarioKind.PERCENTILE:
        per_cent = scenario.kind is ScenarioKind.RELATIVE
        said = [
            f"{name} {signed(100 * value)} %" if per_cent else f"{name} {signed(value)}"
            for name, value in scenario.changes
        ]
    else:
        said = [f"{name} 达到单位的第 {value:g} 百分位" for name, value in scenario.changes]
    return "，".join(said) or "无变化"
