"""The one door for data frames: pandas, polars and pyarrow frames come in and go out here, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from numbers import Real
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Bools
from servqual._frame_labels import GroupLabel, as_labels, distinct
from servqual.errors import MissingExtraError, Problem, ServqualError, SurveyError, did_you_mean

if TYPE_CHECKING:
    import narwhals as nw

BACKENDS = {"pandas": "pandas", "polars": "polars", "pyarrow": "'servqual[files]'"}


class BackendError(ServqualError, LookupError):
    """A data-frame library that this one does not write."""


def opened(frame: Any) -> nw.DataFrame[Any]:
    """Return the frame in the common language of all libraries; nothing is copied.

    Raises
    ------
    SurveyError
        A lazy frame, something that is no frame of pandas, polars or pyarrow, or columns that share a name.
    """
    import narwhals as nw

    try:
        known = nw.from_native(frame)
    except nw.exceptions.DuplicateError:
        raise SurveyError(*shared_names(getattr(frame, "column_names", None) or list(frame.columns))) from None
    except TypeError:
        known = None
    if isinstance(known, nw.LazyFrame):
        remedy = "read it into memory first: collect() in polars, compute() in dask, arrow() in duckdb"
        raise SurveyError(Problem("frame", f"a lazy {_kind(frame)}", "a survey is made of answers in memory", remedy))
    if not isinstance(known, nw.DataFrame) or known.implementation.value not in BACKENDS:
        rule = "a frame is a DataFrame of pandas or polars or a Table of pyarrow"
        raise SurveyError(Problem("frame", f"a {_kind(frame)}", rule, "for plain arrays use Survey.from_arrays"))
    return known


def backend_of(frame: Any) -> str:
    """Return the library of a frame: "pandas", "polars" or "pyarrow"."""
    return str(opened(frame).implementation.value)


def shared_names(names: Sequence[Any]) -> list[Problem]:
    """Return one problem for each name that several columns bear."""
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    rule, remedy = "each column has a name of its own", "rename or drop all but one"
    return [
        Problem(f"column {name}", f"{times} columns of this name", rule, remedy)
        for name, times in counts.items()
        if times > 1
    ]


def build(columns: Mapping[str, Sequence[Any] | AnyArray], backend: str) -> Any:
    """Return a frame of these columns in the library named.

    None is missing. A column that mixes numbers and text becomes text, one that mixes whole and real numbers real.

    Raises
    ------
    BackendError
        A library that is not written.
    MissingExtraError
        A library that is not installed.
    """
    import narwhals as nw

    if backend not in BACKENDS:
        raise BackendError(Problem("backend", repr(backend), f"one of {', '.join(BACKENDS)}"))
    needed(backend, f"pip install {BACKENDS[backend]}")
    cells = {name: _alike(values) for name, values in columns.items()}
    return nw.from_dict(cells, backend=cast("Any", backend)).to_native()


def needed(package: str, remedy: str) -> Any:
    """Return an optional package, imported; where it is not installed, the remedy says how it comes there."""
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtraError(Problem(package, "not installed", "this needs it", remedy)) from error


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

    series = _column(frame, name)
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


def factorised(
    frame: nw.DataFrame[Any], name: str
) -> tuple[np.ndarray[Any, np.dtype[np.int32]], tuple[GroupLabel, ...]]:
    """Return, for one column, each row's position among the sorted labels, and the labels.

    Labels are plain Python values: numbers before text, dates as ISO text, whole floats as int if all are whole, so that
    the same file gives the same labels in every library. Missing rows have the label None, which comes last.

    Raises
    ------
    SurveyError
        There is no such column, or its values cannot name groups (lists, structures).
    """
    positions, values = distinct(_column(frame, name))
    labels = as_labels(name, values)
    present = sorted(
        {label for label in labels if label is not None}, key=lambda label: (isinstance(label, str), label)
    )
    ranks = {label: rank for rank, label in enumerate(present)}
    last = len(present)
    # The additional place at the end is where the position −1 of missing rows leads.
    codes = np.array([*(ranks.get(label, last) for label in labels), last], dtype=np.int32)[positions]
    return codes, (*present, None) if codes.size and codes.max() == last else tuple(present)


def kept(frame: nw.DataFrame[Any], where: Mapping[str, object]) -> nw.DataFrame[Any]:
    """Return the rows in which every column named has the value given; None asks for missing.

    A text is compared with numbers as a number, with truth values as true or false, with dates as ISO text.

    Raises
    ------
    SurveyError
        Columns that there are not, values that no row has, or no row that has all of them together.
    """
    found = [_rows_with(frame, name, value) for name, value in where.items()]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise SurveyError(*problems)
    if not found:
        return frame
    rows = np.flatnonzero(np.logical_and.reduce([each for each in found if not isinstance(each, Problem)]))
    if not rows.size:
        place = " and ".join(f"{name} = {value!r}" for name, value in where.items())
        raise SurveyError(Problem("where", f"no row with {place}", "some row has all these values together"))
    return frame[rows]


def _rows_with(frame: nw.DataFrame[Any], name: str, value: object) -> Bools | Problem:
    if name not in frame.columns:
        return _no_column(frame, name)
    codes, labels = factorised(frame, name)
    wanted = as_labels(name, [value])[0]
    matches = [place for place, label in enumerate(labels) if _same(label, wanted)]
    if matches:
        return np.isin(codes, matches)
    shown = ", ".join(repr(label) for label in labels[:8]) + (", …" if len(labels) > 8 else "")
    return Problem(f"where {name}", repr(value), "a value that some row has", f"the column holds {shown}")


def _same(label: GroupLabel, wanted: GroupLabel) -> bool:
    if label is None or wanted is None:
        return label is wanted
    if isinstance(label, str):
        return label == str(wanted)
    if not isinstance(wanted, str):
        return label == wanted
    try:
        return float(wanted) == label
    except ValueError:
        return str(label).casefold() == wanted.casefold()


def _column(frame: nw.DataFrame[Any], name: str) -> nw.Series[Any]:
    if name not in frame.columns:
        raise SurveyError(_no_column(frame, name))
    return frame.get_column(name)


def _no_column(frame: nw.DataFrame[Any], name: str) -> Problem:
    return Problem("columns", f"no {name!r}", "the frame has no such column", did_you_mean(str(name), frame.columns))


def _kind(value: object) -> str:
    return f"{type(value).__module__.partition('.')[0]} {type(value).__name__}".removeprefix("builtins ")


def _alike(values: Sequence[Any] | AnyArray) -> Sequence[Any] | AnyArray:
    """Return cells of one kind, as typed columns want them."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return values
    kinds = {type(value) for value in values} - {type(None)}
    if any(issubclass(kind, str) for kind in kinds):
        return [value if value is None else str(value) for value in values]
    if len(kinds) < 2 or not all(issubclass(kind, Real | np.bool_) for kind in kinds):
        return list(values)
    common = float if any(issubclass(kind, float | np.floating) for kind in kinds) else int
    return [value if value is None else common(value) for value in values]
