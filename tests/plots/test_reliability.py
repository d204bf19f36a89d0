"""Alphas as dots with intervals, item–total correlations as bars: of a plain table."""

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from servqual.errors import TableError
from servqual.plots import PlotError, item_total, reliability
from servqual.tables import Table
from tests.plots.drawn import across, bars, column, headings, interval_lines, legend, marked, rows, tick_labels, written
from tests.plots.samples import ALPHA, ITEMS

LEVELS = Table(
    {
        "dimension": ["a", "a", "a", "b", "b"],
        "level": ["perception", "expectation", "gap", "perception", "own"],
        "alpha": [0.9, 0.8, 0.7, 0.6, None],
        "low": [0.85, 0.75, 0.6, 0.4, None],
        "high": [0.95, 0.85, 0.8, 0.8, None],
    }
)


def test_dots_and_intervals_are_the_rows_of_the_table() -> None:
    ax = reliability(ALPHA)
    np.testing.assert_allclose(across(marked(ax)[0]), column(ALPHA, "alpha"))
    ends = np.column_stack([column(ALPHA, "low"), column(ALPHA, "high")])
    drawn = interval_lines(ax)[0]
    np.testing.assert_allclose([pair for pair in drawn if not np.isnan(pair[0])], ends[[0, 1, 3, 4]])
    assert tick_labels(ax) == list(ALPHA["dimension"])
    assert ax.get_title(loc="left") == "Service quality: reliability"
    assert ax.get_xlabel() == "alpha, with its interval"
    assert ax.get_xlim()[0] <= 0.58
    assert ax.get_xlim()[1] == 1


def test_an_alpha_that_does_not_exist_says_so() -> None:
    assert written(reliability(ALPHA)) == ["not applicable"]


@pytest.mark.parametrize(("reference", "lines"), [(0.7, [0.7]), (0.8, [0.8]), (None, [])])
def test_the_reference_is_a_dashed_line(reference: float | None, lines: list[float]) -> None:
    ax = reliability(ALPHA, reference=reference)
    assert [across(line)[0] for line in ax.lines if line.get_linestyle() == "--"] == lines


def test_levels_have_a_dot_each_and_their_names() -> None:
    ax = reliability(LEVELS, by="level")
    dots = [across(line) for line in marked(ax)][:3]
    np.testing.assert_array_equal(dots, [[0.9, 0.6], [0.8, np.nan], [0.7, np.nan]])
    assert legend(ax) == ["perceived", "expected", "gap", "own"]
    assert written(ax) == ["not applicable"]


def test_labels_name_the_rows_where_there_are_any() -> None:
    keys = Table({"dimension": ["room_and_air"], "alpha": [0.8], "low": [0.7], "high": [0.9]})
    assert tick_labels(reliability(keys)) == ["room and air"]
    named = Table({"dimension": ["r"], "label": ["Room"], "alpha": [0.8], "low": [0.7], "high": [0.9]})
    assert tick_labels(reliability(named)) == ["Room"]


def test_tables_that_are_no_dots_are_refused() -> None:
    with pytest.raises(TableError, match="no 'alpha'"):
        reliability(Table({"dimension": ["a"], "low": [0.1], "high": [0.2]}))
    with pytest.raises(TableError, match="did you mean level"):
        reliability(LEVELS, by="levels")
    with pytest.raises(PlotError, match=r"two rows of one dimension; .*by="):
        reliability(LEVELS)
    with pytest.raises(PlotError, match="no rows"):
        reliability(Table({"dimension": [], "alpha": [], "low": [], "high": []}))


def test_a_reading_of_reliability_is_drawn_as_it_is() -> None:
    columns: dict[str, Any] = {
        "dimension": ["a"],
        "n": [9],
        "alpha": [0.8],
        "feldt_low": [0.7],
        "feldt_high": [0.9],
        "omega_low": [0.1],
    }
    table = Table(columns)
    assert interval_lines(reliability(table)) == [[(0.7, 0.9)]]
    other = reliability(table, interval=("omega_low", "feldt_high"))
    assert interval_lines(other) == [[(0.1, 0.9)]]
    items = Table({"level": ["perception", "gap"], "item": ["x", "x"], "item_total": [0.4, 0.2], "own": [0.5, 0.6]})
    ax = item_total(items, by="level")
    np.testing.assert_allclose(bars(ax), [[0.4], [0.2]])
    assert legend(ax) == ["perceived", "gap"]
    assert [bool(patch.get_hatch()) for patch in ax.patches] == [False, True]
    np.testing.assert_allclose(bars(item_total(items, by="level", value="own")), [[0.5], [0.6]])
    with pytest.raises(PlotError, match=r'two rows of one item; .*by="level"'):
        item_total(items)


def test_bars_are_the_correlations_under_their_dimensions() -> None:
    ax = item_total(ITEMS)
    np.testing.assert_allclose(bars(ax)[0], column(ITEMS, "r_drop"))
    assert rows(ax) == ["wait short", "steps", "clean", "alone"]
    assert headings(ax) == ["speed", "room and air"]
    assert written(ax) == ["not applicable"]
    assert ax.get_xlim() == pytest.approx((-0.15, 1))


def test_weak_items_are_hatched() -> None:
    hatched = [bool(patch.get_hatch()) for patch in item_total(ITEMS).patches]
    assert hatched == [False, True, True, False]
    assert not any(patch.get_hatch() for patch in item_total(ITEMS, reference=None).patches)
    assert len({to_hex(patch.get_edgecolor()) for patch in item_total(ITEMS, reference=0.9).patches}) == 2


def test_a_table_without_dimensions_or_items() -> None:
    assert headings(item_total(Table({"item": ["a", "b"], "r_drop": [0.1, 0.5]}))) == []
    with pytest.raises(TableError, match="no 'item'"):
        item_total(Table({"r_drop": [0.1]}))
    with pytest.raises(PlotError, match="no rows"):
        item_total(Table({"item": [], "r_drop": []}))
