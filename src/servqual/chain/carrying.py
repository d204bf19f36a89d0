"""How a change runs down a chain: period after period, link by link, for many draws of the coefficients at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear
from servqual.chain.link import Link
from servqual.chain.ordering import among, cycles, reachable
from servqual.errors import Problem, ScenarioError

Limits = tuple[Floats, Floats]


@frozen(eq=False)
class Step:
    """A link with where it starts and ends among the constructs, and where its coefficients stand."""

    link: Link
    source: int
    target: int
    equation: int
    places: Ints

    def added(self, level: float, change: Floats, coefficients: Sequence[Floats]) -> Floats:
        """Return what the link adds to its target where its source is moved from a level by changes, shape (draws,)."""
        mine = coefficients[self.equation][:, self.places]
        if self.link.form == Linear():
            return np.asarray(mine[:, 0] * change)
        form = self.link.form
        return np.asarray(((form.columns(level + change) - form.columns(np.array([level]))) * mine).sum(axis=1))


def link_steps(fit: Fit) -> tuple[Step, ...]:
    """Return the links of a fitted chain with their places."""
    targets = [equation.target for equation in fit.equations]
    return tuple(
        Step(
            link,
            fit.constructs.index(link.source),
            fit.constructs.index(link.target),
            targets.index(link.target),
            fit.equation(link.target).places(link),
        )
        for link in fit.chain.links
    )


def carried(
    fit: Fit, moved: Floats, coefficients: Sequence[Floats], horizon: int, limits: Limits | None = None
) -> Floats:
    """Return the change of every construct in every period, when a change is made in period 0 and kept up.

    Parameters
    ----------
    fit
        The fitted chain; links are followed from the means of the constructs.
    moved
        What is added to each construct from period 0 on, beside what its causes bring, shape (constructs,).
    coefficients
        For each equation, shape (draws, k).
    horizon
        The last period.
    limits
        Lowest and highest change of each construct, shape (constructs,) each; changes are cut off there.

    Returns
    -------
    Floats
        Shape (draws, horizon + 1, constructs), in units of each construct.
    """
    steps, draws = link_steps(fit), len(coefficients[0])
    change = np.zeros((draws, horizon + 1, len(fit.constructs)))
    change[:] = moved
    for period in range(horizon + 1):
        # constructs stand in causal order, so that causes within the period are complete before they are passed on
        for construct in range(len(fit.constructs)):
            for step in steps:
                if step.target == construct and step.link.lag <= period:
                    before = change[:, period - step.link.lag, step.source]
                    change[:, period, construct] += step.added(float(fit.means[step.source]), before, coefficients)
            if limits is not None:
                here = change[:, period, construct]
                np.clip(here, limits[0][construct], limits[1][construct], out=here)
    return change


def gradients(fit: Fit, change: Floats) -> Floats:
    """Return the derivative of every change with respect to every coefficient, for a chain of straight links.

    Parameters
    ----------
    fit
        The fitted chain.
    change
        As `carried` gives it for the estimates, shape (horizon + 1, constructs).

    Returns
    -------
    Floats
        Shape (horizon + 1, constructs, coefficients of all equations end to end).
    """
    sizes = [len(equation.terms) for equation in fit.equations]
    first = np.cumsum([0, *sizes])
    found = np.zeros((*change.shape, int(first[-1])))
    steps = link_steps(fit)
    for period, construct in np.ndindex(*change.shape):
        for step in steps:
            if step.target == construct and step.link.lag <= period:
                place = int(step.places[0])
                slope = fit.equations[step.equation].regression.coefficients[place]
                found[period, construct] += slope * found[period - step.link.lag, step.source]
                found[period, construct, first[step.equation] + place] += change[period - step.link.lag, step.source]
    return found


def horizon_of(fit: Fit, sources: Sequence[str], horizon: int | None) -> int:
    """Return the last period that is told: the one asked for, or the one in which a change has arrived everywhere.

    Raises
    ------
    ScenarioError
        A horizon that is negative or not whole; none where later periods feed back.
    """
    if horizon is not None:
        return _whole(horizon)
    links = _downstream(fit, sources)
    ring = next(cycles(links), None)
    if ring is not None:
        rule = "where later periods feed back, a change never comes to rest"
        raise ScenarioError(
            Problem("horizon", f"none, with {' -> '.join(ring)} over time", rule, "pass horizon=, a number of periods")
        )
    return _latest(links)


def _whole(horizon: object) -> int:
    if isinstance(horizon, bool) or not isinstance(horizon, int | np.integer) or horizon < 0:
        raise ScenarioError(Problem("horizon", repr(horizon), "it is a whole number of periods, 0 or more"))
    return int(horizon)


def downstream(fit: Fit, sources: Sequence[str]) -> set[str]:
    """Return the constructs that some sources lead to, the sources among them."""
    return set().union(*(reachable(fit.chain.links, name) for name in sources))


def _downstream(fit: Fit, sources: Sequence[str]) -> tuple[Link, ...]:
    return among(fit.chain.links, downstream(fit, sources))


def _latest(links: Sequence[Link]) -> int:
    """Return the longest time that anything takes along links without a cycle."""
    latest = {name: 0 for link in links for name in link.ends}
    for _ in latest:
        for link in links:
            latest[link.target] = max(latest[link.target], latest[link.source] + link.lag)
    return max(latest.values(), default=0)
