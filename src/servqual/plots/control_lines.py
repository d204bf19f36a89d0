"""`control_chart`: means over periods between the limits of chance, with what lies beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.cells import numbers
from servqual.plots.fonts import voiced
from servqual.plots.period_axis import write_periods
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WORDS = {
    "mean": Label("mean", "均值"),
    "limits": Label("limits", "控制限"),
    "smoothed": Label("smoothed mean, with its limits", "平滑均值及其控制限"),
    "signal": Label("signal", "失控信号"),
}
_SCALE = Label("mean of the period", "各期均值")
_SMOOTHED = ("smoothed", "smoothed_low", "smoothed_high")


class Charted(Protocol):
    """What can be drawn: the result of `engines.control_chart`, or anything with such a table."""

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return columns ``period``, ``mean``, ``centre``, ``low``, ``high`` and ``rules``."""
        ...


def control_chart(
    chart: Charted | Table, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """Means over periods with their centre line and control limits (Shewhart); periods with a signal stand out.

    Periods stand at equal distances. Limits are drawn for each period, closer where more people answered. A dotted line
    ends the baseline where limits were made of the first periods only; a smoothed mean (EWMA) is drawn with its limits
    where the chart has one.

    Parameters
    ----------
    chart
        What `engines.control_chart` returned; or its table, in whose words title and periods are told then.
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
        Something without such a table, or a table without rows.
    TableError
        A column that the table lacks.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.
    """
    picture, voice = voiced(language, lambda tongue: _Lines.of(_table_of(chart, tongue), tongue))
    board = Board.of(ax, voice, picture.size, 0.5)
    picture.draw(board)
    return board.ax


def _table_of(chart: object, language: Language) -> Table:
    if isinstance(chart, Table):
        return chart
    if not hasattr(chart, "to_table") or not hasattr(chart, "signals"):
        rule, remedy = "it is a control chart or its table", "engines.control_chart(tracker) makes one"
        raise PlotError(Problem("chart", f"a {type(chart).__name__}", rule, remedy))
    table: Table = chart.to_table(language)
    return table


@frozen(eq=False)
class _Lines:
    """What is drawn, each (periods,); NaN where a period has no mean or the chart no limits."""

    periods: tuple[str, ...]
    mean: Floats
    centre: Floats
    low: Floats
    high: Floats
    signal: Bools
    smoothed: tuple[Floats, Floats, Floats] | None
    learnt: int
    words: dict[str, str]
    title: str
    scale: str

    @classmethod
    def of(cls, table: Table, language: Language) -> Self:
        if not len(table):
            raise PlotError(Problem("table", "no rows", "there is a row for each period"))
        mean, centre, low, high = (numbers(table, name) for name in ("mean", "centre", "low", "high"))
        smooth = tuple(numbers(table, name) for name in _SMOOTHED if name in table.columns)
        signal = np.array([rules is not None for rules in table["rules"]], np.bool_)
        return cls(
            tuple(map(str, table["period"])), mean, centre, low, high, signal,
            (smooth[0], smooth[1], smooth[2]) if len(smooth) == len(_SMOOTHED) else None, _learnt(table),
            {name: label.text(language) for name, label in _WORDS.items()}, table.title, _SCALE.text(language),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.periods, *self.words.values(), self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return min(14.0, max(7.0, 2.0 + 0.45 * len(self.periods))), 4.4

    def draw(self, board: Board) -> None:
        ax, places = board.ax, np.arange(len(self.periods))
        ax.plot(places, self.centre, color=INK, linewidth=0.9, zorder=1)
        limits = self._limits(board, self.low, self.high, color=BETWEEN, linewidth=1.4)
        dot: dict[str, Any] = {"marker": "o", "markersize": 6 * board.scale, "markeredgecolor": "white", "zorder": 3}
        handles = {"mean": ax.plot(places, self.mean, color=COLOURS[0], linewidth=1.4, **dot)[0], "limits": limits}
        if self.smoothed is not None:
            value, low, high = self.smoothed
            style: dict[str, Any] = {"color": COLOURS[2], "linewidth": 1.8}
            handles["smoothed"] = ax.plot(places, value, zorder=2, **style)[0]
            self._limits(board, low, high, linestyle=":", **style)
        if self.signal.any():
            loud = dot | {"marker": "D", "markersize": 8 * board.scale, "zorder": 4}
            where = self.signal
            handles["signal"] = ax.plot(places[where], self.mean[where], color=WARNING, linestyle="none", **loud)[0]
        if 0 < self.learnt < len(self.periods):
            ax.axvline(self.learnt - 0.5, color=INK, linestyle=":", linewidth=1.0, zorder=1)
        board.clear("y")
        write_periods(board, self.periods)
        words = [self.words[name] for name in handles]
        board.upwards(self.scale, board.title(self.title, board.legend(list(handles.values()), words)))

    def _limits(self, board: Board, low: Floats, high: Floats, **style: Any) -> Any:
        """Draw both limits, each period with its own, and return one of the lines."""
        edges = np.repeat(np.arange(len(low) + 1) - 0.5, 2)[1:-1]
        given = {"linestyle": "--", "zorder": 1, **style}
        board.ax.plot(edges, np.repeat(high, 2), **given)
        return board.ax.plot(edges, np.repeat(low, 2), **given)[0]


def _learnt(table: Table) -> int:
    """Return of how many first periods limits were made; 0 where it was other ones, or the table does not say."""
    said = [bool(each) for each in table.columns.get("baseline", ())]
    count = sum(said)
    return count if all(said[:count]) else 0
