"""The same seed gives the same survey, whatever its size."""

import inspect
import time
from typing import Any

import numpy as np
import pytest

from servqual import simulate
from servqual.instruments import Level, Scale
from servqual.simulate import Styles, example, survey
from servqual.simulate.drawing import BLOCK
from servqual.simulate.wishes import Options, Wishes
from servqual.survey import Survey
from tests.simulate.samples import kiosk, numbers

SEVEN = kiosk(Scale.likert(7))
FULL: dict[str, Any] = {
    "groups": {"branch": {"north": 0.4, "south": 0.0}},
    "clusters": 30,
    "icc": 0.1,
    "styles": Styles(extreme=0.1, straightlining=0.1),
    "missing": 0.05,
    "importance": True,
    "weight_cv": 0.4,
}


def same(one: Survey, other: Survey) -> bool:
    levels = all(np.array_equal(one.level(level).codes, other.level(level).codes) for level in one.levels)
    groups = all(np.array_equal(one.groups[name].codes, other.groups[name].codes) for name in one.groups)
    return levels and groups and np.array_equal(one.weights, other.weights)  # type: ignore[arg-type]


def test_a_seed_repeats_and_seeds_differ() -> None:
    assert same(survey(SEVEN, 200, rng=1, **FULL), survey(SEVEN, 200, rng=1, **FULL))
    assert not same(survey(SEVEN, 200, rng=1, **FULL), survey(SEVEN, 200, rng=2, **FULL))
    sequence = np.random.SeedSequence(1)
    assert same(survey(SEVEN, 200, rng=1), survey(SEVEN, 200, rng=sequence))


def test_a_generator_moves_on() -> None:
    generator = np.random.default_rng(1)
    first, second = survey(SEVEN, 200, rng=generator), survey(SEVEN, 200, rng=generator)
    assert not same(first, second)
    assert same(first, survey(SEVEN, 200, rng=1))


def test_without_a_seed_surveys_differ() -> None:
    assert not same(survey(SEVEN, 200), survey(SEVEN, 200))


@pytest.mark.parametrize("size", [1, 100, BLOCK, BLOCK + 1])
def test_the_first_of_many_are_those_of_few(size: int) -> None:
    few, many = survey(SEVEN, size, rng=5, **FULL), survey(SEVEN, 2 * BLOCK + 77, rng=5, **FULL)
    for level in few.levels:
        np.testing.assert_array_equal(few.level(level).codes, many.level(level).codes[:, :size])
    assert few.weights is not None
    assert many.weights is not None
    np.testing.assert_array_equal(few.weights, many.weights[:size])
    assert few.importance is not None
    assert many.importance is not None
    np.testing.assert_array_equal(few.importance.values, many.importance.values[:size])


def test_one_dimension_one_level_one_respondent() -> None:
    only = kiosk(Scale.likert(7), "perception").only("screen")
    assert numbers(survey(only, 1, rng=1), Level.PERCEPTION).shape == (2, 1)


def test_the_same_keywords_everywhere() -> None:
    keywords = {
        name
        for name, parameter in inspect.signature(survey).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert keywords == set(Options.__annotations__) == {*Wishes.__annotations__, "rng"}


def test_answers_are_read_only() -> None:
    codes = survey(SEVEN, 10, rng=1).level(Level.PERCEPTION).codes
    with pytest.raises(ValueError, match="read-only"):
        codes[0, 0] = 3


def test_the_example_is_always_the_same_and_quick() -> None:
    start = time.perf_counter()
    first = example()
    assert time.perf_counter() - start < 0.3
    assert same(first, example())
    assert (len(first), len(first.instrument), first.instrument.name) == (400, 22, "servqual")
    assert first.grouping("branch").labels == ("Harbour", "Market", "Station")
    answers = first.level(Level.PERCEPTION)
    assert 0.01 < answers.missing_counts().sum() / answers.codes.size < 0.03
    assert first.importance is not None


def test_what_the_room_hands_out() -> None:
    assert {"SimulationError", "Styles", "company", "example", "frame", "survey"} <= set(simulate.__all__)
    assert all(callable(getattr(simulate, name)) for name in simulate.__all__)
