"""The satisfaction–loyalty curve: monotone and piecewise; what all curves say of their top."""

import json
import pickle

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics.curves import (
    EXACT,
    LEVEL,
    NO_RESAMPLES,
    NO_TEST,
    UNBOUNDED,
    Curve,
    delta_steepness,
    drawn_steepness,
)
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.logistic import logistic_curve
from servqual.statistics.models import Covariance
from servqual.statistics.monotone import monotone_curve
from servqual.statistics.piecewise import piecewise_curve, segment_columns

SCALE = np.repeat(np.arange(1.0, 6.0), 8)


def loyalty(seed: int = 0) -> Floats:
    """Retention that jumps between satisfied (4) and completely satisfied (5), with noise."""
    truth = np.array([0.1, 0.15, 0.25, 0.4, 0.9])
    return np.repeat(truth, 8) + np.random.default_rng(seed).normal(0, 0.05, 40)


@settings(deadline=None)
@given(
    hnp.arrays(np.float64, st.integers(2, 9), elements=st.integers(-20, 20).map(float)),
    st.integers(0, 100),
    st.booleans(),
)
def test_the_monotone_curve_is_the_max_min_of_means(y: Floats, seed: int, increasing: bool) -> None:  # noqa: FBT001
    # Barlow et al. 1972, theorem 1.4: fᵢ = max over s ≤ i of min over t ≥ i of the mean of s … t
    weights = np.random.default_rng(seed).integers(1, 5, y.size).astype(float)
    x = np.arange(y.size, dtype=float)
    sign = 1 if increasing else -1
    means = [
        [np.average(sign * y[s : t + 1], weights=weights[s : t + 1]) if t >= s else np.nan for t in range(y.size)]
        for s in range(y.size)
    ]
    expected = [sign * max(min(means[s][t] for t in range(i, y.size)) for s in range(i + 1)) for i in range(y.size)]
    curve = monotone_curve(x, y, weights=weights, increasing=increasing)
    assert curve.at(x) == pytest.approx(expected, abs=1e-9)
    assert (sign * curve.slopes >= 0).all()
    assert curve.x.size == 2 or (np.diff(curve.values) != 0).sum() >= (curve.x.size - 1) // 2


@given(st.permutations(range(40)), st.floats(0.1, 10), st.floats(-5, 5))
def test_rows_have_no_order_and_units_no_meaning(order: list[int], factor: float, shift: float) -> None:
    y = loyalty()
    one, other = monotone_curve(SCALE, y), monotone_curve(factor * SCALE[order] + shift, factor * y[order] + shift)
    assert other.at(factor * np.arange(1, 6) + shift) == pytest.approx(factor * one.at(np.arange(1, 6)) + shift)
    assert other.r2 == pytest.approx(one.r2)
    bent = piecewise_curve(factor * SCALE[order] + shift, y[order], knots=[factor * 4 + shift])
    assert bent.steepness().ratio == pytest.approx(piecewise_curve(SCALE, y, knots=[4]).steepness().ratio)


def test_weights_of_rows_are_repetitions() -> None:
    y, times = loyalty()[::4], np.tile([1, 3], 5)
    x = SCALE[::4]
    weighted = monotone_curve(x, y, weights=times)
    assert weighted.at(x) == pytest.approx(monotone_curve(np.repeat(x, times), np.repeat(y, times)).at(x))


def test_a_monotone_curve_is_straight_between_points_and_silent_outside() -> None:
    curve = monotone_curve([1, 2, 4], [0.0, 1.0, 2.0])
    assert curve.at([1.5, 3, 4]).tolist() == [0.5, 1.5, 2.0]
    assert np.isnan(curve.at([0.5, 4.5])).all()
    assert curve.slopes.tolist() == [1.0, 0.5]
    assert curve.bounds == (1.0, 4.0)
    assert curve.r2 == 1.0
    assert np.isnan(monotone_curve([1, 2], [3, 3]).r2)
    assert repr(curve) == "<MonotoneCurve, increasing, 1 to 4: n 3, R² 1.000, 3 corners>"
    assert curve.to_dict() == {
        "curve": "monotone", "x": [1, 2, 4], "values": [0, 1, 2], "n": 3, "r2": 1.0, "increasing": True, "resamples": 0
    }  # fmt: skip


