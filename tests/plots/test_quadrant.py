"""Quadrant plots: points, cuts by an explicit rule, names of the points, importance."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from servqual.errors import InstrumentError, LevelError
from servqual.plots import Cut, PlotError, levels_table, quadrant, quadrant_table
from servqual.survey import Survey
from servqual.tables import Table
from tests.plots.drawn import across, column, legend, marked, upwards, written
from tests.plots.samples import DIMENSIONS, EXAMPLE, FIVE, FORTY, SUMMARY, ZONES

CORNERS = ["concentrate here", "keep it up", "low priority", "possible overkill"]


def points(ax: object) -> set[tuple[float, float]]:
    lines = marked(ax)  # type: ignore[arg-type]
    return {pair for line in lines for pair in zip(across(line).tolist(), upwards(line).tolist(), strict=True)}


def of_table(table: Table, against: str) -> set[tuple[float, float]]:
    return set(zip(column(table, "perception").tolist(), column(table, against).tolist(), strict=True))


def test_points_are_the_rows_of_the_table() -> None:
    table = quadrant_table(EXAMPLE)
    assert list(table.columns) == ["item", "perception", "expectation", "quadrant"]
    assert points(quadrant(EXAMPLE)) == of_table(table, "expectation")
    means = column(levels_table(EXAMPLE), "mean").reshape(22, 2)
    np.testing.assert_allclose(means, np.column_stack([column(table, "perception"), column(table, "expectation")]))


@pytest.mark.parametrize("cut", list(Cut))
def test_the_rule_decides_where_the_axes_are_cut(cut: Cut) -> None:
    table = quadrant_table(EXAMPLE, cut=cut)
    values = [column(table, name) for name in ("perception", "expectation")]
    wanted = {
        Cut.MEANS: [each.mean() for each in values],
        Cut.MEDIANS: [np.median(each) for each in values],
        Cut.MIDDLE: [4.0, 4.0],
    }[cut]
    ax = quadrant(EXAMPLE, cut=str(cut))
    lines = [line for line in ax.lines if line.get_linestyle() == "--"]
    np.testing.assert_allclose([across(lines[0])[0], upwards(lines[1])[0]], wanted)
    assert legend(ax) == [f"cut at the {cut.label.en}", "perceived = expected"]
    assert f"{wanted[0]:.6g}" in table.notes[-1]


def test_quadrants_are_named() -> None:
    importance = [[10, 30, 25, 5, 30]] * 4
    perception = [[5, 1, 4, 2, 3]] * 4
    survey = Survey.from_arrays(FIVE.instrument, perception=perception, expectation=perception, importance=importance)
    table = quadrant_table(survey, against="importance")
    assert table["quadrant"] == ("possible_overkill", "concentrate_here", "keep_up", "low_priority", "keep_up")
    urgent = [line for line in marked(quadrant(survey, against="importance")) if line.get_marker() == "D"]
    assert [(across(line).tolist(), upwards(line).tolist()) for line in urgent] == [([1], [30])]


def test_importance_is_over_what_it_was_asked_of() -> None:
    table = quadrant_table(EXAMPLE, against="importance")
    assert table["dimension"] == DIMENSIONS
    assert EXAMPLE.importance is not None
    np.testing.assert_allclose(column(table, "importance"), EXAMPLE.importance.values.mean(axis=0))
    ax = quadrant(EXAMPLE, against="importance")
    assert ax.get_ylabel() == "importance"
    assert legend(ax) == ["cut at the mean of the points"]


def test_importance_of_items_makes_importance_of_dimensions() -> None:
    ratings = np.tile(np.arange(1.0, 9.0), (60, 5))
    survey = Survey.from_arrays(
        FORTY.instrument, perception=FORTY.perception.values, importance=ratings, weights=np.arange(1, 61)
    )
    assert len(quadrant_table(survey, against="importance")) == 40
    of_dimensions = quadrant_table(survey, against="importance", over="dimensions")
    assert of_dimensions["importance"] == (4.5,) * 5


def test_importance_is_weighted() -> None:
    importance = np.array([[10, 20, 30, 20, 20], [50, 20, 10, 10, 10]])
    given: dict[str, Any] = {"perception": [[3] * 5] * 2, "importance": importance, "weights": [3, 1]}
    table = quadrant_table(Survey.from_arrays(FIVE.instrument, **given), against="importance")
    np.testing.assert_allclose(column(table, "importance"), np.average(importance, axis=0, weights=[3, 1]))


def test_few_points_bear_their_labels() -> None:
    texts = written(quadrant(EXAMPLE, over="dimensions"))
    assert texts[:4] == CORNERS
    assert texts[4:] == list(DIMENSIONS)


def test_many_points_bear_numbers_with_a_key() -> None:
    texts = written(quadrant(FORTY))
    assert texts[:-40][-4:] == CORNERS
    assert texts[-40:] == [str(number) for number in range(1, 41)]
    numbers, labels = texts[0], texts[1]
    assert numbers.split()[:3] == ["1", "2", "3"]
    assert "the staff at the counter" in labels
    columns = "\n".join(texts[:-44][::2]).split()
    assert columns == [str(number) for number in range(1, 41)]


def test_axes_too_small_for_a_key_bear_the_keys_of_items() -> None:
    ax = Figure(figsize=(4, 3), layout="constrained").subplots()
    assert written(quadrant(FORTY, ax=ax))[4:] == list(FORTY.instrument.item_keys)
    large = Figure(figsize=(12, 16), layout="constrained").subplots()
    assert "1" in written(quadrant(FORTY, ax=large))


def test_items_without_a_mean_have_no_point() -> None:
    answers = FIVE.perception.values.copy()
    answers[:, 1] = np.nan
    survey = Survey.from_arrays(FIVE.instrument, perception=answers, expectation=FIVE.expectation().values)
    table = quadrant_table(survey)
    assert table["quadrant"][1] is None
    assert written(quadrant(survey))[4:] == [f"{key}_item" for key in "acde"]


def test_importance_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(PlotError, match=r"importance: it was not asked for.*importance=…, or .*quadrant\(survey\)"):
        quadrant(FIVE, against="importance")
    with pytest.raises(PlotError, match="importance: a summary does not hold it"):
        quadrant(SUMMARY, against="importance")
    with pytest.raises(PlotError, match=r'items, but importance is over dimensions.*over="dimensions"'):
        quadrant(EXAMPLE, against="importance", over="items")
    with pytest.raises(PlotError, match="importance has no scale with a middle"):
        quadrant(EXAMPLE, against="importance", cut="middle")


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(PlotError, match=r"cut: 'mean'.*did you mean means"):
        quadrant(EXAMPLE, cut="mean")
    with pytest.raises(LevelError, match="no desired answers"):
        quadrant(EXAMPLE, against="desired")
    with pytest.raises(InstrumentError, match="'importence'"):
        quadrant(EXAMPLE, against="importence")
    with pytest.raises(PlotError, match="against: 'perception'"):
        quadrant(EXAMPLE, against="perception")


def test_any_standard_serves() -> None:
    assert "adequate" in quadrant_table(ZONES, against="adequate").columns
    assert quadrant(ZONES, against="adequate").get_ylabel().startswith("adequate: mean answer")
