"""Kano studies: every way in holds the same answers."""

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual.errors import ColumnPositionWarning, KanoError, SurveyError
from servqual.instruments import Instrument, Scale
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.words import KanoAnswer, kano_instrument
from servqual.statistics import WeightKind
from servqual.survey import Survey
from tests.satisfaction.kano_data import BACKENDS, COLUMNS, small

# like/dislike is 0 · 5 + 4, and so on; −1 no functional answer, −2 no dysfunctional one
PAIRS = [[4, 2, 9, 12, -1, 20], [2, 12, 12, 1, -2, 0]]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_frame_of_any_library_holds_pairs(backend: str) -> None:
    frame = BACKENDS[backend](small())
    study = KanoStudy.from_frame(
        frame, **COLUMNS, groups=["branch"], weights="times", weight_kind="frequency", importance="imp_{key}", missing=9
    )
    assert study.features == ("wait", "logo")
    np.testing.assert_array_equal(study.pairs, PAIRS)
    assert study.weight_kind is WeightKind.FREQUENCY
    assert study.grouping("branch").labels == ("north", "south", None)
    np.testing.assert_array_equal(study.importance, [[5, 4, 3, 5, np.nan, 1], [2, 2, np.nan, 1, 1, 3]])
    assert study.backend == backend
    assert type(study.to_table().to_frame()).__module__.startswith(backend)


def test_columns_are_named_in_every_way() -> None:
    frame = pd.DataFrame(small())
    functional, dysfunctional = ["kano_wait_f", "kano_logo_f"], ["kano_wait_d", "kano_logo_d"]
    ways: list[dict[str, Any]] = [
        {"features": ["wait", "logo"], **COLUMNS},
        {"features": ["wait", "logo"], "functional": functional, "dysfunctional": dysfunctional},
        {
            "features": {"wait": "the wait", "logo": "the logo"},
            "functional": dict(zip(["wait", "logo"], functional, strict=True)),
            "dysfunctional": dysfunctional,
        },
        {"features": kano_instrument(["wait", "logo"]), **COLUMNS},
    ]
    for way in ways:
        np.testing.assert_array_equal(KanoStudy.from_frame(frame, **way).pairs, PAIRS)


def test_patterns_by_position_that_stop_early_are_told() -> None:
    names = {"f1": [1, 2], "f2": [1, 2], "d": [5, 5]}
    with pytest.warns(ColumnPositionWarning, match="f2") as caught:
        study = KanoStudy.from_frame(pd.DataFrame(names), features=["one"], functional="f{n}", dysfunctional=["d"])
    assert caught[0].filename == __file__
    assert len(study) == 2


def test_any_coding_will_do() -> None:
    given = small()
    frame = pd.DataFrame(given)
    turned = frame.assign(**{name: 6 - frame[name] for name in given if name.startswith("kano")})
    np.testing.assert_array_equal(KanoStudy.from_frame(turned, **COLUMNS, coding=(5, 4, 3, 2, 1)).pairs, PAIRS)
    words = ["gern", "muss", "egal", "geht", "nicht"]
    worded = pd.DataFrame({
        name: [None if np.isnan(each) else words[int(each) - 1] for each in frame[name]]
        for name in given if name.startswith("kano")
    })  # fmt: skip
    named = dict(zip(words, KanoAnswer, strict=True))
    np.testing.assert_array_equal(KanoStudy.from_frame(worded, **COLUMNS, words=named).pairs, PAIRS)
    np.testing.assert_array_equal(KanoStudy.from_frame(worded, **COLUMNS, coding=words).pairs, PAIRS)
    np.testing.assert_array_equal(KanoStudy.from_frame(worded, **COLUMNS, coding=named).pairs, PAIRS)


def test_own_words_come_beside_those_of_the_questionnaire() -> None:
    mixed = np.array([["gern"], ["like"], ["不满意"], ["dislike"], ["–"]], dtype=object)
    given: dict[str, Any] = {"words": {"gern": "like", "不满意": "dislike"}, "missing": "–"}
    study = KanoStudy.from_arrays(mixed, [[5]] * 5, **given)
    np.testing.assert_array_equal(study.pairs, [[4, 4, 24, 24, -1]])


def test_own_words_come_before_those_of_the_questionnaire() -> None:
    mixed = np.array([["dislike"], ["neutral"], ["like"]], dtype=object)
    study = KanoStudy.from_arrays(mixed, [[5]] * 3, words={"dislike": "live_with"}, missing="neutral")
    np.testing.assert_array_equal(study.pairs, [[19, -1, 4]])
    with pytest.raises(KanoError, match="missing: 'egal'; it means an answer or none, not both"):
        KanoStudy.from_arrays(mixed, [[5]] * 3, words={"egal": "neutral"}, missing="egal")


@pytest.mark.parametrize("way", ["value", "en", "zh"])
def test_answers_in_the_words_of_the_questionnaire_are_known(way: str) -> None:
    texts = [str(each) if way == "value" else getattr(each.label, way) for each in KanoAnswer]
    study = KanoStudy.from_arrays(np.array([[text] for text in texts]), [["dislike"]] * 5)
    np.testing.assert_array_equal(study.pairs, [[4, 9, 14, 19, 24]])


def test_several_values_may_mean_one_answer() -> None:
    coding = {1: "like", 2: "like", 3: "neutral", 4: "dislike", 9: "dislike"}
    study = KanoStudy.from_arrays([[1], [2], [3], [4]], [[9], [4], [3], [1]], coding=coding)
    np.testing.assert_array_equal(study.pairs, [[4, 4, 12, 20]])


