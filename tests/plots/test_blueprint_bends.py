"""Arrows of a blueprint: drawn as they are reckoned, past boxes, with words off them."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyArrowPatch

from servqual.plots.blueprint_bends import Bend
from servqual.plots.tracks import Box


@pytest.mark.parametrize("share", [0.0, 0.3, -0.45])
def test_points_are_those_of_the_arc_that_is_drawn(share: float) -> None:
    _, ax = plt.subplots(figsize=(4, 4))
    ax.set_xlim(0, 3)
    ax.set_ylim(3, 0)
    patch = FancyArrowPatch(
        (0.5, 1), (2.5, 2), arrowstyle="-", shrinkA=0, shrinkB=0, connectionstyle=f"arc3,rad={share}"
    )
    ax.add_patch(patch)
    ax.set_position((0, 0, 1, 1))
    corner = ax.transData.inverted().transform(ax.transData.transform(patch.get_path().vertices))[1]
    middle = 0.25 * np.array([0.5, 1]) + 0.5 * corner + 0.25 * np.array([2.5, 2])
    assert Bend((0.5, 1), (2.5, 2), share).at(0.5) == pytest.approx(middle)


def test_an_arrow_runs_past_a_box_in_its_way_and_straight_where_there_is_none() -> None:
    boxes = [Box(2.0, 0.0, 0.5, 0.3)]
    assert Bend((0, 0), (4, 0), 0).touches(boxes[0])
    bent = Bend.around((0, 0), (4, 0), boxes)
    assert bent.share
    assert not bent.touches(boxes[0])
    assert Bend.around((0, 1), (4, 1), boxes).share == 0
    assert Bend.around((0, 1), (4, 1), boxes, least=0.22).share == 0.22


def test_words_stand_off_the_boxes_where_that_can_be() -> None:
    straight = Bend((0, 0), (4, 0), 0)
    assert straight.free((0.3, 0.1), []) == (2.0, 0.0)
    x, _ = straight.free((0.3, 0.1), [Box(2.0, 0.0, 0.5, 0.3)])
    assert abs(x - 2.0) >= 0.4
    assert straight.free((0.3, 0.1), [Box(2.0, 0.0, 9.0, 9.0)]) == (2.0, 0.0)
