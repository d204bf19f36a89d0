"""Where a plot is drawn, on the caller's Axes or on a figure of its own, and the colours and marks of all plots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from servqual._frames.door import needed
from servqual.plots.fonts import EXTRA

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe & Ito 2008, "Color Universal Design": told apart also by the colour-blind. Yellow is too pale for white paper.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C8C8C")
HATCHES = ("", "///", "...")
MARKERS = ("o", "D", "s", "^", "v", "P", "X")
INK = "#222222"
GUIDE = "#DDDDDD"
BETWEEN = "#B8B8B8"
WARNING = "#D55E00"

POINTS = 72.0
_LINE = 1.3


def axes_for(ax: Axes | None, width: float, height: float, projection: str | None = None) -> Axes:
    """Return the Axes given, or those of a new figure of this size in inches.

    A new figure comes from pyplot, so that notebooks show it and windows find it.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    if ax is not None:
        return ax
    needed("matplotlib", EXTRA)
    from matplotlib import pyplot as plt

    kind = {"projection": projection}
    return plt.subplots(figsize=(width, height), layout="constrained", subplot_kw=kind)[1]


def look(number: int) -> tuple[str, str]:
    """Return colour and hatch of the group of this number: colours first, then colours with hatches."""
    return COLOURS[number % len(COLOURS)], HATCHES[number // len(COLOURS) % len(HATCHES)]


def marker_of(number: int) -> str:
    """Return the marker of the level or line of this number."""
    return MARKERS[number % len(MARKERS)]


def points_of(setting: Literal["axes.titlesize", "axes.labelsize", "ytick.labelsize"]) -> float:
    """Return the size of letters that the reader has set for some texts, in points."""
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties

    return float(FontProperties(size=rcParams[setting]).get_size_in_points())


def inches(lines: float, size: float) -> float:
    """Return how high so many lines of letters of this size are, in inches."""
    return lines * size * _LINE / POINTS


def whole_lines(text: str) -> int:
    """Return how many lines a text has."""
    return text.count("\n") + 1
