"""`ShortBoard`: items by what falls short of a standard, times how much it matters: the shortest stave first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class Stave:
    """One item of the list; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    item
        Its key.
    rank, rank_low, rank_high
        1 for what falls short most, weighted, and the interval of the rank; None where a number is missing.
    first, among_three
        Share of the resamples in which it is the first, and among the first three.
    n
        Respondents whose answers make the gap.
    performance, standard
        Means; or the number that performance is held against.
    gap, gap_low, gap_high
        Performance minus standard, below zero a shortfall.
    weight
        Its part of all importance, 0 to 1.
    weighted, weighted_low, weighted_high
        Weight times gap.
    part
        Its part of the weighted shortfall of all items that fall short; 0 where it does not.
    """

    item: str
    rank: int | None
    rank_low: Number
    rank_high: Number
    first: Number
    among_three: Number
    n: float
    performance: Number
    standard: Number
    gap: Number
    gap_low: Number
    gap_high: Number
    weight: Number
    weighted: Number
    weighted_low: Number
    weighted_high: Number
    part: Number

    def __repr__(self) -> str:
        if self.rank is None:
            return f"<Stave {self.item}: not ranked, a mean is missing>"
        return f"<Stave {self.item}: rank {self.rank}, gap {float(self.gap):.3f} × weight {float(self.weight):.3f}>"


@frozen(eq=False, repr=False, kw_only=True)
class ShortBoard:
    """The short-board list: what falls short most of what matters, first.

    Attributes
    ----------
    rows
        One `Stave` each, in order of rank; ``found["wait"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    rule
        By what the items are ranked, in words.
    draws, failures, confidence
        Resamples, those of them without all numbers, and of all intervals.
    """

    rows: tuple[Stave, ...]
    told: Told
    rule: Label
    draws: int
    failures: int
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Stave]:
        return iter(self.rows)

    def __getitem__(self, item: str) -> Stave:
        found = [row for row in self.rows if row.item == item]
        if not found:
            known = [row.item for row in self.rows]
            raise DriverError(Problem("item", f"no {item!r}", "it is not on the list", did_you_mean(item, known)))
        return found[0]

    def __repr__(self) -> str:
        first = self.rows[0]
        often = "" if isinstance(first.first, Inapplicable) else f", first in {first.first:.0%} of resamples"
        return f"<ShortBoard of {len(self)} items by {self.rule}: {first.item}{often}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the list with intervals; a language adds the labels of items, and says title and notes in it."""
        whole = self.told.table
        held = [name for name in whole.columns if any(cell is not None for cell in whole[name])]
        return self.told.view(held, None, language, named="item")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each item."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"draws": self.draws, "failures": self.failures, "confidence": self.confidence, "rule": self.rule.en}
        reasons = [{"item": row.item, **inapplicable(row)} for row in self.rows]
        return {"reading": "short_board", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
