"""`diagnosis`: gaps as bars in the order in which to mend them, and their causes as points below each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.gap_model.diagnosed_gap import DiagnosedGap
from servqual.gap_model.diagnosis_results import Diagnosis
from servqual.gap_model.gap_rows import GapFinding
from servqual.gap_model.influence_words import InfluenceVerdict
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Words of both kinds may be equal as texts: they are told apart by identity.
_Kind = GapFinding | InfluenceVerdict

_THICK = 0.24
_BARS = {
    GapFinding.SHORTFALL: WARNING,
    GapFinding.SURPLUS: COLOURS[2],
    GapFinding.OPEN: BETWEEN,
    GapFinding.UNTESTED: BETWEEN,
}
_POINTS: dict[InfluenceVerdict, dict[str, Any]] = {
    InfluenceVerdict.FOUND: {"marker": "o", "markerfacecolor": COLOURS[0], "color": COLOURS[0]},
    InfluenceVerdict.AGAINST: {"marker": "D", "markerfacecolor": COLOURS[3], "color": COLOURS[3]},
    InfluenceVerdict.OPEN: {"marker": "o", "markerfacecolor": "white", "color": COLOURS[6]},
}
_ITSELF = Label("the gap", "差距")
_SCALE = Label(
    "bars: the gap in points, below zero a shortfall; marks: points per standard deviation of the cause",
    "条形：差距（分），负值为不足；标记：成因每高一个标准差的变化（分）",
)
_ALONE = Label("the gap in points, below zero a shortfall", "差距（分），负值为不足")
_TITLE = Label("Diagnosis of the gaps, {level:.0%} intervals", "差距诊断，{level:.0%}置信区间")
_GAP = Label("gap: {}", "差距：{}")
_CAUSE = Label("cause: {}", "成因：{}")


def diagnosis(
    found: Diagnosis, *, most: int = 3, language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """A picture of a diagnosis: each gap as a bar with its interval, in order of rank, and its causes below it.

    A gap left of zero is a shortfall. A cause stands at the points by which the gap changes where the cause is higher
    by one standard deviation of units: left of zero it makes a shortfall larger. Filled marks were found. The numbers
    are those of ``found.to_table()`` and ``found.to_table("causes")``.

    Parameters
    ----------
    found
        What `servqual.gap_model.diagnose` returned.
    most
        How many causes are shown of each gap, in order of rank; those that were not tested are left out.
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
        Something else than a `Diagnosis`, or a number of causes below zero.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48.
    """
    _refuse(found, most)
    picture, voice = voiced(language, lambda tongue: _Picture.of(found, most, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


def _refuse(found: object, most: int) -> None:
    problems = []
    if not isinstance(found, Diagnosis):
        rule = "what is drawn is a result of servqual.gap_model.diagnose"
        problems.append(Problem("found", f"a {type(found).__name__}", rule))
    if most < 0:
        problems.append(Problem("most", f"{most}", "a number of causes is zero or more"))
    if problems:
        raise PlotError(*problems)


@frozen(eq=False)
class _Row:
    """One bar or one mark."""

    label: Label
    heading: Label | None
    kind: _Kind
    numbers: tuple[float, float, float]


def _rows(gap: DiagnosedGap, most: int, *, headed: bool) -> list[_Row]:
    """Return the bar of a gap and the marks of its causes."""
    numbers = [float(getattr(gap.estimate, name)) for name in ("estimate", "low", "high")]
    label, heading = (_ITSELF, gap.gap.label) if headed else (gap.gap.label, None)
    rows = [_Row(label, heading, gap.estimate.finding, (numbers[0], numbers[1], numbers[2]))]
    told = [pair for pair in zip(gap.causes, gap.words, strict=True) if pair[0].verdict in _POINTS]
    for row, cause in told[:most]:
        numbers = [float(getattr(row, name)) for name in ("strength", "low", "high")]
        rows.append(_Row(cause.label, heading, row.verdict, (numbers[0], numbers[1], numbers[2])))
    return rows


@frozen(eq=False)
class _Picture:
    ladder: Ladder
    kinds: tuple[_Kind, ...]
    numbers: Floats
    words: dict[str, _Kind]
    title: str
    scale: str

    @classmethod
    def of(cls, found: Diagnosis, most: int, language: Language) -> Self:
        headed = most > 0 and any(gap.causes for gap in found)
        rows = [row for gap in found for row in _rows(gap, most, headed=headed)]
        headings = [None if row.heading is None else row.heading.text(language) for row in rows]
        ladder = Ladder.of([row.label.text(language) for row in rows], headings, least=_THICK)
        kinds = tuple(row.kind for row in rows)
        known: tuple[_Kind, ...] = (*_BARS, *_POINTS)
        words = {_word(kind, language): kind for kind in known if any(kind is each for each in kinds)}
        scale = (_SCALE if any(isinstance(kind, InfluenceVerdict) for kind in kinds) else _ALONE).text(language)
        numbers = np.array([row.numbers for row in rows])
        title = _TITLE.text(language).format(level=found.confidence)
        return cls(ladder, kinds, numbers, words, title, scale)

    @property
    def texts(self) -> Sequence[str]:
        return (*self.ladder.labels, *self.ladder.headings, *self.words, self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return 5.8 + self.ladder.beside, 1.6 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax = board.ax
        for place, kind, (value, low, high) in zip(
            self.ladder.places.tolist(), self.kinds, self.numbers.tolist(), strict=True
        ):
            if isinstance(kind, GapFinding):
                ax.barh(place, value, _THICK, color=_BARS[kind], edgecolor="white", linewidth=0)
                ax.hlines(place, low, high, color=INK, linewidth=1.1, zorder=3)
            else:
                ax.hlines(place, low, high, color=_POINTS[kind]["color"], linewidth=1.4, zorder=3)
                ax.plot([value], [place], linestyle="none", markersize=6 * board.scale, zorder=4, **_POINTS[kind])
        ax.axvline(0, color=INK, linewidth=0.9)
        board.clear()
        board.across(self.scale)
        handles = [_handle(kind) for kind in self.words.values()]
        self.ladder.write(board, board.title(self.title, board.legend(handles, [*self.words])))


def _word(kind: _Kind, language: Language) -> str:
    frame = _GAP if isinstance(kind, GapFinding) else _CAUSE
    return frame.text(language).format(kind.label.text(language))


def _handle(kind: _Kind) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return Patch(color=_BARS[kind]) if isinstance(kind, GapFinding) else Line2D([], [], linewidth=1.4, **_POINTS[kind])
