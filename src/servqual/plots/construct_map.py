"""`importance_performance`: the constructs of an index by how much they matter and how well they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, POINTS, WARNING
from servqual.plots.cells import numbers
from servqual.plots.crosses import Cut
from servqual.plots.fonts import voiced
from servqual.plots.naming import Names
from servqual.plots.pointing import span_boxes, write_corners, write_labels
from servqual.satisfaction.indices.quantities import QuantityKind
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.spread import IndexBootstrap
from servqual.satisfaction.priorities.quadrant_words import Quadrant

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# In the order of `pointing.CORNERS`.
_CORNERS = (Quadrant.CONCENTRATE, Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY, Quadrant.OVERKILL)
_SPARE = 0.14
_CUT: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}


def importance_performance(
    source: IndexFit | IndexBootstrap,
    target: str,
    *,
    indicators: bool = False,
    cut: Cut | str = Cut.MEANS,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A map of the constructs of an index (IPMA): performance across, importance for a target upwards.

    Importance is the unstandardised total effect, by how many points the target's index rises with a point of the
    construct's; performance is the construct's own index. Top left is the place to act, drawn as diamonds: it matters
    much and does less well. Of a bootstrap, thin lines show intervals both ways. The numbers are those of
    ``fit.importance_performance(target)``.

    Parameters
    ----------
    source
        What `fit_index` returned, or `bootstrap_index`.
    target
        The construct that importance is for.
    indicators
        Whether points are indicators instead of constructs; these have no intervals.
    cut
        Where both axes are cut: "means" or "medians" of the points; see `Cut`.
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
        A source that is neither, a fit without a scale, a target to which nothing leads, the middle of a scale.
    StructuralError
        A target that the model does not have.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Ringle & Sarstedt 2016, Industrial Management & Data Systems 116(9):1865-1886.
    """
    rule = Cut(cut)
    fit = _fit_of(source, target, rule)
    spread = source if isinstance(source, IndexBootstrap) and not indicators else None
    picture, voice = voiced(
        language, lambda tongue: _Picture.of(fit, target, spread, rule, tongue, indicators=indicators)
    )
    board = Board.of(ax, voice, picture.names.size, picture.names.beside)
    picture.draw(board)
    return board.ax


def _fit_of(source: IndexFit | IndexBootstrap, target: str, cut: Cut) -> IndexFit:
    """Return the fit, and refuse what cannot be drawn."""
    if not isinstance(source, IndexFit | IndexBootstrap):
        rule, remedy = "it is drawn from an IndexFit or an IndexBootstrap", "pass what fit_index(…) returned"
        raise PlotError(Problem("source", f"a {type(source).__name__}", rule, remedy))
    fit = source if isinstance(source, IndexFit) else source.fit
    fit.model.place(target, "target")
    problems = []
    if fit.ends is None:
        rule = "performance is an index from 0 to 100"
        problems.append(Problem("source", "no scale of the answers", rule, "fit_index(…, scale=Scale(1, 10))"))
    if target not in {end for _, end in fit.model.paths}:
        driven = ", ".join(dict.fromkeys(end for _, end in fit.model.paths))
        problems.append(Problem("target", repr(target), "a path leads to it", f"known are {driven}"))
    if cut is Cut.MIDDLE:
        problems.append(Problem("cut", "middle", "importance has no scale with a middle", 'cut="means"'))
    if problems:
        raise PlotError(*problems)
    return fit


