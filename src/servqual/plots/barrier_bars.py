"""`barriers`: how many employees each barrier binds, in the order in which barriers bind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.barriers.barrier_results import BindingBarriers
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.24
_ROW = 0.4
# What is no condition that was asked.
_PALE = ("unexplained", "none")
_SHARE = Label("bound by it", "受其限制")
_LEAD = Label("binds most", "限制最多")
_REST = Label("not by a condition asked", "非所问条件所致")
_INTERVAL = Label("interval", "区间")
_ACROSS = Label("percent of employees", "占员工的百分比")


def barriers(found: BindingBarriers, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Performance barriers: the share of employees that each binds, with its interval, from the first to the last.

    Parameters
    ----------
    found
        What `operations.binding_barriers` returned.
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
        Where nobody could be judged.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.
    """
    picture, voice = voiced(language, lambda tongue: _Bars.of(found, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Bars:
    ladder: Ladder
    share: Floats
    ends: Floats
    colours: tuple[str, ...]
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, found: BindingBarriers, language: Language) -> Self:
        share = 100 * np.array([float(row.share) for row in found])
        if np.isnan(share).all():
            raise PlotError(Problem("barriers", "no shares", "somebody could be judged"))
        ends = 100 * np.array([[float(row.low), float(row.high)] for row in found]).T
        colours = tuple(
            BETWEEN if row.barrier in _PALE else WARNING if row.barrier is found.lead else COLOURS[0] for row in found
        )
        ladder = Ladder.of([row.barrier.label.text(language) for row in found], least=_ROW)
        words = tuple(each.text(language) for each in (_SHARE, _LEAD, _REST, _INTERVAL, _ACROSS))
        return cls(ladder, share, ends, colours, found.told.title.text(language), words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 5.6 + self.ladder.beside, 1.6 + self.ladder.depth

    def draw(self, board: Board) -> None:
        from matplotlib.patches import Patch

        ax = board.ax
        ax.barh(self.ladder.places, self.share, _THICK, color=self.colours, zorder=2)
        lines = ax.hlines(self.ladder.places, *self.ends, color=INK, linewidth=1.4 * board.scale, zorder=3)
        for place, share, end in zip(self.ladder.places.tolist(), self.share.tolist(), self.ends[1], strict=True):
            ax.annotate(
                f"{share:.0f}%", (end, place), (4, 0), textcoords="offset points", va="center", color=INK,
                fontsize=0.85 * board.size,
            )  # fmt: skip
        known = zip((COLOURS[0], WARNING, BETWEEN), self.words, strict=False)
        shown = [(Patch(color=colour), text) for colour, text in known if colour in self.colours]
        handles: list[Any] = [*(patch for patch, _ in shown), lines]
        board.clear()
        ax.set_xlim(0, min(float(self.ends[1].max()) + 8, 106))
        board.across(self.words[4])
        texts = [*(text for _, text in shown), self.words[3]]
        self.ladder.write(board, board.title(self.title, board.legend(handles, texts)))
