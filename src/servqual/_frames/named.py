"""Numbers and labels by name, from a frame or from a mapping of arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual._frames.columns import numbers as numbers_of
from servqual._frames.door import backend_of, opened
from servqual._frames.labels import as_labels, ranked
from servqual._frames.rows import factorised
from servqual.errors import Problem, ServqualError, did_you_mean

Labels = tuple[Ints, tuple[Any, ...]]


@frozen(eq=False)
class Columns:
    """Numbers of shape (columns, rows), and of each column of labels each row's position and the labels."""

    numbers: Floats
    labels: Mapping[str, Labels]
    backend: str


def named_columns(source: Any, numbers: Sequence[str], labels: Sequence[str], error: type[ServqualError]) -> Columns:
    """Return columns of a frame or a mapping by their names.

    Raises
    ------
    ServqualError
        Of the kind given: columns that are not there, or of unequal length.
    SurveyError
        A column that holds no numbers where numbers are asked for.
    """
    if isinstance(source, Mapping):
        return _of_mapping(source, numbers, labels, error)
    frame = opened(source)
    _check((*numbers, *labels), list(frame.columns), error)
    read = [np.asarray(numbers_of(frame, name), np.float64) for name in numbers]
    table = np.stack(read) if read else np.empty((0, len(frame)))
    return Columns(table, {name: factorised(frame, name) for name in labels}, backend_of(source))


def _check(wanted: Sequence[str], known: Sequence[str], error: type[ServqualError]) -> None:
    absent = [name for name in wanted if name not in known]
    if absent:
        raise error(
            *[Problem("source", f"no {name!r}", "it has this column", did_you_mean(name, known)) for name in absent]
        )


def _of_mapping(
    source: Mapping[str, Any], numbers: Sequence[str], labels: Sequence[str], error: type[ServqualError]
) -> Columns:
    wanted = (*numbers, *labels)
    _check(wanted, list(source), error)
    lengths = {name: len(source[name]) for name in wanted}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise error(Problem("source", found, "columns are of one length"))
    read = [_numbers(name, source[name], error) for name in numbers]
    table = np.stack(read) if read else np.empty((0, next(iter(lengths.values()), 0)))
    return Columns(table, {name: coded(name, np.asarray(source[name])) for name in labels}, "pandas")


def _numbers(name: str, values: Any, error: type[ServqualError]) -> Floats:
    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError):
        found = f"values such as {np.asarray(values).ravel()[:1].tolist()}"
        raise error(Problem(f"column {name!r}", found, "it holds numbers", "missing is nan")) from None


def coded(name: str, values: AnyArray) -> Labels:
    """Return which label each value has, and the labels in order; a missing one is None and comes last."""
    codes, known = ranked(as_labels(name, values.tolist()))
    return codes, (*known, None) if codes.size and codes.max() == len(known) else known
