"""`PathPlan`: which columns measure which construct, and which construct leads to which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Ints, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.paths import total_effects
from servqual.statistics.pls_words import OuterMode


def _blocks_of(blocks: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(int, block)) for block in blocks)


def _paths_of(paths: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((int(source), int(target)) for source, target in paths)


def _modes_of(modes: Iterable[OuterMode | str] | OuterMode | str) -> tuple[OuterMode, ...]:
    given = (modes,) if isinstance(modes, str) else tuple(modes)
    return tuple(map(OuterMode, given))


@frozen(cache_hash=True)
class PathPlan:
    """A path model in positions: columns of a matrix measure constructs, constructs lead to constructs.

    Parameters
    ----------
    blocks
        For each construct, the positions of its indicators; each position 0 to p − 1 stands in one block.
    paths
        Pairs (source, target) of positions of constructs, without a cycle; every construct stands in one.
    modes
        One for each construct, or one for all.

    Raises
    ------
    ArgumentError
        All contradictions at once.

    Examples
    --------
    >>> plan = PathPlan([[0, 1], [2, 3]], [(0, 1)])
    >>> plan.items, plan.constructs, plan.modes[0].value
    (4, 2, 'A')
    """

    blocks: tuple[tuple[int, ...], ...] = field(converter=_blocks_of)
    paths: tuple[tuple[int, int], ...] = field(converter=_paths_of)
    modes: tuple[OuterMode, ...] = field(default=(OuterMode.A,), converter=_modes_of)

    def __attrs_post_init__(self) -> None:
        if len(self.modes) == 1:
            object.__setattr__(self, "modes", self.modes * len(self.blocks))
        problems = [*_block_faults(self), *_path_faults(self)]
        if problems:
            raise ArgumentError(*problems)
        # the algebra of paths refuses cycles
        total_effects(_pattern(self).astype(np.float64))

    @property
    def items(self) -> int:
        """How many indicators there are."""
        return sum(map(len, self.blocks))

    @property
    def constructs(self) -> int:
        """How many constructs there are."""
        return len(self.blocks)


def _block_faults(plan: PathPlan) -> Iterator[Problem]:
    placed = sorted(position for block in plan.blocks for position in block)
    if not plan.blocks or not all(plan.blocks):
        yield Problem("blocks", "none, or one without indicators", "each construct has at least one indicator")
    if placed != list(range(len(placed))):
        rule = "each position 0 to p − 1 stands in one block, once"
        yield Problem("blocks", f"the positions {', '.join(map(str, placed))}", rule)
    if len(plan.modes) != len(plan.blocks):
        found = f"{len(plan.modes)} modes for {len(plan.blocks)} constructs"
        yield Problem("modes", found, "there is one for each construct, or one for all")


def _path_faults(plan: PathPlan) -> Iterator[Problem]:
    size = len(plan.blocks)
    for source, target in plan.paths:
        if not (0 <= source < size and 0 <= target < size) or source == target:
            rule = f"a path leads from one construct to another, at positions 0 to {size - 1}"
            yield Problem("paths", f"({source}, {target})", rule)
    if len(set(plan.paths)) < len(plan.paths):
        yield Problem("paths", "a path twice", "each path is named once")
    alone = sorted(set(range(size)) - {end for path in plan.paths for end in path})
    if alone:
        found = f"none at construct {', '.join(map(str, alone))}"
        yield Problem("paths", found, "every construct has a neighbour, from which its weights follow")


@frozen(eq=False)
class Predecessors:
    """Where the numbers of all regressions stand among correlations of constructs, as many equations as are driven.

    Equations with fewer predecessors than the most there are, k, are filled up with rows of the unit matrix.

    Attributes
    ----------
    driven
        The construct that each equation explains, shape (1, E).
    places
        Its predecessors, shape (k, E), filled up with zeros; `across` and `along` are pairs of them, (k, k, E).
    taken, inside
        1 where there is a predecessor, shape (k, E, 1), or a pair of them, (k, k, E, 1).
    filling
        1 on the diagonal where there is none, shape (k, k, E, 1).
    equation, place, target, source
        Of each path: its equation and place in it, and its ends.
    """

    driven: Ints
    places: Ints
    across: Ints
    along: Ints
    taken: Floats
    inside: Floats
    filling: Floats
    equation: Ints
    place: Ints
    target: Ints
    source: Ints

    @classmethod
    def of(cls, parents: Sequence[Ints]) -> Self:
        """Return the places for constructs with these parents."""
        driven = np.flatnonzero([each.size > 0 for each in parents])
        most = max((each.size for each in parents), default=0)
        places, taken = np.zeros((most, driven.size), np.intp), np.zeros((most, driven.size))
        for row, target in enumerate(driven.tolist()):
            places[: parents[target].size, row] = parents[target]
            taken[: parents[target].size, row] = 1
        place, equation = np.nonzero(taken)
        pairs = np.broadcast_arrays(places[:, None], places[None])
        inside = taken[:, None] * taken[None]
        filling = np.eye(most)[:, :, None] * (1 - taken[:, None])
        return cls(
            driven=driven[None],
            places=places,
            across=pairs[0],
            along=pairs[1],
            taken=taken[..., None],
            inside=inside[..., None],
            filling=filling[..., None],
            equation=equation,
            place=place,
            target=driven[equation],
            source=places[place, equation],
        )


@frozen(eq=False)
class PlanLayout:
    """What the arithmetic needs of a plan, as arrays.

    Attributes
    ----------
    owner, items
        The construct of each indicator, and its own position, shape (p,).
    membership
        1 where an indicator belongs to a construct, shape (p, m).
    pattern
        Whether column j leads to row i, shape (m, m).
    adjacent
        1 where two constructs are neighbours, shape (m, m).
    parents
        For each construct, the positions of those that lead to it.
    predecessors
        How regressions on predecessors find their numbers.
    """

    owner: Ints
    items: Ints
    membership: Floats
    pattern: Bools
    adjacent: Floats
    parents: tuple[Ints, ...]
    predecessors: Predecessors


@lru_cache(maxsize=64)
def layout_of(plan: PathPlan) -> PlanLayout:
    """Return the arrays of a plan."""
    owner = np.empty(plan.items, np.intp)
    for construct, block in enumerate(plan.blocks):
        owner[list(block)] = construct
    pattern = _pattern(plan)
    membership = (owner[:, None] == np.arange(plan.constructs)).astype(np.float64)
    parents = tuple(freeze(np.flatnonzero(row)) for row in pattern)
    adjacent = (pattern | pattern.T).astype(np.float64)
    return PlanLayout(
        owner=freeze(owner),
        items=freeze(np.arange(owner.size)),
        membership=freeze(membership),
        pattern=freeze(pattern),
        adjacent=freeze(adjacent),
        parents=parents,
        predecessors=Predecessors.of(parents),
    )


def _pattern(plan: PathPlan) -> Bools:
    """Return whether column j leads to row i."""
    pattern = np.zeros((plan.constructs, plan.constructs), np.bool_)
    for source, target in plan.paths:
        pattern[target, source] = True
    return pattern
