"""`ShareChart`: the course of a share with its centre line and limits."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual._frames import GroupLabel
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.run_rules import ControlRule
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class SharePoint:
    """One period of a p-chart.

    Attributes
    ----------
    period, baseline
        Which, and whether the limits were made of it.
    n
        Cases in it.
    share
        Of its cases that keep the standard, 0 to 1.
    centre, low, high
        The centre line and the limits of this period: the fewer its cases, the wider they lie.
    z
        Distance of the share from the centre line, in sigmas; below zero is worse.
    rules
        Which rules signal here: the period is the last of what they look for.
    """

    period: GroupLabel
    baseline: bool
    n: int
    share: Number
    centre: Number
    low: Number
    high: Number
    z: Number
    rules: tuple[ControlRule, ...]

    def __repr__(self) -> str:
        if isinstance(self.z, Inapplicable):
            return f"<SharePoint {self.period}: not judged, {self.z}>"
        why = f"signal ({', '.join(rule.label.en for rule in self.rules)})" if self.rules else "in control"
        return f"<SharePoint {self.period}: {float(self.share):.3f} in {self.low:.3f} to {self.high:.3f}; {why}>"


@frozen(eq=False, repr=False)
class ShareChart(Reading[SharePoint]):
    """Shares that keep a standard over periods, with limits within which chance keeps them (p-chart).

    Attributes
    ----------
    rows
        One `SharePoint` for each period, in order; ``chart["2026-03"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    target
        The share that the standard asks for; it plays no part in the limits.
    """

    reading: ClassVar[str] = "p_chart"
    named: ClassVar[str] = "none"
    target: float = field(kw_only=True)

    @property
    def signals(self) -> tuple[SharePoint, ...]:
        """The periods at which a rule signals."""
        return tuple(point for point in self.rows if point.rules)

    def __getitem__(self, period: GroupLabel) -> SharePoint:
        found = next((point for point in self.rows if point.period == period), None)
        if found is None:
            known = [str(point.period) for point in self.rows]
            rule = "it is a period of the chart"
            raise ArgumentError(Problem("period", f"no {period!r}", rule, did_you_mean(str(period), known)))
        return found

    def __repr__(self) -> str:
        return f"<{self.told.title.en}: {len(self)} periods, {len(self.signals)} with a signal>"

    def _words(self, language: Language) -> dict[str, list[Any]]:
        parts = [[rule.label.text(language) for rule in point.rules] for point in self.rows]
        return {"rules": [", ".join(each) or None for each in parts]}
