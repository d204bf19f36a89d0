"""Columns of a frame as arrays: numbers as they lie in memory, all else as Python values."""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from servqual._arrays import AnyArray
from servqual.errors import Problem, SurveyError, did_you_mean

if TYPE_CHECKING:
    import narwhals as nw


def numbers(frame: nw.DataFrame[Any], name: str) -> AnyArray:
    """Return one column as an array, without a copy where its library allows that.

    Whole numbers stay whole and real ones real, missing is NaN; whole numbers with missing ones among them become
    float32 (up to 16 bits wide) or float64, truth values int8 or, with missing ones, float32. Text, categories and
    dates come as an object array of Python values with None for missing; `is_numeric` tells the two apart.

    Raises
    ------
    SurveyError
        There is no such column.
    """
    import narwhals as nw

    series = column_of(frame, name)
    dtype = series.dtype
    if dtype.is_decimal():
        series, dtype = series.cast(nw.Float64), nw.Float64()
    if dtype.is_numeric():
        small = dtype in {nw.Int8, nw.Int16, nw.UInt8, nw.UInt16, nw.Float32}
        return _numeric(series, nw.Float32 if small else nw.Float64)
    if dtype == nw.Boolean:
        values = _numeric(series, nw.Float32)
        return values.view(np.int8) if values.dtype == np.bool_ else values
    return _python_values(series)


def is_numeric(values: AnyArray) -> bool:
    """Return whether an array of `numbers` holds numbers, not text, dates or other Python values."""
    return values.dtype.kind in "iuf"


def has_truths(frame: nw.DataFrame[Any], name: str) -> bool:
    """Return whether a column holds truth values, also among others."""
    import narwhals as nw

    series = column_of(frame, name)
    return series.dtype == nw.Boolean or (series.dtype == nw.Object and truths_in(series.to_list()))


def truths_in(values: Any) -> bool:
    """Return whether there are truth values in a list or an array."""
    given = values if isinstance(values, list | tuple) else np.asarray(values)
    if isinstance(given, np.ndarray) and given.dtype != object:
        return bool(given.dtype.kind == "b")
    return any(isinstance(each, bool | np.bool_) for each in given)


def _numeric(series: nw.Series[Any], wide: type[nw.Float32 | nw.Float64]) -> AnyArray:
    native = series.to_native()
    if isinstance(getattr(native, "dtype", None), np.dtype):
        return np.asarray(native.to_numpy())
    if not series.null_count():
        return np.asarray(series.to_numpy())
    if series.implementation.is_pandas():
        return np.asarray(native.to_numpy(dtype=wide.__name__.lower(), na_value=np.nan))
    return np.asarray(series.cast(wide).fill_null(math.nan).to_numpy())


def _python_values(series: nw.Series[Any]) -> AnyArray:
    values = np.fromiter(series.to_list(), dtype=object, count=len(series))
    missing = series.is_null().to_numpy()
    values[missing] = None
    kinds = set(map(type, values)) - {type(None)}
    if not all(issubclass(kind, Real | Decimal | np.bool_) for kind in kinds):
        return values
    values[missing] = math.nan
    return values.astype(np.float64)


def column_of(frame: nw.DataFrame[Any], name: str) -> nw.Series[Any]:
    """Return one column, or say that there is none of this name."""
    if name not in frame.columns:
        raise SurveyError(no_column(frame, name))
    return frame.get_column(name)


def no_column(frame: nw.DataFrame[Any], name: str) -> Problem:
    """Return what is wrong with a name that no column has."""
    return Problem("columns", f"no {name!r}", "the frame has no such column", did_you_mean(str(name), frame.columns))
