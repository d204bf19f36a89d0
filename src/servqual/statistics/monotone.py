"""The monotone (isotonic) curve: loyalty never falls while satisfaction rises, and nothing else is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._plain import plain
from servqual.statistics.curve_rows import CurveRows, curve_rows
from servqual.statistics.curves import NO_RESAMPLES, Steepness, checked_top, drawn_steepness
from servqual.statistics.resample_counts import check_draws, count_tiles

# Resamples are kept at so many points, or at every value of x where there are fewer.
_POINTS = 101


@frozen(eq=False, getstate_setstate=False, repr=False)
class MonotoneCurve(Holder):
    """A fitted monotone curve as numbers: straight between its corners.

    Attributes
    ----------
    x, values
        Corners of the curve, in order of x, shape (k,): both ends of each level part.
    n
        Rows.
    r2
        Share of the variance of y about its mean that the curve explains.
    increasing
        Whether it never falls, or never rises.
    grid, replicates
        Where the curves of resamples are kept, shape (m,), and these, shape (draws, m); none without resamples.
    """

    x: Floats = field(converter=floats)
    values: Floats = field(converter=floats)
    n: int
    r2: float
    increasing: bool
    grid: Floats = field(converter=floats)
    replicates: Floats = field(converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check that shapes fit."""
        if self.x.shape != self.values.shape or self.replicates.shape[1:] != self.grid.shape:
            found = f"x {self.x.shape}, values {self.values.shape}, replicates {self.replicates.shape}"
            raise ArgumentError(
                Problem("shapes", found, "every corner has a value, every point of the grid replicates")
            )

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest x that the curve was fitted on."""
        return float(self.x[0]), float(self.x[-1])

    @property
    def slopes(self) -> Floats:
        """Slopes between the corners, shape (k − 1,), in units of y per unit of x; 0 along level parts."""
        return freeze(np.diff(self.values) / np.diff(self.x))

    def at(self, x: npt.ArrayLike) -> Floats:
        """Value of the curve; NaN outside of its range, where a monotone curve says nothing."""
        return freeze(np.asarray(np.interp(np.asarray(x, dtype=np.float64), self.x, self.values, np.nan, np.nan)))

    def interval(self, x: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Percentile interval of the curve at each ``x`` alone: low and high; NaN outside of its range.

        Raises
        ------
        ArgumentError
            If the curve was fitted without resamples, or the confidence does not lie between 0 and 1.
        """
        check_confidence(confidence)
        low, high = np.quantile(self._replicates_at(x), [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
        return freeze(np.asarray(low)), freeze(np.asarray(high))

    def draws_at(self, x: npt.ArrayLike, draws: int, rng: int | np.random.Generator) -> Floats:
        """Values of the curves of ``draws`` resamples, taken again at random from those kept, shape (draws, …)."""
        kept = self._replicates_at(x)
        check_draws(draws, rng, least=1)
        return freeze(kept[np.random.default_rng(rng).integers(0, len(kept), draws)])

    def steepness(self, top: float, confidence: float = 0.95) -> Steepness:
        """How steep the curve is from ``top`` upwards, against its mean slope; by percentiles of the resamples.

        Raises
        ------
        ArgumentError
            If ``top`` is not inside the range of x, or the confidence does not lie between 0 and 1.
        """
        places = np.array([self.bounds[0], checked_top(top, self.bounds), self.bounds[1]])
        kept = self._replicates_at(places) if len(self.replicates) else np.zeros((0, 3))
        return drawn_steepness(_two(places, self.at(places)), _two(places, kept), top, self.bounds, confidence)

    def to_dict(self) -> dict[str, Any]:
        """Return the corners as a JSON-safe dictionary, without the resamples."""
        corners = {"x": plain(self.x), "values": plain(self.values)}
        about = {"n": self.n, "r2": plain(np.array(self.r2)), "increasing": self.increasing}
        return {"curve": "monotone", **corners, **about, "resamples": len(self.replicates)}

    def __repr__(self) -> str:
        way = "increasing" if self.increasing else "decreasing"
        low, high = self.bounds
        return f"<MonotoneCurve, {way}, {low:g} to {high:g}: n {self.n}, R² {self.r2:.3f}, {self.x.size} corners>"

    def _replicates_at(self, x: npt.ArrayLike) -> Floats:
        if not len(self.replicates):
            raise ArgumentError(Problem("draws", NO_RESAMPLES, "intervals need resamples", "pass draws=2000, rng=1"))
        given = np.asarray(x, dtype=np.float64)
        found = [np.interp(given, self.grid, each, np.nan, np.nan) for each in self.replicates]
        return np.stack(found)


def monotone_curve(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    increasing: bool = True,
    draws: int | None = None,
    rng: int | np.random.Generator | None = None,
    groups: npt.ArrayLike | None = None,
) -> MonotoneCurve:
    """Isotonic regression of loyalty on satisfaction: the best curve that never falls (or never rises).

    Minimises ``Σ w (y − f(x))²`` over all ``f`` that are monotone, by pooling adjacent violators; rows of one x are one
    point. Between the values of x the curve is straight.

    Parameters
    ----------
    x, y
        Satisfaction and loyalty, shape (n,), without missing values.
    weights
        Shape (n,), above zero; all 1 by default.
    increasing
        Whether the curve never falls, or never rises.
    draws
        Resamples for intervals; none by default.
    rng
        Seed or generator of the resamples, for ``draws`` and only for them.
    groups
        Group of each row: whole groups are drawn. For ``draws`` and only for them.

    Returns
    -------
    MonotoneCurve
        With its resamples at no more than 101 points of x.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, x has one value only, or seeds or groups are given without draws or
        lack with them.

    Notes
    -----
    Intervals are percentiles of a bootstrap of rows, or of groups. Where x has few values, as scale points, they are
    right where the true curve rises between them. Where x is continuous, the bootstrap of a monotone curve at one point
    is not consistent (Sen, Banerjee & Woodroofe 2010); read such intervals as rough. A resample without the smallest or
    largest x holds its curve level up to there.

    References
    ----------
    Barlow, Bartholomew, Bremner & Brunk 1972, Statistical Inference under Order Restrictions, Wiley, chapter 1; Sen,
    Banerjee & Woodroofe 2010, Annals of Statistics 38(4):1953-1977; Jones & Sasser 1995, Harvard Business Review
    73(6):88-99.

    Examples
    --------
    >>> curve = monotone_curve([1, 2, 3, 4, 5], [0.1, 0.3, 0.2, 0.4, 0.9])
    >>> curve.at([1, 2, 3, 4.5]).round(3)
    array([0.1 , 0.25, 0.25, 0.65])
    >>> round(curve.steepness(4).ratio, 3)
    2.5
    """
    rows = curve_rows(x, y, weights, groups)
    _refuse_options(draws, rng, groups)
    points, codes = np.unique(rows.x, return_inverse=True)
    _, fitted = _isotonic(points, codes, rows.y, rows.weights, increasing=increasing)
    corners = _corners(fitted)
    about = rows.weights @ (rows.y - np.average(rows.y, weights=rows.weights)) ** 2
    left = rows.weights @ (rows.y - fitted[codes]) ** 2
    r2 = float(1 - left / about) if about > 0 else float("nan")
    grid = points if points.size <= _POINTS else np.linspace(points[0], points[-1], _POINTS)
    kept = np.zeros((draws or 0, grid.size))
    for draw, heavy in enumerate(_resampled(rows, len(kept), rng) if draws else ()):
        kept[draw] = np.interp(grid, *_isotonic(points, codes, rows.y, heavy, increasing=increasing))
    return MonotoneCurve(points[corners], fitted[corners], rows.x.size, r2, increasing, grid, kept)


def _refuse_options(draws: int | None, rng: object, groups: object) -> None:
    """Refuse resamples without a seed, and what only resamples would use."""
    if draws is not None:
        check_draws(draws, rng)
        return
    given = [place for place, value in (("rng", rng), ("groups", groups)) if value is not None]
    if given:
        rule = "only resamples use it"
        raise ArgumentError(*(Problem(place, "given, without draws", rule, "pass draws=2000") for place in given))


def _isotonic(points: Floats, codes: Ints, y: Floats, weights: Floats, *, increasing: bool) -> tuple[Floats, Floats]:
    """Return the points that weigh anything, and the value of the curve at each."""
    from scipy.optimize import isotonic_regression

    heavy = np.bincount(codes, weights, points.size)
    held = heavy > 0
    means = np.bincount(codes, weights * y, points.size)[held] / heavy[held]
    return points[held], isotonic_regression(means, weights=heavy[held], increasing=increasing).x


def _corners(fitted: Floats) -> Ints:
    """Return the positions of both ends of each level part."""
    turns = np.diff(fitted) != 0
    return np.flatnonzero(np.append(True, turns) | np.append(turns, True))


def _resampled(rows: CurveRows, draws: int, rng: int | np.random.Generator | None) -> Iterator[Floats]:
    """Yield how much each row weighs in a resample."""
    units = rows.x.size if rows.groups is None else int(rows.groups.max()) + 1
    for tile in count_tiles(units, draws, rng):
        for times in tile:
            yield rows.weights * (times if rows.groups is None else times[rows.groups])


def _two(places: Floats, values: Floats) -> Floats:
    """Return the slope from the second to the third place, and from the first to the third, along the last axis."""
    rise = values[..., [2]] - values[..., [1, 0]]
    return np.asarray(rise / (places[2] - places[[1, 0]]))
