"""Answers in Parquet that are never in memory at once: item statistics and gaps beside the peers, memory, growth."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

import servqual as sq
from benchmarks.memory import MIB
from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared, size
from benchmarks.scoring import FEW_ROUNDS, MANY
from benchmarks.stream_peers import Numbers, scan, stream_peers
from benchmarks.studies import EXPECTATIONS, ITEMS, NAMES, PERCEPTIONS, SHARE_MISSING, instrument
from servqual.engines.parquet_scores import score_to_parquet
from servqual.engines.streaming import summarize_batches

FLOOR, FULL = "decode-only scan", "servqual, cross-products too"
GOALS = {FLOOR: Goal(most=1.6), "duckdb": Goal(least=3)}
FLAT = Goal(most=200)
LINEAR = Goal(most=1.1)
GROUP = 500_000
COLUMNS = {"perception": list(PERCEPTIONS), "expectation": list(EXPECTATIONS)}


def rows(respondents: int, rounds: int) -> list[Row]:
    """Return what was measured on a file of so many respondents, and on smaller ones."""
    few = min(rounds, FEW_ROUNDS) if respondents >= MANY else rounds
    with TemporaryDirectory() as folder:
        path = Path(folder)
        whole, tenth = (answer_file(path, n, missing=False) for n in (respondents, respondents // 10))
        gappy = answer_file(path, respondents // 10, missing=True)
        return [
            *_compared(whole, respondents, few, f"Parquet, {size(respondents)}, complete", GOALS),
            *_compared(gappy, respondents // 10, rounds, f"Parquet, {size(respondents // 10)}, 3% missing", {}),
            *_scores(whole, respondents, few),
            *_memory({respondents // 10: tenth, respondents: whole}),
            *_growth(path, respondents, rounds),
        ]


def answer_file(folder: Path, respondents: int, *, missing: bool) -> Path:
    """Write complete answers, or answers with gaps, in one byte each and row groups of half a million."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / f"{respondents}{'-gaps' if missing else ''}.parquet"
    rng = np.random.default_rng(1988)
    with pq.ParquetWriter(path, pa.schema([(name, pa.int8()) for name in NAMES])) as writer:
        for start in range(0, respondents, GROUP):
            n = min(GROUP, respondents - start)
            answers = rng.integers(1, 8, (2 * ITEMS, n), dtype=np.int8)
            gaps = [rng.random(n, np.float32) < SHARE_MISSING if missing else None for _ in NAMES]
            columns = [pa.array(codes, mask=gap) for codes, gap in zip(answers, gaps, strict=True)]
            writer.write_table(pa.table(columns, names=list(NAMES)), row_group_size=GROUP)
    return path


def summary(path: Path, *, products: bool = False) -> sq.Summary:
    """Return counts and moments of all items, gaps and dimensions."""
    return summarize_batches(path, instrument(), sq.Difference(), products=products, **COLUMNS)


def statistics(found: sq.Summary) -> Numbers:
    """Return mean and standard deviation of P, E and the gap, item by item, as peers order them."""
    answers, gaps = found.answers_table(), found.item_table()
    numbers = np.array([[*answers["mean"], *gaps["mean"]], [*answers["sd"], *gaps["sd"]]], np.float64)
    return numbers.reshape(2, 3, ITEMS).transpose(2, 1, 0).ravel()


def _compared(path: Path, respondents: int, rounds: int, case: str, goals: dict[str, Goal]) -> list[Row]:
    """Peers form the 132 statistics alone; ours are the same with tallies, dimension and overall gaps besides."""
    ours = statistics(summary(path))
    contenders: dict[str, Callable[[], object]] = {
        OURS: lambda: statistics(summary(path)),
        FLOOR: partial(scan, path),
        FULL: lambda: statistics(summary(path, products=True)),
    }
    for peer in stream_peers(path):
        np.testing.assert_allclose(peer.numbers(peer.run()), ours, rtol=1e-9, atol=1e-9, err_msg=peer.name)
        contenders[peer.name] = peer.run
    assert scan(path) == respondents
    return compared(f"{case}: 132 item statistics", interleaved(contenders, rounds), goals, bounds=[FLOOR])


def _scores(path: Path, respondents: int, rounds: int) -> list[Row]:
    out = path.with_name("scores.parquet")
    ours = partial(score_to_parquet, path, sq.Difference(), out, instrument=instrument(), overwrite=True, **COLUMNS)
    times = interleaved({OURS: ours, FLOOR: partial(scan, path)}, rounds)
    case = f"Parquet, {size(respondents)}, complete: scores of respondents to Parquet"
    return compared(case, times, {}, bounds=[FLOOR])


def _memory(files: dict[int, Path]) -> list[Row]:
    cases = {"summary": FLAT, "full summary": FLAT, "scores to Parquet": FLAT}
    return [
        Row(f"peak memory, {size(n)}, {case}", OURS, _in_a_process(path, case), "MiB beyond the libraries", goal=goal)
        for case, goal in cases.items()
        for n, path in files.items()
    ]


def _in_a_process(path: Path, case: str) -> float:
    command = [sys.executable, "-m", "benchmarks.streams", str(path), case]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    return float(done.stdout)


def _peak(path: Path, case: str) -> float:
    """Return what the process had at most beyond the interpreter with its libraries, as the system counts it."""
    import pyarrow.parquet  # noqa: F401 - a library that is there before

    before = _status("VmRSS")
    if case == "scores to Parquet":
        out = path.with_name("peak.parquet")
        score_to_parquet(path, sq.Difference(), out, instrument=instrument(), overwrite=True, **COLUMNS)
    else:
        summary(path, products=case == "full summary")
    return (_status("VmHWM") - before) / MIB


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def _growth(folder: Path, respondents: int, rounds: int) -> list[Row]:
    """Fit the exponent k of time ~ respondents**k."""
    sizes = [respondents // part for part in (10, 4, 2, 1)]
    files = {n: answer_file(folder, n, missing=False) for n in sizes}
    times = interleaved({str(n): partial(summary, path) for n, path in files.items()}, min(rounds, FEW_ROUNDS))
    rounds_of = zip(*(times.seconds[str(n)] for n in sizes), strict=True)
    exponent = median(float(np.polyfit(np.log(sizes), np.log(each), 1)[0]) for each in rounds_of)
    case, last = f"growth of time from {size(sizes[0])} to {size(sizes[-1])}", str(sizes[-1])
    return [Row(case, OURS, times.median(last), "ms", times.best(last), "exponent of rows", exponent, LINEAR)]


if __name__ == "__main__":
    print(_peak(Path(sys.argv[1]), sys.argv[2]))
