"""Correlations and intraclass correlations: as asked for behind the answers, a little smaller between them."""

from typing import Any

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.catalogue import servqual
from servqual.instruments import Scale
from servqual.simulate import survey
from servqual.simulate.normals import factor_of
from tests.simulate.samples import FOUR, PERCENT, dimension_means, kiosk, numbers

N = 100_000
# On this scale nothing is rounded and next to nothing held, so that answers are the numbers behind them.
OPEN: dict[str, Any] = {"means": {"perception": 50.0, "expectation": 50.0}, "sd": 8.0}


def correlation(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def allowance(truth: float) -> float:
    return FOUR * (1 - truth**2) / np.sqrt(N) + 1e-6


def reliability(items: int, rho: float) -> float:
    return items * rho / (1 + (items - 1) * rho)


@pytest.mark.parametrize("dimensions", [-0.7, 0.0, 0.6, 1.0])
def test_two_answers_correlate_by_the_product_of_items_and_levels(dimensions: float) -> None:
    rho, levels = 0.4, -0.3
    sample = survey(
        kiosk(PERCENT), N, correlation=dimensions, level_correlation=levels, item_correlation=rho, rng=5, **OPEN
    )
    perceived, expected = numbers(sample, "perception"), numbers(sample, "expectation")
    pairs = [
        (perceived[0], perceived[1], rho),
        (perceived[0], perceived[3], rho * dimensions),
        (perceived[0], expected[0], levels),
        (perceived[0], expected[2], rho * levels),
        (perceived[0], expected[4], rho * dimensions * levels),
    ]
    for one, other, truth in pairs:
        assert abs(correlation(one, other) - truth) < allowance(truth)


@pytest.mark.parametrize("rho", [0.0, 0.5, 1.0])
def test_dimension_means_correlate_as_the_docstring_says(rho: float) -> None:
    sample = survey(kiosk(PERCENT), N, correlation=0.6, item_correlation=rho, rng=6, **OPEN)
    speed, screen = dimension_means(sample, "perception")
    truth = 0.6 * np.sqrt(reliability(3, rho) * reliability(2, rho))
    assert abs(correlation(speed, screen) - truth) < allowance(truth)


def test_answers_on_few_points_correlate_somewhat_less() -> None:
    matrix = np.array([[1.0, -0.8], [-0.8, 1.0]])
    sample = survey(kiosk(Scale.likert(5)), N, correlation=matrix, item_correlation=0.9, rng=7)
    speed, screen = dimension_means(sample, "perception")
    latent = -0.8 * np.sqrt(reliability(3, 0.9) * reliability(2, 0.9))
    assert latent < correlation(speed, screen) < 0.8 * latent


def test_standard_deviations_are_those_asked_for_where_nothing_is_rounded() -> None:
    sample = survey(kiosk(PERCENT), N, means=OPEN["means"], sd={"perception": 5.0}, rng=2)
    spread = numbers(sample, "perception").std(axis=1)
    assert np.all(np.abs(spread - 5) < FOUR * 5 / np.sqrt(2 * N))


def test_the_spread_is_a_fifth_of_the_scale_where_it_is_left_out() -> None:
    sample = survey(kiosk(PERCENT), N, means={"perception": 50}, rng=2)
    assert numbers(sample, "perception").std() == pytest.approx(20, rel=0.03)


def analysis_of_variance(values: Floats, clusters: int) -> float:
    """The intraclass correlation of respondents dealt to clusters in turn."""
    table = values.reshape(-1, clusters)
    size = len(table)
    between = size * table.mean(axis=0).var(ddof=1)
    within = table.var(axis=0, ddof=1).mean()
    return float((between - within) / (between + (size - 1) * within))


@pytest.mark.parametrize("icc", [0.0, 0.1, 0.4])
def test_every_combination_of_answers_has_the_intraclass_correlation(icc: float) -> None:
    clusters, size = 2000, 50
    sample = survey(kiosk(PERCENT), clusters * size, clusters=clusters, icc=icc, rng=9, **OPEN)
    perceived, expected = numbers(sample, "perception"), numbers(sample, "expectation")
    error = (1 - icc) * (1 + (size - 1) * icc) / np.sqrt(size * (size - 1) * (clusters - 1) / 2)
    for values in (perceived[0], perceived[:3].mean(axis=0), (perceived - expected).mean(axis=0)):
        assert abs(analysis_of_variance(values, clusters) - icc) < FOUR * error


def test_respondents_are_dealt_to_clusters_in_turn() -> None:
    sample = survey(kiosk(PERCENT), 7, clusters=3, rng=1)
    assert sample.cluster is not None
    assert [sample.cluster.labels[code] for code in sample.cluster.codes] == [1, 2, 3, 1, 2, 3, 1]
    few = survey(kiosk(PERCENT), 2, clusters=3, icc=0.1, rng=1).cluster
    assert few is not None
    assert few.labels == (1, 2)


def test_a_factor_gives_its_matrix_back_even_where_it_is_singular() -> None:
    singular = np.array([[1, 1, -1, 0.5], [1, 1, -1, 0.5], [-1, -1, 1, -0.5], [0.5, 0.5, -0.5, 1]])
    factor = factor_of(singular)
    np.testing.assert_allclose(factor @ factor.T, singular, atol=1e-12)
    assert np.all(np.triu(factor, 1) == 0)


def test_many_dimensions_and_levels_keep_their_signs() -> None:
    instrument = servqual()
    sample = survey(instrument, 20_000, correlation=0.7, level_correlation=-0.5, item_correlation=0.8, rng=3)
    perceived, expected = dimension_means(sample, "perception"), dimension_means(sample, "expectation")
    matrix = np.asarray(np.corrcoef(perceived, expected))
    among, across = matrix[:5, :5][np.triu_indices(5, 1)], np.diag(matrix[:5, 5:])
    assert np.all((among > 0.5) & (among < 0.7))
    assert np.all((across > -0.5) & (across < -0.35))
