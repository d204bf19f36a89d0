"""`importance_performance_items`: items on a map of performance and importance, with intervals both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, POINTS, WARNING
from servqual.plots.cells import numbers
from servqual.plots.fonts import voiced
from servqual.plots.naming import Names
from servqual.plots.pointing import span_boxes, write_corners, write_labels
from servqual.satisfaction.priorities.quadrant_results import ImportancePerformance
from servqual.satisfaction.priorities.quadrant_words import PERFORMANCE, Quadrant

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# In the order of `pointing.CORNERS`.
_CORNERS = (Quadrant.CONCENTRATE, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.OVERKILL)
_SPARE = 0.14
_CUT: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
_URGENT = Label("to concentrate on", "需集中改进")
_UNSURE = Label("quadrant not sure", "象限不确定")
_SURE = Label("quadrant sure", "象限确定")


def importance_performance_items(
    found: ImportancePerformance,
    *,
    intervals: bool = True,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A map of importance and performance (IPA) of what was found, stated or derived: performance across.

    Top left is the place to act, drawn as diamonds. Marks are filled where the quadrant is sure, that is, in as many of
    the resamples as the confidence asks for. The numbers are those of ``found.to_table()``; `quadrant` draws a map of
    means from a survey, without intervals.

    Parameters
    ----------
    found
        What `servqual.satisfaction.importance_performance` returned.
    intervals
        Whether thin lines show intervals, both ways.
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
        Something else than `ImportancePerformance`.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Martilla & James 1977, Journal of Marketing 41(1):77-79.
    """
    if not isinstance(found, ImportancePerformance):
        rule = "what is drawn is a result of servqual.satisfaction.importance_performance"
        remedy = "plots.quadrant(survey) draws a map of means"
        raise PlotError(Problem("found", f"a {type(found).__name__}", rule, remedy))
    picture, voice = voiced(language, lambda tongue: _Picture.of(found, tongue))
    board = Board.of(ax, voice, picture.names.size, picture.names.beside)
    picture.draw(board, [row.item for row in found], intervals=intervals)
    return board.ax


@frozen(eq=False)
class _Picture:
    """What is drawn: points (items, 2) and the ends of their intervals, where axes are cut, and words."""

    points: Floats
    low: Floats
    high: Floats
    cuts: tuple[float, float]
    urgent: Bools
    sure: Bools
    asked: bool
    names: Names
    title: str
    axes: tuple[str, str]
    corners: tuple[str, ...]
    legend: dict[str, str]

    @classmethod
    def of(cls, found: ImportancePerformance, language: Language) -> Self:
        table = found.told.table

        def pairs(end: str) -> Floats:
            return np.column_stack([numbers(table, f"{name}{end}") for name in ("performance", "importance")])

        return cls(
            pairs(""), pairs("_low"), pairs("_high"),
            (found.cut_performance, found.cut_importance),
            np.array([row.quadrant is Quadrant.CONCENTRATE for row in found]),
            np.array([row.sure is not False for row in found]),
            found.draws > 0,
            Names.of([label.text(language) for label in found.told.labels]),
            found.told.title.text(language),
            (PERFORMANCE.text(language), found.importance.text(language)),
            tuple(each.label.text(language) for each in _CORNERS),
            {name: label.text(language) for name, label in (("sure", _SURE), ("unsure", _UNSURE), ("urgent", _URGENT))},
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        key = tuple(label for column in self.names.key for label in column)
        return (*self.names.texts, *key, self.title, *self.axes, *self.corners, *self.legend.values())

    def draw(self, board: Board, keys: list[str], *, intervals: bool) -> None:
        ax = board.ax
        ends = (self.low, self.high) if intervals else (self.points, self.points)
        across, upwards = (
            _limits([self.points[:, place], *(end[:, place] for end in ends)], self.cuts[place]) for place in (0, 1)
        )
        ax.set_xlim(across)
        ax.set_ylim(upwards)
        ax.axvline(self.cuts[0], **_CUT)
        ax.axhline(self.cuts[1], **_CUT)
        if intervals:
            self._cross(ax)
        handles = self._marks(board)
        board.clear("both")
        names = self.names.on(board, keys)
        board = evolve(board, beside=names.beside if board.own or names.key else board.beside)
        names.write_key(board)
        board.across(self.axes[0])
        above = board.title(self.title, board.legend(list(handles.values()), [self.legend[name] for name in handles]))
        board.upwards(self.axes[1], above)
        room = (board.room, POINTS * board.height(above))
        taken = write_corners(board, self.corners, room)
        if intervals:
            taken += span_boxes(board, self.points, self.low, self.high, room)
        known = np.flatnonzero(~np.isnan(self.points).any(axis=1))
        write_labels(board, self.points[known], [names.texts[place] for place in known], taken, room)

    def _cross(self, ax: Axes) -> None:
        """Draw the intervals of every item, both ways."""
        thin: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.0, "zorder": 2}
        ax.hlines(self.points[:, 1], self.low[:, 0], self.high[:, 0], **thin)
        ax.vlines(self.points[:, 0], self.low[:, 1], self.high[:, 1], **thin)

    def _marks(self, board: Board) -> dict[str, Line2D]:
        """Draw the points, and return a mark of each kind that there is, for the legend."""
        handles: dict[str, Line2D] = {}
        for urgent, marker, colour in ((False, "o", COLOURS[0]), (True, "D", WARNING)):
            for sure in (True, False):
                here = (self.urgent == urgent) & (self.sure == sure)
                if not here.any():
                    continue
                fill = colour if sure else "white"
                look: dict[str, Any] = {"marker": marker, "markersize": 7 * board.scale, "markerfacecolor": fill}
                line = board.ax.plot(
                    *self.points[here].T, linestyle="none", zorder=3, markeredgecolor=colour, **look
                )[0]  # fmt: skip
                if urgent:
                    handles.setdefault("urgent", line)
                elif self.asked:
                    handles.setdefault("sure" if sure else "unsure", line)
        return dict(sorted(handles.items(), key=lambda pair: ("sure", "unsure", "urgent").index(pair[0])))


def _limits(values: list[Floats], cut: float) -> tuple[float, float]:
    """Return an interval around all values and the cut, with room for labels."""
    known = [each for column in values for each in column.tolist() if np.isfinite(each)]
    known = [*known, cut] if np.isfinite(cut) else known or [0.0]
    spare = _SPARE * (max(known) - min(known)) or 0.5
    return min(known) - spare, max(known) + spare
