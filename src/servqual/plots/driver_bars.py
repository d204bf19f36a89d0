"""`drivers`: shares of drivers as bars with intervals, the largest on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.cells import numbers
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.satisfaction.driving.results import Drivers
from servqual.satisfaction.driving.words import DriverVerdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.26
_FILLED = 0.88
# In the order in which the legend names them.
_LOOKS: dict[DriverVerdict, dict[str, Any]] = {
    DriverVerdict.RAISES: {"facecolor": COLOURS[0], "edgecolor": "white", "linewidth": 0},
    DriverVerdict.LOWERS: {"facecolor": WARNING, "edgecolor": "white", "linewidth": 0},
    DriverVerdict.OPEN: {"facecolor": "white", "edgecolor": COLOURS[0], "hatch": "////", "linewidth": 0.9},
    DriverVerdict.UNTOLD: {"facecolor": BETWEEN, "edgecolor": "white", "linewidth": 0},
}
_SHARE = Label("share of the variance of the outcome", "在结果方差中所占的份额")
_PERCENT = Label("part of what the drivers explain, %", "在全部解释量中所占的百分比")
_FIRST = Label("first in", "居首比例")


def drivers(
    found: Drivers,
    *,
    value: Literal["share", "percent"] = "share",
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A bar chart of drivers: the share of each in the variance of the outcome, with its interval.

    Bars tell by their look whether more of a driver goes with more or with less of the outcome, given the others, or
    whether that is open; at their ends stands in which share of resamples a driver is the first, where that is 1 % or
    more. The numbers are those of ``found.to_table()``.

    Parameters
    ----------
    found
        What `servqual.satisfaction.drivers` returned.
    value
        "share" in the variance of the outcome, or "percent" of what all drivers explain.
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
        Something else than `Drivers`, or another value.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Grömping 2006, Journal of Statistical Software 17(1):1-27.
    """
    _refuse(found, value)
    picture, voice = voiced(language, lambda tongue: _Picture.of(found, value, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


def _refuse(found: object, value: str) -> None:
    problems = []
    if not isinstance(found, Drivers):
        rule = "what is drawn is a result of servqual.satisfaction.drivers"
        problems.append(Problem("found", f"a {type(found).__name__}", rule))
    known = ("share", "percent")
    if value not in known:
        problems.append(unknown_word("value", value, known, "it is share or percent"))
    if problems:
        raise PlotError(*problems)


@frozen(eq=False)
class _Picture:
    """What is drawn: arrays (drivers,)."""

    ladder: Ladder
    value: Floats
    low: Floats
    high: Floats
    first: Floats
    verdicts: tuple[DriverVerdict, ...]
    words: dict[DriverVerdict, str]
    title: str
    scale: str
    ahead: str

    @classmethod
    def of(cls, found: Drivers, value: str, language: Language) -> Self:
        table = found.told.table
        labels = [label.text(language) for label in found.told.labels]
        times = 100.0 if value == "percent" else 1.0
        columns = [times * numbers(table, name) for name in (value, f"{value}_low", f"{value}_high")]
        verdicts = tuple(row.verdict for row in found)
        words = {each: each.label.text(language) for each in _LOOKS if each in verdicts}
        scale = (_PERCENT if value == "percent" else _SHARE).text(language)
        return cls(
            Ladder.of(labels, least=_THICK), columns[0], columns[1], columns[2], numbers(table, "first"), verdicts,
            words, found.told.title.text(language), scale, _FIRST.text(language),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.words.values(), self.title, self.scale, self.ahead)

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.3 + self.ladder.depth

    def draw(self, board: Board) -> None:
        from matplotlib.patches import Patch

        ax, places = board.ax, self.ladder.places
        for place, (height, verdict) in enumerate(zip(self.value, self.verdicts, strict=True)):
            ax.barh(places[place], height, _THICK * _FILLED, **_LOOKS[verdict])
        ax.hlines(places, self.low, self.high, color=INK, linewidth=1.1, zorder=3)
        ax.axvline(0, color=INK, linewidth=0.9)
        self._write_first(board)
        board.clear()
        board.across(self.scale)
        handles = [Patch(**_LOOKS[each]) for each in self.words]
        shown = [] if set(self.words) <= {DriverVerdict.UNTOLD} else handles
        self.ladder.write(board, board.title(self.title, board.legend(shown, list(self.words.values()))))

    def _write_first(self, board: Board) -> None:
        ends = np.fmax(np.nan_to_num(self.high, nan=-np.inf), self.value)
        font: dict[str, Any] = {"fontsize": 0.8 * board.size, "fontfamily": board.voice.fonts, "color": INK}
        for end, place, often in zip(ends.tolist(), self.ladder.places.tolist(), self.first.tolist(), strict=True):
            if often >= 0.01:
                text = f"{self.ahead} {often:.0%}"
                board.ax.annotate(text, (end, place), (4, 0), textcoords="offset points", va="center", **font)
        widest = float(np.max(ends, initial=0.0))
        lowest = float(np.fmin.reduce([*self.low.tolist(), *self.value.tolist(), 0.0]))
        board.ax.set_xlim(1.05 * min(lowest, 0.0), widest * 1.25 if widest > 0 else 1.0)
