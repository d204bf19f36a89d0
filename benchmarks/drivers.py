"""LMG shares of a thousand resamples in one stack, beside loops that fit every subset again.

``python -m benchmarks.drivers`` runs it: 15 drivers, 1000 respondents, 32 768 subsets a resample.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from math import factorial
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.rounds import Times
from benchmarks.rows import OURS, Goal, Row, compared, markdown
from servqual.satisfaction.driving.reading import drivers
from servqual.statistics.importance import variance_shares
from servqual.statistics.resampled_sums import Respondents, drawn_moments

Table = np.ndarray[Any, np.dtype[np.float64]]

DRIVERS = 15
RESPONDENTS = 1000
DRAWS = 1000
GOAL = Goal(least=50)
# subsets that least squares on rows is timed on, and told of as if it had fitted all
FITTED = 512


def answers(respondents: int, columns: int) -> Table:
    """Return related drivers and, last, what they make."""
    rng = np.random.default_rng(11)
    table = rng.normal(size=(respondents, columns)) + rng.normal(size=(respondents, 1))
    slopes = np.linspace(1.0, 0.0, columns)
    return np.column_stack([table, table @ slopes + 3 * rng.normal(size=respondents)])


def ours(table: Table, draws: int) -> Table:
    """Return the shares of resamples, from drawing to shares."""
    moments = drawn_moments(table, Respondents(len(table)), draws=draws, rng=1)
    return np.asarray(variance_shares(moments.covariances))


def from_products(table: Table) -> Table:
    """Return the shares of one resample: products once, then a loop that solves for every subset, as peers do."""
    matrix = np.cov(table.T)
    explained = {0: 0.0}
    for number in range(1, 2**DRIVERS):
        places = [place for place in range(DRIVERS) if number >> place & 1]
        across = matrix[places, -1]
        explained[number] = float(across @ np.linalg.solve(matrix[np.ix_(places, places)], across)) / matrix[-1, -1]
    return _shapley(explained)


def from_rows(table: Table, subsets: range) -> None:
    """Fit some subsets to the rows of one resample, by least squares."""
    y = table[:, -1] - table[:, -1].mean()
    x = table[:, :-1] - table[:, :-1].mean(axis=0)
    for number in subsets:
        places = [place for place in range(DRIVERS) if number >> place & 1]
        np.linalg.lstsq(x[:, places], y)


def _shapley(explained: dict[int, float]) -> Table:
    shares = np.zeros(DRIVERS)
    weights = [factorial(k) * factorial(DRIVERS - 1 - k) / factorial(DRIVERS) for k in range(DRIVERS)]
    for number, value in explained.items():
        weight = weights[number.bit_count()] if number.bit_count() < DRIVERS else 0.0
        for place in range(DRIVERS):
            if not number >> place & 1:
                shares[place] += weight * (explained[number | 1 << place] - value)
    return shares


def rows(rounds: int) -> list[Row]:
    """Return the stack beside both loops, and the whole reading with its intervals and ranks."""
    table = answers(RESPONDENTS, DRIVERS)
    rng = np.random.default_rng(1)
    resample = table[rng.integers(RESPONDENTS, size=RESPONDENTS)]
    assert np.allclose(variance_shares(np.cov(resample.T)), from_products(resample), atol=1e-10)
    names = [f"d{place}" for place in range(DRIVERS)]
    some = range(1, 2**DRIVERS, 2**DRIVERS // FITTED)
    contenders: dict[str, tuple[Callable[[], object], float]] = {
        OURS: (lambda: ours(table, DRAWS), 1.0),
        "the whole reading, tables and all": (
            lambda: drivers(table[:, :-1], table[:, -1], names, draws=DRAWS, rng=1),
            1.0,
        ),
        "a loop of solutions, from one resample": (lambda: from_products(resample), float(DRAWS)),
        f"a loop of least squares on rows, from {FITTED} subsets": (
            lambda: from_rows(resample, some),
            DRAWS * 2**DRIVERS / FITTED,
        ),
    }
    ours(table, 20)
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, (run, scaled) in contenders.items():
            start = perf_counter()
            run()
            seconds[name].append((perf_counter() - start) * scaled)
    goals = {name: GOAL for name in contenders if "loop" in name}
    case = f"LMG, {DRIVERS} drivers, {DRAWS} resamples of {RESPONDENTS} respondents"
    times = Times({name: tuple(each) for name, each in seconds.items()})
    return compared(case, times, goals, bounds={"the whole reading, tables and all"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drivers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, in each of which every contender runs once")
    print(markdown(rows(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
