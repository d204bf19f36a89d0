"""Zones of tolerance: bands between two means, marks that say where perceptions stand, crossings counted."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from servqual.errors import CrossedZonesError, CrossedZonesWarning, LevelError, ScaleMismatchError
from servqual.instruments import Instrument, Level, Scale
from servqual.plots import PlotError, zones, zones_table
from servqual.scoring import summarize
from servqual.survey import Survey
from tests.plots.drawn import across, bar_starts, bars, column, legend, marked, rows, tick_labels, written
from tests.plots.samples import EXAMPLE, ZONES

NINE = Instrument.define(
    "nine",
    {"low": ["a", "b"], "high": ["c"]},
    scale=Scale.likert(9),
    levels=["perception", "adequate", "desired", "minimum"],
)


def nine(
    perception: Sequence[float],
    adequate: Sequence[float],
    desired: Sequence[float],
    *more: Sequence[float],
    **given: Any,
) -> Survey:
    """Answers of three respondents who agree, and of others who are given one by one (adequate level only)."""
    levels: dict[str, Any] = {"perception": [perception] * 3, "adequate": [adequate] * 3, "desired": [desired] * 3}
    for row in more:
        levels["perception"].append(perception)
        levels["adequate"].append(row)
        levels["desired"].append(desired)
    return Survey.from_arrays(NINE, **levels, **given)


def test_bands_and_marks_are_the_rows_of_the_table() -> None:
    ax, table = zones(ZONES), zones_table(ZONES)
    assert list(table.columns) == ["dimension", "adequate", "desired", "perception", "standing", "crossed"]
    np.testing.assert_allclose(bar_starts(ax), [column(table, "adequate")])
    np.testing.assert_allclose(bars(ax), [column(table, "desired")])
    seen = np.concatenate([across(line) for line in marked(ax)])
    np.testing.assert_allclose(np.sort(seen), np.sort(column(table, "perception")))
    assert tick_labels(ax) == list(ZONES.instrument.dimension_keys)
    assert table["crossed"] == (0,) * 5
    means = [ZONES.perception.values[:, each].mean(axis=0).mean() for each in ZONES.instrument.slices]
    np.testing.assert_allclose(column(table, "perception"), means)


def test_the_mark_says_where_the_perception_stands() -> None:
    survey = nine([2, 6, 9], [3, 5, 5], [6, 7, 8])
    ax = zones(survey, over="items")
    assert zones_table(survey, over="items")["standing"] == ("below", "within", "above")
    assert [(line.get_marker(), across(line).tolist()) for line in marked(ax)] == [("<", [2]), ("o", [6]), (">", [9])]
    assert legend(ax)[0] == "zone of tolerance: adequate to desired"
    assert {"perceived below it", "perceived within it", "perceived above it"} < set(legend(ax))
    assert len({line.get_color() for line in marked(ax)}) == 3


def test_ends_of_the_zone_belong_to_it() -> None:
    survey = nine([3, 7, 5], [3, 5, 5], [6, 7, 5])
    assert zones_table(survey, over="items")["standing"] == ("within",) * 3


def test_crossed_zones_need_consent() -> None:
    with pytest.raises(CrossedZonesError, match=r"1 of 12 zones crossed \(8.3%\).*inverted_ok=True"):
        zones(nine([5, 5, 5], [4, 4, 4], [6, 6, 6], [4, 8, 4]))


def test_crossed_answers_are_counted_beside_their_row() -> None:
    survey = nine([5, 5, 5], [4, 4, 4], [6, 6, 6], [4, 8, 4], [9, 9, 4], inverted_ok=True)
    with pytest.warns(CrossedZonesWarning, match=r"3 of 15 zones crossed \(20.0%\)") as caught:
        ax = zones(survey, over="items")
    assert caught[0].filename == __file__
    assert "inverted_ok" not in str(caught[0].message)
    assert str(caught[0].message).endswith("until then their positions and standings are undefined")
    assert written(ax) == ["1 crossed", "2 crossed"]
    with pytest.warns(CrossedZonesWarning):
        assert zones_table(survey)["crossed"] == (3, 0)


def test_means_that_cross_are_hatched_and_have_no_standing() -> None:
    survey = nine([5, 5, 5], [4, 8, 4], [6, 6, 6], inverted_ok=True)
    with pytest.warns(CrossedZonesWarning):
        ax = zones(survey, over="items")
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert {(patch.get_x(), patch.get_width()) for patch in hatched if patch.get_width() > 0} == {(6, 2)}  # type: ignore[attr-defined]
    assert "crossed: adequate above desired" in legend(ax)
    assert "X" in {line.get_marker() for line in marked(ax)}
    with pytest.warns(CrossedZonesWarning):
        assert zones_table(survey, over="items")["standing"] == ("within", "undefined", "within")


def test_a_summary_gives_the_same_picture_but_no_count_of_respondents() -> None:
    table, whole = zones_table(summarize(ZONES)), zones_table(ZONES)
    assert table["crossed"] == (None,) * 5
    np.testing.assert_allclose(column(table, "perception"), column(whole, "perception"))
    np.testing.assert_allclose(bars(zones(summarize(ZONES))), bars(zones(ZONES)))


def test_groups_have_a_band_each() -> None:
    ax, table = zones(ZONES, by="day"), zones_table(ZONES, by="day", language="en")
    assert list(table.columns)[:3] == ["day", "dimension", "label"]
    np.testing.assert_allclose(bars(ax).ravel(), column(table, "desired"))
    assert bars(ax).shape == (2, 5)
    assert {"a", "b"} < set(legend(ax))
    by_summary = zones_table(summarize(ZONES, by="day"), by="day")
    np.testing.assert_allclose(column(by_summary, "adequate"), column(table, "adequate"))


def test_crossings_go_to_the_groups_where_they_are() -> None:
    groups = {"day": ["b", "b", "a", "a"]}
    survey = nine([5, 5, 5], [4, 4, 4], [6, 6, 6], [4, 8, 4], groups=groups, inverted_ok=True)
    with pytest.warns(CrossedZonesWarning):
        table = zones_table(survey, by="day", over="items")
    assert table["day"] == ("a",) * 3 + ("b",) * 3
    assert table["crossed"] == (0, 1, 0, 0, 0, 0)


def test_the_worst_row_is_on_top_with_its_own_count() -> None:
    survey = nine([5, 5, 4], [4, 4, 6], [7, 7, 7], [4, 4, 8], inverted_ok=True)
    with pytest.warns(CrossedZonesWarning):
        table = zones_table(survey, over="items", worst_first=True)
    assert table["item"] == ("c", "a", "b")
    assert table["crossed"] == (1, 0, 0)
    with pytest.warns(CrossedZonesWarning):
        assert rows(zones(survey, over="items", worst_first=True)) == ["c", "a", "b"]


def test_other_levels_may_bound_the_zone() -> None:
    levels: dict[str, Any] = {"perception": [[4, 4, 4]], "minimum": [[3, 3, 5]], "desired": [[8, 8, 8]]}
    table = zones_table(Survey.from_arrays(NINE, **levels), adequate=Level.MINIMUM)
    assert list(table.columns)[1:4] == ["minimum", "desired", "perception"]
    assert table["standing"] == ("within", "below")


def test_what_bounds_no_zone_is_refused() -> None:
    with pytest.raises(ScaleMismatchError, match="adequate: level desired"):
        zones(ZONES, adequate="desired", desired="adequate")
    with pytest.raises(LevelError, match="no adequate answers"):
        zones(EXAMPLE)
    with pytest.raises(PlotError, match="a dict"):
        zones({})  # type: ignore[arg-type]


def test_a_mean_that_is_missing_leaves_its_place_empty() -> None:
    survey = nine([5, np.nan, 5], [4, 4, np.nan], [6, 6, 6])
    table = zones_table(survey, over="items")
    assert table["standing"] == ("within", "undefined", "undefined")
    ax = zones(survey, over="items")
    assert sum(len(across(line)) for line in marked(ax)) == 2
    ax.figure.canvas.draw()
