"""`ControlChart`: the course of a score with its centre line, its limits and what is out of control."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from servqual.engines.control_limits import Spread
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.statistics.run_rules import ControlRule
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable

SMOOTHING = ("smoothed", "smoothed_low", "smoothed_high")


class ControlVerdict(StrEnum):
    """What a chart says of a period.

    IN_CONTROL
        No rule signals, which is no proof that nothing changed.
    SIGNAL
        A rule signals: look for a cause that is not chance.
    UNJUDGED
        The period has no mean or the chart no limits.
    """

    IN_CONTROL = "in_control"
    SIGNAL = "signal"
    UNJUDGED = "unjudged"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    ControlVerdict.IN_CONTROL: Label("in control", "受控"),
    ControlVerdict.SIGNAL: Label("signal", "失控信号"),
    ControlVerdict.UNJUDGED: Label("not judged", "无法判断"),
}


@frozen(kw_only=True, repr=False)
class ControlPoint:
    """One period of a control chart; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    period, baseline
        Which, and whether the limits were made of it.
    n, mean, sd
        Respondents with a score, the mean of their scores and its standard deviation.
    centre, low, high
        The centre line and the limits of this period: the fewer its respondents, the wider they lie.
    z
        Distance of the mean from the centre line, in sigmas of the mean.
    smoothed, smoothed_low, smoothed_high
        The exponentially weighted mean and its limits, where it was asked for.
    rules
        Which rules signal here: the period is the last of what they look for.
    verdict
        Whether any does.
    """

    period: str | int
    baseline: bool
    n: Number
    mean: Number
    sd: Number
    centre: Number
    low: Number
    high: Number
    z: Number
    smoothed: Number
    smoothed_low: Number
    smoothed_high: Number
    rules: tuple[ControlRule, ...]
    verdict: ControlVerdict

    def __repr__(self) -> str:
        if isinstance(self.z, Inapplicable):
            return f"<ControlPoint {self.period}: not judged, {self.z}>"
        why = f" ({', '.join(rule.label.en for rule in self.rules)})" if self.rules else ""
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<ControlPoint {self.period}: {float(self.mean):.3f} in {ends}; {self.verdict.label}{why}>"


@frozen(eq=False, repr=False)
class ControlChart:
    """One score over periods, with limits within which chance keeps its mean.

    Attributes
    ----------
    points
        One `ControlPoint` for each period, in order; ``chart["2026-03"]`` picks one.
    key
        Which score.
    told
        The same as columns, with title and notes in English and Chinese.
    spread, sigmas, ewma, rules
        As asked.
    design_effect
        By how much clusters or sampling weights widen the variance of a mean; 1 without.
    """

    points: tuple[ControlPoint, ...]
    key: str
    told: Told
    spread: Spread
    sigmas: float
    ewma: float | None
    rules: tuple[ControlRule, ...]
    design_effect: float

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[ControlPoint]:
        return iter(self.points)

    def __getitem__(self, period: str | int) -> ControlPoint:
        found = [point for point in self.points if point.period == period]
        if not found:
            known = [str(point.period) for point in self.points]
            rule = "it is a period of the chart"
            raise ArgumentError(Problem("period", f"no {period!r}", rule, did_you_mean(str(period), known)))
        return found[0]

    @property
    def signals(self) -> tuple[ControlPoint, ...]:
        """The periods at which a rule signals."""
        return tuple(point for point in self.points if point.verdict is ControlVerdict.SIGNAL)

    def __repr__(self) -> str:
        count = len(self.signals)
        return f"<{self.told.title.en}: {len(self)} periods, {count} with a signal>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each period; rules and verdicts are told in the language."""
        tongue = Language.ENGLISH if language is None else Language(language)
        left_out = () if self.ewma is not None else SMOOTHING
        view = self.told.view([name for name in self.told.table.columns if name not in left_out], language=tongue)
        shown: dict[str, list[Any]] = {
            "rules": [", ".join(rule.label.text(tongue) for rule in point.rules) or None for point in self.points],
            "verdict": [point.verdict.label.text(tongue) for point in self.points],
        }
        return evolve(view, columns={**view.columns, **shown})

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per period; `rules` are their names, with commas between them."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {
            "score": self.key, "spread": str(self.spread), "sigmas": self.sigmas, "ewma": self.ewma,
            "rules": [str(rule) for rule in self.rules], "design_effect": self.design_effect,
        }  # fmt: skip
        reasons = [{"period": point.period, **inapplicable(point)} for point in self.points]
        return {"reading": "control_chart", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
