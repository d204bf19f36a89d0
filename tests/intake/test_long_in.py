"""Long frames: one row for each answer."""

from typing import Any

import pandas as pd
import polars as pl
import pytest

from servqual import Level, Survey, WeightKind
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
    long_columns,
)

BOTH = {"perception": PERCEIVED, "expectation": EXPECTED}
PEOPLE = ["ann", "bob", "cem", "dai"]


def beside(columns: dict[str, list[Any]], values: list[Any]) -> list[Any]:
    """One value of each respondent, repeated for each answer."""
    return [values[PEOPLE.index(who)] for who in columns["respondent"]]


def test_long_and_wide_frames_give_the_same_survey(backend: str) -> None:
    long = Survey.from_long(frame_of(long_columns(BOTH, PEOPLE), backend), DESK)
    assert is_the_study(long)
    assert is_the_study(Survey.from_frame(frame_of(desk_columns(), backend), DESK))
    assert (long.levels, len(long), long.backend) == ((Level.PERCEPTION, Level.EXPECTATION), 4, backend)


def test_the_order_of_rows_does_not_matter() -> None:
    frame = pl.DataFrame(long_columns(BOTH, PEOPLE))
    for seed in range(5):
        assert is_the_study(Survey.from_long(frame.sample(fraction=1, shuffle=True, seed=seed), DESK))


@pytest.mark.parametrize("people", [[1, 2, 10, 20], [-1, 0, 1, 2], ["a", "b", "c", "d"], [0.5, 1.5, 2.5, 3.5]])
def test_respondents_stand_in_the_order_of_their_labels(backend: str, people: list[Any]) -> None:
    assert is_the_study(Survey.from_long(frame_of(long_columns(BOTH, people), backend), DESK))
    last_first = Survey.from_long(frame_of(long_columns(BOTH, people[::-1]), backend), DESK)
    assert codes(last_first) == [row[::-1] for row in PERCEIVED_CODES]


def test_columns_may_have_any_names(backend: str) -> None:
    columns = dict(zip(["who", "what", "side", "answer"], long_columns(BOTH, PEOPLE).values(), strict=True))
    names: Any = {"respondent": "who", "item": "what", "level": "side", "value": "answer"}
    assert is_the_study(Survey.from_long(frame_of(columns, backend), DESK, **names))


@pytest.mark.parametrize("labels", [("P", "E"), (1, 2), ("实际", "期望")])
def test_labels_of_levels_may_be_mapped(backend: str, labels: tuple[Any, Any]) -> None:
    columns = long_columns(BOTH, PEOPLE)
    columns["level"] = [labels[0] if level == "perception" else labels[1] for level in columns["level"]]
    levels = {labels[1]: "expectation", labels[0]: Level.PERCEPTION}
    survey = Survey.from_long(frame_of(columns, backend), DESK, levels=levels)
    assert is_the_study(survey)
    assert survey.levels == (Level.PERCEPTION, Level.EXPECTATION)


def test_all_answers_may_be_of_one_level(backend: str) -> None:
    columns = long_columns({"perception": PERCEIVED}, PEOPLE)
    del columns["level"]
    survey = Survey.from_long(frame_of(columns, backend), DESK, level=Level.PERCEPTION)
    assert survey.levels == (Level.PERCEPTION,)
    assert codes(survey) == PERCEIVED_CODES


def test_a_level_without_rows_was_not_answered(backend: str) -> None:
    survey = Survey.from_long(frame_of(long_columns({"perception": PERCEIVED}, PEOPLE), backend), DESK)
    assert survey.levels == (Level.PERCEPTION,)


def test_a_row_without_a_value_is_a_missing_answer(backend: str) -> None:
    columns = long_columns(BOTH, PEOPLE)
    for name, value in zip(columns, ("bob", "queue", "perception", None), strict=True):
        columns[name].append(value)
    assert is_the_study(Survey.from_long(frame_of(columns, backend), DESK))


def test_somebody_who_answered_nothing_at_a_level_is_there() -> None:
    columns = long_columns({"perception": PERCEIVED, "expectation": EXPECTED[:2]}, PEOPLE)
    survey = Survey.from_long(pd.DataFrame(columns), DESK)
    assert codes(survey, Level.EXPECTATION) == [[7, 6, -128, -128], [6, 7, -128, -128], [7, 7, -128, -128]]


def test_sides_are_read_once_for_each_respondent(backend: str) -> None:
    columns = long_columns(BOTH, PEOPLE)
    columns |= {
        "branch": beside(columns, BRANCH),
        "visit": beside(columns, [7, 7, 9, 8]),
        "w": beside(columns, [3, 1, 0, 2]),
    }
    survey = Survey.from_long(
        frame_of(columns, backend), DESK, groups=["branch"], cluster="visit", weights="w", weight_kind="frequency"
    )
    assert survey.grouping("branch").labels == ("north", "south", None)
    assert survey.grouping("branch").codes.tolist() == [1, 0, 2, 1]
    assert survey.cluster is not None
    assert (survey.cluster.labels, survey.cluster.codes.tolist()) == ((7, 8, 9), [0, 0, 2, 1])
    assert survey.weights is not None
    assert survey.weights.tolist() == [3, 1, 0, 2]
    assert survey.weight_kind is WeightKind.FREQUENCY


def test_numbers_may_mean_no_answer_and_items_may_be_turned_already(backend: str) -> None:
    columns = long_columns(BOTH, PEOPLE)
    turned = [
        8 - value if item == "queue" else value for item, value in zip(columns["item"], columns["value"], strict=True)
    ]
    for name, value in zip(columns, ("bob", "queue", "perception", 9), strict=True):
        columns[name].append(value)
    frame = frame_of({**columns, "value": [*turned, 9]}, backend)
    assert is_the_study(Survey.from_long(frame, DESK, missing=(9,), already_reversed=True))


def test_words_may_differ_by_level(backend: str) -> None:
    columns = long_columns(BOTH, PEOPLE)
    columns["value"] = [f"answer {value}" for value in columns["value"]]
    words = {f"answer {number}": number for number in range(1, 8)}
    assert is_the_study(Survey.from_long(frame_of(columns, backend), DESK, words=words))
    by_level = {"perception": words, "expectation": dict.fromkeys(words, 1)}
    survey = Survey.from_long(frame_of(columns, backend), DESK, words=by_level)
    assert codes(survey) == PERCEIVED_CODES
    assert codes(survey, Level.EXPECTATION) == [[1, 1, 1, 1], [7, 7, 7, 7], [1, 1, -128, 1]]
