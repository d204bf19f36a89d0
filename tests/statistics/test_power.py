import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import integrate, special, stats
from statsmodels.stats.power import TTestPower

from servqual.statistics import (
    ArgumentError,
    power_paired_t,
    sample_size_alpha,
    sample_size_alpha_test,
    sample_size_paired_t,
)

EFFECT = st.floats(0.05, 3)
LEVEL = st.floats(0.001, 0.2)


@pytest.mark.parametrize(
    ("dz", "power", "n"), [(0.5, 0.8, 33.367204088), (0.2, 0.8, 198.151301266), (0.8, 0.9, 18.4462320881)]
)
def test_pairs_are_counted_as_by_r(dz: float, power: float, n: float) -> None:
    # computed with R 4.2.2, power.t.test(type = "paired"), whose search ends within 1e-6 of the root
    assert sample_size_paired_t(dz, power).exact == pytest.approx(n, abs=2e-6)


@pytest.mark.parametrize(("dz", "n"), [(0.5, 33.367204), (0.2, 198.151301), (0.8, 18.446231), (2.0, 4.5)])
def test_power_is_the_integral_over_the_standard_deviation(dz: float, n: float) -> None:
    df, noncentrality = n - 1, dz * np.sqrt(n)
    critical = stats.t.isf(0.025, df)

    def beyond(s: float) -> float:
        log_density = (
            df / 2 * np.log(df / 2) - special.gammaln(df / 2) + np.log(2) + (df - 1) * np.log(s) - df * s * s / 2
        )
        return float(np.exp(log_density) * special.ndtr(noncentrality - critical * s))

    expected = integrate.quad(beyond, 0, 6, points=[1], epsabs=1e-13, limit=200)[0]
    assert float(power_paired_t(dz, n)) == pytest.approx(expected, abs=1e-11)


@settings(deadline=None)
@given(EFFECT, st.integers(3, 200), LEVEL)
def test_the_other_tail_is_all_that_statsmodels_adds(dz: float, n: int, level: float) -> None:
    both = TTestPower().power(dz, n, level, alternative="two-sided")
    # it is NaN there where power comes near 1
    assert np.isnan(both) or -1e-9 <= both - float(power_paired_t(dz, n, level)) <= level / 2


@settings(deadline=None)
@given(EFFECT, st.floats(0.3, 0.99), LEVEL)
def test_the_size_found_has_the_power(dz: float, power: float, level: float) -> None:
    plan = sample_size_paired_t(dz, power, level)
    assert plan.n >= 2
    assert float(power_paired_t(dz, plan.n, level)) >= power - 1e-9
    if plan.exact > 2:
        assert float(power_paired_t(dz, plan.exact, level)) == pytest.approx(power, abs=1e-8)
    assert sample_size_paired_t(-dz, power, level) == plan
    assert sample_size_paired_t(dz / 2, power, level).exact > plan.exact or plan.exact == 2
    assert sample_size_paired_t(dz, (1 + power) / 2, level).exact >= plan.exact


def test_tiny_effects_ask_for_many_and_large_ones_for_two() -> None:
    small, smaller = sample_size_paired_t(1e-3).exact, sample_size_paired_t(1e-4).exact
    assert smaller / small == pytest.approx(100, rel=1e-5)
    assert sample_size_paired_t(50.0, 0.5).n == 2
    for level in (1e-6, 0.9):
        assert float(power_paired_t(3.0, sample_size_paired_t(3.0, 0.95, level).n, level)) >= 0.95


def test_no_effect_is_found_at_half_the_level() -> None:
    np.testing.assert_allclose(power_paired_t(0.0, [2, 10, 1000]), 0.025, rtol=1e-9)
    np.testing.assert_array_equal(np.isnan(power_paired_t(0.5, [1, 2])), [True, False])


def test_a_plan_tells_its_assumptions() -> None:
    expected = "34 pairs (effect dz 0.5; power 0.8; level 0.05, two-sided; normal differences)"
    assert str(sample_size_paired_t(0.5)) == expected


@pytest.mark.parametrize(("alpha", "items", "width", "n"), [(0.85, 5, 0.1, 89), (0.75, 5, 0.15, 109)])
def test_sizes_for_an_interval_of_alpha_as_published(alpha: float, items: int, width: float, n: int) -> None:
    # R package statpsych, examples of size.ci.cronbach
    assert sample_size_alpha(alpha, items, width).n == n


def test_the_size_for_a_test_of_alpha_as_published() -> None:
    # R package statpsych, example of size.test.cronbach
    assert sample_size_alpha_test(0.80, 0.70, items=5, power=0.85).n == 139


@settings(deadline=None)
@given(st.floats(0.5, 0.95), st.integers(2, 30), st.floats(0.02, 0.3))
def test_precision_of_alpha_costs(alpha: float, items: int, width: float) -> None:
    plan = sample_size_alpha(alpha, items, width)
    assert sample_size_alpha(alpha, items, width / 2).n > plan.n
    assert sample_size_alpha(alpha, items + 1, width).n <= plan.n
    assert sample_size_alpha(alpha, items, width, confidence=0.99).n >= plan.n
    # the interval ln(1 − alpha) ± z √(2k / ((k − 1)(n − 2))) of that size has about the width
    half = stats.norm.isf(0.025) * np.sqrt(2 * items / ((items - 1) * (plan.exact - 2)))
    assert 2 * (1 - alpha) * np.sinh(half) >= width * (1 - 1e-9)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="dz: 0; it is finite and not zero"):
        sample_size_paired_t(0.0)
    with pytest.raises(ArgumentError, match=r"power: 0\.02; it is above half the level, 0\.025"):
        sample_size_paired_t(0.5, 0.02)
    with pytest.raises(ArgumentError, match=r"2 problems\n.*power: 80; .*\n.*level: 5; "):
        sample_size_paired_t(0.5, 80, 5)
    with pytest.raises(ArgumentError, match="level: 0"):
        power_paired_t(0.5, 10, 0)
    with pytest.raises(ArgumentError, match="n: -1"):
        power_paired_t(0.5, -1)
    with pytest.raises(ArgumentError, match=r"2 problems\n.*alpha: 1; it is below 1.*\n.*items: 1; "):
        sample_size_alpha(1.0, 1, 0.1)
    with pytest.raises(ArgumentError, match=r"against: 0\.8, as alpha"):
        sample_size_alpha_test(0.8, 0.8, items=5)
    with pytest.raises(ArgumentError, match="confidence"):
        sample_size_alpha(0.8, 5, 0.1, 95)
