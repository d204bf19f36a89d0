"""How much memory scoring takes beyond what is there before it begins, each case in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import numpy as np

import servqual as sq
from benchmarks.models import LogRatio, ready
from benchmarks.rows import OURS, Goal, Row, size
from benchmarks.studies import PARTS, Study

MIB = 2**20
GOAL = Goal(most=16)
CASES = {
    "score, complete": (OURS, GOAL),
    "score, 3% missing": (OURS, GOAL),
    "user's model": (OURS, GOAL),
    "user's model, whole arrays": ("numpy", None),
}


def rows(respondents: int) -> list[Row]:
    """Return the peak beyond answers and output, in MiB, with `out=`."""
    return [
        Row(f"peak memory, {size(respondents)}, {case}", who, _in_a_process(respondents, case), "MiB", goal=goal)
        for case, (who, goal) in CASES.items()
    ]


def _in_a_process(respondents: int, case: str) -> float:
    command = [sys.executable, "-m", "benchmarks.memory", str(respondents), case]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    return float(done.stdout)


def peak(respondents: int, case: str) -> float:
    """Return the peak of one case in MiB; numpy tells tracemalloc of its arrays."""
    _task(1000, case)()
    task = _task(respondents, case)
    tracemalloc.start()
    task()
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / MIB


def _task(respondents: int, case: str) -> Callable[[], object]:
    study = Study.of(respondents, missing="missing" in case)
    if case.endswith("whole arrays"):
        return ready(study, np.float32)
    survey = study.survey
    out = np.empty((respondents, len(PARTS) + 1), np.float32, order="F")
    model = LogRatio() if case.startswith("user's model") else sq.Difference()
    return lambda: sq.score(survey, model, out=out)


if __name__ == "__main__":
    print(peak(int(sys.argv[1]), sys.argv[2]))
