"""Histories from purchases, one row each: dates, numbers, a loop, and what is refused."""

from typing import ClassVar

import numpy as np
import pytest

from servqual.errors import WorthError
from servqual.value.histories import PurchaseHistories


class TestPurchases:
    PURCHASES: ClassVar = {
        "who": ["b", "a", "a", "a", "b", "c"],
        "day": ["2024-01-08", "2024-01-01", "2024-01-15", "2024-01-15", "2024-01-29", "2024-01-01"],
        "paid": [5.0, 10.0, 4.0, 6.0, 7.0, 9.0],
    }

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_from_dates(self, library: str) -> None:
        frame = pytest.importorskip(library).DataFrame(self.PURCHASES)
        seen = PurchaseHistories.from_purchases(frame, customer="who", time="day", amount="paid", end="2024-02-05")
        assert seen.frequency.tolist() == [1, 1, 0]
        np.testing.assert_allclose(seen.recency, [2, 3, 0])
        np.testing.assert_allclose(seen.age, [5, 4, 5])
        assert seen.monetary is not None
        assert seen.monetary.tolist() == [10, 7, 0]

    def test_from_numbers_against_a_loop(self) -> None:
        rng = np.random.default_rng(2)
        who, when, paid = rng.integers(0, 40, 300), rng.integers(0, 100, 300), rng.uniform(1, 9, 300)
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"who": who, "when": when, "paid": paid})
        seen = PurchaseHistories.from_purchases(frame, customer="who", time="when", amount="paid", end=120)
        assert seen.monetary is not None
        for place, each in enumerate(sorted(set(who.tolist()))):
            times = sorted(set(when[who == each].tolist()))
            money = [paid[(who == each) & (when == time)].sum() for time in times[1:]]
            told = [seen.frequency[place], seen.recency[place], seen.age[place], seen.monetary[place]]
            assert told == pytest.approx(
                [len(times) - 1, times[-1] - times[0], 120 - times[0], np.mean(money) if money else 0]
            )

    def test_what_is_wrong(self) -> None:
        pandas = pytest.importorskip("pandas")
        wrong = {"who": ["a", None], "day": ["2024-01-01", "2024-03-01"], "paid": [0.0, 3.0]}
        with pytest.raises(WorthError) as error:
            PurchaseHistories.from_purchases(
                pandas.DataFrame(wrong), customer="who", time="day", amount="paid", end="2024-02-01"
            )
        for part in ("has a customer", "after the end", "amount above 0"):
            assert part in str(error.value)
        with pytest.raises(WorthError, match="did you mean week"):
            PurchaseHistories.from_purchases(pandas.DataFrame(wrong), customer="who", time="day", unit="weeks")
        with pytest.raises(WorthError, match="dates or numbers"):
            PurchaseHistories.from_purchases(
                pandas.DataFrame({"who": ["a"], "day": ["soon"]}), customer="who", time="day"
            )
