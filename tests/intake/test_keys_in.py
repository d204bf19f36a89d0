"""Keys of respondents come in with the answers, the same from every library, and are refused where they are none."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Scale, Survey
from servqual.errors import SurveyError
from servqual.instruments import Instrument, Level
from servqual.statistics.key_numbers import respondent_keys

DESK = Instrument.define("desk", {"speed": ["wait", "queue"]}, scale=Scale.likert(7), levels=["perception"])
NUMBERS, NAMES = [12, 2**53 + 1, -4], ["anna", "bo", "周"]
FRAME = pd.DataFrame({"P1": [5, 6, 7], "P2": [1, 2, 3], "id": NUMBERS, "name": NAMES, "half": [1.0, 2.5, 3.0]})


def read(frame: Any, key: str) -> Survey:
    return Survey.from_frame(frame, DESK, perception="P{n}", key=key)


@pytest.mark.parametrize("library", ["pandas", "pandas nullable", "polars", "pyarrow"])
def test_every_library_gives_the_same(library: str) -> None:
    frame: Any = FRAME
    if library == "pandas nullable":
        frame = FRAME.convert_dtypes()
    elif library == "polars":
        frame = pytest.importorskip("polars", reason="polars is not installed").from_pandas(FRAME)
    elif library == "pyarrow":
        frame = pytest.importorskip("pyarrow", reason="pyarrow is not installed").Table.from_pandas(FRAME)
    for name, values in (("id", NUMBERS), ("name", NAMES)):
        assert_keys(read(frame, name), values)


def assert_keys(survey: Survey, values: Any) -> None:
    assert survey.key is not None
    assert not survey.key.flags.writeable
    assert survey.key.tolist() == respondent_keys(values).tolist()


def test_categories_are_their_texts() -> None:
    assert_keys(read(FRAME.assign(name=FRAME["name"].astype("category")), "name"), NAMES)


def test_arrays_and_lists() -> None:
    for key in (NUMBERS, np.array(NUMBERS), NAMES, np.array(NAMES), np.array(NAMES, object), pd.Series(NAMES)):
        assert_keys(Survey.from_arrays(DESK, perception=FRAME[["P1", "P2"]], key=key), list(key))


def test_a_survey_without_has_none() -> None:
    assert Survey.from_frame(FRAME, DESK, perception="P{n}").key is None


def test_one_key_may_stand_in_several_rows() -> None:
    survey = Survey.from_arrays(DESK, perception=FRAME[["P1", "P2"]], key=["anna", "bo", "anna"])
    assert survey.key is not None
    assert survey.key[0] == survey.key[2] != survey.key[1]


def test_respondents_that_are_selected_keep_theirs() -> None:
    assert_keys(read(FRAME, "name").select([2, 0]), ["周", "anna"])


class TestLong:
    rows = pd.DataFrame({"respondent": ["bo", "anna", "bo"], "item": ["wait", "queue", "queue"], "value": [1, 2, 3]})

    def test_labels_of_respondents_are_their_keys(self) -> None:
        assert_keys(Survey.from_long(self.rows, DESK, level=Level.PERCEPTION), ["anna", "bo"])
        numbered = self.rows.assign(respondent=[7, 3, 7])
        assert_keys(Survey.from_long(numbered, DESK, level=Level.PERCEPTION), [3, 7])

    def test_labels_of_other_kinds_are_none(self) -> None:
        mixed = self.rows.assign(respondent=[0.5, 3.0, 0.5])
        assert Survey.from_long(mixed, DESK, level=Level.PERCEPTION).key is None


def test_keys_of_different_people_stand_one_after_the_other() -> None:
    asked = Instrument.define("desk", {"speed": ["wait", "queue"]}, scale=Scale.likert(7))
    here = Survey.from_arrays(asked, perception=FRAME[["P1", "P2"]], key=[1, 2, 3])
    there = Survey.from_arrays(asked, expectation=[[7, 7]], key=[2])
    assert_keys(Survey.unpaired(perception=here, expectation=there), [1, 2, 3, 2])
    bare = Survey.from_arrays(asked, expectation=[[7, 7]])
    assert Survey.unpaired(perception=here, expectation=bare).key is None


@pytest.mark.parametrize(
    ("change", "key", "text"),
    [
        ({}, "nmae", r"key: no column 'nmae'.*Hint: did you mean name\?"),
        (
            {"name": ["anna", None, "bo"]},
            "name",
            "key column name: 1 missing, first in row 1; every respondent has a key",
        ),
        ({"id": [1, None, 3]}, "id", "key column id: 1 missing, first in row 1"),
        ({}, "half", "key column half: 2.5 in row 1; keys are whole numbers"),
        ({"name": pd.to_datetime(["2026-01-01"] * 3)}, "name", "key column name: values of .*; keys are whole numbers"),
    ],
)
def test_columns_that_are_no_keys(change: dict[str, Any], key: str, text: str) -> None:
    with pytest.raises(SurveyError, match=text):
        read(FRAME.assign(**change), key)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            ["anna", np.nan, "bo"],
            "key: 1 missing, first in row 1; every respondent has a key. Hint: leave those rows out",
        ),
        (["anna", 7, "bo"], "key: values of int, str; keys are whole numbers or texts, the same for all"),
        ([2**70, 1, 2], "key: numbers beyond 64 bits; .* Hint: make texts of them"),
        ([[1], [2], [3]], "key: an array of shape .*; there is one key for each row"),
        ([1, 2], "lengths: perception 3, key 2"),
    ],
)
def test_arrays_that_are_no_keys(key: Any, text: str) -> None:
    with pytest.raises(SurveyError, match=text):
        Survey.from_arrays(DESK, perception=FRAME[["P1", "P2"]], key=key)


def test_what_else_is_wrong_is_told_with_it() -> None:
    with pytest.raises(SurveyError) as refused:
        read(FRAME.assign(P1=[9, 9, 9]), "half")
    assert len(refused.value.problems) == 2
