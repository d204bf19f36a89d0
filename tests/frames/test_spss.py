"""SPSS files: what means "no answer", and what codes mean in words."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from servqual._frames import (
    TableNotes,
    coded,
    factorised,
    numbers,
    opened,
    read_table,
    with_labels,
    without_user_missing,
)
from servqual.errors import FileFormatError

SEX = {1: "男", 2: "女", 9: "没有回答"}


@pytest.fixture(scope="module", params=[".sav", ".zsav"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey with discrete, ranged and worded codes for no answer."""
    target = tmp_path_factory.mktemp("spss") / f"survey{request.param}"
    frame = pd.DataFrame(
        {
            "性别": [1, 2, 9, 1, 3],
            "P01": [1, 7, 99, 98, np.nan],
            "P02": [0, 7, 99, 4, -1],
            "branch": ["n", "s", "X", "n", ""],
            "day": pd.to_datetime(["2024-01-05"] * 5),
        }
    )
    words: Any = {"性别": SEX, "branch": {"n": "north", "s": "south"}, "P01": {1: "poor", 7: "good"}}
    pyreadstat.write_sav(
        frame,
        target,
        compress=request.param == ".zsav",
        variable_value_labels=words,
        missing_ranges={"性别": [9], "P01": [{"lo": 97, "hi": 99}], "P02": [{"lo": -1, "hi": 0}, 99], "branch": ["X"]},
    )
    return target


def test_codes_are_read_as_they_are_with_what_the_file_says_of_them(path: Path) -> None:
    frame, notes = read_table(path)
    assert numbers(opened(frame), "性别").tolist() == [1, 2, 9, 1, 3]
    assert {column: set(ranges) for column, ranges in notes.missing.items()} == {
        "性别": {(9.0, 9.0)},
        "P01": {(97.0, 99.0)},
        "P02": {(-1.0, 0.0), (99.0, 99.0)},
        "branch": {("X", "X")},
    }
    assert notes.value_labels["性别"] == SEX
    assert factorised(opened(frame), "day")[1] == ("2024-01-05",)


def test_what_the_file_says_is_no_answer_becomes_missing(path: Path) -> None:
    frame, notes = read_table(path)
    table = opened(without_user_missing(frame, notes))
    np.testing.assert_array_equal(numbers(table, "性别"), [1, 2, np.nan, 1, 3])
    np.testing.assert_array_equal(numbers(table, "P01"), [1, 7, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(numbers(table, "P02"), [np.nan, 7, np.nan, 4, np.nan])
    assert numbers(table, "branch").tolist() == ["n", "s", None, "n", None]
    assert numbers(opened(frame), "P01").tolist()[2] == 99


def test_words_stand_for_codes_in_the_columns_named(path: Path) -> None:
    frame, notes = read_table(path)
    answered = without_user_missing(frame, notes)
    table = opened(with_labels(answered, notes, ["性别", "branch", "day", "unknown"]))
    assert factorised(table, "性别")[1] == (3, "女", "男", None)
    assert factorised(table, "branch")[1] == ("north", "south", None)
    assert numbers(table, "P01").tolist()[:2] == [1, 7]
    assert with_labels(answered, notes, ()) is answered


def test_nothing_changes_where_a_file_says_nothing() -> None:
    frame = pd.DataFrame({"a": [1, 99]})
    assert without_user_missing(frame, TableNotes()) is frame
    assert with_labels(frame, TableNotes(), ["a"]) is frame
    assert coded({"a": "x"}, TableNotes()) == {"a": "x"}


def test_conditions_may_be_given_in_words(path: Path) -> None:
    _, notes = read_table(path)
    where = {"性别": "女", "branch": "north", "P01": 7, "P02": "7"}
    assert coded(where, notes) == {"性别": 2, "branch": "n", "P01": 7, "P02": "7"}
    assert coded({"性别": "2", "branch": "n"}, notes) == {"性别": "2", "branch": "n"}


def test_a_portable_file_is_read(tmp_path: Path) -> None:
    pyreadstat.write_por(pd.DataFrame({"P01": [1.0, 7.0]}), tmp_path / "a.por")
    frame, _ = read_table(tmp_path / "a.por")
    assert numbers(opened(frame), opened(frame).columns[0]).tolist() == [1, 7]


def test_another_encoding_overrules_the_file(path: Path) -> None:
    frame, _ = read_table(path, encoding="gbk")
    assert "性别" not in opened(frame).columns
    with pytest.raises(FileFormatError, match="can be read"):
        read_table(path, encoding="utf-7")
