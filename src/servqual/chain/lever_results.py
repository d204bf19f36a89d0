"""`Levers`: what a point, a standard deviation or a unit of money buys in each construct upstream of a target."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from servqual.chain.scenario import signed
from servqual.errors import Problem, ScenarioError, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


class Measure(StrEnum):
    """What levers are compared by.

    POINT
        One point more of each construct, in its own units.
    SD
        One standard deviation more, as units differ.
    MONEY
        One unit of money, at the cost of a point.
    """

    POINT = "point"
    SD = "sd"
    MONEY = "money"


class LeverVerdict(StrEnum):
    """What the interval of a lever says.

    HELPS, HARMS
        More of it moves the target where it is wanted, or the other way.
    OPEN
        The interval covers zero.
    """

    HELPS = "helps"
    HARMS = "harms"
    OPEN = "open"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    LeverVerdict.HELPS: Label("helps", "有利"),
    LeverVerdict.HARMS: Label("harms: less of it would help", "不利：减少它才有利"),
    LeverVerdict.OPEN: Label("no effect shown", "未显示作用"),
}


@frozen(kw_only=True, repr=False)
class Lever:
    """One construct as a lever; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    construct
        Which.
    rank
        1 for the best by the measure asked for; levers that are equal share a rank. None where it cannot be compared.
    tied
        Whether another lever has the same rank.
    best
        Share of the joint draws in which it is the best by this measure; equal ones share a draw.
    point, point_se, point_low, point_high
        What a point more brings to the target in all, in units of the target.
    sd, sd_low, sd_high
        What a standard deviation more brings.
    cost
        What a point costs.
    money, money_low, money_high
        What a unit of money brings.
    verdict
        What the interval says.
    """

    construct: str
    rank: int | None
    tied: bool
    best: Number
    point: float
    point_se: float
    point_low: float
    point_high: float
    sd: Number
    sd_low: Number
    sd_high: Number
    cost: Number
    money: Number
    money_low: Number
    money_high: Number
    verdict: LeverVerdict

    def __repr__(self) -> str:
        ends = f"{signed(self.point_low, '.3f')} to {signed(self.point_high, '.3f')}"
        place = "not ranked" if self.rank is None else f"rank {self.rank}{', tied' if self.tied else ''}"
        best = "" if isinstance(self.best, Inapplicable) else f", best in {self.best:.0%} of draws"
        return f"<Lever {self.construct}: a point brings {signed(self.point, '.3f')} ({ends}); {place}{best}>"


@frozen(eq=False, repr=False, kw_only=True)
class Levers:
    """What each construct upstream of a target buys there, the best first.

    Attributes
    ----------
    target, goal
        What is to be moved, and whether it is to be raised or lowered.
    by
        The measure of ranks and of the probability of being best.
    rows
        One `Lever` each, in order of rank; ``levers["training"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    draws, confidence, horizon
        As asked; the horizon is the last period whose effect is counted.
    """

    target: str
    goal: str
    by: Measure
    rows: tuple[Lever, ...]
    told: Told
    draws: int
    confidence: float
    horizon: int

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Lever]:
        return iter(self.rows)

    def __getitem__(self, construct: str) -> Lever:
        found = [row for row in self.rows if row.construct == construct]
        if not found:
            known = [row.construct for row in self.rows]
            rule = f"it does not lead to {self.target}"
            raise ScenarioError(Problem("construct", f"no {construct!r}", rule, did_you_mean(construct, known)))
        return found[0]

    def __repr__(self) -> str:
        first = self.rows[0]
        best = "" if isinstance(first.best, Inapplicable) else f", best in {first.best:.0%} of draws"
        return f"<Levers of {self.target} by {self.by}: {len(self)}, first {first.construct}{best}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return what each lever buys by the measure asked for, with its interval, and by a point and an sd beside.

        A language adds the names of constructs, and says verdicts and notes in it.
        """
        measures = dict.fromkeys([self.by, Measure.POINT, Measure.SD])
        ends = (f"{self.by}_low", f"{self.by}_high")
        names = ("rank", "construct", str(self.by), *ends, "best", *list(map(str, measures))[1:], "verdict")
        table = self.told.view(names, None, language, named="construct")
        words = [row.verdict.label.text(language or Language.ENGLISH) for row in self.rows]
        return evolve(table, columns={**table.columns, "verdict": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each lever."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"target": self.target, "goal": self.goal, "by": str(self.by), "draws": self.draws}
        kept = {"confidence": self.confidence, "horizon": self.horizon}
        reasons = [{"construct": row.construct, **inapplicable(row)} for row in self.rows]
        return {"reading": "levers", **asked, **kept, **self.told.whole().to_dict(), "inapplicable": reasons}