def test_words_and_numbers_may_stand_in_one_column() -> None:
    mixed = np.array([["1"], [2], ["like"], ["-"], [None]], dtype=object)
    study = KanoStudy.from_arrays(mixed, [[5]] * 5, missing=("-", 8))
    np.testing.assert_array_equal(study.pairs, [[4, 9, 4, -1, -1]])


def test_arrays_hold_the_same_as_frames() -> None:
    frame = pd.DataFrame(small())
    functional, dysfunctional = (
        frame[[f"kano_{key}_{half}" for key in ("wait", "logo")]].to_numpy() for half in ("f", "d")
    )
    study = KanoStudy.from_arrays(
        functional, dysfunctional, features=["wait", "logo"], groups={"branch": small()["branch"]},
        weights=small()["times"], importance=frame[["imp_wait", "imp_logo"]].to_numpy(), missing=(9,),
    )  # fmt: skip
    same = KanoStudy.from_frame(
        frame, **COLUMNS, groups="branch", weights="times", importance="imp_{key}", missing=(9,)
    )
    for name in ("pairs", "weights", "importance"):
        np.testing.assert_array_equal(getattr(study, name), getattr(same, name))
    np.testing.assert_array_equal(study.grouping("branch").codes, same.grouping("branch").codes)
    assert KanoStudy.from_arrays(functional, dysfunctional).features == ("1", "2")


def surveys(**given: Any) -> tuple[Survey, Survey]:
    """Both halves of the small study as surveys; options go to the first."""
    frame = pd.DataFrame(small())
    instrument = kano_instrument({"wait": "the wait", "logo": "the logo"})
    one = Survey.from_frame(frame, instrument, perception="kano_{key}_f", **given)
    return one, Survey.from_frame(frame, instrument, perception="kano_{key}_d", groups=["branch"])


def test_two_surveys_of_one_instrument_are_a_study() -> None:
    study = KanoStudy.from_surveys(*surveys(groups=["times"], weights="times", importance="imp_{key}", missing=(9,)))
    np.testing.assert_array_equal(study.pairs, PAIRS)
    assert study.instrument.items[0].label.en == "the wait"
    assert set(study.groups) == {"times", "branch"}
    np.testing.assert_array_equal(study.weights, small()["times"])
    np.testing.assert_array_equal(study.importance, [[5, 4, 3, 5, np.nan, 1], [2, 2, np.nan, 1, 1, 3]])


def test_surveys_on_another_scale_are_read_by_their_coding() -> None:
    other = Instrument.define("own", {"all": ["wait"]}, scale=Scale(-2, 2), levels=["perception"])
    halves = (Survey.from_arrays(other, perception=each) for each in ([[2], [0]], [[-2], [-2]]))
    study = KanoStudy.from_surveys(*halves, coding=(2, 1, 0, -1, -2))
    np.testing.assert_array_equal(study.pairs, [[4, 14]])


def test_counts_are_a_study_without_respondents() -> None:
    study = KanoStudy.from_counts(
        {"grip": {"A": 7, "one_dimensional": 3}, "turn": {"Q": 1}}, labels={"turn": "turning"}
    )
    np.testing.assert_array_equal(study.counts, [[7, 3, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]])
    assert repr(study) == "<KanoStudy: counts of 2 features, 11 answers>"
    assert len(study) == 0
    assert study.to_table()["answers"] == (10.0, 1.0)
    assert [item.label.en for item in study.instrument.items] == ["grip", "turning"]
    with pytest.raises(KanoError, match="only respondents can be selected"):
        study.select([0])


def test_what_a_study_holds_is_told() -> None:
    study = KanoStudy.from_frame(pd.DataFrame(small()), features={"wait": "the wait", "logo": "logo"}, **COLUMNS)
    table = study.to_table(language="zh")
    assert table["label"] == ("the wait", "logo")
    assert table["pairs"] == (5, 5)
    assert (table["no_functional"], table["no_dysfunctional"], table["no_answer"]) == ((1, 0), (0, 1), (0, 0))
    assert repr(study) == "<KanoStudy: 6 respondents × 2 features>"
    assert "<table>" in study._repr_html_()


def test_some_respondents_are_a_study_of_their_own() -> None:
    study = KanoStudy.from_frame(
        pd.DataFrame(small()), **COLUMNS, groups=["branch"], weights="times", importance="imp_{key}"
    )
    north = study.select(branch="north")
    np.testing.assert_array_equal(north.pairs, np.array(PAIRS)[:, [0, 2, 4]])
    np.testing.assert_array_equal(north.weights, [1, 3, 2])
    np.testing.assert_array_equal(north.importance, [[5, 3, np.nan], [2, 9, 1]])
    assert north.grouping("branch").labels == ("north",)
    assert len(study.select([0, 1], branch=["north", "south"])) == 2
    with pytest.raises(SurveyError, match="branch='west'"):
        study.select(branch="west")
    with pytest.raises(KanoError, match=r"no 'brunch'.*did you mean branch"):
        study.select(brunch="north")


@pytest.mark.parametrize("again", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])  # noqa: S301 - own
def test_answers_stay_read_only(again: Any) -> None:
    given = np.array([[1, 2], [2, 3]])
    study = again(KanoStudy.from_arrays(given, given, weights=[1.0, 2.0]))
    given[0, 0] = 5
    assert study.pairs[0, 0] == 0
    for array in (study.pairs, study.weights):
        with pytest.raises(ValueError, match="read-only"):
            array[..., 0] = 1
