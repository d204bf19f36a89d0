"""Newton's method within bounds, for smooth functions whose second derivatives cost little."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from servqual._arrays import Bools, Floats

_AT_REST = 1e-10
_NEARLY = 1e-6
_ROUNDING = 1e-13


class Bend(NamedTuple):
    """A function at a point: value, gradient, Hessian, and a positive semidefinite stand-in for the Hessian."""

    value: float
    gradient: Floats
    hessian: Floats
    positive: Floats


class Minimum(NamedTuple):
    """Where the search ended, the value there, whether the gradient vanished, and how many steps it took."""

    point: Floats
    value: float
    converged: bool
    steps: int


def minimise(function: Callable[[Floats], Bend], start: Floats, low: float, high: float, limit: int = 200) -> Minimum:
    """Return the minimum within bounds; coordinates at a bound stay there while the gradient points outwards."""
    point = np.clip(start, low, high)
    here, before = function(point), float("inf")
    for step in range(limit + 1):
        free = ~(((point <= low) & (here.gradient > 0)) | ((point >= high) & (here.gradient < 0)))
        slope = float(np.abs(here.gradient[free]).max(initial=0.0))
        # near the minimum a slope that no longer falls is rounding
        rest = slope < _AT_REST or before <= slope < _NEARLY
        found = None if rest or step == limit else _descend(function, point, here, _direction(here, free), (low, high))
        if found is None:
            break
        point, here, before = *found, slope
    return Minimum(point, here.value, converged=slope < _NEARLY, steps=step)


def _direction(here: Bend, free: Bools) -> Floats:
    """Return Newton's step where the function is convex, else one that surely descends; none longer than 2."""
    inside = np.ix_(free, free)
    direction = np.zeros_like(here.gradient)
    slope = here.gradient[free]
    try:
        root = np.linalg.cholesky(here.hessian[inside])
    except np.linalg.LinAlgError:
        ridge = 1e-3 * max(float(here.positive.diagonal().max()), 1e-3)
        root = np.linalg.cholesky(here.positive[inside] + ridge * np.eye(slope.size))
    direction[free] = -np.linalg.solve(root.T, np.linalg.solve(root, slope))
    longest = float(np.abs(direction).max())
    return direction * min(1.0, 2.0 / longest)


def _descend(
    function: Callable[[Floats], Bend], point: Floats, here: Bend, direction: Floats, bounds: tuple[float, float]
) -> tuple[Floats, Bend] | None:
    """Return the first of ever shorter steps that descends enough, up to rounding; None where none does."""
    for halvings in range(40):
        trial = np.clip(point + direction * 0.5**halvings, *bounds)
        there = function(trial)
        enough = here.value + 1e-4 * float(here.gradient @ (trial - point))
        if there.value <= enough + _ROUNDING * max(1.0, abs(here.value)):
            return trial, there
    return None
