"""Files as batches: one piece is decoded ahead while another is worked on, and memory does not grow with the rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from attrs import evolve

from servqual._frames.door import FILES_EXTRA, needed
from servqual._frames.text import damaged
from servqual.engines.column_choice import Wanted
from servqual.engines.file_names import DataFile
from servqual.engines.file_pieces import Job
from servqual.engines.parquet_pieces import parquet_jobs
from servqual.engines.places import Batch, Place
from servqual.engines.plain_files import arrow_jobs, text_jobs
from servqual.errors import FileFormatError

_READERS: Mapping[str, Callable[[DataFile, Wanted, int], Iterator[Job]]] = {
    "Parquet": parquet_jobs,
    "Arrow": arrow_jobs,
    "text": text_jobs,
}


def batches_of_files(files: Iterable[DataFile], wanted: Wanted, batch_rows: int) -> Generator[Batch]:
    """Yield the batches of files, one file after the other; what cannot be read is yielded as a fault.

    One piece is decoded ahead while another is worked on.
    """
    jobs = (job for file in files for job in _jobs(file, wanted, batch_rows))
    with closing(_ahead(jobs)) as pieces:
        for number, batch in enumerate(batch for piece in pieces for batch in piece):
            yield evolve(batch, place=evolve(batch.place, number=number))


def _ahead(jobs: Iterable[Job]) -> Generator[Iterable[Batch]]:
    waiting: deque[Any] = deque()
    pool = ThreadPoolExecutor(1)
    try:
        for job in jobs:
            waiting.append(pool.submit(job))
            if len(waiting) > 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # not waited for: a generator that nobody finished is closed by the garbage collector, in any thread
        pool.shutdown(wait=False, cancel_futures=True)


def rows_in(files: Sequence[DataFile]) -> int:
    """Return how many rows files say that they hold; 0 where one of them does not say, or cannot be read."""
    if any(each.format != "Parquet" for each in files):
        return 0
    parquet = needed("pyarrow.parquet", FILES_EXTRA)
    try:
        return sum(parquet.read_metadata(each.path).num_rows for each in files)
    except (OSError, ValueError):
        return 0


def _jobs(file: DataFile, wanted: Wanted, batch_rows: int) -> Iterator[Job]:
    """Yield the jobs of one file; a file that cannot be opened is one job, which says so."""
    try:
        yield from _READERS[file.format](file, wanted, batch_rows)
    except (OSError, ValueError) as error:
        told = error if isinstance(error, FileFormatError) else FileFormatError(damaged(file.path, error))
        place = Place(0, str(file.path))
        yield lambda: [Batch(place, fault=told)]
