"""Correlations of pairs against scipy, within groups against a regression with a constant for each group."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError
from servqual.statistics.correlation_tests import correlation_test
from servqual.statistics.models import ols


@given(st.integers(0, 10_000), st.integers(4, 60))
def test_pairs_are_those_of_scipy(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    y = 0.4 * x + rng.normal(size=n)
    found, theirs = correlation_test(x, y, confidence=0.9), stats.pearsonr(x, y)
    ends = theirs.confidence_interval(0.9)
    assert (found.r, found.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=1e-9)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high), abs=1e-9)
    assert (found.n, found.groups, found.reason) == (n, 1, "")


def test_within_groups_it_tests_what_a_regression_with_constants_of_groups_tests() -> None:
    rng = np.random.default_rng(5)
    groups = np.repeat(np.arange(6), 5)
    x = rng.normal(size=30) + 3 * groups
    y = 0.5 * x - 4 * groups + rng.normal(size=30)
    found = correlation_test(x, y, groups)
    dummies = (groups[:, None] == np.arange(6)).astype(float)
    names = ["x", *(f"unit {each}" for each in range(6))]
    fit = ols(y, np.column_stack([x, dummies]), names, intercept=False)
    t = found.r * np.sqrt(found.df / (1 - found.r**2))
    assert found.df == fit.df_resid
    assert t == pytest.approx(fit.coefficients[0] / np.sqrt(fit.covariance[0, 0]))
    assert found.r > 0 > stats.pearsonr(x, y).statistic


def test_a_group_of_one_pair_and_pairs_with_a_gap_are_left_out() -> None:
    x = np.array([1.0, 2, 3, 4, np.nan, 9, 100])
    y = np.array([1.0, 3, 2, 5, 7, np.nan, -100])
    groups = np.array([0, 0, 1, 1, 1, 0, 2])
    found = correlation_test(x, y, groups)
    assert (found.n, found.groups, found.df) == (4, 2, 1.0)
    assert (found.low, found.high) == (-1.0, 1.0)


def test_what_does_not_exist_says_why() -> None:
    assert correlation_test([1.0], [2.0]).reason == "fewer than two pairs"
    assert correlation_test([0.1, 0.1, 0.1], [1.0, 2, 3]).reason == "one side does not vary"
    assert correlation_test([1.0, 2], [1.0, 3]).reason == "too few pairs for a test"
    assert correlation_test([1.0, 2, 3], [2.0, 4, 6]).p == 0.0


def test_refusals() -> None:
    with pytest.raises(ArgumentError, match="x: inf; it is finite"):
        correlation_test([np.inf, 1], [1, 2])
    with pytest.raises(ArgumentError, match="x, y and groups are of one shape"):
        correlation_test([1, 2], [1, 2], np.array([0]))
