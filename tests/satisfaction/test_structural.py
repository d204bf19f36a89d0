"""Structural models: as data, as text, and everything that keeps them from being one."""

import pickle
from typing import Any, cast

import pytest

from servqual import catalogue
from servqual.errors import StructuralError
from servqual.labels import Label
from servqual.satisfaction.indices.ready import acsi, ecsi
from servqual.satisfaction.indices.structural import Construct, StructuralModel
from servqual.statistics.pls_words import OuterMode
from tests.satisfaction.index_data import SMALL, said

TWO = {"a": ["x1", "x2"], "b": ["y"]}


def define(constructs: Any, paths: Any, **options: Any) -> list[str]:
    return said(lambda: StructuralModel.define(constructs, paths, **options))


def test_the_european_index_fits_its_instrument() -> None:
    model, instrument = ecsi(), catalogue.ecsi()
    assert model.indicators == instrument.item_keys
    assert [len(each.indicators) for each in model.constructs] == [5, 3, 7, 2, 3, 1, 3]
    assert len(model.paths) == 12
    assert {each.mode for each in model.constructs} == {OuterMode.A}
    assert model.label("loyalty").zh == "客户忠诚"
    assert model.label("value_1").zh == "就这样的质量而言,价格的合理程度"
    assert repr(model) == "<StructuralModel: 7 constructs, 24 indicators, 12 paths>"


def test_the_american_index_has_nine_paths() -> None:
    model = acsi()
    assert model.names == ("expectation", "quality", "value", "satisfaction", "complaints", "loyalty")
    assert [len(each.indicators) for each in model.constructs] == [3, 3, 2, 3, 1, 2]
    assert set(model.paths) == set(ecsi().paths) - {path for path in ecsi().paths if "image" in path}
    assert all(label.zh for _, label in model.labels)


def test_indicators_may_have_other_names_or_be_others() -> None:
    model = ecsi({"value": ["V1", "V2"], "complaints": ["C1", "C2"]})
    assert model.constructs[3].indicators == ("V1", "V2")
    assert model.label("V2") == ecsi().label("value_2")
    assert model.label("C2") == Label("C2")
    assert model.constructs[0] == ecsi().constructs[0]
    rule = "indicators: 'vlue'; the model has no such construct. Hint: did you mean value?"
    assert said(lambda: ecsi({"vlue": ["V1"]})) == [rule]


@pytest.mark.parametrize("model", [SMALL, ecsi(), acsi()])
def test_a_model_is_the_same_after_a_round_trip(model: StructuralModel) -> None:
    assert StructuralModel.from_json(model.to_json()) == model
    assert pickle.loads(pickle.dumps(model)) == model  # noqa: S301 - our own bytes
    assert hash(StructuralModel.from_dict(model.to_dict())) == hash(model)


def test_paths_are_pairs_or_a_text_and_modes_one_or_several() -> None:
    pairs = StructuralModel.define(TWO, [("a", "b")], modes={"a": "B"})
    assert pairs == StructuralModel.define(TWO, "a → b\n", modes={"a": OuterMode.B})
    assert [each.mode for each in pairs.constructs] == [OuterMode.B, OuterMode.A]
    assert StructuralModel.define({"a": "x", "b": "y"}, "a -> b", modes="B").plan.modes == (OuterMode.B, OuterMode.B)
    assert pairs == StructuralModel([Construct("a", ["x1", "x2"], "B"), Construct("b", ["y"])], [("a", "b")])
    assert pairs.place("b") == 1
    assert pairs.label("a") == Label("a")


def test_dimensions_of_an_instrument_are_constructs() -> None:
    model = StructuralModel.of_instrument(catalogue.ecsi().only("quality", "loyalty"), "quality -> loyalty")
    assert model.names == ("quality", "loyalty")
    assert model.label("quality") == Label("perceived quality", "感知质量")


def test_a_cycle_is_named() -> None:
    found = define({**TWO, "c": ["z"]}, "a -> b -> c -> a")
    rule = "a structural model is recursive: no path leads back"
    assert found == [f"paths: the cycle a -> b -> c -> a; {rule}. Hint: drop one of these paths"]


