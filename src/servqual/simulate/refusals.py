"""What a simulation refuses: everything wrong with a request, gathered before anything is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from numbers import Real

from attrs import define, field, frozen

from servqual.errors import Problem, SimulationError, did_you_mean


@frozen
class Rule:
    """What a number has to be, in words and as a test."""

    words: str
    fits: Callable[[float], bool]


SHARE = Rule("it lies in 0..1", lambda value: 0 <= value <= 1)


@define
class Findings:
    """Everything found wrong so far."""

    problems: list[Problem] = field(factory=list)

    def add(self, place: str, found: str, rule: str, remedy: str = "") -> None:
        """Note one thing that is wrong."""
        self.problems.append(Problem(place, found, rule, remedy))

    def number(self, place: str, value: object, rule: Rule) -> float:
        """Return a finite number that keeps a rule; note anything else and return NaN."""
        if not isinstance(value, Real) or isinstance(value, bool):
            self.add(place, repr(value), rule.words)
            return math.nan
        number = float(value)
        if math.isfinite(number) and rule.fits(number):
            return number
        self.add(place, f"{number:g}", rule.words)
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
