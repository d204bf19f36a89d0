"""Scores of respondents: what is formed, by which rules, into which memory."""

import copy
import pickle
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Difference, EvaluatedPerformance, Instrument, PerformanceOnly, Scale, Survey, Weighted, score
from servqual.errors import ModelError
from servqual.scoring.rules import Rules
from tests.scoring.hall import HALL, SCORES, SIZES, one_by_one, study

STUDY = study(300, seed=1, missing=0.25)
SURVEY = STUDY.survey("branch", "wave")
GAPS = one_by_one(STUDY.gaps)


def test_scores_are_means_of_what_was_answered() -> None:
    scores = score(SURVEY, Difference(), overall_items=True, dtype=np.float64)
    np.testing.assert_allclose(scores.values, GAPS, rtol=1e-14)
    np.testing.assert_array_equal(scores.dimensions, scores.values[:, :3])
    np.testing.assert_array_equal(scores.overall, scores.values[:, 3])
    np.testing.assert_array_equal(scores.overall_items, scores.values[:, 4])
    assert scores.columns == ("speed", "care", "room", "overall", "overall_items")
    assert (len(scores), scores.values.shape) == (300, (300, 5))


def test_an_overall_score_of_items_differs_where_dimensions_differ_in_length() -> None:
    answers = np.array([[7.0, 7, 7, 7, 7, 1, 1, 1]])
    scores = score(Survey.from_arrays(HALL, perception=answers), PerformanceOnly(), overall_items=True)
    assert scores.overall.tolist() == [3.0]
    assert scores.overall_items.tolist() == [4.75]


def test_without_all_dimensions_there_is_no_overall_score_of_either_kind() -> None:
    answers = np.array([[7.0, 7, 7, 7, 7, 1, 1, np.nan]])
    scores = score(Survey.from_arrays(HALL, perception=answers), PerformanceOnly(), overall_items=True)
    np.testing.assert_array_equal(scores.values, [[7, 1, np.nan, np.nan, np.nan]])


@pytest.mark.parametrize("share", ["0.1", "0.2", "0.4", "0.5", "0.6", "0.61", "0.8", "0.9", "1"])
@pytest.mark.parametrize(
    "model", [PerformanceOnly(), Weighted(PerformanceOnly(), points=[1] * 8)], ids=["integer", "block"]
)
def test_a_dimension_needs_its_share_of_items(share: str, model: Any) -> None:
    needed = tuple(max(1, ceil(Fraction(share) * size)) for size in SIZES.values())
    scores = score(SURVEY, model, min_answered=float(share), dtype=np.float64, overall_items=True)
    np.testing.assert_allclose(scores.values, one_by_one(STUDY.perceived, needed), rtol=1e-14)


@pytest.mark.parametrize(
    ("share", "least"), [(0.6, 3), (0.5, 3), (0.4, 2), (0.2, 1), (0.01, 1), (0.8, 4), (0.81, 5), (1, 5)]
)
def test_shares_of_five_items(share: float, least: int) -> None:
    answers = np.full((6, 8), 4.0)
    for row in range(6):
        answers[row, :row] = np.nan
    found = score(Survey.from_arrays(HALL, perception=answers), PerformanceOnly(), min_answered=share).dimensions[:, 0]
    assert np.flatnonzero(~np.isnan(found)).tolist() == [row for row in range(6) if 5 - row >= least]


def test_shares_are_of_decimals_and_not_of_their_binary_neighbours() -> None:
    for size in range(1, 61):
        long = Instrument.define("long", {"one": [f"i{n}" for n in range(size)]}, scale=Scale.likert(7))
        found = [Rules(hundredths / 100).needed(long) for hundredths in range(1, 101)]
        assert found == [(max(1, ceil(Fraction(hundredths, 100) * size)),) for hundredths in range(1, 101)]


@pytest.mark.parametrize("share", [0, -0.5, 1.01, 3, float("nan"), "half", None])
def test_a_share_of_items_is_a_share(share: Any) -> None:
    with pytest.raises(
        ValueError, match=r"min_answered: .*; the share of a dimension's items .* at most 1. Hint: for 3 of 5"
    ):
        score(SURVEY, Difference(), min_answered=share)


@pytest.mark.parametrize("dtype", ["float32", np.float32, np.float64, "f8"])
def test_scores_are_of_the_type_asked_for(dtype: Any) -> None:
    scores = score(SURVEY, Difference(), dtype=dtype)
    assert scores.values.dtype == np.dtype(dtype)
    np.testing.assert_allclose(scores.values, GAPS[:, :4], rtol=1e-6)


def test_scores_are_float32_unless_float64_is_asked_for() -> None:
    assert score(SURVEY, Difference()).values.dtype == np.float32


