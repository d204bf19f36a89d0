"""The maximum of a smooth likelihood whose parameters are all above zero, sought on their logarithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats

# Mean log-likelihoods per unit of weight: their gradients on logarithms are of the order of one away from the peak.
_FLAT = 1e-8
_POLISHES = 25
_STEP = 1e-4


class Peak(NamedTuple):
    """Where a search ended.

    Attributes
    ----------
    parameters
        The parameters themselves, shape (p,).
    covariance
        Of their logarithms, shape (p, p): the inverse of the observed information; NaN where that is not definite.
    log_likelihood
        The sum, at that point.
    gradient
        Largest absolute slope of the mean log-likelihood by any logarithm.
    converged
        Whether the slope vanished and the likelihood bends downwards everywhere.
    steps
        Steps of the search.
    """

    parameters: Floats
    covariance: Floats
    log_likelihood: float
    gradient: float
    converged: bool
    steps: int


def climb(slope: Callable[[Floats], tuple[float, Floats]], start: Floats, weight: float) -> Peak:
    """Return the maximum of a mean log-likelihood, with the covariance of the logarithms of its parameters.

    Parameters
    ----------
    slope
        Parameters → mean log-likelihood and its gradient by the parameters.
    start
        Parameters to begin with, above zero.
    weight
        How many rows the mean is of.
    """
    from scipy.optimize import minimize

    def down(logs: Floats) -> tuple[float, Floats]:
        point = np.exp(logs)
        value, gradient = slope(point)
        return -value, -gradient * point

    found = minimize(down, np.log(start), jac=True, method="L-BFGS-B", bounds=[(-15.0, 15.0)] * start.size)
    logs, steps = found.x, int(found.nit)
    for _ in range(_POLISHES):
        gradient, bend = down(logs)[1], _bend(down, logs)
        if np.abs(gradient).max() < _FLAT / 100:
            break
        step = _newton(bend, gradient)
        if step is None or down(logs + step)[0] > down(logs)[0] + 1e-12:
            break
        logs, steps = logs + step, steps + 1
    return _peak(down, logs, weight, steps)


def _peak(down: Callable[[Floats], tuple[float, Floats]], logs: Floats, weight: float, steps: int) -> Peak:
    value, gradient = down(logs)
    bend = _bend(down, logs)
    definite = bool(np.linalg.eigvalsh(bend).min() > 0)
    covariance = np.linalg.inv(bend) / weight if definite else np.full(bend.shape, np.nan)
    largest = float(np.abs(gradient).max())
    return Peak(np.exp(logs), covariance, -value * weight, largest, definite and largest < _FLAT, steps)


def _newton(bend: Floats, gradient: Floats) -> Floats | None:
    """Return Newton's step, none longer than one; None where the function does not bend upwards."""
    if np.linalg.eigvalsh(bend).min() <= 0:
        return None
    step = -np.linalg.solve(bend, gradient)
    return np.asarray(step * min(1.0, 1.0 / float(np.abs(step).max())))


def _bend(down: Callable[[Floats], tuple[float, Floats]], logs: Floats) -> Floats:
    """Return the Hessian by central differences of the gradient, made symmetric."""
    steps = np.eye(logs.size) * _STEP
    rows = [(down(logs + step)[1] - down(logs - step)[1]) / (2 * _STEP) for step in steps]
    hessian = np.stack(rows)
    return np.asarray((hessian + hessian.T) / 2)
