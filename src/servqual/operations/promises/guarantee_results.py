"""`Guarantee`: what share of customers each promise would fail, and what that would cost."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class GuaranteedLevel:
    """One promise, priced.

    Attributes
    ----------
    promise
        The level promised, in the units of what is delivered.
    n, fails
        Deliveries, and how many of them would have failed the promise.
    share, low, high
        Share of customers it would fail, with Wilson's interval.
    cost, cost_low, cost_high
        Mean payout per customer served; without a payout there is none.
    """

    promise: float
    n: float
    fails: float
    share: float
    low: float
    high: float
    cost: Number
    cost_low: Number
    cost_high: Number

    def __repr__(self) -> str:
        return f"<GuaranteedLevel {self.promise:g}: fails {self.share:.3f} ({self.low:.3f} to {self.high:.3f})>"


@frozen(eq=False, repr=False, kw_only=True)
class Guarantee(PickedRows[GuaranteedLevel]):
    """What share of customers each promise would fail, and what that would cost.

    Attributes
    ----------
    rows
        One `GuaranteedLevel` for each promise, in the order given; ``found[10]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    strictest
        The strictest promise that fails at most the target: the upper end of its interval does not exceed it; no number
        without a target, or where no promise is so safe.
    missing
        Deliveries without a number, left out.
    """

    reading: ClassVar[str] = "guarantee"
    named: ClassVar[str] = "promise"

    strictest: Number
    missing: int

    def __getitem__(self, key: str | float) -> GuaranteedLevel:
        """Return the row of one promise, by its number or the number as text."""
        found = [row for row in self.rows if key in {row.promise, f"{row.promise:g}"}]
        return found[0] if found else super().__getitem__(str(key))

    def __repr__(self) -> str:
        said = ", ".join(f"{row.promise:g} fails {row.share:.1%}" for row in self.rows)
        return f"<Guarantee: {said}>"

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        none = isinstance(self.strictest, Inapplicable)
        why = {"strictest": str(self.strictest)} if none else {}
        strictest = None if none else self.strictest
        return {**super().to_dict(), "strictest": strictest, "missing": self.missing, "why": why}
