"""Means of units and their evidence: against loops, against R, and the laws that bind them."""

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from servqual._frames import build
from servqual.chain.aggregating import aggregate
from servqual.chain.aggregation import Aggregation
from servqual.chain.units import UnitTable
from servqual.statistics import Inapplicable
from servqual.statistics.scaled_agreement import awg_j
from servqual.statistics.within_groups import WithinGroups
from tests.chain.people_data import ITEMS, naive, numbers, staff
from tests.statistics.raters import ANSWERS, CODES, EXPECTED

SEEDS = st.integers(0, 10_000)


def raters() -> Aggregation:
    frame = pd.DataFrame({"group": CODES + 1} | {f"q{item + 1}": ANSWERS[:, item] for item in range(4)})
    items = {"climate": ["q1", "q2", "q3", "q4"], "first": ["q1"]}
    return aggregate(frame, by="group", constructs=items, scale=(1, 5))


def of_years(frame: object) -> Aggregation:
    return aggregate(frame, by="branch", period="year", constructs=ITEMS, scale=(1, 5))


@given(SEEDS)
def test_each_unit_is_as_a_loop_finds_it(seed: int) -> None:
    frame = staff(seed)
    table = of_years(frame).by_unit()
    for construct, needed in (("climate", 2), ("pride", 1)):
        expected = naive(frame, ITEMS[construct], needed)
        rows = table.rows([row for row, name in enumerate(table["construct"]) if name == construct])
        assert list(zip(rows["unit"], rows["period"], strict=True)) == list(expected)
        for name, column in (
            ("n", "n"),
            ("mean", "mean"),
            ("star", "r_star"),
            ("ad", "ad"),
            ("ad_median", "ad_median"),
        ):
            found = [getattr(each, name) for each in expected.values()]
            np.testing.assert_allclose(numbers(rows[column]), found, rtol=1e-10, atol=1e-12)
        rwg = [each.rwg for each in expected.values()]
        np.testing.assert_allclose(numbers(rows["rwg"]), rwg, rtol=1e-9, atol=1e-10)


@given(SEEDS)
def test_the_unit_table_holds_the_same_means_and_the_number_of_people(seed: int) -> None:
    frame = staff(seed)
    found = of_years(frame)
    units, table = found.units, found.by_unit()
    for construct in ITEMS:
        here = [row for row, name in enumerate(table["construct"]) if name == construct]
        np.testing.assert_array_equal(units.column(construct), numbers(table.rows(here)["mean"]))
    answered = frame[frame[["q1", "q2", "q3"]].notna().sum(axis=1).ge(2) | frame["q4"].notna()]
    count = answered.groupby(["branch", "year"]).size()
    keys = list(zip(table["unit"], table["period"], strict=True))[: len(units)]
    assert units.column("employees_n").tolist() == [count.get(key, 0) for key in keys]
    assert dict(units.respondents) == {"climate": "employees", "pride": "employees"}
    assert dict(units.scales) == {"climate": (1, 5), "pride": (1, 5)}
    assert (units.unit_column, units.period_column) == ("branch", "year")


def test_raters_are_as_multilevel_says() -> None:
    found = raters()
    climate = found["climate"]
    assert climate.ms_between == pytest.approx(3.98953125, abs=1e-11)
    assert climate.ms_within == pytest.approx(0.251711309524, abs=1e-11)
    assert climate.f == pytest.approx(15.8496305055, abs=1e-9)
    assert climate.p == pytest.approx(9.2663275889e-09, rel=1e-9)
    assert climate.icc1 == pytest.approx(0.649884929295, abs=1e-11)
    assert climate.icc2 == pytest.approx(0.93690704653, abs=1e-11)
    table = found.by_unit()
    columns = {"rwgj": "rwg", "rwgj_lindell": "r_star", "awg_j": "awg", "ad_mean": "ad", "ad_median": "ad_median"}
    for name, column in columns.items():
        np.testing.assert_allclose(numbers(table[column][:6]), EXPECTED[name], atol=1e-12)
    np.testing.assert_allclose(numbers(table["rwg"][6:]), EXPECTED["rwg_q1"], atol=1e-12)
    np.testing.assert_allclose(numbers(table["awg"][6:]), EXPECTED["awg_q1"], atol=1e-12)
    assert climate.rwg_mean == pytest.approx(np.mean(EXPECTED["rwgj"]), abs=1e-12)
    assert climate.rwg_median == pytest.approx(np.median(EXPECTED["rwgj"]), abs=1e-12)
    assert climate.rwg_share == pytest.approx(5 / 6)
    assert (climate.units, climate.respondents, climate.items) == (6, 48, 4)
    assert climate.harmonic_n == pytest.approx(6 / (4 / 8 + 1 / 6 + 1 / 10))


