"""Penalty–reward contrasts against least squares, impact asymmetry against its formula and its classes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.errors import ArgumentError, DriverError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.priorities.penalty_contrasts import Contrasts, class_of
from servqual.satisfaction.priorities.penalty_reading import penalty_reward
from servqual.satisfaction.priorities.penalty_results import PenaltyReward
from servqual.satisfaction.priorities.penalty_words import Factor, ImpactClass
from servqual.statistics import Inapplicable
from servqual.statistics.models import ols
from servqual.statistics.resample_counts import count_tiles
from tests.satisfaction.driver_data import survey

ITEMS = ["basic", "extra", "both", "none"]
FIVE = Scale.likert(5)


def made(n: int = 600, seed: int = 5) -> dict[str, Any]:
    """Answers of which one can only annoy, one only please, one both and one neither."""
    rng = np.random.default_rng(seed)
    columns = {name: rng.integers(1, 6, n).astype(float) for name in ITEMS}
    y = 5 - 1.5 * (columns["basic"] <= 2) + 1.2 * (columns["extra"] >= 4) + 0.8 * np.sign(columns["both"] - 3)
    return columns | {"y": y + 0.7 * rng.normal(size=n)}


DATA = made()
FOUND = penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), draws=200, rng=1)


def contrasts(columns: dict[str, Any]) -> Floats:
    """Penalties, then rewards, by least squares."""
    low = [columns[name] <= 2 for name in ITEMS]
    high = [columns[name] >= 4 for name in ITEMS]
    x = np.column_stack([*low, *high]).astype(float)
    return ols(columns["y"], x, [f"x{place}" for place in range(8)]).coefficients[1:]


def test_contrasts_are_those_of_least_squares() -> None:
    wanted = contrasts(DATA)
    np.testing.assert_allclose([float(row.penalty) for row in FOUND], wanted[:4], atol=1e-10)
    np.testing.assert_allclose([float(row.reward) for row in FOUND], wanted[4:], atol=1e-10)
    x = np.column_stack([DATA[name] for name in ITEMS])
    assert FOUND.r2_linear == pytest.approx(ols(DATA["y"], x, ITEMS).r2)
    assert FOUND["basic"].n_low == (DATA["basic"] <= 2).sum()
    assert FOUND["basic"].n_high == (DATA["basic"] >= 4).sum()
    assert (FOUND["basic"].low_cut, FOUND["basic"].high_cut) == (2, 4)


def test_what_was_made_is_found() -> None:
    assert [row.factor for row in FOUND] == [
        Factor.BASIC,
        Factor.EXCITEMENT,
        Factor.PERFORMANCE,
        Factor.NEITHER,
    ]
    assert FOUND["basic"].impact_class in {ImpactClass.FRUSTRATOR, ImpactClass.DISSATISFIER}
    assert FOUND["extra"].impact_class in {ImpactClass.DELIGHTER, ImpactClass.SATISFIER}
    assert FOUND["both"].impact_class is ImpactClass.HYBRID
    assert any("the asymmetry is that of chance" in note for note in FOUND.to_table().notes)


def test_intervals_and_classes_are_counted_over_resamples() -> None:
    found = penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), draws=50, rng=4)
    table, places = [], []
    for tile in count_tiles(600, 50, 4):
        for counts in tile.astype(int):
            drawn = contrasts({name: np.repeat(column, counts) for name, column in DATA.items()})
            up, down = np.maximum(drawn[4:], 0), np.maximum(-drawn[:4], 0)
            with np.errstate(invalid="ignore"):
                asymmetry = (up - down) / (up + down)
            places.append([class_of(each) for each in asymmetry])
            table.append(np.concatenate([drawn, asymmetry, drawn[:4] + drawn[4:]]))
    ends = np.nanquantile(np.array(table), [0.025, 0.975], axis=0)
    for place, row in enumerate(found):
        for step, name in enumerate(("penalty", "reward", "asymmetry", "balance")):
            told = [float(getattr(row, f"{name}_low")), float(getattr(row, f"{name}_high"))]
            np.testing.assert_allclose(told, ends[:, 4 * step + place], atol=1e-9)
        own = [each[place] for each in places if each[place] is not None]
        for kind in ImpactClass:
            assert getattr(row, str(kind)) == pytest.approx(own.count(kind) / len(own))
        assert row.class_share == pytest.approx(own.count(row.impact_class) / len(own))


@given(st.floats(-3, 0), st.floats(0, 3))
def test_asymmetry_is_what_its_formula_says(penalty: float, reward: float) -> None:
    numbers = Contrasts(np.array([[penalty]]), np.array([[reward]]), np.zeros(1)).numbers
    range_ = reward + abs(penalty)
    assert numbers["riocs"][0, 0] == pytest.approx(range_)
    if range_ > 1e-6:
        assert numbers["sgp"][0, 0] == pytest.approx(reward / range_)
        assert numbers["dgp"][0, 0] == pytest.approx(abs(penalty) / range_)
        assert numbers["asymmetry"][0, 0] == pytest.approx((reward - abs(penalty)) / range_)
        assert -1 <= numbers["asymmetry"][0, 0] <= 1


@pytest.mark.parametrize(
    ("asymmetry", "kind"),
    [
        (-1.0, ImpactClass.FRUSTRATOR), (-0.71, ImpactClass.FRUSTRATOR), (-0.7, ImpactClass.DISSATISFIER),
        (-0.21, ImpactClass.DISSATISFIER), (-0.2, ImpactClass.HYBRID), (0.0, ImpactClass.HYBRID),
        (0.2, ImpactClass.HYBRID), (0.21, ImpactClass.SATISFIER), (0.7, ImpactClass.SATISFIER),
        (0.71, ImpactClass.DELIGHTER), (1.0, ImpactClass.DELIGHTER), (float("nan"), None),
    ],
)  # fmt: skip
def test_classes_end_where_their_source_says(asymmetry: float, kind: ImpactClass | None) -> None:
    assert class_of(asymmetry) is kind


def test_an_unexpected_sign_counts_as_none_and_is_named() -> None:
    turned = DATA | {"y": -DATA["y"]}
    found = penalty_reward(turned, "y", ITEMS, cuts=(2, 4), draws=0)
    assert found["basic"].unexpected in {"penalty", "both"}
    assert found["extra"].unexpected in {"reward", "both"}
    assert found["basic"].penalty == pytest.approx(-float(FOUND["basic"].penalty))
    assert found["basic"].dgp == 0.0
    assert found["both"].unexpected == "both"
    assert str(found["both"].asymmetry) == "there is neither a penalty nor a reward"
    assert found["both"].impact_class is None
    assert repr(found["both"]).startswith("<ItemImpact of both: no asymmetry")
    assert any("counts as none in riocs" in note for note in found.to_table().notes)


def test_cut_points_may_be_a_rule() -> None:
    ends = penalty_reward(DATA, "y", ITEMS, cuts="ends", scale=FIVE, draws=0)
    assert {(row.low_cut, row.high_cut) for row in ends} == {(1.0, 5.0)}
    assert ends.cuts == Label("the ends of the scale", "量表两端")
    spread = penalty_reward(DATA, "y", ITEMS, cuts="sd", draws=0)
    column = DATA["basic"]
    assert spread["basic"].low_cut == pytest.approx(column.mean() - column.std())
    assert spread["basic"].high_cut == pytest.approx(column.mean() + column.std())
    quarters = penalty_reward(DATA, "y", ITEMS, cuts="quartiles", draws=0)
    wanted = np.quantile(column, [0.25, 0.75], method="inverted_cdf")
    assert (quarters["basic"].low_cut, quarters["basic"].high_cut) == tuple(wanted)
    each = penalty_reward(DATA, "y", ITEMS, cuts=dict.fromkeys(ITEMS, (2, 4)) | {"none": (1, 5)}, draws=0)
    assert (each["basic"].low_cut, each["none"].high_cut) == (2.0, 5.0)


def test_quartiles_are_those_of_repeated_rows() -> None:
    times = np.arange(600) % 4
    asked: dict[str, Any] = {"cuts": "quartiles", "draws": 20, "rng": 1}
    one = penalty_reward(DATA, "y", ITEMS, weights=times, weight_kind="frequency", **asked)
    repeated = {name: np.repeat(column, times) for name, column in DATA.items()}
    other = penalty_reward(repeated, "y", ITEMS, **asked)
    for a, b in zip(one, other, strict=True):
        assert (a.low_cut, a.high_cut, a.n_low, a.n_high) == (b.low_cut, b.high_cut, b.n_low, b.n_high)
        assert float(a.penalty_low) == pytest.approx(float(b.penalty_low), abs=1e-9)
    assert one.n == other.n == times.sum()


def test_what_nobody_answered_has_no_contrast() -> None:
    some = DATA | {
        "nolow": np.maximum(DATA["basic"], 3),
        "nohigh": np.minimum(DATA["extra"], 3),
        "nomiddle": np.where(DATA["none"] < 3, 1.0, 5.0),
    }
    found = penalty_reward(some, "y", ["nolow", "nohigh", "nomiddle", "both"], cuts=(2, 4), draws=20, rng=1)
    assert str(found["nolow"].penalty) == "nobody answered low"
    assert isinstance(found["nolow"].reward, float)
    assert str(found["nohigh"].reward) == "nobody answered high, or everybody did"
    assert str(found["nomiddle"].penalty) == "nobody answered between low and high, to be compared with"
    assert isinstance(found["nomiddle"].asymmetry, Inapplicable)
    assert found["nolow"].factor is Factor.UNTOLD
    assert isinstance(found["both"].asymmetry_low, float)
    json.dumps(found.to_dict(), allow_nan=False)


def test_weights_and_clusters_count() -> None:
    weights = np.linspace(1, 3, 600)
    found = penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), weights=weights, cluster=np.arange(600) % 20, draws=20, rng=1)
    low = [DATA[name] <= 2 for name in ITEMS]
    high = [DATA[name] >= 4 for name in ITEMS]
    fit = ols(
        DATA["y"], np.column_stack([*low, *high]).astype(float), [f"x{place}" for place in range(8)], weights=weights
    )
    np.testing.assert_allclose([float(row.penalty) for row in found], fit.coefficients[1:5], atol=1e-9)
    assert any("resamples of clusters" in note for note in found.to_table().notes)


def test_a_survey_knows_its_scale() -> None:
    given = survey()
    found = penalty_reward(given, "overall", ["wait", "tone", "done"], cuts="ends", draws=0)
    assert {(row.low_cut, row.high_cut) for row in found} == {(1.0, 7.0)}


def test_results_are_plain_values_in_both_languages() -> None:
    record = json.loads(json.dumps(FOUND.to_dict(), allow_nan=False))
    assert (record["reading"], record["cuts"]) == ("penalty_reward", "cut points that were given")
    assert record["columns"]["impact_class"][1] == str(FOUND["extra"].impact_class)
    assert repr(FOUND).startswith("<PenaltyReward of y: 4 items, R² 0.")
    assert "<ItemImpact of basic: penalty -1." in repr(FOUND["basic"])
    labels = {"basic": Label("the basics", "基本"), "y": Label("satisfaction", "满意度")}
    found = penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), draws=20, rng=1, labels=labels)
    chinese = found.to_table(language="zh")
    assert (chinese.title, chinese["label"][0], chinese["factor"][0]) == ("惩罚与奖励：满意度", "基本", "基本因素")
    turned = penalty_reward(
        DATA | {"basic": -DATA["basic"]}, "y", ITEMS, cuts=dict.fromkeys(ITEMS, (2, 4)) | {"basic": (-4, -2)}
    )
    said = turned.to_table()["unexpected"][0], turned.to_table(language="zh")["unexpected"][0]
    assert said == ("reward", "奖励")
    classes = FOUND.to_table("classes")
    shares = np.array([classes[str(kind)] for kind in ImpactClass], dtype=float)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    assert classes["impact_class"][2] == "hybrid"
    assert len(FOUND.to_frame()) == len(FOUND) == 4
    assert FOUND._repr_html_().startswith("<div")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cuts": (4, 2)}, "cuts of basic: low at 4, high at 2; low lies below high"),
        ({"cuts": (2,)}, r"cuts: \(2,\); two numbers: low at the first or below, high at the second or above"),
        ({"cuts": 3}, "cuts: 3; two numbers"),
        ({"cuts": "quartile"}, "cuts: 'quartile'; cut points are two numbers, .*did you mean quartiles"),
        ({"cuts": "ends"}, "cuts: 'ends', and no scale is known; a scale has ends"),
        ({"cuts": {"basic": (2, 4)}}, "cuts: none for extra, both, none; every item has cut points"),
        ({"cuts": dict.fromkeys([*ITEMS, "basis"], (2, 4))}, "cuts: no 'basis'; cut points are those of items"),
        ({"cuts": (0, 9)}, "cuts: no item has answers on both sides of a cut"),
        ({"items": ["basic", "y"]}, "items: 'y', the outcome; an outcome does not explain itself"),
        ({"items": ["basic", "basic"]}, "items: 'basic' 2 times"),
        ({"items": []}, "items: none; there is one of the items or more"),
        ({"items": ["basics"]}, "columns: no 'basics'"),
        ({"scale": Scale.likert(4)}, r"items: \d+ answers of 4 items outside, first basic = 5; answers lie in 1\.\.4"),
        ({"draws": 20, "rng": None}, "rng: None"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    asked: dict[str, Any] = {"source": DATA, "outcome": "y", "items": ITEMS, "cuts": (2, 4), "draws": 0}
    with pytest.raises(DriverError, match=told):
        penalty_reward(**(asked | change))


def test_too_few_respondents_and_contrasts_that_go_together_are_refused() -> None:
    few = {name: column[:9] for name, column in DATA.items()}
    with pytest.raises(DriverError, match=r"9 respondents who answered everything \(of 9\) for 8 contrasts"):
        penalty_reward(few, "y", ITEMS, cuts=(2, 4), draws=0)
    twin = DATA | {"twin": DATA["basic"]}
    with pytest.raises(
        DriverError, match="cuts: contrasts that follow from others; low and high answers of items can be"
    ):
        penalty_reward(twin, "y", ["basic", "twin"], cuts=(2, 4), draws=0)


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(DriverError, match=r"item: no 'basics'; it is not among the items\. Hint: did you mean basic"):
        FOUND["basics"]
    with pytest.raises(ArgumentError, match="view: 'class'"):
        FOUND.to_table("class")


def test_advertisers_of_a_directory(shared: Path) -> None:
    # R 4.2: lm(q1 ~ q4 <= 5 + q6 <= 5 + q4 >= 9 + q6 >= 9), coefficients and R²
    frame = pd.read_csv(shared / "data" / "csat_yellowpages.csv")
    found: PenaltyReward = penalty_reward(frame, "q1", ["q4", "q6"], cuts=(5, 9), draws=0)
    numbers = [found["q4"].penalty, found["q6"].penalty, found["q4"].reward, found["q6"].reward]
    wanted = [-1.82928361040, -1.71429475690, 1.10294555198, 0.88384295597]
    np.testing.assert_allclose([float(each) for each in numbers], wanted, atol=1e-10)
    assert found.r2 == pytest.approx(0.573265632112, abs=1e-11)
