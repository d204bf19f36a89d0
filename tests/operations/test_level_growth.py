"""Growth of a level towards the expected one."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import ttest_1samp

from servqual._arrays import Floats
from servqual.errors import BarrierError
from servqual.operations.barriers.growth_reading import level_growth
from servqual.statistics import Inapplicable


def table(levels: Floats, expected: float = 10.0) -> dict[str, Floats]:
    people, periods = levels.shape
    return {
        "employee": np.repeat(np.arange(people), periods),
        "period": np.tile(np.arange(periods), people),
        "present": levels.ravel(),
        "expected": np.full(levels.size, expected),
    }


@given(st.floats(0.05, 0.95), st.integers(2, 8), st.integers(2, 5))
def test_a_steady_share_is_found_again(closed: float, people: int, periods: int) -> None:
    begin = -5.0 - 0.01 * np.arange(people)
    levels = 10 + begin[:, None] * (1 - closed) ** np.arange(periods)
    growth = level_growth(table(levels))
    assert growth.closed == pytest.approx(closed)
    assert growth.half_life == pytest.approx(np.log(0.5) / np.log(1 - closed))
    assert growth.pairs == people * (periods - 1)
    assert growth.employees == people
    after = growth.shortfall_after(2)
    assert after == pytest.approx((begin * (1 - closed) ** (periods + 1)).mean())


def test_errors_of_levels_do_not_blur_the_share() -> None:
    rng = np.random.default_rng(4)
    inside, found = 0, []
    for _ in range(200):
        begin = -rng.gamma(4, 1, 60)
        levels = 10 + begin[:, None] * 0.7 ** np.arange(4) + rng.normal(0, 1, (60, 4))
        growth = level_growth(table(levels))
        found.append(float(growth.closed))
        inside += float(growth.closed_low) <= 0.3 <= float(growth.closed_high)
    assert np.mean(found) == pytest.approx(0.3, abs=0.005)
    assert 180 <= inside <= 199


def test_periods_with_their_intervals() -> None:
    levels = np.array([[2.0, 6.0], [0.0, 5.0], [1.0, 5.5], [3.0, 4.0]])
    growth = level_growth(table(levels))
    ends = ttest_1samp(levels[:, 0] - 10, 0).confidence_interval(0.95)
    assert (growth["0"].shortfall, growth["0"].low, growth["0"].high) == pytest.approx((-8.5, ends.low, ends.high))
    assert growth["1"].present == pytest.approx(5.125)


def test_steps_are_between_neighbouring_periods_of_one_employee() -> None:
    data = table(np.array([[2.0, 6.0, 8.0], [0.0, 5.0, 7.5], [1.0, 5.5, 7.75]]))
    data["present"][1] = np.nan
    growth = level_growth(data)
    assert growth.pairs == 4
    assert growth["1"].n == 2
    order = np.random.default_rng(0).permutation(9)
    assert level_growth({name: each[order] for name, each in data.items()}).to_dict() == growth.to_dict()


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ([[2.0, 6.0]], "fewer than two employees"),
        ([[9.0, 11.0], [11.0, 9.0]], "not clearly below"),
        ([[12.0, 11.0], [12.1, 11.0], [12.05, 11.0]], "not clearly below"),
    ],
)
def test_without_a_shortfall_there_is_no_share(levels: list[list[float]], why: str) -> None:
    growth = level_growth(table(np.array(levels)))
    assert why in str(growth.closed)
    assert why in str(growth.shortfall_after(1))
    assert growth.to_dict()["closed"] is None
    assert "no rate" in growth.told.notes[1].en
    assert why in repr(growth)


def test_a_shortfall_that_grows_or_is_gone() -> None:
    worse = level_growth(table(np.array([[8.0, 7.0], [8.1, 7.0], [8.2, 7.1]])))
    assert float(worse.closed) < 0
    assert str(worse.half_life) == "the shortfall does not shrink"
    assert isinstance(worse.shortfall_after(1), Inapplicable)
    gone = level_growth(table(np.array([[8.0, 11.0], [8.1, 10.0], [8.2, 10.5]])))
    assert str(gone.half_life) == "one period closes all of it"


def test_faces() -> None:
    growth = level_growth(table(np.array([[2.0, 6.0], [0.0, 5.0], [1.0, 5.5]])))
    assert "绩效水平的增长" in str(growth.to_table("zh"))
    assert "50.0%" in repr(growth)
    assert growth.to_dict()["pairs"] == 3
    assert "每期弥合差额" in growth.to_table("zh").notes[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"period": [0.5, 1.0]}, "periods are whole numbers"),
        ({"period": [np.nan, 1.0]}, "missing or not whole"),
        ({"employee": ["a", "a"], "period": [1, 1]}, "a has 2 rows in period 1"),
        ({"employee": ["a", None]}, "1 rows without one"),
        ({"present": ["x", "y"]}, "it is a column of numbers"),
    ],
)
def test_bad_input(change: dict[str, list[object]], said: str) -> None:
    data: dict[str, list[object]] = {"employee": ["a", "a"], "period": [0, 1], "present": [1, 2], "expected": [3, 3]}
    with pytest.raises(BarrierError, match=said):
        level_growth(data | change)


def test_all_problems_at_once() -> None:
    with pytest.raises(BarrierError) as caught:
        level_growth({"who": ["a"], "period": [1]}, confidence=0)
    assert len(caught.value.problems) == 4
