"""Kinds of standards, what is said of them, levels and stages of service: in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class StandardKind(StrEnum):
    """What a standard is measured in.

    TIME
        How long something takes, zero or more: hard.
    COUNT
        How often something happens, whole numbers: hard.
    AMOUNT
        Any other quantity that is measured, such as a temperature: hard.
    SCALE
        What customers say on a scale: soft.
    """

    TIME = "time"
    COUNT = "count"
    AMOUNT = "amount"
    SCALE = "scale"

    @property
    def hard(self) -> bool:
        """Whether it is counted or timed rather than perceived."""
        return self is not StandardKind.SCALE

    @property
    def label(self) -> Label:
        """The kind in English and Chinese."""
        return _KINDS[self]


class StandardVerdict(StrEnum):
    """What the interval of a share says of the target share of a standard.

    MET
        All of the interval is at or above the target.
    MISSED
        All of it is below.
    OPEN
        The target lies inside: more events would tell.
    UNJUDGED
        There is no share.
    """

    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    UNJUDGED = "unjudged"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


class ServiceLevel(StrEnum):
    """Level of a service, from the lowest.

    BELOW_STANDARD
        The standard is missed, or the service is perceived below what is adequate.
    QUALIFIED
        Customers can accept it: adequate, and in the lower part of their zone of tolerance.
    GOOD
        Customers can be content: in the upper part of the zone, up to what they desire.
    EXCELLENT
        More than what they desire.
    """

    BELOW_STANDARD = "below_standard"
    QUALIFIED = "qualified"
    GOOD = "good"
    EXCELLENT = "excellent"

    @property
    def label(self) -> Label:
        """The level in English and Chinese."""
        return _LEVELS[self]


class ServiceStage(StrEnum):
    """Stage of a service, from the lowest: what it does without fail.

    NONE
        Not even what it has set as its standards.
    BASIC
        Its standards are kept.
    REACTIVE
        And who asks is answered in time.
    PROACTIVE
        And a good part of the contacts begin with the provider, before anybody has to ask.
    PERSONALISED
        And a good part of those are made for the one customer.
    """

    NONE = "none"
    BASIC = "basic"
    REACTIVE = "reactive"
    PROACTIVE = "proactive"
    PERSONALISED = "personalised"

    @property
    def label(self) -> Label:
        """The stage in English and Chinese."""
        return _STAGES[self]


_KINDS = {
    StandardKind.TIME: Label("time", "时间"),
    StandardKind.COUNT: Label("count", "次数"),
    StandardKind.AMOUNT: Label("amount", "数量"),
    StandardKind.SCALE: Label("scale", "量表"),
}
_VERDICTS = {
    StandardVerdict.MET: Label("met", "达标"),
    StandardVerdict.MISSED: Label("missed", "未达标"),
    StandardVerdict.OPEN: Label("open", "尚无定论"),
    StandardVerdict.UNJUDGED: Label("not judged", "无法判断"),
}
_LEVELS = {
    ServiceLevel.BELOW_STANDARD: Label("below standard", "不合格"),
    ServiceLevel.QUALIFIED: Label("qualified: customers accept it", "合格：客户能够接受"),
    ServiceLevel.GOOD: Label("good: customers are content", "良好：能够满意"),
    ServiceLevel.EXCELLENT: Label("excellent: beyond what is desired", "优秀：超出预期"),
}
_STAGES = {
    ServiceStage.NONE: Label("no service to speak of", "无服务"),
    ServiceStage.BASIC: Label("basic service", "基本服务"),
    ServiceStage.REACTIVE: Label("reactive service", "被动服务"),
    ServiceStage.PROACTIVE: Label("proactive service", "主动服务"),
    ServiceStage.PERSONALISED: Label("personalised service", "个性化服务"),
}
