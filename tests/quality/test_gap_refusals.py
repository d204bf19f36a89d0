"""Answers that gap tests cannot say anything of, and questions they refuse: each with its reason."""

from typing import Any

import numpy as np
import pytest

from servqual import (
    Adequacy,
    Difference,
    Instrument,
    Level,
    PerformanceOnly,
    Scale,
    Summary,
    Survey,
    Weighted,
    WeightKind,
    score,
    summarize,
)
from servqual.errors import JointAnswersError, LevelError, ModelError, SurveyError
from servqual.quality import GapVerdict, LevelScore, gap_models, gap_tests
from servqual.statistics import Adjustment, ArgumentError
from tests.quality.gaps_by_hand import number, reason, same
from tests.scoring.hall import HALL, study

DESK = Instrument.define("desk", {"speed": ["wait", "pay", "go"], "care": ["smile"]}, scale=Scale.likert(7))
ALIKE = "no variation: all answers compared are equal"


def desk(perceived: Any, expected: Any, **options: Any) -> Survey:
    return Survey.from_arrays(DESK, perception=perceived, expectation=expected, **options)


def test_gaps_that_are_all_the_same_have_no_t() -> None:
    """One of three items is short by one: −1/3 everywhere, of which sums leave a little rounding error."""
    expected = np.random.default_rng(1).integers(2, 8, (50, 4))
    found = gap_tests(desk(expected - [1, 0, 0, 0], expected))
    for key in ("wait", "pay", "speed", "overall"):
        row = found[key]
        assert [reason(each) for each in (row.t, row.p, row.low, row.p_holm)] == [ALIKE] * 4
        assert reason(row.dz) == reason(row.drm) == "the differences do not vary"
        assert row.verdict is GapVerdict.UNTESTED
        assert row.n == 50
    assert found["speed"].difference == pytest.approx(-1 / 3)
    assert number(found["speed"].dav) < 0
    assert found["speed"].superiority == 0
    assert reason(found["pay"].rank_p) == "no difference other than 0"
    assert number(found["wait"].rank_p) < 0.001  # ranks need no spread: all have fallen


def test_levels_that_do_not_vary() -> None:
    perceived = np.random.default_rng(1).integers(2, 8, (30, 4))
    row = gap_tests(desk(perceived, np.full((30, 4), 7)))["care"]
    assert number(row.dz) < 0
    assert row.dav == pytest.approx(2 * number(row.dz))
    assert reason(row.drm) == "one of the two levels does not vary"


def test_one_respondent_and_nobody() -> None:
    expected = np.array([[5.0, 6, 7, np.nan]])
    found = gap_tests(desk([[4.0, 4, 4, 4]], expected))
    assert (found["wait"].n, found["wait"].difference) == (1, -1)
    assert reason(found["wait"].p) == reason(found["wait"].dz) == reason(found["wait"].dav) == "fewer than two pairs"
    assert (found["smile"].n, reason(found["smile"].difference)) == (0, "no answers")
    assert reason(found["smile"].superiority) == "no answers"
    assert reason(found["smile"].rank_p) == "no difference other than 0"
    assert all(row.verdict is GapVerdict.UNTESTED for row in found)
    note = "not applicable, low, high, t, df, p, p_holm, p_bh, p_adjusted, dz, dav, drm: fewer than two pairs"
    assert note in found.to_table().notes


def test_one_cluster_and_clusters_that_are_alike() -> None:
    answers = np.random.default_rng(2).integers(1, 8, (2, 12, 4))
    alone = gap_tests(desk(*answers, cluster=["north"] * 12))["overall"]
    assert reason(alone.p) == reason(alone.se) == reason(alone.design_effect) == "fewer than two clusters"
    assert number(alone.dz)
    twice = np.concatenate([answers, answers], axis=1)
    row = gap_tests(desk(*twice, cluster=[1] * 12 + [2] * 12))["overall"]
    assert reason(row.p) == "all clusters have the same mean"


def test_respondents_of_weight_zero_take_no_part() -> None:
    answers = np.random.default_rng(3).integers(1, 8, (2, 20, 4))
    there = np.arange(20) % 3 > 0
    for kind in WeightKind:
        weighted = gap_tests(desk(*answers, weights=there * 2.0, weight_kind=kind))
        rows = gap_tests(desk(*answers[:, there], weights=np.full(there.sum(), 2.0), weight_kind=kind))
        same(weighted, rows)
    with pytest.raises(SurveyError, match="all 20 are zero"):
        desk(*answers, weights=np.zeros(20))


