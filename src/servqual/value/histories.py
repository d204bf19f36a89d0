"""`PurchaseHistories`: how often and how recently customers bought, and for how much."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual import _frames
from servqual._arrays import Bools, Floats, Holder, floats, freeze
from servqual.errors import Problem, WorthError
from servqual.value.history_making import history_columns
from servqual.value.row_faults import rows_against


def _perhaps(values: npt.ArrayLike | None) -> Floats | None:
    return None if values is None else floats(values)


@frozen(eq=False, getstate_setstate=False, repr=False)
class PurchaseHistories(Holder):
    """One history a customer: what models of repeat buying need to know, and no more.

    Attributes
    ----------
    frequency
        Repeat purchases x, those after the first: whole numbers from 0, shape (customers,).
    recency
        Time from the first purchase to the last, 0 where there is one only.
    age
        Time from the first purchase to the end of observation, T, in the same unit.
    monetary
        Mean money of repeat purchases; None where it is not known, 0 where there was none.

    Raises
    ------
    WorthError
        Frequencies that are not whole or below 0, recency below 0 or after the age, repeat purchases without time or
        money, columns of unequal length, nobody at all.

    Examples
    --------
    >>> PurchaseHistories([2, 0], recency=[30.43, 0], age=[38.86, 38.86])
    <PurchaseHistories: 2 customers, 1 bought again; no money>
    """

    frequency: Floats = field(converter=floats)
    recency: Floats = field(converter=floats)
    age: Floats = field(converter=floats)
    monetary: Floats | None = field(default=None, converter=_perhaps)

    def __attrs_post_init__(self) -> None:
        problems = self._problems()
        if problems:
            raise WorthError(*problems)

    @classmethod
    def from_frame(
        cls, frame: Any, *, frequency: str, recency: str, age: str, monetary: str | None = None
    ) -> PurchaseHistories:
        """Return the histories of a frame with one row a customer, by the names of its columns."""
        opened = _frames.opened(frame)
        names = [frequency, recency, age, *([] if monetary is None else [monetary])]
        return cls(*(_frames.numbers(opened, name) for name in names))

    @classmethod
    def from_purchases(
        cls, frame: Any, *, customer: str, time: str, amount: str | None = None, end: Any = None, unit: str = "week"
    ) -> PurchaseHistories:
        """Return the histories of customers from a frame with one row a purchase, in any order.

        Purchases of a customer on one day (at one moment, where time is a number) are one purchase, their amounts
        added. The first is not a repeat purchase; neither is its amount part of ``monetary``.

        Parameters
        ----------
        customer, time, amount
            Columns: who, when (a date or a number), and for how much.
        end
            When observation ended; the latest purchase of all where it is not given. Purchases after it are refused.
        unit
            Of recency and age where time is a date: "day", "week", "month" (30.4375 days) or "year" (365.25).
        """
        return cls(*history_columns(frame, (customer, time, amount), end, unit))

    def __len__(self) -> int:
        return int(self.frequency.size)

    def __repr__(self) -> str:
        money = "no money" if self.monetary is None else f"mean purchase {self.monetary[self.again].mean():.2f}"
        return f"<PurchaseHistories: {len(self)} customers, {int(self.again.sum())} bought again; {money}>"

    @property
    def again(self) -> Bools:
        """Who bought again, shape (customers,)."""
        return freeze(self.frequency > 0)

    def distinct(self) -> tuple[Floats, Floats]:
        """Return the distinct (frequency, recency, age), shape (rows, 3), and how many customers have each."""
        order = np.lexsort((self.age, self.recency, self.frequency))
        rows = np.stack([self.frequency, self.recency, self.age], axis=1)[order]
        starts = np.flatnonzero(np.r_[True, (np.diff(rows, axis=0) != 0).any(axis=1)])
        return rows[starts], np.diff(np.r_[starts, len(self)]).astype(np.float64)

    def _problems(self) -> list[Problem]:
        columns = {"frequency": self.frequency, "recency": self.recency, "age": self.age, "monetary": self.monetary}
        given = {name: each for name, each in columns.items() if each is not None}
        shapes = {each.shape for each in given.values()}
        if len(shapes) > 1 or self.frequency.ndim != 1 or not self.frequency.size:
            found = ", ".join(f"{name} {each.shape}" for name, each in given.items())
            return [Problem("histories", found, "columns have one axis, one length, and a customer at least")]
        faults = [rows_against(name, each, ~np.isfinite(each), "is a number") for name, each in given.items()]
        x, tx, age = self.frequency, self.recency, self.age
        faults += [
            _against("frequency", x, x < 0, "repeat purchases are 0 or more"),
            _against("frequency", x, np.rint(x) != x, "repeat purchases are whole numbers"),
            _against("recency", tx, tx < 0, "time runs from 0, the first purchase"),
            _against("recency", tx, tx > age, "the last purchase is not after the end of observation",
                  "recency and age count from the first purchase; recency is not the time since the last one"),
            _against("recency", tx, (x == 0) & (tx > 0), "whoever has not bought again has recency 0"),
            _against("recency", tx, (x > 0) & (tx == 0), "whoever has bought again has a recency above 0"),
            _against("age", age, age <= 0, "a customer has been observed for some time",
                  "leave out customers whose first purchase is at the end of observation"),
        ]  # fmt: skip
        if self.monetary is not None:
            m = self.monetary
            faults.append(_against("monetary", m, (x > 0) & (m <= 0), "repeat purchases cost something"))
            faults.append(_against("monetary", m, (x == 0) & (m != 0), "without repeat purchases it is 0"))
        return [problem for each in faults for problem in each]


def _against(name: str, values: Floats, wrong: Bools, rule: str, remedy: str = "") -> list[Problem]:
    """Return what is wrong with rows that hold numbers; those that do not are told by themselves."""
    return rows_against(name, values, wrong & np.isfinite(values), rule, remedy)
