"""`PromiseGaps`: what is promised against what is delivered and expected."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import evolve, frozen

from servqual.labels import Language
from servqual.operations.picked_rows import PickedRows
from servqual.operations.promises.promise_words import SIDE_LABELS, PromiseFamily, PromiseVerdict
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class PromiseGap:
    """One attribute; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    attribute, n
        Which, and how many deliveries there are.
    expected, promised, briefed, delivered, perceived
        Means, or the numbers given.
    gap, low, high
        Delivered less promised, turned so that below zero is a shortfall, with Student's interval.
    sd, standardised
        Standard deviation of what is delivered, and the gap in units of it.
    p, p_holm
        The t test of a gap of zero, two-sided; adjusted over all attributes.
    failed, failed_low, failed_high
        Share of customers who got less than was promised, with Wilson's interval.
    verdict
        What `p_holm` says at the level ``1 − confidence``.
    family
        The family of tactics that answers the largest clear shortfall between neighbouring sides; None where none is
        clear.
    """

    attribute: str
    n: float
    expected: Number
    promised: Number
    briefed: Number
    delivered: Number
    perceived: Number
    gap: Number
    low: Number
    high: Number
    sd: Number
    standardised: Number
    p: Number
    p_holm: Number
    failed: Number
    failed_low: Number
    failed_high: Number
    verdict: PromiseVerdict
    family: PromiseFamily | None

    def __repr__(self) -> str:
        ends = "" if isinstance(self.low, Inapplicable) else f" ({self.low:.3f} to {float(self.high):.3f})"
        return f"<PromiseGap {self.attribute}: {float(self.gap):.3f}{ends}; {self.verdict.label}>"


@frozen(kw_only=True)
class PromiseStep:
    """The step from one side to the next of one attribute.

    Attributes
    ----------
    attribute, early, late
        Which, and from where to where, such as "expected" to "promised".
    difference, low, high
        The later side less the earlier one, turned so that below zero is a shortfall.
    p
        Of the t test, two-sided.
    family
        The tactics that answer a shortfall here.
    """

    attribute: str
    early: str
    late: str
    difference: Number
    low: Number
    high: Number
    p: Number
    family: PromiseFamily


@frozen(eq=False, repr=False, kw_only=True)
class PromiseGaps(PickedRows[PromiseGap]):
    """What is promised against what is delivered and expected, attribute by attribute.

    Attributes
    ----------
    rows
        One `PromiseGap` for each attribute; ``gaps["wait"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    steps
        Differences of neighbouring sides, from what is expected to what is perceived; they add up.
    told_steps
        The same as columns.
    """

    reading: ClassVar[str] = "promise_gaps"
    named: ClassVar[str] = "attribute"

    steps: tuple[PromiseStep, ...]
    told_steps: Told

    def __repr__(self) -> str:
        counts = {each: sum(row.verdict is each for row in self.rows) for each in PromiseVerdict}
        said = ", ".join(f"{count} {each}" for each, count in counts.items() if count)
        return f"<PromiseGaps of {len(self)} attributes: {said}>"

    @property
    def largest(self) -> PromiseGap | None:
        """The attribute with the largest shortfall in standard deviations; None where none is overpromised."""
        over = [row for row in self.rows if row.verdict is PromiseVerdict.OVERPROMISED]
        return min(over, key=lambda row: _depth(row.standardised), default=None)

    def steps_table(self, language: Language | str | None = None) -> Table:
        """Return the differences of neighbouring sides, with the family that answers a shortfall in each."""
        table = self.told_steps.view(list(self.told_steps.table.columns), None, language, named="attribute")
        tongue = Language.ENGLISH if language is None else Language(language)
        words = {side: [SIDE_LABELS[str(each)].text(tongue) for each in table[side]] for side in ("early", "late")}
        families = [step.family.label.text(tongue) for step in self.steps]
        return evolve(table, columns={**table.columns, **words, "family": families})

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {
            "verdict": [row.verdict.label.text(language) for row in self.rows],
            "family": [None if row.family is None else row.family.label.text(language) for row in self.rows],
        }

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        return {**super().to_dict(), "steps": self.told_steps.whole().to_dict()["columns"]}


def _depth(standardised: Number) -> float:
    """Return a number to sort by: what has none is deepest, for its deliveries never vary."""
    return float("-inf") if isinstance(standardised, Inapplicable) else standardised
