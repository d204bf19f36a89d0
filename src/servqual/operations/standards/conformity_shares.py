"""The shares of cases that keep a standard, with intervals, verdicts and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.labels import Label
from servqual.operations.given_columns import ALL
from servqual.operations.standards.case_counting import Cases, Sums
from servqual.operations.standards.conformance_results import Conformance, ConformityShare
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardVerdict
from servqual.statistics import wilson_interval
from servqual.statistics.exact_intervals import clopper_pearson_interval
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told

NO_CASES = "no case has a value"
NOT_YET = "no case was watched as long as the limit"
ONE_CLUSTER = "one cluster only"
_REASONS = {NO_CASES: "没有任何个案有值", NOT_YET: "没有任何个案被观察到时限", ONE_CLUSTER: "只有一个聚类"}
_NAMES = {ALL: Label("all", "全体"), "no unit": Label("no unit", "无单位"), "no period": Label("no period", "无时期")}
_COUNTS = ("n", "missing", "open_cases", "conforming")
_NUMBERS = ("share", "se", "low", "high", "effective_n", "margin")


def told_conformance(
    standard: Standard, cases: Cases, interval: str, confidence: float, backend: str, *, clustered: bool = False
) -> Conformance:
    """Return shares with intervals and verdicts, with title and notes."""
    sums = cases.sums
    worth = np.where(sums.known, sums.worth, 0.0)
    share = np.clip(np.where(sums.known, sums.share, 0.0), 0.0, 1.0)
    method = wilson_interval if interval == "wilson" else clopper_pearson_interval
    low, high = (np.asarray(each) for each in method(share * worth, worth, confidence))
    shown = np.where(sums.known, sums.share, np.nan)
    columns = dict(
        zip(_NUMBERS, (shown, np.sqrt(sums.variance), low, high, sums.worth, shown - standard.target), strict=True)
    )
    why = ((sums.n == 0, NO_CASES), (~sums.known, NOT_YET), (np.isnan(sums.worth), ONE_CLUSTER))
    reasoned = {
        name: Reasoned.of(values, *(why[:2] if name in {"share", "margin"} else why))
        for name, values in columns.items()
    }
    rows = _rows(standard, cases, reasoned, _verdicts(low, high, sums.known & ~np.isnan(low), standard.target))
    table = Table(columns_of(rows, ConformityShare, _COUNTS), backend=backend)
    title = Label(f"Conformance to {standard.label.en}", f"达标率：{standard.label.text('zh')}")
    names = [_NAMES.get(str(row.unit), Label(str(row.unit))) for row in rows]
    asked = {"interval": interval, "confidence": confidence, "clustered": clustered}
    told = Told(table, names, title, list(_notes(standard, sums, (interval, confidence), clustered=clustered)))
    return Conformance(rows, told, asked=asked, standard=standard)


def _verdicts(low: Floats, high: Floats, known: Bools, target: float) -> list[StandardVerdict]:
    with np.errstate(invalid="ignore"):
        places = np.select([~known, low >= target, high < target], [3, 0, 1], 2)
    order = (StandardVerdict.MET, StandardVerdict.MISSED, StandardVerdict.OPEN, StandardVerdict.UNJUDGED)
    return [order[place] for place in places.tolist()]


def _rows(
    standard: Standard, cases: Cases, numbers: dict[str, Reasoned], verdicts: list[StandardVerdict]
) -> tuple[ConformityShare, ...]:
    sums = cases.sums
    counts: dict[str, list[Any]] = {name: getattr(sums, name).tolist() for name in _COUNTS}
    return tuple(
        ConformityShare(
            unit=unit,
            period=period,
            target=standard.target,
            verdict=verdicts[row],
            **{name: values[row] for name, values in counts.items()},
            **_numbers_at(numbers, row),
        )
        for row, (unit, period) in enumerate(cases.labels)
    )


def _numbers_at(numbers: dict[str, Reasoned], row: int) -> dict[str, Any]:
    return {name: column.at(row) for name, column in numbers.items()}


def _notes(standard: Standard, sums: Sums, asked: tuple[str, float], *, clustered: bool) -> Iterator[Label]:
    interval, confidence = asked
    yield Label(
        f"standard: {standard.limits.en}, in {standard.target:.4g} of cases; a margin below zero is a shortfall",
        f"标准：{standard.limits.text('zh')}，目标比例 {standard.target:.4g}；差额为负表示不足",
    )
    name = Label("Wilson", "Wilson 区间") if interval == "wilson" else Label("exact (Clopper–Pearson)", "精确区间")
    yield Label(f"low and high: {confidence:.0%} interval, {name.en}", f"low 与 high：{confidence:.0%} {name.zh}")
    if sums.open_cases[0]:
        yield Label(
            f"{sums.open_cases[0]} cases still wait before the limit: shares by Kaplan and Meier, intervals on as many "
            "cases as these are worth",
            f"{sums.open_cases[0]} 个个案在时限前仍在等待：比例用 Kaplan–Meier 法估计，区间按等效个案数计算",
        )
    yield from _absences(sums)
    if clustered:
        yield Label(
            "intervals allow for clusters, by the number of cases that they are worth",
            "区间已考虑聚类，按等效个案数计算",
        )
    else:
        yield Label("cases are taken as independent of each other", "假定各个案相互独立")


def _absences(sums: Sums) -> Iterator[Label]:
    """Yield why some numbers are not there."""
    for reason in dict.fromkeys(np.where(sums.n == 0, NO_CASES, NOT_YET)[~sums.known].tolist()):
        yield Label(f"some shares are left out: {reason}", f"部分比例未给出：{_REASONS[reason]}")
    lone = sums.known & np.isnan(sums.worth)
    if lone.any():
        yield Label(
            f"{int(lone.sum())} without an interval: {ONE_CLUSTER}",
            f"{int(lone.sum())} 行没有区间：{_REASONS[ONE_CLUSTER]}",
        )
