"""The tests that simulated samples are put to: links one by one, paths jointly, sums of paths by the delta method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.walking import Path
from servqual.errors import ChainError, Problem
from servqual.errors.problems import unknown_word
from servqual.statistics.stacked_regressions import StackedRegressions, critical_t


@frozen(eq=False)
class Sought:
    """An effect that is to be seen: the paths it is the sum of, and how it is tested."""

    effect: str
    kind: str
    test: str
    paths: tuple[Path, ...]

    def size(self, effects: Mapping[Link, float]) -> float:
        """Return how large it is, from the effects of links."""
        return sum(float(np.prod([effects[link] for link in path])) for path in self.paths)

    def seen(self, found: Samples) -> Bools:
        """Return in which samples the test sees it, shape (samples,)."""
        if self.test != "delta":
            return np.asarray(found.significant[:, [found.links.index(link) for link in self.paths[0]]].all(axis=1))
        estimate, gradient = found.effect(self.paths)
        variance = np.einsum("si,sij,sj->s", gradient, found.covariance, gradient)
        return np.asarray(np.abs(estimate) > critical_t(np.inf, found.confidence) * np.sqrt(variance))


@frozen(eq=False)
class Samples:
    """Slopes of links in many samples.

    Attributes
    ----------
    links
        In the order of the chain.
    slopes, covariance
        Shapes (samples, links) and (samples, links, links).
    significant
        Whether each link differs from zero by its t test, shape (samples, links).
    confidence
        Of the tests.
    """

    links: tuple[Link, ...]
    slopes: Floats
    covariance: Floats
    significant: Bools
    confidence: float

    def effect(self, paths: Sequence[Path]) -> tuple[Floats, Floats]:
        """Return the sum of paths, shape (samples,), and its derivatives by the slopes, shape (samples, links)."""
        estimate, gradient = np.zeros(len(self.slopes)), np.zeros(self.slopes.shape)
        for path in paths:
            places = [self.links.index(link) for link in path]
            estimate += self.slopes[:, places].prod(axis=1)
            for step, place in enumerate(places):
                gradient[:, place] += self.slopes[:, places[:step] + places[step + 1 :]].prod(axis=1)
        return estimate, gradient


def samples_of(chain: Chain, fits: Mapping[str, StackedRegressions], confidence: float) -> Samples:
    """Return the slopes of all links from the regressions of all targets, the intercept of each being first."""
    links = chain.links
    size = len(next(iter(fits.values())).coefficients)
    slopes, covariance = np.zeros((size, len(links))), np.zeros((size, len(links), len(links)))
    significant = np.zeros((size, len(links)), dtype=np.bool_)
    for target, found in fits.items():
        places = [links.index(link) for link in chain.parents(target)]
        slopes[:, places] = found.coefficients[:, 1:]
        significant[:, places] = found.significant(confidence)[:, 1:]
        covariance[np.ix_(range(size), places, places)] = found.covariance[:, 1:, 1:]
    return Samples(links, slopes, covariance, significant, confidence)


def sought_in(
    chain: Chain, source: str | None, target: str | None, method: str, horizon: int | None
) -> tuple[Sought, ...]:
    """Return the effects that are to be seen: all links, or all paths between two constructs and their sums.

    Raises
    ------
    ChainError
        One end without the other, an unknown method, no path.
    """
    problems = []
    if method not in {"joint", "delta"}:
        problems.append(unknown_word("method", method, ("joint", "delta"), "it is joint or delta"))
    if (source is None) is not (target is None):
        given, lacking = ("source", "target") if target is None else ("target", "source")
        problems.append(Problem(lacking, f"none, with a {given}", "an effect has two ends"))
    if problems:
        raise ChainError(*problems)
    if source is None or target is None:
        return tuple(Sought(str(link), "direct", "t", ((link,),)) for link in chain.links)
    paths = chain.paths(source, target, horizon)
    if not paths:
        raise ChainError(Problem("target", f"no path from {source} to {target}", "an effect goes along links"))
    return (*(_path(path, method) for path in paths), *_sums(paths, source, target))


def _path(path: Path, method: str) -> Sought:
    text = path[0].source + "".join(f" -> {link.target}{link.options}" for link in path)
    if len(path) == 1:
        return Sought(text, "direct", "t", (path,))
    return Sought(text, "indirect", "joint significance" if method == "joint" else "delta", (path,))


def _sums(paths: Sequence[Path], source: str, target: str) -> list[Sought]:
    ends = f"{source} on {target}"
    indirect = tuple(path for path in paths if len(path) > 1)
    sums = (
        [Sought(f"total indirect effect of {ends}", "total indirect", "delta", indirect)] if len(indirect) > 1 else []
    )
    if len(paths) > len(indirect) and indirect:
        sums.append(Sought(f"total effect of {ends}", "total", "delta", tuple(paths)))
    return sums
