import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from servqual.statistics import ArgumentError, student_interval, welch_degrees_of_freedom, wilson_interval

CONFIDENCE = st.floats(0.01, 0.999)


@given(st.floats(-100, 100), st.floats(0, 10), st.floats(0.5, 500), CONFIDENCE)
def test_students_interval_is_that_of_the_distribution(mean: float, se: float, df: float, confidence: float) -> None:
    low, high = student_interval(mean, se, df, confidence)
    reach = se * stats.t.ppf((1 + confidence) / 2, df)
    assert low == pytest.approx(mean - reach, rel=1e-9, abs=1e-9)
    assert high == pytest.approx(mean + reach, rel=1e-9, abs=1e-9)


def test_students_interval_from_a_printed_table() -> None:
    # t(0.975; 10) = 2.228 and t(0.95; 4) = 2.132
    assert student_interval(0.0, 1.0, 10.0)[1] == pytest.approx(2.228, abs=5e-4)
    assert student_interval(0.0, 1.0, 4.0, 0.9)[1] == pytest.approx(2.132, abs=5e-4)
    assert student_interval(0.0, 1.0, math.inf)[1] == pytest.approx(1.959964, abs=1e-6)


def test_students_interval_of_arrays_is_missing_where_an_input_is() -> None:
    low, high = student_interval([1.0, 1.0, np.nan, 1.0], [1.0, 1.0, 1.0, np.nan], [0.0, np.nan, 5.0, 5.0])
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert student_interval(np.zeros((2, 1)), np.ones(3), 5.0)[0].shape == (2, 3)


def test_numbers_give_numbers() -> None:
    assert {type(each) for each in (*student_interval(1.0, 1.0, 3.0), *wilson_interval(1, 3))} == {float}
    assert type(welch_degrees_of_freedom([1.0, 2.0], [3, 4])) is float


@given(st.integers(1, 500), st.floats(0, 1), CONFIDENCE)
def test_wilsons_interval_is_that_of_statsmodels(n: int, share: float, confidence: float) -> None:
    successes = round(share * n)
    expected = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
    assert wilson_interval(successes, n, confidence) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.floats(0, 500), st.floats(0, 500), CONFIDENCE)
@example(1e-12, 1.0, 0.1875)
def test_wilsons_interval_mirrors_and_stays_within_bounds(hits: float, misses: float, confidence: float) -> None:
    if (n := hits + misses) == 0 or not hits <= n:
        return
    low, high = wilson_interval(hits, n, confidence)
    assert 0 <= low <= hits / n * (1 + 1e-12)
    assert hits / n * (1 - 1e-12) <= high <= 1
    other = wilson_interval(n - hits, n, confidence)
    assert other == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_wilsons_ends_are_exact() -> None:
    low, high = wilson_interval([0, 3, 0], [3, 3, 0])
    np.testing.assert_array_equal(low == 0, [True, False, False])
    np.testing.assert_array_equal(high == 1, [False, True, False])
    assert np.isnan([low[2], high[2]]).all()
    every = np.arange(1, 2000)
    for confidence in (0.8, 0.95, 0.99):
        assert (wilson_interval(every, every, confidence)[1] == 1).all()
        assert (wilson_interval(every * 0, every, confidence)[0] == 0).all()


@given(st.integers(0, 10_000))
def test_welchs_degrees_of_freedom_are_those_of_two_peers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = rng.normal(0, 1, rng.integers(3, 30)), rng.normal(0, 4, rng.integers(3, 30))
    variances, dfs = [x.var(ddof=1) / x.size for x in (first, second)], [first.size - 1, second.size - 1]
    found = welch_degrees_of_freedom(variances, dfs)
    assert found == pytest.approx(stats.ttest_ind(first, second, equal_var=False).df, rel=1e-10)
    assert found == pytest.approx(CompareMeans(DescrStatsW(first), DescrStatsW(second)).dof_satt(), rel=1e-10)
    assert min(dfs) * (1 - 1e-12) <= found <= sum(dfs) * (1 + 1e-12)


def test_welchs_degrees_of_freedom_of_arrays() -> None:
    variances = np.array([[0.2, 0.0, 1e-200, np.nan], [0.2, 0.0, 1e-200, 1.0]])
    found = welch_degrees_of_freedom(variances, [[9], [9]])
    np.testing.assert_allclose(found, [18, np.nan, 18, np.nan], rtol=1e-12)
    assert welch_degrees_of_freedom([0.5], [7]) == pytest.approx(7)
    assert math.isnan(welch_degrees_of_freedom([0.5, 0.5], [7, 0]))


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95, -0.1, math.nan])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        student_interval(0.0, 1.0, 1.0, confidence)
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        wilson_interval(1, 2, confidence)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="successes lie between 0 and n"):
        wilson_interval([1, 4], 3)
    with pytest.raises(ArgumentError, match="samples lie along the first axis"):
        welch_degrees_of_freedom(1.0, 2.0)


def test_the_floor_is_light() -> None:
    code = "import sys, servqual.statistics; print(*[m for m in ('scipy', 'pandas', 'cattrs') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
