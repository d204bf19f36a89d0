"""Search, experience and credence qualities."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import binomtest

from servqual.errors import ArgumentError, BarrierError
from servqual.operations.offering.evaluation_reading import evaluation_places
from servqual.operations.offering.evaluation_words import CONTINUUM, Evaluation, Judgeable, nearest_offering

MEAL = {"menu": [30, 8, 2], "taste": [2, 36, 2], "hygiene": [1, 9, 30]}
counts = st.tuples(*[st.integers(0, 60)] * 3).filter(any)


def test_the_continuum_is_in_the_order_of_the_source() -> None:
    keys = (
        "clothing jewellery furniture houses cars restaurant_meals vacations haircuts child_care television_repair "
        "legal_services root_canals car_repair medical_diagnosis"
    )
    assert [each.key for each in CONTINUUM] == keys.split()
    kinds = [each.evaluation for each in CONTINUUM]
    assert [kinds.count(each) for each in Evaluation] == [5, 4, 5]
    assert (CONTINUUM[0].position, CONTINUUM[-1].position) == (0, 1)
    np.testing.assert_allclose(np.diff([each.position for each in CONTINUUM]), 1 / 13)


@pytest.mark.parametrize("offering", CONTINUUM, ids=lambda each: each.key)
def test_an_offering_is_nearest_to_itself(offering: object) -> None:
    assert nearest_offering(offering.position) is offering  # type: ignore[attr-defined]


@given(counts)
def test_position_is_the_mean_of_zero_one_half_and_one(given_counts: tuple[int, int, int]) -> None:
    row = evaluation_places({"a": given_counts})["a"]
    assert row.position == pytest.approx(np.average([0, 0.5, 1], weights=given_counts))
    assert 0 <= row.low <= row.position + 1e-12
    assert row.position - 1e-12 <= row.high <= 1
    turned = evaluation_places({"a": given_counts[::-1]})["a"]
    assert (1 - turned.high, 1 - turned.position) == pytest.approx((row.low, row.position))


def test_what_customers_can_judge() -> None:
    found = evaluation_places(MEAL)
    assert [row.judgeable for row in found.rows[:3]] == [Judgeable.YES, Judgeable.YES, Judgeable.NO]
    assert found.askable == ("menu", "taste")
    wilson = binomtest(10, 40).proportion_ci(method="wilson")
    row = found["hygiene"]
    assert (row.able, row.able_low, row.able_high) == pytest.approx((0.25, wilson.low, wilson.high))
    assert evaluation_places({"a": [1, 1, 2]})["a"].judgeable is Judgeable.UNCLEAR


def test_the_whole_is_the_mean_of_the_attributes() -> None:
    found = evaluation_places(MEAL)
    positions = [row.position for row in found.rows[:3]]
    assert found["overall"].position == pytest.approx(np.mean(positions))
    assert found.nearest.key == "haircuts"
    assert found["overall"].evaluation is Evaluation.EXPERIENCE
    assert found.advice() == ("soon after use, while it is remembered", "those who used it themselves")
    assert "使用" in found.advice("zh")[0]


def test_qualities_are_sure_where_both_ends_agree() -> None:
    assert evaluation_places({"a": [90, 5, 5]})["a"].sure
    assert evaluation_places({"a": [90, 5, 5]})["a"].evaluation is Evaluation.SEARCH
    assert not evaluation_places({"a": [2, 2, 2]})["a"].sure
    assert evaluation_places({"a": [0, 1, 20]})["a"].evaluation is Evaluation.CREDENCE


def test_counts_by_name_and_faces() -> None:
    named = {"menu": {"search": 30, "experience": 8, "credence": 2}}
    assert evaluation_places(named).to_dict() == evaluation_places({"menu": [30, 8, 2]}).to_dict()
    found = evaluation_places(MEAL)
    assert "信任特性" in str(found.to_table("zh"))
    assert "约与理发相当" in str(found.to_table("zh"))
    assert repr(found) == "<EvaluationPlaces: 0.504, about as hard as haircuts; experience>"
    assert "credence" in repr(found["hygiene"])
    assert all(each.label.zh and each.when.zh and each.whom.zh for each in Evaluation)
    with pytest.raises(ArgumentError, match="did you mean menu"):
        found["meun"]


@pytest.mark.parametrize(
    ("given_counts", "said"),
    [
        ({}, "one or more"),
        (3, "it is a mapping"),
        ({"a": [1, 2]}, "three counts"),
        ({"a": "abc"}, "three counts"),
        ({"a": {"serch": 1, "credence": 1}}, "did you mean search"),
        ({"a": [-1, 2, 3]}, "whole numbers"),
        ({"a": [0, 0, 0]}, "not all zero"),
        ({"a": [0.5, 1, 1]}, "whole numbers"),
        ({"overall": [1, 1, 1]}, "rename it"),
    ],
)
def test_bad_input(given_counts: object, said: str) -> None:
    with pytest.raises(BarrierError, match=said):
        evaluation_places(given_counts)  # type: ignore[arg-type]


def test_the_nearest_offering_is_told_in_words_and_lies_on_the_continuum() -> None:
    found = evaluation_places({"diagnosis": [0, 0, 9]})
    assert found.to_table()["nearest"][0] == "medical diagnosis"
    assert found.to_table("zh")["nearest"][0] == "医疗诊断"
    for beyond in (-0.1, 1.1, float("nan")):
        with pytest.raises(BarrierError, match=r"position: .*; it lies from 0, the easiest, to 1, the hardest"):
            nearest_offering(beyond)


def test_all_problems_at_once() -> None:
    with pytest.raises(BarrierError) as caught:
        evaluation_places({"a": [1, 2], "b": [-1, 0, 0], "overall": [1, 1, 1]}, confidence=2)
    assert len(caught.value.problems) == 4
