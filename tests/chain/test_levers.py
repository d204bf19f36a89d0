"""What each lever buys, and which is likely the best."""

import json
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from servqual.chain.coefficient_draws import coefficient_draws
from servqual.chain.graph import Chain
from servqual.chain.lever_effects import NO_COST, STILL
from servqual.chain.lever_ranking import levers
from servqual.chain.lever_results import LeverVerdict, Measure
from servqual.chain.projecting import project
from servqual.chain.scenario import Scenario
from servqual.errors import ArgumentError, ScenarioError
from servqual.statistics import Inapplicable
from tests.chain.drawing import chains
from tests.chain.made_fits import made_fit, straight, total_matrix

THREE = Chain.parse("training -> mood -> profit; pay -> profit", labels={"training": "Training"})
SLOPES = {"training -> mood": 0.8, "mood -> profit": 0.5, "pay -> profit": -0.3}


def shop(**options: Any) -> Any:
    return made_fit(THREE, 4, slopes=SLOPES, **{"spread": 0.02, **options})


def test_a_point_buys_its_total_effect() -> None:
    found = levers(shop(), "profit", by="point")
    assert [row.construct for row in found] == ["mood", "training", "pay"]
    assert [row.point for row in found] == pytest.approx([0.5, 0.4, -0.3])
    assert [row.rank for row in found] == [1, 2, 3]
    assert [row.verdict for row in found] == [LeverVerdict.HELPS, LeverVerdict.HELPS, LeverVerdict.HARMS]


@settings(deadline=None, max_examples=40)
@given(chains(lagged=False), st.integers(0, 99), st.data())
def test_levers_of_straight_chains_are_path_algebra(chain: Chain, seed: int, data: st.DataObject) -> None:
    fit = made_fit(straight(chain), seed)
    target = data.draw(st.sampled_from(fit.chain.endogenous))
    found = levers(fit, target, draws=20)
    expected = total_matrix(fit, 0)[fit.constructs.index(target)]
    for row in found:
        assert row.point == pytest.approx(expected[fit.constructs.index(row.construct)], abs=1e-9)
        assert float(row.sd) == pytest.approx(row.point * fit.sd_of(row.construct))
        assert row.point == pytest.approx(project(fit, Scenario({row.construct: 1.0}))[target].change, abs=1e-9)
    # what does not lead to the target is no lever, and has no effect
    others = set(fit.constructs) - {row.construct for row in found} - {target}
    assert all(expected[fit.constructs.index(name)] == 0 for name in others)
    assert sum(float(row.best) for row in found) == pytest.approx(1)
    values = [float(row.sd) for row in found]
    assert values == sorted(values, reverse=True)


def test_an_sd_and_money_change_the_order() -> None:
    fit = shop()
    by_sd = levers(fit, "profit")
    assert by_sd.by is Measure.SD
    assert by_sd["training"].sd == pytest.approx(0.4 * fit.sd_of("training"))
    priced = levers(fit, "profit", costs={"mood": 100, "training": 10})
    assert priced.by is Measure.MONEY
    assert [row.construct for row in priced] == ["training", "mood", "pay"]
    assert [row.money for row in priced][:2] == pytest.approx([0.04, 0.005])
    assert priced["training"].cost == pytest.approx(10)
    assert float(priced["training"].money_low) == pytest.approx(float(priced["training"].point_low) / 10)
    assert priced["pay"].money == priced["pay"].cost == priced["pay"].best == Inapplicable(NO_COST)
    assert priced["pay"].rank is None
    assert "not ranked" in repr(priced["pay"])
    assert "not ranked, for lack of the measure: pay" in priced.to_table().notes


def test_less_of_a_bad_thing_is_better() -> None:
    found = levers(shop(), "profit", goal="lower", by="point")
    assert [row.construct for row in found] == ["pay", "training", "mood"]
    assert found["pay"].verdict is LeverVerdict.HELPS
    assert found["mood"].verdict is LeverVerdict.HARMS
    assert found["pay"].point == pytest.approx(-0.3)
    assert found.to_table().title == "What lowers profit"
    assert found.to_table("zh").title == "如何降低profit"


