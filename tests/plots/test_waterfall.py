"""The waterfall of gaps: steps, intervals, looks and words are those of the result."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual.errors import ArgumentError, PlotError
from servqual.gap_model.gap_words import GapName
from servqual.gap_model.model import GapModel
from servqual.plots.gap_steps import waterfall
from tests.gap_model.companies import figures
from tests.plots.drawn import across, bar_starts, bars, interval_lines, legend, marked, rows, written

MODEL = GapModel(
    expected=figures((6.2, 6.0), 0.1),
    understood=figures((6.1, 6.0), 0.1),
    specified=figures((6.1, 6.5)),
    delivered=figures((5.0, 5.4), 0.1),
    perceived=figures((5.4, 5.2), 0.1),
    promised=figures((5.9, 5.9)),
)


@pytest.mark.parametrize("dimension", ["overall", "speed", "tone"])
def test_bars_lead_from_level_to_level_with_the_intervals_of_gaps(dimension: str) -> None:
    gaps = MODEL.gaps()
    told = [gaps[gap.key, dimension] for gap in gaps.gaps if gap.name is not GapName.SERVICE]
    ax = waterfall(MODEL, dimension=dimension)
    starts, ends = bar_starts(ax).ravel(), bars(ax).ravel()
    np.testing.assert_allclose(starts, [float(row.standard) for row in told])
    np.testing.assert_allclose(ends, [float(row.level) for row in told])
    np.testing.assert_allclose(starts[1:4], ends[:3])
    intervals = [(float(row.standard) + float(row.low), float(row.standard) + float(row.high)) for row in told]
    np.testing.assert_allclose(interval_lines(ax)[0], intervals)
    (diamonds,) = marked(ax)
    np.testing.assert_allclose(across(diamonds), [float(told[0].standard), float(told[3].level)])


def test_rows_are_named_and_sizes_written() -> None:
    ax = waterfall(MODEL.gaps(confidence=0.9))
    gaps = ["gap 1, knowledge", "gap 2, standards", "gap 3, delivery", "gap 4, communication"]
    assert rows(ax) == ["expected by customers", *gaps, "perceived by customers", "promise gap"]
    assert ax.get_title(loc="left") == "Gaps of the service: overall, 90% intervals"
    assert ax.get_xlabel() == "mean on the scale 1 to 7"
    assert written(ax) == ["−0.05", "+0.25", "−1.10", "+0.10", "−0.70", "6.10", "5.30"]


def test_bars_look_by_what_was_found() -> None:
    ax = waterfall(MODEL)
    assert legend(ax) == ["falls short", "exceeds", "no gap shown"]
    assert [bool(patch.get_hatch()) for patch in ax.patches] == [True, False, False, True, False]


def chains(ax: Axes) -> list[str]:
    return [text for text in rows(ax) if text.startswith("gap")]


def test_a_model_of_two_sources_has_one_step() -> None:
    assert chains(waterfall(GapModel(expected=figures((6, 6), 0.1), perceived=figures((5, 5), 0.1)))) == [
        "gap 5, service"
    ]
    merged = waterfall(GapModel(expected=figures((6, 6), 0.1), specified=figures((6, 6)), delivered=figures((5, 5))))
    assert chains(merged) == ["gaps 1 + 2", "gap 3, delivery"]
    assert rows(merged)[-1] == "delivered"


def test_where_nothing_has_an_error_or_a_gap_there_is_still_a_picture() -> None:
    ax = waterfall(GapModel(specified=figures((5, 5)), delivered=figures((5, 5))))
    assert legend(ax) == ["no gap shown"]
    low, high = ax.get_xlim()
    assert low < 5 < high


def test_axes_that_are_given_are_drawn_on() -> None:
    ax = Figure(figsize=(4, 2), layout="constrained").subplots()
    assert waterfall(MODEL, ax=ax) is ax


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(PlotError, match=r"gaps: a dict; what is drawn is a GapModel or its gaps\(\)"):
        waterfall({})  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="dimension: no 'tune'; there are speed, tone, overall"):
        waterfall(MODEL, dimension="tune")
