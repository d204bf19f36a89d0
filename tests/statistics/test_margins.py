import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError, margin_of_error_mean, margin_of_error_share


def test_margins_follow_their_formulas() -> None:
    z = stats.norm.isf(0.05)
    found = margin_of_error_mean(1.5, [50, 200], 0.9, population=1000, design_effect=[1.0, 2.0])
    expected = z * 1.5 * np.sqrt([1 / 50, 2 / 200]) * np.sqrt([950 / 999, 800 / 999])
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    np.testing.assert_allclose(margin_of_error_share(0.2, 100, 0.9), z * np.sqrt(0.2 * 0.8 / 100), rtol=1e-12)


@settings(deadline=None)
@given(st.floats(0, 1), st.integers(1, 10_000), st.floats(0.5, 0.999))
def test_margins_of_shares_mirror_and_shrink(share: float, n: int, confidence: float) -> None:
    margin = float(margin_of_error_share(share, n, confidence))
    assert margin == pytest.approx(float(margin_of_error_share(1 - share, n, confidence)), rel=1e-6, abs=1e-9)
    assert float(margin_of_error_share(share, n + 1, confidence)) <= margin
    assert margin <= float(margin_of_error_share(0.5, n, confidence)) * (1 + 1e-12)
    assert float(margin_of_error_share(share, n, confidence, population=10_000)) <= margin


def test_where_everybody_answered_there_is_no_error() -> None:
    assert float(margin_of_error_mean(1.5, 30, population=30)) == 0
    assert float(margin_of_error_share(0.5, 1, population=1)) == 0
    assert float(margin_of_error_mean(0.0, 30)) == 0


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="n: some above the population; no more can answer than there are"):
        margin_of_error_mean(1.0, [10, 31], population=30)
    with pytest.raises(ArgumentError, match="n: 0; it is finite and one or more"):
        margin_of_error_share(0.5, 0)
    with pytest.raises(ArgumentError, match=r"share: 1\.5"):
        margin_of_error_share(1.5, 10)
    with pytest.raises(ArgumentError, match="sd: -1"):
        margin_of_error_mean(-1.0, 10)
    with pytest.raises(ArgumentError, match="confidence"):
        margin_of_error_mean(1.0, 10, 0)
