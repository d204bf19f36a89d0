"""Sums over pairs of columns, one matrix product a block."""

from __future__ import annotations

import numpy as np

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual.statistics._whole_products import EXACT, WholeProducts, product

NAMES = ("n", "weight", "sum1", "square", "sum2")


def pair_sums(
    columns: AnyArray, origin: Floats, weights: Floats | None, missing: int | None, block: int
) -> tuple[dict[str, Floats], bool]:
    """Return the sums over pairs of columns, shape (m, rows), by name, and whether no answer is missing."""
    m, rows = columns.shape
    sums: dict[str, Floats] = {name: np.zeros((m, m)) for name in NAMES}
    complete = True
    whole = WholeProducts(columns, origin, missing, min(block, rows)) if weights is None and rows else None
    for start in range(0, rows, block):
        part = slice(start, start + block)
        if whole is not None and whole.add(columns[:, part]):
            continue
        values, answered = _split(columns[:, part], missing)
        gaps = np.zeros(0, dtype=np.intp) if answered is None else np.flatnonzero(~answered.all(axis=1))
        complete = complete and not gaps.size
        stack = _stack(values, answered, gaps, origin, exact=weights is None)
        _add_products(sums, stack, gaps, None if weights is None else weights[part])
    if whole is not None:
        whole.pour(sums)
    return sums, complete


def _split(part: AnyArray, missing: int | None) -> tuple[AnyArray, Bools | None]:
    """Return the values with 0 for what is missing, and which ones were answered; None where all were."""
    if part.dtype.kind == "f":
        absent = np.isnan(part)
        return (np.where(absent, 0, part), ~absent) if absent.any() else (part, None)
    answered = part != missing
    if missing is None or answered.all():
        return part, None
    return part * answered.view(np.int8), answered


def _stack(values: AnyArray, answered: Bools | None, gaps: Ints, origin: Floats, *, exact: bool) -> Floats:
    """Return one matrix: the deviations, a row of ones, and who answered for each column that has gaps.

    float32 where every sum of products is a whole number that it holds exactly, whatever the order of adding.
    """
    m, rows = values.shape
    small = exact and values.dtype.kind != "f" and _largest(values, origin) ** 2 * rows < EXACT
    stack = np.empty((m + 1 + gaps.size, rows), dtype=np.float32 if small else np.float64)
    stack[:m] = values
    stack[m] = 1
    if answered is not None:
        stack[m + 1 :] = answered[gaps]
    if origin.any():
        stack[:m] -= origin[:, None].astype(stack.dtype)
        stack[gaps] *= stack[m + 1 :]
    return stack


def _largest(values: AnyArray, origin: Floats) -> float:
    if not values.size or (np.rint(origin) != origin).any():
        return float("inf")
    return max(float(values.max()), -float(values.min())) + float(np.abs(origin).max())


def _add_products(sums: dict[str, Floats], stack: Floats, gaps: Ints, weights: Floats | None) -> None:
    m = stack.shape[0] - 1 - gaps.size
    # where each column's row of answers is found: the row of ones serves all columns without gaps
    answers = np.full(m, m)
    answers[gaps] = m + 1 + np.arange(gaps.size)
    pairs = np.ix_(answers, answers)
    with np.errstate(invalid="ignore", over="ignore"):
        weighted = stack if weights is None else stack * weights
        products = product(weighted, stack)
        squares = np.empty((m, m))
        squares[:] = products.diagonal()[:m, None]
        if gaps.size:
            squares[:, gaps] = product(stack[:m] * weighted[:m], stack[m + 1 :])
    sums["sum2"] += products[:m, :m]
    sums["sum1"] += products[:m][:, answers]
    sums["square"] += squares
    sums["weight"] += products[pairs]
    if weights is None:
        sums["n"] += products[pairs]
    else:
        both = stack[m:] * (weights > 0)
        sums["n"] += product(both, stack[m:])[np.ix_(answers - m, answers - m)]
