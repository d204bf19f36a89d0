"""`Told`: what a result found, row by row, with its words in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual.errors import ArgumentError
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.tables import Cell, Table


def _table_of(columns: Mapping[str, Iterable[Any]] | Table) -> Table:
    return columns if isinstance(columns, Table) else Table(columns)


def _tuple_of(labels: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(labels)


@frozen(eq=False, repr=False)
class Told:
    """Columns of numbers as a table that is complete, and views of it in either language.

    Attributes
    ----------
    table
        All columns and rows, nothing rounded, without title and notes.
    labels
        The name of what each row is about.
    title, notes
        In both languages.
    """

    table: Table = field(converter=_table_of)
    labels: tuple[Label, ...] = field(converter=_tuple_of)
    title: Label
    notes: tuple[Label, ...] = field(default=(), converter=_tuple_of)

    def whole(self) -> Table:
        """Return everything, with title and notes in English."""
        return evolve(self.table, title=self.title.en, notes=[note.en for note in self.notes])

    def view(
        self,
        columns: Sequence[str],
        rows: Sequence[int] | None = None,
        language: Language | str | None = None,
        *,
        named: str = "key",
    ) -> Table:
        """Return some columns of some rows, all rows where none are named.

        A language adds the names of what rows are about, as a column ``label`` after the column ``named``, where any of
        them says more than that column does.
        """
        tongue = Language.ENGLISH if language is None else Language(language)
        shown: dict[str, tuple[Cell, ...]] = {}
        for name in columns:
            shown[name] = self.table[name]
            if name == named and language is not None:
                labels = tuple(label.text(tongue) for label in self.labels)
                shown |= {} if labels == tuple(map(str, self.table[name])) else {"label": labels}
        notes = [note.text(tongue) for note in self.notes]
        view = evolve(self.table, columns=shown, title=self.title.text(tongue), notes=notes)
        return view if rows is None else view.rows(rows)


def chosen(place: str, given: str, known: Sequence[str]) -> str:
    """Return one of some known words, or raise an `ArgumentError` that lists them."""
    if given not in known:
        raise ArgumentError(unknown_word(place, given, known))
    return given


def cells(values: npt.ArrayLike, *, whole: bool = False) -> list[Cell]:
    """Return numbers as cells of a table, what is not there as None; whole numbers as integers."""
    numbers = np.asarray(values, dtype=np.float64)
    return [None if np.isnan(each) else round(each) if whole else each for each in numbers.tolist()]
