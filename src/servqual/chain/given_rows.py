"""What a frame or arrays hold, checked and put in order: the fields of rows of units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats, Ints
from servqual._frames import GroupLabel
from servqual.chain.unit_checks import FEW, first_of, repeated_rows, value_problems, word_problems
from servqual.chain.unit_rows import ClusterColumn
from servqual.errors import Problem, UnitError
from servqual.statistics.time_steps import order_problem, steps_of

Labelled = tuple[Ints, tuple[GroupLabel, ...]]
Problems = list[Problem | str]
CODE_IT = "pass it as clusters=, or code it as numbers"
WEIGHTS = "sampling weights are a column of numbers, zero or more"
GIVE_WEIGHTS = "name the column of weights, or leave weights= out"


@frozen(eq=False)
class Given:
    """What a frame or arrays hold, in their own order of rows, and what is wrong with that so far.

    Labels are pairs of codes and what they stand for, in which None comes last. Columns without numbers are refused
    where columns were asked for, and left out where none were.
    """

    unit_column: str
    period_column: str | None
    unit: Labelled | None
    period: Labelled | None
    clusters: dict[str, Labelled]
    columns: Mapping[str, Floats]
    problems: Problems
    refused: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    backend: str = "pandas"


def rows_of(
    given: Given, scales: Mapping[str, tuple[float, float]] | None, respondents: Mapping[str, str] | None
) -> dict[str, Any]:
    """Return the fields of rows of units, sorted by unit and period.

    Raises
    ------
    UnitError
        Everything that keeps what was given from being units, together.
    """
    names, problems = tuple(given.columns), [*given.problems, *_label_problems(given), *_row_problems(given)]
    ranges, people = _said("scales", scales, problems), _said("respondents", respondents, problems)
    known = tuple((name, tuple(ends) if isinstance(ends, Iterable) else ends) for name, ends in ranges.items())
    bad = list(word_problems((*names, *given.refused), known, tuple(people.items())))
    problems += [*bad, *value_problems(names, list(given.columns.values()), () if bad else known, _by_number)]
    if problems:
        raise UnitError(*problems)
    return _sorted_fields(given) | {"scales": known, "respondents": tuple(people.items())}


def _said(place: str, said: object, problems: Problems) -> Mapping[str, Any]:
    """Return what is said of constructs, nothing where it is said otherwise than construct by construct."""
    if isinstance(said, Mapping):
        return said
    if said is not None:
        problems.append(Problem(place, repr(said), f"{place} are said construct by construct", "pass {construct: …}"))
    return {}


def _label_problems(given: Given) -> list[Problem]:
    """Return rows without a label of unit or period, and periods without an order in time."""
    problems = []
    for column, labelled in ((given.unit_column, given.unit), (given.period_column, given.period)):
        if labelled is not None and None in labelled[1]:
            rows = np.flatnonzero(labelled[0] == len(labelled[1]) - 1)
            shown = first_of(_by_number(rows[:FEW]), rows.size)
            found = f"no label in {rows.size} row{'s' * (rows.size != 1)}, first in {shown}"
            rule, remedy = "each row has a unit, and a period where there are periods", "fill them, or drop those rows"
            problems.append(Problem(f"column {column}", found, rule, remedy))
    if given.period is not None:
        order = order_problem(f"column {given.period_column}", [each for each in given.period[1] if each is not None])
        problems += [order] if order else []
    return problems


def _row_problems(given: Given) -> list[Problem]:
    """Return whether there are rows and anything in them, and units with several rows a period."""
    unit, period = given.unit, given.period
    problems = []
    if not (given.columns or given.clusters or given.problems):
        found = f"no numbers but {', '.join(given.left_out)}" if given.left_out else "none"
        problems.append(Problem("columns", found, "a construct is a column of numbers", CODE_IT))
    if unit is not None and not unit[0].size:
        problems.append(Problem("rows", "none", "units have at least one row"))
    if unit is None or (period is None and given.period_column is not None):
        return problems
    times = np.zeros_like(unit[0]) if period is None else period[0]
    # Rows without a label are named on their own
    rows = np.flatnonzero(_has_label(unit) & (True if period is None else _has_label(period)))
    names = _by_label(unit, period)
    return problems + repeated_rows(
        unit[0][rows], times[rows], lambda few: names(rows[few]), periods=period is not None
    )


def _has_label(labelled: Labelled) -> Bools:
    return labelled[0] != labelled[1].index(None) if None in labelled[1] else np.ones(labelled[0].shape, np.bool_)


def _by_label(unit: Labelled, period: Labelled | None) -> Callable[[Ints], list[str]]:
    def names(rows: Ints) -> list[str]:
        units = [str(unit[1][code]) for code in unit[0][rows].tolist()]
        if period is None:
            return units
        times = [period[1][code] for code in period[0][rows].tolist()]
        return [f"{name} in {time}" for name, time in zip(units, times, strict=True)]

    return names


def _by_number(rows: Ints) -> list[str]:
    return [f"row {row}" for row in rows.tolist()]


def _sorted_fields(given: Given) -> dict[str, Any]:
    """Return the fields of rows of units; nothing is wrong with what is given."""
    codes, units = given.unit or (np.zeros(0, np.int64), ())
    times, periods = given.period or (np.zeros_like(codes), ())
    order = np.lexsort((times, codes))
    steps = steps_of(periods)
    return {
        "unit_names": units,
        "unit": codes[order],
        "names": tuple(given.columns),
        "values": np.array([values[order] for values in given.columns.values()]).reshape(-1, order.size).T,
        "period_names": periods,
        "period_steps": steps,
        "period": steps[times[order]] if periods else times,
        "clusters": [_cluster(name, *labelled, order) for name, labelled in given.clusters.items()],
        "unit_column": given.unit_column,
        "period_column": given.period_column,
        "backend": given.backend,
        "left_out": given.left_out,
    }


def _cluster(name: str, codes: Ints, labels: tuple[GroupLabel, ...], order: Ints) -> ClusterColumn:
    """Return a column of clusters in another order of rows; a missing label has the code −1."""
    if None in labels:
        codes, labels = np.where(codes == len(labels) - 1, -1, codes), labels[:-1]
    return ClusterColumn(name, codes[order], labels)
