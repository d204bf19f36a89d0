"""The piecewise linear curve: another slope between each two knots, by least squares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, Holder, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._plain import plain
from servqual.statistics.comparison import t_test
from servqual.statistics.curve_rows import curve_rows
from servqual.statistics.curves import Steepness, checked_top, delta_steepness
from servqual.statistics.intervals import student_interval
from servqual.statistics.models import Covariance, Regression, ols
from servqual.statistics.outcomes import MeanTest
from servqual.statistics.resample_counts import check_draws

Knots = Sequence[float] | Mapping[str, float]


@frozen(eq=False, getstate_setstate=False, repr=False)
class PiecewiseCurve(Holder):
    """A fitted piecewise linear curve as numbers.

    Attributes
    ----------
    knots
        Where the slope changes: name → x, in order of x.
    regression
        The regression: ``"intercept"`` (the first segment carried to x = 0) and the slope of each segment.
    bounds
        Smallest and largest x that the curve was fitted on.
    """

    knots: tuple[tuple[str, float], ...]
    regression: Regression
    bounds: tuple[float, float]

    @property
    def slopes(self) -> Floats:
        """Slope of each segment from low to high, in units of y per unit of x."""
        return freeze(self.regression.coefficients[1:].copy())

    @property
    def segments(self) -> tuple[str, ...]:
        """What each segment is called."""
        return self.regression.names[1:]

    def at(self, x: npt.ArrayLike) -> Floats:
        """Value of the curve; outside of its range the outer segments go on."""
        return freeze(np.asarray(self._rows(x) @ self.regression.coefficients))

    def interval(self, x: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Student's interval of the curve at each ``x`` alone: low and high.

        Raises
        ------
        ArgumentError
            If the confidence does not lie between 0 and 1.
        """
        rows = self._rows(x)
        se = np.sqrt(np.clip(np.einsum("...i,ij,...j->...", rows, self.regression.covariance, rows), 0, None))
        low, high = student_interval(rows @ self.regression.coefficients, se, self.regression.df_test, confidence)
        return freeze(np.asarray(low)), freeze(np.asarray(high))

    def draws_at(self, x: npt.ArrayLike, draws: int, rng: int | np.random.Generator) -> Floats:
        """Values of curves whose coefficients are drawn from their normal distribution, shape (draws, …)."""
        check_draws(draws, rng, least=1)
        normal = np.random.default_rng(rng).multivariate_normal
        fitted = self.regression
        drawn = normal(fitted.coefficients, fitted.covariance, draws, method="eigh")
        return freeze(np.moveaxis(self._rows(x) @ drawn.T, -1, 0))

    def bends(self) -> MeanTest:
        """Test of each knot, shape (knots,): the slope above it less the slope below it, by Student's t."""
        fitted = self.regression
        size = len(fitted.names)
        apart = np.eye(size)[2:] - np.eye(size)[1:-1]
        se = np.sqrt(np.clip(np.einsum("ki,ij,kj->k", apart, fitted.covariance, apart), 0, None))
        null = "the slope is the same on both sides of the knot"
        method = f"t test of regression, {fitted.estimator} covariance"
        return t_test(apart @ fitted.coefficients, se, fitted.df_test, null=null, method=method)

    def steepness(self, top: float | None = None, confidence: float = 0.95) -> Steepness:
        """How steep the curve is from ``top`` upwards (the last knot by default), against its mean slope.

        Intervals by the delta method.

        Raises
        ------
        ArgumentError
            If ``top`` is not inside the range of x, or the confidence does not lie between 0 and 1.
        """
        start = checked_top(self.knots[-1][1] if top is None else top, self.bounds)
        low, high = self.bounds
        below = self._rows([start, low])
        slopes = (self._rows([high]) - below) / (high - np.array([start, low]))[:, None]
        fitted = self.regression
        found, spread = slopes @ fitted.coefficients, slopes @ fitted.covariance @ slopes.T
        return delta_steepness(found, spread, fitted.df_test, start, self.bounds, confidence)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        fitted = self.regression
        numbers = {"coefficients": plain(fitted.coefficients), "covariance": plain(fitted.covariance)}
        about = {"n": fitted.n, "r2": plain(np.array(fitted.r2)), "df": plain(np.array(fitted.df_test))}
        words = {"names": list(fitted.names), "estimator": str(fitted.estimator), "bounds": list(self.bounds)}
        return {"curve": "piecewise", "knots": dict(self.knots), **words, **numbers, **about}

    def __repr__(self) -> str:
        slopes = ", ".join(f"{name} {slope:.3f}" for name, slope in zip(self.segments, self.slopes, strict=True))
        return f"<PiecewiseCurve: slope {slopes}; n {self.regression.n}, R² {self.regression.r2:.3f}>"

    def _rows(self, x: npt.ArrayLike) -> Floats:
        columns = segment_columns(x, [place for _, place in self.knots])
        return np.concatenate([np.ones((*columns.shape[:-1], 1)), columns], axis=-1)


