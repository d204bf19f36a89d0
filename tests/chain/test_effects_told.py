"""Effects as tables, frames, dictionaries and pickles."""

import json
import math
import pickle
from typing import Any

import pandas as pd
import pytest

from servqual.chain.effect_reading import effects
from servqual.chain.effect_rows import Effects
from servqual.chain.effect_values import Effect
from servqual.chain.effect_words import EffectKind, EffectMethod, reason_label
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.total_reading import total_effects
from servqual.chain.units import UnitTable
from servqual.statistics import Inapplicable
from tests.chain.fit_data import MEDIATION, PANEL, SATURATED, attitude, panel

LABELLED = Chain.parse("complaints -> learning -> rating; complaints -> rating", labels={"rating": "overall rating"})


def mediated() -> Effects:
    return effects(fit(MEDIATION, attitude()), "complaints", "rating")


def test_a_table_shows_paths_with_intervals() -> None:
    found = mediated()
    table = found.to_table()
    assert list(table.columns) == ["kind", "effect", "estimate", "se", "low", "high", "p", "joint_p"]
    assert table["kind"] == ("direct", "indirect", "total indirect", "total")
    assert table["effect"][1] == "complaints -> learning -> rating"
    assert table.title == "Effects of complaints on rating, 95% intervals"
    assert table["joint_p"][3] is None
    assert table.notes[0] == "all 30 rows used"
    assert any(note.startswith("Delta method") for note in table.notes)
    assert found._repr_html_().startswith("<div")
    assert len(found) == len(list(found)) == 4


def test_a_table_in_chinese_has_names_and_notes() -> None:
    found = effects(fit(LABELLED, attitude()), "complaints", "rating", confidence=0.9)
    english, chinese = found.to_table("en"), found.to_table("zh")
    assert english["label"][0] == "complaints → overall rating"
    assert chinese["kind"] == ("直接", "间接", "间接合计", "总效应")
    assert chinese.title == "complaints对overall rating的效应，90% 置信区间"
    assert len(chinese.notes) == len(english.notes)
    assert all(any("一" <= sign <= "鿿" for sign in note) for note in chinese.notes)


@pytest.mark.parametrize("method", EffectMethod)
def test_every_method_says_how_it_went(method: EffectMethod) -> None:
    units = panel()
    options: dict[str, Any] = {"units": units} if method.resamples else {}
    options |= {} if method is EffectMethod.DELTA else {"rng": 1, "draws": 100}
    found = effects(fit(PANEL, units), "x", "y", method=method, **options)
    said = {
        EffectMethod.DELTA: "Delta method: Student's t for a single link",
        EffectMethod.MONTE_CARLO: "Monte Carlo: 100 draws of the slopes",
        EffectMethod.PERCENTILE: "Bootstrap, percentile intervals: 100 resamples of 24 units, each with all its rows.",
        EffectMethod.BCA: "Bootstrap, BCa intervals: 100 resamples of 24 units, each with all its rows.",
    }
    assert any(note.startswith(said[method]) for note in found.to_table().notes)
    assert repr(found).startswith(f"<Effects of x on y by {method}, 4 rows; total: ")


def test_a_frame_has_everything() -> None:
    frame = mediated().to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns)[:4] == ["kind", "effect", "lag", "estimate"]
    assert frame["aroian_se"][1] == pytest.approx(0.0782193687866, abs=1e-11)
    assert pd.isna(frame["aroian_se"][0])


def test_a_dictionary_is_safe_for_json_and_says_why_numbers_lack() -> None:
    found = mediated().to_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["reading"], found["method"], found["confidence"], found["draws"]) == ("effects", "delta", 0.95, 0)
    assert found["columns"]["estimate"][3] == pytest.approx(0.754609818719, abs=1e-11)
    assert found["share_mediated"]["estimate"] == pytest.approx(0.14722, abs=1e-5)
    assert found["inapplicable"][3]["joint_p"] == "it belongs to a single path"
    alone = effects(fit(MEDIATION, attitude()), "complaints", "learning").to_dict()
    assert alone["share_mediated"] == {"estimate": None, "reason": "no path goes by way of another construct"}
    totals = total_effects(fit(MEDIATION, attitude())).to_dict()
    assert json.loads(json.dumps(totals, allow_nan=False)) == totals


