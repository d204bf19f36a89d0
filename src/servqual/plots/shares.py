"""How the answers to every item spread over the points of the scale, with those that are missing."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats
from servqual.errors import PlotError, Problem
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language, chosen
from servqual.plots.means import Row, headings_of, rows_of
from servqual.plots.sources import Source, held, summary_of
from servqual.ratings import Over
from servqual.tables import Table

_MOST = 21


@frozen(eq=False)
class Shares:
    """Counts of one level: of answers (rows, points), and of missing ones (rows,)."""

    instrument: Instrument
    level: Level
    rows: tuple[Row, ...]
    points: Floats
    counts: AnyArray
    absent: AnyArray
    weights: str | None
    backend: str

    @classmethod
    def of(cls, source: Source, level: Level | str, *, worst_first: bool) -> Self:
        """Return the counts in a survey or summary."""
        (wanted,) = held(source, [level])
        summary = summary_of(source, [wanted])
        tallies = summary.tallies(wanted)
        if len(tallies.points) > _MOST:
            rule = f"bars are stacked of at most {_MOST} points"
            remedy = "plot its means, or a survey on a coarser scale"
            raise PlotError(Problem("scale", f"{len(tallies.points)} points", rule, remedy))
        rows = rows_of(summary.instrument, Over.ITEMS)
        order = np.argsort(tallies.mean, kind="stable") if worst_first else np.arange(len(rows))
        kind = None if summary.weight_kind is None else str(summary.weight_kind)
        return cls(
            summary.instrument, wanted, tuple(rows[place] for place in order), tallies.points,
            tallies.counts[order], tallies.missing[order], kind, summary.backend,
        )  # fmt: skip

    @property
    def given(self) -> Floats:
        """Shares of the answers given, (rows, points); NaN where nobody answered."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True))

    @property
    def missing(self) -> Floats:
        """Share of those asked who did not answer, (rows,); 0 where nobody was asked."""
        asked = self.counts.sum(axis=1) + self.absent
        return np.divide(self.absent, asked, out=np.zeros(len(asked)), where=asked > 0)

    @property
    def starts(self) -> Floats:
        """Where the part of each point begins, (rows, points), when the middle of the scale is at 0."""
        given, half = self.given, len(self.points) // 2
        before = given[:, :half].sum(axis=1)
        if len(self.points) % 2:
            before = before + given[:, half] / 2
        ends = np.cumsum(given, axis=1)
        return ends - given - before[:, None]

    def headings(self, language: Language) -> list[str]:
        """Return the dimension of each item; see `headings_of`."""
        return headings_of(self.rows, language)

    def table(self, language: Language | str | None) -> Table:
        """Return a line for each item and point, and one for what is missing."""
        tongue = chosen(language)
        lines = [(row, place) for row in range(len(self.rows)) for place in range(len(self.points) + 1)]
        columns: dict[str, list[Any]] = {"item": [self.rows[row].key for row, _ in lines]}
        if tongue is not None:
            columns["label"] = [self.rows[row].label.text(tongue) for row, _ in lines]
        columns["answer"] = [*self.points.tolist(), None] * len(self.rows)
        counts = np.column_stack([self.counts, self.absent])
        columns["count"] = counts.ravel().tolist()
        columns["share"] = _cells(np.column_stack([self.given, np.full(len(counts), np.nan)]))
        with np.errstate(invalid="ignore"):
            columns["share_of_all"] = _cells(counts / counts.sum(axis=1, keepdims=True))
        speaks = tongue or Language.ENGLISH
        title = Label(f"answers, {self.level.label.en}", f"回答分布（{self.level.label.zh}）").text(speaks)
        notes = [] if self.weights is None else [f"weights: {self.weights}; counts are sums of weights"]
        return Table(columns, f"{self.instrument.label.text(speaks)}: {title}", notes, backend=self.backend)


def _cells(shares: Floats) -> list[float | None]:
    return [None if np.isnan(share) else share for share in shares.ravel().tolist()]
