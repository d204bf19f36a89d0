"""What a scenario is, and what is none."""

import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.chain.scenario import Scenario, ScenarioKind
from servqual.errors import ScenarioError

CHANGE = st.floats(-3, 3).map(lambda value: round(value, 3))


def test_a_scenario_is_a_word() -> None:
    scenario = Scenario({"a": 0.5, "b": -1})
    assert scenario == Scenario([("a", 0.5), ("b", -1.0)], "absolute")
    assert hash(scenario) == hash(Scenario({"a": 0.5, "b": -1}))
    assert scenario != Scenario({"a": 0.5, "b": -1}, "relative")
    assert scenario.constructs == ("a", "b")
    assert scenario.kind is ScenarioKind.ABSOLUTE
    assert pickle.loads(pickle.dumps(scenario)) == scenario  # noqa: S301 - made on this line
    assert str(scenario) == "a +0.5, b −1"
    assert repr(Scenario({})) == "<Scenario: no change>"
    assert repr(Scenario({"a": 75, "b": 50}, "percentile")) == (
        "<Scenario: a to percentile 75 of the units, b to percentile 50 of the units>"
    )


@given(st.dictionaries(st.sampled_from("abc"), CHANGE), st.sampled_from(["absolute", "relative"]))
def test_a_scenario_goes_to_json_and_back(changes: dict[str, float], kind: str) -> None:
    scenario = Scenario(changes, kind)
    assert Scenario.from_dict(json.loads(json.dumps(scenario.to_dict()))) == scenario


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        (0.5, "absolute", r"changes: 0.5; changes are given as construct → number. Hint: Scenario\({"),
        ("a", "absolute", "changes: 'a'; changes are given as construct → number"),
        ({"a": np.nan}, "absolute", "a: nan; a change is a finite number"),
        ({"a": np.inf}, "absolute", "a: inf; a change is a finite number"),
        ({"a": "much"}, "absolute", "a: 'much'; a change is a finite number"),
        ({"a": True}, "absolute", "a: True; a change is a finite number"),
        ({1: 0.5}, "absolute", "changes: 1; a construct is named by a text"),
        ([("a", 1), ("a", 2)], "absolute", "a: named twice; each construct is changed once"),
        ({"a": 120}, "percentile", "a: 120; a percentile lies between 0 and 100"),
        ({"a": 1}, "relativ", "kind: 'relativ'; it is one of absolute, relative, percentile.*did you mean relative"),
    ],
)
def test_what_is_no_scenario(changes: Any, kind: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Scenario(changes, kind)


def test_all_that_is_wrong_with_a_scenario_is_said_at_once() -> None:
    with pytest.raises(ScenarioError, match="4 problems"):
        Scenario([("a", 1), ("a", np.nan), ("", 1)], "absolut")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"kind": "absolute"}, "changes: missing; a scenario has changes and a kind"),
        ({"changes": {}, "kinds": "absolute"}, r"kinds: unknown; .* did you mean kind\?"),
        ([], r"\$: \[\]; a scenario is described by a dictionary"),
        ({"changes": {"a": "x"}}, "a: 'x'; a change is a finite number"),
    ],
)
def test_records_that_describe_no_scenario(record: Any, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Scenario.from_dict(record)
