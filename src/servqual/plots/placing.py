"""Labels beside points, without running into each other as far as a simple rule can see to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from attrs import frozen

from servqual._arrays import Floats

# Where a label may stand, seen from its point, in the order in which places are tried.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_DISTANCES = (6.0, 14.0, 24.0, 36.0, 50.0)
_OUTSIDE = 10.0
_MARK = 4.0
_FAR = 0.05


@frozen
class Spot:
    """The middle of a label, in points from its mark, and whether it needs a line to the mark."""

    x: float
    y: float
    far: bool


def spots(marks: Floats, sizes: Floats, room: tuple[float, float], taken: Sequence[Floats] = ()) -> list[Spot]:
    """Return where the label of each mark stands.

    One after the other, each label takes the place nearest to its mark where it overlaps least with marks, with labels
    that stand already, and with the outside. Crowded marks choose first.

    Parameters
    ----------
    marks, sizes
        Where marks are, and how wide and high their labels are: (marks, 2), in points from the lower left corner.
    room
        Width and height of the Axes.
    taken
        Boxes (left, bottom, right, top) that are to stay free.
    """
    boxes = [*taken, *(np.array([*(mark - _MARK), *(mark + _MARK)]) for mark in marks)]
    found: dict[int, Spot] = {}
    for place in _crowded_first(marks):
        best = min(_places(sizes[place]), key=lambda spot: _cost(marks[place], sizes[place], spot, boxes, room))
        boxes.append(_box(marks[place], sizes[place], best))
        found[place] = best
    return [found[place] for place in range(len(marks))]


def _crowded_first(marks: Floats) -> list[int]:
    distances = np.hypot(*(marks[:, None] - marks[None]).transpose(2, 0, 1))
    return np.argsort(np.sort(distances, axis=1)[:, 1:4].sum(axis=1), kind="stable").tolist()


def _places(size: Floats) -> list[Spot]:
    width, height = size / 2
    return [
        Spot(x * (distance + width), y * (distance + height), distance > _DISTANCES[0])
        for distance, (x, y) in product(_DISTANCES, _SIDES)
    ]


def _box(mark: Floats, size: Floats, spot: Spot) -> Floats:
    middle = mark + np.array([spot.x, spot.y])
    return np.array([*(middle - size / 2), *(middle + size / 2)])


def _cost(mark: Floats, size: Floats, spot: Spot, boxes: Sequence[Floats], room: tuple[float, float]) -> float:
    """Return how much of a label is covered, or outside, in square points; a little more the further away it is."""
    own = _box(mark, size, spot)
    others = np.array(boxes)
    over = np.minimum(own[2:], others[:, 2:]) - np.maximum(own[:2], others[:, :2])
    covered = float(np.prod(np.clip(over, 0, None), axis=1).sum())
    inside = np.clip(np.minimum(own[2:], room) - np.maximum(own[:2], 0), 0, None)
    outside = float(np.prod(size) - np.prod(inside))
    return covered + _OUTSIDE * outside + _FAR * float(np.hypot(spot.x, spot.y))
