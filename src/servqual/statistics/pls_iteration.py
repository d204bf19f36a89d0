"""The iteration of PLS path modelling on a stack of matrices: outer and inner estimates by turns, until rest."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import define, field, frozen

from servqual._arrays import Bools, Floats, Ints
from servqual.statistics.pls_inner import inner_weights
from servqual.statistics.pls_plan import PathPlan, PlanLayout, layout_of
from servqual.statistics.pls_words import InnerScheme, OuterMode, PathState
from servqual.statistics.stacked_inverses import inverse_stack

# of the largest variance that a score of such weights could have: below this share, it has none
_NOTHING = 1e-12
# the stack is made smaller once no more than this share of its matrices still moves
_DROP = 0.6


@frozen(eq=False)
class Settled:
    """Weights of a stack of matrices, shape (B, p), each score of unit variance, and how each iteration ended.

    Attributes
    ----------
    weights
        NaN where there are none; those of the last iteration where they did not come to rest.
    state
        Codes of `PathState`, shape (B,).
    iterations, change
        How many there were, and the largest change of a weight in the last one, shape (B,).
    """

    weights: Floats
    state: Ints
    iterations: Ints
    change: Floats


def settle(matrices: Floats, plan: PathPlan, scheme: InnerScheme, tolerance: float, most: int) -> Settled:
    """Return the weights of every matrix of a stack; each is estimated as if it were alone.

    Parameters
    ----------
    matrices
        Covariances or correlations of the indicators, shape (B, p, p).
    plan, scheme
        The model, and how neighbours count.
    tolerance
        The largest change of a weight, on indicators of unit variance, that counts as rest.
    most
        Iterations after which a matrix is given up.
    """
    size, items = matrices.shape[:2]
    found = Settled(
        np.full((size, items), np.nan),
        np.full(size, PathState.UNSETTLED, np.int8),
        np.zeros(size, np.int64),
        np.full(size, np.nan),
    )
    moving = _Moving.of(matrices, plan, scheme, found)
    for _ in range(most):
        if not moving.rows.size:
            break
        moving.step(found, tolerance)
    return found


@define(eq=False)
class _Moving:
    """The matrices that still move, by their places in the whole stack, and where their weights stand."""

    rows: Ints
    stack: Floats
    sd: Floats
    inverses: list[tuple[Ints, Floats]]
    layout: PlanLayout
    scheme: InnerScheme
    alone: bool
    weights: Floats = field(init=False)
    shared: Floats = field(init=False)
    still: Bools = field(init=False)

    @classmethod
    def of(cls, matrices: Floats, plan: PathPlan, scheme: InnerScheme, found: Settled) -> Self:
        """Return the stack at equal weights on indicators of unit variance; what cannot be estimated is left out."""
        variances = np.diagonal(matrices, axis1=1, axis2=2)
        varies = (variances > 0).all(axis=1) & np.isfinite(matrices).all(axis=(1, 2))
        found.state[~varies] = PathState.NO_VARIANCE
        rows = np.flatnonzero(varies)
        moving = cls(rows, matrices[rows], np.sqrt(variances[rows]), [], layout_of(plan), scheme, len(matrices) == 1)
        good = moving._stand(1 / moving.sd)
        for block, mode in zip(plan.blocks, plan.modes, strict=True):
            if mode is OuterMode.B and len(block) > 1:
                places = np.array(block)
                inverse, has_one = inverse_stack(moving.stack[:, places[:, None], places])
                moving.inverses.append((places, inverse))
                good &= has_one
        found.state[rows[~good]] = PathState.SINGULAR
        moving.still = good
        moving._leave_behind()
        return moving

    def step(self, found: Settled, tolerance: float) -> None:
        """Make one inner and one outer estimate, and note them."""
        before, layout = self.weights, self.layout
        scores = np.swapaxes(self.shared, 1, 2) @ (before[..., None] * layout.membership)
        inner = inner_weights(scores, layout, self.scheme, alone=self.alone)
        outer = self._own(self.shared @ inner)
        for places, inverse in self.inverses:
            outer[:, places] = (inverse @ outer[:, places, None])[..., 0]
        good = self._stand(outer)
        change = np.abs((self.weights - before) * self.sd).max(axis=1)
        here, there = self.still, self.rows[self.still]
        found.weights[there], found.change[there] = self.weights[here], change[here]
        found.iterations[there] += 1
        found.state[self.rows[here & good & (change <= tolerance)]] = PathState.FITTED
        found.state[self.rows[here & ~good]] = PathState.SINGULAR
        self.still = here & good & ~(change <= tolerance)
        self._leave_behind()

    def _stand(self, weights: Floats) -> Bools:
        """Take weights, scaled so that each score has unit variance; return which matrices have such scores."""
        membership, owner = self.layout.membership, self.layout.owner
        shared = self.stack @ (weights[..., None] * membership)
        variance = (weights * self._own(shared)) @ membership
        reach = (np.abs(weights) * self.sd) @ membership
        with np.errstate(invalid="ignore"):
            good = np.asarray((variance > _NOTHING * reach * reach).all(axis=1))
        scale = 1 / np.sqrt(np.where(good[:, None], variance, 1.0))
        self.weights = weights * scale[:, owner]
        # covariances of indicators with scores
        self.shared = shared * scale[:, None, :]
        return good

    def _own(self, table: Floats) -> Floats:
        """Return of each indicator the entry of its own construct, from (B, p, m)."""
        return table[:, self.layout.items, self.layout.owner]

    def _leave_behind(self) -> None:
        """Drop matrices that do not move any more, once they are many."""
        if self.still.all() or self.still.mean() > _DROP:
            return
        kept = np.flatnonzero(self.still)
        self.rows, self.stack, self.sd = self.rows[kept], self.stack[kept], self.sd[kept]
        self.inverses = [(places, inverse[kept]) for places, inverse in self.inverses]
        self.weights, self.shared, self.still = self.weights[kept], self.shared[kept], self.still[kept]
