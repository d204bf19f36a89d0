"""`lifetime_value` and `retention_gain`: what a customer under contract is worth, and what keeping more is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem, WorthError
from servqual.value.counting import count_problems
from servqual.value.lifetime_results import LifetimeValue, RetentionGain
from servqual.value.margins import FirstMargin, checked_first, margin_multiple, rate_problems

# Of a life without end, the table shows the years up to here; the value is in closed form.
_SHOWN = 10


def lifetime_value(
    margin: float,
    retention: float | Sequence[float] | npt.NDArray[np.floating],
    *,
    discount: float,
    growth: float = 0.0,
    acquisition: float = 0.0,
    first: FirstMargin | str = FirstMargin.END,
    periods: int | None = None,
) -> LifetimeValue:
    """Lifetime value of a customer: margins times the chance that he is still there, discounted, less acquisition.

    ``−acquisition + Σ S_t m (1 + g)^(t−1) / (1 + i)^t`` over t from 1, with ``S_t = r_1 r_2 … r_t``; with the first
    margin at the start ``−acquisition + Σ S_t m (1 + g)^t / (1 + i)^t`` over t from 0.

    Parameters
    ----------
    margin
        Of the first period, in money.
    retention
        Share kept from one period to the next: one number for ever, or one for each period (a curve, such as
        `servqual.statistics.DepartureRates.retention` gives); a life is then as long as the curve, no longer.
    discount, growth
        Rates a period.
    acquisition
        Cost of winning the customer, 0 or above, at the start.
    first
        When the first margin comes: "end" or "start" of the first period.
    periods
        How many periods count; without a number a constant retention has no end and the value is in closed form.

    Raises
    ------
    WorthError
        Rates outside their ranges, a cost of acquisition below zero, no period, more periods than the curve has, or a
        sum without end.

    References
    ----------
    Gupta & Lehmann 2003, Journal of Interactive Marketing 17(1):9-24; Fader & Hardie 2010, Marketing Science
    29(1):85-93 (retention that is not constant).

    Examples
    --------
    >>> lifetime_value(100, 0.8, discount=0.1, acquisition=50)
    <LifetimeValue: 216.67 = 266.67 - 50; pays back in period 1, expected life 5 periods>
    """
    when = checked_first(first)
    curve = np.asarray(retention, np.float64)
    horizon = _horizon(curve, periods)
    _refuse(margin, curve, (discount, growth), acquisition, horizon)
    constant = curve.ndim == 0
    value = None
    if horizon is None:
        value = margin * float(margin_multiple(curve, discount, growth, first=when))
        horizon = _SHOWN
    kept = np.full(horizon, float(curve)) if constant else curve[:horizon]
    life = 1 / (1 - float(curve)) if constant and curve < 1 else float("inf") if constant else None
    return LifetimeValue.of(margin, kept, (discount, growth), acquisition, when, whole=value, life=life)


def retention_gain(
    margin: float,
    retention: float,
    *,
    points: float = 0.05,
    discount: float,
    growth: float = 0.0,
    acquisition: float = 0.0,
    first: FirstMargin | str = FirstMargin.END,
    periods: int | None = None,
) -> RetentionGain:
    """What losing fewer customers is worth: lifetime value after over before, for so many points less defection.

    Parameters
    ----------
    margin, retention, discount, growth, acquisition, first, periods
        As of `lifetime_value`; the retention is one number.
    points
        By how much retention rises, as a share: 0.05 is five points.

    Raises
    ------
    WorthError
        As of `lifetime_value`, or a retention that would pass one.

    References
    ----------
    Reichheld & Sasser 1990, Harvard Business Review 68(5):105-111.

    Examples
    --------
    >>> retention_gain(100, 0.8, points=0.05, discount=0.1)
    <RetentionGain: 266.67 to 340.00, +27.5 %, by 5 points of retention>
    """
    before = lifetime_value(margin, retention, discount=discount, growth=growth, acquisition=acquisition,
                            first=first, periods=periods)  # fmt: skip
    raised = retention + points
    if not 0 <= raised <= 1:
        remedy = f"points are a share: pass {points / 100:g}" if points > 1 else ""
        rule = "a retention that is raised lies between 0 and 1 as well"
        raise WorthError(Problem("points", f"{points:g} on a retention of {retention:g}", rule, remedy))
    after = lifetime_value(margin, raised, discount=discount, growth=growth, acquisition=acquisition,
                           first=first, periods=periods)  # fmt: skip
    return RetentionGain(before.value, after.value, points)


def _horizon(curve: Floats, periods: int | None) -> int | None:
    return periods if curve.ndim == 0 or periods is not None else int(curve.size)


def _refuse(margin: float, curve: Floats, rates: tuple[float, float], acquisition: float, horizon: int | None) -> None:
    problems = rate_problems(np.atleast_1d(curve), *rates)
    if not np.isfinite(margin):
        problems.append(Problem("margin", f"{margin}", "it is a finite number"))
    if not (np.isfinite(acquisition) and acquisition >= 0):
        rule = "the cost of winning a customer is 0 or above"
        problems.append(Problem("acquisition", f"{acquisition:g}", rule, "it is taken off, pass it without its sign"))
    if curve.ndim > 1:
        problems.append(Problem("retention", f"an array of shape {curve.shape}", "it is one number or one curve"))
    problems += count_problems(periods=1 if horizon is None else horizon)
    if curve.ndim == 1 and horizon is not None and horizon > curve.size:
        problems.append(
            Problem("periods", f"{horizon} for a curve of {curve.size}", "a curve has all periods asked for")
        )
    if problems:
        raise WorthError(*problems)
