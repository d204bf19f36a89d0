"""`chain`: constructs as boxes, links as arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.fitted import Fit
from servqual.chain.graph import Chain
from servqual.labels import Language
from servqual.plots.arrow_labels import label_places
from servqual.plots.arrow_lines import draw_arrow, sample
from servqual.plots.arrows import Arrow, arrows_of
from servqual.plots.board import Board
from servqual.plots.canvas import INK, POINTS, inches, points_of, whole_lines
from servqual.plots.chain_words import Words
from servqual.plots.fonts import voiced
from servqual.plots.layers import Layers
from servqual.plots.tracks import Tracks
from servqual.plots.wording import LETTER, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches: around words in boxes and on arrows. Of the letters in boxes: how large those on arrows are.
_INSIDE = 0.1
_AROUND = 0.04
_SMALL = 0.9
_SMALLEST = 2.5
# In inches: what stands beside, above and below the Axes of a new figure.
BESIDE = 0.45
ABOVE = 1.1
_NARROWEST = 3.4
_DRIVER = "#EEF1F4"
_STRETCHES = 1.15 ** np.arange(12)


def chain(
    source: Chain | Fit,
    *,
    ax: Axes | None = None,
    language: Language | str = Language.ENGLISH,
    standardised: bool = True,
    confidence: float = 0.95,
) -> Axes:
    """A path diagram: constructs as boxes, each to the right of what drives it, and links as arrows.

    Of a `Chain`, the arrows say what is thought to drive what, with lags and forms. Of a `Fit`, each arrow bears its
    coefficient: a slope at the mean of its source, or the slopes of all segments, from low to high, where the form has
    several. The colour shows the sign; the arrow is the wider the larger its slope is in standard deviations of both
    ends, whatever is written on it; it is dashed where the intervals of all its slopes cover zero. Boxes of constructs
    that are driven show R². Arrows are regressions: what is associated, given the other arrows into the same box.
    Slopes are those of ``fit.slopes()`` or ``fit.standardised_slopes()``; ``fit.coefficients()`` has them in a table.

    Parameters
    ----------
    source
        A `Chain`, or what `fit` made of one.
    ax
        Where to draw; without it, a new figure, as large as the chain needs.
    language
        Of the labels: "en" or "zh".
    standardised
        Whether the numbers of a fit are in standard deviations of both ends, else in units of the data.
    confidence
        Of the intervals of a fit.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    PlotError
        A source that is neither a chain nor a fit.
    ArgumentError, MissingExtraError
        A confidence that does not lie between 0 and 1; matplotlib not installed.

    Warns
    -----
    MissingFontWarning
        When a text is Chinese and no font with Chinese characters is installed; labels are then in English.

    References
    ----------
    Wright 1934, Annals of Mathematical Statistics 5(3):161-215 (path diagrams).
    """
    arrows = arrows_of(source, standardised=standardised, confidence=confidence)
    words, voice = voiced(
        language, lambda tongue: Words.of(source, arrows, tongue, standardised=standardised, confidence=confidence)
    )
    picture = PathPicture.of(source if isinstance(source, Chain) else source.chain, arrows, words)
    board = Board.of(ax, voice, (picture.size[0] + BESIDE, picture.size[1] + ABOVE))
    picture.draw(board)
    return board.ax


@frozen(eq=False)
class PathPicture:
    """A chain or an index laid out: boxes in layers, and the arrows between them."""

    arrows: list[Arrow]
    words: Words
    tracks: Tracks
    places: Floats

    @classmethod
    def of(cls, drawn: Chain, arrows: list[Arrow], words: Words) -> Self:
        """Return boxes, arrows and the places of labels, with as much room as it takes that labels do not overlap."""
        layers = Layers.of(drawn)
        boxes = {name: _size(text, _INSIDE) for name, text in words.boxes.items()}
        labels = [_size(text, _AROUND) if text else (0.0, 0.0) for text in words.arrows]
        for stretch in _STRETCHES.tolist():
            tracks = Tracks.of(layers, drawn.links, boxes, labels, stretch)
            bounds = np.array([box.bounds for box in tracks.boxes.values()])
            places, free = label_places(tracks.lines, np.array(labels), bounds)
            if free.all():
                break
        return cls(arrows, words, tracks, places)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the Axes, in inches: wide enough for the words below a small chain."""
        return max(self.tracks.size[0], _NARROWEST), self.tracks.size[1]

    def draw(self, board: Board) -> None:
        """Draw everything on a board that is as large as `size` or shrinks it."""
        kinds = self.words.kinds
        above = board.legend([sample(kind) for kind in kinds], list(kinds.values()))
        board.across(self.words.note)
        fill = self._scaled(board, above)
        letters = max(_SMALLEST, points_of("ytick.labelsize") * fill)
        ax = board.ax
        for line, arrow in zip(self.tracks.lines, self.arrows, strict=True):
            draw_arrow(ax, line, arrow, fill)
        for name, text in self.words.boxes.items():
            self._draw_box(board, name)
            _write(board, (self.tracks.boxes[name].x, self.tracks.boxes[name].y), text, letters)
        for text, (x, y) in zip(self.words.arrows, self.places.tolist(), strict=True):
            if text:
                _write(board, (x, y), text, letters * _SMALL, bbox={"facecolor": "white", "pad": 0.6, "linewidth": 0})

    def _scaled(self, board: Board, above: float) -> float:
        """Turn the Axes into a sheet in inches with the chain in its middle, and return at what scale it is seen."""
        ax, (width, height) = board.ax, self.tracks.size
        room = board.room / POINTS, board.height(above)
        fill = min(room[0] / width, room[1] / height, 1.0)
        beside, under = (room[0] / fill - width) / 2, (room[1] / fill - height) / 2
        ax.set_xlim(-beside, width + beside)
        ax.set_ylim(height + under, -under)
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        return fill

    def _draw_box(self, board: Board, name: str) -> None:
        from matplotlib.patches import FancyBboxPatch

        box = self.tracks.boxes[name]
        left, top, _, _ = box.bounds
        driven = any(arrow.link.target == name for arrow in self.arrows)
        board.ax.add_patch(
            FancyBboxPatch(
                (left, top), box.width, box.height, boxstyle="round,pad=0,rounding_size=0.06", linewidth=1.0,
                facecolor="white" if driven else _DRIVER, edgecolor=INK, zorder=3,
            )
        )  # fmt: skip


def _size(text: str, around: float) -> tuple[float, float]:
    """Return about how wide and high a text is, in inches."""
    letters = points_of("ytick.labelsize")
    return width_of(text) * LETTER * letters / POINTS + 2 * around, inches(whole_lines(text), letters) + around


def _write(board: Board, place: tuple[float, float], text: str, letters: float, **style: Any) -> None:
    board.ax.text(
        *place, text, ha="center", va="center", fontsize=letters, fontfamily=board.voice.fonts, color=INK,
        linespacing=1.15, zorder=4, **style,
    )  # fmt: skip
