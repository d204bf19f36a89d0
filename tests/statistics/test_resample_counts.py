"""Which units are drawn: one by one from the seed, whatever the tiles."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.errors import ArgumentError
from servqual.statistics import resample_counts
from servqual.statistics.resample_counts import check_draws, count_tiles, tile_size


@settings(max_examples=30)
@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 5), st.integers(1, 400), st.sampled_from([1, 10**6]))
def test_counts_are_those_of_units_drawn_one_by_one(units: int, draws: int, seed: int, tile: int, long: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(resample_counts, "_TILE", tile)
        patched.setattr(resample_counts, "_LONG", long)
        found = np.concatenate([counts.copy() for counts in count_tiles(units, draws, seed)])
    rng = np.random.default_rng(seed)
    expected = [np.bincount(rng.integers(units, size=units), minlength=units) for _ in range(draws)]
    assert np.array_equal(found, expected)


def test_a_generator_goes_on_where_it_stopped() -> None:
    rng = np.random.default_rng(3)
    parts = [counts.copy() for many in (4, 7) for counts in count_tiles(9, many, rng)]
    whole = [counts.copy() for counts in count_tiles(9, 11, 3)]
    assert np.array_equal(np.concatenate(parts), np.concatenate(whole))


def test_a_tile_holds_as_many_draws_however_many_units_there_are() -> None:
    assert tile_size(1, 10**9) == 2**16
    assert tile_size(1000, 10**9) * 1000 <= 2**16
    assert tile_size(10**7, 10**9) == 1
    assert tile_size(10, 3) == 3


def test_units_are_drawn_alike() -> None:
    counts = np.concatenate([each.copy() for each in count_tiles(20, 5000, 1)])
    # 5000 × 20 draws: each unit is drawn 5000 times but for chance, standard deviation √(10⁵ · .05 · .95) = 69
    assert np.abs(counts.sum(axis=0) - 5000).max() < 4 * 69
    # within a resample counts are those of a multinomial: variance 20 · .05 · .95
    assert counts.var() == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(
    ("draws", "rng", "said"),
    [
        (1, 1, "draws: 1; it is a whole number, 2 or more. Hint: draws=5000"),
        (2.5, 1, "draws: 2.5; it is a whole number"),
        (True, 1, "draws: True; it is a whole number"),
        (10, None, "rng: None; what is drawn at random has a seed. Hint: pass a seed, as rng=1, or a generator"),
        (10, -1, "rng: -1; it is a seed, a whole number of 0 or more, or a numpy Generator"),
        (10, 1.5, "rng: 1.5; it is a seed"),
        (0, None, "2 problems"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draws: int, rng: int | None, said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        check_draws(draws, rng)
    assert said in str(caught.value)
