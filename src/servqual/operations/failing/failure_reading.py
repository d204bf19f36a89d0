"""`failures`: which failures come first, by their ratings and by what they cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from servqual.errors import Problem, ProcessError, did_you_mean
from servqual.labels import Label
from servqual.operations.failing.expected_costs import ExpectedCosts
from servqual.operations.failing.failure_modes import CauseClass, FailureMode
from servqual.operations.failing.failure_results import CauseSum, FailureRank, Failures
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Inapplicable, wilson_interval
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_ORDERS = ("rpn", "cost")
_FEWEST = 100
NO_COST = Inapplicable("no events and cost were given")
NOT_ALL = Inapplicable("not every failure mode has events and a cost")
_RPN = Label(
    "RPN: severity × occurrence × detection, 1 to 1000; a product of ranks, so it sorts but does not measure: 200 is "
    "not twice as bad as 100",
    "RPN：严重度 × 频度 × 探测度，1 至 1000；它是等级的乘积，只能排序，不能度量：200 并非 100 的两倍",
)


def failures(
    modes: Iterable[FailureMode],
    *,
    process: ServiceProcess | None = None,
    order: str = "rpn",
    per: float = 1000,
    confidence: float = 0.95,
    draws: int = 10_000,
    rng: int | np.random.Generator | None = None,
) -> Failures:
    """Failure modes in order of rank (FMEA): by risk priority number and by expected cost, with how sure that is.

    Expected cost is ``failures / opportunities × cost × per``. It is drawn again and again: the rate from its Beta
    distribution ``(k + ½, n − k + ½)`` (Jeffreys), the cost from a lognormal of its mean and standard error; intervals
    are quantiles of the draws, and `first` counts in how many of them a mode costs most.

    Parameters
    ----------
    modes
        What can fail.
    process
        The process whose steps the modes name.
    order
        "rpn" (ties by severity, then by occurrence) or "cost".
    per
        For how many opportunities costs are told.
    confidence
        Of all intervals.
    draws, rng
        How often rates and costs are drawn, and a seed or a generator; needed where a mode has events and a cost.

    Returns
    -------
    Failures
        The first in rank first, with sums by class of causes (5M1E).

    Raises
    ------
    ProcessError
        All problems at once: no modes, modes that share a key, steps that the process does not have, an order by costs
        that some modes lack, no seed, fewer than 100 draws.

    References
    ----------
    Stamatis 2003, Failure Mode and Effect Analysis, 2nd ed., ASQ Quality Press; Bowles 2003, Proceedings of the Annual
    Reliability and Maintainability Symposium, 380-386 (why a product of ranks measures nothing); Brown, Cai & DasGupta
    2001, Statistical Science 16(2):101-133 (Jeffreys); Ishikawa 1985, What Is Total Quality Control?, Prentice-Hall.

    Examples
    --------
    >>> late = FailureMode(key="late", cause="method", severity=4, occurrence=6, detection=2, events=(60, 1000), cost=5)
    >>> lost = FailureMode(key="lost", cause="man", severity=9, occurrence=2, detection=5, events=(2, 1000), cost=90)
    >>> found = failures([late, lost], rng=1)
    >>> [(row.mode, row.rpn, row.expected_cost) for row in found]
    [('lost', 90, 180.0), ('late', 48, 300.0)]
    """
    held = tuple(modes)
    faults = list(_mode_faults(held, process))
    if not faults:
        faults = [*_order_faults(held, order), *_draw_faults(held, draws, rng), *_number_faults(per, confidence)]
    if faults:
        raise ProcessError(*faults)
    costs = ExpectedCosts.of(held, per, draws, rng)
    ranks = [_rank(costs, place, confidence) for place in range(len(held))]
    places = sorted(range(len(held)), key=lambda each: _precedence(held[each]))
    if order == "cost":
        places.sort(key=lambda each: -costs.values[each])
    kept = tuple(ranks[each] for each in places)
    notes = [_RPN, *([_cost_note(per, confidence, draws)] if costs.known.any() else [])]
    labels = [held[each].label for each in places]
    told = Told(Table(columns_of(kept, FailureRank)), labels, Label("Failure modes", "失效模式"), notes)
    causes = sorted(_causes(costs, confidence), key=lambda each: -each.rpn)
    asked = {"order": order, "per": per, "confidence": confidence}
    return Failures(kept, told, asked=asked, causes=tuple(causes))


def _precedence(mode: FailureMode) -> tuple[int, int, int]:
    return -mode.rpn, -mode.severity, -mode.occurrence


def _rank(costs: ExpectedCosts, place: int, confidence: float) -> FailureRank:
    mode, modes = costs.modes[place], costs.modes
    numbers: dict[str, Any] = dict.fromkeys(("rate", "rate_low", "rate_high"), Inapplicable("no events were given"))
    if mode.events is not None:
        low, high = wilson_interval(*mode.events, confidence)
        numbers = {"rate": mode.events[0] / mode.events[1], "rate_low": low, "rate_high": high}
    numbers["cost"] = Inapplicable("no cost was given") if mode.cost is None else mode.cost[0]
    numbers |= dict.fromkeys(("expected_cost", "low", "high"), NO_COST)
    if costs.known[place]:
        low, high = costs.interval([place], confidence)
        numbers |= {"expected_cost": float(costs.values[place]), "low": low, "high": high}
    numbers |= {"rank_cost": NOT_ALL, "first": NOT_ALL}
    if costs.known.all():
        numbers |= {"rank_cost": costs.rank(place), "first": costs.first(place)}
    return FailureRank(
        mode=mode.key, step=mode.step, cause=mode.cause, severity=int(mode.severity), occurrence=int(mode.occurrence),
        detection=int(mode.detection), rpn=mode.rpn, rank_rpn=1 + sum(each.rpn > mode.rpn for each in modes), **numbers,
    )  # fmt: skip


def _causes(costs: ExpectedCosts, confidence: float) -> Iterator[CauseSum]:
    whole = sum(mode.rpn for mode in costs.modes)
    for cause in CauseClass:
        places = [place for place, mode in enumerate(costs.modes) if mode.cause is cause]
        if not places:
            continue
        numbers: dict[str, Any] = dict.fromkeys(("expected_cost", "low", "high"), NOT_ALL)
        if costs.known[places].all():
            low, high = costs.interval(places, confidence)
            numbers = {"expected_cost": float(costs.values[places].sum()), "low": low, "high": high}
        rpn = sum(costs.modes[place].rpn for place in places)
        yield CauseSum(cause=cause, modes=len(places), rpn=rpn, rpn_share=rpn / whole, **numbers)


def _mode_faults(modes: Sequence[Any], process: ServiceProcess | None) -> Iterator[Problem]:
    """Yield what is wrong with the modes: strangers, keys twice, steps that there are not."""
    strangers = [each for each in modes if not isinstance(each, FailureMode)]
    if strangers or not modes:
        found = f"a {type(strangers[0]).__name__}" if strangers else "none"
        yield Problem("modes", found, "what is ranked are FailureModes")
        return
    keys = [mode.key for mode in modes]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield Problem(f"failure mode {key}", f"{keys.count(key)} of this key", "each mode has a key of its own")
    steps = None if process is None else process.keys
    for mode in modes:
        if steps is not None and mode.step is not None and mode.step not in steps:
            remedy = did_you_mean(mode.step, steps)
            yield Problem(f"failure mode {mode.key}", f"step {mode.step!r}", "no step of the process", remedy)


def _order_faults(modes: Sequence[FailureMode], order: str) -> Iterator[Problem]:
    if order not in _ORDERS:
        yield Problem("order", repr(order), "it is rpn or cost", did_you_mean(str(order), _ORDERS))
    lacking = [mode.key for mode in modes if mode.events is None or mode.cost is None]
    if order == "cost" and lacking:
        rule, remedy = "an order by cost needs events and a cost of every mode", "give both, or order by rpn"
        yield Problem("order", f"none of {', '.join(lacking)}", rule, remedy)


def _draw_faults(modes: Sequence[FailureMode], draws: int, rng: int | np.random.Generator | None) -> Iterator[Problem]:
    if rng is None and any(mode.events is not None and mode.cost is not None for mode in modes):
        yield Problem("rng", "None", "costs are drawn by a seed or a generator", "rng=1")
    if draws < _FEWEST:
        yield Problem("draws", repr(draws), f"quantiles need {_FEWEST} draws or more")


def _number_faults(per: float, confidence: float) -> Iterator[Problem]:
    if not (np.isfinite(per) and per > 0):
        yield Problem("per", repr(per), "costs are told for some opportunities, above zero")
    if not 0 < confidence < 1:
        yield Problem("confidence", f"{confidence:g}", "it lies strictly between 0 and 1")


def _cost_note(per: float, confidence: float, draws: int) -> Label:
    return Label(
        f"expected_cost: for {per:g} opportunities; {confidence:.0%} intervals and first (how often the costliest) "
        f"from {draws} draws of rates and costs",
        f"expected_cost：每 {per:g} 次机会；{confidence:.0%} 区间与 first（居首的比例）由对比率与成本"
        f"抽样 {draws} 次得出",
    )
