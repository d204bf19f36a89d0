"""Readings by group do not tell of few people, and say so."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, Survey, summarize
from servqual.errors import ArgumentError, GroupError
from servqual.quality import (
    compare_groups,
    compare_zones,
    tolerance,
    tolerance_models,
    two_views,
    zone_models,
)
from tests.quality.zones_by_hand import COUNTER
from tests.scoring.hall import HALL

SIZES = {"a": 40, "b": 30, "c": 12, "d": 4}
N = sum(SIZES.values())
BRANCH = np.repeat(list(SIZES), list(SIZES.values()))
RNG = np.random.default_rng(11)


def hall(**options: Any) -> Survey:
    answers = RNG.integers(1, 8, (2, N, len(HALL)))
    return Survey.from_arrays(HALL, perception=answers[0], expectation=answers[1], groups={"branch": BRANCH}, **options)


def counter() -> Survey:
    size = (N, len(COUNTER))
    low, high, seen = RNG.integers(1, 5, size), RNG.integers(5, 10, size), RNG.integers(1, 10, size)
    return Survey.from_arrays(COUNTER, adequate=low, desired=high, perception=seen, groups={"branch": BRANCH})


def gone(told: Any, column: str = "branch") -> set[str]:
    marks = zip(told.table[column], told.table["suppressed"], strict=True)
    return {label for label, mark in marks if mark}


class TestTolerance:
    def test_few_are_not_told_and_the_next_smallest_group_goes_with_them(self) -> None:
        survey = counter()
        whole, found = tolerance(survey, by="branch"), tolerance(survey, by="branch", min_group=10)
        assert gone(found.told) == {"c", "d"}
        assert found.told.notes[-1].en == (
            "suppressed in 1 of 4 groups: numbers that fewer than 10 respondents stand behind, and in 1 more, so that "
            "the total does not give these away"
        )
        kept = {"branch", "about", "key"}
        for name, cells in whole.told.table.columns.items():
            shown = found.told.table[name]
            for branch, was, now in zip(whole.told.table["branch"], cells, shown, strict=True):
                assert now == (was if name in kept or branch in {"a", "b"} else None)

    def test_every_face_says_it(self) -> None:
        found = tolerance(summarize(counter(), *tolerance_models(), by="branch"), by="branch", min_group=10)
        for what in ("summary", "gaps", "shares"):
            table = found.to_table(what, "all", "zh")
            assert sum(map(bool, table["suppressed"])) == len(table) // 2
            assert table.notes[-1].startswith("在4组中的1组隐去了")
        assert "suppressed" in found.to_frame().columns
        assert json.loads(json.dumps(found.to_dict()))["columns"]["suppressed"].count(True) == len(table) // 2
        assert "4 groups by branch" in repr(found)
        assert repr(found).endswith("; 2 suppressed>")
        assert "suppressed" not in repr(tolerance(counter(), by="branch", min_group=3))

    def test_without_groups_the_total_is_held_to_the_rule(self) -> None:
        assert set(tolerance(counter(), min_group=N + 1).told.table["msa"]) == {None}
        assert None not in tolerance(counter(), min_group=N).told.table["msa"]

    def test_a_smallest_group_is_a_number_of_people(self) -> None:
        with pytest.raises(ArgumentError, match="min_group: 0; it is the number of respondents that a shown group has"):
            tolerance(counter(), by="branch", min_group=0)


class TestComparison:
    def test_small_groups_take_no_part(self) -> None:
        survey = hall()
        found = compare_groups(survey, "branch", min_group=10)
        alone = compare_groups(survey.select(np.isin(BRANCH, ["a", "b"])), "branch")
        assert found.groups == ("a", "b")
        for what in ("tests", "pairs"):
            pd.testing.assert_frame_equal(found.to_frame(what), alone.to_frame(what))
            assert found.told[what].notes[-1].en == (
                "left out: 1 of 4 groups, of fewer than 10 respondents each, and 1 more, so that the total does not "
                "give them away"
            )
        assert (
            found.to_table(language="zh").notes[-1]
            == "未纳入：4组中的1组，各组受访者不足10人；另排除1组，以免由总体推算"
        )

    def test_a_summary_gives_the_same(self) -> None:
        survey = hall()
        one = compare_groups(summarize(survey, Difference(), by="branch"), "branch", min_group=10)
        pd.testing.assert_frame_equal(one.to_frame(), compare_groups(survey, "branch", min_group=10).to_frame())

    def test_groups_of_few_answers_to_what_is_compared_count_as_small(self) -> None:
        answers = RNG.integers(1, 8, (2, N, len(HALL))).astype(float)
        answers[0, BRANCH == "b", 0] = np.nan
        levels = {"perception": answers[0], "expectation": answers[1]}
        survey = Survey.from_arrays(HALL, **levels, groups={"branch": BRANCH})
        assert compare_groups(survey, "branch", min_group=4).groups == ("a", "b", "c", "d")
        assert compare_groups(survey, "branch", min_group=4, items=True).groups == ("a", "c", "d")
        assert compare_groups(survey, "branch", min_group=5).groups == ("a", "b")
        with pytest.raises(GroupError, match="fewer than 5 respondents in 2 of 4 groups, which leaves 1"):
            compare_groups(survey, "branch", min_group=5, items=True)

    def test_where_all_are_large_the_rule_stands_all_the_same(self) -> None:
        found = compare_groups(hall(), "branch", min_group=4)
        assert found.told["pairs"].notes[-1].en == "no group is left out: each has at least 4 respondents"

    def test_two_groups_are_left_or_there_is_no_comparison(self) -> None:
        with pytest.raises(GroupError) as caught:
            compare_groups(hall(), "branch", min_group=35)
        assert str(caught.value) == (
            "min_group: fewer than 35 respondents in 3 of 4 groups, which leaves 1; a comparison is of two groups at "
            "least, and none is told by subtraction. Hint: put small groups together, or choose a smaller min_group"
        )
        with pytest.raises(ArgumentError, match="min_group: 0"):
            compare_groups(hall(), "branch", min_group=0)


class TestZones:
    def test_comparisons_with_a_suppressed_side_are_not_told(self) -> None:
        survey = counter()
        whole, found = compare_zones(survey, "branch"), compare_zones(survey, "branch", min_group=10)
        assert gone(found.told, "group") == {"c", "d"}
        table = found.told.table
        for row, group in enumerate(table["group"]):
            assert table["difference"][row] == (whole.told.table["difference"][row] if group == "b" else None)
            assert table["suppressed"][row] is (group != "b")
        assert "suppressed" in found.to_table().columns
        assert found.told.notes[-1].en.startswith("suppressed in 1 of 4 groups")

    def test_with_a_suppressed_reference_nothing_is_told(self) -> None:
        found = compare_zones(summarize(counter(), *zone_models(), by="branch"), "branch", reference="d", min_group=10)
        assert set(found.told.table["difference"]) == {None}

    def test_refusals(self) -> None:
        kinds = {key: [key] for key in COUNTER.dimension_keys[:2]}
        with pytest.raises(ArgumentError, match=r"min_group: 10; kinds of items are compared within everybody"):
            compare_zones(counter(), between=kinds, min_group=10)
        with pytest.raises(ArgumentError, match="min_group: -1"):
            compare_zones(counter(), "branch", min_group=-1)


def test_two_views_of_few_encounters_are_not_told() -> None:
    ours, theirs = hall(), hall()
    found, whole = two_views(ours, theirs, by="branch", min_group=10), two_views(ours, theirs, by="branch")
    assert gone(found.told) == {"c", "d"}
    assert repr(found).endswith("; 4 groups by branch; 2 suppressed>")
    for name in ("bias", "ccc", "judgement", "n"):
        rows = zip(found.told.table["branch"], found.told.table[name], whole.told.table[name], strict=True)
        assert all(now == (was if branch in {"a", "b"} else None) for branch, now, was in rows)
    for what in ("bias", "agreement", "shares"):
        assert "suppressed" in found.to_table(what).columns
    with pytest.raises(ArgumentError, match="min_group: 0"):
        two_views(ours, theirs, by="branch", min_group=0)
