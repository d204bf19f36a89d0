"""Labels of clusters: integers or texts, sorted, each once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Ints, read_only
from servqual.errors import MergeError, Problem
from servqual.statistics._arguments import ArgumentError


def labels_of(values: npt.ArrayLike) -> AnyArray:
    """Return labels as a read-only array of int64 or of texts; anything else, and a mixture, is refused."""
    given = np.asarray(values)
    if given.size == 0 or given.dtype.kind in "iu":
        return read_only(given, np.int64)
    if given.dtype.kind == "O":
        kinds = {type(each) for each in given.flat}
        if all(issubclass(kind, str) for kind in kinds):
            return read_only(given.astype(str))
        if all(issubclass(kind, int | np.integer) and kind is not bool for kind in kinds):
            return read_only(given.astype(np.int64))
    if given.dtype.kind == "T":
        return read_only(given.astype(str))
    if given.dtype.kind != "U":
        found = f"labels of {given.dtype}, such as {given.flat[0]!r}"
        rule = "clusters are named by integers or by texts, the same for all, and every row has one"
        raise ArgumentError(Problem("labels", found, rule, "leave out rows without a cluster"))
    return read_only(given)


def coded_labels(labels: npt.ArrayLike, names: npt.ArrayLike | None, rows: int) -> tuple[AnyArray, Ints]:
    """Return the sorted labels, and for each row the position of its own; ``labels`` are positions in ``names``."""
    given = labels_of(labels)
    if given.shape != (rows,):
        raise ArgumentError(Problem("labels", f"shape {given.shape} for {rows} rows", "every row has one label"))
    if names is None:
        found, codes = np.unique(given, return_inverse=True)
        return found, codes
    known, places = np.unique(labels_of(names), return_inverse=True)
    problems = []
    if known.size != places.size:
        problems.append(Problem("names", f"{places.size - known.size} twice", "every cluster has a name of its own"))
    if given.size and (given.dtype.kind != "i" or given.min() < 0 or given.max() >= places.size):
        problems.append(Problem("labels", "some outside the names", f"positions are 0 to {places.size - 1}"))
    if problems:
        raise ArgumentError(*problems)
    return known, places[given]


def union(mine: AnyArray, theirs: AnyArray) -> tuple[AnyArray, Ints]:
    """Return the sorted labels of both, and where each of mine, then of theirs, stands among them."""
    if mine.size and theirs.size and mine.dtype.kind != theirs.dtype.kind:
        found = f"{mine.flat[0]!r} against {theirs.flat[0]!r}"
        raise MergeError(Problem("labels", found, "clusters are named by integers, or by texts, in all parts"))
    both = [each for each in (mine, theirs) if each.size] or [mine]
    labels, places = np.unique(np.concatenate(both), return_inverse=True)
    return labels, places
