"""How arrows look: colour by sign, width by size, dashes where zero is not excluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.plots.arrows import Arrow
from servqual.plots.canvas import COLOURS, WARNING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# Of lines, in points: the thinnest, and what a slope of one standard deviation adds. In inches: the length of a head.
_THIN = 0.9
_THICK = 4.5
_HEAD = 0.1
_PLAIN = "#555555"


def kinds_of(arrows: Sequence[Arrow], confidence: float) -> dict[str, Label]:
    """Return which kinds of arrows there are, and what they mean."""
    share = f"{confidence:.4g}" if confidence * 100 % 1 else f"{confidence:.0%}"
    kinds = {
        "positive": (any(arrow.strength >= 0 for arrow in arrows), Label("positive", "正向")),
        "negative": (any(arrow.strength < 0 for arrow in arrows), Label("negative", "负向")),
        "unclear": (
            any(not arrow.clear for arrow in arrows),
            Label(f"{share} interval covers zero", f"{share}置信区间包含零"),
        ),
    }
    return {kind: label for kind, (there, label) in kinds.items() if there}


def sample(kind: str) -> Line2D:
    """Return a piece of line as the legend shows it."""
    from matplotlib.lines import Line2D

    colour = {"positive": COLOURS[0], "negative": WARNING}.get(kind, _PLAIN)
    return Line2D([], [], color=colour, linewidth=1.6, linestyle=(0, (3, 1.5)) if kind == "unclear" else "-")


def draw_arrow(ax: Axes, line: Floats, arrow: Arrow, fill: float) -> None:
    """Draw the line of an arrow up to its head, and the head."""
    from matplotlib.patches import FancyArrowPatch

    strength = arrow.strength
    colour = _PLAIN if np.isnan(strength) else COLOURS[0] if strength >= 0 else WARNING
    width = fill * (_THIN + (0.0 if np.isnan(strength) else _THICK * min(abs(strength), 1.0)))
    last, end = line[-2], line[-1]
    before = end + (last - end) * min(1.0, _HEAD / max(float(np.hypot(*(last - end))), _HEAD))
    style = "-" if arrow.clear else (0, (4, 2))
    ax.plot(
        [*line[:-1, 0], before[0]], [*line[:-1, 1], before[1]], color=colour, linewidth=width, linestyle=style,
        solid_joinstyle="round", dash_joinstyle="round", zorder=2,
    )  # fmt: skip
    head: dict[str, Any] = {
        "arrowstyle": "-|>",
        "mutation_scale": fill * 9 + 1.6 * width,
        "shrinkA": 0,
        "shrinkB": 0,
        "linewidth": 0.6,
    }
    ax.add_patch(FancyArrowPatch(tuple(before), tuple(end), color=colour, zorder=2, **head))
