"""`critique`: the library's own referee."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy.typing as npt
from attrs import frozen

from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.quality.criterion_reading import Explained
from servqual.quality.critic_case import Case, case_of
from servqual.quality.difference_checks import (
    difference_imposed,
    expectation_adds_nothing,
    expectation_ceiling,
    perception_explains_more,
    unreliable_difference,
)
from servqual.quality.dimension_checks import dimensions_not_separate, one_item_dimension, weak_dimension
from servqual.quality.door import By, check_is_source
from servqual.quality.findings import Finding, FindingKind, Severity, Unchecked
from servqual.quality.respondent_checks import (
    careless_answers,
    clustered_answers,
    missing_not_at_random,
    small_groups,
)
from servqual.quality.thresholds import Thresholds
from servqual.scoring import Summary
from servqual.survey import Survey
from servqual.tables import Table

Check = Callable[[Case], "Finding | Unchecked | None"]
_CHECKS: Mapping[FindingKind, Check] = {
    FindingKind.UNRELIABLE_DIFFERENCE: unreliable_difference,
    FindingKind.PERCEPTION_EXPLAINS_MORE: perception_explains_more,
    FindingKind.EXPECTATION_ADDS_NOTHING: expectation_adds_nothing,
    FindingKind.DIFFERENCE_IMPOSED: difference_imposed,
    FindingKind.EXPECTATION_CEILING: expectation_ceiling,
    FindingKind.WEAK_DIMENSION: weak_dimension,
    FindingKind.ONE_ITEM_DIMENSION: one_item_dimension,
    FindingKind.DIMENSIONS_NOT_SEPARATE: dimensions_not_separate,
    FindingKind.CARELESS_ANSWERS: careless_answers,
    FindingKind.CLUSTERED_ANSWERS: clustered_answers,
    FindingKind.SMALL_GROUPS: small_groups,
    FindingKind.MISSING_NOT_AT_RANDOM: missing_not_at_random,
}


@frozen(eq=False, repr=False)
class Critique:
    """What the critic has to say of a survey, worst first.

    Attributes
    ----------
    instrument, respondents
        What was asked, and of how many.
    findings
        By severity, then by how far they lie beyond their thresholds.
    sound
        What was looked at without a finding.
    unchecked
        What could not be looked at, and why.
    explained
        What perception and expectation explain of the criterion; None without one.
    thresholds
        From where on something was a finding.
    language
        Of texts and tables, unless another is asked for.
    """

    instrument: Instrument
    respondents: int
    findings: tuple[Finding, ...]
    sound: tuple[FindingKind, ...]
    unchecked: tuple[Unchecked, ...]
    explained: Explained | None
    thresholds: Thresholds
    language: Language
    backend: str = "pandas"

    def __repr__(self) -> str:
        counts = {each: sum(finding.severity is each for finding in self.findings) for each in Severity}
        named = {
            each: f"{each}s" if counts[each] > 1 and each is not Severity.SERIOUS else str(each) for each in Severity
        }
        told = ", ".join(f"{count} {named[each]}" for each, count in counts.items() if count)
        return f"<Critique of {self.instrument.name!r}, {self.respondents} respondents: {told or 'nothing found'}>"

    def __str__(self) -> str:
        return self.text()

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def text(self, language: Language | str | None = None) -> str:
        """Return all findings as paragraphs, then what was sound and what could not be looked at."""
        tongue = self._tongue(language)
        paragraphs = [finding.text(tongue) for finding in self.findings] or [_NOTHING.text(tongue)]
        return "\n\n".join([*paragraphs, *self.notes(tongue)])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each finding, worst first: severity, finding, evidence, meaning, remedy, reference."""
        tongue = self._tongue(language)
        columns: dict[str, list[Any]] = {
            "severity": [each.severity.label.text(tongue) for each in self.findings],
            "finding": [each.title.text(tongue) for each in self.findings],
            "evidence": [each.evidence_text(tongue) for each in self.findings],
            "meaning": [each.meaning.text(tongue) for each in self.findings],
            "remedy": [each.remedy.text(tongue) for each in self.findings],
            "reference": [each.reference for each in self.findings],
        }
        name = self.instrument.label.text(tongue)
        title = f"{name}：评审意见" if tongue is Language.CHINESE else f"{name}: critique"
        return Table(columns, title, self.notes(tongue), backend=self.backend)

    def evidence_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each number behind a finding."""
        tongue = self._tongue(language)
        rows = [(finding, each) for finding in self.findings for each in finding.evidence]
        columns: dict[str, list[Any]] = {
            "kind": [str(finding.kind) for finding, _ in rows],
            "severity": [str(finding.severity) for finding, _ in rows],
            "measure": [each.measure.text(tongue) for _, each in rows],
            "about": [None if each.about is None else each.about.text(tongue) for _, each in rows],
            "value": [float(each.value) for _, each in rows],
        }
        return Table(columns, self.instrument.label.text(tongue), backend=self.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the evidence as a data frame, one row for each number."""
        return self.evidence_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as a JSON-safe dictionary, texts in both languages."""
        return {
            "reading": "critique",
            "instrument": self.instrument.name,
            "respondents": self.respondents,
            "findings": [finding.to_dict() for finding in self.findings],
            "explained": None if self.explained is None else self.explained.to_dict(),
            "sound": [str(kind) for kind in self.sound],
            "unchecked": [{"kind": str(each.kind), "reason": each.reason.en} for each in self.unchecked],
        }

    def notes(self, language: Language | str | None = None) -> list[str]:
        """Return what was sound and what could not be looked at, a sentence each."""
        return [note.text(self._tongue(language)) for note in self._notes()]

    def _notes(self) -> Iterator[Label]:
        if self.sound:
            english = "; ".join(kind.label.en for kind in self.sound)
            chinese = "；".join(kind.label.text("zh") for kind in self.sound)
            yield Label(f"looked for and not found: {english}", f"已检查而未发现：{chinese}")
        reasons: dict[Label, list[Label]] = {}
        for each in self.unchecked:
            reasons.setdefault(each.reason, []).append(each.kind.label)
        for reason, kinds in reasons.items():
            english, chinese = "; ".join(kind.en for kind in kinds), "；".join(kind.text("zh") for kind in kinds)
            yield Label(f"not looked for ({reason.en}): {english}", f"未能检查（{reason.text('zh')}）：{chinese}")

    def _tongue(self, language: Language | str | None) -> Language:
        return self.language if language is None else Language(language)


_NOTHING = Label("Nothing found that speaks against these numbers.", "未发现不利于这些数字的问题。")


def critique(
    source: Survey | Summary,
    *,
    criterion: npt.ArrayLike | str | None = None,
    by: By = None,
    thresholds: Thresholds | None = None,
    language: Language | str = Language.ENGLISH,
) -> Critique:
    """The critic: what speaks against the numbers of this survey, worst first, each with evidence, meaning and remedy.

    Looks for unreliable difference scores; for a criterion that perceptions explain better than gaps, to which
    expectations add nothing, or of which the difference is no sound model; for expectations at the ceiling; for weak
    dimensions, those of one item and those that do not separate; for careless answers, clusters that are ignored, means
    of small groups, and answers that are missing not at random. What was sound and what could not be looked at is said
    as well.

    With a criterion y, an overall rating by the same people, mean perception P and mean expectation E (over items
    answered at both levels) enter ``y = b₀ + b₁P + b₂E`` and the response surface with P², PE and E². The gap P − E is
    a sound model if ``b₁ = −b₂`` and the surface is a plane; both are tested by F. Least squares from cross-products,
    errors independent and of one variance; Kish's effective n under sampling weights.

    Parameters
    ----------
    source
        A survey; of a summary, what can be told of it.
    criterion
        A number for each respondent, NaN where there is none; or the name of a grouping column with numbers.
    by
        Grouping columns to look at; by default all. Columns of ten and more groups are looked at as clusters.
    thresholds
        From where on something is a finding.
    language
        Of texts and tables.

    Raises
    ------
    JointAnswersError
        A criterion where perceptions and expectations of the same people are not at hand.
    SurveyError, GroupError
        A criterion that does not fit the respondents; a column that there is not.
    ArgumentError
        What is neither a survey nor a summary.

    References
    ----------
    Peter, Churchill & Brown 1993, Journal of Consumer Research 19(4):655-662; Cronin & Taylor 1992, Journal of
    Marketing 56(3):55-68; Edwards & Parry 1993, Academy of Management Journal 36(6):1577-1613. Each finding names its
    own.

    Examples
    --------
    >>> from servqual import simulate
    >>> critique(simulate.example())
    <Critique of 'servqual', 400 respondents: 2 warnings>
    """
    check_is_source(source)
    limits = Thresholds() if thresholds is None else thresholds
    case = case_of(source, criterion, by, limits)
    verdicts = {kind: check(case) for kind, check in _CHECKS.items()}
    findings = [each for each in verdicts.values() if isinstance(each, Finding)]
    findings.sort(key=lambda each: (each.severity.rank, -each.excess))
    return Critique(
        instrument=case.instrument,
        respondents=len(case.summary),
        findings=tuple(findings),
        sound=tuple(kind for kind, verdict in verdicts.items() if verdict is None),
        unchecked=tuple(each for each in verdicts.values() if isinstance(each, Unchecked)),
        explained=case.explained if isinstance(case.explained, Explained) else None,
        thresholds=limits,
        language=Language(language),
        backend=case.summary.backend,
    )
