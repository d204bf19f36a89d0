"""What staff do in an encounter: the four steps, the conversation, listening, the seven letters of service."""

from __future__ import annotations

from servqual.catalogue.checklists import Steps, checklist
from servqual.instruments import Instrument
from servqual.labels import Label

_FOUR: Steps = {
    "explore": (
        Label("explore", "探索"),
        (
            Label("Put the customer's interest first", "先为顾客着想"),
            Label("Asked for the business interest behind the request", "了解了顾客的业务利益"),
            Label("Noticed the personal interest behind the request", "察觉了顾客的个人利益"),
            Label("Made sure what is expected, said and unsaid", "弄清了明说的和潜在的期望"),
            Label("Listened actively and checked the understanding", "主动倾听并核实理解"),
        ),
    ),
    "offer": (
        Label("offer", "提议"),
        (
            Label("The offer suits what was found out", "提议符合所了解的需要"),
            Label("The offer is complete", "提议完整"),
            Label("The offer can be kept", "提议切实可行"),
            Label("Both sides gain by the offer", "提议双赢"),
        ),
    ),
    "act": (
        Label("act", "行动"),
        (
            Label("Saw risks beforehand and kept them in hand", "预见并控制了风险"),
            Label("Kept the customer informed", "与顾客保持沟通"),
            Label("Worked together with colleagues", "与同事团队协作"),
            Label("Reported back on what was agreed", "对约定的事给了反馈"),
        ),
    ),
    "confirm": (
        Label("confirm", "确认"),
        (
            Label("Asked whether expectations were met or exceeded", "询问了期望是否得到满足或超越"),
            Label("Settled what was still open", "处理了未了之事"),
            Label("Thanked, and left the door open", "致谢并欢迎再次联系"),
        ),
    ),
}
_CONVERSATION: Steps = {
    "opening": (
        Label("opening", "开场"),
        (
            Label("Greeted and gave a name", "问候并自我介绍"),
            Label("Said what the conversation is for", "说明了交谈目的"),
            Label("Asked whether that suits the customer", "征得了顾客同意"),
        ),
    ),
    "probing": (
        Label("probing", "询问"),
        (
            Label("Began with open questions", "用开放式问题开始"),
            Label("Made sure of details by closed questions", "用封闭式问题确认细节"),
            Label("Let the customer finish", "让顾客把话说完"),
        ),
    ),
    "supporting": (
        Label("supporting", "说服"),
        (
            Label("Named a feature that answers the need", "说明了满足需要的特点"),
            Label("Said what advantage it has", "说明了它的优点"),
            Label("Said what the customer gains by it", "说明了给顾客的利益"),
        ),
    ),
    "closing": (
        Label("closing", "结束"),
        (
            Label("Summed up what was agreed", "总结了达成的一致"),
            Label("Said who does what by when", "说明了谁在何时做什么"),
            Label("Made sure that the customer agrees", "确认了顾客认可"),
        ),
    ),
}
_LISTENING: Steps = {
    "facts": (
        Label("listening to facts", "倾听事实"),
        (
            Label("Heard what happened, when and to whom", "听清了何时何人发生何事"),
            Label("Wrote down what matters", "记下了要点"),
            Label("Asked where something was unclear", "有疑问时提问"),
        ),
    ),
    "feeling": (
        Label("listening to feeling", "倾听情感"),
        (
            Label("Noticed tone and mood", "察觉了语气和情绪"),
            Label("Showed by look and posture to be there", "用目光和姿态表示在听"),
            Label("Did not interrupt", "没有打断"),
        ),
    ),
    "restating": (
        Label("restating both", "复述两者"),
        (
            Label("Said the facts again in own words", "用自己的话复述了事实"),
            Label("Named the feeling and accepted it", "说出并接纳了情感"),
        ),
    ),
}
_SERVICE: Steps = {
    "smile": (
        Label("smile", "微笑"),
        (Label("Met the customer with a smile", "对顾客微笑相迎"), Label("Sounded friendly", "语气友善")),
    ),
    "excellence": (
        Label("excellence", "出色"),
        (Label("Knew the job", "业务熟练"), Label("Took care of small things", "注意细节")),
    ),
    "reaching": (
        Label("reaching", "准备"),
        (Label("Was ready before being asked", "随时准备服务"), Label("Came towards the customer", "主动迎向顾客")),
    ),
    "viewing": (
        Label("viewing", "看待"),
        (Label("Treated the customer as a special person", "把顾客看作特殊人物"), Label("Used the name", "称呼姓名")),
    ),
    "inviting": (
        Label("inviting", "邀请"),
        (Label("Invited the customer to come again", "邀请顾客再来"), Label("Asked for wishes", "询问需要")),
    ),
    "creating": (
        Label("creating", "创造"),
        (Label("Made the place pleasant", "营造了舒适气氛"), Label("Found a way of its own", "创造性地解决问题")),
    ),
    "eye": (
        Label("eye", "眼光"),
        (Label("Kept eye contact", "保持目光交流"), Label("Saw needs before they were said", "看出未说出的需要")),
    ),
}


def four_steps(*, graded: bool = False) -> Instrument:
    """Checklist of the four steps of an encounter: explore, offer, act, confirm; 16 criteria.

    Parameters
    ----------
    graded
        Whether criteria are judged 0 not done, 1 partly, 2 fully, instead of 0 and 1.

    Notes
    -----
    Steps and criteria are recalled, their words are our own: see ``status``. `servqual.encounters.step_scores` reads
    filled-in sheets.

    Examples
    --------
    >>> four_steps()
    <Instrument 'four-steps': 16 items, 4 dimensions, 0..1; perception>
    """
    recalled = "the four steps with their criteria"
    label = Label("Four steps of an encounter", "服务四步骤")
    return checklist("four-steps", label, _FOUR, "Four steps of service training", recalled, graded=graded)


def conversation(*, graded: bool = False) -> Instrument:
    """Checklist of a conversation: opening, probing by open and closed questions, supporting, closing; 12 criteria.

    Supporting is by feature, advantage and benefit.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> conversation().dimension_keys
    ('opening', 'probing', 'supporting', 'closing')
    """
    recalled = "the four behaviours, open and closed questions, feature, advantage and benefit"
    label = Label("Conversation with a customer", "与顾客的交谈")
    return checklist("conversation", label, _CONVERSATION, "Selling-skills training", recalled, graded=graded)


def listening(*, graded: bool = False) -> Instrument:
    """Checklist of listening: to facts, to feeling, and restating both; 8 criteria.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> listening().dimension_keys
    ('facts', 'feeling', 'restating')
    """
    source = "Active listening as in Rogers & Farson 1957, Active Listening, University of Chicago"
    recalled = "listening to facts and to feeling, restating both"
    return checklist("listening", Label("Listening", "倾听"), _LISTENING, source, recalled, graded=graded)


def service_behaviours(*, graded: bool = False) -> Instrument:
    """Checklist of the seven SERVICE behaviours: smile, excellence, reaching, viewing and three more.

    The others are inviting, creating and eye; 14 items.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Examples
    --------
    >>> "".join(key[0] for key in service_behaviours().dimension_keys)
    'service'
    """
    recalled = "the seven words behind the letters"
    label = Label("Seven SERVICE behaviours", "SERVICE 七项行为")
    return checklist("service-behaviours", label, _SERVICE, "Service training", recalled, graded=graded)
