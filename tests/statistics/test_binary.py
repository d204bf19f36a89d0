"""Logistic regression against R, and against repeating rows; several outcomes with one covariance."""

import numpy as np
import pytest

from servqual.errors import ArgumentError, WeightError
from servqual.statistics import WeightKind
from servqual.statistics.models.binary import logit
from tests.statistics.attitude import ATTITUDE

Y = ATTITUDE[:, 0] >= 65
X = ATTITUDE[:, [1, 3]].astype(np.float64)
NAMES = ["complaints", "learning"]
BOTH = np.stack([ATTITUDE[:, 0] >= 65, ATTITUDE[:, 0] <= 60], axis=1)

# R 4.2: m <- glm(rating >= 65 ~ complaints + learning, binomial); coef, logLik, B M B with B the inverse information
# and M the sum of squared scores; colMeans(outer(p (1 - p), coef))
COEFFICIENTS = [-15.9745993554076, 0.2405049204038, 0.0121061598935]
SANDWICH = [
    [12.199562089, -0.1188922273, -0.0724681343],
    [-0.1188922273, 0.0049157533, -0.0035851083],
    [-0.0724681343, -0.0035851083, 0.0054330454],
]
EFFECTS = [0.025012692259, 0.001259049716]


def test_one_outcome_as_in_r() -> None:
    fit = logit(Y, X, NAMES)
    np.testing.assert_allclose(fit.coefficients[0], COEFFICIENTS, rtol=1e-7)
    np.testing.assert_allclose(fit.covariance, SANDWICH, rtol=1e-6)
    np.testing.assert_allclose(fit.effects[0], EFFECTS, rtol=1e-7)
    assert fit.log_likelihood[0] == pytest.approx(-9.79501124849, abs=1e-9)
    assert fit.null_log_likelihood[0] == pytest.approx(-20.5269529539, abs=1e-9)
    assert fit.pseudo_r2[0] == pytest.approx(1 - 9.79501124849 / 20.5269529539, abs=1e-9)
    assert repr(fit) == "<LogitFit on intercept, complaints, learning: n 30, pseudo R² 0.523>"


def test_several_outcomes_are_each_by_itself_with_a_joint_covariance() -> None:
    fit = logit(BOTH, X, NAMES)
    for place in range(2):
        alone = logit(BOTH[:, place], X, NAMES)
        np.testing.assert_allclose(fit.coefficients[place], alone.coefficients[0], rtol=1e-8)
        part = slice(3 * place, 3 * place + 3)
        np.testing.assert_allclose(fit.covariance[part, part], alone.covariance, rtol=1e-6)
    np.testing.assert_allclose(fit.covariance, fit.covariance.T, atol=1e-12)


def test_an_outcome_and_its_opposite_sum_to_nothing_for_sure() -> None:
    fit = logit(np.stack([Y, ~Y], axis=1), X, NAMES)
    sums = np.concatenate([np.eye(3)[1:], np.eye(3)[1:]], axis=1)
    found = fit.combined(sums)
    np.testing.assert_allclose(found.estimate, 0, atol=1e-8)
    np.testing.assert_allclose(found.se, 0, atol=1e-6)


def test_average_effects_are_slopes_of_the_mean_share() -> None:
    fit, step = logit(Y, X, NAMES), 1e-5

    def mean_share(table: np.ndarray) -> float:
        return float((1 / (1 + np.exp(-(fit.coefficients[0, 0] + table @ fit.coefficients[0, 1:])))).mean())

    for place in range(2):
        moved = X.copy()
        moved[:, place] += step
        assert (mean_share(moved) - mean_share(X)) / step == pytest.approx(fit.effects[0, place], rel=1e-3)


