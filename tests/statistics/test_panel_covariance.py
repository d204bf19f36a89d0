import numpy as np
import pytest
import statsmodels.api as sm

from servqual._arrays import Floats, Ints
from servqual.statistics import ArgumentError, Covariance, Estimator, ols


def panel(seed: int, units: int = 12, periods: int = 8) -> tuple[Floats, Floats, Ints, Ints]:
    rng = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    x = rng.normal(0, 1, (unit.size, 2))
    return 1 + x @ [0.5, -0.2] + rng.normal(0, 1, units)[unit] + rng.normal(0, 1, unit.size), x, unit, period


@pytest.mark.parametrize("lags", [None, 0, 3])
def test_within_groups_it_is_that_of_statsmodels(lags: int | None) -> None:
    y, x, unit, _ = panel(1)
    fit = ols(y, x, ["a", "b"], covariance=Covariance.HAC, groups=unit, lags=lags)
    keywords = {"groups": unit, "maxlags": 2 if lags is None else lags}
    expected = sm.OLS(y, sm.add_constant(x)).fit(cov_type="hac-panel", cov_kwds=keywords, use_t=True)
    np.testing.assert_allclose(fit.covariance, expected.cov_params(), rtol=1e-9)
    np.testing.assert_allclose(fit.tests().p, expected.pvalues, rtol=1e-9)
    assert (fit.groups, fit.df_test, fit.df_resid, fit.lags) == (12, 11, 93, keywords["maxlags"])


def test_lags_never_cross_from_group_to_group() -> None:
    y, x, unit, _ = panel(2)
    design = sm.add_constant(x)
    bread = np.linalg.inv(design.T @ design)
    scores = design * (y - design @ bread @ design.T @ y)[:, None]
    meat = scores.T @ scores
    for group in range(12):
        mine = scores[unit == group]
        meat += (mine[1:].T @ mine[:-1] + mine[:-1].T @ mine[1:]) / 2
    fit = ols(y, x, ["a", "b"], covariance=Covariance.HAC, groups=unit, lags=1)
    np.testing.assert_allclose(fit.covariance, bread @ meat @ bread * 96 / 93, rtol=1e-9)


@pytest.mark.parametrize("grouped", [True, False])
def test_times_put_rows_in_order(grouped: bool) -> None:  # noqa: FBT001 - two cases
    y, x, unit, period = panel(3)
    times = period if grouped else np.arange(y.size)
    mixed_up = np.random.default_rng(3).permutation(y.size)
    names = np.array([f"branch {each:02d}" for each in unit])
    weights = np.random.default_rng(4).uniform(0.5, 2, y.size)
    orders = [np.arange(y.size), mixed_up]
    first, second = (
        ols(
            y[order],
            x[order],
            ["a", "b"],
            weights=weights[order],
            covariance=Covariance.HAC,
            groups=names[order] if grouped else None,
            times=times[order],
            lags=2,
        )
        for order in orders
    )
    np.testing.assert_allclose(second.covariance, first.covariance, rtol=1e-9)
    assert (first.kind, first.groups) == (Estimator.WLS, 12 if grouped else None)
    assert not np.allclose(
        first.covariance, ols(y[mixed_up], x[mixed_up], ["a", "b"], covariance=Covariance.HAC, lags=2).covariance
    )


def test_likelihood_and_information_are_those_of_statsmodels() -> None:
    y, x, _, _ = panel(4)
    weights = np.random.default_rng(4).uniform(0.5, 2, y.size)
    for given in (None, weights):
        fit = ols(y, x, ["a", "b"], weights=given, covariance=Covariance.HC1)
        expected = sm.WLS(y, sm.add_constant(x), weights=1.0 if given is None else given).fit()
        found = (fit.log_likelihood, fit.aic, fit.bic)
        np.testing.assert_allclose(found, (expected.llf, expected.aic, expected.bic), rtol=1e-12)
        assert fit.notes == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"covariance": "HAC", "groups": [1, 2, 3, 4]}, "lags within groups need a group of two rows or more"),
        ({"covariance": "HAC", "groups": [1, 1, 2, 2], "lags": 2}, "below the 2 rows of the longest group"),
        ({"covariance": "HAC", "groups": [1, 1, 1, 1]}, "clustered errors need two groups or more"),
        ({"covariance": "HAC", "times": [1, 2, 2, 3]}, "1 rows at a time that their group has already"),
        ({"covariance": "HAC", "times": [1, 2]}, "every row has a time, a finite number"),
        ({"covariance": "HAC", "times": ["a", "b", "c", "d"]}, "every row has a time, a finite number"),
        ({"times": [1, 2, 3, 4]}, "times: given, with covariance nonrobust; times belong to the HAC covariance"),
        ({"covariance": "HAK"}, "Hint: did you mean HAC"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        ols([1.0, 2.0, 4.0, 3.0], [[1.0], [2.0], [3.0], [5.0]], ["a"], **options)  # type: ignore[arg-type]
