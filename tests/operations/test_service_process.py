"""Processes: what they are made of, what they refuse."""

import json

import pytest

from servqual.errors import ProcessError
from servqual.labels import Label
from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.process.steps import HandOver, Lane, Step

LANES = {"customer": ["order", "eat"], "onstage": ["waiter"], "backstage": ["kitchen"]}
MEAL = ServiceProcess.define("a meal", LANES, "order -> waiter -> kitchen", "kitchen -> eat; waiter -> eat")


def test_steps_and_arrows_make_a_process() -> None:
    assert MEAL.keys == ("order", "eat", "waiter", "kitchen")
    assert MEAL.order == ("order", "waiter", "kitchen", "eat")
    assert MEAL.received("eat") == (HandOver("kitchen", "eat"), HandOver("waiter", "eat"))
    assert MEAL.given("waiter") == (HandOver("waiter", "kitchen"), HandOver("waiter", "eat"))
    assert (MEAL.starts, MEAL.ends, MEAL.last) == (("order",), ("eat",), MEAL.received("eat"))
    assert repr(MEAL) == "<ServiceProcess a meal: 4 steps, 1 unseen, 4 hand-overs>"
    assert [lane.visible for lane in Lane] == [True, True, False, False]


def test_without_customers_the_ends_are_what_is_received_last() -> None:
    line = ServiceProcess.define("line", {"backstage": ["cut", "sew", "pack"]}, "cut -> sew -> pack")
    assert line.last == (HandOver("sew", "pack"),)


@pytest.mark.parametrize("process", [MEAL, ServiceProcess.hotel_stay(), ServiceProcess.restaurant_meal()])
def test_processes_survive_a_journey_through_json(process: ServiceProcess) -> None:
    assert ServiceProcess.from_dict(json.loads(json.dumps(process.to_dict()))) == process
    assert hash(process) == hash(ServiceProcess.from_dict(process.to_dict()))


@pytest.mark.parametrize("process", [ServiceProcess.hotel_stay(), ServiceProcess.restaurant_meal()])
def test_worked_examples_speak_two_languages_and_reach_the_customer(process: ServiceProcess) -> None:
    assert all(step.label.zh and step.label.zh != step.label.en for step in process.steps)
    assert {step.lane for step in process.steps} == set(Lane)
    assert all(process.step(each).lane is Lane.CUSTOMER for each in process.ends)
    assert process.name(process.hand_overs[0]).zh.count("→") == 1


def test_an_order_of_steps_puts_each_after_those_before_it() -> None:
    stay = ServiceProcess.hotel_stay()
    place = {key: number for number, key in enumerate(stay.order)}
    assert all(place[each.source] < place[each.target] for each in stay.hand_overs)


@pytest.mark.parametrize(
    ("lanes", "arrows", "said"),
    [
        (
            {"customer": ["a", "b", "c"]},
            "a -> b -> c -> a",
            r"the circle a -> b -> c -> a; no step hands over",
        ),
        (
            {"customer": ["a", "b"]},
            "a -> bb",
            r"hand-over a -> bb: 'bb'; no step of this process\. Hint: did you mean",
        ),
        ({"customer": ["a", "b"]}, "a -> b; a -> b", r"hand-over a -> b: named twice"),
        ({"customer": ["a", "b"]}, "a -> b; a -> a", r"hand-over a -> a: to itself"),
        ({"customer": ["a", "b", "c"]}, "a -> b", r"step c: no hand-over; a step receives or hands over\. Hint: draw"),
        ({"customer": ["a", "b"]}, "", r"hand_overs: none; a process has a hand-over"),
        ({"customer": ["a"], "onstage": ["a", "b"]}, "a -> b", r"step a: 2 steps of this key"),
        ({"custmer": ["a"], "onstage": ["b"]}, "a -> b", r"lane: 'custmer'; no lane.*did you mean customer"),
        ({"customer": ["a", "b"]}, "a -> ", r"arrows: 'a ->'; a row of arrows names two steps or more"),
        ({"customer": ["a;b", "b"]}, "a -> b", r"key: 'a;b'; a step has a key: a text without arrows and semicolons"),
    ],
)
def test_what_is_no_process_is_refused(lanes: dict[str, list[str]], arrows: str, said: str) -> None:
    with pytest.raises(ProcessError, match=said):
        ServiceProcess.define("x", lanes, arrows)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ProcessError) as caught:
        ServiceProcess.define("x", {"customer": ["a", "b"], "middle": ["c"]}, "a -> b; a")
    assert len(caught.value.problems) == 2
    with pytest.raises(ProcessError) as caught:
        ServiceProcess("x", [Step("a", Lane.CUSTOMER), Step("a", Lane.ONSTAGE)], [HandOver("a", "z")])
    assert len(caught.value.problems) == 2


def test_unknown_steps_and_records_are_refused() -> None:
    with pytest.raises(ProcessError, match=r"step: 'waitr'; no step of this process\. Hint: did you mean waiter"):
        MEAL.step("waitr")
    with pytest.raises(ProcessError, match="unknown key 'stages'"):
        ServiceProcess.from_dict(MEAL.to_dict() | {"stages": []})


def test_a_step_without_a_label_is_called_by_its_key() -> None:
    assert Step("take_order", "onstage").label == Label("take order")
