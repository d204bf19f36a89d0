"""Rotation of factor loadings to simple structure: varimax, promax, oblimin."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations
from math import atan2, cos, sin

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError

_PROMAX_POWER = 4
_SWEEPS = 500
_STEPS = 5000
_ROUNDING = 1e-15


class Rotation(StrEnum):
    """How loadings are turned so that each item speaks of few factors.

    NONE
        Not at all: axes of most variance, each orthogonal to the others.
    VARIMAX
        Orthogonal; greatest variance of the squared loadings of each factor, items brought to equal communality first
        (Kaiser's normalisation), as R's ``varimax`` and psych do.
    PROMAX
        Oblique; the nearest to the varimax loadings raised to the fourth power, sign kept. Normalised as varimax
        is, and so is psych's ``promax``; R's own ``promax`` normalises only within varimax.
    OBLIMIN
        Oblique; direct oblimin with γ = 0 (quartimin), without normalisation, as psych's default is.

    References
    ----------
    Kaiser 1958, Psychometrika 23(3):187-200; Hendrickson & White 1964, British Journal of Statistical Psychology
    17(1):65-70; Jennrich & Sampson 1966, Psychometrika 31(3):313-323.
    """

    NONE = "none"
    VARIMAX = "varimax"
    PROMAX = "promax"
    OBLIMIN = "oblimin"


@frozen(eq=False, getstate_setstate=False)
class Rotated(Holder):
    """Loadings after rotation.

    Attributes
    ----------
    loadings
        Pattern loadings, shape (items, factors), in falling order of their sums of squares; no column sum is negative.
    factor_correlations
        Shape (factors, factors); the identity for orthogonal rotations.
    converged
        Whether the rotation came to rest; for promax also whether all factors have loadings. If not, promax ends with
        the varimax loadings.
    """

    loadings: Floats = field(converter=floats)
    factor_correlations: Floats = field(converter=floats)
    converged: bool


def rotate(loadings: npt.ArrayLike, rotation: Rotation) -> Rotated:
    """Loadings turned to simple structure; communalities ``diag(Λ Φ Λᵀ)`` stay what they were.

    Parameters
    ----------
    loadings
        Orthogonal loadings, shape (items, factors). One factor is left as it is.
    rotation
        Which criterion; see `Rotation`.

    Raises
    ------
    ArgumentError
        If the loadings are not a finite array of two axes with at least as many items as factors.

    References
    ----------
    Kaiser 1958, Psychometrika 23(3):187-200 (planes turned in pairs); Jennrich 2002, Psychometrika 67(1):7-19, and
    Bernaards & Jennrich 2005, Educational and Psychological Measurement 65(5):676-696 (gradient projection).

    Examples
    --------
    >>> import numpy as np
    >>> turned = np.array([[0.6, 0.6], [0.6, 0.6], [0.6, -0.6], [0.6, -0.6]])
    >>> rotate(turned, Rotation.VARIMAX).loadings.round(3) + 0.0
    array([[0.849, 0.   ],
           [0.849, 0.   ],
           [0.   , 0.849],
           [0.   , 0.849]])
    """
    given = np.array(loadings, dtype=np.float64)
    if given.ndim != 2 or not 0 < given.shape[1] <= given.shape[0] or not np.isfinite(given).all():
        rule = "finite loadings, shape (items, factors), of no more factors than items"
        raise ArgumentError(Problem("loadings", f"an array of shape {given.shape}", rule))
    factors = given.shape[1]
    if factors == 1 or rotation is Rotation.NONE:
        return Rotated(*_arranged(given, np.eye(factors)), converged=True)
    if rotation is Rotation.OBLIMIN:
        # of one size, for a step that suits them
        size = np.sqrt((given * given).mean()) or 1.0
        turned, among, converged = _oblimin(given / size)
        return Rotated(*_arranged(turned * size, among), converged)
    communality = np.sqrt((given * given).sum(axis=1, keepdims=True))
    height = np.where(communality > 0, communality, 1.0)
    turned, converged = _varimax(given / height)
    among = np.eye(factors)
    if rotation is Rotation.PROMAX:
        # a factor without loadings has no oblique position
        converged = converged and int(np.linalg.matrix_rank(turned)) == factors
        turned, among = _promax(turned) if converged else (turned, among)
    return Rotated(*_arranged(turned * height, among), converged)


def _varimax(loadings: Floats) -> tuple[Floats, bool]:
    """Turn each pair of columns by the angle that is best for the two, until no pair turns any more."""
    columns, p = loadings.T.copy(), len(loadings)
    for _ in range(_SWEEPS):
        widest = 0.0
        for a, b in combinations(range(len(columns)), 2):
            x, y = columns[a], columns[b]
            u, v = x * x - y * y, 2 * x * y
            across, along = float(u.sum()), float(v.sum())
            sine = 2 * float(u @ v) - 2 * across * along / p
            angle = atan2(sine, float(u @ u - v @ v) - (across**2 - along**2) / p) / 4
            columns[a], columns[b] = cos(angle) * x + sin(angle) * y, cos(angle) * y - sin(angle) * x
            widest = max(widest, abs(angle))
        if widest < 1e-10:
            return columns.T, True
    return columns.T, False


def _promax(loadings: Floats) -> tuple[Floats, Floats]:
    """Return the loadings nearest to the powers of orthogonal ones, and the correlations of the factors."""
    target = loadings * np.abs(loadings) ** (_PROMAX_POWER - 1)
    turn, *_ = np.linalg.lstsq(loadings, target)
    turn = turn * np.sqrt(np.linalg.inv(turn.T @ turn).diagonal())
    back = np.linalg.inv(turn)
    return loadings @ turn, back @ back.T


def _oblimin(loadings: Floats) -> tuple[Floats, Floats, bool]:
    """Descend along the gradient of quartimin, projected onto axes of unit length; the step adapts itself."""
    axes, step, fallen = np.eye(loadings.shape[1]), 1.0, np.inf
    value, turned, gradient = _quartimin(loadings, axes)
    for _ in range(_STEPS):
        slope = gradient - axes * (axes * gradient).sum(axis=0)
        steep = float((slope * slope).sum())
        if steep < 1e-14 or fallen <= _ROUNDING * value:
            return turned, axes.T @ axes, steep < 1e-10
        for _ in range(40):
            trial = axes - step * slope
            trial /= np.sqrt((trial * trial).sum(axis=0))
            below, turned_there, gradient_there = _quartimin(loadings, trial)
            if below <= value - 0.5 * steep * step:
                break
            step /= 2
        fallen = value - below
        axes, value, turned, gradient, step = trial, below, turned_there, gradient_there, 2 * step
    return turned, axes.T @ axes, False


def _quartimin(loadings: Floats, axes: Floats) -> tuple[float, Floats, Floats]:
    """Return ``Σ λ_ia² λ_ib² / 4`` over pairs of factors, the loadings, and the gradient by the axes."""
    back = np.linalg.inv(axes)
    turned = loadings @ back.T
    squares = turned * turned
    others = squares.sum(axis=1, keepdims=True) - squares
    by_loadings = turned * others
    return float((squares * others).sum() / 4), turned, -(turned.T @ by_loadings @ back).T


def _arranged(loadings: Floats, among: Floats) -> tuple[Floats, Floats]:
    """Return factors in falling order of their sums of squares, each with a sum that is not negative."""
    order = np.argsort(-(loadings * loadings).sum(axis=0), kind="stable")
    loadings, among = loadings[:, order], among[np.ix_(order, order)]
    signs = np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    return loadings * signs, among * np.outer(signs, signs)
