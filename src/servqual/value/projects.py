"""`Project`: an investment in service as money spent and earned by period, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Floats, freeze
from servqual.errors import Problem, ProjectError
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.cash_flows import internal_rates, net_present_value, payback_time
from servqual.tables import Table
from servqual.telling import Told
from servqual.value.margins import margin_multiple

Money = tuple[float, ...]
Number = float | Inapplicable

_ROWS = {
    "npv": Label("net present value", "净现值"),
    "payback": Label("payback, periods", "回收期"),
    "discounted_payback": Label("discounted payback, periods", "动态回收期"),
    "simple_return": Label("return on what is spent", "投资收益率"),
    "return_on_quality": Label("return on quality", "质量回报率"),
    "internal_rate": Label("internal rate of return", "内部收益率"),
}
_TITLE = Label("Investment in service", "服务投资")
_NEVER = "it is not paid back within these periods"
_NOTHING_SPENT = "nothing is spent"
_NO_CHANGE = "cash flows do not change sign: no rate makes their present value zero"
_NO_RATE = "no rate makes the present value zero"
_CHINESE = {
    _NEVER: "在所列各期内收不回投资",
    _NOTHING_SPENT: "没有支出",
    _NO_CHANGE: "现金流不变号：没有使净现值为零的折现率",
    _NO_RATE: "没有使净现值为零的折现率",
}


def _money(given: Sequence[float]) -> Money:
    return tuple(np.atleast_1d(np.asarray(given, np.float64)).tolist())


@frozen(repr=False)
class Project:
    """Money spent on service and profit that it brings, period by period from the present.

    Attributes
    ----------
    spending, profit
        By period, the first now: spending 0 or above, profit of either sign and beyond what there would be anyway. The
        shorter one is filled up with zeros.
    discount
        Rate a period, above −1.

    Raises
    ------
    ProjectError
        Spending below zero, numbers that are not finite, nothing at all, a discount of −1 or below.

    References
    ----------
    Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70; Brealey, Myers & Allen 2011, Principles of
    Corporate Finance, 10th ed., McGraw-Hill, chapter 5; Hazen 2003, The Engineering Economist 48(1):31-51 (several
    rates, and none).

    Examples
    --------
    >>> Project(spending=[100], profit=[0, 60, 60], discount=0.1)
    <Project: NPV 4.13, paid back after 1.67 periods, internal rate 13.1 %>
    """

    spending: Money = field(converter=_money)
    profit: Money = field(converter=_money)
    discount: float

    def __attrs_post_init__(self) -> None:
        size = max(len(self.spending), len(self.profit))
        for name in ("spending", "profit"):
            given: Money = getattr(self, name)
            object.__setattr__(self, name, given + (0.0,) * (size - len(given)))
        problems = [
            Problem(name, str(list(getattr(self, name))), "money is a finite number in every period")
            for name in ("spending", "profit")
            if not np.isfinite(getattr(self, name)).all()
        ]
        if min(self.spending, default=0.0) < 0:
            found = f"{min(self.spending):g} in period {int(np.argmin(self.spending))}"
            problems.append(Problem("spending", found, "it is 0 or above", "what comes in is profit"))
        if not -1 < self.discount < np.inf:
            problems.append(Problem("discount", f"{self.discount:g}", "a rate of discount is above -1"))
        if not any(self.spending) and not any(self.profit):
            problems.append(Problem("project", "no money in any period", "something is spent or earned"))
        if problems:
            raise ProjectError(*problems)

    @classmethod
    def from_flows(cls, flows: Sequence[float], discount: float) -> Self:
        """Return the project of net cash flows: what is below zero is spent, what is above is earned."""
        money = np.asarray(flows, np.float64)
        return cls(np.maximum(-money, 0).tolist(), np.maximum(money, 0).tolist(), discount)

    def __add__(self, other: Project) -> Project:
        """Return both projects as one; they share a discount."""
        if not isinstance(other, Project):
            return NotImplemented
        if self.discount != other.discount:
            found = f"{self.discount:g} and {other.discount:g}"
            raise ProjectError(Problem("discount", found, "projects that are added share their discount"))
        size = max(len(self.spending), len(other.spending))
        both = [
            sum(np.pad(getattr(each, name), (0, size - len(each.spending))) for each in (self, other))
            for name in ("spending", "profit")
        ]
        return Project(both[0], both[1], self.discount)  # type: ignore[arg-type]

    def __radd__(self, other: object) -> Project:
        """Return the project itself where it is added to 0, so that `sum` adds projects."""
        return self if other == 0 else NotImplemented

    @property
    def flows(self) -> Floats:
        """Profit less spending by period."""
        return freeze(np.asarray(self.profit) - np.asarray(self.spending))

    @property
    def npv(self) -> float:
        """Net present value, ``Σ (profit_t − spending_t) / (1 + i)^t``."""
        return float(net_present_value(self.flows, self.discount))

    @property
    def payback(self) -> Number:
        """Periods until profit has made up for spending, undiscounted."""
        time = payback_time(self.flows)
        return Inapplicable(_NEVER) if np.isnan(time) else time

    @property
    def discounted_payback(self) -> Number:
        """Periods until discounted profit has made up for discounted spending."""
        time = payback_time(self.flows * (1 + self.discount) ** -np.arange(self.flows.size))
        return Inapplicable(_NEVER) if np.isnan(time) else time

    @property
    def simple_return(self) -> Number:
        """Profit less spending over spending, undiscounted and over all periods."""
        spent = sum(self.spending)
        return (sum(self.profit) - spent) / spent if spent > 0 else Inapplicable(_NOTHING_SPENT)

    @property
    def return_on_quality(self) -> Number:
        """Present value of profit over present value of spending (ROQ): above 1 it pays."""
        spent = float(net_present_value(self.spending, self.discount))
        earned = float(net_present_value(self.profit, self.discount))
        return earned / spent if spent > 0 else Inapplicable(_NOTHING_SPENT)

    @property
    def internal_rates(self) -> Floats:
        """Every rate above −1 at which the net present value is zero; several, or none, are possible."""
        return internal_rates(self.flows)

    @property
    def internal_rate(self) -> Number:
        """The internal rate of return (IRR) where there is just one; else it says which there are, or why none."""
        rates, flows = self.internal_rates, self.flows
        if (flows >= 0).all() or (flows <= 0).all():
            return Inapplicable(_NO_CHANGE)
        if not rates.size:
            return Inapplicable(_NO_RATE)
        if rates.size > 1:
            return Inapplicable(f"there are {rates.size}, {_listed(rates)}: decide by the net present value")
        return float(rates[0])

    def __repr__(self) -> str:
        back, rate = self.payback, self.internal_rate
        paid = "not paid back" if isinstance(back, Inapplicable) else f"paid back after {back:.2f} periods"
        told = "no single internal rate" if isinstance(rate, Inapplicable) else f"internal rate {100 * rate:.1f} %"
        return f"<Project: NPV {self.npv:.2f}, {paid}, {told}>"

    def _numbers(self) -> dict[str, Number]:
        return {name: getattr(self, name) for name in _ROWS}

    def _told(self) -> Told:
        numbers = self._numbers().values()
        columns: dict[str, Any] = {
            "measure": list(_ROWS),
            "value": [None if isinstance(each, Inapplicable) else each for each in numbers],
            "why_not": [each.reason if isinstance(each, Inapplicable) else None for each in numbers],
        }
        note = Label(f"discount {self.discount:g} a period; the first period is now",
                     f"每期折现率 {self.discount:g}；第一期为当前")  # fmt: skip
        return Told(columns, list(_ROWS.values()), _TITLE, [note])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a measure; what does not exist says why."""
        why = any(isinstance(each, Inapplicable) for each in self._numbers().values())
        names = ["measure", "value", "why_not"] if why else ["measure", "value"]
        told = self._told()
        if why and language is not None and Language(language) is Language.CHINESE:
            several = f"有 {_listed(self.internal_rates)} 等多个解：请以净现值为准"
            words = [each and _CHINESE.get(str(each), several) for each in told.table["why_not"]]
            told = evolve(told, table=evolve(told.table, columns={**told.table.columns, "why_not": words}))
        return told.view(names, language=language, named="measure")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a measure."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return money and measures as a JSON-safe dictionary."""
        money = {"spending": list(self.spending), "profit": list(self.profit), "discount": self.discount}
        return {"reading": "project", **money, **self._told().whole().to_dict()}


