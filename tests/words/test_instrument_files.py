"""Instrument files: JSON there and back, the short form, and what is refused with which words."""

import json
from pathlib import Path

import pytest
from hypothesis import given

from servqual.errors import FileFormatError, InstrumentError
from servqual.instruments import Anchor, Instrument, Item, Level, Scale
from servqual.labels import Label
from tests.words.generated import few, instruments

SHORT = {"name": "kiosk", "scale": {"low": 1, "high": 7}, "dimensions": {"speed": ["wait", "pace"]}}


def sentence(**changes: object) -> str:
    with pytest.raises(InstrumentError) as caught:
        Instrument.from_dict({**SHORT, **changes})
    return str(caught.value)


@few
@given(instruments())
def test_json_gives_an_equal_instrument(instrument: Instrument) -> None:
    again = Instrument.from_json(instrument.to_json())
    assert again == instrument
    assert again.scale.anchors == instrument.scale.anchors


@few
@given(instruments())
def test_a_dictionary_is_what_its_json_says(instrument: Instrument) -> None:
    record = instrument.to_dict()
    assert json.loads(instrument.to_json()) == record
    assert record["schema"] == 1
    assert Instrument.from_dict(record) == instrument


def test_reading_leaves_the_record_as_it_was() -> None:
    record = json.loads(json.dumps(SHORT))
    Instrument.from_dict(record)
    assert record == SHORT


def test_json_is_readable_by_people() -> None:
    text = Instrument.define("k", {"a": [Label("care", "关怀")]}, scale=Scale(1, 5)).to_json()
    assert "关怀" in text
    assert len(text.splitlines()) > 5


def test_the_short_form() -> None:
    assert Instrument.from_dict(SHORT) == Instrument.define("kiosk", {"speed": ["wait", "pace"]}, scale=Scale(1, 7))


