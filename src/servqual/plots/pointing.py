"""What is written on and beside a cloud of points: labels or numbers, the key to them, and words in the corners."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.plots.canvas import BETWEEN, INK, POINTS, Board, inches, whole_lines
from servqual.plots.placing import spots
from servqual.plots.wording import LETTER, width_of, wrapped

# So many points, with labels of so many letters, are labelled where they stand; others have numbers, and a key.
_FEW = 12
_SHORT = 44
_BESIDE = 22
_SMALL = 0.9
# In letters, and in inches: how wide a column of the key is. In inches: how high it should not be.
_KEY = 42
KEY_COLUMN = 3.3
_TALL = 8.0
_KEY_LETTERS = 9.0
# Top left, top right, bottom left, bottom right.
CORNERS = ((0, 1), (1, 1), (0, 0), (1, 0))
_GREY = "#707070"


def fit_beside_points(labels: Sequence[str]) -> bool:
    """Return whether there are few enough labels, and short enough ones, to stand beside their points."""
    return len(labels) <= _FEW and max(map(width_of, labels)) <= _SHORT


def beside_a_point(label: str) -> str:
    """Return a label in lines as short as stand well beside a point."""
    return wrapped(label, _BESIDE)


def key_of(labels: Sequence[str]) -> list[list[str]]:
    """Return the labels that numbers stand for, in as few columns as are not too high."""
    lines = [wrapped(label, _KEY) for label in labels]
    columns = max(1, round(height_of([lines]) / _TALL))
    each = -(-len(lines) // columns)
    return [lines[start : start + each] for start in range(0, len(lines), each)]


def height_of(key: Sequence[Sequence[str]]) -> float:
    """Return how high the longest column of a key is, in inches."""
    return max((inches(sum(map(whole_lines, column)), _KEY_LETTERS) for column in key), default=0.0)


def write_key(board: Board, key: Sequence[Sequence[str]]) -> None:
    """Write the key to the right of the Axes: numbers, and beside them labels."""
    high = board.ax.bbox.height / board.ax.figure.dpi
    size = _KEY_LETTERS * (1.0 if board.own else min(1.0, max(0.45, high / max(height_of(key), 0.1))))
    number = 0
    for column, lines in enumerate(key):
        numbers = [str(number + place) + "\n" * (whole_lines(line) - 1) for place, line in enumerate(lines, start=1)]
        number += len(lines)
        left = 22 + column * POINTS * KEY_COLUMN * size / _KEY_LETTERS
        for text, shift, side in (("\n".join(numbers), 0, "right"), ("\n".join(lines), 6, "left")):
            board.ax.annotate(
                text, (1, 1), (left + shift, 0), xycoords="axes fraction", textcoords="offset points", ha=side, va="top",
                fontsize=size, fontfamily=board.voice.fonts, color=INK, linespacing=1.25, annotation_clip=False,
            )  # fmt: skip


def write_corners(board: Board, texts: Sequence[str]) -> list[Floats]:
    """Write a text into each corner, in the order of `CORNERS`, and return the boxes that they fill, in points."""
    boxes, room = [], _room(board)
    for text, (right, top) in zip(texts, CORNERS, strict=True):
        size = board.size * _SMALL
        board.ax.annotate(
            text, (right, top), (5 - 10 * right, 5 - 10 * top), xycoords="axes fraction", textcoords="offset points",
            ha="right" if right else "left", va="top" if top else "bottom", color=_GREY, fontsize=size,
            fontfamily=board.voice.fonts,
        )  # fmt: skip
        width, height = LETTER * size * width_of(text) + 8, 1.5 * size + 6
        corner = np.array([right * (room[0] - width), top * (room[1] - height)])
        boxes.append(np.array([*corner, *(corner + (width, height))]))
    return boxes


def write_labels(board: Board, points: Floats, texts: Sequence[str], taken: Sequence[Floats]) -> None:
    """Write a text beside each point, (points, 2), and a thin line to it where it stands further away."""
    room, size = _room(board), board.size * _SMALL
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


def _room(board: Board) -> tuple[float, float]:
    """Return about how wide and high the Axes will be, in points."""
    figure = board.ax.figure
    height = board.ax.bbox.height / figure.dpi
    if board.own:
        height = height / board.ax.get_position().height - 1.3
    return board.room, POINTS * height
