"""What `lifetime_value` and `retention_gain` found."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import Told, cells
from servqual.value.margins import FirstMargin

_TITLE = Label("Lifetime value of a customer", "顾客终身价值")
_GAIN = Label("What keeping more customers is worth", "多留住顾客的价值")
_GAINED = {
    "before": Label("value before", "原价值"),
    "after": Label("value after", "新价值"),
    "gain": Label("gain", "增值"),
    "gain_share": Label("gain as a share", "增值比例"),
}


@frozen(eq=False, getstate_setstate=False, repr=False)
class LifetimeValue(Holder):
    """Value of a customer, and how it comes about period by period.

    Attributes
    ----------
    value
        In money: what is earned less what winning the customer cost.
    earned
        Present value of all margins.
    acquisition
        Cost of winning the customer.
    expected_life
        ``1 / (1 − r)`` periods at a constant retention; of a curve, the periods expected within it, ``Σ S_t`` from 0.
    first
        When the first margin comes.
    whole
        Whether the value is that of a life without end, of which the periods show the beginning.
    period, survival, margin, present_value, cumulative
        Of each period: its number, the chance that the customer is there, the margin if he is, the expected margin
        discounted, and the running sum with acquisition; shape (periods,).
    """

    value: float
    earned: float
    acquisition: float
    expected_life: float
    first: FirstMargin
    whole: bool
    period: Floats = field(converter=floats)
    survival: Floats = field(converter=floats)
    margin: Floats = field(converter=floats)
    present_value: Floats = field(converter=floats)
    cumulative: Floats = field(converter=floats)

    @classmethod
    def of(
        cls,
        margin: float,
        kept: Floats,
        rates: tuple[float, float],
        acquisition: float,
        first: FirstMargin,
        *,
        whole: float | None,
        life: float | None,
    ) -> LifetimeValue:
        """Compute the periods; ``whole`` is the value of all margins where life has no end."""
        discount, growth = rates
        survival = np.concatenate([[1.0], np.cumprod(kept)])
        steps = np.arange(survival.size, dtype=np.float64)
        if first is FirstMargin.END:
            period, there = steps[1:], survival[1:]
        else:
            period, there = steps[:-1], survival[:-1]
        # one power of the ratio: both powers alone may overflow in a long life
        present = (
            there * margin * ((1 + growth) / (1 + discount)) ** steps[:-1] / (1 + discount) ** (period - steps[:-1])
        )
        earned = float(present.sum()) if whole is None else whole
        expected = float(survival[:-1].sum()) if life is None else life
        running = np.cumsum(present) - acquisition
        about = (earned - acquisition, earned, acquisition, expected, first, whole is not None)
        return cls(*about, period, there, margin * (1 + growth) ** steps[:-1], present, running)

    @property
    def breakeven(self) -> int | None:
        """First period at whose end the running sum is not below zero; None where none of those shown is."""
        reached = np.flatnonzero(self.cumulative >= 0)
        return int(self.period[reached[0]]) if reached.size else None

    def __repr__(self) -> str:
        when = "does not pay back" if self.breakeven is None else f"pays back in period {self.breakeven}"
        if self.breakeven is None and self.whole:
            when = f"not paid back in {self.period.size} periods"
        life = "endless life" if math.isinf(self.expected_life) else f"expected life {self.expected_life:.3g} periods"
        return f"<LifetimeValue: {self.value:.2f} = {self.earned:.2f} - {self.acquisition:g}; {when}, {life}>"

    def _told(self) -> Told:
        names = ("survival", "margin", "present_value", "cumulative")
        columns = {"period": cells(self.period, whole=True)} | {name: cells(getattr(self, name)) for name in names}
        return Told(columns, [Label(f"{each:g}", f"{each:g}") for each in self.period], _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        notes = [
            Label(
                f"Value {self.value:.2f}: margins worth {self.earned:.2f} now, acquisition {self.acquisition:.2f}",
                f"价值 {self.value:.2f}：各期利润现值 {self.earned:.2f}，减去获取成本 {self.acquisition:.2f}",
            )
        ]
        if self.whole:
            notes.append(
                Label(
                    f"the value is that of all periods, the first {self.period.size} of which are shown",
                    f"价值包含全部期数，表中只列前 {self.period.size} 期",
                )
            )
        return notes

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a period, with the value in the notes."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="none")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a period."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary; an endless life is the word "inf"."""
        life = "inf" if math.isinf(self.expected_life) else self.expected_life
        about = {"value": self.value, "earned": self.earned, "acquisition": self.acquisition, "expected_life": life}
        told = {"first": str(self.first), "whole": self.whole, "breakeven": self.breakeven}
        return {"reading": "lifetime_value", **self._told().whole().to_dict(), **about, **told}


@frozen(repr=False)
class RetentionGain:
    """Lifetime value before and after losing fewer customers.

    Attributes
    ----------
    before, after
        In money.
    points
        By how much retention rose, as a share.
    """

    before: float
    after: float
    points: float

    @property
    def gain(self) -> float:
        """After less before, in money."""
        return self.after - self.before

    @property
    def gain_share(self) -> float:
        """Gain over the value before; NaN where that is not above zero, for then a share says nothing."""
        return self.gain / self.before if self.before > 0 else math.nan

    def __repr__(self) -> str:
        share = "" if math.isnan(self.gain_share) else f", {self.gain_share:+.1%}".replace("%", " %")
        points = f"{100 * self.points:g} points of retention"
        return f"<RetentionGain: {self.before:.2f} to {self.after:.2f}{share}, by {points}>"

    def _told(self) -> Told:
        numbers = [self.before, self.after, self.gain, self.gain_share]
        note = Label(f"{100 * self.points:g} points of retention more", f"留存率提高 {100 * self.points:g} 个百分点")
        return Told({"measure": list(_GAINED), "value": cells(numbers)}, list(_GAINED.values()), _GAIN, [note])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return value before and after, and what is gained."""
        return self._told().view(["measure", "value"], language=language, named="measure")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a measure."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        share = None if math.isnan(self.gain_share) else self.gain_share
        numbers = {"before": self.before, "after": self.after, "points": self.points}
        return {"reading": "retention_gain", **numbers, "gain": self.gain, "gain_share": share}
