import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from statsmodels.stats.weightstats import ttost_ind, ttost_paired

from servqual.statistics import ArgumentError, EquivalenceResult, Inapplicable, equivalence_test, paired_t, welch_t

GAPS = st.floats(-1, 1)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 2))
def test_paired_equivalence_is_that_of_statsmodels(seed: int, margin: float) -> None:
    gaps = np.random.default_rng(seed).normal(0.1, 1, 15)
    result = equivalence_test(paired_t(gaps.mean(), gaps.std(ddof=1), 15), margin)
    p, low, high = ttost_paired(gaps, np.zeros(15), -margin, margin)
    assert float(result.p) == pytest.approx(p, rel=1e-9)
    assert (float(result.p_low), float(result.p_high)) == pytest.approx((low[1], high[1]), rel=1e-9)
    assert float(result.statistic) == pytest.approx(low[0] if low[1] > high[1] else high[0], rel=1e-9)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_unpaired_equivalence_is_that_of_statsmodels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(0, 1, 12), rng.normal(0.2, 2, 20)
    test = welch_t(x.mean(), x.var(ddof=1), 12, y.mean(), y.var(ddof=1), 20)
    p = ttost_ind(x, y, -0.5, 1.5, usevar="unequal")[0]
    assert float(equivalence_test(test, (-0.5, 1.5)).p) == pytest.approx(p, rel=1e-9)


@settings(deadline=None)
@given(GAPS, st.floats(0.05, 2), st.integers(3, 100), st.floats(0.01, 2), st.floats(0.001, 0.3))
def test_equivalent_means_that_the_interval_lies_within(
    gap: float, sd: float, n: int, margin: float, level: float
) -> None:
    result = equivalence_test(paired_t(gap, sd, n), margin, level)
    low, high = result.interval(1 - 2 * level)
    if min(abs(float(low) + margin), abs(float(high) - margin)) > 1e-9:
        assert bool(result.equivalent) == (-margin < float(low) and float(high) < margin)
    turned = equivalence_test(paired_t(-gap, sd, n), margin, level)
    assert float(turned.p) == pytest.approx(float(result.p), rel=1e-12)
    wider = equivalence_test(paired_t(gap, sd, n), 1.5 * margin, level)
    assert float(wider.p) <= float(result.p)


def test_no_difference_found_is_not_yet_equivalence() -> None:
    few = paired_t(0.1, 1.0, 8)
    assert float(few.p) > 0.7
    assert not equivalence_test(few, 0.3).equivalent


def test_the_null_is_told_in_words() -> None:
    assert equivalence_test(paired_t(0.0, 1.0, 9), 0.5).null == "the mean difference is at or beyond ±0.5"
    words = "the difference of the means is at or below -0.2, or at or above 0.5"
    assert equivalence_test(welch_t(1, 1, 9, 1, 1, 9), (-0.2, 0.5)).null == words


def test_where_there_is_no_test_nothing_is_equivalent() -> None:
    result = equivalence_test(paired_t([0.0, 0.0, 0.0], [0.1, 0.0, 0.1], [50, 50, 1]), 0.5)
    np.testing.assert_array_equal(result.equivalent, [True, False, False])
    assert result.at(1) == Inapplicable("no variation: all answers compared are equal")
    first = result.at(0)
    assert isinstance(first, EquivalenceResult)
    assert first.margins == (-0.5, 0.5)


def test_arguments_are_checked() -> None:
    test = paired_t(0.0, 1.0, 9)
    for margin in (0.0, -0.5, (0.5, 0.5), (1.0, -1.0)):
        with pytest.raises(ArgumentError, match="the lower margin is below the upper"):
            equivalence_test(test, margin)
    with pytest.raises(ArgumentError, match="3 numbers"):
        equivalence_test(test, (1.0, 2.0, 3.0))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="upper_margin: NaN"):
        equivalence_test(test, np.nan)
    for level in (0.5, 0.95):
        with pytest.raises(ArgumentError, match="a level lies below one half"):
            equivalence_test(test, 0.5, level)
    with pytest.raises(ArgumentError, match="level: 5; it lies strictly between 0 and 1"):
        equivalence_test(test, 0.5, 5)
