"""`Ledger`: all sources side by side, and what any sum of their means is known to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, Ints, floats, read_only, truths
from servqual.gap_model.gap_words import CHAIN, GapName, Station, StationGap
from servqual.gap_model.sheets import Sheets, means_of
from servqual.gap_model.source import Source
from servqual.statistics.intervals import welch_degrees_of_freedom

# What rounding leaves of a difference of squared errors, in parts of their sum.
_PRODUCTS = 1e-12

Pick = Callable[[Station, Sheets], Sheets]


def _stations(given: Iterable[Station]) -> tuple[Station, ...]:
    return tuple(given)


def _positions(values: npt.ArrayLike) -> Ints:
    return read_only(values, np.int64)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Ledger(Holder):
    """The means of all sources, the covariance of their errors, and which of them share people.

    Attributes
    ----------
    stations
        What was measured, in the order of the chain, the promise last.
    mean, df
        Shape (stations, dimensions); degrees of freedom are infinite where the error counts as known exactly.
    covariance
        Of the errors of the means, shape (stations, dimensions, stations, dimensions); zero between sources that share
        nobody.
    block
        Stations of one number share people, shape (stations,).
    correlated
        Whether the correlations between the dimensions of a station are known, shape (stations,); where not, they are
        1 in `covariance`, and `combined` takes the worst.
    """

    stations: tuple[Station, ...] = field(converter=_stations)
    mean: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    df: Floats = field(converter=floats)
    block: Ints = field(converter=_positions)
    correlated: Bools = field(converter=truths)

    def coefficients(self, gap: StationGap, place: int | None = None) -> Floats:
        """Return what a gap takes each mean times, shape (stations, dimensions); overall where no dimension is told."""
        taken = np.zeros_like(self.mean)
        columns = slice(None) if place is None else place
        share = 1 / self.mean.shape[1] if place is None else 1.0
        taken[self.stations.index(gap.level), columns] += share
        taken[self.stations.index(gap.standard), columns] -= share
        return taken

    def combined(self, coefficients: Floats) -> tuple[Floats, Floats, Floats]:
        """Return estimate, squared error and degrees of freedom of sums of means, each of shape (sums,).

        ``coefficients`` has the shape (sums, stations, dimensions). Independent parts of an error have Welch and
        Satterthwaite's degrees of freedom together; a sum without any error has infinitely many.
        """
        # what takes no part may be missing
        estimate = np.where(coefficients != 0, coefficients * self.mean, 0.0).sum(axis=(1, 2))
        parts, freedom = zip(*(self._part(coefficients, each) for each in np.unique(self.block)), strict=True)
        squared = np.stack(parts)
        total = squared.sum(axis=0)
        degrees = np.asarray(welch_degrees_of_freedom(squared, np.stack(freedom)))
        return estimate, total, np.where(total == 0, np.inf, degrees)

    def _part(self, coefficients: Floats, block: int) -> tuple[Floats, Floats]:
        """Return the squared error that one block brings, and its degrees of freedom, each of shape (sums,)."""
        rows = np.flatnonzero(self.block == block)
        taken = coefficients[:, rows]
        freedom = np.where(taken != 0, self.df[rows], np.inf).min(axis=(1, 2))
        if not self.correlated[rows[0]]:
            taken, rows = np.abs(taken.sum(axis=1, keepdims=True)), rows[:1]
        size = taken.shape[1] * taken.shape[2]
        within = self.covariance[rows][:, :, rows].reshape(size, size)
        flat = taken.reshape(len(taken), size)
        clean = np.where((flat != 0)[:, :, None] & (flat != 0)[:, None, :], within, 0.0)
        squared = np.einsum("ka,kab,kb->k", flat, clean, flat)
        # where everybody has the same difference, what rounding leaves is nothing
        apart = np.einsum("ka,kaa->k", flat**2, clean)
        squared = np.where(squared <= _PRODUCTS * apart, 0.0, squared)
        return squared, freedom

    def joint(self, coefficients: Floats) -> Floats:
        """Return the covariance of sums of means, shape (sums, sums); of one dimension, or of all overall."""
        return np.einsum("ksd,sdte,jte->kj", coefficients, self.covariance, coefficients)


def gaps_between(stations: Sequence[Station]) -> tuple[StationGap, ...]:
    """Return the gaps that can be told: neighbours in the chain, then Gap 5 and the promise gap.

    Examples
    --------
    >>> [gap.key for gap in gaps_between([Station.EXPECTED, Station.SPECIFIED, Station.PERCEIVED])]
    ['gap_1_2', 'gap_3_4', 'gap_5']
    """
    chain = [each for each in CHAIN if each in stations]
    links = [StationGap(level, standard) for standard, level in pairwise(chain)]
    beside = (GapName.SERVICE.gap, GapName.PROMISE.gap)
    told = [gap for gap in beside if {gap.level, gap.standard} <= set(stations) and gap not in links]
    return (*links, *told)


def ledger_of(sources: Mapping[Station, Source], pick: Pick | None = None) -> Ledger:
    """Return the ledger of some sources; `pick` says which of their rows count, all without it."""
    stations, size = tuple(sources), len(next(iter(sources.values())).dimensions)
    mean, df = np.empty((len(stations), size)), np.empty((len(stations), size))
    covariance = np.zeros((len(stations), size, len(stations), size))
    block = blocks_of(sources)
    for each in np.unique(block):
        rows = np.flatnonzero(block == each)
        source = sources[stations[rows[0]]]
        held = {stations[row]: sheets for row in rows if (sheets := sources[stations[row]].sheets) is not None}
        if held:
            found = means_of([sheets if pick is None else pick(of, sheets) for of, sheets in held.items()])
            mean[rows], df[rows] = found.mean.reshape(-1, size), found.df.reshape(-1, size)
            joint = found.covariance
        else:
            # one source in several places, as where the standard is what is promised: the same figures throughout
            mean[rows], df[rows] = source.mean, source.df
            joint = np.tile(source.covariance, (len(rows), len(rows)))
        for place, row in enumerate(rows):
            part = joint[place * size : (place + 1) * size].reshape(size, len(rows), size)
            covariance[row][:, rows] = part
    return Ledger(stations, mean, covariance, df, block, [source.correlated for source in sources.values()])


def blocks_of(sources: Mapping[Station, Source]) -> Ints:
    """Return a number for each source; sources that were made of the same rows have the same."""
    origins: list[object] = []
    for source in sources.values():
        origin = source if source.sheets is None else source.sheets.origin
        origins.append(origin)
    return np.array([next(place for place, known in enumerate(origins) if known is each) for each in origins])
