"""Failure rates as they were observed: failures over the time lived, in stretches of life."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import ArgumentError, Problem
from servqual.statistics._numbers import NOT_NEGATIVE, arrays
from servqual.statistics.exact_intervals import poisson_interval


@frozen(eq=False, getstate_setstate=False, repr=False)
class LifeTable(Holder):
    """Failures in stretches of life, arrays of shape (stretches,) except `edges`.

    Attributes
    ----------
    edges
        Where stretches begin and end, (stretches + 1,).
    failures, exposure
        Failures within each, and time lived there by all.
    rate, low, high
        Failures per unit of time, with exact Poisson intervals; NaN where nobody lived.
    """

    edges: Floats = field(converter=floats)
    failures: Floats = field(converter=floats)
    exposure: Floats = field(converter=floats)
    rate: Floats = field(converter=floats)
    low: Floats = field(converter=floats)
    high: Floats = field(converter=floats)

    def __repr__(self) -> str:
        return f"<LifeTable: {self.failures.size} stretches, {int(self.failures.sum())} failures>"


def life_table(
    times: npt.ArrayLike, failed: npt.ArrayLike, edges: npt.ArrayLike, confidence: float = 0.95
) -> LifeTable:
    """Observed failure rates (actuarial, occurrence over exposure): failures ÷ time lived, by stretches of life.

    A failure at an edge belongs to the stretch that ends there. Intervals are those of `poisson_interval`.

    Parameters
    ----------
    times, failed
        Lives, zero or more, and whether each ended in a failure, (n,).
    edges
        Where stretches begin and end, increasing, from 0 on.
    confidence
        Of the intervals.

    Raises
    ------
    ArgumentError
        Times below zero, marks of another shape, edges that do not increase.

    References
    ----------
    Garwood 1936, Biometrika 28(3-4):437-442 (intervals); Lawless 2003, Statistical Models and Methods for Lifetime
    Data, 2nd ed., Wiley, section 3.6.

    Examples
    --------
    >>> life_table([1, 2, 4], [1, 0, 1], [0, 2, 4]).rate.round(3)
    array([0.2, 0.5])
    """
    at, marks = arrays(times=(times, NOT_NEGATIVE), failed=(failed, NOT_NEGATIVE))
    (bounds,) = arrays(edges=(edges, NOT_NEGATIVE))
    if bounds.ndim != 1 or bounds.size < 2 or not (np.diff(bounds) > 0).all():
        found = np.array2string(bounds, threshold=6)
        raise ArgumentError(Problem("edges", found, "edges are two or more, and increase"))
    start, end = bounds[:-1], bounds[1:]
    within = (at[:, None] > start) & (at[:, None] <= end) & (marks[:, None] > 0)
    failures = within.sum(axis=0).astype(np.float64)
    exposure = np.clip(np.minimum(at[:, None], end) - start, 0.0, None).sum(axis=0)
    lived = np.where(exposure > 0, exposure, np.nan)
    low, high = poisson_interval(failures, lived, confidence)
    return LifeTable(bounds, failures, exposure, failures / lived, low, high)
