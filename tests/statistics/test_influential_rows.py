import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, strategies as st
from scipy import stats

from servqual.statistics import ArgumentError, FittedRows, Inapplicable, group_influence, influence
from tests.statistics.checked_rows import ATTITUDE_ROWS, drawn


def test_rows_are_those_of_r() -> None:
    found = influence(ATTITUDE_ROWS)
    # hatvalues(m), rstudent(m), cooks.distance(m), dffits(m): the first six
    expected = {
        "leverage": [
            0.152707933106551,
            0.0350383760381987,
            0.106113994534613,
            0.0847475172756304,
            0.0641904022727591,
            0.0790603695735995,
        ],
        "studentised": [
            -1.21753921528565,
            0.0778236391336375,
            0.251611570941057,
            0.0711314089544655,
            1.03980494984181,
            -1.82123219568769,
        ],
        "cook": [
            0.0655768214381988,
            5.71643336842591e-05,
            0.00194906670489054,
            0.000121785154714262,
            0.0184829906937481,
            0.06536212596627,
        ],
        "dffits": [
            -0.516888878135086,
            0.0148295679638743,
            0.0866913711285758,
            0.0216448432709083,
            0.272328555002084,
            -0.533616387153435,
        ],
    }
    for name, numbers in expected.items():
        np.testing.assert_allclose(getattr(found, name)[:6], numbers, rtol=1e-9, err_msg=name)
    # the same with weights (1:30)/10
    rows = FittedRows.of(ATTITUDE_ROWS.y, ATTITUDE_ROWS.x[:, 1:], list("abc"), weights=np.arange(1, 31) / 10)
    weighted = influence(rows)
    cook = [0.00023080523228717, 3.98753574896739e-07, 5.64504983546179e-05, 6.74322160102869e-07]
    np.testing.assert_allclose(weighted.cook[:4], cook, rtol=1e-7)
    outer = [-0.290427943986056, 0.0179714784828319, 0.110550364295361, 0.0107324826945874]
    np.testing.assert_allclose(weighted.studentised[:4], outer, rtol=1e-7)


@given(st.integers(0, 10_000))
def test_rows_are_those_of_statsmodels(seed: int) -> None:
    y, x, _ = drawn(seed, 25)
    expected = sm.OLS(y, sm.add_constant(x)).fit().get_influence()
    found = influence(FittedRows.of(y, x, ["a", "b"]))
    np.testing.assert_allclose(found.leverage, expected.hat_matrix_diag, rtol=1e-8)
    np.testing.assert_allclose(found.cook, expected.cooks_distance[0], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(found.dffits, expected.dffits[0], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.studentised, expected.resid_studentized_external, rtol=1e-6, atol=1e-9)
    assert found.middle == pytest.approx(stats.f.median(3, 22))


def test_outliers_are_tested_together() -> None:
    y, x, _ = drawn(1)
    y[17] += 9
    found = influence(FittedRows.of(y, x, ["a", "b"]))
    test = found.outliers()
    assert np.flatnonzero(test.p < 0.05).tolist() == [17]
    shift = sm.OLS(y, sm.add_constant(np.column_stack([x, np.arange(60) == 17]))).fit()
    assert test.statistic[17] == pytest.approx(shift.tvalues[-1])
    assert test.p[17] == pytest.approx(60 * shift.pvalues[-1])
    assert test.p.max() == 1
    assert repr(found).startswith("<Influence of 60 rows: largest Cook's distance ")
    assert repr(found).endswith("(row 17)>")


def test_a_row_alone_and_an_exact_line_have_none() -> None:
    y, x, _ = drawn(2, 12, 1)
    alone = np.arange(12) == 4
    found = influence(FittedRows.of(y, np.column_stack([x, alone]), ["a", "alone"]))
    np.testing.assert_array_equal(np.isnan(found.cook), alone)
    assert found.outliers().at(4) == Inapplicable("the row alone decides a coefficient")
    exact = influence(FittedRows.of(x[:, 0], x, ["a"]))
    assert np.isnan(exact.cook).all()
    assert repr(exact) == "<Influence of 12 rows: largest Cook's distance none>"
    nothing = "nothing is left of y, or no degrees of freedom without the row"
    assert exact.outliers().at(0) == Inapplicable(nothing)
    tight = influence(FittedRows.of(y[:3], x[:3], ["a"]))
    assert np.isnan(tight.studentised).all()


@given(st.integers(0, 10_000), st.booleans())
def test_groups_are_left_out_one_by_one(seed: int, weighted: bool) -> None:  # noqa: FBT001 - drawn
    y, x, weights = drawn(seed, 30)
    weights = weights if weighted else np.ones(30)
    group = np.arange(30) % 6
    rows = FittedRows.of(y, x * [1, 1000], ["a", "b"], weights=weights)
    whole = sm.WLS(y, rows.x, weights=weights).fit()
    moved = [sm.WLS(y[group != g], rows.x[group != g], weights=weights[group != g]).fit().params for g in range(6)]
    change = np.array(moved) - whole.params
    found = group_influence(rows, group)
    np.testing.assert_allclose(found.change, change, rtol=1e-5, atol=1e-9)
    expected = np.einsum("gi,ij,gj->g", change, rows.x.T @ (rows.x * weights[:, None]), change) / 3 / whole.scale
    np.testing.assert_allclose(found.cook, expected, rtol=1e-6)
    others = [np.delete(change, g, 0) for g in range(6)]
    beside = [d @ np.linalg.solve(5 / 6 * rest.T @ rest, d) / 3 for d, rest in zip(change, others, strict=True)]
    np.testing.assert_allclose(found.beside, beside, rtol=1e-4)
    each = group_influence(rows, np.arange(30))
    np.testing.assert_allclose(each.cook, influence(rows).cook, rtol=1e-6, atol=1e-12)
    assert found.middle == pytest.approx(stats.f.median(3, 5))


def test_groups_with_intercepts_of_their_own() -> None:
    y, x, weights = drawn(3, 30)
    unit = np.repeat(np.arange(6), 5)
    rows = FittedRows.of(y, x, ["a", "b"], weights=weights, units=unit, intercept=False)
    found = group_influence(rows, unit)
    left = unit != 2
    less = FittedRows.of(y[left], x[left], ["a", "b"], weights=weights[left], units=unit[left], intercept=False)
    slopes = [np.linalg.lstsq(each.x * each.root[:, None], each.y * each.root)[0] for each in (rows, less)]
    np.testing.assert_allclose(found.change[2], slopes[1] - slopes[0], rtol=1e-8)
    with pytest.raises(ArgumentError, match="groups: units in several groups"):
        group_influence(rows, np.arange(30) % 5)


def test_a_group_alone_has_none() -> None:
    y, x, _ = drawn(4, 12, 1)
    group = np.array(list("aaabbbcccddd"))
    found = group_influence(FittedRows.of(y, np.column_stack([x, group == "b"]), ["a", "there"]), group)
    np.testing.assert_array_equal(np.isnan(found.cook), [False, True, False, False])
    np.testing.assert_array_equal(np.isnan(found.change).any(axis=1), [False, True, False, False])
    assert np.isnan(found.beside).all()
    assert repr(found).startswith("<GroupInfluence of 4 groups: largest Cook's distance ")
    exact = group_influence(FittedRows.of(x[:, 0], x, ["a"]), group)
    assert np.isnan(exact.cook).all()
    assert repr(exact) == "<GroupInfluence of 4 groups: largest Cook's distance none>"
