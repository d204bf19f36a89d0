"""What is wrong with rows of units: shapes, names, order, values; all of it at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from numbers import Real
from typing import Any

import numpy as np

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import Problem, did_you_mean

Scales = Sequence[tuple[str, tuple[float, float]]]

# Rows named where many are wrong.
FEW = 3
AGGREGATE = "aggregate first, as with aggregate(frame, by=…) for people, or drop what is there twice"
MISSING = "correct the values, or make them missing"


def first_of(found: Iterable[object], total: int, shown: int = FEW) -> str:
    """Return the first few of many things, with an ellipsis where there are more."""
    words = [str(each) for each, _ in zip(found, range(shown), strict=False)]
    return ", ".join(words) + (", …" if total > len(words) else "")


def structure_problems(rows: Any) -> list[Problem]:
    """Return what keeps arrays and names from being rows of units at all."""
    clusters = [each.name for each in rows.clusters]
    names = name_problems(rows.names, clusters, rows.unit_column, rows.period_column)
    words = word_problems(rows.names, rows.scales, rows.respondents)
    return [*_shapes(rows), *names, *words] or list(_positions(rows))


def _shapes(rows: Any) -> Iterator[Problem]:
    n = rows.unit.shape
    if len(n) != 1:
        yield Problem("unit", f"shape {n}", "there is one position a row, shape (rows,)")
        return
    if not n[0]:
        yield Problem("rows", "none", "units have at least one row")
    given = {"period": rows.period, **{f"clusters {each.name}": each.codes for each in rows.clusters}}
    for place, array in given.items():
        if array.shape != n:
            yield Problem(place, f"shape {array.shape}", f"there is one position a row, shape {n}")
    wanted = (n[0], len(rows.names))
    if rows.values.shape != wanted:
        yield Problem(
            "values", f"shape {rows.values.shape}", f"there is one number a row and construct, shape {wanted}"
        )
    if rows.period_steps.shape != (len(rows.period_names),):
        found = f"{rows.period_steps.size} positions in time"
        yield Problem("period_steps", found, f"there is one for each of {len(rows.period_names)} periods")
    if (rows.period_column is None) != (not rows.period_names):
        found = f"{len(rows.period_names)} periods in column {rows.period_column!r}"
        yield Problem("period_column", found, "periods have a column, and a column of periods has some")


def name_problems(names: Sequence[str], clusters: Sequence[str], unit: str, period: str | None) -> Iterator[Problem]:
    """Return columns that serve twice, and names that are no text."""
    kinds: list[tuple[str, object]] = [("unit", unit), ("period", period), *(("clusters", each) for each in clusters)]
    kinds += [("constructs", name) for name in names]
    taken = {"unit": unit, "period": period}
    for name in clusters:
        if taken.get(name, name) != name:
            found = f"a column of clusters beside {taken[name]}"
            rule = f"{name!r} means the {name}s of the table wherever clusters are named"
            yield Problem(f"clusters {name}", found, rule, "rename the column before it is read")
    seen: dict[object, list[str]] = {}
    for kind, said in kinds:
        if said is not None:
            seen.setdefault(said, []).append(kind)
    for said, places in seen.items():
        if not isinstance(said, str) or not said.strip():
            yield Problem(places[0], repr(said), "a column is named by a text that is not empty")
        elif len(places) > 1:
            found = f"named {len(places)} times, for {' and '.join(dict.fromkeys(places))}"
            yield Problem(f"column {said}", found, "each column serves once", "leave it out of all but one")


def word_problems(
    names: Sequence[str], scales: Sequence[tuple[str, Any]], respondents: Sequence[tuple[str, object]]
) -> Iterator[Problem]:
    """Return scales and respondents that are said of no construct, and scales that are none."""
    for place, said in (("scales", [name for name, _ in scales]), ("respondents", [name for name, _ in respondents])):
        for name in said:
            if name not in names:
                remedy = did_you_mean(str(name), names)
                yield Problem(f"{place} {name}", f"no construct {name!r}", "it is said of a construct", remedy)
    for name, scale in scales:
        if not is_scale(scale):
            yield Problem(f"scales {name}", repr(scale), "a scale is a pair of numbers, the lowest first")


def is_scale(scale: object) -> bool:
    """Return whether something is a pair of finite numbers, the lowest first."""
    if not isinstance(scale, Sequence) or isinstance(scale, str):
        return False
    numbers = [float(end) for end in scale if isinstance(end, Real) and not isinstance(end, bool)]
    return len(scale) == len(numbers) == 2 and all(map(math.isfinite, numbers)) and numbers[0] < numbers[1]


def _positions(rows: Any) -> Iterator[Problem]:
    yield from _outside("unit", rows.unit, 0, len(rows.unit_names))
    if set(range(len(rows.unit_names))) - set(np.unique(rows.unit).tolist()):
        yield Problem("unit_names", "units without a row", "each unit has at least one row")
    for each in rows.clusters:
        yield from _outside(f"clusters {each.name}", each.codes, -1, len(each.labels))
    steps = rows.period_steps
    if (np.diff(steps) <= 0).any():
        yield Problem("period_steps", first_of(steps.tolist(), steps.size), "positions in time ascend")
    elif rows.period_names and not np.isin(rows.period, steps).all():
        yield Problem("period", "positions in time that no period has", "each is one of period_steps")
    elif not rows.period_names and rows.period.any():
        yield Problem("period", "positions in time", "without periods all rows are at 0")
    after = (np.diff(rows.unit) > 0) | ((np.diff(rows.unit) == 0) & (np.diff(rows.period) > 0))
    if not after.all():
        row = int(np.flatnonzero(~after)[0]) + 1
        rule = "rows are sorted by unit and period, and each unit has one row a period"
        yield Problem("rows", f"row {row} does not come after row {row - 1}", rule, "use from_arrays, which sorts them")


def _outside(place: str, codes: Ints, low: int, count: int) -> Iterator[Problem]:
    wrong = np.flatnonzero((codes < low) | (codes >= count))
    if wrong.size:
        found = f"{wrong.size} positions outside {low}..{count - 1}, first {codes[wrong[0]]} in row {wrong[0]}"
        yield Problem(place, found, "each is the position of a label")


def value_problems(
    names: Sequence[str], columns: Sequence[Floats], scales: Scales, who: Callable[[Ints], Iterable[str]]
) -> list[Problem]:
    """Return the constructs whose values are infinite or off their scale; ``who`` names rows."""
    limits, problems = dict(scales), []
    for name, values in zip(names, columns, strict=True):
        infinite = np.isinf(values)
        if infinite.any():
            found = f"{infinite.sum()} infinite values, first in {_who(infinite, who)}"
            problems.append(Problem(f"column {name}", found, "a value is finite, or missing (NaN)", MISSING))
        low, high = limits.get(name, (-math.inf, math.inf))
        # Means of answers at the end of a scale may lie beside it by rounding
        slack = 1e-9 * (high - low) if name in limits else 0.0
        off = ~infinite & ((values < low - slack) | (values > high + slack))
        if off.any():
            found = f"{off.sum()} values off the scale, first {values[off][0]:g} in {_who(off, who)}"
            remedy = "correct the values or the scale; a column without a scale may hold any number"
            problems.append(Problem(f"column {name}", found, f"values lie in {low:g}..{high:g}", remedy))
    return problems


def _who(wrong: Bools, who: Callable[[Ints], Iterable[str]]) -> str:
    rows = np.flatnonzero(wrong)
    return first_of(who(rows[:FEW]), rows.size)


def repeated_rows(unit: Ints, period: Ints, who: Callable[[Ints], Iterable[str]], *, periods: bool) -> list[Problem]:
    """Return what is wrong where a unit has more than one row a period."""
    order = np.lexsort((period, unit))
    same = (np.diff(unit[order]) == 0) & (np.diff(period[order]) == 0)
    if not same.any():
        return []
    starts = np.flatnonzero(np.append([True], ~same))
    counts = np.diff(np.append(starts, len(order)))
    twice = np.flatnonzero(counts > 1)
    named = zip(who(order[starts[twice[:FEW]]]), counts[twice].tolist(), strict=False)
    one = twice.size == 1
    what = f"pair{'s' * (not one)} of unit and period" if periods else f"unit{'s' * (not one)}"
    shown = first_of((f"{name} ({count} rows)" for name, count in named), twice.size)
    rule = "each unit has one row a period" if periods else "without periods each unit has one row"
    remedy = AGGREGATE if periods else f"name the column of periods with period=, or {AGGREGATE}"
    return [Problem("rows", f"{twice.size} {what} occur{'s' * one} more than once: {shown}", rule, remedy)]
