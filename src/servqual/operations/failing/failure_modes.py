"""`FailureMode`: one way in which a service can fail."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

import numpy as np
from attrs import field, frozen

from servqual.errors import Problem, ProcessError, did_you_mean
from servqual.labels import Label, as_label

_TOP = 10


class CauseClass(StrEnum):
    """Where causes are looked for (5M1E): people, machines, material, method, measurement, environment."""

    MAN = "man"
    MACHINE = "machine"
    MATERIAL = "material"
    METHOD = "method"
    MEASUREMENT = "measurement"
    ENVIRONMENT = "environment"

    @property
    def label(self) -> Label:
        """The class in English and Chinese."""
        return _CAUSES[self]

    @classmethod
    def _missing_(cls, value: object) -> CauseClass:
        remedy = did_you_mean(str(value), list(cls))
        raise ProcessError(Problem("cause", repr(value), "causes are sorted into six classes (5M1E)", remedy))


_CAUSES = {
    CauseClass.MAN: Label("people", "人"),
    CauseClass.MACHINE: Label("machine", "机"),
    CauseClass.MATERIAL: Label("material", "料"),
    CauseClass.METHOD: Label("method", "法"),
    CauseClass.MEASUREMENT: Label("measurement", "测"),
    CauseClass.ENVIRONMENT: Label("environment", "环"),
}


def _pair(given: Any) -> tuple[float, float] | None:
    """Return two numbers; one alone is known without error. How many there are is checked later."""
    if given is None:
        return None
    try:
        values = (given, 0.0) if isinstance(given, int | float) else tuple(given)
        return cast("tuple[float, float]", tuple(float(each) for each in values))
    except (TypeError, ValueError):
        rule = "events and cost are two numbers each, a cost may be one"
        raise ProcessError(Problem("failure mode", repr(given), rule, "events=(12, 4000), cost=(35.0, 6.0)")) from None


@frozen(kw_only=True, repr=False)
class FailureMode:
    """One way in which a service can fail, rated by those who know it.

    Parameters
    ----------
    key
        What tables call it.
    cause
        The class of its cause, "man", "machine", "material", "method", "measurement" or "environment".
    severity, occurrence, detection
        Whole numbers from 1 to 10: how bad it is, how often it comes, how hardly it is noticed in time; 10 is worst.
    label
        Its name in words; by default the key read as words.
    step
        The step of a process at which it happens.
    events
        How often it happened, of how many opportunities: ``(12, 4000)``.
    cost
        Cost of one such failure: a number, or mean and standard error ``(35.0, 6.0)``.

    Raises
    ------
    ProcessError
        All problems at once: ratings that are no whole numbers from 1 to 10, more failures than opportunities, a cost
        or an error below zero, an unknown class.

    Examples
    --------
    >>> FailureMode(key="wrong_dish", cause="method", severity=6, occurrence=4, detection=3).rpn
    72
    """

    key: str
    cause: CauseClass = field(converter=CauseClass)
    severity: int
    occurrence: int
    detection: int
    label: Label = field(converter=as_label)
    step: str | None = None
    events: tuple[float, float] | None = field(default=None, converter=_pair)
    cost: tuple[float, float] | None = field(default=None, converter=_pair)

    @label.default
    def _named(self) -> Label:
        return Label(str(self.key).replace("_", " ").strip() or "?")

    def __attrs_post_init__(self) -> None:
        """Check ratings, events and cost."""
        place = f"failure mode {self.key}"
        problems = []
        for name in ("severity", "occurrence", "detection"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 1 <= value <= _TOP:
                problems.append(Problem(f"{place}, {name}", repr(value), "it is a whole number from 1 to 10"))
        if self.events is not None and not _are_events(self.events):
            rule = "failures are counted of opportunities, at most as many, and these above zero"
            problems.append(Problem(f"{place}, events", repr(self.events), rule, "events=(12, 4000)"))
        if self.cost is not None and not _are_costs(self.cost):
            rule = "a cost is zero or more, alone or with its standard error"
            problems.append(Problem(f"{place}, cost", repr(self.cost), rule, "cost=(35.0, 6.0)"))
        if problems:
            raise ProcessError(*problems)

    @property
    def rpn(self) -> int:
        """Risk priority number, ``severity × occurrence × detection``, 1 to 1000."""
        return int(self.severity * self.occurrence * self.detection)

    def __repr__(self) -> str:
        return f"<FailureMode {self.key}: {self.cause.label.en}, RPN {self.rpn}>"


def _are_events(events: tuple[float, ...]) -> bool:
    if len(events) != 2 or not all(np.isfinite(events)):
        return False
    failures, opportunities = events
    return 0 <= failures <= opportunities and opportunities > 0 and failures == int(failures)


def _are_costs(cost: tuple[float, ...]) -> bool:
    return len(cost) == 2 and all(np.isfinite(cost)) and min(cost) >= 0
