"""Value of customers under contract: closed forms, sums, cohorts, years, and the way from satisfaction."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from servqual.errors import WorthError
from servqual.statistics import logistic_curve, piecewise_curve
from servqual.statistics.departures import DepartureRates
from servqual.value.cohorts import Cohorts, cohort_retention, shifted_beta_geometric
from servqual.value.lifetimes import lifetime_value, retention_gain
from servqual.value.margins import margin_multiple
from servqual.value.profit_years import YearlyProfit
from servqual.value.satisfaction_worth import worth_of_satisfaction

share, rate, more = st.floats(0, 0.99), st.floats(0.01, 0.5), st.floats(-0.3, 0.2)
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


class TestMultiples:
    def test_against_the_table(self, shared: Path) -> None:
        rows = np.genfromtxt(shared / "oracles" / "clv_margin_multiple_computed.csv", delimiter=",", skip_header=1)
        r, i, g, end, start = rows.T
        np.testing.assert_allclose(margin_multiple(r, i, g), end, atol=1e-9)
        np.testing.assert_allclose(margin_multiple(r, i, first="start"), start, atol=1e-9)

    def test_as_printed(self) -> None:
        """Gupta & Lehmann's table at a retention of 90 %, rounded as there."""
        assert margin_multiple(0.9, [0.10, 0.12, 0.14, 0.16]).round(2).tolist() == [4.50, 4.09, 3.75, 3.46]

    @given(share, rate, more)
    def test_closed_forms_are_long_sums(self, r: float, i: float, g: float) -> None:
        ratio = r * (1 + g) / (1 + i)
        assume(ratio < 0.98)
        t = np.arange(1, 3000)
        long_sum = (r / (1 + i)) * (ratio ** (t - 1)).sum()
        assert float(margin_multiple(r, i, g)) == pytest.approx(long_sum, rel=1e-9)
        assert float(margin_multiple(r, i, g, first="start")) == pytest.approx((ratio ** (t - 1)).sum(), rel=1e-9)

    @given(share, rate)
    def test_the_two_forms_differ_by_one(self, r: float, i: float) -> None:
        assert float(margin_multiple(r, i, first="start") - margin_multiple(r, i)) == pytest.approx(1, rel=1e-9)

    def test_bad_rates(self) -> None:
        with pytest.raises(WorthError) as error:
            margin_multiple([0.5, 80], -1.5, -2)
        for part in ("retention: 80", "pass 0.8 for 80 %", "discount: -1.5", "growth: -2"):
            assert part in str(error.value)
        with pytest.raises(WorthError, match="lies below 1 \\+ discount"):
            margin_multiple(0.95, 0.05, 0.2)
        with pytest.raises(WorthError, match="end or the start"):
            margin_multiple(0.9, 0.1, first="middle")


