"""Periods in time: their order, how many steps lie between them, and which row is so many steps earlier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
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
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# How many of them a year has → how a text names a year, half a year, a quarter, a month
CALENDAR = {
    1: re.compile(r"\d{4}年?"),
    2: re.compile(r"\d{4}[- ]?[Hh][12]"),
    4: re.compile(r"\d{4}(?:[- ]?[Qq]|年第?)[1-4](?:季度?)?"),
    12: re.compile(r"\d{4}(?:[-/.]?[Mm]|[-/.]|年)(?:0[1-9]|1[0-2])月?"),
}
# Dates written as numbers → their parts, and what joins these in a text
NUMBERED = {
    "quarters": (re.compile(r"((?:19|20|21)\d\d)([1-4])"), "Q"),
    "months": (re.compile(r"((?:19|20|21)\d\d)(0[1-9]|1[0-2])"), "-"),
    "days": (re.compile(r"((?:19|20|21)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), "-"),
}


def steps_of(labels: Sequence[GroupLabel]) -> Ints:
    """Return the position in time of sorted period labels, the first at 0.

    Whole numbers, and texts of one kind that name years, quarters, months or days, keep their distances, in the
    smallest step that divides them all; all else counts as ranks. Days of which no two lie in one month count as
    months, so that ends of quarters are a quarter apart.
    """
    places = _on_the_calendar(labels)
    if places is None or len(places) < 2:
        return np.arange(len(labels))
    distances = [place - places[0] for place in places]
    step = gcd(*distances) or 1
    return np.array([distance // step for distance in distances], dtype=np.int64)


def _on_the_calendar(labels: Sequence[GroupLabel]) -> list[int] | None:
    """Return whole-number labels, or the number of the year, quarter, month or day that each text names."""
    whole = [label for label in labels if isinstance(label, int) and not isinstance(label, bool)]
    texts = [label for label in labels if isinstance(label, str)]
    if len(whole) == len(labels):
        return whole
    if len(texts) < len(labels):
        return None
    if all(map(DAY.fullmatch, texts)):
        return _months_or_days(texts)
    parts = next((parts for parts, form in CALENDAR.items() if all(map(form.fullmatch, texts))), None)
    if parts is None:
        return None
    named = [[int(digits) for digits in DIGITS.findall(text)] for text in texts]
    return [parts * year + sum(part) for year, *part in named]


def _months_or_days(texts: Sequence[str]) -> list[int] | None:
    try:
        days = [date.fromisoformat(text) for text in texts]
    except ValueError:
        return None
    months = [12 * day.year + day.month for day in days]
    return months if len(set(months)) == len(months) else [day.toordinal() for day in days]


def order_problem(place: str, labels: Sequence[GroupLabel]) -> Problem | None:
    """Return why sorted period labels have no order in time, or None where they have one."""
    texts = [label for label in labels if isinstance(label, str)]
    if texts and len(texts) < len(labels):
        found = f"numbers and texts, such as {labels[0]!r} and {texts[0]!r}"
        return Problem(place, found, ORDER, "write all of them the same way: all as numbers or all as text")
    if len(labels) > 1 and texts and not _sorted_in_time(texts):
        return Problem(place, f"texts such as {texts[0]!r} and {texts[-1]!r}", ORDER, NUMBER_THEM)
    return _stretched(place, labels)


def _sorted_in_time(texts: Sequence[str]) -> bool:
    """Return whether texts that differ in their digits only are in order of time when sorted as text."""
    if all(MOMENT.fullmatch(text) for text in texts):
        return True
    if len({DIGITS.sub(lambda run: "0" * len(run.group()), text) for text in texts}) > 1:
        return False
    runs = [len(run) for run in DIGITS.findall(texts[0])]
    return len(runs) == 1 or bool(runs and runs[0] == 4) or (len(runs) == 2 and runs[0] > runs[1])


def _stretched(place: str, labels: Sequence[GroupLabel]) -> Problem | None:
    """Return why numbers such as 202312 and 202401 are no months: between them a year ends, and 89 numbers lie."""
    numbers = [label for label in labels if isinstance(label, int)]
    if len(numbers) < len(labels):
        return None
    for kind, (form, joint) in NUMBERED.items():
        dates = [known.groups() for number in numbers if (known := form.fullmatch(str(number)))]
        ends = [at for at, (one, other) in enumerate(pairwise(dates)) if one[:-1] != other[:-1]]
        if len(dates) == len(numbers) and ends:
            before, after = numbers[ends[0] : ends[0] + 2]
            found = f"{before} and {after}, {after - before} apart"
            remedy = f"write {kind} as text, such as '{joint.join(dates[ends[0] + 1])}', or number them 1, 2, 3, …"
            return Problem(place, found, "whole-number periods keep their distances", remedy)
    return None


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
