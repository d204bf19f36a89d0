"""`Sheet`: what some respondents filled in, and what is known of them, as arrays."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.answers import LevelAnswers
from servqual.instruments import Level
from servqual.simulate.population import Population


@frozen(eq=False)
class Sheet:
    """Codes (levels, items, respondents), groups (columns, respondents), weights, points (respondents, dimensions)."""

    codes: AnyArray
    groups: Ints
    weights: Floats | None
    points: Floats | None

    @classmethod
    def empty(cls, population: Population, rows: int) -> Sheet:
        """Return a sheet to be filled in."""
        levels, items = len(population.instrument.levels), len(population.instrument)
        return cls(
            np.empty((levels, items, rows), population.book.dtype),
            np.empty((len(population.cells.names), rows), np.int32),
            np.empty(rows) if population.weight_cv else None,
            None if population.points is None else np.empty((rows, len(population.points))),
        )

    def fill(self, start: int, block: Sheet) -> None:
        """Copy a block of respondents to this position, as many of them as there is room for."""
        rows = min(block.codes.shape[2], self.codes.shape[2] - start)
        here = slice(start, start + rows)
        self.codes[:, :, here] = block.codes[:, :, :rows]
        self.groups[:, here] = block.groups[:, :rows]
        if self.weights is not None and block.weights is not None:
            self.weights[here] = block.weights[:rows]
        if self.points is not None and block.points is not None:
            self.points[here] = block.points[:rows]

    def answers(self, population: Population) -> dict[Level, LevelAnswers]:
        """Return the answers of each level."""
        book, levels = population.book, population.instrument.levels
        shares = population.missing.tolist()
        result = {}
        for level, codes, share in zip(levels, self.codes, shares, strict=True):
            absent = np.zeros(len(codes), np.bool_)
            if share:
                absent = (codes == book.missing if book.is_integer else np.isnan(codes)).any(axis=1)
            result[level] = LevelAnswers(codes, absent, book)
        return result
