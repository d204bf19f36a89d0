"""Kano, penalty–reward, stated and derived importance side by side: what disagrees is shown, nothing is averaged."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs import frozen

from servqual.errors import DriverError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.words import Category
from servqual.satisfaction.driving.reading import drivers
from servqual.satisfaction.priorities.penalty_reading import penalty_reward
from servqual.satisfaction.priorities.penalty_words import ImpactClass
from servqual.satisfaction.priorities.quadrant_reading import importance_performance
from servqual.satisfaction.priorities.side_by_side_reading import compare_importance
from servqual.satisfaction.priorities.side_by_side_words import COUNTERPARTS, Disagreement
from tests.satisfaction.test_penalty import DATA, ITEMS


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("kind", list(ImpactClass))
def test_counterparts_agree_and_others_do_not(category: Category, kind: ImpactClass) -> None:
    row = compare_importance(kano={"a": category}, impact={"a": kind})["a"]
    if category not in COUNTERPARTS:
        assert (row.agree, row.verdict.en) == (None, "not comparable")
    else:
        agreed = kind in COUNTERPARTS[category]
        assert row.agree is agreed
        assert row.disagreements == (() if agreed else (Disagreement.KIND,))


def test_the_counterparts_are_those_of_the_literature() -> None:
    wanted = {
        "must_be": ("frustrator", "dissatisfier"),
        "one_dimensional": ("hybrid",),
        "attractive": ("satisfier", "delighter"),
    }
    assert {str(key): tuple(map(str, kinds)) for key, kinds in COUNTERPARTS.items()} == wanted


@pytest.mark.parametrize(
    ("kano", "stated", "derived", "against"),
    [
        ("I", 9, 9, ["said_indifferent", "shown_indifferent"]),
        ("I", 1, 1, []),
        ("M", 1, 9, ["hidden", "missed"]),
        ("M", 9, 1, ["only_said"]),
        ("O", 1, 1, ["missed"]),
        ("A", 1, 1, []),
        ("R", 9, 1, ["only_said"]),
        ("Q", 1, 9, ["hidden"]),
        ("I", 5, 1, ["only_said", "said_indifferent"]),
    ],
)
def test_high_and_low_are_compared(kano: str, stated: float, derived: float, against: list[str]) -> None:
    row = compare_importance(kano={"a": kano}, stated={"a": stated}, derived={"a": derived}, cut=5, derived_cut=5)["a"]
    assert [str(each) for each in row.disagreements] == against
    assert row.agree is (not against)
    assert (row.stated_high, row.derived_high) == (stated >= 5, derived >= 5)


def test_cuts_follow_the_items() -> None:
    stated, derived = {"a": 1.0, "b": 2.0, "c": 9.0}, {"a": 0.5, "b": 0.1, "c": 0.2}
    mean = compare_importance(stated=stated, derived=derived)
    assert [row.stated_high for row in mean] == [False, False, True]
    assert [row.derived_high for row in mean] == [True, False, False]
    median = compare_importance(stated=stated, derived=derived, cut="median", derived_cut="median")
    assert [row.stated_high for row in median] == [False, True, True]
    assert [row.derived_high for row in median] == [True, False, True]
    assert "stated: high at 4 or above, the mean of the items" in mean.to_table().notes


def test_results_of_ours_serve() -> None:
    impact = penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), draws=50, rng=1)
    said = {f"i_{name}": np.full(600, 2.0 + place) for place, name in enumerate(ITEMS)}
    stated = importance_performance(DATA | said, ITEMS, stated="i_{key}", scale=Scale.likert(5), draws=0)
    derived = drivers(DATA, "y", ITEMS, draws=0)
    found = compare_importance(
        kano=dict(zip(ITEMS, "MAOI", strict=True)), impact=impact, stated=stated, derived=derived
    )
    assert [row.item for row in found] == ITEMS
    assert found["basic"].impact_class is impact["basic"].impact_class
    assert found["basic"].class_share == impact["basic"].class_share
    assert found["extra"].stated == 3.0
    assert found["both"].derived == derived["both"].share
    assert found["none"].disagreements == (Disagreement.ONLY_SAID, Disagreement.SAID_INDIFFERENT)
    assert Disagreement.MISSED in found["basic"].disagreements
    without = compare_importance(impact=impact, stated=stated)
    assert without["both"].derived == impact["both"].riocs
    assert "derived: ranges of impact (riocs)" in without.to_table().notes


@frozen
class Row:
    """A feature as a Kano reading has it."""

    feature: str
    mode: Category | None


def test_rows_that_have_a_category_serve() -> None:
    rows = [Row("a", Category.MUST_BE), Row("b", None)]
    found = compare_importance(kano=rows, impact={"a": -0.5, "b": 0.5})
    assert found["a"].kano is Category.MUST_BE
    assert found["a"].impact_class is ImpactClass.DISSATISFIER
    assert found["a"].agree is True
    assert found["b"].agree is None
    assert "kano does not know: b" in found.to_table().notes


def test_a_kano_reading_serves() -> None:
    # functional and dysfunctional answers: must be against dislike, like against neutral
    pairs = {"kanowait_f": [2, 2, 3], "kanowait_d": [5, 5, 5], "kanogift_f": [1, 1, 1], "kanogift_d": [3, 3, 4]}
    reading = kano(KanoStudy.from_frame(pd.DataFrame(pairs)))
    found = compare_importance(kano=reading, impact={"wait": "dissatisfier", "gift": "frustrator"})
    assert [(row.item, str(row.kano), row.agree) for row in found] == [
        ("wait", "must_be", True),
        ("gift", "attractive", False),
    ]


@pytest.mark.parametrize("word", ["M", "must-be", "Must be", "must_be", Category.MUST_BE])
def test_categories_are_words_or_letters(word: Any) -> None:
    assert compare_importance(kano={"a": word}, stated={"a": 1})["a"].kano is Category.MUST_BE


def test_results_are_plain_values_in_both_languages() -> None:
    labels = {"a": Label("the wait", "等候")}
    found = compare_importance(kano={"a": "M"}, impact={"a": "delighter"}, stated={"a": 3, "b": 5}, labels=labels)
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["disagreements"]["a"] == ["kind", "missed"]
    assert record["columns"]["kano"] == ["must_be", None]
    assert repr(found) == "<ImportanceComparison of 2 items: 1 with disagreements>"
    assert [row.item for row in found.disagreeing] == ["a"]
    chinese = found.to_table(language="zh")
    assert (chinese["label"][0], chinese["kano"][0], chinese["impact_class"][0]) == ("等候", "必备", "纯愉悦因素")
    assert chinese["verdict"] == ("卡诺类别与影响类别不一致；缺少时会不满，自述不重要", "无法比较")
    assert (
        found.to_table()["verdict"][0]
        == "Kano and impact are of different kinds; missed where it is not there, not said to matter"
    )
    assert len(found.to_frame()) == len(found) == 2
    assert found._repr_html_().startswith("<div")
    assert repr(found["b"]) == "<ItemComparison of b: not comparable>"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kano": {"a": "M"}}, "ways: 1 with items; two ways or more are compared"),
        ({"kano": {"a": "M"}, "stated": {"b": 1}}, "ways: no item in two of them; the same items go by the same keys"),
        ({"kano": {"a": "X"}, "stated": {"a": 1}}, "kano a: 'X'; a Kano category is one of"),
        ({"kano": 3, "stated": {"a": 1}}, "kano: a int; a mapping item → category, or a result whose rows have both"),
        ({"impact": {"a": "hybird"}, "stated": {"a": 1}}, "impact a: 'hybird'; a class of impact is one of .*hybrid"),
        ({"impact": {"a": 2}, "stated": {"a": 1}}, "impact a: 2; an asymmetry lies between −1 and 1"),
        ({"stated": {"a": "high"}, "derived": {"a": 1}}, "stated a: 'high'; importance is a number"),
        ({"stated": {"a": 1}, "derived": {"a": 1}, "cut": "middle"}, "cut: 'middle'; it is mean, median or a number"),
        ({"stated": {"a": 1}, "derived": {"a": 1}, "derived_cut": None}, "derived_cut: None"),
        ({"stated": {"a": 1}, "derived": {"a": 1}, "labels": {"b": "x"}}, "labels: no 'b'; labels are those of items"),
    ],
)
def test_what_is_wrong_is_told(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(DriverError, match=told):
        compare_importance(**asked)


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(DriverError, match=r"item: no 'c'; it is not among the items"):
        compare_importance(kano={"a": "M"}, stated={"a": 1})["c"]
