"""Correlations of items, dimensions and the overall score against pandas, by every route."""

import json
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, PerformanceOnly, Summary, Survey, score, summarize
from servqual.errors import ArgumentError, JointAnswersError, LevelError
from servqual.quality.correlation_reading import NEEDS_ANSWERS, correlations
from servqual.quality.correlation_results import JointTable
from servqual.satisfaction import Covariances, drivers
from tests.scoring.hall import HALL, SCORES, Study, one_by_one, study

GAPPY, COMPLETE = study(200, seed=7), study(200, seed=8, missing=0.0)
ANSWERS = {"perception": "perceived", "expectation": "expected", "gap": "gaps"}


def scores_of(found: Any) -> JointTable:
    assert isinstance(found.scores, JointTable)
    return found.scores


def by_pandas(values: Any) -> tuple[Any, Any]:
    frame = pd.DataFrame(values)
    return frame.corr(min_periods=2).to_numpy(), frame.cov(min_periods=2).to_numpy()


@pytest.mark.parametrize("level", list(ANSWERS))
@pytest.mark.parametrize("made", [GAPPY, COMPLETE], ids=["gappy", "complete"])
def test_a_survey_s_correlations_are_those_of_its_scores(made: Study, level: str) -> None:
    found = correlations(made.survey(), level)
    items = getattr(made, ANSWERS[level])
    r, covariance = by_pandas(one_by_one(items)[:, :4])
    np.testing.assert_allclose(scores_of(found).correlation, r, rtol=1e-10)
    np.testing.assert_allclose(scores_of(found).covariance, covariance, rtol=1e-10)
    assert scores_of(found).keys == SCORES
    given = ~np.isnan(one_by_one(items)[:, :4])
    assert scores_of(found).pairs.tolist() == (given.T.astype(int) @ given).tolist()
    if level != "gap":
        np.testing.assert_allclose(found.items.correlation, by_pandas(items)[0], rtol=1e-10)


@pytest.mark.parametrize("level", list(ANSWERS))
def test_a_summary_of_batches_has_them_where_everybody_answered_all(level: str) -> None:
    survey = COMPLETE.survey()
    parts = [summarize(survey.select(np.arange(200) % 4 == part)) for part in range(4)]
    found = correlations(Summary.from_json(sum(parts[1:], parts[0]).to_json()), level)
    wanted = correlations(survey, level)
    for one, other in ((found.items, wanted.items), (scores_of(found), scores_of(wanted))):
        np.testing.assert_allclose(one.correlation, other.correlation, rtol=1e-10)
        np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-10)
    assert scores_of(found).n == 200


def test_respondents_who_answered_nothing_do_not_matter() -> None:
    answers = COMPLETE.perceived.copy()
    answers[:20] = np.nan
    found = correlations(summarize(Survey.from_arrays(HALL, perception=answers)))
    np.testing.assert_allclose(scores_of(found).correlation, by_pandas(one_by_one(answers)[:, :4])[0], rtol=1e-10)
    assert scores_of(found).n == 180
    # a level that they left out alone makes gaps uneven
    survey = Survey.from_arrays(HALL, perception=COMPLETE.perceived, expectation=answers)
    assert correlations(summarize(survey), "gap").scores == NEEDS_ANSWERS
    assert scores_of(correlations(survey, "gap")).n == 180


def test_where_some_left_out_items_a_summary_says_so() -> None:
    found = correlations(summarize(GAPPY.survey()))
    assert found.scores == NEEDS_ANSWERS
    table = found.to_table()
    assert table["key"] == SCORES
    assert set(table["overall"]) == {None}
    assert table.notes[-1] == (
        "some left out items, and then scores of dimensions need each person's answers: correlations(survey)"
    )
    assert found.to_table(language="zh").notes[-1].startswith("部分题项未回答")
    assert "each correlation is over those who have both" in found.to_table("items").notes[-1]
    np.testing.assert_allclose(found.items.correlation, by_pandas(GAPPY.perceived)[0], rtol=1e-10)


def test_frequencies_count_as_repeated_rows() -> None:
    found = correlations(GAPPY.survey("frequencies"))
    again = GAPPY.part(np.repeat(np.arange(200), GAPPY.frequencies))
    wanted = correlations(again.survey())
    for one, other in ((found.items, wanted.items), (scores_of(found), scores_of(wanted))):
        np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-10)
        assert one.pairs.tolist() == other.pairs.tolist()


