"""The empty data file of an instrument."""

import csv
import io

import pytest
from hypothesis import given

from servqual.errors import InstrumentError, LevelError
from servqual.instruments import Instrument, Level, Scale, template
from tests.words.generated import few, instruments


@pytest.fixture
def kiosk() -> Instrument:
    return Instrument.define("kiosk", {"speed": ["wait", "pace"], "care": ["a,b"]}, scale=Scale.likert(5))


def header(text: str) -> list[str]:
    (row,) = csv.reader(io.StringIO(text))
    return row


def test_the_names_that_a_survey_looks_for_by_itself(kiosk: Instrument) -> None:
    assert header(template(kiosk)) == [
        "perception_wait",
        "perception_pace",
        "perception_a,b",
        "expectation_wait",
        "expectation_pace",
        "expectation_a,b",
    ]


def test_the_header_equals_the_patterns(kiosk: Instrument) -> None:
    found = header(template(kiosk, {"perception": "P{n:02d}", Level.EXPECTATION: "{level}:{key}"}))
    assert found == ["P01", "P02", "P03", "expectation:wait", "expectation:pace", "expectation:a,b"]


def test_it_is_one_line(kiosk: Instrument) -> None:
    assert template(kiosk).endswith("\r\n")
    assert template(kiosk).count("\n") == 1


def test_a_level_that_is_not_asked(kiosk: Instrument) -> None:
    with pytest.raises(LevelError, match=r"kiosk: 'perceptoin'; not a level it asks\. Hint: did you mean perception"):
        template(kiosk, {"perceptoin": "P{n}"})


def test_all_levels_that_are_not_asked_are_told(kiosk: Instrument) -> None:
    with pytest.raises(LevelError, match=r"(?s)2 problems.*'ideal'.*'usual'"):
        template(kiosk, {Level.IDEAL: "I{n}", "usual": "U{n}"})


@pytest.mark.parametrize("pattern", ["P{number}", "P{}", "P{n", "P{key:02d}"])
def test_a_pattern_that_cannot_be_filled_in(kiosk: Instrument, pattern: str) -> None:
    with pytest.raises(InstrumentError, match=r"a pattern is a text with places to fill in\. Hint: \{key\}"):
        template(kiosk, {"perception": pattern})


def test_patterns_that_give_columns_the_same_name(kiosk: Instrument) -> None:
    with pytest.raises(InstrumentError, match=r"(?s)'A1' twice; each column has a name of its own.*'A3' twice"):
        template(kiosk, {"perception": "A{n}", "expectation": "A{n}"})


@few
@given(instruments())
def test_one_column_per_level_and_item(instrument: Instrument) -> None:
    names = header(template(instrument))
    assert len(set(names)) == len(names) == len(instrument) * len(instrument.levels)
