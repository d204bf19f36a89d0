"""What the table of gaps says besides its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from servqual.gap_model.gap_words import CHAIN, LINKS, Station, StationGap
from servqual.gap_model.ledger import Ledger
from servqual.gap_model.source import Source
from servqual.labels import Label


def notes_of(
    sources: Mapping[Station, Source], ledger: Ledger, gaps: Sequence[StationGap], confidence: float
) -> Iterator[Label]:
    """Yield the notes of a table of gaps."""
    scale = next(iter(sources.values())).scale
    yield Label(
        f"scale {scale}; a gap is a level minus its standard, below zero a shortfall",
        f"量表 {scale}；差距为水平减标准，负值表示不足",
    )
    links = [gap for gap in gaps if set(gap.parts) <= set(LINKS) and gap.key != "gap_5"]
    if {Station.EXPECTED, Station.PERCEIVED} <= set(sources) and links:
        sums = " + ".join(gap.key for gap in links)
        yield Label(f"gap_5 = {sums}: an identity of this chain", f"gap_5 = {sums}：此链条的恒等式")
    yield Label(
        f"intervals: {confidence:.0%}, Student t; p by Holm, overall gaps one family, dimensions another",
        f"置信区间：{confidence:.0%}，t分布；p值按霍尔姆法校正，总体差距与各维度差距各为一族",
    )
    yield from _sharing(ledger)
    yield from _errors(sources)
    yield from _missing(sources, gaps)


def _sharing(ledger: Ledger) -> Iterator[Label]:
    for block in np.unique(ledger.block):
        members = [ledger.stations[row] for row in np.flatnonzero(ledger.block == block)]
        if len(members) > 1:
            english, chinese = listed(members)
            yield Label(
                f"same rows behind {english}: their covariance counts", f"{chinese}来自相同的样本：计入其协方差"
            )
    ends = [list(ledger.stations).index(each) for each in (CHAIN[0], CHAIN[-1]) if each in ledger.stations]
    if len(ends) == 2 and ledger.block[ends[0]] != ledger.block[ends[1]]:
        yield Label("expected and perceived count as said by different people", "顾客的期望与感知按不同的人作答处理")


def _errors(sources: Mapping[Station, Source]) -> Iterator[Label]:
    fast = [station for station, source in sources.items() if not np.diagonal(source.covariance).any()]
    if fast:
        english, chinese = listed(fast)
        yield Label(f"without error: {english}", f"无误差：{chinese}")
    known = [station for station, source in sources.items() if station not in fast and np.isinf(source.df).all()]
    if known:
        english, chinese = listed(known)
        yield Label(f"errors taken as known exactly, no n given: {english}", f"误差视为已知，未给出样本量：{chinese}")
    worst = [station for station, source in sources.items() if station not in fast and not source.correlated]
    if worst:
        english, chinese = listed(worst)
        yield Label(
            f"correlations between dimensions unknown, the worst case counts overall: {english}",
            f"维度间相关未知，总体按最不利情形计算：{chinese}",
        )


def _missing(sources: Mapping[Station, Source], gaps: Sequence[StationGap]) -> Iterator[Label]:
    absent = [station for station in CHAIN if station not in sources]
    if not absent:
        return
    english, chinese = listed(absent)
    merged = [gap for gap in gaps if gap.name is None]
    told = "; ".join(f"{gap.key} is {gap.label.en} in one" for gap in merged)
    told_zh = "；".join(f"{gap.key} 为{gap.label.text('zh')}之和" for gap in merged)
    yield Label(
        f'not measured: {english}{"; " if told else ""}{told}; bounds of single gaps: view "bounds"',
        f"未测量：{chinese}{'；' if told_zh else ''}{told_zh}；单个差距的界限见“bounds”",
    )


def listed(stations: Sequence[Station]) -> tuple[str, str]:
    """Return stations as a list in English and in Chinese."""
    return ", ".join(stations), "、".join(station.label.text("zh") for station in stations)
