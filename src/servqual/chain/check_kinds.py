"""What diagnostics look for, and what they say of it: kinds, families and verdicts."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class CheckFamily(StrEnum):
    """Checks of one question; p-values are adjusted within a family."""

    COLLINEARITY = "collinearity"
    SPREAD = "spread"
    FORM = "form"
    NORMALITY = "normality"
    INFLUENCE = "influence"
    SERIAL = "serial"
    SIZE = "size"
    SOURCE = "source"
    DIRECTION = "direction"

    @property
    def label(self) -> Label:
        """The question in English and Chinese."""
        return _FAMILIES[self]


_FAMILIES = {
    CheckFamily.COLLINEARITY: Label("collinearity", "共线性"),
    CheckFamily.SPREAD: Label("heteroscedasticity", "异方差"),
    CheckFamily.FORM: Label("functional form", "函数形式"),
    CheckFamily.NORMALITY: Label("residual normality", "残差正态性"),
    CheckFamily.INFLUENCE: Label("influence", "影响点"),
    CheckFamily.SERIAL: Label("serial correlation", "序列相关"),
    CheckFamily.SIZE: Label("size", "样本规模"),
    CheckFamily.SOURCE: Label("common source", "同源数据"),
    CheckFamily.DIRECTION: Label("direction", "方向"),
}


class CheckKind(StrEnum):
    """One check."""

    VIF = "vif"
    CONDITION_NUMBER = "condition_number"
    BREUSCH_PAGAN = "breusch_pagan"
    WHITE = "white"
    RESET = "reset"
    ADDED_SQUARE = "added_square"
    JARQUE_BERA = "jarque_bera"
    OMNIBUS = "omnibus"
    OUTLYING_ROW = "outlying_row"
    INFLUENTIAL_UNIT = "influential_unit"
    SERIAL_CORRELATION = "serial_correlation"
    FEW_UNITS = "few_units"
    FEW_CLUSTERS = "few_clusters"
    SAME_PEOPLE = "same_people"
    REVERSE_DIRECTION = "reverse_direction"

    @property
    def family(self) -> CheckFamily:
        """The question that it belongs to."""
        return _FAMILY_OF[self]


_FAMILY_OF = {
    CheckKind.VIF: CheckFamily.COLLINEARITY,
    CheckKind.CONDITION_NUMBER: CheckFamily.COLLINEARITY,
    CheckKind.BREUSCH_PAGAN: CheckFamily.SPREAD,
    CheckKind.WHITE: CheckFamily.SPREAD,
    CheckKind.RESET: CheckFamily.FORM,
    CheckKind.ADDED_SQUARE: CheckFamily.FORM,
    CheckKind.JARQUE_BERA: CheckFamily.NORMALITY,
    CheckKind.OMNIBUS: CheckFamily.NORMALITY,
    CheckKind.OUTLYING_ROW: CheckFamily.INFLUENCE,
    CheckKind.INFLUENTIAL_UNIT: CheckFamily.INFLUENCE,
    CheckKind.SERIAL_CORRELATION: CheckFamily.SERIAL,
    CheckKind.FEW_UNITS: CheckFamily.SIZE,
    CheckKind.FEW_CLUSTERS: CheckFamily.SIZE,
    CheckKind.SAME_PEOPLE: CheckFamily.SOURCE,
    CheckKind.REVERSE_DIRECTION: CheckFamily.DIRECTION,
}


class CheckVerdict(StrEnum):
    """What a check says, worst first.

    PROBLEM
        Conclusions that rest on it should not be drawn without the remedy.
    CAUTION
        They should be drawn with care.
    ALLOWED
        It was found, and the estimator or the covariance of the fit allows for it.
    CLEAR
        Nothing was found; that is no proof that there is nothing.
    UNTOLD
        There is no such check of these rows.
    """

    PROBLEM = "problem"
    CAUTION = "caution"
    ALLOWED = "allowed"
    CLEAR = "clear"
    UNTOLD = "untold"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(CheckVerdict).index(self)

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    CheckVerdict.PROBLEM: Label("problem", "有问题"),
    CheckVerdict.CAUTION: Label("caution", "需谨慎"),
    CheckVerdict.ALLOWED: Label("found, allowed for", "存在，已处理"),
    CheckVerdict.CLEAR: Label("nothing found", "未发现"),
    CheckVerdict.UNTOLD: Label("not applicable", "不适用"),
}

# What is found is a matter of care where conclusions hold without it, too
CAREFUL = {
    CheckKind.VIF,
    CheckKind.CONDITION_NUMBER,
    CheckKind.JARQUE_BERA,
    CheckKind.OMNIBUS,
    CheckKind.OUTLYING_ROW,
    CheckKind.INFLUENTIAL_UNIT,
    CheckKind.FEW_UNITS,
    CheckKind.FEW_CLUSTERS,
    CheckKind.SAME_PEOPLE,
}
