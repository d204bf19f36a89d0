"""Enough is enough: feasible and cheapest by brute force, the optimum, and aspirations that nobody can meet."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.errors import ProjectError
from servqual.value.enough import Aspiration, Improvement, enough_is_enough

NAMES = ("reliability", "speed", "care")
whole = st.integers(-2, 6).map(float)
things = st.lists(
    st.tuples(st.integers(0, 20).map(float), st.tuples(whole, whole, whole), st.booleans()), min_size=1, max_size=6
)


def made(rows: list[tuple[float, tuple[float, ...], bool]]) -> list[Improvement]:
    """Improvements of which those that are marked exclude the first."""
    return [
        Improvement(f"i{place}", cost, dict(zip(NAMES, effects, strict=True)), ("i0",) if place and apart else ())
        for place, (cost, effects, apart) in enumerate(rows)
    ]


def sets(improvements: list[Improvement]) -> list[tuple[Improvement, ...]]:
    every = [each for size in range(len(improvements) + 1) for each in combinations(improvements, size)]
    return [each for each in every if not any(set(one.excludes) & {other.name for other in each} for one in each)]


def reached(chosen: tuple[Improvement, ...]) -> np.ndarray:
    return np.array([sum(dict(each.effects)[name] for each in chosen) for name in NAMES], np.float64)


@settings(max_examples=60)
@given(things, st.tuples(*[st.integers(0, 7).map(float)] * 3))
def test_against_every_set(rows: list[tuple[float, tuple[float, ...], bool]], levels: tuple[float, ...]) -> None:
    improvements = made(rows)
    wanted = [Aspiration(name, 0, level) for name, level in zip(NAMES, levels, strict=True)]
    enough = [each for each in sets(improvements) if (reached(each) >= np.array(levels)).all()]
    if not enough:
        with pytest.raises(ProjectError, match="some set of improvements reaches every aspiration") as error:
            enough_is_enough(improvements, wanted)
        assert all(str(problem).startswith("aspiration") for problem in error.value.problems)
        return
    told = enough_is_enough(improvements, wanted)
    assert told.cost == min(sum(each.cost for each in chosen) for chosen in enough)
    assert all(row.reached >= row.level for row in told.rows)
    weights = np.array([value for _, value in told.weights])
    affordable = [each for each in sets(improvements) if sum(one.cost for one in each) <= told.cost]
    best = max(float(reached(each) @ weights) for each in affordable)
    assert sum(row.optimum * weight for row, weight in zip(told.rows, weights, strict=True)) == pytest.approx(best)
    assert told.optimum_cost <= told.cost
    for place, row in enumerate(told.rows):
        others = [n for n in range(3) if n != place]
        without = [each for each in sets(improvements) if (reached(each) >= np.array(levels))[others].all()]
        assert row.saving == pytest.approx(told.cost - min(sum(one.cost for one in each) for each in without))


def test_the_optimum_may_leave_somebody_behind() -> None:
    done = [Improvement("shine", 10, {"care": 5}), Improvement("repair", 10, {"reliability": 1})]
    wanted = [Aspiration("care", 3, 2.5), Aspiration("reliability", 3, 4)]
    told = enough_is_enough(done, wanted, weights={"care": 1, "reliability": 1})
    assert told.chosen == ("repair",)
    assert told.optimum == ("shine",)
    assert told.missed == ("reliability",)
    assert "it misses reliability" in str(told.to_table())
    assert "未达标：reliability" in str(told.to_table("zh"))
    assert told.to_dict()["optimum"] == ["shine"]


def test_what_costs_the_same_by_rounding_does_not_bind() -> None:
    """0.1 + 0.2 is more than 0.3 in binary: whether "b" is asked for must not matter."""
    done = [Improvement("x", 0.1, {"a": 1}), Improvement("y", 0.2, {"a": 1, "b": 1}), Improvement("z", 0.3, {"a": 2})]
    told = enough_is_enough(done, [Aspiration("a", 0, 2), Aspiration("b", 0, 1)])
    assert {row.aspiration: row.binds for row in told.rows} == {"a": True, "b": False}


def test_nothing_needs_to_be_done() -> None:
    told = enough_is_enough([Improvement("a", 5, {"care": 1})], [Aspiration("care", 4, 4)])
    assert (told.chosen, told.cost) == ((), 0)
    assert "nothing needs to be done" in repr(told)


def test_the_one_that_cannot_be_met_is_named() -> None:
    done = [Improvement("a", 3, {"care": 2, "speed": -1}), Improvement("b", 3, {"speed": 1})]
    with pytest.raises(ProjectError) as error:
        enough_is_enough(done, [Aspiration("care", 0, 2), Aspiration("speed", 0, 5)])
    assert "aspiration speed" in str(error.value)
    assert "aspiration care" not in str(error.value)


def test_what_is_wrong() -> None:
    with pytest.raises(ProjectError) as error:
        enough_is_enough(
            [Improvement("a", -1, {"spede": 1}, ("b", "a")), Improvement("a", 1, {"speed": float("inf")})],
            [Aspiration("speed", 0, float("nan"))],
            weights={"care": 1},
        )
    for part in (
        "2 of this name",
        "cost -1",
        "did you mean speed",
        "excludes 'b'",
        "effects are finite",
        "levels are finite",
        "weights",
    ):
        assert part in str(error.value)
    with pytest.raises(ProjectError, match="improvements: none; there is one at least"):
        enough_is_enough([], [Aspiration("speed", 0, 1)])
    with pytest.raises(ProjectError, match="there is one at least"):
        enough_is_enough([Improvement("a", 1, {})], [])
