import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st
from statsmodels.stats.diagnostic import het_breuschpagan, het_white

from servqual.statistics import ArgumentError, FittedRows, Inapplicable, breusch_pagan, white_test
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn, hotelling


def test_both_are_those_of_r() -> None:
    # 30 * summary(lm(I(e^2) ~ complaints + learning + raises, attitude))$r.squared; then with squares and products
    first, second = breusch_pagan(ATTITUDE_ROWS), white_test(ATTITUDE_ROWS)
    np.testing.assert_allclose([first.statistic, first.p], [11.3676099428331, 0.00989543045572905], rtol=1e-9)
    np.testing.assert_allclose([second.statistic, second.p], [12.2472007475034, 0.199729364980183], rtol=1e-9)
    assert [first.df, second.df] == [3, 9]
    assert first.null == second.null == "the errors vary alike at all values of the predictors"


@given(st.integers(0, 10_000), st.integers(1, 3))
def test_both_are_those_of_statsmodels(seed: int, columns: int) -> None:
    y, x, _ = drawn(seed, 50, columns)
    design = sm.add_constant(x)
    rest = sm.OLS(y, design).fit().resid
    rows = FittedRows.of(y, x, list("abc")[:columns])
    expected = [het_breuschpagan(rest, design)[:2], het_white(rest, design)[:2]]
    found = [(test.statistic, test.p) for test in (breusch_pagan(rows), white_test(rows))]
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_dummies_do_not_count_twice() -> None:
    y, x, _ = drawn(1, 50, 1)
    old, north = np.arange(50) % 2, np.arange(50) % 3 == 0
    rows = FittedRows.of(y, np.column_stack([x, old, north]), ["a", "old", "north"])
    # three predictors, one square, three products
    assert white_test(rows).df == 7
    assert breusch_pagan(rows, columns=[1]).df == 1


def test_clusters_by_hand() -> None:
    y, x, weights = drawn(2)
    group = np.arange(60) % 15
    rows = FittedRows.of(y, x, ["a", "b"], weights=weights)
    squares = sm.WLS(y, sm.add_constant(x), weights=weights).fit().wresid ** 2
    centred = np.column_stack([x, x**2, x[:, 0] * x[:, 1]])
    products = (centred - centred.mean(axis=0)) * (squares - squares.mean())[:, None]
    for check, tested in ((breusch_pagan, 2), (white_test, 5)):
        test = check(rows, groups=group)
        np.testing.assert_allclose([test.statistic, test.p], hotelling(products[:, :tested], group), rtol=1e-6)
        assert [test.df, test.df_error] == [tested, 15 - tested]
    assert breusch_pagan(rows, groups=group).method == "Breusch-Pagan test, Koenker's form, sums within groups"
    assert white_test(rows, groups=np.arange(60) % 6).at() == Inapplicable("6 groups cannot tell 5 coefficients apart")


def test_what_cannot_be_tested_says_so() -> None:
    y, x, _ = drawn(3, 12, 3)
    ones = FittedRows.of(y, np.ones((12, 1)), ["1"], intercept=False)
    assert breusch_pagan(ones).at() == Inapplicable("what the test adds follows from the columns that are there")
    exact = FittedRows.of(x @ [1.0, 2.0, 3.0], x, list("abc"))
    assert "nothing is left" in str(white_test(exact).at())
    few = FittedRows.of(y[:10], x[:10], list("abc"))
    assert "not more rows than coefficients" in str(white_test(few).at())
    with pytest.raises(ArgumentError, match="every row has one label"):
        breusch_pagan(few, groups=[1, 2])


@given(st.integers(0, 10_000), st.floats(1e-3, 1e3), st.floats(-100, 100))
def test_units_of_measurement_do_not_matter(seed: int, unit: float, origin: float) -> None:
    y, x, _ = drawn(seed, 40)
    plain, turned = (FittedRows.of(y * u + o, x * u + o, ["a", "b"]) for u, o in ((1, 0), (unit, origin)))
    for check in (breusch_pagan, white_test):
        np.testing.assert_allclose(check(turned).statistic, check(plain).statistic, rtol=1e-5)
