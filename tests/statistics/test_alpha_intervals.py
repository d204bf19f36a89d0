import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError, Inapplicable, bonett_interval, cronbach_alpha, feldt_interval
from tests.statistics.attitude import COVARIANCE

INTERVALS = (feldt_interval, bonett_interval)


def test_intervals_of_a_published_study() -> None:
    # psych 2.2.9: alpha(attitude)$feldt; Bonett's formula
    alpha = cronbach_alpha(COVARIANCE)
    assert feldt_interval(alpha, 30, 7) == pytest.approx((0.739375685643, 0.91577307216), abs=1e-11)
    assert bonett_interval(alpha, 30, 7) == pytest.approx((0.723798989822, 0.910919258681), abs=1e-11)


@given(st.floats(-2, 0.999), st.integers(3, 10_000_000), st.integers(2, 60), st.floats(0.5, 0.999))
def test_feldts_interval_is_that_of_the_distribution(alpha: float, n: int, k: int, confidence: float) -> None:
    found = feldt_interval(alpha, n, k, confidence)
    ends = np.asarray(stats.f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], n - 1, (n - 1) * (k - 1)))
    np.testing.assert_allclose(np.asarray(found), 1 - (1 - alpha) * ends, rtol=0, atol=1e-9)


@given(st.floats(-2, 0.999), st.integers(3, 1_000_000), st.integers(2, 60), st.floats(0.5, 0.99))
def test_intervals_hold_alpha_and_widen_with_confidence(alpha: float, n: int, k: int, confidence: float) -> None:
    for interval in INTERVALS:
        found, wider = interval(alpha, n, k, confidence), interval(alpha, n, k, 0.995)
        assert not isinstance(found, Inapplicable)
        assert not isinstance(wider, Inapplicable)
        assert wider[0] <= found[0] <= found[1] <= wider[1] <= 1
    assert bonett_interval(alpha, n, k, confidence)[0] <= alpha  # type: ignore[index]


def test_the_two_agree_in_large_samples() -> None:
    assert feldt_interval(0.8, 100_000, 5) == pytest.approx(bonett_interval(0.8, 100_000, 5), abs=1e-5)


def test_perfect_reliability_has_no_width() -> None:
    for interval in INTERVALS:
        assert interval(1.0, 30, 4) == (1.0, 1.0)


def test_coverage_is_nominal_for_items_of_equal_covariance() -> None:
    rng, n, k, shared = np.random.default_rng(7), 40, 5, 0.4
    true = k * shared / (1 + (k - 1) * shared)
    hits = dict.fromkeys(INTERVALS, 0)
    for _ in range(2000):
        answers = math.sqrt(shared) * rng.normal(size=n) + math.sqrt(1 - shared) * rng.normal(size=(k, n))
        alpha = cronbach_alpha(np.cov(answers))
        for interval in INTERVALS:
            low, high = interval(alpha, n, k)  # type: ignore[misc]
            hits[interval] += low <= true <= high
    # three standard errors of 2000 draws are 1.5 %
    assert [each / 2000 for each in hits.values()] == pytest.approx([0.95, 0.95], abs=0.015)


def test_no_interval_says_why() -> None:
    none = Inapplicable("there is one item")
    for interval, least in zip(INTERVALS, (2, 3), strict=True):
        assert interval(none, 30, 4) is none
        assert str(interval(math.nan, 30, 4)) == "alpha is missing"
        assert f"at least {least} respondents" in str(interval(0.8, least - 1, 4))
        assert isinstance(interval(0.8, least, 4), tuple)


def test_arguments_are_checked() -> None:
    for interval in INTERVALS:
        with pytest.raises(ArgumentError, match="alpha is at most 1"):
            interval(1.1, 30, 4)
        with pytest.raises(ArgumentError, match="at least two items"):
            interval(0.8, 30, 1)
        with pytest.raises(ArgumentError, match="strictly between 0 and 1"):
            interval(0.8, 30, 4, 95)
        with pytest.raises(ArgumentError, match="finite and not negative"):
            interval(0.8, math.inf, 4)
