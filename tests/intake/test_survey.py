"""A survey: what it shows of itself, parts of it, and samples of different people stacked into one."""

import copy
import pickle
from typing import Any

import numpy as np
import pytest

from servqual import Instrument, Level, Scale, Survey
from servqual.errors import CrossedZonesError, CrossedZonesWarning, GroupError, LevelError, SurveyError
from tests.intake.desk import (
    BRANCH,
    DESK,
    EXPECTED,
    EXPECTED_CODES,
    PERCEIVED,
    PERCEIVED_CODES,
    codes,
    desk_columns,
    frame_of,
    is_the_study,
    numbers,
)

P, E = numbers(PERCEIVED), numbers(EXPECTED)
POINTS = np.array([[50.0, 50], [60, 40], [100, 0], [20, 80]])
STUDY = Survey.from_arrays(
    DESK, perception=P, expectation=E, weights=[1, 2, 3, 4], groups={"branch": BRANCH}, cluster=[7, 7, 9, 8],
    importance=POINTS,
)  # fmt: skip
ZONES = Instrument.define(
    "zones", {"one": ["a", "b"]}, scale=Scale.likert(9), levels=["perception", "desired", "adequate"]
)


def test_a_survey_says_what_it_holds() -> None:
    assert repr(STUDY) == "<Survey of 'desk': 4 respondents × 3 items; perception, expectation>"
    assert len(STUDY) == 4
    assert STUDY.levels == (Level.PERCEPTION, Level.EXPECTATION)


def test_its_table_counts_answers(backend: str) -> None:
    table = Survey.from_frame(frame_of(desk_columns(), backend), DESK).to_table()
    assert table["level"] == ("perception",) * 3 + ("expectation",) * 3
    assert table["item"] == ("wait", "queue", "tone") * 2
    assert table["answered"] == (3, 3, 4, 4, 4, 3)
    assert table["missing"] == (1, 1, 0, 0, 0, 1)
    assert table.to_frame().shape == (6, 4)
    assert type(table.to_frame()).__module__.startswith(backend)


def test_public_views_are_respondents_by_items_with_turned_items() -> None:
    np.testing.assert_array_equal(STUDY.perception.values, [[5, 7, 7], [6, np.nan, 4], [2, 1, 3], [np.nan, 5, 1]])
    np.testing.assert_array_equal(STUDY.expectation().values, [[7, 6, 7], [6, 7, 7], [7, 7, np.nan], [5, 4, 6]])
    assert STUDY.perception.scale == Scale.likert(7)
    assert STUDY.expectation("expectation").level is Level.EXPECTATION


def test_the_zone_lies_between_adequate_and_desired() -> None:
    survey = Survey.from_arrays(ZONES, perception=[[5, 6]], desired=[[8, 9]], adequate=[[6, 4]])
    assert survey.zone.width.tolist() == [[2, 5]]
    np.testing.assert_array_equal(survey.zone.adequate.values, [[6, 4]])
    np.testing.assert_array_equal(survey.zone.desired.values, [[8, 9]])


def test_crossed_zones_need_consent() -> None:
    crossed: Any = {"desired": [[8, 3]], "adequate": [[6, 4]]}
    with pytest.raises(CrossedZonesError):
        _ = Survey.from_arrays(ZONES, **crossed).zone
    with pytest.warns(CrossedZonesWarning):
        assert Survey.from_arrays(ZONES, inverted_ok=True, **crossed).zone.width.shape == (1, 2)


def test_a_zone_needs_both_of_its_levels() -> None:
    with pytest.raises(LookupError, match=r"no adequate answers; it holds perception, expectation"):
        _ = STUDY.zone
    with pytest.raises(LevelError, match="no desired answers"):
        STUDY.expectation(Level.DESIRED)


@pytest.mark.parametrize("rows", [[2, 0], [2, -4], np.array([2, 0]), (2, 0)])
def test_some_respondents_may_be_taken_by_position(rows: Any) -> None:
    part = STUDY.select(rows)
    assert codes(part) == [[row[2], row[0]] for row in PERCEIVED_CODES]
    assert codes(part, Level.EXPECTATION) == [[row[2], row[0]] for row in EXPECTED_CODES]
    assert part.weights is not None
    assert part.weights.tolist() == [3, 1]
    assert part.grouping("branch").labels == ("south", None)
    assert part.grouping("branch").codes.tolist() == [1, 0]
    assert part.cluster is not None
    assert (part.cluster.labels, part.cluster.codes.tolist()) == ((7, 9), [1, 0])
    assert part.importance is not None
    assert part.importance.values.tolist() == [[100, 0], [50, 50]]


def test_gaps_are_those_of_the_respondents_taken() -> None:
    assert STUDY.select([0, 2]).answers[Level.PERCEPTION].has_missing.tolist() == [False, False, False]
    assert STUDY.select([0, 3]).answers[Level.PERCEPTION].has_missing.tolist() == [True, False, False]


@pytest.mark.parametrize("mask", [[True, False, True, False], np.array([1, 0, 1, 0], bool)])
def test_some_respondents_may_be_taken_by_a_mask(mask: Any) -> None:
    assert codes(STUDY.select(mask)) == [row[::2] for row in PERCEIVED_CODES]


def test_some_respondents_may_be_taken_by_group() -> None:
    assert codes(STUDY.select(branch="south")) == [[row[0], row[3]] for row in PERCEIVED_CODES]
    assert codes(STUDY.select([3, 2, 1], branch="south")) == [[row[3]] for row in PERCEIVED_CODES]
    assert codes(STUDY.select(branch=None)) == [[row[2]] for row in PERCEIVED_CODES]


