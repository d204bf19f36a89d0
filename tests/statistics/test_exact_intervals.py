"""Exact intervals of shares and rates against scipy, and what they promise."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError
from servqual.statistics.exact_intervals import clopper_pearson_interval, poisson_interval


@given(st.integers(1, 400), st.floats(0, 1), st.floats(0.5, 0.999))
def test_shares_are_those_of_scipy(n: int, share: float, confidence: float) -> None:
    hits = round(share * n)
    theirs = stats.binomtest(hits, n).proportion_ci(confidence, "exact")
    assert clopper_pearson_interval(hits, n, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(st.integers(0, 300), st.floats(0.1, 50))
def test_a_rate_has_each_tail_at_its_ends(events: int, exposure: float) -> None:
    low, high = poisson_interval(events, exposure, 0.9)
    assert stats.poisson.cdf(events, high * exposure) == pytest.approx(0.05, abs=1e-9)
    assert low == 0 if events == 0 else stats.poisson.sf(events - 1, low * exposure) == pytest.approx(0.05, abs=1e-9)


def test_arrays_and_nothing() -> None:
    low, high = clopper_pearson_interval([0, 5, 0], [5, 5, 0])
    assert (low[0], high[1]) == (0.0, 1.0)
    assert np.isnan([low[2], high[2]]).all()


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ArgumentError, match="successes: 6; it lies between 0 and n"):
        clopper_pearson_interval(6, 5)
    with pytest.raises(ArgumentError, match="n: -1"):
        clopper_pearson_interval(0, -1)
    with pytest.raises(ArgumentError, match=r"confidence: 95;.*pass 0.95"):
        clopper_pearson_interval(1, 5, 95)
    with pytest.raises(ArgumentError, match="exposure: 0; it is finite and above zero"):
        poisson_interval(3, 0.0)
