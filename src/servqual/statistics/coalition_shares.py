"""LMG shares from all subsets of predictors: Shapley values, and Owen values where predictors come in together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servqual._arrays import Floats
from servqual.statistics.shapley_shares import orderings_weight, shapley
from servqual.statistics.subset_variance import unexplained

# variances of subsets that are held at once
_HELD = 1 << 19

Places = tuple[tuple[int, ...], ...]


def players_of(groups: Places, predictors: int) -> Places:
    """Return what comes in together: the groups, then all other predictors one by one."""
    placed = {place for group in groups for place in group}
    return (*groups, *((place,) for place in range(predictors) if place not in placed))


def exact_shares(stack: Floats, groups: Places) -> Floats:
    """Return the LMG share of each predictor, shape (matrices, predictors).

    Of a predictor in a group it is the Owen value: the mean over the orderings in which each group stays together.

    Parameters
    ----------
    stack
        Correlations, shape (matrices, predictors + 1, predictors + 1), the outcome last.
    groups
        Positions of predictors that come in together, two or more each.
    """
    predictors = stack.shape[-1] - 1
    players = players_of(groups, predictors)
    shares = np.empty((len(stack), predictors))
    for part in _pieces(len(stack), len(players)):
        order = [place for player in players for place in player]
        left = unexplained(_ordered(stack[part], order), [len(player) for player in players])
        alone = -shapley(left, len(players))
        for number, player in enumerate(players):
            if len(player) == 1:
                shares[part, player[0]] = alone[number]
    for number, group in enumerate(groups):
        others = [each for place, each in enumerate(players) if place != number]
        for part in _pieces(len(stack), len(others) + len(group)):
            shares[part, list(group)] = _owen(stack[part], others, group).T
    return shares


def _owen(stack: Floats, others: list[tuple[int, ...]], group: tuple[int, ...]) -> Floats:
    """Return the Owen values of the members of a group, shape (members, matrices).

    First the mean over which other groups came before, then Shapley values within the group.
    """
    order = [place for player in (*others, group) for place in player]
    sizes = [*(len(player) for player in others), *(1 for _ in group)]
    left = unexplained(_ordered(stack, order), sizes)
    before = orderings_weight(len(others) + 1)[_sizes(len(others))]
    within = np.einsum("s,gsb->gb", before, left.reshape(2 ** len(group), before.size, -1))
    return -shapley(within, len(group))


def _sizes(players: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.array([number.bit_count() for number in range(2**players)], dtype=np.intp)


def _ordered(stack: Floats, order: list[int]) -> Floats:
    whole = [*order, stack.shape[-1] - 1]
    return stack[:, whole][:, :, whole]


def _pieces(matrices: int, players: int) -> Iterator[slice]:
    width = max(1, _HELD >> players)
    return (slice(at, at + width) for at in range(0, matrices, width))
