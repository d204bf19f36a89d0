"""From a table to what is drawn: its cells as numbers, and its keys as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.errors import PlotError, Problem
from servqual.instruments import Level
from servqual.labels import Label, Language
from servqual.scoring.protocol import ScoringModel, coefficients_of, name_of
from servqual.tables import Cell, Table

_WORDS = {"gap": Label("gap", "差距"), "difference": Label("difference", "差值")}


def numbers(table: Table, name: str) -> Floats:
    """Return a column as numbers; what does not exist is NaN."""
    return np.array([np.nan if value is None else value for value in table[name]], np.float64)


@frozen(eq=False)
class Cells:
    """Columns of a table laid out by row and group, (columns, groups, rows); what the table has no row for is NaN.

    Attributes
    ----------
    places
        Of each row, where its first line stands in the table.
    groups
        What tells lines of one row apart; one None where nothing does.
    there
        (groups, rows): for what the table has a line.
    """

    places: tuple[int, ...]
    groups: tuple[Cell, ...]
    values: Floats
    there: Bools

    @classmethod
    def of(cls, table: Table, key: str, by: str | None, columns: Sequence[str]) -> Self:
        """Return these columns, with one line for each key and group.

        Raises
        ------
        TableError
            A column that the table lacks.
        PlotError
            No lines, or two of one key and group.
        """
        keys, groups = table[key], (None,) * len(table) if by is None else table[by]
        pairs = list(zip(keys, groups, strict=True))
        if not pairs or len(set(pairs)) < len(pairs):
            remedy = 'name the column that tells them apart, such as by="level"' if pairs and by is None else ""
            found = f"two rows of one {key}" if pairs else "no rows"
            raise PlotError(Problem("table", found, f"there is a row for each {key}", remedy))
        rows, kinds = list(dict.fromkeys(keys)), list(dict.fromkeys(groups))
        values = np.full((len(columns), len(kinds), len(rows)), np.nan)
        there = np.zeros(values.shape[1:], np.bool_)
        lines = np.array([numbers(table, name) for name in columns]).T
        for (row, kind), line in zip(pairs, lines, strict=True):
            values[:, kinds.index(kind), rows.index(row)] = line
            there[kinds.index(kind), rows.index(row)] = True
        return cls(tuple(keys.index(row) for row in rows), tuple(kinds), values, there)


def labels(table: Table, keys: str) -> list[str]:
    """Return what rows are called: their labels where the table has them, else their keys as words."""
    return [str(label) for label in table["label"]] if "label" in table.columns else in_words(table[keys])


def in_words(keys: Sequence[Cell]) -> list[str]:
    """Return keys as words: underscores are spaces."""
    return [str(key).replace("_", " ").strip() or str(key) for key in keys]


def name_in(language: Language, key: Cell) -> str:
    """Return the name of a level, or of a difference of levels, in a language; any other key is its own name."""
    known = Level(key).label if key in set(Level) else _WORDS.get(str(key))
    return ("–" if key is None else str(key)) if known is None else known.text(language)


def meaning(model: ScoringModel | None, confidence: float, language: Language) -> str:
    """Return what mean scores are: the difference they stand for, or else the model's name."""
    coefficients = dict(coefficients_of(model) or {}) if model is not None else {}
    words = name_of(model)
    if sorted(coefficients.values()) == [-1, 1] and not hasattr(model, "model"):
        plus, minus = sorted(coefficients, key=lambda level: -coefficients[level])
        words = f"{plus.label.text(language)} − {minus.label.text(language)}"
    interval = Label(f"mean and {confidence:.0%} interval", f"均值与{confidence:.0%}置信区间")
    return f"{words}: {interval.text(language)}"
