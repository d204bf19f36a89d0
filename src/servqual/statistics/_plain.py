"""Arrays to lists and back, so that JSON can carry them without a bare NaN or infinity."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from servqual._arrays import AnyArray, freeze
from servqual.statistics.weights import WeightKind

_WORDS = {"inf": float("inf"), "-inf": float("-inf")}


def plain(value: object) -> object:
    """Return lists and plain values; None for NaN, and the words "inf" and "-inf" for the infinities."""
    if isinstance(value, WeightKind):
        return value.value
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype.kind != "f" or np.isfinite(value).all():
        return value.tolist()
    return _each(value.tolist(), _plain_number)


def numbers_from(lists: object) -> AnyArray:
    """Return the array that nested lists of numbers describe."""
    return freeze(np.array(_each(_a_list(lists), _number)))


def labels_from(lists: object) -> AnyArray:
    """Return the array that a list of integers or of texts describes."""
    labels = _a_list(lists)
    found = {type(label) for label in labels}
    if found and found not in ({int}, {str}):
        raise TypeError("labels that are neither all integers nor all texts")
    return freeze(np.array(labels, dtype=None if found else np.int64))


def whole_from(value: object) -> int:
    """Return a count of rows."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(f"{value!r} is not a number of rows")
    return value


def truth_from(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def kind_from(value: object) -> WeightKind | None:
    """Return the kind of weights, or None."""
    return None if value is None else WeightKind(str(value))


def _a_list(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{type(value).__name__} is not a list")
    return list(value)


def _each(value: object, turn: Callable[[object], object]) -> object:
    return [_each(each, turn) for each in value] if isinstance(value, list | tuple) else turn(value)


def _plain_number(value: object) -> object:
    # only NaN differs from itself
    if value != value:  # noqa: PLR0124
        return None
    return str(value) if value in _WORDS.values() else value


def _number(value: object) -> int | float:
    if value is None:
        return float("nan")
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return value
