"""The five-dimension instrument of Parasuraman, Zeithaml and Berry, asked in two levels or in one."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from servqual.catalogue.wordings import DIMENSIONS, EDITION_1988, EDITION_1991
from servqual.errors import InstrumentError, Problem
from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label

_EDITIONS: Mapping[int, Mapping[str, tuple[Label, ...]]] = {1988: EDITION_1988, 1991: EDITION_1991}
_NEGATIVE: Mapping[int, tuple[str, ...]] = {1988: ("responsiveness", "empathy"), 1991: ()}

_SOURCES = {
    1988: "Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64(1):12-40",
    1991: "Parasuraman, Berry & Zeithaml 1991, Journal of Retailing 67(4):420-450",
}
_COUNTS = "Verified in secondary sources: 22 items, their order by dimension, the counts 4, 5, 4, 4, 5"
_STATUS = {
    1988: f"{_COUNTS}; that items 10-13 and 18-22 are negatively worded. Recalled: the seven-point agreement scale, "
    "what each item is about, the order within empathy. Item labels are our own paraphrases.",
    1991: f"{_COUNTS}. Recalled: the seven-point agreement scale, that all items are positive, what each item is "
    "about, that two items (tangibles_4, assurance_4) replaced those of 1988. Item labels are our own paraphrases.",
}


def servqual(edition: int = 1991) -> Instrument:
    """SERVQUAL: 22 statements on five dimensions, each asked as expectation and as perception on seven points.

    In the order of the source, which ``{n}`` counts: tangibles 1-4, reliability 5-9, responsiveness 10-13, assurance
    14-17, empathy 18-22.

    Parameters
    ----------
    edition
        1991, all items worded positively, or 1988, items 10-13 and 18-22 worded against the service (``reverse``).
        Keys name positions: some of them stand for other content in the other edition.

    Raises
    ------
    InstrumentError
        Another edition.

    Notes
    -----
    Counts, order and the nine negative items are verified in secondary sources, the rest is recalled: see ``status``.
    `lint` finds the 1988 edition doubtful: in two dimensions wording and content cannot be told apart.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64(1):12-40; Parasuraman, Berry & Zeithaml 1991, Journal
    of Retailing 67(4):420-450.

    Examples
    --------
    >>> instrument = servqual()
    >>> len(instrument.items), instrument.dimension_keys[0], instrument.items[4].key
    (22, 'tangibles', 'reliability_1')
    >>> [number for number, item in enumerate(servqual(edition=1988).items, start=1) if item.reverse]
    [10, 11, 12, 13, 18, 19, 20, 21, 22]
    """
    return Instrument.define(
        _name("servqual", edition),
        _EDITIONS[edition],
        scale=Scale.likert(7),
        label=Label("Service quality (SERVQUAL)", "服务质量量表(SERVQUAL)"),
        labels=DIMENSIONS,
        reverse=_reversed(edition),
        citation=_SOURCES[edition],
        status=_STATUS[edition],
    )


def servperf(edition: int = 1991) -> Instrument:
    """SERVPERF: the 22 statements of SERVQUAL, perception only.

    Tangibles 1-4, reliability 5-9, responsiveness 10-13, assurance 14-17, empathy 18-22.

    Parameters
    ----------
    edition
        The edition of SERVQUAL that the statements come from, 1991 or 1988 (with its nine negative items).

    Raises
    ------
    InstrumentError
        Another edition.

    Notes
    -----
    What is verified about the statements is verified for `servqual`; that the study asked them for performance alone
    is recalled: see ``status``.

    References
    ----------
    Cronin & Taylor 1992, Journal of Marketing 56(3):55-68.

    Examples
    --------
    >>> servperf()
    <Instrument 'servperf': 22 items, 5 dimensions, 1..7; perception>
    """
    return evolve(
        servqual(edition).asking(Level.PERCEPTION),
        name=_name("servperf", edition),
        label=Label("Service performance (SERVPERF)", "服务绩效量表(SERVPERF)"),
        citation=f"Cronin & Taylor 1992, Journal of Marketing 56(3):55-68; items from {_SOURCES[edition]}",
        status=f"{_STATUS[edition]} Recalled as well: that performance alone is asked.",
    )


def _name(family: str, edition: int) -> str:
    if edition not in _EDITIONS:
        known = " and ".join(map(str, _EDITIONS))
        raise InstrumentError(Problem("edition", repr(edition), f"the editions of {family} known here are {known}"))
    return family if edition == max(_EDITIONS) else f"{family}-{edition}"


def _reversed(edition: int) -> list[str]:
    items = _EDITIONS[edition]
    return [f"{dimension}_{n}" for dimension in _NEGATIVE[edition] for n in range(1, len(items[dimension]) + 1)]
