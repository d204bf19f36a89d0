"""Scoring models to dictionaries and back; only classes that are known or named are ever made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from servqual.errors import Problem, RecordError, did_you_mean
from servqual.instruments import Level
from servqual.scoring.adequacy import Adequacy, Superiority
from servqual.scoring.difference import Difference
from servqual.scoring.disconfirmation import Disconfirmation
from servqual.scoring.level_score import LevelScore
from servqual.scoring.performance import PerformanceOnly
from servqual.scoring.protocol import ScoringModel
from servqual.scoring.record_keys import check_keys
from servqual.scoring.teas import EvaluatedPerformance, NormedQuality
from servqual.scoring.weighted import Weighted
from servqual.scoring.zone_scores import ZoneScore

# Every model of this library, so that what was saved can be read back without naming them.
KNOWN: tuple[type, ...] = (
    Difference, PerformanceOnly, Weighted, Adequacy, Superiority, EvaluatedPerformance, NormedQuality, Disconfirmation,
    LevelScore, ZoneScore,
)  # fmt: skip


def model_to_record(model: ScoringModel) -> dict[str, Any]:
    """Return a JSON-safe dictionary of a model: its class by name, and its fields.

    Raises
    ------
    RecordError
        A model that is not an attrs class, whose fields cannot be listed.
    """
    if not attrs.has(type(model)):
        rule = "a model that is saved is a frozen attrs class"
        raise RecordError(
            Problem(f"model {type(model).__name__}", "not an attrs class", rule, "decorate it with @frozen")
        )
    fields = {name: _plain(value) for name, value in attrs.asdict(model, recurse=False).items()}  # type: ignore[arg-type]
    return {"model": type(model).__name__, "fields": fields}


def model_from_record(record: Mapping[str, Any], models: Iterable[type] = ()) -> ScoringModel:
    """Return the model that a dictionary describes; classes of the caller's own are named in `models`.

    Raises
    ------
    RecordError
        An unknown class, or fields that it does not have.
    """
    check_keys("models", record, ("model", "fields"))
    known = {each.__name__: each for each in (*KNOWN, *models)}
    name = record["model"]
    if name not in known:
        remedy = f"pass models=({name},) if it is yours; {did_you_mean(str(name), known)}"
        raise RecordError(Problem("model", repr(name), "the class of a saved model must be known", remedy))
    fields = {key: _value(value, models) for key, value in record["fields"].items()}
    try:
        return known[name](**fields)
    except TypeError as error:
        raise RecordError(
            Problem(f"model {name}", str(error), "a record has exactly the fields of its model")
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, ScoringModel):
        return model_to_record(value)
    if isinstance(value, Level):
        return {"level": str(value)}
    return list(value) if isinstance(value, tuple) else value


def _value(value: Any, models: Iterable[type]) -> Any:
    if isinstance(value, Mapping) and "model" in value:
        return model_from_record(value, models)
    if isinstance(value, Mapping) and "level" in value:
        return Level(value["level"])
    return tuple(value) if isinstance(value, list) else value
