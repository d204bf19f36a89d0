"""What failures cost on the mean, and how far that is known: drawn again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.operations.failing.failure_modes import FailureMode
from servqual.statistics import percentile_interval


@frozen(eq=False)
class ExpectedCosts:
    """Expected costs of failure modes, (modes,), and draws of them, (modes, draws); NaN where there is none."""

    modes: tuple[FailureMode, ...]
    values: Floats
    drawn: Floats

    @classmethod
    def of(cls, modes: Sequence[FailureMode], per: float, draws: int, rng: int | np.random.Generator | None) -> Self:
        """Return the costs for so many opportunities: rates from Jeffreys' Beta, costs from lognormals."""
        generator = np.random.default_rng(rng)
        values, drawn = np.full(len(modes), np.nan), np.full((len(modes), draws), np.nan)
        for place, mode in enumerate(modes):
            if mode.events is None or mode.cost is None:
                continue
            (failed, of), (mean, se) = mode.events, mode.cost
            rate = generator.beta(failed + 0.5, of - failed + 0.5, draws)
            spread = np.sqrt(np.log1p((se / mean) ** 2)) if mean > 0 else 0.0
            each = mean * np.exp(spread * generator.standard_normal(draws) - spread**2 / 2)
            values[place], drawn[place] = failed / of * mean * per, rate * each * per
        return cls(tuple(modes), values, drawn)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Of which modes there are costs, (modes,)."""
        return ~np.isnan(self.values)

    def interval(self, places: Sequence[int], confidence: float) -> tuple[float, float]:
        """Return the interval of the sum over some modes; its low end is 0 where none of them was seen to fail."""
        low, high = percentile_interval(self.drawn[list(places)].sum(axis=0), confidence)
        return (float(low) if self.values[list(places)].sum() > 0 else 0.0), float(high)

    def rank(self, place: int) -> int:
        """Return the rank of a mode, 1 for the largest cost."""
        return 1 + int((self.values > self.values[place]).sum())

    def first(self, place: int) -> float:
        """Return the share of draws in which a mode costs most."""
        return float((self.drawn.argmax(axis=0) == place).mean())
