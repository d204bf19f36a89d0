"""Weibull hazards and their sums: against quadrature, closed forms, the literature and R."""

import pickle
from math import gamma

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.integrate import quad

from servqual.statistics import ArgumentError, Inapplicable
from servqual.statistics._weibull_likelihood import Likelihood
from servqual.statistics.hazard_fits import APART, additive_weibull_fit, weibull_fit
from servqual.statistics.hazards import NO_TUB, AdditiveWeibull, Weibull

TUB = AdditiveWeibull(0.01, 3, 0.5, 0.5)
RATE, WEAR, EARLY = st.floats(0.005, 2), st.floats(1.2, 6), st.floats(0.3, 0.9)
# survival::ovarian (Edmunson et al. 1979): days under study, and whether the patient died
OVARIAN = [
    59, 115, 156, 421, 431, 448, 464, 475, 477, 563, 638, 744, 769, 770, 803, 855, 1040, 1106, 1129, 1206, 1227,
    268, 329, 353, 365, 377,
]  # fmt: skip
DIED = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0]


def test_the_bottom_of_the_tub_is_that_of_the_literature() -> None:
    bottom = TUB.minimum
    assert not isinstance(bottom, Inapplicable)
    assert bottom[0] == pytest.approx(61.33516, abs=5e-6)
    assert bottom[1] == pytest.approx(0.05643003, abs=5e-9)
    assert TUB.hazard(0) == np.inf


@settings(max_examples=25)
@given(RATE, WEAR, RATE, EARLY)
def test_all_faces_of_a_life_agree(a: float, b: float, c: float, d: float) -> None:
    life = AdditiveWeibull(a, b, c, d)
    shares = np.array([0.001, 0.2, 0.5, 0.9])
    times = np.asarray(life.quantile(shares))
    np.testing.assert_allclose(life.survival(times), 1 - shares, rtol=1e-11)
    np.testing.assert_allclose(life.cumulative_hazard(times), (a * times) ** b + (c * times) ** d, rtol=1e-12)
    step = 1e-6 * times
    slope = np.asarray(life.cumulative_hazard(times + step)) - np.asarray(life.cumulative_hazard(times - step))
    np.testing.assert_allclose(life.hazard(times), slope / (2 * step), rtol=1e-6)
    bottom = life.minimum
    assert not isinstance(bottom, Inapplicable)
    around = np.asarray(life.hazard(bottom[0] * np.linspace(0.5, 2, 31)))
    assert around.min() >= bottom[1] * (1 - 1e-12)


def test_mean_life_is_the_area_below_survival() -> None:
    pieces = [(0, 1e-3), (1e-3, 0.1), (0.1, 1), (1, 10), (10, 400)]
    area = sum(quad(lambda t: float(TUB.survival(t)), low, high, epsabs=1e-13)[0] for low, high in pieces)
    assert TUB.mean_life == pytest.approx(area, rel=1e-11)
    for rate, shape in ((0.01, 2.5), (3.0, 0.1), (7.0, 1.0), (1e-5, 30.0)):
        assert Weibull(rate, shape).mean_life == pytest.approx(gamma(1 + 1 / shape) / rate, rel=1e-11)


def test_there_is_no_bottom_where_both_parts_rise() -> None:
    assert AdditiveWeibull(1, 3, 1, 1.5).minimum == Inapplicable(NO_TUB)


def test_bad_parameters_and_times_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"b: 0; rates and shapes are finite and above zero"):
        Weibull(1, 0)
    with pytest.raises(
        ArgumentError, match=r"b, d: 0.5, 3; b is the shape of wear.*Hint: AdditiveWeibull\(2, 3, 1, 0.5"
    ):
        AdditiveWeibull(1, 0.5, 2, 3)
    with pytest.raises(ArgumentError, match=r"times: -1; it is finite and zero or more"):
        TUB.hazard([1, -1])
    with pytest.raises(ArgumentError, match=r"shares: 1; it lies strictly between"):
        TUB.quantile(1.0)


def test_derivatives_of_the_likelihood_are_those_of_differences() -> None:
    rng = np.random.default_rng(3)
    log_times = rng.normal(size=40)
    likelihood = Likelihood(log_times - log_times.mean(), rng.random(40) < 0.6)
    point = np.array([0.3, 0.7, -0.4, -0.5])
    here, step = likelihood.bend(point), 1e-5
    for place in range(4):
        nudge = np.eye(4)[place] * step
        ahead, behind = likelihood.bend(point + nudge), likelihood.bend(point - nudge)
        assert here.gradient[place] == pytest.approx((ahead.value - behind.value) / (2 * step), rel=1e-7)
        np.testing.assert_allclose(here.hessian[place], (ahead.gradient - behind.gradient) / (2 * step), rtol=1e-6)


def test_one_weibull_is_that_of_survreg() -> None:
    # R 4.2, survival: f <- survreg(Surv(futime, fustat) ~ 1, data = ovarian); coef(f); f$scale; vcov(f); f$loglik
    fit = weibull_fit(OVARIAN, DIED)
    assert isinstance(fit.life, Weibull)
    assert -np.log(fit.life.a) == pytest.approx(7.1110380718, abs=1e-9)
    assert 1 / fit.life.b == pytest.approx(0.90247841726, abs=1e-9)
    assert fit.log_likelihood == pytest.approx(-97.9539010471, abs=1e-9)
    r = [[0.0856896561726, 0.0338516032646], [0.0338516032646, 0.0643153445670]]
    np.testing.assert_allclose(fit.covariance, r, rtol=1e-8)
    # R gives quantiles with their errors: predict(f, type = "quantile", p = c(.1, .5, .9), se = TRUE)
    found = fit.quantile([0.1, 0.5, 0.9])
    np.testing.assert_allclose(found.estimate.values, [160.794978495, 880.304676921, 2601.216119510], rtol=1e-9)
    np.testing.assert_allclose(found.se.values, [74.2909196522, 233.4586106315, 1082.2046198975], rtol=1e-7)
    assert fit.aic == pytest.approx(2 * 2 + 2 * 97.9539010471)
    assert fit.bic == pytest.approx(2 * np.log(12) + 2 * 97.9539010471)
    assert repr(fit) == "<HazardFit, Weibull: 12 failures of 26 lives, log-likelihood -97.954>"


