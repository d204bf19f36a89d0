"""Labels and languages."""

import pickle

import pytest

from servqual.errors import LabelError, ServqualError
from servqual.labels import Label, Language, as_label


def test_a_label_in_both_languages() -> None:
    label = Label("empathy", "移情性")
    assert (str(label), label.text(), label.text("zh"), label.text(Language.CHINESE)) == (
        "empathy",
        "empathy",
        "移情性",
        "移情性",
    )


def test_english_serves_where_there_is_no_chinese() -> None:
    assert Label("empathy").text("zh") == "empathy"


@pytest.mark.parametrize("name", ["", "  ", 3, None])
def test_the_english_name_is_a_text(name: object) -> None:
    with pytest.raises(LabelError, match="the English name is a text that is not empty"):
        Label(name)  # type: ignore[arg-type]


def test_the_chinese_name_is_a_text() -> None:
    with pytest.raises(LabelError, match="None; the Chinese name is a text"):
        Label("x", None)  # type: ignore[arg-type]


def test_another_language_is_refused() -> None:
    with pytest.raises(LabelError, match=r"'fr'; labels exist in English \(en\) and Chinese \(zh\)\.$"):
        Label("x").text("fr")


def test_its_errors_belong_to_the_house() -> None:
    assert issubclass(LabelError, ServqualError)
    assert issubclass(LabelError, ValueError)


def test_a_label_is_a_word() -> None:
    label = Label("x", "某")
    assert pickle.loads(pickle.dumps(label)) == label  # noqa: S301 - our own bytes
    assert len({label, Label("x", "某"), Label("x")}) == 2


def test_labels_are_made_of_texts() -> None:
    assert as_label("x") == Label("x")
    assert as_label(Label("x", "某")) == Label("x", "某")
