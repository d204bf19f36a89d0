"""What a projection says, warns of and refuses."""

import json
from typing import Any

import numpy as np
import pytest

from servqual.chain.carrying import carried, horizon_of
from servqual.chain.coefficient_draws import coefficient_draws
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.projecting import project
from servqual.chain.projection import Movement
from servqual.chain.scenario import Scenario
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, OffScaleWarning, ScenarioError
from servqual.labels import Label
from servqual.statistics import Inapplicable
from tests.chain.made_fits import made_fit

NAMED = Chain.parse("staff -> guests -> profit; staff -> profit", labels={"staff": Label("Staff mood", "员工情绪")})
SLOPES = {"staff -> guests": 0.5, "guests -> profit": 2.0, "staff -> profit": -0.1}
MEANS = {"staff": 4.0, "guests": 4.0, "profit": 10.0}
SCALES = {"staff": (1.0, 5.0), "guests": (1.0, 5.0)}


def hotel(**options: Any) -> Any:
    return made_fit(NAMED, 1, means=MEANS, scales=SCALES, slopes=SLOPES, spread=0.05, **options)


def test_levels_after_are_starts_plus_changes() -> None:
    found = project(hotel(), Scenario({"staff": 1.0}))
    assert [row.construct for row in found] == ["staff", "guests", "profit"]
    assert [row.change for row in found] == pytest.approx([1.0, 0.5, 0.9])
    assert [row.after for row in found] == pytest.approx([5.0, 4.5, 10.9])
    assert found["guests"].after_high == pytest.approx(4.0 + float(found["guests"].high))
    assert found["guests"].in_sds == pytest.approx(0.5 / hotel().sd_of("guests"))
    assert [row.movement for row in found][:2] == [Movement.GIVEN, Movement.UP]
    assert not any(row.off_scale for row in found)


def test_a_change_of_what_has_causes_is_added_and_touches_nothing_above() -> None:
    found = project(hotel(), Scenario({"guests": 1.0}))
    assert [row.construct for row in found] == ["guests", "profit"]
    both = project(hotel(), Scenario({"staff": 0.5, "guests": 0.5}))
    assert both["guests"].change == pytest.approx(0.5 + 0.25)
    assert both["guests"].movement is Movement.UP
    notes = both.to_table().notes
    assert "added on top of what its causes bring: guests" in notes
    assert "在其成因带来的变化之上另加：guests" in both.to_table("zh").notes


def test_a_share_is_of_the_mean() -> None:
    found = project(hotel(), Scenario({"staff": 0.1}, "relative"))
    assert found["staff"].change == pytest.approx(0.4)
    lowered = project(hotel(), Scenario({"profit": -0.5}, "relative"))
    assert lowered["profit"].after == pytest.approx(5.0)


def test_a_percentile_is_of_the_means_of_units() -> None:
    unit = ["a", "a", "b", "c", "d"]
    units = UnitTable.from_arrays(unit, {"staff": [1.0, 3.0, np.nan, 4.0, 5.0]}, period=[1, 2, 1, 1, 1])
    found = project(hotel(), Scenario({"staff": 75}, "percentile"), units=units)
    # unit a is at 2, b has no value
    assert found["staff"].after == pytest.approx(np.percentile([2, 4, 5], 75))
    assert found["guests"].change == pytest.approx(0.5 * (4.5 - 4.0))
    assert project(hotel(), Scenario({"staff": 0}, "percentile"), units=units)["staff"].after == pytest.approx(2.0)
    assert any(
        note.startswith("percentiles are of the means of units over all rows") for note in found.told.whole().notes
    )
    assert any(note.startswith("百分位数取自各单位的均值") for note in found.to_table("zh").notes)
    assert "percentiles are of" not in str(project(hotel(), Scenario({"staff": 1})).to_table())


