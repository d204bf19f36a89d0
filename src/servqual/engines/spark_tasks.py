"""What executors of Spark do with the record batches of a partition: functions that travel to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import attrs
from attrs import frozen

from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.faults import CONSENT
from servqual.engines.partials import Hand, Partial, Work, joined
from servqual.engines.places import Batch, Place
from servqual.engines.score_columns import ScoreWork
from servqual.engines.sources import BATCH_ROWS
from servqual.errors import BatchError, Problem, ServqualError

# What a task says: of which partition, and its sums, or what is wrong there.
TOLD = "place int, sums binary, faults string"
# So many partitions that fail are told of, one by one.
_SHOWN = 10
Rows = Iterable[Any]


@frozen(eq=False)
class SumOfPartition:
    """Record batches of a partition, whose columns get their names, to their sum; nothing where there are no rows."""

    work: Work
    names: tuple[str, ...]

    def __call__(self, batches: Rows) -> Iterator[Any]:
        """Yield the sum of the partition that this task has."""
        named = (batch.rename_columns(self.names) for batch in batches)
        yield from _told(self._sums(named, _place()))

    def _sums(self, batches: Rows, place: int) -> Iterator[Partial]:
        hand, first = Hand(self.work), 0
        for rows in gathered(batches, BATCH_ROWS):
            yield hand.part(Batch(Place(place, first=first, rows=rows.num_rows), rows))
            first += rows.num_rows


@frozen(eq=False)
class SumOfFiles:
    """Paths of files, which this task reads by itself, to their sum."""

    work: Work

    def __call__(self, batches: Rows) -> Iterator[Any]:
        """Yield the sum of the files that this task has."""
        paths = (path for batch in batches for path in batch.column(0).to_pylist())
        yield from _told(self.work.of_source(path) for path in paths)


@frozen(eq=False)
class SumOfSums:
    """Sums to their sum."""

    work: Work

    def __call__(self, batches: Rows) -> Iterator[Any]:
        """Yield one sum for all."""
        rows = [row for batch in batches for row in batch.to_pylist()]
        if rows:
            faults = faults_in(rows)
            yield _row(0, faults=faults) if faults else _row(0, added(rows, self.work))


@frozen(eq=False)
class ScoresOfPartition:
    """Record batches of answers, whose columns get their names, to record batches of scores."""

    work: ScoreWork
    names: tuple[str, ...]

    def __call__(self, batches: Rows) -> Iterator[Any]:
        """Yield the scores of each batch."""
        for batch in batches:
            yield self.work.of_batch(batch.rename_columns(self.names))


def added(rows: Sequence[Any], work: Work) -> Partial:
    """Return the sum of what tasks told, rows of `TOLD`.

    Raises
    ------
    BatchError
        What was wrong in all partitions, where anything was.
    """
    faults = faults_in(rows)
    if faults:
        error = BatchError(*(Problem(*each) for _, *each in faults[:_SHOWN]))
        more = f"{len(faults) - _SHOWN} more problems are not shown. " if len(faults) > _SHOWN else ""
        error.remark = f"{more}{CONSENT}"
        raise error
    return joined(Partial.from_bytes(bytes(row["sums"]), work.recipe) for row in rows)


def faults_in(rows: Sequence[Any]) -> list[list[Any]]:
    """Return everything that tasks found wrong, in the order of the partitions: which one, then the parts of it."""
    found = (json.loads(row["faults"]) for row in rows if row["faults"] is not None)
    return sorted((each for faults in found for each in faults), key=itemgetter(0))


def gathered(batches: Rows, rows: int) -> Iterator[Any]:
    """Yield record batches of about so many rows each, made of smaller ones."""
    arrow = needed("pyarrow", FILES_EXTRA)
    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= rows:
            yield from arrow.Table.from_batches(held).combine_chunks().to_batches()
            held = []
    if held:
        yield from arrow.Table.from_batches(held).combine_chunks().to_batches()


def _told(parts: Iterable[Partial]) -> Iterator[Any]:
    """Yield one row for all parts, none where there is nothing to tell; the first that fails is told in their place."""
    try:
        found = joined(parts)
    except ServqualError as error:
        yield _row(_place(), faults=[[_place(), *_plain(each)] for each in error.problems])
        return
    if found.rows or found.aside:
        yield _row(_place(), found)


def _place() -> int:
    """Return which partition this task has."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return 0 if context is None else int(context.partitionId())


def _row(place: int, sums: Partial | None = None, faults: list[list[Any]] | None = None) -> Any:
    arrow = needed("pyarrow", FILES_EXTRA)
    columns = [
        arrow.array([place], arrow.int32()),
        arrow.array([None if sums is None else sums.to_bytes()], arrow.binary()),
        arrow.array([None if faults is None else json.dumps(faults)], arrow.string()),
    ]
    return arrow.RecordBatch.from_arrays(columns, names=["place", "sums", "faults"])


def _plain(problem: Problem | str) -> list[str]:
    return list(attrs.astuple(problem)) if isinstance(problem, Problem) else ["partition", problem, "it makes a survey"]
