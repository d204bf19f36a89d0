"""Aggregations that cannot be made: everything that is wrong is said at once, with a remedy."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from servqual.chain.aggregating import aggregate
from servqual.errors import UnitError

FRAME = pd.DataFrame(
    {
        "branch": ["a", "a", "b", "b", "c"],
        "year": [1, 2, 1, 2, 1],
        "region": ["n", "s", "n", "n", None],
        "town": ["York", "Ely", "York", "Ely", "Bath"],
        "q1": [1.0, 9.0, 5.0, 0.0, 9.0],
        "q2": [1.0, 2.0, np.inf, 4.0, 5.0],
        "w": [1.0, -1.0, np.nan, 2.0, 0.0],
        "nil": [0.0, 0.0, 0.0, 0.0, 0.0],
    }
)
STANDARD: dict[str, Any] = {"by": "branch", "constructs": ["q2"]}
SOUND = FRAME.assign(q2=1.0)


def said(call: Callable[[], object]) -> list[str]:
    with pytest.raises(UnitError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]


def messages(frame: Any = SOUND, **options: Any) -> list[str]:
    return said(lambda: aggregate(frame, **{**STANDARD, **options}))


def test_everything_is_said_at_once() -> None:
    assert messages(
        FRAME,
        period="yeer",
        constructs={"climate": ["q1", "q2", "q9", "town", "q1"], "pride": [], "branch": ["q1"]},
        scale={"climate": (1, 5), "price": (1, 5), "pride": (5, 1)},
        clusters=["regoin"],
        weights="w",
        min_answered=60,
        min_respondents=0,
        null="slight",
        source="",
        confidence=95,
    ) == [
        "construct climate: column 'q1' twice; each item counts once. Hint: name it once",
        "construct pride: no columns; a construct is the mean of at least one column.",
        "scale of price: no such construct; a scale belongs to a construct. Hint: did you mean pride?",
        "scale of pride: (5, 1); a scale is a pair of numbers, the lowest first. Hint: for five points pass (1, 5)",
        (
            "min_answered: 60; the share of items that must be answered is above 0 and at most 1. "
            "Hint: for 3 of 5 items pass 0.6"
        ),
        "min_respondents: 0; it is a whole number of 1 or more.",
        "confidence: 95; it lies strictly between 0 and 1.",
        (
            "null: 'slight'; it is one of uniform, slight_skew, moderate_skew, heavy_skew, triangular, normal. "
            "Hint: did you mean slight_skew?"
        ),
        "source: ''; it is a text that says who was asked, such as 'employees'.",
        "construct branch: the name of a column of labels; each column has a name of its own.",
        "columns: no 'yeer'; the frame has no such column. Hint: did you mean year?",
        "columns: no 'regoin'; the frame has no such column. Hint: did you mean region?",
        ("columns: no 'q9'; the frame has no such column. Hint: known are branch, year, region, town, q1, q2, w, nil"),
        (
            "column town: no numbers but 'York', 'Ely', 'Bath'; a construct is a column of numbers. "
            "Hint: pass it as clusters=, or code it as numbers"
        ),
        (
            "item q1: 3 off the scale: row 1 = 9, row 3 = 0, row 4 = 9; answers to climate lie in 1..5. "
            "Hint: make codes for 'no answer' missing, and turn items worded in reverse, before aggregating"
        ),
        (
            "item q2: 1 infinite: row 2 = inf; an answer is finite, or missing. "
            "Hint: make codes for 'no answer' missing, and turn items worded in reverse, before aggregating"
        ),
        "weights w: 2 not: row 1 = -1, row 2 = nan; a sampling weight is finite, and zero or more.",
    ]


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a text of constructs": (
        {"constructs": "q2"},
        "constructs: 'q2'; constructs are a mapping name → columns, or a list of columns. Hint: write ['q2']",
    ),
    "no constructs": ({"constructs": {}}, "constructs: none; at least one construct is aggregated."),
    "a construct twice": (
        {"constructs": ["q2", "q2"]},
        "construct q2: named twice; each construct is named once.",
    ),
    "a construct without a name": (
        {"constructs": {"": ["q2"]}},
        "constructs: ''; the name of a construct is a text that is not empty.",
    ),
    "one number as scale": (
        {"scale": 5},
        "scale: 5; a scale is a pair of numbers, the lowest first. Hint: for five points pass (1, 5)",
    ),
    "a scale without end": (
        {"scale": (1, float("inf"))},
        "scale: (1, inf); a scale is a pair of numbers, the lowest first. Hint: for five points pass (1, 5)",
    ),
    "the unit as an item": (
        {"constructs": {"x": ["branch"]}},
        (
            "column branch: named 2 times, for unit and constructs; each column serves once. "
            "Hint: leave it out of all but one"
        ),
    ),
    "weights that are all zero": ({"weights": "nil"}, "weights nil: all zero; somebody has a weight above zero."),
    "a count that has a name already": (
        {"constructs": {"staff_n": ["q2"]}, "source": "staff"},
        "source: 'staff'; staff_n is the column of the number of respondents. Hint: choose another source",
    ),
    "a unit in two clusters": (
        {"clusters": "region"},
        "clusters region: several labels in 1 units: a; all people of a unit belong to one cluster.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_aggregated_is_refused(case: str) -> None:
    options, message = CASES[case]
    assert message in messages(**options)


def test_a_unit_may_change_its_cluster_from_period_to_period() -> None:
    found = aggregate(SOUND, **STANDARD, period="year", clusters=["region"])
    assert found.units.codes("region").tolist() == [0, 1, 0, 0, -1]


def test_nobody_has_a_unit() -> None:
    assert messages(SOUND.assign(branch=None)) == [
        (
            "rows: none of 5 counts; somebody has a unit, a period where there are periods, and a weight above zero "
            "where there are weights."
        )
    ]
    assert len(messages(SOUND.iloc[:0])) == 1


@pytest.mark.parametrize("frame", ["staff.csv", None, pl.LazyFrame({"branch": ["a"], "q2": [1]})])
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    (message,) = messages(frame)
    assert message.startswith("frame: ")


def test_plain_answers_of_people_become_a_frame_first() -> None:
    assert messages([[1, 2], [3, 4]]) == [
        (
            "frame: a list; a frame is a DataFrame of pandas or polars or a Table of pyarrow. Hint: make a frame of "
            "it, as with pandas.DataFrame(…); arrays of units may go to UnitTable.from_arrays"
        )
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"weights": "town"},
            (
                "weights town: no numbers but 'York', 'Ely', 'Bath'; sampling weights are a column of numbers, zero or "
                "more. Hint: name the column of weights, or leave weights= out"
            ),
        ),
        ({"weights": 3}, "weights: 3, of type int; a column is named by a text. Hint: columns are named one by one"),
        ({"by": 4}, "by: 4, of type int; a column is named by a text. Hint: columns are named one by one"),
        (
            {"constructs": {"climate": [5]}},
            "constructs: 5, of type int; a column is named by a text. Hint: columns are named one by one",
        ),
    ],
    ids=str,
)
def test_messages_use_the_words_of_the_caller(options: dict[str, Any], message: str) -> None:
    assert messages(**options)[0] == message
