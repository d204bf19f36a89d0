"""Gaps explained by their causes: the regression, its family of tests, what is planted and what is not."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.cause_data import known_causes
from servqual.gap_model.gap_causes import explain_gaps
from servqual.gap_model.gap_words import GapName, Station, StationGap
from servqual.gap_model.influence_words import InfluenceMethod, InfluenceVerdict
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.shrinkage import shrunken
from tests.gap_model.units import ALL, drawn

DELIVERY = [cause.key for cause in known_causes() if cause.gap is GapName.DELIVERY]
PLANTED = {("gap_3", "role_conflict"): -1.0}


def test_least_squares_by_normal_equations_with_errors_of_any_variances() -> None:
    gaps, causes = drawn(2, 30, PLANTED, errors=0.3)
    found = explain_gaps(gaps, causes, confidence=0.9)
    y, x = gaps.column("gap_3"), np.stack([causes.column(key) for key in DELIVERY], axis=1)
    table = np.column_stack([np.ones(30), (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)])
    bread = np.linalg.inv(table.T @ table)
    b = bread @ table.T @ y
    residuals, leverages = y - table @ b, np.diag(table @ bread @ table.T)
    scores = table * (residuals / (1 - leverages))[:, None]
    robust, plain = bread @ scores.T @ scores @ bread, bread * (residuals @ residuals / 21)
    se = np.sqrt(np.maximum(np.diag(robust), np.diag(plain)))
    assert 0 < (np.diag(robust) < np.diag(plain)).sum() < 9
    for place, key in enumerate(DELIVERY, start=1):
        row = found["gap_3", key]
        assert row.strength == pytest.approx(b[place])
        assert row.se == pytest.approx(se[place])
        assert row.p == pytest.approx(2 * stats.t.sf(abs(b[place] / se[place]), 21))
        assert row.low == pytest.approx(b[place] - stats.t.ppf(0.95, 21) * se[place])
        assert row.slope == pytest.approx(b[place] / x[:, place - 1].std(ddof=1))
        assert row.mean == pytest.approx(x[:, place - 1].mean())
        assert row.method is InfluenceMethod.JOINT
    equation = next(each for each in found.equations if each.outcome == "gap_3")
    assert equation.explained == pytest.approx(1 - residuals @ residuals / 21 / y.var(ddof=1))
    assert equation.reliability == pytest.approx(1 - 0.09 / y.var(ddof=1))


def test_few_units_are_shrunken_and_tested_by_correlations() -> None:
    gaps, causes = drawn(3, 12, PLANTED)
    found = explain_gaps(gaps, causes)
    y, x = gaps.column("gap_3"), np.stack([causes.column(key) for key in DELIVERY], axis=1)
    fit = shrunken(y, (x - x.mean(axis=0)) / x.std(axis=0, ddof=1))
    for place, key in enumerate(DELIVERY):
        row = found["gap_3", key]
        assert row.strength == pytest.approx(fit.coefficients[place])
        assert (row.low, row.high) == pytest.approx([ends[place] for ends in fit.interval()])
        assert row.p == pytest.approx(stats.pearsonr(y, x[:, place]).pvalue)
        assert row.method is InfluenceMethod.SHRUNKEN
    assert "too few rows to tell influences apart" in str(found.to_table())
    assert next(each for each in found.equations if each.outcome == "gap_3").explained == pytest.approx(fit.share)


def test_all_tests_are_one_family() -> None:
    found = explain_gaps(*drawn(4, 30, PLANTED))
    found_p = np.array([[float(row.p), float(row.p_adjusted)] for row in found])
    np.testing.assert_allclose(found_p[:, 1], adjusted(found_p[:, 0]))
    assert len(found) == len(ALL) == 21
    assert "Holm over all 21 tests" in str(found.to_table())


def test_a_planted_cause_is_found_and_comes_first() -> None:
    found = explain_gaps(*drawn(5, 40, PLANTED))
    assert [(row.outcome, row.key) for row in found.found] == [("gap_3", "role_conflict")]
    assert found.of("gap_3")[0].key == "role_conflict"
    assert [row.rank for row in found.of("gap_3")] == list(range(1, 9))
    sizes = [abs(float(row.strength)) for row in found.of("gap_2")]
    assert sizes == sorted(sizes, reverse=True)


def test_a_cause_that_works_the_other_way_is_no_finding() -> None:
    found = explain_gaps(*drawn(6, 40, {("gap_3", "role_conflict"): 1.0}))
    assert found["gap_3", "role_conflict"].verdict is InfluenceVerdict.AGAINST
    assert ("gap_3", "role_conflict") not in [(row.outcome, row.key) for row in found.found]


@pytest.mark.parametrize("units", [30, 12])
def test_where_no_cause_works_findings_are_as_rare_as_the_level_says(units: int) -> None:
    companies = 60 if units == 30 else 15
    wrong = sum(
        any(row.verdict in {"found", "against"} for row in explain_gaps(*drawn(seed, units), confidence=0.8))
        for seed in range(companies)
    )
    # of as many companies at most a fifth, and three standard errors of that
    assert wrong <= companies * 0.2 + 3 * np.sqrt(companies * 0.16)


def test_few_and_many_answers_behind_a_unit_do_not_make_findings() -> None:
    # gaps and causes that are noise alone, more of it in small units, which are then far out in both
    wrong = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        se = np.exp(rng.uniform(np.log(0.1), np.log(0.5), 30))
        values = (rng.normal(0, 0.05, (30, 1)) + se[:, None] * rng.normal(size=(30, 1)))[:, :, None]
        scores = {key: rng.normal(0, 0.05, 30) + se * rng.normal(size=30) for key in DELIVERY}
        gaps = UnitGaps(
            range(30), [GapName.DELIVERY.gap], ["overall"], values, np.broadcast_to(se[:, None, None], values.shape)
        )
        found = explain_gaps(gaps, Antecedents.from_arrays(range(30), scores), confidence=0.8)
        wrong += any(row.verdict in {"found", "against"} for row in found)
    assert wrong <= 60 * 0.2 + 3 * np.sqrt(60 * 0.16)


def test_causes_of_both_explain_two_gaps_in_one() -> None:
    merged = StationGap(Station.DELIVERED, Station.UNDERSTOOD)
    found = explain_gaps(*drawn(7, 40, gaps=[merged]))
    assert {row.outcome for row in found} == {"gap_2_3"}
    assert {row.key for row in found} == {each.key for each in known_causes() if each.gap in {"gap_2", "gap_3"}}


def test_causes_of_gap_4_explain_the_promise_gap_too() -> None:
    gaps = [GapName.COMMUNICATION.gap, GapName.SERVICE.gap, GapName.PROMISE.gap]
    found = explain_gaps(*drawn(8, 40, {("promise_gap", "overpromising"): -1.0}, gaps=gaps))
    assert [each.outcome for each in found.equations] == ["gap_4", "promise_gap"]
    assert [(row.outcome, row.key) for row in found.found] == [("promise_gap", "overpromising")]
    assert {row.key for row in found.of("promise_gap")} == {row.key for row in found.of("gap_4")}


def test_gap_5_alone_is_explained_by_every_cause() -> None:
    found = explain_gaps(*drawn(9, 45, gaps=[GapName.SERVICE.gap]))
    assert {row.key for row in found.of("gap_5")} == set(ALL)


def test_dimensions_are_explained_for_themselves() -> None:
    gaps, causes = drawn(10, 20, causes=["role_conflict"])
    values = np.concatenate([gaps.values, gaps.values[:, :, :1] - 1], axis=2)
    two = UnitGaps(gaps.units, gaps.gaps, ["speed", "overall"], values, np.full_like(values, 0.1))
    assert (
        explain_gaps(two, causes, dimension="speed").to_dict()["columns"]
        == explain_gaps(gaps, causes).to_dict()["columns"]
    )
    with pytest.raises(ArgumentError, match="no 'sped'"):
        explain_gaps(two, causes, dimension="sped")


def test_units_are_matched_by_name_and_what_is_incomplete_is_told() -> None:
    gaps, causes = drawn(11, 30, causes=["role_conflict", "teamwork", "service_skill"])
    scores = {key: causes.column(key).copy() for key in causes.keys}
    scores["teamwork"][3] = np.nan
    scores["service_skill"][:] = np.nan
    order = list(range(29, 1, -1))
    turned = Antecedents.from_arrays(
        [*(gaps.units[place] for place in order), "elsewhere"],
        {
            key: [*(each[place] for place in order), 4.0 if key != "service_skill" else np.nan]
            for key, each in scores.items()
        },
    )
    found = explain_gaps(gaps, turned)
    rows = [place for place in range(2, 30) if place != 3]
    x = np.stack([scores[key][rows] for key in ("role_conflict", "teamwork")], axis=1)
    b = np.linalg.lstsq(np.column_stack([np.ones(27), x]), gaps.column("gap_3")[rows], rcond=None)[0]
    assert found["gap_3", "teamwork"].slope == pytest.approx(b[2])
    assert (found.equations[0].n, found.equations[0].left_out) == (27, 1)
    assert str(found["gap_3", "service_skill"].p) == "it was not measured"
    assert found["gap_3", "service_skill"].verdict is InfluenceVerdict.UNTOLD
    text = str(found.to_table())
    assert "units without scores of causes: 2; units without gaps: 1" in text
    assert "left out because an influence is missing: 1 rows" in text


def test_what_cannot_be_told_says_why() -> None:
    gaps, causes = drawn(12, 30, causes=["role_conflict", "teamwork"])
    same = Antecedents.from_arrays(
        gaps.units, {"role_conflict": causes.column("role_conflict"), "teamwork": [4.0] * 30}
    )
    row = explain_gaps(gaps, same)["gap_3", "teamwork"]
    assert row.strength == Inapplicable("it is the same everywhere")
    assert repr(row) == "<Influence of teamwork on gap_3: not tested, it is the same everywhere>"
    still = UnitGaps(gaps.units, gaps.gaps, ["overall"], np.full_like(gaps.values, -1.0), gaps.standard_errors)
    assert str(explain_gaps(still, causes)["gap_3", "teamwork"].p) == "what is explained is the same everywhere"
    few = explain_gaps(*drawn(13, 4))
    assert {str(row.p) for row in few} == {"fewer than 5 complete rows"}
    assert {row.method for row in few} == {InfluenceMethod.NONE}
    alone = Antecedents.from_arrays(
        gaps.units, {"role_conflict": [1.0] + [0.0] * 29, "teamwork": causes.column("teamwork")}
    )
    assert explain_gaps(gaps, alone)["gap_3", "role_conflict"].method is InfluenceMethod.SHRUNKEN
    twins = Antecedents.from_arrays(gaps.units, dict.fromkeys(("role_conflict", "teamwork"), causes.column("teamwork")))
    assert explain_gaps(gaps, twins)["gap_3", "teamwork"].method is InfluenceMethod.SHRUNKEN


def test_a_perfect_correlation_is_a_finding() -> None:
    gaps, causes = drawn(14, 6, causes=["role_conflict"])
    values = -causes.values[:, :, None] + 3.0
    exact = UnitGaps(gaps.units, [GapName.DELIVERY.gap], ["overall"], values, np.full_like(values, np.nan))
    found = explain_gaps(exact, causes)
    assert found["gap_3", "role_conflict"].p == 0.0
    assert str(found.equations[0].reliability) == "it needs two values that differ, each with its standard error"


def test_faces() -> None:
    found = explain_gaps(*drawn(15, 30, PLANTED))
    assert repr(found) == "<Causes of gaps across units: 21 influences on 4 outcomes, 1 found>"
    assert repr(found["gap_3", "role_conflict"]).endswith("; found>")
    chinese = found.to_table(language="zh")
    assert chinese["label"][chinese["key"].index("role_conflict")] == "角色冲突"
    assert chinese["verdict"][chinese["key"].index("role_conflict")] == "得到证实"
    assert found.to_table("equations", language="zh")["method"] == ("最小二乘",) * 4
    assert len(found.to_frame()) == len(list(found)) == 21
    told = json.loads(json.dumps(found.to_dict()))
    assert told["reading"] == "gap_causes"
    assert told["equations"]["n"] == [30] * 4
    assert "<table>" in found._repr_html_()
    with pytest.raises(ArgumentError, match="did you mean"):
        found["gap_3", "role_conflicts"]
    with pytest.raises(ArgumentError, match="view"):
        found.to_table("rows")


def test_refusals() -> None:
    gaps, causes = drawn(16, 10)
    table: Any = gaps.to_frame()
    with pytest.raises(GapModelError) as caught:
        explain_gaps(table, table)
    assert [str(each) for each in caught.value.problems] == [
        "gaps: a DataFrame; gaps by unit are UnitGaps. Hint: model.by_unit(…)",
        (
            "antecedents: a DataFrame; scores of causes by unit are Antecedents. Hint: Antecedents.from_survey(survey, "
            "by=…) or Antecedents.from_frame(frame, unit=…)"
        ),
    ]
    with pytest.raises(GapModelError, match="gaps and causes are matched by the names of units"):
        explain_gaps(gaps, Antecedents.from_arrays(["elsewhere"], {"teamwork": [1.0]}))
    with pytest.raises(GapModelError, match="a cause explains its own gap, and none of these is there"):
        explain_gaps(*drawn(17, 10, causes=["market_research"], gaps=[GapName.DELIVERY.gap]))
    with pytest.raises(ArgumentError, match="confidence"):
        explain_gaps(gaps, causes, confidence=1.5)


def test_it_is_noted_where_units_hardly_differ_beyond_their_errors() -> None:
    noisy = explain_gaps(*drawn(19, 30, causes=["role_conflict", "overpromising"], errors=0.45))
    said = "most of what units differ by is sampling error, so that there is little to explain: gap_3, gap_4"
    assert {each.outcome for each in noisy.equations if float(each.reliability) < 0.5} == {"gap_3", "gap_4"}
    assert said in str(noisy.to_table())
    assert "sampling error" not in str(explain_gaps(*drawn(19, 30, causes=["role_conflict"])).to_table())
