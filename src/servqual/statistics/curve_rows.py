"""The rows that a curve is fitted on: pairs without gaps, with weights and groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import coded_labels


@frozen(eq=False)
class CurveRows:
    """Checked pairs: x, y and weights of shape (n,), and the group of each row as a number from 0, or None."""

    x: Floats
    y: Floats
    weights: Floats
    groups: Ints | None

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest x."""
        return float(self.x.min()), float(self.x.max())


def curve_rows(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    groups: npt.ArrayLike | None = None,
    *,
    weighing: str = "weights",
) -> CurveRows:
    """Return the checked rows of a curve.

    Raises
    ------
    ArgumentError
        With all that is wrong: no numbers, shapes that do not fit, missing or infinite values, weights that are not
        above zero, x of one value, fewer than two groups.
    """
    problems: list[Problem] = []
    found = {"x": _row("x", x, problems), "y": _row("y", y, problems)}
    if weights is not None:
        found[weighing] = _row(weighing, weights, problems)
    sizes = {each.size for each in found.values()}
    if not problems and len(sizes) > 1:
        shown = ", ".join(f"{each.size} of {place}" for place, each in found.items())
        problems.append(Problem("rows", shown, "every row has one of each"))
    if weights is not None and not (found[weighing] > 0).all() and not problems:
        problems.append(Problem(weighing, f"{found[weighing].min():g}", f"{weighing} are above zero"))
    if not problems and np.unique(found["x"]).size < 2:
        size = np.unique(found["x"]).size
        problems.append(
            Problem("x", f"{size} value in {found['x'].size} rows", "a curve needs two values of x or more")
        )
    if problems:
        raise ArgumentError(*problems)
    rows = found["x"].size
    heavy = np.ones(rows) if weights is None else found[weighing]
    return CurveRows(found["x"], found["y"], heavy, None if groups is None else _groups(groups, rows))


def _row(place: str, values: npt.ArrayLike, problems: list[Problem]) -> Floats:
    given = np.asarray(values)
    if given.dtype.kind not in "biuf" or given.ndim != 1:
        found = f"an array of {given.dtype}, shape {given.shape}"
        problems.append(Problem(place, found, "it is an array of numbers of one axis"))
        return np.zeros(0)
    row = given.astype(np.float64)
    if not np.isfinite(row).all():
        rows = np.flatnonzero(~np.isfinite(row))
        found = f"missing or infinite values in {rows.size} rows, first in row {rows[0]}"
        problems.append(Problem(place, found, "values are finite", "leave out rows that are not complete"))
    return row


def _groups(groups: npt.ArrayLike, rows: int) -> Ints:
    labels, codes = coded_labels(groups, None, rows)
    if labels.size < 2:
        raise ArgumentError(Problem("groups", f"{labels.size} group", "rows within groups need two groups or more"))
    return codes
