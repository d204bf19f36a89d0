import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st

from servqual.statistics import FittedRows, condition_number, variance_inflation
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn


def test_numbers_of_r() -> None:
    # 1 / (1 - summary(lm(x ~ others))$r.squared); d <- svd(x / its lengths)$d, d[1] / d[4]
    found = variance_inflation(ATTITUDE_ROWS)
    np.testing.assert_allclose(found, [np.nan, 1.9833359632728, 1.85619091023854, 2.164556064978], rtol=1e-9)
    assert condition_number(ATTITUDE_ROWS) == pytest.approx(21.6826022547422, rel=1e-9)


@given(st.integers(0, 10_000), st.booleans())
def test_factors_are_those_of_statsmodels(seed: int, intercept: bool) -> None:  # noqa: FBT001 - drawn
    y, x, _ = drawn(seed, 30, 3)
    rows = FittedRows.of(y, x, list("abc"), intercept=intercept)
    first = int(intercept)
    shares = [sm.OLS(rows.x[:, place], np.delete(rows.x, place, 1)).fit().rsquared for place in range(first, rows.k)]
    expected = 1 / (1 - np.array(shares))
    np.testing.assert_allclose(variance_inflation(rows)[first:], expected, rtol=1e-7)


@given(st.integers(0, 10_000))
def test_a_factor_is_what_the_variance_is_blown_up_by(seed: int) -> None:
    y, x, weights = drawn(seed, 30, 3)
    rows = FittedRows.of(y, x, list("abc"), weights=weights)
    fit = sm.WLS(y, rows.x, weights=weights).fit()
    centred = x - weights @ x / weights.sum()
    alone = fit.scale / (weights @ centred**2)
    np.testing.assert_allclose(variance_inflation(rows)[1:], fit.bse[1:] ** 2 / alone, rtol=1e-7)


def test_units_with_intercepts_are_columns_of_dummies() -> None:
    y, x, _ = drawn(5, 40, 2)
    unit = np.arange(40) % 5
    level = x + unit[:, None] * 3
    within = FittedRows.of(y, level, ["a", "b"], units=unit, intercept=False)
    np.testing.assert_allclose(
        variance_inflation(within), variance_inflation(FittedRows.of(y, within.x, list("ab")))[1:]
    )
    assert condition_number(within, centred=True) == pytest.approx(condition_number(within))


def test_related_columns_are_seen_and_far_scales_are_not() -> None:
    y, x, _ = drawn(6, 200, 2)
    alike = np.column_stack([x[:, 0], x[:, 0] + 0.01 * x[:, 1]])
    related = FittedRows.of(y, alike, ["a", "b"])
    assert (variance_inflation(related)[1:] > 1000).all()
    assert condition_number(related, centred=True) > 100
    far = FittedRows.of(y, x + 1000, ["a", "b"])
    assert (variance_inflation(far)[1:] < 1.1).all()
    assert condition_number(far) > 1000
    assert condition_number(far, centred=True) == pytest.approx(
        condition_number(FittedRows.of(y, x, list("ab")), centred=True)
    )
    # two columns: √((1 + |r|) / (1 − |r|))
    r = abs(float(np.asarray(np.corrcoef(x.T))[0, 1]))
    assert condition_number(far, centred=True) == pytest.approx(np.sqrt((1 + r) / (1 - r)))
    ones = FittedRows.of(y, np.ones((200, 1)), ["1"], intercept=False)
    assert condition_number(ones, centred=True) == condition_number(ones) == 1
    assert np.isnan(variance_inflation(ones)).all()
