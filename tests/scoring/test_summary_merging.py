"""Summaries of parts, merged in any order, are the summary of the whole."""

from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, Level, PerformanceOnly, Scale, Summary, Survey, Weighted, summarize
from servqual.errors import MergeError
from tests.scoring.hall import HALL, SCORES, Study, check_table, clustered, one_by_one, study

STUDY = study(60, seed=11, missing=0.15)
SIDES = ((), ("weights",), ("frequencies",), ("visit",), ("visit", "weights"), ("visit", "frequencies"))
MODELS = (Difference(), Weighted(PerformanceOnly(), points=(1, 2, 3)))
BY = ("branch", "wave")


def summary_of(part: Study, sides: tuple[str, ...]) -> Summary:
    return summarize(part.survey(*BY, *sides), *MODELS, by=BY)


@st.composite
def divisions(draw: st.DrawFn) -> list[Study]:
    """The study in up to four parts, in any order."""
    owners = np.array(draw(st.lists(st.integers(0, 3), min_size=60, max_size=60)))
    order = draw(st.permutations(range(4)))
    return [STUDY.part(owners == owner) for owner in order if (owners == owner).any()]


def arrays_of(table: Any) -> dict[str, Any]:
    return {name: np.array(table[name], float) for name in ("n", "missing", "mean", "sd", "se", "low", "high")}


def check_alike(merged: Summary, whole: Summary) -> None:
    for level in ("perception", "expectation"):
        one, other = merged.tallies(level), whole.tallies(level)
        for name in ("counts", "missing", "n"):
            assert getattr(one, name).tolist() == getattr(other, name).tolist()
    np.testing.assert_allclose(merged.products.covariance(), whole.products.covariance(), rtol=1e-10, atol=1e-12)
    for model in MODELS:
        for by in ((), "wave", BY):
            found, expected = merged.table(model, by), whole.table(model, by)
            named = [name for name in expected.columns if name in (*BY, "score")]
            assert [found[name] for name in named] == [expected[name] for name in named]
            for name, values in arrays_of(expected).items():
                np.testing.assert_allclose(arrays_of(found)[name], values, rtol=1e-10, atol=1e-12, err_msg=name)


@settings(max_examples=30, deadline=None)
@given(parts=divisions(), sides=st.sampled_from(SIDES))
def test_parts_in_any_order_make_up_the_whole(parts: list[Study], sides: tuple[str, ...]) -> None:
    summaries = [summary_of(part, sides) for part in parts]
    whole = summary_of(STUDY, sides)
    merged = sum(summaries)
    assert isinstance(merged, Summary)
    assert len(merged) == 60
    check_alike(merged, whole)
    check_alike(reduce(add, summaries[::-1]), whole)


@settings(max_examples=8, deadline=None)
@given(parts=divisions())
def test_parts_may_be_saved_on_the_way(parts: list[Study]) -> None:
    saved = [summary_of(part, ("visit", "weights")).to_json() for part in parts]
    check_alike(sum(Summary.from_json(text) for text in saved), summary_of(STUDY, ("visit", "weights")))  # type: ignore[arg-type]


def test_merging_leaves_the_parts_alone() -> None:
    one, other = summary_of(STUDY.part(slice(0, 20)), ()), summary_of(STUDY.part(slice(20, 60)), ())
    before = one.to_json(), other.to_json()
    assert len(one + other) == 60
    assert (one.to_json(), other.to_json()) == before


MIXED: Any = np.array([1, None, "a", 2.0, 0.5], object)


@pytest.mark.parametrize(
    "names",
    [
        [1, 2, 3, 4, 5],
        ["a", "b", "e", "c", "d"],
        [9, "a", 10, "b", 100],
        [0.5, 2.0, 1.0, 4.0, 3.0],
    ],
    ids=["integers", "texts", "integers and texts", "reals"],
)
def test_clusters_meet_by_name_whatever_other_names_a_part_has(names: list[Any]) -> None:
    labels = np.array(names, object)
    which = STUDY.visit % 5
    parts = []
    for keep in ([0], [1, 2], [3], [4, 0], [2, 3, 1]):
        rows = np.flatnonzero(np.isin(which, keep) & (np.arange(60) % 2 == (len(keep) > 1)))
        part = STUDY.part(rows)
        survey = Survey.from_arrays(
            HALL, perception=part.perceived, expectation=part.expected, cluster=labels[which[rows]]
        )
        parts.append((rows, summarize(survey, Difference())))
    rows = np.concatenate([each for each, _ in parts])
    merged = sum(each for _, each in parts)
    assert isinstance(merged, Summary)
    gaps = one_by_one(STUDY.gaps[rows])
    expected = {(name,): clustered(gaps[:, k], which[rows]) for k, name in enumerate((*SCORES, "overall_items"))}
    check_table(merged.table(), expected, rtol=1e-10)


def test_blocks_with_other_clusters_meet() -> None:
    rows = 70_000
    big = study(rows, seed=12)
    named = np.where(np.arange(rows) < 100, 7, np.arange(rows) % 7)
    survey = Survey.from_arrays(HALL, perception=big.perceived, cluster=named)
    table = summarize(survey, PerformanceOnly()).item_table()
    expected = {(key,): clustered(big.perceived[:, k], named) for k, key in enumerate(HALL.item_keys)}
    check_table(table, expected, rtol=1e-10)


