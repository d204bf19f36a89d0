"""Labels beside points do not cover each other, as far as there is room."""

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.plots.placing import Spot, spots

ROOM = (400.0, 300.0)


def boxes(marks: Floats, sizes: Floats, found: list[Spot]) -> Floats:
    middles = marks + np.array([(spot.x, spot.y) for spot in found])
    return np.column_stack([middles - sizes / 2, middles + sizes / 2])


def overlaps(boxes: Floats) -> Floats:
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    areas = np.prod(np.clip(high - low, 0, None), axis=2)
    np.fill_diagonal(areas, 0)
    return np.asarray(areas)


@pytest.mark.parametrize("seed", range(5))
def test_labels_of_a_loose_cloud_do_not_overlap_and_stay_inside(seed: int) -> None:
    rng = np.random.default_rng(seed)
    marks = rng.uniform((20, 20), (380, 280), (12, 2))
    sizes = np.column_stack([rng.uniform(20, 70, 12), np.full(12, 12.0)])
    found = boxes(marks, sizes, spots(marks, sizes, ROOM))
    assert overlaps(found).sum() == pytest.approx(0, abs=1e-9)
    assert (found[:, :2] >= 0).all()
    assert (found[:, 2:] <= ROOM).all()


def test_labels_of_one_place_fan_out() -> None:
    marks, sizes = np.full((5, 2), 150.0), np.full((5, 2), (30.0, 10.0))
    found = boxes(marks, sizes, spots(marks, sizes, ROOM))
    assert overlaps(found).sum() == pytest.approx(0, abs=1e-9)


def test_what_is_taken_stays_free() -> None:
    marks, sizes = np.array([[100.0, 100.0]]), np.array([[40.0, 10.0]])
    (free,) = spots(marks, sizes, ROOM)
    assert not free.far
    taken = np.array([*(marks[0] + (free.x, free.y) - 5), *(marks[0] + (free.x, free.y) + 5)])
    (other,) = spots(marks, sizes, ROOM, [taken])
    assert (other.x, other.y) != (free.x, free.y)


def test_the_same_points_get_the_same_places() -> None:
    marks = np.random.default_rng(1).uniform(50, 250, (30, 2))
    sizes = np.full((30, 2), (25.0, 10.0))
    assert spots(marks, sizes, ROOM) == spots(marks, sizes, ROOM)
    assert any(spot.far for spot in spots(marks / 4 + 100, sizes, ROOM))
