"""A ladder of needs, from what must not fail to what is a distinction: that of an airline."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_RUNGS = {
    "arrive": (
        Label("I arrived where I wanted to go", "我平安到达了目的地"),
        Label("I never feared for the flight", "整个航程没有让我担心"),
    ),
    "unhurt": (
        Label("Nothing happened to me on the way", "途中我没有受到伤害"),
        Label("My luggage came whole and complete", "行李完好无缺"),
    ),
    "on_time": (
        Label("We left when the timetable said", "按时起飞"),
        Label("We landed when the timetable said", "按时到达"),
    ),
    "helped": (
        Label("Somebody helped me where I needed it", "途中需要帮助时有人帮我"),
        Label("I was told what I had to know", "该知道的信息都告诉了我"),
    ),
    "wishes": (
        Label("My wishes for seat and food were met", "我对座位和餐食的愿望得到了满足"),
        Label("The crew thought of things before I asked", "不用我开口,机组就想到了"),
    ),
    "status": (
        Label("I was treated as somebody special", "我受到了与众不同的礼遇"),
        Label("Flying with them says something about me", "乘坐这家航班体现我的身份"),
    ),
}

_NAMES = {
    "arrive": Label("arrive safely", "安全到达"),
    "unhurt": Label("arrive unhurt", "不受伤害"),
    "on_time": Label("arrive on time", "准时到达"),
    "helped": Label("be helped on the way", "途中得到帮助"),
    "wishes": Label("have wishes met", "愿望得到满足"),
    "status": Label("have status confirmed", "身份得到认可"),
}


def airline_needs() -> Instrument:
    """Ladder of needs of an airline's passengers: six rungs, basic to highest, two statements each, seven points.

    Arrive safely, arrive unhurt, arrive on time, be helped on the way, have wishes met, have status confirmed: 12
    items. `servqual.operations.climb_needs` finds the rung that each customer has reached.

    Notes
    -----
    The six rungs and their order are recalled; the statements are our own: see ``status``.

    References
    ----------
    Maslow 1943, Psychological Review 50(4):370-396 (needs that come one after the other).

    Examples
    --------
    >>> airline_needs().dimension_keys
    ('arrive', 'unhurt', 'on_time', 'helped', 'wishes', 'status')
    """
    return Instrument.define(
        "airline-needs",
        _RUNGS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Ladder of needs of air passengers", "航空旅客的需要阶梯"),
        labels=_NAMES,
        citation="Needs in an order as in Maslow 1943, Psychological Review 50(4):370-396",
        status="Nothing is verified in a source. Recalled: the six rungs of an airline and their order (sure). Items, "
        "their number and their words are our own; there are no norms.",
    )
