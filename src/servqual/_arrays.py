"""Arrays that nobody writes to by accident."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.integer[Any]]
Codes = npt.NDArray[np.integer[Any] | np.floating[Any]]
Bools = npt.NDArray[np.bool_]
AnyArray = npt.NDArray[Any]


def read_only(array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> AnyArray:
    """Return a read-only array of the same values that nobody else can write to: a copy, unless it is that already."""
    given = np.asarray(array, dtype=dtype)
    if given is array and given.flags.owndata and not given.flags.writeable:
        return given
    return freeze(given.copy(order="K"))


def floats(values: npt.ArrayLike) -> Floats:
    """Return a read-only float64 array: the converter of fields that hold real numbers."""
    return read_only(values, np.float64)


def truths(values: npt.ArrayLike) -> Bools:
    """Return a read-only array of truth values."""
    return read_only(values, np.bool_)


def texts(values: npt.ArrayLike) -> AnyArray:
    """Return a read-only array of texts."""
    return read_only(values, np.str_)


def freeze(array: AnyArray) -> AnyArray:
    """Return the array itself, made read-only: for arrays that this library has just made."""
    array.flags.writeable = False
    return array


class Holder:
    """What every class that holds arrays shares: its arrays stay read-only through pickle and deepcopy.

    attrs restores slots without running converters, and numpy restores arrays as writeable.
    """

    __slots__ = ()

    def __getstate__(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}  # type: ignore[arg-type]

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
            object.__setattr__(self, name, value)
