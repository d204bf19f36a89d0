"""`profit_years`: what a customer brings year by year, stacked by where it comes from, with the running sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK
from servqual.plots.fonts import voiced
from servqual.value.profit_years import PARTS, YearlyProfit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE = 0.66
_COLOURS = dict(zip(PARTS, (BETWEEN, *COLOURS[:5]), strict=True))
_SUM = Label("running sum", "累计")
_EVEN = Label("break-even in year {0}", "第 {0} 年收支平衡")
_ACROSS = Label("year of the customer", "顾客的第几年")
_UPWARDS = Label("profit of a customer, money", "每位顾客的利润（金额）")


def profit_years(profit: YearlyProfit, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Profit of a customer by year: parts stacked on each other, the running sum as a line, break-even marked.

    Parts that are zero in all years are left out; those below zero hang down. The numbers are those of
    ``profit.to_table()``.

    Parameters
    ----------
    profit
        A `servqual.value.YearlyProfit`.
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
        Something else than a `YearlyProfit`.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Reichheld & Sasser 1990, Harvard Business Review 68(5):105-111.
    """
    if not isinstance(profit, YearlyProfit):
        rule = "what is drawn is a servqual.value.YearlyProfit"
        raise PlotError(Problem("profit", f"a {type(profit).__name__}", rule))
    picture, voice = voiced(language, lambda tongue: _Stack.of(profit, tongue))
    board = Board.of(ax, voice, (max(6.0, 2.6 + 0.55 * (profit.years + 1)), 4.4))
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Stack:
    """What is drawn: part → its profit by year, the running sum, and words."""

    parts: dict[str, Floats]
    running: Floats
    even: int | None
    title: str
    words: dict[str, str]

    @classmethod
    def of(cls, profit: YearlyProfit, language: Language) -> Self:
        parts = {name: row for name, row in zip(PARTS, profit.parts, strict=True) if row.any()}
        words = {name: PARTS[name].text(language) for name in parts}
        words |= {name: label.text(language) for name, label in _WORDS.items()}
        words["even"] = words["even"].format(profit.breakeven)
        return cls(parts, profit.cumulative, profit.breakeven, profit.to_table(language).title, words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, *self.words.values())

    def draw(self, board: Board) -> None:
        ax, years = board.ax, np.arange(self.running.size)
        handles: dict[str, Any] = {}
        up, down = np.zeros(years.size), np.zeros(years.size)
        for name, values in self.parts.items():
            starts = np.where(values >= 0, up, down)
            handles[name] = ax.bar(years, values, _WIDE, bottom=starts, color=_COLOURS[name], zorder=2)
            up, down = up + np.maximum(values, 0), down + np.minimum(values, 0)
        ax.axhline(0, color=INK, linewidth=0.9, zorder=2)
        style: dict[str, Any] = {"color": INK, "linewidth": 1.6, "marker": "o", "markersize": 4.5 * board.scale}
        (handles["sum"],) = ax.plot(years, self.running, zorder=4, **style)
        if self.even is not None:
            mark: dict[str, Any] = {"marker": "D", "color": "white", "markeredgecolor": INK, "linestyle": "none"}
            height = float(self.running[self.even])
            (handles["even"],) = ax.plot([self.even], [height], markersize=9 * board.scale, zorder=5, **mark)
        board.clear("y")
        every = max(1, -(-years.size // 12))
        ax.set_xticks(years[::every], [str(year) for year in years[::every].tolist()])
        board.across(self.words["across"])
        above = board.title(self.title, board.legend(list(handles.values()), [self.words[each] for each in handles]))
        board.upwards(self.words["upwards"], above)


_WORDS = {"sum": _SUM, "even": _EVEN, "across": _ACROSS, "upwards": _UPWARDS}