def _listed(rates: Floats) -> str:
    return ", ".join(f"{rate:.1%}" for rate in rates)


def breakeven_retention(
    margin: float,
    cost: float,
    *,
    discount: float,
    retention: float = 0.0,
    growth: float = 0.0,
    customers: float = 1.0,
) -> Number:
    """Retention to which an investment must raise customers so that it pays for itself, 0 to 1.

    With the first margin at the end of a period, a customer is worth ``m r / (1 + i − r (1 + g))``; the investment pays
    where that rises by ``cost / customers``: with ``M = multiple(retention) + cost / (customers · margin)``,
    ``r = M (1 + i) / (1 + M (1 + g))``.

    Parameters
    ----------
    margin
        Of a customer and period, above zero.
    cost
        Of the investment now, 0 or above.
    discount, growth
        Rates a period.
    retention
        That there would be without it; 0 asks for the retention that repays the cost of winning a customer.
    customers
        On whom it is spent, above zero.

    Returns
    -------
    float or Inapplicable
        Where even customers who stay for ever would not pay for it, it says so.

    Raises
    ------
    ProjectError
        Margin or customers not above zero, a cost below zero.
    WorthError
        Rates outside their ranges.

    References
    ----------
    Gupta & Lehmann 2003, Journal of Interactive Marketing 17(1):9-24.

    Examples
    --------
    >>> round(breakeven_retention(100, 20_000, discount=0.1, retention=0.8, customers=1000), 4)
    0.8155
    """
    problems = [
        Problem(name, f"{value:g}", rule)
        for name, value, rule, right in (
            ("margin", margin, "it is above zero", margin > 0),
            ("customers", customers, "they are above zero", customers > 0),
            ("cost", cost, "it is 0 or above", cost >= 0),
        )
        if not right
    ]
    if problems:
        raise ProjectError(*problems)
    multiple = float(margin_multiple(retention, discount, growth)) + cost / (customers * margin)
    needed = multiple * (1 + discount) / (1 + multiple * (1 + growth))
    if needed > 1:
        return Inapplicable(f"it would take a retention of {needed:.1%}: not even customers for ever pay for it")
    return needed
