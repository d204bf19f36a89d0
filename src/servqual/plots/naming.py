"""What points are called: by their labels where there is room for them, else by numbers with a key, else by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from attrs import evolve, frozen

from servqual.plots.board import Board, is_laid_out
from servqual.plots.canvas import INK, POINTS, inches, whole_lines
from servqual.plots.wording import width_of, wrapped

# So many points, with labels of so many letters, are called by them; a label beside a point breaks into short lines.
_FEW = 12
_SHORT = 44
_BESIDE = 22
# The key: letters in a line, inches across, inches down that are not too many, and the sizes of its letters.
_KEY = 42
_COLUMN = 3.3
_TALL = 8.0
_LETTERS = 9.0
_SMALLEST = 6.0
# Beside and around Axes without a key, in inches.
_LEFT = 0.6
_WIDE = 7.0
_HIGH = 5.6
# Of the width of the Axes given: how much a key may take.
_SHARE = 0.45


@frozen
class Names:
    """What stands beside each point, and the columns of a key, if there is one, with the size of its letters."""

    texts: tuple[str, ...]
    key: tuple[tuple[str, ...], ...] = ()
    letters: float = _LETTERS

    @classmethod
    def of(cls, labels: Sequence[str]) -> Self:
        """Return the labels, or numbers and a key where there are many labels or long ones."""
        if len(labels) <= _FEW and max(map(width_of, labels)) <= _SHORT:
            return cls(tuple(wrapped(label, _BESIDE) for label in labels))
        lines = [wrapped(label, _KEY) for label in labels]
        columns = max(1, round(_height([lines]) / _TALL))
        each = -(-len(lines) // columns)
        key = tuple(tuple(lines[start : start + each]) for start in range(0, len(lines), each))
        return cls(tuple(map(str, range(1, len(labels) + 1))), key)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a figure for these points, in inches."""
        return _WIDE + _COLUMN * len(self.key), max(_HIGH, _height(self.key) + 1.2)

    @property
    def beside(self) -> float:
        """How much of its width is not for points, in inches."""
        return _LEFT + _COLUMN * self.letters / _LETTERS * len(self.key)

    def on(self, board: Board, keys: Sequence[str]) -> Self:
        """Return the names as they fit on Axes that were given: a small key, or the keys of items and none."""
        if board.own or not self.key:
            return self
        lines = tuple(line for column in self.key for line in column)
        letters = min(_LETTERS, _LETTERS * board.height(4 * board.size) / _height([lines]))
        fits = _COLUMN * letters / _LETTERS <= _SHARE * (board.room / POINTS + board.beside)
        if is_laid_out(board.ax) and fits and letters >= _SMALLEST:
            return evolve(self, key=(lines,), letters=letters)
        return type(self)(tuple(wrapped(key, _BESIDE) for key in keys))

    def write_key(self, board: Board) -> None:
        """Write the key to the right of the Axes: numbers, and beside them labels."""
        number = 0
        for column, lines in enumerate(self.key):
            numbers = [
                str(number + place) + "\n" * (whole_lines(line) - 1) for place, line in enumerate(lines, start=1)
            ]
            number += len(lines)
            left = 2.4 * self.letters + column * POINTS * _COLUMN * self.letters / _LETTERS
            for text, shift, side in (("\n".join(numbers), 0, "right"), ("\n".join(lines), 6, "left")):
                board.ax.annotate(
                    text, (1, 1), (left + shift, 0), xycoords="axes fraction", textcoords="offset points", ha=side,
                    va="top", fontsize=self.letters, fontfamily=board.voice.fonts, color=INK, linespacing=1.25,
                    annotation_clip=False,
                )  # fmt: skip


def _height(key: Sequence[Sequence[str]]) -> float:
    """Return how high the longest column is, in inches."""
    return max((inches(sum(map(whole_lines, column)), _LETTERS) for column in key), default=0.0)
