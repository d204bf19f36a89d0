"""What is said of drivers, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class DriverVerdict(StrEnum):
    """What the interval of a driver's coefficient says, given the other drivers.

    RAISES, LOWERS
        More of it goes with a higher, or a lower, outcome.
    OPEN
        The interval covers zero.
    UNTOLD
        There is no interval.
    """

    RAISES = "raises"
    LOWERS = "lowers"
    OPEN = "open"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    DriverVerdict.RAISES: Label("goes with more", "正向"),
    DriverVerdict.LOWERS: Label("goes with less", "负向"),
    DriverVerdict.OPEN: Label("sign open", "方向不明"),
    DriverVerdict.UNTOLD: Label("no interval", "无区间"),
}

ASSOCIATION = Label(
    "these numbers say what goes along with the outcome, not what a change would bring",
    "这些数值说明与结果的关联，并不说明改变它会带来什么",
)
NEVER_BELOW = Label(
    "a share is never below zero, so its interval cannot show that a driver is useless; the coefficient's can",
    "份额不会小于零，其区间无法说明某因素无用；系数的区间可以",
)
NOT_SUMMING = Label(
    "the shares of this method do not sum to R²; percent is of their sum",
    "该方法的份额之和不等于R²；percent为占其总和的百分比",
)
PRATT = Label("Pratt's shares may be below zero, where they have no meaning", "普拉特份额可能小于零，此时没有意义")
OWEN = Label(
    "drivers of a group came in together: shares are Owen values, which sum to the share of the group",
    "同组因素一并进入模型：份额为欧文值，其和为该组份额",
)
NORMAL = Label(
    "from a matrix: intervals are those of normal answers (Wishart draws)",
    "由矩阵计算：区间按正态答案得出（威沙特抽样）",
)


RANKS = Label(
    "first: share of the resamples in which it is the first; rank_low and rank_high: the interval of its rank",
    "first：重抽样中居首的比例；rank_low 与 rank_high：名次的区间",
)


def resample_note(draws: int, failures: int, confidence: float, drawn: Label) -> Label:
    """Return how intervals were made."""
    lost = f"; {failures} of them, without a solution, left out" if failures else ""
    fehl = f"，其中 {failures} 次无解而剔除" if failures else ""
    return Label(
        f"{confidence:.0%} percentile intervals from {draws} bootstrap resamples of {drawn.en}{lost}",
        f"{confidence:.0%} 百分位区间，对{drawn.zh}自助重抽样 {draws} 次{fehl}",
    )


def size_note(n: float, rows: int, kind: str | None) -> Label:
    """Return who took part."""
    weights = f", {kind} weights" if kind else ""
    gewicht = {"sampling": "，抽样权重", "frequency": "，频数权重"}.get(kind or "", "")
    return Label(
        f"n {n:g} of {rows:g} respondents, those who answered everything{weights}",
        f"n {n:g}（共 {rows:g} 名受访者），仅含全部回答者{gewicht}",
    )


def collinearity_note(names: str, worst: float, condition: float) -> Label:
    """Return what close relations of drivers mean."""
    return Label(
        f"collinearity: variance inflation up to {worst:.1f} ({names}), condition number {condition:.0f}; "
        "coefficients of these are hardly told apart, and shares divide what they have in common",
        f"共线性：方差膨胀因子最高 {worst:.1f}（{names}），条件数 {condition:.0f}；"
        "这些系数难以区分，份额则分摊其共同部分",
    )


def sign_note(names: str) -> Label:
    """Return what it means that correlation and coefficient have different signs."""
    return Label(
        f"coefficient and correlation have different signs: {names}; its share says nothing of a direction",
        f"系数与相关的符号相反：{names}；其份额不说明方向",
    )


def sampled_note(orderings: int, worst: float) -> Label:
    """Return how large the error of a sample of orderings is."""
    return Label(
        f"LMG from {orderings} orderings drawn at random: standard error of a share at most {worst:.4f}",
        f"LMG 由随机抽取的 {orderings} 种次序得出：份额的标准误不超过 {worst:.4f}",
    )


def control_note(names: str, r2: float) -> Label:
    """Return what controls explain."""
    return Label(
        f"controls, in every model: {names}; R² {r2:.3f} of theirs comes first",
        f"控制变量（每个模型都包含）：{names}；先解释 R² {r2:.3f}",
    )


def explained_note(r2: str, adjusted: str, method: Label) -> Label:
    """Return how much is explained in all, and how it is divided."""
    return Label(
        f"R² {r2}, adjusted {adjusted}; divided by {method.en}", f"R² {r2}，调整后 {adjusted}；按{method.zh}分解"
    )
