"""The logistic curve, against an engine, and its steepness against derivatives taken by differences."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.logistic import LogisticCurve, logistic_curve

X = np.arange(1.0, 6.0)
SHARES = np.array([0.35, 0.5, 0.6, 0.75, 0.9])
TRIALS = np.array([20.0, 40.0, 80.0, 120.0, 60.0])


def engine(y: Floats, x: Floats, **options: object) -> sm.GLM:
    return sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial(), **options)


def test_shares_with_trials_are_the_binomial_regression() -> None:
    curve = logistic_curve(X, SHARES, trials=TRIALS)
    by_hand = engine(np.column_stack([SHARES * TRIALS, (1 - SHARES) * TRIALS]), X).fit(tol=1e-14)
    assert curve.coefficients == pytest.approx(by_hand.params, rel=1e-9)
    assert curve.covariance == pytest.approx(by_hand.cov_params(), rel=1e-7)
    assert curve.estimator == "binomial"
    assert curve.standard_errors == pytest.approx(by_hand.bse, rel=1e-7)


def test_trials_are_customers_one_by_one() -> None:
    kept = np.round(SHARES * TRIALS)
    x = np.repeat(X, TRIALS.astype(int))
    y = np.concatenate([np.repeat([1.0, 0.0], [int(k), int(t - k)]) for k, t in zip(kept, TRIALS, strict=True)])
    one, other = logistic_curve(X, kept / TRIALS, trials=TRIALS), logistic_curve(x, y)
    assert one.coefficients == pytest.approx(other.coefficients)
    assert one.covariance == pytest.approx(other.covariance)
    assert one.log_likelihood == pytest.approx(other.log_likelihood)
    assert other.log_likelihood == pytest.approx(engine(y, x).fit().llf)
    assert other.estimator == "binomial"
    assert other.n == 320


def test_shares_without_trials_have_a_robust_covariance() -> None:
    curve = logistic_curve(X, SHARES)
    by_hand = engine(SHARES, X).fit(tol=1e-14, cov_type="HC0")
    assert curve.estimator == "robust"
    # the engine leaves n / (n − k) out of the sandwich of a generalised linear model
    assert curve.covariance == pytest.approx(by_hand.cov_params() * 5 / 3, rel=1e-6)


def test_groups_have_a_clustered_covariance_and_few_degrees_of_freedom() -> None:
    rng = np.random.default_rng(1)
    x, groups = rng.uniform(1, 5, 200), np.arange(200) % 10
    y = (rng.random(200) < 1 / (1 + np.exp(3 - x))).astype(float)
    curve = logistic_curve(x, y, groups=groups)
    by_hand = engine(y, x).fit(
        tol=1e-14, cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True, "df_correction": False}
    )
    # the engine multiplies by (n − 1) / (n − k) besides
    assert curve.covariance == pytest.approx(by_hand.cov_params() / (199 / 198), rel=1e-6)
    assert (curve.df, curve.estimator) == (9, "cluster")
    centre = curve.coefficients @ [1, 3]
    se = math.sqrt(np.array([1, 3]) @ curve.covariance @ [1, 3])
    expected = 1 / (1 + np.exp(-centre - np.array([-1, 1]) * stats.t.ppf(0.975, 9) * se))
    assert np.array(curve.interval(3)) == pytest.approx(expected)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.floats(-3, 3), st.floats(-2, 2), st.floats(1e-4, 1e4), st.floats(-100, 100))
def test_the_likelihood_is_at_its_top_in_any_units(seed: int, a: float, b: float, factor: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    z = rng.normal(size=60)
    y = rng.beta(2, 2, 60) * 0.5 + 0.5 / (1 + np.exp(-(a + b * z)))
    curve, plain = logistic_curve(factor * (z + shift), y), logistic_curve(z, y)
    share = plain.at(z)
    assert np.array([(y - share).sum(), ((y - share) * z).sum()]) == pytest.approx([0, 0], abs=1e-8)
    assert curve.at(factor * (z + shift)) == pytest.approx(share, rel=1e-6)


def test_slopes_and_steepness_are_derivatives() -> None:
    curve = logistic_curve(X, SHARES, trials=TRIALS)
    step = 1e-6
    assert curve.slope(3.0) == pytest.approx((curve.at(3 + step) - curve.at(3 - step)) / (2 * step), rel=1e-6)
    steep = curve.steepness(4, confidence=0.9)

    def slopes(coefficients: Floats) -> Floats:
        at = 1 / (1 + np.exp(-(coefficients[0] + coefficients[1] * np.array([1.0, 4.0, 5.0]))))
        return np.array([at[2] - at[1], (at[2] - at[0]) / 4])

    top, mean = slopes(curve.coefficients)
    assert (steep.top_slope, steep.mean_slope, steep.ratio) == pytest.approx((top, mean, top / mean))
    gradient = np.array(
        [
            (np.divide(*slopes(curve.coefficients + e)) - np.divide(*slopes(curve.coefficients - e))) / (2 * step)
            for e in np.eye(2) * step
        ]
    )
    reach = stats.norm.ppf(0.95) * np.sqrt(gradient @ curve.covariance @ gradient)
    assert float(steep.ratio_high) - float(steep.ratio) == pytest.approx(reach, rel=1e-5)
    assert float(steep.difference_low) < steep.difference < float(steep.difference_high)


def test_draws_are_shares_around_the_curve() -> None:
    curve = logistic_curve(X, SHARES, trials=TRIALS)
    drawn = curve.draws_at([2.0, 4.0], 20_000, rng=1)
    low, high = curve.interval([2.0, 4.0])
    assert np.quantile(drawn, 0.025, axis=0) == pytest.approx(low, abs=0.005)
    assert np.quantile(drawn, 0.975, axis=0) == pytest.approx(high, abs=0.005)
    assert np.array_equal(drawn, curve.draws_at([2.0, 4.0], 20_000, rng=1))


def test_faces_of_a_logistic_curve() -> None:
    curve = logistic_curve(X, SHARES, trials=TRIALS)
    told = curve.to_dict()
    assert told["curve"] == "logistic"
    assert told["df"] == "inf"
    assert told["bounds"] == [1.0, 5.0]
    assert told["coefficients"] == curve.coefficients.tolist()
    assert logistic_curve(X, SHARES, groups=[1, 1, 2, 2, 3]).to_dict()["df"] == 2
    assert repr(curve) == (
        f"<LogisticCurve: logit {curve.coefficients[0]:.3f} + {curve.coefficients[1]:.3f} x; n 5, binomial covariance>"
    )
    assert isinstance(curve, LogisticCurve)


@pytest.mark.parametrize(
    ("x", "y", "split"),
    [([1, 2, 3, 4], [0, 0, 1, 1], 3), ([1, 2, 2, 4], [1, 1, 0, 0], 2), ([1, 2, 3, 4], [0, 0, 0.5, 1], 3)],
)
def test_a_curve_that_separates_is_refused(x: list[float], y: list[float], split: float) -> None:
    with pytest.raises(ArgumentError, match=f"on either side of x = {split}; where x separates zeros from ones"):
        logistic_curve(x, y)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"y: 35 in row 0; shares lie between 0 and 1. Hint: divide percentages"):
        logistic_curve(X, SHARES * 100)
    with pytest.raises(ArgumentError, match=r"y: -0.1 in row 1; shares lie between 0 and 1.$"):
        logistic_curve(X, [0.1, -0.1, 0.2, 0.3, 0.4])
    with pytest.raises(ArgumentError, match="y: 1 in all rows; a curve needs shares that differ"):
        logistic_curve(X, np.ones(5))
    with pytest.raises(ArgumentError, match="trials: 0; trials are above zero"):
        logistic_curve(X, SHARES, trials=[0, 1, 1, 1, 1])
    with pytest.raises(ArgumentError, match="top: 5; the top begins inside the range of x, 1 to 5"):
        logistic_curve(X, SHARES).steepness(5)
