"""`quadrant`: perceptions across, expectations or importance upwards, and what that says of where to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, POINTS, WARNING
from servqual.plots.crosses import Crosses, Cut
from servqual.plots.dumbbells import mean_answer
from servqual.plots.fonts import Voice, voiced
from servqual.plots.naming import Names
from servqual.plots.pointing import write_corners, write_labels
from servqual.plots.sources import Source
from servqual.ratings import Over
from servqual.satisfaction.priorities.quadrant_words import Quadrant
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# In the order of `pointing.CORNERS`.
_CORNERS = {str(each): each.label for each in Quadrant}


def quadrant(
    source: Source,
    *,
    against: Level | str = Level.EXPECTATION,
    over: Over | str | None = None,
    cut: Cut | str = Cut.MEANS,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A quadrant plot (importance–performance analysis, IPA): perceptions across, what they are held against upwards.

    Top left is much expected, or important, and little perceived: the place to act. Points are labelled where they
    stand, or numbered with a key to the right where there are many or labels are long; on Axes that are given and too
    small for a key, they bear the keys of the instrument. On one scale a dotted line joins
    equal perceptions and expectations: left of it is a shortfall. The numbers are those of `quadrant_table`, with the
    same arguments.

    Parameters
    ----------
    source
        A `Survey`, or a `Summary` (which holds no importance).
    against
        A standard such as "expectation", or "importance", as stated in the survey.
    over
        Whether points are "items" or "dimensions"; without it, items, or for importance what it was asked over.
    cut
        Where both axes are cut: "means", "medians", or "middle" (of the scale; importance has none). See `Cut`.
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
        Importance that was not asked for or not of items, a rule that there is not, or the middle of importance.
    LevelError, JointAnswersError, MissingExtraError
        As `levels`.

    Warns
    -----
    MissingFontWarning
        As `levels`.

    References
    ----------
    Martilla & James 1977, Journal of Marketing 41(1):77-79.
    """
    found = Crosses.of(source, against, over, cut)
    picture, voice = voiced(language, lambda tongue: _Quarters.of(found, tongue))
    board = Board.of(ax, voice, picture.names.size, picture.names.beside)
    picture.draw(board)
    return board.ax


def quadrant_table(
    source: Source,
    *,
    against: Level | str = Level.EXPECTATION,
    over: Over | str | None = None,
    cut: Cut | str = Cut.MEANS,
    language: Language | str | None = None,
) -> Table:
    """The points that `quadrant` draws, one row each, with a note that says where the axes are cut.

    Columns are ``item`` or ``dimension``, ``label`` where a language is named, ``perception``, the name of what it is
    held against, and ``quadrant``: "concentrate_here" (low perception, high standard), "keep_up", "low_priority" or
    "possible_overkill"; a point on the cut is high. Parameters and errors are those of `quadrant`.

    Examples
    --------
    >>> from servqual import simulate
    >>> table = quadrant_table(simulate.example(), against="importance")
    >>> dict(zip(table["dimension"], table["quadrant"], strict=True))["reliability"]
    'concentrate_here'
    """
    return Crosses.of(source, against, over, cut).table(language)


@frozen(eq=False)
class _Quarters:
    crosses: Crosses
    names: Names
    title: str
    axes: tuple[str, str]

    @classmethod
    def of(cls, crosses: Crosses, language: Language) -> Self:
        instrument = crosses.means.instrument
        answer = mean_answer(instrument).text(language)
        upwards = f"{crosses.name(language)}: {answer}" if crosses.on_one_scale else crosses.name(language)
        return cls(
            crosses,
            Names.of([row.label.text(language) for row in crosses.means.rows]),
            instrument.label.text(language),
            (f"{Level.PERCEPTION.label.text(language)}: {answer}", upwards),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.names.texts, *(label for column in self.names.key for label in column), self.title, *self.axes)

    def draw(self, board: Board) -> None:
        ax, crosses = board.ax, self.crosses
        ax.set_xlim(_limits(crosses.across, crosses.at[0]))
        ax.set_ylim(_limits(crosses.upwards, crosses.at[1]))
        lines = [ax.axvline(crosses.at[0], **_CUT), ax.axhline(crosses.at[1], **_CUT), *self._equal(ax)]
        urgent = ~crosses.high[0] & crosses.high[1]
        for here, style in ((~urgent, _POINT), (urgent, _URGENT)):
            look = {**style, "markersize": 7 * board.scale, "markeredgecolor": "white"}
            ax.plot(crosses.across[here], crosses.upwards[here], linestyle="none", zorder=3, **look)
        board.clear("both")
        names = self.names.on(board, [row.key for row in crosses.means.rows])
        board = evolve(board, beside=names.beside if board.own or names.key else board.beside)
        names.write_key(board)
        board.across(self.axes[0])
        above = board.title(self.title, board.legend(lines[1:], self._legend(board.voice)))
        board.upwards(self.axes[1], above)
        self._label(board, names, above)

    def _label(self, board: Board, names: Names, above: float) -> None:
        room = (board.room, POINTS * board.height(above))
        corners = write_corners(board, [board.voice.say(label) for label in _CORNERS.values()], room)
        points = np.column_stack([self.crosses.across, self.crosses.upwards])
        known = np.flatnonzero(~np.isnan(points).any(axis=1))
        write_labels(board, points[known], [names.texts[place] for place in known], corners, room)

    def _legend(self, voice: Voice) -> list[str]:
        cut = voice.say(Label(f"cut at the {self.crosses.cut.label.en}", f"分界：{self.crosses.cut.label.zh}"))
        perceived, other = voice.say(Level.PERCEPTION.label), self.crosses.name(voice.language)
        return [cut, f"{perceived} = {other}"] if self.crosses.on_one_scale else [cut]

    def _equal(self, ax: Axes) -> list[Line2D]:
        """Draw where both numbers are equal, as far as that is in view."""
        if not self.crosses.on_one_scale:
            return []
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        ends = [max(left, bottom), min(right, top)]
        return ax.plot(ends, ends, **_EQUAL) if ends[0] < ends[1] else ax.plot([], [], **_EQUAL)


def _limits(values: Floats, cut: float) -> tuple[float, float]:
    """Return an interval around the points and the cut, with room for labels."""
    known = [each for each in (*values.tolist(), cut) if not np.isnan(each)] or [0.0]
    spare = 0.14 * (max(known) - min(known)) or 0.5
    return min(known) - spare, max(known) + spare


_CUT: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
_EQUAL: dict[str, Any] = {"color": INK, "linestyle": ":", "zorder": 1, "scalex": False, "scaley": False}
_POINT: dict[str, Any] = {"marker": "o", "color": COLOURS[0]}
_URGENT: dict[str, Any] = {"marker": "D", "color": WARNING}
