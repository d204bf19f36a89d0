"""`kano_map`: better across, worse upwards, and the quadrants of a Kano reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, POINTS
from servqual.plots.fonts import voiced
from servqual.plots.kano_looks import LOOKS, colour_of, rows_of, title_of
from servqual.plots.naming import Names
from servqual.plots.pointing import span_boxes, write_corners, write_labels
from servqual.satisfaction.delight.results import KanoReading, numbers_by
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.words import CATEGORIES, Category

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Interval → the beginning of its columns.
INTERVALS = {"score": "score_", "delta": "", "bootstrap": "boot_"}
# In the order of `pointing.CORNERS`.
_CORNERS = (Category.MUST_BE, Category.ONE_DIMENSIONAL, Category.INDIFFERENT, Category.ATTRACTIVE)
_TITLE = Label("better and worse", "better–worse 图")
_ACROSS = Label("better: satisfied where it is there", "better：具备时的满意程度")
_UPWARDS = Label("worse, without its sign: dissatisfied where it is not there", "worse（绝对值）：不具备时的不满程度")
_CUT = Label("cut at {cut:g}", "分界：{cut:g}")
_SHARE = Label("{share:.0%} interval", "{share:.0%} 置信区间")
_SPARE = 0.03


def kano_map(
    reading: KanoReading,
    *,
    segment: Any = None,
    interval: str | None = "score",
    cut: float = 0.5,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A better–worse map of a Kano reading: what delights to the right, what annoys by its absence above.

    Each feature stands where its coefficients are, with the intervals of both as thin lines, and looks as its most
    frequent category does, which need not be that of the quadrant: the quadrants are cut by the coefficients alone.
    Points are labelled where they stand, or numbered with a key where there are many or labels are long. The numbers
    are those of ``reading.to_frame()``.

    Parameters
    ----------
    reading
        What `servqual.satisfaction.kano` returned.
    segment
        Whose answers; without it, everybody's.
    interval
        "score" (Wilson), "delta", "bootstrap", or None for points alone.
    cut
        Where both axes are cut.
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
        What is no reading, an unknown segment or interval, a cut that does not lie between 0 and 1, bootstrap intervals
        without resamples, or no feature with both coefficients.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Berger et al. 1993, Center for Quality of Management Journal 2(4):3-36.
    """
    rows = _known(rows_of(reading, segment), interval, cut)
    picture, voice = voiced(language, lambda tongue: _Map.of(reading, rows, (segment, interval, cut), tongue))
    board = Board.of(ax, voice, picture.names.size, picture.names.beside)
    picture.draw(board)
    return board.ax


def _known(rows: tuple[KanoFeature, ...], interval: str | None, cut: float) -> tuple[KanoFeature, ...]:
    """Return the features that have both coefficients."""
    problems = []
    if interval is not None and interval not in INTERVALS:
        rule = f"intervals are {', '.join(INTERVALS)}, or None for none"
        problems.append(unknown_word("interval", interval, INTERVALS, rule))
    if not 0 < cut < 1:
        problems.append(Problem("cut", f"{cut:g}", "it lies between 0 and 1"))
    kept = tuple(row for row in rows if not np.isnan(float(row.better) + float(row.worse)))
    if not kept:
        problems.append(Problem("reading", "no feature with better and worse", "a map has one point at least"))
    elif interval == "bootstrap" and np.isnan(numbers_by(kept, "better_boot_low")).all():
        problems.append(Problem("interval", "bootstrap", "there are no resamples", "kano(study, rng=1)"))
    if problems:
        raise PlotError(*problems)
    return kept


