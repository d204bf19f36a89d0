"""Instruments for the people inside: the department next door as a supplier, and the job as a whole."""

from __future__ import annotations

from servqual.catalogue.wordings import DIMENSIONS
from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_NEXT_DEPARTMENT = {
    "tangibles": (
        Label("The tools and systems they give us are up to the task", "他们提供给我们的工具和系统够用好用"),
        Label("Their documents and data are easy to work with", "他们给的资料和数据清楚好用"),
        Label("Their workplace is in good order", "他们的工作场所井井有条"),
    ),
    "reliability": (
        Label("We get their work on the agreed day", "他们按约定的日期把工作交给我们"),
        Label("What they hand over needs no repair by us", "他们交来的东西不用我们返工"),
        Label("They own up to mistakes and mend them", "他们出了错肯承认、肯改正"),
        Label("Their work is equally good from month to month", "他们的工作质量始终如一"),
    ),
    "responsiveness": (
        Label("Our questions get an answer soon", "我们的问题很快就有答复"),
        Label("They warn us early when something will be late", "事情要拖延时,他们会提早打招呼"),
        Label("In an emergency they step in at once", "遇到急事,他们马上支援"),
        Label("Somebody can be reached when we need them", "需要的时候找得到他们的人"),
    ),
    "assurance": (
        Label("They know their trade", "他们业务精通"),
        Label("We can build on what they tell us", "他们说的话我们信得过"),
        Label("They deal with us respectfully", "他们对我们以礼相待"),
    ),
    "empathy": (
        Label("They know how our work depends on theirs", "他们清楚我们的工作怎样依赖他们的工作"),
        Label("They look for a solution that fits our case", "他们会按我们的具体情况想办法"),
        Label("They keep in mind the customer at the end of the line", "他们心里装着最终的客户"),
    ),
}

_FACTORS = {
    "job": Label("the job itself", "工作本身"),
    "training": Label("training", "培训"),
    "pay": Label("pay", "薪酬"),
    "promotion": Label("fair promotion", "公平晋升"),
    "respect": Label("respect and dignity", "尊重"),
    "teamwork": Label("teamwork", "团队合作"),
    "welfare": Label("the company's care for well-being", "公司对员工福利的关心"),
}

_JOB = {
    "job": (
        Label("I like what I do all day", "我喜欢自己每天做的工作"),
        Label("My work uses what I am good at", "工作能发挥我的长处"),
        Label("I can see what my work is good for", "我看得到自己工作的意义"),
    ),
    "training": (
        Label("I was taught what my job asks of me", "岗位需要的本领,公司教过我"),
        Label("When something new comes, we are prepared for it in time", "有新业务时,会及时培训我们"),
        Label("I keep learning things that take me further", "我能不断学到对发展有用的东西"),
    ),
    "pay": (
        Label("My pay is right for the work I do", "我的收入与付出相称"),
        Label("Good work shows in what I earn", "干得好,收入上有体现"),
        Label("I would hardly earn more for the same work elsewhere", "同样的工作,换个地方收入也不会更高"),
    ),
    "promotion": (
        Label("Those who are promoted have earned it", "得到晋升的人是凭本事上去的"),
        Label("Everybody knows what it takes to be promoted", "晋升的条件人人都清楚"),
        Label("I have a fair chance to rise", "我有公平的晋升机会"),
    ),
    "respect": (
        Label("My superiors treat me as an adult", "上级尊重我"),
        Label("My opinion is asked before things change", "要改变做法时,会先听我的意见"),
        Label("Criticism here never shames anybody", "批评人时不伤人的面子"),
    ),
    "teamwork": (
        Label("My colleagues help out when I am short of time", "我忙不过来时,同事会帮忙"),
        Label("We tell each other what the other needs to know", "该让同事知道的事,大家都会互相告知"),
        Label("Departments work with each other, not against each other", "各部门互相配合,不互相拆台"),
    ),
    "welfare": (
        Label("The company cares how its people are", "公司关心员工过得好不好"),
        Label("My work leaves room for health and family", "工作之余顾得上健康和家庭"),
        Label("The company helps those who get into difficulties", "员工遇到困难,公司会帮一把"),
    ),
}


def internal_service_quality() -> Instrument:
    """Internal service quality (the INTSERVQUAL idea): one department about the department that serves it.

    The next process is the customer: the five dimensions of SERVQUAL, asked inside the company as expectation and as
    perception on seven points. Tangibles 3, reliability 4, responsiveness 4, assurance 3, empathy 3: 17 items.

    Notes
    -----
    Nothing here is verified in a source: the idea is recalled, the selection of items, their number and their words
    are our own. It is not the published scale, and published norms do not apply: see ``status``.

    References
    ----------
    Frost & Kumar 2000, Journal of Services Marketing 14(5):358-377.

    Examples
    --------
    >>> internal_service_quality()
    <Instrument 'internal-service-quality': 17 items, 5 dimensions, 1..7; perception, expectation>
    """
    return Instrument.define(
        "internal-service-quality",
        _NEXT_DEPARTMENT,
        scale=Scale.likert(7),
        label=Label("Internal service quality", "内部服务质量"),
        labels=DIMENSIONS,
        citation="After the idea of Frost & Kumar 2000, Journal of Services Marketing 14(5):358-377",
        status="Nothing is verified in a source. Recalled: that the dimensions of SERVQUAL are asked between the "
        "departments of one company. Items, their number and their words are our own; published norms do not apply.",
    )


def employee_satisfaction() -> Instrument:
    """Employee satisfaction: seven factors, three statements each, agreement on five points.

    The job itself, training, pay, fair promotion, respect, teamwork, the company's care for well-being: 21 items.

    Notes
    -----
    The list of factors, as a study of telephone service centres ranked them, is recalled, their order less surely;
    the statements are our own: see ``status``.

    References
    ----------
    Heskett, Jones, Loveman, Sasser & Schlesinger 1994, Harvard Business Review 72(2):164-174 (employee satisfaction in
    the service-profit chain).

    Examples
    --------
    >>> employee_satisfaction().dimension_keys
    ('job', 'training', 'pay', 'promotion', 'respect', 'teamwork', 'welfare')
    """
    return Instrument.define(
        "employee-satisfaction",
        _JOB,
        scale=Scale.likert(5),
        levels=(Level.PERCEPTION,),
        label=Label("Employee satisfaction", "员工满意度"),
        labels=_FACTORS,
        citation="Factors as in the service-profit chain: Heskett, Jones, Loveman, Sasser & Schlesinger 1994, Harvard "
        "Business Review 72(2):164-174",
        status="Nothing is verified in a source. Recalled: the seven factors (sure) and their order (fairly sure) from "
        "a study of telephone service centres. Items, their number and their words are our own; there are no norms.",
    )
