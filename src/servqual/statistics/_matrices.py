"""Covariance and correlation matrices as arguments: what is refused, and what merely has no answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.inapplicable import Inapplicable

_ROUNDING = 1e-8
_NOTHING = 1e-14


def covariance_of(matrix: npt.ArrayLike, place: str = "covariance") -> Floats:
    """Return a symmetric matrix without negative variances; entries that could not be computed are NaN."""
    table = _square(matrix, place)
    if not _symmetric(table):
        raise ArgumentError(Problem(place, "not symmetric", "the entry (i, j) is that of (j, i)"))
    spread = table.diagonal()
    if np.any(spread < 0):
        found = f"{np.nanmin(spread):g} at position {int(np.nanargmin(spread))}"
        raise ArgumentError(Problem(place, found, "variances, on the diagonal, are zero or more"))
    return table


def correlation_of(matrix: npt.ArrayLike, place: str = "correlation") -> Floats:
    """Return a symmetric matrix with ones on its diagonal; entries that could not be computed are NaN."""
    table = covariance_of(matrix, place)
    ones = table.diagonal()
    if np.any(np.abs(ones[~np.isnan(ones)] - 1) > _ROUNDING):
        remedy = "divide each covariance by both standard deviations"
        raise ArgumentError(Problem(place, "other numbers than 1 on the diagonal", "it holds correlations", remedy))
    if np.any(np.abs(table) > 1 + _ROUNDING):
        raise ArgumentError(Problem(place, f"{np.nanmax(np.abs(table)):g}", "correlations lie between −1 and 1"))
    return table


def unfit(table: Floats, least: int = 2) -> Inapplicable | None:
    """Return why no statistic of several items exists: too few items, items that do not vary, pairs without answers."""
    if len(table) < least:
        return Inapplicable(f"at least {least} items are needed, and there {_are(len(table))}")
    spread = table.diagonal()
    with np.errstate(invalid="ignore"):
        still = np.flatnonzero(np.isnan(spread) | (spread <= _NOTHING * np.nanmax(spread, initial=0.0)))
    if still.size:
        return Inapplicable("these items do not vary, or have too few answers", still.tolist())
    if np.isnan(table).any():
        lacking = np.flatnonzero(np.isnan(table).any(axis=1))
        return Inapplicable("too few answered both of some pairs of these items", lacking.tolist())
    return None


def correlations_from(covariance: Floats) -> Floats:
    """Return the correlations of a covariance matrix whose variances are above zero."""
    sd = np.sqrt(covariance.diagonal())
    table = covariance / np.outer(sd, sd)
    np.fill_diagonal(table, 1.0)
    return table


def inverse_of(table: Floats) -> Floats | Inapplicable:
    """Return the inverse of a positive definite matrix of correlations, or that there is none."""
    roots, vectors = np.linalg.eigh(table)
    if roots[0] < -_ROUNDING:
        return Inapplicable(
            "the correlations are not positive definite, as may happen when each pair has its own respondents"
        )
    if roots[0] <= 1e-12 * roots[-1]:
        return Inapplicable("the correlations are singular: an item is a sum of others, or respondents are fewer")
    return (vectors / roots) @ vectors.T


def blocks_of(blocks: Sequence[Sequence[int]], items: int, *, every: bool) -> tuple[Ints, ...]:
    """Return the positions of each block's items; no item stands in two blocks, and if `every`, each stands in one."""
    parts = tuple(np.asarray(block, dtype=np.intp).reshape(-1) for block in blocks)
    placed = np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)
    problems = []
    if not parts or any(part.size == 0 for part in parts):
        problems.append(Problem("blocks", "none, or one without items", "each block has at least one item"))
    if np.any((placed < 0) | (placed >= items)):
        problems.append(Problem("blocks", f"positions outside 0 to {items - 1}", "they are positions in the matrix"))
    if np.unique(placed).size < placed.size:
        problems.append(Problem("blocks", "an item in two places", "each item stands in one block, once"))
    if every and not problems and placed.size < items:
        left = ", ".join(map(str, np.setdiff1d(np.arange(items), placed)))
        remedy = "take the rows and columns of the matrix that the blocks name"
        problems.append(Problem("blocks", f"nothing at position {left}", "every item stands in a block", remedy))
    if problems:
        raise ArgumentError(*problems)
    return parts


def respondents_of(n: float) -> float:
    """Return a number of respondents; it may be an effective one, with a fraction."""
    if not np.isfinite(n) or n < 0:
        raise ArgumentError(Problem("n", f"{n:g}", "the number of respondents is finite and not negative"))
    return float(n)


def _square(matrix: npt.ArrayLike, place: str) -> Floats:
    table = np.asarray(matrix)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or table.size == 0:
        raise ArgumentError(Problem(place, f"an array of shape {table.shape}", "the shape is (items, items)"))
    if table.dtype.kind not in "iuf":
        raise ArgumentError(Problem(place, f"an array of {table.dtype}", "the values are real numbers"))
    table = table.astype(np.float64)
    if np.isinf(table).any():
        raise ArgumentError(Problem(place, "an infinity", "the values are finite, or NaN where there is none"))
    return table


def _symmetric(table: AnyArray) -> bool:
    scale = np.nanmax(np.abs(table), initial=0.0)
    return np.allclose(table, table.T, rtol=_ROUNDING, atol=_ROUNDING * scale, equal_nan=True)


def _are(count: int) -> str:
    return "is one" if count == 1 else f"are {count}"
