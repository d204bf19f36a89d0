"""The tracker: one whole in the end, one moment at a time, and no more memory than its window."""

import pickle
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, PerformanceOnly, Survey, summarize
from servqual.engines.tracking import Tracker
from servqual.errors import GroupError, MergeError, ModelError, SurveyError, TrackerError
from servqual.quality import compare_groups
from tests.engines.fed import DESK, MONTHS, STUDY, fed, frame, same, whole
from tests.scoring.hall import HALL


def test_periods_are_the_summaries_of_their_answers() -> None:
    tracker = fed(Tracker(HALL, Difference(), PerformanceOnly()))
    assert repr(tracker) == (
        "<Tracker of 'hall' by Difference, PerformanceOnly: 4 of 12 periods, 240 respondents; latest '2026-04'>"
    )
    for place, (month, summary) in enumerate(tracker.periods.items()):
        assert month == MONTHS[place]
        same(summary, whole(slice(60 * place, 60 * place + 60)))
    same(tracker.summary(), whole(slice(180, 240)))
    same(sum(tracker.periods.values()), whole(slice(None)))  # type: ignore[arg-type]


def test_every_kind_of_batch_counts_alike() -> None:
    part = STUDY.part(slice(0, 50))
    arrays = {"perception": part.perceived, "expectation": part.expected}
    survey = Survey.from_arrays(HALL, perception=part.perceived, expectation=part.expected)
    batches = [frame(slice(0, 50)), pl.from_pandas(frame(slice(0, 50))), survey, arrays]
    batches.append(summarize(survey, Difference()))
    tracker = Tracker(HALL, Difference())
    for place, batch in enumerate(batches):
        tracker.update(batch, place)
    for summary in tracker.periods.values():
        same(summary, tracker.summary(0))


def test_options_say_how_frames_are_read() -> None:
    tracker = Tracker(HALL, Difference(), by="branch", weights="f", weight_kind="frequency", min_answered=1.0)
    tracker.update(frame(slice(0, 100)), 1)
    tracker.update(frame(slice(100, 240)), 1)
    survey = Survey.from_frame(frame(), HALL, groups=["branch"], weights="f", weight_kind="frequency")
    expected = summarize(survey, Difference(), by="branch", min_answered=1.0)
    same(tracker.summary(), expected)
    pd.testing.assert_frame_equal(
        tracker.table(by="branch", confidence=0.9).to_frame(), expected.table(by="branch", confidence=0.9).to_frame()
    )


def test_what_is_said_of_answers_holds_for_matrices_as_well() -> None:
    plain, weighted = (Tracker(DESK, PerformanceOnly(), missing=(9,), weight_kind="frequency") for _ in range(2))
    plain.update({"perception": [[5], [9], [6]]}, "a")
    weighted.update({"perception": [[5], [9], [6]], "weights": [1, 1, 3]}, "a")
    assert plain.table()["n"][0] == 2
    assert weighted.table()["n"][0] == 4


def test_the_table_is_of_the_latest_period_and_says_which() -> None:
    tracker = fed(Tracker(HALL, Difference()))
    pd.testing.assert_frame_equal(tracker.table().to_frame(), tracker.summary().table().to_frame())
    assert tracker.table().title == "hall: Difference, 2026-04"
    assert tracker.table("2026-02", language="zh").title.endswith(", 2026-02")


def test_the_comparison_is_that_of_the_two_periods() -> None:
    tracker = fed(Tracker(HALL, Difference(), by="branch"))
    months = np.repeat(MONTHS, 60)
    survey = Survey.from_frame(frame().assign(month=months), HALL, groups=["month"])
    expected = compare_groups(survey, "month", order=["2026-03", "2026-04"], items=True, confidence=0.9)
    found = tracker.comparison(items=True, confidence=0.9)
    pd.testing.assert_frame_equal(found.to_frame("pairs"), expected.to_frame("pairs"), rtol=1e-9)
    pair = tracker.comparison("2026-03", "2026-01").between("overall", "2026-03", "2026-01")
    means = [tracker.table(month)["mean"][-2] for month in ("2026-03", "2026-01")]
    assert pair.difference == pytest.approx(float(means[0] or 0) - float(means[1] or 0))


