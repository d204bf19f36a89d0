"""Perceptions and expectations of different people: gaps of means with unpaired errors."""

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual import Difference, Instrument, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.errors import JointAnswersError
from tests.scoring.hall import (
    HALL,
    SCORES,
    Estimate,
    check_table,
    clustered,
    one_by_one,
    plain,
    repeated,
    sampled,
    study,
)

VISITORS, PUBLIC = study(90, seed=31), study(70, seed=32)
ALL = (*SCORES, "overall_items")
SEEN, HOPED = one_by_one(VISITORS.perceived), one_by_one(PUBLIC.expected)


def both(*sides: str) -> Survey:
    """Two samples, of each of which only one level counts."""
    return Survey.unpaired(perception=VISITORS.survey(*sides), expectation=PUBLIC.survey(*sides))


def welch(one: Estimate, other: Estimate, dfs: tuple[float, float]) -> Estimate:
    """The difference of two independent means, with the degrees of freedom of Welch and Satterthwaite."""
    squares = one.se**2, other.se**2
    se = math.sqrt(sum(squares))
    freedom = sum(squares) ** 2 / sum(square**2 / df for square, df in zip(squares, dfs, strict=True))
    reach = stats.t.ppf(0.975, freedom) * se
    mean = one.mean - other.mean
    return Estimate(one.n + other.n, math.nan, mean, math.nan, se, mean - reach, mean + reach)


def test_gaps_of_means_are_those_of_an_unpaired_t_test() -> None:
    table = summarize(both(), Difference()).table(confidence=0.9)
    assert table["score"] == ALL
    for k in range(len(ALL)):
        seen, hoped = (scores[~np.isnan(scores[:, k]), k] for scores in (SEEN, HOPED))
        found: Any = stats.ttest_ind(seen, hoped, equal_var=False)
        low, high = found.confidence_interval(0.9)
        assert table["n"][k] == len(seen) + len(hoped)
        assert (table["missing"][k], table["sd"][k]) == (None, None)
        assert (table["mean"][k], table["low"][k], table["high"][k]) == pytest.approx(
            (seen.mean() - hoped.mean(), low, high), rel=1e-10
        )
    assert any(note.startswith("levels from different people: unpaired errors") for note in table.notes)


def test_items_are_compared_alike() -> None:
    table = summarize(both(), Difference()).item_table()
    for k in range(8):
        seen, hoped = (answers[~np.isnan(answers[:, k]), k] for answers in (VISITORS.perceived, PUBLIC.expected))
        found: Any = stats.ttest_ind(seen, hoped, equal_var=False)
        interval = found.confidence_interval()
        assert (table["low"][k], table["high"][k]) == pytest.approx((interval.low, interval.high), rel=1e-10)


def test_weights_clusters_and_frequencies_count_in_each_sample() -> None:
    expected = {}
    for k, name in enumerate(ALL):
        one, other = sampled(SEEN[:, k], VISITORS.weights), sampled(HOPED[:, k], PUBLIC.weights)
        expected[(name,)] = welch(one, other, (one.n - 1, other.n - 1))
    check_table(summarize(both("weights"), Difference()).table(), expected, rtol=1e-10)
    for k, name in enumerate(ALL):
        one, other = repeated(SEEN[:, k], VISITORS.frequencies), repeated(HOPED[:, k], PUBLIC.frequencies)
        expected[(name,)] = welch(one, other, (one.n - 1, other.n - 1))
    check_table(summarize(both("frequencies"), Difference()).table(), expected, rtol=1e-10)
    for k, name in enumerate(ALL):
        one, other = clustered(SEEN[:, k], VISITORS.visit), clustered(HOPED[:, k], PUBLIC.visit)
        expected[(name,)] = welch(one, other, (5, 5))
    check_table(summarize(both("visit"), Difference()).table(), expected, rtol=1e-10)


