import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st
from statsmodels.stats.diagnostic import linear_reset

from servqual.statistics import ArgumentError, Covariance, FittedRows, Inapplicable, reset_test, square_test
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn, hotelling


def test_reset_is_that_of_r() -> None:
    # anova(m, update(m, . ~ . + I(f^2) + I(f^3)))
    test = reset_test(ATTITUDE_ROWS)
    np.testing.assert_allclose([test.statistic, test.p], [0.109088856403365, 0.897092776914425], rtol=1e-9)
    assert [test.df, test.df_error] == [2, 24]
    assert test.null == "the form of the regression is right"
    # mw <- lm(…, weights = (1:30)/10); fw <- fitted(mw); anova(mw, update(mw, . ~ . + I(fw^2) + I(fw^3)))
    rows = FittedRows.of(ATTITUDE_ROWS.y, ATTITUDE_ROWS.x[:, 1:], list("abc"), weights=np.arange(1, 31) / 10)
    assert reset_test(rows).statistic == pytest.approx(0.193720123346514, rel=1e-9)


@given(st.integers(0, 10_000), st.sampled_from([2, 3, 4]), st.sampled_from(["nonrobust", "HC0", "HC1", "HC3"]))
def test_reset_is_that_of_statsmodels(seed: int, power: int, covariance: str) -> None:
    y, x, _ = drawn(seed, 40)
    expected = linear_reset(sm.OLS(y, sm.add_constant(x)).fit(), power=power, use_f=True, cov_type=covariance)
    test = reset_test(FittedRows.of(y, x, ["a", "b"]), power=power, covariance=Covariance(covariance))
    assert test.statistic == pytest.approx(float(expected.fvalue), rel=1e-5)
    assert test.p == pytest.approx(float(expected.pvalue), rel=1e-4, abs=1e-12)
    assert [test.df, test.df_error] == [power - 1, 40 - 3 - power + 1]


@pytest.mark.parametrize("power", [2, 3])
def test_reset_with_clusters_by_hand(power: int) -> None:
    y, x, weights = drawn(7)
    group = np.arange(60) % 12
    fit = sm.WLS(y, sm.add_constant(x), weights=weights).fit()
    powers = np.stack([fit.fittedvalues**each for each in range(2, power + 1)], axis=1) * np.sqrt(weights)[:, None]
    left = powers - fit.model.wexog @ np.linalg.lstsq(fit.model.wexog, powers)[0]
    rows = FittedRows.of(y, x, ["a", "b"], weights=weights)
    test = reset_test(rows, power=power, covariance=Covariance.CLUSTER, groups=group)
    np.testing.assert_allclose([test.statistic, test.p], hotelling(left * fit.wresid[:, None], group), rtol=1e-6)
    assert [test.df, test.df_error] == [power - 1, 13 - power]
    assert test.method == f"RESET, powers of the fitted values up to {power}, cluster covariance"


def test_squares_with_clusters_by_the_jackknife() -> None:
    y, x, weights = drawn(7)
    group = np.arange(60) % 12
    square = (x[:, 0] - x[:, 0].mean()) ** 2
    every = sm.add_constant(np.column_stack([x, square]))
    whole = sm.WLS(y, every, weights=weights).fit().params[3]
    left = [sm.WLS(y[k], every[k], weights=weights[k]).fit().params[3] for k in (group != g for g in range(12))]
    test = square_test(
        FittedRows.of(y, x, ["a", "b"], weights=weights),
        columns=[1],
        covariance=Covariance.CLUSTER,
        groups=[f"branch {each:02d}" for each in group],
    )
    assert test.estimate[0] == pytest.approx(whole, rel=1e-9)
    assert test.se[0] == pytest.approx(np.sqrt(11 / 12 * ((np.array(left) - whole) ** 2).sum()), rel=1e-8)
    assert test.df[0] == 11


def test_squares_are_those_of_r() -> None:
    # summary(lm(rating ~ complaints + learning + raises + I((z - mean(z))^2), attitude))$coefficients[5, ]
    test = square_test(ATTITUDE_ROWS, columns=[1, 2, 3])
    expected = [
        [-0.00242266952985383, 0.00681296451470316, -0.355596968782889, 0.725125362113915],
        [0.0129999297273396, 0.0101770111421362, 1.27738189000458, 0.213203377830214],
        [-0.00280519163473632, 0.0104250418056813, -0.269082051374373, 0.790074852671649],
    ]
    found = np.stack([test.estimate, test.se, test.statistic, test.p], axis=1)
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    np.testing.assert_array_equal(test.df, [25, 25, 25])


