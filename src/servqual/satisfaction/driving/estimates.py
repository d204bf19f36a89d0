"""Shares, R² and coefficients of drivers, from one matrix and from those of resamples."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.satisfaction.drawing import NOT_DRAWN
from servqual.satisfaction.driving.asking import Ask
from servqual.statistics import Inapplicable
from servqual.statistics._progress import Progress
from servqual.statistics.closed_shares import inflation
from servqual.statistics.importance import (
    ImportanceMethod,
    explained_variance,
    sampled_variance_shares,
    variance_shares,
)
from servqual.statistics.reasoned import Reasoned
from servqual.statistics.relations import relations_of
from servqual.statistics.resample_quantiles import QuantileRule, quantiles

# matrices that are divided between two steps of a bar
_PIECE = 50
_FEW = "fewer than two resamples have a solution"


@frozen(eq=False)
class Estimates:
    """Of each matrix of a stack: shares (matrices, drivers), R² (matrices,), coefficients, and errors of drawing."""

    shares: Floats
    r2: Floats
    slopes: Floats
    errors: Floats | None = None

    @classmethod
    def of(cls, stack: Floats, ask: Ask, seed: int | None, *, progress: bool = False) -> Estimates:
        """Return the estimates of matrices, shape (matrices, q, q), with controls first and the outcome last."""
        if not len(stack):
            return cls(np.empty((0, len(ask.drivers))), np.empty(0), np.empty((0, len(ask.drivers))))
        parts = []
        with Progress(len(stack), "shares", wanted=progress) as bar:
            for at in range(0, len(stack), _PIECE):
                parts.append(_shares(stack[at : at + _PIECE], ask, seed))
                bar.done(len(parts[-1][0]))
        shares = np.concatenate([each for each, _ in parts])
        drawn = [errors for _, errors in parts if errors is not None]
        r2 = explained_variance(stack, controls=ask.control_places)
        return cls(shares, r2, _slopes(stack, shares, ask), np.concatenate(drawn) if drawn else None)

    def good(self) -> Estimates:
        """Return those matrices that have a solution."""
        kept = np.isfinite(self.shares).all(axis=1)
        return Estimates(self.shares[kept], self.r2[kept], self.slopes[kept])

    def __len__(self) -> int:
        return len(self.shares)


def _shares(stack: Floats, ask: Ask, seed: int | None) -> tuple[Floats, Floats | None]:
    given: dict[str, Any] = {"groups": ask.group_places, "controls": ask.control_places}
    if ask.orderings is not None:
        drawn = sampled_variance_shares(stack, orderings=ask.orderings, rng=seed, **given)
        return drawn.shares, drawn.errors
    return variance_shares(stack, ask.method, **given), None


def _slopes(stack: Floats, shares: Floats, ask: Ask) -> Floats:
    """Return the coefficients of drivers, given each other and controls, in units of the outcome per unit of theirs."""
    found, start = np.full((len(stack), len(ask.drivers)), np.nan), len(ask.controls)
    good = np.isfinite(shares).all(axis=1)
    solved = np.linalg.solve(stack[good, :-1, :-1], stack[good, :-1, -1:])[..., 0]
    found[good] = solved[:, start:]
    return found


def interval(replicates: Floats, confidence: float, draws: int) -> tuple[Reasoned, Reasoned]:
    """Return the ends of percentile intervals of columns, (resamples, m), or why there are none."""
    size = replicates.shape[1]
    if not draws:
        return Reasoned.none(NOT_DRAWN, size), Reasoned.none(NOT_DRAWN, size)
    if len(replicates) < 2:
        return Reasoned.none(_FEW, size), Reasoned.none(_FEW, size)
    tail = round((1 - confidence) / 2, 15)
    levels = np.broadcast_to([[tail], [1 - tail]], (2, size))
    low, high = quantiles(np.ascontiguousarray(replicates.T), levels, QuantileRule.LINEAR)
    return Reasoned.of(low), Reasoned.of(high)


def rank_interval(ranks: Ints, confidence: float, draws: int) -> tuple[Reasoned, Reasoned]:
    """Return the ends of intervals of ranks, (resamples, m), as whole ranks: the outer ones where they lie between."""
    low, high = interval(ranks.astype(np.float64), confidence, draws)
    return Reasoned(np.floor(low.values), low.reason), Reasoned(np.ceil(high.values), high.reason)


def number(value: float) -> float | Inapplicable:
    """Return a number, or that there is none."""
    return Reasoned.of([value]).at(0)


def ranks_of(shares: Floats) -> Ints:
    """Return the rank of each driver, 1 for the largest share, equal ones in their order; (matrices, drivers)."""
    order = np.argsort(-shares, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, shares.shape[1] + 1)[None], axis=1)
    return ranks


def correlations(matrix: Floats, ask: Ask) -> Floats:
    """Return correlations of drivers with the outcome, not given controls, shape (drivers,)."""
    sd = np.sqrt(matrix.diagonal())
    return np.asarray(matrix[len(ask.controls) : -1, -1] / sd[len(ask.controls) : -1] / sd[-1])


def inflations(matrix: Floats) -> Floats:
    """Return the variance inflation of each column but the last."""
    return np.asarray(inflation(relations_of(matrix).stack)[0])


def condition(matrix: Floats) -> float:
    """Return the condition number of the predictors: the root of the largest over the smallest eigenvalue."""
    roots = np.linalg.eigvalsh(relations_of(matrix).stack[0, :-1, :-1])
    return float(np.sqrt(roots[-1] / roots[0]))


def metric_columns(matrix: Floats, ask: Ask, most: int) -> dict[str, Floats | None]:
    """Return the shares by every method, by its name; None for LMG of too many drivers."""
    found: dict[str, Floats | None] = {}
    for method in ImportanceMethod:
        large = method is ImportanceMethod.LMG and len(ask.drivers) > most
        found[str(method)] = None if large else variance_shares(matrix, method, controls=ask.control_places)
    return found
