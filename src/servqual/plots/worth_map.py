"""`value_map`: what customers get against what they give, provider by provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, POINTS, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.naming import Names
from servqual.plots.pointing import write_labels
from servqual.statistics import Inapplicable
from servqual.value.worth_results import ValueRow, ValueToCustomer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SPARE = 0.18
_ACROSS = Label("cost to the customer: price + cost of obtaining", "顾客付出：价格 + 获得服务的成本")
_UPWARDS = Label("benefit: results + process quality", "顾客所得：结果 + 过程质量")
_EQUAL = Label("equal value: {0:.3g} for a unit of money", "等价值线：每单位货币 {0:.3g}")
_KINDS = {
    "more": (Label("worth more than the others", "价值高于其他"), "o", COLOURS[2]),
    "less": (Label("worth less than the others", "价值低于其他"), "v", WARNING),
    "open": (Label("not told apart from the others", "与其他无显著差别"), "s", COLOURS[0]),
}


def value_map(
    found: ValueToCustomer,
    *,
    segment: str = "all",
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A value map: what customers give across, what they get upwards, and the line on which value is equal.

    Points are providers, or segments where there are no providers. On the line a unit of money buys as much as it does
    on average; above it more. A provider is worth more, or less, than the others where the interval of its relative
    value says so. Where there is one point only, it stands on the line.

    Parameters
    ----------
    found
        What `servqual.value.value_to_customer` returned.
    segment
        Whose providers are shown.
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
        Something else than a `ValueToCustomer`, or a segment that there is not.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Gale 1994, Managing Customer Value, Free Press.
    """
    if not isinstance(found, ValueToCustomer):
        rule = "what is drawn is a result of servqual.value.value_to_customer"
        raise PlotError(Problem("found", f"a {type(found).__name__}", rule))
    picture, voice = voiced(language, lambda tongue: _Map.of(found, segment, tongue))
    board = Board.of(ax, voice, picture.names.size, picture.names.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Map:
    """What is drawn: points (rows, 2), what each is, the slope of the line, and words."""

    points: Floats
    kinds: tuple[str, ...]
    compared: bool
    slope: float
    keys: tuple[str, ...]
    names: Names
    title: str
    words: dict[str, str]

    @classmethod
    def of(cls, found: ValueToCustomer, segment: str, language: Language) -> Self:
        rows = _shown(found, segment)
        slope = next(row.ratio for row in found.rows if row.segment == segment and row.provider == "all")
        keys = tuple(row.provider if row.provider != "all" else row.segment for row in rows)
        names = [_ALL.text(language) if key == "all" else key for key in keys]
        words = {kind: label.text(language) for kind, (label, *_) in _KINDS.items()}
        words |= {"equal": _EQUAL.text(language).format(slope)}
        words |= {"across": _ACROSS.text(language), "upwards": _UPWARDS.text(language)}
        title = found.to_table(language).title + ("" if segment == "all" else f": {segment}")
        points = np.array([[row.cost, row.benefit] for row in rows])
        compared = any(not isinstance(row.relative, Inapplicable) for row in rows)
        return cls(points, tuple(map(_kind, rows)), compared, slope, keys, Names.of(names), title, words)

    @property
    def texts(self) -> tuple[str, ...]:
        key = tuple(label for column in self.names.key for label in column)
        return (*self.names.texts, *key, self.title, *self.words.values())

    def draw(self, board: Board) -> None:
        ax = board.ax
        limits = np.array([_limits(self.points[:, place]) for place in (0, 1)])
        ax.set_xlim(limits[0])
        ax.set_ylim(limits[1])
        ends = limits[0]
        line: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.4, "linestyle": "--", "zorder": 1}
        handles: dict[str, Any] = {"equal": ax.plot(ends, self.slope * ends, **line)[0]}
        for kind, (_, marker, colour) in _KINDS.items():
            here = [place for place, each in enumerate(self.kinds) if each == kind]
            style: dict[str, Any] = {"marker": marker, "color": colour, "markeredgecolor": "white", "linestyle": "none"}
            if here:
                (handles[kind],) = ax.plot(*self.points[here].T, markersize=9 * board.scale, zorder=3, **style)
        board.clear("both")
        names = self.names.on(board, self.keys)
        board = evolve(board, beside=names.beside if board.own or names.key else board.beside)
        names.write_key(board)
        board.across(self.words["across"])
        shown = {kind: handle for kind, handle in handles.items() if kind != "open" or self.compared}
        above = board.title(self.title, board.legend(list(shown.values()), [self.words[kind] for kind in shown]))
        board.upwards(self.words["upwards"], above)
        write_labels(board, self.points, names.texts, [], (board.room, POINTS * board.height(above)))


_ALL = Label("all customers", "全部顾客")


def _shown(found: ValueToCustomer, segment: str) -> list[ValueRow]:
    """Return the rows that are points: providers of the segment, else segments, else everybody."""
    here = [row for row in found.rows if row.segment == segment]
    if not here:
        known = ", ".join(dict.fromkeys(row.segment for row in found.rows))
        raise PlotError(Problem("segment", repr(segment), f"there are rows of {known}"))
    providers = [row for row in here if row.provider != "all"]
    segments = [row for row in found.rows if row.segment != "all"] if segment == "all" else []
    return providers or segments or here


def _kind(row: ValueRow) -> str:
    if not isinstance(row.relative_low, Inapplicable) and row.relative_low > 1:
        return "more"
    return "less" if not isinstance(row.relative_high, Inapplicable) and row.relative_high < 1 else "open"


def _limits(values: Floats) -> tuple[float, float]:
    spare = _SPARE * float(np.ptp(values)) or 0.1 * abs(float(values[0])) or 0.5
    return float(values.min()) - spare, float(values.max()) + spare
