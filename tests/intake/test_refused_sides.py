"""Weights, groups, clusters and importance that cannot be what they are said to be."""

from typing import Any

import pytest

from servqual import Survey
from tests.intake.desk import DESK, desk_columns, frame_of
from tests.intake.refused import check, check_parts, refusal, refused_frame

IN_BOTH = pytest.mark.parametrize("kind", ["sampling", "frequency"])


@IN_BOTH
def test_negative_weights(kind: str, backend: str) -> None:
    check(
        refused_frame({"w": [1, -2, 0, -1]}, backend, weights="w", weight_kind=kind),
        "weights column w: 2 negative, first in rows 1, 3; weights are zero or more. "
        "Hint: leave out rows that should not count, or weigh them 0",
    )


@IN_BOTH
def test_weights_that_are_all_zero(kind: str, backend: str) -> None:
    check(
        refused_frame({"w": [0, 0, 0, 0]}, backend, weights="w", weight_kind=kind),
        "weights column w: all 4 are zero; some row has a weight. Hint: leave the weights out to count every row once",
    )


@IN_BOTH
def test_missing_weights(kind: str, backend: str) -> None:
    check(
        refused_frame({"w": [1, None, 2, 2]}, backend, weights="w", weight_kind=kind),
        "weights column w: 1 missing, first in row 1; every row has a weight. "
        "Hint: give rows without one weight 0, or leave them out",
    )


def test_fractional_frequencies(backend: str) -> None:
    check_parts(
        refused_frame({"w": [1.0, 1.5, 0.0, 1.0]}, backend, weights="w", weight_kind="frequency"),
        "weights column w: 1 not whole, first in row 1; a frequency counts respondents. Hint: ",
        "SAMPLING if they are sampling weights",
    )
    frame = frame_of(desk_columns(w=[1.0, 1.5, 0.0, 1.0]), backend)
    assert len(Survey.from_frame(frame, DESK, weights="w")) == 4


def test_infinite_weights() -> None:
    check_parts(
        refused_frame({"w": [1, 1, float("inf"), 1]}, weights="w"), "weights column w: 1 infinite, first in row 2"
    )


def test_weights_that_are_no_numbers(backend: str) -> None:
    check(
        refused_frame({"w": ["a", "b", "c", "d"]}, backend, weights="w"),
        "weights column w: text such as 'a'; weights are numbers. Hint: name a column that holds numbers",
    )


@pytest.mark.parametrize(
    ("what", "option"), [("weights", "pay"), ("cluster", "pay"), ("groups", ["pay"]), ("groups", "pay")]
)
def test_side_columns_that_are_not_there(what: str, option: Any, backend: str) -> None:
    error = refused_frame({"pays": [1, 1, 1, 1]}, backend, **{what: option})
    check(error, f"{what}: no column 'pay'; what is named is a column of the data. Hint: did you mean pays?")


def test_labels_that_cannot_name_groups(backend: str) -> None:
    error = refused_frame({"g": [[1], [2], [3], [4]]}, backend, groups=["g"])
    check_parts(error, "column g: ", "groups are named by text, numbers, truth values or dates")


def test_points_that_do_not_add_up(backend: str) -> None:
    points: dict[str, Any] = {"imp_speed": [50, 60, 50, 30], "imp_care": [50, 50, 50, 80]}
    check(
        refused_frame(points, backend, importance="imp_{dimension}"),
        "importance: 2 of 4 rows not adding up to 100: row 1 = 110, row 3 = 110; each row adds up to 100. "
        "Hint: mend the rows, or consent to multiplying them with renormalise=True",
    )
    frame = frame_of(desk_columns(**points), backend)
    assert len(Survey.from_frame(frame, DESK, importance="imp_{dimension}", renormalise=True)) == 4


def test_points_below_zero() -> None:
    points = {"imp_speed": [-10, 60, 50, 30], "imp_care": [110, 40, 50, 70]}
    check(
        refused_frame(points, importance="imp_{dimension}"),
        "importance: 1 of 8 below 0: row 0 of column imp_speed = -10; weights are 0 or more. "
        "Hint: leave blank what was not answered, or name its code in missing=",
    )


def test_infinite_points_and_many_below_zero() -> None:
    points = {"a": [-1, -2, -3, -4], "b": [1.5, float("inf"), -6, 0], "c": [1, 1, 1, 1]}
    check_parts(
        refused_frame(points, importance=["a", "b", "c"]),
        "5 of 12 below 0: row 0 of column a = -1, row 1 of column a = -2, row 2 of column a = -3, …; ",
        "1 of 12 infinite: row 1 of column b = inf; weights are finite",
    )


def test_points_that_are_no_numbers(backend: str) -> None:
    points: dict[str, Any] = {"imp_speed": ["much"] * 4, "imp_care": [50] * 4}
    check(
        refused_frame(points, backend, importance="imp_{dimension}"),
        "importance column imp_speed: text such as 'much'; points and ratings are numbers. "
        "Hint: name a column that holds numbers",
    )