def test_one_weibull_with_ties_is_that_of_survreg() -> None:
    # R: survreg(Surv(time, status) ~ 1, data = aml), Miller 1981
    times = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
    failed = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
    fit = weibull_fit(times, failed)
    assert -np.log(fit.life.a) == pytest.approx(3.64249019411, abs=1e-9)
    assert 1 / fit.life.b == pytest.approx(0.911901983072, abs=1e-9)
    assert fit.log_likelihood == pytest.approx(-83.1786692328, abs=1e-9)
    r = [[0.0471222053332, -0.0051522794390], [-0.0051522794390, 0.0287251546101]]
    np.testing.assert_allclose(fit.covariance, r, rtol=1e-8)


def test_intervals_are_those_of_logarithms() -> None:
    fit = weibull_fit(OVARIAN, DIED)
    found, spread = fit.parameters(0.9), np.sqrt(np.diag(fit.covariance))
    centre = np.log([fit.life.a, fit.life.b])
    np.testing.assert_allclose(np.log(found.low.values), centre - 1.6448536269514722 * spread, rtol=1e-8)
    np.testing.assert_allclose(np.log(found.high.values), centre + 1.6448536269514722 * spread, rtol=1e-8)
    lasting = fit.survival([100, 500])
    np.testing.assert_allclose(lasting.estimate.values, fit.life.survival([100, 500]))
    assert (lasting.low.values < lasting.estimate.values).all()
    assert (lasting.estimate.values < lasting.high.values).all()
    assert (lasting.high.values < 1).all()
    assert fit.minimum().estimate.at(0) == Inapplicable(NO_TUB)


@pytest.fixture(scope="module")
def tub() -> tuple[AdditiveWeibull, np.ndarray, np.ndarray]:
    made = AdditiveWeibull(0.01, 3, 0.005, 0.5)
    rng = np.random.default_rng(1)
    lives, ends = np.asarray(made.quantile(rng.random(1500))), rng.uniform(20, 300, 1500)
    return made, np.minimum(lives, ends), lives <= ends


def test_a_bathtub_is_found_again(tub: tuple[AdditiveWeibull, np.ndarray, np.ndarray]) -> None:
    made, times, failed = tub
    fit, single = additive_weibull_fit(times, failed), weibull_fit(times, failed)
    found = fit.parameters(0.999)
    truth = np.array([made.a, made.b, made.c, made.d])
    assert ((found.low.values < truth) & (truth < found.high.values)).all()
    assert fit.bic < single.bic
    assert fit.log_likelihood > single.log_likelihood
    bottom = fit.minimum()
    assert isinstance(made.minimum, tuple)
    assert bottom.low.values[0] < made.minimum[0] < bottom.high.values[0]
    assert fit.mean_life().estimate.values[0] == pytest.approx(fit.life.mean_life)
    np.testing.assert_allclose(fit.hazard([5, 50]).estimate.values, fit.life.hazard([5, 50]))
    assert pickle.loads(pickle.dumps(fit)).covariance.flags.writeable is False  # noqa: S301 - made here


def test_the_unit_of_time_does_not_matter(tub: tuple[AdditiveWeibull, np.ndarray, np.ndarray]) -> None:
    _, times, failed = tub
    one, other = additive_weibull_fit(times[:300], failed[:300]), additive_weibull_fit(times[:300] * 365, failed[:300])
    np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-4)
    assert other.life.a * 365 == pytest.approx(one.life.a, rel=1e-6)
    shift = failed[:300].sum() * np.log(365)
    assert other.log_likelihood + shift == pytest.approx(one.log_likelihood, abs=1e-7)


def test_where_two_parts_cannot_be_told_apart_it_is_one() -> None:
    # the quantiles of one Weibull leave nothing for a second part
    times = np.asarray(Weibull(0.01, 2.0).quantile((np.arange(60) + 0.5) / 60))
    fit, single = additive_weibull_fit(times), weibull_fit(times)
    if fit.problem:
        assert fit.log_likelihood == pytest.approx(single.log_likelihood, abs=1e-9)
        assert fit.parameters().low.at(0) == Inapplicable(APART)
        np.testing.assert_allclose(fit.life.hazard([50, 100]), single.life.hazard([50, 100]), rtol=1e-6)
    assert fit.bic > single.bic


def test_lives_that_are_none_are_refused_all_at_once() -> None:
    with pytest.raises(ArgumentError, match=r"times: -3, and 1 more; it is finite and above zero"):
        weibull_fit([1, -3, 0])
    with pytest.raises(ArgumentError, match=r"1 missing.*leave these lives out"):
        weibull_fit([1, 2, np.nan])
    with pytest.raises(ArgumentError, match=r"2 problems(.|\n)*each with its own mark(.|\n)*1 for a failure"):
        weibull_fit([1, 2, 3], [2, 1])
    with pytest.raises(ArgumentError, match=r"failures at 1 different times; 2 or more are needed"):
        weibull_fit([4, 4, 9], [1, 1, 0])
    with pytest.raises(ArgumentError, match=r"failures at 3 different times; 5 or more are needed"):
        additive_weibull_fit([4, 5, 9])
