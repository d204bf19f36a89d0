"""What rows of a reading are about, and which of them are shown."""

from __future__ import annotations

from typing import NamedTuple

from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import Told, chosen

# Which rows a view shows.
ROWS = ("scores", "items", "all")


class Row(NamedTuple):
    """What a row is about: an item, a dimension or the overall score, its key and its name."""

    about: str
    key: str
    label: Label


OVERALL = Row("overall", "overall", Label("overall", "总体"))


def score_rows(instrument: Instrument) -> tuple[Row, ...]:
    """Return a row for each item, for each dimension and for the overall score: the order in which sums are kept."""
    items = (Row("item", item.key, item.label) for item in instrument.items)
    dimensions = (Row("dimension", each.key, each.label) for each in instrument.dimensions)
    return (*items, *dimensions, OVERALL)


def rows_of(told: Told, columns: tuple[str, ...], rows: str, language: Language | str | None) -> Table:
    """Return some columns of the rows of items, of scores or of all; see `Told.view`.

    Raises
    ------
    ArgumentError
        Rows that there are not.
    """
    chosen("rows", rows, ROWS)
    kept = [
        row for row, about in enumerate(told.table["about"]) if rows == "all" or (about == "item") == (rows == "items")
    ]
    return told.view(columns, kept, language)
