"""The one presentable value."""

import json
import math
from typing import Any

import pytest

from servqual.errors import TableError
from servqual.tables import Table

NOTES: list[Any] = ["gaps < 0 are shortfalls"]


@pytest.fixture
def gaps() -> Table:
    columns: dict[str, list[Any]] = {"dimension": ["empathy", "speed"], "n": [12, 7], "mean": [-0.5, math.nan]}
    return Table(columns, title="Gaps", notes=NOTES)


def test_texts_stand_left_and_numbers_right(gaps: Table) -> None:
    assert str(gaps).splitlines() == [
        "Gaps",
        "dimension   n    mean",
        "empathy    12  -0.500",
        "speed       7       –",
        "gaps < 0 are shortfalls",
    ]


def test_chinese_takes_two_columns_a_character() -> None:
    table = Table({"dimension": ["移情性", "speed"], "mean": [1.0, 12.0]})
    assert str(table).splitlines() == [
        "dimension    mean",
        "移情性      1.000",
        "speed      12.000",
    ]


def test_no_line_ends_in_space() -> None:
    table = Table({"a": ["long text", "x"], "b": ["x", "long text"]}, title="t")
    assert all(line == line.rstrip() for line in str(table).splitlines())


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (-0.0001, 3, "0.000"),
        (-0.0, 3, "0.000"),
        (-0.0006, 3, "-0.001"),
        (0.12345, 1, "0.1"),
        (2.0, 0, "2"),
        (-0.4, 0, "0"),
        (math.nan, 3, "–"),
        (None, 3, "–"),
        (math.inf, 3, "inf"),
        (3, 3, "3"),
        (True, 3, "True"),
        ("–", 3, "–"),
    ],
)
def test_how_values_are_shown(value: float | str | None, digits: int, shown: str) -> None:
    table = Table({"x": [value]}, digits=digits)
    assert str(table).splitlines()[1].strip() == shown


def test_values_are_never_rounded() -> None:
    assert Table({"x": [1 / 3]}, digits=1)["x"] == (1 / 3,)


def test_html_is_escaped() -> None:
    table = Table({"<b>": ["a & b"], "n": [1]}, title="<i>", notes=NOTES)
    assert table._repr_html_() == (
        '<div style="overflow-x: auto">'
        "<table><caption>&lt;i&gt;</caption><thead><tr><th>&lt;b&gt;</th><th>n</th></tr></thead>"
        "<tbody><tr><td>a &amp; b</td><td>1</td></tr></tbody></table></div>"
        "<p><small>gaps &lt; 0 are shortfalls</small></p>"
    )


def test_html_of_a_table_without_title() -> None:
    assert Table({"n": [1]})._repr_html_().startswith('<div style="overflow-x: auto"><table><thead>')


def test_markdown(gaps: Table) -> None:
    assert gaps.to_markdown().split("\n") == [
        "**Gaps**",
        "",
        "| dimension | n | mean |",
        "| --- | --- | --- |",
        "| empathy | 12 | -0.500 |",
        "| speed | 7 | – |",
        "",
        "gaps < 0 are shortfalls",
    ]


def test_markdown_escapes_bars() -> None:
    assert Table({"x": ["a|b"]}).to_markdown().endswith("| a\\|b |")


def test_a_dictionary_is_safe_for_json() -> None:
    table = Table({"x": [1.5, math.nan, math.inf, None], "y": ["a", "b", "c", "某"]}, title="t", notes=NOTES)
    record = table.to_dict()
    assert record == {
        "title": "t",
        "columns": {"x": [1.5, None, None, None], "y": ["a", "b", "c", "某"]},
        "notes": NOTES,
    }
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_sorting_leaves_what_is_missing_last() -> None:
    table = Table({"x": [2.0, math.nan, 1.0, None, 3.0], "row": [0, 1, 2, 3, 4]})
    assert table.sorted_by("x")["row"] == (2, 0, 4, 1, 3)
    assert table.sorted_by("x", descending=True)["row"] == (4, 0, 2, 1, 3)


def test_sorting_keeps_the_order_of_ties_and_everything_else() -> None:
    table = Table({"x": [1, 0, 1], "row": [0, 1, 2]}, title="t", notes=NOTES, digits=1, backend="polars")
    turned = table.sorted_by("x")
    assert turned["row"] == (1, 0, 2)
    assert (turned.title, turned.notes, turned.digits, turned.backend) == ("t", tuple(NOTES), 1, "polars")


def test_rows_in_another_order(gaps: Table) -> None:
    assert gaps.rows([1, 0, 1])["dimension"] == ("speed", "empathy", "speed")
    assert len(gaps.rows([])) == 0


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(TableError, match=r"columns: \{'a': 1, 'b': 2\}; all columns of a table have the same length"):
        Table({"a": [1], "b": [1, 2]})


def test_an_unknown_column_is_answered_with_the_nearest(gaps: Table) -> None:
    with pytest.raises(TableError, match=r"no 'maen'; the table has no such column\. Hint: did you mean mean"):
        gaps["maen"]
    with pytest.raises(TableError, match="known are dimension, n, mean"):
        gaps.sorted_by("xyz")


def test_a_position_is_no_column_and_columns_are_listed(gaps: Table) -> None:
    with pytest.raises(TableError, match=r"no 0; the table has no such column\. Hint: known are dimension, n, mean"):
        gaps[0]  # type: ignore[index]


def test_length_and_repr(gaps: Table) -> None:
    assert len(gaps) == 2
    assert repr(gaps) == "<Table 'Gaps': 2 rows × 3 columns>"


def test_a_table_without_rows() -> None:
    table = Table({"a": [], "b": []})
    assert len(table) == 0
    assert str(table) == "a  b"
    assert table.to_dict()["columns"] == {"a": [], "b": []}


def test_a_small_probability_is_not_shown_as_nothing() -> None:
    table = Table({"p": [0.0004, 0.25], "p_holm": [1e-12, 1.0], "mean": [0.0004, 0.25]})
    assert [line.split() for line in str(table).splitlines()[1:]] == [
        ["<0.001", "<0.001", "0.000"],
        ["0.250", "1.000", "0.250"],
    ]


def test_a_table_is_asked_whether_it_has_a_column() -> None:
    table = Table({"mean": [1.0]})
    assert "mean" in table
    assert "sd" not in table
