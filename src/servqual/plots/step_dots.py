"""`step_profile`: how far each step of an encounter was fulfilled, the weakest marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.encounters.behaviours.step_reading import StepScores
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import COLOURS, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.34
_STEP = Label("fulfilled, with its interval", "做到的比例及其区间")
_WEAKEST = Label("weakest step", "最薄弱的步骤")
_ACROSS = Label("% of what could be fulfilled", "应做到的百分比（%）")


def step_profile(scores: StepScores, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Step profile: how far each step of a checklist was fulfilled over many encounters, with its interval.

    Steps stand from the top in the order in which they are taken; the weakest stands out.

    Parameters
    ----------
    scores
        What `encounters.step_scores` returned.
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
        What are no scores of steps; no step that was judged.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.
    """
    if not isinstance(scores, StepScores):
        rule, remedy = "they are scores of steps", "encounters.step_scores(survey) makes them"
        raise PlotError(Problem("scores", f"a {type(scores).__name__}", rule, remedy))
    picture, voice = voiced(language, lambda tongue: _Dots.of(scores, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Dots:
    ladder: Ladder
    score: Floats
    ends: Floats
    weakest: Bools
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, scores: StepScores, language: Language) -> Self:
        steps = scores.steps
        score = 100 * np.array([float(row.score) for row in steps])
        if np.isnan(score).all():
            raise PlotError(Problem("scores", "no step was judged", "there is one at least"))
        ends = 100 * np.array([[float(row.low), float(row.high)] for row in steps]).T
        ladder = Ladder.of([label.text(language) for label in scores.told.labels[: len(steps)]], least=_ROW)
        words = tuple(each.text(language) for each in (_STEP, _WEAKEST, _ACROSS))
        weakest = np.array([row.weakest for row in steps])
        return cls(ladder, score, ends, weakest, scores.told.title.text(language), words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 5.4 + self.ladder.beside, 1.5 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax, places = board.ax, self.ladder.places
        colours = np.where(self.weakest, WARNING, COLOURS[0])
        ax.hlines(places, *self.ends, color=colours.tolist(), linewidth=2.0 * board.scale, zorder=2)
        dot: dict[str, Any] = {"linestyle": "none", "markersize": 9 * board.scale, "markeredgecolor": "white"}
        handles, texts = [], []
        for where, colour, marker, text in (
            (~self.weakest, COLOURS[0], "o", self.words[0]),
            (self.weakest, WARNING, "D", self.words[1]),
        ):
            if where.any():
                handles += ax.plot(self.score[where], places[where], color=colour, marker=marker, zorder=3, **dot)
                texts.append(text)
        board.clear()
        ax.set_xlim(0, 102)
        board.across(self.words[2])
        self.ladder.write(board, board.title(self.title, board.legend(handles, texts)))
