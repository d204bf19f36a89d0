"""Columns that cannot be found, or that are asked to do two things."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Survey
from tests.intake.desk import DESK, desk_columns
from tests.intake.refused import E_COLUMNS, P_COLUMNS, check, check_parts, refusal, refused_frame


def test_a_missing_column(backend: str) -> None:
    error = refused_frame({"perception_wait": None}, backend)
    check_parts(
        error,
        "perception: no column 'perception_wait'; every item needs a column of the data. Hint: did you mean percep",
    )
    assert len(error.problems) == 1


def test_many_missing_columns_are_counted() -> None:
    many = DESK.define("many", {"one": ["a", "b", "c", "d", "e"]}, scale=DESK.scale)
    error = refusal(lambda: Survey.from_frame(pd.DataFrame({"Pa": [1]}), many, perception="Q{key}"))
    check(
        error,
        "perception: no columns 'Qa', 'Qb', 'Qc', … (5 in all); every item needs a column of the data. "
        "Hint: known are Pa",
    )


def test_two_columns_of_one_name() -> None:
    columns = desk_columns()
    twice = pd.concat([pd.DataFrame(columns), pd.DataFrame(columns)[["perception_wait"]]], axis=1)
    error = refusal(lambda: Survey.from_frame(twice, DESK))
    check(
        error,
        "column perception_wait: 2 columns of this name; each column has a name of its own. "
        "Hint: rename or drop all but one",
    )
    arrow = pa.table([pa.array([1])] * 2, names=["perception_wait"] * 2)
    check_parts(refusal(lambda: Survey.from_frame(arrow, DESK)), "column perception_wait: 2 columns of this name")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("P", ""),
        ("P{}", ""),
        ("P{nr}", ""),
        ("{level}", ""),
        ("P{n}{item}", ""),
        ("P{key.x}", ""),
        ("P{n:q}", " (Unknown format code 'q' for object of type 'int')"),
        ("P{key:02d}", " (Unknown format code 'd' for object of type 'str')"),
        ("P{n", " (expected '}' before end of string)"),
    ],
)
def test_a_pattern_that_does_not_name_the_item(pattern: str, why: str) -> None:
    check(
        refused_frame(perception=pattern),
        f"perception: pattern {pattern!r}{why}; a pattern names the item by {{key}} or by its 1-based position {{n}}. "
        "Hint: for example 'P{key}' or 'P{n:02d}'",
    )


def test_one_column_for_two_levels() -> None:
    error = refused_frame(perception=P_COLUMNS, expectation=[*E_COLUMNS[:2], "perception_tone"])
    check(
        error,
        "column perception_tone: used for perception and expectation; a column holds one answer of one level.",
    )


@pytest.mark.parametrize("expectation", [None, "expectation_{key}"])
def test_one_column_for_two_items(expectation: str | None) -> None:
    error = refused_frame(perception=["perception_wait", "perception_wait", "perception_tone"], expectation=expectation)
    check(error, "column perception_wait: used for perception more than once; a column holds one answer of one level.")


def test_columns_that_are_too_few_or_too_many() -> None:
    check(
        refused_frame(perception=P_COLUMNS[:2]),
        "perception: 2 names; there are 3 items, and one column for each. Hint: name them in the order of the items",
    )
    check_parts(refused_frame(perception=[*P_COLUMNS, "x"]), "perception: 4 names; there are 3 items")


def test_a_mapping_with_other_keys() -> None:
    error = refused_frame(perception={"wait": "perception_wait", "queu": "perception_queue", "tone": "perception_tone"})
    check(
        error,
        "perception: no column for 'queue'; every item needs a column. Hint: did you mean queu?",
        "perception: a column for 'queu'; the instrument has no such item. Hint: did you mean queue?",
    )


def test_what_is_no_frame() -> None:
    check_parts(refusal(lambda: Survey.from_frame([[1, 2]], DESK)), "frame: a list; ", "use Survey.from_arrays")
    lazy = pl.LazyFrame(desk_columns())
    check_parts(refusal(lambda: Survey.from_frame(lazy, DESK)), "frame: a lazy polars LazyFrame", "collect() in polars")
