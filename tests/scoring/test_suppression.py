"""Numbers of few people are not shown, and cannot be had from the total either."""

import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from servqual import Difference, Level, PerformanceOnly, Scores, Summary, Survey, Table, score, summarize
from servqual.errors import ArgumentError
from servqual.scoring.suppression import Suppression, hidden_groups, mark_beside
from tests.scoring.hall import HALL, SCORES, study

NUMBERS = ("n", "missing", "mean", "sd", "se", "low", "high")
SIZES = {"harbour": 60, "market": 25, "station": 12, "kiosk": 3}


def hall(sizes: dict[str, int] = SIZES, missing: float = 0.0, **options: Any) -> Survey:
    answers = study(sum(sizes.values()), missing=missing)
    branch = np.repeat(list(sizes), list(sizes.values()))
    return Survey.from_arrays(
        HALL, perception=answers.perceived, expectation=answers.expected, groups={"branch": branch}, **options
    )


def sources(survey: Survey) -> list[Scores | Summary]:
    return [score(survey, Difference(), dtype=np.float64), summarize(survey, Difference(), by="branch")]


def rows(table: Table, branch: str) -> list[int]:
    return [row for row, each in enumerate(table["branch"]) if each == branch]


@pytest.mark.parametrize("source", sources(hall()))
def test_few_people_are_suppressed_and_the_next_smallest_group_with_them(source: Scores | Summary) -> None:
    table, whole = source.table(by="branch", min_group=10), source.table(by="branch")
    for branch in SIZES:
        gone = branch in {"station", "kiosk"}
        for row in rows(table, branch):
            assert table["suppressed"][row] is gone
            for name in NUMBERS:
                assert table[name][row] == (None if gone else whole[name][row])
    assert len(table) == len(whole)
    assert table["score"] == whole["score"]
    assert table.notes[:-1] == whole.notes
    assert table.notes[-1] == (
        "suppressed in 1 of 4 groups: numbers that fewer than 10 respondents stand behind, and in 1 more, so that the "
        "total does not give these away"
    )


def test_all_faces_of_a_table_say_it() -> None:
    table = summarize(hall(), Difference(), by="branch").table(by="branch", min_group=10, language="zh")
    assert table.notes[-1] == "在4组中的1组隐去了受访者不足10人的数值；另隐去1组，以免由总体推算"
    told = json.loads(json.dumps(table.to_dict()))
    assert sum(told["columns"]["suppressed"]) == 2 * len(SCORES) + 2
    assert told["notes"] == list(table.notes)
    frame = table.to_frame()
    assert frame.loc[frame["suppressed"], list(NUMBERS)].isna().all(axis=None)
    assert frame.loc[~frame["suppressed"], list(NUMBERS)].notna().all(axis=None)
    assert "True" in str(table)


def test_items_are_suppressed_one_by_one() -> None:
    survey = hall({"a": 40, "b": 30, "c": 20})
    answers = survey.level(Level.PERCEPTION).numbers().T.copy()
    answers[70:85, 2] = np.nan
    few = Survey.from_arrays(HALL, perception=answers, groups={"branch": np.repeat(["a", "b", "c"], [40, 30, 20])})
    table = summarize(few, PerformanceOnly(), by="branch").item_table(by="branch", min_group=10)
    gone = [
        (branch, item)
        for branch, item, mark in zip(*map(table.__getitem__, ("branch", "item", "suppressed")), strict=True)
        if mark
    ]
    assert gone == [("b", HALL.item_keys[2]), ("c", HALL.item_keys[2])]
    assert table.notes[-1].startswith("suppressed in 1 of 3 groups: ")
    assert table.notes[-1].endswith(", and in 1 more, so that the total does not give these away")


def test_where_nobody_is_suppressed_the_rule_stands_all_the_same() -> None:
    table = score(hall(), Difference()).table("branch", min_group=3)
    assert not any(table["suppressed"])
    assert table.notes[-1] == "no group is suppressed: at least 3 respondents stand behind each number"


def test_the_total_is_suppressed_where_it_is_of_few() -> None:
    survey = hall({"a": 4, "b": 3})
    for source in sources(survey):
        table = source.table(min_group=10)
        assert all(table["suppressed"])
        assert set(table["mean"]) == {None}
        assert table.notes[-1] == "numbers that fewer than 10 respondents stand behind are suppressed"
        assert not any(source.table(min_group=7)["suppressed"])


