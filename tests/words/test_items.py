"""Items and dimensions."""

import pytest

from servqual.errors import InstrumentError
from servqual.instruments import Dimension, Item
from servqual.labels import Label


def test_an_item_is_called_by_its_key_where_it_has_no_label() -> None:
    assert Item("wait") == Item("wait", Label("wait"), reverse=False)


def test_an_item_takes_a_plain_text_for_a_label() -> None:
    assert Item("wait", "the wait is short").label == Label("the wait is short")


@pytest.mark.parametrize("key", ["", " ", 3, None])
def test_keys_are_texts(key: object) -> None:
    for kind in (Item, lambda each: Dimension(each, [Item("a")])):
        with pytest.raises(InstrumentError, match="keys and names are texts that are not empty"):
            kind(key)  # type: ignore[arg-type]


def test_a_dimension_is_called_by_its_key_in_words() -> None:
    assert Dimension("opening_hours", [Item("a")]).label == Label("opening hours")
    assert Dimension("_", [Item("a")]).label == Label("_")


def test_a_dimension_counts_its_items() -> None:
    assert len(Dimension("speed", [Item("a"), Item("b")])) == 2


def test_a_dimension_holds_items_only() -> None:
    with pytest.raises(InstrumentError) as caught:
        Dimension("speed", ["wait", Item("a"), 3])  # type: ignore[list-item]
    assert str(caught.value).splitlines() == [
        "2 problems",
        "  1. dimension speed: 'wait'; a dimension holds Items; Instrument.define makes them of keys.",
        "  2. dimension speed: 3; a dimension holds Items; Instrument.define makes them of keys.",
    ]


def test_words_are_equal_hashable_and_frozen() -> None:
    assert len({Item("a"), Item("a"), Item("a", reverse=True)}) == 2
    assert len({Dimension("d", [Item("a")]), Dimension("d", (Item("a"),))}) == 1
    with pytest.raises(AttributeError):
        Item("a").key = "b"  # type: ignore[misc]
