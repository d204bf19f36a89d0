"""What names a group: the distinct values of a column as plain labels, the same in every data-frame library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray
from servqual.errors import Problem, SurveyError

if TYPE_CHECKING:
    import narwhals as nw

GroupLabel = str | int | float | bool | None


def distinct(series: nw.Series[Any]) -> tuple[AnyArray, list[Any]]:
    """Return each row's position among the distinct values, and these in no particular order.

    A missing row has the position −1, or that of a None or NaN among the values.

    Raises
    ------
    SurveyError
        Values that cannot name groups: lists, structures.
    """
    native: Any = series.to_native()
    if series.dtype.is_nested():
        raise SurveyError(_no_label(series.name, f"{series.dtype} values"))
    if series.implementation.is_polars():
        return _distinct_polars(native)
    if series.implementation.is_pyarrow():
        return _distinct_arrow(native)
    try:
        positions, values = native.factorize()
    except TypeError:
        raise SurveyError(_no_label(series.name, "values that cannot be compared")) from None
    return positions, values.tolist()


def _distinct_polars(native: Any) -> tuple[AnyArray, list[Any]]:
    kind = {str: str, Decimal: float}.get(native.dtype.to_python())
    plain = native.cast(kind) if kind else native
    values = plain.drop_nulls().unique()
    return plain.replace_strict(values, list(range(len(values))), default=-1).to_numpy(), values.to_list()


def _distinct_arrow(native: Any) -> tuple[AnyArray, list[Any]]:
    plain = native.cast(native.type.value_type) if hasattr(native.type, "value_type") else native
    encoded = plain.combine_chunks().dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


def as_labels(column: str, values: Sequence[Any]) -> list[Any]:
    """Return values as labels, as simple as all of them allow.

    Whole floats become int if all floats are whole, moments become days if all are midnights, dates become ISO text,
    periods of pandas the text that they are shown as.

    Raises
    ------
    SurveyError
        A value that cannot name a group.
    """
    if set(map(type, values)) <= {str, int, bool}:
        return list(values)
    simple = [_simple(column, value) for value in values]
    if all(value.is_integer() for value in simple if isinstance(value, float)):
        simple = [int(value) if isinstance(value, float) else value for value in simple]
    if all(value.time() == time.min for value in simple if isinstance(value, datetime)):
        simple = [value.date() if isinstance(value, datetime) else value for value in simple]
    return [value.isoformat() if isinstance(value, date | time) else value for value in simple]


def ranked(labels: Sequence[Any]) -> tuple[npt.NDArray[np.int32], tuple[GroupLabel, ...]]:
    """Return each label's rank among the sorted ones, and these; a missing label ranks after them all."""
    if set(map(type, labels)) == {int}:
        # Keys of respondents may be as many as the rows.
        known, ranks = np.unique(np.array(labels), return_inverse=True)
        return ranks.astype(np.int32), tuple(known.tolist())
    ordered = sorted({label for label in labels if label is not None}, key=lambda each: (isinstance(each, str), each))
    places = {label: rank for rank, label in enumerate(ordered)}
    return np.array([places.get(label, len(ordered)) for label in labels], np.int32), tuple(ordered)


def _simple(column: str, value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) else float(value) if isinstance(value, Decimal) else value
    if plain is None or (isinstance(plain, float) and math.isnan(plain)) or _of_pandas(value, "NaTType"):
        return None
    if _of_pandas(value, "Period"):
        return str(value)
    if not isinstance(plain, str | int | float | date | time):
        raise SurveyError(_no_label(column, f"a {type(value).__name__}, {value!r:.40}"))
    return plain


def _of_pandas(value: Any, name: str) -> bool:
    """Return whether a value is of a class of pandas, which need not be there."""
    kind = type(value)
    return kind.__name__ == name and kind.__module__.partition(".")[0] == "pandas"


def _no_label(column: str, found: str) -> Problem:
    return Problem(f"column {column}", found, "groups are named by text, numbers, truth values or dates")
