"""Drawing respondents from a population, in blocks of a fixed size."""

from __future__ import annotations

import math

import numpy as np
from attrs import define, field

from servqual._arrays import AnyArray, Floats, Ints
from servqual.instruments import Level
from servqual.simulate.population import Population
from servqual.simulate.sheet import Sheet
from servqual.simulate.styles import answer_in_style

# Part of the meaning of a seed: whole blocks are drawn, whatever is kept of the last one. A block of 44 columns of
# float32 and its temporaries stay in a second-level cache.
BLOCK = 4096
# Sum of the parameters of the Dirichlet distribution of importance: with five dimensions of 20 points each, people
# differ by a standard deviation of about 10 points.
_CONCENTRATION = 20.0


def drawn(population: Population, n: int, rng: np.random.Generator) -> Sheet:
    """Return n respondents; with the same stream of random numbers, the first of them are those of any smaller n."""
    artist, sheet = _Artist(population, rng), Sheet.empty(population, n)
    for start in range(0, n, BLOCK):
        sheet.fill(start, artist.block(start))
    return sheet


@define(eq=False)
class _Artist:
    """Draws one block after the other from one stream of random numbers."""

    population: Population
    rng: np.random.Generator
    of_clusters: Floats | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        count = self.population.clusters
        self.of_clusters = self._deviations(count) if count and self.population.between else None

    def block(self, start: int) -> Sheet:
        """Return the respondents from this position on."""
        groups = self._groups()
        codes = self._codes(self._positions(groups, start))
        for level, share in zip(codes, self.population.missing.tolist(), strict=True):
            if share:
                level[self.rng.random(level.shape, np.float32) < share] = self.population.book.missing
        return Sheet(codes, groups, self._weights(), self._points())

    def _groups(self) -> Ints:
        sizes = np.array(self.population.cells.sizes, np.int32).reshape(-1, 1)
        return self.rng.integers(0, sizes, (len(sizes), BLOCK), np.int32)

    def _deviations(self, rows: int) -> Floats:
        """Return standard normal numbers (levels, items, rows) with the correlations of the population."""
        of, dtype = self.population, self.population.dtype
        levels, slices = len(of.instrument.levels), of.instrument.slices
        factor: AnyArray = (of.dimension_factor * math.sqrt(of.common)).astype(dtype)
        common = factor @ self.rng.standard_normal((levels, len(slices), rows), dtype)
        deviations = self.rng.standard_normal((levels, len(of.instrument), rows), dtype)
        deviations *= math.sqrt(1 - of.common)
        for dimension, part in enumerate(slices):
            deviations[:, part] += common[:, dimension, None]
        return np.tensordot(of.level_factor.astype(dtype), deviations, 1)

    def _positions(self, groups: Ints, start: int) -> Floats:
        of = self.population
        positions = self._deviations(BLOCK)
        if self.of_clusters is not None:
            cluster = np.arange(start, start + BLOCK) % of.clusters
            positions *= math.sqrt(1 - of.between)
            positions += math.sqrt(of.between) * self.of_clusters[:, :, cluster]
        for level, spread, latent in zip(positions, of.spread.tolist(), of.latent, strict=True):
            np.multiply(level, spread, out=level)
            cell = of.cells.of(groups) if len(latent) > 1 else np.zeros(1, np.intp)
            for mean, part in zip(latent.T.astype(of.dtype), of.instrument.slices, strict=True):
                level[part] += mean[cell]
        self._in_style(positions)
        return positions

    def _in_style(self, positions: Floats) -> None:
        of = self.population
        if of.styles.plain < 1:
            styles = of.styles.draw(self.rng, BLOCK)
            for level in positions:
                answer_in_style(level, styles, of.reverse, of.top, whole=of.instrument.scale.step is not None)

    def _codes(self, positions: Floats) -> AnyArray:
        of, scale = self.population, self.population.instrument.scale
        if scale.step is not None:
            np.rint(positions, out=positions)
        np.clip(positions, 0, of.top, out=positions)
        self._uncross(positions)
        step = scale.step or 1.0
        if of.book.is_integer:
            return (positions * step + of.book.low).astype(of.book.dtype)
        return np.minimum(scale.low + positions * step, scale.high)

    def _uncross(self, positions: Floats) -> None:
        levels = self.population.instrument.levels
        if {Level.ADEQUATE, Level.DESIRED} <= set(levels):
            low, high = (positions[levels.index(level)] for level in (Level.ADEQUATE, Level.DESIRED))
            np.minimum(low, high, out=low)

    def _weights(self) -> Floats | None:
        squared = self.population.weight_cv**2
        return self.rng.gamma(1 / squared, squared, BLOCK) if squared else None

    def _points(self) -> Floats | None:
        means = self.population.points
        if means is None:
            return None
        shares = self.rng.standard_gamma(means / 100 * _CONCENTRATION, (BLOCK, len(means)))
        return self.rng.multinomial(100, shares / shares.sum(axis=1, keepdims=True)).astype(np.float64)