@frozen(eq=False)
class _Map:
    """Points with their intervals, (2, features) each, worse without its sign."""

    rows: tuple[KanoFeature, ...]
    at: Floats
    low: Floats
    high: Floats
    cut: float
    names: Names
    corners: tuple[str, ...]
    kinds: dict[Category, str]
    title: str
    axes: tuple[str, str]
    lines: tuple[str, ...]

    @classmethod
    def of(
        cls,
        reading: KanoReading,
        rows: tuple[KanoFeature, ...],
        asked: tuple[Any, str | None, float],
        language: Language,
    ) -> Self:
        segment, interval, cut = asked
        at = np.stack([numbers_by(rows, "better"), -numbers_by(rows, "worse")])
        low, high = _ends(rows, interval) if interval else (at, at)
        shown = [_CUT.text(language).format(cut=cut)]
        shown += [_SHARE.text(language).format(share=reading.ask.confidence)] if interval else []
        held = [each for each in CATEGORIES if any(row.mode is each for row in rows)]
        return cls(
            rows, at, low, high, cut,
            Names.of([reading.labels[row.feature].text(language) for row in rows]),
            tuple(each.label.text(language) for each in _CORNERS),
            {each: each.label.text(language) for each in held},
            title_of(reading, segment, _TITLE, language),
            (_ACROSS.text(language), _UPWARDS.text(language)),
            tuple(shown),
        )  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        key = (label for column in self.names.key for label in column)
        return (*self.names.texts, *key, *self.corners, *self.kinds.values(), self.title, *self.axes, *self.lines)

    def draw(self, board: Board) -> None:
        ax = board.ax
        cut = [ax.axvline(self.cut, **_CUT_LINE), ax.axhline(self.cut, **_CUT_LINE)]
        handles = [self._points(board, each) for each in self.kinds]
        spans = self._spans(board)
        across, upwards = self._limits()
        ax.set_xlim(*across)
        ax.set_ylim(*upwards)
        board.clear("both")
        names = self.names.on(board, [row.feature for row in self.rows])
        board = evolve(board, beside=names.beside if board.own or names.key else board.beside)
        names.write_key(board)
        board.across(self.axes[0])
        above = board.legend([*handles, cut[0], *spans], [*self.kinds.values(), *self.lines])
        above = board.title(self.title, above)
        board.upwards(self.axes[1], above)
        room = (board.room, POINTS * board.height(above))
        taken = write_corners(board, self.corners, room)
        if spans:
            taken += span_boxes(board, self.at.T, self.low.T, self.high.T, room)
        write_labels(board, self.at.T, names.texts, taken, room)

    def _limits(self) -> list[tuple[float, float]]:
        """Return the ends of both axes: 0 to 1, and further where an interval ends there."""
        ends = zip(self.low.min(axis=1).tolist(), self.high.max(axis=1).tolist(), strict=True)
        return [(min(0.0, low) - _SPARE, max(1.0, high) + _SPARE) for low, high in ends]

    def _points(self, board: Board, category: Category) -> Any:
        """Draw the features whose mode is this category."""
        here = [row.mode is category for row in self.rows]
        return board.ax.plot(
            *self.at[:, here], linestyle="none", marker=LOOKS[category][1], color=colour_of(category),
            markersize=7 * board.scale, markeredgecolor="white", zorder=3,
        )[0]  # fmt: skip

    def _spans(self, board: Board) -> list[Any]:
        """Draw the intervals of both coefficients, where they are asked for."""
        if len(self.lines) < 2:
            return []
        colours = [_GREY if row.mode is None else colour_of(row.mode) for row in self.rows]
        style: dict[str, Any] = {"colors": colours, "linewidth": 0.9 * board.scale, "alpha": 0.55, "zorder": 2}
        board.ax.hlines(self.at[1], self.low[0], self.high[0], **style)
        board.ax.vlines(self.at[0], self.low[1], self.high[1], **style)
        return board.ax.plot([], [], color=_GREY, linewidth=0.9 * board.scale)


def _ends(rows: tuple[KanoFeature, ...], interval: str) -> tuple[Floats, Floats]:
    """Return the ends of the intervals; a point where there is none."""
    kind = INTERVALS[interval]
    better, worse = numbers_by(rows, "better"), -numbers_by(rows, "worse")
    low = [numbers_by(rows, f"better_{kind}low"), -numbers_by(rows, f"worse_{kind}high")]
    high = [numbers_by(rows, f"better_{kind}high"), -numbers_by(rows, f"worse_{kind}low")]
    at = np.stack([better, worse])
    return tuple(np.where(np.isnan(each), at, each) for each in (np.stack(low), np.stack(high)))  # type: ignore[return-value]


_GREY = "#8C8C8C"
_CUT_LINE: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
