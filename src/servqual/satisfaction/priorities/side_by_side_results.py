"""`ImportanceComparison`: Kano, penalty–reward, stated and derived importance side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.satisfaction.delight.words import Category
from servqual.satisfaction.priorities import side_by_side_words as words
from servqual.satisfaction.priorities.penalty_words import ImpactClass
from servqual.satisfaction.priorities.side_by_side_words import Disagreement
from servqual.tables import Table
from servqual.telling import Told


@frozen(kw_only=True, repr=False)
class ItemComparison:
    """One item by every way; None where a way does not know it.

    Attributes
    ----------
    item
        Its key.
    kano
        Category of the Kano questions.
    impact_class, asymmetry, impact
        Class of impact, asymmetry and range of impact of penalty–reward contrasts.
    class_share
        Share of resamples in that class, where it is known.
    stated, stated_high
        Stated importance, and whether it lies at the cut or above.
    derived, derived_high
        Importance derived from an outcome (shares, or ranges of impact where no other is given), and the same.
    agree
        Whether all that can be compared agrees; None where nothing can.
    disagreements
        What does not.
    """

    item: str
    kano: Category | None
    impact_class: ImpactClass | None
    asymmetry: float | None
    impact: float | None
    class_share: float | None
    stated: float | None
    stated_high: bool | None
    derived: float | None
    derived_high: bool | None
    agree: bool | None
    disagreements: tuple[Disagreement, ...]

    def __repr__(self) -> str:
        return f"<ItemComparison of {self.item}: {self.verdict}>"

    @property
    def verdict(self) -> Label:
        """What the comparison says, in English and Chinese."""
        if self.agree is None:
            return words.NOTHING
        if self.agree:
            return words.AGREE
        labels = [each.label for each in self.disagreements]
        return Label("; ".join(each.en for each in labels), "；".join(each.text("zh") for each in labels))


@frozen(eq=False, repr=False, kw_only=True)
class ImportanceComparison:
    """Several ways to ask for importance, item by item; nothing is averaged.

    Attributes
    ----------
    rows
        One `ItemComparison` each; ``found["wait"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    rows: tuple[ItemComparison, ...]
    told: Told

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ItemComparison]:
        return iter(self.rows)

    def __getitem__(self, item: str) -> ItemComparison:
        found = [row for row in self.rows if row.item == item]
        if not found:
            known = [row.item for row in self.rows]
            raise DriverError(Problem("item", f"no {item!r}", "it is not among the items", did_you_mean(item, known)))
        return found[0]

    def __repr__(self) -> str:
        against = sum(row.agree is False for row in self.rows)
        return f"<ImportanceComparison of {len(self)} items: {against} with disagreements>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def disagreeing(self) -> tuple[ItemComparison, ...]:
        """The items of which two ways say different things."""
        return tuple(row for row in self.rows if row.agree is False)

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return all ways side by side, with the disagreements in words.

        A language adds the labels of items, and says categories, classes, title and notes in it.
        """
        tongue, whole = language or Language.ENGLISH, self.told.table
        held = [name for name in whole.columns if any(cell is not None for cell in whole[name])]
        table = self.told.view(held, None, language, named="item")
        said: dict[str, list[str | None]] = {
            "kano": [row.kano and row.kano.label.text(tongue) for row in self.rows],
            "impact_class": [row.impact_class and row.impact_class.label.text(tongue) for row in self.rows],
            "verdict": [row.verdict.text(tongue) for row in self.rows],
        }
        return evolve(table, columns={name: said.get(name, table[name]) for name in table.columns})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all of it, one row for each item."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as a JSON-safe dictionary."""
        against = {row.item: [str(each) for each in row.disagreements] for row in self.rows}
        return {"reading": "compare_importance", **self.told.whole().to_dict(), "disagreements": against}
