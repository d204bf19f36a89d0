"""`matrix_of`: a published matrix of correlations, checked and put in the order of a chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual import _frames
from servqual._arrays import Floats
from servqual.errors import FitError, Problem, SurveyError, did_you_mean

# Entries that differ by less are equal but for rounding in print
ROUNDING = 1e-6
ORDER = "pass names=[…], one for each row, in the order of the matrix"


def matrix_of(given: Any, names: Sequence[str] | None, constructs: Sequence[str]) -> Floats:
    """Return the correlations among some constructs, in their order, shape (constructs, constructs).

    Parameters
    ----------
    given
        An array, with `names`; a mapping of mappings or of pairs of names, in which one of two triangles is enough; or
        a frame whose columns bear the names, rows in the same order, a column of names allowed.
    names
        Names of the rows of an array.
    constructs
        The constructs that are wanted; others are left out.

    Raises
    ------
    FitError
        Everything that is wrong with the names; then with the numbers.
    """
    listed, table = _read(given, names)
    problems = list(_strangers(listed, constructs))
    if problems:
        raise FitError(*problems)
    places = [listed.index(name) for name in constructs]
    matrix = table[np.ix_(places, places)]
    problems = list(_faults(matrix, constructs))
    if problems:
        raise FitError(*problems)
    return np.asarray((matrix + matrix.T) / 2)


def _read(given: Any, names: Sequence[str] | None) -> tuple[list[str], Floats]:
    if isinstance(given, Mapping):
        _refuse_names(names, "a mapping")
        return _from_mapping(given)
    if isinstance(given, np.ndarray | list | tuple):
        return _from_array(given, names)
    _refuse_names(names, "a frame")
    return _from_frame(given)


def _refuse_names(names: Sequence[str] | None, what: str) -> None:
    if names is not None:
        raise FitError(Problem("names", "given", f"{what} of correlations has its names", "leave them out"))


def _from_array(given: npt.ArrayLike, names: Sequence[str] | None) -> tuple[list[str], Floats]:
    table = np.asarray(given)
    if table.dtype.kind not in "iuf" or table.ndim != 2 or table.shape[0] != table.shape[1]:
        found = f"an array of {table.dtype}, shape {table.shape}"
        raise FitError(Problem("R", found, "correlations are a square matrix of numbers"))
    if names is None:
        raise FitError(Problem("names", "none", "an array does not say which row is which", ORDER))
    listed = [str(each) for each in names]
    if len(listed) != len(table) or len(set(listed)) < len(listed):
        found = f"{len(set(listed))} different names for {len(table)} rows"
        raise FitError(Problem("names", found, "every row has a name of its own", ORDER))
    return listed, table.astype(np.float64)


def _from_mapping(given: Mapping[Any, Any]) -> tuple[list[str], Floats]:
    if all(isinstance(key, tuple) and len(key) == 2 for key in given):
        pairs = dict(given)
    else:
        nested = {row: inner for row, inner in given.items() if isinstance(inner, Mapping)}
        if len(nested) < len(given):
            rule = "correlations are told as {one: {other: r}} or {(one, other): r}"
            raise FitError(Problem("R", "a mapping of neither names nor pairs", rule))
        pairs = {(row, column): value for row, inner in nested.items() for column, value in inner.items()}
    listed = list(dict.fromkeys(str(name) for pair in pairs for name in pair))
    table = np.full((len(listed), len(listed)), np.nan)
    for (one, other), value in pairs.items():
        table[listed.index(str(one)), listed.index(str(other))] = value
    np.fill_diagonal(table, np.where(np.isnan(table.diagonal()), 1.0, table.diagonal()))
    return listed, np.where(np.isnan(table), table.T, table)


def _from_frame(given: Any) -> tuple[list[str], Floats]:
    try:
        frame = _frames.opened(given)
    except SurveyError as error:
        rule = "correlations are an array with names, a mapping, or a frame"
        raise FitError(Problem("R", f"a {type(given).__name__}", rule)) from error
    columns = {name: _frames.numbers(frame, name) for name in frame.columns}
    texts = [name for name, values in columns.items() if not _frames.is_numeric(values)]
    listed = [name for name in columns if name not in texts]
    table = np.array([columns[name] for name in listed], dtype=np.float64).T
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        found = f"{len(frame)} rows for {len(listed)} columns of numbers"
        raise FitError(Problem("R", found, "correlations are a square matrix", "leave out rows of means or notes"))
    said = [[str(each) for each in columns[name]] for name in texts]
    order = next((rows for rows in said if sorted(rows) == sorted(listed)), listed)
    places = [order.index(name) for name in listed]
    return listed, table[places]


def _strangers(listed: Sequence[str], constructs: Sequence[str]) -> Iterator[Problem]:
    for name in constructs:
        if name not in listed:
            rule = "every construct of the chain is in the matrix"
            yield Problem(f"construct {name}", "no such row", rule, did_you_mean(name, listed))


def _faults(matrix: Floats, constructs: Sequence[str]) -> Iterator[Problem]:
    found = list(_cells(matrix, constructs))
    yield from found
    if not found:
        least = float(np.linalg.eigvalsh((matrix + matrix.T) / 2)[0])
        if least <= 1e-10:
            remedy = "check the entries; correlations of pairs from different rows, or rounded ones, may contradict"
            yield Problem("R", f"smallest eigenvalue {least:.3g}", "correlations are positive definite", remedy)


def _cells(matrix: Floats, constructs: Sequence[str]) -> Iterator[Problem]:
    """Return each pair that is missing, too large or told twice differently, and each diagonal that is not 1."""
    for row, one in enumerate(constructs):
        if not abs(matrix[row, row] - 1) <= ROUNDING:
            remedy = "of covariances, pass the correlations and sds="
            yield Problem(f"R[{one}, {one}]", f"{matrix[row, row]:g}", "a correlation with itself is 1", remedy)
        for column, other in enumerate(constructs[:row]):
            place, value, twin = f"R[{one}, {other}]", matrix[row, column], matrix[column, row]
            if np.isnan(value) or np.isnan(twin):
                yield Problem(place, "missing", "every pair has its correlation")
            elif not (abs(value) <= 1 and abs(twin) <= 1):
                yield Problem(place, f"{value:g}", "correlations lie in -1..1")
            elif abs(value - twin) > ROUNDING:
                yield Problem(place, f"{value:g}, and {twin:g} the other way round", "correlations are symmetric")
