"""`enough_is_enough`: the cheapest set of improvements that reaches every aspiration level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import Problem, ProjectError, did_you_mean
from servqual.statistics.cheapest_sets import best_set, cheapest_set, shortfalls
from servqual.value.enough_results import AspirationRow, Enough

_ROUNDING = 1e-12
Pairs = tuple[tuple[str, float], ...]


def _pairs(given: Mapping[str, float] | Iterable[tuple[str, float]]) -> Pairs:
    listed = given.items() if isinstance(given, Mapping) else given
    return tuple((str(name), float(value)) for name, value in listed)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


@frozen
class Improvement:
    """Something that may be done: what it is called, what it costs, and what it changes.

    Attributes
    ----------
    name, cost
        Cost 0 or above.
    effects
        Aspiration → change of its level; a mapping, kept as pairs. An effect below zero makes a level worse.
    excludes
        Names of improvements that cannot be done as well.
    """

    name: str
    cost: float = field(converter=float)
    effects: Pairs = field(converter=_pairs)
    excludes: tuple[str, ...] = field(default=(), converter=_names)


@frozen
class Aspiration:
    """A level that is good enough, and the level now; higher is better, in any unit."""

    name: str
    now: float = field(converter=float)
    level: float = field(converter=float)


def enough_is_enough(
    improvements: Sequence[Improvement],
    aspirations: Sequence[Aspiration],
    *,
    weights: Mapping[str, float] | None = None,
) -> Enough:
    """The cheapest set of improvements that reaches every aspiration level, beside the optimum of one number.

    Satisficing: ``min Σ cost`` over sets with ``now + Σ effects ≥ level`` for every aspiration. The optimum spends no
    more and makes the weighted sum of levels as large as can be, and may leave aspirations unmet.

    Parameters
    ----------
    improvements, aspirations
        What may be done, and what is enough; effects add up.
    weights
        Aspiration → weight of its level in the one number; without them one over the distance to its level, so that
        each aspiration counts alike (those already met count nothing).

    Returns
    -------
    Enough
        The set, its cost, the levels reached, what binds, and the optimum for the same money.

    Raises
    ------
    ProjectError
        No improvement or aspiration, names that occur twice or are not known, costs below zero, numbers that are not
        finite, or aspirations that no set reaches: which ones, and by how much they are missed at least.

    References
    ----------
    Simon 1956, Psychological Review 63(2):129-138.

    Examples
    --------
    >>> done = [Improvement("training", 30, {"reliability": 0.5}), Improvement("app", 50, {"speed": 1})]
    >>> done += [Improvement("staff", 90, {"reliability": 0.8, "speed": 0.9})]
    >>> enough_is_enough(done, [Aspiration("reliability", 4.0, 4.6), Aspiration("speed", 3.5, 4.2)])
    <Enough: staff for 90; reliability is reached most narrowly, by 0.2>
    """
    things, wanted = list(improvements), list(aspirations)
    _check(things, wanted, weights or {})
    costs = np.array([each.cost for each in things], np.float64)
    names = [each.name for each in wanted]
    table = [[dict(each.effects).get(name, 0.0) for name in names] for each in things]
    effects = np.array(table, np.float64).reshape(len(things), len(names))
    now, level = (np.array([getattr(each, of) for each in wanted], np.float64) for of in ("now", "level"))
    groups = _exclusive(things)
    chosen = cheapest_set(costs, effects, level - now, groups)
    if chosen is None:
        raise ProjectError(*_infeasible(names, now, level, shortfalls(effects, level - now, groups)))
    weight = _weights(names, now, level, weights)
    optimum = best_set(effects @ weight, costs, float(costs[chosen].sum()), groups)
    levels, others = (now + effects[each].sum(axis=0) for each in (chosen, optimum))
    cost, needs = float(costs[chosen].sum()), level - now
    savings = [_saving(cost, place, costs, effects, needs, groups) for place in range(len(names))]
    rows = zip(names, now.tolist(), level.tolist(), levels.tolist(), savings, others.tolist(), strict=True)
    return Enough(
        _named(things, chosen),
        cost,
        tuple(AspirationRow(*each) for each in rows),
        _named(things, optimum),
        float(costs[optimum].sum()),
        tuple((name, float(value)) for name, value in zip(names, weight, strict=True)),
    )


def _named(things: list[Improvement], chosen: Bools) -> tuple[str, ...]:
    return tuple(each.name for each, taken in zip(things, chosen, strict=True) if taken)


def _saving(  # noqa: PLR0917 - what `cheapest_set` takes, and the cost with all aspirations
    cost: float, place: int, costs: Floats, effects: Floats, needs: Floats, groups: list[tuple[int, int]]
) -> float:
    """Return how much less the cheapest set would cost without one aspiration."""
    others = np.arange(needs.size) != place
    found = cheapest_set(costs, effects[:, others], needs[others], groups) if others.any() else None
    less = 0.0 if found is None else float(costs[found].sum())
    # sums of the same money in another order differ by rounding
    return cost - less if less < cost * (1 - _ROUNDING) else 0.0


def _weights(names: list[str], now: Floats, level: Floats, weights: Mapping[str, float] | None) -> Floats:
    if weights is not None:
        return np.array([weights.get(name, 0.0) for name in names], np.float64)
    distance = np.maximum(level - now, 0.0)
    return np.divide(1.0, distance, out=np.zeros_like(distance), where=distance > 0)


def _exclusive(things: list[Improvement]) -> list[tuple[int, int]]:
    places = {each.name: place for place, each in enumerate(things)}
    pairs = {frozenset((places[each.name], places[other])) for each in things for other in each.excludes}
    return sorted((min(pair), max(pair)) for pair in pairs)


def _infeasible(names: list[str], now: Floats, level: Floats, short: Floats) -> list[Problem]:
    return [
        Problem(
            f"aspiration {name}",
            f"{asked:g} from {start:g}, at best {asked - missed:g} beside the others",
            "some set of improvements reaches every aspiration",
            f"lower it by {missed:g}, or add an improvement",
        )
        for name, start, asked, missed in zip(names, now, level, short, strict=True)
        if missed > 0
    ]


def _check(things: list[Improvement], wanted: list[Aspiration], weights: Mapping[str, float]) -> None:
    known, names = [each.name for each in wanted], [each.name for each in things]
    problems = [
        *_name_problems("improvement", names),
        *_name_problems("aspiration", known),
        *(problem for each in things for problem in _wrong_with(each, names, known)),
    ]
    problems += [
        Problem(f"aspiration {each.name}", f"{each.level:g} from {each.now:g}", "levels are finite")
        for each in wanted
        if not np.isfinite([each.now, each.level]).all()
    ]
    for name, value in weights.items():
        if name not in known or not np.isfinite(value):
            rule = "weights are finite numbers of aspirations"
            problems.append(Problem("weights", f"{name!r}: {value:g}", rule, did_you_mean(name, known)))
    if problems:
        raise ProjectError(*problems)


def _name_problems(what: str, listed: list[str]) -> Iterator[Problem]:
    if not listed:
        yield Problem(f"{what}s", "none", "there is one at least")
    for name in sorted({each for each in listed if listed.count(each) > 1}):
        yield Problem(f"{what} {name}", f"{listed.count(name)} of this name", "names differ")


def _wrong_with(thing: Improvement, names: list[str], known: list[str]) -> Iterator[Problem]:
    place = f"improvement {thing.name}"
    if not 0 <= thing.cost < np.inf:
        yield Problem(place, f"cost {thing.cost:g}", "a cost is 0 or above")
    for name, _ in thing.effects:
        if name not in known:
            yield Problem(place, f"an effect on {name!r}", "effects are on aspirations", did_you_mean(name, known))
    for name in thing.excludes:
        if name not in names or name == thing.name:
            yield Problem(place, f"excludes {name!r}", "it excludes others", did_you_mean(name, names))
    if not np.isfinite([value for _, value in thing.effects]).all():
        yield Problem(place, str(dict(thing.effects)), "effects are finite")
