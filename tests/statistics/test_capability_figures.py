"""Capability indices against their definitions by other means."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError
from servqual.statistics.capability_figures import capability_indices

ONE = np.zeros(10, np.int64)
VALUES = np.array([65.0, 67, 66, 64, 68, 66, 65, 67, 66, 66])


def test_both_limits() -> None:
    found = capability_indices(VALUES, ONE, 1, (60.0, 71.0))
    sd = np.std(VALUES, ddof=1)
    assert found.pp[0] == pytest.approx(11 / (6 * sd))
    assert found.ppk[0] == pytest.approx(5 / (3 * sd))
    ends = [found.pp[0] * np.sqrt(stats.chi2.ppf(share, 9) / 9) for share in (0.025, 0.975)]
    assert (found.pp_low[0], found.pp_high[0]) == pytest.approx(ends)
    reach = stats.norm.ppf(0.975) * np.sqrt(1 / 90 + found.ppk[0] ** 2 / 18)
    assert found.ppk_high[0] - found.ppk[0] == pytest.approx(reach)
    assert (found.skewness[0], found.kurtosis[0]) == pytest.approx((stats.skew(VALUES), stats.kurtosis(VALUES)))
    assert found.expected[0] == pytest.approx(stats.norm(66, sd).cdf(71) - stats.norm(66, sd).cdf(60))


def test_a_mean_outside_the_limits_has_a_capability_below_zero() -> None:
    found = capability_indices(VALUES, ONE, 1, (None, 60.0))
    assert found.ppk[0] < 0
    assert np.isnan(found.pp[0])
    assert found.expected[0] < 0.01


@given(st.lists(st.floats(-50, 50), min_size=4, max_size=30), st.integers(1, 3))
def test_groups_are_each_alone(values: list[float], count: int) -> None:
    given_values, groups = np.round(np.array(values), 3), np.arange(len(values)) % count
    subgroups = np.arange(len(values)) // 2 % 2
    found = capability_indices(given_values, groups, count, (-10.0, 10.0), subgroups)
    for group in range(count):
        mine = groups == group
        alone = capability_indices(
            given_values[mine], np.zeros(mine.sum(), np.int64), 1, (-10.0, 10.0), subgroups[mine]
        )
        for one, other in zip(found, alone, strict=True):
            assert one[group] == pytest.approx(other[0], rel=1e-6, abs=1e-9, nan_ok=True)


def test_the_spread_within_subgroups_is_that_of_an_analysis_of_variance() -> None:
    subgroups = np.array([0, 0, 1, 1, 1, 2, 2, 2, 3, 3])
    found = capability_indices(VALUES, ONE, 1, (60.0, 72.0), subgroups)
    parts = [VALUES[subgroups == each] for each in range(4)]
    residual = sum(float(((part - part.mean()) ** 2).sum()) for part in parts) / (10 - 4)
    assert found.sd_within[0] == pytest.approx(np.sqrt(residual))
    assert found.cp[0] == pytest.approx(12 / (6 * np.sqrt(residual)))


def test_values_that_are_alike_do_not_vary_by_rounding() -> None:
    assert capability_indices(np.full(7, 0.1), np.zeros(7, np.int64), 1, (0.0, 1.0)).sd[0] == 0.0


def test_a_confidence_that_is_none() -> None:
    with pytest.raises(ArgumentError, match="confidence"):
        capability_indices(VALUES, ONE, 1, (0.0, 1.0), confidence=1.0)
