"""`pareto`: which few failures, or causes, make most of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.failing.failure_modes import CauseClass
from servqual.operations.failing.failure_results import Failures
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK
from servqual.plots.cells import numbers
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.26
_FILLED = 0.88
_VITAL = 80.0
_ACROSS = Label("share of the whole, and of it up to here, %", "占总和的百分比及累计百分比")
_SUM = Label("up to here", "累计")


def pareto(
    found: Failures,
    *,
    value: Literal["rpn", "cost"] = "rpn",
    by: Literal["modes", "causes"] = "modes",
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A Pareto chart: shares of failure modes or of classes of causes, the largest on top, and how far the first go.

    The line tells which share of the whole is reached down to a bar; where it crosses 80 %, the vital few end. Bars
    have the colour of the class of their cause (5M1E). The numbers are those of ``found.pareto(value, by)``.

    Parameters
    ----------
    found
        What `servqual.operations.failures` returned.
    value
        "rpn", or "cost" (expected).
    by
        "modes" or "causes".
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
        Something else than `Failures`.
    ArgumentError, ProcessError, MissingExtraError
        As `Failures.pareto`; matplotlib not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Juran & Godfrey 1999, Juran's Quality Handbook, 5th ed., McGraw-Hill, section 5 (the vital few).
    """
    if not isinstance(found, Failures):
        rule = "what is drawn is a result of servqual.operations.failures"
        raise PlotError(Problem("found", f"a {type(found).__name__}", rule))
    picture, voice = voiced(language, lambda tongue: _Bars.of(found, value, by, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Bars:
    ladder: Ladder
    share: Floats
    cumulative: Floats
    causes: tuple[CauseClass, ...]
    words: dict[CauseClass, str]
    title: str
    scale: str
    line: str

    @classmethod
    def of(cls, found: Failures, value: str, by: str, language: Language) -> Self:
        table = found.pareto(value, by, language)
        keys = [str(each) for each in table["mode" if by == "modes" else "cause"]]
        causes = tuple(found[key].cause if by == "modes" else CauseClass(key) for key in keys)
        words = {each: each.label.text(language) for each in CauseClass if each in causes}
        ladder = Ladder.of([str(each) for each in table["label"]], least=_THICK)
        share, cumulative = 100 * numbers(table, "share"), 100 * numbers(table, "cumulative")
        line = _SUM.text(language)
        return cls(ladder, share, cumulative, causes, words, table.title, _ACROSS.text(language), line)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.words.values(), self.title, self.scale, self.line)

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.5 + self.ladder.depth

    def draw(self, board: Board) -> None:
        from matplotlib.patches import Patch

        ax, places = board.ax, np.asarray(self.ladder.places)
        colours = dict(zip(CauseClass, COLOURS, strict=False))
        ax.barh(places, self.share, _THICK * _FILLED, color=[colours[each] for each in self.causes])
        style: dict[str, Any] = {"color": INK, "linewidth": 1.4, "marker": "o", "markersize": 5 * board.scale}
        (line,) = ax.plot(self.cumulative, places, zorder=3, **style)
        ax.axvline(_VITAL, color=BETWEEN, linewidth=1.2, linestyle="--", zorder=1)
        for end, place in zip(self.cumulative.tolist(), places.tolist(), strict=True):
            ax.annotate(
                f"{end:.0f}%", (end, place), (6, 0), textcoords="offset points", va="center", fontsize=0.8 * board.size,
                color=INK,
            )  # fmt: skip
        board.clear()
        ax.set_xlim(0, 112)
        ax.set_xticks(range(0, 101, 20))
        board.across(self.scale)
        handles = [line, *(Patch(facecolor=colours[each]) for each in self.words)]
        above = board.legend(handles, [self.line, *self.words.values()])
        self.ladder.write(board, board.title(self.title, above))
