"""What comparisons of forms say in words, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from servqual.chain.recipes import Recipe
from servqual.labels import Label
from servqual.statistics.models import Estimator


class ShapeVerdict(StrEnum):
    """What the criteria say of a link together.

    STRAIGHT
        No bent form is better by any criterion.
    BENT
        Some bent form is better by all of them.
    OPEN
        The criteria do not agree.
    UNTOLD
        No bent form could be fitted.
    """

    STRAIGHT = "straight"
    BENT = "bent"
    OPEN = "open"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _SHAPES[self]


_SHAPES = {
    ShapeVerdict.STRAIGHT: Label("a straight line will do", "直线即可"),
    ShapeVerdict.BENT: Label("bent", "弯曲"),
    ShapeVerdict.OPEN: Label(
        "the criteria disagree: keep the straight line unless there are other reasons",
        "准则不一致：若无其他理由，保留直线",
    ),
    ShapeVerdict.UNTOLD: Label("not told", "无法判断"),
}


class AsymmetryVerdict(StrEnum):
    """What the test of both slopes says.

    LOSSES
        The link is steeper below the reference: what is lost weighs more.
    GAINS
        It is steeper above.
    OPEN
        The slopes do not differ demonstrably.
    UNTOLD
        There is no test.
    """

    LOSSES = "losses"
    GAINS = "gains"
    OPEN = "open"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _ASYMMETRIES[self]


_ASYMMETRIES = {
    AsymmetryVerdict.LOSSES: Label("losses weigh more than gains", "损失的影响大于增益"),
    AsymmetryVerdict.GAINS: Label("gains weigh more than losses", "增益的影响大于损失"),
    AsymmetryVerdict.OPEN: Label("no asymmetry shown", "未显示不对称"),
    AsymmetryVerdict.UNTOLD: Label("not tested", "未检验"),
}


def brief(form: str) -> str:
    """Return a form as text, its knots with four digits."""
    return " ".join(f"{float(word):.4g}" if word[-1].isdigit() else word for word in form.split())


TITLE = Label("Straight or bent", "直线还是曲线")
NO_CRITERIA = "this estimator has no likelihood that could be compared"
NO_FOLD = "without the units of some fold the regression cannot be estimated"
NO_ERROR = "the straight line predicts without error"
NOT_ASKED = "no asymmetric form was compared"

OF_LINKS = Label(
    'what this says of each link, and slopes below and above the reference: to_table(of="links")',
    '各环节的结论，以及参照点上下的斜率：to_table(of="links")',
)


def shape_notes(recipe: Recipe, folds: int, confidence: float) -> Iterator[Label]:
    """Yield how forms were compared."""
    if recipe.estimator in {Estimator.OLS, Estimator.WLS}:
        yield Label(
            "AIC and BIC of the equation of the target on the same rows, and less those of the straight line: below "
            "zero is better",
            "目标方程的 AIC 与 BIC，基于相同的行；与直线之差，小于零者更好",
        )
    else:
        yield Label(
            f"AIC and BIC do not exist for the {recipe.estimator} estimator: the held-out error decides alone",
            f"{recipe.estimator} 估计量没有 AIC 与 BIC：仅由留出误差判断",
        )
    yield Label(
        f"rmse: error for units that were held out whole, in {folds} folds; gain: by which share its square is below "
        "that of the straight line",
        f"rmse：整个单位留出的预测误差，共 {folds} 折；gain：均方误差比直线低的比例",
    )
    yield Label(
        "bent: better by AIC, BIC and held-out error alike, that by more than its standard error; straight: by none",
        "弯曲：AIC、BIC 与留出误差（超过一个标准误）均更好；直线：三者均不更好",
    )
    yield Label(
        f"asymmetry: slope above the reference less slope below it, t test at {1 - confidence:.2g}",
        f"不对称：参照点以上与以下的斜率之差，t 检验，水平 {1 - confidence:.2g}",
    )
