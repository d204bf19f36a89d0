"""Rules of control charts: how often chance sets them off, and what exactly they look for."""

import math

import numpy as np
import pytest

from servqual.errors import ArgumentError
from servqual.statistics.run_rules import NAMED, ControlRule, Points, rules_of, signals
from tests.engines.courses import Array

MANY = 1_000_000


def upper_tail(sigmas: float) -> float:
    """The chance of a normal value above so many sigmas."""
    return math.erfc(sigmas / math.sqrt(2)) / 2


def at_least(least: int, tries: int, chance: float) -> float:
    return sum(math.comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(least, tries + 1))


def alternating(length: int) -> float:
    """The share of orders of so many different values that go up and down in turn (Andre's numbers)."""
    zigzags = [1]
    for _ in range(length):
        zigzags = [0, *np.cumsum(zigzags[::-1]).tolist()]
    return 2 * zigzags[-1] / math.factorial(length)


# The chance that a point completes what a rule looks for, by counting.
CHANCES = {
    ControlRule.BEYOND: 2 * upper_tail(3),
    ControlRule.NINE_ON_ONE_SIDE: 2 * 0.5**9,
    ControlRule.SIX_IN_ONE_DIRECTION: 2 / math.factorial(6),
    ControlRule.FOURTEEN_ALTERNATING: alternating(14),
    ControlRule.TWO_OF_THREE: 2 * upper_tail(2) * at_least(1, 2, upper_tail(2)),
    ControlRule.FOUR_OF_FIVE: 2 * upper_tail(1) * at_least(3, 4, upper_tail(1)),
    ControlRule.FIFTEEN_WITHIN: (1 - 2 * upper_tail(1)) ** 15,
    ControlRule.EIGHT_OUTSIDE: (2 * upper_tail(1)) ** 8 - 2 * upper_tail(1) ** 8,
}


def points(values: list[float] | Array, sigmas: float = 3.0) -> Points:
    """Points of a chart whose centre line is 0 and whose sigma is 1."""
    z = np.asarray(values, np.float64)
    return Points(z, np.sign(z), z, sigmas)


def seen(values: list[float], rule: ControlRule) -> list[int]:
    return np.flatnonzero(signals(points(values), rule)).tolist()


def test_andre_s_numbers() -> None:
    # 1, 1, 1, 2, 5, 16, 61, 272: of 24 orders of 4 values, 10 alternate
    assert alternating(4) == pytest.approx(10 / 24)
    assert alternating(6) == pytest.approx(2 * 61 / 720)


@pytest.mark.parametrize("rule", NAMED)
def test_chance_sets_a_rule_off_as_often_as_counting_says(rule: ControlRule) -> None:
    share = float(signals(points(np.random.default_rng(4).standard_normal(MANY)), rule).mean())
    chance = CHANCES[rule]
    # signals come in clumps: the error of the share is allowed to be three times that of independent points
    assert share == pytest.approx(chance, abs=5 * 3 * math.sqrt(chance / MANY))


def test_limits_at_another_distance() -> None:
    assert np.flatnonzero(signals(points([0, 2.1, -2.6, 1.9], sigmas=2.5), ControlRule.BEYOND)).tolist() == [2]


@pytest.mark.parametrize(
    ("rule", "values", "where"),
    [
        (ControlRule.BEYOND, [3.0, 3.1, -3.1], [1, 2]),
        (ControlRule.NINE_ON_ONE_SIDE, [-1, *[0.1] * 10], [9, 10]),
        (ControlRule.NINE_ON_ONE_SIDE, [*[0.1] * 8, 0, *[0.1] * 8], []),
        (ControlRule.SIX_IN_ONE_DIRECTION, [0, 1, 2, 3, 4, 5, 5], [5]),
        (ControlRule.SIX_IN_ONE_DIRECTION, [9, 5, 4, 3, 2, 1, 0], [5, 6]),
        (ControlRule.FOURTEEN_ALTERNATING, [*[0, 1] * 7, 0], [13, 14]),
        (ControlRule.TWO_OF_THREE, [2.1, 0, 2.1, -2.1, 0, 0], [2]),
        (ControlRule.TWO_OF_THREE, [2.1, 0, 0, 2.1, 2.1], [4]),
        (ControlRule.FOUR_OF_FIVE, [-1.1, -1.1, 0, -1.1, -1.1, 0], [4]),
        (ControlRule.FIFTEEN_WITHIN, [*[0.9, -0.9] * 8], [14, 15]),
        (ControlRule.EIGHT_OUTSIDE, [*[1.1] * 7, -1.1], [7]),
        (ControlRule.EIGHT_OUTSIDE, [1.1] * 9, []),
    ],
)
def test_a_rule_signals_at_the_point_that_completes_it(
    rule: ControlRule, values: list[float], where: list[int]
) -> None:
    assert seen(values, rule) == where


@pytest.mark.parametrize("rule", [rule for rule in NAMED if rule not in {"beyond", "two_of_three", "four_of_five"}])
def test_a_period_without_a_mean_ends_a_run(rule: ControlRule) -> None:
    whole = np.random.default_rng(2).standard_normal(20_000)
    holes = whole.copy()
    holes[::5] = np.nan
    assert signals(points(whole), rule).any()
    assert not signals(points(holes), rule).any()


@pytest.mark.parametrize("rule", NAMED)
def test_rules_look_the_same_from_either_side(rule: ControlRule) -> None:
    values = np.random.default_rng(8).standard_normal(2_000)
    np.testing.assert_array_equal(signals(points(values), rule), signals(points(-values), rule))


def test_rules_by_name() -> None:
    assert rules_of("beyond") == (ControlRule.BEYOND,)
    assert rules_of(["two_of_three", "beyond", "two_of_three"]) == (ControlRule.TWO_OF_THREE, ControlRule.BEYOND)
    with pytest.raises(ArgumentError) as refused:
        rules_of(["beyonds", "smoothed"])
    first, second = map(str, refused.value.problems)
    assert first.startswith("rules: 'beyonds'; rules are named as in ControlRule. Hint: did you mean beyond")
    assert second.endswith("Hint: pass ewma=0.2")


def test_every_rule_is_told_in_both_languages() -> None:
    assert all(rule.label.zh and rule.label.en for rule in ControlRule)
