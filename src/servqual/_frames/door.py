"""Which frames come in and go out: those of pandas, polars and pyarrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from numbers import Real
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from servqual._arrays import AnyArray
from servqual.errors import BackendError, MissingExtraError, Problem, SurveyError

if TYPE_CHECKING:
    import narwhals as nw

FILES_EXTRA = "pip install 'servqual[files]'"
BACKENDS = {"pandas": "pip install pandas", "polars": "pip install polars", "pyarrow": FILES_EXTRA}


def opened(frame: Any) -> nw.DataFrame[Any]:
    """Return the frame in the common language of all libraries; no values are copied, column names become text.

    Raises
    ------
    SurveyError
        A lazy frame, something that is no frame of pandas, polars or pyarrow, or columns that share a name.
    """
    import narwhals as nw

    try:
        known = nw.from_native(frame)
        if isinstance(known, nw.DataFrame) and not all(isinstance(name, str) for name in known.columns):
            named = known.to_native().copy(deep=False)
            named.columns = [str(name) for name in known.columns]
            known = nw.from_native(named)
    except nw.exceptions.DuplicateError:
        names = getattr(frame, "column_names", None) or list(frame.columns)
        raise SurveyError(*shared_names([str(name) for name in names])) from None
    except TypeError:
        known = None
    if isinstance(known, nw.LazyFrame):
        remedy = "read it into memory first: collect() in polars, compute() in dask, arrow() in duckdb"
        raise SurveyError(Problem("frame", f"a lazy {_kind(frame)}", "a survey is made of answers in memory", remedy))
    if not isinstance(known, nw.DataFrame) or known.implementation.value not in BACKENDS:
        rule = "a frame is a DataFrame of pandas or polars or a Table of pyarrow"
        raise SurveyError(Problem("frame", f"a {_kind(frame)}", rule, _way_in(frame)))
    return known


def _way_in(given: object) -> str:
    """Return how something that is no frame becomes a survey."""
    if isinstance(given, str | PurePath):
        return f"for a file use servqual.read_survey({str(given)!r}, instrument, …)"
    if isinstance(given, Mapping):
        return "make a frame of it: pandas.DataFrame(…)"
    return "for plain arrays use Survey.from_arrays"


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
    needed(backend, BACKENDS[backend])
    cells = {name: _alike(values) for name, values in columns.items()}
    return nw.from_dict(cells, backend=cast("Any", backend)).to_native()


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


def needed(package: str, remedy: str) -> Any:
    """Return an optional package, imported; where it is not installed, the remedy says how it comes there."""
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtraError(Problem(package, "not installed", "this needs it", remedy)) from error


def _kind(value: object) -> str:
    return f"{type(value).__module__.partition('.')[0]} {type(value).__name__}".removeprefix("builtins ")
