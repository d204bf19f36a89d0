"""`return_on_service`: the whole way from a gap to present value, with all of its uncertainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.errors import Problem, ProjectError, did_you_mean
from servqual.statistics._arguments import check_confidence
from servqual.value.counting import count_problems
from servqual.value.investments import QualityInvestment
from servqual.value.projects import Project
from servqual.value.return_results import Lever, ServiceReturn

Correlations = Mapping[tuple[str, str], float]
# Rounding of an eigenvalue that is zero
_NOTHING = -1e-9


def return_on_service(
    investment: QualityInvestment,
    *,
    rng: int | np.random.Generator,
    correlation: Correlations | None = None,
    draws: int = 10_000,
    confidence: float = 0.95,
) -> ServiceReturn:
    """What closing a gap is worth: gap → satisfaction → loyalty → revenue → net present value, jointly uncertain.

    Uncertain numbers are drawn together from a normal distribution with their standard errors and correlations, and the
    whole way is computed for each draw. The tornado moves one number at a time to the ends of its own interval.

    Parameters
    ----------
    investment
        What is done, and the numbers on the way.
    rng
        Seed or Generator of the draws.
    correlation
        (name, name) → correlation of two numbers, such as of slopes from one regression; all others are 0.
    draws
        How many.
    confidence
        Of intervals: percentiles of the draws; of the tornado the interval of each number itself.

    Returns
    -------
    ServiceReturn
        Estimates and draws of each step, the probability of loss, and the tornado. Draws whose retention left 0 to 1
        are held at the bound and counted.

    Raises
    ------
    ProjectError
        Correlations of unknown or certain numbers, outside −1 to 1, of a pair twice, or such that no distribution has
        them; no draw.

    References
    ----------
    Rust, Zahorik & Keiningham 1995, Journal of Marketing 59(2):58-70.

    Examples
    --------
    >>> from servqual.value import Estimate
    >>> numbers = {"satisfaction_per_gap": 0.6, "retention_per_satisfaction": Estimate(0.05, 0.01), "retention": 0.8}
    >>> asked = QualityInvestment(gap_closed=0.5, customers=20_000, margin=120, cost=150_000, years=5, discount=0.1,
    ...                           **numbers)
    >>> found = return_on_service(asked, rng=1)
    >>> round(found.npv), found.levers[0].name
    (83007, 'retention_per_satisfaction')
    """
    check_confidence(confidence)
    names = [name for name in investment.names() if getattr(investment, name).se > 0]
    matrix = _matrix(names, correlation or {}, draws)
    at = {name: np.full(draws, value) for name, value in investment.values.items()}
    if names:
        spread, middle = (
            np.array([getattr(getattr(investment, name), of) for name in names]) for of in ("se", "value")
        )
        covariance = matrix * np.outer(spread, spread)
        drawn = np.random.default_rng(rng).multivariate_normal(middle, covariance, draws, method="eigh")
        at |= dict(zip(names, drawn.T, strict=True))
    at, held = _held(investment, at)
    levers = [_lever(investment, name, confidence) for name in names]
    levers.sort(key=lambda each: -each.swing)
    return ServiceReturn(investment, _steps(investment, investment.values), _steps(investment, at), levers,
                            _project(investment), held, confidence)  # fmt: skip


def _project(investment: QualityInvestment) -> Project:
    spending, profit = (each(investment.values).tolist() for each in (investment.spending, investment.profit))
    return Project(spending, profit, investment.discount)


def _steps(investment: QualityInvestment, at: dict[str, Floats]) -> Floats:
    """Return every quantity on the way, shape (quantities, …), in the order of `ServiceReturn.QUANTITIES`."""
    after = investment.steps(at)
    return np.stack([*after.values(), investment.npv(at)])


def _held(investment: QualityInvestment, at: dict[str, Floats]) -> tuple[dict[str, Floats], int]:
    """Return numbers whose retention, before and after, lies in 0 to 1, and how many draws that moved."""
    before = np.clip(at["retention"], 0, 1)
    after = investment.steps({**at, "retention": before})
    kept = np.clip(after["retention"], 0, 1)
    moved = (before != at["retention"]) | (kept != after["retention"])
    gained = after["satisfaction"]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(moved & (gained != 0), (kept - before) / gained, at["retention_per_satisfaction"])
    return {**at, "retention": before, "retention_per_satisfaction": slope}, int(moved.sum())


def _lever(investment: QualityInvestment, name: str, confidence: float) -> Lever:
    ends = getattr(investment, name).interval(confidence)
    worth = [
        float(investment.npv(_held(investment, {**investment.values, name: np.float64(end)})[0]))  # type: ignore[dict-item]
        for end in ends
    ]
    return Lever(name, *ends, *worth)


def _matrix(names: list[str], correlation: Correlations, draws: int) -> Floats:
    """Return the correlations of the uncertain numbers, or refuse them."""
    problems = [*count_problems(draws=draws), *_pair_problems(names, correlation)]
    matrix = np.eye(len(names))
    if not problems:
        for (one, other), value in correlation.items():
            places = [names.index(one), names.index(other)]
            matrix[places, places[::-1]] = value
    if not problems and names and np.linalg.eigvalsh(matrix).min() < _NOTHING:
        found = f"smallest eigenvalue {np.linalg.eigvalsh(matrix).min():.3f}"
        problems.append(Problem("correlation", found, "some distribution has these correlations together"))
    if problems:
        raise ProjectError(*problems)
    return matrix


def _pair_problems(names: list[str], correlation: Mapping[Any, float]) -> Iterator[Problem]:
    for pair, value in correlation.items():
        if not isinstance(pair, tuple) or len(pair) != 2:
            rule = "correlations are of pairs of numbers"
            yield Problem("correlation", repr(pair), rule, '{("margin", "retention"): 0.3}')
            continue
        for name in pair:
            if name not in names:
                rule = "only numbers with a standard error are correlated"
                yield Problem("correlation", repr(name), rule, did_you_mean(str(name), names))
        place = f"correlation of {pair[0]} and {pair[1]}"
        if pair[0] == pair[1] or not -1 <= value <= 1:
            yield Problem(place, f"{value:g}", "two numbers, -1 to 1")
        if pair[0] < pair[1] and (turned := correlation.get((pair[1], pair[0]), value)) != value:
            yield Problem(place, f"{value:g}, and {turned:g} the other way round", "a pair has one correlation")
