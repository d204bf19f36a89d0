"""`RegressionRows`: what one regression is made of, when it is to be estimated many times over."""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, read_only
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError


def _positions(values: npt.ArrayLike) -> Ints:
    given = np.asarray(values)
    return read_only(given, np.intp) if given.dtype.kind in "iu" or not given.size else read_only(given)


@frozen(eq=False, getstate_setstate=False, repr=False)
class RegressionRows(Holder):
    """Rows of one least-squares regression, and the unit that each belongs to: units are resampled whole.

    Attributes
    ----------
    x
        Columns, shape (n, k), without missing values; the first is all ones where there is an intercept.
    y
        Outcome, shape (n,).
    unit
        Position of the unit of each row, from 0, shape (n,); units without a row here are allowed.
    intercept
        Whether the first column is the intercept. Without one, columns are taken as they are: centred within units by
        the caller, where units have intercepts of their own.
    weights
        Weights of the rows above zero, shape (n,); none for ordinary least squares.
    reliability
        Share of the variance of each column that is not error, above 0 to 1, shape (k,): ``(1 − r_j) s_jj`` is taken
        off the moment of column j. None for no correction.

    Raises
    ------
    ArgumentError
        With everything that does not fit.

    References
    ----------
    Fuller 1987, Measurement Error Models, Wiley, chapter 2 (the correction).
    """

    x: Floats = field(converter=floats)
    y: Floats = field(converter=floats)
    unit: Ints = field(converter=_positions)
    intercept: bool = True
    weights: Floats | None = field(default=None, converter=attrs.converters.optional(floats))
    reliability: Floats | None = field(default=None, converter=attrs.converters.optional(floats))

    def __attrs_post_init__(self) -> None:
        """Check shapes first, then values."""
        problems = _shape_problems(self) or _value_problems(self)
        if problems:
            raise ArgumentError(*problems)

    def __repr__(self) -> str:
        return f"<RegressionRows: {self.y.size} rows, {self.x.shape[1]} columns>"


def _shape_problems(rows: RegressionRows) -> list[Problem]:
    if rows.x.ndim != 2 or not rows.x.size:
        return [Problem("x", f"an array of shape {rows.x.shape}", "the shape is (rows, columns), with one of each")]
    n, k = rows.x.shape
    due = {"y": (rows.y, n), "unit": (rows.unit, n), "weights": (rows.weights, n), "reliability": (rows.reliability, k)}
    return [
        Problem(place, f"shape {given.shape}", f"the shape is ({size},)")
        for place, (given, size) in due.items()
        if given is not None and given.shape != (size,)
    ]


def _value_problems(rows: RegressionRows) -> list[Problem]:
    weights = np.ones(1) if rows.weights is None else rows.weights
    trust = np.ones(1) if rows.reliability is None else rows.reliability
    rules = {
        "x": (np.isfinite(rows.x), "values are finite"),
        "y": (np.isfinite(rows.y), "values are finite"),
        "unit": (rows.unit >= 0, "positions count from 0"),
        "weights": (np.isfinite(weights) & (weights > 0), "weights are finite and above zero"),
        "reliability": ((trust > 0) & (trust <= 1), "a reliability lies above 0, and at most at 1"),
    }
    problems = [
        Problem(place, f"{int((~good).sum())} not so", rule) for place, (good, rule) in rules.items() if not good.all()
    ]
    if rows.unit.dtype.kind not in "iu":
        problems.append(Problem("unit", f"an array of {rows.unit.dtype}", "positions are whole numbers"))
    if rows.intercept and not (rows.x[:, 0] == 1).all():
        rule = "the first column is all ones where there is an intercept"
        problems.append(Problem("x", "another first column", rule, "pass intercept=False"))
    return problems
