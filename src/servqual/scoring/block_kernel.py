"""Sums of any model, from the item scores that it returns for one block of respondents at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.answers import Answers
from servqual.errors import ModelError, Problem
from servqual.scoring.protocol import ScoringModel, name_of
from servqual.scoring.rules import BlockSums
from servqual.scoring.weighing import item_weights

# Two levels of 22 items in float32 and a model's temporaries then stay near a second-level cache.
BLOCK = 8192


class BlockKernel:
    """Sums of item scores per dimension for one block; missing is NaN, and weights of items are honoured."""

    block = BLOCK

    def __init__(self, model: ScoringModel) -> None:
        self.model = model

    def item_scores(self, answers: Answers) -> Floats:
        """Return the model's scores item-major, (items, rows), checked for shape."""
        given = np.asarray(self.model.item_scores(answers))
        expected = (answers.rows, answers.slices[-1].stop)
        if given.shape != expected or given.dtype.kind != "f":
            found = f"item_scores returned {given.dtype} of shape {given.shape}"
            rule = f"item scores are floats (rows, items), here {expected}"
            raise ModelError(Problem(f"model {name_of(self.model)}", found, rule))
        return given.T

    def sums(self, answers: Answers, scores: Floats, totals: Floats) -> BlockSums:
        """Return the sums of one block's item scores (items, rows), written into `totals` (dimensions, rows)."""
        absent = np.isnan(scores)
        missing = absent if absent.any() else None
        weights = item_weights(self.model, answers, totals.dtype)
        divisors: list[float | Floats] = []
        answered: list[Any] = []
        for part, total in zip(answers.slices, totals, strict=True):
            gaps = None if missing is None else missing[part]
            weight = None if weights is None else weights[part]
            divisors.append(_weighted_sum(scores[part], gaps, weight, total))
            answered.append(None if gaps is None else np.add.reduce(~gaps, axis=0, dtype=np.int16))
        return BlockSums(totals, divisors, answered)


def _weighted_sum(scores: Floats, gaps: Bools | None, weights: Floats | None, out: Floats) -> float | Floats:
    """Write the sum over items into `out` and return what it is to be divided by.

    Rows are added one after the other, so that complete and incomplete respondents share one arithmetic.
    """
    divisor: float | Floats = 0.0
    out.fill(0)
    for item, score in enumerate(scores):
        value = score if weights is None else score * weights[item]
        weight: float | Floats = 1.0 if weights is None else weights[item]
        if gaps is not None and gaps[item].any():
            value = np.where(gaps[item], 0, value)
            weight = np.where(gaps[item], 0, weight).astype(out.dtype, copy=False)
        np.add(out, value, out=out)
        divisor = divisor + weight
    return divisor
