"""`IndexBootstrap`: the numbers of an index with their errors and intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.satisfaction.indices.quantities import Quantity, QuantityKind, no_such_quantity
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.spread_rows import Number, QuantitySpread
from servqual.statistics import Inapplicable
from servqual.statistics.pls_words import PathState
from servqual.statistics.propagation import IntervalKind
from servqual.tables import Table
from servqual.telling import Told

RESPONDENTS = Label("respondents", "受访者")
CLUSTERS = Label("clusters", "群组")


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class IndexBootstrap(Holder):
    """Numbers of an index over resamples, and no answer of any respondent.

    Attributes
    ----------
    fit
        Of all respondents.
    rows
        Each number with its uncertainty; ``of`` picks one.
    replicates
        The same numbers in the resamples that have an estimate, shape (numbers, resamples).
    confidence, method
        Of the intervals.
    draws, failures
        Resamples drawn, and how many have no estimate, by the cause.
    units, drawn
        How many were drawn from, and what they are.
    """

    fit: IndexFit
    rows: tuple[QuantitySpread, ...]
    replicates: Floats = field(converter=floats)
    confidence: float = 0.95
    method: IntervalKind = IntervalKind.PERCENTILE
    draws: int
    failures: tuple[tuple[PathState, int], ...] = ()
    units: int
    drawn: Label = RESPONDENTS

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, kind: QuantityKind | str, source: str, target: str = "") -> QuantitySpread:
        """Return one number with its uncertainty, as ``of("path", "image", "loyalty")`` or ``of("index", "image")``.

        Raises
        ------
        StructuralError
            A number that the model does not have.
        """
        wanted = Quantity(QuantityKind(kind), source, target)
        for row in self.rows:
            if row.quantity == wanted:
                return row
        alike = [row.quantity for row in self.rows if row.quantity.kind is wanted.kind]
        raise no_such_quantity(wanted, alike)

    def to_table(
        self, language: Language | str | None = None, *, kind: QuantityKind | str = QuantityKind.PATH
    ) -> Table:
        """Return the numbers of one kind with errors and intervals; see `QuantityKind` for the kinds.

        Parameters
        ----------
        language
            Adds the names, and says title and notes in it.
        kind
            "path", "total_effect", "importance", "weight", "loading", "r2", "index" or "htmt".
        """
        wanted = QuantityKind(kind)
        told = self._told([row for row in self.rows if row.quantity.kind is wanted], wanted.label)
        shown = [name for name in told.table.columns if any(cell not in {None, ""} for cell in told.table[name])]
        columns = [name for name in shown if name != "kind"] or ["source", "estimate"]
        return told.view(columns, None, language, named="target" if "target" in columns else "source")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row each."""
        return self._told(self.rows, Label("bootstrap")).table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary; single resamples are not in it."""
        asked = {"confidence": self.confidence, "method": str(self.method), "draws": self.draws, "units": self.units}
        failures = {state.name.lower(): count for state, count in self.failures}
        told = self._told(self.rows, Label("Bootstrap of the index model"))
        return {"result": "index_bootstrap", **asked, "failures": failures, **told.whole().to_dict()}

    def __repr__(self) -> str:
        failed = sum(count for _, count in self.failures)
        lost = f" ({failed} without an estimate)" if failed else ""
        drawn = f"{self.draws} resamples{lost} of {self.units} {self.drawn.en}"
        return f"<IndexBootstrap: {drawn}, {self.method} intervals of {self.confidence:.0%}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def _told(self, rows: Sequence[QuantitySpread], title: Label) -> Told:
        effects = [row.quantity.kind.is_effect for row in rows]
        columns: dict[str, list[Any]] = {
            "kind": [str(row.quantity.kind) for row in rows],
            "source": [row.quantity.source for row in rows],
            "target": [row.quantity.target for row in rows],
        }
        for name in ("estimate", "mean", "se", "low", "high"):
            columns[name] = [_cell(getattr(row, name)) for row in rows]
        columns["p"] = [_cell(row.p) if effect else None for row, effect in zip(rows, effects, strict=True)]
        columns["clear"] = [row.clear if effect else None for row, effect in zip(rows, effects, strict=True)]
        columns["resamples"] = [row.resamples for row in rows]
        labels = [row.quantity.label(self.fit.model) for row in rows]
        heading = Label(f"Bootstrap: {title.en}", f"自助法：{title.text('zh')}")
        return Told(Table(columns, backend=self.fit.backend), labels, heading, self._notes())

    def _notes(self) -> Iterator[Label]:
        lost = sum(count for _, count in self.failures)
        yield Label(
            f"{self.draws} resamples of {self.units} {self.drawn.en}; {self.method} intervals of {self.confidence:.0%}",
            f"对 {self.units} 个{self.drawn.zh}重抽样 {self.draws} 次；{self.confidence:.0%} {self.method} 区间",
        )
        if lost:
            causes = {tongue: [f"{state.label.text(tongue)} {count}" for state, count in self.failures]
                      for tongue in Language}  # fmt: skip
            yield Label(
                f"{lost} resamples without an estimate are left out: {'; '.join(causes[Language.ENGLISH])}",
                f"{lost} 次重抽样没有估计，已剔除：{'；'.join(causes[Language.CHINESE])}",
            )
        rule = self.fit.recipe.sign
        yield Label(f"the sign rule ({rule}) is applied to each resample by itself", f"符号规则（{rule}）逐次应用")


def _cell(value: Number) -> float | None:
    return None if isinstance(value, Inapplicable) or np.isnan(value) else float(value)
