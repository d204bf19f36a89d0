"""`complaint_funnel`: where customers with a problem end up, and how many of them are lost to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.encounters.complaints.risk_results import ComplaintRisk, Ranged
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.3
_ROW = 0.42
_PROBLEM = Label("has a problem", "遇到问题")
_VOICED = Label("complains", "投诉")
_TITLE = Label("What becomes of customers with a problem", "遇到问题的顾客最终如何")
_ACROSS = Label("customers", "顾客数")
_LOST = Label("lost {0:,.0f}", "流失 {0:,.0f} 人")
_MORE = Label("{0:,.0f} more buy again", "多留住 {0:,.0f} 人")
_TALK_LOST = Label("; {0:,.0f} more by talk", "；口碑再流失 {0:,.0f} 人")
_TALK_WON = Label("; {0:,.0f} won by talk", "；口碑赢得 {0:,.0f} 人")
# The rows, from the top: which branches make each.
_GROUPS = ([0, 1, 2, 3], [0], [1, 2, 3], [1], [2], [3])
_PARTS = (
    (Label("buy again", "再次购买"), COLOURS[0]),
    (Label("lost to the problem", "因问题流失"), WARNING),
    (Label("would have left anyway", "本来就会离开"), BETWEEN),
)


def complaint_funnel(
    risk: ComplaintRisk, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """The complaint funnel: customers with a problem, who of them complains, what becomes of that, and who is lost.

    Each bar stands below the part of the bar above that it belongs to, and is split into customers who buy again, who
    are lost to the problem, and who would have left without it. Beside it stands how many are lost, with the interval
    where the funnel is uncertain, and what talk adds to that.

    Parameters
    ----------
    risk
        What `servqual.encounters.complaint_risk` returned.
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
        Something else than a `ComplaintRisk`, or one in which nobody has a problem.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Goodman 1999, Quality Progress 32(6):29-36.
    """
    if not isinstance(risk, ComplaintRisk):
        rule = "what is drawn is a result of servqual.encounters.complaint_risk"
        raise PlotError(Problem("risk", f"a {type(risk).__name__}", rule))
    if not risk.totals["with_problem"][0] > 0:
        raise PlotError(Problem("risk", "no customer with a problem", "somebody goes into the funnel"))
    picture, voice = voiced(language, lambda tongue: _Stages.of(risk, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Stages:
    """What is drawn, from all with a problem down to the branches.

    Where bars start, shape (6,), their parts (again, lost, anyway), shape (3, 6), and words.
    """

    ladder: Ladder
    starts: Floats
    parts: Floats
    beside: tuple[str, ...]
    title: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, risk: ComplaintRisk, language: Language) -> Self:
        here = np.array([[row.customers, row.again, row.lost[0], row.lost_by_talk[0]] for row in risk.rows])
        customers, again, lost, talk = np.array([here[group].sum(axis=0) for group in _GROUPS]).T
        gone = np.maximum(lost, 0.0)
        before = np.cumsum(here[:, 0]) - here[:, 0]
        silent, *voices = (row.branch.label for row in risk.rows)
        ladder = Ladder.of([each.text(language) for each in (_PROBLEM, silent, _VOICED, *voices)], least=_ROW)
        ends: list[Ranged | None] = [row.lost for row in risk.rows]
        ends = [risk.totals["lost"], ends[0], None, *ends[1:]] if risk.draws else [None] * len(_GROUPS)
        told = zip(ends, lost.tolist(), talk.tolist(), strict=True)
        words = tuple(label.text(language) for label in (*(label for label, _ in _PARTS), _ACROSS))
        return cls(
            ladder,
            np.array([before[group[0]] for group in _GROUPS]),
            np.stack([again, gone, customers - again - gone]),
            tuple(_said(*each, language) for each in told),
            _TITLE.text(language),
            words,
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.beside, self.title, *self.words)

    @property
    def size(self) -> tuple[float, float]:
        return 7.0 + self.ladder.beside, 1.6 + self.ladder.depth

    def draw(self, board: Board) -> None:
        ax, starts = board.ax, self.starts
        handles: list[Any] = []
        for part, (_, colour) in zip(self.parts, _PARTS, strict=True):
            handles.append(ax.barh(self.ladder.places, part, _THICK, left=starts, color=colour, zorder=2))
            starts = starts + part
        for place, end, words in zip(self.ladder.places.tolist(), starts.tolist(), self.beside, strict=True):
            ax.annotate(
                words, (end, place), (5, 0), textcoords="offset points", va="center", color=INK,
                fontsize=0.8 * board.size, fontfamily=board.voice.fonts, annotation_clip=False,
            )  # fmt: skip
        board.clear()
        ax.set_xlim(0, 1.5 * float(starts[0]))
        ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= 1.001 * starts[0]])
        board.across(self.words[3])
        self.ladder.write(board, board.title(self.title, board.legend(handles, self.words[:3])))


def _said(ends: Ranged | None, lost: float, talk: float, language: Language) -> str:
    words = (_LOST if lost >= 0 else _MORE).text(language).format(abs(lost))
    if ends is not None:
        words += f" ({ends[1]:,.0f}–{ends[2]:,.0f})" if ends[1] >= 0 else f" ({ends[1]:,.0f} … {ends[2]:,.0f})"
    said = _TALK_LOST if talk > 0 else _TALK_WON
    return words + (said.text(language).format(abs(talk)) if talk else "")
