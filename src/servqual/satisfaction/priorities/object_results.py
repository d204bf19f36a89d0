"""`ObjectSatisfaction`: satisfaction with the attitude met, the process gone through, the result received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class ObjectScore:
    """Satisfaction with one object; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    object, items
        Which, and how many items it has.
    n
        Respondents with a score: those who answered enough of its items.
    mean, low, high, sd
        Of the scores, each the mean of the items that were answered.
    index, index_low, index_high
        The mean with its interval as 0 to 100 of the scale's length, where the scale is known.
    """

    object: str
    items: int
    n: float
    mean: Number
    low: Number
    high: Number
    sd: Number
    index: Number
    index_low: Number
    index_high: Number

    def __repr__(self) -> str:
        return (
            f"<ObjectScore of {self.object}: {float(self.mean):.3f} ({float(self.low):.3f} to {float(self.high):.3f})>"
        )


@frozen(eq=False, repr=False, kw_only=True)
class ObjectSatisfaction:
    """Satisfaction by object.

    Attributes
    ----------
    rows
        One `ObjectScore` each, in the order given; ``found["process"]`` picks one.
    views
        "objects", and "pairs": differences between objects within the same people, with t tests.
    confidence
        Of all intervals.
    """

    rows: tuple[ObjectScore, ...]
    views: dict[str, Told]
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ObjectScore]:
        return iter(self.rows)

    def __getitem__(self, key: str) -> ObjectScore:
        found = [row for row in self.rows if row.object == key]
        if not found:
            known = [row.object for row in self.rows]
            raise DriverError(Problem("object", f"no {key!r}", "it is none of the objects", did_you_mean(key, known)))
        return found[0]

    def __repr__(self) -> str:
        shown = ", ".join(f"{row.object} {float(row.mean):.2f}" for row in self.rows)
        return f"<ObjectSatisfaction: {shown}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, view: str = "objects", language: Language | str | None = None) -> Table:
        """Return the scores of objects, or the differences of "pairs"; a language adds their labels.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        told = self.views[chosen("view", view, list(self.views))]
        held = [name for name in told.table.columns if any(cell is not None for cell in told.table[name])]
        return told.view(held, None, language, named="object")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each object."""
        return self.views["objects"].table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"object": row.object, **inapplicable(row)} for row in self.rows]
        told = {name: each.whole().to_dict() for name, each in self.views.items()}
        main = told.pop("objects")
        asked = {"reading": "satisfaction_by_object", "confidence": self.confidence}
        return {**asked, **main, "views": told, "inapplicable": reasons}
