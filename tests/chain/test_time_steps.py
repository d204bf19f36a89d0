"""Periods in time: their order and the steps between them."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._frames import GroupLabel
from servqual.chain.time_steps import order_problem, rows_before, steps_of
from servqual.chain.units import UnitTable


@pytest.mark.parametrize(
    ("labels", "steps"),
    [
        ((2012, 2014, 2018), [0, 1, 3]),
        ((2012, 2013, 2015), [0, 1, 3]),
        ((5,), [0]),
        ((), []),
        ((-4, -1, 5), [0, 1, 3]),
        ((2024.0, 2024.25, 2025.5), [0, 1, 2]),
        (("2024Q1", "2024Q3"), [0, 1]),
        ((0, 10**30), [0, 1]),
    ],
)
def test_steps(labels: tuple[GroupLabel, ...], steps: list[int]) -> None:
    assert steps_of(labels).tolist() == steps


@pytest.mark.parametrize(
    "labels",
    [
        ("2024-Q1", "2024-Q2", "2025-Q1"),
        ("2024-01-31", "2024-02-01"),
        ("2024-01-31T08:00:00", "2024-02-01T08:00:00.500000"),
        ("2023", "2024"),
        ("wave 01", "wave 12"),
        ("FY23Q4", "FY24Q1"),
        ("2024年1季度", "2024年2季度"),
        ("before",),
        (1, 2.5),
        (202401, 202402),
        (202412, 202513),
        (),
    ],
)
def test_periods_that_have_an_order(labels: tuple[GroupLabel, ...]) -> None:
    assert order_problem("column year", labels) is None


@pytest.mark.parametrize(
    "labels",
    [
        ("after", "before"),
        ("W1", "W10", "W2"),
        ("Q1 2024", "Q2 2023"),
        ("01/02/2024", "02/01/2024"),
        ("01-02-24", "02-01-24"),
        ("2024-Q1", "2024Q2"),
    ],
)
def test_texts_that_have_none(labels: tuple[GroupLabel, ...]) -> None:
    assert str(order_problem("column year", labels)) == (
        f"column year: texts such as {labels[0]!r} and {labels[-1]!r}; periods have an order in time: numbers, ISO "
        "dates, or texts such as 2024Q1, 2024-01, wave 01. Hint: number the periods 1, 2, 3, …, or write the year "
        "first and all of one width"
    )


def test_numbers_and_texts_have_no_common_order() -> None:
    assert str(order_problem("column year", (2023, 2025, "2024"))) == (
        "column year: numbers and texts, such as 2023 and '2024'; periods have an order in time: numbers, ISO dates, "
        "or texts such as 2024Q1, 2024-01, wave 01. Hint: write all of them the same way: all as numbers or all as "
        "text"
    )


def test_months_written_as_numbers_would_stretch_over_new_year() -> None:
    assert str(order_problem("column month", (202311, 202312, 202401))) == (
        "column month: 202312 and 202401, 89 apart; whole-number periods keep their distances. Hint: write months as "
        "text, such as '2024-01', or number them 1, 2, 3, …"
    )


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), min_size=1, unique=True), st.integers(0, 35))
def test_the_row_before_is_of_the_same_unit_and_so_many_steps_earlier(keys: list[tuple[int, int]], lag: int) -> None:
    keys.sort()
    unit, period = np.array(keys).T
    found = rows_before(unit, period, np.unique(period), lag)
    expected = [keys.index((u, p - lag)) if (u, p - lag) in keys else -1 for u, p in keys]
    assert found.tolist() == expected


def test_quarters_count_as_ranks() -> None:
    units = UnitTable.from_arrays(["a"] * 3, {"x": [1.0, 2.0, 3.0]}, period=["2024Q3", "2023Q4", "2024Q1"])
    assert units.period_names == ("2023Q4", "2024Q1", "2024Q3")
    assert units.column("x").tolist() == [2, 3, 1]
    np.testing.assert_array_equal(units.lagged("x"), [np.nan, 2, 3])


def test_dates_become_iso_text() -> None:
    days = np.array(["2024-03-31", "2023-12-31"], dtype="datetime64[ns]")
    assert UnitTable.from_arrays([1, 1], {"x": [1, 2]}, period=days).period_names == ("2023-12-31", "2024-03-31")
