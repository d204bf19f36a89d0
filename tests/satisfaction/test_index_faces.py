"""How an index is shown: one line, tables in two languages, frames, dictionaries and pickles."""

import json
import pickle
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from servqual.errors import RecordError
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics import Inapplicable
from tests.satisfaction.index_data import ITEMS, PATHS, SEVEN, SMALL, answers, codes, gappy


@pytest.fixture
def fit() -> IndexFit:
    return fit_index(SMALL, gappy(), scale=SEVEN, groups={"branch": ["north", "south"] * 40})


def test_one_line_says_how_many_and_how(fit: IndexFit) -> None:
    r2 = fit.estimates.r2
    said = f"<IndexFit: 79 respondents; value R² {r2[1]:.2f}, loyalty R² {r2[2]:.2f}; path scheme on correlations>"
    assert repr(fit) == said
    assert "<table>" in fit._repr_html_()


def test_the_table_of_paths(fit: IndexFit) -> None:
    table = fit.to_table()
    assert list(table.columns) == ["source", "target", "path", "f2", "vif", "total_effect"]
    assert list(zip(table["source"], table["target"], strict=True)) == list(SMALL.paths)
    assert table["path"] == tuple(fit.path(*path) for path in SMALL.paths)
    assert table.title == "Paths of the index model"
    steps, change = int(fit.estimates.iterations), float(fit.estimates.change)
    method, people, missing = table.notes
    assert method.startswith("PLS path modelling on correlations (standardised indicators), path weighting scheme; ")
    assert f"; {steps} iterations, last change {change:.1e}; signs: weights of each construct add up to mo" in method
    assert people == "79 of 80 respondents take part"
    lack = f"{fit.rows.incomplete} of those who take part lack some"
    assert missing == f"missing answers: each pair of items over those who answered both; {lack}"
    chinese = fit.to_table("zh")
    assert chinese["label"] == ("how one is served → value", "value → loyalty", "how one is served → loyalty")
    assert chinese.title == "指数模型的路径系数"
    assert chinese.notes[1] == "80 名受访者中有 79 名参与"
    assert fit.to_frame().shape == (3, 6)
    assert type(fit.to_frame("polars")).__module__.startswith("polars")


def test_tables_of_constructs_and_indicators_hold_what_there_is(fit: IndexFit) -> None:
    table = fit.constructs("en")
    assert table["construct"] == SMALL.names
    assert table["label"][0] == "how one is served"
    assert table["r2"][0] is None
    assert table["indicators"] == (3, 2, 2)
    assert table["index"] == tuple(fit.index(name) for name in SMALL.names)
    indicators = fit.indicators("zh")
    assert indicators["indicator"] == SMALL.indicators
    assert indicators["missing"] == fit.rows.missing
    share = dict(zip(indicators["indicator"], indicators["share"], strict=True))
    assert sum(float(str(share[name])) for name in ITEMS["service"]) == pytest.approx(1.0)
    loadings = fit.cross_loadings()
    assert loadings["value"] == tuple(fit.estimates.cross_loadings[:, 1].tolist())
    assert fit.cross_loadings("zh").title == "指标与构念的相关"


def test_effects_are_told_apart_and_add_up(fit: IndexFit) -> None:
    table = fit.effects()
    pairs = list(zip(table["source"], table["target"], strict=True))
    assert pairs == [("service", "value"), ("service", "loyalty"), ("value", "loyalty")]
    for direct, indirect, total in zip(table["direct"], table["indirect"], table["total"], strict=True):
        assert float(str(direct)) + float(str(indirect)) == pytest.approx(float(str(total)))
    a, b = fit.path("service", "value"), fit.path("value", "loyalty")
    assert table["indirect"][1] == pytest.approx(a * b)
    routes = fit.routes("service", "loyalty", "zh")
    assert routes["route"] == ("service -> loyalty", "service -> value -> loyalty")
    assert routes["links"] == (1, 2)
    assert routes["effect"][1] == pytest.approx(a * b)
    assert len(fit.routes("loyalty", "service")) == 0
    assert fit.total_effect("loyalty", "service") == 0


