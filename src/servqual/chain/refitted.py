"""`refitted`: equations estimated anew for every resample, where products of columns do not suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.chain.designs import EquationRows
from servqual.chain.drawing import Drawing
from servqual.chain.estimating import estimate
from servqual.chain.fitted import Fit
from servqual.chain.recipes import Recipe
from servqual.chain.resampled_rows import ResampledRows
from servqual.chain.same_units import refuse_others
from servqual.errors import ArgumentError
from servqual.statistics._progress import Progress
from servqual.statistics.resample_counts import check_draws, count_tiles
from servqual.statistics.resampling import Resampled

# How often each cluster is in a resample → what is needed of it, and whether every search converged.
Estimate = Callable[[Floats], tuple[list[Floats], bool]]


def refitted(fit: Fit, rows: ResampledRows, asked: Drawing) -> tuple[Resampled, Resampled | None]:
    """Return the coefficients needed over resamples and, where asked, without each unit in turn.

    A unit that is drawn twice counts as two units. Draws are those of the moments' way: same seed, same resamples.
    """
    check_draws(asked.draws, asked.rng)
    refuse_others(fit, rows.equations, [estimate(each, fit.recipe).coefficients for each in rows.equations])
    one = _one_resample(rows, fit.recipe)
    sizes = (*map(len, rows.needed), *(1 for _ in rows.measured))
    left = rows.size if asked.jackknife else 0
    with Progress(asked.draws + left, "resamples", wanted=asked.progress) as bar:
        tiles = count_tiles(rows.size, asked.draws, asked.rng)
        draws = _collected((row for tile in tiles for row in tile), one, sizes, asked.draws, bar)
        if not asked.jackknife:
            return draws, None
        every = (np.where(np.arange(rows.size) == out, 0.0, 1.0) for out in range(rows.size))
        return draws, _collected(every, one, sizes, left, bar)


def _collected(counts: Iterable[Floats], one: Estimate, sizes: tuple[int, ...], draws: int, bar: Progress) -> Resampled:
    stacked, kept, unsettled = np.empty((sum(sizes), draws)), 0, 0
    for each in counts:
        bar.done()
        try:
            found, converged = one(each)
        except (ArgumentError, np.linalg.LinAlgError):
            continue
        stacked[:, kept] = np.concatenate(found)
        kept += 1
        unsettled += not converged
    return Resampled(stacked[:, :kept], sizes, draws, draws - kept, unsettled)


def _one_resample(rows: ResampledRows, recipe: Recipe) -> Estimate:
    """Return the function that estimates what is needed in one resample."""
    equations = [_Sampled.of(cluster, rows.size) for cluster in rows.clusters]
    measured = [_Sampled.of(each.cluster, rows.size) for each in rows.measured]

    def one(counts: Floats) -> tuple[list[Floats], bool]:
        found, converged = [], True
        for given, sampled, needed in zip(rows.equations, equations, rows.needed, strict=True):
            regression = estimate(sampled.rows_of(given, counts), recipe)
            converged &= regression.converged
            found.append(regression.coefficients[needed])
        for each, sampled in zip(rows.measured, measured, strict=True):
            chosen, _ = sampled.places(counts)
            found.append(np.array([each.values[chosen].std(ddof=1)]))
        return found, converged

    return one


@frozen(eq=False)
class _Sampled:
    """Where the rows of each cluster stand: `order` has them cluster by cluster."""

    order: Ints
    starts: Ints
    sizes: Ints

    @classmethod
    def of(cls, cluster: Ints, clusters: int) -> _Sampled:
        sizes = np.bincount(cluster, minlength=clusters)
        return cls(np.argsort(cluster, kind="stable"), np.cumsum(sizes) - sizes, sizes)

    def places(self, counts: Floats) -> tuple[Ints, Ints]:
        """Return the positions of the rows of a resample, and the copy of a cluster that each belongs to."""
        drawn = np.repeat(np.arange(counts.size), counts.astype(np.intp))
        lengths = self.sizes[drawn]
        copies = np.repeat(np.arange(drawn.size), lengths)
        within = np.arange(copies.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.order[np.repeat(self.starts[drawn], lengths) + within], copies

    def rows_of(self, rows: EquationRows, counts: Floats) -> EquationRows:
        """Return the rows of a resample; each copy of a unit is a unit of its own."""
        chosen, copies = self.places(counts)
        unit = copies * (int(rows.unit.max()) + 1) + rows.unit[chosen]
        return rows.picked(chosen, unit=unit, cluster=None if rows.cluster is None else copies)
