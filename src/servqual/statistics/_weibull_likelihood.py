"""The likelihood of lives, some of them cut off, under sums of Weibull hazards, with its exact derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.statistics._newton import Bend, Minimum, minimise
from servqual.statistics._weibull_parts import exponents, log_quantile, log_sum

# Logarithms of rates (one over the geometric mean of times) and shapes: how far they are looked for, how far believed.
_REACH = 15.0
_RATE = 14.9
LARGEST = 20.0
# A value beyond which no more is asked: squares of what it is made of would overflow.
_HUGE = 1e100
_WEAR = (2.0, 5.0)
_EARLY = (0.5, 0.8)
_FEWEST = 0.02
# A search that has not arrived after so many steps runs away.
_STEPS = 60
_SHARES = (0.2, 0.7)


@frozen(eq=False)
class Likelihood:
    """Minus the mean log-likelihood of lives in units of their geometric mean.

    Attributes
    ----------
    log_times
        Logarithms of times, (n,), of mean zero.
    failed
        Whether the time is that of a failure, or of the end of watching.
    """

    log_times: Floats
    failed: Bools

    def bend(self, point: Floats) -> Bend:
        """Return value, gradient and Hessian at logarithms of rates and shapes, (2 parts,)."""
        parts = point.reshape(-1, 2)
        u = exponents(parts, self.log_times)
        shape = np.exp(parts[:, 1])[:, None] * np.ones_like(u)
        with np.errstate(over="ignore", invalid="ignore"):
            m = np.exp(u)
            logs = u + parts[:, 1:]
            whole = log_sum(logs)
            value = m.sum() - (whole - self.log_times)[self.failed].sum()
            w = np.exp(logs - whole) * self.failed
            first, second = np.stack([shape, u], axis=1), _second(shape, u)
            of_rate = np.stack([shape, 1 + u], axis=1)
            gradient = (m[:, None] * first - w[:, None] * of_rate).sum(axis=2)
            blocks = np.einsum("kn,kijn->kij", m - w, second)
            blocks += np.einsum("kn,kin,kjn->kij", m, first, first) - np.einsum("kn,kin,kjn->kij", w, of_rate, of_rate)
        n = self.log_times.size
        if not value < _HUGE:
            return Bend(np.inf, np.zeros(point.size), np.eye(point.size), np.eye(point.size))
        scores = (w[:, None] * of_rate).reshape(point.size, -1)
        each = scores - (m[:, None] * first).reshape(point.size, -1)
        hessian = _spread_out(blocks) + scores @ scores.T
        return Bend(float(value) / n, gradient.ravel() / n, hessian / n, each @ each.T / n)

    def best(self, parts: int) -> Minimum:
        """Return the largest local maximum at which all parts are there.

        Where there is none of two parts, it is that of one, told as two halves of the same shape.
        """
        one = minimise(self.bend, self._constant(), -_REACH, _REACH)
        if parts == 1:
            return one
        found = [minimise(self.bend, start, -_REACH, _REACH, _STEPS) for start in self._starts(one.point)]
        inside = [each for each in found if each.converged and is_inside(each.point) and each.value < one.value]
        half = one.point - np.array([np.log(2) * np.exp(-one.point[1]), 0.0])
        return min([*inside, one._replace(point=np.tile(half, 2))], key=lambda each: each.value)

    def _constant(self) -> Floats:
        return np.array([np.log(max(self.failed.mean(), _FEWEST)), 0.0])

    def _starts(self, single: Floats) -> Iterator[Floats]:
        """Yield wear and early failures that share the cumulative hazard at the time by which a share had failed."""
        share = float(np.exp(self._constant()[0]))
        end = float(log_quantile(single.reshape(1, 2), np.array(np.log(share))))
        for wear, early, worn in product(_WEAR, _EARLY, _SHARES):
            rates = (np.log(share * worn) / wear - end, np.log(share * (1 - worn)) / early - end)
            yield np.array([rates[0], np.log(wear), rates[1], np.log(early)])


def is_inside(point: Floats) -> bool:
    """Return whether no parameter ran away: no part vanished, and none shrank to a single moment."""
    rates, shapes = point[::2], point[1::2]
    return bool((np.abs(rates) < _RATE).all() and (np.abs(shapes) < np.log(LARGEST)).all())


def _second(shape: Floats, u: Floats) -> Floats:
    """Return the second derivatives of exponents by log rate and log shape, (parts, 2, 2, n)."""
    return np.stack([np.stack([np.zeros_like(u), shape], axis=1), np.stack([shape, u], axis=1)], axis=1)


def _spread_out(blocks: Floats) -> Floats:
    """Return blocks (parts, 2, 2) on the diagonal of one matrix."""
    size = 2 * len(blocks)
    table = np.zeros((size, size))
    for place, block in enumerate(blocks):
        table[2 * place : 2 * place + 2, 2 * place : 2 * place + 2] = block
    return table
