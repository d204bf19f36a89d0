"""`PartialSummary`: a summary of the batches that could be read, which says what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from attrs import evolve, fields, frozen

from servqual.engines.faults import SetAside, note_of, table_of
from servqual.scoring import Summary
from servqual.tables import Table


@frozen(eq=False, repr=False)
class PartialSummary(Summary):
    """A `Summary` of the batches that could be read; it serves every reading, and its tables say what was left out.

    Attributes
    ----------
    set_aside
        The batches that were left out by consent, with their places and reasons.
    """

    set_aside: tuple[SetAside, ...] = ()

    @classmethod
    def of(cls, summary: Summary, aside: Iterable[SetAside]) -> Self:
        """Return a summary together with what was left out."""
        held: dict[str, Any] = {str(each.alias): getattr(summary, each.name) for each in fields(Summary)}
        return cls(**held, set_aside=tuple(aside))

    def __add__(self, other: object) -> Summary:
        merged = super().__add__(other)
        if not isinstance(merged, Summary):
            return merged
        return PartialSummary.of(merged, (*self.set_aside, *getattr(other, "set_aside", ())))

    def __radd__(self, other: object) -> Summary:
        # what was left out stands on this side; sums are the same in any order
        return self + other if isinstance(other, Summary) else super().__radd__(other)

    def __repr__(self) -> str:
        left = f"; {note_of(self.set_aside, None)}>" if self.set_aside else ">"
        return super().__repr__().removesuffix(">") + left

    def table(self, *arguments: Any, **options: Any) -> Table:
        """Return the table of scores as `Summary.table` does; a note says what was left out."""
        return self._told(super().table(*arguments, **options), options)

    def item_table(self, *arguments: Any, **options: Any) -> Table:
        """Return the scores of items as `Summary.item_table` does; a note says what was left out."""
        return self._told(super().item_table(*arguments, **options), options)

    def answers_table(self, *arguments: Any, **options: Any) -> Table:
        """Return the answers as `Summary.answers_table` does; a note says what was left out."""
        return self._told(super().answers_table(*arguments, **options), options)

    def set_aside_table(self) -> Table:
        """Return what was left out, one row per batch: file, row group, first row, rows, reason."""
        return table_of(self.set_aside)

    def _told(self, table: Table, options: Mapping[str, Any]) -> Table:
        if not self.set_aside:
            return table
        return evolve(table, notes=(*table.notes, note_of(self.set_aside, options.get("language"))))

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes the same summary."""
        return {**super().to_dict(), "set_aside": [each.to_dict() for each in self.set_aside]}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any], models: Iterable[type] = ()) -> Self:
        """Return the summary that a dictionary describes, as `Summary.from_dict` does."""
        rest = {name: value for name, value in record.items() if name != "set_aside"}
        return cls.of(Summary.from_dict(rest, models), map(SetAside.from_dict, record.get("set_aside", ())))
