from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats
from statsmodels.stats.oneway import anova_oneway

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, anova_from_sums, eta_squared, omega_squared, welch_t


def drawn(seed: int, groups: int) -> list[Floats]:
    rng = np.random.default_rng(seed)
    return [rng.normal(rng.normal(0, 0.5), rng.uniform(0.5, 2), rng.integers(2, 20)) for _ in range(groups)]


def sums(groups: list[Floats]) -> tuple[list[Any], list[Any], list[Any]]:
    return [g.size for g in groups], [g.mean() for g in groups], [g.var(ddof=1) for g in groups]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_equal_variances_are_tested_as_by_scipy(seed: int, count: int) -> None:
    groups = drawn(seed, count)
    result = anova_from_sums(*sums(groups), equal_variances=True)
    expected = stats.f_oneway(*groups)
    assert float(result.statistic) == pytest.approx(expected.statistic, rel=1e-9)
    assert float(result.p) == pytest.approx(expected.pvalue, rel=1e-9)
    assert result.df_error is not None
    assert (float(result.df), float(result.df_error)) == (count - 1, sum(map(len, groups)) - count)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_unequal_variances_are_tested_as_by_statsmodels(seed: int, count: int) -> None:
    groups = drawn(seed, count)
    result = anova_from_sums(*sums(groups))
    expected = anova_oneway(groups, use_var="unequal", welch_correction=True)
    assert float(result.statistic) == pytest.approx(expected.statistic, rel=1e-9)
    assert float(result.p) == pytest.approx(expected.pvalue, rel=1e-8)
    assert result.df_error is not None
    assert float(result.df_error) == pytest.approx(expected.df_denom, rel=1e-9)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_two_groups_are_welchs_t_squared(seed: int) -> None:
    n, mean, variance = sums(drawn(seed, 2))
    t = welch_t(mean[0], variance[0], n[0], mean[1], variance[1], n[1])
    f = anova_from_sums(n, mean, variance)
    assert float(f.statistic) == pytest.approx(float(t.statistic) ** 2, rel=1e-9)
    assert float(f.p) == pytest.approx(float(t.p), rel=1e-9)


@pytest.mark.parametrize("equal", [True, False])
def test_columns_are_taken_at_once_and_empty_groups_take_no_part(*, equal: bool) -> None:
    n, mean = np.array([[5, 5], [8, 8], [0, 7]]), np.array([[1.0, 1.0], [2.0, 2.0], [np.nan, 3.0]])
    variance = np.array([[1.0, 1.0], [2.0, 2.0], [np.nan, 3.0]])
    result = anova_from_sums(n, mean, variance, equal_variances=equal)
    for column, groups in ((0, 2), (1, 3)):
        alone = anova_from_sums(
            n[:groups, column], mean[:groups, column], variance[:groups, column], equal_variances=equal
        )
        assert float(result.p[column]) == pytest.approx(float(alone.p), rel=1e-12)
        assert float(result.df[column]) == groups - 1


def test_columns_without_a_test_say_why() -> None:
    n = np.array([[5, 5, 1, 5, 1], [0, 5, 5, 5, 1]])
    variance = np.array([[1.0, 0.0, np.nan, np.nan, np.nan], [np.nan, 0.0, 1.0, 1.0, np.nan]])
    few, missing = "fewer than two groups with answers", "a mean or a variance is missing"
    welch = anova_from_sums(n, [[1.0], [2.0]], variance)
    one = "a group of one answer"
    assert welch.reason.tolist() == [few, "a group that does not vary", one, missing, one]
    fisher = anova_from_sums(n, [[1.0], [2.0]], variance, equal_variances=True)
    assert fisher.reason.tolist() == [few, "no variation within groups", "", missing, "no group of two answers"]
    assert np.isnan(welch.p).all()


def test_effect_sizes_follow_their_formulas() -> None:
    # F(2, 27) = 6: eta² = 12 / (12 + 27), omega² = 2 · 5 / (2 · 5 + 30)
    assert float(eta_squared(6.0, 2, 27)) == pytest.approx(12 / 39)
    assert float(omega_squared(6.0, 2, 27)) == pytest.approx(10 / 40)
    assert float(omega_squared(0.5, 2, 27)) < 0
    assert eta_squared([1.0, 2.0], 2, 27).shape == (2,)


@settings(deadline=None)
@given(st.floats(0, 1e4), st.integers(1, 20), st.integers(1, 1000))
def test_omega_is_below_eta(f: float, df: int, df_error: int) -> None:
    eta, omega = float(eta_squared(f, df, df_error)), float(omega_squared(f, df, df_error))
    assert 0 <= eta <= 1
    assert omega <= eta * (1 + 1e-12)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="groups lie along the first axis"):
        anova_from_sums(5, 1.0, 1.0)
    with pytest.raises(ArgumentError, match="variance: -1"):
        anova_from_sums([5, 5], [1.0, 2.0], [-1.0, 1.0])
    with pytest.raises(ArgumentError, match="df_error: 0; it is finite and above zero"):
        eta_squared(1.0, 2, 0)
    with pytest.raises(ArgumentError, match="f: -1"):
        omega_squared(-1.0, 2, 5)
