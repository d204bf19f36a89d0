"""Tables of units for tests: small ones to read, and random ones with gaps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from servqual._arrays import Floats
from servqual.chain.units import UnitTable
from servqual.errors import UnitError

Rows = list[tuple[Any, Any, float]]


def branches() -> UnitTable:
    """Three branches over four years, rows not in order; east lacks 2021, south 2019 and 2020."""
    return UnitTable.from_arrays(
        ["south", "north", "north", "east", "north", "east", "south", "north", "east"],
        {
            "loyalty": [3.0, 4.0, 4.1, 3.5, 4.2, 3.6, 3.1, 4.3, np.nan],
            "profit": [30.0, 40.0, 41.0, 35.0, 42.0, 36.0, 31.0, np.nan, 38.0],
        },
        period=[2021, 2019, 2020, 2019, 2021, 2020, 2022, 2022, 2022],
        clusters={"region": ["s", "n", "n", "e", "n", "e", "s", "n", None]},
        scales={"loyalty": (1, 5)},
        respondents={"loyalty": "customers"},
        unit_column="branch",
        period_column="year",
    )


@st.composite
def rows(draw: st.DrawFn, names: st.SearchStrategy[Any] | None = None) -> Rows:
    """Rows of (unit, period, value) in any order, each pair once; some values are missing."""
    units = st.sampled_from(["a", "b", "c", "d"]) if names is None else names
    keys = draw(st.lists(st.tuples(units, st.integers(2010, 2020)), min_size=1, max_size=20, unique=True))
    numbers = st.one_of(st.floats(-100, 100), st.just(np.nan))
    return [(unit, period, draw(numbers)) for unit, period in keys]


def table_of(given: Rows, name: str = "x") -> UnitTable:
    """The table of such rows."""
    unit, period, values = zip(*given, strict=True)
    return UnitTable.from_arrays(unit, {name: values}, period=period)


def cells(units: UnitTable, values: Floats) -> dict[tuple[Any, Any], float]:
    """Values by the labels of unit and period, without those that are missing."""
    time = dict(zip(units.period_steps.tolist(), units.period_names, strict=True)) or {0: None}
    keys = [(units.unit_names[u], time[p]) for u, p in zip(units.unit.tolist(), units.period.tolist(), strict=True)]
    return {key: value for key, value in zip(keys, values.tolist(), strict=True) if value == value}  # noqa: PLR0124 - NaN


def said(call: Callable[[], object]) -> list[str]:
    """What the error says, problem by problem."""
    with pytest.raises(UnitError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]
