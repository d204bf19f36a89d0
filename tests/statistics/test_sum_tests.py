import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual.statistics import (
    ArgumentError,
    ClusterSums,
    Covariance,
    CrossProducts,
    Moments,
    WeightKind,
    mean_difference_test,
    mean_test,
    ols,
    pair_test,
)

SEEDS = st.integers(0, 10_000)


@settings(deadline=None)
@given(SEEDS)
def test_means_of_sums_are_tested_as_their_answers(seed: int) -> None:
    gaps = np.random.default_rng(seed).normal(-0.3, 1, (12, 3))
    whole = mean_test(Moments.of(gaps), against=0.2)
    np.testing.assert_allclose(whole.p, stats.ttest_1samp(gaps, 0.2).pvalue, rtol=1e-9)
    merged = mean_test(Moments.of(gaps[:5]) + Moments.of(gaps[5:]), against=0.2)
    np.testing.assert_allclose(merged.p, whole.p, rtol=1e-9)


@settings(deadline=None)
@given(SEEDS)
def test_pairs_of_columns_are_tested_as_their_differences(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(1, 8, (3, 15)).astype(np.float64)
    answers[0, :2] = np.nan
    result = pair_test(CrossProducts.of(answers), [0, 1], [2, 2])
    expected = stats.ttest_rel(answers[:2].T, answers[[2, 2]].T, nan_policy="omit")
    np.testing.assert_allclose(result.p, expected.pvalue, rtol=1e-9)
    np.testing.assert_array_equal(result.df, [12, 14])


def test_frequencies_are_repeated_rows() -> None:
    answers, times = np.array([[5.0, 6.0], [4.0, 6.0], [7.0, 5.0]]), [3, 2, 4]
    repeated = np.repeat(answers, times, axis=0)
    pairs = CrossProducts.of(answers.T, times, WeightKind.FREQUENCY)
    np.testing.assert_allclose(pair_test(pairs, 0, 1).p, stats.ttest_rel(*repeated.T).pvalue, rtol=1e-9)
    moments = Moments.of(answers, times, WeightKind.FREQUENCY)
    np.testing.assert_allclose(mean_test(moments, against=5).p, stats.ttest_1samp(repeated, 5).pvalue, rtol=1e-9)


def test_equal_sampling_weights_change_nothing() -> None:
    answers = np.array([[5.0], [4.0], [7.0], [2.0]])
    weighted = Moments.of(answers, [2.5] * 4, WeightKind.SAMPLING)
    np.testing.assert_allclose(mean_test(weighted, against=3).p, mean_test(Moments.of(answers), against=3).p, rtol=1e-9)


def test_pairs_with_sampling_weights_are_refused_with_the_way_out() -> None:
    pairs = CrossProducts.of(np.ones((2, 3)), [1.0, 2.0, 3.0], WeightKind.SAMPLING)
    with pytest.raises(ArgumentError, match=r"sampling weights; .*Hint: sum the differences themselves"):
        pair_test(pairs, 0, 1)


@settings(deadline=None)
@given(SEEDS)
def test_clustered_means_are_tested_as_a_regression_on_a_constant(seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers, branch = rng.normal(0.5, 1, (20, 1)), rng.integers(0, 5, 20)
    branch[:2] = 0, 1
    result = mean_test(Moments.of(answers), ClusterSums.of(answers, branch))
    fit = ols(answers[:, 0], np.ones((20, 1)), ["mean"], intercept=False, covariance=Covariance.CLUSTER, groups=branch)
    expected = fit.tests()
    np.testing.assert_allclose(result.p, expected.p, rtol=1e-9)
    np.testing.assert_allclose(result.df, expected.df)


@settings(deadline=None)
@given(SEEDS)
def test_two_samples_are_tested_by_welch(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = rng.normal(0, 1, (9, 2)), rng.normal(0.5, 2, (14, 2))
    result = mean_difference_test(Moments.of(first), Moments.of(second))
    np.testing.assert_allclose(result.p, stats.ttest_ind(first, second, equal_var=False).pvalue, rtol=1e-9)
    assert result.null == "the difference of the means is 0"


@settings(deadline=None)
@given(SEEDS, st.sampled_from([0, 100]))
def test_two_clustered_samples_are_tested_as_a_regression_on_the_sample(seed: int, apart: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = rng.normal(0, 1, (30, 1)), rng.normal(0.5, 2, (24, 1))
    branches = np.arange(30) % 5, np.arange(24) % 4 + apart
    clusters = tuple(ClusterSums.of(x, g) for x, g in zip((first, second), branches, strict=True))
    result = mean_difference_test(Moments.of(first), Moments.of(second), (clusters[0], clusters[1]))
    y, sample = np.concatenate([first, second])[:, 0], np.repeat([1.0, 0.0], [30, 24])[:, None]
    fit = ols(y, sample, ["first"], covariance=Covariance.CLUSTER, groups=np.concatenate(branches))
    # the regression corrects by (n − 1) / (n − 2) besides, for its second coefficient
    np.testing.assert_allclose(result.se, fit.standard_errors[1] / np.sqrt(53 / 52), rtol=1e-9)
    assert float(result.df[0]) == fit.df_test == (8 if apart else 4)


def test_what_branches_have_in_common_cancels_between_periods() -> None:
    rng = np.random.default_rng(3)
    level = np.repeat(rng.normal(0, 3, 10), 8)
    before, after = (level + rng.normal(shift, 1, 80) for shift in (0.0, 0.8))
    names = np.repeat(np.arange(10), 8)
    sums = [(Moments.of(x[:, None]), ClusterSums.of(x[:, None], names)) for x in (after, before)]
    paired = mean_difference_test(sums[0][0], sums[1][0], (sums[0][1], sums[1][1]))
    others = ClusterSums.of(before[:, None], names + 100)
    apart = mean_difference_test(sums[0][0], sums[1][0], (sums[0][1], others))
    assert float(paired.p[0]) < 0.01
    assert float(apart.p[0]) > 0.5


def test_two_samples_that_do_not_fit_are_refused() -> None:
    one, two = Moments.of(np.ones((3, 1))), Moments.of(np.ones((3, 2)))
    with pytest.raises(ArgumentError, match="1 against 2 variables"):
        mean_difference_test(one, two)
    wrong = ClusterSums.of(np.ones((4, 1)), [1, 1, 2, 2])
    with pytest.raises(ArgumentError, match="moments and clusters are of the same answers"):
        mean_difference_test(one, one, (wrong, wrong))
    with pytest.raises(ArgumentError, match="moments and clusters are of the same answers"):
        mean_test(one, wrong)


def test_one_cluster_in_all_is_no_test() -> None:
    answers = np.array([[1.0], [2.0], [4.0]])
    moments, clusters = Moments.of(answers), ClusterSums.of(answers, ["a", "a", "a"])
    for result in (mean_test(moments, clusters), mean_difference_test(moments, moments, (clusters, clusters))):
        assert result.reason.tolist() == ["fewer than two clusters"]
