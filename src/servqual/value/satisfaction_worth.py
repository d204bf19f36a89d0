"""`worth_of_satisfaction`: a change of satisfaction through the retention curve to the value of a customer."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem, WorthError
from servqual.labels import Label, Language
from servqual.statistics._arguments import check_confidence
from servqual.statistics.curves import Curve
from servqual.tables import Table
from servqual.telling import Told, cells
from servqual.value.counting import count_problems
from servqual.value.margins import FirstMargin, checked_first, margin_multiple

_TITLE = Label("From satisfaction to the value of a customer", "从满意度到顾客价值")
_ROWS = {
    "retention_before": Label("retention before", "原留存率"),
    "retention_after": Label("retention after", "新留存率"),
    "value_before": Label("value before", "原价值"),
    "value_after": Label("value after", "新价值"),
    "gain": Label("gain", "增值"),
}


@frozen(eq=False, getstate_setstate=False, repr=False)
class SatisfactionWorth(Holder):
    """Retention and value before and after, each with the values that it may as well have.

    Attributes
    ----------
    estimate
        Retention before and after, value before and after, gain; shape (5,).
    draws
        The same for each draw of the curve, shape (draws, 5).
    before, after
        Satisfaction.
    outside
        Whether one of the two lies outside of what the curve was fitted on.
    confidence
        Of the intervals: percentiles of the draws.
    """

    estimate: Floats = field(converter=floats)
    draws: Floats = field(converter=floats)
    before: float
    after: float
    outside: bool
    confidence: float

    @property
    def gain(self) -> float:
        """Value after less value before, in money a customer."""
        return float(self.estimate[4])

    @property
    def interval(self) -> tuple[float, float]:
        """Of the gain."""
        low, high = self._ends()
        return float(low[4]), float(high[4])

    @property
    def probability_of_gain(self) -> float:
        """Share of draws in which the gain is above zero."""
        return float((self.draws[:, 4] > 0).mean())

    def _ends(self) -> Floats:
        tail = (1 - self.confidence) / 2
        return np.quantile(self.draws, [tail, 1 - tail], axis=0)

    def __repr__(self) -> str:
        low, high = self.interval
        change = f"satisfaction {self.before:g} to {self.after:g}"
        return f"<SatisfactionWorth: {change}, gain {self.gain:.2f} ({low:.2f} to {high:.2f}) a customer>"

    def _told(self) -> Told:
        low, high = self._ends()
        numbers = {"estimate": self.estimate, "low": low, "high": high}
        columns = {"quantity": list(_ROWS)} | {name: cells(each) for name, each in numbers.items()}
        return Told(columns, list(_ROWS.values()), _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        share = f"{self.probability_of_gain:.0%}"
        notes = [
            Label(
                f"{self.confidence:.0%} intervals from {len(self.draws)} draws of the curve; a gain in {share} of them",
                f"{self.confidence:.0%} 区间来自曲线的 {len(self.draws)} 次抽样；其中 {share} 有增值",
            )
        ]
        if self.outside:
            far = "the curve was not fitted on all of this range of satisfaction: what it says there is a guess"
            notes.append(Label(far, "曲线的拟合范围没有完全覆盖所问的满意度：超出部分只是推测"))
        return notes

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a quantity: estimate and interval."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="quantity")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a quantity."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, without the draws."""
        about = {"before": self.before, "after": self.after, "outside": self.outside, "draws": len(self.draws)}
        sure = {"confidence": self.confidence, "probability_of_gain": self.probability_of_gain}
        return {"reading": "worth_of_satisfaction", **about, **sure, **self._told().whole().to_dict()}


def worth_of_satisfaction(
    curve: Curve,
    before: float,
    after: float,
    *,
    margin: float,
    discount: float,
    rng: int | np.random.Generator,
    growth: float = 0.0,
    first: FirstMargin | str = FirstMargin.END,
    draws: int = 2000,
    confidence: float = 0.95,
) -> SatisfactionWorth:
    """What a change of satisfaction is worth for each customer, with the uncertainty of the retention curve.

    ``V(s) = margin · multiple(retention(s), discount, growth)``, at the curve itself and at curves drawn from how sure
    it is; before and after come from the same drawn curve.

    Parameters
    ----------
    curve
        Retention over satisfaction: `servqual.statistics.logistic_curve`, `piecewise_curve` or `monotone_curve`.
    before, after
        Satisfaction, in the unit of the curve.
    margin, discount, growth, first
        As of `lifetime_value`.
    rng
        Seed or Generator of the draws.
    draws
        How many.
    confidence
        Of intervals.

    Raises
    ------
    WorthError
        A curve that leaves 0 to 1 at ``before`` or ``after``, in itself or in a draw, rates outside their ranges, a sum
        without end, or no draw.

    References
    ----------
    Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70.

    Examples
    --------
    >>> from servqual.statistics import logistic_curve
    >>> curve = logistic_curve([1, 2, 3, 4, 5], [0.35, 0.5, 0.6, 0.75, 0.9], trials=[20, 40, 80, 120, 60])
    >>> round(worth_of_satisfaction(curve, 3, 4, margin=100, discount=0.1, rng=1).gain, 1)
    95.1
    """
    check_confidence(confidence)
    problems = count_problems(draws=draws)
    if problems:
        raise WorthError(*problems)
    when = checked_first(first)
    places = np.array([before, after])
    kept = np.concatenate([curve.at(places)[None], curve.draws_at(places, draws, rng)])
    if not ((kept >= 0) & (kept <= 1)).all():
        share = float(((kept < 0) | (kept > 1)).any(axis=1).mean())
        rule, remedy = "retention is a share, 0 to 1", "fit it by logistic_curve, which stays there"
        raise WorthError(Problem("curve", f"outside 0 to 1 in {share:.1%} of its draws", rule, remedy))
    value = margin * margin_multiple(kept, discount, growth, first=when)
    rows = np.column_stack([kept, value, value[:, 1] - value[:, 0]])
    low, high = curve.bounds
    outside = bool((places < low).any() or (places > high).any())
    return SatisfactionWorth(rows[0], rows[1:], before, after, outside, confidence)
