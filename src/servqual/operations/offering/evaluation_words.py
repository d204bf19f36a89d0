"""Search, experience and credence qualities: how hard a service is to evaluate, and what that means for a survey."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from servqual.errors import BarrierError, Problem
from servqual.labels import Label


class Evaluation(StrEnum):
    """When customers can judge a quality.

    SEARCH
        Before they buy.
    EXPERIENCE
        While they use it, or after.
    CREDENCE
        Not even then, or only with knowledge that they lack.

    References
    ----------
    Nelson 1970, Journal of Political Economy 78(2):311-329; Darby & Karni 1973, Journal of Law and Economics
    16(1):67-88; Zeithaml 1981, in Donnelly & George (eds.), Marketing of Services, American Marketing Association,
    186-190.
    """

    SEARCH = "search"
    EXPERIENCE = "experience"
    CREDENCE = "credence"

    @property
    def label(self) -> Label:
        """The quality in English and Chinese."""
        return _LABELS[self]

    @property
    def when(self) -> Label:
        """When a survey should ask."""
        return _WHEN[self]

    @property
    def whom(self) -> Label:
        """Whom a survey should ask."""
        return _WHOM[self]


@frozen
class ReferenceOffering:
    """A known offering on the continuum from easy to hard to evaluate.

    Attributes
    ----------
    key, label
        Which.
    evaluation
        The qualities that prevail in it.
    position
        0 for the easiest, 1 for the hardest. The order is that of the source; that steps are equal is a convention.
    """

    key: str
    label: Label
    evaluation: Evaluation
    position: float


_LABELS: Mapping[Evaluation, Label] = {
    Evaluation.SEARCH: Label("search qualities", "搜寻特性"),
    Evaluation.EXPERIENCE: Label("experience qualities", "经验特性"),
    Evaluation.CREDENCE: Label("credence qualities", "信任特性"),
}
_WHEN: Mapping[Evaluation, Label] = {
    Evaluation.SEARCH: Label("before the purchase, and after it", "购买之前和之后都可以问"),
    Evaluation.EXPERIENCE: Label("soon after use, while it is remembered", "使用之后尽快问"),
    Evaluation.CREDENCE: Label(
        "about the process at once, about the result when it shows", "过程当时就问，结果显现之后再问"
    ),
}
_WHOM: Mapping[Evaluation, Label] = {
    Evaluation.SEARCH: Label("anybody who looks, customers or not", "凡是看过的人，不论是否顾客"),
    Evaluation.EXPERIENCE: Label("those who used it themselves", "亲自使用过的人"),
    Evaluation.CREDENCE: Label(
        "customers about how they were treated, experts about the result", "过程问顾客，结果问专家"
    ),
}

_OFFERINGS: Mapping[Evaluation, tuple[tuple[str, Label], ...]] = {
    Evaluation.SEARCH: (
        ("clothing", Label("clothing", "服装")),
        ("jewellery", Label("jewellery", "珠宝")),
        ("furniture", Label("furniture", "家具")),
        ("houses", Label("houses", "房屋")),
        ("cars", Label("cars", "汽车")),
    ),
    Evaluation.EXPERIENCE: (
        ("restaurant_meals", Label("restaurant meals", "餐饮")),
        ("vacations", Label("vacations", "度假")),
        ("haircuts", Label("haircuts", "理发")),
        ("child_care", Label("child care", "托儿")),
    ),
    Evaluation.CREDENCE: (
        ("television_repair", Label("television repair", "电视机修理")),
        ("legal_services", Label("legal services", "法律服务")),
        ("root_canals", Label("root canals", "牙根管治疗")),
        ("car_repair", Label("car repair", "汽车修理")),
        ("medical_diagnosis", Label("medical diagnosis", "医疗诊断")),
    ),
}
_IN_ORDER = [(kind, key, label) for kind, known in _OFFERINGS.items() for key, label in known]
CONTINUUM = tuple(
    ReferenceOffering(key, label, kind, place / (len(_IN_ORDER) - 1))
    for place, (kind, key, label) in enumerate(_IN_ORDER)
)


def nearest_offering(position: float) -> ReferenceOffering:
    """Return the known offering that is about as hard to evaluate; the easier of two that are equally near.

    Parameters
    ----------
    position
        0 for the easiest, 1 for the hardest.

    Raises
    ------
    BarrierError
        A position beyond these.

    Examples
    --------
    >>> nearest_offering(0.0).key, nearest_offering(0.5).key
    ('clothing', 'vacations')
    """
    if not 0 <= position <= 1:
        raise BarrierError(Problem("position", f"{position!r}", "it lies from 0, the easiest, to 1, the hardest"))
    return min(CONTINUUM, key=lambda each: round(abs(each.position - position), 12))


class Judgeable(StrEnum):
    """Whether customers can judge a quality, by the interval of the share who say that they can after use.

    YES
        Most can.
    NO
        Most cannot: ask somebody else.
    UNCLEAR
        The interval covers one half.
    """

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _JUDGEABLE[self]


_JUDGEABLE: Mapping[Judgeable, Label] = {
    Judgeable.YES: Label("customers can judge it", "顾客能够评价"),
    Judgeable.NO: Label("customers cannot judge it", "顾客难以评价"),
    Judgeable.UNCLEAR: Label("unclear", "不明确"),
}
