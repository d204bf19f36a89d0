"""Covariances of means: against numpy, against the house's own standard errors, against repeated rows."""

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.errors import ArgumentError, WeightError
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.covarying_means import joint_means
from servqual.statistics.moments import Moments
from servqual.statistics.weights import WeightKind


def table(seed: int, *, gaps: bool = False) -> Floats:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(40, 3)) @ rng.normal(size=(3, 3)) + 5
    if gaps:
        values[rng.random(values.shape) < 0.2] = np.nan
    return np.asarray(values)


def test_without_weights_it_is_the_covariance_over_n() -> None:
    values = table(1)
    found = joint_means(values)
    np.testing.assert_allclose(found.mean, values.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(found.covariance, np.cov(values.T) / 40, rtol=1e-12)
    assert found.n.tolist() == [40] * 3
    assert found.df.tolist() == [39] * 3
    assert repr(found) == "<JointMeans of 3 variables>"


@pytest.mark.parametrize("kind", [None, *WeightKind])
@pytest.mark.parametrize("gaps", [False, True])
def test_standard_errors_are_those_of_moments(kind: WeightKind | None, *, gaps: bool) -> None:
    values = table(2, gaps=gaps)
    weights = None if kind is None else np.random.default_rng(3).integers(0, 4, 40).astype(float)
    found, known = joint_means(values, weights, kind), Moments.of(values, weights, kind)
    np.testing.assert_allclose(found.mean, known.mean, rtol=1e-12)
    np.testing.assert_allclose(np.sqrt(np.diagonal(found.covariance)), known.standard_error, rtol=1e-11)
    np.testing.assert_array_equal(found.df, known.degrees_of_freedom)


@pytest.mark.parametrize("kind", [None, *WeightKind])
@pytest.mark.parametrize("gaps", [False, True])
def test_clustered_errors_are_those_of_cluster_sums(kind: WeightKind | None, *, gaps: bool) -> None:
    values, rng = table(4, gaps=gaps), np.random.default_rng(5)
    labels = rng.integers(0, 7, 40)
    weights = None if kind is None else rng.integers(0, 4, 40).astype(float)
    found = joint_means(values, weights, kind, labels)
    sums = Moments.of(values, weights, kind), ClusterSums.of(values, labels, weights, kind)
    np.testing.assert_allclose(np.sqrt(np.diagonal(found.covariance)), cluster_standard_error(*sums), rtol=1e-11)
    np.testing.assert_array_equal(found.df, sums[1].degrees_of_freedom)


def test_covariances_are_those_that_the_error_of_a_sum_tells() -> None:
    """Var (a + b) = Var a + Var b + 2 Cov (a, b), the sum taken person by person."""
    values, rng = table(6), np.random.default_rng(7)
    weights, labels = rng.uniform(0.2, 3, 40), rng.integers(0, 8, 40)
    for clusters in (None, labels):
        found = joint_means(values, weights, WeightKind.SAMPLING, clusters).covariance
        both = joint_means(values[:, :1] + values[:, 1:2], weights, WeightKind.SAMPLING, clusters).covariance[0, 0]
        assert found[0, 1] == pytest.approx((both - found[0, 0] - found[1, 1]) / 2, rel=1e-10)


def test_means_with_different_gaps_covary_by_those_they_share() -> None:
    values = table(8, gaps=True)
    found = joint_means(values)
    total = 0.0
    for one, other in values[:, :2]:
        if not np.isnan(one + other):
            total += (one - found.mean[0]) * (other - found.mean[1])
    n, m = found.n[:2]
    assert found.covariance[0, 1] == pytest.approx(total / np.sqrt(n * (n - 1) * m * (m - 1)), rel=1e-12)


def test_frequencies_are_repeated_rows() -> None:
    values, times = table(9, gaps=True), np.random.default_rng(10).integers(0, 4, 40)
    found = joint_means(values, times, WeightKind.FREQUENCY)
    known = joint_means(np.repeat(values, times, axis=0))
    for name in ("mean", "covariance", "n", "df"):
        np.testing.assert_allclose(getattr(found, name), getattr(known, name), rtol=1e-11)


def test_one_answer_has_no_error_and_none_no_mean() -> None:
    found = joint_means([[1.0, np.nan], [np.nan, np.nan]])
    assert found.mean[0] == 1.0
    assert np.isnan([found.mean[1], *found.covariance.ravel(), *found.df]).all()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"values: an array of shape \(3,\); the shape is \(rows, m\)"):
        joint_means([1.0, 2.0, 3.0])
    with pytest.raises(ArgumentError, match=r"clusters: shape \(2,\); there is one for each of 1 rows"):
        joint_means([[1.0]], clusters=[1, 2])
    with pytest.raises(WeightError, match="weights without their kind"):
        joint_means([[1.0]], [1.0])
