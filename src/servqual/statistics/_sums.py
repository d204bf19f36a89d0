"""What all additive sums share: shapes that fit, merging by addition, and the form of a dictionary."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeAlias

import attrs
import numpy as np

from servqual._arrays import AnyArray, Holder, freeze
from servqual.errors import MergeError, Problem, RecordError, did_you_mean
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._plain import kind_from, labels_from, numbers_from, plain, truth_from, whole_from

Merge = Callable[[Any, Any], object]
Field: TypeAlias = "attrs.Attribute[Any]"


def adds(*axes: str) -> dict[str, Any]:
    """Describe a field of sums: its axes; two of them merge by addition."""
    return {"axes": axes, "merge": operator.add, "read": numbers_from}


def agrees(*axes: str) -> dict[str, Any]:
    """Describe a field of numbers that must be the same in all parts."""
    return {"axes": axes, "merge": None, "read": numbers_from}


LABELS = {"axes": ("cluster",), "merge": None, "read": labels_from}
ROWS = {"axes": None, "merge": operator.add, "read": whole_from}
KIND = {"axes": None, "merge": None, "read": kind_from}
BOTH = {"axes": None, "merge": operator.and_, "read": truth_from}


class Sums(Holder):
    """Additive sums: parts merge with ``+`` in any order, and ``sum`` merges many.

    A field says in its metadata which axes it has, how two of it merge (None: they must agree) and how it is read back.
    """

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        """Check that all shapes fit together."""
        self._lengths()

    def __add__(self, other: object) -> Self:
        if not isinstance(other, type(self)):
            return NotImplemented
        self._refuse_unlike(other)
        return type(self)(**{each.name: _merged(each, self, other) for each in _fields(type(self))})

    def __radd__(self, other: object) -> Self:
        # the 0 that sum() starts from
        return self if isinstance(other, int) and other == 0 else NotImplemented

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary; what is not a number stands in it as None."""
        return {"schema": _schema(type(self)), **{f.name: plain(getattr(self, f.name)) for f in _fields(type(self))}}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Return the sums that a dictionary from `to_dict` describes, bit for bit.

        Raises
        ------
        RecordError
            If keys are missing, unknown or of another schema, or if values are not what their key promises.
        """
        problems = _key_problems(cls, record)
        if problems:
            raise RecordError(*problems)
        values = {}
        for each in _fields(cls):
            try:
                values[each.name] = each.metadata["read"](record[each.name])
            except (TypeError, ValueError) as error:
                problems.append(Problem(each.name, str(error), f"as {cls.__name__}.to_dict writes it"))
        if problems:
            raise RecordError(*problems)
        try:
            return cls(**_with_axes(cls, values))
        except ArgumentError as error:
            raise RecordError(*error.problems) from error

    def _lengths(self) -> dict[str, int]:
        lengths: dict[str, int] = {}
        problems = []
        for name, axes in _with_axes_of(type(self)):
            shape = getattr(self, name).shape
            fits = [lengths.setdefault(axis, found) == found for axis, found in zip(axes, shape, strict=False)]
            if len(axes) != len(shape) or not all(fits):
                problems.append(Problem(name, f"shape {shape}", f"the shape is ({', '.join(axes)})"))
        if problems:
            raise ArgumentError(*problems)
        return lengths

    def _refuse_unlike(self, other: Self) -> None:
        problems = []
        for each in _fields(type(self)):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if mine is theirs:
                continue
            if each.metadata["merge"] is None and not np.array_equal(mine, theirs):
                problems.append(_unlike(each.name, mine, theirs))
            elif getattr(mine, "shape", ()) != getattr(theirs, "shape", ()):
                problems.append(_unlike(f"shape of {each.name}", np.shape(mine), np.shape(theirs)))
        if problems:
            raise MergeError(*problems)


def _unlike(name: str, mine: object, theirs: object) -> Problem:
    found = " against ".join(
        np.array2string(np.asarray(x), threshold=6) if x is not None else "none" for x in (mine, theirs)
    )
    return Problem(name, found, "parts that merge agree in it")


def _fields(cls: type) -> tuple[Field, ...]:
    return attrs.fields(cls)


def _with_axes_of(cls: type) -> list[tuple[str, tuple[str, ...]]]:
    """Return the fields that are arrays, and what their axes are called."""
    return [(each.name, each.metadata["axes"]) for each in _fields(cls) if each.metadata["axes"] is not None]


def _schema(cls: type) -> str:
    return f"servqual.statistics.{cls.__name__}/1"


def _merged(each: Field, mine: Sums, theirs: Sums) -> object:
    merge: Merge | None = each.metadata["merge"]
    value = getattr(mine, each.name)
    result = value if merge is None else merge(value, getattr(theirs, each.name))
    return freeze(result) if isinstance(result, np.ndarray) else result


def _key_problems(cls: type, record: Mapping[str, Any]) -> list[Problem]:
    if not isinstance(record, Mapping):
        return [Problem("$", f"{type(record).__name__}", f"a {cls.__name__} is described by a dictionary")]
    known = ["schema", *(each.name for each in _fields(cls))]
    problems = [Problem(name, "missing", f"a {cls.__name__} has this key") for name in known if name not in record]
    rule = f"a {cls.__name__} has no such key"
    problems += [Problem(str(name), "unknown", rule, did_you_mean(name, known)) for name in record if name not in known]
    if record.get("schema", _schema(cls)) != _schema(cls):
        problems.append(Problem("schema", repr(record["schema"]), f"it is {_schema(cls)!r}"))
    return problems


def _with_axes(cls: type, values: dict[str, Any]) -> dict[str, Any]:
    """Give tables without entries their axes back, which nested lists cannot say."""
    lengths: dict[str, int] = {}
    for each in _fields(cls):
        axes, array = each.metadata["axes"], values[each.name]
        if axes is not None and len(axes) == 1:
            lengths[axes[0]] = len(array)
    return {each.name: _reshaped(each.metadata["axes"], values[each.name], lengths) for each in _fields(cls)}


def _reshaped(axes: tuple[str, ...] | None, value: AnyArray, lengths: dict[str, int]) -> AnyArray:
    if axes is None or len(axes) == 1 or value.size:
        return value
    return value.reshape([lengths.get(axis, 0) for axis in axes])
