"""What cannot be weighed: too few respondents, columns that do not vary, drivers that follow from others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.satisfaction.answer_columns import AnswerColumns
from servqual.satisfaction.driving.asking import Ask
from servqual.satisfaction.gathering import Problems
from servqual.statistics.subset_variance import FOLLOWS, pivots

# of the largest value of a column: a spread that is rounding
_STILL = 1e-12


def row_problems(columns: AnswerColumns, predictors: int, rows: int, noun: str = "drivers") -> Problems:
    """Return what is wrong with the complete rows: too few of them, or columns that do not vary there."""
    n, problems = len(columns.values), list[Problem | str]()
    if n <= predictors + 1:
        found = f"{n} respondents who answered everything (of {rows}) for {predictors} {noun}"
        rule, remedy = f"respondents outnumber {noun} by two or more", "take fewer, or columns with fewer gaps"
        problems.append(Problem("drivers", found, rule, remedy))
    if not n:
        return problems
    reach = np.ptp(columns.values, axis=0)
    for name, spread, largest in zip(columns.names, reach, np.abs(columns.values).max(axis=0), strict=True):
        if spread <= _STILL * largest:
            found = f"constant, {columns.values[0, columns.names.index(name)]:g} throughout"
            problems.append(Problem(f"column {name}", found, "what is explained, and what explains, varies"))
    return problems


def matrix_problems(names: Sequence[str], matrix: Floats) -> Problems:
    """Return what is wrong with the matrix: no variance, or drivers that follow from others."""
    problems: Problems = []
    spread = matrix.diagonal()
    still = [name for name, each in zip(names, spread, strict=True) if not each > 0]
    problems += [
        Problem(f"column {name}", "constant", "what is explained, and what explains, varies") for name in still
    ]
    if not np.isfinite(matrix).all():
        problems.append(Problem("matrix", "pairs without a number", "every pair of columns was answered by some"))
    if problems:
        return problems
    sd = np.sqrt(spread)
    left = pivots((matrix / sd / sd[:, None])[None])[:-1, 0]
    problems += [
        Problem(f"column {name}", "it follows from the columns before it", "drivers can be told apart", "leave it out")
        for name, each in zip(names, left, strict=False)
        if not each > FOLLOWS
    ][:1]
    return problems


def weighing_problems(columns: AnswerColumns, names: Sequence[str]) -> Problems:
    """Return what is wrong where columns, the outcome last, are weighed by their shares in its variance."""
    chosen = evolve(columns, names=tuple(names), labels=(), values=columns.columns(names))
    whole = chosen.complete()
    problems = row_problems(whole, len(names) - 1, len(columns.values))
    return problems or matrix_problems(names, np.cov(whole.values.T, aweights=whole.people.weights))


def size_problems(ask: Ask, columns: int, n: float | None) -> Problems:
    """Return what is wrong with the number of respondents of a matrix, where intervals are asked for."""
    if not ask.draws:
        return []
    if n is None:
        remedy = "Covariances(…, n=…), or leave rng= out for no intervals"
        return [Problem("n", "not known", "intervals need the number of respondents", remedy)]
    if n <= columns:
        rule = "respondents outnumber columns"
        return [Problem("n", f"{n:g} respondents for {columns} columns", rule, "leave rng= out for no intervals")]
    return []
