import copy
import pickle
import time

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from statsmodels.multivariate.factor import Factor

from servqual._arrays import Floats
from servqual.statistics import ArgumentError, ExploratoryFactors, Extraction, Inapplicable, Rotation, factor_analysis
from tests.statistics import attitude, harman
from tests.statistics.matching import matched

ML, MINRES = Extraction.ML, Extraction.MINRES


def found(result: ExploratoryFactors | Inapplicable) -> ExploratoryFactors:
    assert isinstance(result, ExploratoryFactors), result
    return result


def exact(seed: int, items: int, factors: int) -> tuple[Floats, Floats]:
    """Loadings of a simple structure, and the correlations that they imply."""
    rng = np.random.default_rng(seed)
    loadings = np.zeros((items, factors))
    loadings[range(items), np.arange(items) % factors] = rng.uniform(0.4, 0.9, items)
    return loadings, loadings @ loadings.T + np.diag(1 - (loadings**2).sum(axis=1))


def sampled(seed: int, n: int, items: int = 22, factors: int = 5) -> Floats:
    _, table = exact(seed, items, factors)
    return np.corrcoef(np.random.default_rng(seed).normal(size=(n, items)) @ np.linalg.cholesky(table).T, rowvar=False)


def test_four_factors_of_24_tests_are_those_of_r() -> None:
    likely = found(factor_analysis(harman.CORRELATION, 4, harman.N))
    np.testing.assert_allclose(likely.uniquenesses, harman.ML_UNIQUENESSES, rtol=0, atol=2e-8)
    assert likely.fit.statistic == pytest.approx(226.683844723, abs=1e-8)
    assert likely.fit.df == 186
    assert likely.fit.p_value == pytest.approx(0.0223955907964, abs=1e-11)
    least = found(factor_analysis(harman.CORRELATION, 4, harman.N, MINRES))
    np.testing.assert_allclose(least.communalities, harman.MINRES_COMMUNALITIES, rtol=0, atol=2e-9)
    # psych 2.2.9: $STATISTIC, $PVAL, $rms
    assert least.fit.statistic == pytest.approx(228.0363968, abs=1e-6)
    assert least.fit.p_value == pytest.approx(0.01931996649, abs=1e-9)
    assert least.fit.residual_rms == pytest.approx(0.04082008438, abs=1e-10)
    assert likely.converged
    assert least.converged


def test_factors_of_few_respondents_are_those_of_r() -> None:
    # factanal(covmat = cor(attitude), factors = f, n.obs = 30, rotation = "none",
    #          control = list(opt = list(factr = 1)))
    one, two, three = (found(factor_analysis(attitude.CORRELATION, f, 30)) for f in (1, 2, 3))
    np.testing.assert_allclose(
        [each.fit.statistic for each in (one, two)], [24.6916299614629, 5.474201194011], rtol=1e-11
    )
    np.testing.assert_allclose([each.fit.p_value for each in (one, two)], [0.0377365762693, 0.705896579863], rtol=1e-10)
    assert one.fit.discrepancy == pytest.approx(0.9811243693297, rel=1e-11)
    # fmt: off
    np.testing.assert_allclose(two.loadings[:, 0], [
        0.3608032418, 0.4356810089, 0.4544170450, 0.6568970703, 0.7069601563, 0.3147303313, 0.9536815617,
    ], rtol=0, atol=1e-7)
    np.testing.assert_allclose(three.uniquenesses, [
        0.2274498971054, 0.0801703453206, 0.6393720341858, 0.005, 0.2387753456144, 0.7711238494528, 0.2993798209665,
    ], rtol=0, atol=1e-7)
    # fmt: on
    assert (one.improper, two.improper, three.improper) == ((), (), (3,))
    assert three.fit.statistic == pytest.approx(2.061919996428, abs=1e-9)
    assert "1 improper" in repr(three)


def test_principal_axes_repeated_to_the_end_are_minres() -> None:
    # psych 2.2.9: fa(attitude, 2, rotate = "none", fm = "pa", max.iter = 1e5, min.err = 1e-14, n.obs = 30)
    least = found(factor_analysis(attitude.CORRELATION, 2, 30, MINRES))
    first = (0.7846432646, 0.8606786803, 0.5899085598, 0.7709946035, 0.8276542063, 0.2843796111, 0.5914646269)
    second = (-0.4052404398, -0.3797693392, -0.0170553071, 0.0619350166, 0.1427274523, 0.1671642635, 0.7464030120)
    theirs = np.array([first, second]).T
    np.testing.assert_allclose(matched(least.loadings, theirs), theirs, rtol=0, atol=1e-9)
    assert least.fit.statistic == pytest.approx(5.666879748, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Extraction)), st.integers(1, 3))
