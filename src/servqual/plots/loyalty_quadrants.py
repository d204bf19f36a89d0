"""`loyalty_map`: satisfaction across, loyalty upwards, with the share of each type of customers in its quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK
from servqual.plots.fonts import voiced
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Type → where its quarter lies (right, top), and its colour.
_QUARTERS = {
    "loyalist": ((True, True), COLOURS[2]),
    "mercenary": ((True, False), COLOURS[1]),
    "hostage": ((False, True), COLOURS[3]),
    "defector": ((False, False), COLOURS[4]),
}
_NAMES = {
    "loyalist": Label("loyalists", "忠诚型"),
    "mercenary": Label("mercenaries", "雇佣型"),
    "hostage": Label("hostages", "人质型"),
    "defector": Label("defectors", "流失型"),
}
_EXTREMES = {"apostle": Label("apostles", "传道者"), "terrorist": Label("terrorists", "破坏者")}
_AXES = (Label("satisfaction", "满意"), Label("loyalty", "忠诚"))
_CIRCLE = Label("area: customers with these answers", "面积：给出该组回答的顾客数")
_CUT = Label("threshold", "分界")
# The largest circle, in square points.
_LARGEST = 420.0


class Typed(Protocol):
    """What can be drawn: the result of `satisfaction.loyalty_types`."""

    @property
    def points(self) -> Table | None:
        """Columns ``satisfaction``, ``loyalty`` and ``share``."""

    @property
    def thresholds(self) -> Any:
        """Numbers ``satisfaction`` and ``loyalty``, and ``scales``."""

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return columns ``group``, ``type``, ``share``, ``low`` and ``high``."""


def loyalty_map(
    types: Typed, *, group: str = "all", language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """A loyalty map: quarters of loyalists, mercenaries, hostages and defectors, with shares and intervals.

    Circles are as large as the number of customers who gave that pair of answers; they are those of everybody, and are
    left out where a group is named, or where there are more pairs than can be told apart. A point on a threshold is
    high.

    Parameters
    ----------
    types
        What `satisfaction.loyalty_types` returned.
    group
        Whose shares are written.
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
        A group that there is not.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `levels`.

    References
    ----------
    Jones & Sasser 1995, Harvard Business Review 73(6):88-99.
    """
    picture, voice = voiced(language, lambda tongue: _Map.of(types, group, tongue))
    board = Board.of(ax, voice, (6.4, 5.4))
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Map:
    points: tuple[Floats, Floats, Floats] | None
    cuts: tuple[float, float]
    limits: tuple[tuple[float, float], ...]
    ends: tuple[tuple[float, float], ...]
    said: dict[str, str]
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, types: Typed, group: str, language: Language) -> Self:
        table = types.to_table(language)
        rows = [row for row, name in enumerate(table["group"]) if name == group]
        if not rows:
            known = ", ".join(dict.fromkeys(map(str, table["group"])))
            raise PlotError(Problem("group", repr(group), f"there are shares of {known}"))
        said = {
            str(table["type"][row]): _percent(*(table[name][row] for name in ("share", "low", "high"))) for row in rows
        }
        cuts = types.thresholds
        points = None
        if types.points is not None and group == "all":
            columns = [np.array(types.points[name], np.float64) for name in ("satisfaction", "loyalty", "share")]
            points = columns[0], columns[1], columns[2]
        for kind, label in (_NAMES | _EXTREMES).items():
            said[kind] = f"{label.text(language)}: {said[kind]}"
        # upwards there is room for the words in the corners
        spare = zip(cuts.scales, (0.06, 0.26), strict=True)
        limits = tuple((scale.low - part * scale.span, scale.high + part * scale.span) for scale, part in spare)
        title = table.title if group == "all" else f"{table.title}: {group}"
        words = tuple(label.text(language) for label in (*_AXES, _CUT, _CIRCLE))
        ends = tuple((scale.low, scale.high) for scale in cuts.scales)
        return cls(points, (cuts.satisfaction, cuts.loyalty), limits, ends, said, title, words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.said.values(), self.title, *self.words)

    def draw(self, board: Board) -> None:
        ax = board.ax
        ax.set_xlim(self.limits[0])
        ax.set_ylim(self.limits[1])
        edges = self._edges()
        for kind, ((right, top), colour) in _QUARTERS.items():
            (left, end), (low, high) = _part(self.limits[0], edges[0], right), _part(self.limits[1], edges[1], top)
            ax.fill_between([left, end], low, high, color=colour, alpha=0.10, linewidth=0, zorder=0)
            self._write(board, kind, (right, top), colour)
        cut: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
        handles: list[Any] = [ax.axvline(edges[0], **cut)]
        ax.axhline(edges[1], **cut)
        if self.points is not None:
            handles.append(self._circles(board))
        for axis, (low, high) in zip((ax.xaxis, ax.yaxis), self.ends, strict=True):
            whole = low == round(low) and high == round(high)
            shown = [tick for tick in axis.get_ticklocs() if low <= tick <= high]
            axis.set_ticks([tick for tick in shown if not whole or tick == round(tick)])
        board.clear("both")
        board.across(self.words[0])
        above = board.title(self.title, board.legend(handles, self.words[2 : 2 + len(handles)]))
        board.upwards(self.words[1], above)

    def _edges(self) -> tuple[float, float]:
        """Return where the lines stand: halfway from the threshold to the answer below it, where points are known."""
        if self.points is None:
            return self.cuts
        found = []
        for values, cut in zip(self.points[:2], self.cuts, strict=True):
            below = values[values < cut]
            found.append(
                float((below.max() + values[values >= cut].min()) / 2) if 0 < below.size < values.size else cut
            )
        return found[0], found[1]

    def _circles(self, board: Board) -> Any:
        x, y, share = self.points or (np.zeros(0),) * 3
        kinds = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}
        looks = [colour for _, colour in _QUARTERS.values()]
        high = zip((x >= self.cuts[0]).tolist(), (y >= self.cuts[1]).tolist(), strict=True)
        size = _LARGEST * board.scale**2 * share / share.max()
        colours = [looks[kinds[each]] for each in high]
        return board.ax.scatter(x, y, size, color=colours, alpha=0.75, edgecolor="white", linewidth=0.6, zorder=3)

    def _write(self, board: Board, kind: str, corner: tuple[bool, bool], colour: str) -> None:
        extreme = {"loyalist": "apostle", "defector": "terrorist"}.get(kind)
        lines = [self.said[kind], *([self.said[extreme]] if extreme else [])]
        right, top = corner
        board.ax.annotate(
            "\n".join(lines), (right, top), (-5 if right else 5, -5 if top else 5), xycoords="axes fraction",
            textcoords="offset points", ha="right" if right else "left", va="top" if top else "bottom", color=INK,
            fontsize=0.9 * board.size, fontfamily=board.voice.fonts, zorder=5, linespacing=1.3,
            bbox={"facecolor": "white", "edgecolor": colour, "alpha": 0.85, "pad": 2.5, "linewidth": 0.8},
        )  # fmt: skip


def _part(limits: tuple[float, float], edge: float, upper: bool) -> tuple[float, float]:  # noqa: FBT001 - private
    return (edge, limits[1]) if upper else (limits[0], edge)


def _percent(share: Any, low: Any, high: Any) -> str:
    if share is None:
        return "–"
    return f"{share:.0%} ({low:.0%}–{high:.0%})"
