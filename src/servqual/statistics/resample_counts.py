"""How often each unit stands in each resample: the weights of the bootstrap, tile by tile."""

from __future__ import annotations

from collections.abc import Iterator
from operator import index

import numpy as np

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError

# draws of a tile: its counts stay in cache, and one call is worth its while
_TILE = 1 << 16
# units from which on it pays to count resample by resample, without telling resamples apart by an offset
_LONG = 2000


def count_tiles(units: int, draws: int, rng: int | np.random.Generator | None) -> Iterator[Floats]:
    """Yield how often each unit is drawn in each resample, with replacement, shape (tile, units), rows of one sum.

    Units are drawn one by one in a fixed order from one stream, so that the resamples follow from the seed alone.

    Parameters
    ----------
    units
        Number of units, each as likely as the others.
    draws
        Number of resamples.
    rng
        A seed or a generator.

    Yields
    ------
    Floats
        Counts as float64. The memory is used again: copy what is to be kept.

    References
    ----------
    Efron 1979, Annals of Statistics 7(1):1-26.
    """
    generator = np.random.default_rng(rng)
    size = tile_size(units, draws)
    memory = np.empty((size, units))
    offsets = np.arange(size, dtype=np.int64)[:, None] * units
    for start in range(0, draws, size):
        counts = memory[: min(size, draws - start)]
        drawn = generator.integers(units, size=counts.shape)
        if units < _LONG:
            drawn += offsets[: len(counts)]
            counts[...] = np.bincount(drawn.reshape(-1), minlength=counts.size).reshape(counts.shape)
        else:
            for row, chosen in zip(counts, drawn, strict=True):
                row[...] = np.bincount(chosen, minlength=units)
        yield counts


def tile_size(units: int, draws: int) -> int:
    """Return how many resamples are drawn at once; it does not depend on anything a caller may tune."""
    return max(1, min(draws, _TILE // units))


def check_draws(draws: int, rng: object, least: int = 2) -> None:
    """Refuse a number of resamples that is none, and resamples without a seed.

    Raises
    ------
    ArgumentError
        With both, where both are wrong.
    """
    problems = []
    if not _whole(draws) or draws < least:
        problems.append(Problem("draws", repr(draws), f"it is a whole number, {least} or more", "draws=5000"))
    if rng is None:
        remedy = "pass a seed, as rng=1, or a generator"
        problems.append(Problem("rng", "None", "what is drawn at random has a seed", remedy))
    elif not isinstance(rng, np.random.Generator) and (not _whole(rng) or index(rng) < 0):  # type: ignore[arg-type]
        problems.append(Problem("rng", repr(rng), "it is a seed, a whole number of 0 or more, or a numpy Generator"))
    if problems:
        raise ArgumentError(*problems)


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
