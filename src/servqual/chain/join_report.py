"""`JoinReport`: what matched where tables of units were joined, and what did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools
from servqual.chain.matching import Matched, holders
from servqual.chain.unit_checks import FEW, first_of
from servqual.chain.unit_rows import UnitRows
from servqual.labels import Label, Language
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

TITLE = Label("What was joined", "合并情况")
WORDS = {
    "partly": Label(
        "partly: rows that some of the other tables have too, and some do not.",
        "partly：其他表中部分有、部分没有的行。",
    ),
    "only_here": Label(
        "only_here: rows that none of the other tables has; first_only_here names the first few.",
        "only_here：其他各表均没有的行；first_only_here 列出前几行。",
    ),
    "lacking": Label(
        "lacking: rows of the joined table that this one does not have, its constructs being missing there; "
        "first_lacking names the first few.",
        "lacking：合并后的表中有而该表没有的行，其构念在这些行缺失；first_lacking 列出前几行。",
    ),
}


@frozen(kw_only=True)
class JoinedSource:
    """One of the tables that were joined.

    Attributes
    ----------
    source
        Its name.
    rows, units, periods
        As it was given; 0 periods where it has none.
    matched, partly, only_here
        Rows that all other tables have too, that some of them have, and that none of them has; they add up to ``rows``.
        A row without a period matches by its unit, and counts by the period in which most tables have it.
    lacking
        Rows of the joined table that this one does not have.
    first_only_here, first_lacking
        The first few of these, by unit and period.
    """

    source: str
    rows: int
    units: int
    periods: int
    matched: int
    partly: int
    only_here: int
    lacking: int
    first_only_here: str
    first_lacking: str


@frozen(eq=False, repr=False)
class JoinReport:
    """What matched where tables of units were joined, source by source.

    Attributes
    ----------
    sources
        One `JoinedSource` each, in the order of the tables.
    told
        The same as columns, with title and notes in English and Chinese.
    """

    sources: tuple[JoinedSource, ...]
    told: Told

    def __repr__(self) -> str:
        each = ", ".join(f"{row.source} {row.matched} of {row.rows} rows matched" for row in self.sources)
        return f"<JoinReport: {each}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row per source: what it had, what matched, what only it has and what it lacks."""
        return self.told.view(tuple(self.told.table.columns), language=language, named="")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the same as a data frame."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the same as a JSON-safe dictionary."""
        return {"reading": "join_report", **self.told.whole().to_dict()}


def report_of(named: Sequence[tuple[str, UnitRows]], match: Matched, filled: Sequence[tuple[str, int]]) -> JoinReport:
    """Return what matched, source by source; ``filled`` says how many rows took a cluster from their unit."""
    held = holders(match)
    sources = tuple(_source(name, table, place, held, match) for place, (name, table) in enumerate(named))
    notes = [_size(match), *_unmatched(sources), *_spread(named, match), *_taken(filled)]
    told = Told(columns_of(sources, JoinedSource), [Label(each.source) for each in sources], TITLE, notes)
    return JoinReport(sources, told)


def _source(name: str, table: UnitRows, place: int, held: Bools, match: Matched) -> JoinedSource:
    # How many tables have the rows of this one; a row that is spread has as many as the best of its places
    part, tables = match.parts[place], np.zeros(len(table), np.int64)
    np.maximum.at(tables, part.rows, held.sum(axis=0)[part.at])
    alone, lacking = np.flatnonzero(tables == 1), np.flatnonzero(~held[place])
    everyone = len(held)
    return JoinedSource(
        source=name,
        rows=len(table),
        units=table.n_units,
        periods=len(table.period_names),
        matched=int(((tables == everyone) & (tables > 1)).sum()),
        partly=int(((tables > 1) & (tables < everyone)).sum()),
        only_here=alone.size,
        lacking=lacking.size,
        first_only_here=first_of(table.row_labels(alone[:FEW]), alone.size),
        first_lacking=first_of((match.label(row) for row in lacking[:FEW].tolist()), lacking.size),
    )


def _size(match: Matched) -> Label:
    rows, units, periods = len(match.unit), len(match.units), len(match.periods)
    return Label(
        f"Joined by name; rows: {rows}, units: {units}, periods: {periods}. A row that only one table has is kept.",
        f"按名称合并；行数：{rows}，单位数：{units}，时期数：{periods}。仅一个表中有的行予以保留。",
    )


def _unmatched(sources: Sequence[JoinedSource]) -> list[Label]:
    """Return what the columns mean that count rows which did not match, where some did not."""
    return [WORDS[name] for name in WORDS if any(getattr(each, name) for each in sources)]


def _spread(named: Sequence[tuple[str, UnitRows]], match: Matched) -> list[Label]:
    notes = []
    for (name, table), part in zip(named, match.parts, strict=True):
        if match.periods and not table.period_names:
            english = f"{name} has no periods and is spread over those of its units; rows before: {len(table)}, "
            english += f"after: {part.at.size}."
            chinese = f"{name} 没有时期，按单位展开至各时期；展开前行数：{len(table)}，展开后：{part.at.size}。"
            notes.append(Label(english, chinese))
    return notes


def _taken(filled: Sequence[tuple[str, int]]) -> list[Label]:
    return [
        Label(
            f"Rows without a label of {name} that take the one label of their unit: {rows}.",
            f"缺少 {name} 而取其单位唯一类别的行数：{rows}。",
        )
        for name, rows in filled
        if rows
    ]
