"""Customer satisfaction and effort scores, and differences between periods and groups."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from servqual import catalogue
from servqual.errors import LoyaltyError
from servqual.instruments import Scale
from servqual.satisfaction.reported.differences import compare_reported
from servqual.satisfaction.reported.effort import ces, ces_from_counts
from servqual.satisfaction.reported.promoters import nps, nps_from_counts
from servqual.satisfaction.reported.top_box import csat, csat_from_counts
from servqual.statistics import Inapplicable
from servqual.survey import Survey

FIVE = Scale.likert(5)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_top_boxes_have_wilsons_interval(answers: list[int]) -> None:
    found = csat(answers, boxes=(4, 5), scale=FIVE).overall
    hits = sum(each >= 4 for each in answers)
    low, high = proportion_confint(hits, len(answers), method="wilson")
    assert (float(found.score), found.inside) == pytest.approx((100 * hits / len(answers), hits))
    assert (float(found.low), float(found.high)) == pytest.approx((100 * low, 100 * high), abs=1e-9)
    points = np.bincount(answers, minlength=6)[1:]
    assert csat_from_counts(points, boxes=(4, 5), scale=FIVE).overall == found


def test_boxes_and_scales_that_do_not_fit_are_refused() -> None:
    with pytest.raises(LoyaltyError, match=r"scale: the data do not say"):
        csat([1, 5], boxes=(5,))
    with pytest.raises(LoyaltyError, match=r"boxes: 6; boxes are points of the scale 1\.\.5"):
        csat([1, 5], boxes=(5, 6), scale=FIVE)
    with pytest.raises(LoyaltyError, match="all points of the scale"):
        csat([1, 5], boxes=range(1, 6), scale=FIVE)
    with pytest.raises(LoyaltyError, match=r"the survey's answers are on 1\.\.5"):
        csat(Survey.from_arrays(catalogue.csat(), perception=[[1]]), boxes=(5,), scale=Scale.likert(7))
    with pytest.raises(LoyaltyError, match="some negative"):
        csat_from_counts([1, -1, 0, 0, 0], boxes=(5,), scale=FIVE)
    with pytest.raises(LoyaltyError, match=r"a count for each point of the scale 1\.\.5, 5 of them"):
        csat_from_counts([1, 1], boxes=(5,), scale=FIVE)


def test_effort_turned_is_the_same_ease() -> None:
    answers = np.array([1, 2, 2, 5, 3, 1, 4])
    easy = ces(answers, high_is="easy", scale=FIVE, boxes=(4, 5)).overall
    hard = ces(6 - answers, high_is="hard", scale=FIVE, boxes=(1, 2)).overall
    for name in ("ease", "ease_low", "ease_high", "easy", "easy_low", "easy_high", "se"):
        assert float(getattr(easy, name)) == pytest.approx(float(getattr(hard, name))), name
    assert float(easy.score) == pytest.approx(answers.mean())
    assert float(easy.se) == pytest.approx(answers.std(ddof=1) / np.sqrt(7))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.sampled_from(["easy", "hard"]))
def test_effort_from_counts_is_that_of_the_answers(answers: list[int], high_is: str) -> None:
    points = np.bincount(answers, minlength=6)[1:]
    found = ces_from_counts(points, high_is=high_is, scale=FIVE, boxes=(4, 5)).overall
    whole = ces(answers, high_is=high_is, scale=FIVE, boxes=(4, 5)).overall
    for name in ("n", "score", "se", "low", "high", "ease", "easy_low"):
        one, two = getattr(found, name), getattr(whole, name)
        assert str(one) == str(two) if isinstance(two, Inapplicable) else one == pytest.approx(two), name


def test_counts_of_effort_that_cannot_be_are_refused() -> None:
    with pytest.raises(LoyaltyError, match=r"2 problems[\s\S]*did you mean easy[\s\S]*some negative"):
        ces_from_counts([1, -1, 0, 0, 0], high_is="esy", scale=FIVE)
    with pytest.raises(LoyaltyError, match="5 of them"):
        ces_from_counts([1, 2], high_is="easy", scale=FIVE)
    with pytest.raises(LoyaltyError, match="answers are points of a scale with steps"):
        ces_from_counts([1, 2], high_is="easy", scale=Scale.percent())


def test_the_direction_has_no_default_and_is_checked() -> None:
    with pytest.raises(LoyaltyError, match=r"high_is: 'esy'; .* did you mean easy"):
        ces([1, 2], high_is="esy", scale=FIVE)
    with pytest.raises(TypeError, match="high_is"):
        ces([1, 2], scale=FIVE)  # type: ignore[call-arg]


def test_effort_is_answered_in_steps() -> None:
    with pytest.raises(LoyaltyError, match="answers are points of a scale with steps"):
        ces([4.2, 1.0], high_is="easy", scale=Scale.percent())


def test_one_answer_has_no_error() -> None:
    found = ces([4], high_is="easy", scale=FIVE).overall
    assert isinstance(found.se, Inapplicable)
    assert found.ease == 75


def test_differences_of_shares_are_newcombes_and_the_test_is_that_of_two_errors() -> None:
    before = csat_from_counts([0, 0, 32, 48, 0], boxes=(4, 5), scale=FIVE)
    after = csat_from_counts([0, 0, 14, 56, 0], boxes=(4, 5), scale=FIVE)
    (found,) = compare_reported(before, after).rows
    low, high = confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff")
    assert (float(found.low), float(found.high)) == pytest.approx((100 * low, 100 * high))
    z = 0.2 / np.sqrt(0.6 * 0.4 / 80 + 0.8 * 0.2 / 70)
    assert (float(found.difference), float(found.z)) == pytest.approx((20, z))


def test_groups_are_compared_pair_by_pair_with_adjusted_p() -> None:
    frame = pd.DataFrame({"q": [10, 9, 0, 7, 3, 8] * 10, "g": list("aabbcc") * 10})
    found = compare_reported(nps(frame, "q", by="g"))
    assert [row.group for row in found.rows] == ["b − a", "c − a", "c − b"]
    assert all(float(row.p_adjusted) >= float(row.p) for row in found.rows)
    assert len(found.to_table("zh")) == 3
    turned = compare_reported(nps_from_counts([1] * 11), nps_from_counts([2] * 11)).rows[0]
    assert turned.difference == pytest.approx(0)


def test_what_cannot_be_compared_is_refused_or_said() -> None:
    score = nps([10, 3])
    with pytest.raises(LoyaltyError, match="nps and csat; both are of one kind"):
        compare_reported(score, csat([1, 5], boxes=(5,), scale=FIVE))
    with pytest.raises(LoyaltyError, match="promoters_from: 9 and 10; both were asked in the same way"):
        compare_reported(score, nps([10, 3], promoters=10))
    with pytest.raises(LoyaltyError, match="groups: 0; two groups or more"):
        compare_reported(score)
    with pytest.raises(LoyaltyError, match="groups: a, b; each group is there in both periods"):
        compare_reported(score, nps([10, 3], by=["a", "b"]))
    row = compare_reported(nps([10]), nps([9])).rows[0]
    assert "everybody answered alike" in str(row.p)


def test_truth_values_are_answers_on_a_scale_of_two_only() -> None:
    assert csat([True, False], boxes=(1,), scale=Scale(0, 1)).overall.n == 2
    with pytest.raises(LoyaltyError, match=r"item answers: truth values; answers are numbers on the scale 1\.\.5"):
        csat([True, True], boxes=(4, 5), scale=Scale.likert(5))
    with pytest.raises(LoyaltyError, match=r"item answers: truth values; answers are numbers on the scale 1\.\.7"):
        ces([True, True], high_is="easy", scale=Scale.likert(7))
