"""`GapShares`: which part of Gap 5 each gap makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.gap_model.gap_rows import Number
from servqual.gap_model.gap_words import OVERALL, GapName, StationGap
from servqual.gap_model.lookups import looked_up, row_labels
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told

TITLE = Label("Shares of gap 5", "各差距占差距5的份额")


@frozen(kw_only=True, repr=False)
class GapShare:
    """The share of one gap in Gap 5; where Gap 5 may be zero, or too little is known, it says so instead.

    Attributes
    ----------
    gap, dimension
        Which, and of which dimension or ``"overall"``.
    share, low, high
        ``gap / gap_5`` with Fieller's interval: 1 is all of it, below zero a gap that makes up for others.
    """

    gap: str
    dimension: str
    share: Number
    low: Number
    high: Number

    def __repr__(self) -> str:
        if isinstance(self.share, Inapplicable):
            return f"<GapShare of {self.gap}, {self.dimension}: {self.share}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<GapShare of {self.gap}, {self.dimension}: {self.share:.3f} ({ends})>"


@frozen(eq=False, repr=False, kw_only=True)
class GapShares:
    """Shares of the gaps of the chain in Gap 5, which sum to 1 where none is refused.

    Attributes
    ----------
    gaps
        The gaps of the chain, as far as they can be told apart.
    rows
        One `GapShare` for each gap and dimension, the overall ones last; ``shares["gap_3"]`` is the overall one.
    dimensions, labels
        Keys and names of the dimensions, ``"overall"`` last.
    confidence
        Of the intervals.
    notes
        What a reader must know, in English and Chinese.
    """

    gaps: tuple[StationGap, ...]
    rows: tuple[GapShare, ...]
    dimensions: tuple[str, ...]
    labels: tuple[Label, ...]
    confidence: float
    notes: tuple[Label, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[GapShare]:
        return iter(self.rows)

    def __getitem__(self, asked: GapName | str | tuple[GapName | str, str]) -> GapShare:
        gap, dimension = asked if isinstance(asked, tuple) else (asked, OVERALL)
        looked_up(gap, dimension, self.gaps, self.dimensions)
        return next(row for row in self.rows if (row.gap, row.dimension) == (gap, dimension))

    def __repr__(self) -> str:
        told = sum(not isinstance(row.share, Inapplicable) for row in self.rows)
        return f"<GapShares: {told} of {len(self)} shares of gap 5>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def told(self) -> Told:
        """All numbers as columns, with title and notes in English and Chinese."""
        labels = row_labels(self.rows, self.gaps, self.dimensions, self.labels)
        return Told(Table(columns_of(self.rows, GapShare)), labels, TITLE, self.notes)

    def to_table(self, *, language: Language | str | None = None) -> Table:
        """Return all shares; a language adds the names of gaps and dimensions, and says the notes in it."""
        told = self.told
        return told.view(tuple(told.table.columns), None, language, named="dimension")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per gap and dimension."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"gap": row.gap, "dimension": row.dimension, **inapplicable(row)} for row in self.rows]
        whole = self.told.whole().to_dict()
        return {"reading": "gap_shares", "confidence": self.confidence, **whole, "inapplicable": reasons}
