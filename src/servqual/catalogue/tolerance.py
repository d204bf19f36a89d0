"""The three-column instrument, whose answers bound a zone of tolerance."""

from __future__ import annotations

from servqual.catalogue.wordings import DIMENSIONS
from servqual.instruments import Anchor, Instrument, Level, Scale
from servqual.labels import Label

_ITEMS = {
    "reliability": (
        Label("keeping promises", "说到做到"),
        Label("dealing dependably with customers' troubles", "出了问题能靠得住地处理好"),
        Label("succeeding at the first attempt", "一次办妥"),
        Label("punctuality", "准时"),
        Label("word beforehand of when things will be done", "事先告知办理的时间"),
    ),
    "responsiveness": (
        Label("speed", "办事速度"),
        Label("readiness to lend a hand", "乐于帮忙的程度"),
        Label("an open ear for requests", "对客户请求的回应"),
    ),
    "assurance": (
        Label("staff one can trust", "员工让人信得过"),
        Label("peace of mind when money or data change hands", "办理业务时的安全感"),
        Label("politeness every time", "一贯的礼貌"),
        Label("expert answers", "解答问题的专业水平"),
    ),
    "empathy": (
        Label("regard for the single customer", "对每位客户的关注"),
        Label("warmth of staff", "员工待人的热情"),
        Label("putting the customer's good first", "先为客户着想"),
        Label("grasp of what customers are after", "对客户需要的了解"),
    ),
    "tangibles": (
        Label("technology that keeps up with the times", "设备和技术的先进程度"),
        Label("premises that are pleasant to be in", "场所环境的舒适美观"),
        Label("staff who are well turned out", "员工的衣着仪表"),
        Label("well-made leaflets, forms and statements", "单据、宣传册等资料的制作水平"),
        Label("opening hours that suit customers", "营业时间的方便程度"),
    ),
}


def three_column() -> Instrument:
    """The three-column instrument of 1994 (SERVQUAL with a zone of tolerance): 21 features rated low to high, 1..9.

    Beside each feature stand three columns: the adequate (minimum) level, the desired level, the perceived one.
    Reliability 1-5, responsiveness 6-8, assurance 9-12, empathy 13-16, tangibles 17-21.

    Notes
    -----
    The counts per dimension are verified in a secondary source; that the list counted there is the one of 1994, the
    nine points, the columns and what each item is about are recalled: see ``status``.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230; on the zone: Zeithaml, Berry & Parasuraman
    1993, Journal of the Academy of Marketing Science 21(1):1-12.

    Examples
    --------
    >>> three_column()
    <Instrument 'three-column': 21 items, 5 dimensions, 1..9; adequate, desired, perception>
    """
    return Instrument.define(
        "three-column",
        _ITEMS,
        scale=Scale(1, 9, anchors=(Anchor(1, Label("low", "低")), Anchor(9, Label("high", "高")))),
        levels=(Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION),
        label=Label("Service quality in three columns", "三栏式服务质量量表"),
        labels=DIMENSIONS,
        citation="Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230",
        status="Verified in a secondary source: a list of 21 items with the counts 5, 3, 4, 4, 5. Recalled: that this "
        "is the list of 1994, the nine points, the three columns, the order, what each item is about. The words at the "
        "ends of the scale and the item labels are our own.",
    )
