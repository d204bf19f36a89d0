"""Radars: closed outlines on the whole scale, not filled."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from servqual.errors import LevelError
from servqual.instruments import Instrument, Scale
from servqual.plots import PlotError, levels_table, radar
from servqual.survey import Survey
from tests.plots.drawn import below, column, legend, marked, read_by_rows, upwards
from tests.plots.samples import EXAMPLE, SUMMARY


def test_outlines_are_the_means_of_dimensions_and_closed() -> None:
    ax, table = radar(EXAMPLE), levels_table(EXAMPLE, over="dimensions")
    means = column(table, "mean").reshape(5, 2).T
    drawn = np.array([upwards(line) for line in marked(ax)])
    np.testing.assert_allclose(drawn[:, :-1], means)
    np.testing.assert_array_equal(drawn[:, -1], drawn[:, 0])
    assert legend(ax) == ["perceived", "expected"]
    assert below(ax) == list(EXAMPLE.instrument.dimension_keys)
    assert not ax.patches


def test_the_whole_scale_is_shown() -> None:
    ax = radar(SUMMARY)
    assert ax.get_ylim() == (1, 7)
    assert ax.get_xlabel() == "mean answer: 1 at the centre, 7 at the rim"


def test_groups_have_a_colour_and_levels_a_line() -> None:
    ax = radar(SUMMARY, by="branch")
    assert len(marked(ax)) == 6
    assert len({line.get_color() for line in marked(ax)}) == 3
    assert len({line.get_linestyle() for line in marked(ax)}) == 2
    assert "Harbour · perceived" in read_by_rows(ax)
    one = radar(SUMMARY, by="branch", levels=["perception"])
    assert read_by_rows(one) == ["Harbour", "Market", "Station"]


def test_the_title_of_many_words_and_labels_stand_within_the_figure() -> None:
    ax = radar(EXAMPLE)
    ax.figure.canvas.draw()
    whole = ax.figure.bbox
    for text in (*ax.get_xticklabels(), ax.xaxis.label):
        box = text.get_window_extent()
        assert whole.x0 <= box.x0
        assert box.x1 <= whole.x1


def test_two_dimensions_make_no_radar() -> None:
    instrument = Instrument.define("two", {"a": ["x"], "b": ["y"]}, scale=Scale.likert(5))
    survey = Survey.from_arrays(instrument, perception=[[1, 2]], expectation=[[3, 4]])
    with pytest.raises(PlotError, match=r'dimensions: 2; a radar has three.*levels\(source, over="dimensions"\)'):
        radar(survey)


def test_square_axes_are_refused_with_the_remedy() -> None:
    with pytest.raises(PlotError, match=r"rectilinear Axes; a radar is drawn on polar Axes.*projection"):
        radar(EXAMPLE, ax=Figure().subplots())


def test_levels_that_are_not_there_are_refused() -> None:
    with pytest.raises(LevelError, match="no desired answers"):
        radar(EXAMPLE, levels=["desired"])
    with pytest.raises(PlotError, match="levels: none"):
        radar(EXAMPLE, levels=[])


def test_the_docstring_warns() -> None:
    words = radar.__doc__ or ""
    assert "area" in words
    assert "arbitrary" in words