class TestLifetimes:
    @given(share, rate, st.floats(-50, 500), st.floats(0, 200))
    def test_by_years_and_as_a_whole(self, r: float, i: float, m: float, cost: float) -> None:
        whole = lifetime_value(m, r, discount=i, acquisition=cost)
        long = lifetime_value(m, r, discount=i, acquisition=cost, periods=4000)
        assert whole.value == pytest.approx(long.value, rel=1e-9, abs=1e-9)
        assert long.cumulative[-1] == pytest.approx(long.value, rel=1e-9, abs=1e-9)
        assert whole.expected_life == pytest.approx(1 / (1 - r))

    @given(share, share, rate, st.floats(0.01, 500))
    def test_value_rises_with_retention(self, one: float, two: float, i: float, m: float) -> None:
        low, high = sorted((one, two))
        assert lifetime_value(m, low, discount=i).value <= lifetime_value(m, high, discount=i).value

    def test_a_curve_against_a_loop(self) -> None:
        kept, alive, total = [0.7, 0.8, 0.9], 1.0, -30.0
        for t, r in enumerate(kept, start=1):
            alive *= r
            total += alive * 100 * 1.05 ** (t - 1) / 1.1**t
        assert lifetime_value(100, kept, discount=0.1, growth=0.05, acquisition=30).value == pytest.approx(total)

    def test_life_doubles_where_defection_halves(self) -> None:
        """Reichheld & Sasser 1990: 20 % defection is a life of 5 years, 10 % of 10."""
        assert lifetime_value(1, 0.8, discount=0).expected_life == pytest.approx(5)
        assert lifetime_value(1, 0.9, discount=0).expected_life == pytest.approx(10)

    def test_five_points(self) -> None:
        gain = retention_gain(100, 0.8, points=0.05, discount=0.1)
        assert gain.gain == pytest.approx(100 * (0.85 / 0.25 - 0.8 / 0.3))
        assert gain.to_dict()["gain_share"] == pytest.approx(gain.gain / gain.before)
        with pytest.raises(WorthError, match=r"pass 0\.05"):
            retention_gain(100, 0.8, points=5, discount=0.1)

    def test_a_gain_has_its_table(self) -> None:
        gain = retention_gain(100, 0.8, discount=0.1)
        assert gain.to_table()["value"] == pytest.approx((gain.before, gain.after, gain.gain, gain.gain_share))
        assert "留存率提高 5 个百分点" in str(gain.to_table("zh"))
        assert "5 points of retention more" in str(gain.to_table())
        assert len(gain.to_frame("pandas")) == 4
        assert retention_gain(1, 0.1, discount=0.1, acquisition=9).to_table()["value"][3] is None

    def test_pays_back(self) -> None:
        value = lifetime_value(100, 0.8, discount=0.1, acquisition=100)
        assert value.breakeven == 2
        assert lifetime_value(1, 0.5, discount=0.1, acquisition=100).breakeven is None
        assert "不" not in repr(value)
        assert "折" not in str(value.to_table())
        assert "价值" in str(value.to_table("zh"))

    def test_what_is_wrong(self) -> None:
        with pytest.raises(WorthError) as error:
            lifetime_value(float("nan"), 1.2, discount=-1, acquisition=-5, periods=0)
        for part in ("margin", "retention: 1.2", "discount: -1", "without its sign", "one at least"):
            assert part in str(error.value)
        with pytest.raises(WorthError, match="3 for a curve of 2"):
            lifetime_value(1, [0.5, 0.5], discount=0.1, periods=3)
        with pytest.raises(WorthError, match="one number or one curve"):
            lifetime_value(1, np.full((2, 2), 0.5), discount=0.1)


