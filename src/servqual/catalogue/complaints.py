"""An instrument of what customers who complain want to come of it."""

from __future__ import annotations

from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_ITEMS = {
    "valued": (
        Label("My complaint was taken seriously", "我的投诉受到重视"),
        Label("I was treated as a customer they do not want to lose", "他们把我当作不想失去的顾客"),
    ),
    "understood": (
        Label("I was listened to until I had said everything", "对方听我把话说完"),
        Label("They understood what had upset me", "对方明白我为什么不满"),
    ),
    "compensated": (
        Label("What went wrong was made good", "出错的地方得到弥补"),
        Label("What I got for it was fair", "得到的补偿合理"),
    ),
    "quick": (
        Label("It did not take long to be settled", "问题很快得到解决"),
        Label("I did not have to chase anybody", "不用我反复催促"),
    ),
    "not_again": (
        Label("They told me what will be done so that it does not happen again", "对方说明了怎样防止再次发生"),
        Label("I trust that it will not happen again", "我相信不会再发生"),
    ),
}

_NAMES = {
    "valued": Label("valued", "被重视"),
    "understood": Label("understood", "被理解"),
    "compensated": Label("compensated", "得到补偿"),
    "quick": Label("quick", "迅速"),
    "not_again": Label("not again", "不再发生"),
}


def complaint_outcomes() -> Instrument:
    """What customers want of a complaint: to be valued, understood, compensated, quickly, and not again.

    Five outcomes of two statements each, agreement on seven points, asked once the complaint is closed; with the level
    EXPECTATION also before, as what was hoped for.

    References
    ----------
    Tax, Brown & Chandrashekaran 1998, Journal of Marketing 62(2):60-76 (fairness of complaint handling).

    Examples
    --------
    >>> complaint_outcomes().dimension_keys
    ('valued', 'understood', 'compensated', 'quick', 'not_again')
    """
    return Instrument.define(
        "complaint-outcomes",
        _ITEMS,
        scale=Scale.likert(7),
        levels=(Level.PERCEPTION, Level.EXPECTATION),
        label=Label("Desired outcomes of a complaint", "投诉者期望的结果"),
        labels=_NAMES,
        citation="Fairness of complaint handling as in Tax, Brown & Chandrashekaran 1998, Journal of Marketing "
        "62(2):60-76",
        status="Nothing is verified in a source. Recalled: that outcome, procedure and treatment are judged apart. The "
        "five outcomes are those of training material; items, their number and their words are our own; there are no "
        "norms.",
    )