# multilevel::univbct at time 0; units are companies of battalions. In R 4.2.2 with the functions of multilevel 2.7:
# t0$unit <- paste(t0$BTN, t0$COMPANY); m <- aov(y ~ as.factor(unit), data = t0); summary(m); ICC1(m); ICC2(m)
SOLDIERS = {
    "JSAT": (468, 1.85974327696, 0.88008490552, 2.1131407496, 0.000117004314244, 0.0927859951467, 0.526770755716),
    "COMMIT": (467, 1.09717647778, 0.679448361201, 1.61480480406, 0.0108634564306, 0.0535765004507, 0.380730105901),
    "READY": (463, 1.18007494862, 0.636055037278, 1.85530320407, 0.0013713261796, 0.0735887433923, 0.461004542111),
}


@pytest.mark.parametrize("name", SOLDIERS)
def test_soldiers_of_a_company_are_alike_as_multilevel_says(shared: Path, name: str) -> None:
    frame = pd.read_csv(shared / "data" / "multilevel_univbct.csv")
    frame = frame[frame["TIME"] == 0]
    frame = frame.assign(unit=frame["BTN"].astype(str) + " " + frame["COMPANY"])
    found = aggregate(frame, by="unit", constructs=[name], scale=(1, 5), source="soldiers")[name]
    n, *expected = SOLDIERS[name]
    assert (found.respondents, found.units) == (n, 43)
    parts = [found.ms_between, found.ms_within, found.f, found.p, found.icc1, found.icc2]
    assert parts == pytest.approx(expected, rel=1e-10)
    # means of items lie between the points of the scale
    assert found.null_variance == pytest.approx(16 / 12)
    assert isinstance(found.options, Inapplicable)


@given(SEEDS)
@example(103)  # a unit whose answers scatter exactly as under the null: by rounding alone it was above it, or not
def test_the_order_of_people_and_the_names_of_units_change_nothing(seed: int) -> None:
    frame = staff(seed)
    mixed = frame.sample(frac=1, random_state=seed).assign(branch=lambda each: "branch " + each["branch"])
    first, second = of_years(frame), of_years(mixed)
    np.testing.assert_allclose(first.units.values, second.units.values, rtol=1e-12)
    for one, other in zip(first.evidence.columns.items(), second.evidence.columns.items(), strict=True):
        assert one[0] == other[0]
        if one[0] in {"construct", "null"}:
            assert one[1] == other[1]
        else:
            np.testing.assert_allclose(numbers(other[1]), numbers(one[1]), rtol=1e-8, atol=1e-10)


@given(SEEDS, st.integers(-3, 3))
def test_shifting_all_answers_shifts_means_and_nothing_else(seed: int, shift: int) -> None:
    frame = staff(seed)
    moved = frame.assign(**{f"q{place}": frame[f"q{place}"] + shift for place in range(1, 5)})
    first = of_years(frame)
    second = aggregate(moved, by="branch", period="year", constructs=ITEMS, scale=(1 + shift, 5 + shift))
    for name in ITEMS:
        np.testing.assert_allclose(first.units.column(name) + shift, second.units.column(name), rtol=1e-12, atol=1e-12)
    for name in ("icc1", "icc2", "icc1_harmonic", "f", "rwg_mean", "awg_mean", "ad_mean", "ad_median", "r_star_mean"):
        one, other = (numbers(each.evidence[name]) for each in (first, second))
        np.testing.assert_allclose(other, one, rtol=1e-7, atol=1e-9)


@given(SEEDS)
def test_weights_move_means_and_leave_the_evidence(seed: int) -> None:
    frame = staff(seed, gaps=0)
    plain = of_years(frame)
    weighted = aggregate(frame, by="branch", period="year", constructs=ITEMS, scale=(1, 5), weights="w")
    repeated = frame.loc[frame.index.repeat(frame["w"])]
    np.testing.assert_allclose(weighted.units.column("pride"), of_years(repeated).units.column("pride"), rtol=1e-12)
    assert weighted.evidence.columns == plain.evidence.columns
    note = "Means are weighted by w; ICCs, agreement and n count respondents alike."
    assert note in weighted.to_table().notes
    equal = aggregate(frame.assign(w=2.5), by="branch", period="year", constructs=ITEMS, scale=(1, 5), weights="w")
    np.testing.assert_allclose(equal.units.values, plain.units.values, rtol=1e-12)


