"""`tornado`: what the net present value hangs on, the number that moves it most on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.plots.npv_shares import money_ticks
from servqual.value.return_results import ServiceReturn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.28
# From here on numbers are written in full.
_LARGE = 1000
_ROW = 0.38
_ENDS = (Label("at the low end of its interval", "取区间下限时"), Label("at the high end", "取区间上限时"))
_AT = Label("as estimated", "估计值")
_ZERO = Label("neither gain nor loss", "不盈不亏")
_ACROSS = Label("net present value, money; beside each bar the ends of the interval", "净现值（金额）；条旁为区间两端")
_COLOURS = (COLOURS[1], COLOURS[0])


def tornado(found: ServiceReturn, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """A tornado: the net present value with one number at a time at either end of its interval, widest on top.

    All other numbers stay as estimated. The numbers are those of ``found.tornado()``.

    Parameters
    ----------
    found
        What `servqual.value.return_on_service` returned.
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
        Something else than a `ServiceReturn`, or one in which nothing is uncertain.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Eschenbach 1992, Interfaces 22(6):40-46.
    """
    if not isinstance(found, ServiceReturn):
        rule = "what is drawn is a result of servqual.value.return_on_service"
        raise PlotError(Problem("found", f"a {type(found).__name__}", rule))
    if not found.levers:
        rule, remedy = "some numbers are uncertain", "pass Estimate(value, se) to QualityInvestment"
        raise PlotError(Problem("found", "no uncertain number", rule, remedy))
    picture, voice = voiced(language, lambda tongue: _Bars.of(found, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Bars:
    """What is drawn: net present value at both ends of each number, shape (2, numbers), and words."""

    ladder: Ladder
    worth: Floats
    ends: tuple[tuple[str, ...], ...]
    estimate: float
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, found: ServiceReturn, language: Language) -> Self:
        table = found.tornado(language)
        worth = np.array([[each.npv_at_low, each.npv_at_high] for each in found.levers]).T
        ends = tuple(tuple(_short(getattr(each, of)) for each in found.levers) for of in ("low", "high"))
        labels = table.columns.get("label", table["number"])
        ladder = Ladder.of([str(label) for label in labels], least=_ROW)
        words = tuple(label.text(language) for label in (*_ENDS, _AT, _ZERO, _ACROSS))
        return cls(ladder, worth, ends, found.npv, table.title, words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.6 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax, places = board.ax, self.ladder.places
        handles: list[Any] = []
        for worth, colour in zip(self.worth, _COLOURS, strict=True):
            shift = worth - self.estimate
            handles.append(ax.barh(places, shift, _THICK, left=self.estimate, color=colour, zorder=2))
        handles.append(ax.axvline(self.estimate, color=INK, linewidth=1.4, zorder=3))
        low, high = float(self.worth.min()), float(self.worth.max())
        texts = list(self.words[:3])
        if min(low, self.estimate) < 0 < max(high, self.estimate):
            handles.append(ax.axvline(0, color=WARNING, linewidth=1.4, linestyle="--", zorder=1))
            texts.append(self.words[3])
        self._say(board)
        board.clear()
        spare = 0.16 * ((high - low) or 1.0)
        ax.set_xlim(low - spare, high + spare)
        money_ticks(ax)
        board.across(self.words[4])
        self.ladder.write(board, board.title(self.title, board.legend(handles, texts)))

    def _say(self, board: Board) -> None:
        """Write the ends of the intervals beside the ends of the bars."""
        for worth, other, ends in zip(self.worth, self.worth[::-1], self.ends, strict=True):
            for place, at, across, text in zip(
                self.ladder.places.tolist(), worth.tolist(), other.tolist(), ends, strict=True
            ):
                left = at < across
                board.ax.annotate(
                    text, (at, place), (-4 if left else 4, 0), textcoords="offset points", va="center", color=INK,
                    ha="right" if left else "left", fontsize=0.8 * board.size,
                )  # fmt: skip


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= _LARGE else f"{number:.3g}"
