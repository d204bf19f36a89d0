"""`Told`: what a result found, row by row, with its words in English and Chinese; `Reading`, rows with such a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual.errors import ArgumentError
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Cell, Table

Number = float | Inapplicable
_Row = TypeVar("_Row")


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


@frozen(eq=False, repr=False)
class Reading(Generic[_Row]):
    """Rows of numbers, and the same as a table.

    Attributes
    ----------
    rows
        One value each, in the order of the table; a number that does not exist is an `Inapplicable` that says why.
    told
        The same as columns, with title and notes in English and Chinese.
    asked
        What was asked.
    """

    reading: ClassVar[str] = "reading"
    named: ClassVar[str] = "key"
    digits: ClassVar[int] = 3

    rows: tuple[_Row, ...]
    told: Told
    asked: Mapping[str, Any] = field(factory=dict, kw_only=True)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[_Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<{self.told.title.en}: {len(self)} row{'s' * (len(self) != 1)}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each; columns that hold nothing are left out, and words are told in the language."""
        whole = self.told.table
        idle = self._idle()
        held = [name for name in whole.columns if name not in idle and any(cell is not None for cell in whole[name])]
        view = evolve(self.told.view(held, language=language, named=self.named), digits=self.digits)
        words = self._words(Language.ENGLISH if language is None else Language(language))
        return evolve(view, columns={**view.columns, **{name: words[name] for name in words if name in view.columns}})

    def _idle(self) -> frozenset[str]:
        """Return columns that hold something, and say nothing here."""
        return frozenset()

    def _words(self, language: Language) -> dict[str, list[Any]]:  # noqa: ARG002 - what the readings fill in
        """Return columns whose cells are words, in a language."""
        return {}

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row each, nothing rounded."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"row": place, **inapplicable(row)} for place, row in enumerate(self.rows)]
        missing = [each for each in reasons if len(each) > 1]
        return {"reading": self.reading, **self.asked, **self.told.whole().to_dict(), "inapplicable": missing}
