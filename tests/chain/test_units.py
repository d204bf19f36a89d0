"""Units over periods: what a table of them holds and hands out."""

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from servqual import _frames
from servqual.chain.aggregating import aggregate
from servqual.chain.units import UnitTable
from servqual.errors import UnitError
from tests.chain.unit_data import Rows, branches, cells, rows, table_of


@pytest.fixture(params=["pandas", "polars", "pyarrow"])
def backend(request: pytest.FixtureRequest) -> Any:
    """Each data-frame library in turn."""
    return request.param


def test_rows_are_sorted_by_unit_and_period() -> None:
    units = branches()
    assert units.unit_names == ("east", "north", "south")
    assert units.period_names == (2019, 2020, 2021, 2022)
    assert units.unit.tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert units.period.tolist() == [0, 1, 3, 0, 1, 2, 3, 2, 3]
    np.testing.assert_array_equal(units.column("profit"), [35, 36, 38, 40, 41, 42, np.nan, 30, 31])
    assert (units.n_units, units.n_periods, len(units)) == (3, 4, 9)


def test_arrays_cannot_be_written_to_and_are_not_those_given() -> None:
    mine = np.array([1.0, 2.0])
    units = UnitTable.from_arrays([1, 2], {"x": mine})
    mine[0] = 9
    assert units.column("x").tolist() == [1, 2]
    for each in (
        units.values,
        units.unit,
        units.period,
        units.period_steps,
        units.column("x"),
        branches().lagged("x"[:0] or "profit"),
    ):
        assert not each.flags.writeable


def _pickled(units: UnitTable) -> Any:
    return pickle.loads(pickle.dumps(units))  # noqa: S301 - bytes made one call earlier


@pytest.mark.parametrize("clone", [_pickled, copy.deepcopy])
def test_copies_are_the_same_and_read_only(clone: Any) -> None:
    units = UnitTable.join(people=branches(), money=UnitTable.from_arrays(["north"], {"rent": [5.0]}))
    again = clone(units)
    np.testing.assert_array_equal(again.values, units.values)
    assert not again.values.flags.writeable
    assert not again.clusters[0].codes.flags.writeable
    assert str(again.joined.to_table()) == str(units.joined and units.joined.to_table())


def test_what_it_says_of_itself() -> None:
    assert repr(branches()) == "<UnitTable: 3 units in 4 periods, 9 rows; loyalty, profit>"
    assert repr(UnitTable.from_arrays(["a"], {"x": [1]})) == "<UnitTable: 1 unit; x>"
    many = UnitTable.from_arrays(["a"], {f"x{n}": [n] for n in range(9)})
    assert repr(many) == "<UnitTable: 1 unit; x0, x1, x2, x3, x4, x5, …>"


def test_summary_by_construct() -> None:
    table = branches().to_table()
    loyalty = pd.Series([3.0, 4.0, 4.1, 3.5, 4.2, 3.6, 3.1, 4.3])
    assert table["construct"] == ("loyalty", "profit")
    assert table["n"] == (8, 8)
    assert table["units"] == (3, 3)
    assert table["mean"][0] == pytest.approx(loyalty.mean(), rel=1e-15)
    assert table["sd"][0] == pytest.approx(loyalty.std(), rel=1e-14)
    assert (table["minimum"][0], table["maximum"][0]) == (3.0, 4.3)
    assert table["missing"] == pytest.approx((1 / 9, 1 / 9))
    assert table.title == "Units: 3 units in 4 periods, 9 rows"
    assert table.notes == (
        "Periods from 2019 to 2022, steps: 3; pairs of unit and period without a row: 3.",
        "Clusters by region: 3; rows without one: 1.",
    )


def test_summary_in_chinese_and_as_html() -> None:
    table = branches().to_table("zh")
    assert table.title == "分析单位：3 个单位、4 个时期，共 9 行"
    assert table.notes[1] == "按 region 聚类：3 类；缺失行数：1。"
    assert "<table>" in branches()._repr_html_()


def test_a_construct_without_values_has_no_moments() -> None:
    table = UnitTable.from_arrays(["a", "b"], {"x": [np.nan, np.nan], "y": [1.0, np.nan]}).to_table()
    assert table["mean"] == (None, 1.0)
    assert table["sd"] == (None, None)
    assert table["missing"] == (1.0, 0.5)
    assert table.title == "Units: 2 units"


def test_all_numeric_columns_are_taken_and_others_named() -> None:
    frame = pd.DataFrame({"branch": ["a", "b"], "size": [1, 2], "open": [True, False], "town": ["x", "y"]})
    units = UnitTable.from_frame(frame, unit="branch")
    assert units.names == ("size", "open")
    assert units.left_out == ("town",)
    assert units.to_table().notes == ("Columns without numbers, not taken: town.",)


def test_columns_may_be_one_name_and_come_in_the_order_asked_for() -> None:
    frame = pd.DataFrame({"branch": ["a"], "x": [1.0], "y": [2.0], "z": [3.0], "town": ["t"]})
    assert UnitTable.from_frame(frame, unit="branch", columns="y").names == ("y",)
    units = UnitTable.from_frame(frame, unit="branch", columns=["z", "x"], clusters="town")
    assert units.names == ("z", "x")
    assert units.cluster_names == ("town",)


def test_clusters_are_codes_with_missing_ones() -> None:
    units = branches()
    assert units.codes("region").tolist() == [0, 0, -1, 1, 1, 1, 1, 2, 2]
    assert units.labels("region") == ("e", "n", "s")
    assert units.codes("branch") is units.codes("unit") is units.unit
    assert units.codes("year") is units.codes("period") is units.period
    assert units.labels("unit") == units.unit_names
    assert units.labels("year") == units.period_names


