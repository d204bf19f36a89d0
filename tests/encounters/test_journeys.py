"""Journeys: how they are read, what is refused, and that their scores depend on themselves alone."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.whole_journeys import journey_scores
from servqual.errors import EncounterError

LOG = {
    "customer": ["b", "a", "b", "a", "b"],
    "time": [1, 1, 2, 5, 9],
    "score": [2, -1, 0, 3, -3],
    "step": ["ask", "ask", "try", "pay", "pay"],
    "moment": ["normal", "recovery", "normal", "spontaneity_good", "coping"],
    "who": ["Li", "Wu", "Li", "Li", "Wu"],
    "kept": [0, 1, 0, 1, 0],
}
COLUMNS: dict[str, Any] = {"order": "time", "step": "step", "moment": "moment", "employee": "who", "outcome": "kept"}
NAMES = ("n", "total", "mean", "negative_share", "worst", "worst_at", "peak", "peak_at", "end", "peak_end", "trend")


def by_hand(scores: list[float]) -> dict[str, float]:
    """The scores of one journey by a plain loop."""
    n, far = len(scores), [(abs(each), each < 0) for each in scores]
    peak_at = far.index(max(far))
    slope = float(np.polyfit(range(n), scores, 1)[0]) if n > 1 else float("nan")
    return {
        "n": n, "total": sum(scores), "mean": sum(scores) / n, "negative_share": sum(each < 0 for each in scores) / n,
        "worst": min(scores), "worst_at": scores.index(min(scores)) + 1, "peak": scores[peak_at],
        "peak_at": peak_at + 1,
        "end": scores[-1], "peak_end": (scores[peak_at] + scores[-1]) / 2, "trend": slope,
    }  # fmt: skip


@pytest.mark.parametrize("library", [dict, pd.DataFrame, pl.DataFrame], ids=["mapping", "pandas", "polars"])
def test_any_source_gives_the_same_journeys(library: Any) -> None:
    journeys = Journeys.from_frame(library(LOG), **COLUMNS)
    assert repr(journeys) == "<Journeys: 5 encounters of 2 customers in 2 journeys>"
    assert journeys.score.tolist() == [-1, 3, 2, 0, -3]
    assert journeys.start.tolist() == [0, 2, 5]
    assert journeys.outcome is not None
    assert journeys.outcome.tolist() == [1, 0]
    assert [journeys.mark("employee").labels[each] for each in journeys.mark("employee").codes] == [
        "Wu", "Li", "Li", "Li", "Wu",
    ]  # fmt: skip
    assert not journeys.score.flags.writeable


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(-3, 3), min_size=1, max_size=6), min_size=1, max_size=6))
def test_scores_are_those_of_a_loop(scores: list[list[int]]) -> None:
    log = {
        "customer": [place for place, each in enumerate(scores) for _ in each],
        "score": [score for each in scores for score in each],
    }
    found = journey_scores(Journeys.from_frame(log))
    for place, each in enumerate(scores):
        for name, value in by_hand([float(score) for score in each]).items():
            np.testing.assert_allclose(getattr(found, name)[place], value, atol=1e-12, err_msg=name)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_scores_do_not_depend_on_the_order_of_customers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    owner = rng.integers(0, 5, 20)
    score = rng.integers(-3, 4, 20)
    one = journey_scores(Journeys.from_frame({"customer": owner, "score": score}))
    # the rows of each customer stay in their order, however the customers are interleaved and called
    keys = rng.random(20)
    for each in range(5):
        keys[owner == each] = np.sort(keys[owner == each])
    turned = np.argsort(keys, kind="stable")
    names = rng.permutation(5)
    other = journey_scores(Journeys.from_frame({"customer": names[owner[turned]], "score": score[turned]}))
    present = np.unique(owner)
    order = np.argsort(np.argsort(names[present]))
    for name in NAMES:
        assert np.array_equal(getattr(one, name), getattr(other, name)[order], equal_nan=True), name


def test_dates_are_an_order_and_several_journeys_of_a_customer_are_told_apart() -> None:
    frame = pd.DataFrame({
        "customer": ["a", "a", "a"], "trip": [1, 1, 2], "score": [1, -2, 3],
        "day": pd.to_datetime(["2024-01-02", "2024-02-01", "2023-05-01"]),
    })  # fmt: skip
    journeys = Journeys.from_frame(frame, journey="trip", order="day")
    assert len(journeys) == 2
    assert journeys.only("a", 2).score.tolist() == [3]
    with pytest.raises(EncounterError, match="2 journeys of 'a'"):
        journeys.only("a")
    with pytest.raises(EncounterError, match="known are a"):
        journeys.only("A")


def test_everything_wrong_is_told_at_once() -> None:
    log = {
        "customer": ["a", "a", None, "b", "b"], "time": [2, 1, 1, 1, 1], "score": [1, 4, np.nan, 0.5, 0],
        "moment": ["normal", "recovry", "normal", "coping", "coping"], "kept": [1, 0, 1, 1, 1],
    }  # fmt: skip
    with pytest.raises(EncounterError) as caught:
        Journeys.from_frame(log, order="time", moment="moment", outcome="kept")
    text = str(caught.value)
    assert "column 'score': row 2: missing; every encounter has a score" in text
    assert "rows 1, 3: 4, 0.5; a score is a point of the encounter card" in text
    assert "column 'customer': row 2: missing; every encounter has a customer" in text
    assert "'recovry'; a moment is one of normal" in text
    assert "did you mean recovery" in text
    assert "row 1: 1 after 2 for customer 'a', and 1 more; within a journey each encounter comes later" in text
    assert "row 1: another one; a journey has one outcome" in text


TWICE = {"customer": ["a", "a"], "score": [1, 2]}


@pytest.mark.parametrize(
    ("log", "columns", "message"),
    [
        ({"customer": [], "score": []}, {}, "no rows"),
        ({"customer": ["a"], "points": [1]}, {}, "no 'score'"),
        ({"customer": ["a", "a"], "score": [1, 2], "time": [1, None]}, {"order": "time"}, "every encounter has a time"),
        ({"customer": ["a"], "score": [1], "kept": [np.inf]}, {"outcome": "kept"}, "outcomes are finite"),
        ({"customer": ["a", " "], "score": [1, 2]}, {}, "row 1: missing; every encounter has a customer"),
        ({"customer": ["a", "b"], "score": [1, 2], "kind": ["normal", ""]}, {"moment": "kind"}, "has a moment"),
        # "10" sorts before "9"
        ({**TWICE, "time": ["9", "10"]}, {"order": "time"}, "text such as '10'; a time is a number or a date"),
        ({**TWICE, "time": ["01/03/2024", "02/02/2024"]}, {"order": "time"}, "a time is a number or a date"),
        ({**TWICE, "time": ["2024-01-31", "2024-01-31 09:30"]}, {"order": "time"}, "in all rows alike"),
        ({**TWICE, "time": ["2024-01-31", "2023-01-31"]}, {"order": "time"}, "comes later than the one before"),
        ({**TWICE, "step": ["call", "pay"]}, {"step": "step", "names": {"cal": "Call"}}, "did you mean call"),
        (TWICE, {"names": {"call": "Call"}}, "read the steps with step="),
    ],
)
def test_refusals(log: dict[str, Any], columns: dict[str, Any], message: str) -> None:
    with pytest.raises(EncounterError, match=message):
        Journeys.from_frame(log, **columns)


@pytest.mark.parametrize("times", [["2024-01-09", "2024-01-10"], ["2024-01-09T09:30", "2024-01-09T10:00"]])
def test_dates_may_be_text_that_sorts_as_time(times: list[str]) -> None:
    assert len(Journeys.from_frame({**TWICE, "time": times}, order="time")) == 1


def test_faces() -> None:
    journeys = Journeys.from_frame(LOG, **COLUMNS)
    found = journey_scores(journeys)
    assert repr(found) == "<JourneyScores: 2 journeys, mean 0.333, peak and end 0.000; 42% negative>"
    assert found.to_frame()["total"].tolist() == [2, -1]
    assert found.to_table("zh").title == "服务历程"
    assert found.to_dict()["columns"]["customer"] == ["a", "b"]
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert not again.total.flags.writeable
    with pytest.raises(EncounterError, match=r"Journeys\.from_frame makes them"):
        journey_scores(found)  # type: ignore[arg-type]
    with pytest.raises(EncounterError, match="read them with step="):
        Journeys.from_frame({"customer": ["a"], "score": [1]}).mark("step")
