"""Regressions over many resamples of units, from products of columns alone: bootstrap and jackknife."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._progress import Progress
from servqual.statistics.resample_counts import check_draws, count_tiles
from servqual.statistics.unit_products import UnitProducts

# multiplications below which a product of matrices stays on one thread: threads wait for each other
_ONE_THREAD = 500_000
# numbers that the moments of a chunk, or the matrices of one regression, hold
_CHUNK = 1 << 18

Chosen = Sequence[Sequence[int]] | None


@frozen(eq=False, getstate_setstate=False, repr=False)
class Resampled(Holder):
    """Coefficients of one or several regressions over resamples.

    Attributes
    ----------
    stacked
        The coefficients of all regressions, one below the other, shape (coefficients, resamples that have them).
    sizes
        How many coefficients each regression has.
    draws
        Resamples that were drawn, or units that were left out in turn.
    failures
        Those of them without an estimate, because a column follows from others among the units drawn, or because a
        moment corrected for unreliability is not positive. They are left out of `stacked`.
    unsettled
        Resamples whose coefficients were searched for, and the search stopped before it converged; they are kept.
    """

    stacked: Floats = field(converter=floats)
    sizes: tuple[int, ...]
    draws: int
    failures: int
    unsettled: int = 0

    def __getitem__(self, equation: int) -> Floats:
        """The coefficients of one regression, shape (k, resamples)."""
        ends = [0, *accumulate(self.sizes)]
        return self.stacked[ends[equation] : ends[equation + 1]]

    def __len__(self) -> int:
        return len(self.sizes)

    def __repr__(self) -> str:
        failed = f", {self.failures} without an estimate" if self.failures else ""
        return f"<Resampled: {len(self)} regression{'s' * (len(self) != 1)}, {self.draws} resamples{failed}>"


def moment_coefficients(products: UnitProducts) -> tuple[Floats, ...]:
    """Coefficients of least squares from sums of products: ``(X'WX − D)⁻¹ X'Wy``, all rows counted once.

    Parameters
    ----------
    products
        Of one regression or several.

    Returns
    -------
    tuple of Floats
        For each regression, shape (k,); NaN where a column follows from others.

    References
    ----------
    Fuller 1987, Measurement Error Models, Wiley, chapter 2 (``D``, the correction for unreliability).

    Examples
    --------
    >>> from servqual.statistics.regression_rows import RegressionRows
    >>> rows = RegressionRows([[1, 0], [1, 1], [1, 2], [1, 3]], [1.0, 2.0, 2.0, 3.0], [0, 1, 2, 3])
    >>> moment_coefficients(UnitProducts.of([rows], units=4))[0].round(3)
    array([1.1, 0.6])
    """
    moments = products.table.sum(axis=0)[:, None]
    found = [layout.coefficients(moments) for layout in products.layouts]
    return tuple(each[:, 0] if solved[0] else np.full(len(each), np.nan) for each, solved in found)


def bootstrap_coefficients(
    products: UnitProducts,
    *,
    draws: int,
    rng: int | np.random.Generator | None,
    columns: Chosen = None,
    spread: bool = False,
    chunk: int | None = None,
    progress: bool = False,
) -> Resampled:
    """Coefficients of regressions over bootstrap resamples of units: pairs of all rows of a unit move together.

    A resample draws as many units as there are, with replacement. Its moments are ``counts @ products``: counts of
    units, and products of columns summed by unit; so rows are passed over once, however many resamples there are. With
    clusters, `unit` is the cluster.

    Parameters
    ----------
    products
        Of one regression or several, which are resampled together; of two units or more.
    draws
        Number of resamples.
    rng
        A seed or a generator. The same seed gives the same resamples.
    columns
        For each regression, the positions of the coefficients to keep; by default all.
    spread
        Whether the standard deviation of the outcome (divisor ``n − 1``) follows the coefficients, at position k; NaN
        for regressions without an intercept or with weights.
    chunk
        Resamples solved at once: more take more memory, and the answer does not depend on it.
    progress
        Whether a bar is shown (needs tqdm).

    Returns
    -------
    Resampled
        In the order drawn.

    Raises
    ------
    ArgumentError
        Fewer than two units, no seed, a number of resamples or a chunk that is none.
    MissingExtraError
        If progress is asked for, and tqdm is not installed.

    References
    ----------
    Freedman 1981, Annals of Statistics 9(6):1218-1228 (pairs); Cameron, Gelbach & Miller 2008, Review of Economics and
    Statistics 90(3):414-427 (pairs of clusters).

    Examples
    --------
    >>> from servqual.statistics.regression_rows import RegressionRows
    >>> rows = RegressionRows([[1, 0], [1, 1], [1, 2], [1, 4]], [1.0, 2.0, 2.0, 3.0], [0, 1, 2, 3])
    >>> drawn = bootstrap_coefficients(UnitProducts.of([rows], units=4), draws=500, rng=1)
    >>> drawn, drawn[0].shape
    (<Resampled: 1 regression, 500 resamples, 12 without an estimate>, (2, 488))
    """
    check_draws(draws, rng)
    size = _chunk_size(products, draws, chunk)
    with Progress(draws, "resamples", wanted=progress) as bar:
        moments = _moments(products.table, count_tiles(products.units, draws, rng), bar.done)
        return _solved(products, _chunks(moments, size, draws), columns, draws, spread=spread)


def jackknife_coefficients(
    products: UnitProducts, *, columns: Chosen = None, spread: bool = False, chunk: int | None = None
) -> Resampled:
    """Coefficients of regressions without each unit in turn, from the same products: nothing is fitted again.

    Parameters
    ----------
    products, columns, spread, chunk
        As for `bootstrap_coefficients`.

    Returns
    -------
    Resampled
        In the order of units, shape (coefficients, units) where there are no failures.

    Raises
    ------
    ArgumentError
        As for `bootstrap_coefficients`.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall, chapter 11.

    Examples
    --------
    >>> from servqual.statistics.regression_rows import RegressionRows
    >>> rows = RegressionRows([[1, 0], [1, 1], [1, 2], [1, 4]], [1.0, 2.0, 2.0, 3.0], [0, 1, 2, 3])
    >>> jackknife_coefficients(UnitProducts.of([rows], units=4))[0][1].round(3)
    array([0.357, 0.5  , 0.462, 0.5  ])
    """
    units = products.units
    size = _chunk_size(products, units, chunk)
    total = products.table.sum(axis=0)
    left = (np.ascontiguousarray((total - products.table[at : at + size]).T) for at in range(0, units, size))
    return _solved(products, left, columns, units, spread=spread)


def _chunk_size(products: UnitProducts, draws: int, chunk: int | None) -> int:
    if products.units < 2:
        raise ArgumentError(Problem("units", repr(products.units), "resampling needs two or more"))
    if chunk is None:
        widest = max(layout.second.size for layout in products.layouts)
        return max(1, min(draws, _CHUNK // max(widest, products.table.shape[1])))
    if chunk != int(chunk) or chunk < 1:
        raise ArgumentError(Problem("chunk", repr(chunk), "a chunk has at least one resample"))
    return min(int(chunk), draws)


def _moments(products: Floats, tiles: Iterator[Floats], done: Callable[[int], None]) -> Iterator[Floats]:
    """Yield the moments of each tile of resamples, shape (tile, products)."""
    piece = max(1, _ONE_THREAD // products.size)
    for counts in tiles:
        moments = np.empty((len(counts), products.shape[1]))
        for at in range(0, len(counts), piece):
            np.matmul(counts[at : at + piece], products, out=moments[at : at + piece])
        yield moments
        done(len(counts))


def _chunks(tiles: Iterator[Floats], size: int, draws: int) -> Iterator[Floats]:
    """Yield the moments of so many resamples at once, shape (products, chunk), from tiles of other sizes."""
    chunk, filled, told = None, 0, 0
    for tile in tiles:
        used = 0
        while used < len(tile):
            if chunk is None:
                chunk, filled = np.empty((tile.shape[1], min(size, draws - told))), 0
            taken = tile[used : used + chunk.shape[1] - filled]
            chunk[:, filled : filled + len(taken)] = taken.T
            used, filled = used + len(taken), filled + len(taken)
            if filled == chunk.shape[1]:
                yield chunk
                chunk, told = None, told + filled


def _solved(
    products: UnitProducts, chunks: Iterator[Floats], columns: Chosen, draws: int, *, spread: bool
) -> Resampled:
    every = [range(len(each.centre) - 1 + each.intercept + spread) for each in products.layouts]
    chosen = [list(each) for each in (every if columns is None else columns)]
    stacked, kept = np.empty((sum(map(len, chosen)), draws)), 0
    for moments in chunks:
        found, solved = products.coefficients(moments, spread=spread)
        rows = np.concatenate([each[picked] for each, picked in zip(found, chosen, strict=True)])
        many = int(solved.sum())
        stacked[:, kept : kept + many] = rows if many == solved.size else rows[:, solved]
        kept += many
    return Resampled(stacked[:, :kept], tuple(map(len, chosen)), draws, draws - kept)
