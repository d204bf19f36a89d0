"""What stands on Axes, read back as numbers and words."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from servqual._arrays import Floats
from servqual.tables import Table


def column(table: Table, name: str) -> Floats:
    """A column of a table as numbers."""
    return np.array(table[name], np.float64)


def bars(ax: Axes) -> Floats:
    """Where the bars end, (groups, scores)."""
    containers: Any = ax.containers
    return np.array([[patch.get_x() + patch.get_width() for patch in each.patches] for each in containers])


def interval_lines(ax: Axes) -> list[list[tuple[float, float]]]:
    """The ends of the intervals, per group; there are none where there is no interval."""
    collections = [each for each in ax.collections if isinstance(each, LineCollection)]
    segments = ([np.asarray(line) for line in each.get_segments() if len(line)] for each in collections)
    return [[(line[0, 0], line[-1, 0]) for line in lines] for lines in segments]


def tick_labels(ax: Axes) -> list[str]:
    """The labels of the scores, from the top."""
    return [label.get_text() for label in ax.get_yticklabels()]


def legend(ax: Axes) -> list[str]:
    """The names of the groups."""
    found = ax.get_legend()
    return [] if found is None else [text.get_text() for text in found.get_texts()]
