"""The bar of a net promoter score and the map of loyalty types, read back."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from servqual.errors import PlotError
from servqual.instruments import Scale
from servqual.plots.loyalty_quadrants import loyalty_map
from servqual.plots.promoter_bar import nps as promoter_bar
from servqual.satisfaction.loyalty.typing import loyalty_types
from servqual.satisfaction.reported.promoters import nps
from servqual.tables import Table
from tests.plots.drawn import bar_starts, bars, legend, marked, rows, written

SCORES = nps([10, 9, 0, 7, 3, 8, 10, 6], by=list("aabbccaa"))
TYPES = loyalty_types(
    {"satisfaction": [9, 9, 2, 3, 10], "loyalty": [9, 2, 9, 3, 10]},
    thresholds=(8, 8),
    scale=Scale(1, 10),
    by=list("aabbb"),
)


def test_bars_are_whole_and_parted_at_the_middle_of_the_passives() -> None:
    ax = promoter_bar(SCORES)
    starts, ends = bar_starts(ax), bars(ax)
    np.testing.assert_allclose((ends - starts).sum(axis=0), 100)
    np.testing.assert_allclose(starts[1] + ends[1], 0, atol=1e-9)
    np.testing.assert_allclose((ends - starts)[2], [100 * float(row.promoters) for row in SCORES])
    assert rows(ax) == ["all", "a", "b", "c"]


def test_the_score_stands_on_the_same_axis_with_its_interval() -> None:
    ax = promoter_bar(SCORES)
    (diamonds,) = marked(ax)
    np.testing.assert_allclose(np.asarray(diamonds.get_xdata(), float), [float(row.score) for row in SCORES])
    (lines,) = list(ax.collections)
    ends = [(line[0, 0], line[-1, 0]) for line in lines.get_segments()]  # type: ignore[attr-defined]
    np.testing.assert_allclose(ends, [(float(row.low), float(row.high)) for row in SCORES])
    assert "+25" not in written(ax)
    assert legend(ax)


class OnlyShares:
    def to_table(self, language: object = None) -> Table:
        del language
        return Table({"group": ["all"], "promoters": [0.5]})


def test_what_is_no_score_is_refused() -> None:
    with pytest.raises(PlotError, match=r"no column 'detractors'.*satisfaction\.nps"):
        promoter_bar(OnlyShares())


def test_quarters_bear_the_shares_of_their_types() -> None:
    said = "\n".join(written(loyalty_map(TYPES)))
    for part in ("loyalists: 40%", "apostles: 20%", "mercenaries: 20%", "hostages: 20%", "defectors: 20%"):
        assert part in said
    assert "hostages: 33%" in "\n".join(written(loyalty_map(TYPES, group="b")))
    with pytest.raises(PlotError, match="there are shares of all, a, b"):
        loyalty_map(TYPES, group="c")


def test_circles_stand_at_the_answers_and_lines_below_the_threshold() -> None:
    ax: Axes = loyalty_map(TYPES)
    points = ax.collections[-1].get_offsets()
    assert sorted(map(tuple, np.asarray(points).tolist())) == [(2, 9), (3, 3), (9, 2), (9, 9), (10, 10)]
    assert np.asarray(ax.lines[0].get_xdata())[0] == 6
    assert set(ax.get_yticks()) <= set(range(1, 11))


def test_both_draw_on_the_axes_they_are_given() -> None:
    from matplotlib.figure import Figure

    ax = Figure(figsize=(4, 3)).add_subplot()
    assert promoter_bar(SCORES, ax=ax) is ax
    other = Figure(figsize=(4, 3)).add_subplot()
    assert loyalty_map(TYPES, ax=other) is other
