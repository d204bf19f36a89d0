"""The whole way: against a loop over years, its draws against theory, and what is refused."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from servqual.errors import ProjectError
from servqual.value.estimates import Estimate
from servqual.value.investments import QualityInvestment
from servqual.value.returning import return_on_service

PLAIN = QualityInvestment(
    gap_closed=0.5, satisfaction_per_gap=0.6, retention_per_satisfaction=0.05, customers=20_000, retention=0.8,
    margin=120, cost=150_000, yearly_cost=10_000, years=5, discount=0.1,
)  # fmt: skip
UNSURE = evolve(
    PLAIN,
    gap_closed=Estimate(0.5, 0.1),
    satisfaction_per_gap=Estimate(0.6, 0.08),
    retention_per_satisfaction=Estimate(0.05, 0.015),
)


def by_hand(asked: QualityInvestment) -> float:
    """Net present value, customer counts year by year."""
    gained = asked.gap_closed.value * asked.satisfaction_per_gap.value
    retention = asked.retention.value + gained * asked.retention_per_satisfaction.value
    margin = asked.margin.value + gained * asked.margin_per_satisfaction.value
    new = gained * asked.new_customers_per_satisfaction.value
    now = before = asked.customers.value
    worth = -asked.cost.value
    for year in range(1, asked.years + 1):
        now, before = now * retention + new, before * asked.retention.value
        profit = now * margin - before * asked.margin.value - asked.yearly_cost.value
        worth += profit / (1 + asked.discount) ** year
    return worth


def at(name: str, value: float) -> QualityInvestment:
    changed: dict[str, Any] = {name: value}
    return evolve(PLAIN, **changed)


class TestTheWay:
    @given(st.floats(0, 1), st.floats(0, 0.15), st.floats(0, 10), st.floats(0, 500), st.integers(1, 9))
    def test_against_a_loop(self, gap: float, slope: float, margin: float, new: float, years: int) -> None:
        asked = evolve(
            PLAIN, gap_closed=gap, retention_per_satisfaction=slope, margin_per_satisfaction=margin,
            new_customers_per_satisfaction=new, years=years,
        )  # fmt: skip
        told = return_on_service(asked, rng=1, draws=2)
        assert told.npv == pytest.approx(by_hand(asked), rel=1e-9, abs=1e-4)
        assert told.project.npv == pytest.approx(told.npv, rel=1e-9, abs=1e-4)
        np.testing.assert_allclose(told.npv_draws, told.npv, rtol=1e-9, atol=1e-4)

    def test_nothing_closed_costs_the_cost(self) -> None:
        asked = evolve(PLAIN, gap_closed=0.0)
        yearly = sum(1.1**-year for year in range(1, 6))
        assert return_on_service(asked, rng=1, draws=1).npv == pytest.approx(-150_000 - 10_000 * yearly)

    def test_break_even_retention(self) -> None:
        told = return_on_service(PLAIN, rng=1, draws=1)
        needed = told.breakeven_retention
        assert needed is not None
        slope = (needed - 0.8) / 0.3
        assert by_hand(evolve(PLAIN, retention_per_satisfaction=slope)) == pytest.approx(0, abs=1e-3)
        assert return_on_service(evolve(PLAIN, cost=1e9), rng=1, draws=1).breakeven_retention is None


class TestUncertainty:
    def test_draws_against_the_delta_method(self) -> None:
        """With small errors the draws have the standard deviation that the gradient says, correlations and all."""
        asked = evolve(
            PLAIN,
            satisfaction_per_gap=Estimate(0.6, 0.006),
            retention_per_satisfaction=Estimate(0.05, 0.0005),
            margin=Estimate(120, 1),
        )
        rho = -0.6
        told = return_on_service(
            asked, rng=1, draws=40_000, correlation={("satisfaction_per_gap", "retention_per_satisfaction"): rho}
        )
        names, ses = ("satisfaction_per_gap", "retention_per_satisfaction", "margin"), np.array([0.006, 0.0005, 1.0])
        middle = {name: getattr(PLAIN, name).value for name in names}
        slopes = [
            (by_hand(at(name, middle[name] + se / 100)) - by_hand(PLAIN)) / (se / 100)
            for name, se in zip(names, ses, strict=True)
        ]
        matrix = np.eye(3)
        matrix[0, 1] = matrix[1, 0] = rho
        expected = np.sqrt(np.array(slopes) * ses @ matrix @ (np.array(slopes) * ses))
        assert told.npv_draws.std() == pytest.approx(expected, rel=0.02)
        assert told.npv_draws.mean() == pytest.approx(told.npv, abs=3 * expected / 200 + 50)

    def test_the_tornado_is_one_at_a_time(self) -> None:
        told = return_on_service(UNSURE, rng=1, draws=100)
        assert [each.name for each in told.levers] == [
            "retention_per_satisfaction", "gap_closed", "satisfaction_per_gap",
        ]  # fmt: skip
        for lever in told.levers:
            assert lever.npv_at_low == pytest.approx(by_hand(at(lever.name, lever.low)))
            assert lever.npv_at_high == pytest.approx(by_hand(at(lever.name, lever.high)))
        swings = [each.swing for each in told.levers]
        assert swings == sorted(swings, reverse=True)

    def test_the_same_seed_is_the_same_result(self) -> None:
        one, other = (return_on_service(UNSURE, rng=7, draws=500) for _ in range(2))
        assert one.to_dict() == other.to_dict()
        assert one.probability_of_loss == float((one.npv_draws < 0).mean())
        low, high = one.npv_interval
        assert low < one.npv < high

    def test_retention_beyond_its_range_is_held_and_told(self) -> None:
        asked = evolve(UNSURE, retention=0.97, retention_per_satisfaction=Estimate(0.05, 0.1))
        told = return_on_service(asked, rng=1, draws=400)
        assert told.held > 0
        assert told.draws[1].max() <= 1 + 1e-12
        assert f"in {told.held} draws" in str(told.to_table())
        assert "已按边界计" in str(told.to_table("zh"))


class TestRefusals:
    def test_all_at_once(self) -> None:
        with pytest.raises(ProjectError) as error:
            evolve(PLAIN, customers=-1, cost=-2, retention=80, years=0, discount=-1)
        for part in ("customers: -1", "cost: -2", "pass 0.8", "years: 0", "discount: -1"):
            assert part in str(error.value)
        with pytest.raises(ProjectError, match=r"retention after: 1\.1"):
            evolve(PLAIN, retention_per_satisfaction=1.0)

    def test_correlations(self) -> None:
        with pytest.raises(ProjectError) as error:
            return_on_service(
                UNSURE, rng=1, draws=0, correlation={("gap_closed", "margin"): 0.5, ("gap_closed", "gap_closed"): 0.5}
            )
        for part in ("'margin'", "with a standard error", "two numbers, -1 to 1", "draws: 0"):
            assert part in str(error.value)
        pairs = [("gap_closed", "satisfaction_per_gap"), ("satisfaction_per_gap", "retention_per_satisfaction")]
        impossible = dict.fromkeys(pairs, 0.95) | {("gap_closed", "retention_per_satisfaction"): -0.95}
        with pytest.raises(ProjectError, match="some distribution has these"):
            return_on_service(UNSURE, rng=1, correlation=impossible)

    def test_pairs_that_are_none_or_contradict_themselves(self) -> None:
        both: Any = {("gap_closed", "satisfaction_per_gap"): 0.5, ("satisfaction_per_gap", "gap_closed"): -0.5}
        with pytest.raises(ProjectError, match=r"0\.5, and -0\.5 the other way round; a pair has one correlation"):
            return_on_service(UNSURE, rng=1, correlation=both)
        named: Any = {"gap_closed, margin": 0.5}
        with pytest.raises(ProjectError, match=r"'gap_closed, margin'; correlations are of pairs of numbers"):
            return_on_service(UNSURE, rng=1, correlation=named)

    def test_years_and_draws_are_whole(self) -> None:
        with pytest.raises(ProjectError, match=r"years: 2\.5; it is a whole number, one at least"):
            evolve(PLAIN, years=2.5)  # type: ignore[arg-type]
        with pytest.raises(ProjectError, match=r"draws: 10\.5; it is a whole number"):
            return_on_service(UNSURE, rng=1, draws=10.5)  # type: ignore[arg-type]

    def test_where_nothing_is_uncertain_the_table_says_so(self) -> None:
        told = return_on_service(PLAIN, rng=1, draws=2)
        assert "nothing is uncertain" in str(told.to_table())
        assert "没有不确定性" in str(told.to_table("zh"))
        assert "draws" not in str(told.to_table())

    def test_estimates(self) -> None:
        assert Estimate.from_interval(0.4, 0.3, 0.5).se == pytest.approx(0.1 / 1.959964, rel=1e-6)
        assert Estimate(1, 0.5).interval() == pytest.approx((0.020018, 1.979982), abs=1e-5)
        with pytest.raises(ProjectError, match="within its interval"):
            Estimate.from_interval(0.6, 0.3, 0.5)
        with pytest.raises(ProjectError) as error:
            Estimate(float("inf"), -1)
        assert "finite number" in str(error.value)
        assert "standard error" in str(error.value)