def test_numbers_that_do_not_exist_say_why() -> None:
    rng_rows = UnitTable.from_arrays(range(6), {"x": [1.0, 2, 3, 4, 5, 6], "y": [1.0, 2, 2, 3, 5, 4]})
    found = effects(fit(Chain.parse("x -> y"), rng_rows), "x", "y", units=rng_rows, rng=1, draws=2, method="bca")
    low = found["total"].low
    if isinstance(low, Inapplicable):
        assert low.reason == "all resamples lie on one side of the estimate"
        assert "no interval" in repr(found["total"])
        assert math.isnan(float(low))


def test_pickles_hold_numbers_only() -> None:
    units = panel(units=400)
    found = effects(fit(PANEL, units), "x", "y", units=units, rng=1, draws=1000, method="bca")
    packed = pickle.dumps(found)
    # three slopes over 1000 resamples and without each of 400 units in turn
    assert len(packed) < 3 * 1400 * 8 + 12_000
    again = pickle.loads(packed)  # noqa: S301 - made on this line
    assert again.to_dict() == found.to_dict()
    assert again.contrast("direct", "specific").low == found.contrast("direct", "specific").low
    assert not again._weights.flags.writeable
    assert len(pickle.dumps(mediated())) < 8000


def test_effects_are_picked_by_path_or_kind() -> None:
    found = effects(fit(SATURATED, attitude()), "complaints", "rating")
    for key in ("complaints->learning->rating", "complaints > learning > rating", "complaints→learning→rating"):
        assert found[key].key == "complaints -> learning -> rating"
    assert found["direct"].kind is EffectKind.DIRECT
    assert found["total indirect"] is found["total_indirect"]
    assert isinstance(found["total"], Effect)


def test_all_totals_are_told() -> None:
    found = total_effects(fit(SATURATED, attitude()))
    assert len(found) == 6
    assert repr(found) == "<TotalEffects: 6 pairs, delta>"
    table = found.to_table("zh")
    assert table.title == "总效应，95% 置信区间"
    assert "label" in table.columns
    assert found["complaints", "rating"].paths == 4
    matrix = found.to_matrix()
    assert matrix["target"] == ("learning", "raises", "rating")
    assert matrix["learning"][0] is None
    assert matrix["complaints"][2] == pytest.approx(0.754609818719, abs=1e-11)
    assert isinstance(found.to_frame(), pd.DataFrame)
    assert found._repr_html_().startswith("<div")
    assert "<TotalEffect of complaints on rating: 0.7546 (" in repr(found["complaints", "rating"])
    assert [row.source for row in found] == ["complaints"] * 3 + ["learning"] * 2 + ["raises"]


def test_totals_are_drawn_as_single_effects_are() -> None:
    units = panel()
    fitted = fit(PANEL, units)
    every: list[dict[str, Any]] = [{}, {"method": "bca"}, {"standardised": True}]
    for options in every:
        totals = total_effects(fitted, units=units, rng=1, draws=200, **options)
        for row in totals:
            one = effects(fitted, row.source, row.target, units=units, rng=1, draws=200, **options)["total"]
            assert (row.total, row.se, row.low, row.high, row.p) == pytest.approx(
                (one.estimate, one.se, one.low, one.high, one.p), rel=1e-9
            )
    drawn = total_effects(fitted, rng=1, draws=50_000, method="monte_carlo")["x", "y"]
    assert drawn.se == pytest.approx(float(total_effects(fitted)["x", "y"].se), rel=0.05)


def test_every_reason_is_said_in_chinese() -> None:
    units = attitude()
    fitted = fit(MEDIATION, units)
    every = [mediated(), effects(fitted, "complaints", "rating", units=units, rng=1, draws=2, method="bca")]
    reasons = {why for found in every for row in found.to_dict()["inapplicable"] for why in row.values()}
    reasons -= {row.key for found in every for row in found}
    assert reasons
    assert all(reason_label(why).zh for why in reasons)
