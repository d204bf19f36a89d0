"""Repeat buying and spending: published figures, laws, and a naive second route."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad

from servqual.errors import ArgumentError, WorthError
from servqual.statistics.buying_likelihood import HistoryGroups
from servqual.statistics.repeat_buying import BuyingRates
from servqual.statistics.spending import SpendingRates
from servqual.value.buying import bg_nbd, future_values, gamma_gamma
from servqual.value.histories import PurchaseHistories
from servqual.value.likelihood_fits import LikelihoodFit

PUBLISHED = BuyingRates(r=0.243, alpha=4.414, a=0.793, b=2.426)


@pytest.fixture(scope="module")
def cdnow(shared: Path) -> PurchaseHistories:
    columns = np.genfromtxt(shared / "data" / "cdnow_summary_monetary.csv", delimiter=",", names=True)
    return PurchaseHistories(columns["x"], columns["t_x"], columns["T"], columns["zbar"])


above = st.floats(0.05, 8)
rates = st.builds(BuyingRates, r=above, alpha=above, a=above, b=above)


def simulated(customers: int, seed: int, truth: BuyingRates = BuyingRates(0.8, 4.0, 0.9, 2.5)) -> PurchaseHistories:  # noqa: B008 - a frozen word
    """Histories drawn purchase by purchase, as the model tells its story."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(customers):
        rate, stop = rng.gamma(truth.r, 1 / truth.alpha), rng.beta(truth.a, truth.b)
        age, now, bought = rng.uniform(20, 40), 0.0, 0
        last = 0.0
        while True:
            now += rng.exponential(1 / rate)
            if now > age:
                break
            last, bought = now, bought + 1
            if rng.random() < stop:
                break
        rows.append((bought, last, age))
    return PurchaseHistories(*np.array(rows).T)


class TestPublished:
    """Fader, Hardie & Lee 2005, on 2357 customers of CDNOW; figures seen in the tests of the package lifetimes."""

    def test_the_fit_on_cdnow(self, cdnow: PurchaseHistories) -> None:
        fit = bg_nbd(cdnow)
        assert fit.converged
        assert fit.customers == 2357
        assert list(fit.parameters.values()) == pytest.approx([0.24259, 4.41353, 0.79289, 2.42575], abs=1e-4)
        assert fit.log_likelihood == pytest.approx(-9582.425560567364, abs=1e-6)

    @pytest.mark.parametrize(
        ("t", "bought"), [(0.1429, 0.0078), (1, 0.0532), (3, 0.1506), (31.8571, 1.0405), (32, 1.0437), (78, 1.8576)]
    )
    def test_purchases_of_a_new_customer(self, t: float, bought: float) -> None:
        # three printed digits of the parameters move this in the third decimal
        assert float(PUBLISHED.expected(t)) == pytest.approx(bought, abs=3e-3)

    @pytest.mark.parametrize(
        ("t", "n", "chance"),
        [
            (2, 10, 1.07869e-07),
            (39, 0, 0.5737864),
            (30, 11, 0.0019995214),
            (30, 12, 0.0015170236),
            (30, 13, 0.001163315),
            (30, 16, 0.0005517902),
            (30, 20, 0.000222226),
        ],
    )
    def test_probabilities(self, t: float, n: int, chance: float) -> None:
        assert float(PUBLISHED.probability(n, t)) == pytest.approx(chance, rel=2e-6)

    def test_of_a_customer_with_a_history(self) -> None:
        assert float(PUBLISHED.future(39, 2, 30.43, 38.86)) == pytest.approx(1.226, abs=1e-3)
        assert float(PUBLISHED.alive(2, 30.43, 38.86)) == pytest.approx(0.726578570080673, rel=1e-9)
        assert float(PUBLISHED.alive(1, 1.71, 38.86)) == pytest.approx(0.2121009853773791, rel=1e-9)
        assert float(PUBLISHED.expected(52)) == pytest.approx(1.446050595396398, rel=1e-9)

    def test_spending_on_cdnow(self, cdnow: PurchaseHistories) -> None:
        fit = gamma_gamma(cdnow)
        assert fit.customers == 946
        assert list(fit.parameters.values()) == pytest.approx([6.25, 3.74, 15.44], abs=0.01)


