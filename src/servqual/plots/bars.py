"""`gaps`: mean scores as horizontal bars, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import INK, look
from servqual.plots.cells import meaning, numbers
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.plots.periods import model_of
from servqual.plots.sources import named, names_of
from servqual.scoring import Scores, Summary
from servqual.scoring.suppression import MARK
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how far the bars of two groups stand apart, and how high the row of a single bar is.
_THICK = 0.19
_ALONE = 0.26
_FILLED = 0.88
_SUPPRESSED = Label(" (suppressed)", "（已隐去）")


def gaps(
    scores: Scores | Summary,
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    language: Language | str = Language.ENGLISH,
    min_group: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """A bar chart of mean scores: dimensions and overall, with intervals, for everybody or for each group.

    Bars begin at 0 where a score can have either sign, so that for gap scores (perception minus a standard) a bar to
    the left is a shortfall; for scores that cannot, they begin at the lowest score there can be. The numbers behind the
    plot are those of ``scores.table(by=by, confidence=confidence, min_group=min_group)``.

    Parameters
    ----------
    scores
        What `score` or `summarize` returned; a summary of one model.
    by
        Grouping columns; one colour for each group.
    confidence
        Of the intervals, which are drawn as thin lines.
    language
        Of the labels: "en" or "zh".
    min_group
        Means that fewer respondents stand behind have no bar, nor has the smallest other group where the total would
        give them away; the legend says of which groups nothing is shown.
    ax
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    GroupError, ArgumentError
        As `Scores.table`.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.
    """
    names = names_of(by)

    def worded(language: Language) -> _Bars:
        table = scores.table(by=names, confidence=confidence, language=language, min_group=min_group)
        words = scores.instrument.label.text(language), meaning(model_of(scores), confidence, language)
        return _Bars.of(table, names, words, _SUPPRESSED.text(language))

    bars, voice = voiced(language, worded)
    board = Board.of(ax, voice, bars.size, bars.ladder.beside)
    bars.draw(board, _start(scores))
    return board.ax


@frozen(eq=False)
class _Bars:
    """What is drawn: arrays (groups, scores)."""

    groups: tuple[str, ...]
    ladder: Ladder
    mean: Floats
    low: Floats
    high: Floats
    title: str
    scale: str

    @classmethod
    def of(cls, table: Table, by: tuple[str, ...], words: tuple[str, str], suppressed: str) -> Self:
        groups = list(dict.fromkeys(zip(*(table[name] for name in by), strict=True))) if by else [()]
        count = len(table) // len(groups)
        mean, low, high = (numbers(table, name).reshape(len(groups), count) for name in ("mean", "low", "high"))
        labels = [_on_two_lines(str(label)) for label in table["label"][:count]]
        dimensions = sum(not str(key).startswith("overall") for key in table["score"][:count])
        ladder = Ladder.of(labels, least=max(_ALONE, _THICK * len(groups)), gap_at=dimensions)
        hidden = np.array(table.columns.get(MARK, [False] * len(table)), np.bool_).reshape(mean.shape)
        called = (named(group) + suppressed * bool(gone.all()) for group, gone in zip(groups, hidden, strict=True))
        return cls(tuple(called), ladder, mean, low, high, *words)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.groups, self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return 6.2 + self.ladder.beside, 1.2 + self.ladder.depth

    def draw(self, board: Board, start: float) -> None:
        ax, thickness = board.ax, _THICK if len(self.groups) > 1 else _ALONE
        offsets = self.ladder.offsets(len(self.groups), thickness)
        for number, group in enumerate(self.groups):
            places = self.ladder.places + offsets[number]
            ax.barh(places, self.mean[number] - start, thickness * _FILLED, left=start, label=group, **_look(number))
            ax.hlines(places, self.low[number], self.high[number], color=INK, linewidth=1.1)
        ax.axvline(start, color=INK, linewidth=0.9)
        if start:
            ax.set_xlim(left=start)
        board.clear()
        board.across(self.scale)
        bars: Any = ax.containers if len(self.groups) > 1 else []
        self.ladder.write(board, board.title(self.title, board.legend(bars, self.groups)))


def _look(number: int) -> dict[str, Any]:
    colour, hatch = look(number)
    return {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0}


def _on_two_lines(label: str) -> str:
    return label.replace(" (", "\n(", 1).replace("（", "\n（", 1)


def _start(scores: Scores | Summary) -> float:
    model = model_of(scores)
    low, high = (0.0, 0.0) if model is None else model.bounds(scores.instrument.scale)
    return 0.0 if low <= 0 <= high or not np.isfinite(low) else low
