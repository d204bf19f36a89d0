"""From contrasts to what is told: rows, classes and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.satisfaction.answer_columns import AnswerColumns
from servqual.satisfaction.drawing import NOT_DRAWN_NOTE
from servqual.satisfaction.driving import words as driver_words
from servqual.satisfaction.driving.estimates import number
from servqual.satisfaction.priorities import penalty_words as words
from servqual.satisfaction.priorities.penalty_contrasts import Contrasts, Design, class_of, class_places, ends_of
from servqual.satisfaction.priorities.penalty_cuts import LowHigh
from servqual.satisfaction.priorities.penalty_results import ItemImpact, PenaltyReward
from servqual.satisfaction.priorities.penalty_words import Factor, ImpactClass
from servqual.statistics import CrossProducts, Inapplicable
from servqual.statistics.importance import explained_variance
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

_NO_LOW = "nobody answered low"
_NO_HIGH = "nobody answered high, or everybody did"
_NO_MIDDLE = "nobody answered between low and high, to be compared with"
_NO_IMPACT = "there is neither a penalty nor a reward"
_ENDS = ("penalty", "reward", "balance", "riocs", "asymmetry")


@frozen(eq=False)
class Impacts:
    """All that was computed: of the answers themselves (one draw) and of resamples."""

    rows: AnswerColumns
    items: tuple[str, ...]
    cuts: LowHigh
    design: Design
    point: Contrasts
    drawn: Contrasts
    draws: int
    confidence: float

    @property
    def failures(self) -> int:
        """Resamples without a solution."""
        return self.draws - len(self.drawn.penalty) if self.draws else 0


def told_impacts(found: Impacts) -> PenaltyReward:
    """Return the result."""
    columns = _columns(found)
    made = tuple(_row(found, place, columns) for place in range(len(found.items)))
    backend, names = found.rows.backend, found.rows.names
    labels = [found.rows.labels[names.index(item)] for item in found.items]
    table = Table(columns_of(made, ItemImpact, {"n_low", "n_high"}), backend=backend)
    outcome = found.rows.labels[-1]
    title = Label(f"Penalties and rewards: {outcome.en}", f"惩罚与奖励：{outcome.text('zh')}")
    classes = Label("Share of resamples in each class", "各类别在重抽样中所占的比例")
    return PenaltyReward(
        outcome=names[-1],
        rows=made,
        views={
            "items": Told(table, labels, title, tuple(_notes(found, made))),
            "classes": Told(table, labels, classes, (words.FORMULA, words.SIGNS)),
        },
        cuts=found.cuts.rule,
        r2=float(found.point.r2[0]),
        r2_linear=_linear(found),
        n=found.rows.respondents,
        draws=found.draws,
        failures=found.failures,
        confidence=found.confidence,
    )


def _columns(found: Impacts) -> dict[str, Reasoned]:
    point, drawn, design = found.point.numbers, found.drawn.numbers, found.design
    middle = (~design.between, _NO_MIDDLE)
    low, high = (np.array(design.lows) < 0, _NO_LOW), (np.array(design.highs) < 0, _NO_HIGH)
    cases = {"penalty": (middle, low), "reward": (middle, high)}
    columns = {}
    for name, values in point.items():
        why = cases.get(name, (middle, low, high))
        columns[name] = Reasoned.of(values[0], *why, (np.isnan(values[0]), _NO_IMPACT))
    ends = ends_of({name: drawn[name] for name in _ENDS}, found.confidence, found.draws)
    for name, end in ends.items():
        reason = columns[name.rpartition("_")[0]].reason
        columns[name] = Reasoned(
            np.where(reason == "", end.values, np.nan), np.where(reason == "", end.reason, reason)
        )  # fmt: skip
    return columns | _class_shares(drawn["asymmetry"], columns["asymmetry"], ends["penalty_low"])


def _class_shares(asymmetry: Floats, point: Reasoned, ends: Reasoned) -> dict[str, Reasoned]:
    """Return the share of resamples in each class, of those in which there is an asymmetry."""
    places, size = class_places(asymmetry), point.values.size
    there = (places >= 0).sum(axis=0)
    made = {}
    for place, each in enumerate(ImpactClass):
        share = (places == place).sum(axis=0) / np.where(there > 0, there, np.nan)
        share = share if len(places) else np.full(size, np.nan)
        reasons = [(point.reason == why, why) for why in dict.fromkeys(point.reason.tolist()) if why]
        made[str(each)] = Reasoned.of(share, *reasons, (ends.reason != "", str(ends.reason[0])))
    return made


def _row(found: Impacts, place: int, columns: dict[str, Reasoned]) -> ItemImpact:
    numbers: dict[str, Any] = {name: column.at(place) for name, column in columns.items()}
    kind = class_of(float(columns["asymmetry"].values[place]))
    share = Inapplicable("there is no class") if kind is None else numbers[str(kind)]
    return ItemImpact(
        item=found.items[place],
        low_cut=float(found.cuts.low[place]),
        high_cut=float(found.cuts.high[place]),
        n_low=float(found.design.n_low[place]),
        n_high=float(found.design.n_high[place]),
        factor=_factor(numbers),
        impact_class=kind,
        class_share=share,
        unexpected=_unexpected(numbers),
        **numbers,
    )


def _factor(numbers: dict[str, Any]) -> Factor:
    ends = numbers["penalty_high"], numbers["reward_low"]
    if any(isinstance(each, Inapplicable) for each in ends):
        return Factor.UNTOLD
    punished, rewarded = ends[0] < 0, ends[1] > 0
    if punished:
        return Factor.PERFORMANCE if rewarded else Factor.BASIC
    return Factor.EXCITEMENT if rewarded else Factor.NEITHER


def _unexpected(numbers: dict[str, Any]) -> str | None:
    wrong = []
    if not isinstance(numbers["penalty"], Inapplicable) and numbers["penalty"] > 0:
        wrong.append("penalty")
    if not isinstance(numbers["reward"], Inapplicable) and numbers["reward"] < 0:
        wrong.append("reward")
    return "both" if len(wrong) == 2 else next(iter(wrong), None)


def _linear(found: Impacts) -> float | Inapplicable:
    """Return R² of the items as straight lines."""
    people, values = found.rows.people, found.rows.values
    products = CrossProducts.of(values.T, people.weights, people.kind, values.mean(axis=0))
    return number(float(explained_variance(products.covariance())))


def _notes(found: Impacts, made: Sequence[ItemImpact]) -> Iterator[Label]:
    rule, rows = found.cuts.rule, found.rows
    yield Label(
        f"low at low_cut or below, high at high_cut or above: {rule.en}; answers between are the reference",
        f"不高于 low_cut 为低，不低于 high_cut 为高：{rule.text('zh')}；介于其间者为参照",
    )
    kind = rows.people.kind
    yield driver_words.size_note(rows.respondents, rows.rows, None if kind is None else str(kind))
    if found.draws:
        clusters = rows.people.clusters is not None
        what = Label("clusters", "聚类") if clusters else Label("respondents", "受访者")
        yield driver_words.resample_note(found.draws, found.failures, found.confidence, what)
    else:
        yield NOT_DRAWN_NOTE
    straight = _linear(found)
    line = "–" if isinstance(straight, Inapplicable) else f"{straight:.3f}"
    r2 = float(found.point.r2[0])
    yield Label(f"R² {r2:.3f}; of items as straight lines {line}", f"R² {r2:.3f}；按直线关系为 {line}")
    yield words.FORMULA
    yield words.SIGNS
    if any(row.factor is Factor.NEITHER for row in made):
        yield words.NOISE