def test_clusters_that_come_again_are_compared_with_themselves() -> None:
    teams = np.arange(240) % 8
    answers = frame().assign(team=teams, month=np.repeat(MONTHS, 60))
    tracker = Tracker(HALL, Difference(), cluster="team")
    for month, part in answers.groupby("month"):
        tracker.update(part, str(month))
    survey = Survey.from_frame(answers, HALL, groups=["month"], cluster="team")
    expected = compare_groups(survey, "month", order=["2026-03", "2026-04"])
    found = tracker.comparison()
    pd.testing.assert_frame_equal(found.to_frame("pairs"), expected.to_frame("pairs"), rtol=1e-9)
    assert found.between("overall", "2026-04", "2026-03").df == 7


def test_one_summary_of_all_periods_serves_every_reading_of_groups() -> None:
    tracker = fed(Tracker(HALL, Difference(), by="branch"))
    both = tracker.by_period()
    assert both.by == ("period", "branch")
    assert len(both) == 240
    table = both.table(by="period")
    assert list(dict.fromkeys(table["period"])) == list(MONTHS)
    assert compare_groups(both, "period").groups == MONTHS


def test_the_window_lets_go_and_counts() -> None:
    tracker = fed(Tracker(HALL, Difference(), window=2))
    assert list(tracker.periods) == list(MONTHS[2:])
    assert (tracker.gone.periods, tracker.gone.respondents, tracker.gone.last) == (2, 120, "2026-02")
    assert tracker.table().notes[-1] == "let go: 2 periods before, with 120 respondents (window 2)"
    assert (len(tracker), tracker.window, tracker.instrument, tracker.models) == (2, 2, HALL, (Difference(),))


def test_memory_does_not_grow_with_periods_nor_with_respondents() -> None:
    tracker = Tracker(DESK, Difference(), window=5)
    sizes = []
    rng = np.random.default_rng(1)
    for period in range(200):
        answers = rng.integers(1, 8, (2, 10 * (1 + period), 1))
        tracker.update({"perception": answers[0], "expectation": answers[1]}, period)
        sizes.append(len(pickle.dumps(tracker.periods)))
    assert max(sizes[10:]) - min(sizes[10:]) < 0.02 * sizes[10]


def test_answers_that_come_late_count_in_their_period() -> None:
    tracker = fed(Tracker(HALL, Difference(), window=3))
    before = len(tracker.summary("2026-02"))
    tracker.update(frame(slice(0, 7)), "2026-02")
    assert len(tracker.summary("2026-02")) == before + 7
    assert list(tracker.periods)[-1] == "2026-04"


def test_a_new_period_before_others_needs_consent() -> None:
    tracker = Tracker(HALL, Difference(), window=3)
    for month in ("2026-02", "2026-04"):
        tracker.update(frame(slice(0, 5)), month)
    with pytest.raises(TrackerError, match="period: new, and before others: '2026-03'; a new period comes after"):
        tracker.update(frame(slice(0, 5)), "2026-03")
    tracker.update(frame(slice(0, 5)), "2026-03", late_ok=True)
    assert list(tracker.periods) == ["2026-02", "2026-03", "2026-04"]
    for late in ("2026-01", "2025-12"):
        with pytest.raises(TrackerError, match=f"'{late}' has left the window; the window of 3 periods begins later"):
            tracker.update(frame(slice(0, 5)), late, late_ok=True)
    tracker.update(frame(slice(0, 5)), "2026-05")
    with pytest.raises(TrackerError, match="'2026-02' has left the window"):
        tracker.update(frame(slice(0, 5)), "2026-02")
    assert tracker.gone.periods == 1


@pytest.mark.parametrize(
    ("period", "message"),
    [
        (1.5, "period: 1.5; a period is named by a text or a whole number"),
        (True, "period: True"),
        ("", "period: ''"),
        (pd.Timestamp("2026-05-01"), "Hint: a day is str"),
        (5, "period: 5; periods are put in order, and one is '2026-01'"),
    ],
)
def test_periods_have_names_that_can_be_put_in_order(period: Any, message: str) -> None:
    tracker = fed(Tracker(HALL, Difference()))
    with pytest.raises(TrackerError, match=message):
        tracker.update(frame(slice(0, 5)), period)


