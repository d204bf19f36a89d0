"""Drawing a sample from a population, in blocks of a fixed number of respondents."""

from __future__ import annotations

import math

import numpy as np
from attrs import define, field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual.answers import LevelAnswers
from servqual.instruments import Level
from servqual.simulate.population import Population
from servqual.simulate.styles import answer_in_style

# Part of the meaning of a seed: whole blocks are drawn, whatever is kept of the last one. A block of 44 columns of
# float32 and its temporaries stay in a second-level cache.
BLOCK = 4096
# Sum of the parameters of the Dirichlet distribution of importance: with five dimensions of 20 points each, people
# differ by a standard deviation of about 10 points.
_CONCENTRATION = 20.0


@frozen(eq=False)
class Drawn:
    """A sample: answers, and what lies beside them; None where it was not asked for."""

    answers: dict[Level, LevelAnswers]
    groups: Ints
    cluster: Ints | None
    weights: Floats | None
    points: Floats | None


def drawn(population: Population, n: int, rng: np.random.Generator) -> Drawn:
    """Return a sample of n respondents."""
    artist = _Artist(population, rng)
    canvas = _Canvas.of(population, n)
    for start in range(0, n, BLOCK):
        canvas.keep(artist.block(start), slice(start, min(start + BLOCK, n)))
    return canvas.drawn(population)


@frozen(eq=False)
class _Block:
    codes: AnyArray
    groups: Ints
    weights: Floats | None
    points: Floats | None


@frozen(eq=False)
class _Canvas:
    codes: AnyArray
    groups: Ints
    weights: Floats | None
    points: Floats | None

    @classmethod
    def of(cls, population: Population, n: int) -> _Canvas:
        levels, items = len(population.instrument.levels), len(population.instrument)
        return cls(
            np.empty((levels, items, n), population.book.dtype),
            np.empty((len(population.cells.names), n), np.int32),
            np.empty(n) if population.weight_cv else None,
            None if population.points is None else np.empty((n, len(population.points))),
        )

    def keep(self, block: _Block, rows: slice) -> None:
        size = rows.stop - rows.start
        self.codes[:, :, rows] = block.codes[:, :, :size]
        self.groups[:, rows] = block.groups[:, :size]
        if self.weights is not None and block.weights is not None:
            self.weights[rows] = block.weights[:size]
        if self.points is not None and block.points is not None:
            self.points[rows] = block.points[:size]

    def drawn(self, population: Population) -> Drawn:
        book, n = population.book, self.codes.shape[2]
        answers = {}
        for level, codes, share in zip(population.instrument.levels, self.codes, population.missing, strict=True):
            absent = np.zeros(len(codes), np.bool_)
            if share:
                absent = (codes == book.missing).any(axis=1) if book.is_integer else np.isnan(codes).any(axis=1)
            answers[level] = LevelAnswers(codes, absent, book)
        cluster = np.arange(n, dtype=np.int32) % population.clusters if population.clusters else None
        return Drawn(answers, self.groups, cluster, self.weights, self.points)


@define(eq=False)
class _Artist:
    """Draws blocks one after the other from one stream of random numbers."""

    population: Population
    rng: np.random.Generator
    of_clusters: Floats | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        count = self.population.clusters
        self.of_clusters = self._deviations(count) if count and self.population.between else None

    def block(self, start: int) -> _Block:
        """Return the respondents from this position on."""
        groups = self._groups()
        positions = self._positions(groups, start)
        codes = self._codes(positions)
        for level, share in enumerate(self.population.missing):
            if share:
                absent = self.rng.random(codes[level].shape, np.float32) < share
                codes[level][absent] = self.population.book.missing
        return _Block(codes, groups, self._weights(), self._points())

    def _groups(self) -> Ints:
        sizes = np.array(self.population.cells.sizes, np.int32).reshape(-1, 1)
        return self.rng.integers(0, sizes, (len(sizes), BLOCK), np.int32)

    def _deviations(self, rows: int) -> Floats:
        """Return standard normal numbers (levels, items, rows) with the correlations of the population."""
        of, dtype = self.population, self.population.dtype
        levels, slices = len(of.instrument.levels), of.instrument.slices
        common = self.rng.standard_normal((levels, len(slices), rows), dtype)
        common = (of.dimension_factor * math.sqrt(of.common)).astype(dtype) @ common
        own = self.rng.standard_normal((levels, len(of.instrument), rows), dtype)
        own *= math.sqrt(1 - of.common)
        for dimension, part in enumerate(slices):
            own[:, part] += common[:, dimension, None]
        return np.tensordot(of.level_factor.astype(dtype), own, 1)

    def _positions(self, groups: Ints, start: int) -> Floats:
        of = self.population
        positions = self._deviations(BLOCK)
        if self.of_clusters is not None:
            cluster = np.arange(start, start + BLOCK) % of.clusters
            positions *= math.sqrt(1 - of.between)
            positions += math.sqrt(of.between) * self.of_clusters[:, :, cluster]
        positions *= of.spread.astype(of.dtype)[:, None, None]
        for level, latent in enumerate(of.latent):
            cell = of.cells.of(groups) if len(latent) > 1 else np.zeros(1, np.intp)
            for dimension, part in enumerate(of.instrument.slices):
                positions[level, part] += latent[:, dimension].astype(of.dtype)[cell]
        self._in_style(positions)
        return positions

    def _in_style(self, positions: Floats) -> None:
        of = self.population
        if of.styles.plain == 1:
            return
        styles = of.styles.draw(self.rng, BLOCK)
        for level in positions:
            answer_in_style(level, styles, of.reverse, of.top, whole=of.instrument.scale.step is not None)

    def _codes(self, positions: Floats) -> AnyArray:
        of, scale = self.population, self.population.instrument.scale
        if scale.step is not None:
            np.rint(positions, out=positions)
        np.clip(positions, 0, of.top, out=positions)
        self._uncross(positions)
        if of.book.is_integer:
            return (positions * (scale.step or 1.0) + of.book.low).astype(of.book.dtype)
        return np.minimum(scale.low + positions * (scale.step or 1.0), scale.high)

    def _uncross(self, positions: Floats) -> None:
        levels = self.population.instrument.levels
        if {Level.ADEQUATE, Level.DESIRED} <= set(levels):
            low, high = levels.index(Level.ADEQUATE), levels.index(Level.DESIRED)
            np.minimum(positions[low], positions[high], out=positions[low])

    def _weights(self) -> Floats | None:
        squared = self.population.weight_cv**2
        return self.rng.gamma(1 / squared, squared, BLOCK) if squared else None

    def _points(self) -> Floats | None:
        means = self.population.points
        if means is None:
            return None
        shares = self.rng.standard_gamma(means / 100 * _CONCENTRATION, (BLOCK, len(means)))
        return self.rng.multinomial(100, shares / shares.sum(axis=1, keepdims=True)).astype(np.float64)
