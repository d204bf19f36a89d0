"""`item_total`: how each item goes with the others of its dimension, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, WARNING, look
from servqual.plots.cells import Cells, in_words, labels, name_in
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
    by: str | None = None,
    value: str | None = None,
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
        The numbers drawn, a row for each bar, such as a reading of reliability gives: a column ``item`` and that of
        the correlations; ``dimension``, where there is one, makes headings, and ``label`` names the items. A
        correlation that does not exist is None, and its row says so.
    by
        A column that tells apart several bars of an item, such as the level.
    value
        The column with the correlations; without it, ``r_drop`` or ``item_total``, whichever is there.
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
    column = value or ("item_total" if "item_total" in table.columns else "r_drop")
    cells = Cells.of(table, "item", by, (column,))
    picture, voice = voiced(language, lambda tongue: _Stems.of(table, cells, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board, reference)
    return board.ax


@frozen(eq=False)
class _Stems:
    """What is drawn: arrays (groups, rows); what does not exist although the table has a row for it is `absent`."""

    ladder: Ladder
    groups: tuple[str, ...]
    values: Floats
    absent: Bools
    words: tuple[str, str]
    title: str

    @classmethod
    def of(cls, table: Table, cells: Cells, language: Language) -> Self:
        texts = labels(table, "item")
        titles = in_words(table["dimension"]) if "dimension" in table.columns else []
        headings = [titles[place] for place in cells.places] if titles else []
        ladder = Ladder.of([texts[place] for place in cells.places], headings, _BAR * len(cells.groups))
        groups = () if cells.groups == (None,) else tuple(name_in(language, group) for group in cells.groups)
        words = (_ITEM_TOTAL.text(language), _INAPPLICABLE.text(language))
        values = cells.values[0]
        return cls(ladder, groups, values, cells.there & np.isnan(values), words, table.title)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.ladder.headings, *self.groups, *self.words, self.title)

    @property
    def size(self) -> tuple[float, float]:
        return 5.0 + self.ladder.beside, 1.3 + self.ladder.depth

    def draw(self, board: Board, reference: float | None) -> None:
        ax: Any = board.ax
        for group, offset in enumerate(self.ladder.offsets(len(self.values), _BAR)):
            self._bars(board, group, self.ladder.places + offset, reference)
        ax.axvline(0, color=INK, linewidth=0.9)
        if reference is not None:
            ax.axvline(reference, color=BETWEEN, linewidth=1.2, linestyle="--", zorder=1)
        board.clear()
        lowest = float(np.fmin.reduce(self.values, axis=None, initial=0.0))
        ax.set_xlim(min(0.0, lowest - 0.05 if lowest < 0 else 0.0), 1.0)
        board.across(self.words[0])
        self.ladder.write(board, board.title(self.title, board.legend(*self._legend())))

    def _bars(self, board: Board, group: int, places: Floats, reference: float | None) -> None:
        """Draw the bars of a group: those below the reference hatched, a word where there is none."""
        ax: Any = board.ax
        colour, values = look(group)[0], self.values[group]
        bars = ax.barh(places, values, 0.9 * _BAR, color=colour, edgecolor="white", linewidth=0)
        for bar, value in zip(bars, values.tolist(), strict=True):
            if reference is not None and value < reference:
                edge = colour if self.groups else WARNING
                bar.set(facecolor="white", edgecolor=edge, hatch="////", linewidth=0.9)
        font = {"fontsize": 0.8 * board.size, "fontfamily": board.voice.fonts, "color": INK}
        for place in places[self.absent[group]].tolist():
            ax.annotate(self.words[1], (0, place), (4, 0), textcoords="offset points", va="center", **font)

    def _legend(self) -> tuple[list[Any], tuple[str, ...]]:
        from matplotlib.patches import Patch

        return [Patch(color=look(number)[0]) for number in range(len(self.groups))], self.groups
