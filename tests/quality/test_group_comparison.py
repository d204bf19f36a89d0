"""Comparisons of groups and periods against scipy and statsmodels, and what they refuse."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs import fields
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway

from servqual import Difference, Instrument, PerformanceOnly, Scale, Summary, Survey, WeightKind, summarize
from servqual.errors import GroupError, LevelError, ModelError
from servqual.quality import GroupComparison, GroupTest, GroupVerdict, PairTest, compare_groups, gap_models
from servqual.statistics import Adjustment, ArgumentError
from tests.quality.gaps_by_hand import Array, columns, number, reason, there
from tests.scoring.hall import HALL, SIZES, sampled, study

STUDY = study(120, seed=6)
DESK = Instrument.define("desk", {"speed": ["wait", "pay"], "care": ["smile"]}, scale=Scale.likert(7))
PERIODS = np.random.default_rng(9).choice(["2024Q1", "2024Q2", "2024Q3"], 120)


def hall(*, weights: Any = None, kind: str = "sampling", cluster: Any = None, groups: Any = PERIODS) -> Survey:
    return Survey.from_arrays(
        HALL,
        perception=STUDY.perceived,
        expectation=STUDY.expected,
        weights=weights,
        weight_kind=kind,
        cluster=cluster,
        groups={"period": groups},
    )


def samples(key: str) -> dict[str, Array]:
    """Gaps of each period, without missing ones."""
    scores = columns(STUDY.gaps)[key]
    return {str(period): there(scores[period == PERIODS]) for period in np.unique(PERIODS)}


def equal(one: GroupComparison, other: GroupComparison) -> None:
    for what in ("tests", "pairs"):
        pd.testing.assert_frame_equal(one.to_frame(what), other.to_frame(what), rtol=1e-9, check_dtype=False)


def test_all_groups_at_once_are_welch_s_analysis_of_variance() -> None:
    found = compare_groups(hall(), "period", items=True)
    assert found.groups == ("2024Q1", "2024Q2", "2024Q3")
    for row in found:
        groups = list(samples(row.key).values())
        told: Any = anova_oneway(groups, use_var="unequal", welch_correction=True)
        assert (row.f, row.df, row.df_error, row.p) == pytest.approx(
            (told.statistic, 2, told.df_denom, told.pvalue), rel=1e-9
        )
        whole = np.concatenate(groups)
        between = sum(len(group) * (group.mean() - whole.mean()) ** 2 for group in groups)
        total = ((whole - whole.mean()) ** 2).sum()
        error = (total - between) / (len(whole) - 3)
        assert row.eta_squared == pytest.approx(between / total)
        assert row.omega_squared == pytest.approx((between - 2 * error) / (total + error))
        means = {name: group.mean() for name, group in samples(row.key).items()}
        assert (row.lowest, row.highest) == (min(means, key=means.__getitem__), max(means, key=means.__getitem__))
        assert (row.groups, row.n) == (3, len(whole))


def test_pairs_are_welch_s_t_later_minus_earlier() -> None:
    found = compare_groups(hall(), "period", confidence=0.9)
    assert [(row.group[-2:], row.versus[-2:]) for row in found.pairs[:3]] == [("Q2", "Q1"), ("Q3", "Q1"), ("Q3", "Q2")]
    for row in found.pairs:
        one, other = samples(row.key)[row.group], samples(row.key)[row.versus]
        t: Any = stats.ttest_ind(one, other, equal_var=False)
        low, high = t.confidence_interval(0.9)
        told = (row.n_group, row.n_versus, row.mean_group, row.mean_versus, row.difference, row.low, row.high, row.p)
        expected = (len(one), len(other), one.mean(), other.mean(), one.mean() - other.mean(), low, high, t.pvalue)
        assert told == pytest.approx(expected, rel=1e-9)
        n1, n2 = len(one), len(other)
        pooled = np.sqrt(((n1 - 1) * one.var(ddof=1) + (n2 - 1) * other.var(ddof=1)) / (n1 + n2 - 2))
        assert row.g == pytest.approx((one.mean() - other.mean()) / pooled * (1 - 3 / (4 * (n1 + n2 - 2) - 1)))
        assert number(row.g_low) < number(row.g) < number(row.g_high)
        assert reason(row.design_effect) == "respondents are not in clusters"


def test_p_is_adjusted_over_scores_and_over_the_pairs_of_a_score() -> None:
    found = compare_groups(hall(), "period", items=True, adjust=Adjustment.BH)
    for family in ([row for row in found if row.about == "item"], [row for row in found if row.about != "item"]):
        expected = multipletests([number(row.p) for row in family], method="fdr_bh")[1]
        assert [row.p_adjusted for row in family] == pytest.approx(expected.tolist())
    for start in range(0, len(found.pairs), 3):
        trio = found.pairs[start : start + 3]
        expected = multipletests([number(row.p) for row in trio], method="fdr_bh")[1]
        assert [row.p_adjusted for row in trio] == pytest.approx(expected.tolist())


def test_weights_count_by_their_kind() -> None:
    by_weight = compare_groups(hall(weights=STUDY.weights), "period")
    for row in by_weight.pairs:
        one, other = (
            sampled(columns(STUDY.gaps)[row.key][period == PERIODS], STUDY.weights[period == PERIODS])
            for period in (row.group, row.versus)
        )
        assert (row.difference, row.se) == pytest.approx((one.mean - other.mean, np.hypot(one.se, other.se)), rel=1e-9)
        assert reason(row.g_low) == "it has no form for sampling weights"
    rows = np.repeat(np.arange(120), STUDY.frequencies)
    many = Survey.from_arrays(
        HALL, perception=STUDY.perceived[rows], expectation=STUDY.expected[rows], groups={"period": PERIODS[rows]}
    )
    counted = hall(weights=STUDY.frequencies, kind="frequency")
    equal(compare_groups(counted, "period"), compare_groups(many, "period"))
    alike = compare_groups(hall(weights=np.full(120, 2.5)), "period")
    for mine, theirs in zip(alike, compare_groups(hall(), "period"), strict=True):
        assert (mine.f, mine.p, mine.eta_squared, mine.omega_squared) == pytest.approx(
            (theirs.f, theirs.p, theirs.eta_squared, theirs.omega_squared)
        )


@pytest.mark.parametrize("nested", [False, True])
def test_clusters_may_be_in_several_groups(nested: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """A regression on periods with cluster-robust errors, less its factor (n − 1) / (n − k)."""
    visit = np.random.default_rng(4).integers(0, 12, 120)
    cluster = np.char.add(PERIODS, visit.astype(str)) if nested else visit
    found = compare_groups(hall(cluster=cluster), "period")
    for row in found:
        scores = columns(STUDY.gaps)[row.key]
        used = ~np.isnan(scores)
        design = (PERIODS[used, None] == np.array(found.groups)).astype(float)
        codes = np.unique(cluster[used], return_inverse=True)[1]
        told = OLS(scores[used], design).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
        n, clusters = used.sum(), len(np.unique(codes))
        wald = told.wald_test(np.array([[-1, 1, 0], [-1, 0, 1]]), use_f=True, scalar=True).statistic * (n - 1) / (n - 3)
        assert (row.df, row.df_error) == (2, clusters - 2)
        assert row.f == pytest.approx(wald * (clusters - 2) / (clusters - 1), rel=1e-8)
        assert row.p == pytest.approx(stats.f.sf(number(row.f), 2, clusters - 2), rel=1e-9)
    for pair in found.pairs:
        scores = columns(STUDY.gaps)[pair.key]
        used = ~np.isnan(scores) & np.isin(PERIODS, [pair.group, pair.versus])
        design = np.column_stack([np.ones(used.sum()), PERIODS[used] == pair.group])
        codes = np.unique(cluster[used], return_inverse=True)[1]
        told = OLS(scores[used], design).fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
        n = used.sum()
        assert pair.se == pytest.approx(told.bse[1] * np.sqrt((n - 2) / (n - 1)), rel=1e-9)
        assert pair.df == len(np.unique(codes)) - 1
        assert number(pair.design_effect) > 0


def test_two_groups_in_clusters_are_tested_alike_at_once_and_as_a_pair() -> None:
    found = compare_groups(hall(cluster=STUDY.visit), "period", order=["2024Q1", "2024Q3"])
    for row, pair in zip(found, found.pairs, strict=True):
        assert (row.f, row.p) == pytest.approx((number(pair.t) ** 2, pair.p))
    assert any("left out, group 2024Q2" in note for note in found.to_table().notes)


def test_different_people_in_two_periods() -> None:
    """Four samples: the change of a gap has the errors of all of them, with Welch's degrees of freedom."""
    sides = [study(size, seed=seed).survey("wave") for size, seed in ((50, 1), (40, 2))]
    survey = Survey.unpaired(perception=sides[0], expectation=sides[1])
    found = compare_groups(survey, "wave")
    seen, hoped = columns(study(50, seed=1).perceived), columns(study(40, seed=2).expected)
    for row in found.pairs:
        four = [
            there(scores[row.key][waves == wave])
            for scores, waves in ((seen, study(50, seed=1).wave), (hoped, study(40, seed=2).wave))
            for wave in (2, 1)
        ]
        parts = [each.var(ddof=1) / len(each) for each in four]
        freedom = sum(parts) ** 2 / sum(v**2 / (len(each) - 1) for v, each in zip(parts, four, strict=True))
        mean = four[0].mean() - four[1].mean() - four[2].mean() + four[3].mean()
        assert (row.difference, row.se, row.df) == pytest.approx((mean, np.sqrt(sum(parts)), freedom), rel=1e-9)
        assert reason(row.g) == "different people answered the two levels"
    for one, pair in zip(found, found.pairs, strict=True):
        assert (one.f, one.df_error) == pytest.approx((number(pair.t) ** 2, pair.df))


