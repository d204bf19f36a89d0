import copy
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, ConfirmatoryFactors, Inapplicable, confirmatory_factor_analysis
from tests.statistics import holzinger

THREE = holzinger.BLOCKS


def found(result: ConfirmatoryFactors | Inapplicable) -> ConfirmatoryFactors:
    assert isinstance(result, ConfirmatoryFactors), result
    return result


def structure(seed: int, sizes: tuple[int, ...]) -> tuple[Floats, Floats, Floats, tuple[range, ...]]:
    """Loadings, factor correlations, the covariances that they imply, and the blocks."""
    rng = np.random.default_rng(seed)
    ends = np.cumsum((0, *sizes))
    blocks = tuple(range(a, b) for a, b in pairwise(ends))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    loadings = rng.uniform(0.4, 0.9, owner.size) * np.where(rng.random(owner.size) < 0.1, -1, 1)
    loadings[ends[:-1]] = np.abs(loadings[ends[:-1]])
    mixed = np.eye(len(sizes)) + 0.6
    among = mixed / mixed[0, 0]
    table = np.outer(loadings, loadings) * among[np.ix_(owner, owner)]
    np.fill_diagonal(table, 1.0)
    return loadings, among, table, blocks


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(3, 3), (4, 5, 3), (3, 2, 4), (5, 4, 5, 4, 4)]))
def test_a_structure_is_recovered_from_what_it_implies(seed: int, sizes: tuple[int, ...]) -> None:
    loadings, among, table, blocks = structure(seed, sizes)
    sd = np.random.default_rng(seed).uniform(0.5, 3, len(table))
    result = found(confirmatory_factor_analysis(table * np.outer(sd, sd), 300, blocks))
    assert result.proper
    assert result.fit.chi_squared == pytest.approx(0, abs=1e-6)
    assert result.fit.srmr == pytest.approx(0, abs=1e-5)
    # a factor of two items is told by little: a sign of one factor turns its correlations too
    turn = np.sign([result.standardised[block[0]] for block in blocks])
    np.testing.assert_allclose(result.standardised * turn[result.owner], loadings, atol=1e-4)
    np.testing.assert_allclose(result.factor_correlations * np.outer(turn, turn), among, atol=1e-4)
    np.testing.assert_allclose(result.loadings, result.standardised * sd * np.sqrt(299 / 300), rtol=1e-6)
    np.testing.assert_allclose(result.implied_correlations, table, atol=1e-5)


def test_the_published_example_is_that_of_lavaan() -> None:
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE, holzinger.N, THREE))
    mine = (result.loadings, result.loading_errors, result.standardised, result.standardised_errors)
    np.testing.assert_allclose(np.column_stack(mine), holzinger.LOADINGS, rtol=0, atol=2e-6)
    residuals = np.column_stack([result.residuals, result.residual_errors])
    np.testing.assert_allclose(residuals, holzinger.RESIDUALS, rtol=0, atol=2e-6)
    pairs = ([0, 0, 1], [1, 2, 2])
    factors = np.column_stack([result.factor_correlations[pairs], result.correlation_errors[pairs]])
    np.testing.assert_allclose(factors, holzinger.FACTORS, rtol=0, atol=2e-6)
    for name, value in holzinger.FIT.items():
        assert getattr(result.fit, name) == pytest.approx(value, rel=1e-6), name
    assert result.proper
    assert repr(result) == "<ConfirmatoryFactors: 3 factors of 9 items, χ²(24) = 85.306, CFI 0.931, RMSEA 0.092>"


def test_the_order_of_items_and_blocks_does_not_matter() -> None:
    order = np.random.default_rng(1).permutation(9)
    table = holzinger.COVARIANCE[np.ix_(order, order)]
    blocks = [np.flatnonzero(np.isin(order, THREE[factor])).tolist() for factor in (2, 0, 1)]
    first = found(confirmatory_factor_analysis(holzinger.COVARIANCE, 301, THREE))
    result = found(confirmatory_factor_analysis(table, 301, blocks))
    np.testing.assert_allclose(result.loadings, first.loadings[order], atol=1e-7)
    assert result.factor_correlations[0, 1] == pytest.approx(first.factor_correlations[2, 0], abs=1e-7)
    assert result.fit.chi_squared == pytest.approx(first.fit.chi_squared, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_turned_items_turn_their_loadings_only(seed: int) -> None:
    signs = np.where(np.random.default_rng(seed).random(9) < 0.3, -1.0, 1.0)
    first = found(confirmatory_factor_analysis(holzinger.COVARIANCE, 301, THREE))
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE * np.outer(signs, signs), 301, THREE))
    np.testing.assert_allclose(np.abs(result.loadings), np.abs(first.loadings), atol=1e-6)
    np.testing.assert_allclose(np.abs(result.factor_correlations), np.abs(first.factor_correlations), atol=1e-6)
    assert result.fit.chi_squared == pytest.approx(first.fit.chi_squared, abs=1e-7)


def test_errors_shrink_with_the_root_of_n_and_are_those_of_simulation() -> None:
    loadings, _, table, blocks = structure(5, (4, 4))
    root, rng = np.linalg.cholesky(table), np.random.default_rng(6)
    draws = [np.cov(root @ rng.normal(size=(8, 400))) for _ in range(200)]
    results = [found(confirmatory_factor_analysis(each, 400, blocks)) for each in draws]
    expected = found(confirmatory_factor_analysis(table, 400, blocks))
    spread = np.std([each.standardised for each in results], axis=0)
    np.testing.assert_allclose(spread, expected.standardised_errors, rtol=0.2)
    np.testing.assert_allclose(np.mean([each.standardised for each in results], axis=0), loadings, atol=0.01)
    assert np.mean([each.fit.chi_squared for each in results]) == pytest.approx(expected.fit.df, rel=0.1)
    four = found(confirmatory_factor_analysis(table, 1600, blocks))
    np.testing.assert_allclose(four.standardised_errors * 2, expected.standardised_errors, rtol=1e-6)


