"""Batches in which nobody answered a level, or has a weight: read as they are, refused only where none does better."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Difference, Instrument, Level, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.engines.lone_batches import refuse_lacking
from servqual.engines.partials import Partial
from servqual.engines.recipes import Recipe
from servqual.engines.tracking import Tracker
from servqual.errors import SurveyError
from tests.engines.routes import STUDY, frame, in_memory, same_sums
from tests.scoring.hall import HALL

ANSWERS = frame().iloc[:40]
DESK = Instrument.define("desk", {"speed": ["wait", "tone"]}, scale=Scale.likert(7))


def recipe(**options: Any) -> Recipe:
    return Recipe.of(HALL, (Difference(),), options.pop("by", None), options)


@pytest.mark.parametrize("library", [lambda f: f, pl.from_pandas, pa.Table.from_pandas])
def test_one_respondent_at_a_time_is_all_at_once(library: Any) -> None:
    made = recipe(by="branch", weights="f", weight_kind="frequency")
    parts = [made.summary(library(ANSWERS.iloc[row : row + 1])) for row in range(len(ANSWERS))]
    options = {"by": "branch", "weights": "f", "weight_kind": "frequency"}
    same_sums(sum(part for part in parts if part is not None), in_memory(ANSWERS, (Difference(),), options))  # type: ignore[arg-type]


def test_a_silent_level_has_no_answers() -> None:
    survey = recipe().survey(ANSWERS.iloc[[7, 20]])
    assert np.isnan(survey.expectation().values).all()
    np.testing.assert_array_equal(survey.perception.values, STUDY.perceived[[7, 20]])
    nobody = recipe().survey(ANSWERS.iloc[[20]])
    assert np.isnan(nobody.perception.values).all()
    assert summarize(nobody, Difference()).tallies(Level.PERCEPTION).n.tolist() == [0] * 8


def test_points_that_stand_for_no_answer_are_not_taken_for_one() -> None:
    desk = Recipe.of(DESK, (Difference(),), None, {"missing": (1, 2), "already_reversed": True})
    columns = {"perception_wait": [1.0], "perception_tone": [2.0], "expectation_wait": [6.0], "expectation_tone": [7.0]}
    survey = desk.survey(pd.DataFrame(columns))
    assert np.isnan(survey.perception.values).all()
    assert survey.expectation().values.tolist() == [[6, 7]]


def test_levels_on_a_line_and_in_words() -> None:
    line = Instrument.define("line", {"speed": ["wait"]}, scale=Scale.percent(), levels=("perception", "expectation"))
    made = Recipe.of(line, (PerformanceOnly(),), None, {})
    given = pd.DataFrame({"perception_wait": [50.0, np.nan], "expectation_wait": [np.nan, 80.0]})
    parts = [made.summary(given.iloc[[row]]) for row in (0, 1)]
    whole = sum(part for part in parts if part is not None)
    assert isinstance(whole, Summary)
    assert whole.products.n.tolist() == [[1, 0], [0, 1]]
    refuse_lacking(whole)
    with pytest.raises(SurveyError, match="expectation: all answers missing; a level that was asked"):
        refuse_lacking(parts[0])  # type: ignore[arg-type]
    words = Recipe.of(DESK, (Difference(),), None, {"words": {"good": 6, "bad": 2}})
    texts = pd.DataFrame(
        {f"{level}_{key}": [None] for level in ("perception", "expectation") for key in ("wait", "tone")}
    )
    texts["perception_wait"] = "good"
    assert words.survey(texts.astype("str").replace("None", None)).perception.values[0, 0] == 6


def test_matrices_may_be_silent_as_well() -> None:
    tracker = Tracker(DESK, Difference())
    tracker.update({"perception": [[5, 6]], "expectation": [[np.nan, np.nan]]}, 1)
    tracker.update({"perception": [[None, None]], "expectation": [[7, 7]]}, 1)
    tracker.update({"perception": [[5, 4]], "expectation": [[7, 7]]}, 1)
    table = tracker.table()
    assert (table["n"][0], table["missing"][0], table["mean"][0]) == (1, 2, -2.5)


def test_a_level_that_nobody_answered_anywhere_is_refused_in_the_end() -> None:
    nobody = ANSWERS.assign(**{f"expectation_{key}": np.nan for key in HALL.item_keys})
    part = recipe().summary(nobody)
    with pytest.raises(SurveyError, match=r"expectation: all answers missing; .*Hint: leave the level out"):
        Partial(part, (), 40).result(set_aside_ok=False)


def test_weights_may_all_be_zero_in_a_part_and_not_in_the_whole() -> None:
    made = recipe(weights="f", weight_kind="frequency")
    part = made.summary(ANSWERS.assign(f=0))
    assert part is not None
    assert (len(part), part.tallies(Level.PERCEPTION).n.tolist()) == (40, [0] * 8)
    with pytest.raises(SurveyError, match="weights: all are zero; some row has a weight"):
        Partial(part, (), 40).result(set_aside_ok=False)
    tracker = Tracker(DESK, Difference())
    tracker.update({"perception": [[5, 6]], "expectation": [[6, 6]], "weights": [0.0]}, 1)
    assert tracker.table()["n"] == (0, 0, 0)


def test_what_else_is_wrong_is_told() -> None:
    wrong = ANSWERS.iloc[[7]].assign(perception_care1=99)
    with pytest.raises(SurveyError) as refused:
        recipe().survey(wrong)
    assert len(refused.value.problems) == 1
    assert "perception of item care1" in str(refused.value)
    with pytest.raises(SurveyError, match="perception"):
        Tracker(DESK, Difference()).update({"perception": [[99, 1]], "expectation": [[np.nan, np.nan]]}, 1)
    assert isinstance(recipe().survey(ANSWERS), Survey)
