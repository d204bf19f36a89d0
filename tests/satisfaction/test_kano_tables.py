"""Categories, answers and the evaluation table."""

import pickle
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

from servqual.errors import InstrumentError
from servqual.instruments import Instrument
from servqual.satisfaction.delight.tables import EvaluationTable
from servqual.satisfaction.delight.words import KANO_SCALE, Category, KanoAnswer, kano_instrument
from tests.satisfaction.kano_data import STANDARD, answers, oracle, refusal, told

ANSWERS = list(KanoAnswer)


def test_the_standard_table_is_the_one_in_print() -> None:
    table = EvaluationTable.standard()
    assert ["".join(cell.letter for cell in row) for row in table] == list(STANDARD)
    assert table["like", "dislike"] is Category.ONE_DIMENSIONAL
    assert table[KanoAnswer.LIKE, KanoAnswer.LIKE] is Category.QUESTIONABLE


def test_the_standard_table_is_the_one_that_was_seen(shared: Path) -> None:
    table = EvaluationTable.standard()
    for row in oracle(shared, "kano_evaluation_table_seen.csv"):
        pair = ANSWERS[int(row["functional"]) - 1], ANSWERS[int(row["dysfunctional"]) - 1]
        assert table[pair].letter == row["category"]


def test_the_variant_calls_two_more_cells_questionable() -> None:
    one, other = EvaluationTable.standard(), EvaluationTable.pouliot()
    differ = [pair for pair in product(ANSWERS, ANSWERS) if one[pair] is not other[pair]]
    assert differ == [("must_be", "must_be"), ("live_with", "live_with")]
    assert {other[pair] for pair in differ} == {Category.QUESTIONABLE}


@given(functional=answers, dysfunctional=answers)
def test_exchanging_both_questions_reverses_what_matters(functional: int, dysfunctional: int) -> None:
    table = EvaluationTable.standard()
    seen = table[ANSWERS[functional - 1], ANSWERS[dysfunctional - 1]]
    turned = table[ANSWERS[dysfunctional - 1], ANSWERS[functional - 1]]
    assert turned is table.transposed()[ANSWERS[functional - 1], ANSWERS[dysfunctional - 1]]
    if seen.letter in "AOM":
        assert turned is Category.REVERSE
    elif seen is Category.REVERSE:
        assert turned.letter in "AOM"
    else:
        assert turned is seen


def test_an_own_table_is_a_word() -> None:
    mine = EvaluationTable(["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRR"], "mine")
    assert mine == EvaluationTable([*STANDARD[:4], "RRRRR"], "mine")
    assert mine != EvaluationTable.standard()
    assert len({mine, pickle.loads(pickle.dumps(mine))}) == 1  # noqa: S301 - made on this line
    assert EvaluationTable(EvaluationTable.standard().cells).cells == EvaluationTable.standard().cells
    assert mine.transposed().transposed() == mine


def test_a_table_that_is_none_says_everything_at_once() -> None:
    told(
        refusal(lambda: EvaluationTable(["QAAAO", "RIXIM"])),
        "evaluation table: rows of 5, 5; there are five rows",
        "row 2 of the table: 'X'; a category is one of attractive",
    )
    told(refusal(lambda: EvaluationTable.standard()["like", "hate"]), "'hate'; it is one of the five Kano answers")


def test_the_table_is_looked_at_in_either_language() -> None:
    plain, chinese = EvaluationTable.standard().to_table(), EvaluationTable.standard().to_table("zh")
    assert plain["dislike"] == ("O", "M", "M", "M", "Q")
    assert plain["functional"] == tuple(ANSWERS)
    assert chinese.title == "标准评价表"
    assert "魅力" in chinese.notes[1]
    assert list(chinese.columns)[1] == "我很喜欢"


@pytest.mark.parametrize("category", Category)
def test_a_category_goes_by_its_word_and_by_its_letter(category: Category) -> None:
    assert Category(category.value) is Category(category.letter) is category
    assert category.label.zh


def test_chinese_names_are_those_of_the_field() -> None:
    assert [each.label.zh for each in Category] == ["魅力", "一元", "必备", "无差异", "反向", "可疑"]


def test_an_unknown_category_is_refused_with_what_was_meant() -> None:
    told(refusal(lambda: Category("must")), "category: 'must'")
    assert "did you mean must_be" in str(refusal(lambda: Category("must-be")))


def test_one_half_of_a_questionnaire_is_an_instrument() -> None:
    made = kano_instrument({"wait": "the wait is short", "logo": "a nice logo"})
    assert isinstance(made, Instrument)
    assert made.item_keys == ("wait", "logo")
    assert made.scale == KANO_SCALE
    assert [anchor.label.en for anchor in made.scale.anchors] == [each.label.en for each in KanoAnswer]
    assert made.label.zh == "Kano 研究"
    with pytest.raises(InstrumentError, match="item wait"):
        kano_instrument(["wait", "wait"])
