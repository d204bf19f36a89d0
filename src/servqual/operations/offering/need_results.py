"""`NeedsLadder`: which rung of a ladder of needs customers have reached, and where they are stuck."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from attrs import field, frozen

from servqual._arrays import Holder, Ints, read_only
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class NeedRung:
    """One rung; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    rung, place
        Which, and its place from 1, the most basic.
    satisfied
        Share of customers satisfied with it alone, whatever is below.
    standing, standing_low, standing_high
        Share of customers who have this rung and all rungs below, with Wilson's interval.
    n, stuck, stuck_low, stuck_high
        Customers stuck here, with all rungs below satisfied and this one not; their share, with Wilson's interval.
    of_reached
        Share of the stuck among those who have all rungs below.
    """

    rung: str
    place: int
    satisfied: Number
    standing: Number
    standing_low: Number
    standing_high: Number
    n: float
    stuck: Number
    stuck_low: Number
    stuck_high: Number
    of_reached: Number

    def __repr__(self) -> str:
        return (
            f"<NeedRung {self.place} {self.rung}: standing {float(self.standing):.3f}, stuck {float(self.stuck):.3f}>"
        )


@frozen(eq=False, repr=False, kw_only=True, getstate_setstate=False)
class NeedsLadder(Holder, PickedRows[NeedRung]):
    """Which rung customers have reached, and where they are stuck.

    Attributes
    ----------
    rows
        One `NeedRung` for each rung, from the most basic; ``ladder["on_time"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    customers
        How many rungs each customer has reached, all below satisfied, shape (customers,); −1 where missing answers
        leave it open.
    reached
        The population's rung: the highest that more than the majority stand on, by the lower end of the interval; None
        where not even the first is.
    stuck_at
        The rung where most customers are stuck; None where all have reached the highest.
    mean_reached
        Mean number of rungs reached.
    order_holds
        Guttman's coefficient of reproducibility: 1 where nobody has a higher rung without the lower ones.
    """

    reading: ClassVar[str] = "climb_needs"
    named: ClassVar[str] = "rung"

    customers: Ints = field(converter=read_only)
    reached: str | None
    stuck_at: str | None
    mean_reached: float
    order_holds: float

    def __repr__(self) -> str:
        where = self.stuck_at or "nowhere"
        return f"<NeedsLadder of {self.customers.size} customers: reached {self.reached}, most stuck at {where}>"

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        numbers = {"mean_reached": self.mean_reached, "order_holds": self.order_holds}
        plain = {name: None if math.isnan(each) else each for name, each in numbers.items()}
        return {**super().to_dict(), "reached": self.reached, "stuck_at": self.stuck_at, **plain}
