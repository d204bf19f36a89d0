"""How often rows count in resamples of persons or clusters, and in groups dealt out at random."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.statistics.resample_counts import count_tiles

# counts held at once, and resamples that are worth a pass over the products of all rows
_HELD = 1 << 26
_WORTH = 64


@frozen(eq=False)
class Drawn:
    """What is drawn with replacement: units, and the row or rows that each brings with it.

    Attributes
    ----------
    units
        How many units there are.
    rows
        How many rows there are.
    cluster
        The unit of each row, where units are clusters; None where each row is a unit or several.
    ends
        Where the units of each row begin, where a row stands for several; None where it does not.
    """

    units: int
    rows: int
    cluster: Ints | None = None
    ends: Ints | None = None

    @classmethod
    def of(cls, rows: int, cluster: Ints | None = None, frequencies: Floats | None = None) -> Self:
        """Return the units of rows: clusters by their codes 0, 1, …, else persons, as many as the frequencies say."""
        if cluster is not None:
            return cls(int(cluster.max()) + 1, rows, cluster=cluster)
        if frequencies is None:
            return cls(rows, rows)
        many = frequencies.astype(np.int64)
        return cls(int(many.sum()), rows, ends=np.cumsum(many) - many)

    def counts(self, draws: int, rng: int | np.random.Generator | None) -> Iterator[AnyArray]:
        """Yield how often each row counts in each resample, shape (B, rows), many resamples at a time.

        The resamples follow from the seed alone, however many come at a time.
        """
        most = max(1, min(_WORTH, _HELD // (2 * self.rows)))
        held: list[AnyArray] = []
        for tile in count_tiles(self.units, draws, rng):
            # a row counts fewer times than there are units, and beyond 65,535 units never so often
            held.append(self.by_row(tile).astype(np.uint16))
            if sum(map(len, held)) >= most:
                yield np.concatenate(held)
                held = []
        if held:
            yield np.concatenate(held)

    def by_row(self, counts: Floats) -> Floats:
        """Return counts of rows from counts of units, (B, units)."""
        if self.cluster is not None:
            return counts[:, self.cluster]
        return counts if self.ends is None else np.add.reduceat(counts, self.ends, axis=1)

    def shuffled(self, group: Ints, draws: int, rng: int | np.random.Generator | None) -> Iterator[Ints]:
        """Yield the groups of units in random order, shape (B, units), from the group of each row.

        A row that stands for several units brings as many to its group; all rows of a cluster are in one.
        """
        generator = np.random.default_rng(rng)
        own = self.by_unit(group)
        most = max(1, min(_WORTH, _HELD // self.units))
        for start in range(0, draws, most):
            many = min(most, draws - start)
            yield np.stack([generator.permutation(own) for _ in range(many)])

    def by_unit(self, group: Ints) -> Ints:
        """Return the group of each unit from the group of each row."""
        if self.cluster is not None:
            found = np.zeros(self.units, group.dtype)
            found[self.cluster] = group
            return found
        if self.ends is None:
            return group
        return np.repeat(group, np.diff([*self.ends.tolist(), self.units]))
