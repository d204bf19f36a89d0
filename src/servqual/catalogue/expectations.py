"""An instrument of what desired, adequate and predicted service come from, determinant by determinant."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_STATEMENTS = {
    "enduring": (
        Label("Others depend on the service that I receive", "别人要依靠我得到的服务"),
        Label("I have firm views of how one ought to be served", "服务应当怎样做,我有自己的主张"),
        Label("I know this kind of service from my own work", "我自己的工作与这类服务有关"),
    ),
    "needs": (
        Label("Much in my life depends on this service being good", "这项服务好不好,对我的生活影响很大"),
        Label("My situation makes special demands", "我的情况有特殊的需要"),
        Label("I cannot do without this service", "我离不开这项服务"),
    ),
    "explicit_promises": (
        Label("Its advertising promises a lot", "它的广告承诺很多"),
        Label("Its staff have assured me of good service", "员工向我保证过服务质量"),
        Label("Contract or guarantee states what I will get", "合同或保证书写明了我会得到什么"),
    ),
    "implicit_promises": (
        Label("Prices like these lead one to expect something good", "这样的价格,让人觉得服务应当不错"),
        Label("Rooms and equipment look like good service", "场地和设备看上去就像服务好的样子"),
        Label("How the staff present themselves raises hopes", "员工的仪表让人有所期待"),
    ),
    "word_of_mouth": (
        Label("People I trust have recommended this company", "我信任的人向我推荐过这家公司"),
        Label("What I read about it online was favourable", "网上看到的评价不错"),
        Label("Experts think highly of it", "业内人士对它评价高"),
    ),
    "past_experience": (
        Label("I have used such services many times", "同类服务我用过很多次"),
        Label("I was served well here in the past", "过去在这里得到的服务一直不错"),
        Label("I was served well by other companies", "别的公司给过我很好的服务"),
    ),
    "image": (
        Label("This company has a good name", "这家公司名声好"),
        Label("I see it as one of the best of its kind", "在我看来,它是同行中的佼佼者"),
        Label("It is known for keeping up with the times", "大家都知道它跟得上时代"),
    ),
    "transitory": (
        Label("This time the matter was urgent", "这次的事情很急"),
        Label("Something had gone wrong and had to be put right", "之前出了差错,需要补救"),
        Label("This time more than usual was at stake", "这次的事比平时重要"),
    ),
    "alternatives": (
        Label("There are other companies I could go to", "我还有别的公司可选"),
        Label("Changing to another company would be easy", "换一家很容易"),
        Label("I could do part of it myself", "有些事我自己也能办"),
    ),
    "role": (
        Label("I said clearly what I wanted", "我把要求说得很清楚"),
        Label("I did my own part, such as papers and appointments", "该我做的,比如材料和预约,我都做了"),
        Label("When something is wrong I say so", "有不对的地方,我会提出来"),
    ),
    "situation": (
        Label("Circumstances beyond the company's control made it hard", "公司无法控制的情况给服务添了困难"),
        Label("At that hour everybody would have been overrun", "那个时段,哪家都会忙不过来"),
        Label("Weather, traffic or an emergency got in the way", "天气、交通或突发事件有影响"),
    ),
}

_DETERMINANTS = {
    "enduring": Label("lasting reasons to expect much", "持久性服务强化因素"),
    "needs": Label("personal needs", "个人需要"),
    "explicit_promises": Label("explicit promises", "明确的服务承诺"),
    "implicit_promises": Label("implicit promises", "隐含的服务承诺"),
    "word_of_mouth": Label("word of mouth", "口碑"),
    "past_experience": Label("past experience", "过去的经历"),
    "image": Label("company image", "企业形象"),
    "transitory": Label("reasons of the moment to expect much", "暂时性服务强化因素"),
    "alternatives": Label("alternatives", "可供选择的其他服务"),
    "role": Label("the customer's own part", "顾客自身的服务角色"),
    "situation": Label("circumstances", "情境因素"),
}


def zone_determinants() -> Instrument:
    """Determinants of desired, adequate and predicted service: eleven, three statements each, on seven points.

    Of desired service: lasting reasons to expect much (enduring service intensifiers) and personal needs; of desired
    and predicted service: explicit and implicit promises, word of mouth, past experience, company image; of adequate
    service: reasons of the moment (transitory service intensifiers), alternatives, the customer's own part (service
    role), circumstances (situational factors). Agreement says that there is much of it.
    `servqual.gap_model.explain_expectations` knows which way each works. For six determinants in 18 statements see
    `expectation_determinants`.

    Notes
    -----
    The model of 1993 is recalled, company image added from lists that followed it; the statements are our own: see
    ``status``.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12.

    Examples
    --------
    >>> zone_determinants()
    <Instrument 'zone-determinants': 33 items, 11 dimensions, 1..7; perception>
    """
    return Instrument.define(
        "zone-determinants",
        _STATEMENTS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Determinants of desired, adequate and predicted service", "渴望、适当与预计服务的影响因素"),
        labels=_DETERMINANTS,
        citation="Determinants as in Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science "
        "21(1):1-12",
        status="Nothing is verified in a source. Recalled: ten determinants and the levels they act on (sure), company "
        "image (fairly sure). Items, their number and their words are our own; there are no norms.",
    )
