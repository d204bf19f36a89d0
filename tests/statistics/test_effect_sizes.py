import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import special

from servqual.statistics import ArgumentError, AverageSpread, dav, drm, ds, dz, hedges_factor
from tests.statistics.sleep import DIFFERENCES, FIRST, SECOND, R

SD = st.floats(0.1, 10)
GAP = st.floats(-5, 5)


def test_students_drugs_have_the_effects_that_r_gives() -> None:
    gap, sd1, sd2 = DIFFERENCES.mean(), FIRST.std(ddof=1), SECOND.std(ddof=1)
    found = [
        dz(gap, DIFFERENCES.std(ddof=1)),
        dav(gap, sd1, sd2),
        dav(gap, sd1, sd2, AverageSpread.ROOT_MEAN_VARIANCE),
        drm(gap, sd1, sd2, np.corrcoef(FIRST, SECOND)[0, 1]),
    ]
    expected = [R[name] for name in ("dz", "dav_mean_of_sds", "dav_root_mean_var", "drm")]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@settings(deadline=None)
@given(GAP, SD, SD, st.floats(-0.99, 0.99))
def test_each_is_what_its_name_says(gap: float, sd1: float, sd2: float, r: float) -> None:
    sd_difference = np.sqrt(sd1**2 + sd2**2 - 2 * r * sd1 * sd2)
    assert float(drm(gap, sd1, sd2, r)) == pytest.approx(float(dz(gap, sd_difference)) * np.sqrt(2 * (1 - r)), rel=1e-6)
    assert float(drm(gap, sd1, sd1, r)) == pytest.approx(float(dav(gap, sd1, sd1)), rel=1e-9, abs=1e-12)
    # a mean of standard deviations is never above the root of the mean variance
    both = [abs(float(dav(gap, sd1, sd2, spread))) for spread in AverageSpread]
    assert both[0] >= both[1] * (1 - 1e-12)


@settings(deadline=None)
@given(GAP, SD, SD, st.integers(2, 50), st.integers(2, 50))
def test_the_unpaired_one_turns_with_its_samples(gap: float, var1: float, var2: float, n1: int, n2: int) -> None:
    one, other = ds(gap, var1, n1, 0.0, var2, n2), ds(0.0, var2, n2, gap, var1, n1)
    assert float(one) == pytest.approx(-float(other), rel=1e-12)
    assert float(ds(gap, var1, n1, 0.0, var1, n2)) == pytest.approx(gap / np.sqrt(var1), rel=1e-9, abs=1e-12)


def test_hedges_factor_nears_the_exact_one() -> None:
    df = np.array([2, 5, 9, 18, 100])
    exact = [special.gamma(m / 2) / (np.sqrt(m / 2) * special.gamma((m - 1) / 2)) for m in df]
    np.testing.assert_allclose(hedges_factor(df, exact=True), exact, rtol=1e-10)
    np.testing.assert_allclose(hedges_factor(df), exact, rtol=0.02)
    np.testing.assert_allclose(hedges_factor([9, 18]), [1 - 3 / 35, 1 - 3 / 71])
    assert np.isnan(hedges_factor([1, 0.5])).all()


def test_what_does_not_vary_has_no_effect_size() -> None:
    assert np.isnan(dz(1.0, 0.0))
    assert np.isnan(dav(1.0, 0.0, 0.0))
    assert np.isnan(drm(1.0, 1.0, 1.0, 1.0))
    np.testing.assert_array_equal(np.isnan(ds(1.0, [1.0, 1.0, 0.0], [5, 1, 5], 0.0, [1.0, 1.0, 0.0], 5)), [0, 1, 1])
    assert dz(np.ones((2, 1)), np.ones(3)).shape == (2, 3)
    assert not dz(1.0, 1.0).flags.writeable


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="sd_difference: -1"):
        dz(1.0, -1.0)
    with pytest.raises(ArgumentError, match="spread: 'median'; it is one of"):
        dav(1.0, 1.0, 1.0, "median")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"correlation: 1\.5; it lies between −1 and 1"):
        drm(1.0, 1.0, 1.0, 1.5)
    with pytest.raises(ArgumentError, match=r"2 problems\n.*var1: -1.*\n.*n2: -5"):
        ds(1.0, -1.0, 5, 0.0, 1.0, -5)
    with pytest.raises(ArgumentError, match="df: 0"):
        hedges_factor(0)
