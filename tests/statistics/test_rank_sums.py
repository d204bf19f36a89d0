import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, RankMethod, rank_sum, rank_sum_from_counts
from tests.statistics.sleep import FIRST, SECOND

POINTS = np.arange(1.0, 8.0)
COUNTS = hnp.arrays(np.int64, (2, 2, 7), elements=st.integers(0, 6))
NORMAL = {RankMethod.NORMAL: False, RankMethod.NORMAL_CORRECTED: True}


def repeated(counts: Floats) -> Floats:
    """Answers of each column, filled up with missing ones."""
    answers = np.full((int(counts.sum(axis=1).max()), len(counts)), np.nan)
    for column, each in enumerate(counts):
        answers[: each.sum(), column] = np.repeat(POINTS, each)
    return answers


def test_students_drugs_are_tested_as_by_r() -> None:
    # seen in published output of R's wilcox.test(extra ~ group, data = sleep): W = 25.5, p-value = 0.06933
    result = rank_sum(FIRST, SECOND)
    assert float(result.statistic) == 25.5
    assert float(result.p) == pytest.approx(0.06933, abs=5e-6)


@settings(deadline=None)
@given(COUNTS, st.sampled_from(list(NORMAL)))
def test_the_normal_approximation_is_that_of_scipy(counts: Floats, method: RankMethod) -> None:
    result = rank_sum_from_counts(POINTS, counts[0], counts[1], method)
    for column in range(2):
        first, second = (np.repeat(POINTS, each[column]) for each in counts)
        if not first.size or not second.size:
            assert str(result.reason[column]) == "a sample without answers"
        elif np.unique(np.concatenate([first, second])).size == 1:
            assert str(result.reason[column]) == "all answers are equal"
        else:
            expected = stats.mannwhitneyu(first, second, use_continuity=NORMAL[method], method="asymptotic")
            assert float(result.statistic[column]) == pytest.approx(expected.statistic)
            assert float(result.p[column]) == pytest.approx(expected.pvalue, rel=1e-9)


@settings(deadline=None)
@given(COUNTS, st.sampled_from(list(RankMethod)))
def test_counts_and_repeated_answers_say_the_same(counts: Floats, method: RankMethod) -> None:
    one = rank_sum(repeated(counts[0]), repeated(counts[1]), method)
    other = rank_sum_from_counts(POINTS, counts[0], counts[1], method)
    for name in ("statistic", "p", "z", "n", "effect", "exact", "reason", "df"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@settings(deadline=None)
@given(st.permutations(range(12)), st.integers(1, 11))
def test_without_ties_the_distribution_is_exact(order: list[int], size: int) -> None:
    first, second = np.array(order[:size], dtype=np.float64), np.array(order[size:], dtype=np.float64)
    result = rank_sum(first, second)
    expected = stats.mannwhitneyu(first, second, method="exact")
    assert float(result.p) == pytest.approx(expected.pvalue, rel=1e-12)
    assert (float(result.statistic), bool(result.exact)) == (expected.statistic, True)


@settings(deadline=None)
@given(COUNTS)
def test_samples_in_the_other_order_turn_the_result(counts: Floats) -> None:
    one = rank_sum_from_counts(POINTS, counts[0], counts[1])
    other = rank_sum_from_counts(POINTS, counts[1], counts[0])
    np.testing.assert_allclose(other.p, one.p, rtol=1e-9)
    np.testing.assert_allclose(other.effect, -one.effect, atol=1e-12)


def test_automatic_is_what_r_does() -> None:
    first, second = np.arange(0.0, 98.0, 2.0), np.arange(1.0, 99.0, 2.0)
    assert bool(rank_sum(first, second).exact)
    assert not rank_sum(np.append(first, 200.0), second).exact
    assert not rank_sum(np.append(first[:-1], 1.0), second).exact


def test_ten_million_answers_cost_no_more_than_ten() -> None:
    first, second = np.array([1, 2, 4, 9, 20, 35, 40]), np.array([2, 4, 9, 15, 20, 30, 25])
    small = rank_sum_from_counts(POINTS, first, second, RankMethod.NORMAL)
    large = rank_sum_from_counts(POINTS, first * 50_000, second * 50_000)
    assert float(large.n) > 1e7
    assert float(large.effect) == pytest.approx(float(small.effect), rel=1e-12)
    assert float(large.z) == pytest.approx(float(small.z) * math.sqrt(50_000), rel=1e-2)


def test_an_exact_test_with_ties_says_that_there_is_none() -> None:
    result = rank_sum([1.0, 2.0], [2.0, 3.0], RankMethod.EXACT)
    assert str(result.reason) == "ties, with which there is no exact distribution"


def test_shapes() -> None:
    assert rank_sum([1.0], [2.0]).p.shape == ()
    assert rank_sum(np.ones((4, 3)), np.zeros((2, 3))).p.shape == (3,)
    assert rank_sum(np.ones((4, 0)), np.ones((3, 0))).p.shape == (0,)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="both samples have the same columns"):
        rank_sum(np.ones((4, 3)), np.ones((4, 2)))
    with pytest.raises(ArgumentError, match="both samples have the same columns"):
        rank_sum(np.ones((4, 1)), np.ones(4))
    with pytest.raises(ArgumentError, match="both samples have counts of the same shape"):
        rank_sum_from_counts([1, 2], [1, 2], [[1, 2]])
    with pytest.raises(ArgumentError, match="counts2: some not whole"):
        rank_sum_from_counts([1, 2], [1, 2], [0.5, 2])
    with pytest.raises(ArgumentError, match="counts2"):
        rank_sum_from_counts([1, 2], [1, 2], [1, 2, 3])
