"""Matrices of respondents by items, and what may come beside them."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from servqual import Instrument, Level, Scale, Survey, WeightKind
from servqual.errors import SurveyError
from tests.intake.desk import (
    BRANCH,
    DESK,
    EXPECTED,
    PERCEIVED,
    PERCEIVED_CODES,
    codes,
    desk_columns,
    frame_of,
    is_the_study,
    numbers,
)

P, E = numbers(PERCEIVED), numbers(EXPECTED)


@pytest.mark.parametrize(
    ("perception", "expectation"),
    [
        (P, E),
        (PERCEIVED, EXPECTED),
        (np.asfortranarray(P), np.repeat(E, 2, axis=0)[::2]),
        (P.astype(np.float32), E.astype(object)),
        (pd.DataFrame(P), pd.DataFrame(EXPECTED, dtype="Int8")),
        (pl.DataFrame(P), np.ma.MaskedArray(E).filled(np.nan)),
    ],
    ids=["floats", "lists", "views", "float32 and objects", "pandas", "polars"],
)
def test_matrices_of_every_kind_give_the_same_codes(perception: Any, expectation: Any) -> None:
    assert is_the_study(Survey.from_arrays(DESK, expectation=expectation, perception=perception))


def test_missing_may_be_a_number() -> None:
    told = np.nan_to_num(P, nan=9).astype(np.int8)
    assert codes(Survey.from_arrays(DESK, perception=told, missing=[9])) == PERCEIVED_CODES


def test_levels_that_are_none_were_not_asked() -> None:
    survey = Survey.from_arrays(DESK, perception=P, expectation=None)
    assert survey.levels == (Level.PERCEPTION,)


def test_items_may_be_turned_already() -> None:
    assert codes(Survey.from_arrays(DESK, perception=P, already_reversed=True))[1] == [1, -128, 7, 3]


def test_sides_come_with_the_answers() -> None:
    survey = Survey.from_arrays(
        DESK, perception=P, weights=[1, 0, 2, 1], weight_kind="frequency", groups={"branch": BRANCH},
        cluster=[7, 7, 9, 8], importance=[[50.0, 50.0], [60.0, 40.0], [100.0, 0.0], [np.nan, 20.0]],
    )  # fmt: skip
    assert survey.weights is not None
    assert (survey.weights.tolist(), survey.weight_kind) == ([1, 0, 2, 1], WeightKind.FREQUENCY)
    assert survey.grouping("branch").labels == ("north", "south", None)
    assert survey.cluster is not None
    assert survey.cluster.codes.tolist() == [0, 0, 2, 1]
    assert survey.importance is not None
    assert survey.importance.over == "dimensions"


def test_importance_with_a_column_for_each_item_is_of_items() -> None:
    survey = Survey.from_arrays(DESK, perception=P, importance=np.ones((4, 3), int))
    assert survey.importance is not None
    assert survey.importance.over == "items"


DAYS = np.array(["2024-05-01", "NaT", "2023-01-01", "NaT"], "datetime64[ns]")


@pytest.mark.parametrize(
    ("labels", "known", "places"),
    [
        (["b", "a", "b", "a"], ("a", "b"), [1, 0, 1, 0]),
        (np.array(["b", "a", "b", "a"]), ("a", "b"), [1, 0, 1, 0]),
        (["b", np.nan, None, "a"], ("a", "b", None), [1, 2, 2, 0]),
        (["b", np.nan, "a", "a"], ("a", "b", None), [1, 2, 0, 0]),
        (pd.Series(["b", pd.NA, "a", "a"], dtype="string"), ("a", "b", None), [1, 2, 0, 0]),
        (pl.Series(["b", None, "a", "a"]), ("a", "b", None), [1, 2, 0, 0]),
        ([3, 1, 2, 1], (1, 2, 3), [2, 0, 1, 0]),
        (np.array([3.0, 1.0, np.nan, 1.0]), (1, 3, None), [1, 0, 2, 0]),
        (np.array([0.5, 2.0, 0.5, 2.0]), (0.5, 2.0), [0, 1, 0, 1]),
        (np.array([True, False, True, True]), (False, True), [1, 0, 1, 1]),
        (pd.Series([3, None, 1, 1], dtype="Int64"), (1, 3, None), [1, 2, 0, 0]),
        (DAYS, ("2023-01-01", "2024-05-01", None), [1, 2, 0, 2]),
        (pd.Series(DAYS), ("2023-01-01", "2024-05-01", None), [1, 2, 0, 2]),
        ([1, "a", 2, None], (1, 2, "a", None), [0, 2, 1, 3]),
    ],
)  # fmt: skip
def test_labels_are_those_that_a_frame_would_give(labels: Any, known: tuple[Any, ...], places: list[int]) -> None:
    survey = Survey.from_arrays(DESK, perception=P, groups={"g": labels})
    found = survey.grouping("g")
    assert (found.labels, found.codes.tolist()) == (known, places)
    assert list(map(type, found.labels)) == list(map(type, known))


@pytest.mark.parametrize("labels", [["b", None, "a", "b"], [2.0, np.nan, 1.0, 2.0]])
def test_everybody_belongs_to_a_cluster(labels: Any) -> None:
    found = r"cluster cluster: 1 respondent without a label; everybody belongs to a cluster. Hint: give each a cluster"
    with pytest.raises(SurveyError, match=found):
        Survey.from_arrays(DESK, perception=P, cluster=labels)
    frame = frame_of(desk_columns(g=labels), "pandas")
    with pytest.raises(SurveyError, match=r"cluster g: 1 respondent without a label"):
        Survey.from_frame(frame, DESK, cluster="g")


@pytest.mark.parametrize("labels", [["b", None, "a", "b"], [2, None, 1, 2], [0.5, None, 0.25, 0.5]])
def test_labels_in_a_frame_are_the_same(labels: Any, backend: str) -> None:
    framed = Survey.from_frame(frame_of(desk_columns(g=labels), backend), DESK, groups=["g"]).grouping("g")
    given = Survey.from_arrays(DESK, perception=P, groups={"g": labels}).grouping("g")
    assert (framed.labels, framed.codes.tolist()) == (given.labels, given.codes.tolist())


def test_wider_scales_are_kept_exactly() -> None:
    rng = np.random.default_rng(0)
    for scale, low, high in ((Scale(0, 200), 0, 200), (Scale(-300, 300), -300, 300), (Scale.percent(), 0, 100)):
        answers = rng.integers(low, high + 1, (50, 3)).astype(float)
        wide = Instrument.define("wide", {"one": ["a", "b", "c"]}, scale=scale)
        survey = Survey.from_arrays(wide, perception=answers)
        np.testing.assert_array_equal(survey.perception.values, answers)
