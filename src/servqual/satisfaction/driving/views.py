"""The tables behind `Drivers`: methods side by side, ranks, pairs, groups and dominance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.labels import Label
from servqual.satisfaction.driving import words
from servqual.satisfaction.driving.asking import Ask
from servqual.satisfaction.driving.estimates import Estimates, interval, metric_columns, ranks_of
from servqual.statistics.dominance_tables import MOST_COMPARED, Dominates, dominance
from servqual.statistics.importance import ImportanceMethod
from servqual.statistics.reasoned import Reasoned
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False)
class Found:
    """All that was computed: of the answers themselves (first matrix only) and of resamples, with labels and order."""

    ask: Ask
    matrix: Floats
    point: Estimates
    drawn: Estimates
    labels: Mapping[str, Label]
    backend: str

    @property
    def order(self) -> list[int]:
        """Positions of drivers, the largest share first."""
        return np.argsort(-self.point.shares[0], kind="stable").tolist()

    @property
    def ranked(self) -> list[str]:
        """Names of drivers, the largest share first."""
        return [self.ask.drivers[place] for place in self.order]

    def label(self, name: str) -> Label:
        """Return what a column is called."""
        return self.labels.get(name, Label(name))


def other_views(found: Found) -> dict[str, Told]:
    """Return all tables but the main one, those that exist."""
    made = {"methods": _methods(found)}
    if found.ask.draws and len(found.drawn) > 1:
        made |= {"ranks": _ranks(found), "pairs": _pairs(found)}
    if found.ask.groups:
        made["groups"] = _groups(found)
    elif len(found.ask.drivers) <= MOST_COMPARED:
        made["dominance"] = _dominance(found)
    return made


def _told(found: Found, columns: Mapping[str, Any], names: Sequence[str], title: Label, *notes: Label) -> Told:
    outcome = found.label(found.ask.outcome)
    whole = Label(f"{title.en}: drivers of {outcome.en}", f"{title.text('zh')}：{outcome.text('zh')}的驱动因素")
    return Told(Table(columns, backend=found.backend), [found.label(name) for name in names], whole, notes)


def _methods(found: Found) -> Told:
    columns = metric_columns(found.matrix, found.ask, MOST_COMPARED)
    if found.ask.method is ImportanceMethod.LMG and not found.ask.groups:
        columns["lmg"] = found.point.shares[0]
    shown = {name: cells(values[found.order]) for name, values in columns.items() if values is not None}
    note = Label(
        "lmg, relative_weights, pratt and car sum to R²; first, last and betasq do not",
        "lmg、relative_weights、pratt 和 car 之和为 R²；first、last 和 betasq 则不然",
    )
    title = Label("Shares by every method", "各方法的份额")
    return _told(found, {"driver": found.ranked, **shown}, found.ranked, title, note)


def _ranks(found: Found) -> Told:
    ranks, count = ranks_of(found.drawn.shares)[:, found.order], len(found.order)
    shown = {f"rank_{rank}": (ranks == rank).mean(axis=0).tolist() for rank in range(1, count + 1)}
    title = Label("Share of resamples in which each has each rank", "各名次在重抽样中所占的比例")
    return _told(found, {"driver": found.ranked, **shown}, found.ranked, title)


def _pairs(found: Found) -> Told:
    shares, order = found.drawn.shares, found.order
    pairs = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    if not pairs:
        pairs = [(order[0], order[0])][:0]
    ahead = np.array([shares[:, one] - shares[:, other] for one, other in pairs]).reshape(len(pairs), len(shares)).T
    low, high = interval(ahead, found.ask.confidence, found.ask.draws) if pairs else (Reasoned.none("", 0),) * 2
    point, names = found.point.shares[0], found.ask.drivers
    columns = {
        "driver": [names[one] for one, _ in pairs],
        "over": [names[other] for _, other in pairs],
        "difference": [float(point[one] - point[other]) for one, other in pairs],
        "low": cells(low.values),
        "high": cells(high.values),
        "ahead": ((ahead > 0).mean(axis=0) + (ahead == 0).mean(axis=0) / 2).tolist(),
    }
    note = Label("ahead: share of resamples in which it is", "ahead：重抽样中领先的比例")
    return _told(found, columns, [names[one] for one, _ in pairs], Label("Differences of shares", "份额之差"), note)


def _groups(found: Found) -> Told:
    names = found.ask.drivers
    members = {group: list(each) for group, each in found.ask.groups}
    alone = [name for name in names if found.ask.group_of(name) is None]
    every = members | {name: [name] for name in alone}
    places = [[names.index(name) for name in each] for each in every.values()]
    point = np.array([found.point.shares[0][each].sum() for each in places])
    drawn = np.stack([found.drawn.shares[:, each].sum(axis=1) for each in places], axis=1)
    low, high = interval(drawn, found.ask.confidence, found.ask.draws)
    order = np.argsort(-point, kind="stable").tolist()
    keys = [list(every)[place] for place in order]
    columns: dict[str, Any] = {
        "group": keys,
        "drivers": [len(every[key]) for key in keys],
        "share": point[order].tolist(),
        "low": cells(low.values[order]),
        "high": cells(high.values[order]),
        "percent": (point / point.sum())[order].tolist(),
    }
    if len(drawn):
        columns["first"] = (ranks_of(drawn) == 1).mean(axis=0)[order].tolist()
    return _told(found, columns, keys, Label("Shares of groups", "各组份额"), words.OWEN)


def _dominance(found: Found) -> Told:
    analysed = dominance(found.matrix, controls=found.ask.control_places)
    names = found.ask.drivers
    pairs = [
        (one, other)
        for one in found.order
        for other in found.order
        if analysed.kind[one, other] != str(Dominates.NONE)
    ]  # fmt: skip
    columns = {
        "driver": [names[one] for one, _ in pairs],
        "over": [names[other] for _, other in pairs],
        "dominance": [str(analysed.kind[pair]) for pair in pairs],
        "models": [float(analysed.share[pair]) for pair in pairs],
    }
    note = Label(
        "complete: it adds more in every model without the two; conditional: on average at each size; "
        "general: on average of sizes. models: share of the models in which it adds more",
        "complete：在不含二者的每个模型中贡献更大；conditional：在每种规模上平均更大；general：总平均更大。"
        "models：贡献更大的模型比例",
    )
    return _told(found, columns, [names[one] for one, _ in pairs], Label("Dominance", "优势分析"), note)
