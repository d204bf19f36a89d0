"""How many respondents have each score: what ranks and probabilities of superiority are counted from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from attrs import evolve

from servqual._arrays import Floats
from servqual.scoring import ScoringModel, score
from servqual.scoring.block_kernel import BlockKernel
from servqual.scoring.engine import Plan, plan
from servqual.scoring.rules import Rules
from servqual.survey import Survey

_BLOCK = 65_536
# Scores that differ by less than this share of the scale are one score, and tie.
_DIGITS = 9


class Counts(NamedTuple):
    """Scores that occur, increasing, and how many respondents have each: sums of their weights where they have such."""

    values: Floats
    counts: Floats


def counts_of(survey: Survey, model: ScoringModel, *, items: bool) -> list[Counts]:
    """Return the counts of item scores (where asked for), of dimension scores and of the overall score, in this order.

    Scores are rounded to nine digits of the scale's span, so that equal ones that were added up in another order tie.
    Respondents of weight zero take no part.
    """
    decimals = _DIGITS - math.ceil(math.log10(survey.instrument.scale.span))
    there = evolve(survey, paired=True)
    scores = score(there, model, dtype=np.float64).values
    found = [_counted([column], survey.weights, decimals) for column in scores.T]
    if not items:
        return found
    planned = plan(there, model, Rules(), np.float64)
    return [*_of_items(planned, decimals), *found]


def _of_items(planned: Plan, decimals: int) -> Iterator[Counts]:
    """Count item scores block by block, so that no more than a block of them is held."""
    survey, kernel = planned.survey, BlockKernel(planned.model)
    parts: list[list[Counts]] = [[] for _ in range(len(survey.instrument))]
    for start in range(0, len(survey), _BLOCK):
        stop = min(start + _BLOCK, len(survey))
        weights = None if survey.weights is None else survey.weights[start:stop]
        for part, scores in zip(parts, kernel.item_scores(planned.block(start, stop)), strict=True):
            part.append(_counted([scores], weights, decimals))
    for part in parts:
        yield _counted([each.values for each in part], np.concatenate([each.counts for each in part]), decimals)


def _counted(values: list[Floats], weights: Floats | None, decimals: int) -> Counts:
    given = np.concatenate(values)
    there = ~np.isnan(given) if weights is None else ~np.isnan(given) & (weights > 0)
    # adding zero takes the sign off a negative zero
    rounded = np.round(given[there], decimals) + 0.0
    found, place = np.unique(rounded, return_inverse=True)
    return Counts(found, np.bincount(place, None if weights is None else weights[there], found.size).astype(np.float64))


def on_one_grid(first: Counts, second: Counts) -> tuple[Floats, Floats, Floats]:
    """Return the scores that occur in either, and how many have each in the first and in the second."""
    values = np.union1d(first.values, second.values)
    counts = np.zeros((2, values.size))
    for row, each in zip(counts, (first, second), strict=True):
        row[np.searchsorted(values, each.values)] = each.counts
    return values, counts[0], counts[1]
