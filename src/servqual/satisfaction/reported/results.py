"""`ReportedScores`: a score that people report, of everybody and of each group, with its intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from servqual.errors import Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import ArgumentError, Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class ReportedScore:
    """What scores that people report have in common.

    Attributes
    ----------
    group
        "all", or the label of a group.
    n, effective_n, missing
        Respondents who answered, equally weighted ones that would tell as much, and those without an answer.
    score
        In the units of the score.
    se, low, high
        Its standard error, and the interval that was asked for.
    """

    group: str
    n: float
    effective_n: Number
    missing: float
    score: Number
    se: Number
    low: Number
    high: Number

    def __repr__(self) -> str:
        name = type(self).__name__
        if isinstance(self.score, Inapplicable):
            return f"<{name} of {self.group}: {self.score}>"
        ends = f"{float(self.low):.2f} to {float(self.high):.2f}"
        return f"<{name} of {self.group}: {self.score:.2f} ({ends}), n {self.n:g}>"


Row = TypeVar("Row", bound=ReportedScore)


@frozen(eq=False, repr=False)
class ReportedScores(Generic[Row]):
    """A score of everybody and of each group; ``scores["north"]`` picks one.

    Attributes
    ----------
    kind
        "nps", "csat" or "ces".
    rows
        One for everybody, then one for each group.
    told
        The same as columns, with title and notes in English and Chinese.
    confidence, interval
        Of the intervals, and how those named `low` and `high` were made.
    asked
        What else was asked: thresholds, boxes, direction.
    """

    kind: str
    rows: tuple[Row, ...]
    told: Told
    confidence: float
    interval: str
    asked: Mapping[str, Any] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, group: str) -> Row:
        found = next((row for row in self.rows if row.group == str(group)), None)
        if found is None:
            known = [row.group for row in self.rows]
            raise ArgumentError(Problem("group", f"no {group!r}", "it is all or a group", did_you_mean(group, known)))
        return found

    @property
    def overall(self) -> Row:
        """The score of everybody."""
        return self.rows[0]

    def __repr__(self) -> str:
        more = f" and {len(self) - 1} groups" if len(self) > 1 else ""
        return f"<{self.kind.upper()}: {repr(self.overall)[1:-1]}{more}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for everybody and each group; columns that hold nothing are left out."""
        whole = self.told.table
        held = [name for name in whole.columns if any(cell is not None for cell in whole[name])]
        shown = self.told.view(held, language=language, named="group")
        return evolve(shown, digits=2)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for everybody and each group."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"confidence": self.confidence, "interval": self.interval, **self.asked}
        reasons = [{"group": row.group, **inapplicable(row)} for row in self.rows]
        return {"reading": self.kind, **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
