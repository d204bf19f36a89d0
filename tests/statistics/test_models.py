import math
import pickle
import subprocess
import sys

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, Covariance, Regression, ols

ROBUST = [Covariance.HC0, Covariance.HC1, Covariance.HC2, Covariance.HC3]


def drawn(seed: int, rows: int = 40) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, (rows, 2))
    return 1 + x @ [0.5, -0.2] + rng.normal(0, 1 + np.abs(x[:, 0])), x


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_least_squares_by_the_normal_equations(seed: int) -> None:
    y, x = drawn(seed)
    design = np.column_stack([np.ones(40), x])
    fit = ols(y, x, ["a", "b"])
    inverse = np.linalg.inv(design.T @ design)
    rest = y - design @ inverse @ design.T @ y
    np.testing.assert_allclose(fit.coefficients, inverse @ design.T @ y, rtol=1e-9, atol=1e-12)
    assert fit.sigma2 == pytest.approx(rest @ rest / 37, rel=1e-9)
    np.testing.assert_allclose(fit.covariance, fit.sigma2 * inverse, rtol=1e-9, atol=1e-12)
    assert fit.r2 == pytest.approx(1 - rest @ rest / ((y - y.mean()) ** 2).sum(), rel=1e-9)
    assert fit.adjusted_r2 == pytest.approx(1 - (1 - fit.r2) * 39 / 37, rel=1e-9)
    assert (fit.names, fit.n, fit.df_resid, fit.df_test) == (("intercept", "a", "b"), 40, 37, 37)


@pytest.mark.parametrize("kind", ROBUST)
def test_sandwiches_by_hand(kind: Covariance) -> None:
    y, x = drawn(1)
    design = np.column_stack([np.ones(40), x])
    bread = np.linalg.inv(design.T @ design)
    rest = y - design @ bread @ design.T @ y
    leverage = np.einsum("ij,jk,ik->i", design, bread, design)
    scale = {
        Covariance.HC0: np.ones(40),
        Covariance.HC1: np.full(40, 40 / 37),
        Covariance.HC2: 1 / (1 - leverage),
        Covariance.HC3: 1 / (1 - leverage) ** 2,
    }
    meat = design.T @ (design * (rest**2 * scale[kind])[:, None])
    np.testing.assert_allclose(ols(y, x, ["a", "b"], covariance=kind).covariance, bread @ meat @ bread, rtol=1e-9)


def test_clusters_by_hand() -> None:
    y, x = drawn(2)
    branch = np.arange(40) % 8
    design = np.column_stack([np.ones(40), x])
    bread = np.linalg.inv(design.T @ design)
    rest = y - design @ bread @ design.T @ y
    sums = np.array([design[branch == g].T @ rest[branch == g] for g in range(8)])
    expected = bread @ sums.T @ sums @ bread * 8 / 7 * 39 / 37
    for names in (branch, np.array([f"branch {g}" for g in branch])):
        fit = ols(y, x, ["a", "b"], covariance=Covariance.CLUSTER, groups=names)
        np.testing.assert_allclose(fit.covariance, expected, rtol=1e-9)
        assert (fit.df_test, fit.df_resid) == (7, 37)


@pytest.mark.parametrize("lags", [None, 0, 5])
def test_time_dependent_errors_are_those_of_statsmodels(lags: int | None) -> None:
    y, x = drawn(3)
    fit = ols(y, x, ["a", "b"], covariance=Covariance.HAC, lags=lags)
    expected = sm.OLS(y, sm.add_constant(x)).fit(cov_type="HAC", cov_kwds={"maxlags": 3 if lags is None else lags})
    np.testing.assert_allclose(fit.covariance, expected.cov_params(), rtol=1e-9)
    if lags == 0:
        np.testing.assert_allclose(
            fit.covariance, ols(y, x, ["a", "b"], covariance=Covariance.HC0).covariance, rtol=1e-9
        )


