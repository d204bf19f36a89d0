"""PLS path models of many resamples at once: bootstrap, jackknife, and permutation of groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Floats, Holder, Ints, floats
from servqual.statistics._progress import Progress
from servqual.statistics.pair_matrices import Metric, PairMatrices, ruled_matrices
from servqual.statistics.pair_products import PairProducts, StackedSums
from servqual.statistics.pls_estimates import PathEstimates, estimated
from servqual.statistics.pls_quality import heterotrait_ratios
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_words import PathState
from servqual.statistics.resample_counts import check_draws
from servqual.statistics.resampled_rows import Drawn


@frozen(eq=False, getstate_setstate=False, repr=False)
class PathReplicates(Holder):
    """Path models of resamples, in the order drawn.

    Attributes
    ----------
    estimates
        Of all resamples, shape of the stack (B,); see ``estimates.fitted`` for those that have one.
    means, sds
        Of the indicators, shape (B, p); the divisor is the sum of weights.
    heterotrait
        Heterotrait–monotrait ratios, shape (B, m, m).
    """

    estimates: PathEstimates
    means: Floats = field(converter=floats)
    sds: Floats = field(converter=floats)
    heterotrait: Floats = field(converter=floats)

    @property
    def failures(self) -> dict[PathState, int]:
        """How many resamples have no estimate, by the cause."""
        counts = {state: int((self.estimates.state == state).sum()) for state in PathState}
        return {state: count for state, count in counts.items() if count and state is not PathState.FITTED}

    def __repr__(self) -> str:
        failed = f", {sum(self.failures.values())} without an estimate" if self.failures else ""
        return f"<PathReplicates: {self.estimates.state.size} resamples{failed}>"


@frozen(eq=False)
class PathRows:
    """Rows to resample: their products, and what is drawn.

    Attributes
    ----------
    products
        Of the indicators, in the order of the plan; missing answers are left as they are, or rows with them out.
    drawn
        The units.
    share
        What covariances with divisor Σw are multiplied by: 1, or ``n / (n − 1)``.
    """

    products: PairProducts
    drawn: Drawn
    share: float = 1.0

    @classmethod
    def of(
        cls,
        columns: AnyArray,
        *,
        weights: Floats | None = None,
        frequency: bool = False,
        cluster: Ints | None = None,
        share: float = 1.0,
    ) -> PathRows:
        """Return rows from columns, item-major (p, rows), with NaN (in integers the least of the type) for missing.

        Frequencies are resampled as the rows that they stand for; with clusters they weigh.
        """
        real = columns.dtype.kind == "f"
        present = columns if real else np.where(columns == np.iinfo(columns.dtype).min, np.nan, columns)
        origin = np.nan_to_num(np.nanmean(present, axis=1))
        apart = frequency and cluster is None
        products = PairProducts.of(columns, origin, None if apart else weights)
        return cls(products, Drawn.of(columns.shape[1], cluster, weights if apart else None), share)


def bootstrap_path_models(
    rows: PathRows, recipe: PathRecipe, *, draws: int, rng: int | np.random.Generator | None, progress: bool = False
) -> PathReplicates:
    """Path models of bootstrap resamples, all in one stack: ``counts @ products`` makes every matrix.

    Parameters
    ----------
    rows
        Persons, or clusters of them, that are drawn with replacement, as many as there are.
    recipe
        How each resample is estimated; its sign rule is applied to each by itself.
    draws, rng
        Number of resamples, and a seed or a generator. The same seed gives the same resamples.
    progress
        Whether a bar is shown (needs tqdm).

    Returns
    -------
    PathReplicates
        Resamples without an estimate are told, not dropped.

    Raises
    ------
    ArgumentError
        A number of resamples that is none, or no seed.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall; Chin 1998, in Marcoulides (ed.), Modern
    Methods for Business Research, Erlbaum, 295-336 (of PLS).
    """
    check_draws(draws, rng)
    with Progress(draws, "resamples", wanted=progress) as bar:
        tiles = map(rows.products.sums, rows.drawn.counts(draws, rng))
        return _replicates(_told(tiles, bar.done), recipe, rows.share)


def jackknife_path_models(rows: PathRows, recipe: PathRecipe) -> PathReplicates:
    """Path models without each unit in turn, in the order of units; a row that stands for several is told once.

    Parameters
    ----------
    rows, recipe
        As for `bootstrap_path_models`.

    Returns
    -------
    PathReplicates
        One for each cluster, or for each row.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall, chapter 11.
    """
    if rows.drawn.cluster is None:
        return _replicates(_one_fewer(rows), recipe, rows.share)
    codes = np.arange(rows.drawn.units)
    parts = np.array_split(codes, max(1, codes.size // 64))
    left = (rows.products.sums(rows.drawn.cluster != part[:, None]) for part in parts)
    return _replicates(left, recipe, rows.share)


def _one_fewer(rows: PathRows) -> Iterator[StackedSums]:
    """Yield the sums without one unit of each row."""
    if rows.drawn.ends is None:
        yield from rows.products.without_each()
        return
    many = np.diff([*rows.drawn.ends.tolist(), rows.drawn.units]).astype(np.float64)
    for part in np.array_split(np.arange(rows.drawn.rows), max(1, rows.drawn.rows // 64)):
        counts = np.repeat(many[None], part.size, axis=0)
        counts[np.arange(part.size), part] -= 1
        yield rows.products.sums(counts)


def permuted_path_models(
    rows: PathRows,
    recipe: PathRecipe,
    group: Ints,
    *,
    draws: int,
    rng: int | np.random.Generator | None,
    progress: bool = False,
) -> tuple[PathReplicates, ...]:
    """Path models of groups whose labels are dealt out at random, as many to each group as it has.

    Parameters
    ----------
    rows, recipe
        As for `bootstrap_path_models`.
    group
        Codes 0, 1, … of the group of each row; all rows of a cluster have one.
    draws, rng, progress
        As for `bootstrap_path_models`.

    Returns
    -------
    tuple of PathReplicates
        One for each group.

    Raises
    ------
    ArgumentError
        A number of permutations that is none, or no seed.

    References
    ----------
    Chin & Dibbern 2010, in Esposito Vinzi, Chin, Henseler & Wang (eds), Handbook of Partial Least Squares, Springer,
    171-193.
    """
    check_draws(draws, rng, least=1)
    groups = range(int(group.max()) + 1)
    with Progress(draws, "permutations", wanted=progress) as bar:
        tiles = [
            [rows.products.sums(rows.drawn.by_row((labels == code).astype(np.float64))) for code in groups]
            for labels in _counted(rows.drawn.shuffled(group, draws, rng), bar.done)
        ]
    return tuple(_replicates((tile[code] for tile in tiles), recipe, rows.share) for code in groups)


def _counted(tiles: Iterable[Ints], done: Callable[[int], None]) -> Iterator[Ints]:
    for tile in tiles:
        yield tile
        done(len(tile))


def _told(tiles: Iterable[StackedSums], done: Callable[[int], None]) -> Iterator[StackedSums]:
    for tile in tiles:
        yield tile
        done(len(tile.total))


def _replicates(tiles: Iterable[StackedSums], recipe: PathRecipe, share: float) -> PathReplicates:
    """Return the path models of all resamples."""
    found = [_models(ruled_matrices(sums, recipe.metric, recipe.missing, sums.total), recipe, share) for sums in tiles]
    first = found[0].estimates
    stacked: dict[str, Any] = {
        name: np.concatenate([getattr(each.estimates, name) for each in found])
        for name in ("weights", "cross_loadings", "correlations", "paths", "r2", "state", "iterations", "change")
    }
    others = (np.concatenate([getattr(each, name) for each in found]) for name in ("means", "sds", "heterotrait"))
    return PathReplicates(evolve(first, **stacked), *others)


def _models(found: PairMatrices, recipe: PathRecipe, share: float) -> PathReplicates:
    sds = found.sds * np.sqrt(share)
    if recipe.metric is Metric.CORRELATIONS:
        matrices = correlations = found.matrices
    else:
        matrices = found.matrices * share
        with np.errstate(divide="ignore", invalid="ignore"):
            correlations = found.matrices / (found.sds[..., :, None] * found.sds[..., None, :])
    ratios = heterotrait_ratios(correlations, recipe.plan)
    return PathReplicates(estimated(matrices, recipe), found.means, sds, ratios)