def test_pairs_of_constructs(fit: IndexFit) -> None:
    table = fit.discriminant("en")
    assert table["label"] == ("how one is served, value", "how one is served, loyalty", "value, loyalty")
    r = fit.estimates.correlations
    assert table["correlation"] == (r[0, 1], r[0, 2], r[1, 2])
    own = [np.sqrt(np.mean(fit.estimates.loadings[part] ** 2)) for part in (slice(0, 3), slice(3, 5), slice(5, 7))]
    assert table["fornell_larcker_margin"][2] == pytest.approx(min(own[1:]) - abs(r[1, 2]))
    # r between items of both, over r within each: the mean of absolute correlations
    c = np.abs(fit.correlations)
    assert table["htmt"][2] == pytest.approx(c[3:5, 5:7].mean() / np.sqrt(c[3, 4] * c[5, 6]))


def test_indices_of_groups_stand_below_those_of_all(fit: IndexFit) -> None:
    table = fit.indices("en")
    assert list(table.columns) == ["by", "group", "construct", "label", "n", "index"]
    assert table["group"] == (None,) * 3 + ("north",) * 3 + ("south",) * 3
    assert table["n"] == (79,) * 3 + (39,) * 3 + (40,) * 3
    whole = fit_index(SMALL, gappy(), scale=SEVEN).indices()
    assert list(whole.columns) == ["construct", "n", "index"]
    assert whole["index"] == table["index"][:3]
    assert fit.index("value", ("branch", "south")) == table["index"][7]


def test_importance_of_indicators_is_their_share_of_that_of_the_construct(fit: IndexFit) -> None:
    table = fit.importance_performance("loyalty", "zh", indicators=True)
    assert table["indicator"] == SMALL.indicators[:5]
    whole = fit.total_effect("service", "loyalty", unstandardised=True)
    assert sum(float(str(each)) for each in table["importance"][:3]) == pytest.approx(whole)
    assert table["performance"][0] == pytest.approx(100 * (gappy()["quick"].mean() - 1) / 6)
    assert fit.importance_performance("loyalty").notes[-1].startswith("unstandardised effect (importance): points")


def test_without_a_scale_there_is_no_index_and_all_else_is_there() -> None:
    fit = fit_index(SMALL, answers(), groups={"branch": ["north", "south"] * 40})
    assert fit.index("service") == Inapplicable("no scale of the answers was named")
    assert fit.constructs()["index"] == (None,) * 3
    assert fit.constructs()["index_sd"] == (None,) * 3
    assert len(fit.indices()) == 3
    assert fit.indices().notes[-1] == "no index from 0 to 100: no scale of the answers was named"
    assert fit.effects().notes[-1] == "unstandardised effects are in units of weighted mean answers"
    table = answers()
    shares = fit.numbers.shares[:3]
    score = table[ITEMS["service"]].to_numpy() @ shares
    assert fit.numbers.spreads[0] == pytest.approx(score.std(ddof=1))
    scaled = fit_index(SMALL, table, scale=SEVEN)
    np.testing.assert_allclose(fit.numbers.ratios, scaled.numbers.ratios, rtol=1e-12)
    assert fit.importance_performance("loyalty", indicators=True)["performance"] == (None,) * 5


def test_negative_weights_are_told() -> None:
    table = codes()
    table[:, 2] = np.random.default_rng(0).integers(1, 8, 80)
    table[:, 2] = np.clip(8 - table[:, 5] + (table[:, 2] > 4), 1, 7)
    fit = fit_index(SMALL, table, scale=SEVEN)
    assert fit.estimates.weights[2] < 0
    note = "an indicator has a negative weight, so that the index may leave 0 to 100: service"
    assert note in fit.constructs().notes


def test_weights_that_add_up_to_nothing_make_no_index(fit: IndexFit) -> None:
    turned = fit.estimates.weights * [-1, -1, -1, 1, 1, 1, 1]
    other = evolve(fit, estimates=evolve(fit.estimates, weights=turned))
    assert other.index("service") == Inapplicable("the weights of its indicators do not add up to more than 0")
    assert other.index("value") == fit.index("value")
    assert other.indices()["index"][0] is None
    assert other.indices().notes[-1] == "no index where weights do not add up to more than 0: service"


