"""Arrow and text files, one record batch or block at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from typing import Any

from attrs import define

from servqual._frames.door import FILES_EXTRA, needed
from servqual._frames.text import NO_ANSWER
from servqual.engines.column_choice import Wanted
from servqual.engines.file_names import DataFile
from servqual.engines.file_pieces import Columns, Job, fault, pieces_of
from servqual.engines.places import Batch, Place

# So many bytes of a text are turned into numbers at a time.
_BLOCK = 1 << 24


def arrow_jobs(file: DataFile, wanted: Wanted, batch_rows: int) -> Iterator[Job]:
    """Yield the jobs that read an Arrow file; its numbers are views of the file where it is not compressed."""
    arrow, ipc = needed("pyarrow", FILES_EXTRA), needed("pyarrow.ipc", FILES_EXTRA)
    names = ipc.open_file(arrow.memory_map(str(file.path))).schema.names
    columns = Columns.of(file, names, wanted)
    fields = None if columns.own is None else [names.index(name) for name in columns.own]
    options = ipc.IpcReadOptions() if fields is None else ipc.IpcReadOptions(included_fields=fields)
    opened = ipc.open_file(arrow.memory_map(str(file.path)), options=options)
    reading = _Reading(file, columns, batch_rows)
    for number in range(opened.num_record_batches):
        yield partial(reading.next, partial(opened.get_batch, number))


def text_jobs(file: DataFile, wanted: Wanted, batch_rows: int) -> Iterator[Job]:
    """Yield the jobs that read a text file; types are said, since readers guess them from the first rows."""
    arrow, reader = needed("pyarrow", FILES_EXTRA), needed("pyarrow.csv", FILES_EXTRA)
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        head = text.readline()
    delimiter = "\t" if file.path.suffix.lower() == ".tsv" else max(",;\t", key=head.count)
    present = next(csv.reader([head], delimiter=delimiter), [])
    columns = Columns.of(file, present, wanted)
    types = dict.fromkeys(wanted.numeric(present), arrow.float64())
    types |= dict.fromkeys(wanted.worded(present), arrow.string())
    opened = reader.open_csv(
        file.path,
        read_options=reader.ReadOptions(block_size=_BLOCK),
        parse_options=reader.ParseOptions(delimiter=delimiter),
        convert_options=reader.ConvertOptions(
            column_types=types, include_columns=columns.own, null_values=list(NO_ANSWER), strings_can_be_null=True
        ),
    )
    reading = _Reading(file, columns, batch_rows)
    while not reading.ended:
        yield partial(reading.next, opened.read_next_batch)


@define(eq=False)
class _Reading:
    """A file on its way in, in the order of its rows."""

    file: DataFile
    columns: Columns
    batch_rows: int
    done: int = 0
    ended: bool = False

    def next(self, read: Any) -> list[Batch]:
        """Return the batches of the next piece; nothing behind the end, or behind a place that cannot be read."""
        if self.ended:
            return []
        try:
            rows = read()
        except StopIteration:
            self.ended = True
            return []
        except (OSError, ValueError) as error:
            self.ended = True
            return [fault(Place(0, str(self.file.path), None, self.done), error)]
        table = self.columns.complete(needed("pyarrow", FILES_EXTRA).Table.from_batches([rows]))
        found = pieces_of(self.file, table, self.batch_rows, self.done)
        self.done += rows.num_rows
        return found
