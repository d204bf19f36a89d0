"""`TotalEffects`: what each construct of a chain does to each other, over all paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.chain.effect_values import Number
from servqual.chain.effect_words import EffectMethod
from servqual.errors import FitError, Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

SHOWN = ("source", "target", "paths", "direct", "indirect", "total", "se", "low", "high", "p")


@frozen(kw_only=True, repr=False)
class TotalEffect:
    """The total effect of one construct on another, over all paths.

    Attributes
    ----------
    source, target
        The two constructs.
    paths
        How many paths lead from one to the other.
    direct, indirect, total
        In units of the target per unit of the source (standardised: in standard deviations): by single links, by way of
        other constructs, and both.
    se, low, high, p
        Standard error, confidence interval and two-sided p-value of the total effect.
    """

    source: str
    target: str
    paths: int
    direct: float
    indirect: float
    total: float
    se: Number
    low: Number
    high: Number
    p: Number

    def __repr__(self) -> str:
        head = f"<TotalEffect of {self.source} on {self.target}: {self.total:.4g}"
        if isinstance(self.low, Inapplicable):
            return f"{head}; no interval, {self.low}>"
        return f"{head} ({float(self.low):.4g} to {float(self.high):.4g})>"


@frozen(eq=False, repr=False, kw_only=True)
class TotalEffects:
    """Total effects between all constructs that a path joins.

    Attributes
    ----------
    rows
        One `TotalEffect` each, source by source in causal order; ``found["x", "y"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    method, confidence, standardised
        As asked.
    draws, failures
        Draws asked for, and those of them without an estimate.
    """

    rows: tuple[TotalEffect, ...]
    told: Told
    method: EffectMethod
    confidence: float
    standardised: bool
    draws: int
    failures: int

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[TotalEffect]:
        return iter(self.rows)

    def __getitem__(self, pair: tuple[str, str]) -> TotalEffect:
        for row in self.rows:
            if (row.source, row.target) == pair:
                return row
        known = [f"{row.source}, {row.target}" for row in self.rows]
        asked = ", ".join(map(str, pair))
        rule = "it is a source and a target that a path joins"
        raise FitError(Problem("pair", f"no {asked!r}", rule, did_you_mean(asked, known)))

    def __repr__(self) -> str:
        return f"<TotalEffects: {len(self)} pairs, {self.method}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for each pair; a language adds the names of constructs."""
        return self.told.view(SHOWN, language=language, named="target")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each pair."""
        return self.told.table.to_frame(backend)

    def to_matrix(self) -> Table:
        """Return the totals as a matrix: what is acted on in rows, what acts in columns."""
        sources = list(dict.fromkeys(row.source for row in self.rows))
        targets = list(dict.fromkeys(row.target for row in self.rows))
        found = {(row.source, row.target): row.total for row in self.rows}
        columns = {source: [found.get((source, target)) for target in targets] for source in sources}
        return evolve(self.to_table(), columns={"target": targets, **columns})

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {
            "method": str(self.method),
            "confidence": self.confidence,
            "standardised": self.standardised,
            "draws": self.draws,
            "failures": self.failures,
        }
        reasons = [{"source": row.source, "target": row.target, **inapplicable(row)} for row in self.rows]
        return {"reading": "total_effects", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
