"""What is written into maps of points stays off intervals and circles."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from servqual import plots
from servqual.instruments import Scale
from servqual.satisfaction import KanoStudy, kano, loyalty_types
from servqual.satisfaction.delight.results import KanoReading

COUNTS = {
    "open on Sundays": {"A": 34, "O": 22, "M": 9, "I": 33}, "short queue": {"A": 18, "O": 55, "M": 17, "I": 10},
    "books in place": {"A": 4, "O": 22, "M": 69, "I": 5}, "renew by app": {"A": 40, "O": 20, "M": 13, "I": 23},
}  # fmt: skip


def reading(names: int) -> KanoReading:
    return kano(KanoStudy.from_counts(dict(list(COUNTS.items())[:names])))


def middle(box: Bbox) -> Bbox:
    """The box without its outer tenth, for widths of letters are estimated."""
    return box.expanded(0.9, 0.9)


@pytest.mark.parametrize("names", [1, 2, 4])
def test_labels_stay_off_intervals(names: int) -> None:
    ax = plots.kano_map(reading(names))
    ax.figure.canvas.draw()
    labels = [
        each for each in ax.texts if isinstance(each, Annotation) and each.get_text().replace("\n", " ") in COUNTS
    ]
    assert len(labels) == names
    lines = [ax.transData.transform(each) for group in ax.collections if isinstance(group, LineCollection)
             for each in group.get_segments()]  # fmt: skip
    assert len(lines) == 2 * names
    for label in labels:
        box = middle(Text.get_window_extent(label))
        for start, end in lines:
            along = start + np.linspace(0, 1, 200)[:, None] * (end - start)
            assert not any(box.contains(*point) for point in along), label.get_text()


@pytest.mark.parametrize("cut", [2, 4, 5])
def test_words_in_the_corners_of_a_loyalty_map_stay_off_the_circles(cut: int) -> None:
    pairs = [(s, o) for s in range(1, 6) for o in range(1, 6) for _ in range(s + o)]
    answers = {"satisfaction": [s for s, _ in pairs], "loyalty": [o for _, o in pairs]}
    ax = plots.loyalty_map(loyalty_types(answers, thresholds=(cut, cut), scale=Scale.likert(5)))
    ax.figure.canvas.draw()
    (circles,) = (each for each in ax.collections if isinstance(each, PathCollection))
    centres = ax.transData.transform(circles.get_offsets())
    radii = np.sqrt(circles.get_sizes()) / 2 * ax.figure.dpi / 72
    boxes = [each.get_window_extent() for each in ax.texts if each.get_bbox_patch() is not None]
    assert len(boxes) == 4
    for box in boxes:
        for (x, y), radius in zip(centres, radii, strict=True):
            nearest = np.clip(x, box.x0, box.x1), np.clip(y, box.y0, box.y1)
            assert np.hypot(x - nearest[0], y - nearest[1]) >= radius
    assert [float(tick) for tick in ax.get_xticks()] == [1, 2, 3, 4, 5]
