"""Where a plot is drawn: on the caller's Axes, or on a figure of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servqual._frames.door import needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe & Ito 2008, "Color Universal Design": told apart also by the colour-blind. Yellow is too pale for white paper.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C8C8C")
HATCHES = ("", "///", "...")
INK = "#222222"
GUIDE = "#DDDDDD"


def axes_for(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the Axes given, or those of a new figure of this size in inches.

    A new figure comes from pyplot, so that notebooks show it and windows find it.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    if ax is not None:
        return ax
    needed("matplotlib", "pip install 'servqual[plots]'")
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def look(number: int) -> tuple[str, str]:
    """Return colour and hatch of the group of this number: colours first, then colours with hatches."""
    return COLOURS[number % len(COLOURS)], HATCHES[number // len(COLOURS) % len(HATCHES)]


def clear_away(ax: Axes) -> None:
    """Take away the lines that say nothing, and put pale guides behind the bars."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(GUIDE)
    ax.tick_params(length=0, colors=INK)
    ax.grid(axis="x", color=GUIDE, linewidth=0.6)
    ax.set_axisbelow(True)
