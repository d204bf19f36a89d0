"""What can be said of a gap whose source was not measured: how large it can be on this scale."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.gap_model.gap_words import CHAIN, OVERALL, GapName, Station
from servqual.gap_model.ledger import Ledger
from servqual.gap_model.source import Source
from servqual.instruments import Scale


@frozen(kw_only=True, repr=False)
class GapBounds:
    """How small and how large a gap can be, where a level that it is the difference of was not measured.

    Attributes
    ----------
    gap, dimension
        Which, and of which dimension or ``"overall"``.
    low, high
        Its bounds at the means as measured: the level that is missing lies somewhere on the scale.
    """

    gap: str
    dimension: str
    low: float
    high: float

    def __repr__(self) -> str:
        return f"<GapBounds of {self.gap}, {self.dimension}: {self.low:.3f} to {self.high:.3f}>"


def bounds_of(sources: Mapping[Station, Source], ledger: Ledger) -> tuple[GapBounds, ...]:
    """Return bounds of every one of the five gaps that has an end which was not measured."""
    first = next(iter(sources.values()))
    ends = {station: _ends(ledger, station, first.scale) for station in CHAIN}
    names = (*first.dimensions, OVERALL)
    found = []
    for name in GapName:
        gap = name.gap
        if name is GapName.PROMISE or {gap.level, gap.standard} <= set(sources):
            continue
        (level_low, level_high), (standard_low, standard_high) = ends[gap.level], ends[gap.standard]
        pairs = zip(names, level_low - standard_high, level_high - standard_low, strict=True)
        found += [GapBounds(gap=str(name), dimension=key, low=float(a), high=float(b)) for key, a, b in pairs]
    return tuple(found)


def _ends(ledger: Ledger, station: Station, scale: Scale) -> tuple[Floats, Floats]:
    """Return the least and the largest mean of each dimension and overall: as measured, or the ends of the scale."""
    size = ledger.mean.shape[1]
    if station in ledger.stations:
        mean = ledger.mean[ledger.stations.index(station)]
        both = np.append(mean, mean.mean())
        return both, both
    return np.full(size + 1, scale.low), np.full(size + 1, scale.high)
