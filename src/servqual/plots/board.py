"""`Board`: the Axes that a plot writes its words on, with letters as large as the room allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual.plots.canvas import GUIDE, INK, POINTS, axes_for, points_of, whole_lines
from servqual.plots.fonts import Voice
from servqual.plots.wording import LETTER, width_of, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

# Of the width of a legend entry, in sizes of its letters: the handle and the space around it.
_HANDLE = 3.8
_ROW = 1.42
# In inches: what stands above and below Axes, and what is left free around them.
_AROUND = 1.25
_EDGE = 0.35
_BELOW = 0.55
_SMALLEST = 0.5
_SIDES = {"x": ("bottom",), "y": ("left",), "both": ("left", "bottom")}


@frozen(eq=False)
class Board:
    """The Axes that a plot writes its words on.

    Attributes
    ----------
    scale
        The size of letters and marks: 1 in a figure made to measure, less where the Axes given are smaller.
    beside
        How much of the width goes to labels beside the Axes, in inches.
    own
        Whether the figure is new.
    """

    ax: Axes
    voice: Voice
    scale: float
    beside: float
    own: bool

    @classmethod
    def of(
        cls,
        ax: Axes | None,
        voice: Voice,
        size: tuple[float, float],
        beside: float = 0.0,
        projection: str | None = None,
    ) -> Self:
        """Return the board on these Axes, or on new ones in a figure of this size."""
        board = axes_for(ax, *size, projection)
        if ax is None:
            return cls(board, voice, 1.0, beside, own=True)
        width, height = _bounds(board)
        if not is_laid_out(board):
            size = (size[0] - beside - _EDGE, size[1] - _AROUND)
        share = min(width / size[0], height / size[1], 1.0)
        return cls(board, voice, max(_SMALLEST, float(np.sqrt(share))), beside * share, own=False)

    @property
    def size(self) -> float:
        """The size of letters of labels, in points."""
        return self.scale * points_of("ytick.labelsize")

    @property
    def room(self) -> float:
        """About how wide the Axes will be, in points."""
        width = _bounds(self.ax)[0]
        return POINTS * (max(width - self.beside - _EDGE, 1.2) if is_laid_out(self.ax) else width)

    def height(self, above: float) -> float:
        """Return about how high the Axes will be with so many points of words above them, in inches."""
        height = _bounds(self.ax)[1]
        return max(height - above / POINTS - _BELOW * self.scale, 0.3) if is_laid_out(self.ax) else height

    def clear(self, guides: str = "x") -> None:
        """Take away the lines that say nothing, and put pale guides behind what is drawn; "both" is for two scales."""
        for side, spine in self.ax.spines.items():
            spine.set_visible(side in _SIDES[guides])
            spine.set_color(GUIDE)
        self.ax.tick_params(length=0, colors=INK, labelsize=self.size)
        self.ax.grid(axis=guides, color=GUIDE, linewidth=0.6)  # type: ignore[arg-type]
        self.ax.set_axisbelow(True)

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
        return lift + (0.7 + _ROW * -(-len(texts) // columns)) * self.size

    def title(self, text: str, above: float = 0.0) -> float:
        """Write the title, so many points above the Axes, and return how high it ends, in points."""
        letters = self.scale * points_of("axes.titlesize")
        lines = wrapped(text, max(16, int(self.room / (letters * LETTER))))
        font: dict[str, Any] = {"fontfamily": self.voice.fonts, "fontsize": letters, "color": INK}
        self.ax.set_title(lines, loc="left", pad=8 * self.scale + above, **font)
        return above + (8 + 1.3 * letters * whole_lines(lines) if text else 0.0)

    def across(self, text: str) -> None:
        """Write what the horizontal axis shows."""
        letters = self.scale * points_of("axes.labelsize")
        lines = wrapped(text, max(16, int(self.room / (letters * LETTER))))
        self.ax.set_xlabel(lines, color=INK, fontfamily=self.voice.fonts, fontsize=letters)

    def upwards(self, text: str, above: float = 0.0) -> None:
        """Write what the vertical axis shows."""
        letters = self.scale * points_of("axes.labelsize")
        lines = wrapped(text, max(16, int(POINTS * self.height(above) / (letters * LETTER))))
        self.ax.set_ylabel(lines, color=INK, fontfamily=self.voice.fonts, fontsize=letters)


def is_laid_out(ax: Axes) -> bool:
    """Return whether the figure makes room for what stands around the Axes."""
    return ax.figure.get_layout_engine() is not None


def _bounds(ax: Axes) -> tuple[float, float]:
    """Return width and height in inches: of the cell of a layout, which words and Axes share, else of the Axes."""
    spec, figure = ax.get_subplotspec(), ax.figure
    if spec is None or not is_laid_out(ax):
        return ax.bbox.width / figure.dpi, ax.bbox.height / figure.dpi
    rows, columns = spec.get_gridspec().get_geometry()
    shares = len(spec.colspan) / columns, len(spec.rowspan) / rows
    return figure.bbox.width * shares[0] / figure.dpi, figure.bbox.height * shares[1] / figure.dpi


def _columns(texts: Sequence[str], room: float) -> int:
    """Return how many entries fit beside each other into so many sizes of a letter."""
    widths = [_HANDLE + LETTER * width_of(text) for text in texts]
    for columns in range(len(texts), 1, -1):
        if sum(max(widths[start::columns]) for start in range(columns)) <= room:
            return columns
    return 1
