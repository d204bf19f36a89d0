"""Names: of groups that tables already use, of overall scores, of models with another standard."""

from __future__ import annotations

import numpy as np
import pytest

from servqual.errors import InstrumentError, ModelError, SurveyError, TableError
from servqual.instruments import Instrument, Level, Scale
from servqual.scoring import Difference, NormedQuality, PerformanceOnly, Weighted, score
from servqual.survey import Survey

LEVELS = (Level.PERCEPTION, Level.MINIMUM)
SHORT = Instrument.define("short", {"speed": ["wait"], "screen": ["clear"]}, scale=Scale.likert(7), levels=LEVELS)
GROUPS = {"n": ["a", "b"], "speed": ["x", "y"], "branch": ["north", "south"]}
SURVEY = Survey.from_arrays(SHORT, perception=[[5, 6], [7, 3]], minimum=[[4, 4], [4, 4]], groups=GROUPS)


def test_a_group_gives_way_to_a_column_of_the_table() -> None:
    table = score(SURVEY, PerformanceOnly()).table(by=["n", "branch"])
    assert list(table.columns)[:3] == ["group_n", "branch", "score"]
    assert table["n"] == (1,) * 6


def test_a_group_gives_way_to_a_score() -> None:
    frame = score(SURVEY, PerformanceOnly()).to_frame()
    assert list(frame.columns) == ["n", "group_speed", "branch", "speed", "screen", "overall"]


@pytest.mark.parametrize("name", ["overall", "overall_items"])
def test_no_dimension_is_called_overall(name: str) -> None:
    with pytest.raises(InstrumentError, match=f"dimension {name}: a name that scores have"):
        Instrument.define("short", {name: ["wait"]}, scale=Scale.likert(7))


def test_the_title_names_another_standard() -> None:
    assert score(SURVEY, Difference("minimum")).table().title == "short: Difference(minimum)"


@pytest.mark.parametrize("level", ["perception", "disconfirmation"])
def test_perceptions_are_held_against_expectations_only(level: str) -> None:
    with pytest.raises(InstrumentError, match=f"level: {level}; perceptions are held against a level of expectation"):
        Difference(level)
    with pytest.raises(InstrumentError, match="held against"):
        NormedQuality(norm=level)


def test_an_unknown_level_gets_a_hint() -> None:
    with pytest.raises(InstrumentError, match="did you mean ideal"):
        Difference("idael")


def test_only_models_are_weighted() -> None:
    with pytest.raises(ModelError, match=r"pass an instance: Difference\(\)"):
        Weighted(Difference)  # type: ignore[arg-type]


def test_a_table_says_where_weights_come_from() -> None:
    notes = " ".join(score(SURVEY, Weighted(PerformanceOnly(), points=(70, 30))).table().notes)
    assert "importance: 70, 30 for all" in notes


def test_only_instruments_are_instruments() -> None:
    with pytest.raises(SurveyError, match="instrument: 'short'; it is an Instrument"):
        Survey.from_arrays("short", perception=[[5, 6]])  # type: ignore[arg-type]


def test_what_means_no_answer_means_it_for_importance_too() -> None:
    importance = np.array([[3.0, 99.0], [2.0, 4.0]])
    survey = Survey.from_arrays(
        SHORT, perception=[[5, 6], [99, 3]], importance=importance, renormalise=True, missing=(99,)
    )
    assert survey.importance is not None
    assert np.isnan(survey.importance.values[0, 1])
    assert np.isnan(survey.perception.values[1, 0])


def test_positions_beyond_a_table_are_refused() -> None:
    table = score(SURVEY, PerformanceOnly()).table()
    with pytest.raises(TableError, match="rows: position 3; the table has 3 rows"):
        table.rows(range(4))