@pytest.mark.parametrize("sides", [("weights",), ("visit",)])
def test_merged_summaries_say_what_the_survey_says(sides: tuple[str, ...]) -> None:
    whole = study(150, seed=12)
    parts = [summarize(whole.part(rows).survey("wave", "branch", *sides), *gap_models(), by=["branch", "wave"])
             for rows in np.array_split(np.arange(150), 3)]  # fmt: skip
    merged = sum(parts[::-1])
    assert isinstance(merged, Summary)
    equal(compare_groups(merged, "wave"), compare_groups(whole.survey("wave", *sides), "wave"))
    branches = compare_groups(merged, "branch")
    assert branches.groups == ("north", "south")
    assert any(note.startswith("left out, no group: ") for note in branches.to_table("pairs").notes)


def test_periods_against_the_one_before() -> None:
    found = compare_groups(hall(), "period", successive=True)
    assert [(row.group, row.versus) for row in found.pairs[:2]] == [("2024Q2", "2024Q1"), ("2024Q3", "2024Q2")]
    assert len(found.pairs) == 2 * 4
    back = compare_groups(hall(), "period", successive=True, order=["2024Q3", "2024Q2", "2024Q1"])
    assert back.pairs[0].difference == pytest.approx(-number(found.pairs[1].difference))


