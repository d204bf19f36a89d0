import pickle

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st

from servqual.statistics import ArgumentError, FittedRows, ols
from tests.statistics.checked_rows import drawn


@given(st.integers(0, 10_000), st.booleans(), st.booleans())
def test_what_is_left_is_that_of_statsmodels(seed: int, weighted: bool, intercept: bool) -> None:  # noqa: FBT001
    y, x, weights = drawn(seed, 20)
    rows = FittedRows.of(y, x, ["a", "b"], weights=weights if weighted else None, intercept=intercept)
    design = sm.add_constant(x) if intercept else x
    expected = sm.WLS(y, design, weights=weights if weighted else 1.0).fit()
    np.testing.assert_allclose(rows.residuals, expected.wresid, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(rows.fitted, expected.fittedvalues, rtol=1e-10)
    assert rows.sigma2 == pytest.approx(expected.scale, rel=1e-9)
    assert (rows.n, rows.k, rows.df) == (20, design.shape[1], expected.df_resid)
    assert rows.leverage.sum() == pytest.approx(rows.k)
    assert rows.constant is intercept
    assert not rows.exact


@given(st.integers(0, 10_000), st.booleans())
def test_units_with_intercepts_are_columns_of_dummies(seed: int, weighted: bool) -> None:  # noqa: FBT001
    y, x, weights = drawn(seed, 24)
    unit = np.arange(24) % 5
    y = y + unit
    given_weights = weights if weighted else None
    within = FittedRows.of(y, x, ["a", "b"], weights=given_weights, units=unit, intercept=False)
    dummies = (unit[:, None] == np.arange(5)).astype(float)
    whole = FittedRows.of(y, np.column_stack([x, dummies]), list("abcdefg"), weights=given_weights, intercept=False)
    np.testing.assert_allclose(within.residuals, whole.residuals, atol=1e-9)
    np.testing.assert_allclose(within.leverage, whole.leverage, atol=1e-9)
    assert (within.df, within.absorbed, whole.df) == (17, 5, 17)
    assert within.sigma2 == pytest.approx(whole.sigma2)
    assert within.constant
    assert whole.constant


def test_columns_that_follow_are_told_from_new_ones() -> None:
    y, x, weights = drawn(1)
    unit = np.arange(60) // 6
    plain = FittedRows.of(y, x, ["a", "b"], weights=weights)
    within = FittedRows.of(y, x, ["a", "b"], weights=weights, units=unit, intercept=False)
    sums, levels, squares = x @ [[2.0], [-1.0]] + 5, unit[:, None] * 1.0, x**2
    assert not plain.new(sums)
    assert plain.new(levels)
    assert not within.new(levels)
    assert plain.new(squares)
    assert within.new(squares * 1e9)
    assert not plain.new(np.column_stack([squares, squares[:, :1] + 3]))
    assert not plain.new(np.zeros((60, 1)))


def test_an_exact_line_is_seen_on_any_scale() -> None:
    x = np.arange(10.0)[:, None]
    for unit in (1e-6, 1.0, 1e6):
        assert FittedRows.of((3 + 0.1 * x[:, 0]) * unit, x, ["a"]).exact
    assert not FittedRows.of(np.arange(10.0) % 3, x, ["a"]).exact


def test_rows_are_read_only_and_survive_pickle() -> None:
    y, x, _ = drawn(2)
    rows = pickle.loads(pickle.dumps(FittedRows.of(y, x, ["a", "b"])))  # noqa: S301 - our own pickle
    assert not rows.residuals.flags.writeable
    assert repr(rows) == "<FittedRows on intercept, a, b: n 60>"
    np.testing.assert_allclose(
        rows.fitted,
        x @ ols(y, x, ["a", "b"]).coefficients[1:]
        + (y - rows.residuals - x @ ols(y, x, ["a", "b"]).coefficients[1:])[0],
    )


def test_rows_are_checked() -> None:
    y, x, _ = drawn(3, 8)
    with pytest.raises(ArgumentError, match="intercept: asked for beside those of the units"):
        FittedRows.of(y, x, ["a", "b"], units=np.arange(8) // 2)
    with pytest.raises(ArgumentError, match="x: 8 rows for 2 coefficients and 8 units"):
        FittedRows.of(y, x, ["a", "b"], units=np.arange(8), intercept=False)
    with pytest.raises(ArgumentError, match="rank 1 of 2"):
        FittedRows.of(
            y, np.column_stack([x[:, 0], np.arange(8) // 4]), ["a", "b"], units=np.arange(8) // 4, intercept=False
        )
    with pytest.raises(ArgumentError, match="7 rows for 8 of y"):
        FittedRows.of(y, x[1:], ["a", "b"])
