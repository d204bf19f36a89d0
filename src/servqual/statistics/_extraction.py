"""Uniquenesses that make factors fit correlations best, by maximum likelihood and by least squares."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.statistics._newton import Bend, Minimum, minimise

LEAST_UNIQUENESS = 0.005


def maximum_likelihood(correlation: Floats, factors: int, start: Floats, limit: int) -> tuple[Floats, Minimum]:
    """Return loadings, and where the search over logarithms of uniquenesses ended."""

    def bend(logs: Floats) -> Bend:
        return _likelihood_bend(correlation, factors, logs)

    found = minimise(bend, np.log(start), float(np.log(LEAST_UNIQUENESS)), 0.0, limit)
    scale = np.exp(found.point / 2)
    roots, vectors = np.linalg.eigh(correlation / np.outer(scale, scale))
    large = np.sqrt(np.maximum(roots[-factors:] - 1, 0.0))
    return scale[:, None] * vectors[:, -factors:] * large, found._replace(point=np.exp(found.point))


def least_squares(correlation: Floats, factors: int, start: Floats, limit: int) -> tuple[Floats, Minimum]:
    """Return loadings, and where the search over uniquenesses ended."""

    def bend(unique: Floats) -> Bend:
        return _squares_bend(correlation, factors, unique)

    found = minimise(bend, start, LEAST_UNIQUENESS, 1.0, limit)
    roots, vectors = np.linalg.eigh(correlation - np.diag(found.point))
    return vectors[:, -factors:] * np.sqrt(np.maximum(roots[-factors:], 0.0)), found


def _likelihood_bend(correlation: Floats, factors: int, logs: Floats) -> Bend:
    """Return ``Σ (θ − ln θ − 1)`` over the small roots θ of the correlations in units of uniqueness, and derivatives.

    By logarithms t of uniquenesses, with vectors w of small and v of large roots (Clarke 1970 in other coordinates):
    gradient ``Σ (1 − θ) w_i²``; Hessian ``(Σ θ w_i w_j)(Σ w_i w_j)`` plus, over pairs of a small root θ and a large
    root κ, ``Σ (θ − 1)(θ + κ) / (θ − κ) w_i w_j v_i v_j``.
    """
    scale = np.exp(logs / 2)
    roots, vectors = np.linalg.eigh(correlation / np.outer(scale, scale))
    small, large = roots[:-factors], roots[-factors:]
    w, v = vectors[:, :-factors], vectors[:, -factors:]
    positive = ((w * small) @ w.T) * (w @ w.T)
    pairs = _over((small[:, None] - 1) * (small[:, None] + large), small[:, None] - large)
    value = float((small - np.log(small) - 1).sum())
    return Bend(value, (w * w) @ (1 - small), positive + _crossed(pairs, w, v), positive)


def _squares_bend(correlation: Floats, factors: int, unique: Floats) -> Bend:
    """Return half the sum of squares of the small roots θ of the reduced correlations, and derivatives by uniqueness.

    Gradient ``−Σ θ w_i²``; Hessian ``(Σ w_i w_j)²`` plus ``Σ 2θ / (θ − κ) w_i w_j v_i v_j`` over pairs of a small root
    θ and a large root κ.
    """
    roots, vectors = np.linalg.eigh(correlation - np.diag(unique))
    small, large = roots[:-factors], roots[-factors:]
    w, v = vectors[:, :-factors], vectors[:, -factors:]
    positive = (w @ w.T) ** 2
    pairs = _over(2 * small[:, None], small[:, None] - large)
    return Bend(float((small * small).sum() / 2), -(w * w) @ small, positive + _crossed(pairs, w, v), positive)


def _over(above: Floats, below: Floats) -> Floats:
    """Return the quotient, zero where two roots coincide and the term does not exist."""
    apart = np.abs(below) > 1e-10
    return np.where(apart, above, 0.0) / np.where(apart, below, 1.0)


def _crossed(pairs: Floats, w: Floats, v: Floats) -> Floats:
    """Return ``Σ pairs[m, n] w_im w_jm v_in v_jn`` for all i and j."""
    within = (w[None] * pairs.T[:, None, :]) @ w.T
    return (within * (v.T[:, :, None] * v.T[:, None, :])).sum(axis=0)