def test_what_has_no_square_says_so() -> None:
    y, x, _ = drawn(8)
    rows = FittedRows.of(y, np.column_stack([x[:, 0], np.arange(60) % 2]), ["a", "old"])
    test = square_test(rows)
    why = "what the test adds follows from the columns that are there"
    assert test.at(0) == test.at(2) == Inapplicable(why)
    assert not isinstance(test.at(1), Inapplicable)
    np.testing.assert_array_equal(np.isnan(test.p), [True, False, True])
    alone = FittedRows.of(y, np.arange(60)[:, None] % 2, ["old"])
    assert reset_test(alone).at() == Inapplicable(why)
    exact = FittedRows.of(x[:, 0] + 1, x, ["a", "b"])
    assert reset_test(exact).at() == Inapplicable("y follows from the columns exactly, and nothing is left to look at")
    few = FittedRows.of(y[:5], x[:5], ["a", "b"])
    assert str(reset_test(few).at()).startswith("there are not more rows than coefficients once those of the test are")
    two = reset_test(FittedRows.of(y, x, ["a", "b"]), power=4, covariance=Covariance.CLUSTER, groups=np.arange(60) % 2)
    assert two.at() == Inapplicable("2 groups cannot tell 3 coefficients apart")
    lone = FittedRows.of(y, np.column_stack([x, np.arange(60) == 0]), ["a", "b", "lone"])
    lost = square_test(lone, columns=[1], covariance=Covariance.CLUSTER, groups=np.arange(60) // 3)
    assert lost.at(0) == Inapplicable("a coefficient does not exist without one of the groups")


@given(st.integers(0, 10_000), st.floats(1e-3, 1e3), st.floats(-100, 100))
def test_units_of_measurement_do_not_matter(seed: int, unit: float, origin: float) -> None:
    y, x, weights = drawn(seed, 40)
    plain = FittedRows.of(y, x, ["a", "b"], weights=weights)
    turned = FittedRows.of(y * unit + origin, x * unit + origin, ["a", "b"], weights=weights)
    for check in (reset_test, square_test):
        np.testing.assert_allclose(check(turned).statistic, check(plain).statistic, rtol=1e-4, atol=1e-6)


def test_intercepts_of_units_are_columns_of_dummies_here_too() -> None:
    y, x, weights = drawn(9)
    unit = np.arange(60) % 6
    dummies = (unit[:, None] == np.arange(6)).astype(float)
    within = FittedRows.of(y + unit, x, ["a", "b"], weights=weights, units=unit, intercept=False)
    squares = (within.x[:, 0] - within.x[:, 0].mean()) ** 2
    every = np.column_stack([x, dummies, squares])
    for covariance in ("nonrobust", "HC1"):
        expected = sm.WLS(y + unit, every, weights=weights).fit(cov_type=covariance, use_t=True)
        found = square_test(within, columns=[0], covariance=Covariance(covariance))
        np.testing.assert_allclose(found.se[0], expected.bse[-1], rtol=1e-8)
        np.testing.assert_allclose(found.estimate[0], expected.params[-1], rtol=1e-8)
        assert found.df[0] == 51
    clustered = square_test(within, columns=[0], covariance=Covariance.CLUSTER, groups=unit)
    moved = [
        sm.WLS(y[k], every[k][:, [*range(2), *(2 + h for h in range(6) if h != g), 8]], weights=weights[k])
        .fit()
        .params[-1]
        for g, k in ((g, unit != g) for g in range(6))
    ]
    np.testing.assert_allclose(
        clustered.se[0] ** 2, 5 / 6 * ((np.array(moved) - clustered.estimate[0]) ** 2).sum(), rtol=1e-7
    )


def test_options_are_those_of_least_squares() -> None:
    with pytest.raises(ArgumentError, match="groups: none; groups belong to the cluster covariance"):
        reset_test(ATTITUDE_ROWS, covariance=Covariance.CLUSTER)
