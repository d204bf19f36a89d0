"""Labels one below the other: the rows that many plots share, as high as their labels need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.plots.board import Board
from servqual.plots.canvas import INK, POINTS, inches, whole_lines
from servqual.plots.wording import LETTER, width_of, wrapped

# In letters: how wide a label may be before it breaks. In inches: the space between rows, and before a heading.
_WIDEST = 42
_APART = 0.1
_BEFORE = 0.1
_GAP = 0.12
_SMALLEST = 2.5
_LETTERS = 10.0


@frozen(eq=False)
class Ladder:
    """Rows from the top, with their labels and the headings between them; all lengths are inches.

    Attributes
    ----------
    labels, places
        What stands beside each row, and where the middle of the row is.
    headings, above
        The headings, and where they stand.
    depth
        How high all of it is.
    filled
        Which share of its row the label takes that leaves least.
    """

    labels: tuple[str, ...]
    places: Floats
    headings: tuple[str, ...]
    above: Floats
    depth: float
    filled: float

    @classmethod
    def of(
        cls, labels: Sequence[str], headings: Sequence[str | None] = (), least: float = 0.0, gap_at: int = -1
    ) -> Self:
        """Return the rows with these labels.

        Parameters
        ----------
        labels
            From the top.
        headings
            For each row, what it belongs to; a heading stands above the first row of each.
        least
            How high a row is at least: what is drawn in it.
        gap_at
            The row before which there is some space, where there is such a row.
        """
        lines = [wrapped(label, _WIDEST) for label in labels]
        heights = [max(inches(whole_lines(line), _LETTERS), least) + _APART for line in lines]
        top, places, titles, above = 0.0, [], [], []
        for row, height in enumerate(heights):
            heading = headings[row] if headings else None
            if heading is not None and (row == 0 or headings[row - 1] != heading):
                titles.append(wrapped(heading, _WIDEST))
                high = inches(whole_lines(titles[-1]), _LETTERS)
                above.append(top + _BEFORE + high / 2)
                top += _BEFORE + high + _APART / 2
            top += _GAP if row == gap_at else 0.0
            places.append(top + height / 2)
            top += height
        filled = [inches(whole_lines(line), _LETTERS) / high for line, high in zip(lines, heights, strict=True)]
        return cls(tuple(lines), np.array(places), tuple(titles), np.array(above), top + 0.03, max(filled, default=1.0))

    @property
    def beside(self) -> float:
        """About how wide the labels are, in inches."""
        widest = max(map(width_of, (*self.labels, *self.headings)), default=0)
        return widest * LETTER * _LETTERS / POINTS + 0.1

    def offsets(self, count: int, thickness: float) -> Floats:
        """Return by how much each of so many groups stands away from the middle of a row."""
        return (np.arange(count) - (count - 1) / 2) * thickness

    def write(self, board: Board, above: float) -> None:
        """Write the labels, as large as fits under so many points of words, and turn the first row to the top."""
        ax = board.ax
        marks = sorted([*self._marks()])
        size = self._letters(board, above)
        texts = [text for _, text, _ in marks]
        ax.set_yticks([place for place, _, _ in marks], texts, fontfamily=board.voice.fonts, fontsize=size)
        for label, (_, _, bold) in zip(ax.get_yticklabels(), marks, strict=True):
            label.set_color(INK)
            label.set_linespacing(1.1)
            if bold:
                label.set_fontweight(board.voice.heading)
        ax.set_ylim(self.depth, 0)

    def _marks(self) -> Iterator[tuple[float, str, bool]]:
        yield from zip(self.places.tolist(), self.labels, [False] * len(self.labels), strict=True)
        yield from zip(self.above.tolist(), self.headings, [True] * len(self.headings), strict=True)

    def _letters(self, board: Board, above: float) -> float:
        """Return the size of letters at which labels do not run into each other."""
        if board.own and board.size <= _LETTERS:
            return board.size
        largest = _LETTERS * board.height(above) / self.depth / self.filled
        return float(np.clip(largest, _SMALLEST, board.size))
