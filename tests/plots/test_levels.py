"""Dumbbells: marks stand at the means, joined by lines, in rows with headings."""

from typing import Any

import numpy as np
import pytest

from servqual.errors import GroupError, InstrumentError, JointAnswersError, LevelError
from servqual.instruments import Level
from servqual.plots import PlotError, levels, levels_table
from servqual.ratings import Over
from servqual.scoring import Difference, PerformanceOnly, Summary, score, summarize
from servqual.survey import Survey
from tests.plots.drawn import (
    across,
    column,
    headings,
    interval_lines,
    legend,
    marked,
    read_by_rows,
    rows,
    tick_labels,
)
from tests.plots.samples import EXAMPLE, FIVE, FORTY, REAL, SUMMARY, ZONES, unpaired

COUNTS = Summary.from_counts(
    FIVE.instrument,
    perception=np.arange(25).reshape(5, 5),
    expectation=np.arange(25)[::-1].reshape(5, 5) + 1,
)


def drawn(ax: Any) -> list[list[float]]:
    return [across(line).tolist() for line in marked(ax)]


def of_level(table: Any, level: str) -> list[float]:
    return [mean for name, mean in zip(table["level"], table["mean"], strict=True) if name == level]


def test_marks_are_the_means_of_the_answers() -> None:
    ax, answers = levels(EXAMPLE), SUMMARY.answers_table()
    means = column(answers, "mean").reshape(2, 22)
    np.testing.assert_allclose(drawn(ax), means)
    np.testing.assert_allclose(np.sort(interval_lines(ax)[0]), np.sort(means.T))
    assert rows(ax)[:2] == ["The technology in use keeps up with the times", "The premises are pleasant to be in"]
    assert headings(ax) == list(EXAMPLE.instrument.dimension_keys)
    assert legend(ax) == ["perceived", "expected"]
    assert ax.get_title(loc="left") == "Service quality (SERVQUAL)"
    assert ax.get_xlabel() == "mean answer, on the scale from 1 to 7"
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_the_table_is_what_is_drawn() -> None:
    table = levels_table(EXAMPLE, language="zh")
    assert list(table.columns) == ["item", "label", "level", "answered", "mean"]
    assert table["label"][0] == "使用的设备和技术跟得上时代"
    np.testing.assert_allclose(drawn(levels(EXAMPLE)), [of_level(table, "perception"), of_level(table, "expectation")])
    by_item = SUMMARY.answers_table()
    assert table["answered"][::2] == by_item["n"][:22]
    assert table.to_frame().shape == (44, 5)


def test_a_dimension_is_the_mean_of_its_items() -> None:
    table, items = levels_table(EXAMPLE, over=Over.DIMENSIONS), levels_table(EXAMPLE)
    of_items = np.array(of_level(items, "expectation"))
    means = [of_items[each].mean() for each in EXAMPLE.instrument.slices]
    np.testing.assert_allclose(of_level(table, "expectation"), means)
    assert sum(table["answered"]) == sum(items["answered"])  # type: ignore[arg-type]
    ax = levels(EXAMPLE, over="dimensions")
    assert tick_labels(ax) == list(EXAMPLE.instrument.dimension_keys)
    np.testing.assert_allclose(drawn(ax)[1], means)


@pytest.mark.parametrize("source", [SUMMARY, summarize(EXAMPLE), summarize(EXAMPLE, PerformanceOnly())])
def test_a_summary_gives_the_same_marks(source: Summary) -> None:
    np.testing.assert_allclose(drawn(levels(source)), drawn(levels(EXAMPLE)))


def test_published_counts_serve_as_well() -> None:
    ax = levels(COUNTS)
    counts = np.arange(25).reshape(5, 5)
    np.testing.assert_allclose(drawn(ax)[0], counts @ [1, 2, 3, 4, 5] / counts.sum(axis=1))


def test_levels_of_different_people_serve_as_well() -> None:
    np.testing.assert_allclose(drawn(levels(unpaired())), drawn(levels(EXAMPLE)))


def test_real_valued_answers_have_means_without_counts() -> None:
    table = levels_table(REAL)
    np.testing.assert_allclose(of_level(table, "perception"), REAL.perception.values.mean(axis=0))
    assert set(table["answered"]) == {40}


