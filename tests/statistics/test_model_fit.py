import math

import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics.model_fit import fit_indices


@given(st.floats(0, 2), st.floats(0, 3), st.integers(30, 100_000))
def test_indices_are_their_definitions(discrepancy: float, more: float, n: int) -> None:
    found = fit_indices(discrepancy, discrepancy + more, items=9, parameters=21, n=n)
    chi, chi0 = n * discrepancy, n * (discrepancy + more)
    assert (found.df, found.baseline_df) == (24, 36)
    assert found.p_value == pytest.approx(stats.chi2.sf(chi, 24), abs=1e-12)
    assert 0 <= found.cfi <= 1
    assert found.rmsea == pytest.approx(math.sqrt(max(chi / 24 - 1, 0) / n))
    assert 0 <= found.rmsea_low <= found.rmsea + 1e-9
    assert found.rmsea <= found.rmsea_high + 1e-9 or found.rmsea_high == 0
    if more > 0.1 and chi0 > 40:
        assert found.tli == pytest.approx((chi0 / 36 - chi / 24) / (chi0 / 36 - 1))


@given(st.floats(0.05, 2), st.integers(100, 1_000_000))
def test_the_interval_leaves_five_per_cent_on_each_side(discrepancy: float, n: int) -> None:
    found = fit_indices(discrepancy, 5.0, items=9, parameters=21, n=n)
    chi = n * discrepancy
    for end, share in ((found.rmsea_low, 0.95), (found.rmsea_high, 0.05)):
        if end > 0:
            assert stats.ncx2.cdf(chi, 24, end**2 * n * 24) == pytest.approx(share, abs=1e-6)


def test_a_perfect_fit() -> None:
    found = fit_indices(-1e-17, 1.0, items=9, parameters=21, n=100)
    assert (found.chi_squared, found.cfi, found.rmsea, found.rmsea_low, found.rmsea_high) == (0, 1, 0, 0, 0)
    assert found.tli > 1


def test_without_degrees_of_freedom_there_is_nothing_to_test() -> None:
    found = fit_indices(0.0, 1.0, items=3, parameters=6, n=100)
    assert found.df == 0
    assert found.cfi == 1
    assert all(math.isnan(each) for each in (found.p_value, found.tli, found.rmsea, found.rmsea_low, found.rmsea_high))
    alone = fit_indices(0.0, 0.0, items=1, parameters=1, n=100)
    assert (alone.baseline_df, alone.cfi) == (0, 1)
