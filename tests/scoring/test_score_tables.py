"""Tables of scores say what other programs say of the same numbers."""

import json
from typing import Any

import numpy as np
import pytest

from servqual import Difference, Language, PerformanceOnly, Scores, Survey, Weighted, score, summarize
from servqual.statistics import ArgumentError, kish_effective_size
from tests.scoring.hall import HALL, SCORES, check_table, clustered, one_by_one, plain, repeated, sampled, study

STUDY = study(400)
GAPS = one_by_one(STUDY.gaps)


def scored(*sides: str, **options: Any) -> Scores:
    return score(STUDY.survey(*sides), Difference(), dtype=np.float64, **options)


def test_means_spreads_and_intervals_are_those_of_student() -> None:
    expected = {(name,): plain(GAPS[:, place]) for place, name in enumerate(SCORES)}
    check_table(scored().table(), expected)
    check_table(scored().to_table(), expected)


def test_the_mean_of_items_has_a_row_where_it_is_asked_for() -> None:
    expected = {(name,): plain(GAPS[:, place]) for place, name in enumerate((*SCORES, "overall_items"))}
    check_table(scored(overall_items=True).table(), expected)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.99])
def test_intervals_are_as_wide_as_asked(confidence: float) -> None:
    expected = {(name,): plain(GAPS[:, place], confidence) for place, name in enumerate(SCORES)}
    table = scored().table(confidence=confidence)
    check_table(table, expected)
    assert f"interval: {confidence:.0%}, Student t" in str(table)


def test_frequencies_count_as_repeated_rows() -> None:
    expected = {(name,): repeated(GAPS[:, place], STUDY.frequencies) for place, name in enumerate(SCORES)}
    table = scored("frequencies").table()
    check_table(table, expected)
    again = STUDY.part(np.repeat(np.arange(400), STUDY.frequencies))
    long = score(again.survey(), Difference(), dtype=np.float64).table()
    check_table(long, expected)
    for name in ("n", "missing"):
        assert table[name] == long[name]
    assert "weights: frequency" in table.notes


def test_sampling_weights_give_linearised_errors() -> None:
    expected = {(name,): sampled(GAPS[:, place], STUDY.weights) for place, name in enumerate(SCORES)}
    table = scored("weights").table()
    check_table(table, expected)
    worth = kish_effective_size(STUDY.weights[~np.isnan(GAPS[:, 3])])
    assert f"weights: sampling; Kish effective n of the overall score {worth:.0f}" in table.notes


def test_sampling_weights_matter_only_by_their_ratios() -> None:
    survey = Survey.from_arrays(
        HALL, perception=STUDY.perceived, expectation=STUDY.expected, weights=STUDY.weights * 1e6
    )
    expected = {(name,): sampled(GAPS[:, place], STUDY.weights) for place, name in enumerate(SCORES)}
    check_table(score(survey, Difference(), dtype=np.float64).table(), expected)


def test_clusters_give_robust_errors() -> None:
    expected = {(name,): clustered(GAPS[:, place], STUDY.visit) for place, name in enumerate(SCORES)}
    table = scored("visit").table()
    check_table(table, expected)
    assert any(note.startswith("errors: cluster-robust") for note in table.notes)


@pytest.mark.parametrize("run", [score, summarize])
def test_one_cluster_has_no_error_and_the_table_says_why(run: Any) -> None:
    north = ["north"] * len(STUDY.perceived)
    survey = Survey.from_arrays(HALL, perception=STUDY.perceived, expectation=STUDY.expected, cluster=north)
    table = run(survey, Difference()).table()
    assert set(table["se"]) == {None}
    note = "where there is one cluster only, nothing tells how clusters differ: no error and no interval"
    assert table.notes[-1] == note
    assert note not in score(STUDY.survey("visit"), Difference()).table().notes


def test_clusters_and_weights_go_together() -> None:
    expected = {(name,): clustered(GAPS[:, place], STUDY.visit, STUDY.weights) for place, name in enumerate(SCORES)}
    check_table(scored("visit", "weights").table(), expected)


@pytest.mark.parametrize(
    "labels",
    [
        [1.0, 2.0, 5.0],
        [0.5, 1.5, 2.5],
        [True, False, True],
        ["a", "b", "c"],
        ["a", 3, "c"],
        [3, 1, 2],
    ],
)
def test_clusters_may_bear_any_names(labels: list[Any]) -> None:
    which = STUDY.visit % 3
    cluster: Any = np.array(labels, object)[which]
    survey = Survey.from_arrays(HALL, perception=STUDY.perceived, expectation=STUDY.expected, cluster=cluster)
    same = which % 2 if labels[0] is True else which
    expected = {(name,): clustered(GAPS[:, place], same) for place, name in enumerate(SCORES)}
    check_table(score(survey, Difference(), dtype=np.float64).table(), expected)


