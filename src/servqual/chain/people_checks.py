"""What is wrong with an aggregation that is asked for: arguments, columns, answers, weights; all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.chain.given_rows import Given
from servqual.chain.people import People, Scale, Wanted, cluster_labels
from servqual.chain.unit_checks import first_of, is_scale
from servqual.errors import Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.statistics.agreement_nulls import Null

Problems = list[Problem | str]

_NO_ANSWER = "make codes for 'no answer' missing, and turn items worded in reverse, before aggregating"


def constructs_of(given: Any, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Return construct → columns, from a mapping or from names of columns that are constructs themselves."""
    if isinstance(given, str) or not isinstance(given, Mapping | Sequence):
        rule = "constructs are a mapping name → columns, or a list of columns"
        problems.append(
            Problem("constructs", repr(given), rule, f"write [{given!r}]" if isinstance(given, str) else "")
        )
        return {}
    if not given:
        problems.append(Problem("constructs", "none", "at least one construct is aggregated"))
    if not isinstance(given, Mapping):
        twice = [name for name in dict.fromkeys(given) if list(given).count(name) > 1]
        problems.extend(Problem(f"construct {name}", "named twice", "each construct is named once") for name in twice)
        return {name: (name,) for name in given}
    found = {name: (columns,) if isinstance(columns, str) else tuple(columns) for name, columns in given.items()}
    problems.extend(problem for name, columns in found.items() for problem in _items(name, columns))
    return found


def _items(name: Any, columns: tuple[str, ...]) -> Iterator[Problem]:
    place = f"construct {name}"
    if not isinstance(name, str) or not name.strip():
        yield Problem("constructs", repr(name), "the name of a construct is a text that is not empty")
    if not columns:
        yield Problem(place, "no columns", "a construct is the mean of at least one column")
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            yield Problem(place, f"column {column!r} twice", "each item counts once", "name it once")


def scales_of(given: Any, constructs: Sequence[str], problems: Problems) -> dict[str, Scale]:
    """Return construct → ends of its scale, from one pair for all or a mapping."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        fault = _scale_fault("scale", given)
        problems.extend(fault)
        return {} if fault else dict.fromkeys(constructs, (float(given[0]), float(given[1])))
    found = {}
    for name, ends in given.items():
        place = f"scale of {name}"
        if name not in constructs:
            remedy = did_you_mean(str(name), constructs)
            problems.append(Problem(place, "no such construct", "a scale belongs to a construct", remedy))
        fault = _scale_fault(place, ends)
        problems.extend(fault)
        if not fault:
            found[name] = (float(ends[0]), float(ends[1]))
    return found


def _scale_fault(place: str, ends: Any) -> list[Problem]:
    if is_scale(ends):
        return []
    return [Problem(place, repr(ends), "a scale is a pair of numbers, the lowest first", "for five points pass (1, 5)")]


def option_problems(wanted: Wanted) -> Iterator[Problem]:
    """Yield what is wrong with options."""
    share, least, level = wanted.min_answered, wanted.min_respondents, wanted.confidence
    source: Any = wanted.source
    if not _is_number(share) or not 0 < share <= 1:
        rule = "the share of items that must be answered is above 0 and at most 1"
        yield Problem("min_answered", repr(share), rule, "for 3 of 5 items pass 0.6")
    if not isinstance(least, Integral) or isinstance(least, bool) or least < 1:
        yield Problem("min_respondents", repr(least), "it is a whole number of 1 or more")
    if not _is_number(level) or not 0 < level < 1:
        yield Problem("confidence", repr(level), "it lies strictly between 0 and 1")
    if wanted.null not in list(Null):
        yield unknown_word("null", wanted.null, Null)
    if not isinstance(source, str) or not source.strip():
        yield Problem("source", repr(source), "it is a text that says who was asked, such as 'employees'")
    elif f"{source}_n" in (*wanted.constructs, wanted.by, wanted.period, *wanted.clusters):
        rule = f"{source}_n is the column of the number of respondents"
        yield Problem("source", repr(source), rule, "choose another source")
    keys = [wanted.by, *([] if wanted.period is None else [wanted.period]), *wanted.clusters]
    for name in wanted.constructs:
        if name in keys:
            yield Problem(f"construct {name}", "the name of a column of labels", "each column has a name of its own")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def answer_problems(given: Given, wanted: Wanted) -> Iterator[Problem]:
    """Yield what is wrong with the numbers: answers that are infinite or off their scale, weights that are none."""
    seen = set()
    for construct, columns in wanted.constructs.items():
        for name in columns:
            values = given.columns.get(name)
            scale = wanted.scales.get(construct)
            if values is not None and (name, scale) not in seen:
                yield from _off(construct, name, values, scale)
            seen.add((name, scale))
    if wanted.weights in given.columns:
        yield from _weights(wanted.weights or "", given.columns[wanted.weights or ""])


def _off(construct: str, name: str, values: Floats, scale: Scale | None) -> Iterator[Problem]:
    infinite = np.isinf(values)
    if infinite.any():
        rule = "an answer is finite, or missing"
        yield Problem(f"item {name}", f"{infinite.sum()} infinite: {_shown(values, infinite)}", rule, _NO_ANSWER)
    if scale is None:
        return
    wrong = ~infinite & ((values < scale[0]) | (values > scale[1]))
    if wrong.any():
        rule = f"answers to {construct} lie in {scale[0]:g}..{scale[1]:g}"
        yield Problem(f"item {name}", f"{wrong.sum()} off the scale: {_shown(values, wrong)}", rule, _NO_ANSWER)


def _weights(name: str, values: Floats) -> Iterator[Problem]:
    wrong = ~(np.isfinite(values) & (values >= 0))
    if wrong.any():
        rule = "a sampling weight is finite, and zero or more"
        yield Problem(f"weights {name}", f"{wrong.sum()} not: {_shown(values, wrong)}", rule)
    elif values.size and not values.any():
        yield Problem(f"weights {name}", "all zero", "somebody has a weight above zero")


def _shown(values: Floats, wrong: Bools) -> str:
    rows = np.flatnonzero(wrong)
    return first_of((f"row {row} = {values[row]:g}" for row in rows[:3].tolist()), rows.size)


def cluster_problems(given: Given, people: People) -> Iterator[Problem]:
    """Yield the cells whose people belong to several clusters."""
    for name, (codes, labels) in given.clusters.items():
        _, several = cluster_labels(people, codes, labels)
        if several.size:
            shown = first_of((cell_name(people, place) for place in several[:3].tolist()), several.size)
            rule = "all people of a unit belong to one cluster"
            yield Problem(f"clusters {name}", f"several labels in {several.size} units: {shown}", rule)


def cell_name(people: People, place: int) -> str:
    """Return a cell in words."""
    return str(people.unit[place]) if people.period is None else f"{people.unit[place]} in {people.period[place]}"
