import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError, dav_interval, ds_interval, dz_interval

CONFIDENCE = st.floats(0.5, 0.99)


@settings(deadline=None)
@given(st.floats(-2, 2), st.integers(3, 200), CONFIDENCE)
def test_t_lies_at_the_ends_of_the_central_part(dz: float, n: int, confidence: float) -> None:
    low, high = (float(end) for end in dz_interval(dz, n, confidence))
    tail, t = (1 - confidence) / 2, dz * np.sqrt(n)
    assert stats.nct.cdf(t, n - 1, high * np.sqrt(n)) == pytest.approx(tail, abs=1e-9)
    assert stats.nct.cdf(t, n - 1, low * np.sqrt(n)) == pytest.approx(1 - tail, abs=1e-9)
    assert low < dz < high or abs(dz) < 1e-9


@settings(deadline=None)
@given(st.floats(-2, 2), st.integers(2, 60), st.integers(2, 60), CONFIDENCE)
def test_intervals_turn_with_their_effect(effect: float, n1: int, n2: int, confidence: float) -> None:
    low, high = ds_interval(effect, n1, n2, confidence)
    turned = ds_interval(-effect, n2, n1, confidence)
    np.testing.assert_allclose([-turned[1], -turned[0]], [low, high], rtol=1e-9, atol=1e-9)


def test_the_interval_excludes_zero_where_t_is_significant() -> None:
    n = np.arange(5, 60)
    critical = stats.t.isf(0.025, n - 1) / np.sqrt(n)
    np.testing.assert_allclose(dz_interval(critical, n)[0], 0, atol=1e-12)
    assert (dz_interval(1.001 * critical, n)[0] > 0).all()
    assert (dz_interval(0.999 * critical, n)[0] < 0).all()


def test_the_interval_holds_what_it_promises() -> None:
    rng = np.random.default_rng(7)
    differences = rng.normal(0.4, 1, (12, 4000))
    low, high = dz_interval(differences.mean(axis=0) / differences.std(axis=0, ddof=1), 12)
    assert np.mean((low <= 0.4) & (high >= 0.4)) == pytest.approx(0.95, abs=0.012)


def test_bonetts_interval_of_a_printed_example() -> None:
    # R package statpsych, example of ci.stdmean.ps: unweighted standardizer 0.2394905 to 0.8705732
    low, high = dav_interval(110.4 - 102.1, 15.3, 14.6, 0.75, 25)
    assert float(low) == pytest.approx(0.2394905, abs=5e-8)
    assert float(high) == pytest.approx(0.8705732, abs=5e-8)


def test_ten_million_pairs_have_a_narrow_interval() -> None:
    low, high = dz_interval([-0.9, 0.0, 0.9], 1e7)
    assert (high - low < 0.0016).all()
    np.testing.assert_allclose((low + high) / 2, [-0.9, 0, 0.9], atol=1e-6)


def test_what_has_no_interval_is_missing() -> None:
    for low, high in (dz_interval([0.5, np.nan], [1, 9]), ds_interval([0.5, 0.5], [1, 0], 9)):
        assert np.isnan([low, high]).all()
    assert np.isnan(dav_interval(1.0, 0.0, 0.0, 0.5, 9)).all()
    assert np.isnan(dav_interval(1.0, 1.0, 1.0, 0.5, 1)).all()


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="n: -1"):
        dz_interval(0.5, -1)
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        ds_interval(0.5, 9, 9, 95)
    with pytest.raises(ArgumentError, match="it lies strictly between 0 and 1"):
        dav_interval(0.5, 1, 1, 0.5, 9, confidence=0)
    with pytest.raises(ArgumentError, match="correlation: -2"):
        dav_interval(0.5, 1, 1, -2, 9)
