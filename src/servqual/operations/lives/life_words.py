"""What is said of lives, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label
from servqual.statistics.hazard_fits import APART


class LifeShape(StrEnum):
    """How the failure rate runs over life, as the model that the data prefer (BIC) says.

    BATHTUB
        It falls, has a minimum and rises: early failures, useful life, wear.
    TWO_PARTS
        Two parts are preferred, but the rate does not fall and then rise.
    RISING, FALLING
        One Weibull, with a shape above 1, or below it.
    OPEN
        One Weibull, with an interval of the shape that holds 1: a constant rate is not excluded.
    """

    BATHTUB = "bathtub"
    TWO_PARTS = "two_parts"
    RISING = "rising"
    FALLING = "falling"
    OPEN = "open"

    @property
    def label(self) -> Label:
        """The shape in English and Chinese."""
        return _SHAPES[self]


_SHAPES = {
    LifeShape.BATHTUB: Label("bathtub: falls, then rises", "浴盆曲线：先降后升"),
    LifeShape.TWO_PARTS: Label("two parts, no bathtub", "两部分叠加，但非浴盆曲线"),
    LifeShape.RISING: Label("rising: wear", "上升：磨损"),
    LifeShape.FALLING: Label("falling: early failures", "下降：早期失效"),
    LifeShape.OPEN: Label("a constant rate is not excluded", "不排除恒定失效率"),
}
MEASURES = {
    "a": Label("rate of wear", "磨损部分的速率"),
    "b": Label("shape of wear", "磨损部分的形状"),
    "c": Label("rate of early failures", "早期失效部分的速率"),
    "d": Label("shape of early failures", "早期失效部分的形状"),
    "mean_life": Label("mean life", "平均寿命"),
    "tenth_failed": Label("time by which 10 % have failed", "10% 失效时的时间"),
    "half_failed": Label("time by which half have failed", "半数失效时的时间"),
    "minimum_time": Label("when the failure rate is least", "失效率最低的时间"),
    "minimum_rate": Label("least failure rate", "最低失效率"),
}
ONE = {"a": Label("rate", "速率"), "b": Label("shape", "形状")}
MODELS = {
    "weibull": Label("one Weibull", "单一威布尔"),
    "additive": Label("additive Weibull (bathtub)", "叠加威布尔（浴盆）"),
}
TITLE = Label("Failure rate over life", "全寿命失效率")
BIC = Label(
    "preferred: the model of the smaller BIC (failures count as its sample size); AIC prefers two parts by chance far "
    "more often",
    "优选模型：BIC 较小者（以失效数为样本量）；AIC 因偶然而选两部分模型的情形要多得多",
)
NOT_APART = Label(APART, "这些寿命数据无法区分两个部分：其中一部分消失，或只剩一次失效")
BEYOND = Label(
    "what lies beyond the longest life watched is the model's word alone",
    "超出最长观察寿命之外的部分仅凭模型推断",
)


def interval_note(confidence: float) -> Label:
    """Return how intervals are made."""
    return Label(
        f"{confidence:.0%} intervals by the delta method on logarithms",
        f"{confidence:.0%} 区间：对数尺度上的 delta 法",
    )
