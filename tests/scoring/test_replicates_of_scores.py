"""Bootstrap replicates in a summary: drawn by keys, so that parts make up the whole, and intervals read from them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, PerformanceOnly, Summary, Survey, summarize
from servqual.errors import ArgumentError, MergeError, ModelError
from servqual.statistics.key_numbers import respondent_keys
from servqual.statistics.replicates import poisson_counts
from tests.scoring.hall import HALL, Study, one_by_one, study

STUDY = study(80, seed=41, missing=0.12)
# a part of one row has a weight as well
STUDY = STUDY._replace(weights=STUDY.weights + 0.25, frequencies=STUDY.frequencies + 1)
KEYS = np.array([f"guest {place % 65}" for place in range(80)])
MODELS: tuple[Any, ...] = (Difference(), PerformanceOnly())
BY = ("branch", "wave")
SIDES = ((), ("weights",), ("visit",), ("visit", "weights"))


def survey_of(rows: Any = slice(None), *sides: str, keys: Any = KEYS) -> Survey:
    part: Study = STUDY.part(rows)
    options: dict[str, Any] = {"weights": part.weights} if "weights" in sides else {}
    if "frequencies" in sides:
        options = {"weights": part.frequencies, "weight_kind": "frequency"}
    if "visit" in sides:
        options["cluster"] = part.visit
    groups: Any = {"branch": part.branch, "wave": part.wave}
    return Survey.from_arrays(
        HALL, perception=part.perceived, expectation=part.expected, groups=groups, key=keys[rows], **options
    )


def by_hand(scores: Any, counts: Any, weights: Any = None) -> Any:
    """Means of scores (respondents, scores) in each replicate, one after the other."""
    times = counts.astype(float) if weights is None else counts * weights[:, None]
    means = []
    for draw in times.T:
        there = ~np.isnan(scores)
        means.append((np.where(there, scores, 0) * draw[:, None]).sum(axis=0) / (there * draw[:, None]).sum(axis=0))
    return np.array(means)


def numbers(cells: Any) -> Any:
    return np.array(cells, float)


COUNTS = poisson_counts(respondent_keys(KEYS), 20, 7)
CLUSTER_COUNTS = poisson_counts(respondent_keys([str(visit) for visit in STUDY.visit]), 20, 7)


class TestMeans:
    @pytest.mark.parametrize("sides", SIDES)
    def test_they_are_those_of_a_loop(self, sides: tuple[str, ...]) -> None:
        found = summarize(survey_of(slice(None), *sides), *MODELS, by=BY, replicates=20, seed=7)
        counts = CLUSTER_COUNTS if "visit" in sides else COUNTS
        weights = STUDY.weights if "weights" in sides else None
        for model, items in zip(MODELS, (STUDY.gaps, STUDY.perceived), strict=True):
            expected = by_hand(one_by_one(items), counts, weights)
            np.testing.assert_allclose(found.replicate_means(model), expected, rtol=1e-10, atol=1e-12)

    def test_levels_from_different_people_are_drawn_side_by_side(self) -> None:
        guests, public = survey_of(slice(0, 50)), survey_of(slice(50, 80))
        both = summarize(Survey.unpaired(perception=guests, expectation=public), Difference(), replicates=20, seed=7)
        perceived = by_hand(one_by_one(STUDY.perceived[:50]), COUNTS[:50])
        expected = by_hand(one_by_one(STUDY.expected[50:]), COUNTS[50:])
        np.testing.assert_allclose(both.replicate_means(), perceived - expected, rtol=1e-10, atol=1e-12)

    def test_scores_without_replicates_are_the_same(self) -> None:
        bare, drawn = summarize(survey_of(), *MODELS, by=BY), summarize(survey_of(), *MODELS, by=BY, replicates=20)
        assert str(bare.table(Difference(), BY)) == str(drawn.table(Difference(), BY))

    def test_more_than_a_block(self) -> None:
        rng = np.random.default_rng(3)
        given_answers = rng.integers(1, 8, (40_000, 8))
        survey = Survey.from_arrays(HALL, perception=given_answers, key=np.arange(40_000))
        found = summarize(survey, PerformanceOnly(), products=False, replicates=3)
        counts = poisson_counts(respondent_keys(np.arange(40_000)), 3, 0)
        expected = by_hand(given_answers[:, 7:].astype(float), counts)
        np.testing.assert_allclose(found.replicate_means()[:, 2], expected[:, 0], rtol=1e-12)

    def test_differences_of_periods_are_taken_replicate_by_replicate(self) -> None:
        halves = [summarize(survey_of(rows), Difference(), replicates=20, seed=7) for rows in (slice(40), slice(80))]
        same = (
            halves[1].replicate_means() - summarize(survey_of(), Difference(), replicates=20, seed=7).replicate_means()
        )
        assert not same.any()


@st.composite
def divisions(draw: st.DrawFn) -> list[Any]:
    """Rows in parts of any size, one row included, in any order."""
    order = np.array(draw(st.permutations(range(80))), np.intp)
    cuts = sorted(draw(st.lists(st.integers(0, 80), max_size=5)))
    return [part for part in np.split(order, cuts) if part.size]


@settings(max_examples=25, deadline=None)
@given(parts=divisions(), sides=st.sampled_from([*SIDES, ("frequencies",)]), data=st.data())
def test_any_tree_of_merges_is_the_whole(parts: list[Any], sides: tuple[str, ...], data: st.DataObject) -> None:
    options: dict[str, Any] = {"by": "branch"}
    kind = {"frequencies": "frequency", "weights": "sampling"}.get(sides[-1] if sides else "")
    if kind != "frequency":
        options |= {"replicates": 9, "seed": 2}
    nobody = Summary.empty(HALL, *MODELS, weight_kind=kind, **options)
    held = [nobody, *(summarize(survey_of(rows, *sides), *MODELS, **options) for rows in parts), nobody]
    while len(held) > 1:
        place = data.draw(st.integers(0, len(held) - 2))
        held[place : place + 2] = [held[place] + held[place + 1]]
    (merged,) = held
    whole = summarize(survey_of(slice(None), *sides), *MODELS, **options)
    assert len(merged) == len(whole) == 80
    np.testing.assert_allclose(merged.tallies().counts, whole.tallies().counts, rtol=1e-14)
    for model in MODELS:
        for name in ("n", "missing", "mean", "sd", "se"):
            found, expected = (np.array(each.table(model, "branch")[name], float) for each in (merged, whole))
            np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12, err_msg=name)
        if whole.drawing.replicates:
            found, expected = (each.replicate_means(model) for each in (merged, whole))
            np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


class TestIntervals:
    summary = summarize(survey_of(), *MODELS, by=BY, replicates=200, seed=5)

    def test_they_are_percentiles_of_the_means(self) -> None:
        for confidence in (0.95, 0.8):
            table = self.summary.table(Difference(), confidence=confidence, interval="bootstrap")
            means = self.summary.replicate_means(Difference())
            tail = (1 - confidence) / 2
            np.testing.assert_allclose(numbers(table["low"]), np.quantile(means, tail, axis=0))
            np.testing.assert_allclose(numbers(table["high"]), np.quantile(means, 1 - tail, axis=0))
        student = self.summary.table(Difference())
        assert [table[name] for name in ("n", "mean", "sd", "se")] == [
            student[name] for name in ("n", "mean", "sd", "se")
        ]

    def test_groups_have_their_own(self) -> None:
        table = self.summary.table(PerformanceOnly(), "branch", interval="bootstrap")
        north = summarize(survey_of(STUDY.branch == "north"), PerformanceOnly(), replicates=200, seed=5)
        alone = north.table(interval="bootstrap")
        rows = [place for place, branch in enumerate(table["branch"]) if branch == "north"]
        np.testing.assert_allclose(numbers(table["low"])[rows], numbers(alone["low"]))
        np.testing.assert_allclose(numbers(table["high"])[rows], numbers(alone["high"]))

    def test_notes_say_what_was_drawn(self) -> None:
        english = "interval: 95%, percentiles of 200 Poisson bootstrap replicates of respondents (seed 5); a dimension"
        assert self.summary.table(Difference(), interval="bootstrap").notes[0].startswith(english)
        chinese = self.summary.table(Difference(), interval="bootstrap", language="zh").notes[0]
        assert chinese.startswith("置信区间：95%，以受访者为单位的200次泊松自助法百分位数（种子5）；维度得分")
        clustered = summarize(survey_of(slice(None), "visit"), Difference(), replicates=20)
        assert "replicates of whole clusters (seed 0)" in clustered.table(interval="bootstrap").notes[0]
        assert "以整个聚类为单位的20次" in clustered.table(interval="bootstrap", language="zh").notes[0]

    def test_one_respondent_has_none(self) -> None:
        table = summarize(survey_of(slice(4, 5)), PerformanceOnly(), replicates=50).table(interval="bootstrap")
        assert table["n"][0] == 1
        assert set(table["low"]) == set(table["high"]) == {None}

    def test_they_agree_with_students_where_many_answered(self) -> None:
        answers = np.random.default_rng(9).integers(1, 8, (3000, 8))
        survey = Survey.from_arrays(HALL, perception=answers, key=np.arange(3000))
        found = summarize(survey, PerformanceOnly(), replicates=1000)
        bootstrap, student = found.table(interval="bootstrap"), found.table()
        for name in ("low", "high"):
            ours, theirs = (np.array(each[name]) - np.array(each["mean"]) for each in (bootstrap, student))
            np.testing.assert_allclose(ours, theirs, rtol=0.12)


class TestRefusals:
    def test_a_survey_without_a_key(self) -> None:
        with pytest.raises(ArgumentError) as refused:
            summarize(STUDY.survey(), Difference(), replicates=100)
        assert str(refused.value) == (
            "key: none; replicates are drawn by a key of the respondent, so that they do not depend on batches. "
            "Hint: read the survey with key='…', a column of numbers or names"
        )

    def test_frequencies_and_no_model_with_it(self) -> None:
        with pytest.raises(ArgumentError) as refused:
            summarize(STUDY.survey("frequencies"), replicates=100)
        text = str(refused.value)
        assert text.startswith("3 problems")
        assert "weights: frequencies; a row that stands for several respondents is not drawn as several. Hint:" in text
        assert "models: none; replicates are of scores. Hint: name a model: summarize(survey, Difference(), …)" in text

    @pytest.mark.parametrize(
        ("options", "text"),
        [
            ({"replicates": 1}, "replicates: 1; two replicates or more make an interval, and 0 stands for none"),
            ({"replicates": -5}, "replicates: -5; two replicates or more"),
            ({"replicates": True}, "replicates: True; two replicates or more"),
            ({"replicates": 9.5}, "replicates: 9.5; two replicates or more"),
            ({"replicates": 9, "seed": -1}, "seed: -1; a seed is a whole number of 64 bits, 0 or more"),
            ({"replicates": 9, "seed": 2**64}, "a seed is a whole number of 64 bits"),
            ({"seed": 4}, "seed: 4; replicates are drawn from it. Hint: pass replicates= too"),
        ],
    )
    def test_numbers_that_mean_nothing(self, options: dict[str, Any], text: str) -> None:
        with pytest.raises(ArgumentError, match=text.replace("(", r"\(")):
            summarize(survey_of(), Difference(), **options)

    def test_a_table_of_replicates_that_are_not_there(self) -> None:
        bare = summarize(survey_of(), Difference())
        for ask in (lambda: bare.table(interval="bootstrap"), bare.replicate_means):
            with pytest.raises(ArgumentError) as refused:
                ask()
            assert str(refused.value) == (
                "interval: no replicates in the summary; it is read from replicates, which are drawn while answers are "
                "at hand. Hint: summarize(…, replicates=1000)"
            )
        with pytest.raises(ArgumentError, match=r"interval: 'boot'; .* Hint: did you mean bootstrap\?"):
            bare.table(interval="boot")  # type: ignore[arg-type]

    def test_a_model_that_was_not_summarised(self) -> None:
        with pytest.raises(ModelError, match="not named"):
            TestIntervals.summary.replicate_means()

    def test_other_settings_do_not_merge(self) -> None:
        one = summarize(survey_of(slice(40)), Difference(), replicates=20)
        rule = r"summaries merge when they were made alike\. Hint: pass the same replicates= and seed="
        for options, told in (
            ({}, "20 replicates from seed 0 against no replicates"),
            ({"replicates": 30}, "20 replicates from seed 0 against 30 replicates from seed 0"),
            ({"replicates": 20, "seed": 1}, "20 replicates from seed 0 against 20 replicates from seed 1"),
        ):
            other = summarize(survey_of(slice(40, 80)), Difference(), **options)  # type: ignore[arg-type]
            with pytest.raises(MergeError, match=f"drawing: {told}; {rule}"):
                _ = one + other
