"""Difficult moments: complaints, refusals, doubts and misunderstandings, problem customers."""

from __future__ import annotations

from servqual.catalogue.checklists import Steps, checklist
from servqual.instruments import Instrument
from servqual.labels import Label

_COMPLAINT: Steps = {
    "listen": (
        Label("listen", "倾听"),
        (Label("Let the customer tell it all", "让顾客说完"), Label("Took notes of the facts", "记录了事实")),
    ),
    "empathise": (
        Label("empathise", "同情"),
        (Label("Showed understanding for the feeling", "对顾客的感受表示理解"), Label("Stayed calm", "保持冷静")),
    ),
    "apologise": (
        Label("apologise", "道歉"),
        (Label("Apologised without ifs", "真诚道歉"), Label("Thanked for being told", "感谢顾客提出")),
    ),
    "remedy": (
        Label("fair remedy", "公平补偿"),
        (Label("Offered a fair remedy", "提出了公平的解决办法"), Label("Gave a choice", "给了顾客选择")),
    ),
    "agree_and_act": (
        Label("agree and act", "同意并行动"),
        (Label("Agreed on what is done by when", "就做什么何时做达成一致"), Label("Acted at once", "立即行动")),
    ),
    "follow_up": (
        Label("follow up", "跟踪"),
        (Label("Asked later whether all is well", "事后回访"), Label("Saw that it will not recur", "防止再次发生")),
    ),
    "mistakes": (
        Label("common mistakes", "常见错误"),
        (
            Label("Argued about who is right", "与顾客争辩对错"),
            Label("Blamed a colleague or the rules", "怪罪同事或规定"),
            Label("Promised what cannot be kept", "作了做不到的承诺"),
            Label("Sent the customer from desk to desk", "推来推去"),
            Label("Asked as if the customer were lying", "像审问一样怀疑顾客"),
        ),
    ),
    "forbidden_phrases": (
        Label("forbidden phrases", "禁语"),
        (
            Label('Said "that is not my job"', '说了"这不归我管"'),
            Label('Said "that cannot be"', '说了"这不可能"'),
            Label('Said "you must have done something wrong"', '说了"一定是您弄错了"'),
            Label('Said "those are our rules"', '说了"这是我们的规定"'),
            Label('Said "I do not know"', '说了"我不知道"'),
        ),
    ),
}
_REFUSING: Steps = {
    "before": (
        Label("before the no", "拒绝之前"),
        (Label("Heard the whole request", "听完了要求"), Label("Looked for a way to say yes", "先想办法满足")),
    ),
    "saying_no": (
        Label("saying no", "表示拒绝"),
        (
            Label("Began with what can be done", "先说能做到的"),
            Label("Gave the reason before the no", "先讲理由再拒绝"),
            Label("Said it kindly and clearly", "语气委婉,意思明确"),
        ),
    ),
    "after": (
        Label("after the no", "拒绝之后"),
        (Label("Offered another way", "提供了替代办法"), Label("Said sorry and thanks", "致歉并致谢")),
    ),
}
_DOUBTS: Steps = {
    "doubts": (
        Label("doubts", "怀疑"),
        (
            Label("Found out what exactly is doubted", "弄清了怀疑什么"),
            Label("Gave proof that fits", "给出了恰当的证明"),
            Label("Asked whether the doubt is gone", "询问是否消除了疑虑"),
        ),
    ),
    "misunderstandings": (
        Label("misunderstandings", "误解"),
        (
            Label("Found out what was understood", "弄清了误解所在"),
            Label("Put it right without blame", "不责怪地澄清"),
            Label("Named the need behind it and answered it", "说出并满足了背后的需要"),
        ),
    ),
}
_COPING: Steps = {
    "let_speak": (
        Label("let them speak", "让对方说"),
        (Label("Let anger out without arguing", "让对方发泄,不争辩"), Label("Listened to the end", "听到最后")),
    ),
    "common_ground": (
        Label("common ground", "求同"),
        (Label("Named what both agree on", "说出双方的共同点"), Label("Accepted the feeling", "接纳了对方的感受")),
    ),
    "hidden_need": (
        Label("hidden need", "发现需要"),
        (Label("Asked for what lies behind it", "询问背后的原因"), Label("Named the need", "说出了真正的需要")),
    ),
    "joint_solution": (
        Label("joint solution", "共同解决"),
        (Label("Worked out a way together", "一起商量办法"), Label("Agreed on the next step", "约定了下一步")),
    ),
}


def complaint_handling(*, graded: bool = False) -> Instrument:
    """Checklist of complaint handling: six steps, and mistakes and phrases as items against it.

    Listen, empathise, apologise, fair remedy, agree and act, follow up, 12 criteria; 5 mistakes and 5 phrases that are
    forbidden, of which a yes counts against the service.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> [item.key for item in complaint_handling().items if item.reverse][:2]
    ['mistakes_1', 'mistakes_2']
    """
    recalled = "the six steps, and that there are mistakes and phrases to be avoided"
    label, against = Label("Handling of complaints", "投诉处理"), ("mistakes", "forbidden_phrases")
    return checklist(
        "complaint-handling", label, _COMPLAINT, "Training for complaints", recalled, graded=graded, against=against
    )


def refusing(*, graded: bool = False) -> Instrument:
    """Checklist of refusing well: before the no, saying it, after it; 7 criteria.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> refusing().dimension_keys
    ('before', 'saying_no', 'after')
    """
    recalled = "that there are better and worse ways of refusing"
    label = Label("Ways of refusing", "拒绝的方式")
    return checklist("refusing", label, _REFUSING, "Service training", recalled, graded=graded)


def doubts(*, graded: bool = False) -> Instrument:
    """Checklist for doubts and misunderstandings of a customer; 6 criteria.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> doubts().dimension_keys
    ('doubts', 'misunderstandings')
    """
    recalled = "doubts answered by proof, misunderstandings by the need behind them"
    label = Label("Doubts and misunderstandings", "怀疑与误解")
    return checklist("doubts", label, _DOUBTS, "Selling-skills training", recalled, graded=graded)


def coping(*, graded: bool = False) -> Instrument:
    """Checklist of the four steps with problem customers: let them speak, common ground, hidden need, joint solution.

    8 criteria.

    Parameters
    ----------
    graded
        As for `four_steps`.

    References
    ----------
    Bitner, Booms & Mohr 1994, Journal of Marketing 58(4):95-106 (problem customers as a kind of incident).

    Examples
    --------
    >>> coping().dimension_keys
    ('let_speak', 'common_ground', 'hidden_need', 'joint_solution')
    """
    source = "Problem customers as in Bitner, Booms & Mohr 1994, Journal of Marketing 58(4):95-106"
    label = Label("Coping with problem customers", "应对问题顾客")
    return checklist("coping", label, _COPING, source, "the four steps of coping", graded=graded)
