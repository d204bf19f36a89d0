"""Satisfaction by object: scores of tagged items, and differences within people."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError, DriverError
from servqual.instruments import Scale
from servqual.satisfaction.priorities.object_reading import satisfaction_by_object
from servqual.scoring import PerformanceOnly, score
from servqual.statistics import Inapplicable
from tests.satisfaction.driver_data import survey

ROWS: dict[str, Any] = {
    "kind": [6, 7, 5, 6, np.nan], "smile": [5, 7, 6, np.nan, np.nan], "steps": [3, 4, 4, 3, 5], "done": [6, 6, 7, 7, 2],
}  # fmt: skip
OBJECTS = {"attitude": ["kind", "smile"], "process": ["steps"], "result": ["done"]}
SEVEN = Scale.likert(7)


def test_scores_are_means_of_the_items_that_were_answered() -> None:
    found = satisfaction_by_object(ROWS, OBJECTS, scale=SEVEN)
    scores = np.array([5.5, 7.0, 5.5, 6.0])
    row = found["attitude"]
    assert (row.n, row.items) == (4, 2)
    assert row.mean == pytest.approx(scores.mean())
    assert row.sd == pytest.approx(scores.std(ddof=1))
    ends = stats.t.interval(0.95, 3, scores.mean(), scores.std(ddof=1) / 2)
    np.testing.assert_allclose([float(row.low), float(row.high)], ends)
    assert row.index == pytest.approx(100 * (scores.mean() - 1) / 6)
    strict = satisfaction_by_object(ROWS, OBJECTS, min_answered=1.0)
    assert strict["attitude"].n == 3
    assert strict["attitude"].mean == pytest.approx(6.0)


def test_differences_are_within_people() -> None:
    table = satisfaction_by_object(ROWS, OBJECTS).to_table("pairs")
    assert list(zip(table["object"], table["against"], strict=True)) == [
        ("attitude", "process"),
        ("attitude", "result"),
        ("process", "result"),
    ]
    test = stats.ttest_rel([5.5, 7.0, 5.5, 6.0], [3, 4, 4, 3])
    assert table["t"][0] == pytest.approx(test.statistic)
    assert table["p"][0] == pytest.approx(test.pvalue)
    assert table["n"] == (4, 4, 5)
    smallest = min(float(p) for p in table["p"])  # type: ignore[arg-type]
    assert min(float(p) for p in table["p_holm"]) == pytest.approx(3 * smallest)  # type: ignore[arg-type]


def test_of_dimensions_they_are_the_scores_of_a_survey() -> None:
    given = survey(weights=np.linspace(1, 2, 200), cluster=np.arange(200) % 12)
    found = satisfaction_by_object(given, {"a": ["wait", "steps"], "b": ["tone", "help"]})
    table = score(given, PerformanceOnly(), dtype=np.float64).table()
    for key, place in (("a", 0), ("b", 1)):
        for name in ("mean", "low", "high", "sd"):
            assert float(getattr(found[key], name)) == pytest.approx(table[name][place], abs=1e-9)
    assert "interval: 95%, Student t; cluster-robust errors" in found.to_table().notes
    assert found["a"].index == pytest.approx(100 * (float(found["a"].mean) - 1) / 6)


def test_frequencies_are_repeated_rows() -> None:
    times = np.array([2, 0, 3, 1, 1])
    one = satisfaction_by_object(ROWS, OBJECTS, weights=times, weight_kind="frequency")
    repeated = {name: np.repeat(column, times) for name, column in ROWS.items()}
    other = satisfaction_by_object(repeated, OBJECTS)
    for key in OBJECTS:
        for name in ("n", "mean", "low", "high"):
            assert float(getattr(one[key], name)) == pytest.approx(float(getattr(other[key], name)))


def test_what_one_person_says_has_no_interval() -> None:
    rows = {"a": [5.0, np.nan], "b": [4.0, 4.0]}
    found = satisfaction_by_object(rows, {"x": ["a"], "y": ["b"]})
    assert found["x"].mean == 5.0
    assert isinstance(found["x"].low, Inapplicable)
    assert str(found["x"].low) == "fewer than two respondents have a score"
    assert str(found["x"].index) == "no scale is known"
    assert found.views["pairs"].table["p"] == (None,)
    assert "p" not in found.to_table("pairs").columns


def test_results_are_plain_values_in_both_languages() -> None:
    found = satisfaction_by_object(ROWS, OBJECTS, labels={"result": "the outcome"})
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["columns"]["object"] == ["attitude", "process", "result"]
    assert set(record["views"]) == {"pairs"}
    assert repr(found) == "<ObjectSatisfaction: attitude 6.00, process 3.80, result 5.60>"
    assert found.to_table(language="zh")["label"] == ("态度", "过程", "the outcome")
    assert len(found.to_frame()) == len(found) == 3
    assert "pairs" not in satisfaction_by_object(ROWS, {"process": ["steps"]}).views
    assert found._repr_html_().startswith("<div")
    assert repr(found["process"]).startswith("<ObjectScore of process: 3.800 (")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"objects": {}}, "objects: {}; objects are a mapping, object → items"),
        ({"objects": ["kind"]}, r"objects: \['kind'\]"),
        ({"objects": {"a": []}}, r"object a: \[\]; an object has a list of items, one or more"),
        ({"objects": {"a": "kind"}}, "object a: 'kind'"),
        ({"objects": {"a": ["kind"], "b": ["kind"]}}, "item kind: in a and b; an item belongs to one object, once"),
        ({"objects": {"a": ["kid"]}}, "columns: no 'kid'; the data has no such column. Hint: did you mean kind"),
        ({"min_answered": 0}, "min_answered: 0; the share of items that must be answered is above 0 and at most 1"),
        ({"confidence": 1}, "confidence: 1"),
        ({"scale": Scale.likert(5)}, r"items: 9 answers of 3 items outside, first kind = 6; answers lie in 1\.\.5"),
        ({"labels": {"resul": "x"}}, "labels: no 'resul'; labels are those of objects"),
        ({"weights": [1, -1, 1, 1, 1]}, "weights: 1 negative, first in row 1"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    asked: dict[str, Any] = {"source": ROWS, "objects": OBJECTS} | change
    with pytest.raises(DriverError, match=told):
        satisfaction_by_object(**asked)


def test_a_survey_has_its_own_scale() -> None:
    with pytest.raises(DriverError, match=r"scale: 1\.\.5, beside a survey"):
        satisfaction_by_object(survey(), {"a": ["wait"]}, scale=Scale.likert(5))


def test_what_is_not_there_is_answered_with_what_is() -> None:
    found = satisfaction_by_object(ROWS, OBJECTS)
    with pytest.raises(
        DriverError, match=r"object: no 'proces'; it is none of the objects\. Hint: did you mean process"
    ):
        found["proces"]
    with pytest.raises(ArgumentError, match="view: 'pair'"):
        found.to_table("pair")
