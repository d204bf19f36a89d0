"""Tables of units joined by the names of units and periods."""

import json
import pickle
from itertools import product
from random import Random

import numpy as np
import pandas as pd
from attrs import frozen
from hypothesis import given, strategies as st

from servqual import _frames
from servqual.chain.aggregating import aggregate
from servqual.chain.units import UnitTable
from tests.chain.unit_data import Rows, branches, cells, rows, table_of


@frozen(eq=False)
class Aggregated:
    """A result that has units."""

    units: UnitTable


def employees() -> UnitTable:
    return UnitTable.from_arrays(
        ["north", "north", "south", "west"],
        {"engagement": [3.0, 3.2, 4.0, 2.0]},
        period=[2020, 2021, 2020, 2020],
        clusters={"region": ["up", None, "down", "side"]},
        scales={"engagement": (1, 5)},
        respondents={"engagement": "employees"},
        unit_column="branch",
        period_column="year",
        backend="polars",
    )


def customers() -> UnitTable:
    return UnitTable.from_arrays(
        ["south", "north", "north", "south"], {"loyalty": [5.0, 4.0, 4.2, 5.1]}, period=[2020, 2021, 2022, 2021]
    )


def sites() -> UnitTable:
    return UnitTable.from_arrays(["east", "south", "north"], {"size": [9.0, 7.0, 8.0]})


def test_rows_of_all_tables_are_kept() -> None:
    units = UnitTable.join(employees=employees(), customers=customers())
    assert units.names == ("engagement", "loyalty")
    assert units.unit_names == ("north", "south", "west")
    assert units.period_names == (2020, 2021, 2022)
    assert cells(units, units.column("engagement")) == cells(employees(), employees().column("engagement"))
    assert cells(units, units.column("loyalty")) == cells(customers(), customers().column("loyalty"))
    assert len(units) == 6
    assert (units.unit_column, units.period_column, units.backend) == ("branch", "year", "polars")
    assert units.scales == (("engagement", (1, 5)),)
    assert units.respondents == (("engagement", "employees"),)


def test_the_report_says_what_matched() -> None:
    units = UnitTable.join(employees=employees(), customers=customers())
    assert units.joined is not None
    one, two = units.joined.sources
    assert (one.source, one.rows, one.units, one.periods) == ("employees", 4, 3, 2)
    assert (one.matched, one.partly, one.only_here, one.lacking) == (2, 0, 2, 2)
    assert (one.first_only_here, one.first_lacking) == ("north in 2020, west in 2020", "north in 2022, south in 2021")
    assert (two.matched, two.partly, two.only_here, two.lacking) == (2, 0, 2, 2)
    assert two.first_only_here == "north in 2022, south in 2021"
    assert repr(units.joined) == "<JoinReport: employees 2 of 4 rows matched, customers 2 of 4 rows matched>"


def test_three_tables_match_in_part() -> None:
    units = UnitTable.join(employees(), customers(), sites=sites())
    assert units.joined is not None
    assert [each.source for each in units.joined.sources] == ["table 1", "table 2", "sites"]
    assert [(each.matched, each.partly, each.only_here) for each in units.joined.sources] == [
        (2, 1, 1),
        (2, 2, 0),
        (2, 0, 1),
    ]
    assert units.joined.sources[2].first_only_here == "east"


def test_notes_explain_the_columns_that_hold_something() -> None:
    tables = {
        "": tuple(UnitTable.from_arrays(["a", "b"], {name: [1.0, 2.0]}) for name in "xy"),
        "only_here lacking": (employees(), customers()),
        "partly only_here lacking": (employees(), customers(), sites()),
    }
    for said, joined in tables.items():
        report = UnitTable.join(*joined).joined
        assert report is not None
        for language, mark in (("en", ":"), ("zh", "：")):
            heads = [note.partition(mark)[0] for note in report.to_table(language).notes]
            assert [head for head in heads if head in {"partly", "only_here", "lacking"}] == said.split()


