"""Tables of units joined into one by the names of units and periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from servqual._arrays import Floats
from servqual._frames import GroupLabel
from servqual.chain.join_report import JoinReport, report_of
from servqual.chain.joined_clusters import joined_clusters
from servqual.chain.matching import Matched, matched
from servqual.chain.unit_checks import first_of
from servqual.chain.unit_rows import UnitRows
from servqual.errors import Problem, UnitError
from servqual.statistics.time_steps import order_problem, steps_of

Named = Sequence[tuple[str, UnitRows]]


@runtime_checkable
class HasUnits(Protocol):
    """What has a table of units, such as the result of `aggregate`."""

    @property
    def units(self) -> UnitRows:
        """The table."""


def joined_fields(sources: Sequence[tuple[str, object]]) -> tuple[dict[str, Any], JoinReport]:
    """Return the fields of the joined table, and the report on what matched.

    Raises
    ------
    UnitError
        Everything that keeps the tables from being joined, together.
    """
    named = _tables(sources)
    tables = [table for _, table in named]
    match = matched(tables)
    clusters, contradictions = joined_clusters(named, match)
    problems = [*_shared_columns(named), *_unmatched(named), *_no_order(match), *contradictions]
    if problems:
        raise UnitError(*problems)
    steps = steps_of(match.periods)
    fields = {
        "unit_names": match.units,
        "unit": match.unit,
        "names": [name for table in tables for name in table.names],
        "values": _values(tables, match),
        "period_names": match.periods,
        "period_steps": steps,
        "period": steps[match.period] if steps.size else match.period,
        "clusters": [each.column for each in clusters],
        "scales": [pair for table in tables for pair in table.scales],
        "respondents": [pair for table in tables for pair in table.respondents],
        "unit_column": tables[0].unit_column,
        "period_column": next((each.period_column for each in tables if each.period_column is not None), None),
        "backend": tables[0].backend,
        "left_out": dict.fromkeys(name for table in tables for name in table.left_out),
    }
    return fields, report_of(named, match, [(each.column.name, each.filled) for each in clusters])


def _tables(sources: Sequence[tuple[str, object]]) -> Named:
    named, problems = [], []
    for name, given in sources:
        table = given if isinstance(given, UnitRows) else getattr(given, "units", None)
        if isinstance(table, UnitRows):
            named.append((name, table))
        else:
            rule = "what is joined are tables of units, or results of aggregate(…)"
            remedy = "make one of it with UnitTable.from_frame(frame, unit=…)"
            problems.append(Problem(name, f"of type {type(given).__name__}", rule, remedy))
    if not sources:
        problems.append(Problem("tables", "none", "one table or more are joined"))
    if problems:
        raise UnitError(*problems)
    return named


def _shared_columns(named: Named) -> Iterator[Problem]:
    """Return columns that several tables have, or that are a construct in one and name rows in another."""
    sources: dict[str, list[str]] = {}
    for source, table in named:
        for name in table.names:
            sources.setdefault(name, []).append(source)
    for name, of in sources.items():
        if len(of) > 1:
            remedy = "rename it in all but one before they are read, or leave it out with columns="
            yield Problem(f"column {name}", f"in {' and '.join(of)}", "a construct comes from one table", remedy)
    for source, table in named:
        for column in {table.unit_column, table.period_column, *table.cluster_names}:
            if column in sources:
                found = f"a construct in {sources[column][0]}, labels in {source}"
                remedy = "rename one of them before they are read"
                yield Problem(f"column {column}", found, "a column is either", remedy)


def _unmatched(named: Named) -> Iterator[Problem]:
    """Return tables that share no unit with any other."""
    for place, (name, table) in enumerate(named):
        others = {label for other, (_, each) in enumerate(named) if other != place for label in each.unit_names}
        if others and others.isdisjoint(table.unit_names):
            rest = " and ".join(other for other, _ in named if other != name)
            found = f"none of its {table.n_units} units is in {rest}"
            yield Problem(name, found, "a table shares units with another", _as_text(table.unit_names, others))
            if len(named) == 2:
                # The other table would say the same
                return


def _as_text(here: Sequence[GroupLabel], there: set[GroupLabel]) -> str:
    """Return how labels would match: as text, without capitals and spaces; or what they look like."""
    plain = {str(label).strip().casefold(): label for label in there}
    alike = [(label, plain[key]) for label in here if (key := str(label).strip().casefold()) in plain]
    if alike:
        one, other = alike[0]
        ends = "" if str(one) == str(other) else ", without capitals and spaces at the ends"
        both = ", both as text or both as numbers" if type(one) is not type(other) else ""
        return f"{len(alike)} would match as text{ends}: write {one!r} and {other!r} alike{both}"
    return f"its units are {_shown(here)}, the others {_shown(sorted(there, key=str))}"


def _shown(labels: Sequence[GroupLabel]) -> str:
    return first_of(map(repr, labels), len(labels))


def _no_order(match: Matched) -> list[Problem]:
    problem = order_problem("periods of all tables", match.periods)
    return [problem] if problem else []


def _values(tables: Sequence[UnitRows], match: Matched) -> Floats:
    parts = []
    for table, part in zip(tables, match.parts, strict=True):
        values = np.full((len(match.unit), len(table.names)), np.nan, order="F")
        values[part.at] = table.values[part.rows]
        parts.append(values)
    return np.asfortranarray(np.hstack(parts))
