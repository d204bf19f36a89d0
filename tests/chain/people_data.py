"""People of branches for tests: random ones with gaps, and a second way to everything that is said of them."""

import math
import statistics
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from servqual._arrays import Floats

ITEMS = {"climate": ("q1", "q2", "q3"), "pride": ("q4",)}


def staff(seed: int, *, gaps: float = 0.15) -> pd.DataFrame:
    """Answers on 1..5 of up to 80 people of five branches in two years; some are missing."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(12, 80))
    answers = rng.integers(1, 6, (n, 4)).astype(float)
    answers[rng.random(answers.shape) < gaps] = np.nan
    keys = {"branch": rng.choice(list("abcde"), n), "year": rng.choice([2020, 2021], n), "w": rng.integers(1, 4, n)}
    return pd.DataFrame(keys | {f"q{place}": answers[:, place - 1] for place in range(1, 5)})


class Found(NamedTuple):
    """Of one branch in one year."""

    n: int
    mean: float
    rwg: float
    star: float
    ad: float
    ad_median: float


def naive(frame: pd.DataFrame, items: tuple[str, ...], needed: int) -> dict[tuple[str, int], Found]:
    """Return what each branch in each year has, person by person and item by item; uniform null of five options."""
    cells: dict[tuple[str, int], list[list[float]]] = {}
    for row in frame.to_dict("records"):
        cells.setdefault((row["branch"], row["year"]), []).append([row[item] for item in items])
    return {key: _cell(rows, needed) for key, rows in sorted(cells.items())}


def _cell(rows: list[list[float]], needed: int) -> Found:
    there = [[answer for answer in row if not math.isnan(answer)] for row in rows]
    counting = [row for row, answered in zip(rows, there, strict=True) if len(answered) >= needed]
    scores = [statistics.fmean(answered) for answered in there if len(answered) >= needed]
    items: list[list[float]] = [
        [answer for answer in each if not math.isnan(answer)] for each in zip(*counting, strict=True)
    ]
    mean = statistics.fmean(scores) if scores else math.nan
    if not items or min(map(len, items)) < 2:
        return Found(len(scores), mean, *[math.nan] * 4)
    ratio = statistics.fmean(map(statistics.variance, items)) / 2.0
    j, cut = len(items), min(ratio, 1.0)
    rwg = j * (1 - cut) / (j * (1 - cut) + cut)
    ad, ad_median = (
        statistics.fmean(statistics.fmean(abs(x - centre(each)) for x in each) for each in items)
        for centre in (statistics.fmean, statistics.median)
    )
    return Found(len(scores), mean, rwg, 1 - ratio, ad, ad_median)


def numbers(cells: tuple[Any, ...]) -> Floats:
    """Cells of a table as numbers, NaN where there is none."""
    return np.array([math.nan if cell is None else cell for cell in cells], np.float64)
