"""`reliability` and `item_total`: how well items hang together, as dots with intervals and as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.labels import Label, Language
from servqual.plots.canvas import BETWEEN, COLOURS, INK, WARNING, Board, clear_away, look, marker_of
from servqual.plots.cells import in_words, labels, name_in, numbers
from servqual.plots.fonts import Voice, voiced
from servqual.plots.ladder import Ladder
from servqual.plots.sources import PlotError
from servqual.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_THICK = 0.17
_BAR = 0.17
_INAPPLICABLE = Label("not applicable", "不适用")
_ALPHA = Label("alpha, with its interval", "α系数及其置信区间")
_ITEM_TOTAL = Label("correlation with the other items of its dimension", "与同维度其余题项的相关")


def reliability(
    table: Table,
    *,
    by: str | None = None,
    reference: float | None = 0.7,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Cronbach's alpha of every dimension, as a dot with its interval.

    Parameters
    ----------
    table
        The numbers drawn, a row for each dot: columns ``dimension``, ``alpha``, ``low`` and ``high``, and ``label``
        where dimensions are to be named by it. An alpha that does not exist is None, and its row says so.
    by
        A column that tells apart several dots of a dimension, such as the level.
    reference
        Where a dashed line is drawn: 0.7 is a convention and no law; None for none.
    language
        Of the words of the plot, "en" or "zh"; labels are those of the table.
    ax
        Where to draw; without it, a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    TableError
        A column that the table lacks.
    PlotError
        An empty table, or two rows for one dot.
    MissingExtraError
        When matplotlib is not installed.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334; Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill.
    """
    picture, voice = voiced(language, lambda tongue: _Dots.of(table, by, tongue))
    board = Board.of(ax, voice, picture.size, picture.ladder.beside)
    picture.draw(board, reference)
    return board.ax


def item_total(
    table: Table,
    *,
    reference: float | None = 0.3,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Corrected item–total correlations as bars: of each item with the sum of the others of its dimension.

    Bars below the reference are hatched. One that points to the left is of an item that goes against the others: often
    one that is worded against the service and was not turned.

    Parameters
    ----------
    table
        The numbers drawn, a row for each item: columns ``item`` and ``r_drop``; ``dimension``, where there is one,
        makes headings, and ``label`` names the items.
    reference
        Below it bars are hatched: 0.3 is a convention and no law; None for none.
    language
        Of the words of the plot, "en" or "zh"; labels are those of the table.
    ax
        Where to draw; without it, a new figure, as high as its rows need.

    Returns
    -------
    matplotlib.axes.Axes
        To be changed further; nothing outside it is, and nothing is shown.

    Raises
    ------
    TableError, PlotError, MissingExtraError
        As `reliability`.

    Warns
    -----
    MissingFontWarning
        As `gaps`.

    References
    ----------
    Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill.
    """
