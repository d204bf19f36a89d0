"""`zones`: zones of tolerance as bands, with the perceptions that stand in them or outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.plots.board import Board
from servqual.plots.canvas import INK, WARNING, look
from servqual.plots.crossings import Zones
from servqual.plots.dumbbells import mean_answer, within_scale
from servqual.plots.fonts import voiced
from servqual.plots.ladder import Ladder
from servqual.plots.sources import Source, named
from servqual.ratings import Over
from servqual.tables import Table
from servqual.zones import Standing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: how far the bands of two groups stand apart, and how thick the band of a row without groups is.
_THICK = 0.17
_ALONE = 0.15
_BAND = "#A9CBE4"
_MARKS = {Standing.BELOW: "<", Standing.WITHIN: "o", Standing.ABOVE: ">", Standing.UNDEFINED: "X"}
_WORDS = {
    Standing.BELOW: Label("perceived below it", "感知低于区域"),
    Standing.WITHIN: Label("perceived within it", "感知在区域内"),
    Standing.ABOVE: Label("perceived above it", "感知高于区域"),
}
_COLOURS = {Standing.BELOW: WARNING, Standing.WITHIN: INK, Standing.ABOVE: "#009E73", Standing.UNDEFINED: INK}


def zones(
    source: Source,
    *,
    adequate: Level | str = Level.ADEQUATE,
    desired: Level | str = Level.DESIRED,
    over: Over | str = Over.DIMENSIONS,
    by: str | Sequence[str] | None = None,
    worst_first: bool = False,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Zones of tolerance: a band from the mean adequate to the mean desired level, and a mark for the mean perception.

    The mark is an arrowhead to the left where the perception lies below the zone, to the right where it lies above it,
    and a dot within. A zone is crossed where adequate exceeds desired: hatched where the means do so, and beside each
    row stands how many answers of single respondents do. The numbers are those of `zones_table`, with the same
    arguments.

    Parameters
    ----------
    source
        A `Survey`, or a `Summary` (from which crossed answers of single respondents cannot be counted).
    adequate, desired
        The levels that bound the zone.
    over
        Whether rows are "items" or "dimensions".
    by
        Grouping columns: one colour for each group.
    worst_first
        Sort rows by perception minus the adequate level, lowest on top.
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
    ScaleMismatchError
        Levels that do not bound a zone.
    CrossedZonesError
        Crossed zones in a survey that was read without ``inverted_ok=True``.
    PlotError, GroupError, JointAnswersError, MissingExtraError
        As `levels`.

    Warns
    -----
    CrossedZonesWarning
        Crossed zones that were consented to.
    MissingFontWarning
        As `levels`.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230.
    """
    found = Zones.of(source, (adequate, desired), over, by, worst_first=worst_first)
    picture, voice = voiced(language, lambda tongue: _Bands.of(found, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board)
    return board.ax


def zones_table(
    source: Source,
    *,
    adequate: Level | str = Level.ADEQUATE,
    desired: Level | str = Level.DESIRED,
    over: Over | str = Over.DIMENSIONS,
    by: str | Sequence[str] | None = None,
    worst_first: bool = False,
    language: Language | str | None = None,
) -> Table:
    """The numbers that `zones` draws: a row for each group, and item or dimension.

    Columns are those of `by`, ``item`` or ``dimension``, ``label`` where a language is named, the means of the three
    levels under their names, ``standing`` ("below", "within", "above"; "undefined" where the means cross or one is
    missing) and ``crossed``, how many answers of single respondents cross, None where they are not known. Parameters,
    errors and warnings are those of `zones`.

    Examples
    --------
    >>> from servqual import simulate
    >>> from servqual.catalogue import three_column
    >>> zones_table(simulate.survey(three_column(), 100, rng=1))["standing"]
    ('within', 'within', 'within', 'within', 'within')
    """
    return Zones.of(source, (adequate, desired), over, by, worst_first=worst_first).table(language)


@frozen(eq=False)
class _Bands:
    zones: Zones
    ladder: Ladder
    groups: tuple[str, ...]
    title: str
    scale: str
    thick: float

    @classmethod
    def of(cls, zones: Zones, language: Language) -> Self:
        means = zones.means
        groups = tuple(named(group) for group in means.groups)
        thick = _THICK if len(groups) > 1 else _ALONE
        return cls(
            zones,
            Ladder.of([row.label.text(language) for row in means.rows], means.headings(language), thick * len(groups)),
            groups if means.by else (),
            means.instrument.label.text(language),
            mean_answer(means.instrument).text(language),
            thick,
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.ladder.labels, *self.ladder.headings, *self.groups, self.title, self.scale)

    @property
    def size(self) -> tuple[float, float]:
        return 6.0 + self.ladder.beside, 1.4 + self.ladder.depth

    def draw(self, board: Board) -> None:
        offsets = self.ladder.offsets(len(self.zones.means.groups), self.thick)
        for group in range(len(offsets)):
            self._band(board.ax, group, self.ladder.places + offsets[group])
            self._marks(board, group, self.ladder.places + offsets[group])
            self._counts(board, group, self.ladder.places + offsets[group])
        board.clear()
        within_scale(board.ax, self.zones.means.instrument)
        board.across(self.scale)
        self.ladder.write(board, board.title(self.title, board.legend(*self._legend(board))))

    def _band(self, ax: Axes, group: int, places: Floats) -> None:
        low, high, _ = self.zones.numbers(group)
        colour = look(group)[0] if self.groups else _BAND
        alpha = 0.35 if self.groups else 1.0
        straight = np.where(low <= high, high - low, np.nan)
        ax.barh(places, straight, 0.86 * self.thick, left=low, color=colour, alpha=alpha, linewidth=0)
        if (low > high).any():
            crossed = np.where(low > high, low - high, np.nan)
            ax.barh(places, crossed, 0.86 * self.thick, left=high, **_CROSSED)

    def _marks(self, board: Board, group: int, places: Floats) -> None:
        seen, standings = self.zones.numbers(group)[2], self.zones.standings[group]
        for standing in Standing:
            here: Bools = (standings == standing) & ~np.isnan(seen)
            if here.any():
                style = self._mark(board, standing, group)
                board.ax.plot(seen[here], places[here], zorder=3, clip_on=False, **style)

    def _mark(self, board: Board, standing: Standing, group: int | None = None) -> dict[str, Any]:
        colour = _COLOURS[standing] if group is None or not self.groups else look(group)[0]
        colour = INK if group is None and self.groups else colour
        size = 9 * board.scale
        return {
            "linestyle": "none", "marker": _MARKS[standing], "markersize": size, "color": colour,
            "markeredgecolor": "white",
        }  # fmt: skip

    def _counts(self, board: Board, group: int, places: Floats) -> None:
        """Write beside each row how many answers cross, where any does."""
        counts = [] if self.zones.crossed is None else self.zones.crossed[group].tolist()
        for place, count in zip(places if counts else (), counts, strict=True):
            if count:
                words = board.voice.say(Label(f"{count} crossed", f"{count}个倒置"))
                board.ax.text(
                    1.01, place, words, transform=board.ax.get_yaxis_transform(), va="center", color=INK,
                    fontfamily=board.voice.fonts, fontsize=0.8 * board.size,
                )  # fmt: skip

    def _legend(self, board: Board) -> tuple[list[Any], list[str]]:
        """Explain the band, the standings that occur, crossed means, and groups."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        voice = board.voice
        low, high = (voice.say(level.label) for level in self.zones.means.levels[:2])
        handles: list[Any] = [Patch(color="#BBBBBB" if self.groups else _BAND)]
        texts = [voice.say(Label(f"zone of tolerance: {low} to {high}", f"容忍区域（{low}至{high}）"))]
        present = set(np.unique(self.zones.standings).tolist()) - {Standing.UNDEFINED}
        for standing in (each for each in Standing if each in present):
            handles.append(Line2D([], [], **self._mark(board, standing)))
            texts.append(voice.say(_WORDS[standing]))
        if self.zones.any_crossed:
            handles.append(Patch(**_CROSSED))
            texts.append(voice.say(Label(f"crossed: {low} above {high}", f"倒置（{low}高于{high}）")))
        handles += [Patch(color=look(number)[0]) for number in range(len(self.groups))]
        return handles, [*texts, *self.groups]


_CROSSED: dict[str, Any] = {"facecolor": "white", "edgecolor": WARNING, "hatch": "////", "linewidth": 0.8}
