"""The printable questionnaire."""

import pytest
from hypothesis import given

from servqual.errors import LabelError
from servqual.instruments import Anchor, Instrument, Item, Level, Scale, questionnaire
from servqual.labels import Label, Language
from tests.words.generated import few, instruments


@pytest.fixture
def kiosk() -> Instrument:
    items = {"speed": [Label("the wait is short", "等候时间短")], "care": [Label("staff care", "员工关心客户")]}
    return Instrument.define("kiosk", items, scale=Scale.likert(3), label=Label("The kiosk", "自助机"))


def test_in_english(kiosk: Instrument) -> None:
    assert questionnaire(kiosk).splitlines() == [
        "# The kiosk",
        "",
        "Answer every statement on the scale 1..3 (1 = strongly disagree, 3 = strongly agree).",
        "",
        "## what you expect of an excellent provider",
        "",
        "| | | |",
        "|---|---|---|",
        "| 1 | the wait is short | ☐ 1 ☐ 2 ☐ 3 |",
        "| 2 | staff care | ☐ 1 ☐ 2 ☐ 3 |",
        "",
        "## what you experienced here",
        "",
        "| | | |",
        "|---|---|---|",
        "| 1 | the wait is short | ☐ 1 ☐ 2 ☐ 3 |",
        "| 2 | staff care | ☐ 1 ☐ 2 ☐ 3 |",
    ]


def test_in_chinese(kiosk: Instrument) -> None:
    text = questionnaire(kiosk, "zh")
    assert text.startswith("# 自助机\n\n请按以下量表回答每一条 1..3 (1 = 非常不同意, 3 = 非常同意).")
    assert "## 您在这里的实际感受" in text
    assert text.count("| 2 | 员工关心客户 |") == 2


def test_expectations_are_asked_before_perceptions(kiosk: Instrument) -> None:
    zones = kiosk.asking("perception", "desired", "adequate", "disconfirmation")
    asked = [line.removeprefix("## ") for line in questionnaire(zones).splitlines() if line.startswith("## ")]
    assert asked == [
        "the level you would like to get",
        "the lowest level that would still do for you",
        "what you experienced here",
        "how it was, compared with what you expected",
    ]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("level", list(Level))
def test_every_level_asks_in_words_of_its_own(level: Level, language: Language) -> None:
    heads = {
        each: questionnaire(Instrument.define("k", {"a": ["x"]}, scale=Scale(1, 3), levels=[each]), language)
        for each in Level
    }
    assert [each for each in Level if heads[each] == heads[level]] == [level]


def test_real_valued_answers_are_written_on_a_line() -> None:
    text = questionnaire(Instrument.define("k", {"a": ["x"]}, scale=Scale.percent(), levels=["perception"]))
    assert text.endswith("| 1 | x | ______ |")
    assert "on the scale 0..100 (real-valued)." in text


def test_words_in_the_middle_of_a_scale_are_shown() -> None:
    scale = Scale(-3, 3, anchors=[Anchor(0, Label("neutral", "一般"))])
    kiosk = Instrument.define("k", {"a": ["x"]}, scale=scale, levels=["perception"])
    assert "-3..3 (0 = neutral)." in questionnaire(kiosk)
    assert "☐ -3 ☐ -2 ☐ -1 ☐ 0 ☐ 1 ☐ 2 ☐ 3" in questionnaire(kiosk)


def test_a_bar_in_a_label_does_not_break_the_table() -> None:
    kiosk = Instrument.define("k", {"a": [Item("x", Label("pay|leave"))]}, scale=Scale(1, 2), levels=["perception"])
    assert questionnaire(kiosk).endswith("| 1 | pay\\|leave | ☐ 1 ☐ 2 |")


def test_another_language_is_refused(kiosk: Instrument) -> None:
    with pytest.raises(LabelError, match="'fr'"):
        questionnaire(kiosk, "fr")


@few
@given(instruments())
def test_one_line_per_level_and_item(instrument: Instrument) -> None:
    boxes = "______" if instrument.scale.step is None else "☐ "
    rows = [line for line in questionnaire(instrument).split("\n") if line.startswith("| ") and boxes in line]
    assert len(rows) >= len(instrument.levels) * len(instrument)
