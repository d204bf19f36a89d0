"""The critic: what it finds in the kiosk study and in surveys with planted faults, and what it cannot look for."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from servqual import Difference, Instrument, Label, PerformanceOnly, Scale, Summary, Survey, simulate, summarize
from servqual.errors import JointAnswersError
from servqual.quality import Critique, Finding, FindingKind, Severity, Thresholds, critique
from servqual.quality.critic_words import WORDS
from servqual.quality.moment_regression import FTest
from servqual.statistics import ArgumentError
from tests.quality.kiosk_study import kiosk
from tests.scoring.hall import study

Array = npt.NDArray[Any]
DESK = Instrument.define(
    "desk",
    {"speed": ["a", "b", "c", "d"], "care": ["e", "f", "g", "h"]},
    scale=Scale.likert(7),
    labels={"speed": Label("speed", "速度"), "care": Label("care", "关怀")},
)
SOUND: dict[str, Any] = {"means": {"perception": 4.2, "expectation": 4.6}, "item_correlation": 0.7}


def desk(n: int = 600, seed: int = 1, **options: Any) -> Survey:
    return simulate.survey(DESK, n, rng=seed, **(SOUND | options))


def again(survey: Survey, perception: Array | None = None, expectation: Array | None = None, **options: Any) -> Survey:
    """The survey with other answers, or with something beside them."""
    return Survey.from_arrays(
        survey.instrument,
        perception=survey.perception.values if perception is None else perception,
        expectation=survey.expectation().values if expectation is None else expectation,
        **options,
    )


def kinds(found: Critique) -> set[str]:
    return {str(finding.kind) for finding in found}


def the(found: Critique, kind: FindingKind) -> Finding:
    (finding,) = (finding for finding in found if finding.kind is kind)
    return finding


def test_the_kiosk_study(shared: Path) -> None:
    survey, total = kiosk(shared, "dimension8")
    found = critique(survey, criterion=total)
    worst = found.findings[0]
    assert worst.kind is FindingKind.PERCEPTION_EXPLAINS_MORE
    assert worst.severity is Severity.SERIOUS
    assert "Mean perception correlates 0.60 with the criterion, the mean gap 0.49 (194 respondents)" in worst.meaning.en
    assert "感知均值与效标的相关为0.60，差距均值为0.49（194名受访者）" in worst.meaning.zh
    assert found.explained is not None
    assert (found.explained.r_perception, found.explained.r_gap) == pytest.approx((0.6047, 0.4889), abs=5e-5)
    assert "0.0% of the criterion's variance" in the(found, FindingKind.EXPECTATION_ADDS_NOTHING).meaning.en
    assert "are 0.59 and 0.02 (F(1, 191) = 38.14" in the(found, FindingKind.DIFFERENCE_IMPOSED).meaning.en
    johns = the(found, FindingKind.UNRELIABLE_DIFFERENCE)
    assert johns.evidence_text().startswith("reliability of the gap (Johns): tangibles 0.33, playfulness 0.48, ")
    assert "Johns' formula takes these errors as independent across the levels" in johns.meaning.en
    assert (
        "80% of the answers on what is expected of security" in the(found, FindingKind.EXPECTATION_CEILING).meaning.en
    )
    assert "Alpha of tangibles (expected) is 0.43" in the(found, FindingKind.WEAK_DIMENSION).meaning.en
    assert found.sound[-1] is FindingKind.MISSING_NOT_AT_RANDOM


def test_a_sound_survey_has_no_findings() -> None:
    found = critique(desk())
    assert len(found) == 0
    assert str(found).startswith("Nothing found that speaks against these numbers.")
    assert "not looked for (no criterion was given: criterion=…): Perception explains" in str(found)
    assert repr(found) == "<Critique of 'desk', 600 respondents: nothing found>"


def test_a_criterion_made_of_the_gap_speaks_for_the_gap() -> None:
    survey = desk(level_correlation=0.0)
    gap = (survey.perception.values - survey.expectation().values).mean(axis=1)
    rng = np.random.default_rng(2)
    found = critique(survey, criterion=gap + rng.normal(0, 0.3, 600))
    assert not kinds(found) & {"perception_explains_more", "expectation_adds_nothing", "difference_imposed"}
    assert found.explained is not None
    assert found.explained.r_gap > found.explained.r_perception


def test_a_criterion_that_nothing_explains_says_nothing() -> None:
    noise = np.random.default_rng(7).normal(size=20_000)
    found = critique(desk(20_000), criterion=noise)
    assert found.explained is not None
    reasons = {each.reason.en for each in found.unchecked if each.kind is FindingKind.EXPECTATION_ADDS_NOTHING}
    assert reasons == {"perception and expectation explain nothing of the criterion"}


def test_few_respondents_make_a_note_of_what_many_would_make_a_warning() -> None:
    survey = desk(40)
    seen, held = survey.perception.values.mean(axis=1), survey.expectation().values.mean(axis=1)
    found = critique(survey, criterion=seen - 0.4 * held + np.random.default_rng(1).normal(0, 1.5, 40))
    finding = the(found, FindingKind.EXPECTATION_ADDS_NOTHING)
    assert finding.severity is Severity.NOTE


def test_a_curved_criterion_is_told() -> None:
    survey = desk()
    gap = (survey.perception.values - survey.expectation().values).mean(axis=1)
    noise = np.random.default_rng(3).normal(0, 0.2, 600)
    found = critique(survey, criterion=gap + (gap - gap.mean()) ** 2 + noise)
    assert "is curved (F(3, 594) = " in the(found, FindingKind.DIFFERENCE_IMPOSED).meaning.en
    exact = critique(survey, criterion=gap**2).explained
    assert exact is not None
    assert isinstance(exact.curvature, FTest)
    assert exact.curvature.p_value == 0


def test_ceiling() -> None:
    survey = desk()
    high = survey.expectation().values.copy()
    high[:400, :4] = 7
    finding = the(critique(again(survey, expectation=high)), FindingKind.EXPECTATION_CEILING)
    assert finding.severity is Severity.WARNING
    assert finding.evidence[0].about == Label("speed", "速度")
    assert finding.evidence[0].value == (high[:, :4] == 7).mean()


def test_weak_dimensions_single_items_and_unreliable_gaps() -> None:
    mixed = Instrument.define("mixed", {"weak": ["a", "b", "c"], "alone": ["d"]}, scale=Scale.likert(7))
    survey = simulate.survey(mixed, 400, item_correlation=0.1, level_correlation=0.6, rng=1, means=SOUND["means"])
    found = critique(survey)
    weak = the(found, FindingKind.WEAK_DIMENSION)
    assert weak.severity is Severity.SERIOUS
    assert "expected" in weak.evidence_text()
    assert "One item is all there is of alone" in the(found, FindingKind.ONE_ITEM_DIMENSION).meaning.en
    gaps = the(found, FindingKind.UNRELIABLE_DIFFERENCE)
    assert gaps.severity is Severity.SERIOUS
    assert gaps.meaning.en.endswith("this number is too low: compare the alpha of the gap itself.")
    assert gaps.meaning.zh.endswith("此数便偏低：请对照差距自身的alpha。")
    assert [finding.severity.rank for finding in found] == sorted(finding.severity.rank for finding in found)


def test_dimensions_that_do_not_separate() -> None:
    finding = the(critique(desk(correlation=0.97)), FindingKind.DIMENSIONS_NOT_SEPARATE)
    assert finding.severity is Severity.SERIOUS
    assert "speed and care correlate 0.9" in finding.meaning.en
    assert finding.meaning.zh.startswith("速度与关怀")


def test_careless_answers() -> None:
    survey = desk(300)
    lazy = survey.perception.values.copy()
    lazy[:60] = 4
    finding = the(critique(again(survey, lazy)), FindingKind.CARELESS_ANSWERS)
    assert finding.severity is Severity.SERIOUS
    assert finding.meaning.en.startswith(f"{(np.ptp(lazy, axis=1) == 0).mean():.0%} of the respondents")


def test_clusters_that_are_ignored_and_clusters_that_are_declared() -> None:
    survey = desk(1000, clusters=20, icc=0.2)
    assert survey.cluster is not None
    declared = the(critique(survey), FindingKind.CLUSTERED_ANSWERS)
    assert declared.severity is Severity.NOTE
    assert "intervals of alpha and tests on a criterion do not" in declared.meaning.en
    ignored = the(critique(again(survey, groups={"branch": survey.cluster.codes})), FindingKind.CLUSTERED_ANSWERS)
    assert ignored.severity is Severity.SERIOUS
    assert "cluster='branch'" in ignored.remedy.en
    assert "20 groups of 50 on average" in ignored.meaning.en
    assert ignored.evidence == declared.evidence or ignored.evidence[0].value == declared.evidence[0].value


def test_segments_and_identifiers_are_no_clusters() -> None:
    survey = desk(400, clusters=4, icc=0.3)
    assert survey.cluster is not None
    sides = {"segment": survey.cluster.codes, "id": np.arange(400)}
    assert kinds(critique(again(survey, groups=sides))) == set()
    assert kinds(critique(again(survey, groups=sides), by="id")) == {"small_groups"}
    summary = summarize(again(survey, groups=sides), PerformanceOnly(), by=["segment", "id"])
    assert kinds(critique(summary)) == set()
    assert kinds(critique(summary, by="id")) == {"small_groups"}


def test_small_groups() -> None:
    survey = desk(200)
    branch = np.repeat(["north", "south", "west"], [185, 12, 3])
    finding = the(critique(again(survey, groups={"branch": branch})), FindingKind.SMALL_GROUPS)
    assert finding.severity is Severity.SERIOUS
    assert finding.meaning.en.startswith(
        "2 of 3 groups of branch have fewer than 30 respondents; with 3 the mean is known"
    )
    assert finding.evidence_text() == "respondents, branch: west 3, south 12"
    few = the(critique(desk(12)), FindingKind.SMALL_GROUPS)
    assert few.meaning.en.startswith("There are only 12 respondents: the mean is known to ±")
    alone = the(critique(again(desk(1))), FindingKind.SMALL_GROUPS)
    assert "without an interval" in alone.meaning.en
    assert "small_groups" not in kinds(critique(again(survey, groups={"branch": branch}), by=()))


def test_answers_that_are_missing_not_at_random() -> None:
    survey = desk(800)
    answers = survey.perception.values.copy()
    random = answers.copy()
    answers[answers.mean(axis=1) < 3.6, 2] = np.nan
    random[::5, 2] = np.nan
    finding = the(critique(again(survey, answers)), FindingKind.MISSING_NOT_AT_RANDOM)
    assert finding.meaning.en.startswith("Those who left out c (perceived) (")
    assert finding.evidence[0].value < -0.5
    assert "missing_not_at_random" not in kinds(critique(again(survey, random)))


def test_what_a_summary_cannot_give_is_said_by_name() -> None:
    survey = again(desk(300), groups={"branch": np.arange(300) % 2})
    parts = [summarize(survey.select(range(start, 300, 2)), PerformanceOnly(), by="branch") for start in range(2)]
    found = critique(parts[0] + parts[1])
    full = critique(survey)
    shared_kinds = {str(kind) for kind in FindingKind} - {"careless_answers"}
    assert kinds(found) & shared_kinds == kinds(full) & shared_kinds
    assert "not looked for (a summary holds no respondents): Careless answers" in found.notes()
    with pytest.raises(JointAnswersError, match="criterion"):
        critique(parts[0], criterion=np.ones(150))
    counts = critique(Summary.from_counts(DESK, perception=np.ones((8, 7), int), expectation=np.ones((8, 7), int)))
    assert {str(each.kind) for each in counts.unchecked} >= {"weak_dimension", "dimensions_not_separate"}
    bare = critique(summarize(survey, by="branch"))
    assert any("without PerformanceOnly()" in note for note in bare.notes())


def test_other_surveys_are_looked_at_as_far_as_they_go() -> None:
    seen = Survey.from_arrays(DESK.asking("perception"), perception=desk().perception.values)
    assert {str(each.kind) for each in critique(seen).unchecked} >= {"unreliable_difference", "expectation_ceiling"}
    apart = Survey.unpaired(perception=desk(300).select(range(150)), expectation=desk(300).select(range(150, 300)))
    found = critique(apart)
    reasons = {str(each.kind): each.reason.en for each in found.unchecked}
    assert reasons["careless_answers"] == "levels come from different people"
    with pytest.raises(JointAnswersError, match="different people"):
        critique(apart, criterion=np.ones(300))
    with pytest.raises(JointAnswersError, match="given for perception"):
        critique(seen, criterion=np.ones(600))
    for sides in (("weights", "visit"), ("frequencies", "branch"), ("weights", "branch")):
        assert isinstance(critique(study(200).survey(*sides), criterion=np.arange(200.0)), Critique)


def test_thresholds_can_be_moved_and_are_checked() -> None:
    assert "dimensions_not_separate" in kinds(critique(desk(), thresholds=Thresholds(htmt=0.3)))
    with pytest.raises(ArgumentError, match="2 problems"):
        Thresholds(alpha_serious=0.9, units=0)
    with pytest.raises(ArgumentError, match=r"ceiling: 1.5; it is a share between 0 and 1"):
        Thresholds(ceiling=1.5, ceiling_serious=1.7)


def test_every_finding_has_words_in_two_languages_and_a_reference() -> None:
    assert set(WORDS) == {str(kind) for kind in FindingKind}
    for words in WORDS.values():
        for label in (
            words.title,
            words.meaning,
            words.remedy,
            *(each for pair in words.variants.values() for each in pair),
        ):
            assert re.search("[\u4e00-\u9fff]", label.zh), label
            fields = [sorted(re.findall(r"{(\w+)", text)) for text in (label.en, label.zh)]
            assert fields[0] == fields[1], label
        assert re.search(r"\b(19|20)\d\d\b", words.reference)


def test_faces(shared: Path) -> None:
    survey, total = kiosk(shared, "dimension6")
    found = critique(survey, criterion=total, language="zh")
    assert found.to_table().title == "kiosk：评审意见"
    assert found.to_table()["severity"][0] == "严重"
    assert found.to_table("en")["finding"][0] == "Perception explains the criterion better than the gap"
    assert "{" not in found.text("en") + found.text("zh")
    assert len(found.to_frame()) == sum(len(finding.evidence) for finding in found)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["findings"][0]["severity"] == "serious"
    assert "<table>" in found._repr_html_()
    assert critique(summarize(survey, Difference())).respondents == 194
