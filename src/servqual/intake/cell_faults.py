"""What is wrong in columns of answers: told column by column where they are few, together where they are many."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from servqual.coding import Faults
from servqual.errors import Problem
from servqual.instruments import Level, Scale

# So many columns of one level are told one by one; more of them have one cause, and one sentence.
SINGLY = 3
SHOWN = 3


@frozen
class Cell:
    """The answers to one item at one level, and the column of the data that holds them; none in arrays."""

    level: Level
    item: str
    column: str | None = None

    def __str__(self) -> str:
        """How messages name it: by its name in the data, and by what it answers."""
        answer = f"{self.level} of item {self.item}" if self.item else str(self.level)
        return f"column {self.column} ({answer})" if self.column else answer

    @property
    def short(self) -> str:
        """Its name among others of its level."""
        return f"column {self.column}" if self.column else f"item {self.item}"


def told(problems: Sequence[tuple[Cell, Problem]]) -> Iterator[Problem]:
    """Yield the problems of columns, those of many columns of one level under one rule together."""
    alike: dict[tuple[Level, str], list[tuple[Cell, Problem]]] = {}
    for cell, problem in problems:
        alike.setdefault((cell.level, problem.rule), []).append((cell, problem))
    for found in alike.values():
        if len(found) <= SINGLY:
            yield from (problem for _, problem in found)
            continue
        shown = ", ".join(f"{problem.found} in {cell.short}" for cell, problem in found[:SHOWN])
        yield evolve(found[0][1], place=_together([cell for cell, _ in found]), found=f"{shown}, …")


def off_scale(faults: Mapping[Cell, Faults], scale: Scale, who: Callable[[int], str]) -> Iterator[Problem]:
    """Yield what lies off the scale, column by column, or for all columns of a level together where they are many."""
    by_level: dict[Level, dict[Cell, Faults]] = {}
    for cell, each in faults.items():
        by_level.setdefault(cell.level, {})[cell] = each
    for found in by_level.values():
        if len(found) <= SINGLY:
            yield from (each.problem(str(cell), scale, who) for cell, each in found.items())
        else:
            yield _off_scale_together(found, scale, who)


def _off_scale_together(found: Mapping[Cell, Faults], scale: Scale, who: Callable[[int], str]) -> Problem:
    first = [(cell, *each.first[0]) for cell, each in found.items()][:SHOWN]
    names = [f"{who(row)} of {cell.short}" for cell, row, _ in first]
    examples = [(place, value) for place, (_, _, value) in enumerate(first)]
    count = sum(each.count for each in found.values())
    problem = Faults(count, examples).problem(_together(list(found)), scale, lambda place: names[place])
    values = dict.fromkeys(value for each in found.values() for _, value in each.first)
    outside = [value for value in values if math.isfinite(value) and not scale.low <= value <= scale.high]
    if len(outside) < 2 or len(outside) < len(values) or "missing=" not in problem.remedy:
        return problem
    codes = [f"{value:.12g}" for value in sorted(outside)]
    return evolve(problem, remedy=f"if {' and '.join(codes)} mean 'no answer', pass missing=({', '.join(codes)})")


def _together(cells: Sequence[Cell]) -> str:
    noun = "columns" if cells[0].column else "items"
    return f"{len(cells)} {noun} of {cells[0].level}"
