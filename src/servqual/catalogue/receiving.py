"""Receiving a customer: three kinds of need, four stages, and what is done where a wish cannot be met."""

from __future__ import annotations

from servqual.catalogue.checklists import Steps, checklist
from servqual.instruments import Instrument
from servqual.labels import Label

_STEPS: Steps = {
    "information": (
        Label("need for information", "信息需求"),
        (
            Label("Questions were answered rightly and completely", "问题得到正确完整的回答"),
            Label("The customer was told what comes next", "告知了下一步"),
        ),
    ),
    "environment": (
        Label("need for surroundings", "环境需求"),
        (
            Label("The place was comfortable and tidy", "环境舒适整洁"),
            Label("Waiting was made easy", "等候得到照顾"),
        ),
    ),
    "emotion": (
        Label("need for feeling", "情感需求"),
        (
            Label("The customer was noticed and respected", "顾客受到重视和尊重"),
            Label("Mood was understood and answered", "情绪得到理解和回应"),
        ),
    ),
    "welcome": (
        Label("welcome", "欢迎顾客"),
        (
            Label("Was welcomed at once", "及时受到欢迎"),
            Label("Appearance and bearing were right", "仪表举止得体"),
        ),
    ),
    "understand": (
        Label("understand", "理解顾客"),
        (
            Label("Was listened to and asked", "认真倾听和询问"),
            Label("What was understood was said again", "复述了所理解的内容"),
        ),
    ),
    "help": (
        Label("help", "帮助顾客"),
        (
            Label("What was promised was done", "兑现了承诺"),
            Label("Somebody stayed responsible to the end", "有人负责到底"),
        ),
    ),
    "retain": (
        Label("retain", "留住顾客"),
        (
            Label("Was asked whether all is well", "询问了是否满意"),
            Label("Was given a reason to come again", "给了再来的理由"),
        ),
    ),
    "alternatives": (
        Label("where an expectation cannot be met", "期望不能满足时"),
        (
            Label("The reason was given", "说明了理由"),
            Label("Another way was offered", "提供了其他选择"),
        ),
    ),
}


def reception(*, graded: bool = False) -> Instrument:
    """Checklist of reception: needs of information, environment and emotion, and how they are met.

    Welcome, understand, help, retain, and alternatives where a wish cannot be met; 16 criteria. The last two are left
    empty where every wish could be met.

    Parameters
    ----------
    graded
        As for `four_steps`.

    Notes
    -----
    Needs and stages are recalled, the words are our own: see ``status``. `servqual.encounters.need_coverage` reads
    whether all three needs were covered.

    Examples
    --------
    >>> reception().dimension_keys[:3]
    ('information', 'environment', 'emotion')
    """
    recalled = "the three needs, the four stages, and that an alternative is offered"
    label = Label("Reception", "接待顾客")
    return checklist("reception", label, _STEPS, "Training for receiving customers", recalled, graded=graded)
