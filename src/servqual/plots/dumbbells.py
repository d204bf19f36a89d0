"""`levels`: what was perceived beside what was expected, as dumbbells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual.errors import PlotError, Problem
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, INK, look, marker_of
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.plots.means import Means, shown
from servqual.plots.sources import Source, named
from servqual.ratings import Over
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how far the dumbbells of two groups stand apart.
_THICK = 0.15
_SIZE = 7.0


def levels(
    source: Source,
    *,
    levels: Sequence[Level | str] | None = None,
    over: Over | str = Over.ITEMS,
    by: str | Sequence[str] | None = None,
    worst_first: bool = False,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A dumbbell plot: for each item or dimension a mark for the mean of every level, joined by a line.

    With perceptions and expectations, the line is the mean gap: a shortfall where the perception stands to the left.
    The axis shows the part of the scale where the means lie. Whether a gap is more than chance is not to be seen here;
    `gaps` draws intervals of differences. The numbers are those of `levels_table`, with the same arguments.

    Parameters
    ----------
    source
        A `Survey`, or a `Summary` of one or of published counts.
    levels
        Which levels; without it, perceptions and every standard that the source holds.
    over
        Whether rows are "items" or "dimensions".
    by
        Grouping columns: one colour for each group, and filled marks for perceptions.
    worst_first
        Sort rows by perception minus the first standard, so that the largest shortfall is on top.
    language
        Of the labels: "en" or "zh".
    ax
        Where to draw; without it, a new figure, as high as its rows need.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    LevelError
        A level that the source does not hold.
    PlotError
        Fewer than two levels, or rows that are neither items nor dimensions.
    GroupError, JointAnswersError, MissingExtraError
        Groups that are not there; means that the summary does not hold; matplotlib not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Cleveland & McGill 1984, Journal of the American Statistical Association 79(387):531-554 (positions on a common
    scale are read best).
    """
    means = _means(source, levels, over, by, worst_first=worst_first)
    picture, voice = voiced(language, lambda tongue: _Dumbbells.of(means, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


def levels_table(
    source: Source,
    *,
    levels: Sequence[Level | str] | None = None,
    over: Over | str = Over.ITEMS,
    by: str | Sequence[str] | None = None,
    worst_first: bool = False,
    language: Language | str | None = None,
) -> Table:
    """The means that `levels` and `radar` draw: a row for each group, item or dimension, and level.

    Columns are those of `by`, ``item`` or ``dimension``, ``label`` where a language is named, ``level``, ``answered``
    (how many answers the mean rests on) and ``mean``, in points of the scale. Parameters and errors are those of
    `levels`.

    Examples
    --------
    >>> from servqual import simulate
    >>> print(levels_table(simulate.example(), over="dimensions").rows([0, 1]))
    Service quality (SERVQUAL): mean answers
    dimension  level        answered   mean
    tangibles  perception       1573  5.381
    tangibles  expectation      1571  5.259
    the mean of a dimension is the mean of its items' means, each over those who answered
    """
    means = _means(source, levels, over, by, worst_first=worst_first)
    count = len(means.levels)
    columns = {name: [each for each in values for _ in range(count)] for name, values in means.stubs(language).items()}
    columns["level"] = [str(level) for _ in means.groups for _ in means.rows for level in means.levels]
    columns["answered"] = [round(each) for each in means.answered.transpose(0, 2, 1).ravel().tolist()]
    columns["mean"] = means.values.transpose(0, 2, 1).ravel().tolist()
    return means.table(columns, Label("mean answers", "平均分"), language)


def _means(
    source: Source, levels: Sequence[Level | str] | None, over: Over | str, by: Any, *, worst_first: bool
) -> Means:
    wanted = shown(source, levels)
    if len(set(wanted)) < 2:
        found = ", ".join(wanted) or "none"
        rule = "a dumbbell joins two levels or more"
        raise PlotError(Problem("levels", found, rule, "for one level, plot its distribution"))
    means = Means.of(source, wanted, over, by)
    return means.taken(means.worst_order()) if worst_first else means


@frozen(eq=False)
class _Dumbbells:
    means: Means
    ladder: Ladder
    groups: tuple[str, ...]
    names: tuple[str, ...]
    title: str
    scale: str

    @classmethod
    def of(cls, means: Means, language: Language) -> Self:
        groups = tuple(named(group) for group in means.groups)
        least = _THICK * len(groups) if len(groups) > 1 else 0.0
        labels = [row.label.text(language) for row in means.rows]
        return cls(
            means,
            Ladder.of(labels, means.headings(language), least),
            groups if means.by else (),
            tuple(level.label.text(language) for level in means.levels),
            means.instrument.label.text(language),
            mean_answer(means.instrument).text(language),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.ladder.headings, *self.groups, *self.names, self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return 5.2 + self.ladder.beside, 1.25 + self.ladder.depth

    def draw(self, board: Board) -> None:
        offsets = self.ladder.offsets(len(self.means.groups), _THICK)
        for number, values in enumerate(self.means.values):
            places = self.ladder.places + offsets[number]
            ends = (np.fmin.reduce(values), np.fmax.reduce(values))
            board.ax.hlines(places, *ends, color=BETWEEN, linewidth=2.0, zorder=1)
            for place in range(len(self.names)):
                style = self._look(number, place, board.scale)
                board.ax.plot(values[place], places, linestyle="none", zorder=3 - 0.1 * place, clip_on=False, **style)
        board.clear()
        within_scale(board.ax, self.means.instrument)
        board.across(self.scale)
        self.ladder.write(board, board.title(self.title, board.legend(*self._legend(board.scale))))

    def _look(self, group: int, level: int, scale: float) -> dict[str, Any]:
        """Colours tell groups apart where there are any, else levels; marks always tell levels apart."""
        number = self.means.rank(level)
        colour = look(group if self.groups else number)[0]
        filled = not self.groups or number == 0
        return {
            "marker": marker_of(number), "markersize": (_SIZE if number == 0 else _SIZE - 1) * scale, "color": colour,
            "markerfacecolor": colour if filled else "white", "markeredgewidth": 1.2,
        }  # fmt: skip

    def _legend(self, scale: float) -> tuple[list[Any], list[str]]:
        from matplotlib.lines import Line2D

        marks = [Line2D([], [], linestyle="none", **self._look(0, place, scale)) for place in range(len(self.names))]
        for mark in marks if self.groups else []:
            mark.set(color=INK, markerfacecolor=INK if mark.get_markerfacecolor() != "white" else "white")
        lines = [Line2D([], [], color=look(number)[0], linewidth=4) for number in range(len(self.groups))]
        return [*marks, *lines], [*self.names, *self.groups]


def mean_answer(instrument: Instrument) -> Label:
    """Return what an axis of mean answers is called."""
    low, high = f"{instrument.scale.low:g}", f"{instrument.scale.high:g}"
    return Label(f"mean answer, on the scale from {low} to {high}", f"平均分（量表{low}至{high}）")


def within_scale(ax: Axes, instrument: Instrument) -> None:
    """Let the horizontal axis show no more than the scale, and a little beyond its ends for the marks there."""
    scale, (low, high) = instrument.scale, ax.get_xlim()
    spare = 0.02 * scale.span
    ax.set_xlim(max(low, scale.low - spare), min(high, scale.high + spare))
