"""`lost_contract`: a made-up case, six encounters by which a vendor loses a contract of 45 million."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.ledgers import JourneyLedger, journey_ledger
from servqual.encounters.moments.moment_words import Moment
from servqual.encounters.row_readings import RowReading
from servqual.labels import Label
from servqual.tables import Table
from servqual.telling import Told

WORTH = 45_000_000.0


@frozen(kw_only=True)
class CaseEncounter:
    """One encounter of the case.

    Attributes
    ----------
    key, moment, name
        Which, of what kind, and its name.
    score, ideal
        How it went, and how it would have gone when handled well, −3 to 3.
    happened, better
        What happened, and what should have.
    """

    key: str
    moment: Moment
    name: Label = field(repr=False)
    score: float = field(converter=float)
    ideal: float = field(converter=float)
    happened: Label = field(repr=False)
    better: Label = field(repr=False)


_ENCOUNTERS = (
    CaseEncounter(
        key="assistant", moment=Moment.NORMAL, name=Label("the assistant", "助理"), score=-1, ideal=1,
        happened=Label(
            "the account manager is away; an assistant takes a message without asking what it is about",
            "客户经理不在；助理只记下留言，没有问是什么事",
        ),
        better=Label("asks what is needed, and says who calls back by when", "问明需要，并说明谁在何时回电"),
    ),
    CaseEncounter(
        key="colleague", moment=Moment.ADAPTABILITY, name=Label("the colleague", "同事"), score=-1, ideal=2,
        happened=Label(
            "a colleague means well, guesses at an answer and promises what is not in his power",
            "同事出于好意，凭猜测作答，许下自己做不了主的诺言",
        ),
        better=Label("finds out who knows, and stays with the call until that is settled", "找到知情的人，负责到底"),
    ),
    CaseEncounter(
        key="account_manager", moment=Moment.NORMAL, name=Label("the account manager", "客户经理"), score=-2, ideal=2,
        happened=Label(
            "calls back two days later, in a hurry, and talks of prices instead of the customer's plans",
            "两天后才回电，匆匆忙忙，只谈价格不谈顾客的打算",
        ),
        better=Label("calls the same day and explores what the contract is for", "当天回电，探询合同背后的需要"),
    ),
    CaseEncounter(
        key="vice_president", moment=Moment.RECOVERY, name=Label("the vice president", "副总裁"), score=-3, ideal=2,
        happened=Label(
            "receives the customer to make good, and speaks for an hour without a question",
            "本为补救而会见顾客，却自顾自讲了一小时，一个问题也没问",
        ),
        better=Label("listens, apologises, and asks what would have to happen", "倾听、道歉，并问怎样才能挽回"),
    ),
    CaseEncounter(
        key="competitor", moment=Moment.SPONTANEITY_BAD, name=Label("the competitor", "竞争对手"), score=-2, ideal=1,
        happened=Label(
            "a competitor calls, well prepared, and asks the questions that nobody had asked",
            "竞争对手来电，准备充分，问了此前无人问过的问题",
        ),
        better=Label("has been told beforehand that the vendor keeps to its word", "早已让顾客相信自己说到做到"),
    ),
    CaseEncounter(
        key="help_line", moment=Moment.RECOVERY, name=Label("the help line", "服务热线"), score=-3, ideal=3,
        happened=Label(
            "a fault on the last day; the help line asks for a number and then to call again on Monday",
            "最后一天出故障；热线先要编号，然后请顾客星期一再打来",
        ),
        better=Label("takes the case, mends it at once, and calls to confirm", "当场受理，立即解决，并回电确认"),
    ),
)  # fmt: skip


@frozen(eq=False, repr=False, kw_only=True)
class VendorCase(RowReading[CaseEncounter]):
    """A vendor loses a contract over six encounters, beside how each would have been handled well; all made up.

    Attributes
    ----------
    rows
        The encounters in their order; ``case["help_line"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    journey, ideal
        What happened, and what should have, as `Journeys` of one customer.
    worth
        What the contract was worth.
    """

    reading: ClassVar[str] = "lost_contract"

    journey: Journeys
    ideal: Journeys
    worth: float

    def ledger(self) -> JourneyLedger:
        """Return what happened beside the ideal, encounter by encounter."""
        return journey_ledger(self.journey, ideal=self.ideal)

    def __repr__(self) -> str:
        total = float(self.journey.score.sum())
        return f"<VendorCase: {self.worth:,.0f} lost over {len(self)} encounters, total {total:+.0f}>"

    def _labels(self) -> dict[str, list[Label | None]]:
        told = {name: [getattr(row, name) for row in self.rows] for name in ("happened", "better")}
        return {"moment": [row.moment.label for row in self.rows], **told}


def lost_contract() -> VendorCase:
    """A worked case of moments of truth: a vendor loses a contract of 45 million over six encounters. It is made up.

    An assistant takes a message, a colleague means well, the account manager is busy, a vice president does not listen,
    a competitor is professional, and the help line is of no help.

    Returns
    -------
    VendorCase
        The encounters with their scores, what happened, what should have, and both journeys.

    Examples
    --------
    >>> case = lost_contract()
    >>> case, case.ledger().worst.key
    (<VendorCase: 45,000,000 lost over 6 encounters, total -12>, 'vice_president')
    """
    columns: dict[str, Any] = {
        "key": [row.key for row in _ENCOUNTERS],
        "moment": [str(row.moment) for row in _ENCOUNTERS],
        "score": [row.score for row in _ENCOUNTERS],
        "ideal": [row.ideal for row in _ENCOUNTERS],
        "happened": [row.happened.en for row in _ENCOUNTERS],
        "better": [row.better.en for row in _ENCOUNTERS],
    }
    note = Label(
        "a made-up case; one journey shows what happened, not which moment cost the contract",
        "虚构案例；单个历程只说明发生了什么，不能说明是哪一刻丢了合同",
    )
    title = Label("A contract of 45 million is lost", "丢失四千五百万的合同")
    told = Told(Table(columns), [row.name for row in _ENCOUNTERS], title, (note,))
    return VendorCase(rows=_ENCOUNTERS, told=told, journey=_journey("score"), ideal=_journey("ideal"), worth=WORTH)


def _journey(score: str) -> Journeys:
    log = {
        "customer": ["customer"] * len(_ENCOUNTERS),
        "score": [getattr(row, score) for row in _ENCOUNTERS],
        "step": [row.key for row in _ENCOUNTERS],
        "moment": [str(row.moment) for row in _ENCOUNTERS],
    }
    return Journeys.from_frame(log, step="step", moment="moment", names={row.key: row.name for row in _ENCOUNTERS})
