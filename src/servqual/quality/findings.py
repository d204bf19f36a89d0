"""`Finding`: one thing that the critic has to say, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import frozen

from servqual.labels import Label, Language
from servqual.quality.critic_words import WORDS


class Severity(StrEnum):
    """How much a finding weighs.

    SERIOUS
        Conclusions that rest on it should not be drawn.
    WARNING
        They should be drawn with the remedy, or with care.
    NOTE
        Worth knowing.
    """

    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    @property
    def label(self) -> Label:
        """Its name in English and Chinese."""
        return Label(self.value, {"serious": "严重", "warning": "警告", "note": "提示"}[self.value])


class FindingKind(StrEnum):
    """What the critic looks for."""

    UNRELIABLE_DIFFERENCE = "unreliable_difference"
    PERCEPTION_EXPLAINS_MORE = "perception_explains_more"
    EXPECTATION_ADDS_NOTHING = "expectation_adds_nothing"
    DIFFERENCE_IMPOSED = "difference_imposed"
    EXPECTATION_CEILING = "expectation_ceiling"
    WEAK_DIMENSION = "weak_dimension"
    ONE_ITEM_DIMENSION = "one_item_dimension"
    DIMENSIONS_NOT_SEPARATE = "dimensions_not_separate"
    CARELESS_ANSWERS = "careless_answers"
    CLUSTERED_ANSWERS = "clustered_answers"
    SMALL_GROUPS = "small_groups"
    MISSING_NOT_AT_RANDOM = "missing_not_at_random"

    @property
    def label(self) -> Label:
        """What is said when it is found."""
        return WORDS[self.value].title


@frozen
class Evidence:
    """One number behind a finding.

    Attributes
    ----------
    measure
        What the number is.
    value
        Not rounded.
    about
        Which dimension, level, column or pair it is of; None where it is of all.
    form
        How it is shown: a format specification.
    """

    measure: Label
    value: float
    about: Label | None = None
    form: str = ".2f"

    @property
    def shown(self) -> str:
        """The value in its form."""
        return format(self.value, self.form)


@frozen
class Finding:
    """One thing that the critic has to say.

    Attributes
    ----------
    kind, severity
        What was found, and how much it weighs.
    evidence
        The numbers, worst first.
    meaning, remedy
        In one sentence each, in English and Chinese.
    excess
        How far beyond its threshold the worst number lies, 1 at the threshold; ranks findings of one severity.
    """

    kind: FindingKind
    severity: Severity
    evidence: tuple[Evidence, ...]
    meaning: Label
    remedy: Label
    excess: float

    @property
    def title(self) -> Label:
        """What is said in a few words."""
        return self.kind.label

    @property
    def reference(self) -> str:
        """Where to read about it."""
        return WORDS[self.kind.value].reference

    def __str__(self) -> str:
        return self.text()

    def text(self, language: Language | str = Language.ENGLISH, most: int = 6) -> str:
        """Return title, meaning, evidence, remedy and reference as a paragraph; of each measure `most` numbers."""
        tongue = Language(language)
        lines = (
            f"[{self.severity.label.text(tongue)}] {self.title.text(tongue)}",
            self.meaning.text(tongue),
            self.evidence_text(tongue, most),
            self.remedy.text(tongue),
            self.reference,
        )
        return "\n  ".join(line for line in lines if line)

    def evidence_text(self, language: Language | str = Language.ENGLISH, most: int = 6) -> str:
        """Return the numbers in words, those of one measure together."""
        tongue = Language(language)
        measures: dict[str, list[str]] = {}
        for each in self.evidence:
            about = f"{each.about.text(tongue)} " if each.about is not None else ""
            measures.setdefault(each.measure.text(tongue), []).append(f"{about}{each.shown}")
        colon, comma, stop = ("：", "，", "；") if tongue is Language.CHINESE else (": ", ", ", "; ")
        cut = {name: shown[:most] + (["…"] if len(shown) > most else []) for name, shown in measures.items()}
        return stop.join(f"{name}{colon}{comma.join(shown)}" for name, shown in cut.items())

    def to_dict(self) -> dict[str, Any]:
        """Return everything as a JSON-safe dictionary, in both languages."""
        return {
            "kind": str(self.kind),
            "severity": str(self.severity),
            "title": _both(self.title),
            "meaning": _both(self.meaning),
            "evidence": [
                {
                    "measure": _both(each.measure),
                    "about": None if each.about is None else _both(each.about),
                    "value": each.value if abs(each.value) < float("inf") else None,
                }
                for each in self.evidence
            ],
            "remedy": _both(self.remedy),
            "reference": self.reference,
        }


@frozen
class Unchecked:
    """What could not be looked at, and why."""

    kind: FindingKind
    reason: Label


def found(
    kind: FindingKind,
    severity: Severity,
    evidence: tuple[Evidence, ...],
    numbers: Mapping[str, Any],
    *,
    excess: float,
    variant: str = "",
) -> Finding:
    """Return a finding whose sentences are filled with these numbers; texts may differ between languages as labels."""
    spoken = WORDS[kind.value].spoken(variant)
    meaning, remedy = (Label(_filled(each.en, numbers, "en"), _filled(each.zh, numbers, "zh")) for each in spoken)
    return Finding(kind, severity, evidence, meaning, remedy, excess)


def _filled(template: str, numbers: Mapping[str, Any], language: str) -> str:
    return template.format(
        **{name: each.text(language) if isinstance(each, Label) else each for name, each in numbers.items()}
    )


def _both(label: Label) -> dict[str, str]:
    return {"en": label.en, "zh": label.text("zh")}
