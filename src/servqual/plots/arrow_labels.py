"""Where the words on arrows stand: on their own arrow, clear of boxes, of each other, and of arrows if possible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Bools, Floats

# In inches: between the points of an arrow where its label may stand, and from its ends.
_STEP = 0.04
_ENDS = 0.16
# What it costs to cover a box or a label (per square inch), a point of another arrow, an inch away from the middle.
_COVERED = 100.0
_CROSSED = 0.03
_AWAY = 0.05


def label_places(lines: Sequence[Floats], sizes: Floats, boxes: Floats) -> tuple[Floats, Bools]:
    """Return the middle of the label of each arrow, and whether it is free of boxes and of other labels.

    Parameters
    ----------
    lines
        The corners of each arrow, (corners, 2).
    sizes
        Width and height of each label, (arrows, 2); zero where there is none.
    boxes
        Left, top, right, bottom of what must stay free, (boxes, 4).
    """
    points = [_along(line) for line in lines]
    middles, free = np.zeros((len(lines), 2)), np.ones(len(lines), np.bool_)
    taken = boxes
    for number in sorted(range(len(lines)), key=lambda each: len(points[each])):
        if not sizes[number].any():
            continue
        spots = _inner(points[number])
        own = np.hstack([spots - sizes[number] / 2, spots + sizes[number] / 2])
        others = np.concatenate([np.empty((0, 2)), *(each for place, each in enumerate(points) if place != number)])
        covered = _covered(own, taken)
        away = np.abs(np.arange(len(spots)) - (len(spots) - 1) / 2) * _STEP
        best = int(np.argmin(_COVERED * covered + _CROSSED * _within(own, others) + _AWAY * away))
        middles[number], free[number] = spots[best], covered[best] == 0
        taken = np.vstack([taken, own[best]])
    return middles, free


def _along(line: Floats) -> Floats:
    """Return points along an arrow, at equal distances."""
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0.0, lengths[-1], max(int(lengths[-1] / _STEP), 2) + 1)
    return np.column_stack([np.interp(at, lengths, line[:, axis]) for axis in (0, 1)])


def _inner(points: Floats) -> Floats:
    cut = min(round(_ENDS / _STEP), (len(points) - 1) // 2)
    return points[cut : len(points) - cut]


def _covered(own: Floats, taken: Floats) -> Floats:
    """Return how much of each place is taken, in square inches."""
    over = np.minimum(own[:, None, 2:], taken[None, :, 2:]) - np.maximum(own[:, None, :2], taken[None, :, :2])
    return np.prod(np.clip(over, 0.0, None), axis=2).sum(axis=1)


def _within(own: Floats, points: Floats) -> Floats:
    """Return how many points lie within each place."""
    inside = (own[:, None, :2] < points[None]) & (points[None] < own[:, None, 2:])
    return inside.all(axis=2).sum(axis=1).astype(np.float64)
