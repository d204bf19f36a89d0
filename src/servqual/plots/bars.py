"""`gaps`: mean scores as horizontal bars, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Label, Language
from servqual.plots.canvas import INK, axes_for, clear_away, look
from servqual.plots.fonts import spoken
from servqual.scoring import Scores, Summary
from servqual.scoring.protocol import ScoringModel, coefficients_of, name_of
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Of the distance between two scores: what their bars fill, and how far the overall scores stand apart from dimensions.
_FILLED = 0.76
_APART = 0.35
_LEGEND_COLUMNS = 5


def gaps(
    scores: Scores | Summary,
    *,
    by: str | Sequence[str] | None = None,
    confidence: float = 0.95,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """A bar chart of mean scores: dimensions and overall, with intervals, for everybody or for each group.

    Bars begin at 0 where a score can have either sign, so that for gap scores (perception minus a standard) a bar to
    the left is a shortfall; for scores that cannot, they begin at the lowest score there can be. The numbers behind the
    plot are those of ``scores.table(by=by, confidence=confidence)``.

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
    tongue = Language(language)
    names = (by,) if isinstance(by, str) else tuple(by or ())
    bars = _Bars.of(scores.table(by=names, confidence=confidence, language=tongue), names)
    ax = axes_for(ax, 8.0, bars.height)
    label = scores.instrument.label
    drawn, fonts = spoken(tongue, [*bars.labels, *bars.groups, label.text(tongue)])
    if drawn is not tongue:
        bars = _Bars.of(scores.table(by=names, confidence=confidence, language=drawn), names)
    model = scores.model if isinstance(scores, Scores) else scores.models[0]
    _draw(ax, bars, _start(model.bounds(scores.instrument.scale)))
    _write(ax, bars, fonts)
    ax.set_xlabel(_meaning(model, confidence, drawn), color=INK, fontfamily=fonts)
    ax.set_title(label.text(drawn), loc="left", color=INK, fontfamily=fonts, pad=8 + 18 * bars.legend_rows)
    return ax


@frozen(eq=False)
class _Bars:
    """What is drawn: arrays (groups, scores)."""

    groups: tuple[str, ...]
    labels: tuple[str, ...]
    dimensions: int
    mean: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, table: Table, by: tuple[str, ...]) -> _Bars:
        groups = list(dict.fromkeys(zip(*(table[name] for name in by), strict=True))) if by else [()]
        count = len(table) // len(groups)
        mean, low, high = (_numbers(table, name).reshape(len(groups), count) for name in ("mean", "low", "high"))
        return cls(
            tuple(" · ".join("–" if label is None else str(label) for label in group) for group in groups),
            tuple(_on_two_lines(str(label)) for label in table["label"][:count]),
            sum(not str(key).startswith("overall") for key in table["score"][:count]),
            mean, low, high,
        )  # fmt: skip

    @property
    def legend_rows(self) -> int:
        """How many rows the legend takes: none where there is nobody to tell apart."""
        return -(-len(self.groups) // _LEGEND_COLUMNS) if len(self.groups) > 1 else 0

    @property
    def places(self) -> Floats:
        """Where the scores stand, from the top."""
        places = np.arange(len(self.labels), dtype=np.float64)
        places[self.dimensions :] += _APART
        return places

    @property
    def height(self) -> float:
        """The height of a new figure, in inches."""
        return 1.3 + len(self.labels) * max(0.36, 0.19 * len(self.groups))


def _numbers(table: Table, name: str) -> Floats:
    return np.array([np.nan if value is None else value for value in table[name]], np.float64)


def _on_two_lines(label: str) -> str:
    return label.replace(" (", "\n(", 1).replace("（", "\n（", 1)


def _start(bounds: tuple[float, float]) -> float:
    return 0.0 if bounds[0] <= 0 <= bounds[1] or not np.isfinite(bounds[0]) else bounds[0]


def _draw(ax: Axes, bars: _Bars, start: float) -> None:
    thickness = _FILLED / len(bars.groups)
    for number, group in enumerate(bars.groups):
        colour, hatch = look(number)
        places = bars.places + (number - (len(bars.groups) - 1) / 2) * thickness
        mean = bars.mean[number]
        ax.barh(
            places, mean - start, thickness * 0.88, left=start, color=colour, hatch=hatch, edgecolor="white",
            linewidth=0, label=group,
        )  # fmt: skip
        ax.hlines(places, bars.low[number], bars.high[number], color=INK, linewidth=1.1)
    ax.axvline(start, color=INK, linewidth=0.9)
    if start:
        ax.set_xlim(left=start)


def _write(ax: Axes, bars: _Bars, fonts: list[str]) -> None:
    clear_away(ax)
    ax.set_yticks(bars.places, bars.labels, fontfamily=fonts)
    ax.set_ylim(bars.places[-1] + 0.55, -0.55)
    if bars.legend_rows:
        place: Any = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "frameon": False}
        ax.legend(ncols=_LEGEND_COLUMNS, prop={"family": fonts}, handlelength=1.0, **place)


def _meaning(model: ScoringModel, confidence: float, language: Language) -> str:
    """Return what the scores are: the difference they stand for, or else the model's name."""
    coefficients = dict(coefficients_of(model) or {})
    words = name_of(model)
    if sorted(coefficients.values()) == [-1, 1] and not hasattr(model, "model"):
        plus, minus = sorted(coefficients, key=lambda level: -coefficients[level])
        words = f"{plus.label.text(language)} − {minus.label.text(language)}"
    interval = Label(f"mean and {confidence:.0%} interval", f"均值与{confidence:.0%}置信区间")
    return f"{words}: {interval.text(language)}"
