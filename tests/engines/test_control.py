"""Control charts against textbook factors, hand computation and laws; what they refuse."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, PerformanceOnly, Survey, summarize
from servqual.engines.control import control_chart
from servqual.engines.control_limits import D2, Limits, Spread, c4, smoothed
from servqual.engines.control_results import ControlChart, ControlVerdict
from servqual.engines.tracking import Tracker
from servqual.statistics import Inapplicable
from servqual.statistics.run_rules import NAMED, ControlRule
from tests.engines.courses import LINE, Array, drawn, summaries, survey
from tests.scoring.hall import HALL, study

# Montgomery, Introduction to Statistical Quality Control, appendix VI: size of a group → c4, A3 = 3 / (c4 √n).
FACTORS = {2: (0.7979, 2.659), 3: (0.8862, 1.954), 5: (0.9400, 1.427), 10: (0.9727, 0.975), 25: (0.9896, 0.606)}
# The same book, the chart of exponentially weighted means with weight 0.1, limits at 2.7 sigma, target 10, sigma 1.
VALUES = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62,
    10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
]  # fmt: skip
SMOOTHED = [
    9.945, 9.7495, 9.70355, 9.8992, 10.1253, 10.1307, 9.92167, 10.0755, 9.98796, 10.0232, 9.92384, 10.0785, 10.1216,
    10.0495, 10.0525, 9.98426, 10.0478, 10.074, 9.91864, 10.0108, 10.0997, 10.0227, 10.2495, 10.3745, 10.3971, 10.4654,
    10.4568, 10.5731, 10.6468, 10.6341,
]  # fmt: skip


def column(chart: ControlChart, name: str) -> Array:
    found = [getattr(point, name) for point in chart]
    return np.array([np.nan if isinstance(each, Inapplicable) else each for each in found], np.float64)


def by_hand(periods: list[Array], baseline: int) -> tuple[float, Array]:
    """The centre line and the sigma of each mean, from all values."""
    held = periods[:baseline]
    centre = float(np.concatenate(held).mean())
    freedom = sum(len(each) - 1 for each in held)
    pooled = math.sqrt(sum(((each - each.mean()) ** 2).sum() for each in held) / freedom)
    correction = math.sqrt(2 / freedom) * math.gamma((freedom + 1) / 2) / math.gamma(freedom / 2)
    return centre, np.array([pooled / correction / math.sqrt(len(each)) for each in periods])


@pytest.mark.parametrize("size", FACTORS)
def test_factors_are_those_of_the_textbook(size: int) -> None:
    assert round(c4(size), 4) == FACTORS[size][0]
    assert round(3 / (c4(size) * math.sqrt(size)), 3) == FACTORS[size][1]


def test_the_factor_goes_on_smoothly_for_many_answers() -> None:
    freedom = 1000.0
    logs = math.sqrt(2 / freedom) * math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    assert c4(1001) == pytest.approx(logs, rel=1e-11)
    assert [c4(n) for n in (1000.9, 1001.1)] == sorted(c4(n) for n in (1000.9, 1001.1))
    assert 1 - c4(1e9) == pytest.approx(0.25e-9, rel=1e-6)


@pytest.mark.parametrize("baseline", [None, 4])
def test_limits_are_those_of_a_hand_computation(baseline: int | None) -> None:
    values = drawn([5, 9, 4, 12, 6, 30], seed=3)
    chart = control_chart(summaries(values), baseline=baseline)
    centre, sigma = by_hand(list(values.values()), baseline or 6)
    np.testing.assert_allclose(column(chart, "mean"), [each.mean() for each in values.values()], rtol=1e-12)
    np.testing.assert_allclose(column(chart, "sd"), [each.std(ddof=1) for each in values.values()], rtol=1e-10)
    np.testing.assert_allclose(column(chart, "centre"), centre, rtol=1e-12)
    np.testing.assert_allclose(column(chart, "low"), centre - 3 * sigma, rtol=1e-10)
    np.testing.assert_allclose(column(chart, "high"), centre + 3 * sigma, rtol=1e-10)
    np.testing.assert_allclose(column(chart, "z"), (column(chart, "mean") - centre) / sigma, rtol=1e-8)
    assert [point.baseline for point in chart] == [place < (baseline or 6) for place in range(6)]
    assert chart.design_effect == 1


def test_groups_of_equal_size_have_the_textbook_s_limits() -> None:
    # 25 groups of 5: pooled s has 100 degrees of freedom; A3 s takes c4 of one group instead of that of all
    values = drawn([5] * 25, seed=11)
    chart = control_chart(summaries(values))
    pooled = math.sqrt(np.mean([each.var(ddof=1) for each in values.values()]))
    half = (column(chart, "high") - column(chart, "low")) / 2
    np.testing.assert_allclose(half, FACTORS[5][1] * FACTORS[5][0] / c4(101) * pooled, rtol=4e-4)


def test_chance_signals_as_seldom_as_it_should() -> None:
    values = np.random.default_rng(5).normal(60, 8, (3_000, 40)).clip(0, 100)
    chart = control_chart(summaries(dict(enumerate(values))), rules=["beyond"])
    expected = math.erfc(3 / math.sqrt(2)) * len(values)
    assert len(chart.signals) == pytest.approx(expected, abs=4 * math.sqrt(expected))


def test_a_shift_is_found() -> None:
    values = drawn([200] * 30, seed=1)
    moved = {period: each - 4 * (place >= 24) for place, (period, each) in enumerate(values.items())}
    chart = control_chart(summaries(moved), baseline=20, ewma=0.2)
    assert {point.period for point in chart.signals} >= {f"w{place}" for place in range(25, 31)}
    assert ControlRule.BEYOND in chart["w25"].rules
    assert ControlRule.SMOOTHED in chart["w26"].rules


def test_smoothed_means_are_those_of_the_textbook() -> None:
    limits = Limits(10.0, np.ones(30), 1.0)
    means, sigmas = smoothed(np.array(VALUES), limits, 0.1)
    np.testing.assert_allclose(means, SMOOTHED, rtol=6e-6)
    # limits 9.73 to 10.27 and 9.64 to 10.36 in the first two periods, 9.38 to 10.62 in the end
    np.testing.assert_allclose((10 + 2.7 * sigmas)[[0, 1, -1]].round(2), [10.27, 10.36, 10.62])


def test_the_variance_of_a_smoothed_mean_is_that_of_its_weights() -> None:
    sigma = np.array([1.0, 0.5, 2.0, 0.7])
    means, sigmas = smoothed(np.array([1.0, 2.0, np.nan, 4.0]), Limits(3.0, sigma, 1.0), 0.3)
    weights = np.array([0.3 * 0.7**2, 0.3 * 0.7, 0.3])
    assert means[3] == pytest.approx(3 * 0.7**3 + weights @ [1, 2, 4])
    assert sigmas[3] == pytest.approx(np.sqrt(weights**2 @ sigma[[0, 1, 3]] ** 2))
    assert np.isnan([means[2], sigmas[2]]).all()


def test_a_smoothed_mean_of_weight_one_is_the_mean_itself() -> None:
    chart = control_chart(summaries(drawn([8, 20, 11, 5])), ewma=1)
    for smooth, plain in (("smoothed", "mean"), ("smoothed_low", "low"), ("smoothed_high", "high")):
        np.testing.assert_allclose(column(chart, smooth), column(chart, plain), rtol=1e-12)


def test_the_moving_range_takes_the_scatter_between_periods() -> None:
    values = drawn([50, 80, 20, 60, 10], seed=2)
    chart = control_chart(summaries(values), spread="between", baseline=4)
    means = column(chart, "mean")
    sigma = np.abs(np.diff(means[:4])).mean() / 1.128379167
    assert pytest.approx(1.128379167, rel=1e-9) == D2
    np.testing.assert_allclose(column(chart, "high") - column(chart, "centre"), 3 * sigma, rtol=1e-9)
    assert chart.spread is Spread.BETWEEN


def test_a_given_centre_line_moves_the_limits_along() -> None:
    values = summaries(drawn([30, 30, 30]))
    free, fixed = control_chart(values, sigmas=2), control_chart(values, sigmas=2, centre=50)
    assert set(column(fixed, "centre")) == {50.0}
    np.testing.assert_allclose(column(fixed, "high") - 50, column(free, "high") - column(free, "centre"), rtol=1e-12)
    assert "centre line: given" in fixed.told.notes[0].en


def test_frequencies_are_repeated_answers() -> None:
    counts = {"a": [3, 1, 4, 2], "b": [2, 5, 1, 3], "c": [1, 1, 6, 4]}
    answers = np.array([40.0, 55.0, 60.0, 75.0])
    weighted = {
        period: summarize(survey(answers, weights=each, weight_kind="frequency"), PerformanceOnly())
        for period, each in counts.items()
    }
    repeated = summaries({period: np.repeat(answers, each) for period, each in counts.items()})
    one, other = control_chart(weighted, ewma=0.2), control_chart(repeated, ewma=0.2)
    for name in ("n", "mean", "sd", "low", "high", "z", "smoothed"):
        np.testing.assert_allclose(column(one, name), column(other, name), rtol=1e-10)


def test_clusters_widen_the_limits_by_the_root_of_their_design_effect() -> None:
    rng = np.random.default_rng(4)
    branches = np.repeat(np.arange(10), 12)
    made = {
        period: summarize(
            survey((60 + rng.normal(0, 6, 10)[branches] + rng.normal(0, 5, 120)).clip(0, 100), cluster=branches),
            PerformanceOnly(),
        )
        for period in ("a", "b", "c")
    }
    chart = control_chart(made)
    tables = [each.table() for each in made.values()]
    sd, se, n = (np.array([table[name][-1] for table in tables], np.float64) for name in ("sd", "se", "n"))
    effect = float((n * (se**2 * n / sd**2)).sum() / n.sum())
    assert effect > 3
    assert chart.design_effect == pytest.approx(effect, rel=1e-12)
    sigma = math.sqrt((sd**2).mean() * effect / 120) / c4(3 * 119 + 1)
    np.testing.assert_allclose(column(chart, "high") - column(chart, "centre"), 3 * sigma, rtol=1e-10)
    assert any("design effect" in note.en for note in chart.told.notes)


def test_one_cluster_in_each_period_gives_no_limits() -> None:
    made = {
        period: summarize(survey([50, 60, 70], cluster=["x", "x", "x"]), PerformanceOnly()) for period in ("a", "b")
    }
    chart = control_chart(made)
    assert str(chart["a"].low) == "fewer than two clusters in every period of the baseline"
    assert chart["a"].verdict is ControlVerdict.UNJUDGED


def test_a_tracker_a_map_and_a_grouped_summary_give_the_same_chart() -> None:
    values = drawn([12, 7, 20])
    tracker = Tracker(LINE, PerformanceOnly(), window=5)
    for period, each in values.items():
        tracker.update(survey(each), period)
    weeks = np.repeat(list(values), [12, 7, 20])
    whole = summarize(
        survey(np.concatenate(list(values.values())), groups={"week": weeks}), PerformanceOnly(), by="week"
    )
    charts = [control_chart(tracker), control_chart(summaries(values)), control_chart(whole, by="week")]
    for name in ("n", "mean", "low", "high"):
        for other in charts[1:]:
            np.testing.assert_allclose(column(other, name), column(charts[0], name), rtol=1e-11)
    assert [[point.period for point in chart] for chart in charts] == [list(values)] * 3


def test_respondents_without_a_period_are_counted() -> None:
    whole = summarize(survey([50, 60, 70, 80, 90], groups={"week": [1, 1, 2, 2, None]}), PerformanceOnly(), by="week")
    chart = control_chart(whole, by="week")
    assert [point.period for point in chart] == [1, 2]
    assert any(note.en == "left out: 1 respondents without a period" for note in chart.told.notes)


def test_any_score_can_be_charted() -> None:
    hall = study(60, seed=3)
    made = {
        period: summarize(
            Survey.from_arrays(HALL, perception=hall.perceived[rows], expectation=hall.expected[rows]), Difference()
        )
        for period, rows in {"a": slice(0, 30), "b": slice(30, 60)}.items()
    }
    for about, table in (("score", made["b"].table()), ("item", made["b"].item_table())):
        for key, mean in zip(table[about], table["mean"], strict=True):
            if key != "overall_items":
                assert control_chart(made, str(key))["b"].mean == pytest.approx(mean, rel=1e-12)


def test_a_period_without_answers_is_not_judged() -> None:
    made = summaries({"a": [50, 60, 70], "c": [40, 55, 66]})
    nobody = summarize(survey([np.nan, 50.0], weights=[1.0, 0.0], weight_kind="frequency"), PerformanceOnly())
    weighted = {
        period: summarize(survey(each, weights=np.ones(3), weight_kind="frequency"), PerformanceOnly())
        for period, each in {"a": [50, 60, 70], "c": [40, 55, 66]}.items()
    }
    chart = control_chart({"a": weighted["a"], "b": nobody, "c": weighted["c"]}, ewma=0.3)
    assert str(chart["b"].mean) == str(chart["b"].low) == str(chart["b"].smoothed) == "no answers"
    assert chart["b"].verdict is ControlVerdict.UNJUDGED
    assert "not judged, no answers" in repr(chart["b"])
    plain = control_chart(made, ewma=0.3)
    for name in ("low", "high", "smoothed"):
        np.testing.assert_allclose(column(chart, name)[[0, 2]], column(plain, name), rtol=1e-12)


@pytest.mark.parametrize(
    ("values", "spread", "reason"),
    [
        ({"a": [50], "b": [60]}, "within", "fewer than two answers in every period of the baseline"),
        ({"a": [50, 50], "b": [60, 60]}, "within", "no variation in the baseline"),
        ({"a": [50, 60]}, "between", "fewer than two periods with answers in the baseline"),
        ({"a": [50, 60], "b": [60, 50]}, "between", "no variation in the baseline"),
    ],
)
def test_without_limits_the_reason_stands_in_their_place(values: Any, spread: str, reason: str) -> None:
    chart = control_chart(summaries(values), spread=spread, rules=["beyond"])
    assert {str(point.high) for point in chart} == {reason}
    assert {point.verdict for point in chart} == {ControlVerdict.UNJUDGED}
    assert any(note.en == f"no limits: {reason}" and note.zh for note in chart.told.notes)
    assert chart.to_dict()["inapplicable"][0]["z"] == reason


def test_runs_are_seen_without_limits() -> None:
    chart = control_chart(summaries({place: [50 + place] for place in range(8)}), rules=["six_in_one_direction"])
    assert [point.period for point in chart.signals] == [5, 6, 7]
    assert isinstance(chart[5].z, Inapplicable)


def test_faces_of_a_chart() -> None:
    values = drawn([40] * 21, seed=8)
    values["w21"] = values["w21"] - 20
    chart = control_chart(summaries(values), baseline=20)
    assert repr(chart) == "<line: control chart of overall (PerformanceOnly): 21 periods, 1 with a signal>"
    assert repr(chart["w21"]).endswith("; signal (beyond the limits)>")
    assert repr(chart["w01"]).endswith("; in control>")
    table, chinese = chart.to_table(), chart.to_table("zh")
    assert "smoothed" not in table.columns
    assert table["rules"][-1] == "beyond the limits"
    assert (chinese["rules"][-1], chinese["verdict"][-1]) == ("超出控制限", "失控信号")
    assert chinese.title == "line：总体控制图（PerformanceOnly）"
    assert all(note.en and note.zh and note.zh != note.en for note in chart.told.notes)
    assert not any("provisional" in note.en for note in chart.told.notes)
    frame = chart.to_frame()
    assert list(frame["rules"])[-1] == "beyond"
    assert len(frame) == len(chart) == 21
    assert json.loads(json.dumps(chart.to_dict(), allow_nan=False))["rules"] == ["beyond", "nine_on_one_side"]
    assert "<table>" in chart._repr_html_()


def test_few_periods_are_provisional() -> None:
    notes = [note.en for note in control_chart(summaries(drawn([9, 9, 9]))).told.notes]
    assert "provisional: 3 periods in the baseline, 20 or more give limits that stay" in notes


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=6), min_size=2, max_size=8), st.data())
def test_turning_the_scale_around_turns_the_chart_around(values: Any, data: Any) -> None:
    baseline = data.draw(st.integers(1, len(values)))
    chart = control_chart(summaries(dict(enumerate(values))), baseline=baseline, rules=NAMED, ewma=0.2)
    turned = summaries({place: 100 - np.array(each, float) for place, each in enumerate(values)})
    other = control_chart(turned, baseline=baseline, rules=NAMED, ewma=0.2)
    for one, two in (("low", "high"), ("high", "low"), ("smoothed", "smoothed"), ("centre", "centre")):
        np.testing.assert_allclose(column(chart, one), 100 - column(other, two), atol=1e-8)
