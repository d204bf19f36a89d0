import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, MeanTest, cluster_t, one_sample_t, paired_t, t_test, welch_t
from tests.statistics.sleep import DIFFERENCES, FIRST, SECOND, R

ANSWERS = hnp.arrays(np.float64, st.tuples(st.integers(2, 30), st.just(3)), elements=st.integers(-6, 6).map(float))
AGAINST = st.sampled_from([0.0, 0.5, -2.0])


def agree(found: MeanTest, statistic: Floats, p: Floats) -> None:
    there = found.reason == ""
    np.testing.assert_allclose(found.statistic[there], statistic[there], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.p[there], p[there], rtol=1e-9, atol=1e-14)


def test_students_own_differences_are_tested_as_by_r() -> None:
    result = paired_t(DIFFERENCES.mean(), DIFFERENCES.std(ddof=1), DIFFERENCES.size)
    low, high = result.interval(0.95)
    found = [result.estimate, result.statistic, result.df, result.p, low, high]
    expected = [R[name] for name in ("mean_diff", "t", "df", "p", "ci95_lower", "ci95_upper")]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@settings(deadline=None)
@given(ANSWERS, AGAINST)
def test_t_of_sums_is_that_of_the_answers(answers: Floats, against: float) -> None:
    varies = answers.std(axis=0) > 0
    result = one_sample_t(answers.mean(axis=0), answers.std(axis=0, ddof=1), len(answers), against=against)
    np.testing.assert_array_equal(result.reason == "", varies)
    if varies.all():
        expected = stats.ttest_1samp(answers, against)
        agree(result, np.asarray(expected.statistic), np.asarray(expected.pvalue))
    other = paired_t(answers.mean(axis=0), answers.std(axis=0, ddof=1), len(answers), against=against)
    np.testing.assert_array_equal(other.p, result.p)


@settings(deadline=None)
@given(ANSWERS, ANSWERS)
def test_paired_t_is_that_of_the_pairs(first: Floats, second: Floats) -> None:
    rows = min(len(first), len(second))
    gaps = first[:rows] - second[:rows]
    if (gaps.std(axis=0) > 0).all():
        result = paired_t(gaps.mean(axis=0), gaps.std(axis=0, ddof=1), rows)
        expected = stats.ttest_rel(first[:rows], second[:rows])
        agree(result, np.asarray(expected.statistic), np.asarray(expected.pvalue))


@settings(deadline=None)
@given(ANSWERS, ANSWERS, AGAINST)
def test_welchs_t_is_that_of_the_answers(first: Floats, second: Floats, against: float) -> None:
    sums = [(x.mean(axis=0), x.var(axis=0, ddof=1), len(x)) for x in (first, second)]
    result = welch_t(*sums[0], *sums[1], against=against)
    constant = np.array([x.std(axis=0) == 0 for x in (first, second)])
    np.testing.assert_array_equal(result.reason != "", constant.all(axis=0))
    # scipy warns where one sample is constant; a test below covers that
    if not constant.any():
        expected = stats.ttest_ind(first - against, second, equal_var=False)
        agree(result, expected.statistic, expected.pvalue)
        np.testing.assert_allclose(result.df, expected.df, rtol=1e-9)
    turned = welch_t(*sums[1], *sums[0], against=-against)
    np.testing.assert_allclose(turned.statistic, -result.statistic, rtol=1e-12)


def test_students_unpaired_drugs_are_tested_as_by_r() -> None:
    # seen in published output of R's t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, p-value = 0.07939
    result = welch_t(FIRST.mean(), FIRST.var(ddof=1), 10, SECOND.mean(), SECOND.var(ddof=1), 10)
    assert float(result.statistic) == pytest.approx(-1.8608, abs=5e-5)
    assert float(result.df) == pytest.approx(17.776, abs=5e-4)
    assert float(result.p) == pytest.approx(0.07939, abs=5e-6)


def test_one_sample_may_be_constant_beside_one_that_varies() -> None:
    result = welch_t(5.0, 0.0, 10, 4.0, 2.0, 8)
    assert float(result.df) == pytest.approx(7)
    assert float(result.statistic) == pytest.approx(2.0)


def test_clusters_are_tested_on_one_less_than_there_are() -> None:
    result = cluster_t([0.4, 0.4, 0.4], [0.15, 0.15, np.nan], [12, 1, 1])
    assert float(result.p[0]) == pytest.approx(2 * stats.t.sf(0.4 / 0.15, 11), rel=1e-12)
    assert result.reason.tolist() == ["", "fewer than two clusters", "fewer than two clusters"]


def test_infinite_degrees_of_freedom_give_the_normal_distribution() -> None:
    assert float(t_test(1.0, 0.5, np.inf).p) == pytest.approx(2 * stats.norm.sf(2.0), rel=1e-12)


def test_columns_without_a_test_say_why() -> None:
    sd = [1.0, 0.0, np.nan, 1.0, 1.0]
    result = paired_t([1.0, 1.0, 1.0, np.nan, 1.0], sd, [5, 5, 5, 5, 0])
    constant, missing = "no variation: all answers compared are equal", "an estimate is missing"
    assert result.reason.tolist() == ["", constant, missing, missing, "fewer than two pairs"]
    samples = welch_t([1.0, 1.0, 1.0], [1.0, np.nan, np.nan], [5, 1, 5], 0.0, 1.0, 5)
    assert samples.reason.tolist() == ["", "fewer than two answers in a sample", missing]


def test_numbers_and_arrays_broadcast() -> None:
    assert paired_t(1.0, 1.0, 5).p.shape == ()
    assert paired_t(np.zeros((2, 1)), np.ones(3), 5).p.shape == (2, 3)
    assert paired_t(np.zeros(0), np.ones(0), np.ones(0)).p.shape == (0,)


def test_what_was_given_stays_as_it_was() -> None:
    means, sds = np.array([1.0, 2.0]), np.array([1.0, 0.0])
    result = paired_t(means, sds, 5)
    assert means.flags.writeable
    means[0] = 9.0
    assert result.estimate[0] == 1.0


def test_arguments_are_checked_all_at_once() -> None:
    with pytest.raises(ArgumentError, match=r"2 problems\n  1. sd_difference: -1; .*\n  2. n: -3, and 1 more; "):
        paired_t(0.0, [-1.0, 1.0], [-3, -2])
    with pytest.raises(ArgumentError, match=r"mean \(2,\), sd \(3,\), n \(\); shapes broadcast together"):
        one_sample_t([1, 2], [1, 2, 3], 4)
    with pytest.raises(ArgumentError, match=r"var2: -0\.5; it is finite and zero or more"):
        welch_t(1, 1, 5, 1, -0.5, 5)
    with pytest.raises(ArgumentError, match="mean: inf; it is finite"):
        one_sample_t(np.inf, 1, 5)
    with pytest.raises(ArgumentError, match="against: NaN"):
        one_sample_t(1, 1, 5, against=np.nan)
    with pytest.raises(ArgumentError, match="mean: an array of <U1; it is a number"):
        one_sample_t("x", 1, 5)
    with pytest.raises(ArgumentError, match="df: -1"):
        t_test(1.0, 1.0, -1)
    with pytest.raises(ArgumentError, match="se: -1"):
        cluster_t(1.0, -1.0, 5)
