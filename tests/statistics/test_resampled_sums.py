"""Sums over resamples against counting rows one by one; frequencies as repeated rows; clusters whole."""

import numpy as np
import pytest

from servqual.errors import ArgumentError
from servqual.statistics import WeightKind, resampled_sums as module
from servqual.statistics.resample_counts import count_tiles
from servqual.statistics.resampled_sums import Respondents, drawn_moments, drawn_sums
from tests.statistics.attitude import ATTITUDE

ROWS = ATTITUDE[:, :4].astype(np.float64)
N = len(ROWS)


def counts_of(units: int, draws: int, seed: int) -> np.ndarray:
    return np.concatenate([tile.copy() for tile in count_tiles(units, draws, seed)])


def test_moments_are_those_of_the_rows_that_were_drawn() -> None:
    found = drawn_moments(ROWS, Respondents(N), draws=5, rng=3)
    for counts, mean, covariance in zip(counts_of(N, 5, 3), *found, strict=True):
        drawn = np.repeat(ROWS, counts.astype(int), axis=0)
        np.testing.assert_allclose(mean, drawn.mean(axis=0))
        np.testing.assert_allclose(covariance, np.cov(drawn.T, bias=True))


def test_frequencies_are_repeated_rows_draw_by_draw() -> None:
    times = np.arange(N) % 3
    one = drawn_moments(ROWS, Respondents(N, times.astype(float), WeightKind.FREQUENCY), draws=9, rng=1)
    other = drawn_moments(np.repeat(ROWS, times, axis=0), Respondents(int(times.sum())), draws=9, rng=1)
    np.testing.assert_allclose(one.means, other.means)
    np.testing.assert_allclose(one.covariances, other.covariances, atol=1e-9)


def test_sampling_weights_go_with_the_rows_that_are_drawn() -> None:
    weights = np.linspace(0.5, 3.0, N)
    found = drawn_moments(ROWS, Respondents(N, weights, WeightKind.SAMPLING), draws=4, rng=2)
    for counts, mean, covariance in zip(counts_of(N, 4, 2), *found, strict=True):
        np.testing.assert_allclose(mean, np.average(ROWS, axis=0, weights=counts * weights))
        np.testing.assert_allclose(covariance, np.cov(ROWS.T, aweights=counts * weights, bias=True))


def test_clusters_are_drawn_whole() -> None:
    clusters, weights = np.arange(N) % 7, np.linspace(1.0, 2.0, N)
    people = Respondents(N, weights, WeightKind.SAMPLING, clusters)
    assert people.units == 7
    found = drawn_sums(ROWS, people, draws=6, rng=4)
    for counts, sums in zip(counts_of(7, 6, 4), found, strict=True):
        np.testing.assert_allclose(sums, (counts[clusters] * weights) @ ROWS)
    moments = drawn_moments(ROWS, people, draws=6, rng=4)
    first = np.average(ROWS, axis=0, weights=counts_of(7, 6, 4)[0][clusters] * weights)
    np.testing.assert_allclose(moments.means[0], first)


@pytest.mark.parametrize("kind", [None, WeightKind.SAMPLING, WeightKind.FREQUENCY])
def test_a_table_too_large_to_hold_gives_the_same(kind: WeightKind | None, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = None if kind is None else (1.0 + np.arange(N) % 2)
    people = Respondents(N, weights, kind)
    held = drawn_moments(ROWS, people, draws=20, rng=1)
    monkeypatch.setattr(module, "_TABLE", 10)
    monkeypatch.setattr(module, "_ONE_THREAD", 500)
    made = drawn_moments(ROWS, people, draws=20, rng=1)
    np.testing.assert_allclose(made.covariances, held.covariances, atol=1e-9)
    np.testing.assert_allclose(made.means, held.means)


def test_the_seed_decides_and_a_generator_serves() -> None:
    one = drawn_sums(ROWS, Respondents(N), draws=30, rng=8)
    np.testing.assert_array_equal(one, drawn_sums(ROWS, Respondents(N), draws=30, rng=np.random.default_rng(8)))
    assert not np.array_equal(one, drawn_sums(ROWS, Respondents(N), draws=30, rng=9))


def test_resamples_without_a_seed_are_refused() -> None:
    for draw in (drawn_sums, drawn_moments):
        with pytest.raises(ArgumentError, match="2 problems"):
            draw(ROWS, Respondents(N), draws=1, rng=None)
