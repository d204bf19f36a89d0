"""What a log of contacts holds and what is read of it, in English and Chinese."""

from __future__ import annotations

from enum import StrEnum

from servqual.labels import Label


class ContactKind(StrEnum):
    """What a row of an event log is.

    PROACTIVE
        The provider turned to the customer, unasked.
    EVENT
        Something happened that the provider ought to react to: a failure, a delay, an alarm.
    DEMAND
        The customer asked for something.
    """

    PROACTIVE = "proactive"
    EVENT = "event"
    DEMAND = "demand"

    @property
    def label(self) -> Label:
        """The kind in English and Chinese."""
        return _KINDS[self]


class Indicator(StrEnum):
    """What is read of an event log.

    PROACTIVITY
        Share of contacts that the provider began: proactive ones among proactive ones and demands.
    FREQUENCY
        Contacts of a customer in a length of time.
    REACTION_TIME
        From an event to the reaction: a quantile.
    REACTED_WITHIN
        Share of events reacted to within a limit.
    RESPONSE_TIME
        From a demand to the answer: a quantile.
    RESPONDED
        Share of demands that were answered by the end of the log.
    RESPONDED_WITHIN
        Share of demands answered within a limit.
    """

    PROACTIVITY = "proactivity"
    FREQUENCY = "frequency"
    REACTION_TIME = "reaction_time"
    REACTED_WITHIN = "reacted_within"
    RESPONSE_TIME = "response_time"
    RESPONDED = "responded"
    RESPONDED_WITHIN = "responded_within"

    @property
    def label(self) -> Label:
        """The indicator in English and Chinese."""
        return _INDICATORS[self]


_KINDS = {
    ContactKind.PROACTIVE: Label("proactive contact", "主动联系"),
    ContactKind.EVENT: Label("event", "事件"),
    ContactKind.DEMAND: Label("demand", "客户需求"),
}
_INDICATORS = {
    Indicator.PROACTIVITY: Label("proactivity: contacts that the provider began", "主动性：由服务方发起的联系比例"),
    Indicator.FREQUENCY: Label("frequency of contacts", "联系频率"),
    Indicator.REACTION_TIME: Label("reaction time to events", "对事件的反应时间"),
    Indicator.REACTED_WITHIN: Label("events reacted to within the limit", "时限内对事件作出反应的比例"),
    Indicator.RESPONSE_TIME: Label("response time to demands", "对需求的响应时间"),
    Indicator.RESPONDED: Label("demands answered", "已响应需求的比例"),
    Indicator.RESPONDED_WITHIN: Label("demands answered within the limit", "时限内响应需求的比例"),
}
