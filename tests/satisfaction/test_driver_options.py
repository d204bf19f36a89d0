"""Drivers of satisfaction: groups, controls, orderings, and the faces of the result."""

import json
import pickle

import numpy as np
import pytest

from servqual.labels import Label
from servqual.satisfaction.driving.reading import drivers
from servqual.statistics import Inapplicable
from servqual.statistics.importance import ImportanceMethod, explained_variance, variance_shares
from tests.satisfaction.driver_data import NAMES, matrix_of, rows

DATA = rows()
FOUND = drivers(DATA, "satisfied", NAMES, draws=300, rng=1)


def test_groups_have_owen_values_and_shares_of_their_own() -> None:
    groups = {"service": ["speed", "care"], "rest": ["price", "colour"]}
    found = drivers(DATA, "satisfied", NAMES, groups=groups, draws=100, rng=1)
    wanted = dict(zip(NAMES, variance_shares(matrix_of(DATA), groups=[(0, 1), (2, 3)]), strict=True))
    for name, share in wanted.items():
        assert found[name].share == pytest.approx(share, abs=1e-12)
        assert found[name].group == ("service" if name in groups["service"] else "rest")
    table = found.to_table("groups")
    assert table["group"] == ("service", "rest")
    assert table["share"][0] == pytest.approx(wanted["speed"] + wanted["care"])
    assert sum(table["percent"]) == pytest.approx(1.0)  # type: ignore[arg-type]
    assert "dominance" not in found.views
    alone = drivers(DATA, "satisfied", NAMES, groups={"service": ["speed", "care"]}, draws=0)
    assert alone.to_table("groups")["group"] == ("service", "price", "colour")
    assert alone["price"].group is None


def test_controls_come_first() -> None:
    found = drivers(DATA, "satisfied", ["speed", "price"], controls=["care", "colour"], draws=50, rng=1)
    order = [1, 3, 0, 2, 4]
    matrix = matrix_of(DATA)[np.ix_(order, order)]
    np.testing.assert_allclose(
        [found["speed"].share, found["price"].share], variance_shares(matrix, controls=[0, 1]), atol=1e-12
    )
    assert found["speed"].coefficient == pytest.approx(FOUND["speed"].coefficient)
    assert isinstance(found.adjusted_r2, Inapplicable)
    before = float(explained_variance(matrix)) - found.r2
    assert any(f"controls, in every model: care, colour; R² {before:.3f}" in note for note in found.to_table().notes)


def test_twenty_five_drivers_are_weighed_by_orderings() -> None:
    rng = np.random.default_rng(5)
    columns = rng.normal(size=(200, 25)) + rng.normal(size=(200, 1))
    names = [f"d{place}" for place in range(25)]
    found = drivers(columns, columns[:, :5].sum(axis=1) + rng.normal(size=200), names, draws=20, rng=1)
    assert sum(row.share for row in found) == pytest.approx(found.r2, abs=1e-9)
    assert any("LMG from 500 orderings drawn at random: standard error" in note for note in found.to_table().notes)
    assert {row.driver for row in found if row.rank <= 5} == set(names[:5])
    assert "lmg" in found.to_table("methods").columns
    weights = drivers(columns, columns[:, 0], names, method="relative_weights", draws=0)
    assert "lmg" not in weights.to_table("methods").columns


def test_few_drivers_may_be_weighed_by_orderings() -> None:
    found = drivers(DATA, "satisfied", NAMES, orderings=400, draws=0, rng=1)
    assert found["care"].share == pytest.approx(FOUND["care"].share, abs=0.01)
    assert found["care"].share != FOUND["care"].share


