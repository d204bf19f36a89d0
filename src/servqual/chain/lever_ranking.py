"""`levers`: which construct to pull."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from numbers import Real

import numpy as np

from servqual.chain.carrying import horizon_of
from servqual.chain.coefficient_draws import coefficient_draws, estimates
from servqual.chain.fitted import Fit
from servqual.chain.lever_effects import effects_on, lever_rows, worth_of
from servqual.chain.lever_notes import lever_notes, lever_title
from servqual.chain.lever_results import Lever, Levers, Measure
from servqual.chain.ordering import reachable
from servqual.errors import Problem, ScenarioError, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.statistics.resample_counts import check_draws
from servqual.tables import Table
from servqual.telling import Told

GOALS = ("raise", "lower")


def levers(
    fit: Fit,
    target: str,
    *,
    costs: Mapping[str, float] | None = None,
    goal: str = "raise",
    by: Measure | str | None = None,
    draws: int = 5000,
    rng: int | np.random.Generator = 0,
    confidence: float = 0.95,
    horizon: int | None = None,
) -> Levers:
    """Lever ranking of a chain (return on quality): what a point, an sd, a unit of money buys in each construct.

    The effect of a point is the total effect on the target: the sum over all paths and periods, with links as steep as
    they are at the means, upwards. An sd is that of the construct between the rows of the fit. Money divides the effect
    of a point by its cost.

    Parameters
    ----------
    fit
        The fitted chain.
    target
        What is to be moved.
    costs
        Construct → cost of raising it by one point, above zero.
    goal
        "raise", or "lower" where less of the target is better, as of complaints.
    by
        "point", "sd" or "money": the measure of ranks and of the probability of being best. By default money where
        costs are given, else sd.
    draws
        Joint draws of all coefficients from normal distributions.
    rng
        Seed or generator of the draws.
    confidence
        Of the percentile intervals, between 0 and 1.
    horizon
        The last period whose effect is counted; needed only where later periods feed back.

    Returns
    -------
    Levers
        The best first; those whose more does harm come last, and are said to.

    Raises
    ------
    ScenarioError
        A target that is not in the chain or that nothing leads to; costs of constructs that do not lead there, or that
        are not above zero; money without costs; an unknown goal or measure; feedback over time without a horizon.
    ArgumentError
        A confidence outside 0 and 1, draws that are none.

    Notes
    -----
    The effect is a rate at the means: far away from there bent links are less, or more, steep; see `project`. A lever
    that is the best in the estimates may be so in few draws: then the data do not tell which one to pull.

    References
    ----------
    Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70 (return on quality); Bollen 1987, Sociological
    Methodology 17:37-69 (total effects).

    Examples
    --------
    >>> from servqual.chain.fitting import fit
    >>> from servqual.chain.graph import Chain
    >>> from servqual.chain.units import UnitTable
    >>> rows = {"service": [1, 2, 3, 4, 5, 4], "price": [3, 1, 2, 3, 1, 2], "profit": [1, 3, 3, 6, 7, 5]}
    >>> found = fit(Chain.parse("service -> profit; price -> profit"), UnitTable.from_arrays(list("ABCDEF"), rows))
    >>> levers(found, "profit", costs={"service": 100, "price": 20}).rows[0].construct
    'service'
    """
    check_confidence(confidence)
    check_draws(draws, rng)
    upstream = _upstream(fit, target)
    prices = dict(costs or {})
    measure = (Measure.MONEY if prices else Measure.SD) if by is None else by
    problems = [*_asked(goal, measure, prices), *_prices(fit, target, upstream, prices)]
    if problems:
        raise ScenarioError(*problems)
    last = horizon_of(fit, upstream, horizon)
    found = effects_on(fit, target, upstream, estimates(fit), last)[0]
    drawn = effects_on(fit, target, upstream, coefficient_draws(fit, draws, rng), last)
    worth = worth_of(fit, upstream, prices)
    rows = lever_rows(upstream, worth, found, drawn, lower=goal == "lower", by=Measure(measure), confidence=confidence)
    notes = lever_notes(fit, target, rows, by=Measure(measure), draws=draws, confidence=confidence, horizon=last)
    table = Table(columns_of(rows, Lever))
    told = Told(table, [fit.chain.label(row.construct) for row in rows], lever_title(fit, target, goal), notes)
    return Levers(
        target=target, goal=goal, by=Measure(measure), rows=rows, told=told, draws=draws, confidence=confidence,
        horizon=last,
    )  # fmt: skip


def _upstream(fit: Fit, target: str) -> tuple[str, ...]:
    """Return the constructs that lead to the target, in causal order."""
    if target not in fit.constructs:
        remedy = did_you_mean(str(target), fit.constructs)
        raise ScenarioError(Problem("target", f"no {target!r}", "it is a construct of the chain", remedy))
    leading = reachable(fit.chain.links, target, backwards=True) - {target}
    if not leading:
        remedy = did_you_mean(target, fit.chain.endogenous)
        raise ScenarioError(Problem("target", f"nothing leads to {target}", "levers lie upstream", remedy))
    return tuple(name for name in fit.constructs if name in leading)


def _asked(goal: str, by: str, costs: Mapping[str, float]) -> Iterator[Problem]:
    if goal not in GOALS:
        yield unknown_word("goal", goal, GOALS, "it is raise or lower")
    known = [str(each) for each in Measure]
    if by not in known:
        yield unknown_word("by", by, known)
    elif by == Measure.MONEY and not costs:
        yield Problem("by", "'money', without costs", "money needs the cost of a point", "pass costs={construct: cost}")


def _prices(fit: Fit, target: str, upstream: Sequence[str], costs: Mapping[str, float]) -> Iterator[Problem]:
    for name, cost in costs.items():
        place = f"cost of {name}"
        if name not in fit.constructs:
            remedy = did_you_mean(str(name), upstream)
            yield Problem(place, "not in the chain", "costs are those of constructs of the chain", remedy)
        elif name not in upstream:
            yield Problem(place, f"it does not lead to {target}", "costs are those of constructs upstream")
        if not _above_zero(cost):
            yield Problem(place, repr(cost), "the cost of a point is a finite number above zero")


def _above_zero(value: object) -> bool:
    number = isinstance(value, Real) and not isinstance(value, bool)
    return number and 0 < float(value) < np.inf  # type: ignore[arg-type]
