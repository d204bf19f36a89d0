"""The gaps of every unit: the ledger again, of the rows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet

import numpy as np
from attrs import evolve

from servqual._arrays import Floats, Ints
from servqual.errors import GapModelError, Problem
from servqual.gap_model.estimating import ALL
from servqual.gap_model.gap_notes import listed
from servqual.gap_model.gap_words import OVERALL, Station
from servqual.gap_model.ledger import Pick, gaps_between, ledger_of
from servqual.gap_model.sheets import Sheets
from servqual.gap_model.source import Source
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.labels import Label

_SHOWN = 5
Rows = Mapping[Station, Mapping[str, Ints]]


def gaps_by_unit(sources: Mapping[Station, Source], unit: str, *, incomplete_ok: bool) -> UnitGaps:
    """Return the gaps of every unit."""
    rows = {
        station: source.sheets.by_group(unit)
        for station, source in sources.items()
        if source.sheets is not None and unit in source.sheets.groups
    }
    units = sorted({label for each in rows.values() for label in each if label}, key=_order)
    _check(sources, rows, units, unit, incomplete_ok=incomplete_ok)
    gaps, first = gaps_between(tuple(sources)), next(iter(sources.values()))
    values = np.empty((len(units), len(gaps), len(first.dimensions) + 1))
    errors = np.empty_like(values)
    whole = {station for station in rows if _holds_units(sources[station].sheets, rows[station])}
    for place, label in enumerate(units):
        ledger = ledger_of(sources, _picking(rows, label, whole))
        places = (*range(len(first.dimensions)), None)
        taken = np.stack([ledger.coefficients(gap, each) for gap in gaps for each in places])
        estimate, squared, _ = ledger.combined(taken)
        values[place], errors[place] = estimate.reshape(values[0].shape), np.sqrt(squared).reshape(values[0].shape)
    labels, notes = (*first.labels, ALL), (*_notes(sources, rows, units, whole), *_alone(values, errors))
    return UnitGaps(units, gaps, (*first.dimensions, OVERALL), values, errors, unit, labels, notes)


def _order(label: str) -> tuple[bool, float, str]:
    try:
        return False, float(label), label
    except ValueError:
        return True, 0.0, label


def _check(
    sources: Mapping[Station, Source], rows: Rows, units: Sequence[str], unit: str, *, incomplete_ok: bool
) -> None:
    if not rows:
        known = {name for each in sources.values() if each.sheets is not None for name in each.sheets.groups}
        rule = "some source was made of rows with this group"
        remedy = f"there are {', '.join(sorted(known))}" if known else "read surveys and records with groups=[…]"
        raise GapModelError(Problem("unit", f"no {unit!r}", rule, remedy))
    problems = []
    for station, held in rows.items():
        absent = [label for label in units if label not in held]
        if absent and not incomplete_ok:
            shown = ", ".join(absent[:_SHOWN]) + (", …" if len(absent) > _SHOWN else "")
            found = f"nothing of {len(absent)} of {len(units)} units: {shown}"
            remedy = "mend the labels, or consent with incomplete_ok=True"
            problems.append(Problem(str(station), found, "every source tells of every unit", remedy))
    if problems:
        raise GapModelError(*problems)


def _holds_units(sheets: Sheets | None, held: Mapping[str, Ints]) -> bool:
    """Return whether every unit lies within one cluster, so that its rows are as independent as they can be."""
    if sheets is None or sheets.cluster is None:
        return False
    return all(np.unique(sheets.cluster.codes[rows]).size == 1 for rows in held.values())


def _picking(rows: Rows, label: str, whole: AbstractSet[Station]) -> Pick:
    """Return how the rows of one unit are picked of each source that knows units."""

    def pick(station: Station, sheets: Sheets) -> Sheets:
        if station not in rows:
            return sheets
        taken = sheets.take(rows[station].get(label, np.empty(0, np.int64)))
        return evolve(taken, cluster=None) if station in whole else taken

    return pick


def _alone(values: Floats, errors: Floats) -> list[Label]:
    """Return the note on units of which some source has a single row."""
    count, size = int((np.isfinite(values) & np.isnan(errors)).any(axis=(1, 2)).sum()), len(values)
    if not count:
        return []
    return [
        Label(
            f"errors unknown in {count} of {size} units, where a source has a single row",
            f"{size}个单位中有{count}个因某一来源仅有一个样本，标准误未知",
        )
    ]


def _notes(
    sources: Mapping[Station, Source], rows: Rows, units: Sequence[str], whole: AbstractSet[Station]
) -> Iterator[Label]:
    shared = [station for station in sources if station not in rows]
    if shared:
        english, chinese = listed(shared)
        yield Label(f"the same for every unit: {english}", f"各单位相同：{chinese}")
    for station, held in rows.items():
        name = station.label.text("zh")
        if "" in held:
            lost = held[""].size
            yield Label(f"{station}: {lost} rows without a unit left out", f"{name}：{lost}行没有单位，未计入")
        absent = [label for label in units if label not in held]
        if absent:
            english, chinese = ", ".join(absent), "、".join(absent)
            yield Label(f"{station} has nothing of: {english}", f"{name}缺少：{chinese}")
    if whole:
        english, chinese = listed([station for station in rows if station in whole])
        yield Label(
            f"each unit lies within one cluster, its rows count as independent: {english}",
            f"每个单位位于同一聚类内，其样本视为独立：{chinese}",
        )
