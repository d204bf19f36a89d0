"""`Reading`: rows of numbers about operations, with their words in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from attrs import evolve, field, frozen

from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable
Row = TypeVar("Row")


@frozen(eq=False, repr=False)
class Reading(Generic[Row]):
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

    rows: tuple[Row, ...]
    told: Told
    asked: Mapping[str, Any] = field(factory=dict, kw_only=True)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
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
