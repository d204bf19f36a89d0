"""`Scenario`: which constructs of a chain are changed, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from numbers import Real
from typing import Any

from attrs import field, frozen

from servqual.errors import Problem, ScenarioError, did_you_mean
from servqual.errors.problems import unknown_word


class ScenarioKind(StrEnum):
    """What the numbers of a scenario mean.

    ABSOLUTE
        Points of the construct: +0.5 raises its mean by half a point.
    RELATIVE
        Shares of its mean: +0.10 raises it by ten per cent.
    PERCENTILE
        A level: 75 brings its mean to the third quartile of the units' means.
    """

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    PERCENTILE = "percentile"


Changes = Mapping[str, float] | Iterable[tuple[str, float]]


def _pairs_of(changes: object) -> tuple[tuple[str, float], ...]:
    if isinstance(changes, str) or not isinstance(changes, Iterable):
        rule = "changes are given as construct → number"
        raise ScenarioError(Problem("changes", repr(changes), rule, 'Scenario({"employee_satisfaction": 0.5})'))
    pairs = changes.items() if isinstance(changes, Mapping) else changes
    return tuple((name, float(value) if _is_number(value) else value) for name, value in pairs)


def _kind_of(kind: ScenarioKind | str) -> ScenarioKind | str:
    return ScenarioKind(kind) if kind in set(ScenarioKind) else kind


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


@frozen(repr=False)
class Scenario:
    """A change of one construct or of several at once, as `project` carries it down the chain.

    Parameters
    ----------
    changes
        Construct → number. What a number means, `kind` says.
    kind
        ``"absolute"``, ``"relative"`` or ``"percentile"``; see `ScenarioKind`.

    Raises
    ------
    ScenarioError
        All problems at once: a construct that is named twice or not by a text, a number that is not finite, a
        percentile outside 0 to 100, an unknown kind.

    Examples
    --------
    >>> Scenario({"employee_satisfaction": 0.5})
    <Scenario: employee_satisfaction +0.5>
    >>> Scenario({"price": -0.1}, "relative")
    <Scenario: price −10 %>
    >>> Scenario({"training": 75}, "percentile")
    <Scenario: training to percentile 75 of the units>
    """

    changes: tuple[tuple[str, float], ...] = field(converter=_pairs_of)
    kind: ScenarioKind = field(default=ScenarioKind.ABSOLUTE, converter=_kind_of)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be a change."""
        problems = list(_faults(self))
        if problems:
            raise ScenarioError(*problems)

    @property
    def constructs(self) -> tuple[str, ...]:
        """The constructs that are changed, in the order given."""
        return tuple(name for name, _ in self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes an equal scenario."""
        return {"changes": dict(self.changes), "kind": str(self.kind)}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Scenario:
        """Return the scenario that a dictionary describes; see `to_dict`.

        Raises
        ------
        ScenarioError
            Unknown or missing keys, and what is wrong with the values.
        """
        if not isinstance(record, Mapping):
            raise ScenarioError(Problem("$", repr(record), "a scenario is described by a dictionary"))
        known = ("changes", "kind")
        rule = "a scenario has changes and a kind"
        problems = [
            Problem(str(key), "unknown", rule, did_you_mean(str(key), known)) for key in record if key not in known
        ]
        if "changes" not in record:
            problems.append(Problem("changes", "missing", rule))
        if problems:
            raise ScenarioError(*problems)
        return cls(**record)

    def __str__(self) -> str:
        return ", ".join(f"{name} {_told(value, self.kind)}" for name, value in self.changes) or "no change"

    def __repr__(self) -> str:
        return f"<Scenario: {self}>"


def signed(value: float, digits: str = "g") -> str:
    """Write a number with its sign, the minus as in print."""
    return f"{value:+{digits}}".replace("-", "−")


def _told(value: float, kind: ScenarioKind) -> str:
    if kind is ScenarioKind.PERCENTILE:
        return f"to percentile {value:g} of the units"
    return f"{signed(100 * value)} %" if kind is ScenarioKind.RELATIVE else signed(value)


def _faults(scenario: Scenario) -> Iterator[Problem]:
    known = [str(each) for each in ScenarioKind]
    if scenario.kind not in known:
        yield unknown_word("kind", scenario.kind, known)
    seen: set[object] = set()
    pairs: Iterable[tuple[object, object]] = scenario.changes
    for name, value in pairs:
        if not isinstance(name, str) or not name.strip():
            yield Problem("changes", repr(name), "a construct is named by a text")
        elif name in seen:
            yield Problem(name, "named twice", "each construct is changed once")
        seen.add(name)
        if not isinstance(value, float) or not math.isfinite(value):
            yield Problem(str(name), repr(value), "a change is a finite number")
        elif scenario.kind == ScenarioKind.PERCENTILE and not 0 <= value <= 100:
            yield Problem(str(name), f"{value:g}", "a percentile lies between 0 and 100")
