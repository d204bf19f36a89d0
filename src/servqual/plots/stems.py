"""`item_total`: how each item goes with the others of its dimension, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.cells import in_words, labels, numbers
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAR = 0.17
_INAPPLICABLE = Label("not applicable", "不适用")
_ITEM_TOTAL = Label("correlation with the other items of its dimension", "与同维度其余题项的相关")


def item_total(
    table: Table,
    *,
    reference: float | None = 0.3,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Corrected item–total correlations as bars: of each item with the sum of the others of its dimension.

    Bars below the reference are hatched. One that points to the left is of an item that goes against the others: often
    one that is worded against the service and was not turned.

    Parameters
    ----------
    table
        The numbers drawn, a row for each item: columns ``item`` and ``r_drop``; ``dimension``, where there is one,
        makes headings, and ``label`` names the items.
    reference
        Below it bars are hatched: 0.3 is a convention and no law; None for none.
    language
        Of the words of the plot, "en" or "zh"; labels are those of the table.
    ax
        Where to draw; without it, a new figure, as high as its rows need.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    TableError, PlotError, MissingExtraError
        As `reliability`.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill.
    """
    picture, voice = voiced(language, lambda tongue: _Stems.of(table, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board, reference)
    return board.ax


@frozen(eq=False)
class _Stems:
    ladder: Ladder
    values: Floats
    words: tuple[str, str]
    title: str

    @classmethod
    def of(cls, table: Table, language: Language) -> Self:
        if not table["item"]:
            raise PlotError(Problem("table", "no rows", "each row is one item"))
        headings = in_words(table["dimension"]) if "dimension" in table.columns else []
        ladder = Ladder.of(labels(table, "item"), headings, _BAR)
        return cls(
            ladder, numbers(table, "r_drop"), (_ITEM_TOTAL.text(language), _INAPPLICABLE.text(language)), table.title
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.ladder.headings, *self.words, self.title)

    @property
    def size(self) -> tuple[float, float]:
        return 5.0 + self.ladder.beside, 1.2 + self.ladder.depth

    def draw(self, board: Board, reference: float | None) -> None:
        ax: Any = board.ax
        bars = ax.barh(self.ladder.places, self.values, _BAR, color=COLOURS[0], edgecolor="white", linewidth=0)
        for bar, value in zip(bars, self.values.tolist(), strict=True):
            if reference is not None and value < reference:
                bar.set(facecolor="white", edgecolor=WARNING, hatch="////", linewidth=0.9)
        ax.axvline(0, color=INK, linewidth=0.9)
        if reference is not None:
            ax.axvline(reference, color=BETWEEN, linewidth=1.2, linestyle="--", zorder=1)
        board.clear()
        for place in self.ladder.places[np.isnan(self.values)].tolist():
            font = {"fontsize": 0.8 * board.size, "fontfamily": board.voice.fonts}
            ax.annotate(self.words[1], (0, place), (4, 0), textcoords="offset points", va="center", color=INK, **font)
        ax.set_xlim(min(0.0, float(np.fmin.reduce(self.values, initial=0.0)) - 0.05), 1.0)
        board.across(self.words[0])
        self.ladder.write(board, board.title(self.title))
