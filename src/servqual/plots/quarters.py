"""`quadrant`: perceptions across, expectations or importance upwards, and what that says of where to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING, Board, clear_away
from servqual.plots.crosses import Crosses, Cut
from servqual.plots.dumbbells import mean_answer
from servqual.plots.fonts import Voice, voiced
from servqual.plots.pointing import (
    KEY_COLUMN,
    beside_a_point,
    fit_beside_points,
    height_of,
    key_of,
    write_corners,
    write_key,
    write_labels,
)
from servqual.plots.sources import Source
from servqual.ratings import Over
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# In the order of `pointing.CORNERS`.
_CORNERS = {
    "concentrate_here": Label("concentrate here", "集中改进"),
    "keep_up": Label("keep it up", "继续保持"),
    "low_priority": Label("low priority", "暂缓改进"),
    "possible_overkill": Label("possible overkill", "可能过度"),
}


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
    stand, or numbered with a key to the right where there are many or labels are long. On one scale a dotted line joins
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
    board = Board.of(ax, voice, picture.size, picture.beside)
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
    """
    return Crosses.of(source, against, over, cut).table(language)


@frozen(eq=False)
class _Quarters:
    crosses: Crosses
    labels: tuple[str, ...]
    title: str
    axes: tuple[str, str]

    @classmethod
    def of(cls, crosses: Crosses, language: Language) -> Self:
        instrument = crosses.means.instrument
        answer = mean_answer(instrument).text(language)
        upwards = f"{crosses.name(language)}: {answer}" if crosses.on_one_scale else crosses.name(language)
        return cls(
            crosses,
            tuple(row.label.text(language) for row in crosses.means.rows),
            instrument.label.text(language),
            (f"{Level.PERCEPTION.label.text(language)}: {answer}", upwards),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.labels, self.title, *self.axes)

    @property
    def key(self) -> list[list[str]]:
        """The columns of a key; none where labels stand beside their points."""
        return [] if fit_beside_points(self.labels) else key_of(self.labels)

    @property
    def beside(self) -> float:
        return 0.6 + KEY_COLUMN * len(self.key)

    @property
    def size(self) -> tuple[float, float]:
        return 7.0 + KEY_COLUMN * len(self.key), max(5.6, height_of(self.key) + 1.2)

    def draw(self, board: Board) -> None:
        ax, crosses = board.ax, self.crosses
        self._limits(ax)
        lines = [ax.axvline(crosses.at[0], **_CUT), ax.axhline(crosses.at[1], **_CUT), *self._equal(ax)]
        urgent = ~crosses.high[0] & crosses.high[1]
        for here, style in ((~urgent, _POINT), (urgent, _URGENT)):
            ax.plot(crosses.across[here], crosses.upwards[here], linestyle="none", zorder=3, **style)
        clear_away(ax, "both")
        corners = write_corners(board, [board.voice.say(label) for label in _CORNERS.values()])
        known = ~np.isnan(crosses.across + crosses.upwards)
        points = np.column_stack([crosses.across, crosses.upwards])
        write_labels(board, points[known], [text for text, there in zip(self._shown, known, strict=True) if there], corners)
        write_key(board, self.key)
        board.across(self.axes[0])
        board.upwards(self.axes[1])
        board.title(self.title, board.legend(lines[1:], self._legend(board.voice)))

    @property
    def _shown(self) -> list[str]:
        """What stands beside each point: its label, or its number in the key."""
        if self.key:
            return [str(number) for number in range(1, len(self.labels) + 1)]
        return [beside_a_point(label) for label in self.labels]

    def _legend(self, voice: Voice) -> list[str]:
        cut = voice.say(Label(f"cut at the {self.crosses.cut.label.en}", f"分界：{self.crosses.cut.label.zh}"))
        perceived, other = voice.say(Level.PERCEPTION.label), self.crosses.name(voice.language)
        return [cut, f"{perceived} = {other}"] if self.crosses.on_one_scale else [cut]

    def _limits(self, ax: Axes) -> None:
        """Leave room around the points, of which at least a little on each side of the cuts."""
        for values, cut, setter in zip(
            (self.crosses.across, self.crosses.upwards), self.crosses.at, (ax.set_xlim, ax.set_ylim), strict=True
        ):
            known = np.append(values, cut)[~np.isnan(np.append(values, cut))]
            low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
            spare = 0.14 * (high - low) or 0.5
            setter(low - spare, high + spare)

    def _equal(self, ax: Axes) -> list[Line2D]:
        """Draw where both numbers are equal, as far as that is in view."""
        if not self.crosses.on_one_scale:
            return []
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        ends = [max(left, bottom), min(right, top)]
        return ax.plot(ends, ends, **_EQUAL) if ends[0] < ends[1] else ax.plot([], [], **_EQUAL)


_CUT: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
_EQUAL: dict[str, Any] = {"color": INK, "linewidth": 1.0, "linestyle": ":", "zorder": 1, "scalex": False, "scaley": False}
_POINT: dict[str, Any] = {"marker": "o", "color": COLOURS[0], "markersize": 7, "markeredgecolor": "white"}
_URGENT: dict[str, Any] = {"marker": "D", "color": WARNING, "markersize": 7, "markeredgecolor": "white"}
