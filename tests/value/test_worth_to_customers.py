"""Value to the customer: laws of the ratio, competitors, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from servqual.errors import WorthError
from servqual.statistics import Inapplicable
from servqual.value.worth_to_customers import value_to_customer

tables = hnp.arrays(np.float64, st.tuples(st.just(4), st.integers(2, 30)), elements=st.floats(0.5, 100))


def columns(table: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(("results", "process", "price", "access"), table, strict=True))


def shops(seed: int, customers: int = 400) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    table = rng.uniform(2, 8, (4, customers))
    return columns(table) | {
        "shop": rng.choice(["ours", "theirs", "others"], customers),
        "region": rng.choice(["north", "south"], customers),
    }


@given(tables, st.floats(0.01, 100))
def test_the_ratio_does_not_know_units(table: np.ndarray, scale: float) -> None:
    one, other = value_to_customer(columns(table)), value_to_customer(columns(table * scale))
    assert one.overall.ratio == pytest.approx(other.overall.ratio)
    np.testing.assert_allclose(one.ratio, other.ratio)
    assert one.overall.ratio == pytest.approx((table[0] + table[1]).sum() / (table[2] + table[3]).sum())


def test_the_difference_needs_money() -> None:
    seen = shops(1)
    assert value_to_customer(seen).difference is None
    assert isinstance(value_to_customer(seen).overall.difference, Inapplicable)
    money = value_to_customer(seen, unit="money")
    assert money.difference is not None
    assert money.overall.difference == pytest.approx(money.difference.mean())
    spread = money.difference.std(ddof=1) / 20
    assert float(money.overall.difference_high) == pytest.approx(money.difference.mean() + 1.9659 * spread, rel=1e-4)


def test_against_competitors() -> None:
    seen = shops(2)
    told = value_to_customer(seen, provider="shop", segment="region")
    row = next(each for each in told.rows if each.provider == "ours" and each.segment == "north")
    north, ours = seen["region"] == "north", seen["shop"] == "ours"
    benefit, cost = seen["results"] + seen["process"], seen["price"] + seen["access"]
    other = benefit[north & ~ours].sum() / cost[north & ~ours].sum()
    assert float(row.relative) == pytest.approx(benefit[north & ours].sum() / cost[north & ours].sum() / other)
    assert float(row.relative_low) < float(row.relative) < float(row.relative_high)
    assert len(told.rows) == 3 * 4
    assert "relative" in told.to_table().columns
    assert "顾客价值" in str(told.to_table("zh"))


def test_intervals_hold_the_truth() -> None:
    """Of 400 draws of two like shops, the interval of their ratio holds 1 in about 95 of 100."""
    held = 0
    for seed in range(400):
        told = value_to_customer(shops(seed, 120), provider="shop")
        row = next(each for each in told.rows if each.provider == "ours")
        held += float(row.relative_low) <= 1 <= float(row.relative_high)
    assert 365 <= held <= 395


def test_intervals_of_few_customers_hold_the_truth() -> None:
    """With four customers of each shop a normal interval would hold it in about 88 of 100."""
    held = 0
    for seed in range(600):
        rng = np.random.default_rng(seed)
        seen = columns(rng.uniform(4, 6, (4, 8))) | {"shop": np.repeat(["ours", "theirs"], 4)}
        row = value_to_customer(seen, provider="shop").rows[1]
        held += float(row.relative_low) <= 1 <= float(row.relative_high)
    assert held / 600 > 0.93


def test_the_interval_of_a_ratio_of_ratios_by_hand() -> None:
    """Two providers: errors of the logarithms, and Satterthwaite's degrees of freedom, written out."""
    rng = np.random.default_rng(5)
    seen = columns(rng.uniform(2, 8, (4, 12))) | {"shop": np.repeat(["ours", "theirs"], [5, 7])}
    row = value_to_customer(seen, provider="shop").rows[1]
    ratios, parts = [], []
    for mask in (seen["shop"] == "ours", seen["shop"] == "theirs"):
        benefit, cost = (seen["results"] + seen["process"])[mask], (seen["price"] + seen["access"])[mask]
        ratio, n = benefit.sum() / cost.sum(), mask.sum()
        ratios.append(ratio)
        parts.append(n / (n - 1) * ((benefit - ratio * cost) ** 2).sum() / cost.sum() ** 2 / ratio**2)
    df = sum(parts) ** 2 / (parts[0] ** 2 / 4 + parts[1] ** 2 / 6)
    reach = stats.t.ppf(0.975, df) * np.sqrt(sum(parts))
    expected = ratios[0] / ratios[1] * np.exp([0, -reach, reach])
    assert [row.relative, row.relative_low, row.relative_high] == pytest.approx(expected.tolist())


def test_who_gives_nothing_has_no_relative_value() -> None:
    seen = {"results": [0, 0, 1, 2], "process": [0, 0, 1, 1], "price": [1] * 4, "access": [1] * 4, "shop": list("aabb")}
    nothing, others = value_to_customer(seen, provider="shop").rows[1:]
    assert nothing.relative == 0
    assert str(nothing.relative_low) == "it is worth nothing, and so has no logarithm"
    assert str(others.relative) == "the others are worth nothing"


def test_all_is_nobodys_name() -> None:
    seen = columns(np.ones((4, 2))) | {"shop": ["all", "b"]}
    with pytest.raises(WorthError, match=r"column 'shop': 'all'; it stands for everybody\. Hint: rename that group"):
        value_to_customer(seen, provider="shop")


def test_rows_are_named_in_both_languages() -> None:
    told = value_to_customer(shops(4), provider="shop", segment="region")
    assert told.to_table("zh")["label"][:2] == ("全部顾客", "others")
    assert "ours, north" in told.to_table("en")["label"]


def test_one_customer_has_no_interval() -> None:
    told = value_to_customer(columns(np.ones((4, 1))), unit="money")
    assert told.overall.ratio == 1
    assert str(told.overall.ratio_se) == "fewer than two customers"
    assert told.to_dict()["inapplicable"][0]["difference_low"] == "fewer than two customers"


def test_what_is_wrong() -> None:
    seen = {"results": [1, np.nan], "process": [1, -2], "price": [0, 1], "access": [0, 1]}
    with pytest.raises(WorthError) as error:
        value_to_customer(seen)
    for part in ("nan in row 1", "-2 in row 1", "above zero together", "0 in row 0"):
        assert part in str(error.value)
    with pytest.raises(WorthError, match="did you mean price"):
        value_to_customer({**seen, "prise": [1, 1]}, price="prices")
    with pytest.raises(WorthError, match="one length"):
        value_to_customer({**seen, "price": [1]})
    with pytest.raises(WorthError, match="it holds numbers"):
        value_to_customer({**seen, "price": ["cheap", 1]})
    with pytest.raises(WorthError, match="points or money"):
        value_to_customer(seen, unit="euros")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames(library: str) -> None:
    seen = shops(3)
    frame = pytest.importorskip(library).DataFrame(seen)
    assert value_to_customer(frame, provider="shop").to_dict() == value_to_customer(seen, provider="shop").to_dict()