def test_errors_of_effects_are_by_the_delta_method() -> None:
    fit = logit(BOTH, X, NAMES)
    steps = 1e-6 * np.eye(6)

    def effects(coefficients: np.ndarray) -> np.ndarray:
        b = coefficients.reshape(2, 3)
        p = 1 / (1 + np.exp(-(b[:, :1] + b[:, 1:] @ X.T)))
        return ((p * (1 - p)).mean(axis=1)[:, None] * b[:, 1:]).ravel()

    at = fit.coefficients.ravel()
    slopes = np.array([(effects(at + step) - effects(at - step)) / 2e-6 for step in steps]).T
    np.testing.assert_allclose(fit.effect_covariance, slopes @ fit.covariance @ slopes.T, rtol=1e-4)


def test_frequencies_are_repeated_rows() -> None:
    times = np.arange(30) % 3
    one = logit(BOTH, X, NAMES, weights=times, kind=WeightKind.FREQUENCY)
    other = logit(np.repeat(BOTH, times, axis=0), np.repeat(X, times, axis=0), NAMES)
    for name in ("coefficients", "covariance", "effects", "effect_covariance", "log_likelihood", "null_log_likelihood"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-6)
    assert one.n == other.n == times.sum()


def test_only_ratios_of_sampling_weights_matter() -> None:
    weights = np.linspace(1, 3, 30)
    fits = [logit(Y, X, NAMES, weights=times * weights, kind=WeightKind.SAMPLING) for times in (1, 10)]
    for name in ("coefficients", "covariance", "log_likelihood", "null_log_likelihood"):
        np.testing.assert_allclose(getattr(fits[0], name), getattr(fits[1], name), rtol=1e-7)
    equal = logit(Y, X, NAMES, weights=np.full(30, 2.0), kind=WeightKind.SAMPLING)
    np.testing.assert_allclose(equal.covariance, SANDWICH, rtol=1e-6)


def test_groups_of_one_row_are_rows_up_to_the_correction() -> None:
    fit = logit(Y, X, NAMES, groups=np.arange(30))
    np.testing.assert_allclose(fit.covariance, np.array(SANDWICH) * 30 / 29, rtol=1e-6)
    assert (fit.groups, fit.df) == (30, 29.0)
    twins = logit(np.repeat(Y, 2), np.repeat(X, 2, axis=0), NAMES, groups=np.repeat(np.arange(30), 2))
    np.testing.assert_allclose(twins.covariance, fit.covariance, rtol=1e-6)


def test_a_single_combination_is_its_square() -> None:
    fit = logit(BOTH, X, NAMES)
    combination = np.array([[0.0, 1.0, 0.0, 0.0, 1.0, 0.0]])
    z = fit.combined(combination).statistic[0]
    assert float(fit.wald(combination, null="same").statistic) == pytest.approx(z**2, rel=1e-8)
    clustered = logit(BOTH, X, NAMES, groups=np.arange(30) % 6)
    found = clustered.wald(combination, null="same")
    assert (float(found.df), float(found.df_error)) == (1.0, 5.0)  # type: ignore[arg-type]
    assert float(found.p) == pytest.approx(float(clustered.combined(combination).p[0]), rel=1e-8)
    few = logit(BOTH, X, NAMES, groups=np.arange(30) % 2)
    assert "2 groups cannot tell 2 coefficients apart" in str(few.wald(np.eye(6)[[1, 2]], null="none").reason)


@pytest.mark.parametrize(
    ("y", "told"),
    [
        (np.ones(30), "outcome 0 is 1 in all rows; both 0 and 1 occur"),
        (np.arange(30), "y: 2; an outcome is 0 or 1"),
        (np.array(["a"] * 30), "y: an array of <U1"),
        (X[:, 0] > 60, "outcome 0 is separated; no column, or sum of columns, tells 0 from 1"),
        (Y[:20], "x: 30 rows for 20 of y"),
    ],
)
def test_what_has_no_estimate_is_refused(y: np.ndarray, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        logit(y, X, NAMES)


def test_columns_and_weights_are_checked() -> None:
    with pytest.raises(ArgumentError, match="rank 3 of 4"):
        logit(Y, np.column_stack([X, X[:, 0]]), [*NAMES, "again"])
    with pytest.raises(WeightError, match="weights without their kind"):
        logit(Y, X, NAMES, weights=np.ones(30))