def rows_of(labels: tuple[Any, ...], by: tuple[str, ...]) -> Any:
    masks = [np.array([each == label for each in getattr(STUDY, name)]) for name, label in zip(by, labels, strict=True)]
    return np.logical_and.reduce(masks)


GROUPS: dict[tuple[str, ...], list[tuple[Any, ...]]] = {
    ("branch",): [("north",), ("south",), (None,)],
    ("wave",): [(1,), (2,)],
    ("branch", "wave"): [(branch, wave) for branch in ("north", "south", None) for wave in (1, 2)],
    ("wave", "branch"): [(wave, branch) for wave in (1, 2) for branch in ("north", "south", None)],
}


@pytest.mark.parametrize("by", GROUPS, ids=" and ".join)
def test_groups_have_rows_of_their_own_and_those_without_a_group_come_last(by: tuple[str, ...]) -> None:
    expected = {
        (*labels, name): plain(GAPS[rows_of(labels, by), place])
        for labels in GROUPS[by]
        for place, name in enumerate(SCORES)
    }
    scores = scored("branch", "wave")
    check_table(scores.table(by), expected)
    check_table(scores.table(by=list(by)), expected)
    if len(by) == 1:
        check_table(scores.table(by[0]), expected)


def test_groups_keep_their_weights_and_clusters() -> None:
    scores = scored("branch", "weights", "visit")
    expected = {}
    for labels in GROUPS["branch",]:
        rows = rows_of(labels, ("branch",))
        for place, name in enumerate(SCORES):
            expected[(*labels, name)] = clustered(GAPS[rows, place], STUDY.visit[rows], STUDY.weights[rows])
    check_table(scores.table("branch"), expected)


def test_labels_may_be_added_in_a_language() -> None:
    scores = scored("wave")
    assert scores.table(language="zh")["label"] == ("快", "好", "大", "总体（各维度均值）")
    table = scored("wave", overall_items=True).table("wave", language=Language.ENGLISH)
    labels = ("speed", "care", "room", "overall (mean of dimensions)", "overall (mean of items)")
    assert table["label"] == labels * 2
    assert list(table.columns)[:3] == ["wave", "score", "label"]
    assert "label" not in scores.table().columns


def test_single_respondents_have_a_mean_and_nothing_else() -> None:
    alone = Survey.from_arrays(HALL, perception=np.full((1, 8), 5), expectation=np.full((1, 8), 7))
    table = score(alone, Difference()).table()
    assert table["mean"] == (-2, -2, -2, -2)
    assert set(table["sd"] + table["se"] + table["low"] + table["high"]) == {None}


def test_a_score_that_nobody_has_stays_empty() -> None:
    answers = np.full((3, 8), 5.0)
    answers[:, 7] = np.nan
    table = score(Survey.from_arrays(HALL, perception=answers), PerformanceOnly()).table()
    assert table["n"] == (3, 3, 0, 0)
    assert table["missing"] == (0, 0, 3, 3)
    assert table["mean"] == (5, 5, None, None)
    assert table.notes


def test_notes_say_the_rules() -> None:
    assert scored(min_answered=0.75).table().notes == (
        "interval: 95%, Student t; a dimension needs 75% of its items, the overall score every dimension",
    )


def test_titles_name_instrument_and_model() -> None:
    assert scored().table().title == "hall: Difference"
    weighted = score(STUDY.survey(), Weighted(Difference(), points=(1, 1, 2)))
    assert weighted.table().title == "hall: Weighted(Difference)"


def test_confidence_lies_between_0_and_1() -> None:
    with pytest.raises(
        ValueError, match=r"confidence: 95; it lies strictly between 0 and 1. Hint: pass 0.95"
    ) as caught:
        scored().table(confidence=95)
    assert isinstance(caught.value, ArgumentError)


def test_a_dictionary_is_json_safe() -> None:
    answers = np.full((3, 8), 5.0)
    answers[:, 7] = np.nan
    record = score(Survey.from_arrays(HALL, perception=answers), PerformanceOnly()).to_dict()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["columns"]["score"] == list(SCORES)
    assert record["columns"]["mean"] == [5, 5, None, None]
    grouped = json.dumps(scored("branch", "wave").table(("branch", "wave")).to_dict(), allow_nan=False)
    assert json.loads(grouped)["columns"]["branch"][-1] is None