class TestCohorts:
    @pytest.mark.parametrize(
        ("left", "parameters", "log_likelihood"),
        [(HIGH_END, (0.668, 3.806), -1611.2), (REGULAR, (0.704, 1.182), -1680.3)],
    )
    def test_published_fits(self, left: list[int], parameters: tuple[float, float], log_likelihood: float) -> None:
        """Fader & Hardie 2007, two segments over seven renewals."""
        fit = shifted_beta_geometric(Cohorts([left]))
        assert fit.converged
        assert list(fit.parameters.values()) == pytest.approx(parameters, abs=5e-4)
        assert fit.log_likelihood == pytest.approx(log_likelihood, abs=0.06)

    def test_cohorts_of_one_kind_are_one_cohort(self) -> None:
        one = shifted_beta_geometric(Cohorts([np.array(REGULAR) * 2]))
        two = shifted_beta_geometric(Cohorts([REGULAR, REGULAR]))
        assert list(one.parameters.values()) == pytest.approx(list(two.parameters.values()), rel=1e-8)

    def test_young_cohorts_are_censored(self) -> None:
        """The likelihood of a table with a young cohort, customer by customer."""
        table = np.array([[100, 70, 55], [80, 60, np.nan]])
        fit = shifted_beta_geometric(Cohorts(table))
        rates = fit.rates
        chance = -np.diff(rates.survival([0, 1, 2]))
        naive = 30 * np.log(chance[0]) + 15 * np.log(chance[1]) + 55 * np.log(rates.survival(2))
        naive += 20 * np.log(chance[0]) + 60 * np.log(rates.survival(1))
        assert fit.log_likelihood == pytest.approx(naive, rel=1e-10)

    @given(st.floats(0.1, 9), st.floats(0.1, 9))
    def test_retention_rises_and_makes_up_survival(self, alpha: float, beta: float) -> None:
        rates = DepartureRates(alpha, beta)
        kept = rates.retention(np.arange(1, 12))
        assert (np.diff(kept) > 0).all()
        np.testing.assert_allclose(np.cumprod(kept), rates.survival(np.arange(1, 12)), rtol=1e-9)

    def test_lists_of_younger_cohorts_may_be_shorter(self) -> None:
        ragged, padded = Cohorts([[100, 70, 55], [80, 60]]), Cohorts(np.array([[100, 70, 55], [80, 60, np.nan]]))
        np.testing.assert_array_equal(ragged.left, padded.left)

    def test_pooled_rates(self) -> None:
        told = cohort_retention(Cohorts(np.array([[100, 80, 60], [50, 45, np.nan]])))
        assert told.retention.tolist() == pytest.approx([125 / 150, 60 / 80])
        assert told.survival[1] == pytest.approx(125 / 150 * 60 / 80)
        assert ((told.low < told.retention) & (told.retention < told.high)).all()
        assert "各批顾客" in str(told.to_table("zh"))
        assert told.to_dict()["cohorts"] == ["cohort 1", "cohort 2"]

    def test_survival_intervals_against_greenwood_by_hand(self) -> None:
        told = cohort_retention(Cohorts([[100, 80, 60]]))
        survival, variance = 0.6, 20 / (100 * 80) + 20 / (80 * 60)
        error = np.sqrt(variance) / abs(np.log(survival))
        ends = [survival ** np.exp(sign * 1.959963984540054 * error) for sign in (1, -1)]
        assert [told.survival_low[1], told.survival_high[1]] == pytest.approx(ends)

    def test_survival_of_two_cohorts_against_r(self) -> None:
        """R 4.2, survival: survfit with conf.type = "log-log", one row a customer."""
        told = cohort_retention(Cohorts([[100, 80, 60], [50, 45]]))
        np.testing.assert_allclose(told.survival_low, [0.7634030075, 0.5271117182], rtol=1e-9)
        np.testing.assert_allclose(told.survival_high, [0.8841492313, 0.7082367690], rtol=1e-9)

    def test_of_a_frame(self) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"year": [2023, 2023, 2024, 2024, 2023], "t": [0, 1, 0, 1, 2], "n": [9, 8, 7, 6, 5]})
        made = Cohorts.from_frame(frame, cohort="year", period="t", left="n")
        np.testing.assert_array_equal(made.left, [[9, 8, 5], [7, 6, np.nan]])
        assert made.names == ("2023", "2024")
        with pytest.raises(WorthError, match="twice"):
            Cohorts.from_frame(pandas.concat([frame, frame]), cohort="year", period="t", left="n")

    @pytest.mark.parametrize(
        ("left", "rule"),
        [
            ([[10, 12]], "does not grow"),
            ([[10, -1]], "0 or more"),
            ([[10, 9.5]], "whole numbers"),
            ([[0, 0]], "begins with somebody"),
            ([[10, np.nan, 5]], "seen at its first renewal"),
            ([[10, 8, np.nan, 5]], "there is none"),
            ([[10]], "a beginning and a renewal"),
        ],
    )
    def test_bad_counts(self, left: list[list[float]], rule: str) -> None:
        with pytest.raises(WorthError, match=rule):
            Cohorts(left)

    def test_nothing_to_estimate(self) -> None:
        with pytest.raises(WorthError, match="two renewals"):
            shifted_beta_geometric(Cohorts([[10, 8, 8]]))