def test_after_an_error_everything_is_as_it_was() -> None:
    tracker = fed(Tracker(HALL, Difference()))
    before = tracker.periods
    wrong = frame(slice(0, 9)).assign(perception_care1=99)
    other = Survey.from_arrays(DESK, perception=[[5]], expectation=[[5]])
    seen = Survey.from_arrays(HALL.asking("perception"), perception=STUDY.perceived)
    for batch, kind, message in (
        (wrong, SurveyError, "item care1"),
        (other, SurveyError, "survey: .*; batches are answers to"),
        (summarize(seen, PerformanceOnly()), MergeError, "instrument: "),
        (whole(slice(None)), MergeError, "models: Difference against Difference, PerformanceOnly"),
        (summarize(Survey.from_frame(frame(), HALL), Difference(), min_answered=1.0), MergeError, "min_answered=0.5"),
        (summarize(Survey.from_frame(frame(), HALL, weights="w"), Difference()), MergeError, "no weights against"),
        ({"perception": [[1] * 8]}, Exception, "expectation"),
    ):
        with pytest.raises(kind, match=message):
            tracker.update(batch, "2026-04")
    assert {month: id(each) for month, each in tracker.periods.items()} == {
        month: id(each) for month, each in before.items()
    }


def test_a_frame_without_rows_changes_nothing() -> None:
    tracker = Tracker(HALL, Difference())
    tracker.update(frame(slice(0, 0)), "a")
    assert tracker.periods == {}
    assert repr(tracker) == "<Tracker of 'hall' by Difference: 0 of 12 periods, 0 respondents>"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_split_into_batches_in_any_order_gives_the_same(data: Any) -> None:
    size = data.draw(st.integers(2, 60))
    cuts = sorted(data.draw(st.sets(st.integers(1, size - 1), max_size=6)))
    edges = [0, *cuts, size]
    parts = data.draw(st.permutations(list(pairwise(edges))))
    tracker = Tracker(HALL, Difference(), PerformanceOnly())
    given_rows = STUDY.part(slice(0, size))
    for start, stop in parts:
        rows = slice(start, stop)
        if np.isnan(given_rows.perceived[rows]).all() or np.isnan(given_rows.expected[rows]).all():
            continue
        tracker.update(frame(rows), 0)
    same(tracker.summary(), whole(slice(0, size)))


def test_a_tracker_that_cannot_be() -> None:
    with pytest.raises(TrackerError) as refused:
        Tracker(HALL, window=0, by="period")
    assert [problem.place for problem in refused.value.problems if not isinstance(problem, str)] == [
        "models", "window", "by",
    ]  # fmt: skip
    with pytest.raises(ModelError, match="the class Difference"):
        Tracker(HALL, Difference)  # type: ignore[arg-type]
    with pytest.raises(SurveyError, match="it is an Instrument"):
        Tracker("hall", Difference())  # type: ignore[arg-type]
    with pytest.raises(Exception, match="min_answered"):
        Tracker(HALL, Difference(), min_answered=2)


def test_what_is_not_there_cannot_be_told() -> None:
    tracker = Tracker(HALL, Difference())
    for ask in (tracker.table, tracker.comparison, tracker.by_period, tracker.summary):
        with pytest.raises(TrackerError, match="tracker: no answers yet"):
            ask()
    fed(tracker, MONTHS[:1])
    with pytest.raises(TrackerError, match="nothing before '2026-01'"):
        tracker.comparison()
    with pytest.raises(TrackerError, match=r"no '2026-1'; it holds 1 periods\. Hint: did you mean 2026-01"):
        tracker.table("2026-1")
    fed(tracker, MONTHS[:2])
    with pytest.raises(TrackerError, match="against: '2026-02' itself; two periods are compared"):
        tracker.comparison(against="2026-02")
    with pytest.raises(ModelError):
        tracker.comparison(model=PerformanceOnly())
    with pytest.raises(GroupError, match="no 'branch'"):
        tracker.table(by="branch")
