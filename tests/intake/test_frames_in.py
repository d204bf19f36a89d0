"""Wide frames: one row for each respondent, a column for each answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Level, Survey, WeightKind
from tests.intake.desk import (
    BRANCH,
    DESK,
    EXPECTED_CODES,
    KEYS,
    PERCEIVED,
    PERCEIVED_CODES,
    codes,
    desk_columns,
    frame_of,
    is_the_study,
)

NAMINGS: Mapping[str, tuple[list[str], list[str], dict[str, Any]]] = {
    "by default": (
        ["perception_wait", "perception_queue", "perception_tone"],
        ["expectation_wait", "expectation_queue", "expectation_tone"],
        {},
    ),
    "by key": (
        ["Pwait", "Pqueue", "Ptone"],
        ["Ewait", "Equeue", "Etone"],
        {"perception": "P{key}", "expectation": "E{key}"},
    ),
    "by number": (
        ["P01", "P02", "P03"],
        ["E1", "E2", "E3"],
        {"perception": "P{n:02d}", "expectation": "E{n}"},
    ),
    "by level": (
        ["perception 1", "perception 2", "perception 3"],
        ["wait (expectation)", "queue (expectation)", "tone (expectation)"],
        {"perception": "{level} {n}", "expectation": "{key} ({level})"},
    ),
    "by mapping": (
        ["A", "B", "C"],
        ["D", "E", "F"],
        {
            "perception": {"tone": "C", "wait": "A", "queue": "B"},
            "expectation": {"queue": "E", "tone": "F", "wait": "D"},
        },
    ),
    "in order": (
        ["b", "a", "c"],
        ["e", "f", "d"],
        {"perception": ["b", "a", "c"], "expectation": ("e", "f", "d")},
    ),
    "one of each": (
        ["P1", "P2", "P3"],
        ["x", "y", "z"],
        {"expectation": ["x", "y", "z"], "perception": "P{n}"},
    ),
}


@pytest.mark.parametrize("naming", NAMINGS.values(), ids=NAMINGS)
def test_columns_are_found_however_they_are_named(
    backend: str, naming: tuple[list[str], list[str], dict[str, Any]]
) -> None:
    perceived, expected, where = naming
    survey = Survey.from_frame(frame_of(desk_columns(perceived, expected, id=[1, 2, 3, 4]), backend), DESK, **where)
    assert is_the_study(survey)
    assert survey.levels == (Level.PERCEPTION, Level.EXPECTATION)
    assert survey.backend == backend


def test_a_level_may_be_left_out(backend: str) -> None:
    survey = Survey.from_frame(frame_of(desk_columns(), backend), DESK, expectation="expectation_{key}")
    assert survey.levels == (Level.EXPECTATION,)
    assert codes(survey, Level.EXPECTATION) == EXPECTED_CODES


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(desk_columns()).astype("Int64"),
        pd.DataFrame(desk_columns()).astype("float32"),
        pd.DataFrame(desk_columns()).astype("int8[pyarrow]"),
        pd.DataFrame(desk_columns()).astype(object),
        pd.DataFrame(desk_columns()).iloc[::-1].iloc[::-1],
        pl.DataFrame(desk_columns()).cast(pl.Int8),
        pl.DataFrame(desk_columns()).cast(pl.Float32),
        pl.DataFrame(desk_columns()).cast(pl.Decimal(6, 2)),
        pa.table(desk_columns()).cast(pa.schema([(name, pa.uint8()) for name in desk_columns()])),
        pa.concat_tables([pa.table(desk_columns()).slice(0, 1), pa.table(desk_columns()).slice(1)]),
    ],
    ids=["nullable", "float32", "arrow", "object", "view", "int8", "polars float32", "decimal", "uint8", "chunks"],
)
def test_columns_of_every_type_give_the_same_codes(frame: Any) -> None:
    assert is_the_study(Survey.from_frame(frame, DESK))


def test_sides_keep_to_their_respondents(backend: str) -> None:
    sides: dict[str, list[Any]] = {
        "branch": BRANCH,
        "year": [2024, 2023, 2024, 2024],
        "w": [0.5, 2, 0, 1],
        "visit": [7, 7, 9, 8],
    }
    frame = frame_of(desk_columns(**sides), backend)
    survey = Survey.from_frame(frame, DESK, groups=["branch", "year"], weights="w", cluster="visit")
    assert is_the_study(survey)
    assert survey.grouping("branch").labels == ("north", "south", None)
    assert survey.grouping("branch").codes.tolist() == [1, 0, 2, 1]
    assert survey.grouping("year").labels == (2023, 2024)
    assert survey.grouping("year").codes.tolist() == [1, 0, 1, 1]
    assert survey.weights is not None
    assert survey.weights.tolist() == [0.5, 2, 0, 1]
    assert survey.weight_kind is WeightKind.SAMPLING
    assert survey.cluster is not None
    assert (survey.cluster.labels, survey.cluster.codes.tolist()) == ((7, 8, 9), [0, 0, 2, 1])


@pytest.mark.parametrize("kind", ["frequency", WeightKind.FREQUENCY])
def test_weights_may_be_frequencies(backend: str, kind: str) -> None:
    frame = frame_of(desk_columns(w=[3, 1, 0, 2]), backend)
    survey = Survey.from_frame(frame, DESK, weights="w", weight_kind=kind)
    assert survey.weight_kind is WeightKind.FREQUENCY
    assert survey.weights is not None
    assert survey.weights.tolist() == [3, 1, 0, 2]


def test_one_grouping_column_may_be_named_without_a_list(backend: str) -> None:
    survey = Survey.from_frame(frame_of(desk_columns(branch=BRANCH), backend), DESK, groups="branch")
    assert list(survey.groups) == ["branch"]


@pytest.mark.parametrize(
    "where", ["points_{dimension}", "{dimension}", {"care": "care", "speed": "speed"}, ["speed", "care"]]
)
def test_importance_may_be_points_over_dimensions(backend: str, where: Any) -> None:
    points = {"speed": [60, 50, 100, None], "care": [40, 50, 0, 100]}
    named: dict[str, Any] = (
        {f"points_{key}": values for key, values in points.items()} if where == "points_{dimension}" else points
    )
    survey = Survey.from_frame(frame_of(desk_columns(**named), backend), DESK, importance=where)
    assert survey.importance is not None
    assert survey.importance.over == "dimensions"
    np.testing.assert_array_equal(survey.importance.values, [[60, 40], [50, 50], [100, 0], [np.nan, 100]])


def test_points_are_multiplied_to_a_hundred_by_consent(backend: str) -> None:
    frame = frame_of(desk_columns(speed=[3, 1, 5, 2], care=[1, 1, 0, 2]), backend)
    survey = Survey.from_frame(frame, DESK, importance="{dimension}", renormalise=True)
    assert survey.importance is not None
    assert survey.importance.values.tolist() == [[75, 25], [50, 50], [100, 0], [50, 50]]


@pytest.mark.parametrize(
    "where",
    ["imp{n:02d}", "imp_{key}", {"tone": "imp03", "wait": "imp01", "queue": "imp02"}, ["imp01", "imp02", "imp03"]],
)
def test_importance_may_be_ratings_of_items(backend: str, where: Any) -> None:
    names = [f"imp_{key}" for key in KEYS] if where == "imp_{key}" else ["imp01", "imp02", "imp03"]
    ratings: dict[str, Any] = dict(zip(names, ([7, 5, 1, 2], [6, None, 2, 2], [5, 5, 3, 2]), strict=True))
    survey = Survey.from_frame(frame_of(desk_columns(**ratings), backend), DESK, importance=where)
    assert survey.importance is not None
    assert survey.importance.over == "items"
    np.testing.assert_array_equal(survey.importance.values, [[7, 6, 5], [5, np.nan, 5], [1, 2, 3], [2, 2, 2]])


def test_numbers_may_mean_no_answer(backend: str) -> None:
    told = {name: [99 if value is None else value for value in values] for name, values in desk_columns().items()}
    told["perception_wait"][3] = 9
    survey = Survey.from_frame(frame_of(told, backend), DESK, missing=(9, 99))
    assert is_the_study(survey)


WORDS = {"never": 1, "seldom": 2, "rarely": 3, "sometimes": 4, "often": 5, "mostly": 6, "always": 7}
IN_WORDS = {number: word for word, number in WORDS.items()}


def worded(prefix: str) -> dict[str, list[str | None]]:
    return {
        name: [None if value is None else IN_WORDS[value] for value in values] if name.startswith(prefix) else values
        for name, values in desk_columns().items()
    }


def test_answers_in_words_count_as_what_is_said(backend: str) -> None:
    assert is_the_study(Survey.from_frame(frame_of(worded(""), backend), DESK, words=WORDS))


def test_words_leave_columns_of_numbers_alone(backend: str) -> None:
    assert is_the_study(Survey.from_frame(frame_of(worded("perception"), backend), DESK, words=WORDS))


def test_words_may_differ_by_level(backend: str) -> None:
    turned = {word: 8 - number for word, number in WORDS.items()}
    survey = Survey.from_frame(
        frame_of(worded(""), backend), DESK, words={"perception": WORDS, Level.EXPECTATION: turned}
    )
    assert codes(survey) == PERCEIVED_CODES
    assert codes(survey, Level.EXPECTATION) == [[1, 2, 1, 3], [2, 1, 1, 4], [1, 1, -128, 2]]


def test_words_may_be_categories() -> None:
    frame = pd.DataFrame(worded("")).astype("category")
    assert is_the_study(Survey.from_frame(frame, DESK, words=WORDS))
    chosen = pl.DataFrame(worded("")).with_columns(pl.all().cast(pl.Categorical))
    assert is_the_study(Survey.from_frame(chosen, DESK, words=WORDS))


def test_items_worded_against_the_service_are_turned_unless_the_file_did_it(backend: str) -> None:
    turned = {
        name: [None if value is None else 8 - value for value in values] if name.endswith("queue") else values
        for name, values in desk_columns().items()
    }
    assert is_the_study(Survey.from_frame(frame_of(turned, backend), DESK, already_reversed=True))
    plain = Survey.from_frame(frame_of(turned, backend), DESK)
    assert codes(plain)[1] == [8 - code if code > 0 else code for code in PERCEIVED_CODES[1]]


def test_nothing_of_the_caller_is_written_to_or_kept() -> None:
    matrix = np.array(PERCEIVED, dtype=np.float64)
    frame = pd.DataFrame(matrix, columns=[f"perception_{key}" for key in KEYS], copy=False)
    weights = np.array([1.0, 2.0, 3.0, 4.0])
    survey = Survey.from_arrays(DESK, perception=matrix, weights=weights)
    again = Survey.from_frame(frame, DESK, perception="perception_{key}")
    matrix[:] = 4
    weights[:] = 0
    assert codes(survey) == codes(again) == PERCEIVED_CODES
    assert survey.weights is not None
    assert survey.weights.tolist() == [1, 2, 3, 4]
    assert not survey.answers[Level.PERCEPTION].codes.flags.writeable
    assert not survey.perception.values.flags.writeable
