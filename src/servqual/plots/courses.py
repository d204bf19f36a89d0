"""`trend`: mean scores over periods, as lines with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Language
from servqual.plots.board import Board
from servqual.plots.canvas import GUIDE, INK, look, marker_of
from servqual.plots.cells import meaning, numbers
from servqual.plots.fonts import voiced
from servqual.plots.periods import Periods
from servqual.plots.wording import LETTER, width_of, wrapped
from servqual.scoring import Scores, ScoringModel, Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from servqual.tables import Table

# Of the distance of two periods: over how much of it the lines are spread, so that their intervals do not hide.
_SPREAD = 0.36


def trend(
    parts: Mapping[Any, Summary | Scores],
    model: ScoringModel | None = None,
    *,
    scores: Sequence[str] | str | None = None,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Mean scores over periods: a line for each score, or for each group, with an interval at every period.

    Periods stand at equal distances in the order in which they are given, whatever time lies between. Intervals are
    those of single means, not of differences between periods; lines are moved aside a little so that they can be told
    apart. The numbers are those of `trend_table`, with the same arguments.

    Parameters
    ----------
    parts
        Period → what `summarize` or `score` returned for it; all of one model, and of the same dimensions.
    model
        Which model, where summaries hold several.
    scores
        Which scores, one or more: keys of dimensions, "overall"; without it all of these, or with `by` the overall one.
    by
        Grouping columns: a line for each group, of one score.
    confidence
        Of the intervals.
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
        No parts, parts that differ in model, dimensions or scale, scores that there are not, or several by groups.
    ModelError, GroupError, ArgumentError, JointAnswersError, MissingExtraError
        As `Summary.table` and `gaps`.

    Warns
    -----
    MissingFontWarning
        As `gaps`.
    """
    periods = Periods.of(parts, model, scores, by, confidence)
    picture, voice = voiced(language, lambda tongue: _Courses.of(periods, tongue))
    board = Board.of(ax, voice, picture.size, 0.5)
    picture.draw(board)
    return board.ax


def trend_table(
    parts: Mapping[Any, Summary | Scores],
    model: ScoringModel | None = None,
    *,
    scores: Sequence[str] | str | None = None,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    language: Language | str | None = None,
) -> Table:
    """The numbers that `trend` draws: the tables of all parts below each other, after a column ``period``.

    Other columns are those of `Scores.table`. Parameters and errors are those of `trend`.

    Examples
    --------
    >>> from servqual import simulate
    >>> from servqual.scoring import Difference, score
    >>> survey = simulate.example()
    >>> halves = {"first": survey.select(range(200)), "second": survey.select(range(200, 400))}
    >>> table = trend_table({name: score(half, Difference()) for name, half in halves.items()}, scores="overall")
    >>> table["period"], [round(mean, 2) for mean in table["mean"]]
    (('first', 'second'), [-0.8, -0.78])
    """
    return Periods.of(parts, model, scores, by, confidence).table(language)


@frozen(eq=False)
class _Courses:
    """What is drawn: arrays (lines, periods); a group that a period lacks is NaN there."""

    periods: tuple[str, ...]
    lines: tuple[str, ...]
    keys: tuple[str, ...]
    mean: Floats
    low: Floats
    high: Floats
    title: str
    scale: str

    @classmethod
    def of(cls, periods: Periods, language: Language) -> Self:
        table = periods.table(language)
        lines = periods.lines(table)
        keys = list(dict.fromkeys(lines))
        cells = np.full((3, len(keys), len(periods.parts)), np.nan)
        place = {line: number for number, line in enumerate(keys)}
        when = {str(period): number for number, period in enumerate(periods.parts)}
        columns = [numbers(table, name) for name in ("mean", "low", "high")]
        for row, (line, period) in enumerate(zip(lines, table["period"], strict=True)):
            cells[:, place[line], when[str(period)]] = [column[row] for column in columns]
        scale = meaning(periods.model, periods.confidence, language)
        titles = [periods.instrument.label.text(language), *([str(table["label"][0])] if periods.by else [])]
        names = tuple(words for _, words in keys)
        mean, low, high = cells
        return cls(tuple(when), names, tuple(key for key, _ in keys), mean, low, high, ": ".join(titles), scale)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.periods, *self.lines, self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return min(14.0, max(7.0, 2.0 + 0.9 * len(self.periods))), 4.8

    def draw(self, board: Board) -> None:
        ax, count = board.ax, len(self.lines)
        shifts = (np.arange(count) - (count - 1) / 2) * min(0.09, _SPREAD / max(1, count))
        handles = []
        for number, mean in enumerate(self.mean):
            places, style = np.arange(len(self.periods)) + shifts[number], self._look(number, board.scale)
            ax.vlines(places, self.low[number], self.high[number], color=style["color"], linewidth=1.1, alpha=0.6)
            handles += ax.plot(places, mean, zorder=3, **style)
        board.clear("y")
        ax.set_xlim(-0.5, len(self.periods) - 0.5)
        bottom, top = ax.get_ylim()
        if bottom < 0 < top:
            ax.axhline(0, color=INK, linewidth=0.9, zorder=1)
        self._across(board)
        board.upwards(self.scale, board.title(self.title, board.legend(handles if count > 1 else [], self.lines)))

    def _look(self, number: int, scale: float) -> dict[str, Any]:
        overall = self.keys[number].startswith("overall")
        colour = INK if overall else look(number)[0]
        style = {"linestyle": ("-", "--", ":")[number // 7 % 3], "markersize": 6 * scale, "markeredgecolor": "white"}
        return {"color": colour, "marker": marker_of(number), "linewidth": 2.4 if overall else 1.6, **style}

    def _across(self, board: Board) -> None:
        """Write the periods below the Axes, aslant where they are too long to stand side by side."""
        width = int(board.room / len(self.periods) / (LETTER * board.size)) - 1
        words = [wrapped(period, max(6, width)) for period in self.periods]
        aslant = max(map(width_of, words)) > width
        font: dict[str, Any] = {"fontfamily": board.voice.fonts, "fontsize": board.size, "color": INK}
        if aslant:
            font |= {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
        board.ax.set_xticks(range(len(words)), list(self.periods) if aslant else words, **font)
        board.ax.spines["bottom"].set(visible=True, color=GUIDE)
