"""`ServiceIndicators`: how proactive, how frequent and how quick a service is."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual._frames import GroupLabel
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.operations.given_columns import ALL
from servqual.operations.indicators.words import Indicator
from servqual.statistics import Inapplicable
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class IndicatorEstimate:
    """One indicator of one unit.

    Attributes
    ----------
    unit, indicator
        Which.
    quantile
        Of a time, which: 0.5 is the median; None elsewhere.
    n, unanswered
        Rows of the log that it is made of, and those without an answer by the end.
    estimate, low, high
        A share (0 to 1), a rate or a time, with its interval. An upper end of a time that is not reached does not
        exist.
    """

    unit: GroupLabel
    indicator: Indicator
    quantile: float | None
    n: int
    unanswered: int
    estimate: Number
    low: Number
    high: Number

    def __repr__(self) -> str:
        which = f"{self.indicator}" + ("" if self.quantile is None else f" q{self.quantile:g}")
        if isinstance(self.estimate, Inapplicable):
            return f"<IndicatorEstimate {which} of {self.unit}: {self.estimate}>"
        low = "not known" if isinstance(self.low, Inapplicable) else f"{self.low:.3f}"
        high = "not reached" if isinstance(self.high, Inapplicable) else f"{self.high:.3f}"
        return f"<IndicatorEstimate {which} of {self.unit}: {self.estimate:.3f} ({low} to {high})>"


@frozen(eq=False, repr=False)
class ServiceIndicators(Reading[IndicatorEstimate]):
    """Indicators of all together and of each unit; ``found["proactivity"]``, ``found["response_time", "north"]``.

    Of a time, ``found["response_time", 0.9]`` and ``found["response_time", "north", 0.9]`` pick a quantile; without
    one, the first that was asked.
    """

    reading: ClassVar[str] = "service_indicators"
    named: ClassVar[str] = "indicator"

    def __getitem__(self, name: Any) -> IndicatorEstimate:
        given = name if isinstance(name, tuple) else (name,)
        if len(given) == 2 and given[1] not in {row.unit for row in self.rows}:
            given = (given[0], ALL, given[1]) if isinstance(given[1], float) else given
        indicator, unit, quantile = (*given, *("", ALL, None)[len(given) :])[:3]
        for row in self.rows:
            if (row.indicator, row.unit) == (indicator, unit) and quantile in {None, row.quantile}:
                return row
        known = [str(row.indicator) for row in self.rows] + [str(row.unit) for row in self.rows]
        wrong = str(indicator if indicator not in set(Indicator) else unit)
        rule = "it is an indicator, (indicator, unit), (indicator, quantile) or (indicator, unit, quantile)"
        raise ArgumentError(Problem("name", f"no {name!r}", rule, did_you_mean(wrong, dict.fromkeys(known))))

    def __repr__(self) -> str:
        units = len({row.unit for row in self.rows}) - 1
        return f"<ServiceIndicators: {len(self)} rows" + (f" of {units} units and all>" if units else ">")
