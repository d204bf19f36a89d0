"""What keeps links from being a chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from servqual.chain.link import Link
from servqual.chain.ordering import constructs_of, cycles
from servqual.errors import Problem, did_you_mean
from servqual.labels import Label

Pairs = Sequence[tuple[str, Label]]


def strangers(links: Sequence[object], labels: Sequence[tuple[object, object]]) -> Iterator[Problem]:
    """Yield what is not there, and what is no link or no label at all."""
    if not links:
        yield Problem("chain", "no links", "a chain has at least one link", "for example Chain.parse('a -> b')")
    for number, link in enumerate(links, start=1):
        if not isinstance(link, Link):
            remedy = "Chain.parse reads text" if isinstance(link, str) else "Link(source, target) makes one"
            yield Problem(f"link {number}", repr(link), "the links of a chain are Links", remedy)
    for name, label in labels:
        if not isinstance(label, Label):
            yield Problem(f"label of {name}", repr(label), "a name in words is a Label or a text that is not empty")


def link_faults(links: Sequence[Link]) -> Iterator[Problem]:
    """Yield links drawn twice and circles within a period."""
    for (source, target, lag), count in Counter((*link.ends, link.lag) for link in links).items():
        if count > 1:
            found = f"drawn {count} times" + (f" with lag {lag}" if lag else "")
            yield Problem(f"link {source} -> {target}", found, "a link is drawn once", "keep one of them")
    for ring in cycles([link for link in links if not link.lag]):
        rule = "within a period no construct is its own cause"
        yield Problem(f"cycle at {ring[0]}", " -> ".join(ring), rule, "drop a link, or give one a lag")


def label_faults(links: Sequence[Link], labels: Pairs) -> Iterator[Problem]:
    """Yield labels of constructs that the links do not have, and constructs with two."""
    known = constructs_of(links)
    for name, count in Counter(name for name, _ in labels).items():
        if name not in known:
            yield Problem("labels", repr(name), "labels name constructs of the chain", did_you_mean(str(name), known))
        elif count > 1:
            yield Problem("labels", f"{name!r} {count} times", "a construct has one label")
