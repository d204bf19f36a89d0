"""One cause in many columns is one problem; few columns are told one by one. And numbers among worded answers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import servqual as sq
from servqual.errors import SurveyError
from tests.intake.desk import frame_of
from tests.intake.refused import check, refusal

KEYS = [f"i{number}" for number in range(1, 7)]
SIX = sq.Instrument.define("six", {"all": KEYS}, scale=sq.Scale.likert(7))
PATTERNS: Any = {"perception": "P_{key}", "expectation": "E_{key}"}


def columns(perceived: list[list[Any]], expected: list[list[Any]] | None = None) -> dict[str, list[Any]]:
    cells = {f"P_{key}": column for key, column in zip(KEYS, perceived, strict=True)}
    return cells | {f"E_{key}": column for key, column in zip(KEYS, expected or [[4, 4, 4]] * 6, strict=True)}


def refused(perceived: list[list[Any]], backend: str = "pandas", **options: Any) -> SurveyError:
    return refusal(lambda: sq.Survey.from_frame(frame_of(columns(perceived), backend), SIX, **PATTERNS, **options))


def test_a_code_in_many_columns_is_one_problem_per_level(backend: str) -> None:
    spoilt: list[list[Any]] = [[5, 99, 5], [99, 99, 5], [5, 5, 5], [99, 5, 5], [5, 5, 99], [1, 2, 99]]
    frame = frame_of(columns(spoilt, spoilt), backend)
    rule, remedy = "answers are whole numbers in 1..7", "if 99 means 'no answer', pass missing=(99,)"
    check(
        refusal(lambda: sq.Survey.from_frame(frame, SIX, **PATTERNS)),
        *(
            f"5 columns of {level}: 6 answers off the scale: row 1 of column {letter}_i1 = 99, "
            f"row 0 of column {letter}_i2 = 99, row 0 of column {letter}_i4 = 99, …; {rule}. Hint: {remedy}"
            for level, letter in (("perception", "P"), ("expectation", "E"))
        ),
    )
    assert len(sq.Survey.from_frame(frame, SIX, missing=(99,), **PATTERNS)) == 3


def test_two_codes_are_named_in_one_remedy() -> None:
    error = refused([[5, 98, 99], [99, 1, 1], [-1, 1, 1], [1, 99, 1], [1, 1, 1], [1, 1, 1]])
    assert "Hint: if -1 and 98 and 99 mean 'no answer', pass missing=(-1, 98, 99)" in str(error)
    assert len(error.problems) == 1


def test_halves_among_the_codes_keep_the_remedy_of_the_first() -> None:
    error = refused([[2.5, 3, 3], [99, 1, 1], [99, 1, 1], [99, 1, 1], [1, 1, 1], [1, 1, 1]])
    assert "Hint: round such answers, or give the instrument a scale with step=None" in str(error)


def test_three_columns_are_still_told_one_by_one() -> None:
    error = refused([[5, 99, 5], [99, 99, 5], [5, 99, 5], [5, 5, 5], [5, 5, 5], [5, 5, 5]])
    assert [problem.place for problem in error.problems if not isinstance(problem, str)] == [
        f"column P_{key} (perception of item {key})" for key in KEYS[:3]
    ]


def test_items_of_matrices_and_of_long_frames_are_grouped_too() -> None:
    matrix = np.full((3, 6), 9)
    start = "6 items of perception: 18 answers off the scale: row 0 of item i1 = 9, row 0 of item i2 = 9, "
    assert str(refusal(lambda: sq.Survey.from_arrays(SIX, perception=matrix))).startswith(start)
    people = np.repeat(["ann", "bob", "cem"], 6)
    long = pd.DataFrame({"respondent": people, "item": KEYS * 3, "value": matrix.ravel()})
    told = str(refusal(lambda: sq.Survey.from_long(long, SIX, level=sq.Level.PERCEPTION)))
    assert told.startswith("6 items of perception: 18 answers off the scale: respondent 'ann' of item i1 = 9, ")


def test_a_decimal_comma_is_called_so(backend: str) -> None:
    fine: list[list[Any]] = [[5, 5, 5]] * 5
    check(
        refused([["5,0", None, "6,5"], *fine], backend),
        "column P_i1 (perception of item i1): a decimal comma as in '5,0'; answers are numbers with a decimal point. "
        "Hint: write 5.0: in pandas, read_csv(…, decimal=',')",
    )
    check(
        refused([["5,0", None, " 6,5"]] * 6, backend),
        "6 columns of perception: a decimal comma as in '5,0' in column P_i1, a decimal comma as in '5,0' in column "
        "P_i2, a decimal comma as in '5,0' in column P_i3, …; answers are numbers with a decimal point. "
        "Hint: write 5.0: in pandas, read_csv(…, decimal=',')",
    )


def test_text_in_many_columns_is_one_problem(backend: str) -> None:
    error = refused([["often", None, "never"]] * 6, backend)
    check(
        error,
        "6 columns of perception: text such as 'often' in column P_i1, text such as 'often' in column P_i2, "
        "text such as 'often' in column P_i3, …; answers are numbers. "
        "Hint: in a data frame say what answers in words count as, words={'often': …}; else make numbers of them",
    )


def test_unknown_words_in_many_columns_are_one_problem(backend: str) -> None:
    error = refused([["often", "nevr", None]] * 6, backend, words={"often": 7, "never": 1})
    check(
        error,
        "6 columns of perception: 'nevr' in column P_i1, 'nevr' in column P_i2, 'nevr' in column P_i3, …; "
        "every worded answer is in the map of words ('often', 'never'). "
        "Hint: add it to words=, or blank it out if it means 'no answer'",
    )


@pytest.mark.parametrize("cells", [["agree", "3", None], ["agree", " 3 ", ""], ["agree", "3.0", None]])
def test_numbers_in_digits_stay_among_worded_answers(cells: list[Any], backend: str) -> None:
    given = [None if cell == "" else cell for cell in cells]
    frame = frame_of(columns([given, *[[5, 5, 5]] * 5]), backend)
    survey = sq.Survey.from_frame(frame, SIX, words={"agree": 6}, **PATTERNS)
    np.testing.assert_array_equal(survey.perception.values[:, 0], [6, 3, np.nan])


def test_numbers_stay_among_worded_answers_in_mixed_columns() -> None:
    frame = pd.DataFrame(columns([["agree", 3, 2.0], *[[5, 5, 5]] * 5]))
    survey = sq.Survey.from_frame(frame, SIX, words={"agree": 6, "3": 1}, **PATTERNS)
    assert survey.perception.values[:, 0].tolist() == [6, 3, 2]
    texts = pd.DataFrame(columns([["agree", "3", "2"], *[[5, 5, 5]] * 5]))
    survey = sq.Survey.from_frame(texts, SIX, words={"agree": 6, "3": 1}, **PATTERNS)
    assert survey.perception.values[:, 0].tolist() == [6, 1, 2]


def test_numbers_among_worded_answers_are_checked_as_all_others_are() -> None:
    fine: list[list[Any]] = [[5, 5, 5]] * 5
    error = refused([["agree", "99", "inf"], *fine], words={"agree": 6})
    assert "'inf'; every worded answer is in the map of words ('agree')" in str(error)
    error = refused([["agree", "99", "2"], *fine], words={"agree": 6})
    assert "column P_i1 (perception of item i1): 1 answer off the scale: row 1 = 99; " in str(error)
    frame = pd.DataFrame(columns([["agree", "99", "2"], *fine]))
    survey = sq.Survey.from_frame(frame, SIX, words={"agree": 6}, missing=(99,), **PATTERNS)
    np.testing.assert_array_equal(survey.perception.values[:, 0], [6, np.nan, 2])
