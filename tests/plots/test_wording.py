"""Long texts break into lines of about equal length."""

import pytest
from hypothesis import given, strategies as st

from servqual.plots.wording import width_of, wrapped

SENTENCE = "Staff know their field well enough to answer what they are asked"


def test_lines_are_of_about_equal_length() -> None:
    assert wrapped(SENTENCE, 42).split("\n") == ["Staff know their field well enough", "to answer what they are asked"]


@pytest.mark.parametrize("text", ["", "short", "overall\n(mean of dimensions)"])
def test_short_texts_stay_as_they_are(text: str) -> None:
    assert wrapped(text, 42) == text


def test_chinese_characters_are_as_wide_as_two_letters() -> None:
    assert width_of("质量 ab") == 7
    lines = wrapped("柜台员工会把每一步手续都解释清楚，让人不必反复询问", 20).split("\n")
    assert max(map(width_of, lines)) <= 20
    assert not any(line.startswith("，") for line in lines)


def test_keys_break_behind_an_underscore() -> None:
    assert wrapped("tangibles_that_can_be_seen", 16).split("\n") == ["tangibles_that_", "can_be_seen"]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=60),
    st.integers(12, 50),
)
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    pieces_of_a_word = 26
    assert max(map(width_of, lines)) <= max(width, 2 * pieces_of_a_word)