def test_a_level_part_keeps_its_two_ends_only() -> None:
    curve = monotone_curve([1, 2, 3, 4, 5], [3, 2, 1, 2, 9])
    assert curve.x.tolist() == [1, 4, 5]
    assert curve.values.tolist() == [2, 2, 9]


def test_percentiles_of_resamples_are_near_the_intervals_of_means() -> None:
    # with a steep truth the curve is the mean at each point of the scale, whose normal interval is known
    y = np.repeat(np.arange(5.0), 200) + np.random.default_rng(1).normal(0, 1, 1000)
    x = np.repeat(np.arange(1.0, 6.0), 200)
    curve = monotone_curve(x, y, draws=2000, rng=1)
    low, high = curve.interval([3, 5], 0.9)
    for place, ends in ((3, (low[0], high[0])), (5, (low[1], high[1]))):
        at = y[x == place]
        expected = stats.norm.interval(0.9, at.mean(), at.std() / np.sqrt(at.size))
        assert ends == pytest.approx(expected, abs=0.02)


def test_steepness_of_a_monotone_curve_has_percentiles_and_no_test() -> None:
    curve = monotone_curve(SCALE, loyalty(), draws=500, rng=3)
    steep = curve.steepness(4)
    at = curve.at([1, 4, 5])
    assert steep.top_slope == pytest.approx(at[2] - at[1])
    assert steep.mean_slope == pytest.approx((at[2] - at[0]) / 4)
    assert steep.ratio == pytest.approx(steep.top_slope / steep.mean_slope)
    kept = curve.replicates
    expected = (kept[:, 4] - kept[:, 3]) / ((kept[:, 4] - kept[:, 0]) / 4)
    assert (steep.ratio_low, steep.ratio_high) == pytest.approx(tuple(np.quantile(expected, [0.025, 0.975])))
    assert 1 < float(steep.ratio_low) < float(steep.ratio) < float(steep.ratio_high)
    assert steep.p == Inapplicable(NO_TEST)
    assert steep.to_dict()["inapplicable"] == {"p": NO_TEST}
    assert steep.method == "bootstrap"


def test_the_same_seed_draws_the_same_resamples() -> None:
    first, second = (monotone_curve(SCALE, loyalty(), draws=20, rng=rng) for rng in (5, np.random.default_rng(5)))
    assert np.array_equal(first.replicates, second.replicates)
    assert not np.array_equal(first.replicates, monotone_curve(SCALE, loyalty(), draws=20, rng=6).replicates)
    drawn = first.draws_at([1.0, 4.5], 7, rng=1)
    assert drawn.shape == (7, 2)
    assert np.array_equal(drawn, second.draws_at([1.0, 4.5], 7, rng=1))
    kept = (first.replicates[:, 3] + first.replicates[:, 4]) / 2
    assert np.abs(drawn[:, [1]] - kept).min(axis=1) == pytest.approx(0)


def test_whole_groups_are_drawn_together() -> None:
    # one group is one row repeated: resampling groups is resampling the rows there were before
    y = loyalty()[::4]
    alone = monotone_curve(SCALE[::4], y, draws=50, rng=2)
    groups = np.repeat(np.arange(10), 3)
    grouped = monotone_curve(np.repeat(SCALE[::4], 3), np.repeat(y, 3), draws=50, rng=2, groups=groups)
    assert grouped.replicates == pytest.approx(alone.replicates)


def test_resamples_of_many_values_are_kept_at_few_points() -> None:
    rng = np.random.default_rng(0)
    x = rng.uniform(1, 5, 3000)
    curve = monotone_curve(x, x + rng.normal(0, 1, 3000), draws=100, rng=1)
    assert curve.replicates.shape == (100, 101)
    low, high = curve.interval([2.0, 3.0, 4.0])
    assert (low < curve.at([2.0, 3.0, 4.0])).all()
    assert (curve.at([2.0, 3.0, 4.0]) < high).all()
    # it holds corners, not rows
    assert curve.x.size < 400
    carried = pickle.loads(pickle.dumps(curve))  # noqa: S301 - made on this line
    assert np.array_equal(carried.replicates, curve.replicates)
    assert not carried.values.flags.writeable