def test_a_pattern_of_importance_that_names_nothing() -> None:
    check_parts(
        refused_frame(importance="imp"),
        "importance: pattern 'imp'",
        "Hint: for example 'imp_{dimension}' for points over dimensions, 'imp_{key}' for ratings of items",
    )


def test_dimensions_without_a_column_of_importance() -> None:
    check(
        refused_frame({"s": [1] * 4}, importance={"speed": "s", "caer": "s"}),
        "importance: no column for 'care'; every dimension needs a column. Hint: did you mean caer?",
        "importance: a column for 'caer'; the instrument has no such dimension. Hint: did you mean care?",
    )
    check_parts(
        refused_frame(importance="imp_{dimension}"), "importance: no column 'imp_speed'; every dimension needs a column"
    )


class TestBesideMatrices:
    """What comes beside `from_arrays`, and the matrices themselves."""

    answers = ((5, 1, 7), (6, 2, 4), (2, 7, 3))

    def refused(self, **options: Any) -> Any:
        return refusal(lambda: Survey.from_arrays(DESK, **{"perception": self.answers, **options}))

    def test_parts_of_unequal_length(self) -> None:
        check(
            self.refused(expectation=self.answers[:2], weights=[1, 2], groups={"branch": ["n"]}, cluster=[1, 2, 3, 4]),
            "lengths: perception 3, expectation 2, weights 2, cluster 4, groups 'branch' 1; "
            "every part of a survey has one row per respondent.",
        )
        check_parts(self.refused(importance=[[50, 50]]), "lengths: perception 3, importance 1; ")

    @pytest.mark.parametrize(
        ("given", "found"),
        [
            ([[1, 2]] * 3, "perception: shape (3, 2); answers are a matrix (respondents, 3 items). Hint: transpose it"),
            ([1, 2, 3], "perception: shape (3,); answers are a matrix (respondents, 3 items)"),
            ([[[1, 2, 3]]], "perception: shape (1, 1, 3); "),
            ([[1, 2, 3], [1]], "perception: rows of different lengths; every part of a survey has one row per"),
            (5, "perception: 5; every part of a survey has one row per respondent"),
            ([["a", "b", "c"]], "perception of item wait: text such as 'a'; answers are numbers"),
            ([[1, None, "c"]], "perception of item tone: text such as 'c'; answers are numbers"),
            ([[1, 9, 3]] * 3, "perception of item queue: 3 answers off the scale: row 0 = 9, row 1 = 9, row 2 = 9; "),
            ([[None, None, None]], "perception: all answers missing"),
        ],
    )
    def test_what_is_no_matrix_of_answers(self, given: Any, found: str) -> None:
        check_parts(self.refused(perception=given), found)

    def test_no_level_at_all(self) -> None:
        check(
            self.refused(perception=None),
            "answers: none; a survey holds the answers to at least one level. "
            "Hint: from_arrays(instrument, perception=…)",
        )

    def test_levels_that_are_not_asked(self) -> None:
        check_parts(
            self.refused(desired=self.answers), "instrument desk: desired answers; it asks perception, expectation"
        )
        check_parts(self.refused(expectations=self.answers), "levels: 'expectations'; ", "did you mean expectation")

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"weights": [1, -1, 1]}, "weights: 1 negative, first in row 1"),
            ({"weights": 2.0}, "weights: 2.0; every part of a survey has one row per respondent"),
            ({"weights": ["a", "b", "c"]}, "weights: text such as 'a'; weights are numbers"),
            ({"weights": [1, None, 1]}, "weights: 1 missing, first in row 1"),
            ({"groups": {"g": "north"}}, "groups 'g': 'north'; every part of a survey has one row per respondent"),
            ({"groups": {"g": [[1], [2], [3]]}}, "groups 'g': shape (3, 1); there is one label for each respondent"),
            ({"cluster": 5}, "cluster: 5; every part of a survey has one row per respondent"),
            ({"importance": [[50, 50], [50, 40], [50, 50]]}, "rows not adding up to 100: row 1 = 90"),
            (
                {"importance": [[1, 2, 3, 4]] * 3},
                "importance: shape (3, 4); importance has one column per dimension (2)",
            ),
            ({"importance": [[-1, 101], [50, 50], [50, 50]]}, "1 of 6 below 0: row 0 of dimension speed = -1; "),
            ({"importance": [[1, 2, -3]] * 3}, "3 of 9 below 0: row 0 of item tone = -3, row 1 of item tone = -3, "),
            ({"importance": [["x", "y"]] * 3}, "importance: text such as 'x'; points and ratings are numbers"),
        ],
    )
    def test_sides_that_cannot_be(self, options: dict[str, Any], found: str) -> None:
        check_parts(self.refused(**options), found)

    def test_all_problems_are_told_at_once(self) -> None:
        error = self.refused(
            perception=[[5, 9, 7]] * 3, weights=[0, 0, 0], importance=[[50, 60]] * 3, expectation=self.answers
        )
        assert str(error).startswith("3 problems\n")
        check_parts(error, "perception of item queue", "weights: all 3 are zero", "importance: 3 of 3 rows")
