"""Sequences, counts and probabilities of responses as they come in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, Ints
from servqual.errors import LoyaltyError, Problem, did_you_mean
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.loyalty.response_words import RESPONSES
from servqual.satisfaction.opened_sources import opened_source

_SHOWN = 4


def states_of(states: Sequence[str] | None) -> tuple[str, ...]:
    """Return the states: those named, or the eight responses.

    Raises
    ------
    LoyaltyError
        Fewer than two, names that are not texts, or twice the same.
    """
    found = tuple(RESPONSES) if states is None else tuple(states)
    if isinstance(states, str) or len(found) < 2 or not all(isinstance(each, str) for each in found):
        raise LoyaltyError(Problem("states", repr(states), "states are two or more names", "states=['stay', 'leave']"))
    if len(set(found)) < len(found):
        raise LoyaltyError(Problem("states", ", ".join(found), "each state is named once"))
    return found


def known_states(place: str, named: Collection[str], states: Sequence[str], problems: Problems) -> list[int]:
    """Return the positions of some states; unknown ones are added to the problems."""
    for each in named:
        if each not in states:
            problems.append(Problem(place, repr(each), "it is one of the states", did_you_mean(str(each), states)))
    return [states.index(each) for each in named if each in states]


def coded_table(table: npt.ArrayLike, states: Sequence[str], problems: Problems) -> Ints:
    """Return the position of each state in a table (respondents, periods); None, NaN and "" are not known."""
    given = np.asarray(table, dtype=object)
    if given.ndim != 2 or given.shape[1] < 2:
        rule = "sequences have a row for each respondent and a column for each period, two or more"
        problems.append(Problem("sequences", f"shape {given.shape}", rule))
        return np.zeros((0, 2), np.int64)
    places: dict[Any, int] = {state: place for place, state in enumerate(states)}
    codes = np.full(given.shape, -1, np.int64)
    strange: dict[str, list[int]] = {}
    for row, line in enumerate(given.tolist()):
        for column, each in enumerate(line):
            if each in places:
                codes[row, column] = places[each]
            elif not (each is None or each == "" or each != each):  # noqa: PLR0124 - NaN of any library
                strange.setdefault(str(each), []).append(row)
    for name, rows in list(strange.items())[:_SHOWN]:
        found = f"{name!r} {len(rows)} times, first in row {rows[0]}"
        problems.append(Problem("sequences", found, "answers are states that are known", did_you_mean(name, states)))
    return codes


def long_table(source: Any, columns: Sequence[str], problems: Problems) -> npt.NDArray[Any] | None:
    """Return a table (respondents, periods) of a source with a row for each respondent and period.

    `columns` name respondent, period and response. Periods are in the order of their labels.
    """
    opened = attempt(problems, opened_source, source)
    if opened is None:
        return None
    absent = [name for name in columns if name not in opened.names]
    problems += [
        Problem("columns", f"no {name!r}", "the data have it", did_you_mean(name, opened.names)) for name in absent
    ]
    if absent:
        return None
    coded = [attempt(problems, opened.coded, name) for name in columns]
    if any(each is None for each in coded):
        return None
    (people, who), (periods, when), (responses, what) = [each for each in coded if each is not None]
    if None in who or None in when:
        problems.append(Problem("rows", "some without respondent or period", "each row has both"))
        return None
    cells = people.astype(np.int64) * len(when) + periods
    twice = np.flatnonzero(np.bincount(cells, minlength=1) > 1)
    if twice.size:
        found = f"{twice.size} pairs of respondent and period have several rows, first {who[twice[0] // len(when)]!r}"
        problems.append(Problem("rows", found, "each respondent has one response in a period", "keep the last one"))
        return None
    table = np.full(len(who) * len(when), None, dtype=object)
    table[cells] = np.array([*what, None], dtype=object)[responses]
    return table.reshape(len(who), len(when))


def checked_counts(counts: npt.ArrayLike, states: Sequence[str], problems: Problems) -> Floats | None:
    """Return counts of moves, or None with what is wrong added to the problems."""
    given = np.asarray(counts)
    size = len(states)
    if given.dtype.kind not in "iuf" or given.shape != (size, size):
        rule = f"counts are square, from along the rows, a row and a column for each of {size} states"
        problems.append(Problem("counts", f"an array of {given.dtype}, shape {given.shape}", rule))
        return None
    numbers = given.astype(np.float64)
    if not (np.isfinite(numbers) & (numbers >= 0) & (np.rint(numbers) == numbers)).all():
        problems.append(Problem("counts", "some negative, broken or missing", "counts are whole numbers, zero or more"))
        return None
    return numbers
