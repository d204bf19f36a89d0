"""Where boxes stand and where arrows run, in inches from the upper left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.link import Link
from servqual.plots.layers import Layers, Node

Size = tuple[float, float]

# In inches: between boxes of a column, between columns, beside what leads back, around all, around bends and lanes.
_ROWS = 0.2
_COLUMNS = 0.42
_BESIDE = 0.13
_EDGE = 0.06
_BEND = 0.06
_LANE = 0.14
# So many times as wide as the widest label there is the space between columns, besides the least.
_ROOM = 1.3
# How far the ends of arrows at one side of a box stand apart, and which share of the side they take.
_PORTS = 0.17
_SIDE = 0.8
_SWEEPS = 16


@frozen
class Box:
    """A rectangle: its middle, its width and its height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (
            self.x - self.width / 2,
            self.y - self.height / 2,
            self.x + self.width / 2,
            self.y + self.height / 2,
        )


@frozen(eq=False)
class Tracks:
    """Boxes by construct, and the corners of each arrow, (corners, 2), from source to target."""

    boxes: dict[str, Box]
    lines: tuple[Floats, ...]
    size: Size

    @classmethod
    def of(
        cls, layers: Layers, links: Sequence[Link], boxes: Mapping[str, Size], labels: Sequence[Size], stretch: float
    ) -> Self:
        """Return the tracks for boxes and labels of these sizes; `stretch` gives labels more room."""
        heights = _heights(layers, links, boxes, labels)
        levels = _levels(layers, heights, stretch)
        spans, width = _spans(layers, links, boxes, _gaps(layers, labels, stretch))
        placed = {
            name: Box(spans[name][0] + spans[name][1] / 2, levels[name], spans[name][1], heights[name])
            for name in boxes
        }
        floor = max(levels[node] + heights[node] / 2 for node in levels)
        lane = max((size[1] for size in labels), default=0.0) + _LANE
        back, lines = _backwards(layers, links), []
        for number, (start, end) in enumerate(_ports(layers, links, placed, levels)):
            if number in back:
                lines.append(_return(start, end, back.index(number), floor, lane))
            else:
                lines.append(np.array([start, *_bends(layers.courses[number], spans, levels), end]))
        depth = floor + len(back) * lane + (lane / 2 if back else 0.0) + _EDGE
        return cls(placed, tuple(lines), (width, depth))


def _heights(
    layers: Layers, links: Sequence[Link], boxes: Mapping[str, Size], labels: Sequence[Size]
) -> dict[Node, float]:
    """Return how high boxes and bends are: as words need, and so that the arrows at the sides of boxes stand apart."""
    ends = [*(("out", link.source) for link in links), *(("in", link.target) for link in links)]
    most = {name: max(ends.count(("in", name)), ends.count(("out", name)), 1) for name in boxes}
    found: dict[Node, float] = {name: max(size[1], (most[name] - 1) * _PORTS) for name, size in boxes.items()}
    bends = [node for course in layers.courses for node in course[1:-1] if not isinstance(node, str)]
    return found | {bend: labels[bend[0]][1] + _BEND for bend in bends}


def _column_of(layers: Layers) -> dict[Node, int]:
    return {node: number for number, nodes in enumerate(layers.columns) for node in nodes}


def _backwards(layers: Layers, links: Sequence[Link]) -> list[int]:
    """Return the links that lead back, those over few columns first."""
    column = _column_of(layers)
    back = [number for number, course in enumerate(layers.courses) if not course]
    return sorted(back, key=lambda number: column[links[number].source] - column[links[number].target])


def _gaps(layers: Layers, labels: Sequence[Size], stretch: float) -> list[float]:
    """Return how wide the space after each column is, so that the labels between find room."""
    column = _column_of(layers)
    widest = [0.0] * len(layers.columns)
    for course, (width, _) in zip(layers.courses, labels, strict=True):
        for node in course[:-1]:
            widest[column[node]] = max(widest[column[node]], width)
    return [*(_COLUMNS + _ROOM * each * stretch for each in widest[:-1]), 0.0]


