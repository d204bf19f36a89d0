"""The map of importance and performance: points, intervals, cuts and looks are those of the result."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from servqual.errors import PlotError
from servqual.plots.importance_map import importance_performance_items
from servqual.satisfaction.priorities.quadrant_words import Quadrant
from tests.plots.drawn import across, interval_lines, legend, marked, upright_lines, upwards, written
from tests.plots.driver_samples import DERIVED, ITEMS

CORNERS = ["concentrate here", "keep it up", "low priority", "possible overkill"]


def test_points_are_performance_and_importance() -> None:
    ax = importance_performance_items(ITEMS)
    lines = marked(ax)
    drawn = {pair for line in lines for pair in zip(across(line).tolist(), upwards(line).tolist(), strict=True)}
    assert drawn == {(row.performance, row.importance) for row in ITEMS}
    urgent = {
        pair for line in lines if line.get_marker() == "D" for pair in zip(across(line), upwards(line), strict=True)
    }
    assert urgent == {(row.performance, row.importance) for row in ITEMS.quadrant(Quadrant.CONCENTRATE)}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("performance", "stated importance")


def test_intervals_are_lines_both_ways() -> None:
    ax = importance_performance_items(ITEMS)
    wanted = [(float(row.performance_low), float(row.performance_high)) for row in ITEMS]
    np.testing.assert_allclose(interval_lines(ax)[0], wanted)
    wanted = [(float(row.importance_low), float(row.importance_high)) for row in ITEMS]
    np.testing.assert_allclose(upright_lines(ax)[4:], wanted)
    assert not interval_lines(importance_performance_items(ITEMS, intervals=False))


def test_axes_are_cut_where_the_result_is() -> None:
    ax = importance_performance_items(ITEMS)
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert (across(dashed[0])[0], upwards(dashed[1])[0]) == (ITEMS.cut_performance, ITEMS.cut_importance)


def test_marks_are_filled_where_the_quadrant_is_sure() -> None:
    hollow = [
        pair
        for line in marked(importance_performance_items(ITEMS))
        if line.get_markerfacecolor() == "white"
        for pair in zip(across(line).tolist(), upwards(line).tolist(), strict=True)
    ]
    assert set(hollow) == {(row.performance, row.importance) for row in ITEMS if row.sure is False}


def test_corners_and_points_are_named() -> None:
    texts = written(importance_performance_items(ITEMS))
    assert texts[:4] == CORNERS
    assert [text.replace("\n", " ") for text in texts[4:]] == [label.en for label in ITEMS.told.labels]


def test_without_resamples_nothing_is_said_to_be_sure() -> None:
    ax = importance_performance_items(DERIVED)
    assert set(legend(ax)) <= {"to concentrate on"}
    assert ax.get_ylabel() == "derived importance, LMG (Shapley)"


def test_axes_that_are_given_are_drawn_on() -> None:
    ax = Figure(figsize=(4, 3), layout="constrained").subplots()
    assert importance_performance_items(ITEMS, ax=ax) is ax


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(PlotError, match=r"found: a list; .*plots\.quadrant\(survey\) draws a map of means"):
        importance_performance_items([])  # type: ignore[arg-type]