def refused(one: Summary, other: Summary) -> str:
    with pytest.raises(ValueError, match=r"against|side") as caught:
        _ = one + other
    assert isinstance(caught.value, MergeError)
    return str(caught.value)


class TestUnlikeSummaries:
    """Things that are not the same do not become one, and the refusal names what differs."""

    survey = STUDY.survey(*BY)
    summary = summarize(survey, Difference(), by="branch")

    def test_another_instrument(self) -> None:
        short = Survey.from_arrays(
            HALL.only("speed"), perception=STUDY.perceived[:, :5], expectation=STUDY.expected[:, :5]
        )
        text = refused(summarize(self.survey, Difference()), summarize(short, Difference()))
        assert "instrument: <Instrument 'hall': 8 items" in text
        assert "against <Instrument 'hall': 5 items" in text
        assert (
            "summaries merge when they were made alike. Hint: merge surveys of one instrument: the same items," in text
        )

    def test_another_scale(self) -> None:
        wide = HALL.define("hall", {"speed": ["a"]}, scale=Scale.likert(9), levels=["perception"])
        narrow = HALL.define("hall", {"speed": ["a"]}, scale=Scale.likert(7), levels=["perception"])
        one, other = (summarize(Survey.from_arrays(each, perception=[[5]])) for each in (wide, narrow))
        assert "instrument: " in refused(one, other)

    def test_other_levels(self) -> None:
        half = Survey.from_arrays(HALL, perception=STUDY.perceived)
        text = refused(summarize(self.survey, PerformanceOnly()), summarize(half, PerformanceOnly()))
        rule = "summaries merge when they were made alike"
        remedy = "read the same levels in both surveys"
        assert text == f"levels: perception, expectation against perception; {rule}. Hint: {remedy}"

    def test_levels_named_in_another_order_are_the_same(self) -> None:
        turned = Survey.from_arrays(HALL, expectation=STUDY.expected, perception=STUDY.perceived)
        assert turned.levels == (Level.PERCEPTION, Level.EXPECTATION)
        assert len(summarize(self.survey, Difference()) + summarize(turned, Difference())) == 120

    @pytest.mark.parametrize(
        ("options", "name"),
        [
            ({"by": "branch", "min_answered": 0.6}, "rules: min_answered=0.5 against min_answered=0.6; "),
            ({"by": "branch", "min_answered": 0.6}, "Hint: pass the same min_answered= to summarize both times"),
            ({"by": "wave"}, "by: branch against wave; "),
            ({}, "by: branch against no groups; summaries merge when they were made alike. Hint: pass the same by= to"),
        ],
    )
    def test_other_rules_and_groups(self, options: dict[str, Any], name: str) -> None:
        assert name in refused(self.summary, summarize(self.survey, Difference(), **options))

    def test_other_models(self) -> None:
        text = refused(self.summary, summarize(self.survey, PerformanceOnly(), by="branch"))
        assert "models: Difference against PerformanceOnly; " in text
        assert "Hint: pass the same models to summarize both times, with the same parameters" in text

    def test_models_of_one_name_with_other_parameters(self) -> None:
        one, other = (summarize(self.survey, Weighted(Difference(), points=(1, 1, k))) for k in (1, 2))
        assert "models: Weighted(Difference) against another one of that name; " in refused(one, other)
        assert "<" not in refused(one, other)

    def test_other_weights(self) -> None:
        weighted = summarize(STUDY.survey("branch", "weights"), Difference(), by="branch")
        counted = summarize(STUDY.survey("branch", "frequencies"), Difference(), by="branch")
        text = refused(self.summary, weighted)
        assert "weight_kind: no weights against sampling weights; " in text
        assert "Hint: read both surveys with weights of one kind, or both without" in text
        assert "weight_kind: frequency weights against sampling weights" in refused(counted, weighted)

    def test_all_that_differs_is_named_at_once(self) -> None:
        text = refused(self.summary, summarize(STUDY.survey("weights"), PerformanceOnly(), min_answered=1))
        assert text.startswith("4 problems\n")

    def test_clusters_on_one_side(self) -> None:
        text = refused(self.summary, summarize(STUDY.survey("branch", "visit"), Difference(), by="branch"))
        assert (
            "clusters: on one side only; either all parts have clusters, or none has. Hint: read both surveys" in text
        )

    def test_people_who_are_paired_and_people_who_are_not(self) -> None:
        halves = Survey.unpaired(perception=self.survey, expectation=self.survey)
        text = refused(summarize(self.survey, Difference()), summarize(halves, Difference()))
        assert "answers of the same people side by side on one side, not on the other" in text

    def test_surveys_and_published_counts(self) -> None:
        counts = Summary.from_counts(HALL, perception=np.ones((8, 7)), expectation=np.ones((8, 7)))
        assert "published counts do not mix" in refused(summarize(self.survey), counts)

    @pytest.mark.parametrize("other", [1, "summary", None, [1]])
    def test_what_is_no_summary(self, other: Any) -> None:
        with pytest.raises(TypeError, match="unsupported operand"):
            self.summary + other
        with pytest.raises(TypeError, match=r"unsupported operand|can only concatenate"):
            other + self.summary
