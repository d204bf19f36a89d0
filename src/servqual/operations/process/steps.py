"""Steps of a service and hand-overs between them: the words of a blueprint."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from servqual.errors import Problem, ProcessError, did_you_mean
from servqual.labels import Label, as_label

ARROW = " -> "


class Lane(StrEnum):
    """Who acts, and whether the customer sees it.

    CUSTOMER
        What the customer does.
    ONSTAGE
        What employees do in sight of the customer: below the line of interaction.
    BACKSTAGE
        What employees of the contact do out of sight: below the line of visibility.
    SUPPORT
        What others in the company do so that they can: below the line of internal interaction.
    """

    CUSTOMER = "customer"
    ONSTAGE = "onstage"
    BACKSTAGE = "backstage"
    SUPPORT = "support"

    @property
    def visible(self) -> bool:
        """Whether it is above the line of visibility."""
        return self in {Lane.CUSTOMER, Lane.ONSTAGE}

    @property
    def label(self) -> Label:
        """The lane in English and Chinese."""
        return _LANES[self]

    @classmethod
    def _missing_(cls, value: object) -> Lane:
        raise ProcessError(Problem("lane", repr(value), "no lane of a blueprint", did_you_mean(str(value), list(cls))))


_LANES = {
    Lane.CUSTOMER: Label("customer", "顾客行为"),
    Lane.ONSTAGE: Label("onstage", "前台员工"),
    Lane.BACKSTAGE: Label("backstage", "后台员工"),
    Lane.SUPPORT: Label("support", "支持过程"),
}
# Below which lane each line of a blueprint runs.
LINES = {
    Lane.CUSTOMER: Label("line of interaction", "互动线"),
    Lane.ONSTAGE: Label("line of visibility", "可视线"),
    Lane.BACKSTAGE: Label("line of internal interaction", "内部互动线"),
}


def _text(_: Any, attribute: Any, key: Any) -> None:
    if not isinstance(key, str) or not key.strip() or key != key.strip() or "->" in key or ";" in key:
        rule = "a step has a key: a text without arrows and semicolons"
        raise ProcessError(Problem(attribute.name, repr(key), rule))


@frozen
class Step:
    """One step of a service.

    Parameters
    ----------
    key
        What it is called in tables and arrows.
    lane
        Who takes it, and whether the customer sees it.
    label
        Its name in words; by default the key read as words.
    """

    key: str = field(validator=_text)
    lane: Lane = field(converter=Lane)
    label: Label = field(converter=as_label)

    @label.default
    def _named(self) -> Label:
        return Label(str(self.key).replace("_", " ").strip() or "?")


@frozen
class HandOver:
    """From one step to the next, which is its customer.

    Parameters
    ----------
    source, target
        Keys of the step that hands over and of the step that receives, and so rates.
    """

    source: str = field(validator=_text)
    target: str = field(validator=_text)

    @property
    def key(self) -> str:
        """How tables and columns call it: ``kitchen -> waiter``."""
        return f"{self.source}{ARROW}{self.target}"

    def __str__(self) -> str:
        return self.key


def arrows_from(texts: tuple[str, ...]) -> tuple[list[HandOver], list[Problem | str]]:
    """Return the hand-overs that texts such as ``a -> b -> c; a -> c`` describe, and what is wrong with them."""
    found: list[HandOver] = []
    problems: list[Problem | str] = []
    for row in (each.strip() for text in texts for line in text.splitlines() for each in line.split(";")):
        names = [name.strip() for name in row.split("->")] if row else []
        if row and (len(names) < 2 or not all(names)):
            rule = "a row of arrows names two steps or more"
            problems.append(Problem("arrows", repr(row), rule, "write order -> cook -> serve"))
            continue
        found += [HandOver(source, target) for source, target in pairwise(names)]
    return found, problems