def test_a_table_without_periods_is_spread_over_those_of_its_units() -> None:
    units = UnitTable.join(customers=customers(), sites=sites())
    expected = {
        (unit, year): 7.0 if unit == "south" else 8.0
        for unit, year in cells(customers(), customers().column("loyalty"))
    }
    # No table says when east was there
    expected |= {("east", year): 9.0 for year in (2020, 2021, 2022)}
    assert cells(units, units.column("size")) == expected
    assert units.joined is not None
    assert units.joined.to_table().notes == (
        "Joined by name; rows: 7, units: 3, periods: 3. A row that only one table has is kept.",
        "only_here: rows that none of the other tables has; first_only_here names the first few.",
        (
            "lacking: rows of the joined table that this one does not have, its constructs being missing there; "
            "first_lacking names the first few."
        ),
        "sites has no periods and is spread over those of its units; rows before: 3, after: 7.",
    )


def test_tables_without_periods_join_by_units() -> None:
    other = UnitTable.from_arrays(["west", "north"], {"rent": [1.0, 2.0]})
    units = UnitTable.join(other, sites())
    assert units.period_names == ()
    assert units.period_column is None
    assert cells(units, units.column("rent")) == {("west", None): 1, ("north", None): 2}
    assert cells(units, units.column("size")) == {("east", None): 9, ("south", None): 7, ("north", None): 8}


def test_what_has_units_is_joined_too() -> None:
    units = UnitTable.join(people=Aggregated(employees()), money=sites())
    assert units.names == ("engagement", "size")
    assert UnitTable.join(Aggregated(employees()), sites()).names == units.names


def test_a_table_joins_others_as_the_class_does() -> None:
    one, two = employees().join(customers(), sites=sites()), UnitTable.join(employees(), customers(), sites=sites())
    np.testing.assert_array_equal(one.values, two.values)
    assert one.names == two.names


def test_one_table_is_itself() -> None:
    units = UnitTable.join(only=employees())
    np.testing.assert_array_equal(units.values, employees().values)
    assert units.joined is not None
    (row,) = units.joined.sources
    assert (row.matched, row.partly, row.only_here, row.lacking) == (0, 0, 4, 0)


def test_clusters_come_along_and_fill_the_rows_of_their_unit() -> None:
    regions = UnitTable.from_arrays(["south", "east"], {}, clusters={"region": ["down", "right"]})
    units = UnitTable.join(employees=employees(), customers=customers(), regions=regions)
    labels = [units.labels("region")[code] if code >= 0 else None for code in units.codes("region").tolist()]
    by_unit = {units.unit_names[unit]: label for unit, label in zip(units.unit.tolist(), labels, strict=True)}
    assert by_unit == {"north": "up", "south": "down", "east": "right", "west": "side"}
    assert None not in labels
    assert units.joined is not None
    assert units.joined.told.notes[-1].en == "Rows without a label of region that take the one label of their unit: 2."


def test_clusters_that_change_within_a_unit_fill_nothing() -> None:
    moved = UnitTable.from_arrays(
        ["north", "north"], {"x": [1, 2]}, period=[2020, 2021], clusters={"owner": ["ann", "bob"]}
    )
    units = UnitTable.join(moved, customers())
    north = units.where(units="north")
    assert [("ann", "bob", None)[code] for code in north.codes("owner").tolist()] == ["ann", "bob", None]


def test_clusters_of_two_tables_that_agree_are_one() -> None:
    same = UnitTable.from_arrays(
        ["south", "north"], {"x": [1, 2]}, period=[2020, 2020], clusters={"region": ["down", "up"]}
    )
    assert UnitTable.join(employees(), same).cluster_names == ("region",)


def test_steps_in_time_are_those_of_all_periods() -> None:
    even = UnitTable.from_arrays(["a", "a"], {"x": [1, 2]}, period=[2012, 2014])
    odd = UnitTable.from_arrays(["a"], {"y": [3]}, period=[2013])
    assert even.period_steps.tolist() == [0, 1]
    assert even.join(odd).period_steps.tolist() == [0, 1, 2]


