"""Agreement of raters who judge the same things: Cohen's and Fleiss' kappa, Krippendorff's alpha."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.models.kappas import cohen, fleiss
from servqual.statistics.models.kinds import chosen
from servqual.statistics.resample_counts import check_draws, count_tiles

_ONE_VALUE = Inapplicable("all ratings are the same, so that chance agreement is certain")
_NO_PAIRS = Inapplicable("nothing was rated twice")


class Metric(StrEnum):
    """What a disagreement of two ratings weighs.

    NOMINAL
        1 whenever they differ.
    ORDINAL
        The square of how many ratings lie between them, both ends by half.
    INTERVAL
        The square of their difference.
    """

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def cohen_kappa(first: npt.ArrayLike, second: npt.ArrayLike) -> float | Inapplicable:
    """Cohen's kappa of two raters who judged the same units: ``(P_o − P_e) / (1 − P_e)``.

    ``P_o`` is the share of units judged alike, ``P_e`` what the raters' own margins would give by chance.

    Parameters
    ----------
    first, second
        Ratings, shape (units,), NaN where there is none; units with both count.

    Returns
    -------
    float or Inapplicable
        At most 1; 0 for the agreement of chance.

    Raises
    ------
    ArgumentError
        If shapes differ, or ratings are not numbers.

    References
    ----------
    Cohen 1960, Educational and Psychological Measurement 20(1):37-46.

    Examples
    --------
    >>> round(cohen_kappa([1, 1, 0, 0, 1], [1, 0, 0, 0, 1]), 3)
    0.615
    """
    ratings = _ratings(np.stack(_pair(first, second), axis=1))
    both = ~np.isnan(ratings).any(axis=1)
    if not both.any():
        return _NO_PAIRS
    known, codes = np.unique(ratings[both], return_inverse=True)
    size = known.size
    pairs = codes.reshape(-1, 2)
    table = np.bincount(pairs[:, 0] * size + pairs[:, 1], minlength=size * size).reshape(size, size)
    return _ONE_VALUE if size < 2 else cohen(table.astype(np.float64))


def fleiss_kappa(ratings: npt.ArrayLike) -> float | Inapplicable:
    """Fleiss' kappa of several raters, not always the same ones: ``(P̄ − P̄_e) / (1 − P̄_e)``.

    ``P̄`` is the mean over units of the share of pairs of ratings that agree, ``P̄_e`` the sum of squared shares of
    categories.

    Parameters
    ----------
    ratings
        Shape (units, raters), NaN where there is none. Every unit has as many ratings.

    Returns
    -------
    float or Inapplicable
        At most 1; 0 for the agreement of chance.

    Raises
    ------
    ArgumentError
        If ratings are not numbers, or of another shape.

    References
    ----------
    Fleiss 1971, Psychological Bulletin 76(5):378-382.

    Examples
    --------
    >>> round(fleiss_kappa([[1, 1, 1], [0, 0, 1], [0, 0, 0], [1, 1, 0]]), 3)
    0.333
    """
    table = _ratings(ratings)
    given = (~np.isnan(table)).sum(axis=1)
    if given.max(initial=0) < 2:
        return _NO_PAIRS
    if given.min() < given.max():
        return Inapplicable("units were not rated equally often")
    _, counts = _counts(table)
    return _ONE_VALUE if counts.shape[1] < 2 else fleiss(counts)


def krippendorff_alpha(ratings: npt.ArrayLike, metric: Metric | str = Metric.NOMINAL) -> float | Inapplicable:
    """Krippendorff's alpha: ``1 − D_o / D_e``, for any number of raters, with gaps, on any level of measurement.

    Units with ``m ≥ 2`` ratings give their ordered pairs, each by ``1 / (m − 1)``, to the coincidences ``o_ck``. With
    ``n_c = Σ_k o_ck`` and ``n = Σ n_c``, ``D_o = Σ o_ck δ²_ck / n`` and ``D_e = Σ n_c n_k δ²_ck / (n (n − 1))``.

    Parameters
    ----------
    ratings
        Shape (units, raters), NaN where there is none.
    metric
        What a disagreement ``δ²`` weighs.

    Returns
    -------
    float or Inapplicable
        At most 1; 0 for the agreement of chance, below 0 for systematic disagreement.

    Raises
    ------
    ArgumentError
        If ratings are not numbers, of another shape, or the metric is unknown.

    References
    ----------
    Krippendorff 1970, Educational and Psychological Measurement 30(1):61-70; Hayes & Krippendorff 2007, Communication
    Methods and Measures 1(1):77-89.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1], [0, 0], [0, 1], [1, 1]]), 3)
    0.533
    """
    kind = chosen("metric", str(metric), Metric)
    values, coincidences = _coincidences(_ratings(ratings))
    return _alpha(coincidences.sum(axis=0)[None], values, kind)[1][0]


def resampled_alphas(
    ratings: npt.ArrayLike,
    metric: Metric | str,
    draws: int,
    rng: int | np.random.Generator | None,
    clusters: npt.ArrayLike | None = None,
) -> Floats:
    """Krippendorff's alpha in resamples of units, or of whole clusters of them: shape (draws,), NaN where it is none.

    Parameters
    ----------
    ratings, metric
        As for `krippendorff_alpha`.
    draws, rng
        How many, and a seed or a generator.
    clusters
        Cluster of each unit, as positions from 0, shape (units,): drawn with all of its units.

    Raises
    ------
    ArgumentError
        As for `krippendorff_alpha`; if there are no draws or no seed.

    References
    ----------
    Efron 1979, Annals of Statistics 7(1):1-26; Zapf et al. 2016, BMC Medical Research Methodology 16:93 (resampled
    units for alpha).
    """
    check_draws(draws, rng)
    kind = chosen("metric", str(metric), Metric)
    values, coincidences = _coincidences(_ratings(ratings))
    size = values.size
    flat = coincidences.reshape(-1, size * size)
    if clusters is not None:
        codes = np.asarray(clusters)
        flat = np.stack([np.bincount(codes, column) for column in flat.T], axis=1)
    sums = np.concatenate([times @ flat for times in count_tiles(len(flat), draws, rng)])
    return freeze(_alpha(sums.reshape(-1, size, size), values, kind)[0])


def _pair(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[AnyArray, AnyArray]:
    one, other = np.asarray(first), np.asarray(second)
    if one.shape != other.shape or one.ndim != 1:
        found = f"shapes {one.shape} and {other.shape}"
        raise ArgumentError(Problem("ratings", found, "both raters have one rating for each unit, shape (units,)"))
    return one, other


def _ratings(ratings: npt.ArrayLike) -> Floats:
    given = np.asarray(ratings)
    if given.ndim != 2 or given.dtype.kind not in "biuf" or not given.size:
        found = f"an array of {given.dtype}, shape {given.shape}"
        raise ArgumentError(Problem("ratings", found, "ratings are numbers, shape (units, raters)"))
    table = given.astype(np.float64)
    if np.isinf(table).any():
        raise ArgumentError(Problem("ratings", "an infinite one", "ratings are finite, NaN where there is none"))
    return table


def _counts(table: Floats) -> tuple[Floats, Floats]:
    """Return the values that occur, and how often each unit has them, (units, values)."""
    there = ~np.isnan(table)
    values, codes = np.unique(table[there], return_inverse=True)
    places = np.nonzero(there)[0] * values.size + codes
    counts = np.bincount(places, minlength=len(table) * values.size).reshape(len(table), values.size)
    return values, counts.astype(np.float64)


def _coincidences(table: Floats) -> tuple[Floats, Floats]:
    """Return the values that occur, and the coincidences of each unit, (units, values, values)."""
    values, counts = _counts(table)
    given = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(values.size)
    return values, pairs / np.maximum(given - 1, 1)[:, None, None]


def _alpha(sums: Floats, values: Floats, metric: Metric) -> tuple[Floats, list[float | Inapplicable]]:
    """Return alphas of coincidences (draws, values, values), and the same as cells that say why there is none."""
    margins = sums.sum(axis=2)
    n = margins.sum(axis=1)
    apart = _apart(margins, values, metric)
    seen = (sums * apart).sum(axis=(1, 2))
    chance = np.einsum("dc,dck,dk->d", margins, apart, margins)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (n - 1) * seen / chance
    alpha = np.where(chance > 0, alpha, np.nan)
    cells = [
        float(each) if spread > 0 else (_ONE_VALUE if total > 0 else _NO_PAIRS)
        for each, spread, total in zip(alpha, chance, n, strict=True)
    ]
    return alpha, cells


def _apart(margins: Floats, values: Floats, metric: Metric) -> Floats:
    """Return what a disagreement weighs, (draws or 1, values, values)."""
    if metric is Metric.NOMINAL:
        return 1.0 - np.eye(values.size)[None]
    if metric is Metric.INTERVAL:
        return np.asarray((values[:, None] - values) ** 2)[None]
    middles = np.cumsum(margins, axis=1) - margins / 2
    return np.asarray((middles[:, :, None] - middles[:, None, :]) ** 2)
