"""The BG/NBD model on a million customers beside lifetimes.

``python -m benchmarks.lifetime --lifetimes /path/to/its/python`` runs it; without a path, lifetimes is left out.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.peer_process import asked
from benchmarks.rounds import Times
from benchmarks.rows import OURS, Row, compared, markdown
from servqual.value import PurchaseHistories, bg_nbd

CUSTOMERS = 1_000_000
TRUTH = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
Table = np.ndarray[Any, np.dtype[np.float64]]


def histories(customers: int, *, weeks: bool) -> PurchaseHistories:
    """Return customers who buy as the model says, observed for 27 to 39 weeks; times to the week, or exact."""
    rng = np.random.default_rng(7)
    rate = rng.gamma(TRUTH["r"], 1 / TRUTH["alpha"], customers)
    stop = rng.beta(TRUTH["a"], TRUTH["b"], customers)
    age = rng.integers(27, 40, customers).astype(np.float64)
    bought, last, now = np.zeros((3, customers))
    there = np.arange(customers)
    while there.size:
        now[there] += rng.exponential(1 / rate[there])
        there = there[now[there] <= age[there]]
        bought[there] += 1
        last[there] = now[there]
        there = there[rng.random(there.size) >= stop[there]]
    return PurchaseHistories(bought, np.where(bought > 0, np.maximum(np.ceil(last), 1), 0) if weeks else last, age)


def rows(rounds: int, peer: str | None) -> list[Row]:
    """Return fits with times to the week and with exact times."""
    if peer is None:
        return [*_fits("times to the week", rounds, None, weeks=True), *_fits("exact times", rounds, None, weeks=False)]
    with asked(peer, "lifetime_peer.py") as ask:
        print("lifetimes:", ask(what="versions"))
        return [*_fits("times to the week", rounds, ask, weeks=True), *_fits("exact times", rounds, ask, weeks=False)]


def _fits(case: str, rounds: int, ask: Callable[..., Any] | None, *, weeks: bool) -> list[Row]:
    seen = histories(CUSTOMERS, weeks=weeks)
    seconds: dict[str, list[float]] = {OURS: []}
    with tempfile.TemporaryDirectory() as folder:
        every = np.stack([seen.frequency, seen.recency, seen.age], axis=1)
        files = {"lifetimes": every}
        if weeks:
            distinct, count = seen.distinct()
            files["lifetimes, given the distinct rows with weights"] = np.column_stack([distinct, count])
        for place, (name, table) in enumerate(files.items()):
            np.save(Path(folder) / f"{place}.npy", table)
            if ask is not None:
                seconds[name] = []
        for _ in range(rounds):
            start = perf_counter()
            fit = bg_nbd(seen)
            seconds[OURS].append(perf_counter() - start)
            for place, name in enumerate(files if ask is not None else {}):
                answer = ask(what="fit", file=str(Path(folder) / f"{place}.npy")) if ask is not None else {}
                assert np.allclose(answer["parameters"], list(fit.parameters.values()), rtol=1e-3)
                seconds[name].append(answer["seconds"])
    times = Times({name: tuple(each) for name, each in seconds.items()})
    return compared(f"BG/NBD, {CUSTOMERS} customers, {case}", times, {})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lifetime", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, in each of which every contender runs once")
    parser.add_argument("--lifetimes", help="a Python in which lifetimes runs")
    options = parser.parse_args()
    print(markdown(rows(options.rounds, options.lifetimes)))


if __name__ == "__main__":
    main()
