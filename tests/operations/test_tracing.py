"""From requirements to standards to dimensions, and which dimensions have none."""

from typing import Any

import pytest

from servqual import catalogue
from servqual.errors import ArgumentError, StandardsError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.operations.standards.conforming import conformance, conformance_from_counts
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.tracing import trace_standards
from servqual.operations.standards.tracing_results import TraceState
from servqual.operations.standards.words import StandardKind
from servqual.statistics import Inapplicable

PHONE = Standard(
    key="phone", kind=StandardKind.COUNT, high=3, target=0.9, dimensions=("responsiveness",),
    requirement=Label("answer the phone fast", "电话要接得快"),
)  # fmt: skip
PROMISE = Standard(
    key="promise", kind=StandardKind.TIME, high=0.5, target=0.9, dimensions=("reliability", "responsiveness")
)
CARE = Standard.soft("care", Scale.likert(7), low=6, target=0.5, dimensions="empathy")
DRESS = Standard(key="dress", kind=StandardKind.COUNT, high=0)
WEIGHTS = {"tangibles": 10, "reliability": 40, "responsiveness": 25, "assurance": 15, "empathy": 10}


def test_states_of_the_five_dimensions() -> None:
    found = [
        conformance_from_counts(PHONE, 99, 100),
        conformance_from_counts(PROMISE, 60, 100),
        conformance(CARE, [7, 5, 6, 6]),
    ]
    traced = trace_standards([PHONE, PROMISE, CARE, DRESS], catalogue.servqual(), found, importance=WEIGHTS)
    assert {row.dimension: row.state for row in traced} == {
        "tangibles": TraceState.NO_STANDARD, "reliability": TraceState.MISSED, "responsiveness": TraceState.MISSED,
        "assurance": TraceState.NO_STANDARD, "empathy": TraceState.OPEN,
    }  # fmt: skip
    assert traced["responsiveness"].standards == ("phone", "promise")
    assert (traced["responsiveness"].met, traced["responsiveness"].missed, traced["responsiveness"].hard) == (1, 1, 2)
    assert (traced["empathy"].soft, traced["empathy"].hard) == (1, 0)
    assert traced.uncovered == ("tangibles", "assurance")
    assert traced.uncovered_importance == pytest.approx(0.25)
    assert traced.untraced == ("dress",)
    assert any("without a standard (Gap 2): tangibles, assurance, 25%" in note for note in traced.to_table().notes)


def test_met_and_unmeasured() -> None:
    traced = trace_standards([PHONE, CARE], ["responsiveness", "empathy"], [conformance_from_counts(PHONE, 99, 100)])
    assert [row.state for row in traced] == [TraceState.MET, TraceState.UNMEASURED]
    assert traced.uncovered == ()
    assert traced.uncovered_importance == Inapplicable("no importance was given")
    nothing = trace_standards([PHONE], ["responsiveness"], [conformance_from_counts(PHONE, 0, 0)])
    assert nothing["responsiveness"].state is TraceState.UNMEASURED


def test_both_tables_in_both_languages() -> None:
    traced = trace_standards([PHONE, CARE], ["responsiveness", "empathy", "x"], [])
    assert traced.to_table("zh").columns["state"][2] == "没有标准：差距二的证据"
    asked = traced.requirements_table("zh")
    assert asked.columns["requirement"] == ("电话要接得快", None)
    assert asked.columns["limits"] == ("至多 3", "至少 6")
    assert "share" not in asked.columns
    measured = trace_standards([PHONE], ["responsiveness"], [conformance_from_counts(PHONE, 99, 100)])
    assert measured.requirements_table().columns["verdict"] == ("met",)
    assert measured.to_frame("pandas")["standards"].tolist() == ["phone"]
    assert measured.to_dict()["columns"]["state"] == ["met"]


def test_what_has_no_standard_is_told_in_words() -> None:
    traced = trace_standards([PHONE], catalogue.servqual())
    assert "tangibles, reliability, assurance, empathy" in traced.to_table().notes[0].lower()
    assert traced.to_table("zh").notes[0] == "没有标准（差距二）：有形性、可靠性、保证性、移情性"


def test_one_standard_needs_no_list_and_strangers_are_refused() -> None:
    found = conformance_from_counts(PHONE, 99, 100)
    one = trace_standards(PHONE, ["responsiveness"], found)
    assert one.to_dict() == trace_standards([PHONE], ["responsiveness"], [found]).to_dict()
    strangers: Any = ["phone"]
    with pytest.raises(StandardsError, match=r"standards: a str; it is a Standard"):
        trace_standards(strangers, ["responsiveness"])
    with pytest.raises(StandardsError, match=r"found: a str; it is a Conformance"):
        trace_standards(PHONE, ["responsiveness"], strangers)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(StandardsError) as caught:
        trace_standards(
            [PHONE, PHONE], ["responsivness"], [conformance_from_counts(CARE, 1, 2)], importance={"empathy": -1}
        )
    said = str(caught.value)
    for each in (
        "standards: 2 called 'phone'; each has a key of its own",
        "standard phone: no dimension 'responsiveness'; .*",
        "found: conformance to 'care'; it is that of a standard that is traced",
        "importance: no dimension 'empathy'",
        "importance: none of 'responsivness'",
        "importance: -1 of 'empathy'; weights are finite and zero or more",
    ):
        assert each.removesuffix(".*") in said
    with pytest.raises(StandardsError, match="importance: all zero"):
        trace_standards([PHONE], ["responsiveness"], importance={"responsiveness": 0})
    with pytest.raises(StandardsError, match="conformance to 'phone' twice"):
        trace_standards([PHONE], ["responsiveness"], [conformance_from_counts(PHONE, 1, 2)] * 2)
    with pytest.raises(StandardsError, match="dimensions: none"):
        trace_standards([PHONE], [])
    with pytest.raises(ArgumentError, match="no 'speed'; it is one that was traced"):
        trace_standards([PHONE], ["responsiveness"])["speed"]
