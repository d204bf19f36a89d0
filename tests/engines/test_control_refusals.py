"""What control charts refuse, and what they say then."""

import math
from typing import Any

import pytest

from servqual import Difference, PerformanceOnly, Survey, summarize
from servqual.engines.control import control_chart
from servqual.errors import ArgumentError, GroupError, JointAnswersError, MergeError, ModelError
from tests.engines.courses import summaries, survey
from tests.scoring.hall import HALL, study


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"score": "sped"}, "score: no 'sped'; it is an item, a dimension or overall. Hint: did you mean speed"),
        ({"baseline": 3}, "baseline: the first 3; there are 2 periods"),
        ({"baseline": 0}, "baseline: the first 0"),
        ({"baseline": ["c"]}, "baseline: no 'c'; limits are made of periods that there are"),
        ({"baseline": "a"}, r"baseline: 'a'; .*Hint: baseline=\['a'\]"),
        ({"baseline": []}, "baseline: no periods"),
        ({"by": "week"}, "by: 'week'; only a Summary is told apart by a column"),
    ],
)
def test_what_cannot_be_asked(given: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        control_chart(summaries({"a": [50, 60], "b": [40, 70]}), **given)


def test_all_options_are_refused_together() -> None:
    with pytest.raises(ArgumentError) as refused:
        control_chart(
            summaries({"a": [50, 60]}), spread="beetween", sigmas=0, ewma=1.5, centre=math.nan, rules=["beyonds"]
        )
    places = [problem.place for problem in refused.value.problems if not isinstance(problem, str)]
    assert places == ["spread", "sigmas", "ewma", "centre", "rules"]


def test_sources_that_are_none() -> None:
    summary = summaries({"a": [50, 60]})["a"]
    for source, kind, message in (
        ([summary], ArgumentError, "source: a list; a chart is made of a Tracker"),
        ({}, ArgumentError, "source: no periods"),
        ({"a": survey([50, 60])}, ArgumentError, "period 'a': a Survey"),
        (summary, ArgumentError, "by: not named; a summary is charted by one of its columns, no column"),
        ({"a": summary, "b": summarize(survey([50.0]))}, MergeError, "models: PerformanceOnly against no model"),
    ):
        with pytest.raises(kind, match=message):
            control_chart(source)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="it lacks 1 of the 1 models of the control_chart"):
        control_chart({"a": summary}, model=Difference())
    nameless = summarize(survey([50, 60], groups={"week": [None, None]}), PerformanceOnly(), by="week")
    with pytest.raises(GroupError, match="by: no week has a name"):
        control_chart(nameless, by="week")
    with pytest.raises(GroupError, match="by: no 'weak'"):
        control_chart(nameless, by="weak")


def test_levels_from_different_people_have_no_scatter_within() -> None:
    hall = study(40, seed=1)
    seen = Survey.from_arrays(HALL.asking("perception"), perception=hall.perceived)
    wanted = Survey.from_arrays(HALL.asking("expectation"), expectation=hall.expected)
    made = summarize(Survey.unpaired(perception=seen, expectation=wanted), Difference())
    with pytest.raises(JointAnswersError, match='Hint: spread="between"'):
        control_chart({"a": made, "b": made})
    chart = control_chart({"a": made, "b": made}, spread="between")
    assert str(chart["a"].sd) == "levels come from different people"


def test_a_period_that_is_not_in_the_chart() -> None:
    with pytest.raises(ArgumentError, match="period: no 'z'; it is a period of the chart"):
        control_chart(summaries({"a": [50, 60]}))["z"]
