import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual.errors import ArgumentError
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.power_curves import size_for_power


@settings(deadline=None)
@given(st.floats(0.1, 0.5), st.floats(0.2, 0.9))
def test_the_size_of_a_normal_test_is_exact(effect: float, wanted: float) -> None:
    # power Φ(δ √n − z), of which only a few sizes are known
    sizes = np.array([1, 5, 20, 100, 400, 1600, 6400])
    powers = stats.norm.cdf(effect * np.sqrt(sizes) - 1.96)
    exact = ((stats.norm.ppf(wanted) + 1.96) / effect) ** 2
    assert size_for_power(sizes, powers, wanted, simulations=1e12) == pytest.approx(exact, rel=1e-6)


def test_power_is_made_to_rise() -> None:
    # 0.7 and 0.6 are 0.65 both
    found = size_for_power([10, 20, 30, 40], [0.3, 0.7, 0.6, 0.9], 0.7, simulations=100)
    assert isinstance(found, float)
    assert 30 < found < 40


def test_shares_of_none_and_all_are_half_a_sample_off() -> None:
    high = float(stats.norm.ppf(1 - 0.5 / 100))
    share = (stats.norm.ppf(0.8) + high) / (2 * high)
    expected = (np.sqrt(10) + share * (np.sqrt(40) - np.sqrt(10))) ** 2
    assert size_for_power([10, 40], [0, 1], 0.8, simulations=100) == pytest.approx(expected)


def test_sizes_that_do_not_enclose_the_power() -> None:
    assert size_for_power([10, 20], [0.5, 0.6], 0.8, simulations=9) == Inapplicable(
        "20 units have power 0.60 only: simulate more"
    )
    assert size_for_power([10], [0.9], 0.8, simulations=9, unit="branches") == Inapplicable(
        "10 branches have power 0.90 already: simulate fewer"
    )


def test_what_is_no_curve() -> None:
    with pytest.raises(ArgumentError, match=r"sizes: \[20. 10.\]; sizes are given in one row, each once, ascending"):
        size_for_power([20, 10], [0.1, 0.2], 0.8, simulations=10)
    with pytest.raises(ArgumentError, match="powers: 2; it lies between 0 and 1"):
        size_for_power([10, 20], [0.1, 2], 0.8, simulations=10)
    with pytest.raises(ArgumentError, match="wanted: 80; it lies strictly between 0 and 1"):
        size_for_power([10, 20], [0.1, 0.2], 80, simulations=10)
