"""`Diagnosis`: where a service falls short, why, and what to mend first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.gap_model.diagnosed_gap import DiagnosedGap
from servqual.gap_model.diagnosis_sentences import first_words, further_words, opening
from servqual.gap_model.diagnosis_tables import gap_columns, remedy_columns
from servqual.gap_model.gap_words import OVERALL, GapName
from servqual.gap_model.influence_results import Influences
from servqual.gap_model.lookups import looked_up
from servqual.labels import Label, Language
from servqual.statistics.inapplicable import Inapplicable
from servqual.tables import Cell, Table
from servqual.telling import chosen

_TITLE = Label("Diagnosis of the gaps", "差距诊断")
_NO_CAUSES = Label("no antecedents were measured", "未测量差距的成因")
VIEWS = ("gaps", "causes", "remedies")


@frozen(eq=False, repr=False, kw_only=True)
class Diagnosis:
    """Gaps by size and certainty, their causes by strength and evidence, and the remedies that answer these.

    Attributes
    ----------
    gaps
        The gaps of the chain in order of rank, then Gap 5 and the promise gap; ``diagnosis["gap_3"]`` picks one.
    influences
        All that was learnt of causes; None where no antecedents were measured.
    dimension
        Whose gaps.
    confidence
        Of intervals; one minus it is the level of findings.
    notes
        What a reader must know, in English and Chinese.
    """

    gaps: tuple[DiagnosedGap, ...]
    influences: Influences | None
    dimension: str
    confidence: float
    notes: tuple[Label, ...]

    def __len__(self) -> int:
        return len(self.gaps)

    def __iter__(self) -> Iterator[DiagnosedGap]:
        return iter(self.gaps)

    def __getitem__(self, gap: GapName | str) -> DiagnosedGap:
        return self.gaps[looked_up(gap, OVERALL, [row.gap for row in self.gaps], [OVERALL])[0]]

    @property
    def first(self) -> DiagnosedGap | None:
        """The gap to start with; None where no gap of the chain was shown to fall short."""
        return next(iter(self.shortfalls), None)

    @property
    def shortfalls(self) -> tuple[DiagnosedGap, ...]:
        """The gaps of the chain that were shown to fall short, the largest first."""
        return tuple(row for row in self.gaps if row.falls_short and not isinstance(row.rank, Inapplicable))

    def __repr__(self) -> str:
        first = self.first
        if first is None:
            return "<Diagnosis: no gap shown to fall short>"
        why = f", {first.found[0][0].key}" if first.found else ""
        return f"<Diagnosis: start with {first.gap.key}{why}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def bottom_line(self, language: Language | str = Language.ENGLISH) -> str:
        """Return in words the one gap and the one cause to start with, and how sure that is."""
        tongue = Language(language)
        if self.first is None:
            return opening(tongue)
        return first_words(self.first, self.confidence, tongue, measured=self.influences is not None)

    def text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the diagnosis in words: the bottom line, then every further gap that falls short."""
        tongue = Language(language)
        further = [further_words(row, self.confidence, tongue) for row in self.shortfalls[1:]]
        return "\n".join([self.bottom_line(tongue), *further])

    def to_table(self, view: str = "gaps", *, language: Language | str | None = None) -> Table:
        """Return the gaps with their first causes, all "causes", or the "remedies" of causes that were found.

        Parameters
        ----------
        view
            "gaps", "causes" or "remedies".
        language
            Adds the names of gaps and causes, and says findings and notes in it. Remedies are in English without it.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        tongue = Language.ENGLISH if language is None else Language(language)
        if chosen("view", view, VIEWS) == "gaps":
            return self._table(gap_columns(self.gaps, tongue, named=language is not None), tongue)
        if view == "remedies":
            return self._table(remedy_columns(self.shortfalls, tongue, named=language is not None), tongue)
        if self.influences is None:
            return Table({"outcome": [], "key": []}, _TITLE.text(tongue), [_NO_CAUSES.text(tongue)])
        return self.influences.to_table(language=language)

    def _table(self, columns: dict[str, list[Cell]], tongue: Language) -> Table:
        notes = [] if self.influences is not None else [_NO_CAUSES.text(tongue)]
        line = self.bottom_line(tongue)
        return Table(columns, _TITLE.text(tongue), [line, *notes, *(note.text(tongue) for note in self.notes)])

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per gap, with its first cause where one was found."""
        return Table(gap_columns(self.gaps, None, named=False)).to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers and words as a JSON-safe dictionary."""
        texts = {str(each): self.text(each) for each in Language}
        asked = {"dimension": self.dimension, "confidence": self.confidence, "text": texts}
        gaps = Table(gap_columns(self.gaps, None, named=False)).to_dict()["columns"]
        remedies = Table(remedy_columns(self.shortfalls, Language.ENGLISH, named=False)).to_dict()["columns"]
        influences = None if self.influences is None else self.influences.to_dict()
        notes = [note.en for note in self.notes]
        whole = {"gaps": gaps, "remedies": remedies, "influences": influences, "notes": notes}
        return {"reading": "diagnosis", **asked, **whole}
