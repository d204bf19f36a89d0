"""`BindingBarriers`: what binds each employee, and how many each barrier binds."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Holder, texts
from servqual.operations.barriers.barrier_words import Barrier
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class BarrierShare:
    """One barrier in the population; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    barrier
        Which.
    n, share, low, high
        Employees that it binds, and their share of all who could be judged, with Wilson's interval.
    reached
        Employees below the level who met all conditions before this one.
    of_reached
        Share of these whom it binds.
    mean, mean_low, mean_high
        Mean score of the condition over everybody, with Student's interval.
    shortfall, shortfall_low, shortfall_high
        Mean of present minus expected level among those it binds, below zero, with Student's interval; of "none", of
        those who reach the level, zero or more.
    part
        Its part of the sum of all shortfalls below the level: what is lost behind this barrier.
    """

    barrier: Barrier
    n: float
    share: Number
    low: Number
    high: Number
    reached: Number
    of_reached: Number
    mean: Number
    mean_low: Number
    mean_high: Number
    shortfall: Number
    shortfall_low: Number
    shortfall_high: Number
    part: Number

    def __repr__(self) -> str:
        if isinstance(self.share, Inapplicable):
            return f"<BarrierShare {self.barrier}: {self.share}>"
        return f"<BarrierShare {self.barrier}: {self.share:.3f} ({float(self.low):.3f} to {float(self.high):.3f})>"


@frozen(eq=False, repr=False, kw_only=True, getstate_setstate=False)
class BindingBarriers(Holder, PickedRows[BarrierShare]):
    """What binds each employee, and how many each barrier binds.

    Attributes
    ----------
    rows
        One `BarrierShare` for each barrier, in the order in which they bind; ``found["duty"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    employees
        The barrier of each employee as text, shape (employees,); empty where missing answers leave it open.
    lead
        The barrier that binds most employees; None where nobody is bound.
    lead_low, lead_high
        Interval of its share less that of the next; above zero, the lead is sure.
    first
        The population taken as one employee: the first condition whose mean lies below its mark; None where none does.
    """

    reading: ClassVar[str] = "binding_barriers"
    named: ClassVar[str] = "barrier"

    employees: AnyArray = field(converter=texts)
    lead: Barrier | None
    lead_low: float
    lead_high: float
    first: Barrier | None

    def __repr__(self) -> str:
        if self.lead is None:
            why = "nobody is bound" if self.employees.astype(np.bool_).any() else "nobody could be judged"
            return f"<BindingBarriers of {self.employees.size} employees: {why}>"
        share = float(self[self.lead].share)
        return f"<BindingBarriers of {self.employees.size} employees: most by {self.lead}, {share:.1%}>"

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        ends = {"lead_low": self.lead_low, "lead_high": self.lead_high}
        plain = {name: None if math.isnan(end) else end for name, end in ends.items()}
        names = {"lead": self.lead and str(self.lead), "first": self.first and str(self.first)}
        return {**super().to_dict(), **names, **plain}