class TestLikelihood:
    def test_against_integrals(self) -> None:
        """Customer by customer: the likelihood given rate and stopping, integrated over both."""
        r, alpha, a, b = 0.7, 3.0, 1.3, 2.2
        for x, tx, age in ((0, 0.0, 10.0), (1, 4.0, 9.0), (3, 7.5, 12.0)):
            beta = math.gamma(a) * math.gamma(b) / math.gamma(a + b)

            def one(rate: float, x: int = x, tx: float = tx, age: float = age, beta: float = beta) -> float:
                def over(p: float) -> float:
                    alive = (1 - p) ** x * rate**x * math.exp(-rate * age)
                    gone = p * (1 - p) ** (x - 1) * rate**x * math.exp(-rate * tx) if x else 0.0
                    return (alive + gone) * p ** (a - 1) * (1 - p) ** (b - 1) / beta

                weight = alpha**r * rate ** (r - 1) * math.exp(-alpha * rate) / math.gamma(r)
                return quad(over, 0, 1)[0] * weight

            naive = math.log(quad(one, 0, 1)[0] + quad(one, 1, np.inf)[0])
            row = [np.array([each]) for each in (float(x), tx, age, 1.0)]
            assert HistoryGroups.of(*row).slope(np.array([r, alpha, a, b]))[0] == pytest.approx(naive, rel=1e-6)

    @given(rates)
    def test_its_gradient(self, model: BuyingRates) -> None:
        groups = HistoryGroups.of(*np.array([[0, 0, 30, 2], [1, 3, 20, 1], [7, 11, 12, 5], [2, 9, 33, 1.0]]).T)
        point = np.array([model.r, model.alpha, model.a, model.b])
        _, gradient = groups.slope(point)
        for place, step in enumerate(np.eye(4) * point * 1e-6):
            change = (groups.slope(point + step)[0] - groups.slope(point - step)[0]) / (2 * step[place])
            assert gradient[place] == pytest.approx(change, rel=1e-4, abs=1e-6)

    def test_grouped_rows_are_repeated_rows(self) -> None:
        seen = simulated(300, 3)
        weeks = np.where(seen.again, np.maximum(np.round(seen.recency), 1), 0)
        once = PurchaseHistories(seen.frequency, weeks, np.round(seen.age))
        rows, count = once.distinct()
        assert count.sum() == len(once)
        assert len(rows) < len(once)
        every = HistoryGroups.of(once.frequency, once.recency, once.age, np.ones(len(once)))
        point = np.array([0.5, 3.0, 1.0, 2.0])
        grouped = HistoryGroups.of(rows[:, 0], rows[:, 1], rows[:, 2], count)
        assert grouped.slope(point)[0] == pytest.approx(every.slope(point)[0], rel=1e-12)

    def test_the_order_of_customers_changes_nothing(self) -> None:
        seen, rng = simulated(400, 4), np.random.default_rng(1)
        order = rng.permutation(len(seen))
        mixed = PurchaseHistories(seen.frequency[order], seen.recency[order], seen.age[order])
        assert list(bg_nbd(mixed).parameters.values()) == pytest.approx(list(bg_nbd(seen).parameters.values()), 1e-9)

    def test_the_truth_is_found_again(self) -> None:
        fit = bg_nbd(simulated(4000, 5))
        truth = np.array([0.8, 4.0, 0.9, 2.5])
        errors = (np.log(list(fit.parameters.values())) - np.log(truth)) / np.sqrt(fit.covariance.diagonal())
        assert np.abs(errors).max() < 3.5


class TestLaws:
    @given(st.builds(BuyingRates, r=above, alpha=st.floats(0.5, 8), a=above, b=above), st.floats(0.5, 12))
    def test_probabilities_sum_to_one_and_their_mean_is_the_expectation(self, model: BuyingRates, t: float) -> None:
        counts = np.arange(6000)
        chances = model.probability(counts, t)
        assert chances.sum() == pytest.approx(1, abs=1e-6)
        assert (chances @ counts) == pytest.approx(float(model.expected(t)), rel=1e-4)

    @given(rates, st.integers(1, 20), st.floats(0, 1), st.floats(1, 80))
    def test_who_bought_later_is_more_likely_there(self, model: BuyingRates, x: int, share: float, age: float) -> None:
        early, late = model.alive(x, [share * age * 0.5, share * age], age)
        assert 0 <= early <= late <= 1

    def test_where_a_is_one_nothing_breaks(self) -> None:
        at, beside = BuyingRates(0.5, 4, 1.0, 2), BuyingRates(0.5, 4, 1 + 1e-4, 2)
        assert float(at.expected(20)) == pytest.approx(float(beside.expected(20)), rel=1e-3)
        at, beside = BuyingRates(0.5, 4, 0.4, 0.6), BuyingRates(0.5, 4, 0.4 + 1e-4, 0.6)
        assert float(at.expected(20)) == pytest.approx(float(beside.expected(20)), rel=1e-3)

    @given(above, st.floats(1.1, 8), above, st.integers(1, 50), st.floats(0.1, 500))
    def test_spending_expected_lies_between_own_and_all(self, p: float, q: float, v: float, x: int, own: float) -> None:
        spending = SpendingRates(p, q, v)
        low, high = sorted((own, spending.population_mean))
        assert low - 1e-9 * high <= float(spending.expected(x, own)) <= high * (1 + 1e-9)

    def test_values_are_sums_over_periods(self, cdnow: PurchaseHistories) -> None:
        seen = cdnow
        buying, spending = bg_nbd(seen), gamma_gamma(seen)
        undiscounted = future_values(buying, spending, seen, periods=10, discount=0.0)
        money = seen.monetary
        assert money is not None
        whole = buying.rates.future(10, seen.frequency, seen.recency, seen.age)
        np.testing.assert_allclose(undiscounted, whole * spending.rates.expected(seen.frequency, money), rtol=1e-10)
        half = future_values(buying, spending, seen, periods=10, discount=0.0, margin=0.5)
        np.testing.assert_allclose(half, undiscounted / 2)
        assert (future_values(buying, spending, seen, periods=10, discount=0.1) < undiscounted).all()


