"""What all plots have in common: where they draw, in which language, and what they leave alone."""

import sys
import warnings
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual import plots
from servqual.errors import LabelError, MissingExtraError, MissingFontWarning
from servqual.plots import fonts
from tests.plots.drawn import tick_labels
from tests.plots.samples import EXAMPLE, PLOTS, SUMMARY, projection

TABLES = {"levels_table", "zones_table", "quadrant_table", "distribution_table", "trend_table"}


@pytest.fixture(params=PLOTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def draw(name: str) -> Callable[..., Any]:
    return PLOTS[name]


def test_every_plot_is_in_the_list() -> None:
    drawn = {name.partition(" ")[0] for name in PLOTS}
    assert drawn | TABLES | {"Cut"} == set(vars(plots)["__all__"])


def test_a_new_figure_is_known_to_pyplot_and_can_be_written(draw: Callable[..., Any], tmp_path: Any) -> None:
    before, settings = plt.get_fignums(), dict(mpl.rcParams)
    ax = draw()
    assert isinstance(ax, Axes)
    assert plt.gcf() is ax.figure
    assert len(plt.get_fignums()) == len(before) + 1
    assert dict(mpl.rcParams) == settings
    ax.figure.savefig(tmp_path / "plot.png", dpi=40)
    assert (tmp_path / "plot.png").stat().st_size > 2_000


def test_only_the_axes_given_are_drawn_on(name: str, draw: Callable[..., Any]) -> None:
    figure = Figure(figsize=(7, 4))
    kind = {"projection": projection(name)}
    first, second = (figure.add_subplot(1, 2, place, **kind) for place in (1, 2))
    untouched, before, settings = len(first.get_children()), plt.get_fignums(), dict(mpl.rcParams)
    assert draw(ax=second) is second
    assert len(first.get_children()) == untouched
    assert not first.get_title(loc="left")
    assert plt.get_fignums() == before
    assert figure.axes == [first, second]
    assert figure.get_size_inches().tolist() == [7, 4]
    assert dict(mpl.rcParams) == settings


def test_all_words_are_in_the_language_asked_for(draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.LAST_RESORT)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)
    english, chinese = draw(language="en"), draw(language="zh")
    assert not any(map(fonts.is_chinese, (*words_of(english), english.get_xlabel(), english.get_ylabel())))
    assert fonts.is_chinese(chinese.get_xlabel() + chinese.get_ylabel())
    families = [axis.label.get_fontfamily() for axis in (chinese.xaxis, chinese.yaxis)]
    assert [*mpl.rcParams["font.family"], fonts.LAST_RESORT] in families


def words_of(ax: Axes) -> list[str]:
    legend = ax.get_legend()
    entries = [] if legend is None else [text.get_text() for text in legend.get_texts()]
    return [*tick_labels(ax), *(text.get_text() for text in ax.texts), *entries, ax.get_title(loc="left")]


def test_without_a_font_there_is_one_warning_at_the_readers_line(
    draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax = draw(language="zh")
        ax.figure.canvas.draw()
    assert [each.category for each in caught] == [MissingFontWarning]
    assert caught[0].filename == draw.__code__.co_filename
    assert not any(map(fonts.is_chinese, words_of(ax)))


def test_without_matplotlib_the_remedy_is_named(draw: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"matplotlib: not installed.*pip install 'servqual\[plots\]'"):
        draw()


def test_another_language_is_refused_and_leaves_no_figure(draw: Callable[..., Any]) -> None:
    before = plt.get_fignums()
    with pytest.raises(LabelError, match="language: 'de'"):
        draw(language="de")
    assert plt.get_fignums() == before


def test_what_is_drawn_is_left_as_it_was() -> None:
    before = EXAMPLE.perception.values, SUMMARY.to_dict()
    for draw in PLOTS.values():
        draw()
        plt.close("all")
    np.testing.assert_array_equal(EXAMPLE.perception.values, before[0])
    assert SUMMARY.to_dict() == before[1]
