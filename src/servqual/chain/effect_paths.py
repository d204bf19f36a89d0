"""`Ways`: the paths between two constructs as arithmetic on the slopes of their links."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, freeze
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.walking import Path, duration
from servqual.errors import FitError, Problem
from servqual.labels import Label


@frozen
class Ways:
    """All paths from one construct to another, and the links that they are made of.

    Where slopes are wanted, they come as an array of shape (links, …), in the order of `links`; a path's effect is the
    product of the slopes of its links.

    Attributes
    ----------
    source, target
        The two constructs.
    paths
        The shortest first.
    links
        Every link of some path once, in the order of the chain.
    """

    source: str
    target: str
    paths: tuple[Path, ...]
    links: tuple[Link, ...] = field(init=False)
    _places: tuple[tuple[int, ...], ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        links = tuple(dict.fromkeys(link for path in self.paths for link in path))
        object.__setattr__(self, "links", links)
        object.__setattr__(self, "_places", tuple(tuple(map(links.index, path)) for path in self.paths))

    @classmethod
    def of(cls, chain: Chain, source: str, target: str, horizon: int | None) -> Ways:
        """Return the paths of a chain.

        Raises
        ------
        ChainError
            An unknown construct; a horizon that is none, or none where paths have no end.
        FitError
            If no path leads from source to target, or none within the horizon.
        """
        paths = chain.paths(source, target, horizon)
        if not paths:
            back = chain.paths(target, source, horizon) if source != target else ()
            remedy = f"the chain leads from {target} to {source}" if back else ""
            within = "" if horizon is None else f" within {horizon} periods"
            found = f"no path from {source} to {target}{within}"
            raise FitError(Problem("effects", found, "an effect goes along the links of the chain", remedy))
        return cls(source, target, paths)

    @property
    def lags(self) -> tuple[int, ...]:
        """After how many periods the effect of each path arrives."""
        return tuple(duration(path) for path in self.paths)

    @property
    def direct(self) -> tuple[bool, ...]:
        """Whether each path is a single link."""
        return tuple(len(path) == 1 for path in self.paths)

    def effects(self, slopes: Floats) -> Floats:
        """Return the effect of each path, shape (paths, …)."""
        found = np.ones((len(self.paths), *slopes.shape[1:]))
        for path, places in enumerate(self._places):
            for place in places:
                found[path] *= slopes[place]
        return freeze(found)

    def gradient(self, slopes: Floats) -> Floats:
        """Return the derivatives of the effects by the slopes, shape (paths, links), each passage of a link counted."""
        found = np.zeros((len(self.paths), len(self.links)))
        for path, places in enumerate(self._places):
            for step, place in enumerate(places):
                found[path, place] += np.prod(slopes[[*places[:step], *places[step + 1 :]]])
        return freeze(found)


def path_key(path: Path) -> str:
    """Return how a path is written, with its lags and forms: ``x -> m [lag 1] -> y``."""
    return path[0].source + "".join(f" -> {link.target}{link.options}" for link in path)


def path_label(chain: Chain, path: Path) -> Label:
    """Return a path in the names of its constructs, in English and Chinese."""
    steps = [chain.label(path[0].source), *(chain.label(link.target) for link in path)]
    options = ["", *(link.options for link in path)]
    pairs = list(zip(steps, options, strict=True))
    english = " → ".join(f"{label.en}{option}" for label, option in pairs)
    return Label(english, " → ".join(f"{label.text('zh')}{option}" for label, option in pairs))


def spelled(key: str, keys: Sequence[str]) -> str:
    """Return the known key that a text means, whatever its arrows and spaces; the text itself where none does."""
    known = {_bare(each): each for each in keys}
    return known.get(_bare(key), key)


def _bare(key: str) -> str:
    return "".join(key.replace("→", ">").replace("->", ">").split())
