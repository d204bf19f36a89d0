import time

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    ChiSquared,
    Inapplicable,
    ParallelAnalysis,
    SamplingAdequacy,
    Scree,
    bartlett_sphericity,
    kmo,
    parallel_analysis,
    scree,
)
from tests.statistics import attitude, harman


def correlation(seed: int, items: int = 6) -> Floats:
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(items, items)) @ rng.normal(size=(items, 50))
    return np.asarray(np.corrcoef(mixed + rng.normal(size=50)))


def adequacy(table: Floats) -> SamplingAdequacy:
    found = kmo(table)
    assert isinstance(found, SamplingAdequacy)
    return found


def parallel(found: ParallelAnalysis | Inapplicable) -> ParallelAnalysis:
    assert isinstance(found, ParallelAnalysis)
    return found


def test_sampling_adequacy_is_that_of_psych() -> None:
    # psych 2.2.9: KMO(R)
    few, many = adequacy(attitude.CORRELATION), adequacy(harman.CORRELATION)
    assert few.overall == pytest.approx(0.763275432159, abs=1e-11)
    theirs = (0.731726405, 0.737495687, 0.844183071, 0.811414231, 0.814375214, 0.693597750, 0.651074388)
    np.testing.assert_allclose(few.items, theirs, rtol=0, atol=1e-9)
    assert many.overall == pytest.approx(0.881333502410, abs=1e-11)
    np.testing.assert_allclose(many.items, harman.ADEQUACY, rtol=0, atol=1e-9)


def test_sphericity_is_that_of_psych() -> None:
    # psych 2.2.9: cortest.bartlett(R, n)
    few, many = bartlett_sphericity(attitude.CORRELATION, 30), bartlett_sphericity(harman.CORRELATION, 145)
    assert few == pytest.approx((98.7527786622, 21, 4.79253903553e-12), rel=1e-9)
    assert many == pytest.approx((1545.86186333, 276, 2.39956107245e-175), rel=1e-8)


@given(st.integers(0, 10_000), st.integers(2, 9))
def test_adequacy_is_a_share_and_does_not_know_directions(seed: int, items: int) -> None:
    table = correlation(seed, items)
    found = adequacy(table)
    assert 0 <= found.overall <= 1
    assert ((found.items >= 0) & (found.items <= 1)).all()
    signs = np.where(np.arange(items) % 2, -1.0, 1.0)
    np.testing.assert_allclose(adequacy(table * np.outer(signs, signs)).items, found.items, rtol=1e-7)


def test_two_items_are_half_adequate() -> None:
    assert adequacy(np.array([[1.0, 0.7], [0.7, 1.0]])).overall == pytest.approx(0.5)


def test_without_correlations_there_is_nothing_to_measure() -> None:
    assert np.isnan(adequacy(np.eye(3)).overall)
    assert bartlett_sphericity(np.eye(3), 50) == ChiSquared(0.0, 3, 1.0)


@given(st.integers(0, 10_000), st.integers(2, 9))
def test_a_scree_shares_out_the_variance(seed: int, items: int) -> None:
    found = scree(correlation(seed, items))
    assert isinstance(found, Scree)
    assert found.eigenvalues.sum() == pytest.approx(items)
    assert (np.diff(found.eigenvalues) <= 1e-12).all()
    assert found.cumulative[-1] == pytest.approx(1)
    assert 1 <= found.above_one < items


def test_random_eigenvalues_are_those_of_random_answers() -> None:
    n, p, rng = 60, 5, np.random.default_rng(3)
    roots = [np.linalg.eigvalsh(np.corrcoef(rng.normal(size=(p, n))))[::-1] for _ in range(4000)]
    found = parallel(parallel_analysis(np.eye(p), n, rng=4, draws=4000))
    np.testing.assert_allclose(found.random_mean, np.mean(roots, axis=0), atol=0.01)
    np.testing.assert_allclose(found.thresholds, np.quantile(roots, 0.95, axis=0), atol=0.015)
    assert found.factors == 0
    assert found.random_mean.sum() == pytest.approx(p)


def test_known_numbers_of_factors_are_found() -> None:
    # two blocks of four items that correlate by .5 within, and by .1 across
    blocks = np.kron([[0.5, 0.1], [0.1, 0.5]], np.ones((4, 4)))
    np.fill_diagonal(blocks, 1.0)
    assert parallel(parallel_analysis(blocks, 300, rng=1)).factors == 2
    assert parallel(parallel_analysis(harman.CORRELATION, harman.N, rng=1)).factors == 3
    assert parallel(parallel_analysis(attitude.CORRELATION, 30, rng=1)).factors == 1


def test_a_seed_makes_it_repeatable() -> None:
    first, again, other = (
        parallel(parallel_analysis(harman.CORRELATION, 145, rng=rng)) for rng in (1, np.random.default_rng(1), 2)
    )
    np.testing.assert_array_equal(first.thresholds, again.thresholds)
    assert (first.thresholds != other.thresholds).any()
    assert not first.thresholds.flags.writeable


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.floats(0.5, 0.99))
def test_a_higher_quantile_keeps_no_more(seed: int, quantile: float) -> None:
    table = correlation(seed)
    low = parallel(parallel_analysis(table, 50, rng=1, draws=100, quantile=quantile))
    high = parallel(parallel_analysis(table, 50, rng=1, draws=100, quantile=0.995))
    assert high.factors <= low.factors
    assert (high.thresholds >= low.thresholds).all()


def test_many_respondents_cost_no_more() -> None:
    start = time.perf_counter()
    parallel_analysis(harman.CORRELATION, 10_000_000, rng=1)
    assert time.perf_counter() - start < 2


def test_what_does_not_exist_says_why() -> None:
    twice = np.ones((2, 2))
    for statistic in (kmo, lambda table: bartlett_sphericity(table, 50)):
        assert "singular" in str(statistic(twice))
        assert "there is one" in str(statistic([[1.0]]))
        assert "positions 0, 1" in str(statistic([[np.nan, np.nan], [np.nan, np.nan]]))
    assert "there is one" in str(scree([[1.0]]))
    assert "there is one" in str(parallel_analysis([[1.0]], 10, rng=1))
    assert "3 respondents are too few" in str(bartlett_sphericity(attitude.CORRELATION, 3))
    assert "7 respondents are too few for 7 items" in str(parallel_analysis(attitude.CORRELATION, 7, rng=1))


def test_arguments_are_checked() -> None:
    for draws, quantile in ((0, 0.95), (10, 0.0), (10, 95)):
        with pytest.raises(ArgumentError, match="at least one draw"):
            parallel_analysis(attitude.CORRELATION, 30, rng=1, draws=draws, quantile=quantile)
    with pytest.raises(ArgumentError, match="finite and not negative"):
        bartlett_sphericity(attitude.CORRELATION, -3)
    with pytest.raises(ArgumentError, match="it holds correlations"):
        kmo(attitude.COVARIANCE)
