"""`reliability`: how well the items of each dimension hang together, as dots with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, look, marker_of
from servqual.plots.cells import labels, name_in, numbers
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
    reference: float | None = 0.7,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Cronbach's alpha of every dimension, as a dot with its interval.

    Parameters
    ----------
    table
        The numbers drawn, a row for each dot: columns ``dimension``, ``alpha``, ``low`` and ``high``, and ``label``
        where dimensions are to be named by it. An alpha that does not exist is None, and its row says so.
    by
        A column that tells apart several dots of a dimension, such as the level.
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
        An empty table, or two rows for one dot.
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
    picture, voice = voiced(language, lambda tongue: _Dots.of(table, by, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board, reference)
    return board.ax


@frozen(eq=False)
class _Dots:
    """What is drawn: arrays (groups, rows); what the table has no row for is NaN, what has no alpha is `absent`."""

    ladder: Ladder
    groups: tuple[str, ...]
    alpha: Floats
    low: Floats
    high: Floats
    absent: Bools
    words: tuple[str, str]
    title: str

    @classmethod
    def of(cls, table: Table, by: str | None, language: Language) -> Self:
        rows = list(map(str, table["dimension"]))
        groups = [None] * len(rows) if by is None else list(table[by])
        keys, kinds = list(dict.fromkeys(rows)), list(dict.fromkeys(groups))
        if not rows or len(set(zip(rows, groups, strict=True))) < len(rows):
            remedy = "name the column that tells them apart: by=…" if by is None else ""
            found = "two rows for one dot" if rows else "no rows"
            raise PlotError(Problem("table", found, "each row is one dot", remedy))
        cells = np.full((3, len(kinds), len(keys)), np.nan)
        there = np.zeros((len(kinds), len(keys)), np.bool_)
        columns = [numbers(table, name) for name in ("alpha", "low", "high")]
        for row, (key, group) in enumerate(zip(rows, groups, strict=True)):
            place = (kinds.index(group), keys.index(key))
            there[place] = True
            cells[:, *place] = [column[row] for column in columns]
        texts = dict(zip(rows, labels(table, "dimension"), strict=True))
        ladder = Ladder.of([texts[key] for key in keys], least=_THICK * len(kinds) + 0.06)
        names = () if by is None else tuple(name_in(language, kind) for kind in kinds)
        words = (_ALPHA.text(language), _INAPPLICABLE.text(language))
        alpha, low, high = cells
        return cls(ladder, names, alpha, low, high, there & np.isnan(alpha), words, table.title)

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
