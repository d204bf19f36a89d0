"""Gaps and dimensions by their names: what rows are called, and what is said where there is none of a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import evolve

from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.gap_model.gap_words import GapName, StationGap
from servqual.labels import Label


class Row(Protocol):
    """What is told of one gap and one dimension."""

    @property
    def gap(self) -> str:
        """The key of the gap."""

    @property
    def dimension(self) -> str:
        """The key of the dimension, or ``"overall"``."""


def row_labels(
    rows: Iterable[Row], gaps: Iterable[StationGap], dimensions: Sequence[str], labels: Sequence[Label]
) -> list[Label]:
    """Return the names of rows in English and Chinese: which gap, of which dimension."""
    words, of = {each.key: each.label for each in gaps}, dict(zip(dimensions, labels, strict=True))
    named = [(words[row.gap], of[row.dimension]) for row in rows]
    return [Label(f"{gap.en}: {about.en}", f"{gap.text('zh')}：{about.text('zh')}") for gap, about in named]


def looked_up(gap: object, dimension: str, gaps: Sequence[StationGap], dimensions: Sequence[str]) -> tuple[int, int]:
    """Return the places of a gap and of a dimension, or raise an `ArgumentError` that lists those that there are."""
    refused(gap_problem(gap, gaps), name_problem("dimension", dimension, dimensions))
    return [each.key for each in gaps].index(str(gap)), dimensions.index(dimension)


def refused(*found: Problem | None) -> None:
    """Raise the problems that were found as one `ArgumentError`, where there are any."""
    problems = [each for each in found if each is not None]
    if problems:
        raise ArgumentError(*problems)


def gap_problem(given: object, gaps: Sequence[StationGap]) -> Problem | None:
    """Return why a gap cannot be told here, None where it can; one that is part of several in one is told so."""
    keys = [each.key for each in gaps]
    problem = name_problem("gap", str(given), keys)
    spoken = GapName.__members__.get(str(given).upper())
    if problem is not None and spoken in keys:
        return evolve(problem, remedy=f"did you mean {spoken}?")
    whole = next((each for each in gaps if each.name is None and str(given) in each.parts), None)
    if problem is None or whole is None:
        return problem
    remedy = f"here it is part of {whole.key}; gaps().to_table('bounds') tells how large it can be"
    return evolve(problem, remedy=remedy)


def name_problem(place: str, given: str, known: Sequence[str]) -> Problem | None:
    """Return that there is nothing of this name, None where there is."""
    if given in known:
        return None
    return Problem(place, f"no {given!r}", f"there are {', '.join(known)}", did_you_mean(given, known))
