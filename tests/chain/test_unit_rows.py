"""Positions and arrays that are no rows of units."""

from typing import Any

import pytest

from servqual.chain.unit_rows import ClusterColumn, UnitRows
from tests.chain.unit_data import said


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"unit": [[0]]}, "unit: shape (1, 1); there is one position a row, shape (rows,)."),
        ({"unit": []}, "rows: none; units have at least one row."),
        (
            {"values": [[1.0, 2.0], [1.0, 2.0]]},
            "values: shape (2, 2); there is one number a row and construct, shape (2, 1).",
        ),
        ({"unit": [0, 2]}, "unit: 1 positions outside 0..1, first 2 in row 1; each is the position of a label."),
        ({"unit": [0, 0]}, "unit_names: units without a row; each unit has at least one row."),
        (
            {"unit": [1, 0]},
            (
                "rows: row 1 does not come after row 0; rows are sorted by unit and period, and each unit has one "
                "row a period. Hint: use from_arrays, which sorts them"
            ),
        ),
        ({"period": [0]}, "period: shape (1,); there is one position a row, shape (2,)."),
        ({"period": [0, 1]}, "period: positions in time; without periods all rows are at 0."),
        (
            {"period_column": "year"},
            "period_column: 0 periods in column 'year'; periods have a column, and a column of periods has some.",
        ),
        (
            {"period_names": [1, 2], "period_steps": [0]},
            "period_steps: 1 positions in time; there is one for each of 2 periods.",
        ),
        ({"period_names": [1, 2], "period_steps": [1, 0]}, "period_steps: 1, 0; positions in time ascend."),
        (
            {"period_names": [1, 2], "period": [0, 2]},
            "period: positions in time that no period has; each is one of period_steps.",
        ),
        (
            {"clusters": [ClusterColumn("c", [-2, 0], ["x"])]},
            "clusters c: 1 positions outside -1..0, first -2 in row 0; each is the position of a label.",
        ),
        (
            {"clusters": [ClusterColumn("c", [0], ["x"])]},
            "clusters c: shape (1,); there is one position a row, shape (2,).",
        ),
    ],
)
def test_rows_that_do_not_fit_together(more: dict[str, Any], message: str) -> None:
    fields: dict[str, Any] = {"unit_names": ["a", "b"], "unit": [0, 1], "names": ["x"], "values": [[1.0], [2.0]]} | more
    assert message in said(lambda: UnitRows(**fields))