def test_a_sample_of_one() -> None:
    one, many = study(1, missing=0).survey(), study(20).survey()
    for visitors, public in ((one, many), (many, one)):
        row = gap_tests(Survey.unpaired(perception=visitors, expectation=public))["overall"]
        assert reason(row.p) == reason(row.ds) == reason(row.g) == "fewer than two answers in a sample"
        assert number(row.difference)


def test_a_summary_of_different_people_has_no_paired_effects() -> None:
    survey = Survey.unpaired(perception=study(20, 1).survey(), expectation=study(20, 2).survey())
    row = gap_tests(summarize(survey, Difference()))["overall"]
    assert reason(row.dz) == reason(row.dav) == "different people answered the two levels"
    assert number(row.ds)
    assert "needs the survey" in reason(row.rank_p)


@pytest.mark.parametrize("margin", [0, -0.5, (0.3, -0.3), float("nan")])
def test_a_margin_has_room_within(margin: Any) -> None:
    with pytest.raises(ArgumentError, match="margin"):
        gap_tests(study(20).survey(), margin=margin)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"confidence": 95}, ArgumentError, "pass 0.95"),
        ({"confidence": 1.0}, ArgumentError, "strictly between 0 and 1"),
        (
            {"adjust": "tukey"},
            ArgumentError,
            "adjust: 'tukey'; it is one of holm, hochberg, bonferroni, bh, by",
        ),
        ({"adjust": "FDR"}, ArgumentError, "adjust: 'FDR'; .* Hint: for the false discovery rate 'bh'"),
        ({"against": "perception"}, LevelError, "held against a level of expectation"),
        ({"against": "desired"}, LevelError, "no desired answers; the survey holds perception, expectation"),
        ({"against": "expectation", "model": Difference()}, ArgumentError, "a model names its level"),
        ({"model": PerformanceOnly()}, ModelError, "scores from 1 to 7; a gap has zero within its bounds"),
        ({"model": Difference}, ModelError, "the class Difference"),
        ({"model": Weighted(Difference())}, ModelError, "no importance in the survey"),
    ],
)
def test_questions_that_are_refused(asked: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        gap_tests(study(20).survey(), **asked)


def test_no_standard_was_asked() -> None:
    survey = Survey.from_arrays(HALL.asking("perception"), perception=study(20).perceived)
    with pytest.raises(LevelError, match="no level of expectation; there are answers to perception"):
        gap_tests(survey)
    with pytest.raises(LevelError, match="no expectation answers; the summary holds perception"):
        gap_tests(summarize(survey, PerformanceOnly()), against=Level.EXPECTATION)


def test_different_people_have_plain_differences_only() -> None:
    survey = Survey.unpaired(perception=study(20, 1).survey(), expectation=study(20, 2).survey())
    with pytest.raises(ModelError, match=r"weighted|such a model"):
        gap_tests(survey, model=Weighted(Difference(), points=(1.0, 2.0, 3.0)))


def test_summaries_that_do_not_hold_the_gap() -> None:
    survey = study(20).survey("branch")
    with pytest.raises(ModelError, match=r"summarize\(survey, \*gap_models\(\)"):
        gap_tests(summarize(survey, PerformanceOnly()), against="expectation")
    counts = Summary.from_counts(DESK, perception=np.ones((4, 7), int), expectation=np.ones((4, 7), int))
    with pytest.raises(JointAnswersError, match="no gap_tests"):
        gap_tests(counts)
    with pytest.raises(ArgumentError, match="a reading takes a Survey or a Summary"):
        gap_tests(survey.to_table())  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"source: a Scores; .*Hint: pass the survey that was scored"):
        gap_tests(score(survey, Difference()))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="did you mean care"):
        gap_tests(survey)["cares"]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"against": "desired"}, r"\*gap_models\('desired'\)"),
        ({"model": Adequacy()}, r"Adequacy\(\)"),
        ({}, r"\*gap_models\('desired'\)"),
    ],
)
def test_the_line_that_makes_the_summary_is_the_one_for_this_gap(asked: dict[str, Any], line: str) -> None:
    answers: dict[str, Any] = {
        level: study(20, seed).perceived for seed, level in enumerate(("perception", "desired", "adequate"))
    }
    survey = Survey.from_arrays(HALL.asking(*answers), **answers)
    with pytest.raises(ModelError, match=rf"Hint: summarize\(survey, {line}\)$"):
        gap_tests(summarize(survey), **asked)


def test_a_level_stands_beside_another() -> None:
    with pytest.raises(LevelError, match="leave beside= out"):
        LevelScore("ideal", beside="ideal")
    with pytest.raises(LevelError, match="held against a level of expectation"):
        gap_models("disconfirmation")
    assert gap_tests(study(20).survey(), adjust="bh").adjust is Adjustment.BH  # type: ignore[arg-type]
