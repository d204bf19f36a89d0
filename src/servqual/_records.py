"""Dictionaries and JSON to values and back, strictly: unknown keys and wrong types are refused with their place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from numbers import Integral, Real
from reprlib import repr as short
from types import GenericAlias
from typing import Any, Never, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.cols import list_structure_factory
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from servqual.errors import Problem, RecordError, ServqualError, did_you_mean

T = TypeVar("T")
Hook = Callable[[object, object], Any]


def _strict_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(StrEnum, _member)
    converter.register_structure_hook_factory(_is_row, lambda cls: _row_hook(cls, converter))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _record_hook(cls, converter))
    converter.register_unstructure_hook_factory(
        attrs.has, lambda cls: make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    )
    return converter


def _refuse(value: object, rule: str, remedy: str = "") -> Never:
    raise RecordError(Problem("", short(value), rule, remedy))


def _text(value: object, _: type) -> str:
    return value if isinstance(value, str) else _refuse(value, "a text is wanted here")


def _truth(value: object, _: type) -> bool:
    return value if isinstance(value, bool) else _refuse(value, "true or false is wanted here")


def _whole(value: object, _: type) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        _refuse(value, "a whole number is wanted here")
    return int(value)


def _number(value: object, _: type) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        _refuse(value, "a number is wanted here")
    return float(value)


def _member(value: object, kind: type[StrEnum]) -> StrEnum:
    known = [str(member) for member in kind]
    if value not in known:
        _refuse(value, f"a {kind.__name__} is wanted here", did_you_mean(str(value), known))
    return kind(value)


def _is_row(cls: object) -> bool:
    arguments = get_args(cls)
    return get_origin(cls) is list or (get_origin(cls) is tuple and len(arguments) > 1 and arguments[1] is ...)


def _row_hook(cls: object, converter: Converter) -> Hook:
    kind, row = get_origin(cls) or list, GenericAlias(list, get_args(cls)[:1])
    inner: Callable[..., Iterable[object]] = list_structure_factory(row, converter)  # type: ignore[arg-type]

    def structure(value: object, _: object) -> object:
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            _refuse(value, "a list is wanted here")
        return kind(inner(value, row))

    return structure


def _record_hook(cls: type, converter: Converter) -> Hook:
    inner: Callable[..., object] = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)

    def structure(value: object, kind: object) -> object:
        if not isinstance(value, Mapping):
            _refuse(value, f"the dictionary (JSON object) of one {cls.__name__} is wanted here")
        return inner(value, kind)

    return structure


_CONVERTER = _strict_converter()


def to_record(value: object) -> dict[str, Any]:
    """Return a JSON-safe dictionary of an attrs value; fields at their defaults are left out."""
    return _CONVERTER.unstructure(value)


def from_record(record: object, cls: type[T]) -> T:
    """Return the value that a dictionary describes.

    Raises
    ------
    RecordError
        All problems at once, each with its place in the dictionary: unknown keys, missing keys, wrong types.
    """
    try:
        return _CONVERTER.structure(record, cls)
    except (BaseValidationError, ServqualError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(*_problems(error, "$")) from error


def _problems(error: Exception, place: str) -> Iterator[Problem]:
    if isinstance(error, ClassValidationError | IterableValidationError):
        noted, bare = error.group_exceptions()
        for each, note in noted:
            step = getattr(note, "name", None)
            yield from _problems(each, f"{place}.{step}" if step else f"{place}[{note.index!r}]")
        for each in bare:
            yield from _problems(each, place)
    elif isinstance(error, ServqualError):
        yield from (_moved(problem, place) for problem in error.problems)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [each.name for each in attrs.fields(error.cl)]
        for key in sorted(map(str, error.extra_fields)):
            yield Problem(place, f"unknown key {key!r}", f"no field of {error.cl.__name__}", did_you_mean(key, known))
    elif isinstance(error, KeyError):
        yield Problem(place, "missing", "a value cannot be made without this field")
    else:
        yield Problem(place, str(error.args[0] if error.args else error), "a value must be of the kind of its field")


def _moved(problem: Problem | str, place: str) -> Problem:
    if isinstance(problem, str):
        return Problem(place, problem, "a value must be one that can exist")
    if place != "$" and problem.place:
        return attrs.evolve(problem, place=f"{place}, {problem.place}")
    return attrs.evolve(problem, place=problem.place or place)


def located(source: str, error: ServqualError) -> list[Problem]:
    """Return the problems of an error, each with the name of the file or value that it was found in."""
    moved = (_moved(problem, source) for problem in error.problems)
    return [attrs.evolve(each, place=each.place.replace(", $.", ", ").replace(", $", "")) for each in moved]


def parse_json(text: str) -> dict[str, Any]:
    """Return the object that a JSON text describes.

    Raises
    ------
    RecordError
        A text that is not JSON, with line and column; one that is not an object; an object that names a key twice.
    """
    try:
        record = json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise RecordError(Problem("line 1 column 1", "the text is empty", "the text must be JSON")) from error
        place = f"line {error.lineno} column {error.colno}"
        raise RecordError(Problem(place, error.msg, "the text must be JSON")) from error
    if not isinstance(record, dict):
        raise RecordError(Problem("$", short(record), "a JSON object is wanted"))
    return record


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = [key for key in record if keys.count(key) > 1]
        raise RecordError(*(Problem(f"key {key!r}", "named twice", "an object names each key once") for key in twice))
    return record
