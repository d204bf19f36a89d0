"""`UnitMeans`: means of units, such as branches and months, as rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from servqual.errors import ArgumentError, Problem
from servqual.labels import Language
from servqual.quality.bilingual import rows_of
from servqual.scoring import ScoringModel
from servqual.scoring.protocol import name_of
from servqual.scoring.suppression import mark_beside
from servqual.tables import Table
from servqual.telling import Told, chosen

_NUMBERS = ("n", "mean", "sd", "se")
_PEOPLE = "respondents"


@frozen(eq=False, repr=False)
class UnitMeans:
    """Mean scores of units: one row per unit and score, or one row per unit, as a chain takes them.

    Attributes
    ----------
    told
        All numbers, with their words: one row per unit and dimension, overall score, and item where these were asked.
    by
        The columns that name a unit, and a period where there is one.
    model
        How respondents were scored.
    bounds
        The lowest and the highest score that there can be; None where there are none.
    """

    told: Told
    by: tuple[str, ...]
    model: ScoringModel
    bounds: tuple[float, float] | None = None

    def __len__(self) -> int:
        return sum(about == "overall" for about in self.told.table["about"])

    def __repr__(self) -> str:
        return f"<UnitMeans by {', '.join(self.by)}: {len(self)} units; {name_of(self.model)}>"

    @property
    def scales(self) -> dict[str, tuple[float, float]]:
        """Column of ``to_frame("units")`` → the lowest and the highest value that it can have."""
        names = self._names(self.told.table["key"][: len(self.told.table) // max(len(self), 1)])
        return {} if self.bounds is None else dict.fromkeys(names, self.bounds)

    def to_table(self, what: str = "scores", rows: str = "scores", language: Language | str | None = None) -> Table:
        """Return the means of units.

        Parameters
        ----------
        what
            "scores": a row per unit and score, with n, mean, standard deviation and standard error. "units": a row per
            unit, with its respondents and a column for each mean, which is what `servqual.chain.UnitTable` takes.
        rows
            "scores" (dimensions and overall), "items" or "all".
        language
            Of title and notes; with "scores" it adds the names of items and dimensions.
        """
        if chosen("what", what, ("scores", "units")) == "units":
            return self._wide(rows, language)
        mark = [mark_beside(self.by)] if mark_beside(self.by) in self.told.table.columns else []
        return rows_of(self.told, (*self.by, "key", *_NUMBERS, *mark), rows, language)

    def to_frame(self, what: str = "scores", backend: str | None = None) -> Any:
        """Return all numbers: a row per unit and score, or with "units" a row per unit and a column per mean."""
        wide = chosen("what", what, ("scores", "units")) == "units"
        return (self._wide("all", None) if wide else self.told.table).to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, a row per unit and score."""
        bounds = None if self.bounds is None else list(self.bounds)
        asked = {"by": list(self.by), "model": name_of(self.model), "bounds": bounds}
        return {"reading": "unit_means", **asked, **self.told.whole().to_dict()}

    def _wide(self, rows: str, language: Language | str | None) -> Table:
        long = rows_of(self.told, (*self.by, "key", _PEOPLE, "mean"), rows, language)
        if not len(long):
            raise ArgumentError(Problem("rows", repr(rows), "means of items are formed on request", "items=True"))
        size = len(long) // len(self)
        people = long[_PEOPLE]
        columns: dict[str, list[Any]] = {name: list(long[name][::size]) for name in self.by}
        units = (people[start : start + size] for start in range(0, len(long), size))
        columns[_PEOPLE] = [next((each for each in unit if each is not None), None) for unit in units]
        for place, name in enumerate(self._names(long["key"][:size])):
            columns[name] = list(long["mean"][place::size])
        return Table(columns, long.title, long.notes, backend=long.backend)

    def _names(self, keys: Iterable[Any]) -> list[str]:
        """Return what columns of means are called: as the scores, with a dash below where that name is taken."""
        taken = [*self.by, _PEOPLE]
        for key in keys:
            taken.append(f"{key}_" if key in taken else str(key))
        return taken[len(self.by) + 1 :]
