import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st
from scipy import stats

from servqual._arrays import Floats, Ints
from servqual.statistics import (
    ArgumentError,
    Covariance,
    FittedRows,
    Inapplicable,
    ols,
    panel_serial_test,
    serial_test,
)
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn


def test_a_series_is_that_of_r() -> None:
    # l1 <- c(0,e[-30]); l2 <- c(0,0,e[1:28]); 30 * summary(lm(e ~ complaints+learning+raises+l1+l2))$r.squared
    test = serial_test(ATTITUDE_ROWS, lags=2)
    np.testing.assert_allclose([test.statistic, test.p], [0.0436555361521761, 0.978408733758953], rtol=1e-9)
    assert test.method == "Breusch-Godfrey test, lags up to 2"


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_a_series_is_that_of_statsmodels(seed: int, lags: int) -> None:
    y, x, _ = drawn(seed, 40)
    design = sm.add_constant(x)
    rest = sm.OLS(y, design).fit().resid
    before = [np.concatenate([np.zeros(lag), rest[:-lag]]) for lag in range(1, lags + 1)]
    expected = 40 * sm.OLS(rest, np.column_stack([design, *before])).fit().rsquared
    test = serial_test(FittedRows.of(y, x, ["a", "b"]), lags=lags)
    np.testing.assert_allclose([test.statistic, test.p], [expected, stats.chi2.sf(expected, lags)], rtol=1e-8)


def panel(seed: int) -> tuple[Floats, Floats, Ints, Ints]:
    """30 units whose periods begin and end at different times, some with a gap."""
    rng = np.random.default_rng(seed)
    unit, period = (each.ravel() for each in np.meshgrid(np.arange(30), np.arange(8), indexing="ij"))
    there = (period >= unit % 3) & ((period != 4) | (unit % 5 > 0))
    x = rng.normal(0, 1, (240, 2))
    y = 1 + x @ [0.5, 1.0] + rng.normal(0, 1, 30)[unit] + rng.normal(0, 1, 240)
    return y[there], x[there], unit[there], period[there]


def test_levels_are_those_of_a_regression_by_hand() -> None:
    y, x, unit, period = panel(1)
    rest = sm.OLS(y, sm.add_constant(x)).fit().resid
    before = {(u, t): e for u, t, e in zip(unit, period, rest, strict=True)}
    pairs = [
        (e, before[u, t - 1], *row, u)
        for u, t, e, row in zip(unit, period, rest, x, strict=True)
        if (u, t - 1) in before
    ]
    table = np.array(pairs)
    groups = table[:, 4].astype(int)
    fit = ols(table[:, 0], table[:, 1:4], ["before", "a", "b"], covariance=Covariance.CLUSTER, groups=groups)
    rows = FittedRows.of(y, x, ["a", "b"])
    order = np.random.default_rng(1).permutation(y.size)
    shuffled = FittedRows.of(y[order], x[order], ["a", "b"])
    for test in (
        panel_serial_test(rows, unit, period),
        panel_serial_test(shuffled, [f"branch {each:02d}" for each in unit[order]], period[order] + 7.0),
    ):
        found = [test.estimate, test.se, test.df]
        np.testing.assert_allclose(found, [fit.coefficients[1], fit.standard_errors[1], 29], rtol=1e-9)
    assert test.null == "the errors of a unit in following periods are independent"
    assert 0.2 < test.estimate < 0.8


def test_changes_are_those_of_regressions_by_hand() -> None:
    y, x, unit, period = panel(2)
    place = {(u, t): row for row, (u, t) in enumerate(zip(unit, period, strict=True))}
    steps = [(place[u, t], place[u, t - 1]) for u, t in place if (u, t - 1) in place]
    now, last = (np.array(each) for each in zip(*steps, strict=True))
    rest = sm.OLS(y[now] - y[last], x[now] - x[last]).fit().resid
    change = dict(zip(now.tolist(), rest.tolist(), strict=True))
    table = np.array([(change[a], change[b], unit[a]) for a, b in steps if b in change])
    fit = sm.OLS(table[:, 0], table[:, 1]).fit(cov_type="cluster", cov_kwds={"groups": table[:, 2].astype(int)})
    unit_rows = FittedRows.of(y, x, ["a", "b"], units=unit, intercept=False)
    for rows in (FittedRows.of(y, x, ["a", "b"]), unit_rows):
        test = panel_serial_test(rows, unit, period, own_levels=True)
        np.testing.assert_allclose([test.estimate, test.se], [fit.params[0], fit.bse[0]], rtol=1e-9)
        assert test.statistic == pytest.approx((fit.params[0] + 0.5) / fit.bse[0], rel=1e-9)
        assert test.method == "panel test of serial correlation, in changes (null −0.5)"


def test_what_cannot_be_tested_says_so() -> None:
    y, x, unit, period = panel(3)
    rows = FittedRows.of(y, x, ["a", "b"])
    apart = panel_serial_test(rows, unit, period * 2)
    assert apart.at() == Inapplicable("fewer than two units have pairs of following periods: 0")
    first = FittedRows.of(y[:6], x[:6], ["a", "b"])
    assert "two units" in str(panel_serial_test(first, unit[:6], period[:6]).at())
    short = FittedRows.of(y[:7], x[:7], ["a", "b"])
    assert "not more rows than" in str(panel_serial_test(short, [0, 0, 1, 1, 2, 3, 4], [0, 1, 0, 1, 0, 0, 0]).at())
    two = np.repeat(np.arange(10), 2), np.tile([0, 1], 10)
    assert "two units" in str(panel_serial_test(FittedRows.of(y[:20], x[:20], ["a", "b"]), *two, own_levels=True).at())
    exact = FittedRows.of(x[:, 0], x, ["a", "b"])
    assert "nothing is left" in str(panel_serial_test(exact, unit, period).at())
    assert "nothing is left" in str(serial_test(exact).at())
    assert "not more rows than" in str(serial_test(FittedRows.of(y[:5], x[:5], ["a", "b"]), lags=2).at())


def test_arguments_are_checked() -> None:
    y, x, unit, period = panel(4)
    rows = FittedRows.of(y, x, ["a", "b"])
    within = FittedRows.of(y, x, ["a", "b"], units=unit, intercept=False)
    with pytest.raises(
        ArgumentError, match=r"2 problems\n.*lags: 0; it is a whole number from 1.*\n.*a series is one unit"
    ):
        serial_test(within, lags=0)
    with pytest.raises(ArgumentError, match=r"2 problems\n.*own_levels: False, with rows of units.*\n.*a whole number"):
        panel_serial_test(within, unit, period + 0.5)
    with pytest.raises(ArgumentError, match=r"periods: \d+ rows in a period that their unit has already"):
        panel_serial_test(rows, unit, period // 2)
    with pytest.raises(ArgumentError, match="every row has one label"):
        panel_serial_test(rows, unit[1:], period)
