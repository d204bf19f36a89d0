"""`npv`: how likely which net present value is, with the part that is a loss."""

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
from servqual.value.return_results import ServiceReturn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# About so many bars; outside of this share of the draws at either end the bars are few and low.
_BARS = 48
_TAIL = 0.002
_LOSS = Label("a loss: {0:.1%} of draws", "亏损：占抽样的 {0:.1%}")
_GAIN = Label("a gain", "盈利")
_AT = Label("as estimated", "估计值")
_INTERVAL = Label("{0:.0%} interval", "{0:.0%} 区间")
_ACROSS = Label("net present value, money", "净现值（金额）")
_UPWARDS = Label("percent of draws", "占抽样的百分比")
_TITLE = Label("Net present value of closing the gap", "缩小差距的净现值")


def npv(found: ServiceReturn, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """The distribution of the net present value, with losses in another colour, the estimate and its interval.

    A bar never spans zero: what is a loss and what is a gain are told apart exactly.

    Parameters
    ----------
    found
        What `servqual.value.return_on_service` returned.
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
        Something else than a `ServiceReturn`, or one in which nothing is uncertain.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.
    """
    if not isinstance(found, ServiceReturn):
        rule = "what is drawn is a result of servqual.value.return_on_service"
        raise PlotError(Problem("found", f"a {type(found).__name__}", rule))
    if not found.levers:
        rule, remedy = "some numbers are uncertain", "pass Estimate(value, se) to QualityInvestment"
        raise PlotError(Problem("found", "draws that are all alike", rule, remedy))
    picture, voice = voiced(language, lambda tongue: _Bars.of(found, tongue))
    board = Board.of(ax, voice, (6.6, 4.2), 0.6)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Bars:
    """What is drawn: the edges of the bars, percent in each, the estimate and the ends of its interval, and words."""

    edges: Floats
    percent: Floats
    estimate: float
    ends: tuple[float, float]
    title: str
    words: dict[str, str]

    @classmethod
    def of(cls, found: ServiceReturn, language: Language) -> Self:
        draws = found.npv_draws
        low, high = np.quantile(draws, [_TAIL, 1 - _TAIL]).tolist()
        wide = (high - low) / _BARS or 1.0
        edges = wide * np.arange(np.floor(draws.min() / wide), np.floor(draws.max() / wide) + 2)
        percent = 100 * np.histogram(draws, edges)[0] / draws.size
        texts = {name: label.text(language) for name, label in _WORDS.items()}
        texts["loss"] = texts["loss"].format(found.probability_of_loss)
        texts["interval"] = texts["interval"].format(found.confidence)
        return cls(edges, percent, found.npv, found.npv_interval, _TITLE.text(language), texts)

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, *self.words.values())

    def draw(self, board: Board) -> None:
        ax, top = board.ax, float(self.percent.max())
        handles: dict[str, Any] = {}
        # edges are whole multiples of the width: zero is one of them
        losses = self.edges[:-1] < -0.5 * (self.edges[1] - self.edges[0])
        for name, here, colour in (("loss", losses, WARNING), ("gain", ~losses, COLOURS[0])):
            if self.percent[here].any():
                starts, wide = self.edges[:-1][here], np.diff(self.edges)[here]
                look: dict[str, Any] = {"color": colour, "edgecolor": "white", "linewidth": 0.4}
                handles[name] = ax.bar(starts, self.percent[here], wide, align="edge", zorder=2, **look)
        handles["at"] = ax.axvline(self.estimate, color=INK, linewidth=1.6, linestyle="--", zorder=3)
        line: dict[str, Any] = {"color": INK, "linewidth": 3.0 * board.scale, "zorder": 3}
        handles["interval"] = ax.hlines(1.05 * top, *self.ends, **line)
        board.clear("y")
        ax.set_ylim(0, 1.12 * top)
        money_ticks(ax)
        board.across(self.words["across"])
        above = board.title(self.title, board.legend(list(handles.values()), [self.words[each] for each in handles]))
        board.upwards(self.words["upwards"], above)


_WORDS = {
    "loss": _LOSS,
    "gain": _GAIN,
    "at": _AT,
    "interval": _INTERVAL,
    "across": _ACROSS,
    "upwards": _UPWARDS,
}


def money_ticks(ax: Axes) -> None:
    """Write few sums of money below the Axes, in full."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(6))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}".replace("-", "−")))