def test_where_keeps_steps_in_time() -> None:
    units = branches().where(units=["north", "east"], periods=[2019, 2021, 2022])
    assert units.unit_names == ("east", "north")
    assert units.period_names == (2019, 2021, 2022)
    assert units.period_steps.tolist() == [0, 2, 3]
    np.testing.assert_array_equal(units.lagged("profit", 2), [np.nan, np.nan, np.nan, 40.0, np.nan])
    assert units.where(units="north").unit_names == ("north",)
    assert units.where(periods=2019).n_periods == 1


def test_with_columns_adds_and_replaces() -> None:
    units = branches()
    more = units.with_columns({"profit": units.column("profit") * 2, "rent": range(9)}, scales={"rent": (0, 8)})
    assert more.names == ("loyalty", "profit", "rent")
    np.testing.assert_array_equal(more.column("profit"), 2 * units.column("profit"))
    assert more.scales == (("loyalty", (1, 5)), ("rent", (0, 8)))
    plain = units.with_columns({"loyalty": np.full(9, 70.0)})
    assert plain.scales == ()
    assert plain.respondents == ()


@given(rows(), st.randoms())
def test_order_of_rows_changes_nothing(given_rows: Rows, random: Any) -> None:
    shuffled = random.sample(given_rows, len(given_rows))
    one, two = table_of(given_rows), table_of(shuffled)
    assert (one.unit_names, one.period_names) == (two.unit_names, two.period_names)
    for name in ("unit", "period", "values"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


@given(rows(), st.permutations(["a", "b", "c", "d"]), st.integers(0, 5))
def test_relabelled_units_keep_their_values_and_lags(given_rows: Rows, names: list[str], lag: int) -> None:
    new = dict(zip("abcd", names, strict=True))
    one = table_of(given_rows)
    two = table_of([(new[unit], period, value) for unit, period, value in given_rows])
    lag = min(lag, int(one.period_steps[-1]))
    for left, right in ((one.column("x"), two.column("x")), (one.lagged("x", lag), two.lagged("x", lag))):
        renamed = {(new[unit], period): value for (unit, period), value in cells(one, left).items()}
        assert renamed == cells(two, right)


@given(rows(), st.integers(0, 10))
def test_lags_never_cross_units(given_rows: Rows, lag: int) -> None:
    units = table_of(given_rows)
    lag = min(lag, int(units.period_steps[-1]))
    years = sorted({period for _, period, _ in given_rows})
    step = int(np.gcd.reduce(np.diff(years))) if len(years) > 1 else 1
    expected = {}
    for unit, period, _ in given_rows:
        for other, earlier, value in given_rows:
            if other == unit and earlier == period - lag * step and not np.isnan(value):
                expected[unit, period] = value
    assert cells(units, units.lagged("x", lag)) == expected


@given(rows())
def test_frames_come_back_as_they_went_out(given_rows: Rows) -> None:
    units = table_of(given_rows).with_columns({"y": np.arange(len(given_rows))})
    for backend in _frames.BACKENDS:
        again = UnitTable.from_frame(units.to_frame(backend), unit="unit", period="period")
        assert (again.unit_names, again.period_names, again.names) == (
            units.unit_names,
            units.period_names,
            units.names,
        )
        assert again.backend == backend
        for name in ("unit", "period", "period_steps", "values"):
            np.testing.assert_array_equal(getattr(again, name), getattr(units, name))


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_frame_of_each_library_goes_round(backend: str) -> None:
    units = branches()
    frame = units.to_frame(backend)
    assert _frames.backend_of(frame) == backend
    again = UnitTable.from_frame(frame, unit="branch", period="year", clusters=["region"], scales={"loyalty": (1, 5)})
    assert again.names == units.names
    assert again.labels("region") == units.labels("region")
    assert again.codes("region").tolist() == units.codes("region").tolist()
    assert _frames.backend_of(again.to_frame()) == backend
    np.testing.assert_array_equal(again.values, units.values)


def test_what_is_missing_in_a_frame_is_nan(backend: str) -> None:
    frame = _frames.build({"unit": ["b", "a", "c"], "whole": [1, None, 3], "none": [None, None, None]}, backend)
    units = UnitTable.from_frame(frame, unit="unit", columns=["whole", "none"])
    np.testing.assert_array_equal(units.column("whole"), [np.nan, 1, 3])
    assert np.isnan(units.column("none")).all()


@pytest.mark.parametrize(
    ("frequency", "periods", "steps"),
    [("Q", ("2023Q4", "2024Q1", "2024Q3"), [0, 1, 3]), ("M", ("2023-12", "2024-01", "2024-03"), [0, 1, 3])],
)
def test_periods_of_pandas_are_read_as_they_are_shown(
    frequency: str, periods: tuple[str, ...], steps: list[int]
) -> None:
    when: list[Any] = [pd.Period(each, frequency) for each in periods]
    frame = pd.DataFrame({"branch": list("aaabbb"), "when": [*when, *when], "x": np.arange(6.0)})
    people = pd.concat([frame, frame])
    tables = [
        UnitTable.from_frame(frame, unit="branch", period="when"),
        UnitTable.from_frame(frame.assign(when=pd.PeriodIndex(frame["when"])), unit="branch", period="when"),
        UnitTable.from_arrays(list("aaabbb"), {"x": np.arange(6.0)}, period=[*when, *when]),
        aggregate(people, by="branch", period="when", constructs=["x"]).units,
    ]
    for units in tables:
        assert units.period_names == periods
        assert units.period_steps.tolist() == steps
        assert units.column("x").tolist() == list(range(6))
    with pytest.raises(UnitError, match="column period: no label in 1 row, first in row 1; each row has a unit"):
        UnitTable.from_arrays(list("ab"), {"x": [1.0, 2.0]}, period=[when[0], pd.NaT])
