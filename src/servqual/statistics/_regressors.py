"""What a regression takes: rows without gaps, columns that do not follow from each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import coded_labels


@frozen(eq=False)
class Design:
    """The checked arrays of one regression: y (n,), x (n, k), names (k), weights (n,) or None."""

    y: Floats
    x: Floats
    names: tuple[str, ...]
    weights: Floats | None

    def codes_of(self, groups: Any) -> Ints:
        """Return the group of each row as a number from 0; refuse fewer than two groups."""
        labels, codes = coded_labels(groups, None, self.y.size)
        if labels.size < 2:
            raise ArgumentError(Problem("groups", f"{labels.size} group", "clustered errors need two groups or more"))
        return codes


def checked_design(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], weights: npt.ArrayLike | None, *, intercept: bool
) -> Design:
    """Return the arrays of a regression, with the column of ones if wanted.

    Raises
    ------
    ArgumentError
        With everything that is wrong with their shapes; if shapes fit, with what is wrong with their values.
    """
    titles = tuple(names) if not isinstance(names, str) else (names,)
    outcome, table = _numbers("y", y, 1), _numbers("x", x, 2)
    factors = None if weights is None else _numbers("weights", weights, 1)
    _refuse_shapes(outcome, table, titles, factors)
    _refuse_values(outcome, table, factors)
    if intercept:
        titles, table = ("intercept", *titles), np.column_stack([np.ones(outcome.size), table])
    if len(set(titles)) < len(titles):
        raise ArgumentError(Problem("names", ", ".join(titles), "every coefficient has a name of its own"))
    _refuse_rank(table)
    return Design(outcome, table, titles, factors)


def _numbers(place: str, values: npt.ArrayLike, axes: int) -> Floats:
    given = np.asarray(values)
    if given.dtype.kind not in "biuf" or given.ndim != axes:
        rule = "it is an array of numbers of one axis" if axes == 1 else "it is an array of numbers, (rows, columns)"
        raise ArgumentError(Problem(place, f"an array of {given.dtype}, shape {given.shape}", rule))
    return given.astype(np.float64)


def _refuse_shapes(y: Floats, x: Floats, names: tuple[str, ...], weights: Floats | None) -> None:
    problems = []
    if x.shape[0] != y.size:
        problems.append(Problem("x", f"{x.shape[0]} rows for {y.size} of y", "every row has its y"))
    if len(names) != x.shape[1]:
        problems.append(Problem("names", f"{len(names)} names for {x.shape[1]} columns", "every column has a name"))
    if weights is not None and weights.size != y.size:
        problems.append(Problem("weights", f"{weights.size} weights for {y.size} rows", "every row has one weight"))
    if problems:
        raise ArgumentError(*problems)


def _refuse_values(y: Floats, x: Floats, weights: Floats | None) -> None:
    problems = []
    for place, values in (("y", y), ("x", x)):
        if not np.isfinite(values).all():
            rows = np.unique(np.argwhere(~np.isfinite(values))[:, 0])
            found = f"missing or infinite values in {rows.size} rows, first in row {rows[0]}"
            problems.append(Problem(place, found, "values are finite", "leave out rows that are not complete"))
    if weights is not None and not (np.isfinite(weights) & (weights > 0)).all():
        rule = "weights are finite and above zero"
        problems.append(Problem("weights", "some are not", rule, "leave out rows that should not count"))
    if problems:
        raise ArgumentError(*problems)


def _refuse_rank(x: Floats) -> None:
    rows, columns = x.shape
    if rows <= columns or not columns:
        found = f"{rows} rows for {columns} coefficients"
        raise ArgumentError(Problem("x", found, "there is a coefficient, and there are more rows than coefficients"))
    # columns of one length, so that units of measurement do not decide what counts as zero
    length = np.sqrt((x**2).sum(axis=0))
    rank = int(np.linalg.matrix_rank(x / np.where(length > 0, length, 1.0)))
    if rank < columns:
        remedy = "leave out columns that are constant, or sums of others"
        raise ArgumentError(Problem("x", f"rank {rank} of {columns}", "no column follows from the others", remedy))
