"""Numbers and labels by name, from a frame or from a mapping of arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual import _frames
from servqual._arrays import Floats, Ints
from servqual._frames.labels import as_labels, ranked
from servqual.errors import Problem, WorthError, did_you_mean

Labels = tuple[Ints, tuple[Any, ...]]


@frozen(eq=False)
class Columns:
    """Numbers of shape (columns, rows), and of each column of labels each row's position and the labels."""

    numbers: Floats
    labels: Mapping[str, Labels]
    backend: str


def columns_of_source(source: Any, numbers: Sequence[str], labels: Sequence[str]) -> Columns:
    """Return columns of a frame or a mapping by their names.

    Raises
    ------
    WorthError
        Columns that a mapping does not have, or of unequal length.
    SurveyError
        Columns that a frame does not have.
    """
    if isinstance(source, Mapping):
        return _of_mapping(source, numbers, labels)
    frame = _frames.opened(source)
    read = np.stack([np.asarray(_frames.numbers(frame, name), np.float64) for name in numbers])
    return Columns(read, {name: _frames.factorised(frame, name) for name in labels}, _frames.backend_of(source))


def _of_mapping(source: Mapping[str, Any], numbers: Sequence[str], labels: Sequence[str]) -> Columns:
    absent = [name for name in (*numbers, *labels) if name not in source]
    problems = [Problem("source", f"no {name!r}", "it has this column", did_you_mean(name, source)) for name in absent]
    lengths = {name: len(source[name]) for name in (*numbers, *labels) if name in source}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        problems.append(Problem("source", found, "columns are of one length"))
    if problems:
        raise WorthError(*problems)
    read = np.stack([np.asarray(source[name], np.float64) for name in numbers])
    told = {}
    for name in labels:
        codes, known = ranked(as_labels(name, np.asarray(source[name]).tolist()))
        told[name] = codes, (*known, None) if codes.size and codes.max() == len(known) else known
    return Columns(read, told, "pandas")