def test_the_short_form_with_labels_and_tuples() -> None:
    record = {
        "name": "kiosk",
        "label": "The kiosk",
        "scale": {"low": 0, "high": 1, "step": None, "anchors": ({"value": 0, "label": "nothing"},)},
        "levels": ["ideal"],
        "dimensions": (
            {
                "key": "speed",
                "label": "How fast",
                "items": {"wait": "short wait", "pace": {"en": "pace", "zh": "节奏"}},
            },
            {"key": "care", "items": ("a", {"key": "b", "label": "B", "reverse": True})},
        ),
    }
    kiosk = Instrument.from_dict(record)
    assert kiosk.items == (
        Item("wait", Label("short wait")),
        Item("pace", Label("pace", "节奏")),
        Item("a"),
        Item("b", Label("B"), reverse=True),
    )
    assert (kiosk.label, kiosk.dimensions[0].label, kiosk.levels) == (
        Label("The kiosk"),
        Label("How fast"),
        (Level.IDEAL,),
    )
    assert kiosk.scale == Scale(0, 1, None)
    assert kiosk.scale.anchors == (Anchor(0, Label("nothing")),)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"lebel": "x"},
            "$: unknown key 'lebel'; no field of Instrument. Hint: did you mean label or levels?",
        ),
        (
            {"scale": {"low": 1, "high": 7, "stop": 2}},
            "$.scale: unknown key 'stop'; no field of Scale. Hint: did you mean step?",
        ),
        (
            {"dimensions": {"speed": [{"key": "a", "revers": True}]}},
            "$.dimensions[0].items[0]: unknown key 'revers'; no field of Item. Hint: did you mean reverse?",
        ),
        ({"label": {"fr": "x", "en": "y"}}, "$.label: unknown key 'fr'; no field of Label. Hint: known are en, zh"),
        ({"name": 3}, "$.name: 3; a text is wanted here."),
        ({"name": ""}, "key: ''; keys and names are texts that are not empty."),
        ({"label": ""}, "$.label, label: ''; the English name is a text that is not empty."),
        ({"scale": 7}, "$.scale: 7; the dictionary (JSON object) of one Scale is wanted here."),
        ({"scale": {"low": "1", "high": 7}}, "$.scale.low: '1'; a number is wanted here."),
        ({"scale": {"low": 1, "high": True}}, "$.scale.high: True; a number is wanted here."),
        (
            {"scale": {"low": 7, "high": 1}},
            "$.scale, scale: low 7, high 1, step 1.0; low and high are finite and low lies below high.",
        ),
        ({"scale": {"low": 1}}, "$.scale.high: missing; a value cannot be made without this field."),
        ({"dimensions": "speed"}, "$.dimensions: 'speed'; a list is wanted here."),
        ({"dimensions": 3}, "$.dimensions: 3; a list is wanted here."),
        (
            {"dimensions": ["speed"]},
            "$.dimensions[0]: 'speed'; the dictionary (JSON object) of one Dimension is wanted here.",
        ),
        ({"dimensions": {"speed": "wait"}}, "$.dimensions[0].items: 'wait'; a list is wanted here."),
        ({"dimensions": [{"key": "a"}]}, "$.dimensions[0].items: missing; a value cannot be made without this field."),
        (
            {"dimensions": {"a": [3]}},
            "$.dimensions[0].items[0]: 3; the dictionary (JSON object) of one Item is wanted here.",
        ),
        (
            {"dimensions": {"a": [{"key": "b", "reverse": 1}]}},
            "$.dimensions[0].items[0].reverse: 1; true or false is wanted here.",
        ),
        ({"levels": ["ideal", "ideel"]}, "$.levels[1]: 'ideel'; a Level is wanted here. Hint: did you mean ideal?"),
        ({"levels": "ideal"}, "$.levels: 'ideal'; a list is wanted here."),
        (
            {"dimensions": {"a": ["x"], "b": ["x"]}},
            "item x: in a and b; an item belongs to one dimension and is named once.",
        ),
        ({"schema": 2}, "$.schema: 2; the schema of the file must be known. Hint: this version reads schema 1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(changes: dict[str, object], message: str) -> None:
    assert sentence(**changes) == message


def test_what_is_missing_is_told_all_at_once() -> None:
    with pytest.raises(InstrumentError) as caught:
        Instrument.from_dict({"name": "kiosk", "sacle": {}})
    assert [line.split(";")[0] for line in str(caught.value).splitlines()] == [
        "3 problems",
        "  1. $.dimensions: missing",
        "  2. $.scale: missing",
        "  3. $: unknown key 'sacle'",
    ]


@pytest.mark.parametrize("record", [[1], "kiosk", 3, None])
def test_a_record_is_a_dictionary(record: object) -> None:
    with pytest.raises(InstrumentError, match="an instrument is described by a dictionary"):
        Instrument.from_dict(record)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name":\n "kiosk",,}', "line 2 column 10: .*; the text must be JSON"),
        ("", "line 1 column 1: the text is empty; the text must be JSON"),
        ("\n ", "line 1 column 1: the text is empty; the text must be JSON"),
        ("[1, 2]", r"\$: \[1, 2\]; a JSON object is wanted"),
        ('{"dimensions": {"a": ["x"], "a": ["y"]}}', "key 'a': named twice; an object names each key once"),
    ],
)
def test_text_that_is_no_instrument(text: str, message: str) -> None:
    with pytest.raises(InstrumentError, match=message):
        Instrument.from_json(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_files_with_and_without_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    kiosk = Instrument.define("kiosk", {"care": [Label("care", "关怀")]}, scale=Scale.likert(5))
    file = tmp_path / "kiosk.json"
    file.write_text(kiosk.to_json(), encoding=encoding)
    assert Instrument.load(file) == kiosk
    assert Instrument.load(str(file)) == kiosk


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.json"
    file.write_text('{"name": "自助"}', encoding="gbk")
    with pytest.raises(FileFormatError, match=r"kiosk\.json: byte 0x\w\w at 10; instrument files are UTF-8"):
        Instrument.load(file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "bad.json, line 1 column 1: the text is empty; the text must be JSON."),
        ('{"name":\n3', "bad.json, line 2 column 2: Expecting ',' delimiter; the text must be JSON."),
        ("[1]", "bad.json: [1]; a JSON object is wanted."),
        ('{"name": "k", "dimensions": {"a": ["x"]}, "scale": {"low": 1}}', "bad.json, scale.high: missing; a value "),
        (
            '{"name": "k", "dimensions": {"a": ["x"]}, "scale": {"low": 1, "high": 7}, "lebel": "y"}',
            "bad.json: unknown key 'lebel'; no field of Instrument. Hint: did you mean label or levels?",
        ),
    ],
)
def test_faults_of_a_file_carry_its_name(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentError) as caught:
        Instrument.load(file)
    assert str(caught.value).startswith(str(tmp_path / told))


def test_every_fault_of_a_file_carries_its_name(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"name": "kiosk", "sacle": {}}', encoding="utf-8")
    with pytest.raises(InstrumentError) as caught:
        Instrument.load(file)
    assert str(caught.value).count("bad.json") == len(caught.value.problems) == 3