def test_views_tell_methods_ranks_pairs_and_dominance() -> None:
    methods = FOUND.to_table("methods")
    assert list(methods.columns) == ["driver", *ImportanceMethod]
    np.testing.assert_allclose(sum(methods["relative_weights"]), FOUND.r2)  # type: ignore[arg-type]
    ranks = FOUND.to_table("ranks")
    table = np.array([ranks[f"rank_{place}"] for place in range(1, 5)], dtype=float)
    np.testing.assert_allclose(table.sum(axis=0), 1)
    np.testing.assert_allclose(table.sum(axis=1), 1)
    assert ranks["rank_1"][0] == FOUND["care"].first
    pairs = FOUND.to_table("pairs")
    assert len(pairs) == 6
    assert (pairs["driver"][0], pairs["over"][0]) == ("care", "speed")
    assert pairs["difference"][0] == pytest.approx(FOUND["care"].share - FOUND["speed"].share)
    assert 0.5 < float(pairs["ahead"][0]) <= 1  # type: ignore[arg-type]
    dominance = FOUND.to_table("dominance")
    assert ("care", "colour", "complete") in set(
        zip(dominance["driver"], dominance["over"], dominance["dominance"], strict=True)
    )


def test_one_driver_explains_all_there_is() -> None:
    found = drivers(DATA, "satisfied", ["care"], draws=30, rng=1)
    assert found["care"].share == pytest.approx(found["care"].r ** 2)
    assert (found["care"].first, found["care"].rank_low, found["care"].rank_high) == (1.0, 1.0, 1.0)
    assert len(found.to_table("pairs")) == 0


def test_pratt_may_be_below_zero_and_says_so() -> None:
    found = drivers(DATA, "satisfied", NAMES, method="pratt", draws=20, rng=1)
    notes = " ".join(found.to_table().notes)
    assert "Pratt's shares may be below zero" in notes
    assert "a share is never below zero" not in notes
    first = drivers(DATA, "satisfied", NAMES, method="first", draws=0)
    assert any("do not sum to R²" in note for note in first.to_table().notes)


def test_close_relations_and_turned_signs_are_told() -> None:
    twin = {**DATA, "twin": DATA["care"] + 0.01 * np.sin(np.arange(300))}
    notes = " ".join(drivers(twin, "satisfied", [*NAMES, "twin"], draws=0).to_table().notes)
    assert "collinearity: variance inflation up to" in notes
    assert "(care, twin)" in notes
    rng = np.random.default_rng(0)
    real = rng.normal(size=500)
    masked = {"y": real, "a": real + rng.normal(size=500), "b": 0.0 * real}
    masked["b"] = masked["a"] - real + 0.2 * real
    told = " ".join(drivers(masked, "y", ["a", "b"], draws=0).to_table().notes)
    assert "coefficient and correlation have different signs: b" in told


def test_tables_speak_both_languages() -> None:
    labels: dict[str, Label | str] = {
        "care": Label("care for customers", "关怀客户"),
        "satisfied": Label("satisfied", "满意"),
    }
    found = drivers(DATA, "satisfied", NAMES, labels=labels, draws=20, rng=1)
    assert str(found.to_table()).startswith("Drivers of satisfied, 95% intervals\n")
    chinese = found.to_table(language="zh")
    assert chinese.title == "满意的驱动因素，95% 置信区间"
    assert (chinese["label"][0], chinese["verdict"][0]) == ("关怀客户", "正向")
    assert found.to_table("methods", language="en")["label"][0] == "care for customers"
    assert all(max(note) >= "一" for note in chinese.notes)


def test_results_are_plain_values() -> None:
    record = json.loads(json.dumps(FOUND.to_dict(), allow_nan=False))
    assert record["reading"] == "drivers"
    assert record["columns"]["driver"][0] == "care"
    assert set(record["views"]) == {"methods", "ranks", "pairs", "dominance"}
    assert len(FOUND.to_frame()) == 4
    assert repr(FOUND).startswith("<Drivers of satisfied by lmg: 4, R² 0.6")
    assert "rank 1, first in" in repr(FOUND["care"])
    assert FOUND._repr_html_().startswith("<div")
    again = pickle.loads(pickle.dumps(FOUND))  # noqa: S301 - our own bytes
    assert again.to_dict() == FOUND.to_dict()
    assert len(pickle.dumps(FOUND)) < 20_000


def test_progress_is_shown_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    drivers(DATA, "satisfied", NAMES, draws=100, rng=1, progress=True)
    told = capsys.readouterr().err
    assert "resamples: 100%" in told
    assert "shares: 100%" in told
