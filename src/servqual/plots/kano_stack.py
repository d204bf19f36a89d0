"""`kano_shares`: the six categories of each feature as stacked bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import INK
from servqual.plots.fonts import voiced
from servqual.plots.kano_looks import LOOKS, rows_of, title_of
from servqual.plots.ladder import Ladder
from servqual.satisfaction.delight.results import KanoReading
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.words import CATEGORIES, Category

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how thick a bar is. In shares: the least part that bears its percentage.
_THICK = 0.2
_TOLD = 0.07
_TITLE = Label("shares of categories", "各类别比例")
_SHARES = Label("share of the pairs of answers", "占有效成对回答的比例")
_DARK = (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE)


def kano_shares(
    reading: KanoReading,
    *,
    segment: Any = None,
    sort: bool = False,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """The shares of the six Kano categories of each feature, stacked: what matters from the left, the rest after it.

    Attractive, one-dimensional and must-be come first, so that their end is the total strength; a number stands in each
    part that has room for it, in percent. The numbers are those of ``reading.to_table("shares")``.

    Parameters
    ----------
    reading
        What `servqual.satisfaction.kano` returned.
    segment
        Whose answers; without it, everybody's.
    sort
        The features with the greatest total strength on top, instead of the order of the study.
    language
        Of the labels: "en" or "zh".
    ax
        Where to draw; without it, a new figure, as high as its rows need.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        What is no reading, or an unknown segment.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.
    """
    rows = rows_of(reading, segment)
    if sort:
        rows = tuple(sorted(rows, key=lambda row: -np.nan_to_num(float(row.total_strength), nan=-1.0)))
    picture, voice = voiced(language, lambda tongue: _Stack.of(reading, rows, segment, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Stack:
    """Shares of the categories, (features, 6)."""

    shares: Floats
    ladder: Ladder
    kinds: tuple[str, ...]
    title: str
    across: str

    @classmethod
    def of(cls, reading: KanoReading, rows: tuple[KanoFeature, ...], segment: Any, language: Language) -> Self:
        held = {(each.feature, each.category): float(each.share) for each in reading.shares if each.segment == segment}
        shares = np.array([[held[row.feature, kind] for kind in CATEGORIES] for row in rows])
        sizes = [f" (n = {float(row.n):g})" for row in rows]
        # a number that all features share is said once
        shared = sizes[0] if len(set(sizes)) == 1 else ""
        labels = [
            reading.labels[row.feature].text(language) + ("" if shared else size)
            for row, size in zip(rows, sizes, strict=True)
        ]
        kinds = tuple(each.label.text(language) for each in CATEGORIES)
        title = title_of(reading, segment, _TITLE, language)
        return cls(
            np.nan_to_num(shares), Ladder.of(labels, least=_THICK), kinds, title, _SHARES.text(language) + shared
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.kinds, self.title, self.across)

    @property
    def size(self) -> tuple[float, float]:
        return 6.4 + self.ladder.beside, 1.3 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax, ends = board.ax, np.cumsum(self.shares, axis=1)
        handles: list[Any] = []
        for place, kind in enumerate(CATEGORIES):
            colour, _, hatch = LOOKS[kind]
            part, start = self.shares[:, place], ends[:, place] - self.shares[:, place]
            look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5}
            handles.append(ax.barh(self.ladder.places, part, _THICK, left=start, **look))
            self._percentages(board, kind, part, start)
        board.clear()
        ax.set_xlim(0, 1)
        marks = [0.0, 0.25, 0.5, 0.75, 1.0]
        ax.set_xticks(marks, [f"{mark:.0%}" for mark in marks])
        board.across(self.across)
        self.ladder.write(board, board.title(self.title, board.legend(handles, self.kinds)))

    def _percentages(self, board: Board, kind: Category, part: Floats, start: Floats) -> None:
        size = 0.8 * min(board.size, board.size * self._tightness(board))
        if size < _SMALLEST:
            return
        colour = "white" if kind in _DARK else INK
        for place, share, left in zip(self.ladder.places.tolist(), part.tolist(), start.tolist(), strict=True):
            if share >= _TOLD:
                board.ax.text(
                    left + share / 2, place, f"{share:.0%}".rstrip("%"), ha="center", va="center", color=colour,
                    fontsize=size,
                )  # fmt: skip

    def _tightness(self, board: Board) -> float:
        """Return how high rows are, of the height they were made for; Axes that are given may be lower."""
        return 1.0 if board.own else min(1.0, board.height(4 * board.size) / self.ladder.depth)


_SMALLEST = 3.5
