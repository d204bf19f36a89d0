"""What keeps constructs and paths from being a structural model; all of it is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from servqual.errors import Problem, did_you_mean
from servqual.labels import Label
from servqual.statistics.pls_words import OuterMode

Pairs = Sequence[tuple[str, str]]


def construct_faults(name: object, indicators: Sequence[object], mode: object) -> Iterator[Problem]:
    """Yield what is wrong with one construct by itself."""
    place = f"construct {name}"
    if not _is_name(name):
        yield Problem("construct", repr(name), "the name of a construct is a text that is not empty")
    if not indicators:
        rule = "a construct is measured by at least one indicator"
        yield Problem(place, "no indicators", rule, "name its items, or leave the construct out")
    for each in indicators:
        if not _is_name(each):
            yield Problem(place, f"indicator {each!r}", "the name of an indicator is a text that is not empty")
    for each, count in Counter(map(str, indicators)).items():
        if count > 1:
            yield Problem(place, f"indicator {each!r} {count} times", "an indicator counts once", "name it once")
    if not isinstance(mode, OuterMode):
        rule = "indicators reflect a construct, mode 'A', or form it, mode 'B'"
        yield Problem(place, f"mode {mode!r}", rule)


def strangers(constructs: Sequence[object], kind: type) -> Iterator[Problem]:
    """Yield what is no construct at all."""
    for number, each in enumerate(constructs, start=1):
        if not isinstance(each, kind):
            remedy = "StructuralModel.define makes them of a mapping construct → indicators"
            yield Problem(f"construct {number}", repr(each), "constructs are Constructs", remedy)


def model_faults(names: Sequence[str], blocks: Mapping[str, Sequence[str]], paths: Pairs) -> Iterator[Problem]:
    """Yield what is wrong with constructs beside each other, and with paths."""
    if len(names) < 2:
        yield Problem("constructs", f"{len(names)}", "a structural model has two constructs or more")
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(f"construct {name}", f"named {count} times", "each construct is named once")
    homes: dict[str, list[str]] = {}
    for name, block in blocks.items():
        for indicator in dict.fromkeys(block):
            homes.setdefault(indicator, []).append(name)
    for indicator, found in homes.items():
        if len(found) > 1:
            rule = "an indicator measures one construct"
            yield Problem(f"indicator {indicator}", f"in {' and '.join(found)}", rule)
        if indicator in blocks:
            rule = "constructs and indicators have names of their own"
            yield Problem(f"indicator {indicator}", "also the name of a construct", rule)
    faults = list(_path_faults(names, paths))
    yield from faults
    if not faults:
        yield from _shape_faults(names, paths)


def _path_faults(names: Sequence[str], paths: Sequence[Any]) -> Iterator[Problem]:
    if not paths:
        yield Problem("paths", "none", "paths join the constructs", "for example [('quality', 'satisfaction')]")
    for path, count in Counter(paths).items():
        if len(path) != 2 or not all(map(_is_name, path)):
            rule = "a path is a pair of names, source and target"
            yield Problem("paths", repr(path), rule, "a text of paths reads 'a -> b -> c; a -> c'")
            continue
        place = f"path {path[0]} -> {path[1]}"
        for end in dict.fromkeys(path):
            if end not in names:
                rule = "paths lead from construct to construct"
                yield Problem(place, f"no construct {end!r}", rule, did_you_mean(end, names))
        if path[0] == path[1]:
            yield Problem(place, "source and target are the same", "no construct leads to itself")
        if count > 1:
            yield Problem(place, f"drawn {count} times", "a path is drawn once", "keep one of them")


def _shape_faults(names: Sequence[str], paths: Pairs) -> Iterator[Problem]:
    ring = _ring(names, paths)
    if ring:
        rule = "a structural model is recursive: no path leads back"
        yield Problem("paths", f"the cycle {' -> '.join(ring)}", rule, "drop one of these paths")
    pieces = _pieces(names, paths)
    if len(pieces) > 1:
        found = " | ".join(", ".join(piece) for piece in pieces)
        rule, remedy = "paths join all constructs to one model", "add a path, or leave constructs out"
        yield Problem("paths", f"{len(pieces)} pieces that nothing joins: {found}", rule, remedy)


def _ring(names: Sequence[str], paths: Pairs) -> list[str]:
    """Return a cycle, the first construct again at the end; empty where there is none."""
    left = dict.fromkeys(names)
    while left:
        free = [name for name in left if not any(target == name and source in left for source, target in paths)]
        if not free:
            walk = [next(iter(left))]
            while len(set(walk)) == len(walk):
                walk.append(next(source for source, target in paths if target == walk[-1] and source in left))
            return walk[walk.index(walk[-1]) :][::-1]
        for name in free:
            del left[name]
    return []


def _pieces(names: Sequence[str], paths: Pairs) -> list[list[str]]:
    """Return the constructs that paths join, piece by piece."""
    piece = {name: number for number, name in enumerate(names)}
    for source, target in paths:
        old, new = piece[target], piece[source]
        piece = {name: new if number == old else number for name, number in piece.items()}
    return [[name for name in piece if piece[name] == number] for number in dict.fromkeys(piece.values())]


def label_faults(labels: Sequence[tuple[Any, Any]], known: Sequence[str]) -> Iterator[Problem]:
    """Yield labels of what the model does not have, labels that are none, and names with two."""
    for name, count in Counter(name for name, _ in labels).items():
        if name not in known:
            rule = "labels name constructs or indicators of the model"
            yield Problem("labels", repr(name), rule, did_you_mean(str(name), known))
        elif count > 1:
            yield Problem("labels", f"{name!r} {count} times", "a name has one label")
    for name, label in labels:
        if not isinstance(label, Label):
            yield Problem(f"label of {name}", repr(label), "a name in words is a Label or a text that is not empty")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
