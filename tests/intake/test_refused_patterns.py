"""Columns that are named by a pattern: what is said where it finds none, and where it finds some only by chance."""

from typing import Any

import pandas as pd
import pytest

import servqual as sq
from servqual.columns import likely_pattern
from servqual.errors import ColumnPositionWarning, ServqualWarning
from tests.intake.refused import check, check_parts, refusal

DESK = sq.Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=sq.Scale.likert(7))
THREE = range(1, 4)


def frame(*names: str) -> pd.DataFrame:
    return pd.DataFrame({name: [4, 5] for name in names})


def numbered(letters: str, numbers: range = THREE, width: int = 1) -> pd.DataFrame:
    return frame(*(f"{letter}{number:0{width}d}" for letter in letters for number in numbers))


def test_without_patterns_the_ones_that_fit_the_data_are_named(backend: str) -> None:
    data = frame("id", *(f"{letter}_{key}" for letter in "PE" for key in DESK.item_keys))
    given = data if backend == "pandas" else sq.Table({str(name): [4, 5] for name in data}).to_frame(backend)
    rule = "every item needs a column of the data"
    check(
        refusal(lambda: sq.Survey.from_frame(given, DESK)),
        f"perception: no columns 'perception_wait', 'perception_queue', 'perception_tone'; {rule}. "
        "Hint: try perception='P_{key}'",
        f"expectation: no columns 'expectation_wait', 'expectation_queue', 'expectation_tone'; {rule}. "
        "Hint: try expectation='E_{key}'",
    )
    assert len(sq.Survey.from_frame(given, DESK, perception="P_{key}", expectation="E_{key}")) == 2


def test_numbered_columns_are_recognised_where_there_are_as_many_as_items() -> None:
    error = refusal(lambda: sq.Survey.from_frame(numbered("PE", width=2), DESK))
    check_parts(error, "Hint: try perception='P{n:02d}'", "Hint: try expectation='E{n:02d}'")
    error = refusal(lambda: sq.Survey.from_frame(numbered("PE", range(1, 5)), DESK))
    check_parts(error, "as in perception='P{key}' or perception='P{n:02d}'; the data have P1, P2, P3, …")


def test_without_a_clue_the_style_is_shown() -> None:
    error = refusal(lambda: sq.Survey.from_frame(frame("q", "r"), DESK, perception="{level}_{key}"))
    check(
        error,
        "perception: no columns 'perception_wait', 'perception_queue', 'perception_tone'; every item needs a column of "
        "the data. Hint: say which they are, as in perception='P{key}' or perception='P{n:02d}'; the data have q, r",
    )


@pytest.mark.parametrize(
    ("width", "given", "remedy"),
    [
        (2, "P{n}", "try perception='P{n:02d}'"),
        (3, "P{n:02d}", "try perception='P{n:03d}'"),
        (1, "P{n:02d}", "try perception='P{n}'"),
    ],
)
def test_another_padding_of_numbers_is_tried(width: int, given: str, remedy: str) -> None:
    data = numbered("P", range(1, 13), width)
    many = sq.Instrument.define("many", {"all": [f"i{number}" for number in range(12)]}, scale=sq.Scale.likert(7))
    error = refusal(lambda: sq.Survey.from_frame(data, many, perception=given))
    check_parts(error, f"every item needs a column of the data. Hint: {remedy}")


def test_a_pattern_that_finds_some_columns_is_not_replaced() -> None:
    data = frame("Pwait", "Pqueue", "Ptome")
    error = refusal(lambda: sq.Survey.from_frame(data, DESK, perception="P{key}"))
    check(error, "perception: no column 'Ptone'; every item needs a column of the data. Hint: did you mean Ptome?")


@pytest.mark.parametrize(
    ("level", "present", "pattern"),
    [
        ("perception", ["wait", "queue", "tone"], "{key}"),
        ("perception", ["Q1", "Q2", "Q3"], "Q{n}"),
        ("perception", ["E1", "E2", "E3"], ""),
        ("perception", ["Q1", "Q2", "Q3", "R1", "R2", "R3"], ""),
        ("expectation", ["Q1", "Q2", "Q3"], ""),
        ("desired", ["a01d", "a02d", "a03d", "D01", "D02", "D03"], "D{n:02d}"),
        ("perception", ["p_wait_x", "p_queue_x", "p_tone_x", "P1", "P2", "P3"], "p_{key}_x"),
        ("perception", ["{wait}", "{queue}", "{tone}"], ""),
        ("perception", [], ""),
    ],
)
def test_what_the_data_seem_to_mean(level: str, present: list[str], pattern: str) -> None:
    assert likely_pattern(level, DESK.item_keys, present) == pattern


def test_numbers_that_go_on_are_warned_of() -> None:
    data = numbered("PE", range(1, 9))
    with pytest.warns(ColumnPositionWarning) as caught:
        survey = sq.Survey.from_frame(data, DESK, perception="P{n}")
    assert [each.filename for each in caught] == [__file__]
    assert issubclass(ColumnPositionWarning, ServqualWarning)
    assert str(caught[0].message) == (
        "perception: pattern 'P{n}' stops before P4, P5, P6, …; {n} counts the 3 items of this instrument, whatever "
        "number they had in another. Hint: name columns by {key}; if the positions are right, pass the names as a list"
    )
    assert len(survey) == 2


def test_each_level_and_importance_is_warned_of_by_itself() -> None:
    data = numbered("PE", range(1, 5)).assign(W1=50, W2=50, W3=1)
    with pytest.warns(ColumnPositionWarning) as caught:
        sq.Survey.from_frame(
            data, DESK, perception="P{n}", expectation=["E1", "E2", "E3"], importance={"speed": "W1", "care": "W2"}
        )
    assert len(caught) == 1
    with pytest.warns(ColumnPositionWarning) as caught:
        sq.Survey.from_frame(data, DESK.only("speed"), perception="P{n}", expectation="E{n}", importance="W{n}")
    assert [str(each.message).split(";")[0] for each in caught] == [
        "perception: pattern 'P{n}' stops before P3, P4",
        "expectation: pattern 'E{n}' stops before E3, E4",
        "importance: pattern 'W{n}' stops before W3",
    ]


def test_names_in_a_list_and_keys_are_consent() -> None:
    data = numbered("P", range(1, 5))
    assert len(sq.Survey.from_frame(data, DESK, perception=["P1", "P2", "P3"])) == 2
    keyed = sq.Instrument.define("keyed", {"all": ["1", "3"]}, scale=sq.Scale.likert(7))
    assert len(sq.Survey.from_frame(data, keyed, perception="P{key}")) == 2
    assert len(sq.Survey.from_frame(numbered("P"), DESK, perception="P{n}")) == 2


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("group", "did you mean groups=?"),
        ("weight", "did you mean weights= or weight_kind=?"),
        ("importnce", "did you mean importance=?"),
        ("invertedok", "did you mean inverted_ok=?"),
        ("perceptoin", "did you mean perception?"),
    ],
)
def test_an_unknown_argument_is_answered_with_the_nearest(word: str, remedy: str) -> None:
    rule = "not a level that an answer can stand for"
    option: dict[str, Any] = {word: ["sex"]}
    error = refusal(lambda: sq.Survey.from_frame(numbered("P"), DESK, perception="P{n}", **option))
    check(error, f"levels: {word!r}; {rule}. Hint: {remedy}")
    error = refusal(lambda: sq.Survey.from_arrays(DESK, perception=[[1, 2, 3]], **option))
    check(error, f"levels: {word!r}; {rule}. Hint: {remedy}")