class TestYears:
    def test_the_credit_card_of_1990(self, shared: Path) -> None:
        """Reichheld & Sasser's credit card, an illustration recalled: it breaks even during the second year."""
        path = shared / "oracles" / "reichheld_sasser_credit_card_recalled.csv"
        profit = np.genfromtxt(path, delimiter=",", skip_header=1)[:, 1]
        card = YearlyProfit(years=5, acquisition=-profit[0], base=profit[1], growth=profit[1:] - profit[1])
        assert card.cumulative.tolist() == [-51, -21, 21, 65, 114, 169]
        assert card.breakeven == 2

    @given(st.lists(st.floats(-50, 50), min_size=4, max_size=4), st.floats(0, 1), st.floats(0, 0.5))
    def test_parts_add_up(self, growth: list[float], retention: float, discount: float) -> None:
        made = YearlyProfit(years=4, acquisition=10, base=5, growth=growth, retention=retention, discount=discount)
        weights = (retention / (1 + discount)) ** np.arange(5)
        expected = weights * np.array([-10, *(5 + np.array(growth))])
        np.testing.assert_allclose(made.total, expected, atol=1e-9)

    def test_it_is_the_lifetime_value_where_profit_is_level(self) -> None:
        made = YearlyProfit(years=6, acquisition=20, base=30, retention=0.8, discount=0.1)
        value = lifetime_value(30, 0.8, discount=0.1, acquisition=20, periods=6)
        assert made.cumulative[-1] == pytest.approx(value.value)

    def test_a_retention_for_each_year_against_a_loop(self) -> None:
        kept = [0.6, 0.8, 0.9]
        made = YearlyProfit(years=3, acquisition=20, base=[30, 31, 32], retention=kept, discount=0.1)
        there, sums = 1.0, [-20.0]
        for year, (share, base) in enumerate(zip(kept, [30, 31, 32], strict=True), start=1):
            there *= share
            sums.append(there * base / 1.1**year)
        np.testing.assert_allclose(made.total, sums)
        assert "retention 0.6, 0.8, 0.9, discount" in str(made.to_table())
        with pytest.raises(WorthError, match=r"retention: 2 numbers; there is one number, or one for each of 3 years"):
            YearlyProfit(years=3, base=1, retention=[0.5, 0.6])
        with pytest.raises(WorthError, match=r"retention: 80; retention is a share, 0 to 1\. Hint: pass 0\.8"):
            YearlyProfit(years=3, base=1, retention=[0.5, 80, 0.6])

    def test_what_is_wrong(self) -> None:
        with pytest.raises(WorthError, match=r"years: 2\.5; it is a whole number"):
            YearlyProfit(years=2.5)  # type: ignore[arg-type]
        with pytest.raises(WorthError) as error:
            YearlyProfit(years=3, acquisition=-1, base=[1, 2], retention=2, discount=-1, premium=float("nan"))
        for part in ("acquisition", "base: 2 numbers", "retention", "discount", "premium"):
            assert part in str(error.value)
        assert "溢价" not in str(YearlyProfit(years=1, base=1).to_table())
        assert "第 1 年" in str(YearlyProfit(years=1, base=1).to_table("zh"))


class TestSatisfaction:
    def test_through_a_logistic_curve(self) -> None:
        rng = np.random.default_rng(1)
        x = rng.uniform(1, 7, 2000)
        y = (rng.random(2000) < 1 / (1 + np.exp(3 - x))).astype(float)
        curve = logistic_curve(x, y)
        worth = worth_of_satisfaction(curve, 4, 5, margin=100, discount=0.1, rng=1)
        kept = curve.at([4, 5])
        assert worth.gain == pytest.approx(100 * float(np.diff(kept / (1.1 - kept))[0]))
        low, high = worth.interval
        assert low < worth.gain < high
        assert not worth.outside
        assert worth.to_dict() == worth_of_satisfaction(curve, 4, 5, margin=100, discount=0.1, rng=1).to_dict()
        assert "是推测" in str(worth_of_satisfaction(curve, 4, 9, margin=1, discount=0.1, rng=1).to_table("zh"))

    def test_its_interval_against_the_delta_method(self) -> None:
        rng = np.random.default_rng(2)
        x = rng.uniform(1, 7, 40000)
        y = (rng.random(40000) < 1 / (1 + np.exp(2 - 0.8 * x))).astype(float)
        curve = logistic_curve(x, y)
        worth = worth_of_satisfaction(curve, 3, 4, margin=1, discount=0.1, rng=3, draws=8000)
        places, kept = np.array([3.0, 4.0]), curve.at([3, 4])
        slope = 1.1 / (1.1 - kept) ** 2 * kept * (1 - kept)
        gradient = slope[1] * np.array([1, places[1]]) - slope[0] * np.array([1, places[0]])
        error = np.sqrt(gradient @ curve.covariance @ gradient)
        assert (worth.interval[1] - worth.interval[0]) / 2 == pytest.approx(1.96 * error, rel=0.05)

    def test_no_draw(self) -> None:
        curve = logistic_curve([1, 2, 3], [0.2, 0.5, 0.7], trials=[9, 9, 9])
        with pytest.raises(WorthError, match=r"draws: 0; it is a whole number, one at least"):
            worth_of_satisfaction(curve, 1, 2, margin=1, discount=0.1, rng=1, draws=0)

    def test_a_curve_that_leaves_its_range(self) -> None:
        x = np.linspace(1, 5, 40)
        curve = piecewise_curve(x, 0.3 + 0.15 * x, knots=[3.0])
        with pytest.raises(WorthError, match="fit it by logistic_curve"):
            worth_of_satisfaction(curve, 4, 5, margin=1, discount=0.1, rng=1)
