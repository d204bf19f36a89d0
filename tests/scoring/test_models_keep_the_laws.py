"""Our scoring models keep the published laws, reduce to one another, and give scores that do not know their route."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

from servqual import (
    Adequacy,
    Difference,
    Disconfirmation,
    EvaluatedPerformance,
    Instrument,
    Level,
    NormedQuality,
    PerformanceOnly,
    Scale,
    Superiority,
    Survey,
    Weighted,
    WeightKind,
    score,
)
from servqual._arrays import AnyArray, Floats
from servqual.answers import Answers
from servqual.ratings import Over
from servqual.scoring import ScoringModel
from servqual.scoring.block_kernel import BlockKernel
from servqual.scoring.engine import plan
from servqual.scoring.integer_kernel import IntegerKernel
from servqual.scoring.protocol import dimension_weights_of, item_weights_of
from servqual.scoring.rules import Rules
from servqual.testing import instruments, parametrize_with_checks, scales, surveys
from tests.testing.planted import Gap, LogRatio

OURS: list[ScoringModel] = [
    Difference(),
    Difference(against=Level.DESIRED),
    PerformanceOnly(),
    Adequacy(),
    Superiority(),
    EvaluatedPerformance(),
    EvaluatedPerformance(ideal=6),
    NormedQuality(),
    NormedQuality(ideal=7, norm=Level.NORMATIVE),
    Disconfirmation(),
    Weighted(Difference()),
    Weighted(PerformanceOnly()),
    Weighted(Difference(), points=(3, 1, 2)),
    Weighted(PerformanceOnly(), points=(1, 0, 2, 3)),
    Weighted(NormedQuality()),
    Weighted(LogRatio()),
]


@parametrize_with_checks(OURS, examples=5)
def test_our_models_keep_the_laws(model: ScoringModel, law: Callable[[ScoringModel], None]) -> None:
    law(model)


few = settings(max_examples=60, deadline=None)
P, E = Level.PERCEPTION, Level.EXPECTATION
LEVELS = (P, E, Level.IDEAL, Level.ADEQUATE, Level.DESIRED, Level.DISCONFIRMATION)
ANY = instruments(levels=LEVELS)
WHOLE = instruments(levels=LEVELS, scale=scales(whole=True))
MODELS: list[ScoringModel] = [
    *(Difference(), PerformanceOnly(), Adequacy(), Superiority(), EvaluatedPerformance(), NormedQuality()),
    *(Disconfirmation(), Gap(), Weighted(Difference()), Weighted(NormedQuality())),
]
SHARES = (0.01, 0.3, 0.5, 0.6, 2 / 3, 1.0)


def points(survey: Survey, over: Over, value: float = 1.0) -> tuple[float, ...]:
    count = len(survey.instrument.dimensions) if over is Over.DIMENSIONS else len(survey.instrument)
    return (value,) * count


def same_bits(one: Floats, other: Floats) -> bool:
    there = ~np.isnan(one)
    return np.array_equal(there, ~np.isnan(other)) and one[there].tobytes() == other[there].tobytes()


def close(one: AnyArray, other: AnyArray, survey: Survey, digits: int = 9) -> bool:
    scale = survey.instrument.scale
    within = 10.0**-digits * max(1.0, scale.span, abs(scale.low), abs(scale.high))
    return np.allclose(one, other, rtol=0, atol=within, equal_nan=True)


@contextmanager
def blocks_of(rows: int) -> Iterator[None]:
    with patch.object(IntegerKernel, "block", rows), patch.object(BlockKernel, "block", rows):
        yield


# ------------------------------------------------------------ a naive implementation


def naive(survey: Survey, model: ScoringModel, share: float) -> Floats:
    """Dimension scores, their mean and the mean of items, one respondent after the other."""
    levels = {level: survey.level(level).numbers().T for level in model.reads}
    importance = survey.importance
    beside = (None, None) if importance is None else (importance.values, importance.over)
    block = Answers(levels, survey.instrument.scale, survey.instrument.slices, *beside)
    scores = model.item_scores(block)
    of_items, of_dimensions = item_weights_of(model, block), dimension_weights_of(model, block)
    items = np.broadcast_to(1.0 if of_items is None else of_items, scores.shape)
    width = len(block.slices)
    dimensions = np.broadcast_to(1.0 if of_dimensions is None else of_dimensions, (len(scores), width))
    return np.array([one_row(*row, block.slices, share) for row in zip(scores, items, dimensions, strict=True)])


def one_row(scores: Floats, items: Floats, dimensions: Floats, slices: tuple[slice, ...], share: float) -> list[float]:
    means, sums, weights = [], 0.0, 0.0
    for part, weight in zip(slices, dimensions, strict=True):
        there = ~np.isnan(scores[part])
        kept, counts = scores[part][there], items[part][there]
        enough = len(kept) >= max(1, math.ceil(round(share * len(there), 6)))
        means.append(ratio(float(kept @ counts), float(counts.sum())) if enough else math.nan)
        sums += weight * float(kept @ counts)
        weights += weight * float(counts.sum())
    overall = ratio(float(np.array(means) @ dimensions), float(dimensions.sum()))
    return [*means, overall, math.nan if math.isnan(overall) else ratio(sums, weights)]


def ratio(total: float, weight: float) -> float:
    return total / weight if weight else math.nan


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(MODELS), st.sampled_from(SHARES), st.sampled_from(Over))
def test_scores_are_what_a_naive_loop_makes_them(
    data: st.DataObject, model: ScoringModel, share: float, over: Over
) -> None:
    survey = data.draw(surveys(ANY, importance=over))
    wanted = naive(survey, model, share)
    found = score(survey, model, min_answered=share, overall_items=True, dtype=np.float64)
    assert close(found.values, wanted, survey)
    assert close(score(survey, model, min_answered=share, overall_items=True).values, wanted, survey, 5)


# ------------------------------------------------------------ the route is not seen


@few
@given(surveys(ANY, importance=Over.ITEMS), st.sampled_from(MODELS), st.sampled_from([np.float32, np.float64]))
def test_blocks_and_threads_leave_every_bit(survey: Survey, model: ScoringModel, dtype: type[np.floating]) -> None:
    wanted = score(survey, model, dtype=dtype).values
    for rows, threads in ((1, 1), (1, 2), (2, 2), (3, 1), (3, 2)):
        with blocks_of(rows):
            assert same_bits(score(survey, model, dtype=dtype, threads=threads).values, wanted)


@few
@given(surveys(WHOLE, levels=LEVELS), st.sampled_from(SHARES), st.sampled_from([np.float32, np.float64]))
def test_the_integer_kernel_leaves_every_bit(survey: Survey, share: float, dtype: type[np.floating]) -> None:
    routes = [plan(survey, model, Rules(share), dtype).terms for model in (Difference(), Gap())]
    assert [route is None for route in routes] == [False, True]
    linear, by_hand = (
        score(survey, model, min_answered=share, overall_items=True, dtype=dtype).values
        for model in (Difference(), Gap())
    )
    assert same_bits(linear, by_hand)


@frozen
class Sum:
    """A sum of answers with whole-number factors, zero where it is; stated to the integer kernel, or not."""

    factors: tuple[tuple[Level, int], ...]
    stated: bool

    @property
    def reads(self) -> frozenset[Level]:
        return frozenset(dict(self.factors))

    @property
    def coefficients(self) -> dict[Level, int] | None:
        return dict(self.factors) if self.stated else None

    def item_scores(self, answers: Answers, /) -> Floats:
        return np.sum([factor * answers[level] for level, factor in self.factors], axis=0)

    def bounds(self, _: Scale, /) -> tuple[float, float]:
        return -1e6, 1e6


FACTOR = st.integers(-3, 3) | st.integers(-300, 300)
FACTORS = st.lists(st.tuples(st.sampled_from([P, E, Level.IDEAL]), FACTOR), min_size=1, unique_by=lambda each: each[0])
LONG = instruments(levels=[P, E, Level.IDEAL], scale=scales(whole=True), max_items=40, max_dimensions=2)


@settings(max_examples=200, deadline=None)
@given(surveys(LONG, max_respondents=3), FACTORS.map(tuple), st.sampled_from(SHARES))
def test_narrow_integers_do_not_overflow(survey: Survey, factors: tuple[tuple[Level, int], ...], share: float) -> None:
    narrow, wide = (
        score(survey, Sum(factors, stated), min_answered=share, dtype=np.float64) for stated in (True, False)
    )
    assert np.allclose(narrow.values, wide.values, rtol=0, atol=1e-6, equal_nan=True)


@few
@given(st.data(), st.sampled_from(MODELS))
def test_the_order_of_respondents_is_not_seen(data: st.DataObject, model: ScoringModel) -> None:
    survey = data.draw(surveys(ANY, importance=Over.DIMENSIONS))
    order = data.draw(st.permutations(range(len(survey))))
    assert same_bits(score(survey.select(order), model).values, score(survey, model).values[order])


@few
@given(surveys(ANY, weights=WeightKind.FREQUENCY, importance=Over.DIMENSIONS), st.sampled_from(MODELS))
def test_frequencies_are_repeated_rows(survey: Survey, model: ScoringModel) -> None:
    assert survey.weights is not None
    rows = np.repeat(np.arange(len(survey)), survey.weights.astype(int))
    repeated = evolve(survey.select(rows), weights=None)
    found, wanted = (score(each, model, dtype=np.float64).table() for each in (survey, repeated))
    for column in ("n", "missing", "mean", "sd", "se", "low", "high"):
        numbers, counted = (np.array(each[column], np.float64) for each in (found, wanted))
        assert close(numbers, counted, survey, 6), column


# ------------------------------------------------------------ reductions


@few
@given(surveys(ANY), st.sampled_from(Over), st.sampled_from([Difference(), PerformanceOnly(), NormedQuality()]))
def test_equal_weights_are_no_weights(survey: Survey, over: Over, model: ScoringModel) -> None:
    weighted = Weighted(model, points=points(survey, over, 3))
    assert close(score(survey, weighted).values, score(survey, model).values, survey, 5)


@few
@given(surveys(ANY))
def test_an_ideal_at_the_top_makes_normed_quality_the_difference(survey: Survey) -> None:
    normed = NormedQuality(ideal=survey.instrument.scale.high)
    assert close(score(survey, normed).values, score(survey, Difference()).values, survey, 5)


def perceived(survey: Survey, level: Level) -> Survey:
    """The same people, had they perceived what they answered at a level."""
    return evolve(survey, answers={P: survey.level(level)})


@few
@given(surveys(ANY, missing=False))
def test_servqual_is_the_difference_of_two_servperfs(survey: Survey) -> None:
    seen, wished = (score(perceived(survey, level), PerformanceOnly()).table()["mean"] for level in (P, E))
    gaps = score(survey, Difference()).table()["mean"]
    assert close(np.array(gaps), np.array(seen, np.float64) - np.array(wished, np.float64), survey, 5)


@few
@given(surveys(ANY, missing=False))
def test_adequacy_minus_superiority_is_the_width_of_the_zone(survey: Survey) -> None:
    widths = survey.zone.width
    means = np.array([widths[:, part].mean(axis=1) for part in survey.instrument.slices]).T
    adequacy, superiority = (score(survey, model).dimensions for model in (Adequacy(), Superiority()))
    assert close(adequacy - superiority, means, survey, 5)


@few
@given(surveys(ANY, missing=False))
def test_an_ideal_that_all_share_is_a_number(survey: Survey) -> None:
    top = np.full((len(survey), len(survey.instrument)), survey.instrument.scale.high)
    asked = Survey.from_arrays(survey.instrument, perception=survey.perception.values, ideal=top, already_reversed=True)
    by_number = EvaluatedPerformance(ideal=survey.instrument.scale.high)
    assert same_bits(score(asked, EvaluatedPerformance()).values, score(survey, by_number).values)


@pytest.mark.parametrize("over", Over)
def test_a_weight_of_nothing_leaves_a_dimension_or_item_out(over: Over) -> None:
    """Points of 0 in the last place score as the instrument without it."""
    asked = Instrument.define("two", {"a": ["a1"], "b": ["b1", "b2"]}, scale=Scale.likert(7), levels=[P])
    survey = Survey.from_arrays(asked, perception=[[2, 7, 5], [4, 1, 3]])
    shares = (1, 0) if over is Over.DIMENSIONS else (1, 1, 0)
    weighted = score(survey, Weighted(PerformanceOnly(), points=shares))
    wanted = survey.perception.values[:, 0] if over is Over.DIMENSIONS else survey.perception.values[:, 1]
    found = weighted.overall if over is Over.DIMENSIONS else weighted.dimensions[:, 1]
    assert found.tolist() == wanted.tolist()
