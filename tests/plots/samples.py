"""Surveys to draw: the example, zones, a handful of items, and forty with long names in two languages."""

from collections.abc import Callable
from typing import Any

import numpy as np

from servqual import plots, simulate
from servqual.catalogue import three_column
from servqual.instruments import Instrument, Level, Scale
from servqual.labels import Label
from servqual.scoring import Difference, score, summarize
from servqual.survey import Survey
from servqual.tables import Table
from tests.plots.wing_samples import WING_PLOTS

EXAMPLE = simulate.example()
SUMMARY = summarize(EXAMPLE, Difference(), by="branch")
ZONES = simulate.survey(
    three_column(), 80, means={"perception": {"reliability": 5.0}}, groups={"day": ["a", "b"]}, rng=3
)

_ENGLISH = "the staff at the counter explain every step of a long procedure in words that a first-time customer follows"
_CHINESE = "柜台员工会把每一步手续都用第一次来的客户也能听懂的话解释清楚，让人不必反复询问，也不会感到焦虑"


def _long(number: int) -> Label:
    words = _ENGLISH.split()[: 5 + number % 15]
    return Label(f"{' '.join(words)} ({number})", f"{_CHINESE[: 12 + number % 35]}（{number}）")


FORTY_ITEMS = Instrument.define(
    "forty",
    {f"d{place}": {f"d{place}_{item}": _long(8 * place + item) for item in range(8)} for place in range(5)},
    scale=Scale.likert(7),
    labels={f"d{place}": Label(f"dimension {place} and what belongs to it", f"第{place}维度") for place in range(5)},
    label=Label("Service in the public libraries of a large city in the north, second wave", "某大城市公共图书馆服务"),
)
FORTY = simulate.survey(FORTY_ITEMS, 60, missing=0.03, groups={"branch": ["north", "south"]}, rng=2)
FIVE = simulate.survey(
    Instrument.define("kiosk", {key: [f"{key}_item"] for key in "abcde"}, scale=Scale.likert(5)),
    60,
    missing=0.05,
    rng=5,
)
REAL = simulate.survey(
    Instrument.define("real", {"a": ["x", "y"], "b": ["z"], "c": ["w"]}, scale=Scale.percent()), 40, rng=6
)

DIMENSIONS = EXAMPLE.instrument.dimension_keys
ALPHA = Table(
    {
        "dimension": DIMENSIONS,
        "alpha": [0.82, 0.91, None, 0.74, 0.66],
        "low": [0.78, 0.89, None, 0.7, 0.58],
        "high": [0.85, 0.93, None, 0.78, 0.73],
    },
    title="Service quality: reliability",
)
ITEMS = Table(
    {
        "dimension": ["speed", "speed", "room_and_air", "room_and_air"],
        "item": ["wait_short", "steps", "clean", "alone"],
        "r_drop": [0.62, 0.21, -0.1, None],
    },
    title="Items",
)
YEARS = {2022 + year: score(EXAMPLE.select(np.arange(year, 400, 3)), Difference()) for year in range(3)}

# Every plot of something, to be called with language= and ax=.
PLOTS: dict[str, Callable[..., Any]] = {
    **WING_PLOTS,
    "gaps": lambda **given: plots.gaps(score(EXAMPLE, Difference()), by="branch", **given),
    "levels": lambda **given: plots.levels(SUMMARY, over="dimensions", **given),
    "zones": lambda **given: plots.zones(ZONES, by="day", **given),
    "radar": lambda **given: plots.radar(SUMMARY, **given),
    "quadrant": lambda **given: plots.quadrant(EXAMPLE, against="importance", **given),
    "quadrant of items": lambda **given: plots.quadrant(SUMMARY, **given),
    "distribution": lambda **given: plots.distribution(FIVE, level=Level.EXPECTATION, **given),
    "trend": lambda **given: plots.trend(YEARS, **given),
    "reliability": lambda **given: plots.reliability(ALPHA, **given),
    "item_total": lambda **given: plots.item_total(ITEMS, **given),
}


def projection(name: str) -> str | None:
    """The kind of Axes that a plot is drawn on."""
    return "polar" if name == "radar" else None


def unpaired() -> Survey:
    """The example, as if others had said what they expect."""
    levels = {level: EXAMPLE.expectation(level).values for level in (Level.EXPECTATION,)}
    wanted = Survey.from_arrays(EXAMPLE.instrument.asking("expectation"), expectation=levels[Level.EXPECTATION])
    seen = Survey.from_arrays(EXAMPLE.instrument.asking("perception"), perception=EXAMPLE.perception.values)
    return Survey.unpaired(perception=seen, expectation=wanted)
