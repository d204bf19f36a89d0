"""A summary's saved form, read strictly: what it may hold, and the parts of a summary made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from servqual.errors import Problem, RecordError, ServqualError
from servqual.instruments import Instrument, Level
from servqual.scoring.drawing import Drawing
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels
from servqual.scoring.model_records import model_from_record, model_to_record
from servqual.scoring.record_keys import check_keys
from servqual.scoring.rules import Rules
from servqual.statistics.weights import WeightKind

SCHEMA = 2
_KEYS = (
    "schema", "instrument", "levels", "models", "min_answered", "by", "weight_kind", "replicates", "seed", "groups",
)  # fmt: skip


def record_of(summary: Any) -> dict[str, Any]:
    """Return the JSON-safe dictionary of a summary."""
    return {
        "schema": SCHEMA,
        "instrument": summary.instrument.to_dict(),
        "levels": [str(level) for level in summary.levels],
        "models": [model_to_record(model) for model in summary.models],
        "min_answered": summary.rules.min_answered,
        "by": list(summary.by),
        "weight_kind": None if summary.weight_kind is None else str(summary.weight_kind),
        "replicates": summary.drawing.replicates,
        "seed": summary.drawing.seed,
        "groups": [{"labels": list(labels), **sums.to_dict()} for labels, sums in summary.groups.items()],
    }


def fields_from(record: Mapping[str, Any], models: Iterable[type]) -> dict[str, Any]:
    """Return the fields of the summary that a dictionary describes.

    Raises
    ------
    RecordError
        Another schema, missing or unknown keys, values of another kind, or a model that is not known.
    """
    _refuse_others(record)
    check_keys("$", record, _KEYS)
    if record["schema"] != SCHEMA:
        raise RecordError(Problem("$.schema", repr(record["schema"]), f"this version reads schema {SCHEMA}"))
    with told_as_records("values are as Summary.to_dict writes them"):
        return _fields(record, tuple(models))


@contextmanager
def told_as_records(rule: str) -> Iterator[None]:
    """Raise whatever is wrong with values that were read as a `RecordError`."""
    try:
        yield
    except RecordError:
        raise
    except ServqualError as error:
        raise RecordError(*error.problems) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise RecordError(Problem("$", str(error), rule)) from error


def _refuse_others(record: object) -> None:
    """Raise where a dictionary has nothing of a summary, rather than name every key that it lacks."""
    if isinstance(record, Mapping) and not {"instrument", "groups"} & set(record):
        keys = ", ".join(map(str, record)) or "none"
        rule = f"a saved summary has {', '.join(_KEYS)}"
        raise RecordError(
            Problem("this", f"not a saved Summary, its keys are {keys}", rule, "read what to_json() wrote")
        )


def _fields(record: Mapping[str, Any], models: tuple[type, ...]) -> dict[str, Any]:
    kind, by = record["weight_kind"], _texts("$.by", record["by"])
    made = tuple(model_from_record(each, models) for each in record["models"])
    drawing = Drawing(record["replicates"], record["seed"])
    return {
        "instrument": Instrument.from_dict(record["instrument"]),
        "levels": tuple(Level(level) for level in _texts("$.levels", record["levels"])),
        "models": made,
        "rules": Rules(record["min_answered"], overall_items=True),
        "by": by,
        "groups": dict(_group(each, len(by), len(made), drawing) for each in record["groups"]),
        "weight_kind": None if kind is None else WeightKind(kind),
        "drawing": drawing,
    }


def _texts(place: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RecordError(Problem(place, f"{value!r:.40}", "a list of texts is wanted here"))
    return tuple(value)


def _group(record: Mapping[str, Any], by: int, models: int, drawing: Drawing) -> tuple[Labels, GroupSums]:
    labels = tuple(record["labels"])
    sums = GroupSums.from_dict({key: value for key, value in record.items() if key != "labels"})
    check_group(labels, sums, by, models, drawing)
    return labels, sums


def check_group(labels: Labels, sums: GroupSums, by: int, models: int, drawing: Drawing) -> None:
    """Raise a `RecordError` where a group does not have the labels, sums or replicates that its summary has."""
    if (len(labels), len(sums.parts)) != (by, models):
        rule = f"a group has a label for each grouping column ({by}) and sums for each model ({models})"
        raise RecordError(Problem("$.groups", f"{len(labels)} labels and {len(sums.parts)} sums", rule))
    held = sums.replicates
    found = Drawing() if held is None else Drawing(len(held.weight), held.seed)
    if found != drawing:
        raise RecordError(Problem("$.groups", str(found), f"the summary has {drawing}"))
