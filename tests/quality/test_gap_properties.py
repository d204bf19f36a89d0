"""What gap tests keep whatever the answers are: signs, constants, repeated rows, merging, saving, the four faces."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from servqual import Difference, Level, PerformanceOnly, Scale, Summary, Survey, WeightKind, summarize
from servqual.quality import GapTests, GapVerdict, LevelScore, gap_models, gap_tests
from servqual.statistics import Adjustment, Inapplicable
from servqual.testing import check_scoring_model, surveys
from tests.quality.gaps_by_hand import number, reason, same, swapped
from tests.scoring.hall import HALL, study

FEW = settings(max_examples=5, deadline=None)
NO_RESPONDENTS = "a summary holds no respondent's score; it needs the survey"
BY_RESPONDENT = {
    "rank", "rank_p", "rank_p_adjusted", "rank_effect", "superiority", "superiority_low", "superiority_high",
}  # fmt: skip
LEVELS = (Level.PERCEPTION, Level.EXPECTATION)


def opposite(one: Any, other: Any) -> bool:
    """Whether one number is the other with its sign turned; what is not there has no sign."""
    if isinstance(one, Inapplicable) or isinstance(other, Inapplicable):
        return bool(one == other)
    return bool(one == pytest.approx(-other, rel=1e-9, abs=1e-12))


@FEW
@given(surveys(HALL, levels=LEVELS, weights=WeightKind.FREQUENCY, max_respondents=12))
def test_exchanging_the_levels_turns_the_sign(survey: Survey) -> None:
    for one, other in zip(gap_tests(survey), gap_tests(swapped(survey)), strict=True):
        for name in ("difference", "t", "dz", "dav", "drm", "rank_effect"):
            assert opposite(getattr(one, name), getattr(other, name)), name
        for name in ("p", "rank_p", "se", "n"):
            left, right = getattr(one, name), getattr(other, name)
            assert left == (right if isinstance(right, Inapplicable) else pytest.approx(right, rel=1e-9)), name
        if not isinstance(one.superiority, Inapplicable):
            assert one.superiority + number(other.superiority) == pytest.approx(1)
        sides = {GapVerdict.BELOW: GapVerdict.ABOVE, GapVerdict.ABOVE: GapVerdict.BELOW}
        assert sides.get(one.verdict, one.verdict) is other.verdict


def test_a_constant_added_to_both_levels_changes_nothing() -> None:
    rng = np.random.default_rng(4)
    answers = rng.integers(1, 8, (2, 30, 8))
    wide = HALL.__class__(HALL.name, HALL.dimensions, Scale.likert(9))
    first = Survey.from_arrays(wide, perception=answers[0], expectation=answers[1])
    moved = Survey.from_arrays(wide, perception=answers[0] + 2, expectation=answers[1] + 2)
    same(gap_tests(first), gap_tests(moved), but={"perceived", "standard"})


@FEW
@given(surveys(HALL, levels=LEVELS, weights=WeightKind.FREQUENCY, max_respondents=10))
def test_frequencies_are_repeated_rows(survey: Survey) -> None:
    assert survey.weights is not None
    rows = np.repeat(np.arange(len(survey)), survey.weights.astype(int))
    of: Any = {str(level): survey.level(level).numbers().T[rows] for level in LEVELS}
    if any(np.isnan(each).all() for each in of.values()):
        return
    same(gap_tests(survey), gap_tests(Survey.from_arrays(HALL, **of)))


@pytest.mark.parametrize("sides", [(), ("weights",), ("frequencies",), ("visit", "weights")])
def test_merged_summaries_say_what_the_survey_says(sides: tuple[str, ...]) -> None:
    whole = study(90, seed=11)
    parts = [summarize(whole.part(rows).survey(*sides), *gap_models()) for rows in np.array_split(np.arange(90), 4)]
    merged = sum(Summary.from_json(each.to_json()) for each in parts[::-1])
    assert isinstance(merged, Summary)
    found = gap_tests(merged, margin=0.5)
    same(found, gap_tests(whole.survey(*sides), margin=0.5), but=BY_RESPONDENT)
    for row in found:
        assert {reason(getattr(row, name)) for name in BY_RESPONDENT} == {NO_RESPONDENTS}
    assert any(NO_RESPONDENTS in note and "rank_p" in note for note in found.to_table().notes)


def test_merged_summaries_of_different_people_say_the_same() -> None:
    def batch(seed: int) -> Survey:
        visitors, public = study(30, seed=seed), study(20, seed=seed + 50)
        return Survey.unpaired(perception=visitors.survey("visit"), expectation=public.survey("visit"))

    merged = sum(summarize(batch(seed), *gap_models()) for seed in (1, 2))
    assert isinstance(merged, Summary)
    visitors, public = (
        np.concatenate([getattr(study(size, seed=seed), level) for seed in seeds])
        for size, seeds, level in ((30, (1, 2), "perceived"), (20, (51, 52), "expected"))
    )
    visits = [
        np.concatenate([study(size, seed=seed).visit for seed in seeds])
        for size, seeds in ((30, (1, 2)), (20, (51, 52)))
    ]
    whole = Survey.unpaired(
        perception=Survey.from_arrays(HALL, perception=visitors, cluster=visits[0]),
        expectation=Survey.from_arrays(HALL, expectation=public, cluster=visits[1]),
    )
    same(gap_tests(merged), gap_tests(whole), but=BY_RESPONDENT)
    assert reason(gap_tests(merged)["overall"].dz) == "different people answered the two levels"


def test_a_summary_by_groups_is_read_as_a_whole() -> None:
    survey = study(80, seed=3).survey("branch")
    same(gap_tests(summarize(survey, *gap_models(), by="branch")), gap_tests(survey), but=BY_RESPONDENT)


def test_one_model_gives_all_but_the_spread_of_both_levels() -> None:
    survey = study(40, seed=2).survey()
    found = gap_tests(summarize(survey, Difference()))
    lacking = {"perceived", "standard", "dav", "drm"}
    same(found, gap_tests(survey), but=BY_RESPONDENT | lacking)
    assert {reason(getattr(found["overall"], name)) for name in lacking} == {
        "the summary was made without the two levels, with one model of gap_models() instead of all"
    }


def test_a_summary_says_itself_which_gap_it_holds() -> None:
    survey = study(40, seed=2).survey()
    as_asked = Survey.from_arrays(
        HALL.asking("perception", "usual", "ideal"),
        perception=survey.perception.values,
        usual=survey.expectation().values,
        ideal=np.full((40, 8), 7),
    )
    same(gap_tests(summarize(as_asked, *gap_models("ideal"))), gap_tests(as_asked, against="ideal"), but=BY_RESPONDENT)
    assert gap_tests(as_asked)["overall"].p == gap_tests(survey)["overall"].p


def test_the_models_are_models() -> None:
    verdicts = check_scoring_model(LevelScore("perception", beside="desired"))
    assert not verdicts.failed, str(verdicts)
    assert gap_models("desired")[1:] == (LevelScore("perception", "desired"), LevelScore("desired", "perception"))


def test_the_four_faces() -> None:
    found = gap_tests(study(60, seed=5).survey("visit"), margin=1.0)
    assert repr(found).startswith("<hall: gap tests, Difference: 12 gaps, ")
    assert repr(found["overall"]).startswith("<GapTest of overall: ")
    table, frame = found.to_table(), found.to_frame()
    assert len(table) == len(frame) == len(found) == 12
    assert "rank_p" not in table.columns
    assert "design_effect" in table.columns
    assert "n_standard" not in table.columns
    assert set(table.columns) - {"label"} <= set(frame.columns)
    assert frame["n"].dtype.kind == "i"
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (record["reading"], record["margin"], record["adjust"]) == ("gap_tests", 1.0, "holm")
    assert record["columns"]["rank_p"] == [None] * 12
    assert "alike within clusters" in record["inapplicable"][0]["rank_p"]
    assert [row["key"] for row in record["inapplicable"]] == [row.key for row in found]


def test_tables_are_sorted_cut_and_told_in_chinese() -> None:
    found = gap_tests(study(60, seed=5).survey())
    differences = found.to_table("scores", worst_first=True)["difference"]
    assert list(differences) == sorted(differences)  # type: ignore[type-var]
    assert set(found.to_table("items")["about"]) == {"item"}
    told = found.to_table("scores", language="zh")
    assert told["label"] == ("快", "好", "大", "总体")
    assert set(told["verdict"]) <= {"不足", "超出", "未显示差异"}
    assert told.notes[0].startswith("difference：感知减去标准（期望的）")
    assert len(told.notes) == len(found.to_table("scores").notes)
    many = gap_tests(study(60, seed=5).survey(), adjust=Adjustment.BONFERRONI)
    assert "p_adjusted" in many.to_table().columns
    assert "p_adjusted" not in found.to_table().columns


def test_every_note_has_its_chinese() -> None:
    strange = Survey.from_arrays(HALL, perception=np.full((2, 8), 4), expectation=np.full((2, 8), 6), cluster=[1, 1])
    designs: list[Survey | Summary] = [
        study(30, seed=1).survey(*sides) for sides in ((), ("weights",), ("frequencies",))
    ]
    designs += [strange, summarize(study(30).survey("visit"), Difference())]
    designs += [Survey.unpaired(perception=study(9).survey(), expectation=study(8).survey())]
    for design in designs:
        found: GapTests = gap_tests(design, margin=0.3)
        assert all(note.zh and any(letter >= "\u4e00" for letter in note.zh) for note in found.told.notes), found.told
    assert PerformanceOnly() not in gap_models()
