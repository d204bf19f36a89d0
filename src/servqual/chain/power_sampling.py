"""Samples of a population, and the regressions of a chain on all of them at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.chain.graph import Chain
from servqual.chain.power_asking import Design
from servqual.chain.power_model import PowerModel
from servqual.chain.power_tests import Samples, samples_of
from servqual.statistics.stacked_regressions import stacked_ols

# numbers that are drawn at once
_TILE = 1 << 20


@frozen(eq=False)
class Sampling:
    """How samples are drawn and estimated: the chain, its population, and the design."""

    chain: Chain
    model: PowerModel
    design: Design

    def samples(self, units: int, simulations: int, seed: int, confidence: float) -> Iterator[Samples]:
        """Yield the slopes in simulated samples of so many units, several samples at a time.

        The numbers of a sample are drawn end to end from a stream that hangs on seed and units alone.
        """
        rng = np.random.default_rng([seed, units])
        at_once = max(1, _TILE // self._numbers(units))
        for first in range(0, simulations, at_once):
            yield self._estimated(self.values(units, min(at_once, simulations - first), rng), confidence)

    def values(self, units: int, samples: int, rng: np.random.Generator) -> Floats:
        """Return samples of all constructs, shape (samples, units, periods, constructs)."""
        size, times = len(self.model.constructs), self.design.periods + self.model.settling
        passing, lasting = units * times * size, units * size if self.design.stability else 0
        drawn = rng.standard_normal((samples, self._numbers(units)))
        own = drawn[:, :passing].reshape(samples, units, times, size) * np.sqrt(1 - self.design.lasting)
        if lasting:
            kept = drawn[:, passing : passing + lasting].reshape(samples, units, 1, size)
            own = own + np.sqrt(self.design.stability) * kept
        if self.design.clusters is not None:
            common = drawn[:, passing + lasting :].reshape(samples, self.design.clusters, 1, size)
            own = own + np.sqrt(self.design.icc) * common[:, np.arange(units) % self.design.clusters]
        return self.model.draw(own)[:, :, self.model.settling :]

    def _numbers(self, units: int) -> int:
        """Return how many numbers a sample is made of."""
        size, times = len(self.model.constructs), self.design.periods + self.model.settling
        kept = units * (times + bool(self.design.stability))
        return (kept + (self.design.clusters or 0)) * size

    def _estimated(self, values: Floats, confidence: float) -> Samples:
        samples, units, periods, _ = values.shape
        lost = self.chain.max_lag
        rows = units * (periods - lost)
        groups = self.design.groups(units, periods - lost)
        place = self.model.constructs.index
        fits = {}
        for target in self.chain.endogenous:
            sources = [(place(link.source), link.lag) for link in self.chain.parents(target)]
            columns = [
                values[:, :, lost - lag : periods - lag, source].reshape(samples, rows) for source, lag in sources
            ]
            y = values[:, :, lost:, place(target)].reshape(samples, rows)
            fits[target] = stacked_ols(y, np.stack([np.ones_like(y), *columns], axis=2), groups)
        return samples_of(self.chain, fits, confidence)
