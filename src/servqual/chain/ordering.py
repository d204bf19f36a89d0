"""The order of causes: which construct comes before which, and where a chain bites its own tail."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from servqual.chain.link import Link


def constructs_of(links: Iterable[Link]) -> tuple[str, ...]:
    """Return all constructs in the order in which the links name them first."""
    return tuple(dict.fromkeys(name for link in links for name in link.ends))


def causal_order(links: Sequence[Link]) -> tuple[str, ...]:
    """Return all constructs, each after its causes.

    Lagged links are kept in order too unless that is impossible, which it is where later periods feed back on earlier
    constructs; then the links within a period decide alone. Among those that could come next, the one that the links
    name first does.
    """
    order = _sorted(links)
    return order if order is not None else _sorted(links, [link for link in links if not link.lag]) or ()


def _sorted(links: Sequence[Link], ruling: Sequence[Link] | None = None) -> tuple[str, ...] | None:
    """Return the constructs in topological order of the ruling links (all of them by default), None in a cycle."""
    waiting = dict.fromkeys(constructs_of(links))
    edges = {link.ends for link in (links if ruling is None else ruling)}
    order: list[str] = []
    while waiting:
        blocked = {target for source, target in edges if source in waiting}
        ready = next((name for name in waiting if name not in blocked), None)
        if ready is None:
            return None
        order.append(ready)
        del waiting[ready]
    return tuple(order)


def cycles(links: Sequence[Link]) -> Iterator[tuple[str, ...]]:
    """Yield, for the links that lie on a cycle, the shortest cycle of each: constructs, the first again at the end."""
    rank = {name: place for place, name in enumerate(constructs_of(links))}
    seen: set[tuple[str, ...]] = set()
    for link in links:
        back = _way(links, link.target, link.source)
        if back is None:
            continue
        ring = (link.source, *back[:-1])
        first = min(range(len(ring)), key=lambda place: rank[ring[place]])
        turned = (*ring[first:], *ring[:first])
        if turned not in seen:
            seen.add(turned)
            yield (*turned, turned[0])


def _way(links: Sequence[Link], start: str, end: str) -> tuple[str, ...] | None:
    """Return the constructs of a shortest way from one to another, both named; None where there is none."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    reached = {start}
    while ways:
        way = ways.popleft()
        if way[-1] == end:
            return way
        for link in links:
            if link.source == way[-1] and link.target not in reached:
                reached.add(link.target)
                ways.append((*way, link.target))
    return None


def reachable(links: Sequence[Link], start: str, *, backwards: bool = False) -> set[str]:
    """Return what a construct leads to, or what leads to it; itself among them."""
    found = {start}
    grown = True
    while grown:
        steps = (link.ends[::-1] if backwards else link.ends for link in links)
        fresh = {after for before, after in steps if before in found} - found
        found |= fresh
        grown = bool(fresh)
    return found


def among(links: Iterable[Link], constructs: Collection[str]) -> tuple[Link, ...]:
    """Return the links whose two ends are both among some constructs."""
    return tuple(link for link in links if link.source in constructs and link.target in constructs)
