"""The classes of penalty–reward and impact–asymmetry analysis, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class ImpactClass(StrEnum):
    """What an item can do, by its impact asymmetry IA: rewards (+1) or penalties (−1) only, or both.

    FRUSTRATOR
        IA below −0.7: it can only annoy.
    DISSATISFIER
        From −0.7 to below −0.2.
    HYBRID
        From −0.2 to 0.2: it annoys where it is bad as much as it pleases where it is good.
    SATISFIER
        Above 0.2, up to 0.7.
    DELIGHTER
        Above 0.7: it can only please.

    References
    ----------
    Mikulić & Prebežac 2008, Managing Service Quality 18(6):559-576.
    """

    FRUSTRATOR = "frustrator"
    DISSATISFIER = "dissatisfier"
    HYBRID = "hybrid"
    SATISFIER = "satisfier"
    DELIGHTER = "delighter"

    @property
    def label(self) -> Label:
        """The class in English and Chinese."""
        return _CLASSES[self]


_CLASSES = {
    ImpactClass.FRUSTRATOR: Label("frustrator", "纯挫败因素"),
    ImpactClass.DISSATISFIER: Label("dissatisfier", "不满因素"),
    ImpactClass.HYBRID: Label("hybrid", "双向因素"),
    ImpactClass.SATISFIER: Label("satisfier", "满意因素"),
    ImpactClass.DELIGHTER: Label("delighter", "纯愉悦因素"),
}


class Factor(StrEnum):
    """What the intervals of penalty and reward say of an item: the three factors of satisfaction.

    BASIC
        A penalty and no reward: taken for granted.
    PERFORMANCE
        Both.
    EXCITEMENT
        A reward and no penalty.
    NEITHER
        Neither is told from zero.
    UNTOLD
        There are no intervals.

    References
    ----------
    Brandt 1987, in Surprenant (ed), Add Value to Your Service, American Marketing Association, 61-65; Matzler &
    Sauerwein 2002, International Journal of Service Industry Management 13(4):314-332.
    """

    BASIC = "basic"
    PERFORMANCE = "performance"
    EXCITEMENT = "excitement"
    NEITHER = "neither"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The factor in English and Chinese."""
        return _FACTORS[self]


_FACTORS = {
    Factor.BASIC: Label("basic factor", "基本因素"),
    Factor.PERFORMANCE: Label("performance factor", "绩效因素"),
    Factor.EXCITEMENT: Label("excitement factor", "兴奋因素"),
    Factor.NEITHER: Label("neither shown", "均未显示"),
    Factor.UNTOLD: Label("no interval", "无区间"),
}

SIGNS = Label(
    "a penalty above zero, or a reward below, counts as none in riocs, sgp, dgp and asymmetry; `unexpected` names it",
    "高于零的惩罚或低于零的奖励在 riocs、sgp、dgp 与 asymmetry 中按无计；`unexpected` 列予以标明",
)
NOISE = Label(
    "where neither penalty nor reward is told from zero, the asymmetry is that of chance, and so is the class",
    "若惩罚与奖励均不能与零区分，则其不对称性及类别仅为偶然",
)
FORMULA = Label(
    "riocs = reward + |penalty|; sgp = reward / riocs; dgp = |penalty| / riocs; asymmetry = sgp − dgp; "
    "classes cut at −0.7, −0.2, 0.2, 0.7",
    "riocs = 奖励 + |惩罚|；sgp = 奖励 / riocs；dgp = |惩罚| / riocs；asymmetry = sgp − dgp；"
    "分类界限 −0.7、−0.2、0.2、0.7",
)
UNEXPECTED = {
    "penalty": Label("penalty", "惩罚"),
    "reward": Label("reward", "奖励"),
    "both": Label("both", "惩罚与奖励"),
}
