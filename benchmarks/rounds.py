"""Timing in rounds: every contender once per round, so that a noisy machine slows all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from attrs import frozen

Contenders = Mapping[str, Callable[[], object]]


@frozen
class Times:
    """Seconds that every contender took, round by round."""

    seconds: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        return median(self.seconds[name]) * 1e3

    def best(self, name: str) -> float:
        return min(self.seconds[name]) * 1e3

    def ratio(self, above: str, below: str) -> float:
        """Return the median of the ratios within rounds, which neighbours disturb less than a ratio of medians."""
        pairs = zip(self.seconds[above], self.seconds[below], strict=True)
        return median(one / other for one, other in pairs)


def interleaved(contenders: Contenders, rounds: int) -> Times:
    """Run each contender once to warm up, then once in every round; results are let go outside the clock."""
    for run in contenders.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    with _no_collection():
        for _ in range(rounds):
            for name, run in contenders.items():
                seconds[name].append(_timed(run))
    return Times({name: tuple(times) for name, times in seconds.items()})


def _timed(run: Callable[[], object]) -> float:
    start = perf_counter()
    kept = run()
    taken = perf_counter() - start
    del kept
    return taken


@contextmanager
def _no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
