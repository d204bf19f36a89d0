"""Periods in time: their order and the steps between them."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._frames import GroupLabel
from servqual.chain.units import UnitTable
from servqual.statistics.time_steps import order_problem, rows_before, steps_of


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
        (("2023Q4", "2024Q1", "2024Q3"), [0, 1, 3]),
        (("2023-Q4", "2024-Q1", "2024-Q3"), [0, 1, 3]),
        (("2023 q4", "2024 q1", "2024 q3"), [0, 1, 3]),
        (("2023年4季度", "2024年1季度", "2024年3季度"), [0, 1, 3]),
        (("2023年第4季", "2024年第1季", "2024年第3季"), [0, 1, 3]),
        (("2023H2", "2024H1", "2025H1"), [0, 1, 3]),
        (("2023-11", "2023-12", "2024-02"), [0, 1, 3]),
        (("2023M11", "2023M12", "2024M02"), [0, 1, 3]),
        (("2023年11月", "2023年12月", "2024年02月"), [0, 1, 3]),
        (("2023-03", "2023-06", "2023-12", "2024-03"), [0, 1, 3, 4]),
        (("2012", "2014", "2018"), [0, 1, 3]),
        (("2023-01-01", "2023-02-01", "2023-04-01"), [0, 1, 3]),
        (("2023-01-31", "2023-02-28", "2023-04-30"), [0, 1, 3]),
        (("2023-03-31", "2023-06-30", "2023-12-29", "2024-03-28"), [0, 1, 3, 4]),
        (("2024-02-28", "2024-02-29", "2024-03-02"), [0, 1, 3]),
        (("2024-02-26", "2024-03-04", "2024-03-18"), [0, 1, 3]),
        (("2024-02-01", "2024-02-31", "2024-03-02"), [0, 1, 2]),
        (("2023-00", "2023-13", "2024-20"), [0, 1, 2]),
        (("2023Q0", "2023Q1", "2024Q9"), [0, 1, 2]),
        (("wave 01", "wave 02", "wave 04"), [0, 1, 2]),
        (("2024-01-31T08:00", "2024-02-01T08:00", "2024-02-03T08:00"), [0, 1, 2]),
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
        (20241, 20244),
        (20240101, 20240131),
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


@pytest.mark.parametrize(
    ("labels", "found", "remedy"),
    [
        ((202311, 202312, 202401), "202312 and 202401, 89 apart", "months as text, such as '2024-01'"),
        ((20234, 20241), "20234 and 20241, 7 apart", "quarters as text, such as '2024Q1'"),
        ((20240130, 20240131, 20240201), "20240131 and 20240201, 70 apart", "days as text, such as '2024-02-01'"),
    ],
)
def test_dates_written_as_numbers_would_stretch(labels: tuple[int, ...], found: str, remedy: str) -> None:
    assert str(order_problem("column month", labels)) == (
        f"column month: {found}; whole-number periods keep their distances. Hint: write {remedy}, or number them "
        "1, 2, 3, …"
    )


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), min_size=1, unique=True), st.integers(0, 35))
def test_the_row_before_is_of_the_same_unit_and_so_many_steps_earlier(keys: list[tuple[int, int]], lag: int) -> None:
    keys.sort()
    unit, period = np.array(keys).T
    found = rows_before(unit, period, np.unique(period), lag)
    expected = [keys.index((u, p - lag)) if (u, p - lag) in keys else -1 for u, p in keys]
    assert found.tolist() == expected


@given(st.lists(st.integers(4 * 1999, 4 * 2040), min_size=2, max_size=12, unique=True))
def test_quarters_are_what_their_whole_numbers_are(quarters: list[int]) -> None:
    quarters.sort()
    texts = [f"{each // 4}Q{each % 4 + 1}" for each in quarters]
    firsts = [f"{each // 4}-{each % 4 * 3 + 1:02d}-01" for each in quarters]
    assert steps_of(texts).tolist() == steps_of(firsts).tolist() == steps_of(quarters).tolist()


def test_a_quarter_that_no_unit_has_is_a_step() -> None:
    units = UnitTable.from_arrays(["a"] * 3, {"x": [1.0, 2.0, 3.0]}, period=["2024Q3", "2023Q4", "2024Q1"])
    assert units.period_names == ("2023Q4", "2024Q1", "2024Q3")
    assert units.period_steps.tolist() == [0, 1, 3]
    assert units.column("x").tolist() == [2, 3, 1]
    np.testing.assert_array_equal(units.lagged("x"), [np.nan, 2, np.nan])
    np.testing.assert_array_equal(units.lagged("x", 2), [np.nan, np.nan, 3])


def test_a_join_counts_the_quarters_of_all_tables() -> None:
    wide = UnitTable.from_arrays(["a"] * 2, {"x": [1.0, 2.0]}, period=["2023Q2", "2024Q2"])
    assert wide.period_steps.tolist() == [0, 1]
    narrow = UnitTable.from_arrays(["a"] * 2, {"y": [1.0, 2.0]}, period=["2024Q1", "2024Q2"])
    assert wide.join(narrow).period_steps.tolist() == [0, 3, 4]


def test_dates_become_iso_text() -> None:
    days = np.array(["2024-03-31", "2023-12-31"], dtype="datetime64[ns]")
    assert UnitTable.from_arrays([1, 1], {"x": [1, 2]}, period=days).period_names == ("2023-12-31", "2024-03-31")
