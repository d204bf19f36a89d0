"""Control charts drawn: the numbers of their tables, and what stands out."""

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from servqual.engines.control import control_chart as chart_of
from servqual.plots import PlotError
from servqual.plots.canvas import WARNING
from servqual.plots.control_lines import control_chart
from servqual.tables import Table, TableError
from tests.engines.courses import drawn, summaries
from tests.plots.drawn import across, below, column, marked, read_by_rows, upwards

VALUES = drawn([30, 50, 20, 60, 40, 35, 45], seed=3)
VALUES["w07"] = VALUES["w07"] - 15
CHART = chart_of(summaries(VALUES), baseline=5)
SMOOTH = chart_of(summaries(VALUES), baseline=5, ewma=0.2)


def dashed(ax: Any, style: str = "--") -> list[Any]:
    return [line for line in ax.lines if line.get_linestyle() == style and len(line.get_xdata()) > 2]


def test_means_and_limits_are_those_of_the_table() -> None:
    ax, table = control_chart(CHART), CHART.to_table()
    means, signals = marked(ax)
    np.testing.assert_array_equal(upwards(means), column(table, "mean"))
    high, low = (upwards(line) for line in dashed(ax))
    np.testing.assert_array_equal(high, np.repeat(column(table, "high"), 2))
    np.testing.assert_array_equal(low, np.repeat(column(table, "low"), 2))
    assert across(dashed(ax)[0]).tolist()[:4] == [-0.5, 0.5, 0.5, 1.5]
    assert (across(signals).tolist(), to_hex(str(signals.get_color())).upper()) == ([6.0], WARNING)
    assert below(ax) == list(VALUES)
    assert read_by_rows(ax) == ["mean", "limits", "signal"]
    assert ax.get_title(loc="left") == "line: control chart of overall (PerformanceOnly)"


def test_a_dotted_line_ends_the_baseline() -> None:
    assert [across(line)[0] for line in control_chart(CHART).lines if set(across(line)) == {4.5}] == [4.5]
    whole = chart_of(summaries(VALUES))
    assert not [line for line in control_chart(whole).lines if len(set(across(line))) == 1 and len(across(line)) == 2]
    chosen = chart_of(summaries(VALUES), baseline=["w01", "w03"])
    assert not [line for line in control_chart(chosen).lines if set(across(line)) == {1.5}]


def test_a_smoothed_mean_is_drawn_with_its_limits() -> None:
    ax, table = control_chart(SMOOTH), SMOOTH.to_table()
    assert "smoothed mean, with its limits" in read_by_rows(ax)
    lines = [upwards(line) for line in ax.lines]
    assert any(np.array_equal(line, column(table, "smoothed")) for line in lines)
    dotted = [upwards(line) for line in dashed(ax, ":")]
    assert np.array_equal(dotted[0], np.repeat(column(table, "smoothed_high"), 2))


def test_a_table_is_drawn_as_it_is() -> None:
    one, other = control_chart(CHART), control_chart(CHART.to_table())
    np.testing.assert_array_equal(upwards(marked(one)[0]), upwards(marked(other)[0]))
    bare = {name: CHART.to_table()[name] for name in ("period", "mean", "centre", "low", "high", "rules")}
    assert len(marked(control_chart(Table(bare)))) == 2


def test_without_limits_the_means_are_drawn() -> None:
    ax = control_chart(chart_of(summaries({"a": [50], "b": [60]})))
    assert read_by_rows(ax) == ["mean", "limits"]
    assert np.isnan([upwards(line) for line in dashed(ax)]).all()
    ax.figure.canvas.draw()


def test_many_periods_are_named_now_and_then() -> None:
    ax = control_chart(chart_of(summaries(drawn([5] * 90))))
    assert below(ax)[:2] == ["w01", "w04"]
    assert len(below(ax)) == 30


def test_what_is_no_chart() -> None:
    for given in (summaries(VALUES)["w01"], [1, 2]):
        with pytest.raises(PlotError, match=f"chart: a {type(given).__name__}; it is a control chart or its table"):
            control_chart(given)  # type: ignore[arg-type]
    with pytest.raises(PlotError, match="table: no rows"):
        control_chart(Table({"period": []}))
    with pytest.raises(TableError, match="no 'centre'"):
        control_chart(Table({"period": ["a"], "mean": [1.0]}))
