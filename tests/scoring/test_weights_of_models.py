"""Weights that models ask for, and coefficients they state: honoured, or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pytest
from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import LevelError, ModelError
from servqual.instruments import Instrument, Level, Scale
from servqual.ratings import Importance
from servqual.scoring import Difference, Weighted, score, summarize
from servqual.survey import Survey

P, E = Level.PERCEPTION, Level.EXPECTATION
SHORT = Instrument.define("short", {"speed": ["wait", "serve"], "screen": ["clear"]}, scale=Scale.likert(7))
PERCEIVED = np.array([[5.0, 6, 4], [7, 3, 2], [4, np.nan, 4]])
EXPECTED = np.array([[6.0, 4, 6], [7, 7, 7], [5, 6, 7]])
SURVEY = Survey.from_arrays(SHORT, perception=PERCEIVED, expectation=EXPECTED)


@frozen
class WeightedByExpectation(Difference):
    """Linear, and what is expected most counts most; zero means "as expected"."""

    def item_weights(self, answers: Answers, /) -> Floats:
        return answers[E]


@frozen
class Shaped(Difference):
    """Zero means "as expected"; weights of any shape and sign."""

    shape: tuple[int, ...] = (3,)
    value: float = 1.0

    def item_weights(self, _: Answers, /) -> Floats:
        return np.full(self.shape, self.value)


@frozen
class WeightedDimensions(Difference):
    """Zero means "as expected"; the first dimension counts twice."""

    def dimension_weights(self, _: Answers, /) -> Floats:
        return np.array([2.0, 1.0])


class Halved(Difference):
    """Zero means "as expected"; coefficients that are not whole."""

    coefficients: ClassVar[Mapping[Level, float]] = {P: 0.5, E: -0.5}  # type: ignore[assignment]


def test_weights_may_depend_on_the_answers() -> None:
    scores = score(SURVEY, WeightedByExpectation(), dtype=np.float64)
    gaps = PERCEIVED - EXPECTED
    speed = [(gaps[0, 0] * 6 + gaps[0, 1] * 4) / 10, (gaps[1, 0] * 7 + gaps[1, 1] * 7) / 14, gaps[2, 0]]
    np.testing.assert_allclose(scores.dimensions[:, 0], speed, rtol=1e-14)


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(ModelError, match=r"weights of model Shaped: shape \(4,\); weights have the shape \(3, 3\)"):
        score(SURVEY, Shaped(shape=(4,)))


def test_negative_weights_are_refused() -> None:
    with pytest.raises(ModelError, match=r"weights of model Shaped: -1; weights are 0 or more"):
        score(SURVEY, Shaped(value=-1.0))


def test_fractional_coefficients_are_refused() -> None:
    with pytest.raises(ModelError, match=r"perception: 0\.5, expectation: -0\.5; coefficients are whole numbers"):
        score(SURVEY, Halved())


def test_one_model_weights_at_a_time() -> None:
    with pytest.raises(
        ModelError, match=r"model Weighted\(Difference\): weights of its own; one model weights at a time"
    ):
        Weighted(Weighted(Difference()), points=(1, 2))


def test_weights_are_refused_where_levels_come_from_different_people() -> None:
    samples = {
        "perception": Survey.from_arrays(SHORT, perception=PERCEIVED),
        "expectation": Survey.from_arrays(SHORT, expectation=EXPECTED),
    }
    with pytest.raises(ModelError, match="only unweighted linear models allow"):
        summarize(Survey.unpaired(**samples), WeightedDimensions())


def test_importance_says_itself_what_it_is_spread_over() -> None:
    single = Instrument.define("single", {"speed": ["wait"], "screen": ["clear"]}, scale=Scale.likert(7))
    ratings = Importance.ratings([[3.0, 9.0], [1.0, 1.0]])
    survey = Survey.from_arrays(single, perception=[[5, 6], [7, 3]], expectation=[[6, 6], [6, 6]], importance=ratings)
    scores = score(survey, Weighted(Difference()), overall_items=True, dtype=np.float64)
    np.testing.assert_allclose(scores.overall_items, [(-1 * 3 + 0 * 9) / 12, (1 - 3) / 2], rtol=1e-14)


def test_a_block_is_a_mapping_of_the_declared_levels() -> None:
    block = Answers({P: PERCEIVED}, SHORT.scale, SHORT.slices)
    assert P in block
    assert E not in block
    assert block.get(E) is None
    assert block.rows == 3
    assert Answers({}, SHORT.scale).rows == 0
    with pytest.raises(LevelError, match="declares that it reads perception"):
        block[E]
