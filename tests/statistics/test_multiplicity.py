from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics import Adjustment, ArgumentError, adjusted

P = hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(0, 1, allow_subnormal=False))

# the engine collects garbage at each of Holm's adjustments
FEWER = settings(max_examples=25, deadline=None)

# computed with R 4.2.2: p.adjust(p, method) for each method
R = np.array(
    [
        # p, holm, BH, bonferroni, BY, hochberg
        [0.001, 0.011, 0.011, 0.011, 0.0332186507937, 0.011],
        [0.008, 0.08, 0.044, 0.088, 0.132874603175, 0.08],
        [0.012, 0.108, 0.044, 0.132, 0.132874603175, 0.108],
        [0.039, 0.312, 0.077, 0.429, 0.232530555556, 0.216],
        [0.041, 0.312, 0.077, 0.451, 0.232530555556, 0.216],
        [0.042, 0.312, 0.077, 0.462, 0.232530555556, 0.216],
        [0.06, 0.312, 0.0942857142857, 0.66, 0.284731292517, 0.216],
        [0.074, 0.312, 0.10175, 0.814, 0.307272519841, 0.216],
        [0.205, 0.615, 0.216, 1, 0.652293506494, 0.216],
        [0.212, 0.615, 0.216, 1, 0.652293506494, 0.216],
        [0.216, 0.615, 0.216, 1, 0.652293506494, 0.216],
    ]
)
COLUMNS = [Adjustment.HOLM, Adjustment.BH, Adjustment.BONFERRONI, Adjustment.BY, Adjustment.HOCHBERG]


@pytest.mark.parametrize(("column", "method"), list(enumerate(COLUMNS, start=1)))
def test_values_are_adjusted_as_by_r(column: int, method: Adjustment) -> None:
    np.testing.assert_allclose(adjusted(R[:, 0], method), R[:, column], rtol=1e-9)
    shuffled = np.random.default_rng(2).permutation(len(R))
    np.testing.assert_allclose(adjusted(R[shuffled, 0], method), R[shuffled, column], rtol=1e-9)


@FEWER
@given(P, st.sampled_from(Adjustment))
def test_adjusted_values_keep_the_order_and_stay_shares(p: Floats, method: Adjustment) -> None:
    found = adjusted(p, method)
    assert (found >= p * (1 - 1e-12)).all()
    assert (found <= 1).all()
    in_order = found[np.argsort(p, kind="stable")]
    assert (np.diff(in_order) >= -1e-15).all()


@FEWER
@given(P)
def test_methods_are_ordered_by_strictness(p: Floats) -> None:
    order = [Adjustment.BH, Adjustment.HOCHBERG, Adjustment.HOLM, Adjustment.BONFERRONI]
    for milder, stricter in pairwise(order):
        assert (adjusted(p, milder) <= adjusted(p, stricter) * (1 + 1e-12)).all()
    assert (adjusted(p, Adjustment.BH) <= adjusted(p, Adjustment.BY) * (1 + 1e-12)).all()


@FEWER
@given(P)
def test_false_discovery_rates_are_those_of_scipy(p: Floats) -> None:
    np.testing.assert_allclose(adjusted(p, Adjustment.BH), stats.false_discovery_control(p, method="bh"), rtol=1e-12)
    np.testing.assert_allclose(adjusted(p, Adjustment.BY), stats.false_discovery_control(p, method="by"), rtol=1e-12)


@FEWER
@given(P, st.sampled_from(Adjustment))
def test_a_test_that_does_not_exist_is_not_counted(p: Floats, method: Adjustment) -> None:
    with_gaps = np.insert(p, [0, p.size], np.nan)
    found = adjusted(with_gaps, method)
    assert np.isnan(found[[0, -1]]).all()
    np.testing.assert_array_equal(found[1:-1], adjusted(p, method))


def test_a_family_may_have_any_shape() -> None:
    np.testing.assert_array_equal(adjusted(R[:10, 0].reshape(2, 5)).ravel(), adjusted(R[:10, 0]))
    assert float(adjusted(0.03)) == 0.03
    assert adjusted([]).shape == (0,)
    assert np.isnan(adjusted([np.nan, np.nan])).all()


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"p: 1\.2, and 1 more; it lies between 0 and 1"):
        adjusted([0.5, 1.2, -0.1])
    with pytest.raises(ArgumentError, match="method: 'sidak'; it is one of holm, hochberg, bonferroni, bh, by"):
        adjusted([0.5], "sidak")  # type: ignore[arg-type]
    np.testing.assert_array_equal(adjusted([0.01, 0.04], "bh"), adjusted([0.01, 0.04], Adjustment.BH))  # type: ignore[arg-type]
