"""Quantiles of answers against numpy, by every route, and what they refuse."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings, strategies as st

from servqual import Instrument, Scale, Summary, Survey, score, summarize
from servqual.errors import ArgumentError, GroupError, JointAnswersError
from servqual.quality.answer_points import answer_quantiles
from servqual.scoring import Difference
from servqual.testing import surveys
from tests.scoring.hall import HALL, study

STUDY = study(150, seed=5)
SHARES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.975, 1.0)
NAMES = ["q0", "q10", "q25", "q50", "q75", "q97_5", "q100"]


def by_hand(answers: Any, share: float) -> float:
    there = answers[~np.isnan(answers)]
    return float(np.quantile(there, share, method="inverted_cdf")) if there.size else np.nan


def test_they_are_those_of_the_answers_one_by_one() -> None:
    frame = answer_quantiles(STUDY.survey(), SHARES).to_frame()
    assert list(frame.columns) == ["about", "level", "key", "n", *NAMES]
    for level, answers in (("perception", STUDY.perceived), ("expectation", STUDY.expected)):
        rows = frame[frame["level"] == level]
        assert rows["key"].tolist() == list(HALL.item_keys)
        assert rows["n"].tolist() == (~np.isnan(answers)).sum(axis=0).tolist()
        for share, name in zip(SHARES, NAMES, strict=True):
            assert rows[name].tolist() == [by_hand(column, share) for column in answers.T]


@settings(max_examples=40, deadline=None)
@given(surveys(max_respondents=30), st.floats(0, 1))
def test_a_summary_of_parts_gives_the_same(survey: Survey, share: float) -> None:
    assume(summarize(survey, products=False).total.tallies)
    half = np.arange(len(survey)) % 2 == 0
    parts = [summarize(survey.select(rows), products=False) for rows in (half, ~half) if rows.any()]
    merged = Summary.from_json(sum(parts[1:], parts[0]).to_json())
    one, other = (answer_quantiles(source, (share,)).to_frame() for source in (merged, survey))
    pd.testing.assert_frame_equal(one, other)


def test_weights_count() -> None:
    frequency = answer_quantiles(STUDY.survey("frequencies")).told.table
    repeated = answer_quantiles(STUDY.part(np.repeat(np.arange(150), STUDY.frequencies)).survey()).told.table
    assert {name: frequency[name] for name in frequency.columns} == {name: repeated[name] for name in repeated.columns}
    weighted = answer_quantiles(STUDY.survey("weights"))
    column, weights = STUDY.perceived[:, 0], STUDY.weights
    order = np.argsort(column, kind="stable")
    order = order[~np.isnan(column[order])]
    reached = np.cumsum(weights[order]) / weights[order].sum()
    assert weighted.told.table["q50"][0] == column[order][np.argmax(reached >= 0.5)]
    assert any("weighted" in note for note in weighted.to_table().notes)


def test_by_group_each_group_is_read_alone_and_small_ones_are_suppressed() -> None:
    survey = STUDY.survey("branch")
    table = answer_quantiles(summarize(survey, by="branch"), by="branch").told.table
    south = STUDY.part(STUDY.branch == "south")
    alone = answer_quantiles(south.survey()).told.table
    rows = [row for row, each in enumerate(table["branch"]) if each == "south"]
    assert all(table.rows(rows)[name] == alone[name] for name in alone.columns)
    sizes = {branch: sum(STUDY.branch == branch) for branch in ("north", "south")}
    hidden = answer_quantiles(survey, by="branch", min_group=sizes["north"] - 20)
    marks = zip(hidden.told.table["branch"], hidden.told.table["suppressed"], strict=True)
    assert {branch for branch, mark in marks if mark} == {"south", None}
    assert "suppressed" in hidden.to_table().columns
    assert any("suppressed in" in note for note in hidden.to_table().notes)


def test_published_counts_suffice() -> None:
    desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(5), levels=["perception"])
    counts = Summary.from_counts(desk, perception=[[4, 1, 0, 3, 2]])
    table = answer_quantiles(counts).to_table()
    assert [table[name] for name in ("n", "q25", "q50", "q75")] == [(10,), (1.0,), (2.0,), (4.0,)]


def test_faces() -> None:
    found = answer_quantiles(STUDY.survey(), (0.5,))
    assert repr(found) == "<AnswerQuantiles of 'hall: quantiles of answers': q50; 16 rows>"
    assert list(found.to_table("zh").columns) == ["level", "key", "label", "n", "q50"]
    assert found.to_table("zh").title == "hall：回答的分位数"
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["reading"], told["shares"], told["by"]) == ("answer_quantiles", [0.5], [])


@pytest.mark.parametrize("wrong", [(), (1.5,), (-0.1, 0.5), (float("nan"),), (0.5, 0.5)])
def test_shares_lie_between_0_and_1_and_are_named_once(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match=r"shares: .*(between 0 and 1|each share is named once)"):
        answer_quantiles(STUDY.survey(), wrong)


def test_refusals() -> None:
    survey = STUDY.survey("branch")
    with pytest.raises(GroupError, match="no 'wave'"):
        answer_quantiles(survey, by="wave")
    with pytest.raises(
        GroupError, match=r"by: no 'branch'; a summary can be told apart by the columns it was made with"
    ):
        answer_quantiles(summarize(survey), by="branch")
    with pytest.raises(ArgumentError, match="min_group: 0"):
        answer_quantiles(survey, min_group=0)
    with pytest.raises(ArgumentError, match="source: a Scores; a reading takes a Survey or a Summary"):
        answer_quantiles(score(survey, Difference()))  # type: ignore[arg-type]
    slider = Instrument.define("slider", {"a": ["x"]}, scale=Scale(0, 100, step=None), levels=["perception"])
    answered = Survey.from_arrays(slider, perception=[[3.5], [99.25]])
    for source in (answered, summarize(answered)):
        with pytest.raises(JointAnswersError) as caught:
            answer_quantiles(source)
        assert str(caught.value) == (
            "source: no quantiles of perception; answers on a real-valued scale are not counted point by point, and "
            "quantiles need them one by one. Hint: np.nanquantile(survey.level('perception').numbers(), …, axis=1)"
        )
