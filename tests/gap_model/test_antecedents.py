"""Scores of causes by unit: from surveys, frames and arrays, joined; and what is refused."""

import json
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Survey
from servqual.catalogue.antecedents import employee_antecedents, manager_antecedents
from servqual.errors import GapModelError, GroupError
from servqual.gap_model.antecedent_scores import Antecedents
from servqual.gap_model.cause_words import Cause

FRAME = pd.DataFrame({"branch": ["x", "y", "z"], "role_conflict": [1, 2, 3.5], "staff": [10, 12, 9]})


def sheets(people: int = 12, *, seed: int = 1, labels: str = "abc", managers: bool = False) -> Survey:
    instrument = manager_antecedents() if managers else employee_antecedents()
    answers = np.random.default_rng(seed).integers(1, 8, (people, len(instrument)))
    branch = [None if label == "-" else label for label in labels] * (people // len(labels))
    return Survey.from_arrays(instrument, perception=answers, groups={"branch": np.array(branch, dtype=object)})


def test_a_unit_has_the_mean_of_its_people() -> None:
    survey = sheets()
    found = Antecedents.from_survey(survey, "branch")
    answers = np.asarray(survey.perception.values, np.float64).reshape(12, 12, 3)
    assert (found.units, found.unit) == (("a", "b", "c"), "branch")
    assert found.keys == employee_antecedents().dimension_keys
    for place in range(3):
        np.testing.assert_allclose(found.values[place], answers[place::3].mean(axis=(0, 2)), rtol=1e-6)


def test_people_without_a_unit_are_left_out_and_noted() -> None:
    found = Antecedents.from_survey(sheets(labels="ab-"), "branch")
    assert found.units == ("a", "b")
    assert [note.en for note in found.notes] == ["people without a unit are left out"]


def test_weights_of_people_count() -> None:
    survey = sheets()
    doubled = Survey.from_arrays(
        survey.instrument,
        perception=survey.perception.values,
        weights=[1.0] * 6 + [3.0] * 6,
        groups={"branch": list("abc") * 4},
    )
    first, second = (Antecedents.from_survey(survey.select(rows=half), "branch").values for half in _halves())
    np.testing.assert_allclose(Antecedents.from_survey(doubled, "branch").values, (first + 3 * second) / 4, rtol=1e-5)


def _halves() -> tuple[list[int], list[int]]:
    return list(range(6)), list(range(6, 12))


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_frames_of_all_libraries(library: str) -> None:
    frame = {"pandas": FRAME, "polars": pl.from_pandas(FRAME), "pyarrow": pa.Table.from_pandas(FRAME)}[library]
    found = Antecedents.from_frame(frame, unit="branch")
    assert found.units == ("x", "y", "z")
    np.testing.assert_allclose(found.column("role_conflict"), [1, 2, 3.5])
    assert [note.en for note in found.notes] == ["columns left out, which are no causes: staff"]
    assert repr(found) == "<Antecedents: 3 units × 1 causes>"


def test_own_causes_have_own_columns() -> None:
    crowded = Cause("staff", "gap_3", "raises")
    found = Antecedents.from_frame(FRAME, unit="branch", causes=[crowded])
    assert found.causes[1] == crowded
    assert found.notes == ()


def test_joined_scores_are_missing_where_nobody_was_asked() -> None:
    first = Antecedents.from_arrays(["a", "b"], {"teamwork": [1.0, 2.0]})
    second = Antecedents.from_arrays(["b", "c"], {"role_conflict": [5.0, 6.0]})
    both = first.join(second)
    assert both.units == ("a", "b", "c")
    np.testing.assert_array_equal(both.values, [[1, np.nan], [2, 5], [np.nan, 6]])
    three = Antecedents.from_survey(sheets(), "branch").join(Antecedents.from_survey(sheets(managers=True), "branch"))
    assert three.values.shape == (3, 21)


def test_faces() -> None:
    found = Antecedents.from_frame(FRAME, unit="branch")
    assert "各单位的差距成因得分" in str(found.to_table("zh"))
    assert "未使用的列" in str(found.to_table("zh"))
    assert list(found.to_frame()["branch"]) == ["x", "y", "z"]
    assert json.loads(json.dumps(found.to_dict()))["columns"]["role_conflict"] == [1.0, 2.0, 3.5]
    assert "<table>" in found._repr_html_()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert not again.values.flags.writeable


def test_frames_that_are_refused() -> None:
    with pytest.raises(GapModelError, match="no 'shop'"):
        Antecedents.from_frame(FRAME, unit="shop")
    with pytest.raises(GapModelError, match="at least one column is a cause"):
        Antecedents.from_frame(FRAME[["branch", "staff"]], unit="branch")
    with pytest.raises(GapModelError, match=r"cause staff: unknown.*causes of your own are stated"):
        Antecedents.from_frame(FRAME, unit="branch", columns=["staff"])
    with pytest.raises(GapModelError, match="column role_conflict: no numbers"):
        Antecedents.from_frame(FRAME.assign(role_conflict=list("abc")), unit="branch")
    with pytest.raises(GapModelError, match="missing in 1 of 3 rows; every row has its unit"):
        Antecedents.from_frame(FRAME.assign(branch=np.array(["x", None, "z"], dtype=object)), unit="branch")
    with pytest.raises(GapModelError, match="'x' twice; every unit stands once"):
        Antecedents.from_frame(FRAME.assign(branch=["x", "x", "z"]), unit="branch")
    with pytest.raises(GapModelError, match="causes: 'staf'; there is no such column"):
        Antecedents.from_frame(FRAME, unit="branch", causes=[Cause("staf", "gap_3", "raises")])


def test_arrays_that_are_refused() -> None:
    with pytest.raises(GapModelError, match=r"column teamwork: shape \(1,\); there is one score for each of 2 units"):
        Antecedents.from_arrays(["a", "b"], {"teamwork": [1.0]})
    with pytest.raises(GapModelError, match="infinite scores"):
        Antecedents.from_arrays(["a", "b"], {"teamwork": [1.0, np.inf]})
    with pytest.raises(GapModelError, match="did you mean teamwork"):
        Antecedents.from_arrays(["a"], {"team_work": [1.0]})
    with pytest.raises(GapModelError, match="one of each at least"):
        Antecedents.from_arrays([], {"teamwork": []})


def test_joins_that_are_refused() -> None:
    first = Antecedents.from_arrays(["a", "b"], {"teamwork": [1.0, 2.0]})
    with pytest.raises(GapModelError, match="scores that are joined share units"):
        first.join(Antecedents.from_arrays(["c"], {"role_conflict": [1.0]}))
    with pytest.raises(GapModelError, match="'teamwork' twice; every cause stands once"):
        first.join(first)


def test_what_is_not_there() -> None:
    with pytest.raises(GapModelError, match="no 'team'; it was not measured"):
        Antecedents.from_arrays(["a"], {"teamwork": [1.0]}).column("team")
    table: Any = _halves
    with pytest.raises(
        GapModelError, match=r"survey: a function; it is a Survey\. Hint: for a frame of scores by unit"
    ):
        Antecedents.from_survey(table, "branch")
    with pytest.raises(GroupError, match="shop"):
        Antecedents.from_survey(sheets(), "shop")
