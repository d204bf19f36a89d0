"""Investments: laws of present value, several internal rates, payback, and break-even retention."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.extra import numpy as hnp

from servqual.errors import ProjectError, WorthError
from servqual.statistics import Inapplicable
from servqual.statistics.cash_flows import internal_rates, net_present_value, payback_time
from servqual.value.lifetimes import lifetime_value
from servqual.value.projects import Project, breakeven_retention

money = hnp.arrays(np.float64, st.integers(2, 8), elements=st.integers(-1000, 1000).map(float))
rates = st.floats(-0.5, 2)


class TestPresentValue:
    @given(money, rates, st.floats(-5, 5))
    def test_linear_in_cash_flow(self, flows: np.ndarray, rate: float, scale: float) -> None:
        worth = float(net_present_value(flows, rate))
        loop = sum(flow / (1 + rate) ** period for period, flow in enumerate(flows.tolist()))
        assert worth == pytest.approx(loop, rel=1e-9, abs=1e-6)
        assert float(net_present_value(scale * flows, rate)) == pytest.approx(scale * worth, rel=1e-9, abs=1e-6)

    @given(money, money, rates)
    def test_additive_over_projects(self, one: np.ndarray, other: np.ndarray, rate: float) -> None:
        assume(one.any())
        assume(other.any())
        first, second = Project.from_flows(one.tolist(), rate), Project.from_flows(other.tolist(), rate)
        both = first + second
        assert both.npv == pytest.approx(first.npv + second.npv, rel=1e-9, abs=1e-6)
        assert both.flows.sum() == pytest.approx(one.sum() + other.sum(), rel=1e-9, abs=1e-6)

    @given(money)
    def test_internal_rates_make_it_zero(self, flows: np.ndarray) -> None:
        for rate in internal_rates(flows):
            assert rate > -1
            terms = np.abs(flows) * (1 + rate) ** -np.arange(flows.size)
            assert abs(float(net_present_value(flows, rate))) <= 1e-5 * terms.max()

    @given(st.floats(1, 1000), st.lists(st.integers(0, 1000), min_size=1, max_size=8))
    def test_one_change_of_sign_is_one_rate(self, cost: float, profit: list[int]) -> None:
        assume(max(profit) > 1)
        assert internal_rates([-cost, *profit]).size == 1

    def test_two_rates_are_told_and_none_is_chosen(self) -> None:
        """A textbook case: 10 % and 20 % both make it zero."""
        project = Project.from_flows([-100, 230, -132], 0.15)
        np.testing.assert_allclose(project.internal_rates, [0.1, 0.2], atol=1e-9)
        assert isinstance(project.internal_rate, Inapplicable)
        assert "10.0%, 20.0%" in str(project.internal_rate)

    @pytest.mark.parametrize("flows", [[-10, -5], [10, 5], [-1, 0]])
    def test_without_a_change_of_sign_there_is_no_rate(self, flows: list[float]) -> None:
        assert "do not change sign" in str(Project.from_flows(flows, 0.1).internal_rate)

    def test_signs_change_and_yet_there_is_none(self) -> None:
        """x² − x + 1 has no real root."""
        project = Project.from_flows([1, -1, 1], 0.1)
        assert str(project.internal_rate) == "no rate makes the present value zero"


class TestPayback:
    @pytest.mark.parametrize(
        ("flows", "time"), [([-100, 60, 60], 1 + 40 / 60), ([-100, 50, 50], 2), ([5, 5], 0), ([-5, 10, -20, 30], 2.5)]
    )
    def test_by_hand(self, flows: list[float], time: float) -> None:
        assert payback_time(flows) == pytest.approx(time)

    def test_never(self) -> None:
        project = Project([100], [0, 10], 0.1)
        assert isinstance(project.payback, Inapplicable)
        assert "not paid back" in repr(project)
        assert project.to_dict()["why_not"] if "why_not" in project.to_dict() else "why_not" in str(project.to_table())

    @given(st.floats(1, 100), st.lists(st.floats(0, 100), min_size=1, max_size=6), st.floats(0, 0.5))
    def test_discounting_delays(self, cost: float, profit: list[float], rate: float) -> None:
        project = Project([cost], [0, *profit], rate)
        plain, later = project.payback, project.discounted_payback
        if not isinstance(later, Inapplicable):
            assert not isinstance(plain, Inapplicable)
            assert plain <= later + 1e-9


class TestMeasures:
    def test_return_on_quality(self) -> None:
        project = Project([100, 50], [0, 120, 120], 0.1)
        spent, earned = 100 + 50 / 1.1, 120 / 1.1 + 120 / 1.21
        assert project.return_on_quality == pytest.approx(earned / spent)
        assert project.simple_return == pytest.approx(90 / 150)
        assert (project.return_on_quality > 1) == (project.npv > 0)  # type: ignore[operator]

    def test_nothing_spent(self) -> None:
        assert str(Project([0], [5], 0.1).return_on_quality) == "nothing is spent"

    def test_tables(self) -> None:
        assert "净现值" in str(Project([1], [0, 2], 0.1).to_table("zh"))
        assert Project([1], [0, 2], 0.1).to_dict()["spending"] == [1, 0]

    def test_reasons_are_told_in_both_languages(self) -> None:
        assert "cash flows do not change sign" in str(Project([0], [5], 0.1).to_table())
        told = str(Project([0], [5], 0.1).to_table("zh"))
        assert "现金流不变号" in told
        assert "没有支出" in told
        assert "有 10.0%, 20.0% 等多个解" in str(Project.from_flows([-100, 230, -132], 0.1).to_table("zh"))
        assert "收不回投资" in str(Project([10], [0, 5], 0.1).to_table("zh"))

    def test_projects_can_be_summed(self) -> None:
        several = [Project([10], [0, 6 + more], 0.1) for more in range(4)]
        assert sum(several, start=several[0]).npv == pytest.approx(sum(each.npv for each in [several[0], *several]))
        whole: Any = sum(several)
        assert whole.npv == pytest.approx(sum(each.npv for each in several))

    def test_what_is_wrong(self) -> None:
        with pytest.raises(ProjectError) as error:
            Project([-5], [float("nan")], -1)
        for part in ("spending: -5 in period 0", "what comes in is profit", "profit", "above -1"):
            assert part in str(error.value)
        with pytest.raises(ProjectError, match="something is spent or earned"):
            Project([0], [0], 0.1)
        with pytest.raises(ProjectError, match="share their discount"):
            Project([1], [0, 2], 0.1) + Project([1], [0, 2], 0.2)


class TestBreakevenRetention:
    @given(st.floats(1, 500), st.floats(0, 200), st.floats(0.01, 0.4), st.floats(0, 0.9))
    def test_at_it_nothing_is_won_or_lost(self, margin: float, cost: float, rate: float, now: float) -> None:
        needed = breakeven_retention(margin, cost, discount=rate, retention=now)
        if isinstance(needed, Inapplicable):
            most = lifetime_value(margin, 1.0, discount=rate).value
            assert most - lifetime_value(margin, now, discount=rate).value <= cost * (1 + 1e-9)
        else:
            worth = [lifetime_value(margin, each, discount=rate).value for each in (now, needed)]
            gained = worth[1] - worth[0]
            assert gained == pytest.approx(cost, rel=1e-7, abs=1e-6)

    def test_what_is_wrong(self) -> None:
        with pytest.raises(ProjectError) as error:
            breakeven_retention(0, -1, discount=0.1, customers=0)
        for part in ("margin", "customers", "cost"):
            assert part in str(error.value)
        with pytest.raises(WorthError, match="retention"):
            breakeven_retention(1, 1, discount=0.1, retention=1.5)
