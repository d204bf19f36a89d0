"""`Influences`: what gaps, or levels of expectation, go along with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.gap_model.gap_rows import Number
from servqual.gap_model.influence_words import Direction, InfluenceMethod, InfluenceVerdict
from servqual.labels import Language
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen


@frozen(kw_only=True, repr=False)
class Influence:
    """One influence on one outcome; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    outcome, key
        What is explained, and what explains it.
    rank
        1 for the first of its outcome: what was found before what is open, then by strength.
    direction
        Which way it should work.
    mean
        Its mean over rows, on its own scale.
    strength, se, low, high
        Change of the outcome, in its own points, where the influence is higher by one standard deviation of the rows;
        its standard error and interval (a credible interval where shrunken).
    slope
        The same where it is higher by one point.
    p, p_adjusted
        Of no influence, two-sided; and adjusted over all tests of the reading, by Holm.
    method
        How it was estimated.
    verdict
        What the adjusted p and the sign say.
    """

    outcome: str
    key: str
    rank: int
    direction: Direction
    mean: Number
    strength: Number
    se: Number
    low: Number
    high: Number
    slope: Number
    p: Number
    p_adjusted: Number
    method: InfluenceMethod
    verdict: InfluenceVerdict

    def __repr__(self) -> str:
        if isinstance(self.strength, Inapplicable):
            return f"<Influence of {self.key} on {self.outcome}: not tested, {self.strength}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        said = f"{self.strength:.3f} ({ends}), p {float(self.p_adjusted):.3g}; {self.verdict.label}"
        return f"<Influence of {self.key} on {self.outcome}: {said}>"


@frozen(kw_only=True)
class Equation:
    """One outcome and all its influences together.

    Attributes
    ----------
    outcome
        What is explained.
    n, left_out
        Complete rows, and rows that have the outcome but not all its influences.
    influences
        How many were estimated.
    method
        How.
    explained
        Share of the variance of the outcome that the influences explain: adjusted R², where shrunken its mean a
        posteriori.
    reliability
        Share of the variance of the outcome between units that is not the error of its values, 0 to 1: what there is
        to explain. Where errors hold a part that all units share, it is at least that.
    """

    outcome: str
    n: int
    left_out: int
    influences: int
    method: InfluenceMethod
    explained: Number
    reliability: Number


@frozen(eq=False, repr=False, kw_only=True)
class Influences:
    """Influences on several outcomes, by outcome and then by rank.

    Attributes
    ----------
    reading
        "gap_causes" or "expectations".
    rows, equations
        One `Influence` for each pair, one `Equation` for each outcome; ``found["gap_3", "role_conflict"]`` picks one.
    told, told_equations
        The same as columns, with titles and notes in English and Chinese.
    confidence
        Of all intervals; one minus it is the level of the verdicts.
    """

    reading: str
    rows: tuple[Influence, ...]
    equations: tuple[Equation, ...]
    told: Told
    told_equations: Told
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Influence]:
        return iter(self.rows)

    def __getitem__(self, pair: tuple[str, str]) -> Influence:
        known = {(row.outcome, row.key): row for row in self.rows}
        if pair not in known:
            rule = "a pair of an outcome and one of its influences is looked up"
            words = [" on ".join(reversed(each)) for each in known]
            hint = did_you_mean(" on ".join(reversed([str(each) for each in pair])), words)
            raise ArgumentError(Problem("pair", repr(pair), rule, hint))
        return known[pair]

    def of(self, outcome: str) -> tuple[Influence, ...]:
        """Return the influences on one outcome, in order of rank; none where it was not explained."""
        return tuple(row for row in self.rows if row.outcome == outcome)

    @property
    def found(self) -> tuple[Influence, ...]:
        """The influences that were found to work as they should."""
        return tuple(row for row in self.rows if row.verdict is InfluenceVerdict.FOUND)

    def __repr__(self) -> str:
        size = f"{len(self)} influences on {len(self.equations)} outcomes"
        return f"<{self.told.title.en}: {size}, {len(self.found)} found>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, view: str = "influences", *, language: Language | str | None = None) -> Table:
        """Return the influences, or the "equations" they stand in.

        Parameters
        ----------
        view
            "influences" or "equations".
        language
            Adds the names of influences or outcomes, and says verdicts, title and notes in it.

        Raises
        ------
        ArgumentError
            Another view.
        """
        tongue = language or Language.ENGLISH
        if chosen("view", view, ["influences", "equations"]) == "equations":
            whole = self.told_equations.table.columns
            held = [name for name, cells in whole.items() if any(cell is not None for cell in cells)]
            table = self.told_equations.view(held, None, language, named="outcome")
            methods = [row.method.label.text(tongue) for row in self.equations]
            return evolve(table, columns={**table.columns, "method": methods})
        held = [name for name in self.told.table.columns if name != "method"]
        table = self.told.view(held, None, language)
        said = {name: [getattr(row, name).label.text(tongue) for row in self.rows] for name in ("direction", "verdict")}
        return evolve(table, columns={**table.columns, **said})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per pair of outcome and influence."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"outcome": row.outcome, "key": row.key, **inapplicable(row)} for row in self.rows]
        return {
            "reading": self.reading,
            "confidence": self.confidence,
            **self.told.whole().to_dict(),
            "equations": self.told_equations.whole().to_dict()["columns"],
            "inapplicable": reasons,
        }
