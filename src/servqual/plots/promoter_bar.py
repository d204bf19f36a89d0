"""`nps`: detractors, passives and promoters as stacked bars, with the score and its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import COLOURS, INK
from servqual.plots.cells import numbers
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how thick a bar is, how high a row is at least, and how far the score stands above the bar.
_THICK = 0.2
_ROW = 0.44
_ABOVE = 0.17
# In percent: the narrowest part that bears its number.
_NARROW = 7.0
_CLASSES = {
    "detractors": (Label("detractors", "贬损者"), COLOURS[4]),
    "passives": (Label("passives", "被动者"), "#D9D9D9"),
    "promoters": (Label("promoters", "推荐者"), COLOURS[0]),
}
_SCORE = Label("score with its interval", "净推荐值及区间")
_ACROSS = Label("percent of respondents; the score in points", "占受访者的百分比；净推荐值以点计")
_NEEDED = (*_CLASSES, "group", "score", "low", "high")


class Scored(Protocol):
    """What can be drawn: the result of `satisfaction.nps`, or anything with such a table."""

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return columns ``group``, ``score``, ``low``, ``high``, ``promoters``, ``passives`` and ``detractors``."""


def nps(scores: Scored, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """A net promoter score (NPS) as bars: detractors to the left of zero, promoters to the right, passives between.

    Each bar is 100 % of those who answered: passives lie half on each side of zero. The diamond is the score in points
    on the same axis, promoters less detractors, with the interval that was asked for.

    Parameters
    ----------
    scores
        What `satisfaction.nps` returned: everybody, and groups where there are any.
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
        A table that lacks a column, or in which nobody answered.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.

    References
    ----------
    Reichheld 2003, Harvard Business Review 81(12):46-54.
    """
    picture, voice = voiced(language, lambda tongue: _Bars.of(scores.to_table(tongue), tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Bars:
    ladder: Ladder
    shares: Floats
    score: Floats
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, table: Table, language: Language) -> Self:
        absent = [name for name in _NEEDED if name not in table.columns]
        if absent:
            rule = "a net promoter score has it"
            problems = (
                Problem("scores", f"no column {name!r}", rule, "pass what satisfaction.nps returned") for name in absent
            )
            raise PlotError(*problems)
        shares = 100 * np.array([numbers(table, name) for name in _CLASSES])
        names = table.columns.get("label", table["group"])
        words = [label.text(language) for label in (*(each for each, _ in _CLASSES.values()), _SCORE, _ACROSS)]
        score = np.array([numbers(table, name) for name in ("score", "low", "high")])
        ladder = Ladder.of([str(each) for each in names], least=_ROW)
        return cls(ladder, shares, score, table.title, tuple(words))

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 6.0 + self.ladder.beside, 1.5 + self.ladder.depth

    def draw(self, board: Board) -> None:
        starts = -self.shares[1] / 2 - self.shares[0]
        handles: list[Any] = []
        for share, (_, colour) in zip(self.shares, _CLASSES.values(), strict=True):
            handles.append(
                board.ax.barh(self.ladder.places, share, _THICK, left=starts, color=colour, edgecolor="white")
            )
            self._percentages(board, share, starts, colour)
            starts = starts + share
        handles.append(self._scores(board))
        board.clear()
        board.ax.axvline(0, color=INK, linewidth=0.9, zorder=0.5)
        edge = float(np.nanmax(np.abs(np.array([starts, starts - 100])), initial=10.0)) + 4
        reach = float(np.nanmax(np.abs(self.score), initial=0.0)) + 4
        board.ax.set_xlim(-max(edge, reach), max(edge, reach))
        board.across(self.words[-1])
        self.ladder.write(board, board.title(self.title, board.legend(handles, self.words[:4])))

    def _percentages(self, board: Board, shares: Floats, starts: Floats, colour: str) -> None:
        ink = INK if colour == "#D9D9D9" else "white"
        for place, share, start in zip(self.ladder.places.tolist(), shares.tolist(), starts.tolist(), strict=True):
            if share >= _NARROW:
                board.ax.text(
                    start + share / 2, place, f"{share:.0f}%", ha="center", va="center", color=ink,
                    fontsize=0.75 * board.size,
                )  # fmt: skip

    def _scores(self, board: Board) -> Any:
        """Draw scores with intervals, above the bars' middle so that percentages stay legible."""
        score, low, high = self.score
        places = np.asarray(self.ladder.places) - _ABOVE
        board.ax.hlines(places, low, high, color=INK, linewidth=1.8 * board.scale, zorder=4)
        style: dict[str, Any] = {"marker": "D", "color": INK, "linestyle": "none", "markeredgecolor": "white"}
        (marks,) = board.ax.plot(score, places, markersize=7 * board.scale, zorder=5, **style)
        for place, value, end in zip(places.tolist(), score.tolist(), high.tolist(), strict=True):
            if not np.isnan(value):
                points = f"{value:+.0f}".replace("-", "−")
                board.ax.annotate(
                    points, (end, place), (4, 0), textcoords="offset points", va="center", color=INK,
                    fontsize=0.85 * board.size, fontweight="bold",
                )  # fmt: skip
        return marks
