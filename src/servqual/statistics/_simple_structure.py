"""The covariance structure in which each item has one factor: its start, its derivatives, its likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Bools, Floats, Ints

_AT_REST = 1e-9
_NEARLY = 1e-6


@frozen(eq=False)
class Structure:
    """Loadings, residual variances and factor correlations, of items whose variance is 1.

    `owner` names each item's factor; `free` the items whose residual variance is estimated: an item that is alone with
    its factor has none.
    """

    owner: Ints
    free: Bools
    loadings: Floats
    residuals: Floats
    among: Floats

    @property
    def sound(self) -> bool:
        """Whether a population could have it: no residual variance below zero, factors positive definite."""
        return not bool((self.residuals < 0).any()) and bool(np.linalg.eigvalsh(self.among)[0] > 0)

    @property
    def implied(self) -> Floats:
        """Correlations that the structure implies, shape (p, p)."""
        table = np.outer(self.loadings, self.loadings) * self.among[np.ix_(self.owner, self.owner)]
        return table + np.diag(self.residuals)

    def moved(self, step: Floats) -> Structure:
        """The structure whose free parameters, in the order of `directions`, are so much greater."""
        p, residuals, among = self.owner.size, self.residuals.copy(), self.among.copy()
        many = int(self.free.sum())
        residuals[self.free] += step[p : p + many]
        lower = np.tril_indices(len(among), -1)
        among[lower] += step[p + many :]
        among.T[lower] = among[lower]
        return evolve(self, loadings=self.loadings + step[:p], residuals=residuals, among=among)

    def directions(self) -> tuple[Floats, Floats]:
        """Columns a and b, shape (p, parameters) each, with ``dΣ = ab' + ba'`` for each free parameter."""
        p = self.owner.size
        identity = np.eye(p)
        pattern = self.loadings[:, None] * (self.owner[:, None] == np.arange(len(self.among)))
        single = identity[:, self.free]
        above, below = np.tril_indices(len(self.among), -1)
        left = np.hstack([identity, single, pattern[:, above]])
        right = np.hstack([(pattern @ self.among)[:, self.owner], single / 2, pattern[:, below]])
        return left, right


class Fitted(NamedTuple):
    """Where the likelihood came to rest: the structure, its discrepancy, and what the last step knew."""

    structure: Structure
    discrepancy: float
    information: Floats
    converged: bool
    steps: int


def best_fit(correlation: Floats, blocks: tuple[Ints, ...], limit: int) -> Fitted:
    """Return the greatest likelihood found; from a second start too where the first ends improperly."""
    axes = start(correlation, blocks)
    first = fitted(correlation, axes, limit)
    if first.converged and first.structure.sound:
        return first
    loadings = np.where(axes.free, np.copysign(0.7, axes.loadings), 1.0)
    alike = 0.5 + 0.5 * np.eye(len(blocks))
    level = evolve(axes, loadings=loadings, residuals=np.where(axes.free, 0.51, 0.0), among=alike)
    second = fitted(correlation, level, limit)
    return second if second.discrepancy < first.discrepancy - 1e-9 else first


def start(correlation: Floats, blocks: tuple[Ints, ...]) -> Structure:
    """Return a structure to begin with: the first principal axis of each block, somewhat shortened."""
    p, owner = len(correlation), np.zeros(len(correlation), dtype=np.intp)
    loadings, alone = np.ones(p), np.zeros(p, dtype=np.bool_)
    weights = np.zeros((p, len(blocks)))
    for factor, items in enumerate(blocks):
        owner[items], alone[items] = factor, items.size == 1
        roots, vectors = np.linalg.eigh(correlation[np.ix_(items, items)])
        axis = vectors[:, -1] * (1.0 if vectors[:, -1].sum() >= 0 else -1.0)
        weights[items, factor] = axis / np.sqrt(roots[-1])
        if items.size > 1:
            loadings[items] = np.clip(0.85 * np.sqrt(roots[-1]) * axis, -0.95, 0.95)
    among = weights.T @ correlation @ weights
    np.fill_diagonal(among, 1.0)
    return Structure(owner, ~alone, loadings, np.where(alone, 0.0, 1 - loadings**2), among)


def fitted(correlation: Floats, structure: Structure, limit: int) -> Fitted:
    """Return the maximum of the likelihood by Fisher scoring, each step shortened until the discrepancy falls."""
    here = discrepancy(correlation, structure)
    information: Floats = np.zeros((0, 0))
    for step in range(limit):
        slope, information = _scores(correlation, structure)
        steepest = float(np.abs(slope).max())
        if steepest < _AT_REST:
            return Fitted(structure, here, information, converged=True, steps=step)
        found = _descend(correlation, structure, here, _solved(information, slope))
        if found is None:
            return Fitted(structure, here, information, converged=steepest < _NEARLY, steps=step)
        structure, here = found
    return Fitted(structure, here, information, converged=False, steps=limit)


def discrepancy(correlation: Floats, structure: Structure) -> float:
    """Return ``ln|Σ| + tr(RΣ⁻¹) − ln|R| − p``; infinite where Σ is not positive definite."""
    implied = structure.implied
    try:
        root = np.linalg.cholesky(implied)
    except np.linalg.LinAlgError:
        return float("inf")
    whitened = np.linalg.solve(root, correlation)
    logs = 2 * np.log(root.diagonal()).sum() - np.linalg.slogdet(correlation)[1]
    return float(logs + np.trace(np.linalg.solve(root.T, whitened)) - len(correlation))


def _scores(correlation: Floats, structure: Structure) -> tuple[Floats, Floats]:
    """Return the gradient of the discrepancy, and the expected information of one respondent (half the Hessian)."""
    left, right = structure.directions()
    inverse = np.linalg.inv(structure.implied)
    away = inverse - inverse @ correlation @ inverse
    slope = 2 * (left * (away @ right)).sum(axis=0)
    crossed = left.T @ inverse @ right
    information = (left.T @ inverse @ left) * (right.T @ inverse @ right) + crossed * crossed.T
    return slope, information


def _solved(information: Floats, slope: Floats) -> Floats:
    """Return the scoring step, ridged where the information is singular."""
    size = len(slope)
    for ridge in (0.0, 1e-8, 1e-4):
        try:
            root = np.linalg.cholesky(information + ridge * np.eye(size))
        except np.linalg.LinAlgError:
            continue
        return -np.linalg.solve(root.T, np.linalg.solve(root, slope)) / 2
    return -slope


def _descend(correlation: Floats, structure: Structure, here: float, step: Floats) -> tuple[Structure, float] | None:
    """Return the first of ever shorter steps that makes the discrepancy fall; None where rounding hides it."""
    step = step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-300))
    for halvings in range(40):
        trial = structure.moved(step * 0.5**halvings)
        there = discrepancy(correlation, trial)
        if there < here:
            return trial, there
    return None
