"""p-charts against a published one, by hand, and by what they promise."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.errors import ArgumentError, StandardsError
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.conforming import conformance, conformance_from_counts
from servqual.operations.standards.share_charts import p_chart
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind
from servqual.statistics import Inapplicable

CAN = Standard(key="can", kind=StandardKind.AMOUNT, high=1)
# Montgomery 2013, Introduction to Statistical Quality Control, example 7.1: leaking cans of orange juice in 30 samples
# of 50
LEAKING = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def cans() -> Conformance:
    return conformance_from_counts(CAN, [50 - each for each in LEAKING], [50] * 30, period=list(range(1, 31)))


def test_the_cans_of_orange_juice() -> None:
    chart = p_chart(cans())
    # the book draws leaking cans: centre 0.2313, limits 0.0524 and 0.4102; samples 15 and 23 are beyond
    point = chart[1]
    assert [1 - float(each) for each in (point.centre, point.high, point.low)] == pytest.approx(
        [0.2313, 0.0524, 0.4102], abs=5e-5
    )
    assert [each.period for each in chart.signals] == [15, 23]
    # without them: 0.2150, 0.0407 and 0.3893, and sample 21 is beyond
    again = p_chart(cans(), baseline=[each for each in range(1, 31) if each not in {15, 23}])
    point = again[1]
    assert [1 - float(each) for each in (point.centre, point.high, point.low)] == pytest.approx(
        [0.2150, 0.0407, 0.3893], abs=5e-5
    )
    assert again[21].rules == ("beyond",)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 200)), min_size=2, max_size=20))
def test_limits_by_hand(counts: list[tuple[int, int]]) -> None:
    kept, n = np.array([each[0] for each in counts]), np.array([each[1] for each in counts])
    found = conformance_from_counts(CAN, kept, n, period=np.arange(n.size))
    chart = p_chart(found, sigmas=2.5)
    line = kept.sum() / n.sum()
    for row, point in enumerate(chart):
        if line in {0, 1}:
            assert point.z == Inapplicable("all cases of the baseline are alike")
            continue
        sigma = np.sqrt(line * (1 - line) / n[row])
        assert float(point.z) == pytest.approx((kept[row] / n[row] - line) / sigma, abs=1e-9)
        assert float(point.low) == pytest.approx(max(line - 2.5 * sigma, 0))
        assert ("beyond" in point.rules) == (abs(float(point.z)) > 2.5)


def test_scatter_between_periods_widens_limits_and_chance_alone_does_not() -> None:
    rng = np.random.default_rng(3)
    n, periods = 100_000, np.arange(200)
    chance = rng.binomial(n, 0.9, 200)
    moving = rng.binomial(n, np.clip(rng.normal(0.9, 0.01, 200), 0, 1))
    ratios = []
    for kept in (chance, moving):
        found = conformance_from_counts(CAN, kept, [n] * 200, period=periods)
        within, between = p_chart(found), p_chart(found, spread="between")
        ratios.append(
            (float(between[0].high) - float(between[0].centre)) / (float(within[0].high) - float(within[0].centre))
        )
    assert ratios[0] == pytest.approx(1, abs=0.15)
    assert ratios[1] == pytest.approx(np.hypot(0.01, np.sqrt(0.09 / n)) / np.sqrt(0.09 / n), rel=0.15)
    found = conformance_from_counts(CAN, moving, [n] * 200, period=periods)
    assert len(p_chart(found).signals) > 100
    assert len(p_chart(found, spread="between").signals) < 10


def test_a_unit_a_given_centre_and_a_period_without_cases() -> None:
    cases = {"can": [0, 0, 2, 0, 0, np.nan], "line": list("aabbab"), "day": [1, 2, 1, 2, 3, 3]}
    found = conformance(CAN, cases, unit="line", period="day")
    chart = p_chart(found, "b", centre=0.8)
    assert [point.period for point in chart] == [1, 2, 3]
    assert chart[3].share == Inapplicable("no cases")
    assert (chart[1].centre, chart[1].rules) == (0.8, ())
    assert chart.told.title.en == "p-chart of can: b"


def test_words() -> None:
    chart = p_chart(cans(), baseline=10)
    assert repr(chart) == "<p-chart of can: 30 periods, 3 with a signal>"
    table = chart.to_table("zh")
    assert table.columns["rules"][14] == "超出控制限"
    assert any("暂定" in note for note in table.notes)
    small = p_chart(conformance_from_counts(CAN, [9, 10], [10, 10], period=[1, 2]))
    assert any("rough limits: only 0.5 cases" in note for note in small.to_table().notes)
    alike = p_chart(conformance_from_counts(CAN, [10, 10], [10, 10], period=[1, 2]), spread="between")
    assert any("no limits: all cases of the baseline are alike" in note for note in alike.to_table().notes)
    assert chart.to_dict()["columns"]["rules"][14] == "beyond"


def test_refusals() -> None:
    found = cans()
    with pytest.raises(StandardsError, match="conformance: no periods"):
        p_chart(conformance_from_counts(CAN, 4, 5))
    with pytest.raises(StandardsError, match="unit: no 'north'; it is all, or one of the units"):
        p_chart(found, "north")
    with pytest.raises(StandardsError, match=r"centre: 1.2 for 30 periods; the centre line is a share"):
        p_chart(found, centre=1.2)
    with pytest.raises(StandardsError, match="made with clusters; limits are made of single cases"):
        p_chart(conformance(CAN, [0, 2, 0], period=[1, 1, 2], cluster=[1, 2, 3]))
    with pytest.raises(ArgumentError, match="sigmas: 0"):
        p_chart(found, sigmas=0)
    with pytest.raises(ArgumentError, match=r"spread: 'betwen'.*did you mean between"):
        p_chart(found, spread="betwen")
    with pytest.raises(ArgumentError, match="rules: 'nine'"):
        p_chart(found, rules=["nine"])
    with pytest.raises(ArgumentError, match="baseline: the first 40; there are 30 periods"):
        p_chart(found, baseline=40)
    with pytest.raises(StandardsError, match="periods have an order in time"):
        p_chart(conformance_from_counts(CAN, [1, 2], [5, 5], period=["March", "April"]))
    with pytest.raises(ArgumentError, match="no '31'; it is a period of the chart"):
        p_chart(found)["31"]