def test_a_negative_residual_variance_is_shown() -> None:
    # lavaan 0.6-14: cfa("f =~ a + b + c + d", sample.cov = S, sample.nobs = 100, std.lv = TRUE): Heywood case
    table = [[1.0, 0.8, 0.7, 0.2], [0.8, 1.0, 0.3, 0.25], [0.7, 0.3, 1.0, 0.1], [0.2, 0.25, 0.1, 1.0]]
    result = found(confirmatory_factor_analysis(table, 100, [range(4)]))
    np.testing.assert_allclose(result.loadings, [1.344, 0.590, 0.519, 0.021], atol=6e-4)
    np.testing.assert_allclose(result.residuals, [-0.816, 0.642, 0.721, 0.990], atol=6e-4)
    np.testing.assert_allclose(result.loading_errors, [0.118, 0.103, 0.102, 0.048], atol=6e-4)
    assert result.fit.chi_squared == pytest.approx(6.489, abs=6e-4)
    assert result.negative_residuals == (0,)
    assert result.converged
    assert not result.proper
    assert "improper" in repr(result)


def test_factors_that_are_one_are_shown() -> None:
    table = np.array([[1.0, 0.3, 0.5, 0.5], [0.3, 1.0, 0.5, 0.5], [0.5, 0.5, 1.0, 0.3], [0.5, 0.5, 0.3, 1.0]])
    result = found(confirmatory_factor_analysis(table, 200, [[0, 1], [2, 3]]))
    assert result.excessive_correlations == ((0, 1),)
    assert result.factor_correlations[0, 1] == pytest.approx(0.5 / 0.3, abs=1e-4)
    assert not result.factors_definite
    assert not result.proper


def test_factors_that_nothing_tells_apart_are_shown() -> None:
    # two items of a factor that correlates with no other: only the product of their loadings is known
    table = np.kron(np.eye(2), [[1.0, 0.5], [0.5, 1.0]])
    result = found(confirmatory_factor_analysis(table, 200, [[0, 1], [2, 3]]))
    assert not result.identified
    assert not result.proper
    assert np.isnan(result.loading_errors).all()


def test_non_convergence_is_shown() -> None:
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE, 301, THREE, max_iterations=1))
    assert (result.converged, result.iterations, result.proper) == (False, 1, False)


def test_an_item_alone_is_its_factor() -> None:
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE, 301, [[0, 1, 2], [3, 4, 5], [6], [7, 8]]))
    assert result.standardised[6] == 1
    assert result.standardised_errors[6] == 0
    assert result.residuals[6] == 0
    assert np.isnan(result.residual_errors).tolist() == [False] * 6 + [True, False, False]
    assert np.isnan(result.correlation_errors).tolist() == np.eye(4, dtype=bool).tolist()
    assert result.fit.df == 45 - (9 + 8 + 6)
    assert result.proper


def test_three_items_of_one_factor_fit_perfectly() -> None:
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE[:3, :3], 301, [range(3)]))
    assert result.fit.df == 0
    assert result.fit.chi_squared == pytest.approx(0, abs=1e-8)
    # the triad: λ₁² = s₁₂ s₁₃ / s₂₃
    s = holzinger.COVARIANCE * 300 / 301
    assert result.loadings[0] ** 2 == pytest.approx(s[0, 1] * s[0, 2] / s[1, 2], rel=1e-6)


def test_no_solution_says_why() -> None:
    table = holzinger.COVARIANCE.copy()
    assert "3 variances and covariances do not determine 4 parameters" in str(
        confirmatory_factor_analysis(table[:2, :2], 301, [[0, 1]])
    )
    table[4] = table[:, 4] = 0.0
    assert "position 4" in str(confirmatory_factor_analysis(table, 301, THREE))
    assert "singular" in str(confirmatory_factor_analysis(np.ones((4, 4)), 301, [range(4)]))
    assert "at least 2 respondents" in str(confirmatory_factor_analysis(holzinger.COVARIANCE, 1, THREE))


@pytest.mark.parametrize(
    ("blocks", "rule"),
    [
        ([], "each block has at least one item"),
        ([range(9), []], "each block has at least one item"),
        ([range(8)], "nothing at position 8; every item stands in a block"),
        ([range(9), [3]], "each item stands in one block"),
        ([range(8), [9]], "positions outside 0 to 8"),
    ],
)
def test_blocks_divide_the_items(blocks: list[list[int]], rule: str) -> None:
    with pytest.raises(ArgumentError, match=rule):
        confirmatory_factor_analysis(holzinger.COVARIANCE, 301, blocks)


def test_results_are_numbers_that_nobody_writes_to() -> None:
    result = found(confirmatory_factor_analysis(holzinger.COVARIANCE, 301, THREE))
    for each in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):  # noqa: S301 - just written
        np.testing.assert_array_equal(each.loadings, result.loadings)
        assert not each.loadings.flags.writeable
        assert each.fit == result.fit
    assert len(pickle.dumps(result)) < 4000
