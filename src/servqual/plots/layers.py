"""A chain in columns: each construct to the right of its causes, few crossings between neighbouring columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Self

from attrs import evolve, frozen

from servqual.chain.graph import Chain
from servqual.chain.link import Link

# A construct, or the bend of a link (by its number) in a column that it passes.
Node = str | tuple[int, int]
Columns = tuple[tuple[Node, ...], ...]
Step = tuple[Node, Node]

_SWEEPS = 12


@frozen
class Layers:
    """Constructs and bends in columns.

    Attributes
    ----------
    columns
        From the left, each from the top.
    courses
        Of each link, the constructs and bends it passes; none where it leads back to an earlier column.
    """

    columns: Columns
    courses: tuple[tuple[Node, ...], ...]

    @classmethod
    def of(cls, chain: Chain) -> Self:
        """Return the columns of a chain."""
        ranks = _ranks(chain)
        courses = tuple(_course(number, link, ranks) for number, link in enumerate(chain.links))
        columns: list[list[Node]] = [[] for _ in range(max(ranks.values()) + 1)]
        for name, rank in ranks.items():
            columns[rank].append(name)
        for course in courses:
            for place, bend in enumerate(course[1:-1], start=1):
                columns[ranks[str(course[0])] + place].append(bend)
        drawn = cls(tuple(map(tuple, columns)), courses)
        return evolve(drawn, columns=_untangled(drawn.columns, drawn.steps))

    @property
    def steps(self) -> list[Step]:
        """Every piece of a link between neighbouring columns."""
        return [step for course in self.courses for step in pairwise(course)]


def _ranks(chain: Chain) -> dict[str, int]:
    """Return the column of each construct: as far left as its causes let it, but beside what it drives first."""
    place = {name: number for number, name in enumerate(chain.constructs)}
    forward = [link for link in chain.links if place[link.source] < place[link.target]]
    ranks = dict.fromkeys(chain.constructs, 0)
    for link in sorted(forward, key=lambda link: place[link.source]):
        ranks[link.target] = max(ranks[link.target], ranks[link.source] + 1)
    driven = {link.target for link in forward}
    for name in {link.source for link in forward} - driven:
        ranks[name] = min(ranks[link.target] for link in forward if link.source == name) - 1
    return ranks


def _course(number: int, link: Link, ranks: Mapping[str, int]) -> tuple[Node, ...]:
    first, last = ranks[link.source], ranks[link.target]
    bends = ((number, column) for column in range(first + 1, last))
    return (link.source, *bends, link.target) if first < last else ()


def _untangled(columns: Columns, steps: Sequence[Step]) -> Columns:
    """Return the columns in an order with few crossings: each node is moved towards the mean of its neighbours."""
    best, fewest = columns, _crossings(columns, steps)
    for sweep in range(_SWEEPS):
        columns = _swept(columns, steps, rightwards=sweep % 2 == 0)
        count = _crossings(columns, steps)
        if count < fewest:
            best, fewest = columns, count
    return best


def _swept(columns: Columns, steps: Sequence[Step], *, rightwards: bool) -> Columns:
    neighbours: dict[Node, list[Node]] = {}
    for left, right in steps:
        node, other = (right, left) if rightwards else (left, right)
        neighbours.setdefault(node, []).append(other)
    heights = dict(_heights(columns))
    order = range(len(columns)) if rightwards else range(len(columns) - 1, -1, -1)
    moved = list(columns)
    for number in order:
        for node in moved[number]:
            near = neighbours.get(node)
            heights[node] = sum(heights[each] for each in near) / len(near) if near else heights[node]
        moved[number] = tuple(sorted(moved[number], key=heights.__getitem__))
        heights.update(_heights([moved[number]]))
    return tuple(moved)


def _heights(columns: Sequence[Sequence[Node]]) -> Iterator[tuple[Node, float]]:
    """Yield how far each node stands below the middle of its column."""
    for column in columns:
        for place, node in enumerate(column):
            yield node, place - (len(column) - 1) / 2


def _crossings(columns: Columns, steps: Sequence[Step]) -> int:
    place = {node: (number, row) for number, column in enumerate(columns) for row, node in enumerate(column)}
    found = [(place[left][0], place[left][1], place[right][1]) for left, right in steps]
    return sum(a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for a, b in combinations(found, 2))
