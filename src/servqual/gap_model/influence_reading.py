"""From outcomes and their influences to what is told of them: tests of one family, ranks, notes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from servqual._arrays import Floats
from servqual.gap_model.influence_estimates import Asked, Estimated, estimated
from servqual.gap_model.influence_results import Equation, Influence, Influences
from servqual.gap_model.influence_words import InfluenceMethod, InfluenceVerdict
from servqual.labels import Label
from servqual.statistics._arguments import check_confidence
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_ASSOCIATION = Label(
    "strength: points of the outcome per standard deviation of the influence; associations, which are effects only "
    "where nothing else differs",
    "强度：影响因素每高一个标准差，结果变化的分数；这是关联，只有其他条件都相同时才是效应",
)
_SHRUNKEN = Label(
    "shrunken: too few rows to tell influences apart; an influence that is found may stand for one that goes with it",
    "收缩估计：样本太少，无法区分各影响因素；得到证实的因素也可能代表与其相伴的因素",
)
# Reliability of an outcome between units below which that is noted.
_RELIABLE = 0.5


def told_influences(
    reading: str, title: Label, every: Sequence[Asked], notes: Sequence[Label], confidence: float
) -> Influences:
    """Return all outcomes with their influences, which are tested as one family."""
    check_confidence(confidence)
    found = [estimated(asked, confidence) for asked in every]
    sizes = [len(asked.names) for asked in every]
    family = adjusted(np.concatenate([np.empty(0), *(each.p.values for each in found)]))
    parts = np.split(family, np.cumsum(sizes)[:-1])
    told: list[tuple[Influence, Label]] = []
    for asked, numbers, part in zip(every, found, parts, strict=True):
        told += _ranked(asked, numbers, part, confidence)
    rows = tuple(row for row, _ in told)
    equations = tuple(_equation(asked, numbers) for asked, numbers in zip(every, found, strict=True))
    said = (*_notes(found, int(np.isfinite(family).sum()), confidence), *_noisy(equations), *notes)
    table = Table(columns_of(rows, Influence, {"rank"}))
    whole = {"n", "left_out", "influences"}
    outcomes = Told(Table(columns_of(equations, Equation, whole)), [asked.label for asked in every], title, said)
    return Influences(
        reading=reading, rows=rows, equations=equations, confidence=confidence,
        told=Told(table, [label for _, label in told], title, said), told_equations=outcomes,
    )  # fmt: skip


def _ranked(asked: Asked, numbers: Estimated, family: Floats, confidence: float) -> list[tuple[Influence, Label]]:
    """Return the influences on one outcome with their names, in order of rank."""
    made = [(_row(asked, numbers, family, place, confidence), label) for place, label in enumerate(asked.labels)]
    order = sorted(made, key=lambda pair: _rank(pair[0]))
    return [(evolve(row, rank=rank), label) for rank, (row, label) in enumerate(order, start=1)]


def _row(asked: Asked, numbers: Estimated, family: Floats, place: int, confidence: float) -> Influence:
    names = ("mean", "strength", "se", "low", "high", "slope", "p")
    columns = {name: getattr(numbers, name).at(place) for name in names}
    p = family[place]
    adjusted_p = Inapplicable(columns["p"].reason) if isinstance(columns["p"], Inapplicable) else float(p)
    direction = asked.directions[place]
    return Influence(
        outcome=asked.outcome,
        key=asked.names[place],
        rank=0,
        direction=direction,
        **columns,
        p_adjusted=adjusted_p,
        method=InfluenceMethod.NONE if isinstance(columns["p"], Inapplicable) else numbers.method,
        verdict=_verdict(adjusted_p, columns["strength"], direction.sign, 1 - confidence),
    )


def _verdict(p: float | Inapplicable, strength: float | Inapplicable, sign: int, level: float) -> InfluenceVerdict:
    if isinstance(p, Inapplicable) or isinstance(strength, Inapplicable):
        return InfluenceVerdict.UNTOLD
    if p > level:
        return InfluenceVerdict.OPEN
    return InfluenceVerdict.FOUND if strength * sign > 0 else InfluenceVerdict.AGAINST


_ORDER = (InfluenceVerdict.FOUND, InfluenceVerdict.AGAINST, InfluenceVerdict.OPEN, InfluenceVerdict.UNTOLD)


def _rank(row: Influence) -> tuple[int, float]:
    return _ORDER.index(row.verdict), 0.0 if isinstance(row.strength, Inapplicable) else -abs(row.strength)


def _noisy(equations: Sequence[Equation]) -> list[Label]:
    """Return the note on outcomes whose differences between units are sampling error for the most part."""
    known = [each for each in equations if not isinstance(each.reliability, Inapplicable)]
    keys = ", ".join(each.outcome for each in known if float(each.reliability) < _RELIABLE)
    if not keys:
        return []
    return [
        Label(
            f"most of what units differ by is sampling error, so that there is little to explain: {keys}",
            f"单位间的差异多半是抽样误差，可解释的不多：{keys}",
        )
    ]


def _equation(asked: Asked, numbers: Estimated) -> Equation:
    return Equation(
        outcome=asked.outcome,
        n=numbers.n,
        left_out=numbers.left_out,
        influences=int(np.isfinite(numbers.p.values).sum()),
        method=numbers.method,
        explained=numbers.explained,
        reliability=numbers.reliability,
    )


def _notes(found: Sequence[Estimated], tests: int, confidence: float) -> tuple[Label, ...]:
    level = f"{1 - confidence:.3g}"
    verdicts = Label(
        f"verdicts: p adjusted by Holm over all {tests} tests, at {level}; intervals {confidence:.0%}, each for itself",
        f"结论：p 值按 Holm 法在全部 {tests} 项检验中校正，水准 {level}；区间置信度 {confidence:.0%}，逐个计算",
    )
    few = any(each.method is InfluenceMethod.SHRUNKEN for each in found)
    lost = sum(each.left_out for each in found)
    incomplete = Label(
        f"left out because an influence is missing: {lost} rows, summed over outcomes",
        f"因影响因素缺失而未用：各结果合计 {lost} 行",
    )
    return (_ASSOCIATION, verdicts, *([_SHRUNKEN] if few else []), *([incomplete] if lost else []))
