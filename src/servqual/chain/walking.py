"""The ways along the links from one construct to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from servqual.chain.link import Link
from servqual.chain.ordering import among, cycles, reachable
from servqual.errors import ChainError, Problem

Path = tuple[Link, ...]


def ways(links: Sequence[Link], source: str, target: str, horizon: int | None = None) -> tuple[Path, ...]:
    """Return every way from one construct to another, the shortest first, in the order of the links among equals.

    Raises
    ------
    ChainError
        A horizon that is negative or not whole; none where later periods feed back, so that ways have no end.
    """
    _check_horizon(horizon)
    between = among(links, reachable(links, source) & reachable(links, target, backwards=True))
    ring = next(cycles(between), None)
    if ring is not None and horizon is None:
        place, found = f"paths {source} to {target}", f"{' -> '.join(ring)} with lags"
        rule = "a chain that feeds back over time has paths without end"
        raise ChainError(Problem(place, found, rule, "pass horizon=, the periods that a path may take"))
    return tuple(sorted(_walks(between, source, target, horizon), key=lambda path: (len(path), duration(path))))


def duration(path: Path) -> int:
    """Return how many periods a path takes: the sum of its lags."""
    return sum(link.lag for link in path)


def _walks(links: Sequence[Link], source: str, target: str, horizon: int | None) -> Iterator[Path]:
    """Yield the ways depth first; within a period no construct comes twice, so each ends or uses up its periods."""
    pending: list[Path] = [(link,) for link in reversed(links) if link.source == source]
    while pending:
        path = pending.pop()
        if horizon is not None and duration(path) > horizon:
            continue
        end = path[-1].target
        if end == target:
            yield path
        pending += [(*path, link) for link in reversed(links) if link.source == end]


def _check_horizon(horizon: int | None) -> None:
    given: Any = horizon
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given >= 0):
        return
    raise ChainError(Problem("horizon", repr(given), "a horizon is a whole number of periods, zero or more"))
