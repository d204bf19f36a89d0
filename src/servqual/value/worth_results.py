"""What `value_to_customer` found."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable
_TITLE = Label("Value to the customer", "顾客价值")
_ALONE = Inapplicable("there is no other provider to compare with")


@frozen(kw_only=True, repr=False)
class ValueRow:
    """Value to the customers of one segment and provider.

    Attributes
    ----------
    segment, provider, n
        "all" where nothing is told apart; customers.
    benefit, cost
        Means of results + process quality, and of price + cost of obtaining.
    ratio, ratio_se, ratio_low, ratio_high
        Benefit over cost, with its linearised error and interval.
    difference, difference_low, difference_high
        Mean of benefit less cost, where both are in money.
    relative, relative_low, relative_high
        The ratio over that of all other providers in the segment: above 1 is worth more than the competition.
    """

    segment: str
    provider: str
    n: int
    benefit: float
    cost: float
    ratio: float
    ratio_se: Number
    ratio_low: Number
    ratio_high: Number
    difference: Number
    difference_low: Number
    difference_high: Number
    relative: Number = _ALONE
    relative_low: Number = _ALONE
    relative_high: Number = _ALONE

    def __repr__(self) -> str:
        return f"<ValueRow of {self.provider} in {self.segment}: {self.ratio:.3f}, n {self.n}>"


def _name(row: ValueRow) -> Label:
    named = [each for each in (row.provider, row.segment) if each != "all"]
    return Label(", ".join(named), "，".join(named)) if named else Label("all customers", "全部顾客")


def _perhaps(values: npt.ArrayLike | None) -> Floats | None:
    return None if values is None else floats(values)


@frozen(eq=False, getstate_setstate=False, repr=False)
class ValueToCustomer(Holder):
    """Value of each customer, and of groups.

    Attributes
    ----------
    rows
        One for each segment and provider; the first is everybody.
    ratio
        Of each customer, shape (customers,).
    difference
        Of each customer, in money; None where benefits are not in money.
    confidence
        Of the intervals.
    """

    rows: tuple[ValueRow, ...]
    ratio: Floats = field(converter=floats)
    difference: Floats | None = field(converter=_perhaps)
    confidence: float

    @property
    def overall(self) -> ValueRow:
        """That of everybody."""
        return self.rows[0]

    def __repr__(self) -> str:
        row, unit = self.overall, "points" if self.difference is None else "money"
        low, high = row.ratio_low, row.ratio_high
        ends = "" if isinstance(low, Inapplicable) else f" ({low:.3f} to {float(high):.3f})"
        return f"<ValueToCustomer: {row.ratio:.3f} {unit} for a unit of money{ends}, {row.n} customers>"

    def _told(self) -> Told:
        labels = [_name(row) for row in self.rows]
        note = Label(
            f"{self.confidence:.0%} intervals; benefit = results + process quality, cost = price + cost of obtaining",
            f"{self.confidence:.0%} 区间；收益 = 结果 + 过程质量，付出 = 价格 + 获得服务的成本",
        )
        return Told(columns_of(self.rows, ValueRow, ("n",)), labels, _TITLE, [note])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a segment and provider; of difference and competitors where there are some."""
        names = ["segment", "provider", "n", "benefit", "cost", "ratio", "ratio_low", "ratio_high"]
        for of in ("difference", "relative"):
            if any(not isinstance(getattr(row, of), Inapplicable) for row in self.rows):
                names += [of, f"{of}_low", f"{of}_high"]
        return self._told().view(names, language=language, named="provider")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row a segment and provider."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the numbers of groups as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"segment": row.segment, "provider": row.provider, **inapplicable(row)} for row in self.rows]
        about = {"reading": "value_to_customer", "confidence": self.confidence, "inapplicable": reasons}
        return about | self._told().whole().to_dict()
