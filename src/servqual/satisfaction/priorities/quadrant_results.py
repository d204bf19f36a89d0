"""`ImportancePerformance`: items by how much they matter and how well they do, and how sure their quadrants are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.satisfaction.priorities.quadrant_words import Quadrant
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class ItemPlace:
    """One item on the map; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    item
        Its key.
    n, n_importance
        How many rated it, and how many its importance comes from.
    performance, performance_low, performance_high
        Mean rating, with its interval.
    importance, importance_low, importance_high
        Mean stated importance, or share in the variance of the outcome.
    quadrant
        Where it stands; None where a number is missing.
    concentrate_here, keep_up, low_priority, possible_overkill
        Share of the resamples in which it stands in each quadrant.
    sure
        Whether its own quadrant has at least the share of the confidence that was asked for.
    """

    item: str
    n: float
    n_importance: float
    performance: Number
    performance_low: Number
    performance_high: Number
    importance: Number
    importance_low: Number
    importance_high: Number
    quadrant: Quadrant | None
    concentrate_here: Number
    keep_up: Number
    low_priority: Number
    possible_overkill: Number
    sure: bool | None

    def __repr__(self) -> str:
        if self.quadrant is None:
            return f"<ItemPlace of {self.item}: nowhere, a mean is missing>"
        share = getattr(self, str(self.quadrant))
        often = "" if isinstance(share, Inapplicable) else f" in {share:.0%} of resamples"
        return f"<ItemPlace of {self.item}: {self.quadrant.label}{often}>"


@frozen(eq=False, repr=False, kw_only=True)
class ImportancePerformance:
    """Importance–performance analysis (IPA): items in four quadrants.

    Attributes
    ----------
    rows
        One `ItemPlace` each, in the order of the items; ``found["wait"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    cut_performance, cut_importance
        Where the axes are cut; what lies there is high.
    importance
        What importance is, in words.
    draws, failures, confidence
        Resamples, those of them without all numbers, and of all intervals.
    """

    rows: tuple[ItemPlace, ...]
    told: Told
    cut_performance: float
    cut_importance: float
    importance: Label
    draws: int
    failures: int
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ItemPlace]:
        return iter(self.rows)

    def __getitem__(self, item: str) -> ItemPlace:
        found = [row for row in self.rows if row.item == item]
        if not found:
            known = [row.item for row in self.rows]
            raise DriverError(Problem("item", f"no {item!r}", "it is not among the items", did_you_mean(item, known)))
        return found[0]

    def __repr__(self) -> str:
        urgent = sum(row.quadrant is Quadrant.CONCENTRATE for row in self.rows)
        sure = sum(row.quadrant is Quadrant.CONCENTRATE and bool(row.sure) for row in self.rows)
        told = f", {sure} of these for sure" if self.draws else ""
        return f"<ImportancePerformance by {self.importance}: {len(self)} items, {urgent} to concentrate on{told}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def quadrant(self, quadrant: Quadrant | str) -> tuple[ItemPlace, ...]:
        """Return the items of one quadrant, the most important first."""
        found = [row for row in self.rows if row.quadrant is Quadrant(quadrant)]
        return tuple(sorted(found, key=lambda row: -float(row.importance)))

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return items with intervals, quadrants, and the share of resamples in each quadrant.

        A language adds the labels of items, and says quadrants, title and notes in it.
        """
        whole = self.told.table
        held = [name for name in whole.columns if any(cell is not None for cell in whole[name])]
        held = [name for name in held if name != "n_importance" or whole["n"] != whole["n_importance"]]
        table = self.told.view(held, None, language, named="item")
        if "quadrant" not in table.columns:
            return table
        tongue = language or Language.ENGLISH
        words = [None if row.quadrant is None else row.quadrant.label.text(tongue) for row in self.rows]
        return evolve(table, columns={**table.columns, "quadrant": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each item."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"draws": self.draws, "failures": self.failures, "confidence": self.confidence}
        cuts = {"cut_performance": self.cut_performance, "cut_importance": self.cut_importance}
        reasons = [{"item": row.item, **inapplicable(row)} for row in self.rows]
        whole = self.told.whole().to_dict()
        return {"reading": "importance_performance", **asked, **cuts, **whole, "inapplicable": reasons}
