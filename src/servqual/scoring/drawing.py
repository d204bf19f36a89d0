"""`Drawing`: how many bootstrap replicates a summary keeps, of which seed, and what a survey must have for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import field, frozen

from servqual.errors import ArgumentError, Problem
from servqual.scoring.cluster_names import cluster_keys
from servqual.statistics.key_numbers import Keys
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey


@frozen
class Drawing:
    """How many bootstrap replicates are kept, and the seed that their counts are drawn from.

    Parameters
    ----------
    replicates
        How many: 0 for none, else two or more.
    seed
        A whole number of 64 bits, 0 or more.

    Raises
    ------
    ArgumentError
        Numbers that are none of these, and a seed without replicates.
    """

    replicates: int = field(default=0)
    seed: int = field(default=0)

    def __attrs_post_init__(self) -> None:
        problems = []
        if not _is_whole(self.replicates) or self.replicates < 0 or self.replicates == 1:
            rule = "two replicates or more make an interval, and 0 stands for none"
            problems.append(Problem("replicates", repr(self.replicates), rule, "200 for errors, 1000 for intervals"))
        if not _is_whole(self.seed) or not 0 <= self.seed < 2**64:
            problems.append(Problem("seed", repr(self.seed), "a seed is a whole number of 64 bits, 0 or more"))
        elif self.seed and self.replicates == 0:
            problems.append(Problem("seed", repr(self.seed), "replicates are drawn from it", "pass replicates= too"))
        if problems:
            raise ArgumentError(*problems)

    def check(self, survey: Survey, models: Sequence[object]) -> None:
        """Raise where replicates are wanted of a survey or models that cannot have them.

        Raises
        ------
        ArgumentError
            No key, frequency weights, no model; everything at once.
        """
        problems = list(_obstacles(survey, models)) if self.replicates else []
        if problems:
            raise ArgumentError(*problems)

    def __str__(self) -> str:
        return f"{self.replicates} replicates from seed {self.seed}" if self.replicates else "no replicates"


def drawn_keys(survey: Survey) -> Keys:
    """Return what is drawn: clusters where the survey has them, whose respondents then move together, else respondents.

    Empty where the survey has neither.
    """
    if survey.cluster is not None:
        return cluster_keys(survey.cluster)
    return np.zeros(0, np.uint64) if survey.key is None else survey.key


def _obstacles(survey: Survey, models: Sequence[object]) -> Iterator[Problem]:
    if survey.key is None and survey.cluster is None:
        rule = "replicates are drawn by a key of the respondent, so that they do not depend on batches"
        yield Problem("key", "none", rule, "read the survey with key='…', a column of numbers or names")
    if survey.weights is not None and survey.weight_kind is WeightKind.FREQUENCY:
        rule = "a row that stands for several respondents is not drawn as several"
        yield Problem("weights", "frequencies", rule, "read one row for each respondent, with a key of its own")
    if not models:
        yield Problem("models", "none", "replicates are of scores", "name a model: summarize(survey, Difference(), …)")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
