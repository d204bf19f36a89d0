"""Doubts about an instrument."""

import pytest

from servqual.instruments import Instrument, Item, Scale, lint
from servqual.labels import Label


def define(dimensions: dict[str, list[str | Label | Item]], *reverse: str) -> Instrument:
    return Instrument.define("kiosk", dimensions, scale=Scale.likert(5), reverse=reverse)


def test_nothing_to_doubt() -> None:
    assert lint(define({"a": ["x", "y"], "b": ["z", "u"]}, "y", "u")) == ()


def test_dimensions_of_one_item() -> None:
    found = lint(define({"a": ["x"], "b": ["y", "z"], "c": ["u"]}))
    assert [(each.place, each.found) for each in found] == [("dimension a", "one item"), ("dimension c", "one item")]


def test_a_dimension_worded_against_the_service_beside_others_that_are_not() -> None:
    (doubt,) = lint(define({"a": ["x", "y"], "b": ["z", "u"]}, "x", "y"))
    assert (doubt.place, doubt.found) == ("dimension a", "every item reversed")
    assert "wording and content cannot be told apart" in doubt.rule


@pytest.mark.parametrize("reverse", [(), ("x", "y", "z", "u"), ("x", "z"), ("x",)])
def test_wordings_that_do_not_fall_together_with_dimensions(reverse: tuple[str, ...]) -> None:
    assert lint(define({"a": ["x", "y"], "b": ["z", "u"]}, *reverse)) == ()


def test_items_that_say_the_same_words() -> None:
    dimensions = {"a": [Label("The wait is short"), "x"], "b": [Item("w", Label("the  WAIT is short")), "y"]}
    (doubt,) = lint(define(dimensions))  # type: ignore[arg-type]
    assert (doubt.place, doubt.found) == ("items a_1, w", "'the wait is short'")
