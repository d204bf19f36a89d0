"""Loyalty types of groups and of clusters: the test of their difference, and intervals on an effective number."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from servqual.instruments import Scale
from servqual.satisfaction import LoyaltyTypes, loyalty_types
from servqual.satisfaction.loyalty.words import FOUR
from servqual.statistics import Inapplicable, goodman_interval

CUTS = (4, 4)
FIVE = Scale.likert(5)
PEOPLE = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2)), min_size=4, max_size=60).filter(
    lambda rows: len({group for *_, group in rows}) > 1
)


def types(rows: list[tuple[int, int, int]], **given_: object) -> LoyaltyTypes:
    satisfaction, loyalty, _ = zip(*rows, strict=True)
    answers = {"satisfaction": list(satisfaction), "loyalty": list(loyalty)}
    return loyalty_types(answers, thresholds=CUTS, scale=FIVE, **given_)  # type: ignore[arg-type]


def counted(rows: list[tuple[int, int, int]]) -> list[list[int]]:
    """Customers of each group and type, by a loop."""
    table = [[0] * 4 for _ in range(3)]
    for s, o, group in rows:
        table[group][2 * (s < 4) + (o < 4)] += 1
    return [row for row in table if sum(row)]


@given(PEOPLE)
def test_groups_are_compared_by_pearsons_test(rows: list[tuple[int, int, int]]) -> None:
    found = types(rows, by=[group for *_, group in rows]).difference
    table = counted(rows)
    columns = [column for column in zip(*table, strict=True) if sum(column)]
    total = sum(map(sum, table))
    if len(columns) < 2:
        assert isinstance(found, Inapplicable)
        return
    chi = 0.0
    for column in columns:
        for cell, row in zip(column, table, strict=True):
            expected = sum(row) * sum(column) / total
            chi += (cell - expected) ** 2 / expected
    assert not isinstance(found, Inapplicable)
    assert float(found.statistic) == pytest.approx(chi, abs=1e-9)
    assert float(found.df) == (len(table) - 1) * (len(columns) - 1)


@given(PEOPLE, st.data())
def test_frequencies_are_repeated_customers(rows: list[tuple[int, int, int]], data: st.DataObject) -> None:
    times = data.draw(st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)))
    repeated = [row for row, many in zip(rows, times, strict=True) for _ in range(many)]
    one = types(rows, by=[each[2] for each in rows], weights=times, weight_kind="frequency").difference
    two = types(repeated, by=[each[2] for each in repeated]).difference
    if isinstance(two, Inapplicable):
        assert str(one) == str(two)
        return
    assert not isinstance(one, Inapplicable)
    assert (float(one.statistic), float(one.p)) == pytest.approx((float(two.statistic), float(two.p)))


def test_no_groups_clusters_and_nobody_named() -> None:
    rows = [(5, 5, 0), (5, 1, 0), (1, 5, 1), (1, 1, 1)]
    alone = types(rows)
    assert str(alone.difference) == "no groups were asked for"
    assert not any("groups" in note or "Pearson" in note for note in alone.to_table().notes)
    clustered = types(rows, by=["a", "a", "b", "b"], cluster=[1, 2, 3, 4])
    assert "customers as independent" in str(clustered.difference)
    assert any(note.startswith("groups are not tested") for note in clustered.to_table().notes)
    some = types([*rows, (5, 5, 1)], by=["a", "a", "b", "b", None])
    whole = types(rows, by=["a", "a", "b", "b"])
    assert not isinstance(some.difference, Inapplicable)
    assert not isinstance(whole.difference, Inapplicable)
    assert float(some.difference.statistic) == float(whole.difference.statistic)
    assert json.loads(json.dumps(whole.to_dict(), allow_nan=False))["difference"]["df"] == 3
    assert any("Pearson 检验" in note for note in whole.to_table("zh").notes)


def test_kiosk_women_and_men(shared: Path) -> None:
    """R 4.2: ``chisq.test(matrix(c(105, 13, 21, 14, 34, 4, 9, 7), 2, byrow = TRUE))``, 3 df."""
    frame = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv")
    found = loyalty_types(frame, "total1", "total3", thresholds=CUTS, scale=FIVE, by="sex")
    assert [row.n for row in found][6:10] == [105, 13, 21, 14]
    assert [row.n for row in found][12:16] == [34, 4, 9, 7]
    assert not isinstance(found.difference, Inapplicable)
    assert float(found.difference.statistic) == pytest.approx(1.058518859653, abs=1e-9)
    assert float(found.difference.p) == pytest.approx(0.787096031640, abs=1e-9)


def _many() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    shop = np.repeat(np.arange(25), 12)
    mood = rng.normal(0, 0.8, 25)[shop]
    answers = [np.clip(np.rint(3.4 + mood + rng.normal(0, 1, 300)), 1, 5) for _ in range(2)]
    return pd.DataFrame({"shop": shop, "satisfaction": answers[0], "loyalty": answers[1]})


def test_joint_intervals_of_clusters_are_goodmans_on_each_types_own_number() -> None:
    frame = _many()
    found = loyalty_types(frame, thresholds=CUTS, scale=FIVE, cluster="shop")
    high = frame["satisfaction"] >= 4, frame["loyalty"] >= 4
    members = {"loyalist": high[0] & high[1], "hostage": ~high[0] & high[1], "defector": ~high[0] & ~high[1]}
    for kind, inside in members.items():
        share, shops = inside.mean(), 25
        residuals = (inside - share).groupby(frame["shop"]).sum()
        variance = shops / (shops - 1) * float((residuals**2).sum()) / 300**2
        size = share * (1 - share) / variance
        low, upper = goodman_interval([share * size, (1 - share) * size, 0, 0])
        row = found[kind]
        assert (float(row.joint_low), float(row.joint_high)) == pytest.approx((low[0], upper[0]))
        assert size < 300
        plain = loyalty_types(frame, thresholds=CUTS, scale=FIVE)[kind]
        assert float(row.joint_high) - float(row.joint_low) > float(plain.joint_high) - float(plain.joint_low)


def test_clusters_of_one_customer_each_change_little_and_all_joint_intervals_hold_the_single_ones() -> None:
    frame = _many()
    plain = loyalty_types(frame, thresholds=CUTS, scale=FIVE)
    alone = loyalty_types(frame, thresholds=CUTS, scale=FIVE, cluster=np.arange(300))
    counts = [plain[str(kind)].n for kind in FOUR]
    for place, kind in enumerate(FOUR):
        row, single = plain[str(kind)], alone[str(kind)]
        low, high = (float(each[place]) for each in goodman_interval(counts))
        assert (float(row.joint_low), float(row.joint_high)) == pytest.approx((low, high))
        assert float(single.joint_low) == pytest.approx(low, abs=1e-3)
        assert math.isclose(float(single.joint_high), high, abs_tol=1e-3)
        assert float(row.joint_low) < float(row.low) < float(row.high) < float(row.joint_high)