def test_frequencies_count_as_so_many_and_sampling_weights_as_one() -> None:
    sizes = {"a": 8, "b": 30, "c": 40}
    frequency = hall(sizes, weights=np.full(78, 2), weight_kind="frequency")
    sampling = hall(sizes, weights=np.full(78, 2.0))
    shown = [
        each.table("branch", min_group=10)["suppressed"]
        for each in (score(frequency, Difference()), score(sampling, Difference()))
    ]
    assert shown[0].count(True) == 0
    assert shown[1].count(True) == 2 * len(SCORES)


def test_bootstrap_intervals_are_suppressed_too() -> None:
    summary = summarize(hall(key=np.arange(100)), Difference(), by="branch", replicates=50, seed=3)
    table = summary.table(by="branch", interval="bootstrap", min_group=10)
    for row in [*rows(table, "station"), *rows(table, "kiosk")]:
        assert {table[name][row] for name in NUMBERS} == {None}
    assert None not in [table["low"][row] for row in rows(table, "harbour")]


def test_of_different_people_the_fewer_count() -> None:
    one, other = hall({"a": 30, "b": 30, "c": 30}), hall({"a": 30, "b": 5, "c": 30})
    both = Survey.unpaired(perception=one, expectation=other)
    table = summarize(both, Difference(), by="branch").table(by="branch", min_group=10)
    assert {branch for branch, mark in zip(table["branch"], table["suppressed"], strict=True) if mark} == {"a", "b"}


def test_a_group_column_of_that_name_keeps_it() -> None:
    survey = hall()
    renamed = Survey.from_arrays(
        HALL,
        perception=survey.level(Level.PERCEPTION).numbers().T,
        groups={"suppressed": survey.grouping("branch").codes},
    )
    table = score(renamed, PerformanceOnly()).table("suppressed", min_group=10)
    assert next(iter(table.columns)) == "group_suppressed"
    assert mark_beside(["suppressed"]) == "suppressed_"
    assert mark_beside(["branch"]) == "suppressed"


@pytest.mark.parametrize("wrong", [0, -3, 2.5, "ten", True])
def test_a_smallest_group_is_a_number_of_people(wrong: Any) -> None:
    for source in sources(hall()):
        with pytest.raises(
            ArgumentError, match=r"min_group: .*; it is the number of respondents that a shown group has"
        ):
            source.table(min_group=wrong)


COUNTS = arrays(np.int64, st.tuples(st.integers(1, 7), st.integers(1, 3)), elements=st.integers(0, 30))


@settings(deadline=None)
@given(COUNTS, st.integers(1, 25))
def test_nothing_of_few_people_can_be_had_from_the_total(n: Any, least: int) -> None:
    found = Suppression.of(n, least)
    assert (found.hidden >= found.few).all()
    assert (found.few == (n < least)).all()
    for row in range(n.shape[1]):
        behind = n[found.hidden[:, row], row]
        behind = behind[behind > 0]
        if behind.size and not found.hidden[:, row].all():
            # the total without the groups that are shown is of enough people
            assert behind.sum() >= least
            assert behind.size > 1 or (behind >= least).all()
        # no more than needed: without the last one added they would give somebody away
        more = found.hidden[:, row] & ~found.few[:, row]
        if more.sum() > 0:
            last = np.flatnonzero(more)[np.argmax(n.max(axis=1)[more])]
            without = np.delete(n[:, row], last)[np.delete(found.hidden[:, row], last)]
            without = without[without > 0]
            assert without.sum() < least


@settings(deadline=None)
@given(COUNTS, st.integers(1, 25))
def test_suppression_does_not_depend_on_more_groups_of_nobody(n: Any, least: int) -> None:
    wider = np.vstack([n, np.zeros((1, n.shape[1]), np.int64)])
    assert (Suppression.of(wider, least).hidden[:-1] == Suppression.of(n, least).hidden).all()


def test_groups_as_wholes() -> None:
    for sizes, hidden in (
        ([50, 4, 30, 20], [False, True, False, True]),
        ([50, 4, 5, 20], [False, True, True, True]),
        ([50, 7, 5, 20], [False, True, True, False]),
        ([50, 0, 20], [False, True, False]),
    ):
        assert hidden_groups(np.reshape(sizes, (-1, 1)), 10).tolist() == hidden
    # what a group is left out for counts number by number
    assert hidden_groups([[50, 50], [30, 0], [20, 20]], 10).tolist() == [False, True, False]
    assert hidden_groups([[50, 50], [30, 2], [20, 20]], 10).tolist() == [False, True, True]


def test_it_survives_a_pickle_read_only() -> None:
    found = pickle.loads(pickle.dumps(Suppression.of([[3], [20], [30]], 10)))  # noqa: S301 - made on this line
    assert found.hidden.ravel().tolist() == [True, True, False]
    assert not found.hidden.flags.writeable
