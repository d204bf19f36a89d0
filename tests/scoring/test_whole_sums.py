"""Sums formed in bytes are those of scores formed one respondent at a time."""

from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from attrs import frozen
from hypothesis import given, settings, strategies as st

from servqual import Difference, Instrument, Level, PerformanceOnly, Scale, Weighted
from servqual.scoring import byte_sums as module
from servqual.scoring.level_score import LevelScore
from servqual.scoring.rules import Rules
from servqual.scoring.whole_sums import serves, whole_sums

LEVELS = (Level.PERCEPTION, Level.EXPECTATION)
RULES = Rules(overall_items=True)


@frozen
class Mixture:
    """Whole multiples of both levels."""

    p: int
    e: int

    @property
    def reads(self) -> frozenset[Level]:
        return frozenset(LEVELS)

    @property
    def coefficients(self) -> dict[Level, int]:
        return {Level.PERCEPTION: self.p, Level.EXPECTATION: self.e}

    def item_scores(self, answers: Any, /) -> Any:
        return self.p * answers[Level.PERCEPTION] + self.e * answers[Level.EXPECTATION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return -100 * scale.span, 100 * scale.span


MODELS = (
    Difference(), PerformanceOnly(), LevelScore("expectation", beside="perception"), Mixture(-1, 1), Mixture(2, -1),
    Mixture(-1, -1), Mixture(1, 2),
)  # fmt: skip


def instrument(sizes: list[int], scale: Scale) -> Instrument:
    dimensions = {f"d{place}": [f"i{place}_{item}" for item in range(size)] for place, size in enumerate(sizes)}
    return Instrument.define("study", dimensions=dimensions, scale=scale)


def rows_of(answers: npt.NDArray[np.int64], scale: Scale) -> dict[Level, list[npt.NDArray[np.int8]]]:
    """Answers (levels, items, respondents) as codes."""
    codes = (answers - min(int(scale.low), 0)).astype(np.int8)
    return {level: list(each) for level, each in zip(LEVELS, codes, strict=True)}


def scores_by_hand(model: Any, answers: npt.NDArray[np.int64], sizes: list[int]) -> npt.NDArray[np.float64]:
    """Items, dimensions, their mean and the mean of items, (scores, respondents)."""
    factors = {Level.PERCEPTION: 0, Level.EXPECTATION: 0} | dict(model.coefficients)
    items = sum(factors[level] * answers[place] for place, level in enumerate(LEVELS)).astype(float)
    ends = list(accumulate(sizes))
    dimensions = [items[end - size : end].mean(axis=0) for size, end in zip(sizes, ends, strict=True)]
    return np.array([*items, *dimensions, np.mean(dimensions, axis=0), items.mean(axis=0)])


SCALES = [Scale.likert(7), Scale.likert(5), Scale(0, 10, 1), Scale(-3, 3, 1), Scale(1, 2, 1), Scale(110, 115, 1)]


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 24), min_size=1, max_size=4),
    scale=st.sampled_from(SCALES),
    n=st.integers(2, 300),
    seed=st.integers(0, 10_000),
    block=st.sampled_from([7, 64, 1000]),
)
def test_sums_are_those_of_scores_formed_one_by_one(
    sizes: list[int], scale: Scale, n: int, seed: int, block: int
) -> None:
    asked = instrument(sizes, scale)
    answers = np.random.default_rng(seed).integers(int(scale.low), int(scale.high) + 1, (2, sum(sizes), n))
    models = [model for model in MODELS if serves(asked, [model])]
    assert Difference() in models
    before, module.BLOCK = module.BLOCK, block
    try:
        sums = whole_sums(rows_of(answers, scale), asked, models, RULES)
    finally:
        module.BLOCK = before
    assert sums.rows == n
    for place, level in enumerate(LEVELS):
        points = np.arange(int(scale.low), int(scale.high) + 1)
        assert sums.tallies[level].points.tolist() == points.tolist()
        counts = (answers[place][:, :, None] == points).sum(axis=1)
        assert sums.tallies[level].counts.tolist() == counts.tolist()
        assert not sums.tallies[level].missing.any()
    for model, part in zip(models, sums.parts, strict=True):
        scores = scores_by_hand(model, answers, sizes)
        (term,) = part.terms
        assert (term.respondents, term.coefficient, term.clusters) == (n, 1, None)
        assert (term.moments.n == n).all()
        np.testing.assert_allclose(term.moments.mean, scores.mean(axis=1), rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(term.moments.variance, scores.var(axis=1, ddof=1), rtol=1e-11, atol=1e-12)
    assert sums.products is not None
    joint = np.cov(answers.reshape(-1, n))
    np.testing.assert_allclose(sums.products.covariance(), np.atleast_2d(joint), rtol=1e-11, atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(same=st.integers(1, 7), other=st.integers(1, 7), n=st.integers(1, 400))
def test_scores_that_are_all_equal_have_no_variance_at_all(same: int, other: int, n: int) -> None:
    asked = instrument([3, 7, 11], Scale.likert(7))
    answers = np.stack([np.full((21, n), same), np.full((21, n), other)])
    for part in whole_sums(rows_of(answers, asked.scale), asked, MODELS[:3], RULES, products=False).parts:
        assert not part.terms[0].moments.sum2.any()
        assert not part.terms[0].moments.sum1.any()


def test_cross_products_are_left_out_on_request() -> None:
    asked = instrument([2], Scale.likert(7))
    rows = rows_of(np.full((2, 2, 5), 4), asked.scale)
    assert whole_sums(rows, asked, (), RULES, products=False).products is None
    assert whole_sums(rows, asked, (), RULES).products is not None


@pytest.mark.parametrize("scale", [Scale.likert(15), Scale.percent(), Scale(0, 1, 0.5), Scale(0, 100, 1)])
def test_scales_with_many_points_or_parts_of_one_are_not_served(scale: Scale) -> None:
    assert not serves(instrument([2], scale), [])


@pytest.mark.parametrize(
    "model", [Weighted(Difference(), points=(100,)), Mixture(4, -4), Mixture(1, 20), type("Free", (), {})()]
)
def test_models_whose_sums_do_not_fit_are_not_served(model: Any) -> None:
    assert serves(instrument([2], Scale.likert(7)), [Difference()])
    assert not serves(instrument([2], Scale.likert(7)), [Difference(), model])
