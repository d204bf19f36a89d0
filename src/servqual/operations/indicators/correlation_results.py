"""`OperatingCorrelations`: which operating indicators go with which service scores, and how much later."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.errors import ArgumentError, Problem
from servqual.statistics import Inapplicable
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class OperatingCorrelation:
    """The correlation of an indicator with a service score so many periods earlier.

    Attributes
    ----------
    score, indicator, lag
        Which, and how many periods the score is earlier.
    pairs, units
        Pairs that the correlation is made of, and the units within which it is taken; 1 where there is one series or
        each unit has one pair.
    r, low, high
        −1 to 1, with its interval.
    df, p, p_adjusted
        Degrees of freedom, and the p-value of no correlation, as it is and adjusted over the table (Holm).
    """

    score: str
    indicator: str
    lag: int
    pairs: int
    units: int
    r: Number
    low: Number
    high: Number
    df: Number
    p: Number
    p_adjusted: Number

    def __repr__(self) -> str:
        name = f"{self.score} → {self.indicator}, lag {self.lag}"
        if isinstance(self.r, Inapplicable) or isinstance(self.p, Inapplicable):
            return f"<OperatingCorrelation {name}: {self.p}>"
        return f"<OperatingCorrelation {name}: {self.r:.3f} ({float(self.low):.3f} to {float(self.high):.3f})>"


@frozen(eq=False, repr=False)
class OperatingCorrelations(Reading[OperatingCorrelation]):
    """Correlations of scores with indicators, lag by lag; ``found["empathy", "sales", 1]`` picks one."""

    reading: ClassVar[str] = "operating_correlations"
    named: ClassVar[str] = "none"

    def __getitem__(self, name: Any) -> OperatingCorrelation:
        wanted = (*name, 0)[:3] if isinstance(name, tuple) else (name, "", 0)
        for row in self.rows:
            if (row.score, row.indicator, row.lag) == wanted:
                return row
        rule = "it is (score, indicator) or (score, indicator, lag) of the table"
        raise ArgumentError(Problem("name", f"no {name!r}", rule))

    def strongest(self, indicator: str) -> OperatingCorrelation | None:
        """Return the row with the largest correlation, whatever its sign, of one indicator; None where none exists."""
        rows = [row for row in self.rows if row.indicator == indicator and not isinstance(row.r, Inapplicable)]
        return max(rows, key=lambda row: abs(float(row.r)), default=None)
