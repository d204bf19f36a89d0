"""LMG shares from some of the orderings of predictors, drawn at random, with the error of the drawing."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, Ints, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.coalition_shares import Places, players_of

# entries of the matrices that are decomposed at once
_HELD = 1 << 20


@frozen(eq=False, getstate_setstate=False, repr=False)
class SampledShares(Holder):
    """Shares of explained variance from a sample of orderings.

    Attributes
    ----------
    shares
        Shape (…, predictors); they sum to R².
    errors
        Standard errors of the sampling of orderings, of the same shape; they say nothing of respondents.
    orderings
        How many.
    """

    shares: Floats = field(converter=floats)
    errors: Floats = field(converter=floats)
    orderings: int

    def __repr__(self) -> str:
        return f"<SampledShares of {self.shares.shape[-1]} predictors from {self.orderings} orderings>"


def sampled_shares(
    stack: Floats, groups: Places, orderings: int, rng: int | np.random.Generator | None
) -> SampledShares:
    """Return the mean of what each predictor adds to R², over orderings drawn in pairs, each with its reverse.

    In the Cholesky factor of a matrix with its predictors in some order and the outcome last, the squares of the last
    row are what each adds to R² in that order. Groups stay together.
    """
    check_orderings(orderings, rng)
    orders = drawn_orders(players_of(groups, stack.shape[-1] - 1), orderings, np.random.default_rng(rng))
    pairs, predictors = len(orders) // 2, orders.shape[1]
    total, squares = np.zeros((2, len(stack), predictors))
    width = max(1, _HELD // max(1, len(stack) * stack.shape[-1] ** 2))
    for at in range(0, pairs, width):
        part = np.stack([orders[:pairs][at : at + width], orders[pairs:][at : at + width]], axis=1)
        means = _added(stack, part.reshape(-1, predictors)).reshape(len(stack), -1, 2, predictors).mean(axis=2)
        total += means.sum(axis=1)
        squares += (means**2).sum(axis=1)
    share = total / pairs
    spread = np.maximum(squares / pairs - share**2, 0.0) * pairs / (pairs - 1)
    return SampledShares(share, np.sqrt(spread / pairs), orderings)


def drawn_orders(players: Places, orderings: int, generator: np.random.Generator) -> Ints:
    """Return orderings of predictors, shape (orderings, predictors): the second half is the first one reversed."""
    drawn = []
    for _ in range(orderings // 2):
        order = [generator.permutation(players[place]) for place in generator.permutation(len(players))]
        drawn.append(np.concatenate(order))
    forwards = np.array(drawn, dtype=np.intp)
    return np.concatenate([forwards, forwards[:, ::-1]])


def check_orderings(orderings: object, rng: object) -> None:
    """Refuse an odd number of orderings, too few, and a drawing without a seed."""
    problems = []
    if not isinstance(orderings, int | np.integer) or orderings < 4 or orderings % 2:
        rule = "orderings come in pairs, and an error needs two pairs or more: an even number, 4 at least"
        problems.append(Problem("orderings", repr(orderings), rule, "orderings=1000"))
    if rng is None:
        problems.append(Problem("rng", "None", "what is drawn at random has a seed", "pass a seed, as rng=1"))
    if problems:
        raise ArgumentError(*problems)


def _added(stack: Floats, orders: Ints) -> Floats:
    """Return what each predictor adds in each ordering, shape (matrices, orderings, predictors)."""
    last = np.full((len(orders), 1), stack.shape[-1] - 1)
    whole = np.concatenate([orders, last], axis=1)
    turned = stack[:, whole[:, :, None], whole[:, None, :]]
    steps = np.linalg.cholesky(turned[..., :-1, :-1])
    added = np.linalg.solve(steps, turned[..., :-1, -1:])[..., 0] ** 2
    back = np.argsort(orders, axis=1)
    return np.take_along_axis(added, np.broadcast_to(back, added.shape), axis=2)
