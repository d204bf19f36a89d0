"""Sums of Weibull hazards by their logarithms: cumulative hazard, hazard, quantiles and mean life."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats

# Rows of parts are (log rate, log shape), shape (parts, 2).
_STEPS = 80
_SPAN = 42.0
_OVER = 745.0
_FINE = 12.0
_COARSEST = 0.05


def exponents(parts: Floats, log_times: Floats) -> Floats:
    """Return the logarithm of the cumulative hazard of each part, ``s (log r + log t)``, (parts, …)."""
    around = (-1, *(1 for _ in range(log_times.ndim)))
    rate, shape = parts[:, 0].reshape(around), np.exp(parts[:, 1]).reshape(around)
    return np.asarray(shape * (rate + log_times))


def log_sum(values: Floats) -> Floats:
    """Return ``log Σ exp`` over the first axis."""
    top = values.max(axis=0)
    return np.asarray(top + np.log(np.exp(values - top).sum(axis=0)))


def log_cumulative(parts: Floats, log_times: Floats) -> Floats:
    """Return the logarithm of the cumulative hazard, (…)."""
    return log_sum(exponents(parts, log_times))


def log_hazard(parts: Floats, log_times: Floats) -> Floats:
    """Return the logarithm of the hazard, (…)."""
    around = (-1, *(1 for _ in range(log_times.ndim)))
    return log_sum(exponents(parts, log_times) + parts[:, 1].reshape(around)) - log_times


def log_quantile(parts: Floats, log_level: Floats) -> Floats:
    """Return the logarithm of the time at which the cumulative hazard is ``exp(log_level)``.

    As a function of log time the logarithm of a sum of powers is convex and rising: from the right, where one part
    alone has reached the level, Newton's steps never pass the root.
    """
    shape = np.exp(parts[:, 1])
    around = (-1, *(1 for _ in range(log_level.ndim)))
    at = np.min(log_level / shape.reshape(around) - parts[:, 0].reshape(around), axis=0)
    for _ in range(_STEPS):
        each = exponents(parts, at)
        whole = log_sum(each)
        slope = (np.exp(each - whole) * shape.reshape(around)).sum(axis=0)
        step = (whole - log_level) / slope
        at = at - step
        if np.all(np.abs(step) <= 1e-15 * np.maximum(np.abs(at), 1.0)):
            break
    return np.asarray(at)


def log_mean(parts: Floats) -> float:
    """Return the logarithm of the mean life, ``∫ R(t) dt``, by the trapezoidal rule in log time.

    The integrand ``exp(x − H(eˣ))`` and all its derivatives vanish at both ends, so that the error of the rule falls
    faster than any power of its step.
    """
    middle, end = (float(log_quantile(parts, np.log(np.array(level)))) for level in (1.0, _OVER))
    step = min(_COARSEST, 1 / (_FINE * float(np.exp(parts[:, 1]).max())))
    x = np.arange(middle - _SPAN, end + step, step)
    return middle + float(np.log(step * np.exp(x - middle - np.exp(log_cumulative(parts, x))).sum()))