def test_sampling_weights_weigh_and_say_what_respondents_are_worth() -> None:
    found = correlations(COMPLETE.survey("weights"))
    w, values = COMPLETE.weights, one_by_one(COMPLETE.perceived)[:, :4]
    wanted = np.cov(values.T, aweights=w, bias=True)
    spread = np.sqrt(wanted.diagonal())
    np.testing.assert_allclose(scores_of(found).correlation, wanted / np.outer(spread, spread), rtol=1e-10)
    assert scores_of(found).n == pytest.approx(w.sum() ** 2 / (w**2).sum())
    assert any("Kish" in note for note in found.to_table().notes)
    same = correlations(summarize(COMPLETE.survey("weights"), PerformanceOnly()))
    assert scores_of(same).n == pytest.approx(scores_of(found).n)
    bare = correlations(summarize(COMPLETE.survey("weights")))
    assert np.isnan(scores_of(bare).n)
    assert not any(note.startswith("n ") for note in bare.to_table().notes)


def test_shares_of_drivers_come_of_them() -> None:
    survey = COMPLETE.survey()
    found = scores_of(correlations(summarize(survey)))
    bridge = Covariances(found.keys, found.covariance, found.n)
    asked: dict[str, Any] = {"outcome": "room", "drivers": ["speed", "care"], "draws": 0}
    shares = [each.share for each in drivers(bridge, **asked)]
    assert shares == pytest.approx([each.share for each in drivers(survey, **asked)], rel=1e-9)
    assert shares == pytest.approx([each.share for each in drivers(summarize(survey), **asked)], rel=1e-9)


def test_what_does_not_vary_has_no_correlation() -> None:
    answers = COMPLETE.perceived.copy()
    answers[:, 7] = 4.0
    survey = Survey.from_arrays(HALL, perception=answers)
    for source in (survey, summarize(survey)):
        found = correlations(source)
        assert np.isnan(scores_of(found).correlation[2]).all()
        assert scores_of(found).between("speed", "speed") == 1.0
        assert found.to_table()["room"] == (None,) * 4


@pytest.mark.parametrize("n", [1, 2])
def test_one_respondent_has_no_correlations(n: int) -> None:
    survey = Survey.from_arrays(HALL, perception=COMPLETE.perceived[:n])
    for source in (survey, summarize(survey)):
        found = scores_of(correlations(source))
        assert found.n == n
        assert np.isnan(found.correlation).all() == (n == 1)


def test_where_nobody_is_left_there_are_no_correlations() -> None:
    answers = COMPLETE.perceived.copy()
    answers[1:] = np.nan
    parts = Survey.from_arrays(HALL, perception=answers).select(np.arange(200) > 0)
    for source in (parts, summarize(parts)):
        found = correlations(source)
        assert scores_of(found).n == 0
        assert set(found.to_table()["overall"]) == {None}


def test_levels_of_different_people_are_read_by_themselves() -> None:
    half = np.arange(200) < 80
    survey = GAPPY.survey()
    both = Survey.unpaired(perception=survey.select(half), expectation=survey.select(~half))
    found = correlations(both, "expectation")
    np.testing.assert_allclose(
        scores_of(found).correlation, by_pandas(one_by_one(GAPPY.expected[~half])[:, :4])[0], rtol=1e-10
    )
    with pytest.raises(LevelError, match="level: 'gap'; a reading is of answers at a level, or of gaps"):
        correlations(both, "gap")


def test_faces() -> None:
    found = correlations(COMPLETE.survey(), "gap")
    assert repr(found) == "<Correlations of 'hall', gap: 8 items, 3 dimensions>"
    assert repr(found.items) == "<JointTable of 8 columns: n 200>"
    assert found.to_table(language="zh")["label"] == ("快", "好", "大", "总体")
    assert found.to_table("items", "zh")["label"][0] == "speed 1"
    frame = found.to_frame()
    assert list(frame.columns) == ["first", "second", "correlation", "covariance", "n"]
    assert len(frame) == 6
    assert frame.loc[0, "correlation"] == scores_of(found).between("speed", "care")
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["reading"], told["of"], len(told["items"]["columns"]["first"])) == ("correlations", "gap", 28)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - made on this line
    assert not again.items.correlation.flags.writeable


def test_refusals() -> None:
    survey = COMPLETE.survey()
    with pytest.raises(LevelError, match="level: desired was not answered"):
        correlations(survey, "desired")
    with pytest.raises(ArgumentError, match="source: a Scores; a reading takes a Survey or a Summary"):
        correlations(score(survey, Difference()))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="what: 'dimensions'; it is one of scores, items"):
        correlations(survey).to_table("dimensions")
    for source in (summarize(survey, products=False), Summary.from_counts(HALL, perception=np.ones((8, 7), int))):
        with pytest.raises(
            JointAnswersError, match=r"no correlations; it needs the answers of one person side by side"
        ):
            correlations(source)
