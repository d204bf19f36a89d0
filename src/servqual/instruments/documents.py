"""Instrument files: the short form that people write, expanded to the full form that the library reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from servqual.errors import InstrumentError, Problem

SCHEMA = 1


def expanded(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the full form of an instrument record; what it cannot expand it leaves as it is, to be refused later."""
    if not isinstance(record, Mapping):
        found = f"a {type(record).__name__}"
        raise InstrumentError(Problem("$", found, "an instrument is described by a dictionary (a JSON object)"))
    schema = record.get("schema", SCHEMA)
    if schema != SCHEMA:
        remedy = f"this version reads schema {SCHEMA}"
        raise InstrumentError(Problem("$.schema", repr(schema), "the schema of the file must be known", remedy))
    full = {key: value for key, value in record.items() if key != "schema"}
    dimensions = full.get("dimensions")
    if isinstance(dimensions, Mapping):
        full["dimensions"] = [{"key": key, "items": items} for key, items in dimensions.items()]
    if _is_list(full.get("dimensions")):
        full["dimensions"] = [_dimension(each) for each in full["dimensions"]]
    if isinstance(full.get("scale"), Mapping):
        full["scale"] = _scale(full["scale"])
    return _with_label(full)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _scale(record: Mapping[str, Any]) -> dict[str, Any]:
    anchors = record.get("anchors")
    if not _is_list(anchors):
        return dict(record)
    return {**record, "anchors": [_with_label(each) if isinstance(each, Mapping) else each for each in anchors or ()]}


def _dimension(record: object) -> object:
    if not isinstance(record, Mapping):
        return record
    items = record.get("items")
    if isinstance(items, Mapping):
        items = [{"key": key, "label": label} for key, label in items.items()]
    if _is_list(items):
        items = [_item(each) for each in items or ()]
    return _with_label({**record, "items": items} if "items" in record else record)


def _item(record: object) -> object:
    if isinstance(record, str):
        return {"key": record}
    return _with_label(record) if isinstance(record, Mapping) else record


def _with_label(record: Mapping[str, Any]) -> dict[str, Any]:
    label = record.get("label")
    return {**record, "label": {"en": label}} if isinstance(label, str) else dict(record)