def test_leaving_the_scale_is_said() -> None:
    message = r"staff at 6 on a scale of 1 to 5: a straight line does not know .* clip=True, .* off_scale_ok=True"
    with pytest.warns(OffScaleWarning, match=message):
        found = project(hotel(), Scenario({"staff": 2.0}))
    assert found["staff"].off_scale
    assert not found["guests"].off_scale
    assert found["guests"].after == pytest.approx(5.0)
    consented = project(hotel(), Scenario({"staff": 3.0}), off_scale_ok=True)
    assert consented["guests"].after == pytest.approx(5.5)
    assert "beyond the end of its scale: staff, guests" in consented.to_table().notes
    assert "超出量表范围：staff, guests" in consented.to_table("zh").notes


def test_clipping_is_asked_for_and_passed_on() -> None:
    found = project(hotel(), Scenario({"staff": 3.0}), clip=True, rng=1)
    assert found["staff"].after == 5.0
    # the guests follow what is left of the change
    assert found["guests"].change == pytest.approx(0.5)
    assert found["profit"].change == pytest.approx(0.9)
    assert found.method == "Monte Carlo"
    assert "cut off at the end of its scale: staff" in found.to_table().notes
    assert "在量表端点处截断：staff" in found.to_table("zh").notes
    far = project(hotel(), Scenario({"guests": 9.0}), clip=True, rng=1)
    assert (float(far["guests"].low), float(far["guests"].high)) == (1.0, 1.0)
    drawn = project(hotel(), Scenario({"staff": 1.0, "guests": 0.45}), clip=True, rng=1)
    assert float(drawn["guests"].after_high) == pytest.approx(5.0)


def test_periods_are_told_one_by_one() -> None:
    chain = Chain.parse("a -> b [lag 1]; b -> c [lag 2]; a -> c")
    found = project(made_fit(chain, slopes={str(link): 0.5 for link in chain.links}), Scenario({"a": 1.0}))
    assert found.horizon == 3
    assert [row.change for row in found if row.construct == "b"] == [0, 0.5, 0.5, 0.5]
    assert [row.change for row in found if row.construct == "c"] == [0.5, 0.5, 0.5, 0.75]
    assert found.at("c", 2).change == 0.5
    assert found["c"].change == 0.75
    assert len(found.to_table()) == 3
    assert len(found.to_table(periods="all")) == 12
    assert found.to_table()["period"] == (3, 3, 3)
    assert "the change is made in period 0 and kept up" in found.to_table().notes
    assert repr(found).startswith("<Projection of a +1; c +0.750 after 3 periods, by delta>")
    longer = project(made_fit(chain), Scenario({"b": 1.0}), horizon=1)
    assert [row.period for row in longer] == [0, 1, 0, 1]


def test_feedback_over_time_needs_a_horizon() -> None:
    chain = Chain.parse("a -> b; b -> a [lag 1]; b -> c; x -> c [lag 1]")
    fit = made_fit(chain, slopes={"a -> b": 0.5, "b -> a [lag 1]": 0.5, "b -> c": 1.0, "x -> c [lag 1]": 1.0})
    message = r"horizon: none, with (a -> b -> a|b -> a -> b) over time; .* a change never comes to rest. Hint: pass"
    with pytest.raises(ScenarioError, match=message):
        project(fit, Scenario({"a": 1.0}))
    found = project(fit, Scenario({"a": 1.0}), horizon=2)
    assert [row.change for row in found if row.construct == "c"] == pytest.approx([0.5, 0.625, 0.65625])
    # what does not reach the circle has an end
    assert project(fit, Scenario({"x": 1.0})).horizon == 1
    assert horizon_of(fit, ["c"], None) == 0


def test_bent_links_tell_gains_from_losses() -> None:
    chain = Chain([Link("a", "b", form="asymmetric")])
    fit = made_fit(chain, means={"a": 3.0, "b": 3.0})
    below, above = fit.equation("b").regression.coefficients[1:]
    assert project(fit, Scenario({"a": 1.0}))["b"].change == pytest.approx(above)
    assert project(fit, Scenario({"a": -1.0}))["b"].change == pytest.approx(-below)
    assert project(fit, Scenario({"a": -1.0})).method == "Monte Carlo"


