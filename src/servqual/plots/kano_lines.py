"""`kano_curves`: how satisfaction follows fulfilment, drawn from the coefficients that were found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, POINTS
from servqual.plots.fonts import voiced
from servqual.plots.kano_looks import colour_of, rows_of, title_of
from servqual.plots.naming import Names
from servqual.plots.wording import LETTER, width_of
from servqual.satisfaction.delight.charm import charm_curve
from servqual.satisfaction.delight.results import KanoReading, numbers_by
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.words import Category

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CURVED = (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE)
_STYLES = {Category.ATTRACTIVE: "-", Category.ONE_DIMENSIONAL: "--", Category.MUST_BE: "-."}
_AT = np.linspace(0.0, 1.0, 101)
_TITLE = Label("charm curves", "魅力曲线")
_ACROSS = Label("how far the feature is fulfilled, from not at all to fully", "特性的实现程度（从完全没有到完全实现）")
_UPWARDS = Label("satisfaction, from worse to better", "满意程度（从 worse 到 better）")
_NOT_DRAWN = Label(
    "; not drawn: {count} neither attractive, one-dimensional nor must-be",
    "；未画出：{count} 个特性不属于魅力、一元或必备",
)
# In points: how far labels stand from the ends of the curves, and what is between them, in sizes of letters.
_AWAY = 16.0
_APART = 1.2


def kano_curves(
    reading: KanoReading,
    *,
    features: Sequence[str] | None = None,
    segment: Any = None,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """The charm curves (魅力曲线) of a Kano reading: satisfaction as a feature is fulfilled, from worse to better.

    A curve begins at the feature's own `worse` and ends at its `better`; its bend is that of its most frequent
    category: attractive features rise late, must-be features early, one-dimensional ones straight. The bend is assumed,
    not measured (see `servqual.satisfaction.charm_curve`). Features of other categories have no curve, and are counted
    below.

    Parameters
    ----------
    reading
        What `servqual.satisfaction.kano` returned.
    features
        Which features; without it, all that have a curve.
    segment
        Whose answers; without it, everybody's.
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
        What is no reading, unknown features or segments, or no feature with a curve.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Wang & Ji 2010, International Journal of Quality & Reliability Management 27(2):173-184.
    """
    rows = rows_of(reading, segment, features)
    kept = tuple(row for row in rows if row.mode in _CURVED)
    if not kept:
        rule = "curves are of features that are attractive, one-dimensional or must-be"
        raise PlotError(Problem("features", f"none of {len(rows)} has a curve", rule))
    picture, voice = voiced(language, lambda tongue: _Curves.of(reading, kept, (segment, len(rows)), tongue))
    board = Board.of(ax, voice, picture.size, picture.beside(picture.names))
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Curves:
    """Curves, (features, places), with the names at their ends."""

    rows: tuple[KanoFeature, ...]
    curves: Floats
    names: Names
    kinds: dict[Category, str]
    title: str
    axes: tuple[str, str]

    @classmethod
    def of(
        cls, reading: KanoReading, rows: tuple[KanoFeature, ...], asked: tuple[Any, int], language: Language
    ) -> Self:
        ends = zip(rows, numbers_by(rows, "better"), numbers_by(rows, "worse"), strict=True)
        curves = np.stack([charm_curve(_kind(row), better, worse, _AT) for row, better, worse in ends])
        count = asked[1] - len(rows)
        across = _ACROSS.text(language) + (_NOT_DRAWN.text(language).format(count=count) if count else "")
        held = [each for each in _CURVED if any(row.mode is each for row in rows)]
        return cls(
            rows,
            curves,
            Names.of([reading.labels[row.feature].text(language) for row in rows]),
            {each: each.label.text(language) for each in held},
            title_of(reading, asked[0], _TITLE, language),
            (across, _UPWARDS.text(language)),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        key = (label for column in self.names.key for label in column)
        return (*self.names.texts, *key, *self.kinds.values(), self.title, *self.axes)

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.names.size
        return width - self.names.beside + self.beside(self.names), height

    def beside(self, names: Names) -> float:
        """Return how much of the width is not for curves, in inches: names at their ends, and a key."""
        return names.beside + _reach(names.texts, _LETTERS) / POINTS

    def draw(self, board: Board) -> None:
        ax = board.ax
        ax.axhline(0, color=BETWEEN, linewidth=0.9, zorder=1)
        handles = [self._lines(board, each) for each in self.kinds]
        ax.set_xlim(0, 1)
        ax.set_ylim(-1.03, 1.03)
        board.clear("both")
        names = self.names.on(board, [row.feature for row in self.rows])
        if board.own or names.key:
            board = evolve(board, beside=self.beside(names))
        board.across(self.axes[0])
        above = board.title(self.title, board.legend(handles, list(self.kinds.values())))
        board.upwards(self.axes[1], above)
        size = min(board.size, _LETTERS)
        self._name(board, names.texts, size, POINTS * board.height(above))
        _write_key(names, board, _reach(names.texts, size))

    def _lines(self, board: Board, category: Category) -> Any:
        here = [row.mode is category for row in self.rows]
        return board.ax.plot(
            _AT, self.curves[here].T, linestyle=_STYLES[category], color=colour_of(category),
            linewidth=1.5 * board.scale, zorder=2, clip_on=False,
        )[0]  # fmt: skip

    def _name(self, board: Board, texts: Sequence[str], size: float, height: float) -> None:
        """Write the name of each curve to the right of its end; names that would meet are moved apart."""
        low, high = board.ax.get_ylim()
        lines = np.array([text.count("\n") + 1 for text in texts])
        wanted = (self.curves[:, -1] - low) / (high - low) * height
        apart = min(1.0, height / float((lines * size * _APART).sum()))
        found = spread(wanted, lines * size * _APART * apart, height)
        for row, text, end, at in zip(self.rows, texts, self.curves[:, -1].tolist(), found.tolist(), strict=True):
            board.ax.annotate(
                text, (1, end), (_AWAY, at - (end - low) / (high - low) * height), textcoords="offset points",
                ha="left", va="center", fontsize=size * max(apart, _LEAST), fontfamily=board.voice.fonts, color=INK,
                linespacing=1.05, annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": colour_of(_kind(row)), "linewidth": 0.6, "shrinkA": 1,
                            "shrinkB": 0, "relpos": (0, 0.5)},
            )  # fmt: skip


def _kind(row: KanoFeature) -> Category:
    return Category.INDIFFERENT if row.mode is None else row.mode


def _reach(texts: Sequence[str], size: float) -> float:
    """Return how far names reach to the right of the Axes, in points."""
    return _AWAY + LETTER * size * max(map(width_of, texts))


def spread(wanted: Floats, heights: Floats, room: float) -> Floats:
    """Return the middles of labels as near as can be to those wanted, none over another, all within the room.

    Neighbours that would meet share the mean of what they want (pooled adjacent violators).
    """
    order = np.argsort(wanted, kind="stable")
    tall = heights[order]
    stacked = np.cumsum(tall) - tall / 2
    pools: list[list[float]] = []
    for each in (wanted[order] - stacked).tolist():
        pools.append([each])
        while len(pools) > 1 and np.mean(pools[-2]) >= np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    shift = np.array([float(np.mean(pool)) for pool in pools for _ in pool])
    placed = stacked + np.clip(shift, 0.0, max(room - float(tall.sum()), 0.0))
    found = np.empty(len(wanted))
    found[order] = placed
    return found


def _write_key(names: Names, board: Board, reach: float) -> None:
    """Write the key, to the right of the numbers at the ends."""
    before = len(board.ax.texts)
    names.write_key(board)
    for text in board.ax.texts[before:]:
        across, upwards = text.xyann  # type: ignore[attr-defined]
        text.xyann = (across + reach, upwards)  # type: ignore[attr-defined]


_LETTERS = 9.0
_LEAST = 0.55
