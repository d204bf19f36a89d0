"""`complaint_risk`: customers and money lost to problems, and what complaints, solutions and speed are worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.encounters.complaints.funnel import ComplaintFunnel, branch_shares
from servqual.encounters.complaints.risk_results import BranchRow, ComplaintRisk, RecoveryLever
from servqual.encounters.complaints.words import Branch
from servqual.errors import ComplaintError, Problem
from servqual.statistics._arguments import check_confidence

LEVERS = ("voiced", "resolved", "quick")
Numbers = dict[str, Any]


def complaint_risk(
    funnel: ComplaintFunnel,
    *,
    points: float = 0.05,
    draws: int = 4000,
    rng: int | np.random.Generator | None = None,
    confidence: float = 0.95,
) -> ComplaintRisk:
    """What problems cost, by branch of the funnel, and what more complaints, solutions and speed would bring.

    Of n customers in a branch, ``n (r₀ − r)`` are lost to the problem, r being the share who buy again there and r₀
    that of customers without a problem; word of mouth loses ``hearers · lost_per_hearer`` more, and wins. A lever
    raises one rate by some points, all else equal; what one case is worth is the difference of a customer's value
    between where he is and where he would be: the most that may be spent on moving him.

    Parameters
    ----------
    funnel
        Numbers, or distributions.
    points
        By how much each lever raises its rate, as a share, but not above one.
    draws, rng
        How many draws where numbers are distributions, and their seed or Generator, which is then needed. Where all
        numbers are known, nothing is drawn.
    confidence
        Of intervals: percentiles of the draws.

    Raises
    ------
    ComplaintError
        Distributions without a seed, distributions that leave what their numbers may be, no points, no draws.

    References
    ----------
    Goodman 1999, Quality Progress 32(6):29-36; Fornell & Wernerfelt 1987, Journal of Marketing Research 24(4):337-346
    (why more complaints may pay).

    Examples
    --------
    >>> funnel = ComplaintFunnel.tarp("major", customers=10_000, problem=0.1, voiced=0.3, resolved=0.5, quick=0.4)
    >>> complaint_risk(funnel)
    <ComplaintRisk: 1000 customers have a problem, 811 are lost to it; worth 810.70>
    """
    check_confidence(confidence)
    _check(funnel, points, draws, rng)
    at: Numbers = funnel.numbers
    drawn: Numbers | None = None
    if funnel.uncertain and rng is not None:
        drawn = dict(funnel.drawn(draws, rng))
    spread = _Spread(confidence, drawn)
    rows = tuple(_branch(place, branch, at, spread) for place, branch in enumerate(Branch))
    levers = tuple(_lever(name, points, at, spread) for name in LEVERS)
    totals = {name: spread.of(function, at) for name, function in _TOTALS.items()}
    return ComplaintRisk(funnel, rows, levers, totals, draws if drawn is not None else 0, confidence)


class _Spread:
    """A quantity at the estimates, with percentiles of the draws where there are any."""

    def __init__(self, confidence: float, drawn: Numbers | None) -> None:
        self.tails = (1 - confidence) / 2
        self.drawn = drawn

    def of(self, function: Any, at: Numbers) -> tuple[float, float, float]:
        estimate = float(function(at))
        if self.drawn is None:
            return estimate, estimate, estimate
        low, high = np.quantile(function(self.drawn), [self.tails, 1 - self.tails])
        return estimate, float(low), float(high)


def customers_of(at: Numbers) -> Floats:
    """Return customers in each branch, shape (4, …)."""
    return np.asarray(at["customers"] * at["problem"] * branch_shares(at))


def _again(at: Numbers) -> Floats:
    return np.stack([np.asarray(at[f"repurchase_{branch}"], np.float64) for branch in Branch])


def _lost(at: Numbers) -> Floats:
    """Return customers lost to the problem in each branch, those who would have bought again without it."""
    return np.asarray(customers_of(at) * (at["repurchase_no_problem"] - _again(at)))


def _silenced(at: Numbers) -> Floats:
    """Return customers lost by what one customer of each branch says, shape (4, …); below zero where some are won."""
    won, lost = at["told_satisfied"] * at["won_per_hearer"], at["told_dissatisfied"] * at["lost_per_hearer"]
    return np.stack([-won if branch.satisfied else lost for branch in Branch])


def _talk(at: Numbers) -> Floats:
    """Return customers lost by what those of each branch say."""
    return np.asarray(customers_of(at) * _silenced(at))


def worth(at: Numbers) -> Floats:
    """Return what one customer of each branch is worth in money, with those he wins and loses by talk, shape (4, …)."""
    return np.asarray(at["value"] * (_again(at) - _silenced(at)))


def _case(name: str, at: Numbers) -> Floats:
    """Return what moving one customer by a lever is worth."""
    silent, unresolved, resolved, quick = worth(at)
    solved = (1 - at["quick"]) * resolved + at["quick"] * quick
    voiced = (1 - at["resolved"]) * unresolved + at["resolved"] * solved
    gains = {"voiced": voiced - silent, "resolved": solved - unresolved, "quick": quick - resolved}
    return np.asarray(gains[name])


_TOTALS = {
    "with_problem": lambda at: at["customers"] * at["problem"],
    "lost": lambda at: _lost(at).sum(axis=0),
    "lost_by_talk": lambda at: _talk(at).sum(axis=0),
    "money": lambda at: at["value"] * (_lost(at) + _talk(at)).sum(axis=0),
}


def _branch(place: int, branch: Branch, at: Numbers, spread: _Spread) -> BranchRow:
    money = spread.of(lambda each: each["value"] * (_lost(each) + _talk(each))[place], at)
    return BranchRow(
        branch,
        float(branch_shares(at)[place]),
        float(customers_of(at)[place]),
        float((customers_of(at) * _again(at))[place]),
        spread.of(lambda each: _lost(each)[place], at),
        spread.of(lambda each: _talk(each)[place], at),
        money,
    )


def _lever(name: str, points: float, at: Numbers, spread: _Spread) -> RecoveryLever:
    def raised(each: Numbers) -> Numbers:
        return {**each, name: np.minimum(each[name] + points, 1)}

    def gain(each: Numbers) -> Floats:
        return np.asarray(_TOTALS["money"](each) - _TOTALS["money"](raised(each)))

    def kept(each: Numbers) -> Floats:
        after = raised(each)
        return np.asarray((_lost(each) + _talk(each) - _lost(after) - _talk(after)).sum(axis=0))

    case = spread.of(lambda each: _case(name, each), at)
    return RecoveryLever(name, at[name], min(at[name] + points, 1.0), spread.of(kept, at), spread.of(gain, at), case)


def _check(funnel: ComplaintFunnel, points: float, draws: int, rng: int | np.random.Generator | None) -> None:
    problems = []
    if not 0 < points <= 1:
        remedy = f"pass {points / 100:g}" if 1 < points <= 100 else ""
        problems.append(Problem("points", f"{points:g}", "a lever raises its rate by a share above 0, up to 1", remedy))
    if funnel.uncertain and rng is None:
        found = f"none, with {', '.join(funnel.uncertain)} as distributions"
        problems.append(Problem("rng", found, "draws have a seed", "pass rng=1 or a Generator"))
    if not (draws >= 1 and draws % 1 == 0):
        problems.append(Problem("draws", f"{draws}", "it is a whole number, one at least"))
    if problems:
        raise ComplaintError(*problems)
