"""`Tracing`: which standards serve which dimension of service quality, and which dimensions have none."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from attrs import field, frozen

from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.standard import Standard
from servqual.tables import Table
from servqual.telling import Number, Reading, Told


class TraceState(StrEnum):
    """What stands behind a dimension.

    NO_STANDARD
        No standard serves it: evidence for Gap 2, the gap between what is known of customers and what is specified.
    UNMEASURED
        Standards serve it, and no cases tell whether they are kept: nobody can say anything of Gap 3.
    MISSED
        A standard that serves it is missed: evidence for Gap 3.
    OPEN
        The cases do not tell yet.
    MET
        What is measured of its standards is kept.
    """

    NO_STANDARD = "no_standard"
    UNMEASURED = "unmeasured"
    MISSED = "missed"
    OPEN = "open"
    MET = "met"

    @property
    def label(self) -> Label:
        """The state in English and Chinese."""
        return _STATES[self]


_STATES = {
    TraceState.NO_STANDARD: Label("no standard: evidence for Gap 2", "没有标准：差距二的证据"),
    TraceState.UNMEASURED: Label("standards, not measured", "有标准，但未测量"),
    TraceState.MISSED: Label("a standard is missed: evidence for Gap 3", "有标准未达标：差距三的证据"),
    TraceState.OPEN: Label("measured, open", "已测量，尚无定论"),
    TraceState.MET: Label("standards are met", "标准达标"),
}


@frozen(kw_only=True)
class TracedDimension:
    """One dimension with the standards that serve it.

    Attributes
    ----------
    dimension
        Its key.
    standards
        Keys of the standards that serve it.
    hard, soft
        How many of them are timed or counted, and how many perceived.
    measured, met, missed
        How many have cases, and of how many the interval says that they are met, or missed.
    importance
        Its share of the importance of all dimensions, where that was given.
    state
        What that comes to.
    """

    dimension: str
    standards: tuple[str, ...]
    hard: int
    soft: int
    measured: int
    met: int
    missed: int
    importance: Number
    state: TraceState


@frozen(eq=False, repr=False)
class Tracing(Reading[TracedDimension]):
    """From what customers ask to standards, and from standards to the dimensions that they serve.

    Attributes
    ----------
    rows
        One `TracedDimension` each; ``found["empathy"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    standards, found
        The standards, and the conformance of each that was measured, by key.
    """

    reading: ClassVar[str] = "tracing"
    named: ClassVar[str] = "dimension"
    standards: tuple[Standard, ...] = field(kw_only=True)
    found: dict[str, Conformance] = field(kw_only=True)
    requirements: Told = field(kw_only=True)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Dimensions that no standard serves: evidence for Gap 2."""
        return tuple(row.dimension for row in self.rows if row.state is TraceState.NO_STANDARD)

    @property
    def uncovered_importance(self) -> Number:
        """The share of all importance that lies on dimensions without a standard."""
        known = [row.importance for row in self.rows]
        if not all(isinstance(each, float) for each in known):
            return known[0]
        return sum((float(row.importance) for row in self.rows if row.dimension in self.uncovered), 0.0)

    @property
    def untraced(self) -> tuple[str, ...]:
        """Standards that serve no dimension: whose requirement are they."""
        return tuple(each.key for each in self.standards if not each.dimensions)

    def __getitem__(self, dimension: str) -> TracedDimension:
        found = next((row for row in self.rows if row.dimension == dimension), None)
        if found is None:
            known = [row.dimension for row in self.rows]
            raise ArgumentError(
                Problem("dimension", f"no {dimension!r}", "it is one that was traced", did_you_mean(dimension, known))
            )
        return found

    def __repr__(self) -> str:
        none = ", ".join(self.uncovered) or "none"
        return f"<Tracing of {len(self.standards)} standards to {len(self)} dimensions; without a standard: {none}>"

    def requirements_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each standard: what customers asked, its limits, its target, and how far it is kept."""
        tongue = Language.ENGLISH if language is None else Language(language)
        held = [
            name
            for name in self.requirements.table.columns
            if any(c is not None for c in self.requirements.table[name])
        ]
        view = self.requirements.view(held, language=language, named="standard")
        words: dict[str, list[Any]] = {
            "requirement": [None if e.requirement is None else e.requirement.text(tongue) for e in self.standards],
            "limits": [each.limits.text(tongue) for each in self.standards],
            "kind": [each.kind.label.text(tongue) for each in self.standards],
            "verdict": [
                self.found[each.key].overall.verdict.label.text(tongue) if each.key in self.found else None
                for each in self.standards
            ],
        }
        shown = {**view.columns, **{name: words[name] for name in words if name in view.columns}}
        return Table(shown, view.title, view.notes, view.digits, view.backend)

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"state": [row.state.label.text(language) for row in self.rows]}
