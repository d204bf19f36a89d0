"""LMG from some orderings: right on average, with an error that tells how far."""

import numpy as np
import pytest

from servqual.errors import ArgumentError
from servqual.statistics.importance import explained_variance, sampled_variance_shares, variance_shares
from tests.statistics.test_importance import MATRIX


def large(predictors: int, seed: int = 1) -> np.ndarray:
    """The covariances of related columns."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(200, predictors + 1)) + rng.normal(size=(200, 1))
    return np.cov(rows.T)


def test_they_sum_to_the_variance_explained_and_lie_within_their_error() -> None:
    found = sampled_variance_shares(MATRIX, orderings=2000, rng=3)
    exact = variance_shares(MATRIX)
    assert found.shares.sum() == pytest.approx(float(explained_variance(MATRIX)), abs=1e-10)
    assert (np.abs(found.shares - exact) < 4 * found.errors + 1e-12).all()
    assert repr(found) == "<SampledShares of 6 predictors from 2000 orderings>"


def test_the_error_is_that_of_repeating_the_draw() -> None:
    draws = np.array([sampled_variance_shares(MATRIX, orderings=40, rng=seed).shares for seed in range(400)])
    told = np.mean([sampled_variance_shares(MATRIX, orderings=40, rng=seed).errors ** 2 for seed in range(400)], axis=0)
    np.testing.assert_allclose(np.sqrt(told), draws.std(axis=0), rtol=0.15)
    np.testing.assert_allclose(draws.mean(axis=0), variance_shares(MATRIX), atol=4 * draws.std() / 20)


def test_an_ordering_and_its_reverse_are_all_there_is_for_two_predictors() -> None:
    matrix = MATRIX[np.ix_([0, 2, 6], [0, 2, 6])]
    found = sampled_variance_shares(matrix, orderings=4, rng=1)
    np.testing.assert_allclose(found.shares, variance_shares(matrix), atol=1e-12)
    np.testing.assert_allclose(found.errors, 0, atol=1e-8)


def test_groups_stay_together_and_controls_come_first() -> None:
    groups, controls = [(1, 3), (2, 4)], [5]
    exact = variance_shares(MATRIX, groups=groups, controls=controls)
    found = sampled_variance_shares(MATRIX, orderings=4000, rng=1, groups=groups, controls=controls)
    assert (np.abs(found.shares - exact) < 4 * found.errors + 1e-12).all()
    assert found.shares.sum() == pytest.approx(exact.sum(), abs=1e-10)


def test_thirty_predictors_are_few_enough() -> None:
    matrix = large(30)
    found = sampled_variance_shares(matrix, orderings=400, rng=1)
    assert found.shares.shape == (30,)
    assert found.shares.sum() == pytest.approx(float(explained_variance(matrix)), abs=1e-9)
    assert found.errors.max() < 0.01


def test_a_stack_has_the_same_orderings_throughout() -> None:
    stack = np.stack([MATRIX, MATRIX * 4, np.full((7, 7), np.nan)])
    found = sampled_variance_shares(stack, orderings=20, rng=5)
    np.testing.assert_allclose(found.shares[0], found.shares[1], atol=1e-12)
    assert np.isnan(found.shares[2]).all()
    alone = sampled_variance_shares(MATRIX, orderings=20, rng=np.random.default_rng(5))
    np.testing.assert_allclose(found.shares[0], alone.shares, atol=1e-12)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"orderings": 5}, "orderings: 5; orderings come in pairs.*an even number, 4 at least"),
        ({"orderings": 2}, "orderings: 2"),
        ({"orderings": 10.0}, "orderings: 10.0"),
        ({"rng": None}, "rng: None; what is drawn at random has a seed"),
        ({"groups": [(0, 7)]}, "groups: position 7"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, object], told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        sampled_variance_shares(MATRIX, **({"orderings": 10, "rng": 1} | change))  # type: ignore[arg-type]
