"""Answers that are not taken: off the scale, of another kind, in words that nobody explained, or not there at all."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Instrument, Level, Scale, Survey
from servqual.errors import InstrumentError, LevelError
from tests.intake.desk import DESK, desk_columns, frame_of
from tests.intake.refused import E_COLUMNS, P_COLUMNS, check, check_parts, refusal, refused_frame


def test_a_value_off_the_scale(backend: str) -> None:
    error = refused_frame({"perception_wait": [5, 9, 0, None]}, backend)
    check(
        error,
        "column perception_wait (perception of item wait): 2 answers off the scale: row 1 = 9, row 2 = 0; "
        "answers are whole numbers in 1..7. Hint: if 9 means 'no answer', pass missing=(9,)",
    )


def test_the_remedy_works(backend: str) -> None:
    columns = {**desk_columns(), "perception_wait": [5, 9, 2, None]}
    assert len(Survey.from_frame(frame_of(columns, backend), DESK, missing=(9,))) == 4


def test_many_values_off_the_scale_are_counted_and_the_first_shown() -> None:
    error = refused_frame({"expectation_tone": [8, 9, 10, 11]})
    check_parts(error, "4 answers off the scale: row 0 = 8, row 1 = 9, row 2 = 10, …; ", "pass missing=(8,)")


def test_numbers_between_the_points() -> None:
    error = refused_frame({"expectation_tone": [4, 2.5, None, 3]})
    check_parts(error, "1 answer off the scale: row 1 = 2.5; ", "round such answers", "step=None")


def test_what_is_infinite() -> None:
    error = refused_frame({"expectation_tone": [np.inf, 2, None, 3]})
    check_parts(error, "row 0 = inf; ", "leave blank what was not answered")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("int32", "-2147483648"), ("int64", "-9223372036854775808"), ("int16", "-32768"), ("int8", "-128")],
)
def test_nan_that_was_cast_to_an_integer(kind: str, shown: str) -> None:
    column = np.array([5, np.iinfo(kind).min, 3, 2], kind)
    error = refused_frame({"perception_wait": column})
    check_parts(
        error, f"column perception_wait (perception of item wait): 1 answer off the scale: row 1 = {shown}; ",
        "Hint: this is what NaN becomes when it is cast to an integer: keep such a column as floats",
    )  # fmt: skip


def test_steps_are_named() -> None:
    tens = Instrument.define("tens", {"one": ["a"]}, scale=Scale(0, 100, step=10), levels=["perception"])
    error = refusal(lambda: Survey.from_frame(pd.DataFrame({"perception_a": [10, 15]}), tens))
    check_parts(error, "row 1 = 15; answers are steps of 10 in 0..100")


def test_text_instead_of_numbers(backend: str) -> None:
    error = refused_frame({"perception_wait": ["often", None, "never", "often"]}, backend)
    check(
        error,
        "column perception_wait (perception of item wait): text such as 'often'; answers are numbers. "
        "Hint: in a data frame say what answers in words count as, words={'often': …}; else make numbers of them",
    )


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ([date(2024, 5, 1)] * 4, "date 2024-05-01"),
        ([datetime(2024, 5, 1, 8, 30, tzinfo=UTC)] * 4, " 2024-05-01 08:30:00+00:00"),
        ([[1], [2], [3], [4]], "[1]"),
    ],
)
def test_what_is_neither_number_nor_text(column: list[Any], found: str, backend: str) -> None:
    error = refused_frame({"perception_wait": column}, backend)
    check_parts(error, "column perception_wait (perception of item wait): ", found, "answers are numbers. ")
    assert "Hint: name a column that holds numbers" in str(error)
    assert len(error.problems) == 1


def test_days_are_not_read_as_numbers_of_days() -> None:
    days = np.full((2, 3), np.datetime64("1970-01-04"))
    error = refusal(lambda: Survey.from_arrays(DESK, perception=days))
    check_parts(error, "perception of item wait: datetime64 1970-01-04; answers are numbers")
    assert len(error.problems) == 3


def test_a_word_that_the_map_does_not_know(backend: str) -> None:
    error = refused_frame({"perception_wait": ["good", "fine", None, "bad"]}, backend, words={"good": 7, "bad": 1})
    check(
        error,
        "column perception_wait (perception of item wait): 'fine'; every worded answer is in the map of words "
        "('good', 'bad'). Hint: add it to words=, or blank it out if it means 'no answer'",
    )


def test_a_word_that_counts_as_something_off_the_scale() -> None:
    error = refused_frame({"perception_wait": ["good", "bad", None, "bad"]}, words={"good": 8, "bad": 1})
    check_parts(error, "column perception_wait", "row 0 = 8; ")


def test_words_of_a_level_that_is_not_read() -> None:
    worded = {"perception_wait": ["good", "bad", None, "bad"]}
    error = refused_frame(worded, words={"perceptoin": {"good": 7, "bad": 1}})
    check_parts(
        error,
        "words: 'perceptoin'; words are one map for all levels, or a map for each level that is read. "
        "Hint: did you mean perception?",
        "column perception_wait (perception of item wait): text such as 'good'",
    )
    mixed: Any = {"perception": {"good": 7, "bad": 1}, "good": 7}
    check_parts(
        refused_frame(worded, words=mixed), "words: 'good'; words are one map for all levels, or a map for each"
    )


@pytest.mark.parametrize(
    "empty",
    [pd.DataFrame(desk_columns()).iloc[:0], pl.DataFrame(desk_columns()).clear(), pa.table(desk_columns()).slice(4)],
)
def test_a_frame_without_rows(empty: Any) -> None:
    error = refusal(lambda: Survey.from_frame(empty, DESK))
    check(
        error,
        "perception: no respondents; a survey has at least one respondent.",
        "expectation: no respondents; a survey has at least one respondent.",
    )


@pytest.mark.parametrize("empty", [pd.DataFrame(), pl.DataFrame(), pa.table({})])
def test_a_frame_without_columns(empty: Any) -> None:
    error = refusal(lambda: Survey.from_frame(empty, DESK))
    assert len(error.problems) == 6
    check_parts(
        error, "perception: no column 'perception_wait'; every item needs a column of the data. Hint: there are none"
    )


def test_a_level_to_which_nobody_answered(backend: str) -> None:
    error = refused_frame(dict.fromkeys(E_COLUMNS, [None] * 4), backend)
    check(
        error,
        "expectation: all answers missing; a level that was asked has at least one answer. Hint: leave the level out",
    )


def test_a_level_whose_every_answer_means_none() -> None:
    error = refused_frame(dict.fromkeys(P_COLUMNS, [9] * 4), missing=(9,))
    check_parts(error, "perception: all answers missing")


def test_a_level_that_the_instrument_does_not_ask() -> None:
    error = refused_frame(perception="perception_{key}", desired="expectation_{key}")
    check(
        error,
        "instrument desk: desired answers; it asks perception, expectation. "
        "Hint: instrument.asking('perception', 'expectation', 'desired')",
    )


def test_a_level_that_does_not_exist() -> None:
    error = refused_frame(percepton="perception_{key}")
    check_parts(error, "levels: 'percepton'; not a level", "Hint: did you mean perception")
    with pytest.raises(InstrumentError, match=r"'desird'; there is no such level. Hint: did you mean desired\?"):
        Survey.from_arrays(DESK, perception=[[1, 2, 3]]).expectation("desird")


def test_a_level_that_was_not_read() -> None:
    survey = Survey.from_frame(pd.DataFrame(desk_columns()), DESK, perception="perception_{key}")
    with pytest.raises(LookupError) as caught:
        survey.expectation()
    assert isinstance(caught.value, LevelError)
    assert "no expectation answers; it holds perception. Hint: read it with expectation='…'" in str(caught.value)
    with pytest.raises(LevelError):
        survey.level(Level.DESIRED)


def test_an_item_in_two_dimensions() -> None:
    with pytest.raises(ValueError, match="item queue: in speed and care; an item belongs to one dimension") as caught:
        Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["queue"]}, scale=Scale.likert(7))
    assert isinstance(caught.value, InstrumentError)


def test_all_problems_are_told_at_once(backend: str) -> None:
    error = refused_frame(
        {
            "perception_wait": [5, 9, 1, 1],
            "perception_tone": None,
            "expectation_queue": ["x", "y", "x", "y"],
            "w": [1, -1, 1, 1],
        },
        backend,
        weights="w",
        groups=["region"],
    )
    assert str(error).startswith("5 problems\n  1. ")
    check_parts(
        error,
        "perception: no column 'perception_tone'",
        "column perception_wait (perception of item wait): 1 answer off the scale: row 1 = 9",
        "column expectation_queue (expectation of item queue): text such as 'x'",
        "weights column w: 1 negative, first in row 1",
        "groups: no column 'region'",
    )
