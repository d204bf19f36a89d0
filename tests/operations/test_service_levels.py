"""Levels of service from conformance and zones, and stages from measured shares."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.errors import ArgumentError, StandardsError
from servqual.instruments import Instrument, Level, Scale
from servqual.operations.standards.competition_stages import CompetitionStage, competition_stage
from servqual.operations.standards.conforming import conformance_from_counts
from servqual.operations.standards.level_reading import service_levels
from servqual.operations.standards.service_stages import service_stage
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import ServiceLevel, ServiceStage, StandardKind
from servqual.survey import Survey

WAIT = Standard(key="wait", kind=StandardKind.TIME, high=5, target=0.8)
CALL = Standard(key="call", kind=StandardKind.COUNT, high=3, target=0.5)
DESK = Instrument.define(
    "desk", {"care": ["heard"]}, scale=Scale.likert(9), levels=(Level.PERCEPTION, Level.ADEQUATE, Level.DESIRED)
)


def asked(perceived: dict[str, list[float]], adequate: float = 4, desired: float = 8) -> Survey:
    rows = [(branch, each) for branch, answers in perceived.items() for each in answers]
    frame = pd.DataFrame(rows, columns=["branch", "perception_heard"])
    frame = frame.assign(adequate_heard=adequate, desired_heard=desired)
    return Survey.from_frame(
        frame,
        DESK,
        perception="perception_{key}",
        adequate="adequate_{key}",
        desired="desired_{key}",
        groups=["branch"],
    )


def test_each_level_by_hand() -> None:
    survey = asked({"a": [3, 4], "b": [4, 5], "c": [6, 7], "d": [9, 9], "e": [9, 9], "f": [6, 6]})
    found = conformance_from_counts(WAIT, [90, 90, 90, 90, 70, 90], [100] * 6, unit=list("abcdef"))
    levels = service_levels(found, survey, by="branch")
    assert [row.level for row in levels] == [
        ServiceLevel.BELOW_STANDARD, ServiceLevel.QUALIFIED, ServiceLevel.GOOD, ServiceLevel.EXCELLENT,
        ServiceLevel.BELOW_STANDARD, ServiceLevel.GOOD,
    ]  # fmt: skip
    assert [float(row.position) for row in levels] == pytest.approx([-0.125, 0.125, 0.625, 1.25, 1.25, 0.5])
    assert float(levels["e"].margin) == pytest.approx(-0.1)
    assert levels.units_at("good") == ("c", "f")
    higher = service_levels(found, survey, by="branch", good_from=0.75)
    assert higher["c"].level is ServiceLevel.QUALIFIED


def test_the_worst_of_several_standards_counts() -> None:
    survey = asked({"a": [9, 9]})
    kept = [
        conformance_from_counts(WAIT, 90, 100, unit=["a"]),
        conformance_from_counts(CALL, 40, 100, unit=["a"]),
    ]
    assert service_levels(kept, survey, by="branch")["a"].level is ServiceLevel.BELOW_STANDARD
    assert service_levels(kept[:1], survey, by="branch")["a"].level is ServiceLevel.EXCELLENT
    assert service_levels(kept[:1], survey)["all"].level is ServiceLevel.EXCELLENT


@given(st.lists(st.integers(1, 9), min_size=2, max_size=30), st.integers(50, 100))
def test_the_level_lies_between_the_lowest_and_the_highest(answers: list[int], kept: int) -> None:
    row = service_levels(conformance_from_counts(WAIT, kept, 100), asked({"a": [float(each) for each in answers]}))[
        "all"
    ]
    order = list(ServiceLevel)
    assert row.lowest is not None
    assert row.level is not None
    assert row.highest is not None
    assert order.index(row.lowest) <= order.index(row.level) <= order.index(row.highest)
    assert row.sure == (row.lowest is row.highest)
    # the ends of the interval of MSA by the t distribution
    se = np.std(answers, ddof=1) / np.sqrt(len(answers))
    low = float(np.mean(answers)) - 4 - stats.t.ppf(0.975, len(answers) - 1) * se
    assert (row.lowest is ServiceLevel.BELOW_STANDARD) == (
        low < 0 or float(conformance_from_counts(WAIT, kept, 100).overall.low) < 0.8
    )


def test_what_is_not_known_has_no_level() -> None:
    survey = asked({"a": [5], "b": [np.nan, np.nan]})
    levels = service_levels(conformance_from_counts(WAIT, [9, 9], [10, 10], unit=["a", "b"]), survey, by="branch")
    assert levels["a"].level is ServiceLevel.QUALIFIED
    assert (levels["a"].lowest, levels["a"].sure) == (None, False)
    assert levels["b"].level is None
    assert repr(levels["b"]) == "<UnitLevel of b: unknown>"
    assert levels.to_table("zh").columns["level"] == ("合格：客户能够接受", None)


def test_levels_refuse() -> None:
    survey = asked({"a": [5, 6], "b": [5, 6]})
    found = conformance_from_counts(WAIT, [9, 9], [10, 10], unit=["a", "c"])
    with pytest.raises(StandardsError) as caught:
        service_levels(found, survey, by="branch", good_from=0)
    assert [str(each).split(";")[0] for each in caught.value.problems] == [
        "good_from: 0", "conformance to wait: no unit 'b'", "survey: no unit 'c'",
    ]  # fmt: skip
    with pytest.raises(StandardsError, match="found: none"):
        service_levels([], survey)
    with pytest.raises(StandardsError, match=r"conformance to wait: no unit 'a', 'b'; .*unit=…"):
        service_levels(conformance_from_counts(WAIT, 9, 10), survey, by="branch")
    plain = Instrument.define("desk", {"care": ["heard"]}, scale=Scale.likert(9))
    with pytest.raises(StandardsError, match="adequate"):
        service_levels(found, Survey.from_arrays(plain, perception=[[3], [4]]))
    with pytest.raises(ArgumentError, match="no 'z'; it is a unit"):
        service_levels(found, asked({"a": [5, 6], "c": [5, 6]}), by="branch")["z"]


def test_the_stage_is_the_highest_with_all_below_it() -> None:
    kept = conformance_from_counts(WAIT, 950, 1000)
    climbed = service_stage(kept, reactive=(980, 1000), proactive=(500, 1000), personalised=(10, 500))
    assert (climbed.stage, climbed.sure_stage, climbed.possible_stage) == (ServiceStage.PROACTIVE,) * 3
    stuck = service_stage(kept, reactive=(500, 1000), proactive=(900, 1000), personalised=(900, 1000))
    assert stuck.stage is ServiceStage.BASIC
    assert service_stage(conformance_from_counts(WAIT, 100, 1000), reactive=(99, 100)).stage is ServiceStage.NONE
    assert service_stage(kept).stage is ServiceStage.BASIC
    unsure = service_stage(conformance_from_counts(WAIT, 82, 100), reactive=(95, 100), thresholds={"reactive": 0.94})
    assert (unsure.stage, unsure.sure_stage, unsure.possible_stage) == ("reactive", "none", "reactive")
    assert [row.passed for row in unsure] == [True, True, None, None]
    assert unsure.to_table("zh").columns["label"][1] == "被动服务"
    rows = service_stage(kept, reactive=conformance_from_counts(CALL, 97, 100).overall)
    assert rows.stage is ServiceStage.REACTIVE


def test_stages_refuse() -> None:
    kept = conformance_from_counts(WAIT, 950, 1000)
    with pytest.raises(StandardsError) as caught:
        service_stage(kept, reactive=(5, 4), proactive=0.3, thresholds={"reactiv": 0.5, "proactive": 30})
    said = str(caught.value)
    assert "no stage 'reactiv'; stages above basic have one. Hint: did you mean reactive" in said
    assert "threshold of proactive: 30; it is a share" in said
    assert "reactive: (5, 4); it is (so many, of how many)" in said
    assert "proactive: 0.3; it is (so many, of how many)" in said


def test_competition_is_about_what_most_customers_choose_by() -> None:
    found = competition_stage({"product": 35, "price": 80, "service": 60})
    assert found.stage is CompetitionStage.PRICE
    assert found.p == pytest.approx(stats.binomtest(80, 140).pvalue)
    assert [row.n for row in found] == [0, 35, 80, 60]
    theirs = stats.binomtest(80, 175).proportion_ci(method="wilson")
    assert (found.rows[2].low, found.rows[2].high) == pytest.approx((theirs.low, theirs.high))
    assert competition_stage({"scarcity": 4, "price": 4}).stage is None
    assert competition_stage({"scarcity": 4, "price": 4}).p == 1.0
    assert found.to_table("zh").columns["label"][3] == "服务竞争"
    with pytest.raises(StandardsError, match=r"no 'servce'; .*did you mean service(.|\n)*reason price: -1; counts"):
        competition_stage({"servce": 3, "price": -1})
    with pytest.raises(StandardsError, match="reasons: nobody"):
        competition_stage({"price": 0})