def test_the_probability_of_being_best_counts_joint_draws() -> None:
    fit = shop(spread=0.3)
    found = levers(fit, "profit", by="point", draws=4000, rng=5)
    mood, profit = (coefficient_draws(fit, 4000, 5)[place] for place in (0, 1))
    effects = {"mood": profit[:, 1], "training": mood[:, 1] * profit[:, 1], "pay": profit[:, 2]}
    table = np.stack(list(effects.values()))
    for place, name in enumerate(effects):
        assert float(found[name].best) == pytest.approx((table.argmax(axis=0) == place).mean())
        assert float(found[name].point_se) == pytest.approx(effects[name].std(ddof=1))
        ends = (float(found[name].point_low), float(found[name].point_high))
        assert ends == pytest.approx(tuple(np.quantile(effects[name], [0.025, 0.975])))
    assert found.to_table().notes[2].startswith("the first lever is the best in ")
    assert any(note.startswith("排名第一者仅在") for note in found.to_table("zh").notes)
    again = levers(fit, "profit", by="point", draws=4000, rng=np.random.default_rng(5))
    assert [row.best for row in again] == [row.best for row in found]


def test_equal_levers_share_rank_and_draws() -> None:
    chain = Chain.parse("a -> m -> y; b -> m; c -> y")
    slopes = {"a -> m": 0.5, "b -> m": 0.5, "m -> y": 1.0, "c -> y": 0.1}
    fit = made_fit(chain, slopes=slopes, spread=0.0)
    found = levers(fit, "y", by="point", draws=10)
    assert [(row.construct, row.rank, row.tied) for row in found] == [
        ("m", 1, False), ("a", 2, True), ("b", 2, True), ("c", 4, False)
    ]  # fmt: skip
    assert "equal levers share a rank: a, b" in found.to_table().notes
    assert "作用相等者并列：a, b" in found.to_table("zh").notes
    assert "rank 2, tied" in repr(found["a"])
    two = levers(made_fit(Chain.parse("a -> y; b -> y"), slopes={"a -> y": 1, "b -> y": 1}, spread=0), "y", by="point")
    assert [row.best for row in two] == [0.5, 0.5]


def test_lagged_effects_are_counted_up_to_the_horizon() -> None:
    chain = Chain.parse("a -> b; b -> b [lag 1]; b -> y [lag 1]")
    slopes = {"a -> b": 1.0, "b -> b [lag 1]": 0.5, "b -> y [lag 1]": 2.0}
    fit = made_fit(chain, slopes=slopes)
    with pytest.raises(ScenarioError, match="horizon: none, with b -> b over time"):
        levers(fit, "y")
    assert levers(fit, "y", horizon=3)["a"].point == pytest.approx(2 * (1 + 0.5 + 0.25))
    assert levers(fit, "y", horizon=0)["a"].point == 0
    assert levers(fit, "y", horizon=3)["a"].point == pytest.approx(
        project(fit, Scenario({"a": 1.0}), horizon=3)["y"].change
    )
    assert "effects up to period 3 are counted" in levers(fit, "y", horizon=3).to_table().notes
    # what feeds back on itself is no lever of itself
    assert [row.construct for row in levers(fit, "b", horizon=3)] == ["a"]


def test_bent_links_count_as_steep_as_they_are_at_the_mean() -> None:
    fit = made_fit(Chain.parse("a -> y [log]; b -> y [asymmetric]"), means={"a": 4.0, "b": 3.0})
    numbers = fit.equation("y").regression.coefficients
    found = levers(fit, "y")
    assert found["a"].point == pytest.approx(numbers[1] / 4)
    assert found["b"].point == pytest.approx(numbers[3])


