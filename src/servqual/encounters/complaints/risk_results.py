"""What `complaint_risk` found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from servqual.encounters.complaints.funnel import ComplaintFunnel
from servqual.encounters.complaints.words import Branch
from servqual.errors import ComplaintError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import Told

# An estimate and its interval; all three alike where nothing is uncertain.
Ranged = tuple[float, float, float]

_TITLE = Label("Customers lost to problems", "因问题流失的顾客")
_LEVERS = Label("What recovery is worth", "补救的价值")
_NAMES = {
    "voiced": Label("more of them complain", "更多人投诉"),
    "resolved": Label("more complaints resolved", "解决更多投诉"),
    "quick": Label("more resolved quickly", "更多迅速解决"),
}


@frozen(repr=False)
class BranchRow:
    """What becomes of the customers of one branch.

    Attributes
    ----------
    branch, share, customers
        Which; its share of customers with a problem; how many they are.
    again
        How many of them buy again.
    lost
        How many are lost to the problem, who would have bought again without it: estimate, low, high.
    lost_by_talk
        How many others they lose by talking; below zero where they win some.
    money
        What both are worth.
    """

    branch: Branch
    share: float
    customers: float
    again: float
    lost: Ranged
    lost_by_talk: Ranged
    money: Ranged

    def __repr__(self) -> str:
        return f"<BranchRow {self.branch}: {self.customers:.0f} customers, {self.lost[0]:.0f} lost>"


@frozen(repr=False)
class RecoveryLever:
    """What raising one rate of the funnel brings.

    Attributes
    ----------
    rate, before, after
        "voiced", "resolved" or "quick", and where it is raised from and to.
    kept
        Customers kept and won: estimate, low, high.
    money
        What they are worth.
    breakeven
        What moving one customer is worth: of a silent one who complains, a complaint that is resolved, or one resolved
        quickly. More should not be spent on a case.
    """

    rate: str
    before: float
    after: float
    kept: Ranged
    money: Ranged
    breakeven: Ranged

    def __repr__(self) -> str:
        return f"<RecoveryLever {self.rate}: {self.money[0]:+.2f}, up to {self.breakeven[0]:.2f} a case>"


@frozen(eq=False, repr=False)
class ComplaintRisk:
    """What problems cost, and what recovery is worth.

    Attributes
    ----------
    funnel
        That it was computed of.
    rows
        One a branch, from silent to resolved quickly.
    levers
        One a rate: voiced, resolved, quick.
    totals
        "with_problem", "lost", "lost_by_talk" customers, and "money": estimate, low, high.
    draws
        How many intervals are made from; 0 where nothing is uncertain.
    confidence
        Of the intervals.
    """

    funnel: ComplaintFunnel
    rows: tuple[BranchRow, ...]
    levers: tuple[RecoveryLever, ...]
    totals: Mapping[str, Ranged]
    draws: int
    confidence: float

    def lever(self, rate: str) -> RecoveryLever:
        """Return the lever of one rate: "voiced", "resolved" or "quick".

        Raises
        ------
        ComplaintError
            A rate that is none of these.
        """
        found = {each.rate: each for each in self.levers}
        if rate not in found:
            raise ComplaintError(Problem("rate", repr(rate), "it is a rate of recovery", did_you_mean(rate, found)))
        return found[rate]

    def __repr__(self) -> str:
        here, lost, money = (self.totals[name] for name in ("with_problem", "lost", "money"))
        sure = f" ({money[1]:.2f} to {money[2]:.2f})" if self.draws else ""
        return (
            f"<ComplaintRisk: {here[0]:.0f} customers have a problem, {lost[0]:.0f} are lost to it; "
            f"worth {money[0]:.2f}{sure}>"
        )

    def _ranged(self, name: str, values: list[Ranged]) -> dict[str, list[Any]]:
        columns = {name: [each[0] for each in values]}
        if self.draws:
            columns |= {f"{name}_low": [each[1] for each in values], f"{name}_high": [each[2] for each in values]}
        return columns

    def _told(self) -> Told:
        columns: dict[str, Any] = {"branch": [str(row.branch) for row in self.rows]}
        columns |= {name: [getattr(row, name) for row in self.rows] for name in ("share", "customers", "again")}
        for name in ("lost", "lost_by_talk", "money"):
            columns |= self._ranged(name, [getattr(row, name) for row in self.rows])
        return Told(columns, [row.branch.label for row in self.rows], _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        here, money = self.totals["with_problem"], self.totals["money"]
        sure = f", {money[1]:.2f} to {money[2]:.2f}" if self.draws else ""
        notes = [
            Label(
                f"{here[0]:.0f} customers have a problem; worth {money[0]:.2f}{sure}",
                f"{here[0]:.0f} 位顾客遇到问题；损失金额 {money[0]:.2f}{sure}",
            )
        ]
        if self.draws:
            notes.append(
                Label(
                    f"{self.confidence:.0%} intervals from {self.draws} draws",
                    f"{self.confidence:.0%} 区间来自 {self.draws} 次抽样",
                )
            )
        if self.funnel.published:
            notes.append(
                Label(
                    f"rates of repurchase are published ones ({self.funnel.published}): an illustration, not your own",
                    f"再购率取自文献（{self.funnel.published}）：仅作示意，请换成自己的数据",
                )
            )
        return notes

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a branch."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="branch")

    def recovery(self, language: Language | str | None = None) -> Table:
        """Return one row a lever: what raising its rate brings, and the most that one case may cost."""
        columns: dict[str, Any] = {"rate": [each.rate for each in self.levers]}
        columns |= {name: [getattr(each, name) for each in self.levers] for name in ("before", "after")}
        for name in ("kept", "money", "breakeven"):
            columns |= self._ranged(name, [getattr(each, name) for each in self.levers])
        told = Told(columns, [_NAMES[each.rate] for each in self.levers], _LEVERS, self._notes()[1:])
        return told.view(list(columns), language=language, named="rate")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a branch."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        about = {"draws": self.draws, "confidence": self.confidence, "published": self.funnel.published}
        totals = {name: list(each) for name, each in self.totals.items()}
        told = self._told().whole().to_dict()
        return {"reading": "complaint_risk", **about, **told, "totals": totals, "recovery": self.recovery().to_dict()}