def test_pieces_that_nothing_joins_are_named() -> None:
    found = define({**TWO, "c": ["z"], "d": ["w"]}, "a -> b; c -> d")
    rule = "paths join all constructs to one model. Hint: add a path, or leave constructs out"
    assert found == [f"paths: 2 pieces that nothing joins: a, b | c, d; {rule}"]
    assert define({**TWO, "c": ["z"]}, "a -> b")[0].startswith("paths: 2 pieces that nothing joins: a, b | c;")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = define(
        {"a": [], "b": ["x", "x"], "c": ["x"], "d": [" "]}, "a -> bb; c -> c; d -> ; a -> b; a -> b",
        modes={"z": "B", "c": "Q"}, labels={"e": "word", "b": ""},
    )  # fmt: skip
    rule = "a construct is measured by at least one indicator"
    assert found == [
        "modes: 'z'; the model has no such construct. Hint: known are a, b, c, d",
        "paths: 'd ->'; a row of arrows reads a -> b -> c, and a semicolon ends it.",
        f"construct a: no indicators; {rule}. Hint: name its items, or leave the construct out",
        "construct b: indicator 'x' 2 times; an indicator counts once. Hint: name it once",
        "construct c: mode 'Q'; indicators reflect a construct, mode 'A', or form it, mode 'B'.",
        "construct d: indicator ' '; the name of an indicator is a text that is not empty.",
        "indicator x: in b and c; an indicator measures one construct.",
        "path a -> bb: no construct 'bb'; paths lead from construct to construct. Hint: did you mean b?",
        "path c -> c: source and target are the same; no construct leads to itself.",
        "path a -> b: drawn 2 times; a path is drawn once. Hint: keep one of them",
        "labels: 'e'; labels name constructs or indicators of the model. Hint: known are a, b, c, d, x, x, x,  ",
        "label of b: ''; a name in words is a Label or a text that is not empty.",
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Construct("", ["x"]), "construct: ''; the name of a construct is a text that is not empty."),
        (lambda: StructuralModel(cast("Any", ["a"]), []), "construct 1: 'a'; constructs are Constructs. Hint:"),
        (lambda: StructuralModel.define({"a": "x"}, "a"), "paths: 'a'; a row of arrows reads a -> b -> c"),
        (lambda: StructuralModel.define({"a": "x", "b": "y"}, []), "paths: none; paths join the constructs. Hint: for"),
        (lambda: StructuralModel.define({"a": "x", "b": "y"}, cast("Any", ["ab"])), "paths: ('ab',); a path is a pair"),
        (lambda: StructuralModel.define({"a": "b", "b": "y"}, "a -> b"), "indicator b: also the name of a construct;"),
        (
            lambda: StructuralModel([Construct("a", "x"), Construct("a", "y")], [("a", "a")]),
            "construct a: named 2 times; each construct is named once.",
        ),
        (
            lambda: StructuralModel([Construct("a", "x"), Construct("b", "y")], [("a", "b")], [("a", "A"), ("a", "B")]),
            "labels: 'a' 2 times; a name has one label.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_construct_and_no_path_is_refused(make: Any, message: str) -> None:
    assert any(each.startswith(message) for each in said(make)), said(make)


def test_names_that_a_model_does_not_have_are_refused_with_the_nearest() -> None:
    expected = ["name: 'servce'; the model has no such construct or indicator. Hint: did you mean service?"]
    assert said(lambda: SMALL.label("servce")) == expected
    assert said(lambda: SMALL.place("loyal")) == [
        "construct: 'loyal'; the model has no such construct. Hint: did you mean loyalty?"
    ]


def test_records_that_describe_no_model_are_refused() -> None:
    record = SMALL.to_dict()
    assert said(lambda: StructuralModel.from_dict({**record, "schema": "other"})) == [
        "$.schema: 'other'; it is 'servqual.satisfaction.StructuralModel/1'."
    ]
    assert said(lambda: StructuralModel.from_dict({**record, "more": 1}))[0].startswith("$: unknown key 'more'")
    twice = {**record, "constructs": [*record["constructs"], record["constructs"][0]]}
    assert said(lambda: StructuralModel.from_dict(twice)) == [
        "$.constructs: 'service' twice; each construct is named once."
    ]
    assert said(lambda: StructuralModel.from_json("[]")) == ["$: []; a JSON object is wanted."]
    assert said(lambda: StructuralModel.from_dict([1]))[0].startswith("$: a list; a model is described by a dictionary")  # type: ignore[arg-type]
    with pytest.raises(StructuralError, match="missing"):
        StructuralModel.from_dict({"constructs": []})
