"""Gaps with their errors: against paired tests, against Welch's test, against sums written out by hand."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual import Survey, gap_tests
from servqual._arrays import Floats
from servqual.gap_model.gap_rows import GapEstimate, GapFinding
from servqual.gap_model.gap_words import CHAIN
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from servqual.statistics import Inapplicable
from tests.gap_model.companies import DESK, KEYS, SCALE, company, customers, figures, managers, records

TOLD = {"estimate": "difference", "se": "se", "df": "df", "low": "low", "high": "high", "p": "p"}


def scores(survey: Survey, level: str) -> Floats:
    """Dimension scores and overall, by hand."""
    items = survey.perception.values if level == "perception" else survey.expectation().values
    return np.column_stack([items[:, :2].mean(axis=1), items[:, 2], (items[:, :2].mean(axis=1) + items[:, 2]) / 2])


@pytest.mark.parametrize("kind", ["plain", "weighted", "frequencies", "clustered"])
def test_gap_5_of_one_survey_is_the_paired_test(kind: str) -> None:
    rng = np.random.default_rng(5)
    beside: Any = {
        "plain": {},
        "weighted": {"weights": rng.uniform(0.5, 3, 50)},
        "frequencies": {"weights": rng.integers(1, 4, 50), "weight_kind": "frequency"},
        "clustered": {"cluster": rng.integers(0, 9, 50)},
    }[kind]
    survey = customers(rng, 50, **beside)
    gaps, known = GapModel(expected=survey, perceived=survey).gaps(), gap_tests(survey, items=False)
    for key in gaps.dimensions:
        for mine, theirs in TOLD.items():
            assert getattr(gaps["gap_5", key], mine) == pytest.approx(getattr(known[key], theirs), rel=1e-9), mine


def test_of_different_people_it_is_welchs_test() -> None:
    rng = np.random.default_rng(6)
    visitors, public = customers(rng, 30), customers(rng, 45)
    gaps = GapModel(expected=public, perceived=visitors).gaps(confidence=0.9)
    for place, key in enumerate(gaps.dimensions):
        tested = stats.ttest_ind(
            scores(visitors, "perception")[:, place], scores(public, "expectation")[:, place], equal_var=False
        )
        low, high = tested.confidence_interval(0.9)
        row = gaps["gap_5", key]
        assert (row.p, row.df, row.low, row.high) == pytest.approx((tested.pvalue, tested.df, low, high), rel=1e-9)
    assert any("said by different people" in note.en for note in gaps.notes)


def test_gap_1_of_customers_and_managers_is_welchs_test_too() -> None:
    rng = np.random.default_rng(7)
    asked, believed = customers(rng, 30), managers(rng, 8)
    row = GapModel(expected=asked, understood=believed, perceived=asked).gaps()["gap_1", "speed"]
    first, second = (scores(each, "expectation")[:, 0] for each in (believed, asked))
    tested = stats.ttest_ind(first, second, equal_var=False)
    assert (row.p, row.df) == pytest.approx((tested.pvalue, tested.df), rel=1e-9)


def test_neighbours_covary_by_the_source_they_share_and_others_by_none() -> None:
    model = company(8)
    covariance, sources = model.gaps().covariance, model.sources
    for place, key in enumerate(KEYS):
        found = covariance[place]
        inner = [sources[name].covariance[place, place] for name in CHAIN[1:4]]
        np.testing.assert_allclose(np.diagonal(found[:4, :4], 1), [-each for each in inner], rtol=1e-12)
        assert found[0, 2] == found[1, 3] == 0
        joint = model.ledger.covariance[0, place, 4, place]
        assert found[0, 3] == pytest.approx(-joint, rel=1e-12)
        assert joint > 0
        assert key in model.dimensions
    np.testing.assert_allclose(
        np.sqrt(np.diagonal(covariance[-1])), [float(row.se) for row in model.gaps().overall], rtol=1e-12
    )


def test_two_columns_of_one_frame_share_their_rows() -> None:
    frame = records(np.random.default_rng(9), 30)
    frame["promised"] = frame["speed"] + np.random.default_rng(10).normal(size=30) * 0.3 + 1
    done, told = (Source.from_records(frame, {"speed": column}, scale=SCALE) for column in ("speed", "promised"))
    row = GapModel(specified=done, delivered=done, promised=told).gaps()["promise_gap"]
    tested = stats.ttest_rel(frame["speed"], frame["promised"])
    assert (row.p, row.df) == pytest.approx((tested.pvalue, 29), rel=1e-9)


def test_unknown_correlations_count_at_their_worst() -> None:
    errors = {"speed": 0.3, "tone": 0.1}
    known = {rho: figures((5, 4), errors, correlation=rho) for rho in (-1.0, 0.0, 1.0)}
    unknown, fast = figures((5, 4), errors), figures((6, 6))
    model = GapModel(delivered=unknown, specified=fast)
    across = {("gap_3", "speed"): 1, ("gap_3", "tone"): -1}
    assert (
        model.gaps()["gap_3"].se
        == pytest.approx(0.2)
        == GapModel(delivered=known[1.0], specified=fast).gaps()["gap_3"].se
    )
    assert model.combination(across).se == pytest.approx(0.4)
    assert GapModel(delivered=known[-1.0], specified=fast).combination(across).se == pytest.approx(0.4)
    assert GapModel(delivered=known[0.0], specified=fast).combination(across).se == pytest.approx(np.hypot(0.3, 0.1))
    assert "the worst case counts overall: delivered" in " ".join(note.en for note in model.gaps().notes)


def test_one_source_in_two_places_is_the_same_figure_in_both() -> None:
    for correlation in (None, 0.5):
        same, done = figures((5, 4), 0.3, correlation=correlation), figures((4, 4), 0.1, n=20)
        gaps = GapModel(understood=same, specified=same, delivered=done, promised=same).gaps()
        assert [(row.estimate, row.se) for row in gaps if row.gap == "gap_2"] == [(0.0, 0.0)] * 3
        assert gaps["gap_3"].estimate == gaps["promise_gap"].estimate == -0.5
        assert gaps["gap_3"].se == pytest.approx(gaps["promise_gap"].se)
        assert gaps.covariance[-1, 1, 2] == pytest.approx(float(gaps["gap_3"].se) ** 2)


def test_p_values_are_adjusted_within_dimensions_and_overall() -> None:
    from statsmodels.stats.multitest import multipletests

    gaps = company(11).gaps()
    for family in (gaps.rows[:-5], gaps.rows[-5:]):
        known = multipletests([float(row.p) for row in family], method="holm")[1]
        assert [row.p_adjusted for row in family] == pytest.approx(known)
        for row in family:
            below = GapFinding.SHORTFALL if float(row.estimate) < 0 else GapFinding.SURPLUS
            assert row.finding is (below if float(row.p_adjusted) <= 0.05 else GapFinding.OPEN)


def test_what_has_no_error_stands_as_it_is() -> None:
    gaps = GapModel(understood=figures((6, 5)), specified=figures((5, 5)), delivered=figures((5, 5.5))).gaps()
    findings = [gaps[gap, key].finding for gap in ("gap_2", "gap_3") for key in KEYS]
    assert findings == [GapFinding.SHORTFALL, GapFinding.OPEN, GapFinding.OPEN, GapFinding.SURPLUS]
    row = gaps["gap_2"]
    assert (row.estimate, row.low, row.high, row.se) == (-0.5, -0.5, -0.5, 0.0)
    assert row.p == row.p_adjusted == Inapplicable("neither side has an error, so that there is nothing to test")
    assert "without error: understood, specified, delivered" in [note.en for note in gaps.notes]


def test_where_everybody_has_the_same_gap_nothing_is_tested() -> None:
    wished = np.random.default_rng(12).uniform(4, 6, size=(20, 3))
    survey = Survey.from_arrays(DESK, expectation=wished, perception=wished - 0.7)
    row = GapModel(expected=survey, perceived=survey).gaps()["gap_5"]
    assert row.estimate == pytest.approx(-0.7)
    assert (row.se, row.finding) == (0.0, GapFinding.SHORTFALL)


def test_tables_speak_both_languages_and_hold_every_number() -> None:
    gaps = company(13).gaps()
    assert repr(gaps) == "<Gaps: 5 gaps × 2 dimensions; overall shortfall in gap_5>"
    assert len(gaps) == len(list(gaps)) == 15
    overall, everything = gaps.to_table(), gaps.to_table("all", language="zh")
    assert (len(overall), len(gaps.to_table("dimensions")), len(everything)) == (5, 10, 15)
    assert everything["label"][-1] == "差距5：服务质量差距：总体"
    assert everything.title == "服务质量差距"
    assert set(everything["finding"]) <= {"不足", "超出", "未显示差距"}
    assert "same rows behind expected, perceived: their covariance counts" in overall.notes
    assert "gap_5 = gap_1 + gap_2 + gap_3 + gap_4: an identity of this chain" in overall.notes
    assert list(gaps.to_frame()["estimate"]) == [row.estimate for row in gaps]
    told = json.loads(json.dumps(gaps.to_dict()))
    assert told["reading"] == "gaps"
    assert np.shape(told["covariance"]) == (3, 5, 5)
    assert "<table>" in gaps._repr_html_()
    assert repr(gaps["gap_5", "tone"]).startswith("<GapEstimate of gap_5, tone: -")


def test_a_row_without_an_estimate_says_why() -> None:
    none = Inapplicable("nobody was asked")
    numbers = dict.fromkeys(("level", "standard", "estimate", "se", "df", "low", "high", "p", "p_adjusted"), none)
    row = GapEstimate(gap="gap_1", dimension="tone", finding=GapFinding.UNTESTED, **numbers)
    assert repr(row) == "<GapEstimate of gap_1, tone: nobody was asked>"
    assert row.finding.label.zh == "无法检验"
