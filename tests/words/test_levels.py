"""Levels."""

import re

import pytest

from servqual.errors import InstrumentError
from servqual.instruments import Level


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_name_in_both_languages(level: Level) -> None:
    assert level.label.en
    assert re.search(r"[\u4e00-\u9fff]", level.label.zh)


def test_names_of_levels_are_unique() -> None:
    for language in ("en", "zh"):
        assert len({level.label.text(language) for level in Level}) == len(Level)


def test_all_but_perception_and_disconfirmation_are_standards() -> None:
    assert {level for level in Level if not level.is_expectation} == {Level.PERCEPTION, Level.DISCONFIRMATION}


def test_a_level_is_its_name() -> None:
    assert Level("desired") is Level.DESIRED
    assert f"{Level.DESIRED}" == "desired"


def test_an_unknown_level_is_answered_with_the_nearest() -> None:
    with pytest.raises(InstrumentError, match=r"'percepton'; there is no such level\. Hint: did you mean perception"):
        Level("percepton")


def test_an_unknown_level_is_the_error_of_any_enum() -> None:
    with pytest.raises(ValueError, match="no such level"):
        Level("taste")
