"""Sums of answers with gaps are those of scores formed one respondent at a time."""

import math
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, Level, PerformanceOnly, Scale, Survey
from servqual.scoring import byte_sums, gappy_sums
from servqual.scoring.gappy_sums import sums_of_codes
from servqual.scoring.level_score import LevelScore
from servqual.scoring.rules import Rules
from servqual.scoring.whole_sums import serves
from tests.scoring.test_whole_sums import SCALES, Mixture, instrument

Array = npt.NDArray[np.float64]
LEVELS = (Level.PERCEPTION, Level.EXPECTATION)
MODELS = (Difference(), PerformanceOnly(), LevelScore("expectation", beside="perception"), Mixture(2, -1))


def scores_by_hand(model: Any, answers: Array, sizes: list[int], share: float) -> Array:
    """Items, dimensions, their mean and the mean of items, (scores, respondents), NaN where there is none."""
    read = [place for place, level in enumerate(LEVELS) if level in model.reads]
    items = sum(dict(model.coefficients)[LEVELS[place]] * answers[place] for place in read)
    rows = []
    for respondent in np.asarray(items).T.tolist():
        scores, given_all = [], [value for value in respondent if not math.isnan(value)]
        for size, end in zip(sizes, accumulate(sizes), strict=True):
            answered = [value for value in respondent[end - size : end] if not math.isnan(value)]
            enough = len(answered) >= max(1, math.ceil(share * size - 1e-9))
            scores.append(sum(answered) / len(answered) if enough else math.nan)
        overall = sum(scores) / len(scores)
        mean = math.nan if math.isnan(overall) else sum(given_all) / len(given_all)
        rows.append([*respondent, *scores, overall, mean])
    return np.array(rows).T


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 8), min_size=1, max_size=4),
    scale=st.sampled_from(SCALES),
    n=st.integers(3, 200),
    seed=st.integers(0, 10_000),
    block=st.sampled_from([7, 64, 1000]),
    share=st.sampled_from([0.5, 1.0, 0.01]),
    gaps=st.sampled_from([0.02, 0.3, 0.9]),
)
def test_sums_are_those_of_scores_formed_one_by_one(
    *, sizes: list[int], scale: Scale, n: int, seed: int, block: int, share: float, gaps: float
) -> None:
    asked = instrument(sizes, scale)
    rng = np.random.default_rng(seed)
    answers = rng.integers(int(scale.low), int(scale.high) + 1, (2, sum(sizes), n)).astype(float)
    answers[rng.random(answers.shape) < gaps] = np.nan
    answers[:, 0, 0] = scale.low
    survey = Survey.from_arrays(asked, perception=answers[0].T, expectation=answers[1].T)
    models = [model for model in MODELS if serves(asked, [model])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_sums, "BLOCK", block)
        patch.setattr(gappy_sums, "_SHORT", block)
        sums = sums_of_codes(survey.answers, asked, models, Rules(share, overall_items=True))
    assert sums.rows == n
    for place, level in enumerate(LEVELS):
        points = np.arange(int(scale.low), int(scale.high) + 1)
        assert sums.tallies[level].counts.tolist() == (answers[place][:, :, None] == points).sum(axis=1).tolist()
        assert sums.tallies[level].missing.tolist() == np.isnan(answers[place]).sum(axis=1).tolist()
    for model, part in zip(models, sums.parts, strict=True):
        (term,) = part.terms
        assert (term.respondents, term.coefficient, term.clusters) == (n, 1, None)
        scores = scores_by_hand(model, answers, sizes, share)
        for column, each in enumerate(scores):
            there = each[~np.isnan(each)]
            assert term.moments.n[column] == len(there)
            if len(there):
                np.testing.assert_allclose(term.moments.mean[column], there.mean(), rtol=1e-12, atol=1e-13)
            if len(there) > 1:
                np.testing.assert_allclose(term.moments.variance[column], there.var(ddof=1), rtol=1e-10, atol=1e-12)


def test_nobody_may_have_answered_an_item_or_a_level() -> None:
    asked = instrument([2, 1], Scale.likert(7))
    full = Survey.from_arrays(asked, perception=[[1, 2, 3], [4, 5, 6]], expectation=[[7, np.nan, 7], [7, np.nan, 6]])
    sums = sums_of_codes(full.answers, asked, [Difference()], Rules(overall_items=True), products=False)
    moments = sums.parts[0].terms[0].moments
    assert moments.n.tolist() == [2, 0, 2, 2, 2, 2, 2]
    assert np.isnan(moments.mean[1])
    assert moments.mean[[0, 2]].tolist() == [-4.5, -2.0]
    assert sums.products is None
