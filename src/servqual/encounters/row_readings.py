"""`RowReading`: rows of numbers about encounters, picked by what they are about."""

from __future__ import annotations

from typing import Any, TypeVar

from attrs import frozen

from servqual.errors import EncounterError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.telling import Reading

Row = TypeVar("Row")


@frozen(eq=False, repr=False)
class RowReading(Reading[Row]):
    """A reading whose rows are picked by what they are about: ``found["act"]``."""

    def __getitem__(self, key: str) -> Row:
        known = [str(getattr(row, self.named)) for row in self.rows]
        if str(key) not in known:
            raise EncounterError(Problem(self.named, f"no {key!r}", "it is none of the rows", did_you_mean(key, known)))
        return self.rows[known.index(str(key))]

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {name: [said(each, language) for each in labels] for name, labels in self._labels().items()}

    def _labels(self) -> dict[str, list[Label | None]]:
        """Return columns whose cells are words."""
        return {}


def said(label: Label | None, language: Language) -> str | None:
    """Return a word in a language, or nothing where there is none."""
    return None if label is None else label.text(language)
