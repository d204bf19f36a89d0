"""`QualityInvestment`: closing a gap, carried to satisfaction, loyalty, revenue and present value."""

from __future__ import annotations

import attrs
import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.errors import Problem, ProjectError
from servqual.statistics.cash_flows import net_present_value
from servqual.value.counting import count_problems
from servqual.value.estimates import Estimate, as_estimate


@frozen(kw_only=True)
class QualityInvestment:
    """An investment that closes a gap by so many points, and what stands between that and money.

    ``Δsatisfaction = gap_closed · satisfaction_per_gap``; retention, margin and new customers a year change by their
    own slopes on satisfaction. Of the customers now, ``r^t`` are left after t years at the old retention and margin,
    and ``r'^t`` at the new ones, to whom new customers come at the end of each year. The difference is profit.

    Every number may be a plain one or an `Estimate`; slopes and their errors come from a chain, a driver analysis or a
    curve, fitted elsewhere.

    Attributes
    ----------
    gap_closed
        Points of the answer scale by which the gap closes.
    satisfaction_per_gap
        Points of satisfaction for each point of gap.
    retention_per_satisfaction
        Share of retention for each point of satisfaction: 0.03 is three points of percent.
    margin_per_satisfaction
        Money a customer and year for each point of satisfaction.
    new_customers_per_satisfaction
        Customers a year for each point of satisfaction.
    customers, retention, margin
        Now: customers, share kept from year to year, money a customer and year.
    cost, yearly_cost
        Money now, and at the end of each year.
    years, discount
        How long it is looked at, and the rate of discount a year.

    Raises
    ------
    ProjectError
        Customers or costs below zero, retention outside 0 to 1 before or after, no year, a discount of −1 or below.

    References
    ----------
    Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70.

    Examples
    --------
    >>> plan = QualityInvestment(
    ...     gap_closed=0.5, satisfaction_per_gap=Estimate(0.8, 0.1), retention_per_satisfaction=0.05,
    ...     customers=10_000, retention=0.8, margin=50, cost=50_000, years=5, discount=0.1,
    ... )
    >>> print(f"{plan.steps(plan.values)['retention']:.2f}")
    0.82
    """

    gap_closed: Estimate = field(converter=as_estimate)
    satisfaction_per_gap: Estimate = field(converter=as_estimate)
    retention_per_satisfaction: Estimate = field(converter=as_estimate)
    customers: Estimate = field(converter=as_estimate)
    retention: Estimate = field(converter=as_estimate)
    margin: Estimate = field(converter=as_estimate)
    cost: Estimate = field(converter=as_estimate)
    yearly_cost: Estimate = field(default=Estimate(0.0), converter=as_estimate)
    margin_per_satisfaction: Estimate = field(default=Estimate(0.0), converter=as_estimate)
    new_customers_per_satisfaction: Estimate = field(default=Estimate(0.0), converter=as_estimate)
    years: int
    discount: float

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(name, f"{value:g}", "it is 0 or above")
            for name in ("customers", "cost", "yearly_cost")
            if (value := getattr(self, name).value) < 0
        ]
        before = self.retention.value
        if not 0 <= before <= 1:
            remedy = f"pass {before / 100:g}" if 1 < before <= 100 else ""
            problems.append(Problem("retention", f"{before:g}", "retention is a share, 0 to 1", remedy))
        elif not 0 <= (after := float(self.steps(self.values)["retention"])) <= 1:
            remedy = "lower retention_per_satisfaction; beyond the range of the data a straight line ends somewhere"
            problems.append(Problem("retention after", f"{after:g}", "retention stays a share, 0 to 1", remedy))
        problems += count_problems(years=self.years)
        if not -1 < self.discount < np.inf:
            problems.append(Problem("discount", f"{self.discount:g}", "a rate of discount is above -1"))
        if problems:
            raise ProjectError(*problems)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the numbers that may be uncertain."""
        return tuple(each.name for each in attrs.fields(cls) if each.name not in {"years", "discount"})

    @property
    def values(self) -> dict[str, Floats]:
        """The numbers as they are estimated."""
        return {name: np.float64(getattr(self, name).value) for name in self.names()}  # type: ignore[misc]

    def steps(self, at: dict[str, Floats]) -> dict[str, Floats]:
        """Return satisfaction gained, and retention, margin and new customers a year thereafter."""
        gained = at["gap_closed"] * at["satisfaction_per_gap"]
        return {
            "satisfaction": gained,
            "retention": at["retention"] + gained * at["retention_per_satisfaction"],
            "margin": at["margin"] + gained * at["margin_per_satisfaction"],
            "new_customers": gained * at["new_customers_per_satisfaction"],
        }

    def profit(self, at: dict[str, Floats]) -> Floats:
        """Return extra profit at the end of the years 0, 1, …, shape (…, years + 1), at numbers of any shape."""
        after = self.steps(at)
        now = before = at["customers"] + 0 * after["retention"]
        flows = [0 * now]
        for _ in range(self.years):
            before = before * at["retention"]
            now = now * after["retention"] + after["new_customers"]
            flows.append(now * after["margin"] - before * at["margin"])
        return np.stack(flows, axis=-1)

    def spending(self, at: dict[str, Floats]) -> Floats:
        """Return what is spent in the years 0, 1, …, of the same shape."""
        yearly = np.repeat(np.asarray(at["yearly_cost"])[..., None], self.years, axis=-1)
        return np.concatenate([np.asarray(at["cost"])[..., None], yearly], axis=-1)

    def npv(self, at: dict[str, Floats]) -> Floats:
        """Return the net present value."""
        return net_present_value(self.profit(at) - self.spending(at), self.discount)

    def breakeven_retention(self) -> float | None:
        """Return the retention after the investment at which it would just pay for itself, all else as estimated.

        None where no retention between 0 and 1 does; found by halving, for the present value rises with it.
        """
        at = self.values
        gained = float(self.steps(at)["satisfaction"])

        def worth(retention: float) -> float:
            slope = (retention - at["retention"]) / gained if gained else np.float64(0)
            return float(self.npv({**at, "retention_per_satisfaction": slope}))  # type: ignore[dict-item]

        low, high = 0.0, 1.0
        if not gained or not worth(low) < 0 <= worth(high):
            return None
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if worth(middle) < 0 else (low, middle)
        return high
