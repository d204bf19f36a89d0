"""`LevelGrowth`: how a level of performance grows towards the one that is expected."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class PeriodLevel:
    """The level in one period.

    Attributes
    ----------
    period, n
        Which, and employees with both levels.
    expected, present
        Mean levels.
    shortfall, low, high
        Mean of present minus expected, below zero where the level is not reached, with Student's interval.
    """

    period: str
    n: float
    expected: Number
    present: Number
    shortfall: Number
    low: Number
    high: Number

    def __repr__(self) -> str:
        return f"<PeriodLevel {self.period}: {float(self.shortfall):.3f} of n {self.n:g}>"


@frozen(eq=False, repr=False, kw_only=True)
class LevelGrowth(PickedRows[PeriodLevel]):
    """How a level of performance grows towards the one that is expected.

    Attributes
    ----------
    rows
        One `PeriodLevel` for each period; ``growth["3"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    closed, closed_low, closed_high
        Share of the shortfall that one period closes: 0 none, 1 all; below zero, the shortfall grows.
    half_life
        Periods until half of the shortfall is closed at this rate.
    pairs, employees
        Steps from one period to the next within employees, and employees who have any.
    """

    reading: ClassVar[str] = "level_growth"
    named: ClassVar[str] = "period"

    closed: Number
    closed_low: Number
    closed_high: Number
    half_life: Number
    pairs: int
    employees: int

    def __repr__(self) -> str:
        if isinstance(self.closed, Inapplicable):
            return f"<LevelGrowth over {len(self)} periods: {self.closed}>"
        return f"<LevelGrowth over {len(self)} periods: {self.closed:.1%} of the shortfall closed in each>"

    def shortfall_after(self, periods: float) -> Number:
        """Return the mean shortfall so many periods after the last, ``shortfall · (1 − closed)^periods``."""
        if isinstance(self.closed, Inapplicable):
            return self.closed
        if not 0 <= self.closed <= 1:
            return Inapplicable("the shortfall does not shrink steadily")
        return float(self.rows[-1].shortfall) * (1 - self.closed) ** periods

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        names = ("closed", "closed_low", "closed_high", "half_life")
        values = {name: getattr(self, name) for name in names}
        plain = {name: None if isinstance(each, Inapplicable) else each for name, each in values.items()}
        why = {name: each.reason for name, each in values.items() if isinstance(each, Inapplicable)}
        return {**super().to_dict(), **plain, "pairs": self.pairs, "employees": self.employees, "why": why}
