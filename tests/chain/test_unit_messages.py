"""What is said of units that do not make a table: all of it at once, with a remedy."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from servqual._frames import build
from servqual.chain.units import UnitTable
from tests.chain.unit_data import branches, said


def arrays(unit: Any, x: Any, **more: Any) -> Callable[[], UnitTable]:
    return lambda: UnitTable.from_arrays(unit, {"x": x}, **more)


FRAME = pd.DataFrame(
    {
        "branch": ["north", "south", "north", None, "north", "east", "east"],
        "year": [2020, 2020, 2020, 2020, 2020, 2021, 2021],
        "profit": [1.0, np.inf, 2.0, 3.0, 4.0, -np.inf, 5.0],
        "town": ["York", "Hull", None, "York", "Ely", "Bath", "Bath"],
        "loyalty": [1.0, 2.0, 9.0, 4.0, 5.0, 0.0, np.nan],
    }
)


def test_everything_is_said_at_once() -> None:
    assert said(
        lambda: UnitTable.from_frame(
            FRAME,
            unit="branch",
            period="year",
            columns=["profit", "town", "loyalty", "profti"],
            clusters=["regoin"],
            scales={"loyalty": (1, 5), "quality": (1, 7)},
        )
    ) == [
        "columns: no 'regoin'; the frame has no such column. Hint: known are branch, year, profit, town, loyalty",
        "columns: no 'profti'; the frame has no such column. Hint: did you mean profit?",
        (
            "column town: no numbers but 'York', 'Hull', 'Ely', …; a construct is a column of numbers. Hint: pass "
            "it as clusters=, or code it as numbers"
        ),
        (
            "column branch: no label in 1 row, first in row 3; each row has a unit, and a period where there are "
            "periods. Hint: fill them, or drop those rows"
        ),
        (
            "rows: 2 pairs of unit and period occur more than once: east in 2021 (2 rows), north in 2020 (3 rows); "
            "each unit has one row a period. Hint: aggregate first, as with aggregate(frame, by=…) for people, or "
            "drop what is there twice"
        ),
        "scales quality: no construct 'quality'; it is said of a construct. Hint: known are profit, loyalty, town",
        (
            "column profit: 2 infinite values, first in row 1, row 5; a value is finite, or missing (NaN). Hint: "
            "correct the values, or make them missing"
        ),
    ]


def test_values_off_their_scale() -> None:
    assert said(arrays(list("abcdef"), [1, 9, 2, 0.5, 5, 7], scales={"x": (1, 5)})) == [
        (
            "column x: 3 values off the scale, first 9 in row 1, row 3, row 5; values lie in 1..5. Hint: correct "
            "the values or the scale; a column without a scale may hold any number"
        )
    ]
    assert UnitTable.from_arrays(["a"], {"x": [5 + 1e-12]}, scales={"x": (1, 5)}).n_units == 1


def test_units_twice_without_periods() -> None:
    assert said(arrays(["b", "a", "b"], [1, 2, 3])) == [
        (
            "rows: 1 unit occurs more than once: b (2 rows); without periods each unit has one row. Hint: name the "
            "column of periods with period=, or aggregate first, as with aggregate(frame, by=…) for people, or drop "
            "what is there twice"
        )
    ]


def test_a_unit_twice_in_one_period() -> None:
    (problem,) = said(arrays(["b", "a", "b"], [1, 2, 3], period=[2020, 2020, 2020]))
    assert problem.startswith("rows: 1 pair of unit and period occurs more than once: b in 2020 (2 rows); each unit")


def test_many_repeated_rows_are_counted_and_the_first_named() -> None:
    (problem,) = said(arrays([*range(9), *range(9)], np.zeros(18)))
    assert "9 units occur more than once: 0 (2 rows), 1 (2 rows), 2 (2 rows), …" in problem


def test_a_missing_period() -> None:
    assert said(arrays(["a", "a", "b"], [1, 2, 3], period=[2020, None, np.nan])) == [
        (
            "column period: no label in 2 rows, first in row 1, row 2; each row has a unit, and a period where "
            "there are periods. Hint: fill them, or drop those rows"
        )
    ]


def test_periods_without_an_order() -> None:
    (problem,) = said(arrays(["a", "a"], [1, 2], period=["after", "before"]))
    assert problem.startswith("column period: texts such as 'after' and 'before'; periods have an order in time")


def test_frames_without_rows_or_numbers() -> None:
    empty = pd.DataFrame({"u": np.zeros(0, np.int64), "x": np.zeros(0)})
    assert said(lambda: UnitTable.from_frame(empty, unit="u")) == ["rows: none; units have at least one row."]
    text = pd.DataFrame({"u": [1], "town": ["York"]})
    assert said(lambda: UnitTable.from_frame(text, unit="u")) == [
        (
            "columns: no numbers but town; a construct is a column of numbers. Hint: pass it as clusters=, or code "
            "it as numbers"
        )
    ]
    assert said(lambda: UnitTable.from_arrays([1], {})) == [
        "columns: none; a construct is a column of numbers. Hint: pass it as clusters=, or code it as numbers"
    ]
    assert UnitTable.from_frame(text, unit="u", clusters="town").names == ()


def test_what_is_no_frame() -> None:
    rule = "units come from a DataFrame of pandas or polars or a Table of pyarrow"
    assert said(lambda: UnitTable.from_frame("units.csv", unit="u")) == [
        f"frame: the path 'units.csv'; {rule}. Hint: read the file first, as with pandas.read_csv"
    ]
    assert "the path" in said(lambda: UnitTable.from_frame(Path("units.csv"), unit="u"))[0]
    assert said(lambda: UnitTable.from_frame([1, 2], unit="u")) == [
        (
            "frame: a list; a frame is a DataFrame of pandas or polars or a Table of pyarrow. Hint: make a frame of "
            "it, as with pandas.DataFrame(…); arrays of units may go to UnitTable.from_arrays"
        )
    ]
    lazy = pl.DataFrame({"u": [1]}).lazy()
    assert (
        "a frame is read from memory. Hint: read it into memory first"
        in said(lambda: UnitTable.from_frame(lazy, unit="u"))[0]
    )


def test_names_of_columns() -> None:
    frame = pd.DataFrame({"u": [1], "x": [1.0], "t": [1]})
    assert said(lambda: UnitTable.from_frame(frame, unit="u", period="u", columns=["x", "x", "t"], clusters=["t"])) == [
        "column u: named 2 times, for unit and period; each column serves once. Hint: leave it out of all but one",
        (
            "column t: named 2 times, for clusters and constructs; each column serves once. Hint: leave it out of "
            "all but one"
        ),
        "column x: named 2 times, for constructs; each column serves once. Hint: leave it out of all but one",
    ]
    assert said(lambda: UnitTable.from_frame(frame, unit="u", columns=[0])) == [  # type: ignore[list-item]
        "columns: 0, of type int; a column is named by a text. Hint: columns are named one by one"
    ]
    assert said(lambda: UnitTable.from_frame(frame, unit="u", clusters=[" "]))[0] == (
        "clusters: ' '; a column is named by a text that is not empty."
    )


def test_clusters_called_unit_mean_units() -> None:
    frame = pd.DataFrame({"branch": [1], "unit": ["x"], "y": [1.0]})
    assert said(lambda: UnitTable.from_frame(frame, unit="branch", clusters="unit")) == [
        (
            "clusters unit: a column of clusters beside branch; 'unit' means the units of the table wherever "
            "clusters are named. Hint: rename the column before it is read"
        )
    ]


@pytest.mark.parametrize("scale", [(5, 1), (1,), (1, 5, 7), ("a", "b"), (1, np.inf), 5, (True, 3)])
def test_scales_that_are_none(scale: Any) -> None:
    shown = tuple(scale) if isinstance(scale, tuple) else scale
    assert said(arrays([1], [1], scales={"x": scale})) == [
        f"scales x: {shown!r}; a scale is a pair of numbers, the lowest first."
    ]


def test_scales_and_respondents_are_said_by_construct() -> None:
    assert said(arrays([1], [1], scales=(1, 5), respondents="employees")) == [
        "scales: (1, 5); scales are said construct by construct. Hint: pass {construct: …}",
        "respondents: 'employees'; respondents are said construct by construct. Hint: pass {construct: …}",
    ]
    assert said(arrays([1], [1], respondents={"y": "employees"})) == [
        "respondents y: no construct 'y'; it is said of a construct. Hint: known are x"
    ]


def test_arrays_of_different_lengths() -> None:
    assert said(arrays(["a", "b"], [1, 2, 3], period=[1, 2])) == [
        "rows: lengths unit 2, period 2, x 3; arrays have one value a row, shape (rows,)."
    ]
    assert "x shape (2, 1)" in said(arrays(["a", "b"], np.zeros((2, 1))))[0]
    assert "unit shape ()" in said(arrays(None, [1]))[0]


def test_arrays_of_other_things_than_numbers() -> None:
    (problem,) = said(arrays(["a", "b"], ["1", "2"]))
    assert problem.startswith("column x: no numbers but '1', '2'; a construct is a column of numbers")
    assert said(arrays([1, 2], [1, object])) != []
    mixed: Any = [Decimal("1.5"), None, True]
    assert UnitTable.from_arrays([1, 2, 3], {"x": mixed}).column("x")[0] == 1.5
    assert said(arrays([["a"], ["b"]], [1, 2]))[0].startswith("rows: lengths unit shape (2, 1)")
    assert said(arrays([{"a"}], [1])) == [
        "column unit: a set, {'a'}; groups are named by text, numbers, truth values or dates."
    ]


def test_columns_that_hold_lists_are_refused() -> None:
    frame = build({"u": [1, 2], "x": [[1], [2]]}, "polars")
    (problem,) = said(lambda: UnitTable.from_frame(frame, unit="u", columns=["x"]))
    assert problem.startswith("column x: no numbers but [1], [2];")
    assert said(lambda: UnitTable.from_frame(frame, unit="x"))[0].startswith("column x: List(Int64) values; groups")


def test_unknown_constructs_and_clusters() -> None:
    units = branches()
    assert said(lambda: units.column("profits")) == [
        "columns: no 'profits'; a construct of these units is wanted here. Hint: did you mean profit?"
    ]
    assert said(lambda: units.column("region")) == [
        "column region: it holds labels of clusters; a construct is wanted here. Hint: known are loyalty, profit"
    ]
    assert said(lambda: units.codes("profit"))[0].startswith(
        "column profit: it is a construct; a column of clusters is wanted"
    )
    assert said(lambda: units.labels("regions")) == [
        "columns: no 'regions'; a column of clusters of these units is wanted here. Hint: did you mean region?"
    ]


def test_lags_that_cannot_be() -> None:
    units = branches()
    assert said(lambda: units.lagged("profits", 4)) == [
        "columns: no 'profits'; a construct of these units is wanted here. Hint: did you mean profit?",
        "lag 4: the panel has 3 steps, from 2019 to 2022; a lag is at most as long as the panel.",
    ]
    for lag in (-1, 1.0, True, "1"):
        assert said(lambda lag=lag: units.lagged("profit", lag)) == [  # type: ignore[misc]
            f"lag {lag!r}: not a number of steps back; a lag is a whole number of zero or more."
        ]
    assert said(lambda: UnitTable.from_arrays([1], {"x": [1]}).lagged("x")) == [
        (
            "lag 1: the units have no periods; a lag goes back over periods. Hint: name the column of periods with "
            "period= when the units are read"
        )
    ]
    assert UnitTable.from_arrays([1], {"x": [1]}).lagged("x", 0).tolist() == [1]
    np.testing.assert_array_equal(units.lagged("profit", np.int64(3)), units.lagged("profit", 3))  # type: ignore[arg-type]


def test_where_names_what_is_not_there() -> None:
    units = branches()
    assert said(lambda: units.where(units=["nroth", "north"], periods=[2023])) == [
        "units: no 'nroth'; the table has no such label. Hint: did you mean north or south?",
        "periods: no 2023; the table has no such label. Hint: did you mean 2022 or 2021 or 2020?",
    ]
    assert said(units.where) == ["where: nothing; it takes units, periods or both. Hint: where(units=[…])"]
    assert said(lambda: units.where(units="south", periods=2019)) == [
        "where: no row; some unit has a row in some of these periods."
    ]


def test_with_columns_wants_a_number_for_each_row() -> None:
    units = branches()
    assert said(lambda: units.with_columns({"a": [1.0], "b": ["x"] * 9})) == [
        "column a: shape (1,); there is one value a row, shape (9,).",
        (
            "column b: no numbers but 'x'; a construct is a column of numbers. Hint: pass it as clusters=, or code "
            "it as numbers"
        ),
    ]
    assert said(lambda: units.with_columns({"region": np.zeros(9)})) == [
        (
            "column region: named 2 times, for clusters and constructs; each column serves once. Hint: leave it out "
            "of all but one"
        )
    ]
    assert said(lambda: units.with_columns({"a": [np.inf] * 9})) == [
        (
            "column a: 9 infinite values, first in east in 2019, east in 2020, east in 2022, …; a value is finite, "
            "or missing (NaN). Hint: correct the values, or make them missing"
        )
    ]
