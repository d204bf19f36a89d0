"""A million journeys scored in one pass beside a loop over journeys.

``python -m benchmarks.journeys`` runs it.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.rounds import interleaved
from benchmarks.rows import OURS, Goal, Row, compared, markdown
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.whole_journeys import journey_scores

JOURNEYS = 1_000_000
LOOP = "a loop in Python"


def log(journeys: int) -> pd.DataFrame:
    """Return encounters of journeys of 1 to 9 of them, one journey a customer."""
    rng = np.random.default_rng(11)
    customer = np.repeat(np.arange(journeys), rng.integers(1, 10, journeys))
    return pd.DataFrame({"customer": customer, "score": rng.integers(-3, 4, customer.size)})


def looped(scores: list[float], start: list[int]) -> list[tuple[float, ...]]:
    """Return total, mean, negative share, worst and where, peak and end, and trend of each journey, one by one."""
    found: list[tuple[float, ...]] = []
    for first, last in pairwise(start):
        mine = scores[first:last]
        n, total, worst, end = len(mine), sum(mine), min(mine), mine[-1]
        peak = max(mine, key=lambda score: (abs(score), score < 0))
        spread = n * (n * n - 1) / 12
        slope = sum((place - (n - 1) / 2) * score for place, score in enumerate(mine))
        trend = slope / spread if spread else float("nan")
        share = sum(score < 0 for score in mine) / n
        found.append((total, total / n, share, worst, mine.index(worst) + 1, (peak + end) / 2, trend))
    return found


def rows(rounds: int) -> list[Row]:
    """Return the scoring of journeys that were read, and how long reading takes."""
    frame = log(JOURNEYS)
    start = perf_counter()
    journeys = Journeys.from_frame(frame)
    read = perf_counter() - start
    scores, places = journeys.score.tolist(), journeys.start.tolist()
    _same(journeys, looped(scores[: places[1000]], places[:1001]))
    times = interleaved({OURS: lambda: journey_scores(journeys), LOOP: lambda: looped(scores, places)}, rounds)
    case = f"{JOURNEYS} journeys, {journeys.score.size} encounters, scored"
    reading = Row(f"{JOURNEYS} journeys, read from a frame", OURS, read * 1e3, "ms")
    return [*compared(case, times, {LOOP: Goal(least=10)}), reading]


def _same(journeys: Journeys, told: list[tuple[float, ...]]) -> None:
    found = journey_scores(journeys)
    names = ("total", "mean", "negative_share", "worst", "worst_at", "peak_end", "trend")
    for name, column in zip(names, np.array(told).T, strict=True):
        ours: Any = getattr(found, name)[: len(told)]
        assert np.allclose(ours, column, equal_nan=True), name


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.journeys", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, in each of which both run once")
    print(markdown(rows(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
