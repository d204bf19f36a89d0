"""`conformance`: which share of cases keeps a standard, unit by unit, against its target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, MARKERS, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.26
# how each verdict looks: colour and marker
_LOOKS = {"met": (COLOURS[0], MARKERS[0]), "missed": (WARNING, MARKERS[1]), "open": (COLOURS[6], MARKERS[2])}
_ALL = Label("all", "全体")
_TARGET = Label("target", "目标")
_ACROSS = Label("percent of cases that keep the standard, with their interval", "达标个案的百分比及区间")
_BY = ("unit", "period")


class ConformanceFound(Protocol):
    """What can be drawn: the result of `operations.conformance`, or anything with such rows."""

    @property
    def rows(self) -> tuple[Any, ...]:
        """Rows with `unit`, `period`, `share`, `low`, `high`, `target` and `verdict`; the first is of all cases."""

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a table with the title."""


def conformance(
    found: ConformanceFound, *, by: str = "unit", language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """Shares of cases that keep a standard, as dots with intervals against the target: all, then each unit.

    A dot says by shape and colour whether the interval lies at or above the target (met), below it (missed), or around
    it (open). Units without cases have a row without a dot.

    Parameters
    ----------
    found
        What `operations.conformance` returned.
    by
        "unit" or "period": what the rows are.
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
    PlotError
        Something without such rows, or another `by`.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212.
    """
    problems = []
    if not hasattr(found, "rows") or not hasattr(found, "to_table"):
        rule, remedy = "it is what conformance found", "operations.conformance(standard, cases)"
        problems.append(Problem("found", f"a {type(found).__name__}", rule, remedy))
    if by not in _BY:
        problems.append(unknown_word("by", by, _BY, "rows are units or periods"))
    if problems:
        raise PlotError(*problems)
    picture, voice = voiced(language, lambda tongue: _Dots.of(found, by, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Dots:
    """What is drawn: arrays (3, rows) of share, low and high in percent."""

    ladder: Ladder
    numbers: Floats
    verdicts: tuple[str, ...]
    words: dict[str, str]
    target: float
    title: str
    across: str

    @classmethod
    def of(cls, found: ConformanceFound, by: str, language: Language) -> Self:
        other = "period" if by == "unit" else "unit"
        rows = [found.rows[0], *(row for row in found.rows[1:] if getattr(row, other) == "all")]
        names = [_ALL.text(language), *(str(getattr(row, by)) for row in rows[1:])]
        ladder = Ladder.of(names, least=_ROW, gap_at=1)
        table = 100 * np.array([[float(getattr(row, name)) for row in rows] for name in ("share", "low", "high")])
        verdicts = tuple(str(row.verdict) for row in rows)
        words = {str(row.verdict): row.verdict.label.text(language) for row in rows} | {
            "target": _TARGET.text(language)
        }
        title = found.to_table(language).title
        return cls(ladder, table, verdicts, words, 100 * float(rows[0].target), title, _ACROSS.text(language))

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.words.values(), self.title, self.across)

    @property
    def size(self) -> tuple[float, float]:
        return 5.6 + self.ladder.beside, 1.5 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax = board.ax
        target = ax.axvline(self.target, color=INK, linewidth=1.2, linestyle="--", zorder=1)
        handles = [(target, self.words["target"]), *self._dots(board)]
        board.clear()
        share, low, high = self.numbers
        least = np.nanmin([*low, *share, self.target]) if not np.isnan(share).all() else 0.0
        most = np.nanmax([*high, *share, self.target])
        pad = 0.04 * max(most - least, 5.0)
        ax.set_xlim(max(least - pad, -1.0), min(most + pad, 101.0))
        board.across(self.across)
        above = board.legend([handle for handle, _ in handles], [word for _, word in handles])
        self.ladder.write(board, board.title(self.title, above))

    def _dots(self, board: Board) -> Iterator[tuple[Any, str]]:
        share, low, high = self.numbers
        for verdict, (colour, marker) in _LOOKS.items():
            rows = np.array([each == verdict for each in self.verdicts])
            if not rows.any():
                continue
            places = self.ladder.places[rows]
            board.ax.hlines(
                places, low[rows], high[rows], color=BETWEEN if verdict == "open" else colour, linewidth=2.0
            )
            style: dict[str, Any] = {"marker": marker, "markersize": 8 * board.scale, "markeredgecolor": "white"}
            (dots,) = board.ax.plot(share[rows], places, linestyle="none", color=colour, zorder=3, **style)
            yield dots, self.words[verdict]
