"""`hazard`: the failure rate over life, as observed and as the models have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import PlotError, Problem
from servqual.labels import Label, Language
from servqual.operations.lives.life_results import LifeCourse
from servqual.operations.lives.life_words import MODELS
from servqual.plots.board import Board
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING
from servqual.plots.fonts import voiced
from servqual.statistics import Inapplicable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_POINTS = 240
_FIRST = 0.004
_OBSERVED = Label("observed, with interval", "观测值及区间")
_BOTTOM = Label("least failure rate", "最低失效率")
_ACROSS = Label("age, in the unit of the data", "使用时间（数据单位）")
_UPWARDS = Label("failures per unit of time", "单位时间失效率")
_ROOM = 1.15
_EARLY = 1.5


def hazard(course: LifeCourse, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None) -> Axes:
    """The failure rate over life (bathtub curve): observed in stretches of life, and as both models have it.

    The band is the pointwise interval of the model that the lives prefer; the other one is dashed. Where the preferred
    one falls and rises, its minimum is marked, with the interval of when it is. A rate that is infinite at the start
    leaves the picture at the top.

    Parameters
    ----------
    course
        What `servqual.operations.life_course` returned.
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
        Something else than a `LifeCourse`.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Xie & Lai 1995, Reliability Engineering & System Safety 52(1):87-93.
    """
    if not isinstance(course, LifeCourse):
        rule = "what is drawn is a result of servqual.operations.life_course"
        raise PlotError(Problem("course", f"a {type(course).__name__}", rule))
    picture, voice = voiced(language, lambda tongue: _Curves.of(course, tongue))
    board = Board.of(ax, voice, (7.0, 4.6), 0.6)
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class _Curves:
    """What is drawn: arrays over ages, and words."""

    course: LifeCourse
    ages: Floats
    rates: dict[str, Floats]
    band: tuple[Floats, Floats]
    words: dict[str, str]
    title: str
    axes: tuple[str, str]

    @classmethod
    def of(cls, course: LifeCourse, language: Language) -> Self:
        ages = course.longest * np.linspace(_FIRST, 1.0, _POINTS)
        fits = {"weibull": course.single, "additive": course.additive}
        rates = {name: np.asarray(fit.life.hazard(ages)) for name, fit in fits.items() if not fit.problem}
        found = course.preferred.hazard(ages, course.asked["confidence"])
        words = {name: MODELS[name].text(language) for name in rates}
        words |= {"observed": _OBSERVED.text(language), "bottom": _BOTTOM.text(language)}
        axes = (_ACROSS.text(language), _UPWARDS.text(language))
        title = course.told.title.text(language)
        return cls(course, ages, rates, (found.low.values, found.high.values), words, title, axes)

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.words.values(), self.title, *self.axes)

    def draw(self, board: Board) -> None:
        ax = board.ax
        handles: dict[str, Artist] = {}
        for name, rate in self.rates.items():
            best = (self.course.preferred is self.course.additive) is (name == "additive")
            style: dict[str, Any] = {"color": COLOURS[0], "linewidth": 2.0} if best else _OTHER
            (handles[name],) = ax.plot(self.ages, rate, zorder=3, **style)
        ax.fill_between(self.ages, *self.band, color=COLOURS[0], alpha=0.18, linewidth=0)
        handles["observed"] = self._observed(board)
        handles |= self._bottom(board)
        ax.set_xlim(0, self.course.longest)
        ax.set_ylim(0, self._top())
        board.clear("both")
        board.across(self.axes[0])
        shown = [self.words[name] for name in handles]
        board.upwards(self.axes[1], board.title(self.title, board.legend(list(handles.values()), shown)))

    def _observed(self, board: Board) -> Artist:
        seen = self.course.observed
        middle = (seen.edges[:-1] + seen.edges[1:]) / 2
        board.ax.vlines(middle, seen.low, seen.high, color=INK, linewidth=1.1)
        look: dict[str, Any] = {"marker": "o", "color": INK, "markeredgecolor": "white", "linestyle": "none"}
        return board.ax.plot(middle, seen.rate, markersize=6 * board.scale, zorder=4, **look)[0]

    def _bottom(self, board: Board) -> dict[str, Artist]:
        """Mark when the failure rate of the preferred model is least, and how far that is known."""
        found = self.course.preferred.minimum(self.course.asked["confidence"])
        time, rate = found.estimate.at(0), found.estimate.at(1)
        if isinstance(time, Inapplicable) or isinstance(rate, Inapplicable):
            return {}
        board.ax.hlines(rate, found.low.values[0], found.high.values[0], color=WARNING, linewidth=1.6, zorder=4)
        look: dict[str, Any] = {"marker": "D", "color": WARNING, "markeredgecolor": "white", "linestyle": "none"}
        return {"bottom": board.ax.plot([time], [rate], markersize=7 * board.scale, zorder=5, **look)[0]}

    def _top(self) -> float:
        """Return how high the picture is: what was observed, and the ends of the curves."""
        ends = [float(rate[-1]) for rate in self.rates.values()]
        return _ROOM * max(*ends, _EARLY * float(np.nanmax(self.course.observed.rate)))


_OTHER: dict[str, Any] = {"color": BETWEEN, "linewidth": 1.8, "linestyle": "--"}
