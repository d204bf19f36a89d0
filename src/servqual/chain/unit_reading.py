"""Frames and arrays to rows of units: what is named is looked up, checked, and sorted by unit and period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray
from servqual._frames import factorised, is_numeric, numbers, opened
from servqual._frames.labels import as_labels, ranked
from servqual.chain.given_rows import CODE_IT, GIVE_WEIGHTS, WEIGHTS, Given, Labelled, Problems
from servqual.chain.unit_checks import first_of, name_problems
from servqual.errors import Problem, SurveyError, UnitError

if TYPE_CHECKING:
    import narwhals as nw

T = TypeVar("T")

ARRAYS = "make a frame of it, as with pandas.DataFrame(…); arrays of units may go to UnitTable.from_arrays"


# How the callers of `from_library` name its arguments
UNIT_WORDS = {"unit": "unit", "columns": "columns"}


def from_library(
    frame: Any,
    unit: str,
    period: str | None,
    columns: Sequence[str] | None,
    clusters: Sequence[str],
    *,
    weights: str | None = None,
    words: Mapping[str, str] = UNIT_WORDS,
) -> Given:
    """Return what a frame of pandas, polars or pyarrow holds.

    A column of ``weights`` is read beside the columns; ``words`` are the arguments that the caller was given ``unit``
    and ``columns`` as.

    Raises
    ------
    UnitError
        What is no frame.
    """
    known = _open(frame)
    ones = {words["unit"]: unit, "period": period, "weights": weights}
    sole = {place: [name] for place, name in ones.items() if name is not None}
    _texts_only({**sole, words["columns"]: columns or (), "clusters": clusters})
    keys = (unit, *clusters) if period is None else (unit, period, *clusters)
    wanted = [name for name in known.columns if name not in keys] if columns is None else list(columns)
    wanted += [each for each in (weights,) if each is not None and each not in wanted]
    problems: Problems = [*name_problems(wanted, clusters, unit, period)]
    labels = _there({name: _attempt(problems, factorised, known, name) for name in dict.fromkeys(keys)})
    held = _there({name: _attempt(problems, numbers, known, name) for name in dict.fromkeys(wanted)})
    text = tuple(name for name, values in held.items() if not is_numeric(values))
    if columns is not None:
        problems += [no_numbers(name, held[name], weights=name not in columns) for name in text]
    return Given(
        unit,
        period,
        labels.get(unit),
        None if period is None else labels.get(period),
        {name: labels[name] for name in clusters if name in labels},
        {name: values.astype(np.float64) for name, values in held.items() if name not in text},
        problems,
        refused=() if columns is None else text,
        left_out=text if columns is None else (),
        backend=str(known.implementation.value),
    )


def _texts_only(names: Mapping[str, Sequence[object]]) -> None:
    problems = [
        Problem(
            place,
            f"{name!r}, of type {type(name).__name__}",
            "a column is named by a text",
            "columns are named one by one",
        )
        for place, given in names.items()
        for name in given
        if not isinstance(name, str)
    ]
    if problems:
        raise UnitError(*problems)


def _there(found: Mapping[str, T | None]) -> dict[str, T]:
    return {name: value for name, value in found.items() if value is not None}


def _open(frame: Any) -> nw.DataFrame[Any]:
    rule = "units come from a DataFrame of pandas or polars or a Table of pyarrow"
    if isinstance(frame, str | PurePath):
        remedy = "read the file first, as with pandas.read_csv"
        raise UnitError(Problem("frame", f"the path {str(frame)!r}", rule, remedy))
    problems: Problems = []
    known = _attempt(problems, opened, frame)
    if known is None:
        raise UnitError(*(_of_units(each) for each in problems))
    return known


def _of_units(problem: Problem | str) -> Problem | str:
    """Return a problem of a survey's frame in words that suit frames of units and of people."""
    if isinstance(problem, str):
        return problem
    rule = problem.rule.replace("a survey is made of answers in memory", "a frame is read from memory")
    return evolve(problem, rule=rule, remedy=problem.remedy.replace("for plain arrays use Survey.from_arrays", ARRAYS))


def _attempt(problems: Problems, read: Callable[..., T], *given: Any) -> T | None:
    """Return what is read, or None with what is wrong added to the problems."""
    try:
        return read(*given)
    except SurveyError as error:
        problems.extend(error.problems)
        return None


def from_sequences(
    unit: Any,
    columns: Mapping[str, Any],
    period: Any,
    clusters: Mapping[str, Any],
    named: tuple[str, str | None],
) -> Given:
    """Return what arrays or lists hold, one value a row."""
    unit_column, period_column = named
    problems: Problems = list(name_problems(list(columns), list(clusters), unit_column, period_column))
    lengths = {unit_column: _length(unit)} | {name: _length(values) for name, values in clusters.items()}
    if period_column is not None:
        lengths[period_column] = _length(period)
    lengths |= {name: _length(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1 or isinstance(lengths[unit_column], str):
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise UnitError(*problems, Problem("rows", f"lengths {found}", "arrays have one value a row, shape (rows,)"))
    units = _attempt(problems, _labelled, unit_column, unit)
    time = None if period_column is None else _attempt(problems, _labelled, period_column, period)
    grouped = _there({name: _attempt(problems, _labelled, name, values) for name, values in clusters.items()})
    held = {name: np.asarray(values) for name, values in columns.items()}
    text = [name for name, values in held.items() if not holds_numbers(values)]
    problems += [no_numbers(name, held[name]) for name in text]
    kept = {name: values.astype(np.float64) for name, values in held.items() if name not in text}
    return Given(unit_column, period_column, units, time, grouped, kept, problems, tuple(text))


def _length(values: Any) -> int | str:
    shape = np.shape(values) if hasattr(values, "shape") else np.asarray(values, dtype=object).shape
    return shape[0] if len(shape) == 1 else f"shape {shape}"


def _labelled(name: str, values: Any) -> Labelled:
    array = np.asarray(values) if hasattr(values, "dtype") else None
    if array is not None and array.dtype.kind == "M":
        # Python has no moments finer than microseconds
        array = array.astype("datetime64[us]")
    labels = as_labels(name, list(values) if array is None else array.tolist())
    codes, known = ranked(labels)
    return codes, (*known, None) if codes.size and codes.max() == len(known) else known


def holds_numbers(values: AnyArray) -> bool:
    """Return whether values are numbers, some of which may be None."""
    if values.dtype.kind == "O":
        return all(each is None or isinstance(each, Real | Decimal) for each in values.tolist())
    return values.dtype.kind in "biuf"


def no_numbers(name: str, values: AnyArray, *, weights: bool = False) -> Problem:
    """Return what is wrong with a construct, or with weights, that hold other things than numbers."""
    others = [each for each in values.tolist() if each is not None and not isinstance(each, Real)]
    texts = dict.fromkeys(f"{each!r:.40}" for each in others)
    shown = first_of(texts, len(texts))
    rule, remedy = (WEIGHTS, GIVE_WEIGHTS) if weights else ("a construct is a column of numbers", CODE_IT)
    return Problem(f"{'weights' if weights else 'column'} {name}", f"no numbers but {shown}", rule, remedy)
