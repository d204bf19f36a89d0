"""Complaint funnel, value map, yearly profit, net present value and tornado: what is drawn is what was found."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual._arrays import Floats
from servqual.encounters.complaints.funnel import ComplaintFunnel
from servqual.encounters.complaints.risk import complaint_risk
from servqual.errors import PlotError
from servqual.plots.funnel_stages import complaint_funnel
from servqual.plots.npv_shares import npv
from servqual.plots.profit_stack import profit_years
from servqual.plots.tornado_bars import tornado
from servqual.plots.worth_map import value_map
from servqual.value.investments import QualityInvestment
from servqual.value.profit_years import YearlyProfit
from servqual.value.returning import return_on_service
from tests.plots.drawn import across, interval_lines, legend, marked, read_by_rows, rows, upwards, written
from tests.plots.value_samples import ALONE, CERTAIN, RETURN, RISK, SEGMENTS, VALUE, YEARS

SURE = return_on_service(
    QualityInvestment(
        gap_closed=0.5, satisfaction_per_gap=0.6, retention_per_satisfaction=0.05, customers=100, retention=0.8,
        margin=120, cost=100, years=2, discount=0.1,
    ),
    rng=1,
    draws=3,
)  # fmt: skip


def patches(ax: Axes) -> list[list[Any]]:
    containers: Any = ax.containers
    return [list(each.patches) for each in containers]


def widths(ax: Axes) -> Floats:
    return np.array([[patch.get_width() for patch in each] for each in patches(ax)])


def heights(ax: Axes) -> Floats:
    return np.array([[patch.get_height() for patch in each] for each in patches(ax)])


def whole(ax: Axes, texts: list[Any]) -> None:
    """No words leave the figure."""
    figure: Any = ax.figure
    figure.canvas.draw()
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= figure.bbox.x0 - 1
        assert box.x1 <= figure.bbox.x1 + 1


class TestComplaintFunnel:
    def test_parts_of_each_bar_are_all_customers_of_it(self) -> None:
        again, lost, anyway = widths(complaint_funnel(RISK))
        total = RISK.totals["with_problem"][0]
        counts = [row.customers for row in RISK.rows]
        np.testing.assert_allclose(again + lost + anyway, [total, counts[0], sum(counts[1:]), *counts[1:]])
        np.testing.assert_allclose(again[[1, 3, 4, 5]], [row.again for row in RISK.rows])
        np.testing.assert_allclose(lost[[1, 3, 4, 5]], [row.lost[0] for row in RISK.rows])
        np.testing.assert_allclose(lost[0], RISK.totals["lost"][0])
        np.testing.assert_allclose(anyway, 0.1 * (again + lost + anyway))

    def test_bars_stand_below_what_they_are_part_of(self) -> None:
        first = patches(complaint_funnel(RISK))[0]
        starts = np.array([patch.get_x() for patch in first])
        ends = np.array([patch.get_x() + patch.get_width() for patch in patches(complaint_funnel(RISK))[2]])
        np.testing.assert_allclose(starts, [0, 0, ends[1], ends[1], ends[3], ends[4]])
        np.testing.assert_allclose(ends[[2, 5]], ends[0])

    def test_words_say_who_is_lost_how_surely_and_by_talk(self) -> None:
        ax = complaint_funnel(RISK)
        assert rows(ax) == [
            "has a problem", "does not complain", "complains", "complains, not resolved", "complains, resolved",
            "complains, resolved quickly",
        ]  # fmt: skip
        low, high = (f"{end:,.0f}" for end in RISK.rows[0].lost[1:])
        assert written(ax)[1] == f"lost 567 ({low}–{high}); 105 more by talk"
        assert written(ax)[4].endswith("; 5 won by talk")
        assert legend(ax) == ["buy again", "lost to the problem", "would have left anyway"]
        whole(ax, list(ax.texts))

    def test_those_who_are_kept_better_than_others_are_not_lost(self) -> None:
        ax = complaint_funnel(CERTAIN)
        again, lost, anyway = widths(ax)
        assert lost[5] == 0
        assert anyway[5] == pytest.approx(5 * 0.05 * 1)
        assert again[5] == pytest.approx(5 * 0.95)
        assert written(ax)[5] == "1 more buy again"
        assert "(" not in "".join(written(ax))

    def test_nobody_with_a_problem_is_no_funnel(self) -> None:
        funnel = ComplaintFunnel.tarp("major", customers=10, problem=0, voiced=0.3, resolved=0.5, quick=0.4)
        with pytest.raises(PlotError, match=r"no customer with a problem; somebody goes into the funnel"):
            complaint_funnel(complaint_risk(funnel))


class TestValueMap:
    def test_points_are_providers_and_the_line_is_what_all_get(self) -> None:
        ax = value_map(VALUE)
        providers = [row for row in VALUE.rows if row.segment == "all" and row.provider != "all"]
        drawn = np.concatenate([np.column_stack([across(line), upwards(line)]) for line in marked(ax)])
        expected = np.array([[row.cost, row.benefit] for row in providers])
        np.testing.assert_allclose(drawn[drawn[:, 1].argsort()], expected[expected[:, 1].argsort()])
        line = next(each for each in ax.lines if each not in marked(ax))
        np.testing.assert_allclose(upwards(line) / across(line), VALUE.overall.ratio)
        assert set(written(ax)) == {"Alder", "Birch", "Cedar"}

    def test_marks_say_who_is_worth_more(self) -> None:
        ax = value_map(VALUE)
        looks = dict(zip(legend(ax)[1:], marked(ax), strict=True))
        for row in VALUE.rows:
            if row.segment == "all" and row.provider != "all":
                word = "more" if float(row.relative_low) > 1 else "less" if float(row.relative_high) < 1 else "not"
                line = next(each for words, each in looks.items() if f"{word} " in words)
                assert row.cost in across(line)
        assert len(looks) == 3

    def test_a_segment_segments_and_everybody(self) -> None:
        ax = value_map(VALUE, segment="new")
        assert ax.get_title(loc="left") == "Value to the customer: new"
        assert {row.cost for row in VALUE.rows if row.segment == "new" and row.provider != "all"} == {
            cost for line in marked(ax) for cost in across(line)
        }
        assert set(written(value_map(SEGMENTS))) == {"new", "old"}
        assert written(value_map(ALONE, language="en")) == ["all customers"]
        assert len(legend(value_map(ALONE))) == len(legend(value_map(SEGMENTS))) == 1
        with pytest.raises(PlotError, match=r"segment: 'young'; there are rows of all, new, old"):
            value_map(VALUE, segment="young")


class TestProfitYears:
    def test_bars_are_the_parts_and_reach_their_total(self) -> None:
        ax = profit_years(YEARS)
        table = YEARS.to_table()
        names = ["acquisition", "base", "growth", "savings"]
        np.testing.assert_allclose(heights(ax), [np.array(table[name], float) for name in names])
        bottoms = np.array([[patch.get_y() for patch in each] for each in patches(ax)])
        ups = np.maximum(heights(ax), 0)
        np.testing.assert_allclose(bottoms, np.where(heights(ax) >= 0, np.cumsum(ups, axis=0) - ups, 0))
        running, even = marked(ax)
        np.testing.assert_allclose(upwards(running), np.array(table["cumulative"], float))
        assert across(even).tolist() == [YEARS.breakeven]
        assert read_by_rows(ax) == [
            "acquisition cost", "base profit", "increased purchases", "reduced operating cost", "running sum",
            f"break-even in year {YEARS.breakeven}",
        ]  # fmt: skip

    def test_where_nothing_breaks_even_nothing_is_marked(self) -> None:
        ax = profit_years(YearlyProfit(years=40, acquisition=100, base=1))
        assert len(marked(ax)) == 1
        assert len(ax.get_xticks()) <= 12


class TestNetPresentValue:
    def test_bars_are_the_draws_and_losses_are_told_apart_exactly(self) -> None:
        ax = npv(RETURN)
        losses, gains = heights_of(ax)
        assert losses.sum() == pytest.approx(100 * RETURN.probability_of_loss)
        assert losses.sum() + gains.sum() == pytest.approx(100)
        assert max(patch.get_x() + patch.get_width() for patch in patches(ax)[0]) == pytest.approx(0, abs=1e-6)
        np.testing.assert_allclose(interval_lines(ax)[0], [RETURN.npv_interval])
        assert legend(ax)[0] == f"a loss: {RETURN.probability_of_loss:.1%} of draws"
        assert across(ax.lines[0]).tolist() == [RETURN.npv] * 2

    def test_where_nothing_is_uncertain_there_is_no_distribution(self) -> None:
        with pytest.raises(PlotError, match=r"draws that are all alike; some numbers are uncertain.*Hint: pass Estim"):
            npv(SURE)


def heights_of(ax: Axes) -> tuple[Floats, Floats]:
    losses, gains = (np.array([patch.get_height() for patch in each]) for each in patches(ax))
    return losses, gains


class TestTornado:
    def test_bars_reach_from_the_estimate_to_either_end_the_widest_on_top(self) -> None:
        ax = tornado(RETURN)
        ends = np.array([[patch.get_x() + patch.get_width() for patch in each] for each in patches(ax)])
        starts = np.array([[patch.get_x() for patch in each] for each in patches(ax)])
        levers = RETURN.levers
        reached = np.where(np.isclose(starts, RETURN.npv), ends, starts)
        np.testing.assert_allclose(
            reached, [[each.npv_at_low for each in levers], [each.npv_at_high for each in levers]]
        )
        swings = [each.swing for each in levers]
        assert swings == sorted(swings, reverse=True)
        assert rows(ax)[0] == RETURN.tornado("en")["label"][0]

    def test_what_stands_beside_the_bars_are_the_ends_of_the_intervals(self) -> None:
        ax = tornado(RETURN)
        shown = {True: ",.0f", False: ".3g"}
        wanted = {f"{end:{shown[end >= 1000]}}" for each in RETURN.levers for end in (each.low, each.high)}
        assert set(written(ax)) == wanted
        sides = {text.get_text(): text.get_horizontalalignment() for text in ax.texts}
        cost = next(each for each in RETURN.levers if each.name == "cost")
        assert sides[f"{cost.high:,.0f}"] == "right"  # a higher cost leaves less
        assert "neither gain nor loss" in legend(ax)

    def test_where_nothing_is_uncertain_there_is_no_tornado(self) -> None:
        with pytest.raises(PlotError, match=r"no uncertain number; some numbers are uncertain"):
            tornado(SURE)


def test_axes_that_are_given_are_drawn_on_and_strangers_refused() -> None:
    drawn: list[tuple[Any, Any, str]] = [
        (complaint_funnel, RISK, "encounters.complaint_risk"), (value_map, VALUE, "value.value_to_customer"),
        (profit_years, YEARS, "value.YearlyProfit"), (npv, RETURN, "value.return_on_service"),
        (tornado, RETURN, "value.return_on_service"),
    ]  # fmt: skip
    for draw, found, maker in drawn:
        ax = Figure(figsize=(4, 3), layout="constrained").subplots()
        assert draw(found, ax=ax) is ax
        with pytest.raises(PlotError, match=rf"a dict; what is drawn is a .*servqual\.{maker}"):
            draw({})
