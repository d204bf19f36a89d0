"""Where a plot is drawn: on the caller's Axes, or on a figure of its own; with title, legend and guides around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from attrs import frozen

from servqual._frames.door import needed
from servqual.plots.fonts import EXTRA, Voice
from servqual.plots.wording import LETTER, width_of, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
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
# Of the width of a legend entry, in sizes of its letters: the handle and the space around it.
_HANDLE = 3.8
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


def clear_away(ax: Axes, guides: str = "x") -> None:
    """Take away the lines that say nothing, and put pale guides behind what is drawn; "both" frames two scales."""
    sides = {"x": ("top", "right", "left"), "y": ("top", "right", "bottom"), "both": ("top", "right")}[guides]
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(side not in sides)
        ax.spines[side].set_color(GUIDE)
    ax.tick_params(length=0, colors=INK)
    ax.grid(axis=guides, color=GUIDE, linewidth=0.6)
    ax.set_axisbelow(True)


@frozen(eq=False)
class Board:
    """The Axes that a plot writes its words on, with the fonts to do so.

    Attributes
    ----------
    own
        Whether the figure is new, and made to measure.
    beside
        How much of the width of the figure goes to labels beside the Axes, in inches.
    """

    ax: Axes
    voice: Voice
    own: bool
    beside: float = 0.0

    @classmethod
    def of(
        cls, ax: Axes | None, voice: Voice, size: tuple[float, float], beside: float = 0.0, projection: str | None = None
    ) -> Self:
        """Return the board on these Axes, or on new ones in a figure of this size."""
        return cls(axes_for(ax, *size, projection), voice, ax is None, beside)

    @property
    def size(self) -> float:
        """The size of letters of labels, in points."""
        return points_of("ytick.labelsize")

    @property
    def room(self) -> float:
        """About how wide the Axes will be, in points; a layout gives the labels beside them what they need."""
        figure = self.ax.figure
        width = self.ax.bbox.width / figure.dpi
        if self.own:
            width = width / self.ax.get_position().width - self.beside - 0.4
        elif figure.get_layout_engine() is not None:
            width = max(1.2 * width - self.beside, 1.0)
        return POINTS * width

    def legend(self, handles: Sequence[Artist], texts: Sequence[str], lift: float = 0.0) -> float:
        """Write a legend above the Axes, to be read row by row, and return how high it ends, in points.

        `lift` is by how many points it stands away, where something else is between.
        """
        from matplotlib.transforms import ScaledTranslation

        if not handles:
            return lift
        columns = _columns(texts, self.room / self.size)
        order = [place for column in range(columns) for place in range(column, len(texts), columns)]
        up = ScaledTranslation(0, lift / POINTS, self.ax.figure.dpi_scale_trans)
        font = {"family": self.voice.fonts, "size": self.size}
        style: dict[str, Any] = {"frameon": False, "handlelength": 1.6, "columnspacing": 1.4, "labelspacing": 0.3}
        self.ax.legend(
            [handles[place] for place in order], [texts[place] for place in order], ncols=columns, prop=font,
            loc="lower left", bbox_to_anchor=(0, 1), bbox_transform=self.ax.transAxes + up, borderaxespad=0.2, **style,
        )  # fmt: skip
        return lift + (0.7 - 1.42 * (-len(texts) // columns)) * self.size

    def title(self, text: str, above: float = 0.0) -> None:
        """Write the title, so many points above the Axes, in as many lines as it takes."""
        letters = points_of("axes.titlesize")
        lines = wrapped(text, max(16, int(self.room / (letters * LETTER))))
        self.ax.set_title(lines, loc="left", color=INK, fontfamily=self.voice.fonts, pad=8 + above)

    def across(self, text: str) -> None:
        """Write what the horizontal axis shows."""
        lines = wrapped(text, max(16, int(self.room / (points_of("axes.labelsize") * LETTER))))
        self.ax.set_xlabel(lines, color=INK, fontfamily=self.voice.fonts)

    def upwards(self, text: str) -> None:
        """Write what the vertical axis shows."""
        self.ax.set_ylabel(text, color=INK, fontfamily=self.voice.fonts)


def points_of(setting: str) -> float:
    """Return the size of letters that the reader has set for some texts, in points."""
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties

    return float(FontProperties(size=rcParams[setting]).get_size_in_points())


def _columns(texts: Sequence[str], room: float) -> int:
    """Return how many entries fit beside each other into so many sizes of a letter."""
    widths = [_HANDLE + LETTER * width_of(text) for text in texts]
    for columns in range(len(texts), 1, -1):
        if sum(max(widths[start::columns]) for start in range(columns)) <= room:
            return columns
    return 1


def inches(lines: float, size: float) -> float:
    """Return how high so many lines of letters of this size are, in inches."""
    return lines * size * _LINE / POINTS


def whole_lines(text: str) -> int:
    """Return how many lines a text has."""
    return text.count("\n") + 1

