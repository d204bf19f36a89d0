"""What a Kano study refuses: all of it at once, with place, value, rule and remedy."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual.errors import ArgumentError, KanoError
from servqual.instruments import Instrument, Scale
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.tables import EvaluationTable
from servqual.satisfaction.delight.words import kano_instrument
from servqual.survey import Survey
from tests.satisfaction.kano_data import COLUMNS, PUBLISHED, of_letters, refusal, small, told


def refused(columns: dict[str, Any] | None = None, **given: Any) -> KanoError:
    """The refusal of the small frame, some columns replaced, or left out where they are None."""
    cells = {name: values for name, values in {**small(), **(columns or {})}.items() if values is not None}
    return refusal(lambda: KanoStudy.from_frame(pd.DataFrame(cells), **{**COLUMNS, **given}))


def test_answers_outside_the_coding_are_counted_with_the_first_rows() -> None:
    error = refused({"kano_wait_f": [1, 9, 9, 0, 9, 1], "kano_logo_d": [5, 5, 5, 2.5, 5, 5]})
    told(
        error,
        "column kano_wait_f: 4 answers outside the coding: row 1 = 9, row 2 = 9, row 3 = 0, …; answers are 1 like, "
        "2 must_be, 3 neutral, 4 live_with, 5 dislike. Hint: if 9 means 'no answer', pass missing=(9,)",
        "column kano_logo_d: 1 answer outside the coding: row 3 = 2.5; answers are",
    )


def test_many_columns_outside_the_coding_are_one_problem() -> None:
    table = np.full((3, 5), 7)
    told(
        refusal(lambda: KanoStudy.from_arrays(table, np.ones((3, 5)))),
        "5 functional columns: 3 answers outside the coding: row 0 = 7, row 1 = 7, row 2 = 7 of functional answer to "
        "1; 15 in all",
    )


def test_unknown_words_are_told_with_those_that_are_known() -> None:
    words = ["like", "luv", "luv", "neutral", None, "like"]
    told(
        refused({"kano_wait_f": words}),
        "column kano_wait_f: 2 answers outside the coding: row 1 = 'luv', row 2 = 'luv'; answers are 1 like, "
        "2 must_be, 3 neutral, 4 live_with, 5 dislike. Hint: pass words={'luv': 'like', …}, or missing=('luv',)",
    )
    assert "words={'Must be': 'must_be', …}" in str(refused({"kano_wait_f": ["like", "Must be", *words[2:]]}))


def test_columns_without_a_pair_are_named() -> None:
    told(
        refused({"kano_wait_d": None, "kano_logo_f": None}),
        "functional columns: 1 without a pair: kano_wait_f; to each functional answer belongs a dysfunctional one, as "
        "'kano_wait_d'. Hint: name the features that have both: features=[…]",
        "dysfunctional columns: 1 without a pair: kano_logo_d; to each dysfunctional answer belongs a functional one",
    )
    told(
        refused({"kano_wait_d": None}, features=["wait", "logo"]),
        "dysfunctional: no column 'kano_wait_d'; every item needs a column of the data",
    )
    told(refused(functional="f_{key}", dysfunctional="d_{key}"), "columns: no column like 'f_{key}' or 'd_{key}'")
    told(refused(functional="kano_{n}_f"), "functional: 'kano_{n}_f'; features are found by a pattern with {key}")


def test_features_are_named_once_and_columns_serve_once() -> None:
    told(refused(features=["wait", "wait"]), "feature wait: named more than once; each feature is named once")
    told(refused(features="wait"), "items are a list, not one text")
    told(
        refused(
            features=["wait", "logo"], functional=["kano_wait_f"] * 2, dysfunctional=["kano_wait_d", "kano_logo_d"]
        ),
        "column kano_wait_f: used for functional more than once",
    )


def test_everything_is_told_at_once() -> None:
    error = refused(
        {"kano_wait_f": [7] * 6, "imp_logo": ["much"] * 6},
        coding=(1, 2, 3, 4, 5), missing=(1,), groups=["brunch"], weights="time", importance="imp_{key}",
    )  # fmt: skip
    told(
        error,
        "missing: 1; it means an answer or none, not both",
        "groups: no column 'brunch'",
        "weights: no column 'time'; what is named is a column of the data. Hint: did you mean times?",
        "importance column imp_logo: text such as 'much'",
        "column kano_wait_f: 6 answers outside the coding",
    )


@pytest.mark.parametrize(
    ("coding", "sentence"),
    [
        ((1, 2, 3), "coding: (1, 2, 3); there is one number or text for each answer"),
        ("12345", "coding: '12345'; there is one number or text for each answer"),
        ((1, 2, 2, 3, 4), "no two answers are coded alike"),
        ({1: "like", 2: "hate"}, "coding: 'hate'; it is one of the five Kano answers"),
        ({(1, 2): "like"}, "answers are coded as numbers or texts"),
    ],
)
def test_a_coding_that_is_none_is_refused(coding: Any, sentence: str) -> None:
    assert sentence in str(refused(coding=coding))


def test_words_name_answers() -> None:
    told(
        refused(words={"yes": "lik", "no": 5}),
        "words: 'lik'; it is one of the five Kano answers: like, must_be, neutral, live_with, dislike. "
        "Hint: did you mean like or dislike?",
        "words: 5; it is one of the five Kano answers: like, must_be, neutral, live_with, dislike.",
    )


def test_weights_and_their_kind_are_checked() -> None:
    assert "weights column times: 1 negative, first in row 0" in str(
        refused({"times": [-1, 2, 3, 1, 2, 1]}, weights="times")
    )
    assert "not whole" in str(refused({"times": [0.5] * 6}, weights="times", weight_kind="frequency"))
    told(refused(weight_kind="frequency"), "weight_kind: frequency; it says what weights mean")
    assert "weights are sampling weights or frequencies" in str(refused(weights="times", weight_kind="sample"))


def test_what_is_no_frame_is_refused() -> None:
    told(refusal(lambda: KanoStudy.from_frame([[1, 2]])), "frame: a list; a frame is a DataFrame")
    assert "KanoStudy.from_arrays" in str(refusal(lambda: KanoStudy.from_frame([[1, 2]])))


def test_a_study_without_a_whole_pair_is_refused() -> None:
    blank: list[Any] = [None] * 6
    told(refused({"kano_wait_f": blank, "kano_logo_d": blank}), "answers: no pair is whole; somebody gave both answers")


def test_arrays_that_do_not_fit_are_refused() -> None:
    told(refusal(lambda: KanoStudy.from_arrays([1, 2], [[1], [2]])), "functional: shape (2,); answers are a matrix")
    told(refusal(lambda: KanoStudy.from_arrays([[1], [2, 3]], [[1], [2]])), "functional: shape (0,)")
    told(
        refusal(lambda: KanoStudy.from_arrays([[1, 2]], [[1]])),
        "shapes: functional (1, 2), dysfunctional (1, 1); both answers are given by the same people",
    )
    told(
        refusal(lambda: KanoStudy.from_arrays([[1, 2]], [[1, 2]], features=["one"])),
        "shapes: 2 columns; there is a column for each of 1 features",
    )
    told(
        refusal(
            lambda: KanoStudy.from_arrays(
                [[1], [2]], [[5], [5]], groups={"branch": ["a"]}, weights=[1.0], importance=[[1, 2]]
            )
        ),
        "groups 'branch': 1 rows for 2 respondents; every part of a study has one row per respondent",
        "weights: 1 rows for 2 respondents",
        "importance: shape (1, 2); it has the shape of the answers, (2, 1)",
    )
    told(
        refusal(lambda: KanoStudy.from_arrays([[1]], [[5]], importance=[[np.inf]])),
        "importance of 1: 1 infinite; ratings are finite",
    )


def test_surveys_that_do_not_fit_are_refused() -> None:
    one = kano_instrument(["wait"])
    first = Survey.from_arrays(one, perception=[[1], [2]])
    two = Instrument.define("two", {"all": ["logo", "wait"]}, scale=Scale.likert(5), reverse=["logo"])
    other = Survey.from_arrays(
        two, perception=[[1, 2]], expectation=[[1, 2]], cluster=["a"],
    )  # fmt: skip
    told(
        refusal(lambda: KanoStudy.from_surveys(first, other)),
        "dysfunctional: levels perception, expectation; a survey of one half has one level",
        "dysfunctional: reversed items logo; Kano answers are not turned end for end",
        "dysfunctional: cluster 'cluster'; respondents of a Kano study count as independent",
    )
    told(refusal(lambda: KanoStudy.from_surveys(first, [[1]])), "dysfunctional: a list; it is a Survey")  # type: ignore[arg-type]
    third = Survey.from_arrays(kano_instrument(["logo"]), perception=[[1]])
    told(
        refusal(lambda: KanoStudy.from_surveys(first, third)),
        "instruments: items that only one has: logo, wait; both surveys ask the same features",
        "respondents: 2 functional, 1 dysfunctional; the same people answered both",
    )
    pair = kano_instrument(["a", "b"]), kano_instrument(["b", "a"])
    halves = [Survey.from_arrays(each, perception=[[1, 1]]) for each in pair]
    told(refusal(lambda: KanoStudy.from_surveys(*halves)), "instruments: items in different orders")


def test_surveys_that_contradict_each_other_are_refused() -> None:
    def half(weight: float, label: str, rating: float) -> Survey:
        return Survey.from_arrays(
            kano_instrument(["wait", "logo"]), perception=[[1, 2], [2, 2]], weights=[1.0, weight],
            groups={"g": ["a", label]}, importance=[[1.0, 2.0], [rating, 3.0]],
        )  # fmt: skip

    told(
        refusal(lambda: KanoStudy.from_surveys(half(1, "a", 2), half(2, "b", 3))),
        "groups 'g': different in both surveys; where both surveys have them, they are the same",
        "weights: different in both surveys",
        "importance: different in both surveys",
    )
    assert KanoStudy.from_surveys(half(1, "a", 2), half(1, "a", 2)).weights is not None


def test_importance_of_dimensions_is_no_importance_of_features() -> None:
    instrument = Instrument.define("two", {"a": ["x", "y"], "b": ["z"]}, scale=Scale.likert(5), levels=["perception"])
    points = Survey.from_arrays(instrument, perception=[[1, 1, 1]], importance=[[60, 40]])
    plain = Survey.from_arrays(instrument, perception=[[5, 5, 5]])
    told(
        refusal(lambda: KanoStudy.from_surveys(points, plain)),
        "functional: importance over dimensions; importance is stated of each feature",
    )


def test_counts_that_are_none_are_refused() -> None:
    told(refusal(lambda: KanoStudy.from_counts({})), "counts: {}; counts are a mapping of feature")
    told(
        refusal(
            lambda: KanoStudy.from_counts(
                {
                    "a": {"A": 1, "X": 2},
                    "b": {"A": 1, "attractive": 2},
                    "c": np.ones((4, 5)),
                    "d": {"A": -1, "O": 0.5},
                    "e": {"A": 0},
                    "f": {"A": "many"},  # type: ignore[dict-item]
                },
                labels={"g": "gee"},
            )
        ),
        "labels: no 'g'; labels are those of features",
        "feature a: 'X'; a category is one of attractive",
        "feature b: attractive twice; each category is counted once",
        "feature c: shape (4, 5); a table has a row for each functional answer",
        "feature d: -1, 0.5; counts are whole numbers, 0 or more. Hint: shares become counts",
        "feature e: all counts are 0; somebody answered each feature",
        "feature f: ['many', '0', '0', '0', '0', '0']",
    )
    told(
        refusal(lambda: KanoStudy.from_counts({"a": {"A": 1}, "b": np.ones((5, 5))})),
        "counts: pairs of answers for some, categories for others",
    )


def test_a_study_is_made_by_its_doors() -> None:
    told(refusal(lambda: KanoStudy(kano_instrument(["wait"]))), "study: neither; a study holds pairs or counts")


def test_segments_of_one_are_refused_all_at_once() -> None:
    study = of_letters("AOMIA", groups={"g": ["a", "b", "c", "c", None], "one": [1] * 5})
    told(
        refusal(lambda: kano(study, by="g")),
        "segment a of g: 1 respondent; a segment has two or more. Hint: join it with another, or leave it out: "
        "study.select(g=[…])",
        "segment b of g: 1 respondent",
    )
    told(refusal(lambda: kano(study, by="one")), "by one: 1 segment; segments are two or more")
    told(refusal(lambda: kano(study, by="h")), "groups: no 'h'; only columns read as groups can be grouped by")
    told(refusal(lambda: kano(of_letters("AO"), by="h")), "read it with groups=['h']")
    told(refusal(lambda: kano(study, by=["g"])), "by: ['g']; segments are those of one column")  # type: ignore[arg-type]
    weightless = of_letters("AOMI", groups={"g": ["a", "a", "b", "b"]}, weights=[1, 1, 0, 0])
    told(refusal(lambda: kano(weightless, by="g")), "segment b of g: nobody with a weight")
    told(refusal(lambda: kano(KanoStudy.from_counts(PUBLISHED), by="g")), "by: 'g', in a study of counts")


def test_a_frequency_makes_a_segment_of_several() -> None:
    study = of_letters("AOM", groups={"g": ["a", "b", "b"]}, weights=[2, 1, 1], weight_kind="frequency")
    assert kano(study, by="g").of("a", "it").n == 2


def test_what_a_reading_cannot_use_is_refused() -> None:
    study = KanoStudy.from_counts(PUBLISHED)
    told(refusal(lambda: kano([1])), "study: a list; it is a KanoStudy")  # type: ignore[arg-type]
    told(
        refusal(lambda: kano(study, table=EvaluationTable.standard(), rules={})),  # type: ignore[arg-type]
        "table: given beside counts of categories",
        "rules: a dict; it is of KanoRules",
    )
    told(refusal(lambda: kano(of_letters("A"), table="standard")), "table: a str")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="confidence: 95"):
        kano(study, confidence=95)
    with pytest.raises(ArgumentError, match=r"adjust: 'holmes'.*did you mean holm"):
        kano(study, adjust="holmes")
    with pytest.raises(ArgumentError, match="rng: None; what is drawn at random has a seed"):
        kano(study, draws=100)
    with pytest.raises(ArgumentError, match="draws: 1"):
        kano(study, draws=1, rng=1)


def test_cuts_that_cannot_be_are_refused_together() -> None:
    told(
        refusal(lambda: KanoRules(strength=6, fong=-1, position=5)),
        "strength: 6; it is a number from 0 to 1. Hint: write 0.06 for 6 %",
        "fong: -1; it is a number from 0 to 10",
        "position: 5; it is a number from 0 to 4",
    )
    error = refusal(lambda: KanoRules(leader="fongs"))
    told(error, "leader: 'fongs'; a category leads by one of two rules: strength, fong. Hint: did you mean fong?")
