"""`batches`: the rows of anything that can be read piece by piece, each piece with its place."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import frozen

from servqual._frames.door import FILES_EXTRA, needed
from servqual.columns import ColumnMap
from servqual.engines.column_choice import Wanted
from servqual.engines.faults import batch_error
from servqual.engines.file_batches import batches_of_files, rows_in
from servqual.engines.file_names import DataFile, files_in
from servqual.engines.places import Batch, Place
from servqual.errors import ArgumentError, Problem, SurveyError
from servqual.survey import Survey

# So many rows are decoded at a time: the columns of one item then stay in cache while they are summed.
BATCH_ROWS = 262_144
_Reader = Callable[[Any, Wanted, int], Iterator[Any]]
_CLUSTERS = {"dask": "dask_summary", "pyspark": "spark_summary"}


def batches(source: Any, columns: Sequence[str] | None = None, *, batch_rows: int = BATCH_ROWS) -> Iterator[Batch]:
    """Yield the rows of a source piece by piece, each with its place, in memory that does not grow with the rows.

    Parameters
    ----------
    source
        A file, a folder or a pattern (``"answers/*.parquet"``; Parquet, Arrow, Feather, CSV), or several of them; a
        dataset, a table or a reader of pyarrow; a frame of pandas or polars; a lazy frame of polars; a relation of
        duckdb; any iterable of frames, record batches or surveys. Folders called ``branch=north`` become columns.
    columns
        The columns to be read; None for all.
    batch_rows
        So many rows at most come in one piece of a file, a table or a query. What an iterable yields stays as it is.

    Raises
    ------
    BatchError
        A piece that cannot be read; it names file, row group and column.
    SurveyFileError, FileFormatError
        Files that are not there, or of types that are not read piece by piece.
    SurveyError
        What is none of these.

    Examples
    --------
    >>> import pyarrow
    >>> table = pyarrow.table({"P1": [5, 6, 7], "P2": [1, 2, 3]})
    >>> [(str(batch.place), batch.rows.num_columns) for batch in batches(table, ["P1"], batch_rows=2)]
    [('batch 0, rows 0..1', 1), ('batch 1, rows 2..2', 1)]
    """
    for batch in opened(source, _Named(columns), batch_rows).batches():
        if batch.fault is not None:
            raise batch_error(batch, batch.fault, None, 0) from batch.fault
        yield batch


class _Named(Wanted):
    """Columns that were named one by one."""

    def __init__(self, columns: Sequence[str] | None) -> None:
        super().__init__()
        self.listed = None if columns is None else list(columns)

    def choose(self, present: Sequence[str]) -> list[str] | None:
        """Return the columns named."""
        problems: list[Problem] = []
        ColumnMap(list(present), problems).check_present("columns", self.listed or [], "what is named is a column")
        if problems:
            raise SurveyError(*problems)
        return self.listed


@frozen(eq=False)
class Source:
    """Batches, and how many rows they have in all: 0 where that is not known beforehand."""

    pieces: Generator[Batch]
    rows: Callable[[], int] = int

    def batches(self) -> Generator[Batch]:
        """Yield the batches, those that could not be read among them as faults; once."""
        return self.pieces


def opened(source: Any, wanted: Wanted, batch_rows: int = BATCH_ROWS) -> Source:
    """Return a source ready to be read.

    Raises
    ------
    SurveyFileError, FileFormatError
        Files that are not there, or of other types.
    SurveyError
        What cannot be read piece by piece.
    ArgumentError
        Fewer than one row in a batch.
    """
    if batch_rows < 1:
        raise ArgumentError(Problem("batch_rows", str(batch_rows), "a batch has at least one row"))
    files = _files(source)
    if files is not None:
        return Source(batches_of_files(files, wanted, batch_rows), partial(rows_in, files))
    kind = _kind(source)
    if kind in _READERS:
        return Source(_numbered(_read(_READERS[kind], source, wanted, batch_rows)), partial(_known_rows, source))
    if kind in {"pandas.DataFrame", "polars.DataFrame"} or isinstance(source, Survey):
        return Source(_numbered([source]), partial(len, source))
    cluster = next((each for each in _CLUSTERS if kind.startswith(each)), None)
    if isinstance(source, Iterable) and not isinstance(source, str | bytes | dict) and cluster is None:
        return Source(_numbered(source))
    rule = "batches come from files, folders, tables, lazy frames, relations, or an iterable of frames"
    remedy = "pass a path, or a generator of frames" if cluster is None else f"engines.{_CLUSTERS[cluster]}(…)"
    raise SurveyError(Problem("source", f"a {type(source).__name__}", rule, remedy))


def _files(source: Any) -> list[DataFile] | None:
    """Return the files that are named, one by one or by folder or pattern; None where the source is no path."""
    if isinstance(source, str | PathLike):
        return files_in(Path(source))
    if isinstance(source, list | tuple) and source and all(isinstance(each, str | PathLike) for each in source):
        return [file for each in source for file in files_in(Path(each))]
    return None


def _numbered(pieces: Iterable[Any]) -> Generator[Batch]:
    first = 0
    for number, rows in enumerate(pieces):
        size = _size(rows)
        yield Batch(Place(number, first=first, rows=size), rows)
        first += size or 0


def _read(reader: _Reader, source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    """Yield what a reader yields; it is asked with the first batch, so that what it raises has a place."""
    yield from reader(source, wanted, batch_rows)


def _size(rows: Any) -> int | None:
    size = getattr(rows, "num_rows", None)
    if size is not None:
        return int(size)
    return len(rows) if hasattr(rows, "__len__") else None


def _known_rows(source: Any) -> int:
    return int(getattr(source, "num_rows", 0))


def _of_table(source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    names = wanted.choose(source.column_names)
    table = source if names is None else source.select(names)
    return iter(table.to_batches(max_chunksize=batch_rows))


def _of_record_batch(source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    table = needed("pyarrow", FILES_EXTRA).Table.from_batches([source])
    return _of_table(table, wanted, batch_rows)


def _of_reader(source: Any, wanted: Wanted, _: int) -> Iterator[Any]:
    names = wanted.choose(source.schema.names)
    return (batch if names is None else batch.select(names) for batch in source)


def _of_dataset(source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    names = wanted.choose(source.schema.names)
    return iter(source.to_batches(columns=names, batch_size=batch_rows, batch_readahead=4, fragment_readahead=2))


def _of_scanner(source: Any, _: Wanted, __: int) -> Iterator[Any]:
    return iter(source.to_batches())


def _of_lazy(source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    names = wanted.choose(source.collect_schema().names())
    chosen = source if names is None else source.select(names)
    if hasattr(chosen, "collect_batches"):
        return iter(chosen.collect_batches(chunk_size=batch_rows, maintain_order=True))
    return iter([chosen.collect()])


def _of_relation(source: Any, wanted: Wanted, batch_rows: int) -> Iterator[Any]:
    names = wanted.choose(source.columns)
    quoted = ", ".join('"{}"'.format(each.replace('"', '""')) for each in names or ())
    chosen = source if names is None else source.project(quoted)
    read = getattr(chosen, "to_arrow_reader", None) or chosen.fetch_record_batch
    return iter(read(batch_rows))


_READERS: Mapping[str, _Reader] = {
    "pyarrow.Table": _of_table,
    "pyarrow.RecordBatch": _of_record_batch,
    "pyarrow.RecordBatchReader": _of_reader,
    "pyarrow.FileSystemDataset": _of_dataset,
    "pyarrow.InMemoryDataset": _of_dataset,
    "pyarrow.UnionDataset": _of_dataset,
    "pyarrow.Scanner": _of_scanner,
    "polars.LazyFrame": _of_lazy,
    "duckdb.DuckDBPyRelation": _of_relation,
}


def as_frame(rows: Any) -> Any:
    """Return rows as a frame that the door of frames knows: a record batch as a table, all else as it is."""
    if is_record_batch(rows):
        return needed("pyarrow", FILES_EXTRA).Table.from_batches([rows])
    return rows


def is_record_batch(rows: Any) -> bool:
    """Return whether rows are a record batch of pyarrow."""
    return _kind(rows) == "pyarrow.RecordBatch"


def _kind(value: object) -> str:
    """Return library and class of a value, without importing the library."""
    return f"{type(value).__module__.partition('.')[0].strip('_')}.{type(value).__name__}"
