"""Split-half reliability: one split, and the spread over all or many."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import AnyArray, Bools, Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import covariance_of, unfit
from servqual.statistics.inapplicable import Inapplicable

_NOTHING = 1e-12
_BATCH = 1024


@frozen
class SplitHalf:
    """The reliability of a scale from two halves of it.

    Attributes
    ----------
    first
        Positions of the items in the first half.
    correlation
        Of the two halves' sums, between −1 and 1.
    spearman_brown
        ``2r / (1 + r)``: of the whole scale, where the halves are of equal spread.
    guttman
        ``2 (1 − (v₁ + v₂) / v)``, with ``v`` the variance of the whole: Rulon's and Guttman's coefficient, lambda 4 of
        this split, which asks for no equal spread.
    """

    first: tuple[int, ...]
    correlation: float
    spearman_brown: float
    guttman: float


class Spread(NamedTuple):
    """The mean, the least and the greatest of a coefficient over many splits."""

    mean: float
    low: float
    high: float


@frozen
class SplitHalves:
    """Split-half coefficients over many splits of one scale.

    Attributes
    ----------
    splits
        How many splits were taken; those in which a half does not vary are left out.
    exhaustive
        Whether these are all there are.
    correlation, spearman_brown, guttman
        The spread of each coefficient. Over all splits of an even number of items the mean of Guttman's is alpha.
    """

    splits: int
    exhaustive: bool
    correlation: Spread
    spearman_brown: Spread
    guttman: Spread


def split_half(covariance: npt.ArrayLike, first: npt.ArrayLike | None = None) -> SplitHalf | Inapplicable:
    """Split-half reliability of one split, by default of odd against even items.

    Parameters
    ----------
    covariance
        Of the items, shape (k, k), symmetric.
    first
        Positions, from 0, of the items in the first half; by default each second one from the first on.

    Returns
    -------
    SplitHalf or Inapplicable
        Inapplicable for one item, where an item does not vary, and where the sum of a half or of the whole does not.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, or the first half is empty, everything, or names an item twice.

    References
    ----------
    Spearman 1910, British Journal of Psychology 3(3):271-295; Brown 1910, the same, 296-322; Rulon 1939, Harvard
    Educational Review 9:99-103; Guttman 1945, Psychometrika 10(4):255-282.

    Examples
    --------
    >>> found = split_half([[2.0, 1.0], [1.0, 2.0]])
    >>> found.first, found.correlation, round(found.spearman_brown, 4)
    ((0,), 0.5, 0.6667)
    """
    table = covariance_of(covariance)
    if (reason := unfit(table)) is not None:
        return reason
    positions = np.arange(0, len(table), 2) if first is None else _positions(first, len(table))
    sides = np.zeros((1, len(table)), dtype=np.bool_)
    sides[0, positions] = True
    found = _coefficients(table, sides)[:, 0]
    if not np.isfinite(found).all():
        return Inapplicable("a half, or the whole, does not vary: its items cancel each other")
    return SplitHalf(tuple(positions.tolist()), *found.tolist())


def split_halves(
    covariance: npt.ArrayLike, draws: int = 10_000, rng: int | np.random.Generator | None = None
) -> SplitHalves | Inapplicable:
    """Split-half coefficients over all splits into equal halves, or over random ones where there are too many.

    Halves have ``⌊k / 2⌋`` items and the rest. Up to 14 items the default takes every split.

    Parameters
    ----------
    covariance
        Of the items, shape (k, k), symmetric.
    draws
        All splits are taken if there are no more than this, otherwise as many random ones.
    rng
        Seed or generator of the random splits; needed only where splits are drawn.

    Returns
    -------
    SplitHalves or Inapplicable
        Inapplicable as `split_half` is, and where no split has halves that vary.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, there are no draws, or splits must be drawn and ``rng`` is not given.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334 (alpha as the mean of all); Revelle & Condon 2019, Psychological
    Assessment 31(12):1395-1411.

    Examples
    --------
    >>> found = split_halves([[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])
    >>> found.splits, found.exhaustive, round(found.guttman.mean, 4)
    (3, True, 0.6667)
    """
    table = covariance_of(covariance)
    if (reason := unfit(table)) is not None:
        return reason
    k = len(table)
    many = math.comb(k, k // 2) // (1 if k % 2 else 2)
    found = [_coefficients(table, sides) for sides in _sides(k, many, draws, rng)]
    every = np.concatenate(found, axis=1)
    every = every[:, np.isfinite(every).all(axis=0)]
    if every.shape[1] == 0:
        return Inapplicable("in every split a half, or the whole, does not vary: items cancel each other")
    spreads = (Spread(float(row.mean()), float(row.min()), float(row.max())) for row in every)
    return SplitHalves(every.shape[1], many <= draws, *spreads)


def _coefficients(table: Floats, sides: Bools) -> Floats:
    """Return correlation, Spearman–Brown and Guttman of each split, shape (3, splits); NaN where a half is still."""
    signs = np.where(sides, 1.0, -1.0)
    weighted = signs @ table
    total, difference, across = table.sum(), (weighted * signs).sum(axis=1), weighted.sum(axis=1)
    # variances of the two sums from those of their sum and of their difference
    first, second = (total + difference + 2 * across) / 4, (total + difference - 2 * across) / 4
    least = _NOTHING * np.trace(table)
    varies = (first > least) & (second > least) & (total > least)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(varies, np.clip((total - difference) / 4 / np.sqrt(first * second), -1, 1), np.nan)
        return np.stack([r, 2 * r / (1 + r), np.where(varies, 1 - difference / total, np.nan)])


def _sides(k: int, many: int, draws: int, rng: int | np.random.Generator | None) -> Iterator[Bools]:
    """Yield which items are in the first half, shape (batch, k), batch by batch."""
    if draws < 1:
        raise ArgumentError(Problem("draws", str(draws), "at least one split is taken"))
    if many > draws and rng is None:
        remedy = "pass a seed, as rng=1, or a generator"
        raise ArgumentError(Problem("rng", f"None for {draws} of {many} splits", "random splits have a seed", remedy))
    return _drawn(k, draws, np.random.default_rng(rng)) if many > draws else _all(k)


def _all(k: int) -> Iterator[Bools]:
    # with halves of equal size, the first item stands in the first half, lest every split be taken twice
    rest = combinations(range(1, k), k // 2 - 1) if k % 2 == 0 else combinations(range(k), k // 2)
    while chosen := list(islice(rest, _BATCH)):
        sides = np.zeros((len(chosen), k), dtype=np.bool_)
        sides[:, 0] = k % 2 == 0
        np.put_along_axis(sides, np.array(chosen, dtype=np.intp).reshape(len(chosen), -1), values=True, axis=1)
        yield sides


def _drawn(k: int, draws: int, rng: np.random.Generator) -> Iterator[Bools]:
    for start in range(0, draws, _BATCH):
        size = min(_BATCH, draws - start)
        yield rng.random((size, k)).argsort(axis=1) < k // 2


def _positions(first: npt.ArrayLike, k: int) -> AnyArray:
    given = np.asarray(first)
    whole = given.dtype.kind in "iu" and given.ndim == 1
    if not whole or not 0 < given.size < k or np.unique(given).size < given.size or given.min() < 0 or given.max() >= k:
        rule = f"the first half names some of the positions 0 to {k - 1}, each once, and not all"
        raise ArgumentError(Problem("first", np.array2string(given, threshold=6), rule))
    return given