def _spans(
    layers: Layers, links: Sequence[Link], boxes: Mapping[str, Size], gaps: Sequence[float]
) -> tuple[dict[Node, Size], float]:
    """Return where the column of each node begins and how wide it is, and how wide all columns are together."""
    leading = [links[number] for number in _backwards(layers, links)]
    aside = _BESIDE * (len(leading) + 1)
    spans: dict[Node, Size] = {}
    x = _EDGE
    for column, gap in zip(layers.columns, gaps, strict=True):
        leaving, arriving = (any(link.ends[side] in column for link in leading) for side in (0, 1))
        width = max(boxes[node][0] for node in column if isinstance(node, str))
        x += aside if arriving else 0.0
        spans |= dict.fromkeys(column, (x, width))
        x += width + gap + (aside if leaving else 0.0)
    return spans, x + _EDGE


def _bends(
    course: Sequence[Node], spans: Mapping[Node, Size], levels: Mapping[Node, float]
) -> list[tuple[float, float]]:
    """Return the corners of an arrow on its way: straight through each column that it passes."""
    return [(spans[node][0] + side * spans[node][1], levels[node]) for node in course[1:-1] for side in (0, 1)]


def _levels(layers: Layers, heights: Mapping[Node, float], stretch: float) -> dict[Node, float]:
    """Return how deep the middle of each node lies: near the mean of its neighbours, with room between nodes."""
    near: dict[Node, list[Node]] = {node: [] for column in layers.columns for node in column}
    for left, right in layers.steps:
        near[left].append(right)
        near[right].append(left)
    apart = [_apart(column, heights, stretch) for column in layers.columns]
    levels: dict[Node, float] = {}
    for column, room in zip(layers.columns, apart, strict=True):
        levels |= dict(zip(column, (room - room[-1] / 2).tolist(), strict=True))
    for sweep in range(_SWEEPS):
        for column, room in list(zip(layers.columns, apart, strict=True))[:: 1 if sweep % 2 else -1]:
            wanted = [np.mean([levels[each] for each in near[node]] or [levels[node]]) for node in column]
            levels |= dict(zip(column, (_rising(np.array(wanted) - room) + room).tolist(), strict=True))
    tops = [levels[node] - heights[node] / 2 for node in levels]
    return {node: level - min(tops) + _EDGE for node, level in levels.items()}


def _apart(column: Sequence[Node], heights: Mapping[Node, float], stretch: float) -> Floats:
    """Return the least depth of each node below the first of its column."""
    steps = [(heights[above] + heights[below]) / 2 + _ROWS * stretch for above, below in pairwise(column)]
    return np.cumsum([0.0, *steps])


def _rising(wanted: Floats) -> Floats:
    """Return the numbers nearest to those wanted that never fall: neighbours that would are drawn together."""
    pools: list[list[float]] = []
    for each in wanted.tolist():
        pools.append([each])
        while len(pools) > 1 and np.mean(pools[-2]) >= np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    return np.array([float(np.mean(pool)) for pool in pools for _ in pool])


def _ports(
    layers: Layers, links: Sequence[Link], boxes: Mapping[str, Box], levels: Mapping[Node, float]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return where each arrow leaves its source and meets its target; arrows at one side do not cross there."""
    sides: dict[tuple[str, bool], list[tuple[float, int]]] = {}
    for number, (link, course) in enumerate(zip(links, layers.courses, strict=True)):
        after, before = (levels[course[1]], levels[course[-2]]) if course else (np.inf, np.inf)
        sides.setdefault((link.source, True), []).append((after, number))
        sides.setdefault((link.target, False), []).append((before, number))
    found: dict[tuple[int, bool], tuple[float, float]] = {}
    for (name, leaving), ends in sides.items():
        left, top, right, bottom = boxes[name].bounds
        spacing = min(_PORTS, _SIDE * (bottom - top) / max(len(ends) - 1, 1))
        for place, (_, number) in enumerate(sorted(ends)):
            depth = boxes[name].y + (place - (len(ends) - 1) / 2) * spacing
            found[number, leaving] = (right if leaving else left, depth)
    return [(found[number, True], found[number, False]) for number in range(len(links))]


def _return(start: Size, end: Size, lane: int, floor: float, height: float) -> Floats:
    """Return the corners of an arrow that leads back below all boxes."""
    depth = floor + (lane + 1) * height
    right, left = start[0] + _BESIDE * (lane + 1), end[0] - _BESIDE * (lane + 1.5)
    return np.array([start, (right, start[1]), (right, depth), (left, depth), (left, end[1]), end])
