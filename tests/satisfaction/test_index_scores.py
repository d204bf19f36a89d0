"""Scores of single respondents: by hand, with missing answers, and their means."""

import json
import pickle

import numpy as np
import pytest

from servqual.errors import StructuralError
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.scoring import index_scores
from servqual.statistics import Moments, WeightKind, student_interval
from tests.satisfaction.index_data import SEVEN, SMALL, answers, gappy, survey

FIT = fit_index(SMALL, gappy(), scale=SEVEN)


def test_answers_that_are_there_take_the_weight_of_those_that_are_not() -> None:
    shares, means, raw = FIT.numbers.shares, FIT.means, FIT.numbers.raw
    found = index_scores(FIT, np.array([[7, np.nan, 3, 5, np.nan, np.nan, np.nan]]))
    assert found.indices is not None
    service = 100 * (shares[0] * 6 + shares[2] * 2) / 6 / (shares[0] + shares[2])
    assert found.indices[0, 0] == pytest.approx(service)
    assert found.indices[0, 1] == pytest.approx(100 * 4 / 6)
    assert np.isnan(found.indices[0, 2])
    score = (raw[0] * (7 - means[0]) + raw[2] * (3 - means[2])) * raw[:3].sum() / (raw[0] + raw[2])
    assert found.scores[0, 0] == pytest.approx(score)


def test_how_many_answers_are_needed_can_be_said() -> None:
    row = np.array([[7, np.nan, np.nan, 5, 4, 4, 4]])
    assert np.isnan(index_scores(FIT, row).scores[0, 0])
    assert np.isfinite(index_scores(FIT, row, min_answered=1 / 3).scores[0, 0])
    assert np.isnan(index_scores(FIT, row * [1, 1, 1, 1, np.nan, 1, 1], min_answered=1.0).scores[0, 1])
    text = index_scores(FIT, row, min_answered=1 / 3).to_table().notes[0]
    assert text == "missing answers: 33% or more of a construct's indicators, the weights of those answered scaled up"


def test_scores_have_no_spread_but_their_own_among_those_of_the_fit() -> None:
    complete = fit_index(SMALL, answers(), scale=SEVEN)
    scores = index_scores(complete, answers())
    np.testing.assert_allclose(scores.scores.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scores.scores.std(axis=0, ddof=1), 1, rtol=1e-12)
    np.testing.assert_array_equal(scores.of("value"), np.asarray(scores.indices)[:, 1])
    plain = index_scores(fit_index(SMALL, answers()), answers())
    assert plain.indices is None
    np.testing.assert_array_equal(plain.of("value"), plain.scores[:, 1])
    assert plain.to_table().title == "Mean scores of constructs"


def test_rows_stay_where_they_are_also_those_that_count_for_nothing() -> None:
    weights = np.where(np.arange(80) < 10, 0.0, 1.0)
    fit = fit_index(SMALL, answers(), weights=weights, scale=SEVEN)
    assert fit.rows.used == 70
    scores = index_scores(fit, answers(), weights=weights)
    assert len(scores) == 80
    assert np.isfinite(scores.scores).all()
    assert scores.to_table()["n"] == (70,) * 3


@pytest.mark.parametrize("kind", list(WeightKind))
def test_means_and_errors_are_those_of_the_house(kind: WeightKind) -> None:
    weights = np.arange(80) % 4 + 1.0
    scores = index_scores(FIT, answers(), weights=weights, weight_kind=kind)
    moments = Moments.of(np.asarray(scores.indices), weights, kind)
    table = scores.to_table(confidence=0.9)
    low, high = student_interval(moments.mean, moments.standard_error, moments.degrees_of_freedom, 0.9)
    np.testing.assert_allclose(np.array(table["mean"], float), moments.mean)
    np.testing.assert_allclose(np.array(table["se"], float), moments.standard_error)
    np.testing.assert_allclose(np.array(table["low"], float), low)
    np.testing.assert_allclose(np.array(table["high"], float), high)


def test_means_by_group_and_with_clusters() -> None:
    branch = np.array(["north", "south"] * 40)
    shop = np.arange(80) // 4
    scores = index_scores(FIT, answers(), groups={"branch": branch}, cluster=shop)
    table = scores.to_table("zh", by="branch")
    assert table["branch"] == ("north",) * 3 + ("south",) * 3
    assert table["label"][1] == "value"
    values = np.asarray(scores.indices)[branch == "south", 0]
    assert table["mean"][3] == pytest.approx(values.mean())
    sums = np.array([(values - values.mean())[shop[branch == "south"] == each].sum() for each in range(20)])
    assert table["se"][3] == pytest.approx(np.sqrt(20 / 19 * (sums**2).sum()) / 40)
    assert "标准误按整群稳健估计" in table.notes


def test_a_survey_brings_its_own_weights_groups_and_clusters() -> None:
    frame = answers().assign(w=np.arange(80) + 1.0, branch=["north", "south"] * 40, shop=np.arange(80) // 4)
    given = survey(frame, weights="w", groups=["branch"], cluster="shop")
    fit = fit_index(SMALL, given, groups="branch")
    one = index_scores(fit, given, groups="branch")
    other = index_scores(fit, frame, weights="w", groups="branch", cluster="shop")
    assert one.to_table(by="branch").columns == other.to_table(by="branch").columns
    assert fit.weight_kind is WeightKind.SAMPLING
    assert [each.label for each in fit.groups] == ["north", "south"]


def test_faces_of_scores() -> None:
    scores = index_scores(FIT, gappy())
    assert repr(scores) == "<IndexScores of 80 respondents: service, value, loyalty>"
    frame = scores.to_frame()
    assert list(frame.columns) == ["service", "value", "loyalty"]
    assert len(frame) == 80
    assert np.isnan(frame["value"][4])
    assert json.loads(json.dumps(scores.to_dict()))["columns"]["construct"] == ["service", "value", "loyalty"]
    assert "<table>" in scores._repr_html_()
    again = pickle.loads(pickle.dumps(scores))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(again.scores, scores.scores)
    with pytest.raises(StructuralError, match="construct: 'valu'"):
        scores.of("valu")
