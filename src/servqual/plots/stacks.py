"""`distribution`: what was answered, as stacked bars that part at the neutral middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.plots.shades import shades
from servqual.plots.shares import Shares
from servqual.plots.sources import Source
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how thick a bar is. In shares: how far the missing answers stand away, and room for their percentages.
_THICK = 0.17
_AWAY = 0.07
_PERCENT = 0.12
_NO_ANSWER = Label("no answer", "未回答")
_SHARES = Label("share of the answers given", "占已作答的比例")
_NONE_MISSING = Label("no answer is missing", "无缺失")


def distribution(
    source: Source,
    *,
    level: Level | str = Level.PERCEPTION,
    worst_first: bool = False,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """The answers to every item as diverging stacked bars (Likert plot), with the missing ones beside them.

    Each bar is 100 % of the answers given. Answers below the middle of the scale lie to the left, those above it to the
    right; the middle point, where there is one, lies half on each side. Every point of the scale is in the legend, in
    order, chosen or not. At the far right stands which share of those asked gave no answer. Items worded against the
    service were turned when they were read. The numbers are those of `distribution_table`, with the same arguments.

    Parameters
    ----------
    source
        A `Survey`, or a `Summary` of one or of published counts; counts are weighted where answers are.
    level
        Of which level the answers are.
    worst_first
        Sort items by mean answer, lowest on top.
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
    LevelError
        A level that the source does not hold.
    JointAnswersError
        A real-valued scale, whose answers are not counted.
    PlotError
        A scale of more points than colours can tell apart; a source that holds no answers.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.

    References
    ----------
    Heiberger & Robbins 2014, Journal of Statistical Software 57(5):1-32.
    """
    found = Shares.of(source, level, worst_first=worst_first)
    picture, voice = voiced(language, lambda tongue: _Stacks.of(found, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


def distribution_table(
    source: Source,
    *,
    level: Level | str = Level.PERCEPTION,
    worst_first: bool = False,
    language: Language | str | None = None,
) -> Table:
    """The counts and shares that `distribution` draws: a row for each item and point of the scale, then the missing.

    Columns are ``item``, ``label`` where a language is named, ``answer`` (None for those who gave none), ``count``,
    ``share`` (of the answers given, None for the missing) and ``share_of_all`` (of everybody asked). Parameters and
    errors are those of `distribution`.

    Examples
    --------
    >>> from servqual import simulate
    >>> table = distribution_table(simulate.example())
    >>> table["answer"][:8], table["count"][:8]
    ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, None), (0, 8, 16, 70, 102, 103, 97, 4))
    """
    return Shares.of(source, level, worst_first=worst_first).table(language)


@frozen(eq=False)
class _Stacks:
    shares: Shares
    ladder: Ladder
    points: tuple[str, ...]
    title: str
    words: dict[str, str]

    @classmethod
    def of(cls, shares: Shares, language: Language) -> Self:
        instrument = shares.instrument
        anchors = {anchor.value: anchor.label.text(language) for anchor in instrument.scale.anchors}
        title = f"{instrument.label.text(language)}: {shares.level.label.text(language)}"
        kept = {"missing": _NO_ANSWER, "given": _SHARES, "none": _NONE_MISSING}
        return cls(
            shares,
            Ladder.of([row.label.text(language) for row in shares.rows], shares.headings(language), _THICK),
            tuple(f"{point:g} {anchors.get(point, '')}".strip() for point in shares.points.tolist()),
            title,
            {name: label.text(language) for name, label in kept.items()},
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.ladder.headings, *self.points, self.title, *self.words.values())

    @property
    def size(self) -> tuple[float, float]:
        return 6.0 + self.ladder.beside, 1.5 + self.ladder.depth

    def draw(self, board: Board) -> None:
        starts = self.shares.starts
        handles: list[Any] = [
            board.ax.barh(self.ladder.places, share, _THICK, left=start, color=colour, edgecolor="white", linewidth=0.5)
            for share, start, colour in zip(self.shares.given.T, starts.T, shades(len(self.points)), strict=True)
        ]
        board.clear()
        board.ax.axvline(0, color=INK, linewidth=0.9)
        ends = (-float(np.nanmin(starts, initial=0)), float(np.nanmax(starts + self.shares.given, initial=0)))
        lane = self._missing(board, ends[1] + _AWAY)
        _percentages(board.ax, *ends)
        board.ax.set_xlim(-ends[0] - 0.02, ends[1] + 0.02 if lane is None else None)
        board.across(self.words["given"] + ("" if lane else f"; {self.words['none']}"))
        names = [*self.points, *([self.words["missing"]] if lane else [])]
        above = board.legend([*handles, *([lane] if lane else [])], names)
        self.ladder.write(board, board.title(self.title, above))

    def _missing(self, board: Board, start: float) -> Any:
        """Draw the shares of those who did not answer in a lane of their own, where there are any."""
        missing = self.shares.missing
        if not missing.any():
            return None
        ax: Any = board.ax
        ax.axvline(start, color=BETWEEN, linewidth=0.9)
        for place, share in zip(self.ladder.places.tolist(), missing.tolist(), strict=True):
            ax.text(start + share + 0.01, place, _percent(share), va="center", color=INK, fontsize=0.8 * board.size)
        ax.set_xlim(right=start + float(missing.max()) + _PERCENT)
        return ax.barh(self.ladder.places, missing, _THICK, left=start, **_BLANK)


_BLANK: dict[str, Any] = {"color": "white", "edgecolor": "#777777", "hatch": "//////", "linewidth": 0.6}


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "<1%"
    return f"{share:.0%}"


def _percentages(ax: Axes, left: float, right: float) -> None:
    """Mark shares to both sides of the middle, none of them negative."""
    step = 0.25 if left + right > 0.8 else 0.1
    marks: Floats = np.arange(-np.floor(left / step), np.floor(right / step) + 1) * step
    ax.set_xticks(marks, [f"{abs(mark):.0%}" for mark in marks.tolist()])
