"""`radar`: the profile of dimensions on axes that start from one point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.instruments import Level, Scale
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import GUIDE, INK, inches, look, marker_of, whole_lines
from servqual.plots.fonts import voiced
from servqual.plots.means import Means, shown
from servqual.plots.sources import Source, named
from servqual.plots.wording import wrapped
from servqual.ratings import Over

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDEST = 20
_STYLES = ("-", "--", ":", "-.")


def radar(
    source: Source,
    *,
    levels: Sequence[Level | str] | None = None,
    by: str | Sequence[str] | None = None,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A radar chart of the mean of every dimension, one outline for each level, on the whole scale.

    Look at it with caution. The area within an outline grows with the square of the means and depends on the order of
    the axes, which is arbitrary: another order makes another shape of the same numbers. Lengths in different directions
    are hard to compare. Outlines are therefore not filled, and `levels` with ``over="dimensions"`` shows the same
    means on a common scale. The numbers are those of `levels_table` with ``over="dimensions"``.

    Parameters
    ----------
    source
        A `Survey`, or a `Summary` of one or of published counts.
    levels
        Which levels, one or more; without it, perceptions and every standard that the source holds.
    by
        Grouping columns: one colour for each group, and a line style for each level.
    language
        Of the labels: "en" or "zh".
    ax
        Where to draw: polar Axes, ``plt.subplots(subplot_kw={"projection": "polar"})``; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        Fewer than three dimensions, or Axes that are not polar.
    LevelError, GroupError, JointAnswersError, MissingExtraError
        As `levels`.

    Warns
    -----
    MissingFontWarning
        As `levels`.

    References
    ----------
    Few 2005, Perceptual Edge, "Keep radar graphs below the radar, far below".
    """
    means = _means(source, levels, by)
    if ax is not None and ax.name != "polar":
        remedy = 'plt.subplots(subplot_kw={"projection": "polar"})'
        raise PlotError(Problem("ax", f"{ax.name} Axes", "a radar is drawn on polar Axes", remedy))
    picture, voice = voiced(language, lambda tongue: _Web.of(means, tongue))
    board = Board.of(ax, voice, (6.6, 6.2), 0.8, "polar")
    picture.draw(board)
    return board.ax


def _means(source: Source, levels: Sequence[Level | str] | None, by: Any) -> Means:
    wanted = shown(source, levels)
    if not wanted:
        raise PlotError(Problem("levels", "none", "a radar shows one level or more"))
    means = Means.of(source, wanted, Over.DIMENSIONS, by)
    if len(means.rows) < 3:
        rule = "a radar has three axes or more"
        raise PlotError(Problem("dimensions", f"{len(means.rows)}", rule, 'levels(source, over="dimensions")'))
    return means


@frozen(eq=False)
class _Web:
    means: Means
    labels: tuple[str, ...]
    lines: tuple[str, ...]
    title: str
    scale: str

    @classmethod
    def of(cls, means: Means, language: Language) -> Self:
        names = [level.label.text(language) for level in means.levels]
        groups = [named(group) for group in means.groups] if means.by else [""]
        pairs = [[group, name] if len(names) > 1 else [group] for group in groups for name in names]
        return cls(
            means,
            tuple(wrapped(row.label.text(language), _WIDEST) for row in means.rows),
            tuple(" · ".join(filter(None, pair)) for pair in pairs) if means.by else tuple(names),
            means.instrument.label.text(language),
            _mean_answer(means.instrument.scale).text(language),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.labels, *self.lines, self.title, self.scale)

    def draw(self, board: Board) -> None:
        angles = np.linspace(0, 2 * np.pi, len(self.labels), endpoint=False)
        outlines = [
            board.ax.plot(
                np.append(angles, 0.0), np.append(values, values[0]), **self._look(group, place, board.scale)
            )[0]
            for group, of_group in enumerate(self.means.values)
            for place, values in enumerate(of_group)
        ]
        self._axes(board, angles)
        top = max(whole_lines(label) for label, angle in zip(self.labels, angles, strict=True) if np.cos(angle) > 0.9)
        lift = 72 * inches(top, board.size) + 12
        board.across(self.scale)
        board.ax.xaxis.labelpad = 72 * inches(max(map(whole_lines, self.labels)), board.size) - 8
        board.title(self.title, board.legend(outlines, self.lines, lift))

    def _look(self, group: int, place: int, scale: float) -> dict[str, Any]:
        number = self.means.rank(place)
        colour = look(group if self.means.by else number)[0]
        return {
            "color": colour, "marker": marker_of(number), "markersize": 5 * scale, "linewidth": 1.8, "clip_on": False,
            "linestyle": _STYLES[number % len(_STYLES)], "zorder": 3,
        }  # fmt: skip

    def _axes(self, board: Board, angles: Floats) -> None:
        ax: Any = board.ax
        ax.set_theta_zero_location("N")
        ax.set_theta_direction(-1)
        ax.set_xticks(angles, self.labels, fontfamily=board.voice.fonts, fontsize=board.size, color=INK)
        for label, angle in zip(ax.get_xticklabels(), angles, strict=True):
            side = np.sin(angle)
            label.set_horizontalalignment("center" if abs(side) < 0.15 else "left" if side > 0 else "right")
            label.set_verticalalignment("bottom" if np.cos(angle) > 0.9 else "center")
        _rings(ax, self.means.instrument.scale, 0.8 * board.size)
        ax.grid(color=GUIDE, linewidth=0.8)
        ax.spines["polar"].set_color(GUIDE)
        ax.tick_params(axis="x", pad=4)


def _mean_answer(scale: Scale) -> Label:
    low, high = f"{scale.low:g}", f"{scale.high:g}"
    return Label(f"mean answer: {low} at the centre, {high} at the rim", f"平均分（圆心为{low}，外圈为{high}）")


def _rings(ax: Any, scale: Scale, letters: float) -> None:
    """Draw rings from the low end of the scale to the high one, at round numbers between them."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=6, steps=[1, 2, 5, 10]).tick_values(scale.low, scale.high)
    inner = [tick for tick in ticks if scale.low < tick < scale.high]
    ax.set_ylim(scale.low, scale.high)
    ax.set_yticks([scale.low, *inner, scale.high], [f"{tick:g}" for tick in [scale.low, *inner, scale.high]])
    ax.set_rlabel_position(180 / max(3, len(ax.get_xticks())))
    ax.tick_params(axis="y", colors="#777777", labelsize=letters)
