"""Trends: means and intervals of every period, as the tables of the parts give them."""

from typing import Any

import numpy as np
import pytest

from servqual.errors import GroupError, JointAnswersError, ModelError
from servqual.instruments import Scale
from servqual.plots import PlotError, trend, trend_table
from servqual.scoring import Difference, PerformanceOnly, Scores, Summary, score, summarize
from servqual.survey import Survey
from tests.plots.drawn import across, below, column, legend, marked, read_by_rows, upright_lines, upwards
from tests.plots.samples import DIMENSIONS, EXAMPLE, FIVE, FORTY, YEARS

THIRDS = [EXAMPLE.select(np.arange(start, 400, 3)) for start in range(3)]
WAVES = {f"wave {number}": summarize(part, Difference(), by="branch") for number, part in enumerate(THIRDS, start=1)}


def means(ax: Any) -> Any:
    return [upwards(line).tolist() for line in marked(ax)]


def test_lines_are_the_tables_of_the_parts() -> None:
    ax = trend(YEARS)
    tables = [part.table() for part in YEARS.values()]
    np.testing.assert_allclose(np.transpose(means(ax)), [column(table, "mean") for table in tables])
    ends = np.array([np.column_stack([column(table, "low"), column(table, "high")]) for table in tables])
    np.testing.assert_allclose(upright_lines(ax), ends.transpose(1, 0, 2).reshape(-1, 2))
    assert below(ax) == ["2022", "2023", "2024"]
    assert read_by_rows(ax) == [*DIMENSIONS, "overall (mean of dimensions)"]
    assert ax.get_ylabel() == "perceived − expected: mean and 95% interval"
    assert ax.get_title(loc="left") == "Service quality (SERVQUAL)"


def test_lines_are_moved_aside_a_little() -> None:
    starts = [across(line)[0] for line in marked(trend(YEARS))]
    assert len(set(starts)) == 6
    assert max(map(abs, starts)) < 0.5


def test_the_table_has_a_row_for_each_period_and_score() -> None:
    table = trend_table(YEARS, confidence=0.9)
    assert list(table.columns)[:3] == ["period", "score", "n"]
    assert len(table) == 18
    assert table["period"][::6] == ("2022", "2023", "2024")
    assert table["low"][:6] == YEARS[2022].table(confidence=0.9)["low"]


def test_some_scores_are_shown_on_request() -> None:
    ax = trend(YEARS, scores=["reliability", "overall"])
    assert len(means(ax)) == 2
    one = trend(YEARS, scores="empathy")
    assert legend(one) == []
    assert trend_table(YEARS, scores="empathy")["score"] == ("empathy",) * 3


def test_groups_have_a_line_each_of_the_overall_score() -> None:
    ax, table = trend(WAVES, by="branch"), trend_table(WAVES, by="branch")
    assert set(table["score"]) == {"overall"}
    np.testing.assert_allclose(np.transpose(means(ax)).ravel(), column(table, "mean"))
    assert legend(ax) == ["Harbour", "Market", "Station"]
    assert ax.get_title(loc="left") == "Service quality (SERVQUAL): overall (mean of dimensions)"
    assert trend(WAVES, by="branch", scores="empathy").get_title(loc="left").endswith(": empathy")


def test_a_group_that_a_period_lacks_leaves_a_hole() -> None:
    parts = {**WAVES, "wave 4": summarize(THIRDS[0].select(branch="Market"), Difference(), by="branch")}
    ax = trend(parts, by="branch")
    assert np.isnan(means(ax)).tolist() == [[False] * 3 + [True], [False] * 4, [False] * 3 + [True]]
    ax.figure.canvas.draw()


def test_summaries_and_scores_go_together() -> None:
    mixed: dict[str, Summary | Scores] = {"a": score(THIRDS[0], Difference(), dtype=np.float64), "b": WAVES["wave 2"]}
    np.testing.assert_allclose(np.array(means(trend(mixed)))[:, 1], np.array(means(trend(WAVES)))[:, 1])


def test_the_model_is_named_where_there_are_several() -> None:
    parts = {"a": summarize(EXAMPLE, Difference(), PerformanceOnly())}
    with pytest.raises(ModelError, match="the summary holds Difference, PerformanceOnly"):
        trend(parts)
    ax, table = trend(parts, PerformanceOnly(), scores="overall"), parts["a"].table(PerformanceOnly())
    assert ax.get_ylabel().startswith("PerformanceOnly")
    assert means(ax) == [[table["mean"][table["score"].index("overall")]]]


def test_long_names_of_periods_stand_aslant() -> None:
    short = trend(YEARS)
    assert {label.get_rotation() for label in short.get_xticklabels()} == {0}
    long = trend({f"{year}/averylongnameofaperiod": part for year in range(12) for part in [YEARS[2022]]})
    assert {label.get_rotation() for label in long.get_xticklabels()} == {40}


def test_zero_is_marked_where_it_is_in_view() -> None:
    flat = [line for line in trend(YEARS).lines if line not in marked(trend(YEARS)) and set(upwards(line)) == {0.0}]
    low, high = trend(YEARS).get_ylim()
    assert len(flat) == int(low < 0 < high)


def test_parts_that_are_unlike_are_refused_together() -> None:
    parts = {"a": score(EXAMPLE, Difference()), "b": score(FIVE, PerformanceOnly())}
    with pytest.raises(PlotError) as refused:
        trend(parts)
    problems = list(map(str, refused.value.problems))
    assert len(problems) == 3
    assert problems[0].startswith("part 'b': scored by PerformanceOnly; all parts are scored by Difference")
    assert "dimension keys" in problems[1]
    assert "scale 1..5" in problems[2]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({}, "parts: nothing in it; a trend is drawn of summaries or scores"),
        ([YEARS[2022]], "parts: a list"),
        ({"a": EXAMPLE}, "part 'a': a Survey; .*summarize"),
        ({1: YEARS[2022], "1": YEARS[2023]}, "parts: '1' twice"),
    ],
)
def test_what_is_no_mapping_of_scores_is_refused(parts: Any, message: str) -> None:
    with pytest.raises(PlotError, match=message):
        trend(parts)


def test_scores_and_groups_that_there_are_not_are_refused() -> None:
    with pytest.raises(PlotError, match=r"scores: 'empaty'.*did you mean empathy"):
        trend(YEARS, scores=["empaty"])
    with pytest.raises(PlotError, match="by groups, one score is shown"):
        trend(WAVES, by="branch", scores=["empathy", "overall"])
    with pytest.raises(GroupError, match="brunch"):
        trend(WAVES, by="brunch")
    with pytest.raises(PlotError, match="'period'; periods are the parts themselves"):
        trend(WAVES, by="period")


def test_counts_alone_have_no_intervals_and_say_so() -> None:
    counts = Summary.from_counts(FIVE.instrument, perception=np.ones((5, 5), int))
    with pytest.raises(JointAnswersError, match="no spread of dimension scores"):
        trend({"a": counts})


def test_forty_items_are_five_lines_and_the_overall_one() -> None:
    assert len(means(trend({"a": score(FORTY, Difference())}))) == 6


def test_one_respondent_has_points_without_intervals() -> None:
    one = Survey.from_arrays(FIVE.instrument, perception=[[1, 2, 3, 4, 5]], expectation=[[5] * 5])
    assert FIVE.instrument.scale == Scale.likert(5)
    ax = trend({"a": score(one, Difference())})
    assert not np.isnan(means(ax)).any()
    ax.figure.canvas.draw()