def test_a_logarithm_has_no_level_below_zero() -> None:
    fit = made_fit(Chain.parse("a -> b -> c [log]; a -> c [log]"), means={"a": 2.0, "b": 0.5, "c": 1.0}, spread=0.6)
    message = r"a: a level of -1; the form of a -> c \[log\] has no such level. Hint: make the change smaller"
    with pytest.raises(ScenarioError, match=message):
        project(fit, Scenario({"a": -3.0}))
    found = project(fit, Scenario({"b": 0.1, "a": 0.4}), draws=500)
    why = found["c"].low
    assert isinstance(why, Inapplicable)
    assert why.reason.endswith("of 500 draws lead to levels that the form of a link does not have")
    assert found["c"].movement is Movement.UNTOLD
    assert found["c"].after_low == why
    assert "no interval" in repr(found["c"])
    assert found.to_dict()["inapplicable"][0]["construct"] == "c"
    assert found.to_dict()["columns"]["low"][-1] is None


def test_tables_speak_both_languages() -> None:
    found = project(hotel(), Scenario({"staff": 0.5}))
    assert found.to_table().title == "What if: staff +0.5"
    assert list(found.to_table().columns) == [
        "construct", "start", "change", "low", "high", "in_sds", "after", "movement"
    ]  # fmt: skip
    assert found.to_table()["movement"][0] == "as the scenario says"
    told = found.to_table("zh")
    assert told.title == "情景推演：staff +0.5"
    assert told["label"][0] == "员工情绪"
    assert told["movement"][:2] == ("按情景设定", "上升")
    assert found.to_table("en")["label"][0] == "Staff mood"
    assert project(hotel(), Scenario({"staff": 0.05}, "relative")).to_table("zh").title == "情景推演：staff +5 %"
    units = UnitTable.from_arrays(["a", "b"], {"staff": [3.0, 4.5]})
    percentile = project(hotel(), Scenario({"staff": 50}, "percentile"), units=units)
    assert percentile.to_table("zh").title == "情景推演：staff 达到单位的第 50 百分位"
    assert project(hotel(), Scenario({})).to_table("zh").title == "情景推演：无变化"
    assert "html" not in found._repr_html_()
    assert "<table>" in found._repr_html_()


def test_notes_say_how_and_how_far() -> None:
    notes = project(hotel(), Scenario({"staff": 0.5}), confidence=0.9).to_table().notes
    assert (
        notes[0] == "intervals of 90 % by the delta method: Student's t where one equation decides, normal for products"
    )
    assert notes[1].startswith("starts are means over the rows of the fit, taken as known; coefficients tell of ass")
    drawn = project(hotel(), Scenario({"staff": 0.5}), draws=100)
    assert drawn.to_table().notes[0].startswith("intervals of 95 %: percentiles of 100 draws of the coefficients")
    assert drawn.to_table("zh").notes[0] == "95 % 区间：由系数的正态分布抽样 100 次所得的百分位数"
    far = project(hotel(), Scenario({"staff": -2.9}), off_scale_ok=True).to_table().notes[-1]
    assert far.startswith("moved by more than 2 standard deviations, further than most units differ: staff")


def test_a_projection_goes_to_frames_and_json() -> None:
    found = project(hotel(), Scenario({"staff": 0.5}), draws=50)
    frame = found.to_frame()
    assert frame["change"].tolist() == [row.change for row in found]
    assert list(frame["off_scale"]) == [False] * 3
    told = json.loads(json.dumps(found.to_dict()))
    assert told["reading"] == "projection"
    assert told["scenario"] == {"changes": {"staff": 0.5}, "kind": "absolute"}
    assert told["columns"]["movement"][0] == "given"
    assert (told["draws"], told["confidence"], told["horizon"], told["inapplicable"]) == (50, 0.95, 0, [])
    assert repr(found["guests"]).startswith("<Projected guests, period 0: 4.000 +0.250 (+0.")
    assert repr(project(hotel(), Scenario({}))) == "<Projection of no change, by delta>"


def test_the_verdict_follows_the_interval() -> None:
    fit = hotel()
    down = project(fit, Scenario({"staff": -0.5}))
    assert down["guests"].movement is Movement.DOWN
    wide = made_fit(NAMED, 1, means=MEANS, slopes=SLOPES, spread=3.0)
    assert project(wide, Scenario({"staff": 0.5}))["guests"].movement is Movement.OPEN
    words = {each: (each.label.en, each.label.zh) for each in Movement}
    assert words[Movement.OPEN] == ("no change shown", "未显示变化")
    assert len(set(words.values())) == 5


