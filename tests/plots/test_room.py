"""Labels find room: nothing is cut or covered in a new figure, and letters shrink on Axes that are small."""

from itertools import pairwise
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual import simulate
from servqual.plots import distribution, gaps, levels, quadrant, trend, zones
from servqual.scoring import Difference, score
from tests.plots.samples import EXAMPLE, FIVE, FORTY, FORTY_ITEMS, YEARS, ZONES

FORTY_ZONES = simulate.survey(FORTY_ITEMS.asking("perception", "adequate", "desired"), 30, rng=1)
TALL = {
    "levels of 40": lambda **given: levels(FORTY, by="branch", **given),
    "levels of 5": lambda **given: levels(FIVE, **given),
    "zones of 40": lambda **given: zones(FORTY_ZONES, over="items", **given),
    "distribution of 40": lambda **given: distribution(FORTY, **given),
    "gaps": lambda **given: gaps(score(FORTY, Difference()), by="branch", **given),
}


def row_boxes(ax: Axes) -> list[Any]:
    ax.figure.canvas.draw()
    return sorted((label.get_window_extent() for label in ax.get_yticklabels()), key=lambda box: -box.y1)


@pytest.mark.parametrize("name", TALL)
def test_labels_of_rows_do_not_run_into_each_other(name: str) -> None:
    ax = TALL[name]()
    boxes = row_boxes(ax)
    assert all(above.y0 >= below.y1 - 0.5 for above, below in pairwise(boxes))
    whole = ax.figure.bbox
    title: Any = ax._left_title  # type: ignore[attr-defined]
    legend = [] if ax.get_legend() is None else [ax.get_legend().get_window_extent()]  # type: ignore[union-attr]
    for box in (*boxes, title.get_window_extent(), ax.xaxis.label.get_window_extent(), *legend):
        assert whole.x0 - 1 <= box.x0
        assert box.x1 <= whole.x1 + 1
        assert box.y1 <= whole.y1 + 1
    if legend:
        assert title.get_window_extent().y0 >= legend[0].y1 - 4


@pytest.mark.parametrize("layout", ["constrained", None])
def test_labels_shrink_on_axes_that_are_low(layout: Any) -> None:
    figure = Figure(figsize=(8, 5), layout=layout)
    ax = levels(EXAMPLE, ax=figure.subplots())
    sizes = {float(label.get_fontsize()) for label in ax.get_yticklabels()}
    assert len(sizes) == 1
    assert min(sizes) < 8
    boxes = row_boxes(ax)
    assert all(above.y0 >= below.y1 - 1.5 for above, below in pairwise(boxes))


def test_letters_do_not_shrink_on_axes_that_are_large() -> None:
    figure = Figure(figsize=(12, 12), layout="constrained")
    ax = zones(ZONES, ax=figure.subplots())
    assert {label.get_fontsize() for label in ax.get_yticklabels()} == {10}


def test_a_figure_is_as_high_as_its_rows_need() -> None:
    heights = [levels(survey).figure.get_figheight() for survey in (FIVE, EXAMPLE, FORTY)]  # type: ignore[union-attr]
    assert heights == sorted(heights)
    assert heights[0] < 4
    assert heights[2] > 10


def test_large_letters_of_the_reader_do_not_run_into_each_other() -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 16}):
        boxes = row_boxes(levels(EXAMPLE))
    assert all(above.y0 >= below.y1 - 1.5 for above, below in pairwise(boxes))


def test_axes_of_a_subfigure_and_of_a_grid_serve() -> None:
    figure = Figure(figsize=(12, 8), layout="constrained")
    halves: Any = figure.subfigures(1, 2)
    trend(YEARS, ax=halves[0].subplots())
    quadrant(EXAMPLE, ax=halves[1].subplots(2, 1)[0])
    figure.canvas.draw()
    alone = Figure().add_axes((0.1, 0.1, 0.8, 0.8))
    assert levels(FIVE, ax=alone) is alone
