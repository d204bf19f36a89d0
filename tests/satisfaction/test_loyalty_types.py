"""Loyalty types: who is what, shares, thresholds, movement between waves, curves and wallets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from servqual.errors import LoyaltyError
from servqual.instruments import Scale
from servqual.satisfaction.loyalty.curves import loyalty_curve
from servqual.satisfaction.loyalty.cuts import weighted_median
from servqual.satisfaction.loyalty.moving import loyalty_movement
from servqual.satisfaction.loyalty.typing import loyalty_types
from servqual.satisfaction.loyalty.wallet_shares import share_of_wallet, wallet_allocation
from servqual.statistics import Covariance, Inapplicable, piecewise_curve, wilson_interval

TEN = Scale(1, 10)
PAIRS = st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=1, max_size=40)
FOUR = ("loyalist", "mercenary", "hostage", "defector")


def answers(pairs: list[tuple[int, int]]) -> dict[str, list[int]]:
    return {"satisfaction": [s for s, _ in pairs], "loyalty": [one for _, one in pairs]}


@given(PAIRS, st.integers(2, 10), st.integers(2, 10))
def test_every_customer_is_of_one_type_and_a_threshold_is_high(pairs: list[tuple[int, int]], s: int, o: int) -> None:
    found = loyalty_types(answers(pairs), thresholds=(s, o), scale=TEN)
    told = {
        "loyalist": sum(a >= s and b >= o for a, b in pairs),
        "mercenary": sum(a >= s and b < o for a, b in pairs),
        "hostage": sum(a < s and b >= o for a, b in pairs),
        "defector": sum(a < s and b < o for a, b in pairs),
        "apostle": pairs.count((10, 10)),
        "terrorist": pairs.count((1, 1)),
    }
    assert {kind: found[kind].n for kind in told} == told
    assert sum(float(found[kind].share) for kind in FOUR) == pytest.approx(1)
    low, high = wilson_interval(told["hostage"], len(pairs))
    assert (float(found["hostage"].low), float(found["hostage"].high)) == pytest.approx((low, high))
    assert found.points is not None
    assert sum(found.points["n"]) == len(pairs)  # type: ignore[arg-type]


@given(PAIRS, st.data())
def test_frequencies_are_repeated_rows(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    times = data.draw(st.lists(st.integers(1, 3), min_size=len(pairs), max_size=len(pairs)))
    repeated = [pair for pair, many in zip(pairs, times, strict=True) for _ in range(many)]
    for rule in ("median", "mean", "middle"):
        try:
            plain = loyalty_types(answers(repeated), thresholds=rule, scale=TEN)
        except LoyaltyError:
            continue
        given_ = loyalty_types(answers(pairs), thresholds=rule, scale=TEN, weights=times, weight_kind="frequency")
        for one, two in zip(plain, given_, strict=True):
            assert one.n == two.n
            assert float(one.share) == pytest.approx(float(two.share))
            assert float(one.joint_high) == pytest.approx(float(two.joint_high), nan_ok=True)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=25))
def test_the_weighted_median_is_the_median(values: list[int]) -> None:
    assert weighted_median(np.array(values, float), np.ones(len(values))) == np.median(values)


def test_thresholds_and_extremes_that_do_not_fit_are_refused() -> None:
    given_ = {"satisfaction": [1, 10], "loyalty": [3, 4]}
    with pytest.raises(
        LoyaltyError, match=r"threshold of satisfaction: 11; it lies above the lowest answer and within"
    ):
        loyalty_types(given_, thresholds=(11, 5), scale=TEN)
    with pytest.raises(LoyaltyError, match=r"thresholds: 'meadian'; .*did you mean median"):
        loyalty_types(given_, thresholds="meadian", scale=TEN)
    with pytest.raises(LoyaltyError, match=r"apostle, satisfaction: 7; it lies between the threshold 8 and the top"):
        loyalty_types(given_, thresholds=(8, 8), scale=TEN, extremes={"apostle": (7, 9)})
    with pytest.raises(LoyaltyError, match=r"extremes: apostel"):
        loyalty_types(given_, thresholds=(8, 8), scale=TEN, extremes={"apostel": (7, 9)})
    with pytest.raises(LoyaltyError, match=r"satisfaction: 1 answer outside .*row 1 = 10"):
        loyalty_types(given_, thresholds=(3, 3), scale=Scale.likert(5))
    with pytest.raises(LoyaltyError, match=r"thresholds: 8; there is one of satisfaction and one of loyalty"):
        loyalty_types(given_, thresholds=8, scale=TEN)  # type: ignore[arg-type]
    with pytest.raises(LoyaltyError, match="scale: the data do not say"):
        loyalty_types(given_, thresholds=(8, 8))


def test_groups_weights_and_words() -> None:
    frame = pd.DataFrame(
        {"satisfaction": [9, 2, 9, None], "loyalty": [9, 9, 2, 1], "g": ["a", "a", "b", "b"], "w": [1, 2, 1, 1]}
    )
    found = loyalty_types(frame, thresholds=(8, 8), scale=TEN, by="g", weights="w")
    assert found.missing == 1
    assert float(found["hostage"].share) == 0.5
    assert float(found["mercenary", "b"].share) == 1
    table = found.to_table("zh")
    assert table["label"][:4] == ("忠诚型", "雇佣型", "人质型", "流失型")
    assert found.to_dict()["thresholds"] == {"satisfaction": 8, "loyalty": 8, "rule": "given"}


def test_movement_counts_rows_and_keeps_the_thresholds_of_the_first_wave() -> None:
    waves = {"s1": [9, 9, 2, 1], "s2": [9, 2, 2, 9], "l1": [9, 9, 9, 1], "l2": [9, 1, 1, 9]}
    found = loyalty_movement(waves, ("s1", "s2"), ("l1", "l2"), thresholds="mean", scale=TEN)
    assert found.counts.tolist() == [[1, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]
    assert (found.thresholds.satisfaction, found.thresholds.loyalty) == (5.25, 7)
    shares = found.to_table()
    assert [
        share for before, share in zip(shares["before"], shares["share"], strict=True) if before == "mercenary"
    ] == [None] * 4
    still = loyalty_movement(
        {**waves, "s2": waves["s1"], "l2": waves["l1"]}, ("s1", "s2"), ("l1", "l2"), thresholds=(5, 5), scale=TEN
    )
    assert isinstance(still.symmetry, Inapplicable)
    assert still.to_dict()["margins"] == {"inapplicable": "nobody moved between two classes"}


def test_movement_refuses_columns_that_are_not_four() -> None:
    with pytest.raises(LoyaltyError, match="a column before and one after, four in all"):
        loyalty_movement({"a": [1]}, ("a", "a"), ("a", "a"), thresholds=(5, 5), scale=TEN)


def test_the_curve_of_a_competitive_market_is_steep_at_the_top() -> None:
    x = np.tile(np.arange(1, 11), 30).astype(float)
    y = np.where(x > 8, 1 + 4 * (x - 8), 1 + 0.1 * x) + np.random.default_rng(1).normal(0, 0.3, x.size)
    given_ = {"satisfaction": x, "loyalty": y}
    found = loyalty_curve(given_, top=8, draws=200, rng=1)
    assert float(found.steepness.ratio_low) > 2
    bent = loyalty_curve(given_, top=8, shape="piecewise")
    assert bent.steepness == piecewise_curve(x, y, knots=[8], covariance=Covariance.NONROBUST).steepness(8)
    assert {"low", "high"} <= set(bent.to_table().columns)
    with pytest.raises(LoyaltyError, match=r"knots: .*a monotone curve has none"):
        loyalty_curve(given_, top=8, knots=[5])
    with pytest.raises(LoyaltyError, match="rng: given; the piecewise curve has its intervals by the delta method"):
        loyalty_curve(given_, top=8, shape="piecewise", rng=1)
    with pytest.raises(LoyaltyError, match="did you mean piecewise"):
        loyalty_curve(given_, top=8, shape="piecewize")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50), st.integers(1, 3)), min_size=2, max_size=20))
def test_shares_of_wallets_are_ratios_and_frequencies_repeated_rows(rows: list[tuple[int, int, int]]) -> None:
    spent, rest, times = (np.array(column, float) for column in zip(*rows, strict=True))
    total = spent + rest
    found = share_of_wallet({"spent": spent, "total": total}, weights=times, weight_kind="frequency").overall
    many = times.astype(int)
    again = share_of_wallet({"spent": np.repeat(spent, many), "total": np.repeat(total, many)}).overall
    assert float(found.mean_share) == pytest.approx(float(np.repeat(spent / total, many).mean()))
    assert float(found.share_of_sums) == pytest.approx(float((times @ spent) / (times @ total)))
    assert float(found.mean_share_se) == pytest.approx(float(again.mean_share_se))
    assert float(found.share_of_sums_high) == pytest.approx(float(again.share_of_sums_high))


def test_wallets_that_cannot_be_are_refused_and_empty_ones_counted() -> None:
    with pytest.raises(LoyaltyError, match=r"spent: 1 above total, first in row 1: 5 of 4"):
        share_of_wallet({"spent": [1, 5], "total": [4, 4]})
    with pytest.raises(LoyaltyError, match="spent: 1 below zero, first in row 0"):
        share_of_wallet({"spent": [-1, 5], "total": [4, 9]})
    found = share_of_wallet({"spent": [0, 2, np.nan], "total": [0, 4, 1]}).overall
    assert (found.n, found.empty, found.missing, found.mean_share) == (1, 1, 1, 0.5)
    assert isinstance(found.mean_share_se, Inapplicable)


@given(st.integers(1, 12))
def test_allocated_wallets_are_whole(brands: int) -> None:
    assert wallet_allocation(np.arange(1, brands + 1), brands).sum() == pytest.approx(1)


def test_ranks_outside_the_brands_are_refused() -> None:
    with pytest.raises(LoyaltyError, match="ranks: 4, 1 in all; ranks run from 1 to the number of brands"):
        wallet_allocation([1, 4], 3)
    with pytest.raises(LoyaltyError, match="brands: some not whole"):
        wallet_allocation([1], 2.5)
