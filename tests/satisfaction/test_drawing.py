"""One rule for everything that is drawn: nothing without a seed, a thousand with one, and nothing asked for in vain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from servqual.errors import ServqualError
from servqual.instruments import Scale
from servqual.satisfaction import (
    KanoStudy,
    bootstrap_index,
    compare_index_groups,
    csat,
    csat_from_counts,
    drivers,
    fit_index,
    importance_performance,
    kano,
    loyalty_curve,
    nps,
    nps_from_counts,
    penalty_reward,
    response_model_from_counts,
    short_board,
)
from servqual.satisfaction.indices.structural import StructuralModel

_RNG = np.random.default_rng(3)
WAIT, TONE = _RNG.integers(1, 6, (2, 120))
DATA: dict[str, Any] = {
    "wait": WAIT, "tone": TONE, "y": WAIT + TONE + _RNG.integers(0, 3, 120), "i_wait": TONE, "i_tone": WAIT,
}  # fmt: skip
ITEMS, FIVE = ["wait", "tone"], Scale.likert(5)
STUDY = KanoStudy.from_counts({"grip": {"A": 7, "O": 33, "M": 50, "I": 10}})
MODEL = response_model_from_counts([[60, 30, 10], [20, 50, 30], [0, 0, 9]], ["accept", "complaint", "give_up"])
FIT = fit_index(StructuralModel.define({"service": ITEMS, "outcome": ["y"]}, "service -> outcome"), DATA)

READINGS: dict[str, tuple[Callable[..., Any], Callable[[Any], Any]]] = {
    "kano": (lambda **how: kano(STUDY, **how), lambda found: found["grip"].better_boot_low),
    "drivers": (lambda **how: drivers(DATA, "y", ITEMS, **how), lambda found: found["wait"].share_low),
    "importance_performance": (
        lambda **how: importance_performance(DATA, ITEMS, stated="i_{key}", scale=FIVE, **how),
        lambda found: found["wait"].performance_low,
    ),
    "short_board": (
        lambda **how: short_board(DATA, ITEMS, stated="i_{key}", scale=FIVE, **how),
        lambda found: found["wait"].gap_low,
    ),
    "penalty_reward": (
        lambda **how: penalty_reward(DATA, "y", ITEMS, cuts=(2, 4), **how),
        lambda found: found["wait"].penalty_low,
    ),
    "nps": (
        lambda **how: nps(np.clip(2 * WAIT, 0, 10), **how),
        lambda found: found.overall.bootstrap_low,
    ),
    "nps_from_counts": (
        lambda **how: nps_from_counts({"promoters": 20, "passives": 20, "detractors": 9}, **how),
        lambda found: found.overall.bootstrap_low,
    ),
}  # fmt: skip
ONLY: dict[str, Callable[..., Any]] = {
    "bootstrap_index": lambda **how: bootstrap_index(FIT, DATA, **how),
    "compare_index_groups": lambda **how: compare_index_groups(FIT, DATA, ["a", "b"] * 60, **how),
    "csat": lambda **how: csat(WAIT, boxes=(4, 5), scale=FIVE, interval="bootstrap", **how),
    "nps": lambda **how: nps(2 * WAIT, interval="bootstrap", **how),
}


@pytest.mark.parametrize("name", READINGS)
def test_nothing_is_drawn_without_a_seed_and_a_thousand_with_one(name: str) -> None:
    reading, low = READINGS[name]
    assert str(low(reading())) == "nothing was drawn: it needs a seed, as rng=1"
    assert str(low(reading(draws=0))) == str(low(reading(draws=0, rng=1))) == str(low(reading()))
    found = low(reading(rng=1))
    assert isinstance(found, float)
    assert found == low(reading(rng=1)) == low(reading(draws=1000, rng=1))
    assert found == low(reading(rng=np.random.default_rng(1)))


@pytest.mark.parametrize("name", READINGS)
def test_resamples_without_a_seed_are_refused(name: str) -> None:
    with pytest.raises(ServqualError, match=r"rng: None; what is drawn at random has a seed\. Hint: pass a seed"):
        READINGS[name][0](draws=200)
    for many in (1, -3, 2.5, True):
        with pytest.raises(ServqualError, match=r"draws: .*it is a whole number, 2 or more"):
            READINGS[name][0](draws=many, rng=1)


@pytest.mark.parametrize("name", ["kano", "drivers", "importance_performance", "short_board", "penalty_reward"])
def test_tables_say_that_nothing_was_drawn(name: str) -> None:
    reading, _ = READINGS[name]
    assert "nothing was drawn: intervals by resamples need a seed, as rng=1" in reading().to_table().notes
    assert "未重抽样：重抽样区间须给定种子，如 rng=1" in reading().to_table(language="zh").notes
    assert not any("nothing was drawn" in note for note in reading(rng=1, draws=50).to_table().notes)


@pytest.mark.parametrize("name", ONLY)
def test_what_is_made_of_resamples_needs_a_seed(name: str) -> None:
    with pytest.raises(ServqualError, match=r"pass (a seed, as )?rng=1"):
        ONLY[name]()
    assert "1000" in str(ONLY[name](rng=1).to_dict())


def test_a_seed_that_nothing_uses_is_refused() -> None:
    with pytest.raises(ServqualError, match=r"rng: given, with interval 'wilson'; only resamples use it"):
        csat(WAIT, boxes=(4, 5), scale=FIVE, rng=1)
    with pytest.raises(ServqualError, match=r"rng: given, with interval 'wald'"):
        csat_from_counts([1, 2, 3, 4, 5], boxes=(4, 5), scale=FIVE, interval="wald", draws=99, rng=1)
    with pytest.raises(ServqualError, match="rng: given; the piecewise curve has its intervals by the delta method"):
        loyalty_curve(DATA, "wait", "y", top=4, shape="piecewise", rng=1)


def test_endings_and_curves_keep_the_rule() -> None:
    assert MODEL.endings().method == "delta"
    drawn = MODEL.endings(rng=1)
    assert drawn.method == "bootstrap"
    assert drawn.low.tolist() == MODEL.endings(rng=1, draws=1000).low.tolist()
    assert MODEL.endings(draws=0).method == "delta"
    with pytest.raises(ServqualError, match="rng: None"):
        MODEL.endings(draws=100)
    still, moved = (loyalty_curve(DATA, "wait", "y", top=4, rng=rng) for rng in (None, 1))
    assert "low" not in still.to_table().columns
    assert "nothing was drawn: intervals by resamples need a seed, as rng=1" in still.to_table().notes
    assert "95% percentile intervals from 1000 resamples of customers, each point alone" in moved.to_table().notes
