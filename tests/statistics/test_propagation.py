"""Functions of estimates: the delta method, draws, and their agreement."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics import Inapplicable
from servqual.statistics.accelerations import jackknife_acceleration
from servqual.statistics.bootstrap_intervals import bca_interval, percentile_interval
from servqual.statistics.propagation import (
    NO_ERROR,
    NO_JACKKNIFE,
    NO_VALUE,
    ONE_SIDE,
    CovarianceSpread,
    DrawnSpread,
    IntervalKind,
    bca_p,
    percentile_p,
)

ESTIMATES = np.array([0.5, -0.4])


def product(estimates: Floats) -> Floats:
    return np.asarray((estimates[0] * estimates[1])[None])


def slope(estimates: Floats) -> Floats:
    return np.array([[estimates[1], estimates[0]]])


def covariance(seed: int) -> Floats:
    half = np.random.default_rng(seed).normal(size=(2, 4)) / 20
    return np.asarray(half @ half.T)


def test_the_delta_method_of_a_product_is_sobels() -> None:
    found = CovarianceSpread(ESTIMATES, np.diag([0.01, 0.04])).of(product, slope(ESTIMATES))
    assert found.se.at(0) == pytest.approx(np.sqrt(0.25 * 0.04 + 0.16 * 0.01))
    assert found.estimate.at(0) == -0.2


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_draws_agree_with_the_delta_method_where_errors_are_small(seed: int) -> None:
    spread = covariance(seed) / 100
    draws = np.random.default_rng(seed).multivariate_normal(ESTIMATES, spread, size=20_000).T
    exact, drawn = (
        each.of(product, slope(ESTIMATES))
        for each in (CovarianceSpread(ESTIMATES, spread), DrawnSpread(ESTIMATES, draws))
    )
    # of 20 000 draws a standard deviation is known to 1 / √40 000 = .5 %, four of which are 2 %; errors here are some
    # hundredth of the estimates, so that what is not linear adds less than another per cent
    assert drawn.se.at(0) == pytest.approx(exact.se.at(0), rel=0.03)
    # an end of a 95 % interval is a quantile with error 1.9 s / √20 000 = .019 s
    for one, other in ((drawn.low, exact.low), (drawn.high, exact.high)):
        assert abs(float(one.at(0)) - float(other.at(0))) < 0.08 * float(exact.se.at(0))


def test_students_t_where_there_are_degrees_of_freedom() -> None:
    found = CovarianceSpread([2.0], [[1.0]]).of(lambda each: each, np.eye(1), df=[10.0])
    # qt(.975, 10) = 2.228139; 2 pt(-2, 10) = 0.07338803
    assert found.high.at(0) == pytest.approx(2 + 2.228139, abs=1e-6)
    assert found.p.at(0) == pytest.approx(0.07338803, abs=1e-8)


@given(hnp.arrays(np.float64, (2, 25), elements=st.floats(-2, 2, width=16), unique=True), st.floats(0.6, 0.98))
def test_intervals_of_draws_are_those_of_the_draws(draws: Floats, confidence: float) -> None:
    centre = np.median(draws, axis=1)
    plain = DrawnSpread(centre, draws).of(lambda each: each, np.eye(2), confidence)
    low, high = percentile_interval(draws, confidence)
    assert plain.low.values.tolist() == low.tolist()
    assert plain.high.values.tolist() == high.tolist()
    assert plain.se.values == pytest.approx(draws.std(axis=1, ddof=1))
    left = draws[:, :9]
    bent = DrawnSpread(centre, draws, IntervalKind.BCA, left).of(lambda each: each, np.eye(2), confidence)
    low, high = bca_interval(centre, draws, jackknife_acceleration(left), confidence)
    assert bent.low.values.tolist() == low.tolist()
    assert bent.high.values.tolist() == high.tolist()


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.floats(-0.15, 0.15), st.floats(-1.5, 1.5))
def test_a_p_value_is_the_level_at_which_the_interval_reaches_zero(seed: int, bent: float, shift: float) -> None:
    draws = np.random.default_rng(seed).normal(shift, size=4000)

    def plain(level: float) -> tuple[Floats, Floats]:
        return percentile_interval(draws, level)

    def accelerated(level: float) -> tuple[Floats, Floats]:
        return bca_interval(shift, draws, bent, level)

    for p, interval in ((percentile_p(draws), plain), (bca_p(shift, draws, bent), accelerated)):
        # two tail counts of 4000 draws apart on either side
        if 0.01 < p < 0.99:
            low, high = interval(1 - (float(p) + 0.004))
            assert low > 0 or high < 0
            low, high = interval(1 - (float(p) - 0.004))
            assert low < 0 < high


def test_p_values_never_claim_more_than_draws_can_show() -> None:
    assert percentile_p(np.ones(99)) == 0.02
    # 49 of 99 lie below the estimate, which is all but no bias
    assert 0.02 <= bca_p(1.0, np.linspace(0.5, 1.5, 99), 0.0) < 0.022
    assert percentile_p([-1.0, 1.0]) == 1.0


def test_what_does_not_exist_says_why() -> None:
    draws = np.array([[1.0, 2, 3], [1, 2, 3]])
    found = DrawnSpread([0.0, 2.0], draws, "bca", draws).of(lambda each: each, np.eye(2))
    assert found.low.at(0) == Inapplicable(ONE_SIDE)
    assert isinstance(found.low.at(1), float)
    found = DrawnSpread([0.0, 2.5], draws, IntervalKind.BCA).of(lambda each: each, np.eye(2))
    assert found.p.at(1) == Inapplicable(NO_JACKKNIFE)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = DrawnSpread([0.0, 1.0], draws * 0).of(lambda each: each[:1] / each[1:], np.ones((1, 2)))
    assert (found.estimate.at(0), found.low.at(0)) == (0.0, Inapplicable(NO_VALUE))
    found = CovarianceSpread([1.0], [[0.0]]).of(lambda each: each, np.eye(1))
    assert (found.estimate.at(0), found.se.at(0), found.low.at(0)) == (1.0, 0.0, Inapplicable(NO_ERROR))
    found = CovarianceSpread([np.nan], [[1.0]]).of(lambda each: each, np.eye(1))
    assert found.estimate.at(0) == found.p.at(0) == Inapplicable(NO_VALUE)


def test_shapes_and_confidence_are_checked() -> None:
    with pytest.raises(ArgumentError, match="covariance: shape"):
        CovarianceSpread([1.0], np.eye(2))
    with pytest.raises(ArgumentError, match="confidence: 95"):
        CovarianceSpread([1.0], np.eye(1)).of(lambda each: each, np.eye(1), 95)
