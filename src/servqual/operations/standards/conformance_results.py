"""`Conformance`: which share of cases keeps a standard, in all, by unit and by period."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual._frames import GroupLabel
from servqual.errors import Problem, did_you_mean
from servqual.labels import Language
from servqual.operations.given_columns import ALL
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardVerdict
from servqual.statistics import ArgumentError, Inapplicable
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class ConformityShare:
    """The share of cases that keeps a standard.

    Attributes
    ----------
    unit, period
        Which cases; "all" where all are taken together.
    n, missing, open_cases
        Cases with a value, those without, and those still waiting before the limit, of which nobody knows yet.
    conforming
        Cases that are known to keep the standard.
    share, se, low, high
        Their share among all cases, 0 to 1, with its standard error and interval.
    effective_n
        How many independent cases that are known would tell as much; `n` where no case is open and without clusters.
    target, margin
        The share that was set, and ``share − target``: below zero a shortfall.
    verdict
        What the interval says of the target.
    """

    unit: GroupLabel
    period: GroupLabel
    n: int
    missing: int
    open_cases: int
    conforming: int
    share: Number
    se: Number
    low: Number
    high: Number
    effective_n: Number
    target: float
    margin: Number
    verdict: StandardVerdict

    def __repr__(self) -> str:
        where = " ".join(str(each) for each in (self.unit, self.period) if each != ALL) or ALL
        if isinstance(self.share, Inapplicable):
            return f"<ConformityShare of {where}: {self.share}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<ConformityShare of {where}: {self.share:.3f} ({ends}) of {self.n}; {self.verdict.label}>"


@frozen(eq=False, repr=False)
class Conformance(Reading[ConformityShare]):
    """Shares of cases that keep a standard: all together, then each unit, each period, and each unit in each period.

    Attributes
    ----------
    rows
        One `ConformityShare` each; ``found["north"]`` picks a unit or a period, ``found["north", "2026-03"]`` both.
    told
        The same as columns, with title and notes in English and Chinese.
    standard
        What was to be kept.
    """

    reading: ClassVar[str] = "conformance"
    named: ClassVar[str] = "unit"
    standard: Standard = field(kw_only=True)

    @property
    def overall(self) -> ConformityShare:
        """The share among all cases."""
        return self.rows[0]

    @property
    def units(self) -> tuple[ConformityShare, ...]:
        """The share of each unit, over all periods."""
        return tuple(row for row in self.rows[1:] if row.period == ALL)

    @property
    def periods(self) -> tuple[ConformityShare, ...]:
        """The share in each period, over all units, in their order."""
        return tuple(row for row in self.rows[1:] if row.unit == ALL)

    def __getitem__(self, name: Any) -> ConformityShare:
        wanted = name if isinstance(name, tuple) else None
        for row in self.rows:
            if (row.unit, row.period) == wanted or (wanted is None and (name, ALL) == (row.unit, row.period)):
                return row
        found = next((row for row in self.periods if row.period == name), None)
        if found is None:
            known = [str(row.unit if row.period == ALL else row.period) for row in (*self.units, *self.periods)]
            rule = "it is a unit, a period or (unit, period)"
            raise ArgumentError(Problem("name", f"no {name!r}", rule, did_you_mean(str(name), known)))
        return found

    def __repr__(self) -> str:
        more = f" and {len(self) - 1} more" if len(self) > 1 else ""
        return (
            f"<Conformance to {self.standard.key}: {repr(self.overall)[len('<ConformityShare of all: ') : -1]}{more}>"
        )

    def _idle(self) -> frozenset[str]:
        same = all(isinstance(row.effective_n, Inapplicable) or row.effective_n == row.n for row in self.rows)
        idle = {"period": not self.periods, "open_cases": not any(row.open_cases for row in self.rows)}
        return frozenset(name for name, says_nothing in {**idle, "effective_n": same}.items() if says_nothing)

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"verdict": [row.verdict.label.text(language) for row in self.rows]}