def few(groups: list[Any], **options: Any) -> GroupComparison:
    rng = np.random.default_rng(5)
    perception = rng.integers(1, 8, (len(groups), 3)).astype(float)
    for row, group in enumerate(groups):
        if group == "nobody":
            perception[row] = [np.nan, np.nan, 4]
        if group == "still":
            perception[row] = 4
    return compare_groups(Survey.from_arrays(DESK, perception=perception, groups={"g": groups}, **options), "g")


def test_a_group_of_one_answer() -> None:
    found = few(["a"] * 5 + ["b"] * 6 + ["lone"])
    assert {reason(row.f) for row in found} == {"groups of one answer: lone"}
    assert all(number(row.eta_squared) >= 0 for row in found)
    for pair in found.pairs:
        if "lone" in {pair.group, pair.versus}:
            assert reason(pair.p) == reason(pair.g) == reason(pair.p_adjusted) == "groups of one answer: lone"
            assert number(pair.difference) == pytest.approx(number(pair.mean_group) - number(pair.mean_versus))
            assert pair.verdict is GroupVerdict.UNTESTED
        else:
            assert pair.p_adjusted == pair.p
    notes = found.to_table("pairs", language="zh").notes
    assert any("只有一个回答的组：lone" in note for note in notes)


def test_a_group_without_answers() -> None:
    found = few(["a"] * 5 + ["b"] * 6 + ["nobody"] * 3)
    speed = found["speed"]
    assert (speed.groups, speed.n, speed.df) == (2, 11, 1)
    speeds = found.between("speed", "nobody", "a")
    assert reason(speeds.mean_group) == reason(speeds.difference) == "groups without answers: nobody"
    assert found.between("care", "nobody", "a").mean_group == 4
    with pytest.raises(ArgumentError, match="no 'a' against 'nobody'"):
        found.between("care", "a", "nobody")


