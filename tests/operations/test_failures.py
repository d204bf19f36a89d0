"""Failure modes: products, ranks, expected costs against their distributions, causes, Pareto."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError, ProcessError
from servqual.operations.failing.failure_modes import CauseClass, FailureMode
from servqual.operations.failing.failure_reading import NO_COST, NOT_ALL, failures
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Inapplicable, wilson_interval


def mode(key: str, cause: str, ratings: tuple[Any, Any, Any], **more: Any) -> FailureMode:
    severity, occurrence, detection = ratings
    return FailureMode(key=key, cause=cause, severity=severity, occurrence=occurrence, detection=detection, **more)


LATE = mode("late", "method", (4, 6, 2), events=(60, 1000), cost=(5, 1), step="serve")
LOST = mode("lost", "man", (9, 2, 5), events=(2, 1000), cost=(90, 30))
COLD = mode("cold", "machine", (5, 4, 6), events=(20, 1000), cost=12)
BURNT = mode("burnt", "machine", (7, 2, 2), events=(0, 1000), cost=20, step="cook")
ALL = (LATE, LOST, COLD, BURNT)


def test_the_order_is_that_of_the_products() -> None:
    found = failures(ALL, rng=1)
    assert [(row.mode, row.rpn) for row in found] == [("cold", 120), ("lost", 90), ("late", 48), ("burnt", 28)]
    assert [row.rank_rpn for row in found] == [1, 2, 3, 4]
    assert found["lost"].severity * found["lost"].occurrence * found["lost"].detection == LOST.rpn
    assert repr(found) == "<Failures: 4 modes; first cold, RPN 120>"
    assert repr(COLD) == "<FailureMode cold: machine, RPN 120>"


def test_ties_go_to_the_worse_and_share_their_rank() -> None:
    found = failures([mode("a", "man", (2, 3, 10)), mode("b", "man", (10, 3, 2)), mode("c", "man", (2, 10, 3))])
    assert [row.mode for row in found] == ["b", "c", "a"]
    assert {row.rank_rpn for row in found} == {1}


def test_expected_costs_are_rate_times_cost_and_their_order_another() -> None:
    found = failures(ALL, rng=1, order="cost")
    assert [row.mode for row in found] == ["late", "cold", "lost", "burnt"]
    assert [row.expected_cost for row in found] == pytest.approx([300, 240, 180, 0])
    assert [row.rank_cost for row in found] == [1, 2, 3, 4]
    assert (found["late"].rate_low, found["late"].rate_high) == wilson_interval(60, 1000)
    tenth = failures(ALL, rng=1, per=100)
    assert float(tenth["late"].high) == pytest.approx(float(found["late"].high) / 10)


def test_intervals_are_quantiles_of_jeffreys_beta_where_the_cost_is_known() -> None:
    row = failures([COLD], rng=1, draws=200_000)["cold"]
    ends = stats.beta(20.5, 980.5).ppf([0.025, 0.975]) * 12 * 1000
    np.testing.assert_allclose([float(row.low), float(row.high)], ends, rtol=0.01)
    never = failures([BURNT], rng=1, draws=200_000)["burnt"]
    assert never.low == 0
    assert float(never.high) == pytest.approx(stats.beta(0.5, 1000.5).ppf(0.975) * 20_000, rel=0.02)


def test_an_uncertain_cost_has_the_mean_and_the_error_that_were_given() -> None:
    sure = mode("x", "man", (1, 1, 1), events=(500_000, 1_000_000), cost=(90, 30))
    found = failures([sure], rng=2, draws=200_000, confidence=0.9)["x"]
    spread = np.sqrt(np.log1p((30 / 90) ** 2))
    ends = stats.lognorm(spread, scale=90 * np.exp(-(spread**2) / 2)).ppf([0.05, 0.95]) * 500
    np.testing.assert_allclose([float(found.low), float(found.high)], ends, rtol=0.01)


def test_how_often_each_costs_most_sums_to_one_and_is_reproducible() -> None:
    found, again = failures(ALL, rng=7), failures(ALL, rng=np.random.default_rng(7))
    assert sum(float(row.first) for row in found) == pytest.approx(1)
    assert found.to_dict() == again.to_dict()
    assert float(found["late"].first) > float(found["burnt"].first)


def test_without_costs_there_are_ranks_alone() -> None:
    found = failures([LATE, mode("plain", "environment", (3, 3, 3))], rng=1)
    assert found["plain"].expected_cost == NO_COST
    assert found["late"].rank_cost == NOT_ALL
    assert found["plain"].rate == Inapplicable("no events were given")
    alone = failures([mode("plain", "environment", (3, 3, 3))])
    assert list(alone.to_table().columns) == [
        "mode", "cause", "severity", "occurrence", "detection", "rpn", "rank_rpn",
    ]  # fmt: skip
    assert len(alone.to_table().notes) == 1


def test_causes_are_sorted_into_classes_and_their_sums_are_those_of_modes() -> None:
    found = failures(ALL, rng=1)
    assert [(row.cause, row.modes, row.rpn) for row in found.causes] == [
        (CauseClass.MACHINE, 2, 148), (CauseClass.MAN, 1, 90), (CauseClass.METHOD, 1, 48),
    ]  # fmt: skip
    assert sum(row.rpn_share for row in found.causes) == pytest.approx(1)
    assert sum(float(row.expected_cost) for row in found.causes) == pytest.approx(720)
    assert found.by_cause("zh")["cause"] == ("机", "人", "法")
    assert {each.label.zh for each in CauseClass} == set("人机料法测环")


def test_pareto_tells_the_vital_few() -> None:
    found = failures(ALL, rng=1)
    table = found.pareto("cost")
    assert table["mode"] == ("late", "cold", "lost", "burnt")
    np.testing.assert_allclose(np.array(table["cumulative"], float), np.cumsum([300, 240, 180, 0]) / 720)
    assert table["vital"] == (True, True, True, False)
    assert found.pareto("rpn", "causes", "zh").title == "原因类别（人机料法测环）的风险优先数"
    assert found.pareto("rpn", "causes")["cause"] == ("machine", "man", "method")
    with pytest.raises(ArgumentError, match="value: 'costs'"):
        found.pareto("costs")
    with pytest.raises(ProcessError, match="value: 'cost'; every failure mode has events and a cost"):
        failures([mode("plain", "man", (3, 3, 3))]).pareto("cost")


def test_tables_speak_two_languages_and_dictionaries_are_json() -> None:
    found = failures(ALL, rng=1)
    assert found.to_table("zh")["cause"] == ("机", "人", "法", "机")
    assert found.to_table()["cause"] == ("machine", "people", "method", "machine")
    record = json.loads(json.dumps(found.to_dict()))
    assert record["causes"]["columns"]["rpn"] == [148, 90, 48]
    assert found.to_frame()["rpn"].tolist() == [120, 90, 48, 28]


def test_bad_modes_are_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(ProcessError) as caught:
        mode("x", "man", (11, 0, 2.5), events=(5, 2), cost=(1, 2, 3))
    assert [str(each).partition(":")[0] for each in caught.value.problems] == [
        f"failure mode x, {name}" for name in ("severity", "occurrence", "detection", "events", "cost")
    ]
    with pytest.raises(ProcessError, match=r"cause: 'men'; causes are sorted into six classes.*did you mean man"):
        mode("x", "men", (1, 1, 1))
    with pytest.raises(ProcessError, match=r"'12 of 40'; events and cost are two numbers"):
        mode("x", "man", (1, 1, 1), events="12 of 40")
    with pytest.raises(ProcessError, match=r"cost: \(-1\.0, 0\.0\); a cost is zero or more"):
        mode("x", "man", (1, 1, 1), cost=-1)


@pytest.mark.parametrize(
    ("modes", "asked", "said"),
    [
        ([], {}, r"modes: none; what is ranked are FailureModes"),
        ([LATE, "lost"], {}, r"modes: a str"),
        ([LATE, LATE], {"rng": 1}, r"failure mode late: 2 of this key"),
        ([LATE], {}, r"rng: None; costs are drawn by a seed"),
        ([LATE], {"rng": 1, "draws": 5}, r"draws: 5; quantiles need 100 draws or more"),
        ([LATE], {"rng": 1, "per": 0}, r"per: 0; costs are told for some opportunities"),
        ([LATE], {"rng": 1, "confidence": 95}, r"confidence: 95"),
        ([LATE], {"rng": 1, "order": "costs"}, r"order: 'costs'; it is rpn or cost.*did you mean cost"),
        ([mode("p", "man", (1, 1, 1))], {"order": "cost"}, r"order: none of p; an order by cost needs events"),
        (
            [mode("p", "man", (1, 1, 1), step="cok")],
            {"process": ServiceProcess.restaurant_meal()},
            r"step 'cok'; no step of the process.*did you mean cook",
        ),
    ],
)
def test_what_cannot_be_ranked_is_refused(modes: list[Any], asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ProcessError, match=said):
        failures(modes, **asked)


def test_steps_of_the_process_are_told() -> None:
    found = failures(ALL, process=ServiceProcess.restaurant_meal(), rng=1)
    assert [row.step for row in found] == [None, None, "serve", "cook"]