def test_a_level_curve_has_no_ratio() -> None:
    level = monotone_curve([1, 2, 3], [3, 2, 1], draws=20, rng=0)
    steep = level.steepness(2)
    assert steep.ratio == steep.ratio_low == Inapplicable(LEVEL)
    assert repr(steep) == f"<Steepness above 2: {LEVEL}>"
    sometimes = drawn_steepness(np.array([1.0, 1.0]), np.array([[1.0, 1.0], [0.0, 0.0]]), 2, (1, 3), 0.95)
    assert sometimes.ratio == 1
    assert sometimes.ratio_low == Inapplicable("the curve is level in 1 of 2 resamples")
    assert repr(sometimes) == "<Steepness above 2: 1.000 of the mean slope (no interval), by bootstrap>"
    undrawn = monotone_curve([1, 2, 3], [1, 2, 3]).steepness(2)
    assert undrawn.difference_low == Inapplicable(NO_RESAMPLES)
    assert (repr(undrawn), undrawn.method) == ("<Steepness above 2: 1.000 of the mean slope (no interval)>", "none")


@pytest.mark.parametrize("knots", [[4], [2.5, 4], {"satisfied": 4, "neutral": 3}])
def test_a_piecewise_curve_is_the_regression_on_hinges(knots: list[float] | dict[str, float]) -> None:
    # the same curve with another basis: x and (x − k)₊, whose coefficients are changes of slope
    y = loyalty()
    places = sorted(knots.values() if isinstance(knots, dict) else knots)
    hinges = np.column_stack([SCALE, *[np.maximum(SCALE - place, 0) for place in places]])
    other = sm.OLS(y, sm.add_constant(hinges)).fit()
    curve = piecewise_curve(SCALE, y, knots=knots)
    assert curve.slopes == pytest.approx(np.cumsum(other.params[1:]))
    assert curve.at(SCALE) == pytest.approx(other.fittedvalues)
    ends = other.get_prediction().conf_int(alpha=0.1)
    low, high = curve.interval(SCALE, 0.9)
    assert np.column_stack([low, high]) == pytest.approx(ends)
    bends = curve.bends()
    assert bends.estimate == pytest.approx(other.params[2:])
    assert bends.p == pytest.approx(other.pvalues[2:])
    assert bends.null == "the slope is the same on both sides of the knot"


def test_steepness_of_a_piecewise_curve_by_the_delta_method() -> None:
    # by hand: with the knot at 4 and x from 1 to 5, the mean slope is ¾ of the lower one and ¼ of the upper one
    curve = piecewise_curve(SCALE, loyalty(), knots=[4])
    lower, upper = curve.slopes
    steep = curve.steepness(confidence=0.9)
    mean = 0.75 * lower + 0.25 * upper
    assert (steep.top_slope, steep.mean_slope, steep.ratio) == pytest.approx((upper, mean, upper / mean))
    spread = curve.regression.covariance[1:, 1:]
    gradient = np.array([-0.75 * upper, 0.75 * lower]) / mean**2
    reach = stats.t.ppf(0.95, 37) * np.sqrt(gradient @ spread @ gradient)
    assert (steep.ratio_low, steep.ratio_high) == pytest.approx((upper / mean - reach, upper / mean + reach))
    # both slopes are the same exactly where the curve does not bend
    assert steep.p == pytest.approx(float(curve.bends().p[0]))
    assert steep.difference == pytest.approx(0.75 * (upper - lower))
    assert curve.steepness(3).top_slope == pytest.approx((lower + upper) / 2)
    assert steep.method == "delta"


def test_a_straight_line_is_as_steep_at_the_top_as_anywhere() -> None:
    straight = piecewise_curve([1, 2, 3, 4, 5], [2, 4, 6, 8, 10], knots=[3]).steepness()
    assert straight.ratio == pytest.approx(1)
    assert straight.p == Inapplicable(EXACT)


