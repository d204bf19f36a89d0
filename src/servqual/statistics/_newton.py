"""Newton's method within bounds, for smooth functions whose second derivatives cost little."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from servqual._arrays import Bools, Floats

_AT_REST = 1e-9
_NEARLY = 1e-6


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
    here = function(point)
    for step in range(limit):
        free = ~(((point <= low) & (here.gradient > 0)) | ((point >= high) & (here.gradient < 0)))
        slope = float(np.abs(here.gradient[free]).max(initial=0.0))
        if slope < _AT_REST:
            return Minimum(point, here.value, converged=True, steps=step)
        direction = _direction(here, free)
        found = _descend(function, point, here, direction, (low, high))
        if found is None:
            return Minimum(point, here.value, converged=slope < _NEARLY, steps=step)
        point, here = found
    return Minimum(point, here.value, converged=False, steps=limit)


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
    """Return the first of ever shorter steps that descends enough; None where rounding hides any descent."""
    for halvings in range(40):
        trial = np.clip(point + direction * 0.5**halvings, *bounds)
        there = function(trial)
        if there.value <= here.value + 1e-4 * float(here.gradient @ (trial - point)):
            return trial, there
    return None
