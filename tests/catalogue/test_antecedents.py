"""The instruments of causes and of determinants: sizes, words, citations."""

import re

import pytest

from servqual.catalogue.antecedents import employee_antecedents, manager_antecedents
from servqual.catalogue.determinants import expectation_determinants
from servqual.catalogue.expectations import zone_determinants
from servqual.instruments import Instrument, Level, lint

SHEETS = [manager_antecedents(), employee_antecedents(), zone_determinants()]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda each: each.name)
def test_every_word_is_there_in_both_languages_once(sheet: Instrument) -> None:
    for language in ("en", "zh"):
        texts = [item.label.text(language) for item in sheet.items]
        assert len(set(texts)) == len(texts)
    assert all(re.search(r"[\u4e00-\u9fff]", item.label.zh) for item in sheet.items)
    assert lint(sheet) == ()
    assert (sheet.levels, str(sheet.scale)) == ((Level.PERCEPTION,), "1..7")


def test_sizes() -> None:
    assert [len(sheet) for sheet in SHEETS] == [26, 36, 33]
    assert [len(sheet.dimensions) for sheet in SHEETS] == [9, 12, 11]


def test_managers_and_employees_are_asked_of_different_causes() -> None:
    assert not set(SHEETS[0].dimension_keys) & set(SHEETS[1].dimension_keys)


def test_what_both_instruments_of_expectations_ask_is_worded_alike() -> None:
    short, long = expectation_determinants(), zone_determinants()
    for here, there in (("needs", "needs"), ("image", "image"), ("experience", "past_experience")):
        items = [
            [item.label for each in sheet.dimensions if each.key == key for item in each.items]
            for sheet, key in ((short, here), (long, there))
        ]
        assert items[0] == items[1]