def test_an_exact_structure_is_recovered(seed: int, method: Extraction, factors: int) -> None:
    loadings, table = exact(seed, 4 * factors, factors)
    result = found(factor_analysis(table, factors, 200, method, Rotation.OBLIMIN))
    np.testing.assert_allclose(matched(result.loadings, loadings), loadings, atol=1e-4)
    assert result.fit.statistic == pytest.approx(0, abs=1e-6)
    assert result.fit.residual_rms == pytest.approx(0, abs=1e-6)
    assert result.fit.p_value == pytest.approx(1, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Extraction)), st.integers(1, 3), st.sampled_from(list(Rotation)))
def test_communalities_and_uniquenesses_make_one(
    seed: int, method: Extraction, factors: int, rotation: Rotation
) -> None:
    rng = np.random.default_rng(seed)
    table = np.asarray(np.corrcoef(rng.normal(size=(8, 60)) + 0.8 * rng.normal(size=60)))
    result = found(factor_analysis(table, factors, 60, method, rotation))
    assert result.converged
    if not result.improper:
        np.testing.assert_allclose(result.communalities + result.uniquenesses, 1, atol=1e-7)
    np.testing.assert_allclose(
        (result.structure * result.loadings).sum(axis=1), result.communalities, rtol=0, atol=1e-8
    )
    assert result.explained.sum() == pytest.approx(result.communalities.mean())
    order = rng.permutation(8)
    turned = found(factor_analysis(table[np.ix_(order, order)], factors, 60, method))
    assert turned.fit.discrepancy == pytest.approx(result.fit.discrepancy, abs=1e-5)


def test_maximum_likelihood_agrees_with_statsmodels_and_does_not_wait() -> None:
    table = sampled(1, 2000)
    ours: list[float] = []
    theirs: list[float] = []
    result = found(factor_analysis(table, 5))
    for _ in range(5):
        start = time.perf_counter()
        factor_analysis(table, 5)
        middle = time.perf_counter()
        peer = Factor(corr=table, n_factor=5, method="ml", nobs=2000).fit()
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    np.testing.assert_allclose(result.communalities, 1 - peer.uniqueness, atol=1e-4)
    assert min(ours) < min(theirs)


def test_non_convergence_is_reported() -> None:
    result = found(factor_analysis(harman.CORRELATION, 4, harman.N, max_iterations=1))
    assert (result.converged, result.iterations) == (False, 1)
    assert "not converged" in repr(result)


@pytest.mark.parametrize("method", list(Extraction))
def test_too_many_factors_for_what_is_there(method: Extraction) -> None:
    _, table = exact(3, 8, 1)
    result = found(factor_analysis(table, 3, 200, method, Rotation.PROMAX))
    assert result.fit.residual_rms < 1e-6
    assert np.isfinite(result.loadings).all()
    assert found(factor_analysis(np.eye(5), 1, 200, method)).fit.residual_rms < 1e-8


def test_singular_correlations_have_no_likelihood_but_least_squares() -> None:
    table = attitude.CORRELATION
    twice = np.vstack([np.hstack([table, table[:, :1]]), np.append(table[0], 1.0)])
    assert "singular" in str(factor_analysis(twice, 2, 30))
    least = found(factor_analysis(twice, 2, 30, MINRES))
    assert np.isnan([least.fit.statistic, least.fit.p_value, least.fit.discrepancy]).all()
    indefinite = [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]
    assert "not positive definite" in str(factor_analysis(indefinite, 1))


def test_without_respondents_there_is_no_test() -> None:
    alone, few = (found(factor_analysis(harman.CORRELATION, 4, n)) for n in (None, 5))
    for each in (alone, few):
        assert np.isnan([each.fit.statistic, each.fit.p_value]).all()
        assert np.isfinite(each.fit.discrepancy)


def test_no_solution_says_why() -> None:
    constant = attitude.CORRELATION.copy()
    constant[2] = constant[:, 2] = np.nan
    assert "do not vary" in str(factor_analysis(constant, 1))
    assert "position 2" in str(factor_analysis(constant, 1))


@pytest.mark.parametrize(("items", "factors", "most"), [(7, 4, 3), (7, 0, 3), (7, 7, 3), (3, 2, 1), (6, 4, 3)])
def test_more_factors_than_items_determine_are_refused(items: int, factors: int, most: int) -> None:
    with pytest.raises(ArgumentError, match=f"{items} items determine at most {most} factors"):
        factor_analysis(attitude.CORRELATION[:items, :items], factors)


def test_two_items_determine_no_factor() -> None:
    with pytest.raises(ArgumentError, match="2 items determine no factor"):
        factor_analysis([[1.0, 0.5], [0.5, 1.0]], 1)
    with pytest.raises(ArgumentError, match="it holds correlations"):
        factor_analysis(attitude.COVARIANCE, 1)


def test_results_are_numbers_that_nobody_writes_to() -> None:
    result = found(factor_analysis(harman.CORRELATION, 4, harman.N, rotation=Rotation.PROMAX))
    for each in (result, pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):  # noqa: S301 - just written
        np.testing.assert_array_equal(each.loadings, result.loadings)
        assert not each.loadings.flags.writeable
        assert not each.structure.flags.writeable
    assert repr(result) == "<ExploratoryFactors: 4 of 24 items, maximum_likelihood, rotation promax>"
