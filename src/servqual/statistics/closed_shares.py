"""Shares of explained variance that have closed formulas, for a stack of correlation matrices with the outcome last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from servqual._arrays import Floats


def slopes(stack: Floats) -> Floats:
    """Return the standardised coefficients ``β = R⁻¹ r``, shape (matrices, predictors)."""
    return np.asarray(np.linalg.solve(stack[:, :-1, :-1], stack[:, :-1, -1:])[..., 0])


def inflation(stack: Floats) -> Floats:
    """Return the variance inflation factors, the diagonal of ``R⁻¹``, shape (matrices, predictors)."""
    return np.asarray(np.linalg.inv(stack[:, :-1, :-1]).diagonal(axis1=1, axis2=2))


def _first(stack: Floats) -> Floats:
    return stack[:, :-1, -1] ** 2


def _last(stack: Floats) -> Floats:
    return slopes(stack) ** 2 / inflation(stack)


def _pratt(stack: Floats) -> Floats:
    return slopes(stack) * stack[:, :-1, -1]


def _squared(stack: Floats) -> Floats:
    return slopes(stack) ** 2


def _car(stack: Floats) -> Floats:
    roots, vectors = np.linalg.eigh(stack[:, :-1, :-1])
    turned = np.einsum("bij,bi->bj", vectors, stack[:, :-1, -1]) / np.sqrt(roots)
    return np.einsum("bij,bj->bi", vectors, turned) ** 2


def _relative(stack: Floats) -> Floats:
    """Return ``Σ_k Λ_jk² ω_k²`` with ``Λ = R^½`` and ``ω = R^−½ r``."""
    roots, vectors = np.linalg.eigh(stack[:, :-1, :-1])
    root = (vectors * np.sqrt(roots)[:, None, :]) @ vectors.transpose(0, 2, 1)
    return np.asarray(((root**2) @ _car(stack)[..., None])[..., 0])


CLOSED: Mapping[str, Callable[[Floats], Floats]] = {
    "relative_weights": _relative,
    "first": _first,
    "last": _last,
    "pratt": _pratt,
    "betasq": _squared,
    "car": _car,
}
