"""Whether two summaries were made alike, so that they can become one, and what to change where they were not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from servqual.errors import MergeError, Problem
from servqual.scoring.protocol import name_of

_WORDS: Mapping[str, Callable[[Any], str]] = {
    "instrument": repr,
    "levels": ", ".join,
    "models": lambda models: ", ".join(map(name_of, models)) or "no model",
    "rules": lambda rules: f"min_answered={rules.min_answered:g}",
    "by": lambda by: ", ".join(by) or "no groups",
    "weight_kind": lambda kind: "no weights" if kind is None else f"{kind} weights",
    "drawing": str,
}
_REMEDIES = {
    "instrument": "merge surveys of one instrument: the same items, labels and scale",
    "levels": "read the same levels in both surveys",
    "models": "pass the same models to summarize both times, with the same parameters",
    "rules": "pass the same min_answered= to summarize both times",
    "by": "pass the same by= to summarize both times",
    "weight_kind": "read both surveys with weights of one kind, or both without",
    "drawing": "pass the same replicates= and seed= to summarize both times",
}


def refuse_unlike(one: object, other: object) -> None:
    """Raise where two summaries differ in anything but their respondents.

    Raises
    ------
    MergeError
        Everything that differs, with what to make alike.
    """
    rule = "summaries merge when they were made alike"
    unlike = [name for name in _WORDS if getattr(one, name) != getattr(other, name)]
    if unlike:
        raise MergeError(*(Problem(name, _found(name, one, other), rule, _REMEDIES[name]) for name in unlike))


def _found(name: str, one: object, other: object) -> str:
    told = [_WORDS[name](getattr(each, name)) for each in (one, other)]
    return f"{told[0]} against {told[1]}" if told[0] != told[1] else f"{told[0]} against another one of that name"
