"""Instruments behind composite satisfaction indices."""

from __future__ import annotations

from servqual.instruments import Anchor, Instrument, Level, Scale
from servqual.labels import Label

_BLOCKS = {
    "image": Label("image", "形象"),
    "expectation": Label("customer expectations", "客户期望"),
    "quality": Label("perceived quality", "感知质量"),
    "value": Label("perceived value", "感知价值"),
    "satisfaction": Label("customer satisfaction", "客户满意"),
    "complaints": Label("complaints", "客户抱怨"),
    "loyalty": Label("customer loyalty", "客户忠诚"),
}

_ITEMS = {
    "image": (
        Label("One can believe what this operator says and does", "这家运营商的言行可信"),
        Label("It stands on firm ground and will stay", "它根基稳固、经营稳定"),
        Label("It does something for society", "它对社会有贡献"),
        Label("It takes an interest in its customers", "它把客户放在心上"),
        Label("It looks ahead and brings new things", "它有远见、肯创新"),
    ),
    "expectation": (
        Label("How good I thought it would be when I signed up", "入网时,我对整体质量的期望"),
        Label("How well I thought it would suit my own needs", "入网时,我以为它能满足我个人需要的程度"),
        Label("How sure I was that little would go wrong", "入网时,我对它不出差错的把握"),
    ),
    "quality": (
        Label("How good it is, all in all", "整体质量"),
        Label("How well the network works", "网络的技术质量"),
        Label("How well I am looked after and advised", "客户服务和个人关照"),
        Label("How good the services are that I use", "我所使用业务的质量"),
        Label("How much there is to choose from", "产品和业务的丰富程度"),
        Label("How dependable and exact its services are", "产品和业务的可靠与准确"),
        Label("How clear and open its information is", "信息的清楚与透明"),
    ),
    "value": (
        Label("How fair the price is, for this quality", "就这样的质量而言,价格的合理程度"),
        Label("How good the quality is, for this price", "就这样的价格而言,质量的好坏程度"),
    ),
    "satisfaction": (
        Label("How content I am, all in all", "总体满意程度"),
        Label("How far it is what I had hoped for", "符合我当初期望的程度"),
        Label("How near it comes to the best operator I can imagine", "与我心目中理想运营商的接近程度"),
    ),
    "complaints": (
        Label("How well my complaint was, or would be, dealt with", "我的投诉得到(或会得到)妥善处理的程度"),
    ),
    "loyalty": (
        Label("How probably I would choose it again", "再次选择它的可能性"),
        Label("How much cheaper a rival must be before I would leave", "竞争对手要便宜多少我才会离开"),
        Label("How probably I would tell a friend to choose it", "向朋友推荐它的可能性"),
    ),
}


def ecsi() -> Instrument:
    """ECSI, the European customer satisfaction index, as asked about mobile telephony: seven blocks, 24 items, 1..10.

    Image 5, expectation 3, quality 7, value 2, satisfaction 3, complaints 1, loyalty 3. Each block is a dimension here
    and an indicator block of the structural model.

    Notes
    -----
    Blocks, counts and the ten points are verified in the documentation of two public packages that carry the data of
    the study; what each item is about is recalled: see ``status``. `lint` names the block of one item, complaints,
    whose reliability cannot be estimated; the index is made that way.

    References
    ----------
    Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205.

    Examples
    --------
    >>> [(each.key, len(each)) for each in ecsi().dimensions][:3]
    [('image', 5), ('expectation', 3), ('quality', 7)]
    """
    return Instrument.define(
        "ecsi",
        _ITEMS,
        scale=Scale(1, 10, anchors=(Anchor(1, Label("lowest", "最低")), Anchor(10, Label("highest", "最高")))),
        levels=(Level.PERCEPTION,),
        label=Label("Customer satisfaction index (ECSI)", "客户满意度指数(ECSI)"),
        labels=_BLOCKS,
        citation="Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis "
        "48(1):159-205",
        status="Verified in the documentation of two public packages: seven blocks, the counts 5, 3, 7, 2, 3, 1, 3, "
        "the scale 1..10. Recalled: what each item is about. The words at the ends of the scale and the item labels "
        "are our own.",
    )
