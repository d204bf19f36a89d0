"""A chain as a dictionary and back; forms are written as their texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from servqual._records import from_record, to_record
from servqual.chain.link import Link
from servqual.errors import ChainError, Problem, RecordError
from servqual.labels import Label

SCHEMA = 1


@frozen
class LinkRecord:
    """A link as it is written down."""

    source: str
    target: str
    lag: int = 0
    form: str = "linear"


@frozen
class ChainRecord:
    """A chain as it is written down."""

    links: tuple[LinkRecord, ...]
    labels: dict[str, Label] = field(factory=dict)


def chain_record(links: tuple[Link, ...], labels: tuple[tuple[str, Label], ...]) -> dict[str, Any]:
    """Return the dictionary of a chain."""
    rows = tuple(LinkRecord(link.source, link.target, link.lag, str(link.form)) for link in links)
    return {"schema": SCHEMA, **to_record(ChainRecord(rows, dict(labels)))}


def chain_parts(record: Mapping[str, Any]) -> tuple[list[Link], dict[str, Label]]:
    """Return the links and labels that a dictionary describes.

    Raises
    ------
    RecordError
        All problems at once, each with its place.
    """
    if not isinstance(record, Mapping):
        found = f"a {type(record).__name__}"
        raise RecordError(Problem("$", found, "a chain is described by a dictionary (a JSON object)"))
    schema = record.get("schema", SCHEMA)
    if schema != SCHEMA:
        remedy = f"this version reads schema {SCHEMA}"
        raise RecordError(Problem("$.schema", repr(schema), "the schema of the record must be known", remedy))
    read = from_record({key: value for key, value in record.items() if key != "schema"}, ChainRecord)
    return _links(read.links), read.labels


def _links(rows: tuple[LinkRecord, ...]) -> list[Link]:
    links: list[Link] = []
    problems: list[Problem | str] = []
    for number, row in enumerate(rows):
        try:
            links.append(Link(row.source, row.target, row.lag, row.form))
        except ChainError as error:
            problems += [_placed(f"$.links[{number}]", each) for each in error.problems]
    if problems:
        raise RecordError(*problems)
    return links


def _placed(place: str, problem: Problem | str) -> Problem | str:
    return problem if isinstance(problem, str) else evolve(problem, place=f"{place}, {problem.place}")