def test_people_of_weight_zero_take_no_part() -> None:
    frame = staff(3, gaps=0)
    found = aggregate(frame.assign(w=(frame["year"] == 2020) * 1.0), by="branch", constructs=ITEMS, weights="w")
    expected = aggregate(frame[frame["year"] == 2020], by="branch", constructs=ITEMS)
    np.testing.assert_allclose(found.units.values, expected.units.values, rtol=1e-12)
    assert found.people.without_weight == int((frame["year"] == 2021).sum())
    assert f"Left out, weight zero: {found.people.without_weight} of {len(frame)} rows." in found.to_table().notes


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_frames_of_three_libraries_give_the_same(backend: str) -> None:
    frame = staff(5)
    plain = frame.astype(object).where(frame.notna(), None)
    lists = {name: plain[name].tolist() for name in frame.columns.tolist()}
    found, expected = of_years(build(lists, backend)), of_years(frame)
    np.testing.assert_array_equal(found.units.values, expected.units.values)
    assert found.evidence.columns == expected.evidence.columns
    assert type(found.to_frame()).__module__.split(".")[0] == backend
    assert type(found.by_unit().to_frame()).__module__.split(".")[0] == backend
    assert type(found.units.to_frame()).__module__.split(".")[0] == backend


def test_columns_may_be_constructs_themselves() -> None:
    frame = staff(8)
    listed = aggregate(frame, by="branch", constructs=["q1", "q4"], scale={"q1": (1, 5)})
    mapped = aggregate(frame, by="branch", constructs={"q1": "q1", "q4": ["q4"]}, scale={"q1": (1, 5)})
    assert listed.units.names == ("q1", "q4", "employees_n")
    assert listed.evidence.columns == mapped.evidence.columns
    assert not isinstance(listed["q1"].rwg_mean, Inapplicable)
    assert isinstance(listed["q4"].rwg_mean, Inapplicable)


def test_reliability_is_told_in_both_conventions() -> None:
    found = of_years(staff(11))
    assert found.reliability("mean") == {row.construct: row.icc2 for row in found}
    assert found.reliability("harmonic") == {row.construct: row.icc2_harmonic for row in found}
    assert found.reliability() == found.reliability("harmonic") != found.reliability("mean")


def test_clusters_come_along() -> None:
    frame = staff(2)
    region = frame["branch"].map({"a": "north", "b": "north", "c": "south", "d": None, "e": "south"})
    # a person without a region does not unmake that of the branch
    region[frame.index[frame["branch"] == "a"][0]] = None
    units = aggregate(frame.assign(region=region), by="branch", constructs=ITEMS, clusters="region").units
    assert units.labels("region") == ("north", "south")
    assert units.codes("region").tolist() == [0, 0, 1, -1, 1]


def test_items_at_an_end_are_counted() -> None:
    frame = pd.DataFrame({"unit": [1, 1, 2, 2, 2, 3], "q": [5, 5, 3, 3, 4, 3]})
    found = aggregate(frame, by="unit", constructs=["q"], scale=(1, 5))
    within = WithinGroups.of(frame[["q"]].to_numpy(), frame["unit"].to_numpy())
    expected = awg_j(within.mean, within.variance, within.n, low=1, high=5)
    np.testing.assert_array_equal(numbers(found.by_unit()["awg"]), expected.values)
    assert found["q"].awg_out == 1


def test_joined_with_others_and_pickled_without_answers() -> None:
    people = staff(4)
    found = of_years(people)
    profit = UnitTable.from_arrays(list("abcde"), {"profit": [1.0, 2, 3, 4, 5]})
    assert "profit" in UnitTable.join(found, finance=profit).names
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert again.evidence.columns == found.evidence.columns
    assert not any(array.flags.writeable for each in again.scatter for array in (each.n, each.mean, each.rwg))
    many = pd.concat([people] * 2000, ignore_index=True)
    assert len(pickle.dumps(of_years(many))) < 1.1 * len(pickle.dumps(found))
