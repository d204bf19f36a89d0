"""Hand-overs as tables, with notes in English and Chinese."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual.labels import Label
from servqual.operations.process import hand_over_words as words
from servqual.operations.process.case_intake import Cases
from servqual.operations.process.hand_over_results import HandOverQuality, InternalCustomers, ProcessRoute
from servqual.operations.process.loss_carrying import Carried
from servqual.operations.process.path_sums import PathRows
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import percentile_interval, specific_effects
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told


@frozen
class Asked:
    """What was asked beside the process and its ratings."""

    outcome: str | None
    confidence: float
    draws: int


def told_customers(
    process: ServiceProcess, cases: Cases, rows: tuple[HandOverQuality, ...], found: Carried | None, asked: Asked
) -> InternalCustomers:
    """Return rows with their table, their notes, and the links and ways behind them."""
    labels = tuple(process.name(each) for each in process.hand_overs)
    notes = [words.GAPS]
    if found is not None:
        last = [process.name(each) for each in process.last]
        causes = Label("; ".join(each.en for each in last), "；".join(each.zh for each in last))
        notes += [
            words.EFFECTS,
            words.LOSSES,
            words.COSTLIEST,
            words.size_note(len(cases.received), cases.rows, causes),
        ]
        notes.append(words.draw_note(asked.draws, found.failed, asked.confidence))
    title = Label(
        f"{process.label.en}: internal customers, {asked.confidence:.0%} intervals",
        f"{process.label.text('zh')}：内部顾客，{asked.confidence:.0%} 置信区间",
    )
    table = Table(columns_of(rows, HandOverQuality), backend=cases.backend)
    direct, paths = _links(process, found, asked)
    told = Told(table, labels, title, notes)
    given = {"confidence": asked.confidence, "outcome": asked.outcome}
    return InternalCustomers(rows, told, asked=given, process=process, direct=direct, paths=paths)


def _links(process: ServiceProcess, found: Carried | None, asked: Asked) -> tuple[Told, tuple[ProcessRoute, ...]]:
    """Return the coefficients as a table, and all ways to the outcome."""
    title = Label(f"{process.label.en}: direct effects", f"{process.label.text('zh')}：直接效应")
    columns: dict[str, list[Any]] = {name: [] for name in ("source", "target", "coefficient", "low", "high")}
    if found is None:
        return Told(columns, (), title), ()
    keys = (*(each.key for each in process.hand_overs), asked.outcome or "outcome")
    arrows = [(source, target) for target, row in enumerate(PathRows.of(process).causes) for source in row]
    for source, target in arrows:
        drawn = found.drawn_coefficients[:, target, source]
        ends = percentile_interval(drawn, asked.confidence) if found.enough else (np.nan, np.nan)
        cell = (keys[source], keys[target], float(found.coefficients[target, source]), *map(float, ends))
        for name, value in zip(columns, cell, strict=True):
            columns[name].append(value)
    paths = [
        ProcessRoute(tuple(keys[each] for each in way.positions[:-1]), float(way.effect))
        for start in range(len(keys) - 1)
        for way in specific_effects(found.coefficients, start, len(keys) - 1)
    ]
    return Told(columns, [process.name(process.hand_overs[source]) for source, _ in arrows], title), tuple(paths)
