"""What is said of tables of units that cannot be joined."""

import numpy as np
import pandas as pd

from servqual.chain.units import UnitTable
from tests.chain.unit_data import said


def table(unit: list[object], name: str = "x", **more: object) -> UnitTable:
    return UnitTable.from_arrays(unit, {name: np.arange(len(unit))}, **more)  # type: ignore[arg-type]


def test_other_things_than_units() -> None:
    frame = pd.DataFrame({"u": [1]})
    assert said(lambda: UnitTable.join(table([1]), frame, money=3)) == [  # type: ignore[arg-type]
        (
            "table 2: of type DataFrame; what is joined are tables of units, or results of aggregate(…). Hint: make "
            "one of it with UnitTable.from_frame(frame, unit=…)"
        ),
        (
            "money: of type int; what is joined are tables of units, or results of aggregate(…). Hint: make one of "
            "it with UnitTable.from_frame(frame, unit=…)"
        ),
    ]
    assert said(UnitTable.join) == ["tables: none; one table or more are joined."]


def test_the_same_column_in_two_tables() -> None:
    one = table(["a"], "n").with_columns({"b": [1.0]})
    assert said(lambda: UnitTable.join(staff=one, guests=table(["a"], "n"))) == [
        (
            "column n: in staff and guests; a construct comes from one table. Hint: rename it in all but one before "
            "they are read, or leave it out with columns="
        )
    ]


def test_a_construct_that_names_rows_elsewhere() -> None:
    other = table(["a"], "y", clusters={"x": ["t"]})
    assert said(lambda: UnitTable.join(staff=table(["a"]), guests=other)) == [
        (
            "column x: a construct in staff, labels in guests; a column is either. Hint: rename one of them before "
            "they are read"
        )
    ]


def test_one_and_text_one_are_different() -> None:
    assert said(lambda: UnitTable.join(staff=table([1, 2, 3]), guests=table(["1", "2", "9"], "y"))) == [
        (
            "staff: none of its 3 units is in guests; a table shares units with another. Hint: 2 would match as "
            "text: write 1 and '1' alike, both as text or both as numbers"
        )
    ]
    (problem,) = said(lambda: UnitTable.join(staff=table(["North "]), guests=table(["north"], "y")))
    assert "1 would match as text, without capitals and spaces at the ends: write 'North ' and 'north' alike" in problem


def test_tables_without_a_common_unit() -> None:
    assert said(lambda: UnitTable.join(table(["a", "b"]), table([5, 6, 7, 8], "y"), table(["b"], "z"))) == [
        (
            "table 2: none of its 4 units is in table 1 and table 3; a table shares units with another. Hint: its "
            "units are 5, 6, 7, …, the others 'a', 'b'"
        )
    ]


def test_periods_without_a_common_order() -> None:
    one, two = table(["a"], period=[2024]), table(["a"], "y", period=["2024"])
    assert said(lambda: UnitTable.join(one, two)) == [
        (
            "periods of all tables: numbers and texts, such as 2024 and '2024'; periods have an order in time: "
            "numbers, ISO dates, or texts such as 2024Q1, 2024-01, wave 01. Hint: write all of them the same way: "
            "all as numbers or all as text"
        )
    ]
    one, two = table(["a"], period=["2024Q1"]), table(["a"], "y", period=["2024-Q1"])
    assert said(lambda: UnitTable.join(one, two))[0].startswith(
        "periods of all tables: texts such as '2024-Q1' and '2024Q1'; periods have an order"
    )


def test_clusters_that_contradict_each_other() -> None:
    years = [2020, 2021]
    one = table(["a", "a"], period=years, clusters={"c": ["k", "l"]})
    two = table(["a", "a"], "y", period=years, clusters={"c": ["k", "m"]})
    flat = table(["a"], "z", clusters={"c": [7]})
    assert said(lambda: UnitTable.join(one, two)) == [
        (
            "clusters c: 1 rows in which tables differ: a in 2021 ('l' in table 1, 'm' in table 2); a row belongs "
            "to one cluster. Hint: correct them, or rename the column in one of the tables"
        )
    ]
    assert (
        "2 rows in which tables differ: a in 2020 ('k' in table 1, 7 in flat), a in 2021"
        in said(lambda: UnitTable.join(one, flat=flat))[0]
    )


def test_all_problems_of_a_join_are_said_at_once() -> None:
    problems = said(lambda: UnitTable.join(table([1], period=[1]), table(["1"], period=["1"])))
    assert [each.split(":")[0] for each in problems] == ["column x", "table 1", "periods of all tables"]
