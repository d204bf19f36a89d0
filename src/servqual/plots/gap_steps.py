"""`waterfall`: from what is expected, gap by gap, to what is perceived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.gap_model.gap_results import Gaps
from servqual.gap_model.gap_rows import GapFinding
from servqual.gap_model.gap_words import OVERALL, GapName
from servqual.gap_model.model import GapModel
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.26
_FILLED = 0.88
# In parts of what is shown: how much is left free at both ends.
_MARGIN = 0.12
_LEAST = 0.1
# In the order in which the legend names them.
_LOOKS: dict[GapFinding, dict[str, Any]] = {
    GapFinding.SHORTFALL: {"facecolor": WARNING, "edgecolor": "white", "linewidth": 0},
    GapFinding.SURPLUS: {"facecolor": COLOURS[0], "edgecolor": "white", "linewidth": 0},
    GapFinding.OPEN: {"facecolor": "white", "edgecolor": INK, "hatch": "////", "linewidth": 0.9},
    GapFinding.UNTESTED: {"facecolor": BETWEEN, "edgecolor": "white", "linewidth": 0},
}
_ACROSS = Label("mean on the scale {low:g} to {high:g}", "量表 {low:g} 至 {high:g} 上的均值")
_TITLE = Label(
    "Gaps of the service: {dimension}, {level:.0%} intervals", "服务质量差距：{dimension}，{level:.0%}置信区间"
)


def waterfall(
    gaps: Gaps | GapModel,
    *,
    dimension: str = OVERALL,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A waterfall chart of the gap model: each gap leads from one level to the next, from expected to perceived.

    A bar to the left is a shortfall; its thin line is the interval of the gap, seen from the level that it is held
    against. Diamonds are the first and the last level. A promise gap stands below, from what was promised to what was
    delivered. The numbers are those of ``gaps.to_table("all")``.

    Parameters
    ----------
    gaps
        What `GapModel.gaps` returned, or the model itself for intervals of 95 %.
    dimension
        Which dimension, or ``"overall"``.
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
        Something else than gaps.
    ArgumentError
        A dimension that there is not.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.
    """
    if not isinstance(gaps, Gaps | GapModel):
        rule = "what is drawn is a GapModel or its gaps()"
        raise PlotError(Problem("gaps", f"a {type(gaps).__name__}", rule))
    found = gaps.gaps() if isinstance(gaps, GapModel) else gaps
    picture, voice = voiced(language, lambda tongue: _Picture.of(found, dimension, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Picture:
    """What is drawn: arrays (gaps,), those of the chain first, of which there are `links`; the promise gap last."""

    ladder: Ladder
    links: int
    starts: Floats
    stops: Floats
    intervals: Floats
    findings: tuple[GapFinding, ...]
    words: dict[GapFinding, str]
    title: str
    scale: str

    @classmethod
    def of(cls, found: Gaps, dimension: str, language: Language) -> Self:
        gaps = [gap for gap in found.gaps if gap.name is not GapName.SERVICE] or list(found.gaps)
        links = [gap for gap in gaps if gap.name is not GapName.PROMISE]
        rows = [found[gap.key, dimension] for gap in gaps]
        labels = [links[0].standard.label, *(gap.label for gap in links), links[-1].level.label]
        labels += [gap.label for gap in gaps[len(links) :]]
        ladder = Ladder.of([each.text(language) for each in labels], least=_THICK, gap_at=len(links) + 2)
        starts, stops, low, high = (
            np.array([float(getattr(row, name)) for row in rows]) for name in ("standard", "level", "low", "high")
        )
        findings = tuple(row.finding for row in rows)
        words = {each: each.label.text(language) for each in _LOOKS if each in findings}
        about = dict(zip(found.dimensions, found.labels, strict=True))[dimension].text(language)
        title = _TITLE.text(language).format(dimension=about, level=found.confidence)
        scale = _ACROSS.text(language).format(low=found.scale.low, high=found.scale.high)
        intervals = np.stack([starts + low, starts + high])
        return cls(ladder, len(links), starts, stops, intervals, findings, words, title, scale)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.words.values(), self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.3 + self.ladder.depth

    @property
    def rows(self) -> Floats:
        """Where the gaps stand: in all rows but those of the first and the last level."""
        return np.delete(self.ladder.places, [0, self.links + 1])

    def draw(self, board: Board) -> None:
        from matplotlib.patches import Patch

        for row, start, stop, finding in zip(self.rows, self.starts, self.stops, self.findings, strict=True):
            board.ax.barh(row, stop - start, _THICK * _FILLED, left=start, **_LOOKS[finding])
        board.ax.hlines(self.rows, *self.intervals, color=INK, linewidth=1.1, zorder=3)
        self._draw_levels(board)
        self._write_sizes(board)
        board.clear()
        board.across(self.scale)
        handles = [Patch(**_LOOKS[each]) for each in self.words]
        self.ladder.write(board, board.title(self.title, board.legend(handles, list(self.words.values()))))

    def _draw_levels(self, board: Board) -> None:
        """Draw the first and the last level as diamonds, and lead from each step to the next."""
        levels = np.array([self.starts[0], *self.stops[: self.links]])
        steps = self.ladder.places[: self.links + 2]
        board.ax.vlines(levels, steps[:-1], steps[1:], color=INK, linewidth=0.7, linestyle=":", zorder=1)
        board.ax.plot(levels[[0, -1]], steps[[0, -1]], linestyle="", marker="D", color=INK, zorder=4)

    def _write_sizes(self, board: Board) -> None:
        font: dict[str, Any] = {"fontsize": 0.8 * board.size, "fontfamily": board.voice.fonts, "color": INK}
        sizes = [f"{size:+.2f}".replace("-", "−") for size in (self.stops - self.starts).tolist()]
        ends = np.fmax(np.fmax(self.starts, self.stops), self.intervals[1])
        marks = [*zip(ends.tolist(), self.rows.tolist(), sizes, strict=True)]
        levels = (self.starts[0], self.stops[self.links - 1])
        places = (self.ladder.places[0], self.ladder.places[self.links + 1])
        marks += [(float(level), float(place), f"{level:.2f}") for level, place in zip(levels, places, strict=True)]
        for end, place, text in marks:
            board.ax.annotate(text, (end, place), (7, 0), textcoords="offset points", va="center", **font)
        low, high = (side([*self.starts, *self.stops, *self.intervals.ravel()]) for side in (np.nanmin, np.nanmax))
        free = _MARGIN * max(float(high - low), _LEAST)
        board.ax.set_xlim(float(low) - free, float(high) + free)
