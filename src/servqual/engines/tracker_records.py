"""A tracker's saved form, read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from attrs import frozen

from servqual._records import parse_json
from servqual.engines.recipes import Recipe
from servqual.engines.tracked_periods import LetGo, Tracked, check_period
from servqual.errors import Problem, RecordError, ServqualError, SurveyFileError
from servqual.instruments import Instrument
from servqual.scoring import Summary
from servqual.scoring.model_records import model_from_record, model_to_record
from servqual.scoring.record_keys import check_keys

SCHEMA = 1
KIND = "servqual tracker"
_KEYS = ("kind", "schema", "instrument", "models", "by", "sums", "columns", "window", "gone", "periods")


@frozen(eq=False)
class Saved:
    """Everything that a tracker is: how batches are read, how many periods are held, and what is held."""

    recipe: Recipe
    window: int
    held: Tracked

    def to_json(self) -> str:
        """Return it as JSON text.

        Raises
        ------
        RecordError
            Options that JSON cannot hold, or a model that is not an attrs class.
        """
        recipe, gone = self.recipe, self.held.gone
        record = {
            "kind": KIND,
            "schema": SCHEMA,
            "instrument": recipe.instrument.to_dict(),
            "models": [model_to_record(model) for model in recipe.models],
            "by": list(recipe.by),
            "sums": _safe(recipe.sums),
            "columns": _safe(recipe.columns),
            "window": self.window,
            "gone": {"periods": gone.periods, "respondents": gone.respondents, "last": gone.last},
            "periods": [{"period": period, "summary": each.to_dict()} for period, each in self.held.periods.items()],
        }
        return json.dumps(record, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_record(cls, record: Mapping[str, Any], models: tuple[type, ...]) -> Self:
        """Return what a dictionary describes; see `read_saved`."""
        check_keys("$", record, _KEYS)
        if (record["kind"], record["schema"]) != (KIND, SCHEMA):
            found = f"{record['kind']!r}, schema {record['schema']!r}"
            raise RecordError(Problem("$.schema", found, f"this version reads {KIND!r}, schema {SCHEMA}"))
        check_keys("gone", record["gone"], ("periods", "respondents", "last"))
        instrument = Instrument.from_dict(record["instrument"])
        scored = [model_from_record(each, models) for each in record["models"]]
        options = {**record["sums"], **record["columns"]}
        recipe = Recipe.of(instrument, scored, record["by"], options)
        held = Tracked(dict(_period(each, models) for each in record["periods"]), LetGo(**record["gone"]))
        return cls(recipe, int(record["window"]), held)


def read_saved(path: Path, models: tuple[type, ...]) -> Saved:
    """Return what a file holds.

    Raises
    ------
    SurveyFileError
        No such file.
    RecordError
        A file that is not a saved tracker, of another schema, or with a model that is not known.
    """
    try:
        record = parse_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = Problem(str(path), "no such file", "restore reads what save wrote", "name the file that was saved")
        raise SurveyFileError(problem) from None
    except UnicodeDecodeError as error:
        raise RecordError(Problem(str(path), str(error), "a saved tracker is JSON in UTF-8")) from error
    try:
        return Saved.from_record(record, models)
    except RecordError:
        raise
    except ServqualError as error:
        raise RecordError(*error.problems) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise RecordError(Problem(str(path), str(error), "values are as Tracker.save writes them")) from error


def _period(record: Mapping[str, Any], models: tuple[type, ...]) -> tuple[Any, Summary]:
    check_keys("periods", record, ("period", "summary"))
    check_period(record["period"])
    return record["period"], Summary.from_dict(record["summary"], models)


def _safe(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as JSON keeps them, or say which it would not.

    Raises
    ------
    RecordError
        Each option that would not come back as it was.
    """
    plain = {name: _plain(value) for name, value in options.items()}
    rule = "a tracker is saved with options of texts, numbers, lists, and maps from text"
    remedy = "make the Survey yourself, and update with it"
    lost = [name for name, value in plain.items() if not _returns(value)]
    if lost:
        raise RecordError(*(Problem(f"option {name}", f"{options[name]!r:.60}", rule, remedy) for name in lost))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list | set | frozenset) else value


def _returns(value: Any) -> bool:
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError):
        return False