def segment_columns(x: npt.ArrayLike, knots: Sequence[float]) -> Floats:
    """Columns whose coefficients are the slopes between knots.

    ``min(x, k₁)``, ``clip(x − k₁, 0, k₂ − k₁)``, …, ``max(x − kₖ, 0)``.

    Parameters
    ----------
    x
        Any shape; NaN stays NaN.
    knots
        Increasing, k of them.

    Returns
    -------
    Floats
        Shape (…, k + 1).
    """
    ends = np.array([-np.inf, *knots, np.inf])
    starts = np.array([0.0, *knots])
    given = np.asarray(x, dtype=np.float64)[..., None]
    return np.asarray(np.clip(given, ends[:-1], ends[1:]) - starts)


def piecewise_curve(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    knots: Knots,
    weights: npt.ArrayLike | None = None,
    covariance: Covariance = Covariance.NONROBUST,
    groups: npt.ArrayLike | None = None,
) -> PiecewiseCurve:
    """Piecewise linear regression of loyalty on satisfaction, continuous, with a slope of its own between knots.

    ``y = b₀ + Σⱼ sⱼ zⱼ(x) + e``, in which ``zⱼ`` is how much of x lies in segment j. With one knot, gains above and
    losses below it have slopes of their own.

    Parameters
    ----------
    x, y
        Satisfaction and loyalty, shape (n,), without missing values.
    knots
        Where the slope may change, chosen beforehand: values of x, or names → values, which then name the segments.
    weights
        Shape (n,), above zero: inversely proportional to the variances of the errors.
    covariance
        See `Covariance`.
    groups
        Group of each row, for ``Covariance.CLUSTER`` and only for it.

    Returns
    -------
    PiecewiseCurve
        With k + 1 slopes for k knots.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, y does not vary, knots are none, outside the range of x or named
        twice, a segment has no values of x of its own, or rows do not outnumber the coefficients.

    References
    ----------
    Anderson & Mittal 2000, Journal of Service Research 3(2):107-120; Mittal, Ross & Baldasare 1998, Journal of
    Marketing 62(1):33-47; Seber & Wild 1989, Nonlinear Regression, Wiley, chapter 9.

    Examples
    --------
    >>> curve = piecewise_curve([1, 2, 3, 4, 5, 5], [1.0, 1.1, 1.4, 1.6, 2.9, 3.1], knots={"satisfied": 4})
    >>> curve
    <PiecewiseCurve: slope below satisfied 0.210, above satisfied 1.410; n 6, R² 0.994>
    >>> curve.steepness()
    <Steepness above 4: 2.765 of the mean slope (2.075 to 3.455), by delta>
    """
    rows = curve_rows(x, y, weights)
    named = _knots(knots, rows.bounds)
    if rows.y.min() == rows.y.max():
        raise ArgumentError(Problem("y", f"{rows.y[0]:g} in all rows", "a regression explains what varies"))
    columns = segment_columns(rows.x, [place for _, place in named])
    _refuse_empty(np.unique(rows.x), named)
    heavy = None if weights is None else rows.weights
    fitted = ols(rows.y, columns, _segments(named), weights=heavy, covariance=covariance, groups=groups)
    return PiecewiseCurve(named, fitted, rows.bounds)


def _knots(knots: Knots, bounds: tuple[float, float]) -> tuple[tuple[str, float], ...]:
    given = knots.items() if isinstance(knots, Mapping) else ((f"{float(each):g}", each) for each in knots)
    named = sorted(((str(name), float(place)) for name, place in given), key=lambda knot: knot[1])
    problems = [] if named else [Problem("knots", "none", "a piecewise curve has a knot or more")]
    for name, place in named:
        if not bounds[0] < place < bounds[1]:
            rule = f"knots lie inside the range of x, {bounds[0]:g} to {bounds[1]:g}"
            problems.append(Problem("knots", f"{name} at {place:g}" if name != f"{place:g}" else name, rule))
    places, names = {place for _, place in named}, {name for name, _ in named}
    if min(len(places), len(names)) < len(named):
        shown = ", ".join(name for name, _ in named)
        problems.append(Problem("knots", shown, "every knot has a name and a place of its own"))
    if problems:
        raise ArgumentError(*problems)
    return tuple(named)


def _segments(knots: tuple[tuple[str, float], ...]) -> list[str]:
    names = [name for name, _ in knots]
    between = [f"{low} to {high}" for low, high in pairwise(names)]
    return [f"below {names[0]}", *between, f"above {names[-1]}"]


def _refuse_empty(points: Floats, knots: tuple[tuple[str, float], ...]) -> None:
    """Refuse knots whose segments cannot be told apart by the values of x."""
    columns = np.column_stack([np.ones(points.size), segment_columns(points, [place for _, place in knots])])
    length = np.sqrt((columns**2).sum(axis=0))
    if np.linalg.matrix_rank(columns / np.where(length > 0, length, 1.0)) < columns.shape[1]:
        found = f"{', '.join(name for name, _ in knots)} with {points.size} values of x"
        raise ArgumentError(Problem("knots", found, "each segment has values of x of its own", "leave out a knot"))