def test_groups_without_variation_and_one_cluster() -> None:
    found = few(["a"] * 5 + ["still"] * 4)
    assert {reason(row.f) for row in found} == {"groups without variation: still"}
    assert all(number(pair.p) <= 1 for pair in found.pairs)
    alike = few(["still"] * 3 + ["a"] * 5 + ["b"] * 4, cluster=["x"] * 3 + ["y", "z"] * 4 + ["y"])
    assert {reason(row.f) for row in alike} == {"groups of one cluster: still"}
    thin = few(["a"] * 4 + ["b"] * 4 + ["c"] * 4, cluster=["y", "z"] * 6)
    assert {reason(row.f) for row in thin} == {"too few clusters for so many groups"}


def test_a_group_whose_weights_are_zero() -> None:
    for kind in WeightKind:
        found = few(["a"] * 5 + ["b"] * 6, weights=[1] * 5 + [0] * 6, weight_kind=kind)
        assert {reason(row.f) for row in found} == {"fewer than two groups with answers"}
        assert {reason(row.eta_squared) for row in found} == {"fewer than two groups with answers"}
        assert {reason(pair.p) for pair in found.pairs} == {"groups without answers: b"}


@pytest.mark.parametrize(
    ("by", "asked", "error", "message"),
    [
        ("perid", {}, GroupError, "no 'perid'"),
        (["period"], {}, ArgumentError, "compared by one column"),
        ("period", {"order": ["2024Q1", "2025"]}, GroupError, "no '2025'"),
        ("period", {"order": ["2024Q1", "2024Q1"]}, GroupError, "each group is named once"),
        ("period", {"order": ["2024Q1"]}, GroupError, "only '2024Q1'; a comparison is of two groups"),
        ("period", {"order": []}, GroupError, "nobody in a group"),
        ("period", {"confidence": 2}, ArgumentError, "confidence"),
        ("period", {"adjust": "scheffe"}, ArgumentError, "it is one of holm"),
        ("period", {"model": Difference("ideal")}, LevelError, "it reads ideal"),
    ],
)
def test_questions_that_are_refused(by: Any, asked: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        compare_groups(hall(), by, **asked)


def test_summaries_that_were_made_otherwise() -> None:
    with pytest.raises(GroupError, match="no 'period'"):
        compare_groups(summarize(hall(), Difference()), "period")
    with pytest.raises(ModelError, match="compare_groups"):
        compare_groups(summarize(hall(), Difference(), by="period"), "period", model=PerformanceOnly())
    single = compare_groups(summarize(hall(), PerformanceOnly(), by="period"), "period")
    equal(single, compare_groups(hall(), "period", model=PerformanceOnly()))


def test_the_four_faces() -> None:
    found = compare_groups(hall(cluster=STUDY.visit), "period", items=True)
    assert repr(found).startswith("<hall by period: Difference: 3 groups differ in ")
    assert len(found.to_table()) == 12
    assert len(found.to_table("pairs", "scores")) == 12
    falls = found.to_table("pairs", "items", worst_first=True)["difference"]
    assert list(falls) == sorted(falls)  # type: ignore[type-var]
    assert found.to_table("pairs", "scores", language="zh")["label"][:3] == ("快", "快", "快")
    assert list(found.to_frame("pairs").columns)[:4] == ["about", "key", "group", "versus"]
    assert list(found.to_frame().columns) == [each.name for each in fields(GroupTest)]
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["groups"] == ["2024Q1", "2024Q2", "2024Q3"]
    assert record["pairs"]["inapplicable"][0].keys() == {"g_low", "g_high"}
    with pytest.raises(ArgumentError, match="it is one of tests, pairs"):
        found.to_table("means")
    assert {type(row) for row in found.pairs} == {PairTest}
    assert tuple(SIZES) == tuple(row.key for row in found if row.about == "dimension")
    told = [note for what in ("tests", "pairs") for note in found.told[what].notes]
    assert all(any(letter >= "\u4e00" for letter in note.zh) for note in told)