def test_groups_have_a_colour_and_levels_a_mark() -> None:
    ax, table = levels(SUMMARY, by="branch"), levels_table(EXAMPLE, by=["branch"])
    assert list(table.columns)[:2] == ["branch", "item"]
    means = np.array(drawn(ax)).reshape(3, 2, 22).transpose(0, 2, 1)
    np.testing.assert_allclose(means.ravel(), column(table, "mean"))
    colours = [line.get_color() for line in marked(ax)]
    assert colours[::2] == colours[1::2]
    assert len(set(colours)) == 3
    assert len({line.get_marker() for line in marked(ax)}) == 2
    assert read_by_rows(ax) == ["perceived", "expected", "Harbour", "Market", "Station"]


def test_the_worst_row_is_on_top() -> None:
    table = levels_table(EXAMPLE, worst_first=True)
    gaps = np.array(of_level(table, "perception")) - of_level(table, "expectation")
    assert (np.diff(gaps) >= 0).all()
    ax = levels(EXAMPLE, worst_first=True)
    np.testing.assert_allclose(drawn(ax)[0], of_level(table, "perception"))
    assert headings(ax) == []


def test_perceptions_look_alike_wherever_they_stand() -> None:
    three, two = levels(ZONES), levels(EXAMPLE)
    assert legend(three) == ["perceived", "adequate", "desired"]
    turned = levels(ZONES, levels=["desired", Level.PERCEPTION])
    assert legend(turned) == ["desired", "perceived"]
    looks = [(line.get_marker(), line.get_color()) for line in (marked(three)[0], marked(two)[0], marked(turned)[1])]
    assert len(set(looks)) == 1


def test_an_item_that_nobody_answered_leaves_its_place_empty() -> None:
    answers = FIVE.perception.values.copy()
    answers[:, 2] = np.nan
    survey = Survey.from_arrays(FIVE.instrument, perception=answers, expectation=FIVE.expectation().values)
    ax = levels(survey)
    assert np.isnan(drawn(ax)[0]).tolist() == [False, False, True, False, False]
    assert len(rows(ax)) == 5
    ax.figure.canvas.draw()


def test_items_that_are_their_dimensions_need_no_headings() -> None:
    assert headings(levels(FIVE)) == []
    assert len(headings(levels(FORTY))) == 5


def test_weights_count() -> None:
    weights = np.arange(1, 61)
    survey = Survey.from_arrays(
        FIVE.instrument, perception=FIVE.perception.values, expectation=FIVE.expectation().values, weights=weights
    )
    table = levels_table(survey)
    given = np.ma.masked_invalid(FIVE.perception.values)
    np.testing.assert_allclose(of_level(table, "perception"), np.ma.average(given, axis=0, weights=weights))
    assert "weights: sampling" in table.notes


def test_a_level_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(LevelError, match=r"no ideal answers; the survey holds perception, expectation.*ideal=…"):
        levels(EXAMPLE, levels=["perception", "ideal"])
    with pytest.raises(LevelError, match="the summary holds perception, expectation"):
        levels(SUMMARY, levels=["ideal"])
    with pytest.raises(InstrumentError, match=r"there is no such level.*did you mean perception"):
        levels(EXAMPLE, levels=["perceptions"])


def test_what_is_no_dumbbell_is_refused() -> None:
    with pytest.raises(PlotError, match="levels: perception; a dumbbell joins two levels"):
        levels(EXAMPLE, levels=["perception"])
    with pytest.raises(PlotError, match=r"'item'; rows are items or dimensions.*did you mean items"):
        levels(EXAMPLE, over="item")
    with pytest.raises(PlotError, match=r"a Scores; .* pass the survey that was scored"):
        levels(score(EXAMPLE, Difference()))  # type: ignore[arg-type]
    with pytest.raises(PlotError, match="source: a int"):
        levels(7)  # type: ignore[arg-type]
    with pytest.raises(PlotError, match="worst_first: levels adequate, desired"):
        levels(ZONES, levels=["adequate", "desired"], worst_first=True)


def test_groups_that_are_not_there_are_refused() -> None:
    with pytest.raises(GroupError, match="branch"):
        levels(EXAMPLE, by="brunch")
    with pytest.raises(GroupError, match=r"no 'brunch'.*did you mean branch"):
        levels(SUMMARY, by="brunch")
    with pytest.raises(GroupError, match=r"summarize\(survey, by='branch'\)"):
        levels(summarize(EXAMPLE), by="branch")


def test_means_that_were_never_summed_are_said_to_be_missing() -> None:
    instrument = REAL.instrument
    seen = Survey.from_arrays(instrument.asking("perception"), perception=REAL.perception.values)
    wanted = Survey.from_arrays(instrument.asking("expectation"), expectation=REAL.expectation().values)
    with pytest.raises(JointAnswersError, match="answers of perception: neither of these is there"):
        levels(Survey.unpaired(perception=seen, expectation=wanted))