def test_all_may_be_taken() -> None:
    assert is_the_study(STUDY.select())


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([True, False], "a mask of shape (2,)"),
        ([4], "position 4"),
        ([-5], "position -5"),
        ([0.5], "float64"),
        ([False] * 4, "nobody is left"),
    ],
)
def test_respondents_who_are_not_there_cannot_be_taken(rows: Any, found: str) -> None:
    with pytest.raises(SurveyError) as caught:
        STUDY.select(rows)
    assert isinstance(caught.value, ValueError)
    assert found in str(caught.value)


def test_groups_that_are_not_there_cannot_be_taken() -> None:
    with pytest.raises(LookupError, match=r"no 'brnch'; .* did you mean branch\?"):
        STUDY.select(brnch="south")
    with pytest.raises(GroupError, match=r"read it with groups=\['branch'\]"):
        Survey.from_arrays(DESK, perception=P).select(branch="south")
    with pytest.raises(SurveyError) as caught:
        STUDY.select(branch="west")
    assert str(caught.value) == (
        "select: branch='west'; a label that some respondent has. Hint: known are north, south, None"
    )


def test_several_labels_are_taken_in_a_list_a_tuple_or_a_set() -> None:
    for wanted in (["north", "south"], ("south", "north"), {"north", "south"}, np.array(["north", "south"])):
        assert len(STUDY.select(branch=wanted)) == 3
    assert len(STUDY.select(branch=["north", None])) == 2
    with pytest.raises(SurveyError, match=r"2 problems\n.*branch='east'.*\n.*branch='west'"):
        STUDY.select(branch=["east", "north", "west"])
    with pytest.raises(SurveyError, match=r"select: nobody is left with branch=\[\]; a survey has at least one"):
        STUDY.select(branch=[])


def test_labels_that_are_numbers_are_not_texts() -> None:
    survey = Survey.from_arrays(DESK, perception=P, groups={"month": [1, 1, 2, 3], "sex": ["f", "m", "f", "m"]})
    assert len(survey.select(month=1)) == 2
    with pytest.raises(
        SurveyError, match=r"select: month='1'; a label that some respondent has\. Hint: write month=1$"
    ):
        survey.select(month="1")
    with pytest.raises(SurveyError, match=r"month='4'; .* Hint: known are 1, 2, 3$"):
        survey.select(month="4")
    with pytest.raises(SurveyError, match=r"nobody is left with month=3 and sex='f'; a survey has at least one"):
        survey.select(month=3, sex="f")


@pytest.mark.parametrize("renew", [copy.copy, copy.deepcopy, lambda survey: pickle.loads(pickle.dumps(survey))])  # noqa: S301
def test_copies_and_pickles_hold_the_same_and_stay_read_only(renew: Any) -> None:
    again = renew(STUDY)
    assert is_the_study(again)
    assert again.weights.tolist() == [1, 2, 3, 4]
    assert not again.weights.flags.writeable
    assert not again.answers[Level.PERCEPTION].codes.flags.writeable


class TestUnpaired:
    """Levels that different people answered."""

    visitors = Survey.from_arrays(
        DESK, perception=P, groups={"branch": BRANCH, "sex": list("mfmf")}, weights=[1, 2, 3, 4]
    )
    public = Survey.from_arrays(
        DESK, expectation=E[:2], perception=P[:2], groups={"branch": ["west", "south"]}, weights=[5, 6]
    )

    def test_each_level_comes_from_its_own_sample(self) -> None:
        both = Survey.unpaired(perception=self.visitors, expectation=self.public)
        assert codes(both) == [[*row, -128, -128] for row in PERCEIVED_CODES]
        assert codes(both, Level.EXPECTATION) == [[-128] * 4 + row[:2] for row in EXPECTED_CODES]
        assert not both.paired
        assert repr(both) == (
            "<Survey of 'desk': 6 respondents × 3 items; perception, expectation from different people>"
        )

    def test_sides_that_both_samples_have_are_joined(self) -> None:
        both = Survey.unpaired(perception=self.visitors, expectation=self.public)
        assert both.weights is not None
        assert both.weights.tolist() == [1, 2, 3, 4, 5, 6]
        assert list(both.groups) == ["branch"]
        grouping = both.grouping("branch")
        assert [grouping.labels[code] for code in grouping.codes] == [*BRANCH, "west", "south"]

    def test_real_answers_are_stacked_too(self) -> None:
        share = Instrument.define("share", {"one": ["a"]}, scale=Scale.percent())
        one = Survey.from_arrays(share, perception=[[12.5], [50.0]])
        both = Survey.unpaired(perception=one, expectation=Survey.from_arrays(share, expectation=[[99.5]]))
        np.testing.assert_array_equal(both.perception.values, [[12.5], [50], [np.nan]])
        np.testing.assert_array_equal(both.expectation().values, [[np.nan], [np.nan], [99.5]])

    def test_unlike_samples_are_refused_all_at_once(self) -> None:
        other = Instrument.define("other", {"speed": ["wait", "queue", "tone"]}, scale=Scale.likert(7))
        stranger = Survey.from_arrays(other, expectation=np.ones((2, 3)))
        with pytest.raises(SurveyError) as caught:
            Survey.unpaired(perception=self.visitors, expectation=stranger, desired=self.public)
        text = str(caught.value)
        assert "expectation: items of 'other'; all surveys ask the same items on one scale" in text
        assert "expectation: other weights; either all surveys have weights of one kind, or none has" in text
        assert "desired: a survey of perception, expectation; each survey gives the level that it is named for" in text
        assert text.startswith("3 problems")

    def test_one_sample_at_least_is_needed(self) -> None:
        with pytest.raises(ValueError, match="no surveys"):
            Survey.unpaired()
