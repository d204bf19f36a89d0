"""Discrete distributions: values, and how many answers had each of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, arrays, whole

_REMEDY = "ranks have no rule for sampling weights; count answers, or use frequencies"


def values_of(values: npt.ArrayLike) -> Floats:
    """Return the values of a distribution, finite and increasing, shape (k,)."""
    (points,) = arrays(values=(values, FINITE))
    if points.ndim != 1 or not (np.diff(points) > 0).all() or np.isnan(points).any():
        found = np.array2string(points, threshold=6)
        raise ArgumentError(Problem("values", found, "values are given in one row, each once, increasing"))
    return points


def counts_of(place: str, counts: npt.ArrayLike, k: int, remedy: str = _REMEDY) -> Floats:
    """Return how many answers had each of ``k`` values, whole numbers, shape (…, k)."""
    given = whole(place, counts, remedy)
    if not given.ndim or given.shape[-1] != k:
        rule = f"the last axis has a count for each of {k} values"
        raise ArgumentError(Problem(place, f"shape {given.shape}", rule))
    return given


def same_shape(first: Floats, second: Floats) -> None:
    """Refuse two sets of distributions of different shapes."""
    if first.shape != second.shape:
        found = f"shape {second.shape} against {first.shape}"
        raise ArgumentError(Problem("counts2", found, "both samples have counts of the same shape"))


def tie_term(sizes: Floats) -> Floats:
    """Return ``Σ (t³ − t)`` over the last axis: what ties take from a variance of ranks."""
    return np.asarray((sizes**3 - sizes).sum(axis=-1))


def midranks(sizes: Floats) -> Floats:
    """Return the mean rank within each group of ties of these sizes, the groups in increasing order."""
    return np.cumsum(sizes, axis=-1) - (sizes - 1) / 2
