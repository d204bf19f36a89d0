"""Driver bars: heights, intervals, looks and words are those of the result."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual.errors import PlotError
from servqual.plots.driver_bars import drivers
from servqual.satisfaction.driving.words import DriverVerdict
from tests.plots.drawn import interval_lines, legend, rows, written
from tests.plots.driver_samples import DRIVERS, WITHOUT


def widths(ax: Axes) -> list[float]:
    return [patch.get_width() for each in ax.containers for patch in each.patches]  # type: ignore[attr-defined]


def test_bars_are_shares_with_their_intervals_the_largest_on_top() -> None:
    ax = drivers(DRIVERS)
    np.testing.assert_allclose(widths(ax), [row.share for row in DRIVERS])
    assert widths(ax) == sorted(widths(ax), reverse=True)
    ends = [(float(row.share_low), float(row.share_high)) for row in DRIVERS]
    np.testing.assert_allclose(interval_lines(ax)[0], ends)
    assert rows(ax) == [label.en for label in DRIVERS.told.labels]
    assert ax.get_title(loc="left") == "Drivers of satisfaction, 95% intervals"
    assert ax.get_xlabel() == "share of the variance of the outcome"


def test_percent_is_of_what_all_explain() -> None:
    ax = drivers(DRIVERS, value="percent")
    np.testing.assert_allclose(sum(widths(ax)), 100)
    ends = [(100 * float(row.percent_low), 100 * float(row.percent_high)) for row in DRIVERS]
    np.testing.assert_allclose(interval_lines(ax)[0], ends)


def test_bars_look_by_their_verdicts() -> None:
    ax = drivers(DRIVERS)
    patches: list[Any] = [patch for each in ax.containers for patch in each.patches]  # type: ignore[attr-defined]
    looks = {
        (row.verdict, patch.get_hatch(), patch.get_facecolor()) for row, patch in zip(DRIVERS, patches, strict=True)
    }
    assert len(looks) == len({row.verdict for row in DRIVERS}) == 3
    assert {verdict for verdict, hatch, _ in looks if hatch} == {DriverVerdict.OPEN}
    assert legend(ax) == ["goes with more", "goes with less", "sign open"]


def test_who_is_first_how_often_is_written_at_the_bar() -> None:
    wanted = [f"first in {float(row.first):.0%}" for row in DRIVERS if float(row.first) >= 0.01]
    assert written(drivers(DRIVERS)) == wanted


def test_without_intervals_there_is_no_legend() -> None:
    ax = drivers(WITHOUT)
    assert legend(ax) == []
    assert written(ax) == []
    assert interval_lines(ax) in ([[]], [])
    np.testing.assert_allclose(widths(ax), [row.share for row in WITHOUT])


def test_axes_that_are_given_are_drawn_on() -> None:
    ax = Figure(figsize=(4, 2), layout="constrained").subplots()
    assert drivers(DRIVERS, ax=ax) is ax


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(PlotError, match=r"found: a dict; what is drawn is a result of servqual\.satisfaction\.drivers"):
        drivers({})  # type: ignore[arg-type]
    with pytest.raises(PlotError, match=r"value: 'shares'; it is share or percent\. Hint: did you mean share"):
        drivers(DRIVERS, value="shares")  # type: ignore[arg-type]
