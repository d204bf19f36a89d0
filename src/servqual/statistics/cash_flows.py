"""Sums of money at different times: present value, payback, internal rates of return."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze

# Roots of polynomials come in double precision, double roots with the square root of it.
_REAL = 1e-6
_APART = 1e-6
# beside the largest flow, less than this is rounding
_NOTHING = 1e-12


def net_present_value(flows: npt.ArrayLike, rate: npt.ArrayLike) -> Floats:
    """Present value of cash flows: ``Σ flow_t / (1 + rate)^t`` over periods from 0.

    Parameters
    ----------
    flows
        Shape (…, periods), the first at present.
    rate
        Of discount a period, above −1; one number, or of the shape of the flows without their last axis.

    Examples
    --------
    >>> float(net_present_value([-100, 60, 60], 0.1).round(4))
    4.1322
    """
    money, each = np.asarray(flows, np.float64), np.asarray(rate, np.float64)
    weights = (1 + each[..., None]) ** -np.arange(money.shape[-1])
    return freeze(np.asarray((money * weights).sum(axis=-1)))


def payback_time(flows: npt.ArrayLike) -> float:
    """Time at which the running sum of cash flows comes back to zero, within the period by a straight line.

    NaN where it does not; 0 where it is never below zero. The last time that it turns from below zero counts.

    Examples
    --------
    >>> payback_time([-100, 60, 60])
    1.6666666666666665
    """
    running = np.cumsum(np.asarray(flows, np.float64))
    below = np.flatnonzero(running < 0)
    if not below.size:
        return 0.0
    last = int(below[-1])
    if last == running.size - 1:
        return float("nan")
    return last + float(-running[last] / (running[last + 1] - running[last]))


def internal_rates(flows: npt.ArrayLike) -> Floats:
    """Every rate above −1 at which the present value of cash flows is zero, in ascending order.

    The real positive roots of the polynomial ``Σ flow_t x^t`` in ``x = 1 / (1 + rate)``. There is none where flows do
    not change sign, one where they change it once, and up to as many as they change it (Descartes).

    References
    ----------
    Hazen 2003, The Engineering Economist 48(1):31-51 (several rates, and none).

    Examples
    --------
    >>> internal_rates([-100, 230, -132]).round(6)
    array([0.1, 0.2])
    """
    money = np.asarray(flows, np.float64)
    used = np.flatnonzero(np.abs(money) > _NOTHING * np.abs(money).max(initial=0.0))
    if used.size < 2:
        return freeze(np.empty(0))
    trimmed = money[used[0] : used[-1] + 1] / np.abs(money).max()
    roots = np.roots(trimmed[::-1])
    near = np.abs(roots.imag) <= _REAL * np.maximum(1, np.abs(roots.real))
    positive = np.sort(roots.real[near & (roots.real > 0)])
    rates = 1 / _polished(trimmed, positive) - 1
    rates = np.sort(rates[rates > -1])
    apart = np.r_[True, np.diff(rates) > _APART * np.maximum(1, np.abs(rates[1:]))] if rates.size else []
    return freeze(rates[apart] if rates.size else rates)


def _polished(coefficients: Floats, roots: Floats) -> Floats:
    """Return roots after some of Newton's steps, where those come nearer."""
    polynomial = np.polynomial.Polynomial(coefficients)
    slope = polynomial.deriv()
    for _ in range(5):
        below = slope(roots)
        step = np.divide(polynomial(roots), below, out=np.zeros_like(roots), where=np.abs(below) > _REAL)
        closer = roots - step
        roots = np.where((np.abs(polynomial(closer)) < np.abs(polynomial(roots))) & (closer > 0), closer, roots)
    return roots
