"""What was asked of a simulation of power: effects, sizes, clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Ints
from servqual.chain.forms import Linear
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import ArgumentError, ChainError, Problem, did_you_mean

# a link, as itself, as a text or as the pair of its ends → effect
Effects = Mapping[Any, float]


@frozen(eq=False, kw_only=True)
class Design:
    """How units are sampled.

    Attributes
    ----------
    clusters, icc
        Clusters of units, None where there are none, and what units of one share of every construct's own variance.
    periods, stability
        Periods, and what a unit keeps over them of every construct's own variance.
    """

    clusters: int | None
    icc: float
    periods: int
    stability: float

    @property
    def lasting(self) -> float:
        """Share of own variance that stays over periods."""
        return self.icc + self.stability

    def groups(self, units: int, rows: int) -> Ints | None:
        """Return the group of each row whose errors are alike, units after units of ``rows`` rows each."""
        unit = np.repeat(np.arange(units), rows)
        if self.clusters is not None:
            return unit % self.clusters
        return unit if self.periods > 1 else None


def design_of(chain: Chain, clusters: int | None, icc: float, periods: int, stability: float) -> Design:
    """Return how units are sampled.

    Raises
    ------
    ArgumentError
        Everything that is no number of its kind, or has nothing to work on.
    """
    problems: list[Problem] = []
    if clusters is not None and not (_whole(clusters) and clusters >= 2):
        problems.append(Problem("clusters", repr(clusters), "it is a whole number, 2 or more"))
    if not (_whole(periods) and periods > chain.max_lag):
        rule = f"it is a whole number above the longest lag, {chain.max_lag}"
        problems.append(Problem("periods", repr(periods), rule))
    for place, share in (("icc", icc), ("stability", stability)):
        if not (isinstance(share, Real) and 0 <= share < 1):
            problems.append(Problem(place, repr(share), "it is a share of variance, 0 or more and below 1"))
    if not problems:
        if icc and clusters is None:
            problems.append(Problem("icc", f"{icc:g}, without clusters", "units of one cluster share it", "clusters=…"))
        if stability and periods == 1:
            problems.append(Problem("stability", f"{stability:g}, in one period", "units keep it over periods"))
        if icc + stability >= 1:
            problems.append(Problem("icc and stability", f"{icc + stability:g} together", "they are below 1 together"))
    if problems:
        raise ArgumentError(*problems)
    return Design(clusters=clusters, icc=float(icc), periods=int(periods), stability=float(stability))


def sizes_of(chain: Chain, units: int | Sequence[int], design: Design) -> tuple[int, ...]:
    """Return the numbers of units, each once, ascending.

    Raises
    ------
    ArgumentError
        Numbers that are not whole, that leave an equation no rows to spare, or clusters without units.
    """
    listed = list(units) if isinstance(units, Iterable) else [units]
    problems = [] if listed else [Problem("units", "none", "there is a number of units to simulate")]
    most = max(len(chain.parents(target)) for target in chain.endogenous) + 1
    for each in listed:
        if not _whole(each) or each < 1:
            problems.append(Problem("units", repr(each), "it is a whole number above zero"))
            continue
        rows = each * (design.periods - chain.max_lag)
        if rows <= most:
            rule = "an equation has more rows than coefficients"
            problems.append(Problem("units", f"{each}: {rows} rows for {most} coefficients", rule))
        groups = design.groups(each, 1)
        if groups is not None and (groups.max() < 1 or (design.clusters or 0) > each):
            found = f"{each} for {design.clusters or each} clusters"
            problems.append(Problem("units", found, "there are two clusters or more, with a unit each"))
    if problems:
        raise ArgumentError(*problems)
    return tuple(sorted({int(each) for each in listed}))


def effects_of(chain: Chain, effects: Effects) -> dict[Link, float]:
    """Return the standardised effect of each link, in the order of the chain.

    Raises
    ------
    ChainError
        Links that are bent, that are not there, that have no effect or two; effects that are no finite numbers.
    """
    problems = [
        Problem(f"link {link}", str(link.form), "power is simulated for straight links", "leave the form out")
        for link in chain.links
        if link.form != Linear()
    ]
    known = _names(chain)
    found: dict[Link, float] = {}
    for key, value in effects.items():
        link = known.get(_bare(key))
        problems += list(_fault(chain, key, value, link, found))
        if link is not None:
            found[link] = _number(value)
    missing = [str(link) for link in chain.links if link not in found]
    if missing:
        listed = ", ".join(missing)
        problems.append(Problem("effects", f"none for {listed}", "every link has one; 0 says that there is none"))
    if problems:
        raise ChainError(*problems)
    return {link: found[link] for link in chain.links}


def _fault(
    chain: Chain, key: object, value: object, link: Link | None, found: Mapping[Link, float]
) -> Iterator[Problem]:
    text = _text(key)
    if link is None:
        known = [str(each) for each in chain.links]
        yield Problem("effects", repr(text), "effects are those of links of the chain", did_you_mean(text, known))
    elif link in found:
        yield Problem("effects", f"{text!r} twice", "a link has one effect")
    if not np.isfinite(_number(value)):
        yield Problem(f"effect of {text}", repr(value), "an effect is a finite number, in standard deviations")


def _names(chain: Chain) -> dict[str, Link]:
    """Return the links by their texts; without their lag where it is the only one between its ends."""
    exact = {_bare(link): link for link in chain.links}
    ends = [link.ends for link in chain.links]
    short = {_bare(" -> ".join(link.ends)): link for link in chain.links if ends.count(link.ends) == 1}
    return {**short, **exact}


def _text(key: object) -> str:
    if isinstance(key, Link):
        return str(evolve(key, form=Linear()))
    return " -> ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _bare(key: object) -> str:
    return "".join(_text(key).replace("→", "->").split())


def _number(value: object) -> float:
    """Return a number, NaN for what is none."""
    return np.nan if isinstance(value, bool) or not isinstance(value, float | int | np.number) else float(value)


def _whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)