def test_a_ratio_to_a_slope_that_may_be_nothing_has_no_interval() -> None:
    rng = np.random.default_rng(0)
    steep = piecewise_curve(SCALE, rng.normal(0, 1, 40), knots=[4]).steepness()
    assert steep.ratio_low == steep.ratio_high == Inapplicable(UNBOUNDED)
    assert float(steep.difference_low) < steep.difference < float(steep.difference_high)
    assert steep.to_dict()["ratio_low"] is None
    assert steep.to_dict()["inapplicable"]["ratio_low"] == UNBOUNDED
    assert steep.to_dict()["bounds"] == [1.0, 5.0]
    level = delta_steepness(np.zeros(2), np.eye(2), 9, 4, (1, 5), 0.95)
    assert level.ratio == level.ratio_high == Inapplicable(LEVEL)


def test_weights_and_groups_go_to_the_regression() -> None:
    y, groups = loyalty(), np.arange(40) % 8
    columns = sm.add_constant(segment_columns(SCALE, [4]))
    weights = np.linspace(1, 2, 40)
    clustered = piecewise_curve(SCALE, y, knots=[4], covariance=Covariance.CLUSTER, groups=groups)
    by_hand = sm.OLS(y, columns).fit(cov_type="cluster", cov_kwds={"groups": groups})
    assert clustered.regression.covariance == pytest.approx(by_hand.cov_params())
    assert clustered.regression.df_test == 7
    weighted = piecewise_curve(SCALE, y, knots=[4], weights=weights)
    assert weighted.slopes == pytest.approx(sm.WLS(y, columns, weights=weights).fit().params[1:])


def test_draws_of_a_piecewise_curve_have_its_mean_and_its_error() -> None:
    curve = piecewise_curve(SCALE, loyalty(), knots=[4])
    drawn = curve.draws_at([[3.0, 5.0]], 40_000, rng=1)
    assert drawn.shape == (40_000, 1, 2)
    low, high = curve.interval([3.0, 5.0], 0.9)
    reach = (high - low) / 2 / stats.t.ppf(0.95, 37)
    assert drawn[:, 0].mean(axis=0) == pytest.approx(curve.at([3.0, 5.0]), abs=5 * reach.max() / 200)
    assert drawn[:, 0].std(axis=0) == pytest.approx(reach, rel=0.02)


def test_faces_of_a_piecewise_curve() -> None:
    curve = piecewise_curve(SCALE, loyalty(), knots={"satisfied": 4, "neutral": 3})
    assert curve.segments == ("below neutral", "neutral to satisfied", "above satisfied")
    assert curve.knots == (("neutral", 3.0), ("satisfied", 4.0))
    told = curve.to_dict()
    assert told["knots"] == {"neutral": 3.0, "satisfied": 4.0}
    assert told["coefficients"] == curve.regression.coefficients.tolist()
    assert told["names"] == ["intercept", *curve.segments]
    assert repr(curve).startswith("<PiecewiseCurve: slope below neutral ")
    assert repr(curve).endswith(f"n 40, R² {curve.regression.r2:.3f}>")
    assert repr(curve.steepness()).startswith("<Steepness above 4: ")
    assert not curve.slopes.flags.writeable


def test_segments_add_up_to_x() -> None:
    x = np.array([-3.0, 1.0, 2.5, 4.0, 9.0, np.nan])
    columns = segment_columns(x, [1.5, 4.0])
    assert columns.shape == (6, 3)
    assert np.array_equal(columns.sum(axis=1), x, equal_nan=True)
    assert columns[4].tolist() == [1.5, 2.5, 5.0]


def test_three_kinds_are_one_kind_to_what_follows() -> None:
    y = np.clip(loyalty(), 0, 1)
    curves: list[Curve] = [
        monotone_curve(SCALE, y, draws=30, rng=1), piecewise_curve(SCALE, y, knots=[4]), logistic_curve(SCALE, y)
    ]  # fmt: skip
    for curve in curves:
        assert curve.bounds == (1.0, 5.0)
        assert json.dumps(curve.to_dict(), allow_nan=False)
        assert curve.at([2.0, 3.0]).shape == (2,)
        low, high = curve.interval(3.0)
        assert low < curve.at(3.0) < high
        assert curve.draws_at([2.0, 3.0], 5, rng=1).shape == (5, 2)
        assert float(curve.steepness(4.0).ratio) > 1