def test_a_fit_is_the_same_after_a_round_trip(fit: IndexFit) -> None:
    record = json.loads(json.dumps(fit.to_dict(), allow_nan=False))
    again = IndexFit.from_dict(record)
    assert again.to_dict() == fit.to_dict()
    assert again.to_table().columns == fit.to_table().columns
    assert again.index("value", ("branch", "north")) == fit.index("value", ("branch", "north"))
    plain = fit_index(SMALL, answers(), weights=np.ones(80))
    assert IndexFit.from_dict(plain.to_dict()).weight_kind == "sampling"
    assert IndexFit.from_dict(plain.to_dict()).ends is None


def test_a_pickle_is_small_and_its_arrays_stay_read_only(fit: IndexFit) -> None:
    frame = gappy(4000)
    large = fit_index(SMALL, frame, scale=SEVEN)
    assert len(pickle.dumps(large)) < 12_000
    again = pickle.loads(pickle.dumps(fit))  # noqa: S301 - our own bytes
    assert again.to_dict() == fit.to_dict()
    assert not again.matrix.flags.writeable
    assert not again.groups[0].means.flags.writeable


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "x"}, r"\$.schema: 'x'; it is 'servqual.satisfaction.IndexFit/1'"),
        ({"means": ["x"]}, r"\$.means: 'x' is no number; as to_dict writes it"),
        ({"extra": 1}, "unknown key 'extra'"),
        ({"estimates": {}}, r"\$.estimates.weights: missing; estimates have this key"),
        ({"weight_kind": "often"}, "weights are sampling weights or frequencies"),
        ({"model": {}}, r"\$.schema: missing"),
        ({"recipe": {"metric": "raw"}}, "a Metric is wanted here"),
    ],
)
def test_records_that_describe_no_fit_are_refused(fit: IndexFit, change: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        IndexFit.from_dict({**fit.to_dict(), **change})
    record = fit.to_dict()
    record["estimates"]["more"] = [1]
    with pytest.raises(RecordError, match=r"\$.estimates.more: unknown; estimates have no such key"):
        IndexFit.from_dict(record)


def test_notes_say_what_weights_were_and_what_the_matrix_is_not() -> None:
    weights = np.arange(1, 81)
    assert (
        "respondents count by their sampling weights" in fit_index(SMALL, answers(), weights=weights).to_table().notes
    )
    counted = fit_index(SMALL, answers(), weights=weights, weight_kind="frequency").to_table("zh").notes
    assert "80 名受访者中有 80 名参与，按频数计为 3240 人" in counted
    assert "权重为频数" in counted
    for n, indefinite in ((14, True), (80, False)):
        sparse = answers(n).astype(float).mask(np.random.default_rng(0).random((n, 7)) < 0.3)
        fit = fit_index(SMALL, sparse)
        assert bool(np.linalg.eigvalsh(fit.matrix)[0] < -1e-10) is indefinite
        assert ("the matrix of pairs is not positive definite: mistrust it" in fit.to_table().notes) is indefinite


def test_modes_b_have_no_reliability_and_a_note() -> None:
    model = StructuralModel.define(ITEMS, PATHS, modes={"service": "B"})
    table = fit_index(model, answers(), scale=SEVEN).constructs("en")
    assert table["mode"] == ("B", "A", "A")
    assert (table["alpha"][0], table["rho_a"][0], table["rho_c"][0]) == (None, None, None)
    assert "indicators of mode B form their construct and need not agree" in table.notes


def test_effect_sizes_by_two_ways(fit: IndexFit) -> None:
    kept, anew = fit.effect_sizes(), fit.effect_sizes(refit=True)
    assert kept[2, 0] == pytest.approx(float(str(fit.to_table()["f2"][2])))
    assert np.isnan(anew[0]).all()
    assert anew[2, 0] != kept[2, 0]
    assert anew[2, 0] == pytest.approx(kept[2, 0], abs=0.05)