def test_weights_are_those_of_weighted_least_squares() -> None:
    y, x = drawn(4)
    weights = np.random.default_rng(4).uniform(0.5, 2, 40)
    root = np.sqrt(weights)
    fit = ols(y, x, ["a", "b"], weights=weights)
    turned = ols(y * root, np.column_stack([np.ones(40), x]) * root[:, None], ["1", "a", "b"], intercept=False)
    np.testing.assert_allclose(fit.coefficients, turned.coefficients, rtol=1e-9)
    np.testing.assert_allclose(fit.covariance, turned.covariance, rtol=1e-9)


def test_coefficients_are_tested_as_by_statsmodels() -> None:
    y, x = drawn(5)
    fit, expected = ols(y, x, ["a", "b"]), sm.OLS(y, sm.add_constant(x)).fit()
    np.testing.assert_allclose(fit.tests().p, expected.pvalues, rtol=1e-9)
    np.testing.assert_allclose(np.stack(fit.tests().interval(), axis=1), expected.conf_int(), rtol=1e-9)
    assert fit.tests().null == "the coefficient is 0"


def test_without_intercept_r2_is_about_zero() -> None:
    y, x = drawn(6)
    fit, expected = ols(y, x, ["a", "b"], intercept=False), sm.OLS(y, x).fit()
    assert fit.names == ("a", "b")
    assert fit.r2 == pytest.approx(expected.rsquared)


def test_a_fit_keeps_numbers_and_no_rows() -> None:
    fits: list[Regression] = []
    for rows in (50, 5000):
        y, x = drawn(7, rows)
        fits.append(ols(y, x, ["a", "b"]))
    small, large = (len(pickle.dumps(fit)) for fit in fits)
    assert abs(large - small) < 20 < large < 2000
    again = pickle.loads(pickle.dumps(fits[0]))  # noqa: S301 - our own pickle
    assert not again.covariance.flags.writeable
    assert repr(again).startswith("<Regression on intercept, a, b: n 50, R² 0.")


def test_statsmodels_waits_until_it_is_asked() -> None:
    code = "import sys, servqual.statistics.models; print(*[m for m in ('statsmodels', 'scipy') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


Y, X = np.array([1.0, 2.0, 4.0, 3.0]), np.array([[1.0], [2.0], [3.0], [5.0]])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"covariance": "robust"}, "covariance: 'robust'; it is one of nonrobust, HC0"),
        ({"covariance": Covariance.CLUSTER}, "groups: none; groups belong to the cluster covariance"),
        ({"groups": [1, 1, 2, 2]}, "groups: given, with covariance nonrobust"),
        ({"covariance": Covariance.CLUSTER, "groups": [1, 1, 1, 1]}, "clustered errors need two groups or more"),
        ({"covariance": Covariance.CLUSTER, "groups": [1, 2]}, "every row has one label"),
        ({"lags": 2}, "lags: given, with covariance nonrobust"),
        ({"covariance": Covariance.HAC, "lags": 4}, "0 or more and below the 4 rows"),
        ({"weights": [1.0, 1.0, 0.0, 1.0]}, "weights are finite and above zero"),
        ({"weights": [1.0]}, "1 weights for 4 rows"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        ols(Y, X, ["a"], **options)  # type: ignore[arg-type]


def test_rows_and_columns_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"2 problems\n.*3 rows for 4 of y.*\n.*2 names for 1 columns"):
        ols(Y, X[:3], ["a", "b"])
    with pytest.raises(ArgumentError, match="y: missing or infinite values in 1 rows, first in row 2"):
        ols([1.0, 2.0, math.nan, 3.0], X, ["a"])
    with pytest.raises(ArgumentError, match="every coefficient has a name of its own"):
        ols(Y, X, ["intercept"])
    with pytest.raises(ArgumentError, match="rank 2 of 3; no column follows from the others"):
        ols(Y, np.column_stack([X, 1000 * X + 5]), ["a", "b"])
    with pytest.raises(ArgumentError, match="2 rows for 2 coefficients"):
        ols(Y[:2], X[:2], ["a"])
    with pytest.raises(ArgumentError, match="x: an array of float64, shape"):
        ols(Y, X[:, 0], ["a"])
    with pytest.raises(ArgumentError, match="y: an array of <U1"):
        ols(["a", "b"], X[:2], ["a"])
    assert ols(Y, X, "a").names == ("intercept", "a")
