"""`promises`: what is expected, delivered and perceived against what was promised, attribute by attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.promises.promise_results import PromiseGaps
from servqual.plots.board import Board
from servqual.plots.canvas import COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.42
# In inches from the middle of the row: where the marks of each side stand.
_SIDES = {
    "expected": (Label("expected", "期望的"), "D", COLOURS[1], -0.09),
    "briefed": (Label("told to the front line", "告知一线的"), "^", COLOURS[3], 0.09),
    "delivered": (Label("delivered, with its interval", "提供的及其区间"), "o", COLOURS[0], 0.0),
    "perceived": (Label("perceived", "感知到的"), "s", COLOURS[2], 0.09),
}
_PROMISED = Label("promised", "承诺的")
_FAILED = Label("failed", "未兑现")
_ACROSS = Label(
    "standard deviations from what was promised; to the left is worse", "与承诺之差（以提供水平的标准差计）；左侧为差"
)
_ABSENT = Label("deliveries do not vary, not drawn: ", "提供水平无变化，未画出：")


def promises(gaps: PromiseGaps, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Promises: what customers expect, get and perceive, in standard deviations from what they were promised.

    One row for each attribute, so that minutes and ratings stand on one axis; the dashed line is the promise, and to
    its left is worse. Beside each row stands the share of customers whom the promise failed. Attributes of which
    deliveries do not vary have no such place; they are named below.

    Parameters
    ----------
    gaps
        What `operations.promise_gaps` returned.
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
        No attribute of which deliveries vary.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.
    """
    picture, voice = voiced(language, lambda tongue: _Dots.of(gaps, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Dots:
    """What is drawn: side → places (rows,), the ends of the interval, and what is said beside each row."""

    ladder: Ladder
    places: dict[str, Floats]
    ends: Floats
    beside: tuple[str, ...]
    title: str
    words: dict[str, str]

    @classmethod
    def of(cls, gaps: PromiseGaps, language: Language) -> Self:
        rows = [row for row in gaps if not np.isnan(float(row.sd))]
        if not rows:
            rule = "a row needs deliveries that vary"
            raise PlotError(Problem("gaps", "no attribute with a standard deviation", rule))
        signs = np.array([-1.0 if row.attribute in gaps.asked["lower_is_better"] else 1.0 for row in rows])
        scale = np.array([float(row.sd) for row in rows])
        promised = np.array([float(row.promised) for row in rows])
        places = {
            side: signs * (np.array([float(getattr(row, side)) for row in rows]) - promised) / scale for side in _SIDES
        }
        ends = np.array([[float(row.low), float(row.high)] for row in rows]).T / scale
        labels = dict(zip(gaps.told.table["attribute"], gaps.told.labels, strict=True))
        ladder = Ladder.of([labels[row.attribute].text(language) for row in rows], least=_ROW)
        failed = [float(row.failed) for row in rows]
        beside = tuple("" if np.isnan(each) else f"{_FAILED.text(language)} {each:.0%}" for each in failed)
        words = {side: label.text(language) for side, (label, *_) in _SIDES.items()}
        still = [labels[row.attribute].text(language) for row in gaps if np.isnan(float(row.sd))]
        absent = f"\n{_ABSENT.text(language)}{', '.join(still)}" if still else ""
        words |= {"promised": _PROMISED.text(language), "across": _ACROSS.text(language) + absent}
        return cls(ladder, places, ends, beside, gaps.told.title.text(language), words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.beside, self.title, *self.words.values())

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.6 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax = board.ax
        handles: list[Any] = [ax.axvline(0, color=INK, linewidth=1.1, linestyle="--", zorder=1)]
        texts = [self.words["promised"]]
        low, high = self.ends
        colours = np.where(high < 0, WARNING, _SIDES["delivered"][2]).tolist()
        ax.hlines(self.ladder.places, low, high, color=colours, linewidth=2.2 * board.scale, zorder=2)
        for side, (_, marker, colour, offset) in _SIDES.items():
            if np.isnan(self.places[side]).all():
                continue
            style: dict[str, Any] = {"marker": marker, "linestyle": "none", "color": colour, "markeredgecolor": "white"}
            handles += ax.plot(
                self.places[side], self.ladder.places + offset, markersize=7.5 * board.scale, zorder=3, **style
            )
            texts.append(self.words[side])
        board.clear()
        ax.margins(x=0.08)
        self._say(board)
        board.across(self.words["across"])
        self.ladder.write(board, board.title(self.title, board.legend(handles, texts)))

    def _say(self, board: Board) -> None:
        for place, words in zip(self.ladder.places.tolist(), self.beside, strict=True):
            if words:
                board.ax.text(
                    1.01, place, words, transform=board.ax.get_yaxis_transform(), va="center", color=INK,
                    fontfamily=board.voice.fonts, fontsize=0.85 * board.size,
                )  # fmt: skip
