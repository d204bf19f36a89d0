"""Instruments of what satisfaction depends on beyond the gap, and of what expectations come from."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_OF_SATISFACTION = {
    "features": (
        Label("The service offers what I came for", "我需要的,这里都能提供"),
        Label("What I get is worth what I pay", "花的钱值得"),
        Label("Using the service is simple", "使用起来简单方便"),
    ),
    "emotion": (
        Label("I was in a good mood when I left", "离开时心情不错"),
        Label("Nothing about the visit made me angry", "整个过程没有让我生气的地方"),
        Label("Being there was a pleasure", "在那里的时间过得愉快"),
    ),
    "attribution": (
        Label("When it went well, that was the company's doing and no luck", "事情办得顺利,靠的是公司而不是运气"),
        Label("When it went badly, the company had done what could be done", "事情没办好时,公司已经尽了力"),
        Label("What goes wrong here is an exception", "这里出问题只是偶然"),
    ),
    "fairness": (
        Label("I got what was due to me", "我得到了应得的"),
        Label("The rules are the same for everybody", "规则对谁都一样"),
        Label("I was treated with honesty", "对方待我坦诚"),
    ),
    "others": (
        Label("The other customers there do not disturb me", "那里的其他顾客不影响我"),
        Label("My family is happy with this company", "家人对这家公司满意"),
        Label("Colleagues and friends speak well of it", "同事和朋友对它评价不错"),
    ),
}

_SATISFACTION = {
    "features": Label("features of the service", "服务特性"),
    "emotion": Label("emotion", "情绪"),
    "attribution": Label("attribution of success and failure", "成败归因"),
    "fairness": Label("fairness", "公平感"),
    "others": Label("other customers, family, colleagues", "其他顾客、家人与同事"),
}

_OF_EXPECTATIONS = {
    "needs": (
        Label("Much in my life depends on this service being good", "这项服务好不好,对我的生活影响很大"),
        Label("My situation makes special demands", "我的情况有特殊的需要"),
        Label("I cannot do without this service", "我离不开这项服务"),
    ),
    "experience": (
        Label("I have used such services many times", "同类服务我用过很多次"),
        Label("I was served well here in the past", "过去在这里得到的服务一直不错"),
        Label("I was served well by other companies", "别的公司给过我很好的服务"),
    ),
    "word_of_mouth": (
        Label("People I trust have recommended this company", "我信任的人向我推荐过这家公司"),
        Label("What I read about it online was favourable", "网上看到的评价不错"),
        Label("Experts think highly of it", "业内人士对它评价高"),
    ),
    "image": (
        Label("This company has a good name", "这家公司名声好"),
        Label("I see it as one of the best of its kind", "在我看来,它是同行中的佼佼者"),
        Label("It is known for keeping up with the times", "大家都知道它跟得上时代"),
    ),
    "promises": (
        Label("Its advertising promises a lot", "它的广告承诺很多"),
        Label("Its staff have assured me of good service", "员工向我保证过服务质量"),
        Label("Prices like these lead one to expect something good", "这样的价格,让人觉得服务应当不错"),
    ),
    "alternatives": (
        Label("There are other companies I could go to", "我还有别的公司可选"),
        Label("Changing to another company would be easy", "换一家很容易"),
        Label("I could do part of it myself", "有些事我自己也能办"),
    ),
}

_EXPECTATIONS = {
    "needs": Label("personal needs", "个人需要"),
    "experience": Label("past experience", "过去的经历"),
    "word_of_mouth": Label("word of mouth", "口碑"),
    "image": Label("company image", "企业形象"),
    "promises": Label("promises", "承诺"),
    "alternatives": Label("alternatives", "可供选择的其他服务"),
}


def satisfaction_determinants() -> Instrument:
    """Determinants of satisfaction beyond the gap: five, three statements each, agreement on seven points.

    Features of the service, emotion, attribution of success and failure, fairness, and other people (other customers,
    family, colleagues): 15 items. All are worded so that agreement speaks for the service; as drivers of overall
    satisfaction they are weighed by ``servqual.satisfaction.drivers``.

    Notes
    -----
    The list is recalled; the statements are our own: see ``status``.

    References
    ----------
    Oliver 1993, Journal of Consumer Research 20(3):418-430 (attributes and emotion); Folkes 1984, Journal of Consumer
    Research 10(4):398-409 (attribution); Oliver & Swan 1989, Journal of Marketing 53(2):21-35 (fairness).

    Examples
    --------
    >>> satisfaction_determinants().dimension_keys
    ('features', 'emotion', 'attribution', 'fairness', 'others')
    """
    return Instrument.define(
        "satisfaction-determinants",
        _OF_SATISFACTION,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Determinants of satisfaction", "满意度的影响因素"),
        labels=_SATISFACTION,
        citation="Determinants as in Oliver 1993, Journal of Consumer Research 20(3):418-430; Folkes 1984, Journal of "
        "Consumer Research 10(4):398-409; Oliver & Swan 1989, Journal of Marketing 53(2):21-35",
        status="Nothing is verified in a source. Recalled: that these five are determinants of satisfaction. Items, "
        "their number and their words are our own; there are no norms.",
    )


def expectation_determinants() -> Instrument:
    """Determinants of expectations: six, three statements each, agreement on seven points.

    Personal needs, past experience, word of mouth, company image, promises, alternatives: 18 items. Agreement says that
    there is much of it, which for most of them goes with higher expectations.

    Notes
    -----
    Needs, experience, word of mouth, promises and alternatives are recalled of the model of 1993, image from the lists
    that followed it; the statements are our own: see ``status``.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science 21(1):1-12.

    Examples
    --------
    >>> expectation_determinants().dimension_keys
    ('needs', 'experience', 'word_of_mouth', 'image', 'promises', 'alternatives')
    """
    return Instrument.define(
        "expectation-determinants",
        _OF_EXPECTATIONS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION,),
        label=Label("Determinants of expectations", "期望的影响因素"),
        labels=_EXPECTATIONS,
        citation="Determinants as in Zeithaml, Berry & Parasuraman 1993, Journal of the Academy of Marketing Science "
        "21(1):1-12",
        status="Nothing is verified in a source. Recalled: needs, experience, word of mouth, promises and alternatives "
        "(sure), image (fairly sure). Items, their number and their words are our own; there are no norms.",
    )