def test_one_level_alone_is_that_sample() -> None:
    expected = {(name,): plain(SEEN[:, k]) for k, name in enumerate(ALL)}
    there = ~np.isnan(VISITORS.perceived).all(axis=1)
    assert there.all()
    check_table(summarize(both(), PerformanceOnly()).table(), expected)


def test_answers_are_counted_in_their_own_sample() -> None:
    table = summarize(both()).answers_table()
    absent = [*np.isnan(VISITORS.perceived).sum(axis=0), *np.isnan(PUBLIC.expected).sum(axis=0)]
    assert table["missing"] == tuple(int(each) for each in absent)
    assert [n + missing for n, missing in zip(table["n"], table["missing"], strict=True)] == [90] * 8 + [70] * 8  # type: ignore[operator]


@pytest.mark.parametrize("sides", [(), ("weights",), ("visit",), ("weights", "visit")])
def test_groups_that_only_one_sample_has_are_there_without_a_gap(sides: tuple[str, ...]) -> None:
    here = VISITORS._replace(branch=np.array(["north", "south", "east"], object)[np.arange(90) % 3])
    there = PUBLIC._replace(branch=np.array(["south", "north"], object)[np.arange(70) % 2])
    stacked = Survey.unpaired(perception=here.survey("branch", *sides), expectation=there.survey("branch", *sides))
    summary = summarize(stacked, Difference(), by="branch")
    table = summary.table(by="branch")
    assert table["branch"] == ("east",) * 5 + ("north",) * 5 + ("south",) * 5
    assert table["mean"][:5] == table["low"][:5] == (None,) * 5
    assert all(isinstance(mean, float) for mean in table["mean"][5:])
    whole = summarize(stacked, Difference()).table()
    np.testing.assert_allclose(np.array(summary.table()["low"], float), np.array(whole["low"], float), rtol=1e-12)
    assert summary.table()["n"] == whole["n"]


def test_parts_of_both_samples_merge() -> None:
    def part(rows: Any) -> Summary:
        one, other = VISITORS.part(rows).survey("branch"), PUBLIC.part(rows).survey("branch")
        return summarize(Survey.unpaired(perception=one, expectation=other), Difference(), by="branch")

    merged = part(slice(0, 30)) + part(slice(60, 90)) + part(slice(30, 60))
    whole = summarize(both("branch"), Difference(), by="branch")
    for by in ((), "branch"):
        one, other = merged.table(by=by), whole.table(by=by)
        assert one["n"] == other["n"]
        for name in ("mean", "se", "low", "high"):
            np.testing.assert_allclose(np.array(one[name], float), np.array(other[name], float), rtol=1e-10)


def test_real_valued_answers_may_be_unpaired() -> None:
    share = Instrument.define("share", {"one": ["a"]}, scale=Scale.percent())
    rng = np.random.default_rng(3)
    seen, hoped = rng.uniform(0, 90, (40, 1)), rng.uniform(10, 100, (25, 1))
    stacked = Survey.unpaired(
        perception=Survey.from_arrays(share, perception=seen), expectation=Survey.from_arrays(share, expectation=hoped)
    )
    table = summarize(stacked, Difference()).item_table()
    found: Any = stats.ttest_ind(seen[:, 0], hoped[:, 0], equal_var=False)
    interval = found.confidence_interval()
    assert (table["low"][0], table["high"][0]) == pytest.approx((interval.low, interval.high), rel=1e-10)


@pytest.mark.parametrize(
    ("models", "hint"),
    [
        ((Difference(),), "different people answered the levels, or products=False was said; {}, and table()"),
        ((), "{}; or summarize a survey whose levels the same people answered"),
    ],
)
def test_nobody_gave_both_answers(models: tuple[Difference, ...], hint: str) -> None:
    with pytest.raises(JointAnswersError, match="no cross-products; it needs the answers of one person") as caught:
        _ = summarize(both(), *models).products
    assert str(caught.value).endswith(f"Hint: {hint.format('what there is: answers_table() and tallies()')}")
    assert HALL.name == "hall"
