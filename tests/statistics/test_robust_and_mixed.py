import pickle
import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from attrs import evolve
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats, Ints
from servqual.statistics import ArgumentError, Covariance, Estimator, Regression, engine, mixed, ols, robust
from tests.statistics.attitude import ATTITUDE

Y, X, NAMES = ATTITUDE[:, 0], ATTITUDE[:, [1, 3, 4]], ["complaints", "learning", "raises"]

# Distance from pituitary to fissure of 27 children at 8, 10, 12 and 14 years: Potthoff & Roy 1964, Biometrika
# 51(3-4):313-326, which R ships as `Orthodont` of nlme
# fmt: off
ORTHODONT = np.array([
    [26, 25, 29, 31], [21.5, 22.5, 23, 26.5], [23, 22.5, 24, 27.5], [25.5, 27.5, 26.5, 27], [20, 23.5, 22.5, 26],
    [24.5, 25.5, 27, 28.5], [22, 22, 24.5, 26.5], [24, 21.5, 24.5, 25.5], [23, 20.5, 31, 26], [27.5, 28, 31, 31.5],
    [23, 23, 23.5, 25], [21.5, 23.5, 24, 28], [17, 24.5, 26, 29.5], [22.5, 25.5, 25.5, 26], [23, 24.5, 26, 30],
    [22, 21.5, 23.5, 25], [21, 20, 21.5, 23], [21, 21.5, 24, 25.5], [20.5, 24, 24.5, 26], [23.5, 24.5, 25, 26.5],
    [21.5, 23, 22.5, 23.5], [20, 21, 21, 22.5], [21.5, 22.5, 23, 25], [23, 23, 23.5, 24], [20, 21, 22, 21.5],
    [16.5, 19, 19, 19.5], [24.5, 25, 28, 28],
])
# fmt: on
AGE, CHILD = np.tile([8.0, 10.0, 12.0, 14.0], 27)[:, None], np.repeat(np.arange(27), 4)


@pytest.mark.parametrize(
    ("norm", "coefficients", "scale"),
    [
        # rlm(rating ~ complaints + learning + raises, attitude, maxit=200, acc=1e-12) of MASS in R 4.2; then with
        # psi=psi.bisquare, init=coef(lm(…))
        ("huber", [10.5226028341167, 0.653488220225161, 0.220685741536321, -0.0286369974065457], 9.11336683298246),
        ("bisquare", [10.5586408379183, 0.64940059074187, 0.225120822651377, -0.0286974997990975], 9.21298264563005),
    ],
)
def test_robust_estimates_are_those_of_r(norm: str, coefficients: list[float], scale: float) -> None:
    fit = robust(Y, X, NAMES, norm=norm)
    np.testing.assert_allclose(fit.coefficients, coefficients, rtol=1e-5)
    # R takes another digit of the normal quartile
    assert fit.sigma2**0.5 == pytest.approx(scale, rel=1e-4)
    assert (fit.kind, fit.converged, fit.n, fit.df_resid, fit.df_test) == (Estimator.ROBUST, True, 30, 26, np.inf)


@pytest.mark.parametrize("intercept", [True, False])
def test_robust_numbers_are_those_of_statsmodels(intercept: bool) -> None:  # noqa: FBT001 - two cases
    design = sm.add_constant(X) if intercept else X
    expected = sm.RLM(Y, design, M=sm.robust.norms.TukeyBiweight()).fit(maxiter=200)
    fit = robust(Y, X, NAMES, norm="bisquare", intercept=intercept)
    np.testing.assert_allclose(fit.coefficients, expected.params, rtol=1e-9)
    np.testing.assert_allclose(fit.covariance, expected.cov_params(), rtol=1e-9)
    np.testing.assert_allclose(fit.tests().p, expected.pvalues, rtol=1e-9)
    last = sm.WLS(Y, design, weights=expected.weights).fit()
    assert fit.r2 == pytest.approx(last.rsquared, rel=1e-6)
    assert fit.adjusted_r2 == pytest.approx(last.rsquared_adj, rel=1e-6)
    assert np.isnan([fit.log_likelihood, fit.aic, fit.bic]).all()


def test_robust_lines_do_not_follow_a_wild_row() -> None:
    wild = Y.copy()
    wild[0] = 500
    calm = robust(Y, X, NAMES, norm="bisquare")
    slopes = robust(wild, X, NAMES, norm="bisquare").coefficients[1:]
    np.testing.assert_allclose(slopes, calm.coefficients[1:], atol=0.1)
    assert np.abs(ols(wild, X, NAMES).coefficients - calm.coefficients)[1:].max() > 2


