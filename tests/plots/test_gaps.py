"""The bar chart of mean scores: what is drawn are the numbers of the table."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from servqual import simulate
from servqual.catalogue import servqual, three_column
from servqual.errors import GroupError, JointAnswersError, MissingExtraError
from servqual.plots import gaps
from servqual.scoring import Adequacy, Difference, PerformanceOnly, Scores, Summary, Weighted, score, summarize
from servqual.statistics import ArgumentError
from servqual.survey import Survey
from tests.plots.drawn import bars, column, interval_lines, legend, read_by_rows, tick_labels

EXAMPLE = simulate.example()
SCORES = score(EXAMPLE, Difference())
DIMENSIONS = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]


def test_bars_and_intervals_are_the_rows_of_the_table() -> None:
    ax, table = gaps(SCORES), SCORES.table()
    assert isinstance(ax, Axes)
    np.testing.assert_allclose(bars(ax), [column(table, "mean")])
    np.testing.assert_allclose(interval_lines(ax), [np.column_stack([column(table, "low"), column(table, "high")])])
    assert tick_labels(ax) == [*DIMENSIONS, "overall\n(mean of dimensions)"]
    assert ax.get_title(loc="left") == "Service quality (SERVQUAL)"
    assert ax.get_xlabel() == "perceived − expected: mean and 95% interval"
    assert legend(ax) == []


@pytest.mark.parametrize("source", [SCORES, summarize(EXAMPLE, Difference(), by="branch")], ids=["scores", "summary"])
def test_suppressed_groups_have_no_bars_and_the_legend_says_so(source: Scores | Summary) -> None:
    ax, whole = gaps(source, by="branch", min_group=126), gaps(source, by="branch")
    assert legend(ax) == ["Harbour", "Market (suppressed)", "Station (suppressed)"]
    assert np.isnan(bars(ax)[1:]).all()
    np.testing.assert_array_equal(bars(ax)[0], bars(whole)[0])
    nothing = gaps(source, by="branch", min_group=1000)
    assert np.isnan(bars(nothing)).all()
    nothing.figure.canvas.draw()
    with pytest.raises(ArgumentError, match="min_group: 0"):
        gaps(source, by="branch", min_group=0)


def test_groups_have_a_colour_and_a_place_each() -> None:
    ax, table = gaps(SCORES, by="branch", confidence=0.9), SCORES.table(by="branch", confidence=0.9)
    drawn = bars(ax)
    assert drawn.shape == (3, 6)
    np.testing.assert_allclose(drawn.ravel(), column(table, "mean"))
    lines = np.array(interval_lines(ax)).reshape(-1, 2)
    np.testing.assert_allclose(lines, np.column_stack([column(table, "low"), column(table, "high")]))
    assert legend(ax) == ["Harbour", "Market", "Station"]
    assert len({container.patches[0].get_facecolor() for container in ax.containers}) == 3  # type: ignore[attr-defined]
    assert ax.get_xlabel().endswith("90% interval")
    places = sorted(patch.get_y() for patch in ax.patches)  # type: ignore[attr-defined]
    assert min(np.diff(places)) > 0


def test_several_columns_and_more_groups_than_colours() -> None:
    groups = {"branch": ["north", "south"], "day": list("abcde")}
    sample = simulate.survey(three_column(), 600, groups=groups, rng=1)
    ax = gaps(score(sample, Adequacy()), by=["branch", "day"])
    assert bars(ax).shape == (10, 6)
    assert read_by_rows(ax)[:2] == ["north · a", "north · b"]
    looks = {(patch.get_facecolor(), patch.get_hatch()) for patch in ax.patches}
    assert len(looks) == 10
    assert ax.get_xlabel().startswith("perceived − adequate")


def test_the_first_dimension_is_on_top() -> None:
    ax = gaps(SCORES)
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_the_callers_axes_are_drawn_on_and_nothing_else_is_touched() -> None:
    figure = Figure(figsize=(3, 2))
    first, second = figure.subplots(1, 2)
    before, settings = plt.get_fignums(), dict(mpl.rcParams)
    assert gaps(SCORES, ax=second) is second
    assert not first.patches
    assert plt.get_fignums() == before
    assert dict(mpl.rcParams) == settings
    assert figure.get_size_inches().tolist() == [3, 2]


def test_a_figure_of_its_own_is_known_to_pyplot_and_can_be_written(tmp_path: Any) -> None:
    settings = dict(mpl.rcParams)
    ax = gaps(SCORES, by="branch")
    assert plt.gcf() is ax.figure
    assert dict(mpl.rcParams) == settings
    ax.figure.savefig(tmp_path / "gaps.png")
    assert (tmp_path / "gaps.png").stat().st_size > 10_000


def test_gaps_start_at_zero_and_performance_at_the_low_end() -> None:
    gap = gaps(SCORES)
    assert {patch.get_x() for patch in gap.patches} == {0.0}  # type: ignore[attr-defined]
    performance = score(EXAMPLE, PerformanceOnly())
    ax = gaps(performance)
    np.testing.assert_allclose(bars(ax), [column(performance.table(), "mean")])
    assert {patch.get_x() for patch in ax.patches} == {1.0}  # type: ignore[attr-defined]
    assert ax.get_xlim()[0] == 1
    assert ax.get_xlabel().startswith("PerformanceOnly: ")


def test_a_summary_gives_the_same_bars() -> None:
    model = Weighted(Difference())
    summary = summarize(EXAMPLE, model, by="branch")
    ax = gaps(summary, by="branch")
    assert bars(ax).shape == (3, 7)
    np.testing.assert_allclose(bars(ax).ravel(), column(summary.table(by="branch"), "mean"))
    assert tick_labels(ax)[5:] == ["overall\n(mean of dimensions)", "overall\n(mean of items)"]
    assert ax.get_xlabel().startswith("Weighted(Difference): ")


def test_one_respondent_has_bars_without_intervals() -> None:
    ax = gaps(score(EXAMPLE.select([0]), Difference()))
    assert interval_lines(ax) == [[]]
    assert not np.isnan(bars(ax)).any()
    ax.figure.canvas.draw()


def test_a_score_that_nobody_has_leaves_its_place_empty() -> None:
    answers = EXAMPLE.perception.values[:50].copy()
    answers[:, :4] = np.nan
    survey = Survey.from_arrays(EXAMPLE.instrument, perception=answers, expectation=EXAMPLE.expectation().values[:50])
    ax = gaps(score(survey, Difference()))
    assert np.isnan(bars(ax)[0]).tolist() == [True, False, False, False, False, True]
    assert tick_labels(ax)[0] == "tangibles"
    ax.figure.canvas.draw()


def test_groups_without_a_name_are_a_dash() -> None:
    frame = simulate.frame(servqual(), 60, groups={"branch": ["north", "south"]}, rng=1)
    frame.loc[:9, "branch"] = None
    survey = Survey.from_frame(frame, servqual(), groups=["branch"])
    assert legend(gaps(score(survey, Difference()), by="branch")) == ["north", "south", "–"]


def test_published_counts_have_no_scores_and_say_so() -> None:
    counts = np.ones((22, 7), int)
    with pytest.raises(JointAnswersError, match="no spread of dimension scores"):
        gaps(Summary.from_counts(EXAMPLE.instrument, perception=counts))


def test_what_the_table_refuses_is_refused() -> None:
    with pytest.raises(GroupError, match="branch"):
        gaps(SCORES, by="brunch")
    with pytest.raises(ArgumentError, match="confidence: 95"):
        gaps(SCORES, confidence=95)


def test_without_matplotlib_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"matplotlib: not installed.*pip install 'servqual\[plots\]'"):
        gaps(SCORES)


def test_scores_are_left_as_they_were() -> None:
    before = SCORES.values.copy()
    gaps(SCORES, by="branch")
    np.testing.assert_array_equal(SCORES.values, before)
    assert isinstance(SCORES, Scores)
