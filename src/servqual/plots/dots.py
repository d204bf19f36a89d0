"""`reliability`: how well the items of each dimension hang together, as dots with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, look, marker_of
from servqual.plots.cells import Cells, labels, name_in
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.17
_INAPPLICABLE = Label("not applicable", "不适用")
_ALPHA = Label("alpha, with its interval", "α系数及其置信区间")


def reliability(
    table: Table,
    *,
    by: str | None = None,
    interval: tuple[str, str] | None = None,
    reference: float | None = 0.7,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Cronbach's alpha of every dimension, as a dot with its interval.

    Parameters
    ----------
    table
        The numbers drawn, a row for each dot, such as a reading of reliability gives: columns ``dimension`` and
        ``alpha``, the ends of the interval, and ``label`` where dimensions are to be named by it. An alpha that does
        not exist is None, and its row says so.
    by
        A column that tells apart several dots of a dimension, such as the level.
    interval
        The columns with the ends of the interval; without it, the first whose names end in ``low`` and ``high``.
    reference
        Where a dashed line is drawn: 0.7 is a convention and no law; None for none.
    language
        Of the words of the plot, "en" or "zh"; labels are those of the table.
    ax
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    TableError
        A column that the table lacks.
    PlotError
        An empty table, or two rows of one dimension.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334; Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill.
    """
    ends = interval or (_ending(table, "low"), _ending(table, "high"))
    cells = Cells.of(table, "dimension", by, ("alpha", *ends))
    picture, voice = voiced(language, lambda tongue: _Dots.of(table, cells, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board, reference)
    return board.ax


def _ending(table: Table, end: str) -> str:
    return next((name for name in table.columns if name.endswith(end)), end)


@frozen(eq=False)
class _Dots:
    """What is drawn: arrays (groups, rows); what has no alpha although the table has a row for it is `absent`."""

    ladder: Ladder
    groups: tuple[str, ...]
    alpha: Floats
    low: Floats
    high: Floats
    absent: Bools
    words: tuple[str, str]
    title: str

    @classmethod
    def of(cls, table: Table, cells: Cells, language: Language) -> Self:
        texts = labels(table, "dimension")
        ladder = Ladder.of([texts[place] for place in cells.places], least=_THICK * len(cells.groups) + 0.06)
        groups = () if cells.groups == (None,) else tuple(name_in(language, group) for group in cells.groups)
        words = (_ALPHA.text(language), _INAPPLICABLE.text(language))
        alpha, low, high = cells.values
        return cls(ladder, groups, alpha, low, high, cells.there & np.isnan(alpha), words, table.title)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.groups, *self.words, self.title)

    @property
    def size(self) -> tuple[float, float]:
        return 5.4 + self.ladder.beside, 1.3 + self.ladder.depth

    def draw(self, board: Board, reference: float | None) -> None:
        ax, dots = board.ax, []
        for number, offset in enumerate(self.ladder.offsets(len(self.alpha), _THICK)):
            places, colour = self.ladder.places + offset, look(number)[0]
            ax.hlines(places, self.low[number], self.high[number], color=colour, linewidth=1.8)
            style: dict[str, Any] = {
                "marker": marker_of(number),
                "markersize": 7 * board.scale,
                "markeredgecolor": "white",
            }
            dots += ax.plot(
                self.alpha[number], places, linestyle="none", color=colour, zorder=3, clip_on=False, **style
            )
        board.clear()
        self._limits(ax, reference)
        self._say_absent(board)
        board.across(self.words[0])
        self.ladder.write(board, board.title(self.title, board.legend(dots if self.groups else [], self.groups)))

    def _limits(self, ax: Axes, reference: float | None) -> None:
        """Show alpha up to 1, and down to where all intervals and the reference are in view."""
        if reference is not None:
            ax.axvline(reference, color=BETWEEN, linewidth=1.2, linestyle="--", zorder=1)
        lowest = np.fmin.reduce([*self.low.ravel(), *self.alpha.ravel(), 0.6, 1.0 if reference is None else reference])
        ax.set_xlim(np.floor(10 * lowest - 0.5) / 10, 1.0)

    def _say_absent(self, board: Board) -> None:
        offsets = self.ladder.offsets(len(self.alpha), _THICK)
        for group, row in np.argwhere(self.absent).tolist():
            board.ax.text(
                0.01, self.ladder.places[row] + offsets[group], self.words[1], transform=board.ax.get_yaxis_transform(),
                va="center", color=INK, fontsize=0.8 * board.size, fontfamily=board.voice.fonts,
            )  # fmt: skip
