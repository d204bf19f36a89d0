"""Parquet files, a few row groups at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from attrs import define, field

from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.column_choice import Wanted
from servqual.engines.file_names import DataFile
from servqual.engines.file_pieces import Columns, Job, fault, pieces_of
from servqual.engines.places import Batch, Place

# A row group of more batches than this is decoded piece by piece.
_HUGE = 4
# What the reader raises where a file is damaged.
_DAMAGED = (OSError, ValueError)


def parquet_jobs(file: DataFile, wanted: Wanted, batch_rows: int) -> Iterator[Job]:
    """Yield the jobs that read a Parquet file in the order of its rows.

    Small row groups are read together, huge ones piece by piece.
    """
    opened = needed("pyarrow.parquet", FILES_EXTRA).ParquetFile(file.path)
    reader = _Reader(file, opened, Columns.of(file, opened.schema_arrow.names, wanted), batch_rows)
    together: list[int] = []
    for group, rows in enumerate(reader.sizes):
        if rows > _HUGE * batch_rows:
            if together:
                yield partial(reader.read, together)
            together = []
            pieces = _Pieces(reader, group)
            yield from (pieces.read for _ in range(-(-rows // batch_rows)))
            continue
        together.append(group)
        if sum(reader.sizes[each] for each in together) >= batch_rows:
            yield partial(reader.read, together)
            together = []
    if together:
        yield partial(reader.read, together)


@define(eq=False)
class _Reader:
    """One Parquet file, and the columns that are read from it."""

    file: DataFile
    opened: Any
    columns: Columns
    batch_rows: int
    sizes: list[int] = field(init=False)
    starts: list[int] = field(init=False)

    @sizes.default
    def _sizes(self) -> list[int]:
        told = self.opened.metadata
        return [told.row_group(group).num_rows for group in range(told.num_row_groups)]

    @starts.default
    def _starts(self) -> list[int]:
        return list(accumulate(self.sizes, initial=0))

    def place(self, group: int, first: int | None = None) -> Place:
        """Return where a row group stands, or its rows from the `first` of the file on."""
        begin = self.starts[group] if first is None else first
        return Place(0, str(self.file.path), group, begin, self.starts[group + 1] - begin)

    def read(self, groups: Sequence[int]) -> list[Batch]:
        """Return the batches of some row groups; of those that cannot be read, what hinders it."""
        try:
            table = self.opened.read_row_groups(list(groups), columns=self.columns.own)
        except _DAMAGED as error:
            if len(groups) > 1:
                return [batch for group in groups for batch in self.read([group])]
            return [self.fault(self.place(groups[0]), error)]
        whole = self.columns.complete(table if len(groups) == 1 else table.combine_chunks())
        return pieces_of(self.file, whole, self.batch_rows, self.starts[groups[0]], groups)

    def fault(self, place: Place, error: Exception) -> Batch:
        """Return what is wrong with a row group, and which of its columns cannot be read."""
        names = self.opened.schema_arrow.names if self.columns.own is None else self.columns.own
        broken = [name for name in names if self._fails(place.row_group, name)]
        shown = f"column {', '.join(broken[:3])}{', …' if len(broken) > 3 else ''}: " if broken else ""
        return fault(place, error, shown)

    def _fails(self, group: int | None, name: str) -> bool:
        try:
            self.opened.read_row_group(group, columns=[name])
        except _DAMAGED:
            return True
        return False


@define(eq=False)
class _Pieces:
    """A huge row group on its way in, piece by piece."""

    reader: _Reader
    group: int
    done: int = 0
    _rows: Any = None
    _ended: bool = False

    def read(self) -> list[Batch]:
        """Return the next piece; nothing behind a place that cannot be read."""
        if self._ended:
            return []
        reader = self.reader
        first = reader.starts[self.group] + self.done
        try:
            if self._rows is None:
                self._rows = reader.opened.iter_batches(
                    reader.batch_rows, row_groups=[self.group], columns=reader.columns.own
                )
            rows = next(self._rows, None)
        except _DAMAGED as error:
            self._ended = True
            return [reader.fault(reader.place(self.group, first), error)]
        if rows is None:
            return []
        self.done += rows.num_rows
        table = reader.columns.complete(needed("pyarrow", FILES_EXTRA).Table.from_batches([rows]))
        return pieces_of(reader.file, table, reader.batch_rows, first, [self.group])