def test_robust_refuses_what_has_no_scale_and_what_is_unknown() -> None:
    line = np.arange(8.0)
    bent = np.where(line == 3, 9, line)
    with pytest.raises(ArgumentError, match="fewer than half of the rows lie on the line exactly"):
        robust(bent, line[:, None], ["a"])
    with pytest.raises(ArgumentError, match=r"norm: 'hubert'; it is one of huber, bisquare\. Hint: did you mean hub"):
        robust(bent, line[:, None], ["a"], norm="hubert")


def test_mixed_estimates_are_those_of_r() -> None:
    # lme(distance ~ age, random = ~1|Subject, data = Orthodont) of nlme in R 4.2
    fit = mixed(ORTHODONT.ravel(), AGE, ["age"], groups=CHILD)
    np.testing.assert_allclose(fit.coefficients, [16.761111111111120, 0.660185185185185], rtol=1e-9)
    np.testing.assert_allclose(
        fit.covariance,
        [[0.6438380899135099, -0.04174817815560065], [-0.0417481781556007, 0.00379528892323642]],
        rtol=1e-4,
    )
    assert fit.residual_variance == pytest.approx(2.04945601854767, rel=1e-6)
    assert fit.group_variance == pytest.approx(4.47205551081446, rel=1e-6)
    assert fit.log_likelihood == pytest.approx(-223.501257797838, rel=1e-9)
    assert (fit.kind, fit.groups, fit.n, fit.converged, fit.on_boundary) == (Estimator.MIXED, 27, 108, True, False)
    explained = 0.660185185185185**2 * 5
    assert fit.r2 == pytest.approx(explained / (explained + 4.47205551081446 + 2.04945601854767), rel=1e-4)
    assert repr(fit) == "<Regression on intercept, age: n 108, R² 0.250, 27 random intercepts>"


def drawn(seed: int, between: float) -> tuple[Floats, Floats, Ints]:
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(15), 4)
    x = rng.normal(0, 1, (60, 2))
    return 1 + x @ [0.5, -0.2] + between * rng.normal(0, 1, 15)[group] + rng.normal(0, 1, 60), x, group


def test_mixed_numbers_are_those_of_statsmodels() -> None:
    y, x, group = drawn(5, 0.8)
    expected = sm.MixedLM(y, sm.add_constant(x), groups=group).fit(reml=True)
    fit = mixed(y, x, ["a", "b"], groups=[f"branch {each:02d}" for each in group])
    # from its own start the engine ends a little short of the optimum
    np.testing.assert_allclose(fit.coefficients, expected.fe_params, rtol=1e-5)
    np.testing.assert_allclose(fit.standard_errors, expected.bse_fe, rtol=1e-4)
    np.testing.assert_allclose(fit.tests().p, expected.pvalues[:3], rtol=1e-3)
    assert fit.log_likelihood >= expected.llf - 1e-9
    assert np.isnan([fit.aic, fit.bic, fit.adjusted_r2]).all()
    assert len(pickle.dumps(fit)) < 2000


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 2.0]), st.floats(1e-4, 1e4))
def test_mixed_keeps_its_promises_on_any_scale(seed: int, between: float, unit: float) -> None:
    y, x, group = drawn(seed, between)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit, other = mixed(y, x, ["a", "b"], groups=group), mixed(y * unit, x, ["a", "b"], groups=group)
    np.testing.assert_allclose(other.coefficients, fit.coefficients * unit, rtol=1e-6, atol=1e-6 * unit)
    np.testing.assert_allclose(other.standard_errors, fit.standard_errors * unit, rtol=1e-4)
    assert fit.converged
    assert fit.on_boundary == other.on_boundary
    assert (np.linalg.eigvalsh(fit.covariance) > 0).all()
    assert 0 <= fit.r2 <= 1


def test_no_variance_between_groups_is_said() -> None:
    y, x, group = drawn(6, 0.0)
    level = y - x @ [0.5, -0.2]
    y = y - (np.bincount(group, level) / 4)[group]
    fit, plain = mixed(y, x, ["a", "b"], groups=group), ols(y, x, ["a", "b"])
    assert fit.on_boundary
    assert fit.notes == (
        "the variance between groups is estimated at its bound, zero: the groups differ no more than chance makes them",
    )
    assert repr(fit).endswith("15 random intercepts; the variance between groups is estimated at its bound, zero>")
    np.testing.assert_allclose(fit.coefficients, plain.coefficients, atol=1e-4)
    np.testing.assert_allclose(fit.covariance, plain.covariance, rtol=1e-3, atol=1e-6)


