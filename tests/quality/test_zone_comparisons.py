"""What moves the zone of tolerance: against scipy, statsmodels and loops; and what is refused."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS

from servqual import Summary, Survey, summarize
from servqual.errors import GroupError, JointAnswersError, LevelError, ModelError
from servqual.quality import ZoneComparison, compare_zones, zone_models
from servqual.statistics import ArgumentError
from tests.quality.zones_by_hand import COUNTER, KEYS, MISSING, ROWS, SIZES, Array, Study, scored, study

KINDS = {"outcome": ["speed"], "process": ["care", "room_1"]}


def ends_of(made: Study) -> dict[str, Array]:
    """Adequate, desired and width where both ends were answered."""
    there = ~np.isnan(made.low + made.high)
    pairs = {"adequate": made.low, "desired": made.high, "width": made.high - made.low}
    return {name: np.where(there, values, MISSING) for name, values in pairs.items()}


def rows_of(comparison: ZoneComparison) -> dict[tuple[Any, ...], dict[str, Any]]:
    table = comparison.told.table
    names = list(table.columns)
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True)]
    return {(row["group"], row["measure"], row["key"]): row for row in rows}


def hedges(one: Array, other: Array) -> float:
    df = len(one) + len(other) - 2
    pooled = np.sqrt(((len(one) - 1) * one.var(ddof=1) + (len(other) - 1) * other.var(ddof=1)) / df)
    return float((one.mean() - other.mean()) / pooled * (1 - 3 / (4 * df - 1)))


class TestBetweenGroups:
    def test_differences_are_welch_tests_and_effects_hedges_g(self) -> None:
        made = study(120, seed=3)
        found = rows_of(compare_zones(made.survey("visit"), "visit"))
        assert len(found) == 3 * len(ROWS)
        for measure, values in ends_of(made).items():
            for place, key in enumerate(ROWS):
                sides = [scored(values[made.visit == label])[:, place] for label in ("recovery", "first")]
                one, other = (side[~np.isnan(side)] for side in sides)
                row = found["recovery", measure, key]
                told: Any = stats.ttest_ind(one, other, equal_var=False)
                low, high = told.confidence_interval(0.95)
                wanted = [
                    one.mean() - other.mean(),
                    told.statistic,
                    told.df,
                    told.pvalue,
                    low,
                    high,
                    hedges(one, other),
                ]
                names = ("difference", "t", "df", "p", "low", "high", "effect")
                np.testing.assert_allclose([row[name] for name in names], wanted, rtol=1e-9, atol=1e-12)
                assert (row["n_group"], row["n_reference"]) == (len(one), len(other))
                assert row["effect_low"] <= row["effect"] <= row["effect_high"]

    def test_the_width_moves_by_the_difference_of_its_ends(self) -> None:
        found = rows_of(compare_zones(study().survey("visit", "weights"), "visit"))
        for key in ROWS:
            low, high, width = (found["recovery", name, key]["difference"] for name in ("adequate", "desired", "width"))
            assert high - low == pytest.approx(width, abs=1e-12)

    def test_exchanging_groups_turns_every_sign(self) -> None:
        survey = study().survey("visit")
        one, other = (rows_of(compare_zones(survey, "visit", reference=label)) for label in ("first", "recovery"))
        for (_, measure, key), row in one.items():
            back = other["first", measure, key]
            for name, turned in (
                ("difference", "difference"),
                ("effect", "effect"),
                ("low", "high"),
                ("effect_low", "effect_high"),
            ):
                assert row[name] == pytest.approx(-back[turned], abs=1e-9)

    def test_recovery_is_asked_more_of_and_has_less_room(self) -> None:
        made = study(400, missing=0)
        again = made.visit == "recovery"
        made.low[again] = np.minimum(made.low[again] + 2, 9)
        made.high[again] = np.minimum(made.high[again] + 1, 9)
        found = rows_of(compare_zones(made.survey("visit"), "visit"))
        shifts = [found["recovery", name, "overall"] for name in ("adequate", "desired", "width")]
        assert [row["low"] > 0 for row in shifts] == [True, True, False]
        assert shifts[2]["high"] < 0
        assert shifts[0]["difference"] > shifts[1]["difference"]

    def test_clusters_that_are_in_both_groups(self) -> None:
        made = study(200, missing=0)
        found = rows_of(compare_zones(made.survey("visit", "branch"), "visit"))
        again = (made.visit == "recovery").astype(float)
        values = made.low[:, 0]
        told = OLS(values, np.column_stack([np.ones(len(values)), again])).fit()
        influence = told.resid * np.where(again == 1, 1 / again.sum(), -1 / (1 - again).sum())
        totals = [influence[made.branch == branch].sum() for branch in set(made.branch)]
        error = np.sqrt(np.square(totals).sum() * len(totals) / (len(totals) - 1))
        row = found["recovery", "adequate", KEYS[0]]
        np.testing.assert_allclose([row["difference"], row["se"]], [told.params[1], error])
        assert row["df"] == len(totals) - 1

    def test_merged_summaries_compare_as_the_whole(self) -> None:
        made = study(90)
        batches = [made.part(slice(start, start + 30)).survey("visit", "weights") for start in (0, 30, 60)]
        merged = sum(summarize(batch, *zone_models(), by="visit") for batch in batches)
        assert isinstance(merged, Summary)
        again = Summary.from_json(merged.to_json())
        whole = rows_of(compare_zones(made.survey("visit", "weights"), "visit"))
        for key, row in rows_of(compare_zones(again, "visit")).items():
            for name, value in row.items():
                assert value == (
                    whole[key][name] if isinstance(value, str) else pytest.approx(whole[key][name], rel=1e-9)
                )

    def test_three_groups_against_the_one_that_is_named(self) -> None:
        made = study(90)
        branch = np.arange(90) % 3
        survey = Survey.from_arrays(COUNTER, adequate=made.low, desired=made.high, groups={"branch": branch})
        comparison = compare_zones(survey, "branch", reference=1)
        assert dict.fromkeys(comparison.told.table["group"]) == dict.fromkeys([0, 2])
        assert (
            repr(comparison) == "<ZoneComparison of 'counter: what moves the zone of tolerance': 2 against 1 by branch>"
        )

    def test_a_group_that_answered_nothing(self) -> None:
        made = study()
        made.low[made.visit == "recovery"] = np.nan
        row = rows_of(compare_zones(made.survey("visit"), "visit"))["recovery", "width", "overall"]
        assert (row["n_group"], row["difference"], row["p"], row["effect"]) == (0, None, None, None)

    def test_one_cluster_has_an_effect_without_an_interval(self) -> None:
        made = study(40)
        made.branch[:] = 1
        survey = made.survey("visit", "branch")
        for comparison in (compare_zones(survey, "visit"), compare_zones(survey, between=KINDS)):
            row = next(iter(rows_of(comparison).values()))
            assert row["effect"] is not None
            assert [row[name] for name in ("low", "p", "effect_low", "effect_high")] == [None] * 4

    def test_groups_that_do_not_vary(self) -> None:
        low = np.repeat([[4.0], [5.0]], 5, axis=0) + np.zeros((10, 7))
        survey = Survey.from_arrays(COUNTER, adequate=low, desired=low + 2, groups={"g": [0] * 5 + [1] * 5})
        row = rows_of(compare_zones(survey, "g"))[1, "adequate", "overall"]
        assert [row[name] for name in ("difference", "low", "high", "p", "effect")] == [1, 1, 1, None, None]


class TestWithinPeople:
    def test_kinds_of_items_are_compared_in_pairs(self) -> None:
        made = study(80)
        found = rows_of(compare_zones(made.survey(), between=KINDS))
        values = ends_of(made)
        for measure, items in values.items():
            one, other = half_means(items[:, :4]), half_means(items[:, 4:])
            there = ~np.isnan(one + other)
            one, other = one[there], other[there]
            told: Any = stats.ttest_rel(one, other)
            low, high = told.confidence_interval(0.95)
            row = found["outcome", measure, "overall"]
            factor = 1 - 3 / (4 * told.df - 1)
            effect = (one - other).mean() / np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2) * factor
            wanted = [there.sum(), one.mean(), other.mean(), told.statistic, told.pvalue, low, high, effect]
            names = ("n_group", "mean_group", "mean_reference", "t", "p", "low", "high", "effect")
            np.testing.assert_allclose([row[name] for name in names], wanted, rtol=1e-9)

    @pytest.mark.parametrize("over", ["dimensions", "items"])
    def test_what_matters_more_to_each_respondent(self, over: str) -> None:
        made, rng = study(70, missing=0.02), np.random.default_rng(5)
        width = len(SIZES) if over == "dimensions" else len(KEYS)
        points = rng.multinomial(100, np.ones(width) / width, 70).astype(float)
        points[0] = 100 / width
        given: dict[str, Any] = {"adequate": made.low, "desired": made.high, "importance": points}
        found = rows_of(compare_zones(Survey.from_arrays(COUNTER, renormalise=True, **given), between="importance"))
        kinds = np.repeat(points, list(SIZES.values()), axis=1) if over == "dimensions" else points
        middle = points.mean(axis=1)
        differences = []
        for row, values in enumerate(ends_of(made)["adequate"]):
            one, other = (
                half_means(values[None, kind])
                for kind in (kinds[row] > middle[row] + 1e-9, kinds[row] < middle[row] - 1e-9)
            )
            differences.append(one[0] - other[0])
        there = np.array(differences)[~np.isnan(differences)]
        row_found = found["important", "adequate", "overall"]
        assert (row_found["n_group"], row_found["difference"]) == (len(there), pytest.approx(there.mean()))
        assert row_found["reference"] == "unimportant"

    def test_weights_and_clusters_are_honoured(self) -> None:
        made = study(80)
        plain, weighted, clustered = (
            rows_of(compare_zones(made.survey(*sides), between=KINDS))["outcome", "width", "overall"]
            for sides in ((), ("weights",), ("branch",))
        )
        assert weighted["difference"] != plain["difference"]
        assert (clustered["difference"], clustered["df"]) == (pytest.approx(plain["difference"]), 6)
        assert clustered["se"] != pytest.approx(plain["se"])


def half_means(items: Array) -> Array:
    """Means of rows in which at least half of the items were answered."""
    told = []
    for row in items:
        given = row[~np.isnan(row)]
        told.append(given.mean() if len(given) and len(given) >= len(row) / 2 else MISSING)
    return np.array(told)


class TestRefusals:
    SURVEY = study().survey("visit")

    def refused(self, kind: type[Exception], match: str, *asked: Any, **options: Any) -> None:
        source = options.pop("source", self.SURVEY)
        with pytest.raises(kind, match=match):
            compare_zones(source, *asked, **options)

    def test_one_kind_of_comparison_at_a_time(self) -> None:
        self.refused(ArgumentError, "by, between: neither; .*or between kinds of items")
        self.refused(ArgumentError, "by, between: both;", "visit", between=KINDS)
        self.refused(ArgumentError, "reference: 'process'; of two kinds of items", between=KINDS, reference="process")

    def test_groups(self) -> None:
        self.refused(GroupError, "reference: no 'frist'.*did you mean first", "visit", reference="frist")
        self.refused(GroupError, "no 'vist'", "vist")
        alone = self.SURVEY.select(visit="first")
        self.refused(GroupError, "groups 'visit': 'first' alone; zones are compared", "visit", source=alone)

    def test_kinds(self) -> None:
        self.refused(ArgumentError, "1 kinds of items; two kinds are compared", between={"all": ["speed"]})
        self.refused(ArgumentError, "no 'sped'; .*did you mean speed", between={"a": ["sped"], "b": ["care"]})
        self.refused(ArgumentError, "'speed'; a kind is a list.*write", between={"a": "speed", "b": ["care"]})
        self.refused(ArgumentError, r"\[\]; a kind is a list", between={"a": [], "b": ["care"]})
        self.refused(ArgumentError, "speed_2 in both", between={"a": ["speed"], "b": ["speed_2", "care"]})
        self.refused(ArgumentError, "between: 'weights'; kinds of items are 'importance'", between="weights")
        self.refused(LevelError, "survey: no importance; ", between="importance")

    def test_levels(self) -> None:
        self.refused(LevelError, "it reads minimum", "visit", adequate="minimum")
        self.refused(LevelError, "it reads minimum; the survey holds", between=KINDS, adequate="minimum")

    def test_summaries(self) -> None:
        summary = summarize(self.SURVEY, *zone_models(), by="visit")
        self.refused(JointAnswersError, "between kinds of items; .*pass the survey", source=summary, between=KINDS)
        self.refused(ModelError, r"summarize\(survey, \*zone_models\('minimum', 'desired'\), by=\['visit'\]\)", "visit",
                     source=summary, adequate="minimum")  # fmt: skip

    def test_levels_from_different_people(self) -> None:
        apart = Survey.unpaired(adequate=self.SURVEY, desired=self.SURVEY)
        self.refused(JointAnswersError, "no comparison of zones; it needs adequate, desired", "visit", source=apart)
        self.refused(JointAnswersError, "no comparison of zones", between=KINDS, source=apart)


def test_faces() -> None:
    comparison = compare_zones(study().survey("visit"), "visit")
    table = comparison.to_table(language="zh")
    assert (table.title, table["label"][-1]) == ("counter：容忍区域的移动", "总体")
    assert len(comparison.to_table("items")) == 3 * len(KEYS)
    assert len(comparison.to_frame("polars")) == 3 * len(ROWS)
    told = comparison.to_dict()
    assert (told["reading"], told["between"], told["reference"]) == ("compare_zones", "visit", "first")
    json.dumps(told, allow_nan=False)
