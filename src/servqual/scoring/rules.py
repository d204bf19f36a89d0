"""The rules by which item scores become dimension and overall scores: one arithmetic for everybody."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import Problem
from servqual.instruments import Instrument
from servqual.statistics import ArgumentError

Counts = Sequence["float | Floats"]


@frozen
class Rules:
    """How many items a dimension needs, and which overall scores are formed.

    Parameters
    ----------
    min_answered
        The share of a dimension's items that must be answered, above 0 and at most 1; at least one item always.
    overall_items
        Whether the mean of all items is formed beside the mean of the dimensions.
    """

    min_answered: float = field(default=0.5)
    overall_items: bool = False

    @min_answered.validator
    def _is_a_share(self, _: object, share: object) -> None:
        if not (isinstance(share, int | float) and 0 < share <= 1):
            rule = "the share of a dimension's items that must be answered is above 0 and at most 1"
            raise ArgumentError(Problem("min_answered", repr(share), rule, "for 3 of 5 items pass 0.6"))

    def needed(self, instrument: Instrument) -> tuple[int, ...]:
        """Return how many items each dimension needs."""
        # A hair is taken off, so that 0.6 of 5 items is 3 and not 4.
        return tuple(max(1, math.ceil(self.min_answered * len(each) - 1e-9)) for each in instrument.dimensions)

    def columns(self, instrument: Instrument) -> tuple[str, ...]:
        """Return the names of the scores formed, in order."""
        return (*instrument.dimension_keys, "overall", *(["overall_items"] if self.overall_items else []))


@frozen(eq=False)
class BlockSums:
    """What a kernel leaves for one block: sums per dimension, what they are to be divided by, and how many answered.

    Attributes
    ----------
    totals
        (dimensions, rows): sums of item scores, weighted where items are; turned into means in place.
    divisors
        Per dimension: the number of items answered, or the sum of their weights; one number where all rows agree.
    answered
        Per dimension: how many items each row answered; None where every row answered all.
    """

    totals: Floats
    divisors: Counts
    answered: Sequence[Ints | None]


def finish(sums: BlockSums, out: Floats, needed: Sequence[int], weights: Floats | None) -> None:
    """Turn the sums of a block into scores: dimensions, their mean, and the mean of items where it has a row.

    Parameters
    ----------
    sums
        The sums; `sums.totals` are the first rows of `out`.
    out
        (dimensions + 1, rows), or one row more for the mean of items.
    needed
        How many items each dimension needs.
    weights
        (dimensions, rows) or (dimensions, 1); None where dimensions count alike.
    """
    dimensions = len(sums.divisors)
    if len(out) > dimensions + 1:
        _mean_of_items(sums, out[dimensions + 1], weights)
    for total, divisor, answered, need in zip(sums.totals, sums.divisors, sums.answered, needed, strict=True):
        np.divide(total, divisor, out=total)
        if answered is not None:
            total[np.flatnonzero(answered < need)] = np.nan
    _mean_of_dimensions(sums.totals, out[dimensions], weights)
    if len(out) > dimensions + 1:
        out[dimensions + 1][np.flatnonzero(np.isnan(out[dimensions]))] = np.nan


def _mean_of_dimensions(scores: Floats, out: Floats, weights: Floats | None) -> None:
    if weights is None:
        np.copyto(out, scores[0])
        for score in scores[1:]:
            np.add(out, score, out=out)
        np.divide(out, len(scores), out=out)
        return
    np.multiply(scores[0], weights[0], out=out)
    for score, weight in zip(scores[1:], weights[1:], strict=True):
        np.add(out, score * weight, out=out)
    np.divide(out, _sum(list(weights)), out=out)


def _mean_of_items(sums: BlockSums, out: Floats, weights: Floats | None) -> None:
    """Every item counts alike, or carries the weight of its dimension."""
    parts = list(sums.totals) if weights is None else [total * w for total, w in zip(sums.totals, weights, strict=True)]
    counts = sums.divisors if weights is None else [n * w for n, w in zip(sums.divisors, weights, strict=True)]
    np.divide(_sum(parts), _sum(list(counts)), out=out)


def _sum(parts: Sequence[float | AnyArray]) -> float | AnyArray:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total
