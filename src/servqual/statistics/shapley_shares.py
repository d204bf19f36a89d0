"""Shapley values of a game whose worth is known for every coalition: fair shares of a sum."""

from __future__ import annotations

from functools import lru_cache
from math import factorial

import numpy as np

from servqual._arrays import Floats, Ints, freeze


def orderings_weight(players: int) -> Floats:
    """Return the share of orderings in which given players, 0 to ``players − 1`` of them, come before another one."""
    whole = factorial(players)
    return np.array([factorial(size) * factorial(players - 1 - size) / whole for size in range(players)])


def coalition_sizes(players: int) -> Ints:
    """Return how many players each coalition has, shape (2**players,); coalition ``Σ 2**k`` holds the players k."""
    sizes = np.zeros(1, dtype=np.int8)
    for _ in range(players):
        sizes = np.concatenate([sizes, sizes + np.int8(1)])
    return sizes


@lru_cache(maxsize=4)
def _weights(players: int) -> tuple[Floats, Floats]:
    """Return, for each coalition, its weight before another player, and that together with its weight after one."""
    weight, sizes = np.append(orderings_weight(players), 0.0), coalition_sizes(players)
    before = weight[sizes]
    return freeze(before), freeze(before + weight[sizes - 1])


def shapley(worth: Floats, players: int) -> Floats:
    """Shapley values: the mean, over all orderings, of what each player adds to those before; shape (players, games).

    ``φ_j = Σ_{S ∌ j} |S|! (p − 1 − |S|)! / p! · (v(S ∪ j) − v(S))``. They sum to the worth of all less that of none.

    Parameters
    ----------
    worth
        ``v(S)`` of each coalition, shape (2**players, games); a constant added to all of a game changes nothing.
    players
        Number of players.

    References
    ----------
    Shapley 1953, in Kuhn & Tucker (eds), Contributions to the Theory of Games II, Princeton, 307-317.
    """
    before, both = _weights(players)
    without = before @ worth
    summed = worth * both[:, None]
    shares = np.empty((players, worth.shape[1]))
    for player in range(players - 1, -1, -1):
        half = len(summed) // 2
        shares[player] = np.ones(half) @ summed[half:]
        summed[:half] += summed[half:]
        summed = summed[:half]
    return np.asarray(shares - without)
