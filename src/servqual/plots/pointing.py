"""What is written among a cloud of points: a label beside each, and words in the corners."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, whole_lines
from servqual.plots.placing import spots
from servqual.plots.wording import LETTER, width_of

_SMALL = 0.9
# Half of what the line of an interval fills, in points.
_THIN = 1.0
# Top left, top right, bottom left, bottom right.
CORNERS = ((0, 1), (1, 1), (0, 0), (1, 0))
_GREY = "#707070"


Room = tuple[float, float]


def write_corners(board: Board, texts: Sequence[str], room: Room) -> list[Floats]:
    """Write a text into each corner, in the order of `CORNERS`, and return the boxes that they fill.

    `room` is the width and the height of the Axes; that and boxes are in points.
    """
    boxes = []
    for text, (right, top) in zip(texts, CORNERS, strict=True):
        size = board.size * _SMALL
        board.ax.annotate(
            text, (right, top), (5 - 10 * right, 5 - 10 * top), xycoords="axes fraction", textcoords="offset points",
            ha="right" if right else "left", va="top" if top else "bottom", color=_GREY, fontsize=size,
            fontfamily=board.voice.fonts,
        )  # fmt: skip
        filled = np.array([LETTER * size * width_of(text) + 8, 1.5 * size + 6])
        corner = np.array([right, top]) * (room - filled)
        boxes.append(np.array([*corner, *(corner + filled)]))
    return boxes


def span_boxes(board: Board, points: Floats, low: Floats, high: Floats, room: Room) -> list[Floats]:
    """Return the boxes that the lines of intervals fill, both ways, for labels to stay off them.

    `points` and the ends of the intervals are in the units of the axes, (points, 2); NaN where there is no interval.
    """
    start, end = np.array([board.ax.get_xlim(), board.ax.get_ylim()]).T
    at, first, last = ((each - start) / (end - start) * room for each in (points, low, high))
    across = np.column_stack([first[:, 0], at[:, 1] - _THIN, last[:, 0], at[:, 1] + _THIN])
    upwards = np.column_stack([at[:, 0] - _THIN, first[:, 1], at[:, 0] + _THIN, last[:, 1]])
    return [box for box in (*across, *upwards) if not np.isnan(box).any()]


def write_labels(board: Board, points: Floats, texts: Sequence[str], taken: Sequence[Floats], room: Room) -> None:
    """Write a text beside each point, (points, 2), outside the boxes taken, with a thin line where it stands away."""
    size = board.size * _SMALL
    low, high = np.array([board.ax.get_xlim(), board.ax.get_ylim()]).T
    sizes = np.array([[LETTER * size * width_of(text) + 2, 1.25 * size * whole_lines(text)] for text in texts])
    places = spots((points - low) / (high - low) * room, sizes, room, taken) if len(texts) else []
    for text, point, spot in zip(texts, points.tolist(), places, strict=True):
        line = {"arrowstyle": "-", "color": BETWEEN, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 4} if spot.far else None
        board.ax.annotate(
            text, point, (spot.x, spot.y), textcoords="offset points", ha="center", va="center", fontsize=size,
            fontfamily=board.voice.fonts, color=INK, arrowprops=line, linespacing=1.1, zorder=4,
            bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.5, "linewidth": 0},
        )  # fmt: skip