@pytest.mark.parametrize("dtype", ["int8", "float16", "complex128"])
def test_other_types_are_refused(dtype: Any) -> None:
    with pytest.raises(TypeError, match=f"dtype: {dtype}; scores are float32 or float64") as caught:
        score(SURVEY, Difference(), dtype=dtype)
    assert isinstance(caught.value, ModelError)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_scores_may_be_written_where_the_caller_says(order: Any, dtype: Any) -> None:
    out = np.full((300, 5), 99, dtype, order)
    scores = score(SURVEY, Difference(), out=out, dtype=dtype, overall_items=True)
    np.testing.assert_allclose(out, GAPS, rtol=1e-6)
    assert np.shares_memory(scores.values, out)
    assert out.flags.writeable
    assert not scores.values.flags.writeable


@pytest.mark.parametrize(
    ("out", "found"),
    [
        (np.empty((300, 5), np.float32), "writeable float32 of shape (300, 5)"),
        (np.empty((4, 300), np.float32), "writeable float32 of shape (4, 300)"),
        (np.empty((300, 4), np.float64), "writeable float64 of shape (300, 4)"),
        (np.broadcast_to(np.float32(0), (300, 4)), "read-only float32 of shape (300, 4)"),
        ([[0.0] * 4] * 300, "a list"),
    ],
)
def test_memory_that_does_not_fit_is_refused(out: Any, found: str) -> None:
    with pytest.raises(ModelError) as caught:
        score(SURVEY, Difference(), out=out)
    assert str(caught.value) == (
        f"out: {found}; scores are written into a writeable array of float32, shape (300, 4). "
        "Hint: np.empty((300, 4), np.float32, order='F')"
    )


@pytest.mark.parametrize("model", [Difference(), EvaluatedPerformance(ideal=7)], ids=["integer", "block"])
@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_change_nothing(model: Any, threads: int) -> None:
    big = study(70_000, seed=3).survey()
    alone = score(big, model)
    together = score(big, model, threads=threads)
    assert alone.values.tobytes() == together.values.tobytes()


@pytest.mark.parametrize("threads", [0, -1])
def test_at_least_one_thread_is_needed(threads: int) -> None:
    with pytest.raises(ValueError, match=r"threads: .*; at least one thread does the work"):
        score(SURVEY, Difference(), threads=threads)


def test_a_frame_has_a_row_for_each_respondent(each_backend: str) -> None:
    scores = score(SURVEY, Difference(), dtype=np.float64)
    frame = scores.to_frame(each_backend)
    kinds = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}
    assert isinstance(frame, kinds[each_backend])
    assert list(getattr(frame, "column_names", frame.columns)) == ["branch", "wave", *SCORES]
    assert frame.shape == (300, 6)
    np.testing.assert_allclose(np.asarray(frame["care"], float), GAPS[:, 1], rtol=1e-14)
    assert list(np.asarray(frame["wave"])) == STUDY.wave.tolist()
    branch = frame["branch"].to_pylist() if each_backend == "pyarrow" else frame["branch"].to_list()
    assert [None if each != each else each for each in branch] == STUDY.branch.tolist()  # noqa: PLR0124 - NaN


def test_frames_go_back_to_the_library_that_the_answers_came_from(each_backend: str) -> None:
    answers = {f"perception_{key}": [5, 6] for key in HALL.item_keys}
    frames: dict[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
    survey = Survey.from_frame(frames[each_backend](answers), HALL, perception="perception_{key}")
    scores = score(survey, PerformanceOnly())
    for frame in (scores.to_frame(), scores.table().to_frame(), scores.to_table().to_frame()):
        assert type(frame).__module__.startswith(each_backend)
    with pytest.raises(LookupError, match="backend: 'spark'; one of pandas, polars, pyarrow"):
        scores.to_frame("spark")


def test_scores_say_what_they_are() -> None:
    assert repr(score(SURVEY, Difference())) == "<Scores of 'hall' by Difference: 300 respondents × 4 scores>"
    weighted = score(SURVEY, Weighted(PerformanceOnly(), points=(1, 1, 1)), overall_items=True)
    assert repr(weighted) == "<Scores of 'hall' by Weighted(PerformanceOnly): 300 respondents × 5 scores>"


def test_scores_hold_no_answers_and_stay_read_only() -> None:
    scores = score(SURVEY, Difference())
    assert not scores.values.flags.writeable
    assert not scores.dimensions.flags.writeable
    again = pickle.loads(pickle.dumps(scores))  # noqa: S301
    assert again.values.tobytes() == scores.values.tobytes()
    assert not again.values.flags.writeable
    assert not copy.deepcopy(scores).values.flags.writeable
    answers = np.nan_to_num(STUDY.perceived[:, 0], nan=-128).astype(np.int8)
    assert answers.tobytes() in pickle.dumps(SURVEY)
    assert answers.tobytes() not in pickle.dumps(scores)
    assert not hasattr(scores, "answers")


def test_scores_of_a_survey_do_not_change_it() -> None:
    before = {level: given.codes.tobytes() for level, given in SURVEY.answers.items()}
    score(SURVEY, Difference())
    score(SURVEY, EvaluatedPerformance(ideal=6.5), threads=2)
    assert {level: given.codes.tobytes() for level, given in SURVEY.answers.items()} == before
