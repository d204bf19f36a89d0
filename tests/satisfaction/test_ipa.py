"""Importance–performance analysis: quadrants by their rule, and how often items stand there in resamples."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual.errors import ColumnPositionWarning, DriverError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.ratings import Importance
from servqual.satisfaction.priorities.quadrant_reading import importance_performance
from servqual.satisfaction.priorities.quadrant_results import ImportancePerformance
from servqual.satisfaction.priorities.quadrant_words import Quadrant, QuadrantCut
from servqual.statistics import Inapplicable
from servqual.statistics.importance import variance_shares
from servqual.statistics.resample_counts import count_tiles
from tests.satisfaction.driver_data import NAMES, answers, overall, survey

SEVEN = Scale.likert(7)
FOUR = ["wait", "tone", "form", "gift"]
# performance, then importance, of four items by three respondents: one item in each quadrant of the middle
SMALL = {
    "wait": [2, 3, 2], "tone": [6, 7, 6], "form": [3, 2, 2], "gift": [7, 6, 7],
    "i_wait": [7, 6, 7], "i_tone": [6, 6, 7], "i_form": [1, 2, 2], "i_gift": [2, 1, 1],
}  # fmt: skip
WANTED = dict(zip(FOUR, ["concentrate_here", "keep_up", "low_priority", "possible_overkill"], strict=True))


def found(**change: Any) -> ImportancePerformance:
    asked: dict[str, Any] = {"source": SMALL, "items": FOUR, "stated": "i_{key}", "scale": SEVEN, "rng": 1, "draws": 50}
    return importance_performance(**(asked | change))


def test_one_item_stands_in_each_quadrant() -> None:
    for cut in (*QuadrantCut, 4.0, ("scale", "mean"), (4, "median")):
        assert {row.item: str(row.quadrant) for row in found(cut=cut)} == WANTED
    assert [row.item for row in found().quadrant("concentrate_here")] == ["wait"]


def test_means_are_those_of_the_answers() -> None:
    for row in found():
        assert row.performance == pytest.approx(np.mean(SMALL[row.item]))
        assert row.importance == pytest.approx(np.mean(SMALL[f"i_{row.item}"]))
        assert (row.n, row.n_importance) == (3, 3)


def test_what_lies_on_the_cut_is_high() -> None:
    rows = {"a": [4, 4], "b": [3, 4], "i_a": [4, 4], "i_b": [4, 3]}
    placed = importance_performance(rows, ["a", "b"], stated="i_{key}", scale=SEVEN, draws=0)
    assert [row.quadrant for row in placed] == [Quadrant.KEEP_UP, Quadrant.LOW_PRIORITY]
    assert (placed.cut_performance, placed.cut_importance) == (4.0, 4.0)


@pytest.mark.parametrize("cut", ["mean", "median", 4.5, ("scale", "mean")])
def test_shares_are_counted_over_resamples_with_cuts_that_move(cut: Any) -> None:
    rows = answers(80)
    frame = {name: rows[name] for name in NAMES} | {f"i_{name}": rows[name][::-1] for name in NAMES}
    placed = importance_performance(frame, NAMES, stated="i_{key}", scale=SEVEN, cut=cut, draws=60, rng=5)
    across, upwards = cut if isinstance(cut, tuple) else (cut, cut)
    at: dict[Any, Any] = {"mean": np.mean, "median": np.median, "scale": lambda _: 4.0, 4.5: lambda _: 4.5}
    told = dict.fromkeys(NAMES, 0)
    means = []
    for tile in count_tiles(80, 60, 5):
        for counts in tile:
            drawn = {name: float(np.average(column, weights=counts)) for name, column in frame.items()}
            seen, said = [drawn[name] for name in NAMES], [drawn[f"i_{name}"] for name in NAMES]
            for name in NAMES:
                told[name] += drawn[name] < at[across](seen) and drawn[f"i_{name}"] >= at[upwards](said)
            means.append(seen)
    for place, name in enumerate(NAMES):
        assert placed[name].concentrate_here == pytest.approx(told[name] / 60)
        ends = np.quantile(np.array(means)[:, place], [0.025, 0.975])
        np.testing.assert_allclose([float(placed[name].performance_low), float(placed[name].performance_high)], ends)
        shares = [float(getattr(placed[name], str(each))) for each in Quadrant]
        assert sum(shares) == pytest.approx(1.0)
        assert placed[name].sure == (shares[list(Quadrant).index(placed[name].quadrant)] >= 0.95)  # type: ignore[arg-type]


def test_derived_importance_is_the_share_in_an_outcome() -> None:
    rows = answers(150)
    placed = importance_performance(
        rows, NAMES, importance="derived", outcome="satisfied", cut=("scale", "mean"), scale=SEVEN, draws=40, rng=2
    )
    table = np.stack([rows[name] for name in (*NAMES, "satisfied")])
    wanted = variance_shares(np.cov(table))
    np.testing.assert_allclose([float(row.importance) for row in placed], wanted, atol=1e-12)
    assert placed.cut_importance == pytest.approx(wanted.mean())
    shares = []
    for tile in count_tiles(150, 40, 2):
        shares += [variance_shares(np.cov(table, aweights=counts)) for counts in tile]
    ends = np.quantile(np.array(shares), [0.025, 0.975], axis=0)
    for place, row in enumerate(placed):
        np.testing.assert_allclose([float(row.importance_low), float(row.importance_high)], ends[:, place], atol=1e-10)
    assert placed.importance.en == "derived importance, LMG (Shapley)"
    other = importance_performance(
        rows, NAMES, importance="derived", outcome=rows["satisfied"], method="first", cut="mean", draws=0
    )
    np.testing.assert_allclose([float(row.importance) for row in other], variance_shares(np.cov(table), "first"))


def test_weights_frequencies_and_clusters_count() -> None:
    rows = answers(90)
    frame = {name: rows[name] for name in NAMES} | {f"i_{name}": rows[name][::-1] for name in NAMES}
    times = np.arange(90) % 3
    repeated = {name: np.repeat(column, times) for name, column in frame.items()}
    asked: dict[str, Any] = {"stated": "i_{key}", "scale": SEVEN, "cut": "mean", "draws": 30, "rng": 1}
    one = importance_performance(frame, NAMES, weights=times, weight_kind="frequency", **asked)
    other = importance_performance(repeated, NAMES, **asked)
    assert [row.concentrate_here for row in one] == [row.concentrate_here for row in other]
    assert [row.n for row in one] == [times.sum()] * 4
    np.testing.assert_allclose(
        [float(row.performance_low) for row in one], [float(row.performance_low) for row in other]
    )
    weights = np.linspace(1, 2, 90)
    weighted = importance_performance(frame, NAMES, weights=weights, cluster=np.arange(90) % 10, **asked)
    assert weighted["care"].performance == pytest.approx(np.average(frame["care"], weights=weights))
    assert any("resamples of clusters" in note for note in weighted.to_table().notes)
    assert "sampling weights" in weighted.to_table().notes


def test_each_mean_is_over_those_who_answered() -> None:
    rows = {
        "a": [1, np.nan, 5],
        "b": [2, 3, np.nan],
        "c": [np.nan] * 3,
        "i_a": [7, 7, 1],
        "i_b": [1, 1, 1],
        "i_c": [4, 4, 4],
    }
    placed = importance_performance(rows, ["a", "b", "c"], stated="i_{key}", scale=SEVEN, draws=0)
    assert (placed["a"].performance, placed["a"].n, placed["a"].n_importance) == (3.0, 2, 3)
    assert placed["c"].quadrant is None
    assert isinstance(placed["c"].performance, Inapplicable)
    assert str(placed["c"].performance) == "nobody answered"
    assert repr(placed["c"]) == "<ItemPlace of c: nowhere, a mean is missing>"
    assert placed.to_table()["quadrant"][2] is None


def test_a_survey_brings_performance_and_importance() -> None:
    ratings = np.tile([5.0, 6.0, 7.0, 3.0, 2.0], (200, 1))
    given = survey(importance=Importance.ratings(ratings))
    placed = importance_performance(given, cut=("mean", "mean"), draws=30, rng=1)
    assert [row.item for row in placed] == list(given.instrument.item_keys)
    np.testing.assert_allclose([float(row.importance) for row in placed], ratings[0])
    np.testing.assert_allclose([float(row.performance) for row in placed], given.perception.values.mean(axis=0))
    over = importance_performance(given, ["speed", "care"], cut="mean", draws=0)
    np.testing.assert_allclose([float(row.importance) for row in over], [5.5, 5.0])
    assert over["speed"].performance == pytest.approx(given.perception.values[:, :2].mean())
    points = survey(importance=np.tile([20.0, 50.0, 30.0], (200, 1)))
    dimensions = importance_performance(points, cut=("scale", "mean"), draws=0)
    assert [float(row.importance) for row in dimensions] == [20, 50, 30]
    derived = importance_performance(survey(), importance="derived", outcome=overall(survey()), cut="mean", draws=0)
    assert derived["tone"].importance > derived["wait"].importance  # type: ignore[operator]


def test_tables_speak_both_languages() -> None:
    placed = found(labels={"wait": Label("short wait", "等候时间短")})
    table = placed.to_table()
    assert table.title == "Performance and stated importance"
    assert table["quadrant"][0] == "concentrate here"
    assert table.notes[0].startswith("cut, high from there on: performance at 4 (the middle of the scale)")
    chinese = placed.to_table(language="zh")
    assert (chinese["label"][0], chinese["quadrant"][0]) == ("等候时间短", "集中改进")
    assert chinese.title == "表现与自述重要性"
    assert "n_importance" not in table.columns


def test_results_are_plain_values() -> None:
    placed = found()
    record = json.loads(json.dumps(placed.to_dict(), allow_nan=False))
    assert record["reading"] == "importance_performance"
    assert record["columns"]["quadrant"][0] == "concentrate_here"
    assert len(placed.to_frame()) == len(placed) == 4
    assert (
        repr(placed)
        == "<ImportancePerformance by stated importance: 4 items, 1 to concentrate on, 1 of these for sure>"
    )
    assert repr(placed["wait"]) == "<ItemPlace of wait: concentrate here in 100% of resamples>"
    assert placed._repr_html_().startswith("<div")
    assert repr(found(draws=0)) == "<ImportancePerformance by stated importance: 4 items, 1 to concentrate on>"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"importance": "said"}, "importance: 'said'; importance is stated or derived"),
        ({"stated": None}, 'stated: none; stated importance has columns. Hint: stated="imp_{key}"'),
        ({"outcome": "wait"}, "outcome: given, with stated importance; an outcome is what importance is derived from"),
        ({"importance": "derived"}, "3 problems"),
        ({"importance": "derived", "stated": None}, "outcome: none; importance is derived from an outcome"),
        ({"cut": "middle"}, "cut of performance: 'middle'; it is one of scale, mean, median, or a number"),
        ({"cut": (1, 2, 3)}, "cut: 3 rules; a cut is one rule, or a pair"),
        ({"cut": 9}, r"cut of performance: 9; a cut lies on the scale 1\.\.7"),
        ({"scale": None}, "cut of performance: 'scale', and none is known; a scale has a middle"),
        ({"scale": 7}, r"scale: 7; it is a Scale\. Hint: Scale\.likert\(7\)"),
        (
            {"scale": Scale.likert(5)},
            r"performance: 6 answers of 2 items outside, first tone = 6; answers lie in 1\.\.5",
        ),
        ({"importance_scale": Scale.likert(5)}, "importance: 6 answers of 2 items outside, first wait = 7"),
        ({"items": "wait"}, r"items: 'wait'; items are a list of names. Hint: items=\['wait'\]"),
        ({"items": None}, "items: not named; items are named"),
        ({"items": ["wait", "tune"]}, "no 'tune'"),
        ({"stated": "imp"}, "importance: pattern 'imp'; a pattern names the item by"),
        ({"stated": ["i_wait"]}, "importance: 1 names; there are 4 items, and one column for each"),
        ({"stated": "{key}"}, "importance: column 'wait', read already; a column is read for one purpose"),
        (
            {"stated": np.ones((3, 2))},
            r"importance: an array of shape \(3, 2\); it has a row for each of 3 respondents",
        ),
        ({"labels": {"w": "x"}}, "labels: no 'w'; labels are those of items"),
        ({"confidence": 0}, "confidence: 0"),
        ({"rng": None}, "rng: None"),
        ({"method": "lgm", "importance": "derived", "stated": None, "outcome": "i_wait"}, "method: 'lgm'"),
        ({"weights": "w"}, "columns: no 'w'"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(DriverError, match=told):
        found(**change)


def test_derived_importance_needs_what_drivers_need() -> None:
    asked: dict[str, Any] = {"importance": "derived", "cut": "mean", "draws": 0}
    with pytest.raises(DriverError, match="3 respondents who answered everything"):
        importance_performance(SMALL, FOUR, outcome="i_wait", **asked)
    rows = answers(60)
    with pytest.raises(DriverError, match="column still: constant"):
        importance_performance({**rows, "still": np.ones(60)}, ["care", "still"], outcome="satisfied", **asked)


def test_a_survey_is_asked_for_what_it_has() -> None:
    with pytest.raises(DriverError, match="importance: the survey has none; stated importance was asked"):
        importance_performance(survey(), cut="mean", draws=0)
    with pytest.raises(DriverError, match="performance: given beside a survey"):
        importance_performance(
            survey(), performance="P{n}", importance="derived", outcome="overall", draws=0, cut="mean"
        )
    with pytest.raises(DriverError, match=r"scale: 1\.\.5, beside a survey; a survey has its own scale"):
        importance_performance(
            survey(), scale=Scale.likert(5), importance="derived", outcome="overall", draws=0, cut="mean"
        )
    points = survey(importance=np.tile([20.0, 50.0, 30.0], (200, 1)))
    with pytest.raises(DriverError, match="importance: none of 'wait'; importance was asked over dimensions"):
        importance_performance(points, ["wait"], cut="mean", draws=0)
    with pytest.raises(DriverError, match=r"item: no 'speeds'; it is not among the items\. Hint: did you mean speed"):
        importance_performance(points, cut="mean", draws=0)["speeds"]


def test_positions_that_stop_before_the_columns_do_are_warned_of() -> None:
    rows = {f"{side}{place}": [1.0, 2.0, 4.0] for side in "PI" for place in (1, 2, 3)}
    with pytest.warns(ColumnPositionWarning, match=r"pattern 'P\{n\}' stops before P3") as caught:
        importance_performance(rows, ["a", "b"], performance="P{n}", stated=["I1", "I2"], scale=SEVEN, draws=0)
    assert caught[0].filename == __file__


def test_the_kiosk_study(shared: Path) -> None:
    frame = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv")
    keys = [f"{place:02d}" for place in range(1, 25)]
    placed = importance_performance(
        frame, keys, performance="sat{key}", stated="imp{key}", cut="mean", scale=SEVEN, draws=200, rng=1
    )
    means = {side: frame[[f"{side}{key}" for key in keys]].mean().to_numpy() for side in ("sat", "imp")}
    high = {side: each >= each.mean() for side, each in means.items()}
    for place, row in enumerate(placed):
        assert row.quadrant is Quadrant.of(important=bool(high["imp"][place]), performing=bool(high["sat"][place]))
    assert {row.item for row in placed.quadrant("concentrate_here")} == {"07", "10", "11", "16", "23"}
    assert {row.item for row in placed if row.quadrant is Quadrant.CONCENTRATE and row.sure} == {"16", "23"}
