"""What `return_on_service` found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import Told, cells
from servqual.value.investments import QualityInvestment
from servqual.value.projects import Project

_TITLE = Label("From a gap to net present value", "从差距到净现值")
_TORNADO = Label("What the net present value hangs on", "净现值对各参数的敏感度")

NUMBERS = {
    "gap_closed": Label("gap closed", "缩小的差距"),
    "satisfaction_per_gap": Label("satisfaction per point of gap", "每一分差距对应的满意度"),
    "retention_per_satisfaction": Label("retention per point of satisfaction", "每一分满意度对应的留存率"),
    "margin_per_satisfaction": Label("margin per point of satisfaction", "每一分满意度对应的利润"),
    "new_customers_per_satisfaction": Label("new customers per point of satisfaction", "每一分满意度带来的新顾客"),
    "customers": Label("customers", "顾客数"),
    "retention": Label("retention now", "现有留存率"),
    "margin": Label("margin now", "现有利润"),
    "cost": Label("cost now", "初始成本"),
    "yearly_cost": Label("cost a year", "每年成本"),
}


@frozen(repr=False)
class Lever:
    """One uncertain number, the ends of its interval, and the net present value at either, all else as estimated."""

    name: str
    low: float
    high: float
    npv_at_low: float
    npv_at_high: float

    @property
    def swing(self) -> float:
        """By how much the net present value moves between the ends, 0 or above."""
        return abs(self.npv_at_high - self.npv_at_low)

    def __repr__(self) -> str:
        return f"<Lever {self.name}: NPV {self.npv_at_low:.0f} to {self.npv_at_high:.0f}>"


def _levers(given: Iterable[Lever]) -> tuple[Lever, ...]:
    return tuple(given)


@frozen(eq=False, getstate_setstate=False, repr=False)
class ServiceReturn(Holder):
    """What closing a gap is worth, step by step.

    Attributes
    ----------
    investment
        What was asked.
    estimate
        Satisfaction gained, retention, margin and new customers a year thereafter, net present value; shape (5,).
    draws
        The same for each draw, shape (5, draws).
    levers
        The tornado: uncertain numbers, those that move the net present value most first.
    project
        Spending and profit by year as estimated, with payback, return on quality and internal rates.
    held
        Draws whose retention left 0 to 1 and was held at the bound.
    confidence
        Of the intervals.
    """

    QUANTITIES: ClassVar = {
        "satisfaction_gained": Label("satisfaction gained", "满意度提高"),
        "retention_after": Label("retention after", "改进后的留存率"),
        "margin_after": Label("margin after", "改进后的利润"),
        "new_customers": Label("new customers a year", "每年新增顾客"),
        "npv": Label("net present value", "净现值"),
    }

    investment: QualityInvestment
    estimate: Floats = field(converter=floats)
    draws: Floats = field(converter=floats)
    levers: tuple[Lever, ...] = field(converter=_levers)
    project: Project
    held: int
    confidence: float

    @property
    def npv(self) -> float:
        """Net present value, as estimated."""
        return float(self.estimate[-1])

    @property
    def npv_draws(self) -> Floats:
        """Net present value of each draw, shape (draws,)."""
        return self.draws[-1]

    @property
    def npv_interval(self) -> tuple[float, float]:
        """Of the net present value, percentiles of the draws."""
        low, high = self._ends()[:, -1].tolist()
        return low, high

    @property
    def probability_of_loss(self) -> float:
        """Share of draws with a net present value below zero."""
        return float((self.npv_draws < 0).mean())

    @property
    def breakeven_retention(self) -> float | None:
        """Retention after the investment at which it just pays; None where none between 0 and 1 does."""
        return self.investment.breakeven_retention()

    def _ends(self) -> Floats:
        tail = (1 - self.confidence) / 2
        return np.quantile(self.draws, [tail, 1 - tail], axis=1)

    def __repr__(self) -> str:
        low, high = self.npv_interval
        return f"<ServiceReturn: NPV {self.npv:.0f} ({low:.0f} to {high:.0f}), loss in {self.probability_of_loss:.1%}>"

    def _told(self) -> Told:
        low, high = self._ends()
        columns: dict[str, Any] = {
            "quantity": list(self.QUANTITIES),
            "estimate": cells(self.estimate),
            "low": cells(low),
        }
        return Told(columns | {"high": cells(high)}, list(self.QUANTITIES.values()), _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        draws, loss, needed = self.draws.shape[1], f"{self.probability_of_loss:.1%}", self.breakeven_retention
        sure = Label("all numbers are taken as known: nothing is uncertain", "所有数值都视为已知：没有不确定性")
        spread = Label(
            f"{self.confidence:.0%} intervals from {draws} draws; a loss in {loss} of them",
            f"{self.confidence:.0%} 区间来自 {draws} 次抽样；其中 {loss} 亏损",
        )
        notes = [spread if self.levers else sure]
        if needed is not None:
            notes.append(Label(f"it pays from a retention of {needed:.1%} on", f"留存率达到 {needed:.1%} 即可收回投资"))
        if self.held:
            notes.append(
                Label(
                    f"in {self.held} draws retention left 0 to 1 and was held at the bound",
                    f"有 {self.held} 次抽样的留存率超出 0 到 1，已按边界计",
                )
            )
        return notes

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a step of the way: estimate and interval."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="quantity")

    def tornado(self, language: Language | str | None = None) -> Table:
        """Return one row an uncertain number: its interval, and the net present value at either end."""
        rows = self.levers
        columns: dict[str, Any] = {
            "number": [each.name for each in rows],
            "low": [each.low for each in rows],
            "high": [each.high for each in rows],
            "npv_at_low": [each.npv_at_low for each in rows],
            "npv_at_high": [each.npv_at_high for each in rows],
            "swing": [each.swing for each in rows],
        }
        told = Told(columns, [NUMBERS[each.name] for each in rows], _TORNADO)
        return told.view(list(columns), language=language, named="number")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a step of the way."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return numbers as a JSON-safe dictionary, without the draws."""
        about = {"confidence": self.confidence, "draws": self.draws.shape[1], "held": self.held}
        sure = {"probability_of_loss": self.probability_of_loss, "breakeven_retention": self.breakeven_retention}
        told = self._told().whole().to_dict()
        return {"reading": "return_on_service", **about, **sure, **told, "tornado": self.tornado().to_dict(),
                "project": self.project.to_dict()}  # fmt: skip
