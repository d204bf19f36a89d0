"""Single questions whose answers are reported as they are: recommendation, satisfaction, effort."""

from __future__ import annotations

from servqual.instruments import Anchor, Instrument, Level, Scale
from servqual.labels import Label


def nps() -> Instrument:
    """NPS, the question behind the net promoter score: one item on 0..10.

    Notes
    -----
    `lint` names its one dimension, whose reliability one item cannot tell; the score is made that way.

    References
    ----------
    Reichheld 2003, Harvard Business Review 81(12):46-54.

    Examples
    --------
    >>> nps().item_keys, str(nps().scale)
    (('recommendation_1',), '0..10')
    """
    return _single(
        "nps",
        "recommendation",
        Label("recommendation", "推荐意愿"),
        Label(
            "How probably I would recommend this company to a friend or colleague",
            "我把这家公司推荐给朋友或同事的可能性",
        ),
        scale=Scale(0, 10, anchors=(Anchor(0, Label("not at all", "完全不会")), Anchor(10, Label("surely", "一定会")))),
        label=Label("Net promoter score (NPS)", "净推荐值(NPS)"),
        citation="Reichheld 2003, Harvard Business Review 81(12):46-54",
        status="Verified in secondary sources: one question, the scale 0..10, promoters 9 and 10, detractors 0 to 6. "
        "Recalled: the citation. The wording of item and anchors is our own.",
    )


def csat() -> Instrument:
    """CSAT, one question about satisfaction, 1..5, whose top boxes are counted.

    Notes
    -----
    `lint` names its one dimension, whose reliability one item cannot tell; the score is made that way.

    References
    ----------
    Fornell, Johnson, Anderson, Cha & Bryant 1996, Journal of Marketing 60(4):7-18 (satisfaction as a whole).

    Examples
    --------
    >>> csat().item_keys, str(csat().scale)
    (('satisfaction_1',), '1..5')
    """
    ends = Anchor(1, Label("very dissatisfied", "很不满意")), Anchor(5, Label("very satisfied", "很满意"))
    return _single(
        "csat",
        "satisfaction",
        Label("satisfaction", "满意度"),
        Label("How satisfied I am with the service, all in all", "我对这次服务的总体满意程度"),
        scale=Scale(1, 5, anchors=ends),
        label=Label("Customer satisfaction score (CSAT)", "客户满意度得分(CSAT)"),
        citation="Fornell, Johnson, Anderson, Cha & Bryant 1996, Journal of Marketing 60(4):7-18 (satisfaction as a "
        "whole)",
        status="Verified: nothing, there is no one source of this question. Recalled: five points of which the upper "
        "two are counted are usual. The wording of item and anchors is our own.",
    )


def ces() -> Instrument:
    """CES, one question about effort in its second form: agreement on 1..7 that it was easy; high is easy.

    Notes
    -----
    The first form asked how much effort it took, 1 low to 5 high. `lint` names its one dimension, whose reliability
    one item cannot tell; the score is made that way.

    References
    ----------
    Dixon, Freeman & Toman 2010, Harvard Business Review 88(7):116-122.

    Examples
    --------
    >>> ces().item_keys, str(ces().scale)
    (('ease_1',), '1..7')
    """
    return _single(
        "ces",
        "ease",
        Label("ease", "轻松程度"),
        Label("It was easy to get my concern dealt with here", "在这里办成我要办的事很轻松"),
        scale=Scale.likert(7),
        label=Label("Customer effort score (CES)", "客户费力度得分(CES)"),
        citation="Dixon, Freeman & Toman 2010, Harvard Business Review 88(7):116-122",
        status="Verified: nothing. Recalled: one question, agreement on seven points, high is easy. The wording of the "
        "item is our own.",
    )


def _single(
    name: str, key: str, dimension: Label, item: Label, *, scale: Scale, label: Label, citation: str, status: str
) -> Instrument:
    return Instrument.define(
        name,
        {key: (item,)},
        scale=scale,
        levels=(Level.PERCEPTION,),
        label=label,
        labels={key: dimension},
        citation=citation,
        status=status,
    )
