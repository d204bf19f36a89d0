"""`Verdicts`: what became of each law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from servqual.errors import LawBroken, Problem, UnknownLawError, did_you_mean
from servqual.tables import Table


class Outcome(StrEnum):
    """What can become of a law."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"
    EXPECTED_FAILURE = "expected failure"


@frozen
class Verdict:
    """What became of one law: its name, what it states, the outcome, and what shows it."""

    law: str
    statement: str
    outcome: Outcome
    evidence: str


def _verdicts_of(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    return tuple(verdicts)


def _notes_of(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(notes)


@frozen(repr=False)
class Verdicts:
    """One verdict for each law, in the order of the book, on one scoring model.

    Attributes
    ----------
    model
        The model in words.
    verdicts
        One for each law.
    notes
        What was left out, and why.
    """

    model: str
    verdicts: tuple[Verdict, ...] = field(converter=_verdicts_of)
    notes: tuple[str, ...] = field(default=(), converter=_notes_of)

    @property
    def passed(self) -> bool:
        """Whether no law failed that was not expected to."""
        return not self.failed

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts on laws that failed; also on those that were expected to and did not."""
        return tuple(each for each in self if each.outcome is Outcome.FAILED)

    @property
    def count(self) -> str:
        """How many laws were run, and what became of how many.

        Examples
        --------
        >>> from servqual import Difference
        >>> from servqual.testing import check_scoring_model
        >>> check_scoring_model(Difference(), examples=5).count
        '16 laws run: 15 passed, 1 not applicable'
        """
        counts = Counter(each.outcome for each in self)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
        return f"{len(self)} laws run: {told}"

    def raise_if_failed(self) -> None:
        """Raise where any law failed.

        Raises
        ------
        LawBroken
            All of them, each with what shows it.
        """
        if self.failed:
            raise LawBroken(
                *(Problem(f"{self.model}, {each.law}", each.evidence, each.statement) for each in self.failed)
            )

    def to_table(self) -> Table:
        """Return law, verdict and evidence, one row per law, with the count below."""
        columns = {
            "law": [each.law for each in self],
            "verdict": [str(each.outcome) for each in self],
            "evidence": [each.evidence for each in self],
        }
        return Table(columns, f"Laws of scoring models: {self.model}", (self.count, *self.notes))

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the table as a data frame."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the table as a JSON-safe dictionary."""
        return self.to_table().to_dict()

    def __getitem__(self, law: str) -> Verdict:
        for each in self:
            if each.law == law:
                return each
        known = [each.law for each in self]
        raise UnknownLawError(Problem("law", repr(law), "there is no such law", did_you_mean(law, known)))

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __len__(self) -> int:
        return len(self.verdicts)

    def __str__(self) -> str:
        return str(self.to_table())

    def __repr__(self) -> str:
        return f"<Verdicts on {self.model}: {self.count}>"
