"""What stands on Axes, read back as numbers and words."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from servqual._arrays import Floats
from servqual.tables import Table


def column(table: Table, name: str) -> Floats:
    """A column of a table as numbers."""
    return np.array(table[name], np.float64)


def bars(ax: Axes) -> Floats:
    """Where the bars end, (groups, scores)."""
    containers: Any = ax.containers
    return np.array([[patch.get_x() + patch.get_width() for patch in each.patches] for each in containers])


def bar_starts(ax: Axes) -> Floats:
    """Where the bars begin, (groups, scores)."""
    containers: Any = ax.containers
    return np.array([[patch.get_x() for patch in each.patches] for each in containers])


def interval_lines(ax: Axes) -> list[list[tuple[float, float]]]:
    """The ends of the intervals, per group; there are none where there is no interval."""
    collections = [each for each in ax.collections if isinstance(each, LineCollection)]
    segments = ([np.asarray(line) for line in each.get_segments() if len(line)] for each in collections)
    return [[(line[0, 0], line[-1, 0]) for line in lines] for lines in segments]


def upright_lines(ax: Axes) -> list[tuple[float, float]]:
    """The ends of the upright intervals."""
    collections = [each for each in ax.collections if isinstance(each, LineCollection)]
    segments = [np.asarray(line) for each in collections for line in each.get_segments() if len(line)]
    return [(line[0, 1], line[-1, 1]) for line in segments]


def marked(ax: Axes) -> list[Line2D]:
    """The lines that have marks: those that show numbers."""
    return [line for line in ax.lines if line.get_marker() not in {None, "None", ""}]


def across(line: Line2D) -> Floats:
    """Where the points of a line stand, from the left."""
    return np.asarray(line.get_xdata(), np.float64)


def upwards(line: Line2D) -> Floats:
    """Where the points of a line stand, from the bottom."""
    return np.asarray(line.get_ydata(), np.float64)


def tick_labels(ax: Axes) -> list[str]:
    """The labels beside the Axes, from the top."""
    return [label.get_text() for label in ax.get_yticklabels()]


def headings(ax: Axes) -> list[str]:
    """The labels that are bold."""
    return [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]


def rows(ax: Axes) -> list[str]:
    """The labels that are not, on one line each."""
    labels = (label for label in ax.get_yticklabels() if label.get_fontweight() != "bold")
    return [label.get_text().replace("\n", " ") for label in labels]


def below(ax: Axes) -> list[str]:
    """The labels below the Axes, from the left."""
    return [label.get_text() for label in ax.get_xticklabels()]


def written(ax: Axes) -> list[str]:
    """What is written on the Axes, besides their labels."""
    return [text.get_text() for text in ax.texts]


def legend(ax: Axes) -> list[str]:
    """The entries of the legend, column by column."""
    found = ax.get_legend()
    return [] if found is None else [text.get_text() for text in found.get_texts()]


def read_by_rows(ax: Axes) -> list[str]:
    """The entries of the legend as they are read: from the left, row by row."""
    entries, found = legend(ax), ax.get_legend()
    columns = 1 if found is None else found._ncols  # type: ignore[attr-defined]
    long, wide = divmod(len(entries), columns)
    heights = [long + 1] * wide + [long] * (columns - wide)
    starts = np.cumsum([0, *heights])
    read = [(row, column) for row in range(long + 1) for column in range(columns) if row < heights[column]]
    return [entries[starts[column] + row] for row, column in read]
