"""`journey_ledger`: one journey, encounter by encounter, beside how it should have gone."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from attrs import frozen

from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.moment_words import Moment
from servqual.encounters.moments.whole_journeys import JourneyScores, check_journeys, journey_scores
from servqual.encounters.row_readings import RowReading
from servqual.errors import EncounterError, Problem
from servqual.labels import Label
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Number, Told

_NO_IDEAL = Inapplicable("no ideal journey was given")


class MomentMark(StrEnum):
    """What makes one encounter stand out in its journey.

    WORST
        The lowest score, where it is below zero.
    PEAK
        The score furthest from neutral.
    WORST_AND_PEAK
        Both.
    """

    WORST = "worst"
    PEAK = "peak"
    WORST_AND_PEAK = "worst_and_peak"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _MARKS[self]


_MARKS = {
    MomentMark.WORST: Label("worst", "最差"),
    MomentMark.PEAK: Label("peak", "峰值"),
    MomentMark.WORST_AND_PEAK: Label("worst and peak", "最差且为峰值"),
}


@frozen(kw_only=True, repr=False)
class LedgerEntry:
    """One encounter of a journey.

    Attributes
    ----------
    key, place
        The step, or where there are none the place; and the place in the journey, from 1.
    moment, employee
        Of which kind, and with whom; None where not known.
    score, running
        How it went, −3 to 3, and the sum so far.
    mark
        Whether it is the worst, the peak, or both; None for the others.
    ideal, shortfall
        How it should have gone, and the score less that, below zero where it fell short.
    """

    key: str
    place: int
    moment: str | None
    employee: str | None
    score: float
    running: float
    mark: MomentMark | None
    ideal: Number
    shortfall: Number

    def __repr__(self) -> str:
        return f"<LedgerEntry {self.place} {self.key}: {self.score:+.0f}>"


@frozen(eq=False, repr=False, kw_only=True)
class JourneyLedger(RowReading[LedgerEntry]):
    """One journey, encounter by encounter: what happened, not why.

    Attributes
    ----------
    rows
        In the order of time; ``ledger["pay"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    scores, ideal_scores
        The journey as a whole, and the ideal one where it was given.
    """

    reading: ClassVar[str] = "journey_ledger"

    scores: JourneyScores
    ideal_scores: JourneyScores | None = None

    @property
    def worst(self) -> LedgerEntry:
        """The encounter with the lowest score, the first of them."""
        return self.rows[int(self.scores.worst_at[0]) - 1]

    @property
    def peak(self) -> LedgerEntry:
        """The encounter furthest from neutral."""
        return self.rows[int(self.scores.peak_at[0]) - 1]

    def __repr__(self) -> str:
        told = f"total {self.scores.total[0]:+.0f}, worst {self.worst.key} with {self.worst.score:+.0f}"
        return f"<JourneyLedger: {len(self)} encounters, {told}>"

    def _labels(self) -> dict[str, list[Label | None]]:
        return {
            "moment": [None if row.moment is None else Moment(row.moment).label for row in self.rows],
            "mark": [None if row.mark is None else row.mark.label for row in self.rows],
        }


def journey_ledger(
    journeys: Journeys, customer: Any = None, journey: Any = None, *, ideal: Journeys | None = None
) -> JourneyLedger:
    """Ledger of one journey: each encounter with its score, the sum so far, the worst and the peak, beside the ideal.

    It describes. That a customer left after the worst moment does not say that it was the reason: `moment_effects`
    asks that of many journeys.

    Parameters
    ----------
    journeys
        Where the journey is found.
    customer, journey
        Whose and which; may be left out where there is one only.
    ideal
        One journey with as many encounters, at the same steps if it has some: how each should have gone.

    Returns
    -------
    JourneyLedger
        A row for each encounter.

    Raises
    ------
    EncounterError
        No such journey, several where one was meant, a journey of nobody, an ideal of another length or other steps.

    References
    ----------
    Fredrickson & Kahneman 1993, Journal of Personality and Social Psychology 65(1):45-55 (peak and end).

    Examples
    --------
    >>> log = {"customer": ["a"] * 3, "score": [1, -3, 2], "step": ["call", "visit", "bill"]}
    >>> journey_ledger(Journeys.from_frame(log, step="step"))
    <JourneyLedger: 3 encounters, total +0, worst visit with -3>
    """
    check_journeys(journeys)
    if customer is None and journey is not None:
        raise EncounterError(Problem("journey", f"{journey!r} of nobody", "a journey is a customer's", "say whose"))
    one = journeys if customer is None else journeys.only(customer, journey)
    if len(one) != 1:
        rule = "a ledger tells one journey"
        raise EncounterError(Problem("customer", f"none named, {len(one)} journeys", rule, "say whose and which"))
    if ideal is not None:
        _refuse_other(one, ideal)
    scores = journey_scores(one)
    rows = tuple(_entry(one, place, scores, ideal) for place in range(one.score.size))
    table = Table(columns_of(rows, LedgerEntry), backend=one.backend)
    labels = [one.label("step", row.key) if "step" in one.marks else Label(row.key) for row in rows]
    told = Told(table, labels, Label("Journey, encounter by encounter", "服务历程明细"), _notes(scores))
    return JourneyLedger(
        rows=rows, told=told, scores=scores, ideal_scores=None if ideal is None else journey_scores(ideal)
    )


def _refuse_other(one: Journeys, ideal: Journeys) -> None:
    """Refuse an ideal whose encounters are not those of the journey."""
    check_journeys(ideal, "ideal")
    if len(ideal) != 1 or ideal.score.size != one.score.size:
        found = f"{len(ideal)} journeys, {ideal.score.size} encounters"
        rule = f"it is one journey of {one.score.size} encounters"
        raise EncounterError(Problem("ideal", found, rule))
    if "step" not in one.marks or "step" not in ideal.marks:
        return
    ours, theirs = ([each.labels[code] for code in each.codes] for each in (one.mark("step"), ideal.mark("step")))
    for place, (step, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if step != other:
            found = f"{other!r} as encounter {place}, where the journey has {step!r}"
            raise EncounterError(Problem("ideal", found, "it passes the same steps in the same order"))


def _entry(one: Journeys, place: int, scores: JourneyScores, ideal: Journeys | None) -> LedgerEntry:
    known = {name: str(each.labels[each.codes[place]]) for name, each in one.marks.items()}
    score = float(one.score[place])
    meant: Number = _NO_IDEAL if ideal is None else float(ideal.score[place])
    return LedgerEntry(
        key=known.get("step", str(place + 1)), place=place + 1, moment=known.get("moment"),
        employee=known.get("employee"), score=score, running=float(one.score[: place + 1].sum()),
        mark=_mark(place + 1, scores), ideal=meant,
        shortfall=meant if isinstance(meant, Inapplicable) else score - meant,
    )  # fmt: skip


def _mark(place: int, scores: JourneyScores) -> MomentMark | None:
    worst = place == scores.worst_at[0] and scores.worst[0] < 0
    peak = place == scores.peak_at[0] and scores.peak[0] != 0
    if worst and peak:
        return MomentMark.WORST_AND_PEAK
    return MomentMark.WORST if worst else MomentMark.PEAK if peak else None


def _notes(scores: JourneyScores) -> tuple[Label, ...]:
    total, share, peak_end = float(scores.total[0]), float(scores.negative_share[0]), float(scores.peak_end[0])
    return (
        Label(
            f"total {total:+.0f}, {share:.0%} of encounters negative, peak and end {peak_end:+.1f}",
            f"总分 {total:+.0f}，负面接触占 {share:.0%}，峰终均值 {peak_end:+.1f}",
        ),
        Label(
            "one journey: this describes what happened; which moment made the customer stay or leave cannot be learnt "
            "from it",
            "仅一个历程：只能描述发生了什么；不能由此断定是哪一刻使顾客留下或离开",
        ),
    )