@pytest.mark.parametrize(
    ("scenario", "options", "message"),
    [
        (Scenario({"staf": 1}), {}, r"staf: not in the chain; a scenario changes .* Hint: did you mean staff\?"),
        (Scenario({"staff": 50}, "percentile"), {}, "units: none, with percentiles; percentiles are those of units"),
        (Scenario({"loss": 0.1}, "relative"), {}, "loss: mean -2; a share is taken of a mean above zero"),
        (Scenario({"staff": 1}), {"horizon": -1}, "horizon: -1; it is a whole number of periods, 0 or more"),
        (Scenario({"staff": 1}), {"horizon": 1.5}, "horizon: 1.5; it is a whole number"),
        (Scenario({"staff": 1}), {"horizon": True}, "horizon: True; it is a whole number"),
        (
            Scenario({"staff": 1}),
            {"clip": True},
            "clip: True; levels are held at the end of a scale, and none is known",
        ),
    ],
)
def test_what_cannot_be_projected(scenario: Scenario, options: dict[str, Any], message: str) -> None:
    fit = made_fit(Chain.parse("staff -> loss"), means={"loss": -2.0})
    with pytest.raises(ScenarioError, match=message):
        project(fit, scenario, **options)


def test_units_belong_to_percentiles() -> None:
    units = UnitTable.from_arrays(["a", "b"], {"staff": [np.nan, np.nan], "mood": [1.0, 2.0]})
    with pytest.raises(ScenarioError, match="units: given, with absolute changes; only percentiles use them"):
        project(hotel(), Scenario({"staff": 1}), units=units)
    with pytest.raises(ScenarioError, match="2 problems") as caught:
        project(hotel(), Scenario({"staff": 50, "guests": 50}, "percentile"), units=units)
    assert "staff: no value in any unit; percentiles are those of units with values" in str(caught.value)
    assert "guests: no such column; the units have the constructs of the chain" in str(caught.value)


def test_arguments_outside_their_range() -> None:
    scenario = Scenario({"staff": 0.5})
    with pytest.raises(ArgumentError, match="confidence: 95; it lies strictly between 0 and 1"):
        project(hotel(), scenario, confidence=95)
    with pytest.raises(ArgumentError, match="draws: 1; it is a whole number, 2 or more"):
        project(hotel(), scenario, draws=1)
    with pytest.raises(ArgumentError, match="rng: None; what is drawn at random has a seed"):
        project(hotel(), scenario, draws=10, rng=None)  # type: ignore[arg-type]
    found = project(hotel(), scenario)
    with pytest.raises(ScenarioError, match=r"construct: no 'guest'; the scenario neither .* did you mean guests\?"):
        found.at("guest", 0)
    with pytest.raises(ScenarioError, match="2 problems"):
        found.at("guest", 1)
    with pytest.raises(ScenarioError, match="period: 2; periods are 0 to 0"):
        found.at("guests", 2)
    with pytest.raises(ScenarioError, match=r"periods: 'al'; it is last or all. Hint: did you mean all\?"):
        found.to_table(periods="al")


def test_draws_of_coefficients_have_their_moments() -> None:
    fit = hotel()
    drawn = coefficient_draws(fit, 50_000, 1)
    for equation, each in zip(fit.equations, drawn, strict=True):
        assert each.mean(axis=0) == pytest.approx(equation.regression.coefficients, abs=0.002)
        assert np.cov(each.T) == pytest.approx(equation.regression.covariance, abs=2e-4)
    moved = np.array([1.0, 0.0, 0.0])
    assert carried(fit, moved, drawn, 0)[:, 0, 1] == pytest.approx(drawn[0][:, 1])


@pytest.mark.parametrize("share", [0.1, 0.3, 1 / 7])
def test_what_the_scenario_says_is_sure_in_every_draw(share: float) -> None:
    row = project(hotel(), Scenario({"staff": share}), draws=501, rng=1)["staff"]
    assert (row.se, row.low, row.high) == (0, share, share)
    assert row.movement is Movement.GIVEN
