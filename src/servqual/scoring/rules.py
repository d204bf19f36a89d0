"""The rules by which item scores become dimension and overall scores: one arithmetic for everybody."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from attrs import define, field, frozen

from servqual._arrays import Floats, Ints
from servqual.errors import Problem
from servqual.instruments import Instrument
from servqual.statistics import ArgumentError


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
class DimensionSum:
    """What a kernel leaves for one dimension of a block: the sum of item scores, and what it is to be divided by.

    Attributes
    ----------
    total
        (rows,): sums of item scores, weighted where items are; turned into means in place.
    divisor
        The number of items answered, or the sum of their weights; one number where all rows agree.
    answered
        How many items each row answered; None where every row answered all.
    """

    total: Floats
    divisor: float | Floats
    answered: Ints | None


def finish(sums: Iterable[DimensionSum], out: Floats, needed: Sequence[int], weights: Floats | None) -> None:
    """Turn the sums of a block into scores: dimensions, their mean, and the mean of items where it has a row.

    Each dimension is finished before the next one is summed, while its row is still near.

    Parameters
    ----------
    sums
        One for each dimension; their totals are the first rows of `out`.
    out
        (dimensions + 1, rows), or one row more for the mean of items.
    needed
        How many items each dimension needs.
    weights
        (dimensions, rows); None where dimensions count alike.
    """
    dimensions = len(needed)
    overall, items = out[dimensions], _ItemMean() if len(out) > dimensions + 1 else None
    for place, (part, need) in enumerate(zip(sums, needed, strict=True)):
        weight = None if weights is None else weights[place]
        if items is not None:
            items.add(part, weight)
        np.divide(part.total, part.divisor, out=part.total)
        if part.answered is not None:
            part.total[np.flatnonzero(part.answered < need)] = np.nan
        score = part.total if weight is None else part.total * weight
        np.copyto(overall, score) if place == 0 else np.add(overall, score, out=overall)
    np.divide(overall, dimensions if weights is None else np.add.reduce(weights, axis=0), out=overall)
    if items is not None:
        np.divide(items.total, items.divisor, out=out[dimensions + 1])
        out[dimensions + 1][np.flatnonzero(np.isnan(overall))] = np.nan


@define(eq=False)
class _ItemMean:
    """The mean of all items in the making: every item counts alike, or carries the weight of its dimension."""

    total: float | Floats = 0.0
    divisor: float | Floats = 0.0

    def add(self, part: DimensionSum, weight: Floats | None) -> None:
        self.total = self.total + (part.total if weight is None else part.total * weight)
        self.divisor = self.divisor + (part.divisor if weight is None else part.divisor * weight)
