"""The same 132 item statistics of a Parquet file by other libraries, each in the way that suits it best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from benchmarks.peers import PAIRS
from benchmarks.studies import NAMES

Numbers = npt.NDArray[np.float64]
BATCH = 262_144


@frozen
class StreamPeer:
    """A way to means and standard deviations of P, E and P − E, item by item: 6 numbers for each of 22 items."""

    name: str
    run: Callable[[], Any]
    numbers: Callable[[Any], Numbers]


def scan(path: Path) -> int:
    """Decode every column of every row, and do nothing with them: the floor."""
    import pyarrow.dataset as ds

    return sum(batch.num_rows for batch in ds.dataset(path).to_batches(columns=list(NAMES), batch_size=BATCH))


def stream_peers(path: Path) -> Iterator[StreamPeer]:
    """Yield the peers that are installed."""
    if find_spec("duckdb"):
        yield _duckdb(path)
    if find_spec("polars"):
        yield _polars(path)


def _duckdb(path: Path) -> StreamPeer:
    import duckdb

    terms = [term for p, e in PAIRS for term in (p, e, f"{p} - {e}")]
    columns = ", ".join(f"avg({term}), stddev_samp({term})" for term in terms)
    query = f"SELECT {columns} FROM read_parquet('{path}')"  # noqa: S608 - our own names
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return StreamPeer("duckdb", lambda: connection.sql(query).fetchall()[0], np.array)


def _polars(path: Path) -> StreamPeer:
    import polars as pl

    terms = [term for p, e in PAIRS for term in (pl.col(p), pl.col(e), pl.col(p) - pl.col(e))]
    wanted = [each for n, t in enumerate(terms) for each in (t.mean().alias(f"m{n}"), t.std().alias(f"s{n}"))]
    lazy = pl.scan_parquet(path).select(wanted)
    return StreamPeer("polars", lambda: lazy.collect(engine="streaming"), lambda found: np.array(found.row(0)))
