"""`YearlyProfit`: what a customer brings year by year, stacked by where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, freeze
from servqual.errors import Problem, WorthError
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import Told, cells
from servqual.value.counting import count_problems

_TITLE = Label("Profit of a customer by year", "顾客逐年利润")

PARTS = {
    "acquisition": Label("acquisition cost", "获取成本"),
    "base": Label("base profit", "基础利润"),
    "growth": Label("increased purchases", "购买增长"),
    "savings": Label("reduced operating cost", "成本节约"),
    "referrals": Label("referrals", "推荐他人"),
    "premium": Label("price premium", "溢价"),
}

ByYear = tuple[float, ...]


def _by_year(given: float | Sequence[float]) -> ByYear:
    return tuple(np.atleast_1d(np.asarray(given, np.float64)).tolist())


@frozen(kw_only=True, repr=False)
class YearlyProfit:
    """Profit of one customer in the years 1, 2, … of his loyalty, after the cost of winning him in year 0.

    Each part is one number for all years or one for each year, all in the same money: what a customer brings who
    stays. With a retention r and a discount i, the profit of year t counts ``(r / (1 + i))^t`` times, the chance that
    the customer is there and what money at that time is worth now; with a retention for each year ``r^t`` is
    ``r_1 r_2 … r_t``.

    Attributes
    ----------
    years
        How many there are after year 0.
    acquisition
        Cost of winning the customer, 0 or above; it counts as a loss in year 0.
    base, growth, savings, referrals, premium
        Profit of each year from purchases as at first, from more purchases, from lower cost to serve, from customers
        he sends, and from the higher price he pays.
    retention, discount
        Share kept from year to year, 0 to 1, one number or one for each year (a curve); rate of discount, above −1.

    Raises
    ------
    WorthError
        Parts with another number of years, numbers that are not finite, retention or discount outside their ranges.

    References
    ----------
    Reichheld & Sasser 1990, Harvard Business Review 68(5):105-111.

    Examples
    --------
    >>> YearlyProfit(years=3, acquisition=60, base=30, growth=[0, 5, 9])
    <YearlyProfit: 3 years, 44.00 in all; breaks even in year 2>
    """

    years: int
    acquisition: float = 0.0
    base: ByYear = field(default=0.0, converter=_by_year)
    growth: ByYear = field(default=0.0, converter=_by_year)
    savings: ByYear = field(default=0.0, converter=_by_year)
    referrals: ByYear = field(default=0.0, converter=_by_year)
    premium: ByYear = field(default=0.0, converter=_by_year)
    retention: ByYear = field(default=1.0, converter=_by_year)
    discount: float = 0.0

    def __attrs_post_init__(self) -> None:
        problems = count_problems(years=self.years)
        for name in (*list(PARTS)[1:], "retention"):
            given: ByYear = getattr(self, name)
            if len(given) not in {1, self.years}:
                rule = f"there is one number, or one for each of {self.years} years"
                problems.append(Problem(name, f"{len(given)} numbers", rule))
            elif not np.isfinite(given).all():
                problems.append(Problem(name, str(list(given)), "numbers are finite"))
        problems += self._rate_problems()
        if problems:
            raise WorthError(*problems)

    def _rate_problems(self) -> list[Problem]:
        problems = []
        if not 0 <= self.acquisition < np.inf:
            problems.append(Problem("acquisition", f"{self.acquisition:g}", "the cost of winning is 0 or above"))
        if outside := [each for each in self.retention if not 0 <= each <= 1]:
            remedy = f"pass {outside[0] / 100:g}" if 1 < outside[0] <= 100 else ""
            problems.append(Problem("retention", f"{outside[0]:g}", "retention is a share, 0 to 1", remedy))
        if not -1 < self.discount < np.inf:
            problems.append(Problem("discount", f"{self.discount:g}", "a rate of discount is above -1"))
        return problems

    @property
    def parts(self) -> Floats:
        """Expected and discounted profit by part and year, shape (6, years + 1)."""
        later = np.stack([np.broadcast_to(getattr(self, name), self.years) for name in list(PARTS)[1:]])
        whole = np.zeros((len(PARTS), self.years + 1))
        whole[0, 0] = -self.acquisition
        whole[1:, 1:] = later
        each_year = np.broadcast_to(self.retention, self.years) / (1 + self.discount)
        return freeze(whole * np.concatenate([[1.0], np.cumprod(each_year)]))

    @property
    def total(self) -> Floats:
        """Sum of the parts by year, from year 0, shape (years + 1,)."""
        return freeze(self.parts.sum(axis=0))

    @property
    def cumulative(self) -> Floats:
        """Running sum by year."""
        return freeze(np.cumsum(self.total))

    @property
    def breakeven(self) -> int | None:
        """Year during which the running sum comes to zero or above; None where it does not."""
        reached = np.flatnonzero(self.cumulative >= 0)
        return int(reached[0]) if reached.size else None

    def __repr__(self) -> str:
        when = "does not break even" if self.breakeven is None else f"breaks even in year {self.breakeven}"
        return f"<YearlyProfit: {self.years} years, {self.cumulative[-1]:.2f} in all; {when}>"

    def _told(self) -> Told:
        years = range(self.years + 1)
        columns = {"year": list(years)} | {name: cells(row) for name, row in zip(PARTS, self.parts, strict=True)}
        columns |= {"total": cells(self.total), "cumulative": cells(self.cumulative)}
        kept = ", ".join(f"{each:g}" for each in self.retention)
        note = Label(
            f"retention {kept}, discount {self.discount:g} a year; year 0 is that of winning the customer",
            f"年留存率 {kept}，年折现率 {self.discount:g}；第 0 年为获取顾客之年",
        )
        return Told(columns, [Label(f"year {each}", f"第 {each} 年") for each in years], _TITLE, [note])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a year: each part, their total and its running sum."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="year")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a year."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        return {"reading": "yearly_profit", "breakeven": self.breakeven, **self._told().whole().to_dict()}
