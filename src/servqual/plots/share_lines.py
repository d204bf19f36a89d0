"""`p_chart`: the share that keeps a standard over periods, between the limits of chance."""

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
    "share": Label("share that keeps the standard", "达标比例"),
    "centre": Label("centre line", "中心线"),
    "limits": Label("limits", "控制限"),
    "signal": Label("signal", "失控信号"),
    "target": Label("target", "目标"),
}
_UPWARDS = Label("percent of the cases of the period", "占当期个案的百分比")
_NEEDED = ("period", "share", "centre", "low", "high")


class SharesCharted(Protocol):
    """What can be drawn: the result of `operations.p_chart`, or anything with such a table."""

    @property
    def target(self) -> float:
        """The share that the standard asks for."""

    @property
    def signals(self) -> tuple[Any, ...]:
        """Points at which a rule signals, with their `period`."""

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return columns ``period``, ``share``, ``centre``, ``low`` and ``high``."""


def p_chart(chart: SharesCharted, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """Shares that keep a standard over periods, with centre line, control limits and target; signals stand out.

    Periods stand at equal distances. Limits are drawn for each period, closer where there were more cases; the target
    is what was asked, and plays no part in them. A dotted line ends the baseline where limits were made of the first
    periods only.

    Parameters
    ----------
    chart
        What `operations.p_chart` returned.
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
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Montgomery 2013, Introduction to Statistical Quality Control, 7th ed., Wiley, section 7.3.
    """
    if not hasattr(chart, "to_table") or not hasattr(chart, "signals"):
        rule, remedy = "it is a chart of shares", "operations.p_chart(conformance) makes one"
        raise PlotError(Problem("chart", f"a {type(chart).__name__}", rule, remedy))
    picture, voice = voiced(language, lambda tongue: _Shares.of(chart, tongue))
    board = Board.of(ax, voice, picture.size, 0.5)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Shares:
    """What is drawn, in percent, each (periods,); NaN where a period has no cases or the chart no limits."""

    periods: tuple[str, ...]
    share: Floats
    centre: Floats
    low: Floats
    high: Floats
    signal: Bools
    target: float
    learnt: int
    words: dict[str, str]
    title: str
    upwards: str

    @classmethod
    def of(cls, chart: SharesCharted, language: Language) -> Self:
        table = chart.to_table(language)
        if not len(table):
            raise PlotError(Problem("chart", "no periods", "there is a row for each period"))
        absent = [name for name in ("period", "share") if name not in table.columns]
        if absent:
            rule = "a chart of shares has it"
            raise PlotError(*(Problem("chart", f"no column {name!r}", rule) for name in absent))
        held = {name: numbers(table, name) for name in _NEEDED[1:] if name in table.columns}
        none = np.full(len(table), np.nan)
        share, centre, low, high = (100 * held.get(name, none) for name in _NEEDED[1:])
        loud = {str(point.period) for point in chart.signals}
        periods = tuple(map(str, table["period"]))
        said = [bool(each) for each in table.columns.get("baseline", ())]
        learnt = sum(said) if all(said[: sum(said)]) else 0
        signal = np.array([period in loud for period in periods], np.bool_)
        words = {name: label.text(language) for name, label in _WORDS.items()}
        return cls(
            periods, share, centre, low, high, signal, 100 * chart.target, learnt, words, table.title,
            _UPWARDS.text(language),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.periods, *self.words.values(), self.title, self.upwards)

    @property
    def size(self) -> tuple[float, float]:
        return min(14.0, max(7.0, 2.0 + 0.45 * len(self.periods))), 4.4

    def draw(self, board: Board) -> None:
        ax, places = board.ax, np.arange(len(self.periods))
        dot: dict[str, Any] = {"marker": "o", "markersize": 6 * board.scale, "markeredgecolor": "white", "zorder": 3}
        handles = {"share": ax.plot(places, self.share, color=COLOURS[0], linewidth=1.4, **dot)[0]}
        if not np.isnan(self.centre).all():
            handles["centre"] = ax.plot(places, self.centre, color=INK, linewidth=0.9, zorder=1)[0]
        if not np.isnan(self.low).all():
            handles["limits"] = self._limits(board)
        handles["target"] = ax.axhline(self.target, color=COLOURS[2], linestyle="-.", linewidth=1.4, zorder=1)
        if self.signal.any():
            loud = dot | {"marker": "D", "markersize": 8 * board.scale, "zorder": 4}
            style: dict[str, Any] = {"color": WARNING, "linestyle": "none"} | loud
            handles["signal"] = ax.plot(places[self.signal], self.share[self.signal], **style)[0]
        if 0 < self.learnt < len(self.periods):
            ax.axvline(self.learnt - 0.5, color=INK, linestyle=":", linewidth=1.0, zorder=1)
        board.clear("y")
        write_periods(board, self.periods)
        words = [self.words[name] for name in handles]
        board.upwards(self.upwards, board.title(self.title, board.legend(list(handles.values()), words)))

    def _limits(self, board: Board) -> Any:
        """Draw both limits, each period with its own, and return one of the lines."""
        edges = np.repeat(np.arange(len(self.low) + 1) - 0.5, 2)[1:-1]
        style: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.4, "linestyle": "--", "zorder": 1}
        board.ax.plot(edges, np.repeat(self.high, 2), **style)
        return board.ax.plot(edges, np.repeat(self.low, 2), **style)[0]
