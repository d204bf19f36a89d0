"""Bad input: everything that is wrong with sources is named, all at once."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Scale, Survey
from servqual.errors import GapModelError
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from tests.gap_model.companies import DESK, KEYS, SCALE, SEVEN, customers, figures, records


def told(make: Any) -> list[str]:
    with pytest.raises(GapModelError) as caught:
        make()
    return [str(each) for each in caught.value.problems]


def test_figures_that_cannot_be() -> None:
    counts, labels = {"speed": 10, "tone": 1}, {"tune": "x"}
    errors = {"speed": -0.1, "tne": 0.2}
    assert told(
        lambda: Source.from_means({"speed": 9, "tone": 5}, se=errors, n=counts, scale=SEVEN, labels=labels)
    ) == [
        "se: 'tne'; no such dimension. Hint: did you mean tone?",
        "se: none for 'tone'; every dimension has one.",
        "labels: 'tune'; labels name dimensions. Hint: did you mean tone?",
        ("mean of speed: 9; means lie on the scale 1..7. Hint: measure it on this scale, or name its own scale and use "
        "rescaled()"),
        "se of speed: -0.1; a standard error is finite and zero or more.",
    ]  # fmt: skip
    assert told(lambda: Source.from_means({"speed": 5}, se=0.2, n=1, scale=SEVEN)) == [
        (
            "n of speed: 1; the mean of one answer has no standard error. Hint: a document that says so for sure has "
            "se=0 and no n"
        )
    ]
    assert told(lambda: Source.from_means({"speed": 5}, se=0, n=0, scale=SEVEN)) == [
        "n of speed: 0; a mean is made of one answer at least. Hint: leave n out if unknown"
    ]
    listed: Any = [5, 4]
    ends: Any = (1, 7)
    assert told(lambda: Source.from_means(listed, se=0, scale=ends)) == [
        "scale: (1, 7); it is a Scale. Hint: Scale.likert(7), Scale(0, 10) or Scale.percent()",
        "mean: a list; it says dimension → mean. Hint: {'reliability': 5.4, …}",
    ]
    assert told(lambda: figures((5, 5)).rescaled(ends))[0].startswith("to: (1, 7); it is a Scale.")
    much: Any = "much"
    found = told(lambda: Source.from_means({"speed": float("nan")}, se=much, scale=SEVEN))
    assert found[0] == "se: 'much'; it is a number."
    assert told(lambda: Source.from_means({"speed": much}, se=0, scale=SEVEN)) == [
        "mean of speed: 'much'; it is a number."
    ]
    assert told(lambda: Source.from_means({}, se=0, scale=SEVEN)) == [
        "dimensions: none; a source says something of one dimension at least."
    ]
    assert told(lambda: Source.from_means({"overall": 5}, se=0, scale=SEVEN)) == [
        "dimensions: 'overall'; overall is formed of the dimensions. Hint: leave it out"
    ]


@pytest.mark.parametrize("given", [1.2, [[1, 0.5], [0.4, 1]], [[1, 2], [2, 1]], [1, 2, 3], np.eye(3), "high"])
def test_correlations_that_cannot_be(given: Any) -> None:
    (problem,) = told(lambda: figures((5, 5), 0.1, correlation=given))
    assert problem.startswith("correlation: ")


def test_a_source_made_by_hand_is_checked_too() -> None:
    parts: dict[str, Any] = {"dimensions": ["a", "a"], "mean": [1.0, 2.0], "n": [5, 5], "df": [4], "scale": SEVEN}
    assert told(lambda: Source(covariance=np.eye(2), **parts)) == [
        "df: shape (1,); for 2 dimensions it is (2,).",
        "dimensions: 'a' twice; every dimension stands once.",
    ]
    sound = {**parts, "dimensions": ["a", "b"], "df": [4, 4]}
    assert (
        told(lambda: Source(covariance=-np.eye(2), **sound))[0]
        == "covariance of a: -1; squared errors are zero or more."
    )


def test_records_that_cannot_be() -> None:
    frame = records(np.random.default_rng(80), 10, branch=["a"] * 9 + [None])
    frame.loc[4, "speed"] = 200.0
    frame["words"] = "good"
    found = told(
        lambda: Source.from_records(
            frame, {"speed": "speed", "tone": "tne", "care": "words"}, scale=SCALE, groups=["brnch"], cluster="branch"
        )
    )
    assert found == [
        "columns: no 'tne'; the frame has no such column. Hint: did you mean tone?",
        "columns: no 'brnch'; the frame has no such column. Hint: did you mean branch?",
        (
            "column speed: 1 off the scale: row 4 = 200; values lie on -100..100 (real-valued). Hint: name the "
            "scale that they are on, and use rescaled()"
        ),
        "column words (dimension care): no numbers; records hold a number for each dimension, or nothing.",
        "cluster branch: rows without a label; every row belongs to a cluster.",
    ]
    assert told(lambda: Source.from_records([1, 2], KEYS, scale=SCALE))[0].startswith("frame: a list")
    assert told(lambda: Source.from_records(frame, KEYS, scale=SCALE, groups="branch")) == [
        "groups: 'branch'; columns are a list. Hint: groups=['branch']"
    ]
    assert told(lambda: Source.from_records(frame, ["speed", "speed"], scale=SCALE)) == [
        "dimensions: 'speed' twice; every dimension stands once."
    ]
    assert told(lambda: Source.from_records(frame, "speed", scale=SCALE)) == [
        "columns: 'speed'; columns are a list. Hint: ['speed']"
    ]
    assert told(lambda: Source.from_records(frame, [], scale=SCALE)) == [
        "dimensions: none; a source says something of one dimension at least."
    ]


def test_one_answer_is_not_enough() -> None:
    hint = "the error of a mean needs two at least. Hint: a figure without spread: Source.from_means(…, se=0)"
    alone = Survey.from_arrays(DESK.asking("perception"), perception=np.ones((1, 3)))
    assert told(lambda: Source.from_survey(alone, "perception")) == [
        f"perception answers, {key}: 1 with an answer; {hint}" for key in KEYS
    ]
    frame = pd.DataFrame({"speed": [5.0, None, None], "tone": [1.0, 2.0, 3.0], "branch": ["a"] * 3})
    assert told(lambda: Source.from_records(frame, KEYS, scale=SEVEN)) == [f"records, speed: 1 with an answer; {hint}"]
    assert told(lambda: Source.from_records(frame, ["tone"], scale=SEVEN, cluster="branch")) == [
        f"clusters of records, tone: 1 with an answer; {hint}"
    ]
    assert told(lambda: GapModel(perceived=alone, expected=figures((5, 5), scale=SCALE)))[0].startswith(
        "perceived: perception answers, speed: 1 with an answer"
    )


def test_sources_that_do_not_match_are_named() -> None:
    other = Source.from_means({"speed": 5, "price": 4}, se=0, scale=Scale.percent())
    assert told(lambda: GapModel(expected=figures((5, 5)), delivered=other)) == [
        "delivered: without tone, with price; all sources have the dimensions of expected: speed, tone.",
        (
            "delivered: on 0..100 (real-valued); expected is on 1..7. Hint: say so where both mean the same: "
            "source.rescaled(Scale(1, 7, step=1.0))"
        ),
    ]


def test_a_survey_on_another_scale_is_told_how_it_is_carried_over() -> None:
    survey = customers(np.random.default_rng(84), 10)
    (problem,) = told(lambda: GapModel(expected=figures((5, 5)), perceived=survey))
    assert problem.endswith("say so where both mean the same: Source.from_survey(…).rescaled(Scale(1, 7, step=1.0))")


def test_sources_that_are_none_or_too_few() -> None:
    rule = "a gap has two ends, out of expected, understood, specified, delivered, perceived"
    assert told(GapModel) == [f"sources: none; {rule}."]
    assert told(lambda: GapModel(delivered=figures((5, 5)), promised=figures((5, 5)))) == [
        f"sources: delivered, promised; {rule}."
    ]
    assert told(lambda: GapModel(expected=figures((5, 5)), perceived=figures((5, 5)), promised=figures((5, 5)))) == [
        (
            "promised: without delivered; a promise is held against what is delivered. Hint: pass delivered= as well, "
            "or leave promised= out"
        )
    ]
    strange: Any = {"speed": 5}
    assert told(lambda: GapModel(expected=strange, perceived=figures((5, 5)))) == [
        "expected: a dict; it is a Survey or a Source. Hint: Source.from_means(…), Source.from_records(…)"
    ]


def test_a_survey_of_several_levels_needs_to_say_which() -> None:
    survey = customers(np.random.default_rng(81), 10)
    assert told(lambda: GapModel(expected=survey, delivered=survey)) == [
        (
            "delivered: a survey of perception, expectation; one of its levels is meant. Hint: "
            "Source.from_survey(survey, level='perception')"
        )
    ]
    wished = Survey.from_arrays(DESK.asking("expectation"), expectation=np.random.default_rng(82).uniform(1, 6, (5, 3)))
    assert told(lambda: GapModel(expected=survey, perceived=wished))[0].startswith("perceived: a survey of expectation")
    # the only level of a survey is meant, whatever it is called
    assert GapModel(understood=wished, specified=wished, delivered=wished).gaps()["gap_2"].se == 0


def test_one_frame_read_in_two_ways_is_refused() -> None:
    frame = records(np.random.default_rng(83), 12, branch=["a", "b", "c"] * 4)
    done = Source.from_records(frame, KEYS, scale=SCALE, cluster="branch", groups=["branch"])
    said = Source.from_records(frame, KEYS, scale=SCALE)
    assert told(lambda: GapModel(specified=done, delivered=said)) == [
        "delivered: cluster=None; it shares its rows with specified, which has cluster='branch'.",
        "delivered: groups=[]; it shares its rows with specified, which has groups=['branch'].",
    ]
