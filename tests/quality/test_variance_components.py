"""Variance between and within units: against analyses of variance by hand, traces of projections, and repeated rows."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from servqual import (
    Difference,
    Instrument,
    PerformanceOnly,
    Scale,
    Summary,
    Survey,
    WeightKind,
    score,
    simulate,
    summarize,
)
from servqual.errors import GroupError, JointAnswersError, ModelError, WeightError
from servqual.quality import VarianceComponents, variance_components
from servqual.quality.nested_variance import Cells, components
from servqual.statistics import ArgumentError, Inapplicable, VarianceParts
from tests.quality.kiosk_study import same
from tests.scoring.hall import study

Array = npt.NDArray[Any]
DESK = Instrument.define(
    "desk", {"speed": ["a", "b", "c"], "care": ["d"]}, scale=Scale.likert(7), levels=["perception"]
)


def units(n: int = 300, branches: int = 6, clerks: int = 4, seed: int = 1, icc: float = 0.3) -> Survey:
    """Answers of customers to clerks of branches, of unequal numbers."""
    rng = np.random.default_rng(seed)
    branch, clerk = rng.integers(0, branches, n) ** 2 // branches, rng.integers(0, clerks, n)
    shift = rng.normal(0, np.sqrt(icc), branches)[branch]
    answers = np.clip(np.rint(4.5 + shift[:, None] + rng.normal(0, 1, (n, 4))), 1, 7)
    return Survey.from_arrays(DESK, perception=answers, groups={"branch": branch, "clerk": clerk})


def parts(found: VarianceComponents, score_place: int = 0, depth: int = 1) -> VarianceParts:
    given = found.scores[score_place].parts[depth - 1]
    assert isinstance(given, VarianceParts), given
    return given


def test_one_column_is_a_one_way_analysis_of_variance() -> None:
    survey = units()
    found = variance_components(survey, "branch")
    values = score(survey, PerformanceOnly(), dtype=np.float64).values
    codes = survey.grouping("branch").codes
    for place, told in enumerate(found.scores):
        groups = [values[codes == code, place] for code in np.unique(codes)]
        f, p = stats.f_oneway(*groups)
        given = parts(found, place)
        assert (given.f, given.p_value) == pytest.approx((f, p), rel=1e-9)
        between, within = told.components
        assert between.variance == pytest.approx(given.variance_between, rel=1e-9)
        assert within.variance == pytest.approx(given.variance_within, rel=1e-9)
        assert between.share == pytest.approx(given.icc1_adjusted, rel=1e-9)
    assert [told.key for told in found.scores] == ["speed", "care", "overall"]


def test_nested_components_set_mean_squares_equal_to_their_expectations() -> None:
    """Expected sums of squares from traces: E y'Ay = Σ σ_j² tr(A Z_j Z_j') with projections A."""
    survey = units(60, seed=3)
    codes = [survey.grouping(name).codes for name in ("branch", "clerk")]
    inner = codes[0] * 10 + codes[1]
    y = score(survey, PerformanceOnly(), dtype=np.float64).values[:, 0]
    designs = [
        np.ones((60, 1)),
        *((labels[:, None] == np.unique(labels)).astype(float) for labels in (codes[0], inner)),
    ]
    projections = [each @ np.linalg.pinv(each) for each in designs] + [np.eye(60)]
    apart = [after - before for before, after in pairwise(projections)]
    effects = [designs[1], designs[2], np.eye(60)]
    expected = np.array([[np.trace(square @ effect @ effect.T) for effect in effects] for square in apart])
    solution = np.linalg.solve(expected, [y @ square @ y for square in apart])
    told = variance_components(survey, ["branch", "clerk"]).scores[0].components
    assert [each.source for each in told] == ["branch", "clerk", "within"]
    assert [each.variance for each in told] == pytest.approx(solution.tolist(), rel=1e-8)
    assert [each.df for each in told] == [np.trace(square).round() for square in apart]
    shares = np.maximum(solution, 0) / np.maximum(solution, 0).sum()
    assert [each.share for each in told] == pytest.approx(shares.tolist(), rel=1e-8)


def test_balanced_nested_groups_have_the_textbook_components() -> None:
    # two branches of two clerks of two customers: MSA = 32, MSB = 5, MSE = 1
    labels = (("a", 1), ("a", 2), ("b", 1), ("b", 2))
    told = components(
        Cells(labels, np.full(4, 2.0), np.array([1.0, 4.0, 6.0, 7.0]), np.full(4, 1.0)), ["branch", "clerk"]
    )
    assert [each.mean_square for each in told] == pytest.approx([32.0, 5.0, 1.0])
    assert [each.variance for each in told] == pytest.approx([(32 - 5) / 4, (5 - 1) / 2, 1.0])


@pytest.mark.parametrize("by", ["branch", ["branch", "clerk"]])
def test_a_merged_summary_says_the_same(by: Any) -> None:
    survey = units()
    made = [
        summarize(survey.select(range(start, 300, 3)), PerformanceOnly(), by=["clerk", "branch"]) for start in range(3)
    ]
    merged = Summary.from_json((made[1] + made[2] + made[0]).to_json())
    one, other = variance_components(merged, by), variance_components(survey, by)
    same(one.to_table(), other.to_table())
    same(one.components_table(), other.components_table())


def test_frequencies_are_repeated_rows() -> None:
    survey = units(80)
    times = np.random.default_rng(0).integers(1, 4, 80)
    rows = np.repeat(np.arange(80), times)
    weighted = Survey.from_arrays(
        DESK,
        perception=survey.perception.values,
        groups={"branch": survey.grouping("branch").codes},
        weights=times,
        weight_kind=WeightKind.FREQUENCY,
    )
    same(
        variance_components(weighted, "branch").to_table(),
        variance_components(survey.select(rows), "branch").to_table(),
    )


def test_words_say_where_a_standard_helps_and_where_freedom_does() -> None:
    rng = np.random.default_rng(4)
    branch = np.repeat(np.arange(10), 40)
    far = 4 + rng.normal(0, 1, 10)[branch]
    answers = np.column_stack(
        [*(np.clip(np.rint(far + rng.normal(0, 0.5, 400)), 1, 7) for _ in "abc"), rng.integers(1, 8, 400)]
    )
    found = variance_components(Survey.from_arrays(DESK, perception=answers, groups={"branch": branch}), "branch")
    standard, freedom = found.sentences()
    assert standard.startswith("much of the variance lies between units of branch (speed ")
    assert "a common standard helps" in standard
    assert freedom.startswith("hardly any lies between units of branch (care ")
    assert "freedom to adapt" in freedom
    assert "统一标准" in found.sentences("zh")[0]
    assert found.to_table().notes[:2] == (standard, freedom)
    strict = variance_components(
        Survey.from_arrays(DESK, perception=answers, groups={"branch": branch}), "branch", notable=0.99
    )
    assert "some lies between" in strict.sentences()[1]


def test_respondents_without_a_unit_are_left_out_and_counted() -> None:
    survey = units(50)
    labels = survey.grouping("branch").codes.astype(object)
    labels[:5] = None
    again = Survey.from_arrays(DESK, perception=survey.perception.values, groups={"branch": labels})
    found = variance_components(again, "branch")
    assert found.left_out == 5
    assert parts(found).n == 45
    assert any("left out: 5" in note for note in found.to_table().notes)


def test_groups_that_tell_nothing() -> None:
    answers = units(20).perception.values.copy()
    one = variance_components(Survey.from_arrays(DESK, perception=answers, groups={"branch": ["x"] * 20}), "branch")
    assert isinstance(one.scores[0].parts[0], Inapplicable)
    assert any("at least 2 groups are needed" in note for note in one.to_table().notes)
    assert one.to_table()["icc1"] == (None, None, None)
    assert one.sentences() == ()
    alone = variance_components(Survey.from_arrays(DESK, perception=answers, groups={"branch": range(20)}), "branch")
    assert any("no group has two members" in note for note in alone.to_table().notes)
    answers[:10] = np.nan
    groups = {"branch": [0] * 10 + [1] * 10}
    empty = variance_components(Survey.from_arrays(DESK, perception=answers, groups=groups), "branch")
    assert isinstance(empty.scores[0].parts[0], Inapplicable)
    nobody = variance_components(
        Survey.from_arrays(DESK, perception=answers[10:], groups={"branch": np.full(10, None)}), "branch"
    )
    assert (nobody.left_out, nobody.to_table()["f"]) == (10, (None,) * 3)
    still = Survey.from_arrays(DESK, perception=np.full((20, 4), 3), groups={"branch": [0, 1] * 10})
    assert any("nothing varies" in note for note in variance_components(still, "branch").to_table().notes)


def test_refusals() -> None:
    survey, weighted = units(40), study(60).survey("branch", "weights")
    with pytest.raises(WeightError, match=r"sampling weights.*counts respondents alike"):
        variance_components(weighted, "branch")
    with pytest.raises(GroupError, match="did you mean branch"):
        variance_components(survey, "brnch")
    with pytest.raises(GroupError, match="made with"):
        variance_components(summarize(survey, PerformanceOnly()), "branch")
    with pytest.raises(ModelError, match="PerformanceOnly"):
        variance_components(summarize(survey, by="branch"), "branch")
    with pytest.raises(ArgumentError, match="at least one column"):
        variance_components(survey, [])
    with pytest.raises(ArgumentError, match="share lies between 0 and 1"):
        variance_components(survey, "branch", notable=1.0)
    people = study(40)
    apart = Survey.unpaired(
        perception=people.part(range(20)).survey("branch"), expectation=people.part(range(20, 40)).survey("branch")
    )
    with pytest.raises(JointAnswersError):
        variance_components(apart, "branch", model=Difference())
    with pytest.raises(JointAnswersError, match="different people"):
        variance_components(summarize(apart, Difference(), by="branch"), "branch")
    assert parts(variance_components(apart, "branch")).n <= 20


def test_a_summary_of_one_model_is_read_by_it() -> None:
    survey = study(100, missing=0.0).survey("branch")
    found = variance_components(summarize(survey, Difference(), by="branch"), "branch")
    assert found.model == Difference()
    same(found.to_table(), variance_components(survey, "branch", model=Difference()).to_table())


def test_faces() -> None:
    found = variance_components(simulate.example(), "branch")
    assert repr(found) == "<VarianceComponents of 'servqual' by branch: 6 scores>"
    assert found.to_table("zh")["label"][0] == "有形性"
    assert set(found.to_frame()) == {"score", "source", "df", "mean_square", "variance", "share"}
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["by"] == ["branch"]