def test_the_report_has_faces() -> None:
    report = UnitTable.join(employees=employees(), customers=customers()).joined
    assert report is not None
    table = report.to_table("zh")
    assert table.title == "合并情况"
    assert table.notes[0] == "按名称合并；行数：6，单位数：3，时期数：3。仅一个表中有的行予以保留。"
    assert table["source"] == ("employees", "customers")
    assert _frames.backend_of(report.to_frame("polars")) == "polars"
    record = json.loads(json.dumps(report.to_dict()))
    assert record["reading"] == "join_report"
    assert record["columns"]["matched"] == [2, 2]
    assert "<table>" in report._repr_html_()
    again = pickle.loads(pickle.dumps(report))  # noqa: S301 - bytes made one call earlier
    assert again.sources == report.sources


def test_the_report_stays_with_rows_and_columns_of_the_table() -> None:
    units = UnitTable.join(employees(), customers())
    assert units.where(units="north").joined is units.joined
    assert units.with_columns({"z": np.zeros(len(units))}).joined is units.joined
    assert branches().joined is None


Sparse = st.sampled_from(["a", "b", "c", 1, 2])


@given(rows(Sparse), rows(Sparse), rows(Sparse))
def test_join_is_that_of_dictionaries(one: Rows, two: Rows, three: Rows) -> None:
    shared = [("a", 2015, 0.5)]
    given_rows = {name: _with(each, shared) for name, each in (("x", one), ("y", two), ("z", three))}
    units = UnitTable.join(*(table_of(each, name) for name, each in given_rows.items()))
    for name, each in given_rows.items():
        expected = {(unit, period): value for unit, period, value in each if not np.isnan(value)}
        assert cells(units, units.column(name)) == expected
    keys = [{(unit, period) for unit, period, _ in each} for each in given_rows.values()]
    assert len(units) == len(set.union(*keys))
    assert units.joined is not None
    for place, row in enumerate(units.joined.sources):
        others = [each for other, each in enumerate(keys) if other != place]
        assert row.matched == len(keys[place].intersection(*others))
        assert row.only_here == len(keys[place].difference(*others))
        assert row.lacking == len(units) - row.rows
        assert row.matched + row.partly + row.only_here == row.rows


def _with(given_rows: Rows, shared: Rows) -> Rows:
    """Rows with some that all tables have."""
    keys = {(unit, period) for unit, period, _ in shared}
    return shared + [row for row in given_rows if (row[0], row[1]) not in keys]


@given(rows(), st.dictionaries(st.sampled_from(["a", "b", "e"]), st.floats(-9, 9), min_size=1))
def test_join_without_periods_is_that_of_dictionaries(timed: Rows, constant: dict[str, float]) -> None:
    timed, constant = _with(timed, [("a", 2015, 0.5)]), {"a": 1.0} | constant
    flat = UnitTable.from_arrays(list(constant), {"y": list(constant.values())})
    units = UnitTable.join(flat, table_of(timed))
    years = {period for _, period, _ in timed}
    keys = {(unit, period) for unit, period, _ in timed}
    keys |= set(product(set(constant) - {unit for unit, _ in keys}, years))
    assert cells(units, units.column("y")) == {key: constant[key[0]] for key in keys if key[0] in constant}
    assert len(units) == len(keys)


@given(rows(), rows(), st.randoms())
def test_join_knows_no_order_of_rows_or_tables(one: Rows, two: Rows, random: Random) -> None:
    one, two = _with(one, [("a", 2015, 0.5)]), _with(two, [("a", 2015, 0.5)])
    straight = UnitTable.join(x=table_of(one), y=table_of(two, "y"))
    shuffled = UnitTable.join(y=table_of(random.sample(two, len(two)), "y"), x=table_of(random.sample(one, len(one))))
    for name in ("x", "y"):
        np.testing.assert_array_equal(straight.column(name), shuffled.column(name))
    assert straight.unit_names == shuffled.unit_names


def test_an_aggregation_is_reported_with_its_source() -> None:
    people = pd.DataFrame({"branch": ["a", "a", "b", "b"], "mood": [1.0, 2.0, 3.0, 5.0]})
    staff = aggregate(people, by="branch", constructs=["mood"], source="staff")
    books = UnitTable.from_arrays(["a", "b"], {"profit": [1.0, 2.0]})
    joined = UnitTable.join(staff, books).joined
    assert joined is not None
    assert [each.source for each in joined.sources] == ["table 1 (staff)", "table 2"]
