"""`internal_customers`: each hand-over rated by the step that receives, and what of it reaches the customer."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual.errors import Problem, ProcessError
from servqual.operations.process.case_intake import Cases, Expected, rated_cases
from servqual.operations.process.hand_over_results import HandOverQuality, InternalCustomers
from servqual.operations.process.hand_over_telling import Asked, told_customers
from servqual.operations.process.hand_over_words import HandOverVerdict
from servqual.operations.process.loss_carrying import Carried, carried_losses
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Inapplicable, adjusted, percentile_interval, t_test
from servqual.statistics.outcomes import MeanTest

KEY = "{source} -> {target}"
NO_OUTCOME = Inapplicable("no outcome was given")
NO_DRAWS = Inapplicable("too few resamples have a solution")


def internal_customers(
    process: ServiceProcess,
    source: Any,
    *,
    expected: Expected,
    received: str = KEY,
    outcome: str | None = None,
    confidence: float = 0.95,
    draws: int = 1000,
    rng: int | np.random.Generator | None = None,
) -> InternalCustomers:
    """Quality at each hand-over of a process (internal service quality): its gap, and what of it reaches the customer.

    The next step is the customer: it rates what it receives in each case (a guest, an order) and says what it expects.
    A gap is received minus expected; below zero it is a shortfall. With an outcome that the external customer gives,
    regressions across cases carry each hand-over to it: a hand-over by a step hangs on what that step received, the
    outcome on what the customer received. The total effect of a hand-over is the sum, over all ways through the
    process, of the products of the coefficients along them.

    Parameters
    ----------
    process
        Its steps and hand-overs.
    source
        A data frame or a mapping name → numbers, with a row for each case.
    expected
        What receiving steps expect: a pattern of columns such as ``"{source} -> {target} expected"``, one number for
        all hand-overs, or key of each hand-over → number.
    received
        The pattern of the columns of ratings, in which ``{source}`` and ``{target}`` stand for keys of steps.
    outcome
        The column of what the external customer says of the case as a whole.
    confidence
        Of all intervals.
    draws, rng
        Resamples of cases for the intervals of effects and losses, and a seed or a generator; with an outcome only.

    Returns
    -------
    InternalCustomers
        One row for each hand-over, in the order of the process.

    Raises
    ------
    ProcessError
        All problems at once: a hand-over that nobody rates, columns that are no numbers, expectations of hand-overs
        that there are not, too few cases, ratings that do not vary or follow from each other.

    Notes
    -----
    With an outcome, cases that lack a rating take no part, and the notes count them; without one, each hand-over has
    its own cases. Regressions say what goes along with the outcome, given what else came before.

    References
    ----------
    Hallowell, Schlesinger & Zornitsky 1996, Human Resource Planning 19(2):20-31 (internal service quality); Wright
    1934, Annals of Mathematical Statistics 5(3):161-215 (path coefficients); Holm 1979, Scandinavian Journal of
    Statistics 6(2):65-70.

    Examples
    --------
    >>> desk = ServiceProcess.define("desk", {"customer": ["ask"], "onstage": ["clerk"]}, "ask -> clerk")
    >>> found = internal_customers(desk, {"ask -> clerk": [4, 5, 3, 4, 4]}, expected=5)
    >>> found["ask -> clerk"]
    <HandOverQuality ask -> clerk: gap -1.000, falls short>
    """
    if outcome is None and rng is not None:
        raise ProcessError(Problem("rng", "given without an outcome", "only effects on an outcome are resampled"))
    cases = rated_cases(process, source, expected, received, outcome)
    tests = _tests(cases)
    low, high = tests.interval(confidence)
    columns = {"se": tests.se, "low": low, "high": high, "p": tests.p, "p_holm": adjusted(tests.p)}
    found = None if outcome is None else carried_losses(process, cases, draws, rng)
    rows = []
    for place in range(len(process.hand_overs)):
        why = str(tests.reason[place])
        numbers: dict[str, Any] = {name: _number(float(column[place]), why) for name, column in columns.items()}
        verdict = _verdict(numbers["p_holm"], float(tests.estimate[place]), 1 - confidence)
        lost = _lost(found, place, float(tests.estimate[place]), confidence)
        rows.append(HandOverQuality(**_plain(process, cases, place), **numbers, verdict=verdict, **lost))
    return told_customers(process, cases, tuple(rows), found, Asked(outcome, confidence, draws))


def _plain(process: ServiceProcess, cases: Cases, place: int) -> dict[str, Any]:
    """Return what a hand-over is, and its means."""
    hand_over = process.hand_overs[place]
    ends = (process.step(hand_over.source), process.step(hand_over.target))
    here = ~np.isnan(cases.gaps[:, place])
    return {
        "hand_over": hand_over.key,
        "visible": all(step.lane.visible for step in ends),
        "n": int(here.sum()),
        "received": float(cases.received[here, place].mean()),
        "expected": float(cases.expected[here, place].mean()),
        "gap": float(cases.gaps[here, place].mean()),
    }


def _tests(cases: Cases) -> MeanTest:
    gaps = cases.gaps
    n = (~np.isnan(gaps)).sum(axis=0)
    error = np.nanstd(gaps, axis=0, ddof=1) / np.sqrt(n)
    return t_test(np.nanmean(gaps, axis=0), error, n - 1, null="the gap is 0", method="paired t")


def _lost(found: Carried | None, place: int, gap: float, confidence: float) -> dict[str, Any]:
    """Return what is told of one hand-over beyond its gap."""
    names = ("effect_low", "effect_high", "loss_low", "loss_high", "costliest")
    if found is None:
        return dict.fromkeys(("effect", "arising", "loss", "gain", *names), NO_OUTCOME)
    sums = found.sums
    numbers: dict[str, Any] = {
        "effect": float(sums.effect[place]),
        "arising": float(sums.arising[place]),
        "loss": float(sums.loss[place]),
        "gain": -float(sums.effect[place]) * gap,
    }
    if not found.enough:
        return numbers | dict.fromkeys(names, NO_DRAWS)
    for name, column in (("effect", found.drawn.effect), ("loss", found.drawn.loss)):
        low, high = percentile_interval(column[:, place], confidence)
        numbers |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    worst = found.drawn.loss.argmin(axis=1) == place
    return numbers | {"costliest": float((worst & (found.drawn.loss[:, place] < 0)).mean())}


def _verdict(p: float | Inapplicable, gap: float, level: float) -> HandOverVerdict:
    if isinstance(p, Inapplicable):
        return HandOverVerdict.UNTESTED
    if p > level:
        return HandOverVerdict.OPEN
    return HandOverVerdict.BELOW if gap < 0 else HandOverVerdict.ABOVE


def _number(value: float, why: str) -> float | Inapplicable:
    return Inapplicable(why or "it does not exist for these ratings") if np.isnan(value) else value
