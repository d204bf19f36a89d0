"""A survey without flagged respondents, and what checks refuse."""

import json
import pickle
from typing import Any

import numpy as np
import pytest

from servqual import Level, Survey, WeightKind
from servqual.errors import GroupError, SurveyError
from servqual.quality import data_quality, without
from servqual.statistics import ArgumentError
from tests.quality.test_answer_checks import STRAIGHT as SURVEY, asked


class TestWithout:
    def test_all_flags_or_some(self) -> None:
        survey = asked(
            (4, 4, 4, 4), (1, 2, 3, 4), (1, 2, 3, 4), (7, 6, 5, 4), weights=[1, 2, 3, 4], cluster=[1, 1, 2, 2]
        )
        flags = data_quality(survey).flags
        cleaned = without(survey, flags)
        assert cleaned.dropped == {"missing": 0, "straight_perception": 1, "duplicate": 1}
        assert (cleaned.gone, len(cleaned.survey), cleaned.before) == (2, 2, 4)
        assert cleaned.survey.weights is not None
        assert cleaned.survey.weights.tolist() == [2, 4]
        assert cleaned.survey.weight_kind is WeightKind.SAMPLING
        assert without(survey, flags, "duplicate").survey.level(Level.PERCEPTION).numbers()[0].tolist() == [4, 1, 7]
        assert len(survey) == 4

    def test_masks_and_positions(self) -> None:
        assert without(SURVEY, [True, False, False, False, False]).dropped == {"mask": 1}
        assert len(without(SURVEY, np.array([0, 4, 4])).survey) == 3
        assert without(SURVEY, [False] * 5).gone == 0

    def test_it_says_how_many_went_and_why(self) -> None:
        cleaned = without(SURVEY, data_quality(SURVEY).flags)
        text = "<Cleaned: 3 of 5 respondents stayed; 2 went: missing 0, straight_perception 2, duplicate 0>"
        assert repr(cleaned) == text
        assert cleaned.to_table().title == "2 of 5 respondents went"
        assert cleaned.to_table("zh").title == "5名受访者中去掉了2名"
        assert len(cleaned.to_frame()) == 3
        json.dumps(cleaned.to_dict())

    def test_refusals(self) -> None:
        flags = data_quality(SURVEY).flags
        with pytest.raises(
            SurveyError, match=r"flags: no 'speeding'; .*known are missing, straight_perception, duplicate"
        ):
            without(SURVEY, flags, "speeding")
        with pytest.raises(
            SurveyError, match=r"a mask and missing; names choose among flags.*data_quality\(survey\)\.flags"
        ):
            without(SURVEY, [True] * 5, "missing")
        with pytest.raises(SurveyError, match=r"a mask of shape \(2,\); a mask says yes or no for each of 5"):
            without(SURVEY, [True, False])
        with pytest.raises(SurveyError, match="flags of 5 respondents, a survey of 4; flags are of the survey"):
            without(SURVEY.select(np.arange(4)), flags)
        with pytest.raises(
            SurveyError, match=r"without: all 5 respondents would go; somebody is left\. Hint: name fewer"
        ):
            without(SURVEY, [True] * 5)


class TestRefusedChecks:
    @pytest.mark.parametrize(
        ("rules", "place"),
        [
            ({"missing_share": 1.0}, "missing_share: 1.0; it is a share"),
            ({"same_share": 0}, "same_share: 0; it is a share"),
            ({"longest_run": 2}, "longest_run: 2; a run has 3 answers or more"),
            ({"crossed": 0}, "crossed: 0; at least one zone"),
            ({"speed": 1.5}, "speed: 1.5; it is a share of the median"),
        ],
    )
    def test_rules(self, rules: dict[str, Any], place: str) -> None:
        with pytest.raises(ArgumentError, match=place):
            data_quality(SURVEY, **rules)

    def test_all_rules_at_once(self) -> None:
        with pytest.raises(ArgumentError) as caught:
            data_quality(SURVEY, missing_share=-1, speed=0)
        assert len(caught.value.problems) == 2

    @pytest.mark.parametrize(
        ("time", "message"),
        [
            ([1, 2], r"time: shape \(2,\); one number for each of 5 respondents"),
            ([1, 2, 3, -4, 5], "time: 1 negative or infinite, first -4 in row 3; time is zero or more"),
            (np.full(5, "2024-01-01T10:00", "M8[s]"), "time: a ndarray of no numbers"),
            (["1:20"] * 5, "time: a list of no numbers; .*turn clock times into seconds"),
            ([np.nan] * 5, "time: all missing; some times are known"),
        ],
    )
    def test_times(self, time: Any, message: str) -> None:
        with pytest.raises(SurveyError, match=message):
            data_quality(SURVEY, time=time)

    def test_a_column_of_times_that_is_not_there(self) -> None:
        with pytest.raises(GroupError, match=r"no 'seconds'; .*read it with groups=\['seconds'\]"):
            data_quality(SURVEY, time="seconds")

    def test_levels_from_different_people(self) -> None:
        with pytest.raises(SurveyError, match="survey: levels from different people; a row holds the answers of one"):
            data_quality(Survey.unpaired(perception=SURVEY))

    def test_neither_survey_nor_summary(self) -> None:
        with pytest.raises(ArgumentError, match="source: a list; a reading takes"):
            data_quality([1, 2])  # type: ignore[arg-type]


def test_results_stay_read_only_through_pickle() -> None:
    quality = data_quality(SURVEY)
    again = pickle.loads(pickle.dumps(quality))  # noqa: S301
    for array in (again.flags.marks, again.measures.counts, again.first_copies, quality.flags.marks):
        assert not array.flags.writeable
    np.testing.assert_array_equal(again.first_copies, quality.first_copies)
