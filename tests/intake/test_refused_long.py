"""Long frames that contradict themselves or the instrument."""

from typing import Any

from servqual import Level, Survey
from servqual.errors import SurveyError
from tests.intake.desk import DESK, EXPECTED, PERCEIVED, frame_of, long_columns
from tests.intake.refused import check, check_parts, refusal

PEOPLE = ["ann", "bob", "cem", "dai"]
ANSWERS = long_columns({"perception": PERCEIVED, "expectation": EXPECTED}, PEOPLE)
ROWS = len(ANSWERS["item"])


def refused(columns: dict[str, list[Any]], backend: str = "pandas", **options: Any) -> SurveyError:
    frame = frame_of({**ANSWERS, **columns}, backend)
    return refusal(lambda: Survey.from_long(frame, DESK, **options))


def changed(name: str, old: Any, new: Any) -> dict[str, list[Any]]:
    return {name: [new if value == old else value for value in ANSWERS[name]]}


def extended(*row: Any) -> dict[str, list[Any]]:
    return {name: [*values, value] for (name, values), value in zip(ANSWERS.items(), row, strict=True)}


def test_an_answer_given_twice(backend: str) -> None:
    check(
        refused(extended("ann", "wait", "perception", 5), backend),
        "respondent 'ann', item wait: more than one answer; one respondent gives one answer to an item at a level. "
        "Hint: keep one of the rows",
    )


def test_a_value_off_the_scale_is_that_of_a_named_respondent(backend: str) -> None:
    first = {"value": [9, *ANSWERS["value"][1:]]}
    place = f"{ANSWERS['level'][0]} of item {ANSWERS['item'][0]}: 1 answer off the scale: "
    check_parts(refused(first, backend), f"{place}respondent 'dai' = 9; ", "pass missing=(9,)")


def test_an_unknown_item(backend: str) -> None:
    check(
        refused(changed("item", "queue", "queues"), backend),
        "column item: 'queues'; every row of the long form names what the instrument asks. Hint: did you mean queue?",
    )
    check_parts(refused(changed("item", "queue", None), backend), "column item: None; ")


def test_items_that_are_numbers(backend: str) -> None:
    numbered = DESK.define("numbered", {"all": ["01", "02"]}, scale=DESK.scale)
    cells: dict[str, list[Any]] = {"respondent": ["ann", "ann"], "item": [1, 2], "value": [5, 6]}
    rule = "every row of the long form names what the instrument asks"
    check(
        refusal(lambda: Survey.from_long(frame_of(cells, backend), numbered, level=Level.PERCEPTION)),
        f"column item: 1; {rule}. Hint: keys are texts: write '01'",
        f"column item: 2; {rule}. Hint: keys are texts: write '02'",
    )
    cells["item"] = [1, 3]
    error = refusal(lambda: Survey.from_long(frame_of(cells, backend), numbered, level=Level.PERCEPTION))
    check_parts(error, f"column item: 3; {rule}. Hint: known are 01, 02")


def test_a_level_for_all_answers_is_a_level_and_no_text() -> None:
    check(
        refused({}, level="expectation"),
        "long form: no column 'expectation'; what is named is a column. "
        "Hint: name the column that says the level; if all answers are of one, pass level=Level.EXPECTATION",
    )
    check_parts(refused({}, level="lvl"), "no column 'lvl'; ", "if all answers are of one, pass level=Level.PERCEPTION")


def test_an_unknown_level(backend: str) -> None:
    check_parts(
        refused(changed("level", "perception", "percepton"), backend),
        "column level: 'percepton'; every row of the long form names what the instrument asks. Hint: did you mean",
    )


def test_a_level_that_the_instrument_does_not_ask(backend: str) -> None:
    rule = "instrument desk: desired answers; it asks perception, expectation. Hint: instrument.asking("
    levels = {"perception": "perception", "expectation": "desired"}
    error = refused({}, backend, levels=levels)
    check_parts(error, rule)
    assert len(error.problems) == 1
    check_parts(refused({}, backend, level=Level.DESIRED), rule)


def test_labels_mapped_to_what_is_no_level() -> None:
    error = refused({}, levels={"perception": "perception", "expectation": "expct"})
    check_parts(error, "levels: 'expct'; not a level that an answer can stand for. Hint: did you mean expectation?")


def test_labels_that_the_map_leaves_out() -> None:
    check_parts(refused({}, levels={"perception": "perception"}), "column level: 'expectation'; every row")


def test_a_group_that_differs_within_a_respondent(backend: str) -> None:
    branch = ["north"] * (ROWS - 1) + ["south"]
    whose = ANSWERS["respondent"][-1]
    check(
        refused({"branch": branch}, backend, groups=["branch"]),
        f"column branch: row {ROWS - 1} differs from the first row of respondent {whose!r}; "
        "all rows of one respondent have the same value.",
    )


def test_weights_that_differ_within_a_respondent(backend: str) -> None:
    check_parts(
        refused({"w": list(range(ROWS))}, backend, weights="w"), "column w: row 1 differs from the first row of"
    )


def test_weights_are_checked_as_in_wide_frames(backend: str) -> None:
    check_parts(
        refused({"w": [-1] * ROWS}, backend, weights="w"), "weights column w: 4 negative, first in rows 0, 1, 2, …"
    )
    error = refused({"w": [None if who == "bob" else 1 for who in ANSWERS["respondent"]]}, backend, weights="w")
    check_parts(error, "weights column w: 1 missing, first in row 1; every row has a weight")
    assert len(error.problems) == 1
    check_parts(
        refused({"w": ["x"] * ROWS}, backend, weights="w"), "weights column w: text such as 'x'; weights are numb"
    )


def test_rows_without_a_respondent(backend: str) -> None:
    check(
        refused(changed("respondent", "bob", None), backend),
        "column respondent: missing respondents; every row says whose answer it is.",
    )


def test_text_instead_of_numbers(backend: str) -> None:
    error = refused({"value": ["often"] * ROWS}, backend)
    assert len(error.problems) == 2
    check_parts(
        error,
        "column value (perception): text such as 'often'; answers are numbers",
        "column value (expectation): text",
    )
    error = refused({"value": ["often"] * ROWS}, backend, words={"seldom": 2})
    check_parts(error, "column value (perception): 'often'; every worded answer is in the map of words ('seldom')")
    assert len(error.problems) == 2


def test_columns_that_are_not_there(backend: str) -> None:
    error = refused({}, backend, value="answer", groups=["branch"], weights="w", cluster="visit")
    check_parts(error, "long form: no columns 'answer', 'branch', 'visit', … (4 in all); what is named is a column")


def test_a_frame_without_rows(backend: str) -> None:
    frame = frame_of({name: [] for name in ANSWERS}, backend)
    check(refusal(lambda: Survey.from_long(frame, DESK)), "frame: no rows; a survey has at least one respondent.")


def test_values_that_are_all_missing(backend: str) -> None:
    error = refused({"value": [None] * ROWS}, backend)
    check_parts(error, "perception: all answers missing", "expectation: all answers missing")


def test_several_problems_are_told_at_once() -> None:
    error = refused({**changed("item", "queue", "queu"), "level": ["want"] * ROWS})
    assert str(error).startswith("2 problems\n")
    check_parts(error, "column item: 'queu'", "column level: 'want'")
