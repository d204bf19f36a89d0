"""Periods in time: their order, how many steps lie between them, and which row is so many steps earlier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import gcd

import numpy as np

from servqual._arrays import Ints
from servqual._frames import GroupLabel
from servqual.errors import Problem

ORDER = "periods have an order in time: numbers, ISO dates, or texts such as 2024Q1, 2024-01, wave 01"
NUMBER_THEM = "number the periods 1, 2, 3, …, or write the year first and all of one width"
DIGITS = re.compile(r"\d+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?")


def steps_of(labels: Sequence[GroupLabel]) -> Ints:
    """Return the position in time of sorted period labels, the first at 0.

    Whole numbers keep their distances, in the smallest step that divides them all; all else counts as ranks.
    """
    whole = [label for label in labels if isinstance(label, int) and not isinstance(label, bool)]
    if len(whole) < len(labels) or len(labels) < 2:
        return np.arange(len(labels))
    distances = [label - whole[0] for label in whole]
    step = gcd(*distances)
    return np.array([distance // step for distance in distances], dtype=np.int64)


def order_problem(place: str, labels: Sequence[GroupLabel]) -> Problem | None:
    """Return why sorted period labels have no order in time, or None where they have one."""
    texts = [label for label in labels if isinstance(label, str)]
    if texts and len(texts) < len(labels):
        found = f"numbers and texts, such as {labels[0]!r} and {texts[0]!r}"
        return Problem(place, found, ORDER, "write all of them the same way: all as numbers or all as text")
    if len(labels) > 1 and texts and not _sorted_in_time(texts):
        return Problem(place, f"texts such as {texts[0]!r} and {texts[-1]!r}", ORDER, NUMBER_THEM)
    months = _months_as_numbers(labels)
    if months:
        before, after = months
        found = f"{before} and {after}, {after - before} apart"
        remedy = f"write months as text, such as '{after // 100}-{after % 100:02d}', or number them 1, 2, 3, …"
        return Problem(place, found, "whole-number periods keep their distances", remedy)
    return None


def _sorted_in_time(texts: Sequence[str]) -> bool:
    """Return whether texts that differ in their digits only are in order of time when sorted as text."""
    if all(MOMENT.fullmatch(text) for text in texts):
        return True
    if len({DIGITS.sub(lambda run: "0" * len(run.group()), text) for text in texts}) > 1:
        return False
    runs = [len(run) for run in DIGITS.findall(texts[0])]
    return len(runs) == 1 or bool(runs and runs[0] == 4) or (len(runs) == 2 and runs[0] > runs[1])


def _months_as_numbers(labels: Sequence[GroupLabel]) -> tuple[int, int] | None:
    """Return the first two of year-and-month numbers such as 202312 and 202401 between which a year ends."""
    months = [each for each in labels if isinstance(each, int) and 190001 <= each <= 219912 and 1 <= each % 100 <= 12]
    if len(months) < len(labels):
        return None
    return next(((one, two) for one, two in pairwise(months) if one // 100 != two // 100), None)


def rows_before(unit: Ints, period: Ints, steps: Ints, lag: int) -> Ints:
    """Return, for rows sorted by unit and period, the row of the same unit so many steps earlier; −1 where none is.

    Parameters
    ----------
    unit, period
        Unit and position in time of each row, shape (rows,).
    steps
        The positions in time that there are, ascending.
    lag
        How many steps earlier, zero or more.
    """
    rank = np.searchsorted(steps, period)
    wanted = np.searchsorted(steps, period - lag)
    # A search for (unit, rank) finds rows of the same unit only
    key, target = unit * len(steps) + rank, unit * len(steps) + wanted
    row = np.searchsorted(key, target)
    there = (steps[wanted] == period - lag) & (key[row] == target)
    return np.where(there, row, -1)
