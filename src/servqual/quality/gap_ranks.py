"""What of gaps needs respondents one by one: tests by ranks, and how probable it is that a perception is the higher."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.quality.gap_estimates import Columns
from servqual.quality.gap_sides import Sides
from servqual.quality.score_counts import Counts, counts_of, on_one_grid
from servqual.scoring import ScoringModel
from servqual.scoring.level_score import LevelScore
from servqual.statistics import (
    RankTest,
    probability_superiority,
    probability_superiority_unpaired,
    rank_sum_from_counts,
    signed_rank_from_counts,
    superiority_interval,
    superiority_interval_unpaired,
)
from servqual.statistics.reasoned import Reasoned
from servqual.survey import Survey

NO_RESPONDENTS = "a summary holds no respondent's score; it needs the survey"
RANKS = ("rank", "rank_p", "rank_effect")
SUPERIORITY = ("superiority", "superiority_low", "superiority_high")
NAMES = (*RANKS, *SUPERIORITY)


def no_ranks(size: int) -> Columns:
    """Return the columns as a summary has them: empty, with the reason."""
    return {name: Reasoned.none(NO_RESPONDENTS, size) for name in NAMES}


def ranks(
    survey: Survey, model: ScoringModel, sides: Sides | None, independent: str, confidence: float, *, items: bool
) -> Columns:
    """Return columns of rank tests and probabilities of superiority.

    Parameters
    ----------
    survey, model
        Whose scores under which model.
    sides
        The two levels, needed where different people answered them.
    independent
        Why respondents do not count as independent and alike: tests and intervals are inapplicable then. Empty where
        they do.
    confidence
        Of the interval.
    items
        Whether items come before dimensions.
    """
    if survey.paired or sides is None or len(model.reads) == 1:
        rows = [_paired(each, confidence, independent) for each in counts_of(survey, model, items=items)]
    else:
        # what one sample answered is counted by itself: nobody answered the other level beside it
        alone = [LevelScore(side.level) for side in sides if isinstance(side, LevelScore)]
        first, second = (counts_of(survey, each, items=items) for each in alone)
        rows = [_unpaired(one, other, confidence, independent) for one, other in zip(first, second, strict=True)]
    return {name: Reasoned.stacked([row[name] for row in rows]) for name in NAMES}


def _paired(scores: Counts, confidence: float, independent: str) -> Columns:
    values, counts = scores
    test = None if independent else signed_rank_from_counts(values, counts)
    ends = None if independent else superiority_interval(values, counts, confidence)
    area = float(probability_superiority(values, counts)) if values.size else float("nan")
    return _row(test, area, ends, independent)


def _unpaired(first: Counts, second: Counts, confidence: float, independent: str) -> Columns:
    grid = on_one_grid(first, second)
    test = None if independent else rank_sum_from_counts(*grid)
    ends = None if independent else superiority_interval_unpaired(*grid, confidence)
    area = float(probability_superiority_unpaired(*grid)) if grid[0].size else float("nan")
    return _row(test, area, ends, independent)


def _row(test: RankTest | None, superiority: float, ends: Sequence[Floats] | None, independent: str) -> Columns:
    answers = np.isnan(superiority), "no answers"
    found = {name: Reasoned.none(independent, 1) for name in NAMES if name != "superiority"}
    found["superiority"] = Reasoned.of(superiority, answers)
    if test is not None and ends is not None:
        why = (str(test.reason) != "", str(test.reason))
        numbers = zip(RANKS, (test.statistic, test.p, test.effect), strict=True)
        found |= {name: Reasoned.of(value, why) for name, value in numbers}
        found |= {name: Reasoned.of(end, answers) for name, end in zip(SUPERIORITY[1:], ends, strict=True)}
    return found
