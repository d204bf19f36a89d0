"""What `cohort_retention` found."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.statistics.intervals import student_interval, wilson_interval
from servqual.tables import Table
from servqual.telling import Told, cells

_TITLE = Label("Retention of cohorts", "各批顾客的留存")
_NUMBERS = ("retention", "low", "high", "survival", "survival_low", "survival_high")


@frozen(eq=False, getstate_setstate=False, repr=False)
class CohortRetention(Holder):
    """Retention and survival of cohorts at each renewal.

    Attributes
    ----------
    before, after
        Customers up for each renewal, and those who stayed, over the cohorts seen there; shape (periods,).
    retention, low, high
        Share kept at each renewal, with its interval; NaN where nobody was up for it.
    survival, survival_low, survival_high
        Share left since the beginning.
    cohorts
        Names.
    confidence
        Of the intervals.
    """

    before: Floats = field(converter=floats)
    after: Floats = field(converter=floats)
    retention: Floats = field(converter=floats)
    low: Floats = field(converter=floats)
    high: Floats = field(converter=floats)
    survival: Floats = field(converter=floats)
    survival_low: Floats = field(converter=floats)
    survival_high: Floats = field(converter=floats)
    cohorts: tuple[str, ...]
    confidence: float

    @classmethod
    def of(cls, before: Floats, after: Floats, cohorts: tuple[str, ...], confidence: float) -> CohortRetention:
        """Compute all rates from the sums of the cohorts."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = after / before
            low, high = wilson_interval(after, before, confidence)
            survival = np.cumprod(rate)
            greenwood = np.cumsum((before - after) / (before * after))
            inner = np.log(-np.log(survival))
            error = np.sqrt(greenwood) / np.abs(np.log(survival))
            up, down = student_interval(inner, error, np.inf, confidence)
            ends = [np.exp(-np.exp(each)) for each in (down, up)]
        least, most = (np.where((survival > 0) & (survival < 1), each, np.nan) for each in ends)
        return cls(before, after, rate, low, high, survival, least, most, cohorts, confidence)

    def __repr__(self) -> str:
        seen = self.retention[~np.isnan(self.retention)]
        change = f"from {seen[0]:.1%} to {seen[-1]:.1%} in {seen.size} renewals"
        return f"<CohortRetention: {len(self.cohorts)} cohorts; {change}>"

    def _told(self) -> Told:
        renewal = np.arange(1, self.retention.size + 1)
        counts = {"renewal": cells(renewal, whole=True), "before": cells(self.before, whole=True)}
        counts["after"] = cells(self.after, whole=True)
        columns = counts | {name: cells(getattr(self, name)) for name in _NUMBERS}
        notes = Label(
            f"{self.confidence:.0%} intervals: of retention Wilson's, of survival Greenwood's on ln(-ln S)",
            f"{self.confidence:.0%} 区间：留存率用 Wilson 法，生存率用 Greenwood 法（ln(-ln S) 尺度）",
        )
        return Told(columns, [Label(f"{each}", f"{each}") for each in renewal], _TITLE, [notes])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a renewal."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="none")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a renewal."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        about = {"cohorts": list(self.cohorts), "confidence": self.confidence}
        return {"reading": "cohort_retention", **about, **self._told().whole().to_dict()}