@pytest.fixture(scope="module")
def fit() -> LikelihoodFit[BuyingRates]:
    return bg_nbd(simulated(500, 6))


class TestFaces:
    def test_intervals_by_the_delta_method(self, fit: LikelihoodFit[BuyingRates]) -> None:
        """A parameter's own interval is that of the identity; scaling a quantity scales its interval."""
        middle, low, high = fit.interval(lambda rates: rates.r)
        assert (high - low) / 2 / 1.959964 == pytest.approx(fit.standard_errors[0], rel=1e-5)
        assert middle == fit.rates.r
        twice = fit.interval(lambda rates: 2 * rates.r)
        np.testing.assert_allclose(twice, 2 * np.array([middle, low, high]), rtol=1e-6)

    def test_tables(self, fit: LikelihoodFit[BuyingRates]) -> None:
        frame = fit.to_frame("pandas")
        assert list(frame["parameter"]) == ["r", "alpha", "a", "b"]
        assert (frame["low"] < frame["estimate"]).all()
        assert "重复购买" in str(fit.to_table("zh"))
        assert fit.to_dict()["converged"] is True

    def test_a_search_that_failed_says_so(self) -> None:
        alike = PurchaseHistories(np.full(50, 3.0), np.full(50, 10.0), np.full(50, 10.5))
        fit = bg_nbd(alike)
        assert not fit.converged
        assert "NOT CONVERGED" in repr(fit)
        assert "did not reach a maximum" in str(fit.to_table())
        with pytest.raises(WorthError, match="did not converge"):
            fit.interval(lambda rates: rates.expected(3))


class TestHistories:
    def test_all_that_is_wrong_at_once(self) -> None:
        with pytest.raises(WorthError) as error:
            PurchaseHistories([1, -1, 2.5, 0], [2, 0, 1, 1], [1, 1, 1, 3])
        for part in ("0 or more", "whole numbers", "not after the end", "has recency 0"):
            assert part in str(error.value)

    @pytest.mark.parametrize(
        ("columns", "rule"),
        [
            (([1.0], [1.0], [np.nan]), "is a number"),
            (([1.0], [0.0], [2.0]), "has a recency above 0"),
            (([0.0], [0.0], [0.0]), "observed for some time"),
            (([1.0], [1.0, 2.0], [3.0]), "one length"),
            (([], [], []), "a customer at least"),
            (([1.0], [1.0], [2.0], [0.0]), "cost something"),
            (([0.0], [0.0], [2.0], [5.0]), "without repeat purchases it is 0"),
        ],
    )
    def test_bad_columns(self, columns: tuple[list[float], ...], rule: str) -> None:
        with pytest.raises(WorthError, match=rule):
            PurchaseHistories(*columns)

    def test_money_is_needed_where_it_is_asked_for(self) -> None:
        with pytest.raises(WorthError, match="pass monetary="):
            gamma_gamma(simulated(20, 1))

    def test_too_few(self) -> None:
        with pytest.raises(WorthError, match="bought again"):
            bg_nbd(PurchaseHistories([0, 1], [0, 1], [3, 3]))

    def test_parameters_above_zero(self) -> None:
        with pytest.raises(ArgumentError, match="above zero"):
            BuyingRates(0, 1, 1, 1)
        with pytest.raises(ArgumentError, match="above zero"):
            SpendingRates(1, -1, 1)

    @pytest.mark.parametrize(("periods", "discount", "rule"), [(0, 0.1, "one at least"), (3, -1.0, "above -1")])
    def test_bad_horizons(self, cdnow: PurchaseHistories, periods: int, discount: float, rule: str) -> None:
        seen = cdnow
        with pytest.raises(WorthError, match=rule):
            future_values(bg_nbd(seen), gamma_gamma(seen), seen, periods=periods, discount=discount)
