"""What `drivers` refuses, with place, rule and remedy; all of it at once."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual.errors import ArgumentError, DriverError, Problem
from servqual.satisfaction.covariance_source import Covariances
from servqual.satisfaction.driving.reading import drivers
from servqual.scoring import summarize
from servqual.survey import Survey
from tests.satisfaction.driver_data import DESK, NAMES, matrix_of, overall, rows, survey

DATA = rows(60) | {"text": np.array(["a"] * 60), "still": np.full(60, 3.0)}
ASKED: dict[str, Any] = {"source": DATA, "outcome": "satisfied", "drivers": list(NAMES), "draws": 20, "rng": 1}


def sum_of_others() -> dict[str, Any]:
    return {**DATA, "sum": DATA["speed"] + DATA["care"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"outcome": "satisfed"},
            r"columns: no 'satisfed'; the data has no such column\. Hint: did you mean satisfied",
        ),
        ({"drivers": ["sped", "care"]}, r"columns: no 'sped'.*did you mean speed"),
        ({"drivers": [f"x{each}" for each in range(9)]}, r"no 'x0', 'x1', 'x2', 'x3', … \(9 in all\)"),
        ({"drivers": "care"}, r"drivers: 'care'; drivers are a list of names\. Hint: drivers=\['care'\]"),
        ({"drivers": []}, "drivers: none; there is one of the drivers or more"),
        ({"drivers": None}, "drivers: none"),
        ({"drivers": ["care", "satisfied"]}, "drivers: 'satisfied', the outcome; an outcome does not explain itself"),
        ({"drivers": ["care", "care"]}, "drivers: 'care' 2 times; each is named once"),
        ({"drivers": ["care", "text"]}, "column text: no numbers but 'a'; answers are numbers.*code words as numbers"),
        ({"drivers": ["care", "still"]}, "column still: constant, 3 throughout; what is explained, and what explains"),
        ({"outcome": "still"}, "column still: constant, 3 throughout"),
        ({"controls": ["care"]}, "controls: 'care', a driver; a column is a control or a driver, not both"),
        ({"controls": ["satisfied"]}, "controls: 'satisfied', the outcome"),
        ({"method": "shapely"}, "method: 'shapely'; it is one of lmg, relative_weights"),
        ({"draws": 1}, "draws: 1; it is a whole number, 2 or more"),
        ({"rng": None}, "rng: None; what is drawn at random has a seed. Hint: pass a seed, as rng=1"),
        ({"confidence": 95}, r"confidence: 95; it lies strictly between 0 and 1\. Hint: pass 0\.95"),
        ({"orderings": 7}, "orderings: 7; orderings come in pairs"),
        ({"orderings": 40, "method": "first"}, "orderings: given, with first; orderings are drawn for lmg only"),
        ({"groups": {"a": ["speed", "zeal"]}}, "groups 'a': no 'zeal'; groups are made of drivers"),
        ({"groups": {"a": []}}, "groups 'a': no drivers"),
        ({"groups": {"a": ["care"], "b": ["care"]}}, "groups: 'care' 2 times; a driver belongs to one group"),
        (
            {"groups": {"a": ["care"]}, "method": "car"},
            "groups: given, with car; drivers come in together with lmg only",
        ),
        ({"weights": "w"}, "columns: no 'w'; the data has no such column"),
        ({"weights": -np.ones(60)}, "weights: 60 negative, first in rows 0, 1, 2, …; weights are zero or more"),
        ({"weights": np.ones(59)}, r"weights: an array of shape \(59,\); it has one number for each of 60 respondents"),
        ({"weights": np.full(60, 0.5), "weight_kind": "frequency"}, "weights: 60 not whole"),
        ({"weights": np.ones(60), "weight_kind": "survey"}, "weight_kind: 'survey'"),
        ({"cluster": "branch"}, "cluster: no 'branch'; the data has no such column"),
        ({"cluster": ["a"] * 60}, "cluster: 1 cluster; clusters that are drawn are two or more"),
        ({"cluster": ["a", None] * 30}, "cluster: 30 respondents without one; every respondent belongs to a cluster"),
        ({"cluster": ["a", "b"]}, "cluster: 2 labels; each of 60 respondents has one"),
        ({"labels": {"car": "x"}}, "labels: no 'car'; labels are those of columns that are read.*did you mean care"),
        (
            {"source": sum_of_others(), "drivers": ["speed", "care", "sum"]},
            "column sum: it follows from the columns before",
        ),
        ({"source": 3}, "frame: a int; a frame is a DataFrame"),
        ({"source": {}}, "source: no columns; columns are arrays of one axis and one length"),
        ({"source": {"a": [1, 2], "b": [1]}}, r"source: a \(2,\), b \(1,\)"),
        ({"source": np.ones((5, 3))}, r"source: an array of shape \(5, 3\) for 4 names; an array has a row for each"),
        ({"outcome": np.ones(3)}, r"outcome: an array of shape \(3,\); it has one number for each of 60 respondents"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(DriverError, match=told):
        drivers(**(ASKED | change))


def test_drivers_that_outnumber_respondents_are_refused() -> None:
    few = {name: column[:5] for name, column in DATA.items()}
    told = (
        r"drivers: 5 respondents who answered everything \(of 5\) for 4 drivers; respondents outnumber drivers by two"
    )
    with pytest.raises(DriverError, match=told):
        drivers(few, "satisfied", NAMES, draws=0)
    gaps = {**DATA, "care": np.full(60, np.nan)}
    with pytest.raises(DriverError, match=r"0 respondents who answered everything \(of 60\)"):
        drivers(gaps, "satisfied", NAMES, draws=0)


def test_infinite_answers_are_refused() -> None:
    frame = pd.DataFrame(DATA).assign(care=np.inf)
    with pytest.raises(DriverError, match=r"column care: 60 infinite; answers are finite\. Hint: write NaN"):
        drivers(frame, "satisfied", NAMES, draws=0)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(DriverError, match="6 problems") as caught:
        drivers(DATA, "satisfed", ["sped", "care", "care"], weights="w", confidence=2, draws=20)
    places = [problem.place for problem in caught.value.problems if isinstance(problem, Problem)]
    assert places == ["confidence", "rng", "drivers", "columns", "columns", "columns"]
    assert isinstance(caught.value, ValueError)


def test_a_survey_has_its_own_weights_clusters_and_names() -> None:
    given = survey()
    with pytest.raises(DriverError, match="weights: given beside a survey; a survey has its own weights"):
        drivers(given, overall(given), draws=0, weights=np.ones(200))
    with pytest.raises(DriverError, match="cluster: given beside a survey; a survey has its own clusters"):
        drivers(given, overall(given), draws=0, cluster=np.ones(200))
    with pytest.raises(DriverError, match=r"no 'spead'; the survey has no such column\. Hint: did you mean speed"):
        drivers(given, overall(given), ["spead"], draws=0)


def test_a_matrix_has_no_rows() -> None:
    matrix = Covariances([*NAMES, "satisfied"], matrix_of(rows(60)), n=60)
    with pytest.raises(DriverError, match="weights: given beside a matrix; a matrix has no rows"):
        drivers(matrix, "satisfied", NAMES, weights=np.ones(60), draws=0)
    with pytest.raises(DriverError, match="outcome: given beside a matrix"):
        drivers(matrix, np.ones(60), NAMES, draws=0)
    with pytest.raises(
        DriverError, match=r"columns: no 'sped'; the matrix has no such column\. Hint: did you mean speed"
    ):
        drivers(matrix, "satisfied", ["sped"], draws=0)
    with pytest.raises(DriverError, match="labels: no 'x'"):
        drivers(matrix, "satisfied", NAMES, labels={"x": "y"}, draws=0)
    unknown = Covariances(matrix.names, matrix.matrix)
    with pytest.raises(DriverError, match=r"n: not known; intervals need .*leave rng= out for no intervals"):
        drivers(unknown, "satisfied", NAMES, draws=10, rng=1)
    few = Covariances(matrix.names, matrix.matrix, n=4)
    with pytest.raises(DriverError, match="n: 4 respondents for 5 columns"):
        drivers(few, "satisfied", NAMES, draws=10, rng=1)


def test_matrices_that_cannot_be_are_refused() -> None:
    with pytest.raises(DriverError, match="3 problems"):
        Covariances(["a", "a"], [[1.0, 0.2], [0.1, 1.0]], n=1)
    with pytest.raises(DriverError, match=r"names: 1 names for an array of shape \(2, 2\)"):
        Covariances(["a"], np.eye(2))
    still = Covariances(["a", "y"], [[0.0, 0.0], [0.0, 1.0]], n=9)
    with pytest.raises(DriverError, match="column a: constant"):
        drivers(still, "y", ["a"], draws=0)
    holes = Covariances(["a", "y"], [[1.0, np.nan], [np.nan, 1.0]], n=9)
    with pytest.raises(DriverError, match="matrix: pairs without a number"):
        drivers(holes, "y", ["a"], draws=0)


def test_a_summary_of_gaps_has_no_dimensions() -> None:
    given = survey()
    answers = given.perception.values.copy()
    answers[0, 0] = np.nan
    holes = Survey.from_arrays(DESK, perception=answers, expectation=given.expectation().values)
    with pytest.raises(DriverError, match="columns: no 'speed'"):
        drivers(summarize(holes), "done", ["speed"], draws=0)
    wanted = Survey.from_arrays(DESK.asking("expectation"), expectation=answers)
    with pytest.raises(DriverError, match="summary: no perception answers; it holds expectation"):
        drivers(summarize(wanted), "done", ["wait"], draws=0)


def test_what_is_not_there_is_answered_with_what_is() -> None:
    found = drivers(**ASKED)
    with pytest.raises(
        DriverError, match=r"driver: no 'cares'; it is no driver of satisfied here\. Hint: did you mean care"
    ):
        found["cares"]
    with pytest.raises(ArgumentError, match="view: 'rank'; it is one of drivers, methods, ranks, pairs, dominance"):
        found.to_table("rank")
