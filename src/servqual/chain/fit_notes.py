"""What a reader must know to trust the numbers of a fit, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servqual.chain.recipes import FixedEffect, RowRule
from servqual.labels import Label
from servqual.statistics.models import Covariance, Estimator

if TYPE_CHECKING:
    from servqual.chain.fitted import Fit

ASSOCIATION = Label(
    "Coefficients say what goes along with what, other columns of the equation being equal; errors of different "
    "equations are taken as independent.",
    "系数只说明在方程中其他变量相同时的关联；各方程的误差视为相互独立。",
)
INDEPENDENT_ROWS = Label(
    "Rows of one unit in several periods are taken as independent of each other.", "同一单位各期的行被视为相互独立。"
)
PER_LINK = Label(
    "Rows were decided for each equation apart: equations describe different units, and what is read along several "
    "links mixes them.",
    "各方程分别选取行：方程描述的单位不同，跨越多条路径的读数会混合这些单位。",
)
CORRELATIONS = Label(
    "Estimated from a matrix of correlations: the rows themselves cannot be checked.",
    "由相关矩阵估计：无法检查原始数据行。",
)
WITHIN = Label(
    "Each unit has an intercept of its own: coefficients and R² are about changes within units; standardised "
    "coefficients use standard deviations between all rows.",
    "每个单位有自己的截距：系数与 R² 描述单位内的变化；标准化系数使用全部行的标准差。",
)
NICKELL = Label(
    "Units have intercepts of their own and a construct follows its own past: with few periods that coefficient is "
    "biased towards less (Nickell 1981, Econometrica 49(6):1417-1426).",
    "单位固定效应与因变量滞后项并存：期数少时该系数偏低（Nickell 1981）。",
)
EACH_PERIOD = Label("Each period has an intercept of its own, not shown.", "每个时期有自己的截距，未列出。")
NOT_CONVERGED = Label(
    "The search for some estimates did not converge: they depend on where it stopped.",
    "部分估计未收敛：结果取决于搜索停止之处。",
)
ON_BOUNDARY = Label(
    "In some equations the variance between units is estimated at zero.", "部分方程的单位间方差估计为零。"
)
ERRORS = {
    Covariance.NONROBUST: Label(
        "Standard errors take the errors of rows as independent and of one variance.",
        "标准误假定各行误差相互独立且方差相同。",
    ),
    Covariance.HAC: Label(
        "Standard errors allow errors of any variance, alike over some periods of a unit (HAC, Newey and West).",
        "标准误允许误差异方差，并在同一单位的若干期内相关（HAC，Newey-West）。",
    ),
}
ESTIMATORS = {
    Estimator.ROBUST: Label(
        "Robust regression (Huber): units far from the line count less; tests are normal.",
        "稳健回归（Huber）：远离回归线的单位权重较小；检验用正态分布。",
    ),
    Estimator.MIXED: Label(
        "Mixed regression with a random intercept for each unit; R² is the share of the columns alone; tests are "
        "normal.",
        "混合模型，每个单位一个随机截距；R² 仅为固定部分的份额；检验用正态分布。",
    ),
}


def notes_of(fit: Fit) -> tuple[Label, ...]:
    """Return the notes of a fit."""
    return (*_sources(fit), *_errors(fit), *_options(fit), *_estimates(fit), ASSOCIATION)


def _sources(fit: Fit) -> Iterator[Label]:
    said = fit.rows.sentence()
    if fit.recipe.from_correlations:
        yield CORRELATIONS
        return
    yield Label(f"Rows: {said.en}.", f"行：{said.zh}。")
    if fit.recipe.rows is RowRule.PER_LINK:
        yield PER_LINK


def _errors(fit: Fit) -> Iterator[Label]:
    recipe = fit.recipe
    if recipe.estimator in ESTIMATORS:
        yield ESTIMATORS[recipe.estimator]
    elif recipe.covariance is Covariance.CLUSTER:
        yield Label(
            f"Standard errors allow errors alike within each {recipe.cluster}, with the small-sample correction "
            "G / (G − 1) · (n − 1) / (n − k); t on G − 1 degrees of freedom.",
            f"标准误按 {recipe.cluster} 聚类，小样本校正 G / (G − 1) · (n − 1) / (n − k)；t 检验自由度 G − 1。",
        )
    else:
        which = recipe.covariance
        white = Label(f"Standard errors allow errors of any variance ({which}).", f"标准误允许异方差（{which}）。")
        yield ERRORS.get(which, white)
    apart = {Covariance.CLUSTER, Covariance.HAC}
    if fit.rows.used > fit.n_units and recipe.covariance not in apart and recipe.estimator is not Estimator.MIXED:
        yield INDEPENDENT_ROWS


def _options(fit: Fit) -> Iterator[Label]:
    recipe = fit.recipe
    if recipe.weights is not None:
        yield Label(f"Rows are weighted by {recipe.weights}.", f"各行按 {recipe.weights} 加权。")
    if FixedEffect.UNIT in recipe.effects:
        yield WITHIN
        if any(link.source == link.target for link in fit.chain.links):
            yield NICKELL
    if FixedEffect.PERIOD in recipe.effects:
        yield EACH_PERIOD
    sources = {link.source for link in fit.chain.links} | {name for name, _ in recipe.reliability} - set(fit.constructs)
    corrected = ", ".join(f"{name} {value:.3g}" for name, value in recipe.reliability if value < 1 and name in sources)
    if corrected:
        yield Label(
            "Links are corrected for unreliability where they start (errors in variables), reliabilities taken as "
            f"known: {corrected}; standardised coefficients are in standard deviations as observed.",
            f"已按已知信度校正自变量的测量误差：{corrected}；标准化系数使用观测标准差。",
        )
    unneeded = ", ".join(name for name, _ in recipe.reliability if name not in sources)
    if unneeded:
        yield Label(
            f"Nothing to correct in {unneeded}: no link starts there.", f"{unneeded} 无需校正：没有路径由此出发。"
        )


def _estimates(fit: Fit) -> Iterator[Label]:
    found = [equation.regression for equation in fit.equations]
    if not all(each.converged for each in found):
        yield NOT_CONVERGED
    if any(each.on_boundary for each in found):
        yield ON_BOUNDARY
