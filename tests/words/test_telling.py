"""What a result found as a table, and views of it with names in either language."""

import pytest

from servqual.labels import Label
from servqual.telling import Told

TITLE = Label("Means", "均值")


def told(*labels: Label) -> Told:
    return Told({"item": ["wait", "tone"], "mean": [2.5, 3.0]}, labels, TITLE)


def columns(given: Told, language: str | None) -> list[str]:
    return list(given.view(["item", "mean"], None, language, named="item").columns)


def test_a_language_adds_names_after_the_keys() -> None:
    given = told(Label("waiting", "等候"), Label("tone", "态度"))
    view = given.view(["item", "mean"], language="zh", named="item")
    assert list(view.columns) == ["item", "label", "mean"]
    assert (view.title, view["label"]) == ("均值", ("等候", "态度"))
    assert columns(given, None) == ["item", "mean"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_that_are_the_keys_are_not_repeated(language: str) -> None:
    assert columns(told(Label("wait"), Label("tone")), language) == ["item", "mean"]
    assert columns(told(Label("wait"), Label("the tone")), language) == ["item", "label", "mean"]


def test_it_depends_on_the_language_whether_names_say_more() -> None:
    given = told(Label("wait", "等候"), Label("tone", "态度"))
    assert columns(given, "en") == ["item", "mean"]
    assert columns(given, "zh") == ["item", "label", "mean"]


def test_a_view_of_some_rows_has_the_columns_of_all() -> None:
    view = told(Label("wait"), Label("tone", "态度")).view(["item"], [0], "zh", named="item")
    assert (view["item"], view["label"]) == (("wait",), ("wait",))


def test_keys_that_are_numbers_are_compared_as_text() -> None:
    years = Told({"year": [1, 2]}, [Label("1"), Label("2")], TITLE)
    assert list(years.view(["year"], language="en", named="year").columns) == ["year"]
