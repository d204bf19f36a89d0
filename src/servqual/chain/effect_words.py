"""What effects say besides their numbers, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label
from servqual.statistics import propagation


class EffectMethod(StrEnum):
    """How the uncertainty of an effect is found.

    DELTA
        From the covariance of the coefficients, linearised: a product of slopes is treated as normal. Student's t for a
        single link.
    MONTE_CARLO
        Slopes are drawn from the normal distributions of their estimates, equation by equation, and the interval is
        read from the products: as skewed as they are.
    PERCENTILE
        Units are resampled with all their rows, the equations estimated anew, the interval read from the resamples.
    BCA
        The same, corrected for bias and acceleration.

    References
    ----------
    Sobel 1982, Sociological Methodology 13:290-312; MacKinnon, Lockwood & Williams 2004, Multivariate Behavioral
    Research 39(1):99-128; Efron 1987, Journal of the American Statistical Association 82(397):171-185.
    """

    DELTA = "delta"
    MONTE_CARLO = "monte_carlo"
    PERCENTILE = "percentile"
    BCA = "bca"

    @property
    def resamples(self) -> bool:
        """Whether it needs the rows of the units."""
        return self in {EffectMethod.PERCENTILE, EffectMethod.BCA}

    @property
    def draws(self) -> int:
        """How many draws it takes where no number is given."""
        return {EffectMethod.DELTA: 0, EffectMethod.MONTE_CARLO: 20_000}.get(self, 5000)


class EffectKind(StrEnum):
    """What a row of effects is.

    DIRECT
        A path of a single link.
    SPECIFIC
        A path by way of other constructs: a specific indirect effect.
    TOTAL_DIRECT
        All single links together, where there are several of different lags.
    TOTAL_INDIRECT
        All paths by way of other constructs together.
    TOTAL
        All paths together.
    ARRIVING
        All paths that arrive after the same number of periods.
    CONTRAST
        One effect minus another.
    """

    DIRECT = "direct"
    SPECIFIC = "specific"
    TOTAL_DIRECT = "total_direct"
    TOTAL_INDIRECT = "total_indirect"
    TOTAL = "total"
    ARRIVING = "arriving"
    CONTRAST = "contrast"

    @property
    def label(self) -> Label:
        """The kind in English and Chinese."""
        return _KINDS[self]


_KINDS = {
    EffectKind.DIRECT: Label("direct", "直接"),
    EffectKind.SPECIFIC: Label("indirect", "间接"),
    EffectKind.TOTAL_DIRECT: Label("total direct", "直接合计"),
    EffectKind.TOTAL_INDIRECT: Label("total indirect", "间接合计"),
    EffectKind.TOTAL: Label("total", "总效应"),
    EffectKind.ARRIVING: Label("arriving", "到达"),
    EffectKind.CONTRAST: Label("contrast", "对比"),
}

NO_PATH = "it belongs to a single path"
NOT_TWO = "it belongs to a path of two links of different equations"
NO_GOODMAN = "the variance of the product is not above zero"
NO_TOTAL = "the total effect is zero"

# Reasons in Chinese.
_REASONS = {
    NO_PATH: "仅适用于单一路径",
    NOT_TWO: "仅适用于属于不同方程的两段路径",
    NO_GOODMAN: "乘积的方差不大于零",
    NO_TOTAL: "总效应为零",
    propagation.ONE_SIDE: "所有重抽样都在估计值的同一侧",
    propagation.NO_JACKKNIFE: "去掉某些单位后无法估计",
    propagation.NO_VALUE: "在这些估计值处无定义",
    propagation.NO_ERROR: "其标准误为零",
}


def reason_label(why: str) -> Label:
    """Return a reason in both languages."""
    return Label(why, _REASONS.get(why, ""))


ASSOCIATION = Label(
    "Effects follow from regressions: they are associations unless the design of the study makes them more.",
    "效应由回归推得：除非研究设计支持，否则只是关联。",
)
INDEPENDENT = Label(
    "Coefficients of different equations are taken as uncorrelated, as the errors of a recursive chain are.",
    "不同方程的系数视为不相关（递归链的误差相互独立）。",
)
DELTA = Label(
    "Delta method: Student's t for a single link, normal for products of links.",
    "delta 法：单一环节用 t 分布，多环节乘积用正态分布。",
)
JOINT = Label(
    "joint_p is the largest p of the links of a path (joint significance).",
    "joint_p：路径各环节 p 值中的最大者（联合显著性）。",
)
FIXED_SPREAD = Label(
    "Standardised by the standard deviations of the fit, which count as known.", "按拟合所用标准差标准化（视为已知）。"
)
DRAWN_SPREAD = Label("Standardised by the standard deviations of each resample.", "按每次重抽样的标准差标准化。")

# from here down, resampling clusters is known to give intervals that are too narrow
FEW_CLUSTERS = 30


def monte_carlo_note(draws: int) -> Label:
    """Return how Monte Carlo intervals were made."""
    return Label(
        f"Monte Carlo: {draws} draws of the slopes from their normal distributions, percentile intervals.",
        f"蒙特卡罗：从斜率的正态分布抽取 {draws} 次，百分位区间。",
    )


def bootstrap_note(method: EffectMethod, draws: int, what: Label, size: int) -> Label:
    """Return how bootstrap intervals were made."""
    name = Label("BCa") if method is EffectMethod.BCA else Label("percentile", "百分位")
    return Label(
        f"Bootstrap, {name.en} intervals: {draws} resamples of {size} {what.en}, each with all its rows.",
        f"自助法，{name.text('zh')}区间：对 {size} 个{what.zh}重抽样 {draws} 次，各自的所有行一同抽取。",
    )


def failures_note(failures: int, draws: int) -> Label:
    """Return how many resamples had no estimate."""
    return Label(
        f"{failures} of {draws} resamples had no estimate and were left out: a column followed from others, or a "
        "corrected variance was not positive.",
        f"{draws} 次重抽样中有 {failures} 次无法估计，已剔除：某列由其他列决定，或校正后方差非正。",
    )


def unsettled_note(unsettled: int, draws: int) -> Label:
    """Return in how many resamples a search did not converge."""
    return Label(
        f"In {unsettled} of {draws} resamples a search stopped before it converged; its last estimates were taken.",
        f"{draws} 次重抽样中有 {unsettled} 次迭代未完全收敛，采用其最后的估计。",
    )


def few_note(size: int, what: Label) -> Label:
    """Return that few units were resampled."""
    return Label(
        f"Only {size} {what.en}: with so few, bootstrap intervals tend to be too narrow.",
        f"只有 {size} 个{what.zh}：数量过少时自助法区间往往偏窄。",
    )


def curved_note(direction: str) -> Label:
    """Return where curved links are read."""
    chinese = {"gain": "上升", "loss": "下降"}[direction]
    return Label(
        f"Slopes of links that are not straight are those at the means, for a {direction}.",
        f"非直线环节的斜率取均值处、{chinese}方向的斜率。",
    )


def lag_note(longest: int, horizon: int | None) -> Label:
    """Return over how many periods a total adds up."""
    if horizon is None:
        return Label(
            f"Totals are over all periods: effects arrive up to {longest} period{'s' * (longest != 1)} later.",
            f"合计涵盖所有时期：效应最迟在 {longest} 期后到达。",
        )
    return Label(f"Totals are over a horizon of {horizon} period{'s' * (horizon != 1)}.", f"合计涵盖 {horizon} 期。")


ALL_PERIODS = Label("Totals are over all periods.", "合计涵盖所有时期。")
NEGATIVE_SHARE = Label(
    "the indirect and the total effect have opposite signs, so that this is no share",
    "间接效应与总效应符号相反，不能视为份额",
)
BEYOND_ONE = Label(
    "the direct and the indirect effect have opposite signs, so that the share exceeds 1",
    "直接效应与间接效应符号相反，份额超过 1",
)
NEAR_ZERO = Label(
    "the interval of the total effect holds zero: the share divides by what may be nothing",
    "总效应的区间包含零：份额的分母可能为零",
)
