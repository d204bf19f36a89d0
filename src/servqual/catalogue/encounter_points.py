"""The encounter card: how one contact went for the customer, from −3 to +3."""

from __future__ import annotations

from servqual.instruments import Anchor, Instrument, Level, Scale
from servqual.labels import Label

_ANCHORS = (
    Anchor(-3, Label("puts the relationship at risk", "危及与顾客的关系")),
    Anchor(-2, Label("misses what was expected", "没有达到期望")),
    Anchor(-1, Label("partly misses what was expected", "部分没有达到期望")),
    Anchor(0, Label("neither good nor bad", "不好也不坏")),
    Anchor(1, Label("meets what was expected", "达到期望")),
    Anchor(2, Label("goes beyond what was expected", "超出期望")),
    Anchor(3, Label("delights", "令人惊喜")),
)


def encounter_card() -> Instrument:
    """The encounter card of moments of truth: one score for each contact, −3 to +3, each point in words.

    −3 puts the relationship at risk, −2 misses, −1 partly misses, 0 is neutral, +1 meets, +2 exceeds what was expected,
    +3 delights. `servqual.encounters.Journeys` takes such scores in the order of a customer's contacts.

    Notes
    -----
    The seven points and what they mean are recalled; their words are our own: see ``status``.

    References
    ----------
    Carlzon 1987, Moments of Truth, Ballinger (each contact counts).

    Examples
    --------
    >>> encounter_card()
    <Instrument 'encounter-card': 1 items, 1 dimensions, -3..3; perception>
    """
    return Instrument.define(
        "encounter-card",
        {"encounter": [Label("How did this contact go for the customer?", "这次接触给顾客的感受如何?")]},
        scale=Scale(-3, 3, anchors=_ANCHORS),
        levels=(Level.PERCEPTION,),
        label=Label("Encounter card", "接触评分卡"),
        labels={"encounter": Label("encounter", "服务接触")},
        citation="Moments of truth as in Carlzon 1987, Moments of Truth, Ballinger",
        status="Nothing is verified in a source. Recalled: the points −3 to +3 and what each of them means (sure). The "
        "words are our own; there are no norms.",
    )