def test_tables_speak_both_languages() -> None:
    found = levers(shop(), "profit", costs={"mood": 100, "training": 10, "pay": 1})
    assert list(found.to_table().columns) == [
        "rank", "construct", "money", "money_low", "money_high", "best", "point", "sd", "verdict"
    ]  # fmt: skip
    assert list(levers(shop(), "profit").to_table().columns) == [
        "rank", "construct", "sd", "sd_low", "sd_high", "best", "point", "verdict"
    ]  # fmt: skip
    assert list(levers(shop(), "profit", by="point").to_table().columns)[2] == "point"
    told = found.to_table("zh")
    assert told.title == "如何提高profit"
    assert told["label"][0] == "Training"
    assert told["verdict"] == ("有利", "有利", "不利：减少它才有利")
    assert found.to_table()["verdict"][2] == "harms: less of it would help"
    assert "more of it does harm; less of it would help: pay" in found.to_table().notes
    assert "增加有害，减少有利：pay" in told.notes
    assert found.to_table().notes[0] == "ranked by what a unit of money brings, in units of profit"
    assert told.notes[0] == "排序依据：每单位货币的作用，单位同 profit"
    assert "<table>" in found._repr_html_()
    assert len({each.label for each in LeverVerdict}) == 3


def test_what_does_not_vary_has_no_sd() -> None:
    found = levers(evolve(shop(), sds=np.array([1.0, 0.0, 1.0, 1.0])), "profit")
    still = [row for row in found if row.rank is None]
    assert [row.sd for row in still] == [Inapplicable(STILL)]
    assert still[0].best == Inapplicable(STILL)
    assert still[0].point != 0
    assert repr(still[0]).endswith("; not ranked>")


def test_where_nothing_helps_it_is_said() -> None:
    fit = made_fit(Chain.parse("a -> y"), slopes={"a -> y": 0.1}, spread=0.5)
    found = levers(fit, "y")
    assert found["a"].verdict is LeverVerdict.OPEN
    assert "no lever is shown to help" in found.to_table().notes
    assert "没有杠杆显示有利作用" in found.to_table("zh").notes


def test_levers_go_to_frames_and_json() -> None:
    found = levers(shop(), "profit", costs={"mood": 100}, draws=50)
    assert found.to_frame()["construct"].tolist() == ["mood", "training", "pay"]
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["reading"], told["target"], told["goal"], told["by"]) == ("levers", "profit", "raise", "money")
    assert (told["draws"], told["confidence"], told["horizon"]) == (50, 0.95, 0)
    assert told["columns"]["rank"] == [1, None, None]
    assert told["inapplicable"][1]["money"] == NO_COST
    assert repr(found).startswith("<Levers of profit by money: 3, first mood, best in ")
    assert repr(found["mood"]).startswith("<Lever mood: a point brings +0.500 (+0.")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("profits", {}, r"target: no 'profits'; it is a construct of the chain. Hint: did you mean profit\?"),
        ("training", {}, "target: nothing leads to training; levers lie upstream. Hint: known are mood, profit"),
        (
            "mood",
            {"costs": {"pay": 3}},
            "cost of pay: it does not lead to mood; costs are those of constructs upstream",
        ),
        ("mood", {"costs": {"trainin": 3}}, "cost of trainin: not in the chain; .* did you mean training"),
        ("profit", {"costs": {"pay": 0}}, "cost of pay: 0; the cost of a point is a finite number above zero"),
        ("profit", {"costs": {"pay": "x"}}, "cost of pay: 'x'; the cost of a point is a finite number above zero"),
        ("profit", {"by": "money"}, "by: 'money', without costs; money needs the cost of a point"),
        ("profit", {"by": "points"}, r"by: 'points'; it is one of point, sd, money. Hint: did you mean point\?"),
        ("profit", {"goal": "rise"}, r"goal: 'rise'; it is raise or lower. Hint: did you mean raise\?"),
        ("profit", {"horizon": -1}, "horizon: -1; it is a whole number of periods, 0 or more"),
    ],
)
def test_what_are_no_levers(target: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        levers(shop(), target, **options)


def test_all_that_is_wrong_with_levers_is_said_at_once() -> None:
    with pytest.raises(ScenarioError, match="4 problems"):
        levers(shop(), "mood", goal="x", by="y", costs={"pay": -1})
    with pytest.raises(ArgumentError, match="confidence: 2; it lies strictly between 0 and 1"):
        levers(shop(), "profit", confidence=2)
    with pytest.raises(ArgumentError, match="draws: 0; it is a whole number, 2 or more"):
        levers(shop(), "profit", draws=0)
    with pytest.raises(
        ScenarioError, match=r"construct: no 'pai'; it does not lead to profit. Hint: did you mean pay\?"
    ):
        levers(shop(), "profit")["pai"]
