"""What each construct upstream brings to a target, in the estimates and in every draw, and the ranks that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.chain.carrying import link_steps
from servqual.chain.fitted import Fit
from servqual.chain.lever_results import Lever, LeverVerdict, Measure
from servqual.statistics import Inapplicable
from servqual.statistics.paths import lagged_total_effects
from servqual.statistics.reasoned import Reasoned

# draws whose matrices of effects are held at once
_BLOCK = 500
# effects that differ by less than this share of the largest are equal
_EQUAL = 1e-9

NO_COST = "its cost is not known"
STILL = "the construct does not vary between the rows of the fit"


def effects_on(fit: Fit, target: str, sources: Sequence[str], coefficients: Sequence[Floats], horizon: int) -> Floats:
    """Return the total effect of each source on the target over all periods up to the last, shape (draws, sources)."""
    steps, size = link_steps(fit), len(fit.constructs)
    places = [fit.constructs.index(name) for name in sources]
    found = []
    for first in range(0, len(coefficients[0]), _BLOCK):
        block = [each[first : first + _BLOCK] for each in coefficients]
        matrices = np.zeros((len(block[0]), fit.chain.max_lag + 1, size, size))
        for step in steps:
            slopes = step.link.form.derivative(float(fit.means[step.source]))
            matrices[:, step.link.lag, step.target, step.source] = block[step.equation][:, step.places] @ slopes
        effects = lagged_total_effects(matrices, horizon).sum(axis=1)
        found.append(effects[:, fit.constructs.index(target), places])
    return np.concatenate(found)


def worth_of(fit: Fit, sources: Sequence[str], costs: Mapping[str, float]) -> dict[Measure, Reasoned]:
    """Return how many points each measure stands for, lever by lever."""
    sds = np.array([fit.sd_of(name) for name in sources])
    points = 1 / np.array([costs.get(name, np.nan) for name in sources])
    return {
        Measure.POINT: Reasoned.of(np.ones(len(sources))),
        Measure.SD: Reasoned.of(sds, (~(sds > 0), STILL)),
        Measure.MONEY: Reasoned.of(points, (np.isnan(points), NO_COST)),
    }


def lever_rows(
    sources: Sequence[str],
    worth: Mapping[Measure, Reasoned],
    found: Floats,
    drawn: Floats,
    *,
    lower: bool,
    by: Measure,
    confidence: float,
) -> tuple[Lever, ...]:
    """Return the levers, the best first.

    Parameters
    ----------
    sources, worth
        The levers, and how many points each measure stands for.
    found, drawn
        Effects of a point, shape (levers,), and in every draw, shape (draws, levers).
    lower, by, confidence
        As of `levers`.
    """
    sign = -1.0 if lower else 1.0
    benefit = sign * found * worth[by].values
    ranks, shares = _ranks(benefit), _best(sign * drawn * worth[by].values)
    ends = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    errors = drawn.std(axis=0, ddof=1)
    rows = []
    for place in sorted(range(len(sources)), key=lambda each: (ranks[each] or len(sources) + 1, each)):
        numbers = {"point_se": float(errors[place])} | _measures(worth, found, ends, place)
        cost = worth[Measure.MONEY].at(place)
        reach = sorted(sign * ends[:, place])
        rank, without = ranks[place], worth[by].at(place)
        rows.append(
            Lever(
                construct=sources[place],
                rank=rank,
                tied=rank is not None and ranks.count(rank) > 1,
                best=without if isinstance(without, Inapplicable) else float(shares[place]),
                cost=cost if isinstance(cost, Inapplicable) else 1 / cost,
                verdict=_verdict(*reach),
                **numbers,
            )
        )
    return tuple(rows)


def _measures(worth: Mapping[Measure, Reasoned], found: Floats, ends: Floats, place: int) -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    for measure, points in worth.items():
        times = points.at(place)
        for name, value in (("", found[place]), ("_low", ends[0, place]), ("_high", ends[1, place])):
            numbers[f"{measure}{name}"] = times if isinstance(times, Inapplicable) else float(value) * times
    return numbers


def _ranks(benefit: Floats) -> list[int | None]:
    """Return ranks from 1 for the largest; those that are equal share one, those that are not there have none."""
    slack = _EQUAL * np.nanmax(np.abs(benefit), initial=0.0)
    above = (benefit[None, :] > benefit[:, None] + slack).sum(axis=1)
    return [None if np.isnan(each) else int(count) + 1 for each, count in zip(benefit, above, strict=True)]


def _best(benefit: Floats) -> Floats:
    """Return the share of draws in which each is the largest; equal ones share a draw."""
    known = np.where(np.isnan(benefit), -np.inf, benefit)
    most = known.max(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        first = known >= most - _EQUAL * np.abs(most)
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


def _verdict(low: float, high: float) -> LeverVerdict:
    return LeverVerdict.HELPS if low > 0 else LeverVerdict.HARMS if high < 0 else LeverVerdict.OPEN
