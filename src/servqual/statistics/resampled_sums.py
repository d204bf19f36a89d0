"""Sums over bootstrap resamples of respondents, or of clusters: of any columns, and of their products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.statistics._progress import Progress
from servqual.statistics.resample_counts import check_draws, count_tiles
from servqual.statistics.weights import WeightKind

# multiplications below which a product of matrices stays on one thread: threads wait for each other
_ONE_THREAD = 500_000
# numbers that a table of products may hold; beyond, products are formed anew for some resamples at a time
_TABLE = 1 << 25
# of the mean square about the means of all: a variance that is rounding
_STILL = 1e-12
# resamples at least that are summed at once, so that rows need not be fetched for each
_TOGETHER = 8


@frozen(eq=False)
class Respondents:
    """How rows are resampled.

    Attributes
    ----------
    rows
        How many there are.
    weights, kind
        What rows count, shape (rows,), and what that means. Frequencies are drawn as if each row stood there so many
        times; sampling weights go with the rows that are drawn.
    clusters
        For each row, the position of its cluster, from 0 without gaps: clusters are drawn whole. None where rows are
        drawn.
    """

    rows: int
    weights: Floats | None = None
    kind: WeightKind | None = None
    clusters: Ints | None = None

    @property
    def repeated(self) -> bool:
        """Whether rows are drawn as often as they stand for respondents."""
        return self.kind is WeightKind.FREQUENCY and self.clusters is None

    @property
    def units(self) -> int:
        """How many are drawn, and from how many."""
        if self.clusters is not None:
            return int(self.clusters.max(initial=-1)) + 1
        return int(self._times.sum()) if self.repeated else self.rows

    @property
    def factors(self) -> Floats | None:
        """What a row counts each time it is drawn; None for one."""
        return None if self.repeated else self.weights

    @property
    def _times(self) -> Ints:
        return np.asarray(self.weights, dtype=np.int64)

    def counts(self, draws: int, rng: int | np.random.Generator | None) -> Iterator[Floats]:
        """Yield how often each row, or each cluster, is drawn, shape (tile, rows or clusters)."""
        if not self.repeated:
            yield from count_tiles(self.units, draws, rng)
            return
        there = np.flatnonzero(self._times)
        starts = np.cumsum(self._times[there]) - self._times[there]
        for tile in count_tiles(self.units, draws, rng):
            found = np.zeros((len(tile), self.rows))
            found[:, there] = np.add.reduceat(tile, starts, axis=1)
            yield found

    def of_units(self, table: Floats) -> Floats:
        """Return the weighted sums of columns by what is drawn, shape (rows or clusters, columns)."""
        weighted = table if self.factors is None else table * self.factors[:, None]
        if self.clusters is None:
            return weighted
        columns = [np.bincount(self.clusters, column, minlength=self.units) for column in weighted.T]
        return np.stack(columns, axis=1)


class DrawnMoments(NamedTuple):
    """Moments of columns in each resample: means (resamples, q), and covariances (resamples, q, q) with divisor Σw."""

    means: Floats
    covariances: Floats


def drawn_sums(
    table: npt.ArrayLike,
    people: Respondents,
    *,
    draws: int,
    rng: int | np.random.Generator | None,
    progress: bool = False,
) -> Floats:
    """Sums of columns over bootstrap resamples: ``counts @ table``, shape (resamples, columns).

    Parameters
    ----------
    table
        Columns, shape (rows, columns), none missing.
    people
        What is drawn, and what it counts.
    draws
        Number of resamples.
    rng
        A seed or a generator; the same seed gives the same resamples, whatever the columns are.
    progress
        Whether a bar is shown (needs tqdm).

    Raises
    ------
    ArgumentError
        If draws are not two or more, or without a seed.

    References
    ----------
    Efron 1979, Annals of Statistics 7(1):1-26; Cameron, Gelbach & Miller 2008, Review of Economics and Statistics
    90(3):414-427 (clusters).

    Examples
    --------
    >>> drawn_sums([[1.0], [2.0], [3.0]], Respondents(3), draws=4, rng=1).ravel()
    array([7., 5., 7., 6.])
    """
    check_draws(draws, rng)
    by_unit = people.of_units(np.asarray(table, dtype=np.float64))
    return _summed(people, by_unit.shape[1], lambda part: by_unit[part], draws, rng, progress=progress)


def drawn_moments(
    columns: npt.ArrayLike,
    people: Respondents,
    *,
    draws: int,
    rng: int | np.random.Generator | None,
    progress: bool = False,
) -> DrawnMoments:
    """Means and covariances of columns over bootstrap resamples, from products of the columns alone.

    Parameters
    ----------
    columns
        Shape (rows, q), none missing.
    people, draws, rng, progress
        As of `drawn_sums`.

    Returns
    -------
    DrawnMoments
        Covariances are divided by the sum of weights of the resample: shares of variance and correlations do not
        depend on it.

    Raises
    ------
    ArgumentError
        As of `drawn_sums`.

    Examples
    --------
    >>> drawn_moments([[1.0, 2.0], [2.0, 5.0], [4.0, 3.0]], Respondents(3), draws=2, rng=1).covariances.shape
    (2, 2, 2)
    """
    check_draws(draws, rng)
    values = np.asarray(columns, dtype=np.float64)
    centre = np.average(values, axis=0, weights=people.weights)
    around = values - centre
    width = 1 + around.shape[1] + around.shape[1] * (around.shape[1] + 1) // 2
    if people.clusters is None and len(around) * width > _TABLE:
        factors = people.factors

        def table(part: slice) -> Floats:
            made = product_table(around[part])
            return made if factors is None else made * factors[part, None]

        sums = _summed(people, width, table, draws, rng, progress=progress)
    else:
        sums = drawn_sums(product_table(around), people, draws=draws, rng=rng, progress=progress)
    return moments_of(sums, centre)


def product_table(around: Floats) -> Floats:
    """Return ones, columns (rows, q) and their products, each once: shape (rows, 1 + q + q (q + 1) / 2)."""
    q = around.shape[1]
    table = np.empty((len(around), 1 + q + q * (q + 1) // 2))
    table[:, 0], table[:, 1 : 1 + q] = 1.0, around
    at = 1 + q
    for column in range(q):
        np.multiply(around[:, column:], around[:, column, None], out=table[:, at : at + q - column])
        at += q - column
    return table


def moments_of(sums: Floats, centre: Floats) -> DrawnMoments:
    """Return the moments that sums of `product_table` of columns less `centre` make."""
    q = centre.size
    rows, others = np.triu_indices(q)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = sums[:, 1 : 1 + q] / sums[:, :1], sums[:, 1 + q :] / sums[:, :1]
    products = np.empty((len(sums), q, q))
    products[:, rows, others] = products[:, others, rows] = second
    covariances = products - first[:, :, None] * first[:, None, :]
    squares, diagonal = products.diagonal(axis1=1, axis2=2), np.arange(q)
    # what rounding leaves of a column that does not vary in a resample is no variance
    variance = covariances[:, diagonal, diagonal]
    covariances[:, diagonal, diagonal] = np.where(variance > _STILL * squares, variance, 0.0)
    return DrawnMoments(first + centre, covariances)


def _summed(
    people: Respondents,
    width: int,
    table: Callable[[slice], Floats],
    draws: int,
    rng: int | np.random.Generator | None,
    *,
    progress: bool,
) -> Floats:
    """Return the sums of so many columns, of which parts of the rows are made when they are needed."""
    found, at = np.zeros((draws, width)), 0
    with Progress(draws, "resamples", wanted=progress) as bar:
        for counts in _grouped(people.counts(draws, rng)):
            sums = found[at : at + len(counts)]
            block = max(1, _ONE_THREAD // (len(counts) * width))
            for start in range(0, counts.shape[1], block):
                part = slice(start, start + block)
                sums += counts[:, part] @ table(part)
            at += len(counts)
            bar.done(len(counts))
    return found


def _grouped(tiles: Iterator[Floats]) -> Iterator[Floats]:
    """Yield resamples several at once, also where there are many respondents."""
    held: list[Floats] = []
    for tile in tiles:
        if len(tile) >= _TOGETHER and not held:
            yield tile
            continue
        held.append(tile.copy())
        if sum(map(len, held)) >= _TOGETHER:
            yield np.concatenate(held)
            held = []
    if held:
        yield np.concatenate(held)
