"""Chains as text: ``"a -> b -> c [lag 1]; a -> c"``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, field, frozen

from servqual.chain.form_reading import as_form
from servqual.chain.link import Link, name_faults
from servqual.errors import ChainError, Problem, did_you_mean

_CLAUSE = re.compile(r"[^;\n]*[^;\s][^;\n]*")
_ARROW = re.compile(r"->|→")
_STOP = re.compile(r"(?P<name>[^\[\]]*?)\s*(?:\[(?P<options>[^\[\]]*)\])?")
_LAG = re.compile(r"lag\b\s*(?P<periods>.*)", re.IGNORECASE)
_WRITTEN = "write source -> target, or source -> target [lag 1, log]; the next link after a semicolon or on a new line"


@frozen
class _Stop:
    """One construct of a clause: its name, the options in brackets after it, where it stands, what is wrong with it."""

    place: str
    name: str = ""
    options: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def links_from(texts: Sequence[str]) -> tuple[list[Link], list[Problem]]:
    """Return the links that texts describe, in the order written, and all that is wrong, each with line and column.

    An arrow is a link. What stands in brackets after a construct belongs to the arrow into it, and to no other:
    ``a -> b -> c [lag 1]`` says that c follows b one period later.
    """
    links: list[Link] = []
    problems: list[Problem] = []
    for number, text in enumerate(texts, start=1):
        if not isinstance(text, str):
            problems.append(Problem(f"text {number}", repr(text), "a chain is parsed from text", _WRITTEN))
            continue
        for clause in _CLAUSE.finditer(text):
            for found in _links_of(clause, f"text {number}, " if len(texts) > 1 else ""):
                if isinstance(found, Link):
                    links.append(found)
                else:
                    problems.append(found)
    return links, problems


def _links_of(clause: re.Match[str], before: str) -> Iterator[Link | Problem]:
    stops = list(_stops(clause, before))
    for stop in stops:
        yield from stop.problems
    if len(stops) == 1 and not stops[0].problems:
        yield Problem(stops[0].place, repr(stops[0].name), "a link has an arrow between two constructs", _WRITTEN)
    if stops[0].options:
        rule = "brackets belong to the arrow into the construct before them"
        yield Problem(stops[0].place, f"[{', '.join(stops[0].options)}] before any arrow", rule, _WRITTEN)
    for source, target in pairwise(stops):
        if not (source.problems or target.problems):
            yield from _link(source, target)


def _stops(clause: re.Match[str], before: str) -> Iterator[_Stop]:
    """Yield what stands between the arrows of one clause."""
    text, start = clause.string, clause.start()
    bounds = [(arrow.start(), arrow.end()) for arrow in _ARROW.finditer(text, clause.start(), clause.end())]
    for end, after in [*bounds, (clause.end(), clause.end())]:
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        line = text.count("\n", 0, first) + 1
        column = first - text.rfind("\n", 0, first)
        yield _stop(piece.strip(), f"{before}line {line} column {column}")
        start = after


def _stop(piece: str, place: str) -> _Stop:
    stop = _Stop(place)
    found = _STOP.fullmatch(piece)
    if found is None:
        remedy = "close each bracket before the next arrow, and write options with commas, as in [lag 1, log]"
        problem = Problem(place, repr(piece), "options stand in one pair of brackets after a construct", remedy)
        return evolve(stop, problems=(problem,))
    if not found["name"]:
        problem = Problem(place, "no construct", "an arrow has a construct before it and one after it", _WRITTEN)
        return evolve(stop, problems=(problem,))
    strange = tuple(name_faults(place, found["name"]))
    if strange or found["options"] is None:
        return evolve(stop, name=found["name"], problems=strange)
    return evolve(stop, name=found["name"], options=tuple(each.strip() for each in found["options"].split(",")))


def _link(source: _Stop, target: _Stop) -> Iterator[Link | Problem]:
    """Yield one link, or everything that keeps it from being one."""
    lags = [found["periods"] for each in target.options if (found := _LAG.fullmatch(each))]
    forms = [each for each in target.options if not _LAG.fullmatch(each)]
    problems = [*_twice(target.place, "lag", lags), *_twice(target.place, "form", forms)]
    problems += [each for lag in lags for each in _lag_faults(target.place, lag)]
    problems += [each for form in forms for each in _form_faults(target.place, form)]
    if problems:
        yield from problems
        return
    try:
        yield Link(source.name, target.name, int(lags[0]) if lags else 0, forms[0] if forms else "linear")
    except ChainError as error:
        yield from (_placed(target.place, each) for each in error.problems)


def _twice(place: str, what: str, found: list[str]) -> Iterator[Problem]:
    if len(found) > 1:
        rule = f"a link has one {what}"
        yield Problem(place, " and ".join(map(repr, found)), rule, "options are one lag and one form, with a comma")


def _lag_faults(place: str, periods: str) -> Iterator[Problem]:
    if not (periods.isascii() and periods.isdigit()):
        found = f"lag {periods}".strip()
        yield Problem(place, repr(found), "a lag is a whole number of periods, zero or more", "write lag 1")


def _form_faults(place: str, text: str) -> Iterator[Problem]:
    try:
        as_form(text)
    except ChainError as error:
        for each in error.problems:
            problem = _placed(place, each)
            known = did_you_mean(text, ("lag 1", "linear", "log", "asymmetric", "piecewise"))
            yield evolve(problem, remedy=known) if problem.remedy.startswith("known are") else problem


def _placed(place: str, problem: Problem | str) -> Problem:
    if isinstance(problem, str):
        return Problem(place, problem, "a link must be one that can exist")
    return evolve(problem, place=f"{place}, {problem.place}")
