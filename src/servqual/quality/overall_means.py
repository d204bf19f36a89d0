"""Mean answers of each respondent, block by block, without keeping them: for a criterion, and between groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Level
from servqual.scoring.rules import Rules
from servqual.survey import Survey

BLOCK = 16_384


class Means(NamedTuple):
    """Mean answers of a block of respondents over the same items at each level.

    Attributes
    ----------
    part
        Which respondents.
    values
        Shape (levels, rows); NaN for those with fewer than half of the items of a dimension.
    """

    part: slice
    values: Floats


def overall_means(survey: Survey, levels: Sequence[Level]) -> Iterator[Means]:
    """Yield the mean over all items that a respondent answered at each of these levels: scores' ``overall_items``.

    The mean at one level less that at another is then the mean gap.
    """
    slices, needed = survey.instrument.slices, Rules().needed(survey.instrument)
    for start in range(0, len(survey), BLOCK):
        part = slice(start, min(start + BLOCK, len(survey)))
        numbers = np.stack([survey.level(level).numbers(part.start, part.stop) for level in levels])
        answered = np.asarray(~np.isnan(numbers).any(axis=0))
        counts = [answered[items].sum(axis=0) >= least for items, least in zip(slices, needed, strict=True)]
        enough = np.array(counts).all(axis=0)
        count = np.where(enough, answered.sum(axis=0), np.nan)
        yield Means(part, np.where(answered, numbers, 0.0).sum(axis=1) / count)
