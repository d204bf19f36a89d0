"""How long imports take beyond a bare interpreter."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from benchmarks.rounds import Times, interleaved
from benchmarks.rows import Goal, Row

BARE = "pass"
OURS = "import servqual"
FIRST_USE = "import servqual; servqual.Survey; servqual.score"
ROUNDS = 11
GOAL = Goal(most=250)


def rows() -> list[Row]:
    """Return milliseconds over a bare interpreter, medians of fresh processes."""
    peers = [f"import {name}" for name in ("numpy", "pandas", "statsmodels.api") if find_spec(name.partition(".")[0])]
    statements = [BARE, OURS, FIRST_USE, *peers]
    times = interleaved({each: lambda each=each: _fresh(each) for each in statements}, ROUNDS)  # type: ignore[misc]
    return [_over_bare(times, each) for each in statements if each != BARE]


def _over_bare(times: Times, statement: str) -> Row:
    bare = times.median(BARE)
    goal = GOAL if statement == OURS else None
    return Row("import, over a bare interpreter", statement, times.median(statement) - bare, "ms", goal=goal)


def _fresh(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True)  # noqa: S603 - our own statements
