"""`journey`: how one journey went, encounter by encounter, with its worst moment and its peak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.encounters.moments.ledgers import JourneyLedger, MomentMark
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.period_axis import write_periods

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WORDS = {
    "ideal": Label("how it should have gone", "理想的处理"),
    "score": Label("how it went", "实际情况"),
    "peak": Label("peak", "峰值"),
    "worst": Label("worst moment", "最差时刻"),
    "both": Label("worst moment and peak", "最差时刻与峰值"),
}
_SCALE = Label("encounter card, −3 to +3", "接触评分卡（−3 至 +3）")


def journey(ledger: JourneyLedger, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Journey line: the score of each encounter in its order, the worst moment and the peak marked, beside the ideal.

    The pale line is the journey as it should have gone, where the ledger has one. Where worst moment and peak are the
    same encounter, one mark says both.

    Parameters
    ----------
    ledger
        What `encounters.journey_ledger` returned.
    language
        Of the labels: "en" or "zh".
    ax
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        What is no ledger.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.
    """
    if not isinstance(ledger, JourneyLedger):
        remedy = "encounters.journey_ledger(journeys, customer) makes one"
        raise PlotError(Problem("ledger", f"a {type(ledger).__name__}", "it is the ledger of one journey", remedy))
    picture, voice = voiced(language, lambda tongue: _Line.of(ledger, tongue))
    board = Board.of(ax, voice, picture.size, 0.5)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Line:
    """What is drawn, each (encounters,); ideal NaN where there is none."""

    steps: tuple[str, ...]
    score: Floats
    ideal: Floats
    worst: Bools
    peak: Bools
    words: dict[str, str]
    title: str
    scale: str

    @classmethod
    def of(cls, ledger: JourneyLedger, language: Language) -> Self:
        marks = [row.mark for row in ledger]
        worst = np.array([mark in {MomentMark.WORST, MomentMark.WORST_AND_PEAK} for mark in marks])
        peak = np.array([mark in {MomentMark.PEAK, MomentMark.WORST_AND_PEAK} for mark in marks])
        return cls(
            tuple(label.text(language) for label in ledger.told.labels), np.array([row.score for row in ledger]),
            np.array([float(row.ideal) for row in ledger]), worst, peak,
            {name: label.text(language) for name, label in _WORDS.items()}, ledger.told.title.text(language),
            _SCALE.text(language),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.steps, *self.words.values(), self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return min(14.0, max(6.5, 1.8 + 0.8 * len(self.steps))), 4.2

    def draw(self, board: Board) -> None:
        ax, places = board.ax, np.arange(len(self.steps))
        ax.axhline(0, color=INK, linewidth=0.9, zorder=1)
        dot: dict[str, Any] = {"marker": "o", "markersize": 7 * board.scale, "markeredgecolor": "white"}
        handles: dict[str, Any] = {}
        if not np.isnan(self.ideal).any():
            handles["ideal"] = ax.plot(places, self.ideal, color=BETWEEN, linewidth=1.6, zorder=2, **dot)[0]
        handles["score"] = ax.plot(places, self.score, color=COLOURS[0], linewidth=1.8, zorder=3, **dot)[0]
        same = self.worst & self.peak
        looks = {
            "both": (same, WARNING, "D"),
            "worst": (self.worst & ~same, WARNING, "v"),
            "peak": (self.peak & ~same, COLOURS[1], "^"),
        }
        for name, (where, colour, marker) in looks.items():
            if where.any():
                loud = dot | {"marker": marker, "markersize": 11 * board.scale, "zorder": 4}
                handles[name] = ax.plot(places[where], self.score[where], color=colour, linestyle="none", **loud)[0]
        board.clear("y")
        ax.set_ylim(-3.5, 3.5)
        ax.set_yticks(range(-3, 4), [f"{each:+d}".replace("-", "−") if each else "0" for each in range(-3, 4)])
        write_periods(board, self.steps)
        words = [self.words[name] for name in handles]
        board.upwards(self.scale, board.title(self.title, board.legend(list(handles.values()), words)))
