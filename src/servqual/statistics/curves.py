"""What every curve of loyalty over satisfaction says: its values, its slopes, and how steep it is at the top."""

from __future__ import annotations

from typing import Any, Protocol

import attrs
import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.intervals import student_interval
from servqual.statistics.reasoned import inapplicable

Number = float | Inapplicable

LEVEL = "the curve is level over the whole range"
UNBOUNDED = "the mean slope is not told apart from 0, so no interval bounds the ratio"
EXACT = "the curve fits without error"
NO_TEST = "no test goes with this interval: see whether it covers 0"
NO_RESAMPLES = "the curve was fitted without resamples"

# a standard error that is this share of the slopes is rounding
_NOTHING = 1e-12


class Curve(Protocol):
    """What a monotone, a piecewise and a logistic curve have in common."""

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest x that the curve was fitted on."""

    def at(self, x: npt.ArrayLike) -> Floats:
        """Value of the curve, of the shape of ``x``."""

    def interval(self, x: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Confidence interval of the curve at each ``x`` alone: low and high."""

    def draws_at(self, x: npt.ArrayLike, draws: int, rng: int | np.random.Generator) -> Floats:
        """Values that the curve may as well have, shape (draws, …), to carry its uncertainty into what follows."""

    def to_dict(self) -> dict[str, Any]:
        """Return its numbers as a JSON-safe dictionary."""

    def steepness(self, top: float, confidence: float = 0.95) -> Steepness:
        """How steep the curve is from ``top`` upwards, against its mean slope."""


@frozen(kw_only=True, repr=False)
class Steepness:
    """How steep a curve is at the top of satisfaction, against its mean slope.

    Under strong competition loyalty falls fast below complete satisfaction: the curve is convex, and the ratio is above
    1. Customers who can hardly leave are loyal until they are quite dissatisfied: the curve is concave, the ratio below
    1. A straight line has the ratio 1.

    Attributes
    ----------
    top, bounds
        Where the top begins; smallest and largest x of the rows, between which slopes are taken.
    top_slope
        ``(f(high) − f(top)) / (high − top)``, in units of y per unit of x.
    mean_slope
        ``(f(high) − f(low)) / (high − low)``.
    ratio, ratio_low, ratio_high
        ``top_slope / mean_slope``, with its interval.
    difference, difference_low, difference_high
        ``top_slope − mean_slope``, with its interval.
    p
        Two-sided, of the null that both slopes are the same.
    confidence, method
        Of the intervals, and how they were made: "delta", "bootstrap", or "none" where nothing was drawn.

    References
    ----------
    Jones & Sasser 1995, Harvard Business Review 73(6):88-99; Anderson & Mittal 2000, Journal of Service Research
    3(2):107-120.
    """

    top: float
    bounds: tuple[float, float]
    top_slope: float
    mean_slope: float
    ratio: Number
    ratio_low: Number
    ratio_high: Number
    difference: float
    difference_low: Number
    difference_high: Number
    p: Number
    confidence: float
    method: str

    def __repr__(self) -> str:
        if isinstance(self.ratio, Inapplicable):
            return f"<Steepness above {self.top:g}: {self.ratio}>"
        ends = "no interval"
        if not isinstance(self.ratio_low, Inapplicable):
            ends = f"{self.ratio_low:.3f} to {float(self.ratio_high):.3f}"
        way = "" if self.method == "none" else f", by {self.method}"
        return f"<Steepness above {self.top:g}: {self.ratio:.3f} of the mean slope ({ends}){way}>"

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        values = {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}
        plain = {name: None if isinstance(value, Inapplicable) else value for name, value in values.items()}
        return {**plain, "bounds": list(self.bounds), "inapplicable": inapplicable(self)}


def delta_steepness(  # noqa: PLR0917 - two slopes and what is known of them, in the order of the formula
    slopes: Floats, covariance: Floats, df: float, top: float, bounds: tuple[float, float], confidence: float
) -> Steepness:
    """Steepness from the slope at the top and the mean slope, shape (2,), with their covariance, by the delta method.

    The variance of the ratio ``r = s / m`` is ``(Var s − 2 r Cov + r² Var m) / m²``.
    """
    from scipy.special import stdtr

    check_confidence(confidence)
    at_top, mean = slopes.tolist()
    apart = at_top - mean
    se = float(np.sqrt(max(np.array([1, -1]) @ covariance @ np.array([1, -1]), 0.0)))
    low, high = student_interval(apart, se, df, confidence)
    told = se > _NOTHING * np.abs(slopes).max()
    p: Number = 2 * float(stdtr(df, -abs(apart / se))) if told else Inapplicable(EXACT)
    ratio, ends = _ratio(slopes, covariance, df, confidence)
    return Steepness(
        top=top, bounds=bounds, top_slope=at_top, mean_slope=mean, ratio=ratio, ratio_low=ends[0], ratio_high=ends[1],
        difference=apart, difference_low=low, difference_high=high, p=p, confidence=confidence, method="delta",
    )  # fmt: skip


def drawn_steepness(
    slopes: Floats, replicates: Floats, top: float, bounds: tuple[float, float], confidence: float
) -> Steepness:
    """Steepness with percentile intervals from replicates of both slopes, shape (draws, 2)."""
    check_confidence(confidence)
    at_top, mean = slopes.tolist()
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    nothing = Inapplicable(NO_RESAMPLES)
    apart: list[Number] = [nothing, nothing]
    ends: list[Number] = [nothing, nothing]
    if len(replicates):
        apart = np.quantile(replicates[:, 0] - replicates[:, 1], tails).tolist()
        still = int((replicates[:, 1] == 0).sum())
        ends = [Inapplicable(f"the curve is level in {still} of {len(replicates)} resamples")] * 2
        if not still:
            ends = np.quantile(replicates[:, 0] / replicates[:, 1], tails).tolist()
    ratio: Number = at_top / mean if mean else Inapplicable(LEVEL)
    if not mean:
        ends = [Inapplicable(LEVEL)] * 2
    return Steepness(
        top=top, bounds=bounds, top_slope=at_top, mean_slope=mean, ratio=ratio, ratio_low=ends[0], ratio_high=ends[1],
        difference=at_top - mean, difference_low=apart[0], difference_high=apart[1], p=Inapplicable(NO_TEST),
        confidence=confidence, method="bootstrap" if len(replicates) else "none",
    )  # fmt: skip


def checked_top(top: float, bounds: tuple[float, float]) -> float:
    """Return where the top begins; refuse what does not lie inside the range of x."""
    low, high = bounds
    if not low < top < high:
        rule = f"the top begins inside the range of x, {low:g} to {high:g}"
        raise ArgumentError(Problem("top", f"{top:g}", rule))
    return float(top)


def _ratio(slopes: Floats, covariance: Floats, df: float, confidence: float) -> tuple[Number, list[Number]]:
    at_top, mean = slopes.tolist()
    if mean == 0:
        return Inapplicable(LEVEL), [Inapplicable(LEVEL)] * 2
    ratio = at_top / mean
    reach = student_interval(mean, float(np.sqrt(covariance[1, 1])), df, confidence)
    if reach[0] <= 0 <= reach[1]:
        return ratio, [Inapplicable(UNBOUNDED)] * 2
    away = np.array([1, -ratio])
    se = float(np.sqrt(max(away @ covariance @ away, 0.0))) / abs(mean)
    return ratio, list(student_interval(ratio, se, df, confidence))
