"""What units hold, construct by construct, as a table in English or Chinese; and all of it as columns of a frame."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Floats, Ints
from servqual._frames import GroupLabel
from servqual.chain.unit_rows import UnitRows
from servqual.labels import Label
from servqual.tables import Cell
from servqual.telling import Told, cells

MOMENTS = ("mean", "sd", "minimum", "maximum")


def summary_of(units: UnitRows) -> Told:
    """Return how much there is of each construct: values, units with a value, mean, sd, range, share missing."""
    columns: dict[str, list[Cell]] = {"construct": list(units.names)}
    present = ~np.isnan(units.values)
    columns["n"] = present.sum(axis=0).tolist()
    columns["units"] = [len(np.unique(units.unit[there])) for there in present.T]
    moments = [_moments(values[there]) for values, there in zip(units.values.T, present.T, strict=True)]
    columns |= {name: cells([each[place] for each in moments]) for place, name in enumerate(MOMENTS)}
    columns["missing"] = (1 - present.mean(axis=0)).tolist()
    return Told(columns, [Label(name) for name in units.names], _title(units), _notes(units))


def _moments(values: Floats) -> tuple[float, float, float, float]:
    if not values.size:
        return (np.nan,) * 4
    sd = values.std(ddof=1) if values.size > 1 else np.nan
    return float(values.mean()), float(sd), float(values.min()), float(values.max())


def size_of(units: UnitRows) -> Label:
    """Return how many units, periods and rows there are, in words."""
    n, t = units.n_units, len(units.period_names)
    english = f"{n} unit{'s' * (n != 1)}"
    if not t:
        return Label(english, f"{n} 个单位")
    return Label(
        f"{english} in {t} period{'s' * (t != 1)}, {len(units)} rows", f"{n} 个单位、{t} 个时期，共 {len(units)} 行"
    )


def _title(units: UnitRows) -> Label:
    size = size_of(units)
    return Label(f"Units: {size.en}", f"分析单位：{size.zh}")


def _notes(units: UnitRows) -> list[Label]:
    notes = []
    if units.n_periods > 1:
        first, last = units.period_names[0], units.period_names[-1]
        steps = int(units.period_steps[-1] - units.period_steps[0])
        absent = units.n_units * units.n_periods - len(units)
        notes.append(
            Label(
                f"Periods from {first} to {last}, steps: {steps}; pairs of unit and period without a row: {absent}.",
                f"时期自 {first} 至 {last}，步数：{steps}；没有数据行的单位—时期组合：{absent}。",
            )
        )
    for each in units.clusters:
        missing, there = int((each.codes < 0).sum()), len(np.unique(each.codes[each.codes >= 0]))
        notes.append(
            Label(
                f"Clusters by {each.name}: {there}; rows without one: {missing}.",
                f"按 {each.name} 聚类：{there} 类；缺失行数：{missing}。",
            )
        )
    if units.left_out:
        names = ", ".join(units.left_out)
        notes.append(Label(f"Columns without numbers, not taken: {names}.", f"非数值列，未采用：{names}。"))
    return notes


def columns_of(units: UnitRows) -> dict[str, Any]:
    """Return all columns of a frame of units, one row per unit and period."""
    columns: dict[str, Any] = {units.unit_column: _spelled(units.unit, units.unit_names)}
    if units.period_column is not None:
        columns[units.period_column] = _spelled(np.searchsorted(units.period_steps, units.period), units.period_names)
    columns |= {each.name: _spelled(each.codes, each.labels) for each in units.clusters}
    return columns | {name: units.column(name) for name in units.names}


def _spelled(codes: Ints, labels: tuple[GroupLabel, ...]) -> list[GroupLabel]:
    return [labels[code] if code >= 0 else None for code in codes.tolist()]
