"""`PromiseAudit`: how far the sixteen tactics of promise management are in use, and `PromiseAnswers`."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.labels import Label, Language
from servqual.operations.picked_rows import PickedRows
from servqual.operations.promises.promise_words import PromiseFamily, PromiseVerdict
from servqual.statistics import Inapplicable

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class AuditScore:
    """One family of tactics, or one tactic.

    Attributes
    ----------
    about, key, family
        "family" or "tactic", which, and of which family.
    n
        Respondents with a score.
    mean, low, high
        Mean answer with Student's interval.
    index
        The mean as 0 to 100 of the scale's length.
    weakest
        Whether it is the least used family, or the least used tactic of its family.
    """

    about: str
    key: str
    family: PromiseFamily
    n: float
    mean: Number
    low: Number
    high: Number
    index: Number
    weakest: bool

    def __repr__(self) -> str:
        return f"<AuditScore {self.key}: {float(self.mean):.3f}, index {float(self.index):.0f}>"


@frozen(eq=False, repr=False, kw_only=True)
class PromiseAudit(PickedRows[AuditScore]):
    """How far each family and each tactic of promise management is in use.

    Attributes
    ----------
    rows
        Four families, then sixteen tactics; ``audit["promises"]`` and ``audit["promises_3"]`` pick one.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    reading: ClassVar[str] = "audit_promises"
    named: ClassVar[str] = "key"

    def __repr__(self) -> str:
        said = ", ".join(f"{row.key} {float(row.index):.0f}" for row in self.rows if row.about == "family")
        return f"<PromiseAudit, index: {said}>"

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"family": [row.family.label.text(language) for row in self.rows]}

    def weakest_tactic(self, family: PromiseFamily | str) -> AuditScore:
        """Return the tactic of a family that is used least."""
        tactics = [row for row in self.rows if row.about == "tactic" and row.family == PromiseFamily(family)]
        return next((row for row in tactics if row.weakest), tactics[0])


@frozen(kw_only=True, repr=False)
class PromiseAnswer:
    """What answers one attribute's shortfall.

    Attributes
    ----------
    attribute, verdict, standardised
        As of `PromiseGap`.
    family, family_index
        What answers it, and how far it is in use, 0 to 100.
    tactic, tactic_index
        The least used tactic of that family, to begin with.
    """

    attribute: str
    verdict: PromiseVerdict
    standardised: Number
    family: PromiseFamily
    family_index: Number
    tactic: str
    tactic_index: Number

    def __repr__(self) -> str:
        return f"<PromiseAnswer {self.attribute}: {self.family}, begin with {self.tactic}>"


@frozen(eq=False, repr=False, kw_only=True)
class PromiseAnswers(PickedRows[PromiseAnswer]):
    """What answers the promise gaps, the deepest gap first.

    Attributes
    ----------
    rows
        One `PromiseAnswer` for each attribute that has a clear shortfall.
    told
        The same as columns, with title and notes in English and Chinese.
    tactics
        What the tactic of each row is called.
    """

    reading: ClassVar[str] = "answer_promises"
    named: ClassVar[str] = "attribute"

    tactics: tuple[Label, ...]

    def __repr__(self) -> str:
        if not self.rows:
            return "<PromiseAnswers: no clear shortfall>"
        return f"<PromiseAnswers: {self.rows[0].attribute} first, by {self.rows[0].family}>"

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {
            "verdict": [row.verdict.label.text(language) for row in self.rows],
            "family": [row.family.label.text(language) for row in self.rows],
            "tactic": [tactic.text(language) for tactic in self.tactics],
        }