def test_a_search_that_did_not_end_is_said() -> None:
    fit = ols(Y, X, NAMES)
    stopped: Regression = evolve(fit, converged=False)
    assert stopped.notes == ("the search for the estimates did not converge: they depend on where it stopped",)
    assert "did not converge>" in repr(stopped)


@pytest.mark.parametrize(
    ("groups", "y", "message"),
    [
        (np.arange(30), Y, "groups: one row in each of 30; a random intercept needs a group of two rows or more"),
        (np.zeros(30, int), Y, "two groups or more"),
        (np.arange(30) % 5, 2 + X @ [1.0, 2.0, 3.0], "y: it follows from the columns exactly"),
    ],
)
def test_mixed_refuses(groups: Ints, y: Floats, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        mixed(y, X, NAMES, groups=groups)


def test_the_engine_gives_the_same_numbers() -> None:
    group = np.arange(30) % 6
    weights = np.linspace(1, 3, 30)
    clustered = {"covariance": Covariance.CLUSTER, "groups": group}
    pairs = [
        (engine("ols", Y, X, NAMES, covariance=Covariance.HC3), ols(Y, X, NAMES, covariance=Covariance.HC3)),
        (
            engine("wls", Y, X, NAMES, weights=weights, covariance=Covariance.CLUSTER, groups=group),
            ols(Y, X, NAMES, weights=weights, covariance=Covariance.CLUSTER, groups=group),
        ),
        (engine("ols", Y, X, NAMES, **clustered), ols(Y, X, NAMES, **clustered)),  # type: ignore[arg-type]
        (engine("robust", Y, X, NAMES), robust(Y, X, NAMES)),
        (engine("robust", Y, X, NAMES, norm="bisquare"), robust(Y, X, NAMES, norm="bisquare")),
        (engine("mixed", Y, X, NAMES, groups=group), mixed(Y, X, NAMES, groups=group)),
    ]
    for results, fit in pairs:
        assert list(results.model.exog_names) == ["intercept", *NAMES]
        np.testing.assert_array_equal(results.params[:4], fit.coefficients)
        if not fit.on_boundary:
            np.testing.assert_array_equal(np.asarray(results.cov_params())[:4, :4], fit.covariance)


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("lasso", {}, "kind: 'lasso'; it is one of ols, wls, robust, mixed"),
        ("wls", {}, "weights: none; the wls estimator has weights"),
        ("mixed", {}, "groups: none; a mixed regression has groups"),
        ("robust", {"weights": [1.0], "lags": 2}, r"2 problems\n.*weights: given; the robust estimator takes norm"),
        ("ols", {"norm": "huber"}, "norm: given; the ols estimator takes covariance, groups, times, lags"),
    ],
)
def test_the_engine_refuses_what_it_would_not_use(kind: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        engine(kind, Y, X, NAMES, **options)  # type: ignore[arg-type]


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.1, 0.5]))
def test_mixed_estimates_are_the_best_there_are(seed: int, between: float) -> None:
    y, x, group = drawn(seed, between)
    fit = mixed(y, x, ["a", "b"], groups=group)
    model = sm.MixedLM(y, sm.add_constant(x), groups=group)
    assert fit.group_variance is not None
    for ratio in np.geomspace(1e-6, 10, 15):
        v = np.eye(60) + ratio * (group[:, None] == group)
        information = model.exog.T @ np.linalg.solve(v, model.exog)
        left = y - model.exog @ np.linalg.solve(information, model.exog.T @ np.linalg.solve(v, y))
        scale = left @ np.linalg.solve(v, left) / 57
        logs = 57 * np.log(2 * np.pi * scale) + np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1] + 57
        assert fit.log_likelihood >= -logs / 2 - 1e-6


def test_a_small_variance_between_groups_is_not_missed() -> None:
    # means of groups differ by a twentieth of what chance makes them: the likelihood is highest at zero
    rng = np.random.default_rng(738)
    sizes = rng.integers(1, 6, rng.integers(2, 12))
    group = np.repeat(np.arange(sizes.size), np.maximum(sizes, 2))
    x = rng.normal(0, 1, (group.size, 2))
    y = x.sum(axis=1) + rng.normal(0, 1, group.size)
    y -= (np.bincount(group, y) / np.bincount(group))[group] * 0.95
    assert mixed(y, x, ["a", "b"], groups=group).on_boundary
