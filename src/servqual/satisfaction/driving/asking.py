"""What is asked of drivers: the method and its options, checked before any answer is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import Problem, did_you_mean
from servqual.satisfaction.drawing import draws_asked
from servqual.satisfaction.gathering import Problems, attempt
from servqual.statistics._arguments import check_confidence
from servqual.statistics.importance import MOST, ImportanceMethod
from servqual.statistics.ordering_shares import check_orderings

# orderings that are drawn, unless said
USUAL_ORDERINGS = 500


@frozen
class Ask:
    """What was asked: names of outcome, drivers and controls, and how shares are formed and resampled.

    Attributes
    ----------
    groups
        Group → its drivers.
    orderings
        How many orderings of drivers are drawn; None where all subsets are formed.
    draws
        Resamples; none for 0.
    """

    outcome: str
    drivers: tuple[str, ...]
    controls: tuple[str, ...]
    method: ImportanceMethod
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    orderings: int | None
    draws: int
    confidence: float
    progress: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Controls, drivers and the outcome, in the order of the matrix."""
        return (*self.controls, *self.drivers, self.outcome)

    @property
    def control_places(self) -> tuple[int, ...]:
        """Positions of controls in the matrix."""
        return tuple(range(len(self.controls)))

    @property
    def group_places(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the drivers of each group in the matrix."""
        start = len(self.controls)
        return tuple(tuple(start + self.drivers.index(name) for name in members) for _, members in self.groups)

    def group_of(self, driver: str) -> str | None:
        """Return the group that a driver belongs to, if any."""
        return next((group for group, members in self.groups if driver in members), None)


def asked(
    outcome: str,
    drivers: Sequence[str],
    controls: Sequence[str],
    problems: Problems,
    *,
    method: ImportanceMethod | str,
    groups: Mapping[str, Sequence[str]] | None,
    orderings: int | None,
    draws: int | None,
    rng: Any,
    confidence: float,
    progress: bool,
) -> Ask | None:
    """Return what is asked, or None with what is wrong with it added to the problems."""
    before = len(problems)
    chosen = attempt(problems, ImportanceMethod, method)
    attempt(problems, check_confidence, confidence)
    many = attempt(problems, draws_asked, draws, rng)
    problems += name_problems(outcome, drivers, controls)
    together = tuple((str(name), tuple(members)) for name, members in (groups or {}).items())
    problems += _group_problems(together, drivers)
    if chosen is None or many is None:
        return None
    players = len(drivers) - sum(len(members) - 1 for _, members in together)
    sampled = _orderings(chosen, orderings, players, rng, problems)
    if together and chosen is not ImportanceMethod.LMG:
        found = f"given, with {chosen}"
        problems.append(Problem("groups", found, "drivers come in together with lmg only", 'method="lmg"'))
    if len(problems) > before:
        return None
    return Ask(
        outcome, tuple(drivers), tuple(controls), chosen, together, sampled, many, confidence, progress
    )  # fmt: skip


def _orderings(
    method: ImportanceMethod, orderings: int | None, players: int, rng: Any, problems: Problems
) -> int | None:
    if method is not ImportanceMethod.LMG:
        if orderings is not None:
            found, rule = f"given, with {method}", "orderings are drawn for lmg only"
            problems.append(Problem("orderings", found, rule, 'method="lmg"'))
        return None
    if orderings is None and players <= MOST:
        return None
    attempt(problems, check_orderings, USUAL_ORDERINGS if orderings is None else orderings, rng)
    return USUAL_ORDERINGS if orderings is None else orderings


def name_problems(
    outcome: str, drivers: Sequence[str], controls: Sequence[str] = (), what: str = "drivers"
) -> Problems:
    """Return what is wrong with names: none, some twice, the outcome among them."""
    problems: Problems = []
    if not drivers:
        problems.append(Problem(what, "none", f"there is one of the {what} or more"))
    for place, names in ((what, drivers), ("controls", controls)):
        if outcome in names:
            rule = "an outcome does not explain itself"
            problems.append(Problem(place, f"{outcome!r}, the outcome", rule, "leave it out"))
        for name, times in Counter(names).items():
            if times > 1:
                problems.append(Problem(place, f"{name!r} {times} times", "each is named once"))
    for name in controls:
        if name in drivers:
            problems.append(Problem("controls", f"{name!r}, a driver", "a column is a control or a driver, not both"))
    return problems


def _group_problems(groups: Sequence[tuple[str, tuple[str, ...]]], drivers: Sequence[str]) -> Problems:
    problems: Problems = []
    for group, members in groups:
        if not members:
            problems.append(Problem(f"groups {group!r}", "no drivers", "a group has one driver or more"))
        for name in members:
            if name not in drivers:
                rule, hint = "groups are made of drivers", did_you_mean(name, drivers)
                problems.append(Problem(f"groups {group!r}", f"no {name!r}", rule, hint))
    for name, times in Counter(name for _, members in groups for name in members).items():
        if times > 1:
            problems.append(Problem("groups", f"{name!r} {times} times", "a driver belongs to one group"))
    return problems


def seeds(rng: int | np.random.Generator | None) -> tuple[int | None, int | None]:
    """Return a seed for orderings and one for resamples, of one seed or generator."""
    if rng is None:
        return None, None
    generator = np.random.default_rng(rng)
    first, second = generator.integers(2**62, size=2).tolist()
    return first, second
