"""What is checked before a statistic is computed: shapes, missing answers, degrees of confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats, freeze
from servqual.errors import ArgumentError, Problem

__all__ = ["ArgumentError", "check_block", "check_confidence", "origin_of", "sentinel_of", "table_of"]


def table_of(values: npt.ArrayLike, place: str, axes: str) -> AnyArray:
    """Return a numeric array of two axes, as given where it is one already; truth values count as 0 and 1."""
    table = np.asarray(values)
    if table.ndim != 2:
        remedy = "give one column as values[:, None]" if axes.startswith("(rows") else "give one item as codes[None, :]"
        raise ArgumentError(Problem(place, f"an array of shape {table.shape}", f"the shape is {axes}", remedy))
    if table.dtype.kind == "b":
        return table.view(np.uint8)
    if table.dtype.kind not in "iuf":
        raise ArgumentError(Problem(place, f"an array of {table.dtype}", "the values are integers or real numbers"))
    return table


def origin_of(origin: npt.ArrayLike, columns: int) -> Floats:
    """Return the origin of each column, from one number for all or one for each."""
    given = np.asarray(origin, dtype=np.float64)
    if given.shape not in {(), (columns,)} or not np.isfinite(given).all():
        rule = f"the origin is one finite number, or one for each of {columns} columns"
        raise ArgumentError(Problem("origin", f"{np.array2string(given, threshold=6)}", rule))
    return freeze(np.broadcast_to(given, (columns,)).copy())


def sentinel_of(dtype: np.dtype[Any], missing: int | None) -> int | None:
    """Return the integer that stands for a missing answer; None where there can be none."""
    if dtype.kind == "f" and missing is not None:
        rule = "in real numbers a missing answer is NaN"
        raise ArgumentError(Problem("missing", f"{missing} for an array of {dtype}", rule, "replace it by NaN"))
    if dtype.kind != "i":
        return missing
    return int(np.iinfo(dtype).min) if missing is None else missing


def check_block(block: int) -> None:
    """Refuse a block without rows."""
    if block < 1:
        raise ArgumentError(Problem("block", str(block), "a block has at least one row"))


def check_confidence(confidence: float) -> None:
    """Refuse a degree of confidence that is not a share."""
    if not 0 < confidence < 1:
        remedy = f"pass {confidence / 100:g}" if 1 < confidence < 100 else ""
        raise ArgumentError(Problem("confidence", f"{confidence:g}", "it lies strictly between 0 and 1", remedy))