@frozen(eq=False)
class _Picture:
    """What is drawn: points (rows, 2) and the ends of their intervals, where axes are cut, and words."""

    keys: tuple[str, ...]
    points: Floats
    low: Floats
    high: Floats
    cuts: Floats
    names: Names
    title: str
    axes: tuple[str, ...]
    corners: tuple[str, ...]
    cut: str

    @classmethod
    def of(
        cls,
        fit: IndexFit,
        target: str,
        spread: IndexBootstrap | None,
        cut: Cut,
        language: Language,
        *,
        indicators: bool,
    ) -> Self:
        table = fit.importance_performance(target, language, indicators=indicators)
        keys = tuple(map(str, table["indicator" if indicators else "construct"]))
        names = table.columns.get("label", keys)
        points = np.column_stack([numbers(table, name) for name in ("performance", "importance")])
        low, high = _intervals(spread, keys, target, points)
        return cls(
            keys, points, low, high,
            np.nanmean(points, axis=0) if cut is Cut.MEANS else np.nanmedian(points, axis=0),
            Names.of([str(each) for each in names]),
            table.title,
            tuple(each.text(language) for each in _axes(fit.model.label(target))),
            tuple(each.label.text(language) for each in _CORNERS),
            Label(f"cut at the {cut.label.en}", f"分界：{cut.label.zh}").text(language),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        key = tuple(label for column in self.names.key for label in column)
        return (*self.names.texts, *key, self.title, *self.axes, *self.corners, self.cut)

    def draw(self, board: Board) -> None:
        ax = board.ax
        limits = [
            _limits(np.concatenate([each[:, place] for each in (self.points, self.low, self.high)])) for place in (0, 1)
        ]
        ax.set_xlim(limits[0])
        ax.set_ylim(limits[1])
        lines = [ax.axvline(float(self.cuts[0]), **_CUT), ax.axhline(float(self.cuts[1]), **_CUT)]
        thin: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.0, "zorder": 2}
        if np.isfinite(self.low).any():
            ax.hlines(self.points[:, 1], self.low[:, 0], self.high[:, 0], **thin)
            ax.vlines(self.points[:, 0], self.low[:, 1], self.high[:, 1], **thin)
        self._mark(board)
        board.clear("both")
        names = self.names.on(board, self.keys)
        board = evolve(board, beside=names.beside if board.own or names.key else board.beside)
        names.write_key(board)
        board.across(self.axes[0])
        above = board.title(self.title, board.legend(lines[:1], [self.cut]))
        board.upwards(self.axes[1], above)
        room = (board.room, POINTS * board.height(above))
        taken = write_corners(board, self.corners, room)
        taken += span_boxes(board, self.points, self.low, self.high, room)
        known = np.flatnonzero(~np.isnan(self.points).any(axis=1))
        write_labels(board, self.points[known], [names.texts[place] for place in known], taken, room)

    def _mark(self, board: Board) -> list[Line2D]:
        """Draw the points, those to act on as diamonds."""
        urgent = (self.points[:, 0] < self.cuts[0]) & (self.points[:, 1] >= self.cuts[1])
        found = []
        for here, marker, colour in ((~urgent, "o", COLOURS[0]), (urgent, "D", WARNING)):
            look: dict[str, Any] = {"marker": marker, "color": colour, "markersize": 7 * board.scale}
            found += board.ax.plot(
                *self.points[here].T, linestyle="none", zorder=3, markeredgecolor="white", **look
            )  # fmt: skip
        return found


def _axes(aim: Label) -> tuple[Label, Label]:
    """Return what both axes show."""
    upwards = f"对{aim.text('zh')}的重要性：总效应（分）"
    return (
        Label("performance: index from 0 to 100", "绩效：0–100 指数"),
        Label(f"importance for {aim.en}: total effect in points", upwards),
    )


def _intervals(
    spread: IndexBootstrap | None, keys: tuple[str, ...], target: str, points: Floats
) -> tuple[Floats, Floats]:
    """Return the ends of intervals of performance and importance, (rows, 2); NaN where there are none."""
    if spread is None:
        return np.full(points.shape, np.nan), np.full(points.shape, np.nan)
    rows = [(spread.of(QuantityKind.INDEX, key), spread.of(QuantityKind.IMPORTANCE, key, target)) for key in keys]
    return (
        np.array([[float(each.low) for each in row] for row in rows]),
        np.array([[float(each.high) for each in row] for row in rows]),
    )


def _limits(values: Floats) -> tuple[float, float]:
    """Return an interval around all values, with room for labels."""
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    spare = _SPARE * (high - low) or 0.5
    return low - spare, high + spare
