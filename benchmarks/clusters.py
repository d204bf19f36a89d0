"""What Dask and Spark cost over one process on the same files, and what their sums weigh."""

from __future__ import annotations

import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

import servqual as sq
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Row, compared, size
from benchmarks.studies import NAMES, Study, instrument
from servqual.engines.on_dask import dask_summary
from servqual.engines.on_spark import spark_summary
from servqual.engines.streaming import summarize_batches

FILES = 20
FEW = 2_000
READ: dict[str, Any] = {"perception": "{key}", "expectation": [name.replace("P", "E") for name in NAMES[:22]]}
GROUPS = (1, 100, 1_000)
REPLICATES = (0, 100, 1_000)


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return times on many rows and on few, how long clusters take to start, and the weight of sums."""
    with TemporaryDirectory() as many, TemporaryDirectory() as few, ExitStack() as stack:
        for folder, count in ((many, respondents), (few, FEW)):
            written(Path(folder), count)
        started = [_started(stack, name, start) for name, start in STARTS.items() if find_spec(name)]
        found = []
        for folder, count in ((many, respondents), (few, FEW)):
            contenders = _contenders(Path(folder))
            _check(contenders)
            found += compared(f"Parquet, {size(count)}, {FILES} files", interleaved(contenders, rounds), {})
    return [*found, *started, *weights(), *replicates()]


def written(folder: Path, respondents: int) -> None:
    """Write complete answers of one byte each to files of one row group."""
    import pyarrow as pa
    from pyarrow import parquet

    study = Study.of(respondents, missing=False)
    edges = np.linspace(0, respondents, FILES + 1).astype(int)
    for place, (start, stop) in enumerate(pairwise(edges)):
        columns = [pa.array(row[start:stop]) for row in study.answers]
        parquet.write_table(pa.table(columns, names=list(NAMES)), folder / f"{place:02d}.parquet")


def _contenders(folder: Path) -> dict[str, Callable[[], sq.Summary]]:
    asked, models = instrument(), sq.gap_models()
    options: dict[str, Any] = {"products": False, **READ}
    paths = sorted(map(str, folder.iterdir()))
    found: dict[str, Callable[[], sq.Summary]] = {OURS: lambda: summarize_batches(folder, asked, *models, **options)}
    if find_spec("dask"):
        import dask.bag
        import dask.dataframe

        bag_of: Callable[..., Any] = dask.bag.from_sequence
        bag = bag_of(paths, npartitions=FILES)
        found["Dask, 2 workers, paths"] = lambda: dask_summary(bag, asked, *models, **options)
        frame = dask.dataframe.read_parquet(paths)
        found["Dask, 2 workers, frame"] = lambda: dask_summary(frame, asked, *models, **options)
    if find_spec("pyspark") and _spark() is not None:
        answers = _spark().read.parquet(str(folder))
        found["Spark, local[2], frame"] = lambda: spark_summary(answers, asked, *models, **options)
        files = _spark().createDataFrame([(path,) for path in paths], "path string").repartition(4)
        found["Spark, local[2], paths"] = lambda: spark_summary(files, asked, *models, paths="path", **options)
    return found


def _check(contenders: dict[str, Callable[[], sq.Summary]]) -> None:
    first, *others = [np.array(run().table(sq.Difference())["mean"], float) for run in contenders.values()]
    for each in others:
        np.testing.assert_allclose(each, first, rtol=1e-10)


def _started(stack: ExitStack, name: str, start: Callable[[], Any]) -> Row:
    began = perf_counter()
    stack.enter_context(start())
    return Row("start of the cluster", name, (perf_counter() - began) * 1e3, "ms")


@contextmanager
def _dask_cluster() -> Iterator[Any]:
    import distributed

    workers: Callable[..., Any] = distributed.LocalCluster
    client_of: Callable[..., Any] = distributed.Client
    options: dict[str, Any] = {"dashboard_address": ":0", "memory_limit": 0}
    with workers(n_workers=2, threads_per_worker=1, processes=True, **options) as cluster, client_of(cluster) as client:
        yield client


@contextmanager
def _spark_session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.log.level", "OFF").config("spark.ui.showConsoleProgress", "false")
    session = builder.getOrCreate()
    yield session
    session.stop()


def _spark() -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


STARTS: dict[str, Callable[[], Any]] = {"distributed": _dask_cluster, "pyspark": _spark_session}


def weights() -> list[Row]:
    """Return what a summary weighs, and how long two take to become one, by the number of groups."""
    found = []
    for groups in GROUPS:
        summary = _summary(groups)
        text, held = summary.to_json(), pickle.dumps(summary)
        case = f"summary, 22 items × 2 levels, 3 models, {groups} groups"
        found.append(Row(case, "JSON", len(text) / 1e3, "kB"))
        found.append(Row(case, "pickle", len(held) / 1e3, "kB"))
        found.append(Row(case, "adding two", _milliseconds(partial(add, summary, summary)), "ms"))
        found.append(Row(case, "from JSON", _milliseconds(partial(sq.Summary.from_json, text)), "ms"))
        found.append(Row(case, "from pickle", _milliseconds(partial(pickle.loads, held)), "ms"))
    return found


def replicates() -> list[Row]:
    """Return what bootstrap replicates add: bytes and time to add two for each group, nanoseconds for each respondent.

    Of one model, seven scores, without cross-products; the time is of one summary of many respondents, for each
    respondent and replicate, less what it takes without replicates.
    """
    found = []
    bare = _milliseconds(partial(_replicated, 50_000, 1, 0))
    for count in REPLICATES:
        summary, drawn = _replicated(5_000, 100, count), _milliseconds(partial(_replicated, 50_000, 1, count))
        case = f"summary, 1 model, no products, {count} replicates"
        found.append(Row(case, "pickle, each group", len(pickle.dumps(summary)) / 100 / 1e3, "kB"))
        found.append(Row(case, "JSON, each group", len(summary.to_json()) / 100 / 1e3, "kB"))
        added = _milliseconds(partial(add, summary, summary))
        found.append(Row(case, "adding two, each group", added / 100, "ms"))
        if count:
            found.append(Row(case, "each respondent and replicate", (drawn - bare) * 1e6 / (50_000 * count), "ns"))
    return found


def _replicated(respondents: int, groups: int, count: int) -> sq.Summary:
    study = Study.of(respondents, missing=False)
    levels: dict[str, Any] = {"perception": study.answers[:22].T, "expectation": study.answers[22:].T}
    rows = np.arange(respondents)
    survey = sq.Survey.from_arrays(instrument(), **levels, groups={"branch": rows % groups}, key=rows)
    return sq.summarize(survey, sq.Difference(), by="branch", products=False, replicates=count)


def _summary(groups: int) -> sq.Summary:
    study = Study.of(50 * groups, missing=False)
    branch = np.arange(50 * groups) % groups
    levels: dict[str, Any] = {"perception": study.answers[:22].T, "expectation": study.answers[22:].T}
    survey = sq.Survey.from_arrays(instrument(), **levels, groups={"branch": branch})
    return sq.summarize(survey, *sq.gap_models(), by="branch")


def _milliseconds(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = perf_counter()
        run()
        times.append(perf_counter() - began)
    return min(times) * 1e3


if __name__ == "__main__":
    from benchmarks.rows import markdown

    made = rows(int(sys.argv[1]), int(sys.argv[2]))
    print(markdown(made))
    Path(sys.argv[3]).write_text(json.dumps([row.to_dict() for row in made], indent=1), encoding="utf-8")
