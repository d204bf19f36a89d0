"""Defining an instrument in a few lines, and what is refused."""

import pytest

from servqual.errors import InstrumentError, LabelError, ServqualError
from servqual.instruments import Dimension, Instrument, Item, Level, Scale
from servqual.labels import Label

SEVEN = Scale.likert(7)


def define(dimensions: object, **options: object) -> Instrument:
    return Instrument.define("kiosk", dimensions, **{"scale": SEVEN, **options})  # type: ignore[arg-type]


def sentence(dimensions: object, **options: object) -> str:
    with pytest.raises(InstrumentError) as caught:
        define(dimensions, **options)
    return str(caught.value)


def test_items_as_keys() -> None:
    kiosk = define({"tangible": ["04", "05"], "security": ["07"]})
    assert kiosk.item_keys == ("04", "05", "07")
    assert kiosk.dimensions[0] == Dimension("tangible", [Item("04"), Item("05")])
    assert kiosk.levels == (Level.PERCEPTION, Level.EXPECTATION)
    assert kiosk.label == Label("kiosk")


def test_items_as_labels_are_numbered_in_their_dimension() -> None:
    kiosk = define(
        {"speed": [Label("the wait is short", "等候时间短"), "own", Label("service is fast")]}, reverse=["own"]
    )
    assert kiosk.items == (
        Item("speed_1", Label("the wait is short", "等候时间短")),
        Item("own", reverse=True),
        Item("speed_3", Label("service is fast")),
    )


def test_items_as_a_mapping() -> None:
    kiosk = define({"speed": {"wait": "the wait is long", "pace": Label("a fast pace", "节奏快")}}, reverse=["wait"])
    assert kiosk.items == (
        Item("wait", Label("the wait is long"), reverse=True),
        Item("pace", Label("a fast pace", "节奏快")),
    )


def test_items_as_items_keep_their_own_direction() -> None:
    kiosk = define({"speed": [Item("a", reverse=True), Item("b"), Item("c")]}, reverse=["c"])
    assert [item.reverse for item in kiosk.items] == [True, False, True]


def test_labels_of_dimensions_and_of_the_whole() -> None:
    kiosk = define(
        {"speed": ["a"]}, labels={"speed": Label("speed", "速度")}, label="The kiosk", citation="c", status="s"
    )
    assert kiosk.dimensions[0].label == Label("speed", "速度")
    assert (kiosk.label, kiosk.citation, kiosk.status) == (Label("The kiosk"), "c", "s")


def test_levels_may_be_given_by_name_and_once_only() -> None:
    kiosk = define({"speed": ["a"]}, levels=iter(["perception", Level.IDEAL]))
    assert kiosk.levels == (Level.PERCEPTION, Level.IDEAL)


@pytest.mark.parametrize(
    ("dimensions", "options", "message"),
    [
        ({}, {}, "instrument kiosk: no dimensions; an instrument has at least one dimension."),
        (
            {"a": ["b"]},
            {"levels": []},
            "instrument kiosk: no levels; an instrument asks at least one level of each item.",
        ),
        (
            {"a": ["b"]},
            {"levels": ["ideal", "ideal"]},
            "instrument kiosk: level ideal twice; each level is named once.",
        ),
        ({"a": []}, {}, "dimension a: no items; a dimension has at least one item."),
        ({"a": ["x"], "b": ["x"]}, {}, "item x: in a and b; an item belongs to one dimension and is named once."),
        ({"a": ["x", "x"]}, {}, "item x: in a and a; an item belongs to one dimension and is named once."),
        ({"a": "wait"}, {}, "dimension a: 'wait'; items are a list, not one text. Hint: write ['wait']"),
        ({"a": [3]}, {}, "key: 3; keys and names are texts that are not empty. Hint: write '3'"),
        ({"a": {3: "x"}}, {}, "key: 3; keys and names are texts that are not empty. Hint: write '3'"),
        ({3: ["a"]}, {}, "key: 3; keys and names are texts that are not empty. Hint: write '3'"),
        ({"a": [None]}, {}, "key: None; keys and names are texts that are not empty."),
        ({"a": [""]}, {}, "key: ''; keys and names are texts that are not empty."),
        ({"a": ["wait"]}, {"reverse": ["wiat"]}, "reverse: 'wiat'; reversed keys name items. Hint: did you mean wait?"),
        ({"a": ["wait"]}, {"reverse": "wait"}, "reverse: 'wait'; item keys are a list. Hint: write ['wait']"),
        (
            {"pace": ["x"]},
            {"labels": {"pase": "P"}},
            "labels: 'pase'; labels name dimensions. Hint: did you mean pace?",
        ),
        ({"a": ["b"]}, {"levels": ["ideel"]}, "level: 'ideel'; there is no such level. Hint: did you mean ideal?"),
        ({"a": ["b"]}, {"levels": "ideal"}, "levels: 'ideal'; levels are a list. Hint: write ['ideal']"),
        ({"a": ["b"]}, {"levels": Level.IDEAL}, "levels: 'ideal'; levels are a list. Hint: write ['ideal']"),
        ({"a": ["b"]}, {"scale": 7}, "scale: 7; the scale is a Scale. Hint: for example Scale.likert(7)"),
    ],
)
def test_a_contradiction_is_told_with_place_rule_and_remedy(
    dimensions: object, options: dict[str, object], message: str
) -> None:
    assert sentence(dimensions, **options) == message


def test_all_contradictions_are_told_at_once() -> None:
    told = sentence({"a": [], "b": ["x"], "c": ["x"]}, levels=["ideal", "ideal"])
    assert told.splitlines()[0] == "3 problems"
    assert all(part in told for part in ("level ideal twice", "dimension a: no items", "in b and c"))


def test_all_strays_are_told_in_the_order_given() -> None:
    told = sentence({"a": ["x"]}, labels={"b": "B"}, reverse=["z", "y"])
    assert [line.split(";")[0] for line in told.splitlines()[1:]] == [
        "  1. labels: 'b'",
        "  2. reverse: 'z'",
        "  3. reverse: 'y'",
    ]


def test_a_dimension_twice() -> None:
    with pytest.raises(InstrumentError, match="instrument k: dimension a twice; each dimension is named once"):
        Instrument("k", [Dimension("a", [Item("x")]), Dimension("a", [Item("y")])], SEVEN)


def test_dimensions_are_dimensions() -> None:
    with pytest.raises(InstrumentError, match="dimensions: 'a'; dimensions are Dimensions"):
        Instrument("k", ["a"], SEVEN)  # type: ignore[list-item]


def test_an_empty_label_is_not_silently_replaced() -> None:
    with pytest.raises(LabelError):
        define({"a": ["x"]}, label="")


def test_the_error_is_also_the_built_in() -> None:
    assert issubclass(InstrumentError, ServqualError)
    assert issubclass(InstrumentError, ValueError)
