"""What keeps employees from the level that is expected of them: knowing what, knowing how, being willing."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_CONDITIONS = {
    "knows_what": (
        Label("I know exactly what is expected of me", "我清楚地知道公司对我的要求"),
        Label("I know by which results my work is judged", "我知道用什么结果来衡量我的工作"),
        Label("I know what customers want from my work", "我知道顾客希望我做到什么"),
    ),
    "knows_how": (
        Label("I have learnt to do what is expected", "要求我做的事,我学过怎么做"),
        Label("I can handle the tools and systems of my job", "我会用工作中的工具和系统"),
        Label("I know how to act when something unusual happens", "遇到特殊情况,我知道怎么处理"),
    ),
    "duty": (
        Label("It is clear which tasks are mine", "哪些事归我负责,界限清楚"),
        Label("I feel responsible for how the customer leaves", "顾客是否满意而归,我觉得自己有责任"),
        Label("Nobody else is held to account for my part", "我负责的部分不会算到别人头上"),
    ),
    "authority": (
        Label("I may decide on the spot what a customer needs", "顾客需要什么,我可以当场决定"),
        Label("I may spend what it takes to put a mistake right", "为了弥补差错,我有权支出必要的费用"),
        Label("I need not ask for every exception", "不必事事请示才能破例"),
    ),
    "incentive": (
        Label("It is noticed when I serve well", "我服务得好,会被看到"),
        Label("Good service pays for me", "服务得好,对我有好处"),
        Label("What I am rewarded for is what customers want", "公司奖励的,正是顾客想要的"),
    ),
}

_NAMES = {
    "knows_what": Label("knows what to do", "知道做什么"),
    "knows_how": Label("knows how to do it", "知道怎么做"),
    "duty": Label("willing: duty", "愿意做:责任"),
    "authority": Label("willing: authority", "愿意做:权力"),
    "incentive": Label("willing: incentive", "愿意做:利益"),
}


def performance_barriers() -> Instrument:
    """Performance barriers: what an employee knows, can and is willing to do, three statements each, seven points.

    Knows what, knows how, and three sides of being willing: duty, authority, incentive; 15 items, in the order in which
    they bind. `servqual.operations.binding_barriers` finds the first that fails.

    Notes
    -----
    The conditions and their order are recalled; the statements are our own: see ``status``.

    References
    ----------
    Blumberg & Pringle 1982, Academy of Management Review 7(4):560-569 (capacity, willingness and opportunity to
    perform).

    Examples
    --------
    >>> performance_barriers().dimension_keys
    ('knows_what', 'knows_how', 'duty', 'authority', 'incentive')
    """
    return Instrument.define(
        "performance-barriers",
        _CONDITIONS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Performance barriers", "绩效障碍"),
        labels=_NAMES,
        citation="Conditions of performance as in Blumberg & Pringle 1982, Academy of Management Review 7(4):560-569",
        status="Nothing is verified in a source. Recalled: knowing what, knowing how and being willing, the last by "
        "duty, authority and incentive, in this order (sure). Items, their number and their words are our own; there "
        "are no norms.",
    )
