"""A structural model as a dictionary and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from servqual._records import from_record, to_record
from servqual.errors import Problem, RecordError
from servqual.labels import Label
from servqual.statistics.pls_words import OuterMode

SCHEMA = "servqual.satisfaction.StructuralModel/1"

Parts = tuple[dict[str, tuple[str, ...]], dict[str, str], list[tuple[str, str]], dict[str, Label]]


@frozen
class ConstructRecord:
    """A construct as it is written down."""

    name: str
    indicators: tuple[str, ...]
    mode: str = "A"


@frozen
class PathRecord:
    """A path as it is written down."""

    source: str
    target: str


@frozen
class ModelRecord:
    """A model as it is written down."""

    constructs: tuple[ConstructRecord, ...]
    paths: tuple[PathRecord, ...]
    labels: dict[str, Label] = field(factory=dict)


def model_record(
    constructs: Sequence[tuple[str, tuple[str, ...], OuterMode]],
    paths: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, Label]],
) -> dict[str, Any]:
    """Return the dictionary of a model."""
    rows = tuple(ConstructRecord(name, indicators, str(mode)) for name, indicators, mode in constructs)
    written = ModelRecord(rows, tuple(PathRecord(*path) for path in paths), dict(labels))
    plain = to_record(written)
    return {"schema": SCHEMA} | {name: _listed(value) for name, value in plain.items()}


def _listed(value: Any) -> Any:
    """Return plain values with lists in the place of tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def model_parts(record: Mapping[str, Any]) -> Parts:
    """Return construct → indicators, construct → mode, paths and labels that a dictionary describes.

    Raises
    ------
    RecordError
        All problems at once, each with its place.
    """
    if not isinstance(record, Mapping):
        found = f"a {type(record).__name__}"
        raise RecordError(Problem("$", found, "a model is described by a dictionary (a JSON object)"))
    if record.get("schema") != SCHEMA:
        found = repr(record["schema"]) if "schema" in record else "missing"
        raise RecordError(Problem("$.schema", found, f"it is {SCHEMA!r}"))
    read = from_record({key: value for key, value in record.items() if key != "schema"}, ModelRecord)
    names = [each.name for each in read.constructs]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        rule = "each construct is named once"
        raise RecordError(*(Problem("$.constructs", f"{name!r} twice", rule) for name in twice))
    blocks = {each.name: each.indicators for each in read.constructs}
    modes = {each.name: each.mode for each in read.constructs}
    return blocks, modes, [(each.source, each.target) for each in read.paths], read.labels
