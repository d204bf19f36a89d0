"""What a simulation refuses: everything wrong with a request, gathered before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from numbers import Real

from attrs import define, field

from servqual.errors import Problem, ServqualError, did_you_mean


Fits = Callable[[float], bool]


class SimulationError(ServqualError, ValueError):
    """A population that cannot exist, or a sample that cannot be drawn from it: every problem, together."""


@define
class Findings:
    """Everything found wrong so far."""

    problems: list[Problem] = field(factory=list)

    def add(self, place: str, found: str, rule: str, remedy: str = "") -> None:
        """Note one thing that is wrong."""
        self.problems.append(Problem(place, found, rule, remedy))

    def number(self, place: str, value: object, fits: Fits, rule: str) -> float:
        """Return a finite number that fits; note anything else and return NaN."""
        if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value) and fits(float(value)):
            return float(value)
        shown = f"{float(value):g}" if isinstance(value, Real) and not isinstance(value, bool) else repr(value)
        self.add(place, shown, rule)
        return math.nan

    def known(self, place: str, names: Iterable[str], allowed: Collection[str], rule: str) -> None:
        """Note every name that is not allowed, with the nearest that are."""
        for name in names:
            if name not in allowed:
                self.add(place, repr(str(name)), rule, did_you_mean(str(name), allowed))

    def refuse(self) -> None:
        """Raise everything found, where there is anything."""
        if self.problems:
            raise SimulationError(*self.problems)
