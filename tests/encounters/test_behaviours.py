"""Filled-in checklists: steps, raters, confirm on a weak act, needs covered, visits."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import PerformanceOnly, Survey, score
from servqual._arrays import Floats
from servqual.catalogue.behaviours import four_steps
from servqual.catalogue.difficult_moments import complaint_handling, doubts
from servqual.catalogue.receiving import reception
from servqual.encounters.behaviours.confirm_reading import Rescue, confirm_effect
from servqual.encounters.behaviours.need_coverage_reading import need_coverage
from servqual.encounters.behaviours.rater_reading import rater_agreement
from servqual.encounters.behaviours.step_reading import step_scores
from servqual.encounters.behaviours.visit_planning import mystery_visits
from servqual.errors import EncounterError, PlotError
from servqual.statistics import Inapplicable, student_interval, wilson_interval
from servqual.statistics.rater_kappas import cohen_kappa, krippendorff_alpha

GAP = np.nan


def _sheets(n: int = 40, seed: int = 2) -> Floats:
    rng = np.random.default_rng(seed)
    return (rng.random((n, 16)) < np.repeat([0.9, 0.8, 0.4, 0.7], [5, 4, 4, 3])).astype(float)


def test_steps_are_means_of_criteria_with_students_interval() -> None:
    sheets = _sheets()
    found = step_scores(Survey.from_arrays(four_steps(), perception=sheets))
    assert [row.key for row in found.steps] == ["explore", "offer", "act", "confirm"]
    act = sheets[:, 9:13].mean(axis=1)
    np.testing.assert_allclose(float(found["act"].score), act.mean())
    ends = student_interval(act.mean(), act.std(ddof=1) / np.sqrt(40), 39)
    np.testing.assert_allclose([float(found["act"].low), float(found["act"].high)], ends)
    assert float(found["act"].lost) == pytest.approx(4 * (1 - act.mean()))
    assert found.weakest is found["act"]
    apart = sheets[:, 13:].mean(axis=1) - act
    assert float(found.lead) == pytest.approx(apart.mean())
    assert float(found.lead_low) == pytest.approx(
        student_interval(apart.mean(), apart.std(ddof=1) / np.sqrt(40), 39)[0]
    )
    weakest = [row.key for row in found if row.weakest and row.step == "act" and row.about == "criterion"]
    assert weakest == [f"act_{1 + int(sheets[:, 9:13].mean(axis=0).argmin())}"]
    assert found.to_table("zh")["label"][2] == "行动"


def test_graded_sheets_give_the_same_as_halves_of_them() -> None:
    sheets = _sheets()
    graded = step_scores(Survey.from_arrays(four_steps(graded=True), perception=2 * sheets))
    plain = step_scores(Survey.from_arrays(four_steps(), perception=sheets))
    assert [row.score for row in graded] == pytest.approx([row.score for row in plain])


def test_mistakes_count_against_the_service() -> None:
    sheet = np.r_[np.ones(12), np.zeros(10)]
    worse = sheet.copy()
    worse[12] = 1
    survey = Survey.from_arrays(complaint_handling(), perception=[sheet, worse])
    found = step_scores(survey)
    assert found["mistakes"].score == pytest.approx(0.9)
    assert found["forbidden_phrases"].score == 1.0
    assert found.weakest.key == "mistakes"


def test_a_step_needs_half_of_its_criteria_and_one_sheet_has_no_interval() -> None:
    sheet = np.ones((1, 16))
    sheet[0, 9:12] = GAP
    found = step_scores(Survey.from_arrays(four_steps(), perception=sheet))
    assert isinstance(found["act"].score, Inapplicable)
    assert "judged in no encounter" in found["act"].score.reason
    assert isinstance(found["offer"].low, Inapplicable)
    with pytest.raises(EncounterError, match="a survey of a checklist"):
        step_scores(sheet)  # type: ignore[arg-type]


def _rated(seed: int = 5, raters: int = 2) -> Survey:
    rng = np.random.default_rng(seed)
    truth = (rng.random((25, 6)) < 0.6).astype(int)
    rows = [np.where(rng.random((25, 6)) < 0.15, 1 - truth, truth) for _ in range(raters)]
    frame = pd.DataFrame(np.concatenate(rows), columns=list(doubts().item_keys))
    frame["encounter"], frame["rater"] = np.tile(np.arange(25), raters), np.repeat([*"LWZ"][:raters], 25)
    return Survey.from_frame(frame, doubts(), perception="{key}", groups=["encounter", "rater"])


def test_raters_agree_as_their_pooled_criteria_say() -> None:
    survey = _rated()
    found = rater_agreement(survey, rng=1, draws=300)
    values = survey.perception.values
    first, second = values[:25].T.ravel(), values[25:].T.ravel()
    whole = found["all"]
    assert whole.alpha == krippendorff_alpha(np.column_stack([first, second]))
    assert whole.cohen == cohen_kappa(first, second)
    assert float(whole.alike) == pytest.approx((first == second).mean())
    assert (whole.units, whole.ratings) == (150, 300)
    assert float(whole.low) < float(whole.alpha) < float(whole.high)
    again = rater_agreement(survey, rng=1, draws=300)
    assert (again["all"].low, again["doubts"].high) == (whole.low, found["doubts"].high)


def test_three_raters_have_no_cohen_but_fleiss() -> None:
    found = rater_agreement(_rated(raters=3), rng=1, draws=100)["all"]
    assert isinstance(found.cohen, Inapplicable)
    assert float(found.fleiss) == pytest.approx(float(found.alpha), abs=0.01)


def test_sheets_that_tell_nothing_of_agreement_are_refused() -> None:
    sheets = np.ones((2, 6))
    once = Survey.from_arrays(doubts(), perception=sheets, groups={"encounter": [1, 1], "rater": ["L", "L"]})
    with pytest.raises(EncounterError) as caught:
        rater_agreement(once, rng=1)
    assert "agreement is of two raters or more" in str(caught.value)
    assert "'L' judged 1 2 times" in str(caught.value)
    apart = Survey.from_arrays(doubts(), perception=sheets, groups={"encounter": [1, 2], "rater": ["L", "W"]})
    none = rater_agreement(apart, rng=1)["all"]
    assert isinstance(none.alpha, Inapplicable)
    assert "nothing was judged twice" in none.alpha.reason


def _encounters(rescue: float, n: int = 200, seed: int = 8) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    act, confirm = rng.random((2, n))
    # a weak act costs 4 points without a confirm, and (1 − rescue) of them with a full one
    outcome = 6 - 4 * (1 - act) * (1 - rescue * confirm) + rng.normal(scale=0.3, size=n)
    return {"act": act, "confirm": confirm, "outcome": outcome, "who": rng.integers(0, 20, n)}


def test_the_planted_interaction_is_found() -> None:
    found = confirm_effect(_encounters(0.8))
    # 6 − 4 (1 − a)(1 − 0.8 c) = 2 + 4 a + 3.2 c − 3.2 a c
    for name, planted in zip(("act", "confirm", "interaction"), (4, 3.2, -3.2), strict=True):
        place = found.fit.names.index(name)
        assert found.fit.coefficients[place] == pytest.approx(planted, abs=4 * found.fit.standard_errors[place])
    weak = found["confirm_on_weak_act"]
    step = found.strong_confirm - found.weak_confirm
    slope = found.fit.coefficients[2] + found.fit.coefficients[3] * found.weak_act
    assert weak.estimate == pytest.approx(slope * step)
    assert weak.estimate > found["confirm_on_strong_act"].estimate
    assert found.verdict is Rescue.PARTLY
    assert "弥补" in found.to_table("zh").notes[0]


def test_the_steps_of_sheets_lead_to_the_effect() -> None:
    rng = np.random.default_rng(7)
    sheets = rng.integers(0, 2, (80, 16)).astype(float)
    act, confirm = sheets[:, 9:13].mean(axis=1), sheets[:, 13:].mean(axis=1)
    satisfaction = 6 - 4 * (1 - act) * (1 - confirm) + rng.normal(scale=0.2, size=80)
    frame = score(Survey.from_arrays(four_steps(), perception=sheets), PerformanceOnly()).to_frame()
    found = confirm_effect(frame.assign(satisfaction=satisfaction), outcome="satisfaction")
    plain = confirm_effect({"act": act, "confirm": confirm, "outcome": satisfaction})
    # scores are held in single precision
    assert [row.low for row in found] == pytest.approx([row.low for row in plain], abs=1e-5)
    assert found["confirm_on_weak_act"].low > 0


def test_verdicts() -> None:
    assert confirm_effect(_encounters(0.0)).verdict is Rescue.NOT_SHOWN
    rescued = _encounters(0.0)
    rescued["outcome"] = np.maximum(rescued["act"], 0) * 0.5 + 6 * rescued["confirm"]
    rescued["outcome"] += np.random.default_rng(1).normal(scale=0.1, size=200)
    assert confirm_effect(rescued).verdict is Rescue.YES
    clustered = confirm_effect(_encounters(0.8), group="who")
    assert clustered.fit.groups == 20
    assert clustered["left_over"].estimate == pytest.approx(confirm_effect(_encounters(0.8))["left_over"].estimate)


def test_effects_need_rows_and_differences() -> None:
    rows = _encounters(0.5)
    rows["act"] = np.where(np.arange(200) < 5, np.nan, rows["act"])
    assert "5 rows without all columns" in confirm_effect(rows).to_table().notes[0]
    with pytest.raises(EncounterError, match="six at least"):
        confirm_effect({"act": [1.0], "confirm": [1.0], "outcome": [1.0]})
    with pytest.raises(EncounterError, match="act, confirm and their product differ"):
        confirm_effect(rows | {"act": np.ones(200)})
    with pytest.raises(EncounterError, match="finite"):
        confirm_effect(rows | {"act": np.full(200, np.inf)})
    with pytest.raises(EncounterError, match="no 'outcome'"):
        confirm_effect({"act": [1.0], "confirm": [1.0]})


def test_needs_are_covered_where_all_of_it_was_done() -> None:
    sheets = np.ones((4, 16))
    sheets[:, 14:] = GAP  # every wish could be met
    sheets[1, 4] = 0  # feeling
    sheets[1, 14:] = 1
    sheets[2, [0, 5]] = 0  # information and feeling
    sheets[2, 14:] = [1, 0]
    sheets[3, 2] = GAP  # surroundings not judged
    found = need_coverage(Survey.from_arrays(reception(), perception=sheets))
    assert [(row.key, row.covered, row.n) for row in found] == [
        ("information", 3, 4), ("environment", 3, 3), ("emotion", 2, 4), ("all", 1, 3), ("alternatives", 1, 2),
    ]  # fmt: skip
    np.testing.assert_allclose([float(found["emotion"].low), float(found["emotion"].high)], wilson_interval(2, 4))
    assert found.least.key == "emotion"
    assert found.to_table("zh")["label"][3] == "三种需求全部满足"
    with pytest.raises(EncounterError, match="no 'information'"):
        need_coverage(Survey.from_arrays(doubts(), perception=np.ones((2, 6))))
    weighed = Survey.from_arrays(reception(), perception=sheets, weights=[1.0, 2, 1, 1], weight_kind="sampling")
    with pytest.raises(EncounterError, match="count alike"):
        need_coverage(weighed)


def test_visits_are_those_of_a_share_with_its_design_effect() -> None:
    plan = mystery_visits(0.05)
    assert (plan.visits, plan.sites, plan.each) == (385, 385, 1)  # z² / 4 / 0.05² = 384.15
    clustered = mystery_visits(0.05, each=5, icc=0.25)
    assert clustered.sites == int(np.ceil(384.1459 * 2 / 5))
    assert clustered.visits == 5 * clustered.sites
    assert mystery_visits(0.05, each=5, icc=0.25, places=100).sites == int(np.ceil(153.66 / (1 + 152.66 / 100)))
    assert mystery_visits(0.1, share=0.9).to_see_one == 29  # 0.9^29 < 5 % < 0.9^28
    assert "places" in str(plan)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"margin": 0}, "margin"),
        ({"margin": 0.1, "each": 2.5}, "visits are whole numbers"),
        ({"margin": 0.1, "icc": 1}, "icc"),
        ({"margin": 0.1, "places": 0}, "one place at least"),
        ({"margin": 0.1, "places": 2.5}, "places are whole numbers"),
        ({"margin": 0.1, "places": np.nan}, "one place at least"),
        ({"margin": 0.1, "places": "x"}, "places: an array of"),
        ({"margin": 0.1, "places": 0, "icc": 1}, "2 problems"),
        ({"margin": 0.1, "share": 1}, "share"),
    ],
)
def test_plans_that_cannot_be(given: dict[str, Any], message: str) -> None:
    with pytest.raises(EncounterError, match=message):
        mystery_visits(**given)


def test_plots_refuse_what_they_cannot_draw() -> None:
    pytest.importorskip("matplotlib")
    from servqual.plots.journey_line import journey
    from servqual.plots.step_dots import step_profile

    with pytest.raises(PlotError, match="ledger of one journey"):
        journey(1)  # type: ignore[arg-type]
    with pytest.raises(PlotError, match="scores of steps"):
        step_profile(1)  # type: ignore[arg-type]
    lone = np.r_[1, np.full(15, GAP)]
    empty = step_scores(Survey.from_arrays(four_steps(), perception=[lone]))
    with pytest.raises(PlotError, match="no step was judged"):
        step_profile(empty)
