"""What the strategies draw is valid, reaches the corners, and shrinks to the plainest."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st

from servqual import Difference, Instrument, Level, Scale, Survey, ToleranceZone, Weighted, WeightKind, score
from servqual.answers import Answers
from servqual.ratings import Over
from servqual.testing import answers, instruments, scales, surveys, tolerance_zones

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
search = settings(max_examples=2000, derandomize=True, database=None, phases=[Phase.generate])
shrink = settings(search, phases=[Phase.generate, Phase.shrink])
BOTH = (Level.PERCEPTION, Level.EXPECTATION)
ENDS = (Level.MINIMUM, Level.ADEQUATE, Level.DESIRED)


def found(strategy: st.SearchStrategy[Any], wanted: Any) -> Any:
    return find(strategy, wanted, settings=search)


def plainest(strategy: st.SearchStrategy[Any], wanted: Any = lambda _: True) -> Any:
    return find(strategy, wanted, settings=shrink)


@few
@given(scales(whole=True))
def test_whole_scales_are_whole(scale: Scale) -> None:
    assert scale.is_whole


@pytest.mark.parametrize(
    "wanted",
    [
        lambda scale: scale.low < 0 < scale.high,
        lambda scale: scale.step is None,
        lambda scale: scale.step is not None and not scale.step.is_integer(),
        lambda scale: scale.step == 3,
        lambda scale: scale.span > 255,
        lambda scale: scale == Scale.yes_no(),
    ],
)
def test_scales_reach(wanted: Any) -> None:
    assert found(scales(), wanted) is not None


def test_words_shrink_to_the_plainest() -> None:
    assert plainest(scales()) == Scale.likert(7)
    smallest = Instrument.define("drawn", {"a": ["a1"]}, scale=Scale.likert(7))
    assert plainest(instruments(levels=BOTH)) == smallest
    survey = plainest(surveys(levels=BOTH, weights="sampling"), has_gaps)
    assert survey.instrument == smallest
    assert survey.perception.values.shape in {(1, 1), (2, 1)}


@few
@given(instruments(scale=Scale.likert(5), max_dimensions=2, max_items=3, reverse=False))
def test_instruments_keep_to_what_was_asked(instrument: Instrument) -> None:
    assert instrument.scale == Scale.likert(5)
    assert len(instrument.dimensions) <= 2
    assert all(1 <= len(dimension) <= 3 for dimension in instrument.dimensions)
    assert not any(item.reverse for item in instrument.items)


@few
@given(surveys())
def test_surveys_are_surveys(survey: Survey) -> None:
    for level in survey.levels:
        numbers = survey.level(level).numbers()
        assert (np.isnan(numbers) | survey.instrument.scale.contains(numbers)).all()
        assert not np.isnan(numbers).all()
    assert [survey.weights, survey.importance, survey.cluster] == [None, None, None]


@few
@given(
    surveys(levels=BOTH, missing=False, weights="frequency", groups=["region", "sex"], cluster=True, importance="items")
)
def test_surveys_have_what_was_asked(survey: Survey) -> None:
    assert survey.levels == BOTH
    assert not any(survey.level(level).has_missing.any() for level in BOTH)
    assert survey.weight_kind is WeightKind.FREQUENCY
    assert survey.weights is not None
    assert survey.weights.any()
    assert set(survey.groups) == {"region", "sex"}
    assert survey.cluster is not None
    assert survey.importance is not None
    assert survey.importance.over is Over.ITEMS
    score(survey, Weighted(Difference()))


def has_gaps(survey: Survey) -> bool:
    return any(survey.level(level).has_missing.any() for level in survey.levels)


def test_surveys_reach() -> None:
    weighted = surveys(levels=BOTH, weights=WeightKind.SAMPLING, importance=Over.DIMENSIONS, min_respondents=2)
    assert has_gaps(found(weighted, has_gaps))
    assert 0 in found(weighted, lambda survey: 0 in survey.weights).weights
    assert found(weighted, lambda survey: np.isnan(survey.importance.values).any()).importance.over is Over.DIMENSIONS
    assert len(found(weighted, lambda survey: not has_gaps(survey) and len(survey) > 5)) <= 8
    assert len(plainest(weighted)) == 2
    assert found(surveys(), lambda survey: any(item.reverse for item in survey.instrument.items)).paired


@few
@given(surveys(instruments(levels=ENDS, scale=scales())))
def test_zones_of_surveys_are_not_crossed(survey: Survey) -> None:
    assert not survey.zone.crossed.any()
    assert not (survey.expectation("minimum").values > survey.expectation("adequate").values).any()


def test_zones_of_surveys_cross_by_consent() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        crossed = surveys(levels=ENDS, crossed=True)
        assert found(crossed, lambda survey: survey.zone.crossed.any()).inverted_ok


@few
@given(tolerance_zones(shape=(2, 3)))
def test_zones_have_their_shape(zone: ToleranceZone) -> None:
    assert zone.width.shape == (2, 3)
    assert not zone.crossed.any()


def test_zones_reach() -> None:
    assert found(tolerance_zones(), lambda zone: np.isnan(zone.width).any()).width.size >= 1
    assert found(tolerance_zones(), lambda zone: (zone.width == 0).all()).width.size >= 1
    assert found(tolerance_zones(crossed=True), lambda zone: zone.crossed.any()).inverted_ok
    widest = plainest(tolerance_zones(Scale.percent(), ()), lambda zone: zone.width > 99)
    assert (float(widest.adequate), float(widest.desired)) == (0, 99.21875)


@few
@given(answers(Weighted(Difference())))
def test_blocks_suit_their_model(block: Answers) -> None:
    assert set(block) == set(BOTH)
    assert block.importance is not None
    assert block.importance.shape[1] == (block.slices[-1].stop if block.over is Over.ITEMS else len(block.slices))
    assert not block[Level.PERCEPTION].flags.writeable
    assert block[Level.PERCEPTION].T.flags.c_contiguous
    numbers = block[Level.EXPECTATION]
    assert (np.isnan(numbers) | block.scale.contains(numbers)).all()


def test_blocks_have_the_shape_that_was_asked() -> None:
    blocks = answers(levels=["ideal"], dimensions=(2, 1), importance="dimensions")
    block = plainest(blocks, lambda block: block.rows == 3)
    assert block[Level.IDEAL].tolist() == [[1.0, 1.0, 1.0]] * 3
    assert block.importance is not None
    assert block.importance.sum(axis=1).tolist() == [100.0] * 3
