import numpy as np
import pytest
import scipy.stats
import statsmodels.stats.api as sms
from hypothesis import given, strategies as st
from numpy.polynomial.hermite_e import hermeval

from servqual.statistics import FittedRows, Inapplicable, normality
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn, hotelling


def test_jarque_bera_is_that_of_r() -> None:
    # in R, of e <- resid(m): g <- mean(e^3)/mean(e^2)^1.5; b <- mean(e^4)/mean(e^2)^2; 30/6*(g^2+(b-3)^2/4)
    test = normality(ATTITUDE_ROWS)
    np.testing.assert_allclose([test.statistic[0], test.p[0]], [1.95621732290418, 0.376021610897726], rtol=1e-9)
    np.testing.assert_allclose(test.skewness, -0.0355360287595584, rtol=1e-9)
    np.testing.assert_allclose(test.kurtosis, 1.75103137711016, rtol=1e-9)


@given(st.integers(0, 10_000), st.sampled_from([20, 35, 200]), st.sampled_from([0.5, 1.0, 3.0]))
def test_both_are_those_of_statsmodels_and_scipy(seed: int, rows: int, power: float) -> None:
    y, x, weights = drawn(seed, rows)
    held = FittedRows.of(np.sign(y) * np.abs(y) ** power, x, ["a", "b"], weights=weights)
    test = normality(held)
    expected = sms.jarque_bera(held.residuals)
    np.testing.assert_allclose([test.statistic[0], test.p[0]], expected[:2], rtol=1e-8)
    omnibus = scipy.stats.normaltest(held.residuals)
    np.testing.assert_allclose([test.statistic[1], test.p[1]], [omnibus.statistic, omnibus.pvalue], rtol=1e-8)


def test_clusters_by_hand() -> None:
    y, x, weights = drawn(3)
    group = np.arange(60) % 12
    rows = FittedRows.of(y, x, ["a", "b"], weights=weights)
    z = scipy.stats.zscore(rows.residuals)
    test = normality(rows, groups=[f"branch {each:02d}" for each in group])
    # the Hermite polynomials of degrees three and four
    expected = hotelling(np.stack([hermeval(z, [0, 0, 0, 1]), hermeval(z, [0, 0, 0, 0, 1])], axis=1), group)
    np.testing.assert_allclose([test.statistic[0], test.p[0]], expected, rtol=1e-9)
    assert test.df_error is not None
    assert (test.df[0], test.df_error[0]) == (2, 10)
    assert test.at(1) == Inapplicable("it takes the errors of rows as independent")
    assert normality(rows, groups=np.arange(60) % 3).at(0) == Inapplicable("fewer than 4 groups")
    # one row in each group: the sums are those of Jarque and Bera
    alone = normality(rows, groups=np.arange(60))
    products = np.stack([hermeval(z, [0, 0, 0, 1]) / np.sqrt(6), hermeval(z, [0, 0, 0, 0, 1]) / np.sqrt(24)])
    assert (products.sum(axis=1) ** 2).sum() / 60 == pytest.approx(normality(rows).statistic[0])
    assert 0 < alone.p[0] < 1


def test_few_rows_say_so() -> None:
    y, x, _ = drawn(1, 20, 1)
    for rows, places in ((7, [0, 1]), (8, [1]), (19, [1]), (20, [])):
        test = normality(FittedRows.of(y[:rows], x[:rows], ["a"]))
        without = [place for place in (0, 1) if isinstance(test.at(place), Inapplicable)]
        assert without == places
        np.testing.assert_array_equal(np.flatnonzero(np.isnan(test.p)), places)
    assert normality(FittedRows.of(y[:7], x[:7], ["a"])).at(0) == Inapplicable("fewer than 8 rows")
    exact = normality(FittedRows.of(2 * x[:, 0], x, ["a"]))
    assert exact.at(1) == exact.at(0)
    assert "nothing is left" in str(exact.at(0))


def test_normal_quantiles_look_normal() -> None:
    rows = FittedRows.of(scipy.stats.norm.ppf((np.arange(200) + 0.5) / 200), np.ones((200, 1)), ["1"], intercept=False)
    assert (normality(rows).p > 0.9).all()
    assert normality(rows).skewness[0] == pytest.approx(0, abs=1e-9)
