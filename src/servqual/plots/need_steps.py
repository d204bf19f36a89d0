"""`needs_ladder`: how many customers stand on each rung of a ladder of needs, and how many are stuck below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.offering.need_results import NeedsLadder
from servqual.plots.board import Board
from servqual.plots.canvas import COLOURS, INK
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.26
_ROW = 0.4
# In percent: the narrowest part that bears its number.
_NARROW = 6.0
_STANDING = Label("has it, and all below", "已满足（含以下各级）")
_STUCK = Label("stuck here", "停留于此")
_INTERVAL = Label("interval of the first", "前者的区间")
_ACROSS = Label("percent of customers", "占顾客的百分比")


def needs_ladder(ladder: NeedsLadder, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """A ladder of needs, the most basic rung at the bottom: who stands on each rung, and who is stuck there.

    The two parts of a bar are those who have all rungs below: those who have this one too, and those who have not.

    Parameters
    ----------
    ladder
        What `operations.climb_needs` returned.
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
        Where nobody could be placed.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.
    """
    picture, voice = voiced(language, lambda tongue: _Steps.of(ladder, tongue))
    board = Board.of(ax, voice, picture.size, picture.rungs.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Steps:
    """What is drawn, from the top rung down: standing, stuck, and the ends of the interval, in percent."""

    rungs: Ladder
    parts: Floats
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, ladder: NeedsLadder, language: Language) -> Self:
        names = ("standing", "stuck", "standing_low", "standing_high")
        parts = 100 * np.array([[float(getattr(row, name)) for row in reversed(ladder.rows)] for name in names])
        if np.isnan(parts).all():
            raise PlotError(Problem("ladder", "no shares", "somebody could be placed"))
        rungs = Ladder.of([label.text(language) for label in reversed(ladder.told.labels)], least=_ROW)
        words = tuple(each.text(language) for each in (_STANDING, _STUCK, _INTERVAL, _ACROSS))
        return cls(rungs, parts, ladder.told.title.text(language), words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.rungs.labels, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 5.8 + self.rungs.beside, 1.6 + self.rungs.depth

    def draw(self, board: Board) -> None:
        ax = board.ax
        standing, stuck, low, high = self.parts
        first = ax.barh(self.rungs.places, standing, _THICK, color=COLOURS[2], zorder=2)
        second = ax.barh(self.rungs.places, stuck, _THICK, left=standing, color=COLOURS[1], zorder=2)
        lines = ax.hlines(self.rungs.places + _THICK / 2, low, high, color=INK, linewidth=1.6 * board.scale, zorder=3)
        for shares, starts, ink in ((standing, np.zeros(standing.size), "white"), (stuck, standing, INK)):
            self._percentages(board, shares, starts, ink)
        board.clear()
        ax.set_xlim(0, 101)
        board.across(self.words[3])
        handles: list[Any] = [first, second, lines]
        self.rungs.write(board, board.title(self.title, board.legend(handles, self.words[:3])))

    def _percentages(self, board: Board, shares: Floats, starts: Floats, ink: str) -> None:
        for place, share, start in zip(self.rungs.places.tolist(), shares.tolist(), starts.tolist(), strict=True):
            if share >= _NARROW:
                board.ax.text(
                    start + share / 2, place, f"{share:.0f}%", ha="center", va="center", color=ink,
                    fontsize=0.78 * board.size, zorder=4,
                )  # fmt: skip
