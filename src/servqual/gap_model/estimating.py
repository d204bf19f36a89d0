"""From the ledger to gaps with intervals, tests and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.gap_model.bounds import bounds_of
from servqual.gap_model.gap_notes import notes_of
from servqual.gap_model.gap_results import Gaps
from servqual.gap_model.gap_rows import NO_ERROR, ONE_ROW, GapEstimate, Number, finding_of
from servqual.gap_model.gap_words import OVERALL, Station, StationGap
from servqual.gap_model.ledger import Ledger, gaps_between
from servqual.gap_model.source import Source
from servqual.labels import Label
from servqual.statistics.comparison import t_test
from servqual.statistics.intervals import student_interval
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.reasoned import Reasoned

ALL = Label("overall", "总体")
_SUMS = ("estimate", "se", "df", "low", "high", "p")


def estimated(sources: Mapping[Station, Source], ledger: Ledger, confidence: float) -> Gaps:
    """Return all gaps that can be told, per dimension and overall."""
    gaps = gaps_between(tuple(sources))
    first = next(iter(sources.values()))
    places: list[int | None] = [*range(len(first.dimensions)), None]
    rows: list[GapEstimate] = []
    # the dimensions are one family of tests, the overall gaps another
    for family in (places[:-1], places[-1:]):
        asked = [(gap, place) for gap in gaps for place in family]
        taken = np.stack([ledger.coefficients(gap, place) for gap, place in asked])
        found = numbers_of(ledger, taken, confidence)
        ends = [_ends(ledger, gap, place) for gap, place in asked]
        names = [(gap.key, first.dimensions[place] if place is not None else OVERALL) for gap, place in asked]
        rows += rows_of(names, found, ends, confidence)
    covariance = np.stack([ledger.joint(np.stack([ledger.coefficients(gap, each) for gap in gaps])) for each in places])
    return Gaps(
        gaps=gaps, rows=tuple(rows), dimensions=(*first.dimensions, OVERALL), labels=(*first.labels, ALL),
        covariance=covariance, bounds=bounds_of(sources, ledger), scale=first.scale, confidence=confidence,
        notes=tuple(notes_of(sources, ledger, gaps, confidence)),
    )  # fmt: skip


def numbers_of(ledger: Ledger, taken: Floats, confidence: float) -> dict[str, Reasoned]:
    """Return estimate, error, interval and p of sums of means, NaN with its reason where there is none."""
    estimate, squared, df = ledger.combined(taken)
    se = np.sqrt(squared)
    low, high = student_interval(estimate, se, df, confidence)
    tested = t_test(estimate, se, df, null="the gap is {against:g}")
    none = (np.isnan(se), ONE_ROW)
    return {
        "estimate": Reasoned.of(estimate), "se": Reasoned.of(se, none), "df": Reasoned.of(df, none),
        "low": Reasoned.of(low, none), "high": Reasoned.of(high, none),
        "p": Reasoned.of(tested.p, none, (se == 0, NO_ERROR)),
    }  # fmt: skip


def rows_of(
    names: Sequence[tuple[str, str]],
    found: Mapping[str, Reasoned],
    ends: Sequence[tuple[Number, Number]],
    confidence: float,
) -> list[GapEstimate]:
    """Return one row per name; their p-values are adjusted as one family."""
    p = Reasoned.of(adjusted(found["p"].values), *((found["p"].reason == why, why) for why in (ONE_ROW, NO_ERROR)))
    rows = []
    for row, ((gap, dimension), (level, standard)) in enumerate(zip(names, ends, strict=True)):
        held = {name: found[name].at(row) for name in _SUMS}
        finding = finding_of(float(held["estimate"]), float(held["se"]), p.at(row), 1 - confidence)
        rows.append(
            GapEstimate(
                gap=gap,
                dimension=dimension,
                level=level,
                standard=standard,
                p_adjusted=p.at(row),
                finding=finding,
                **held,
            )
        )
    return rows


def _ends(ledger: Ledger, gap: StationGap, place: int | None) -> tuple[float, float]:
    means = [ledger.mean[ledger.stations.index(each)] for each in (gap.level, gap.standard)]
    level, standard = (each.mean() if place is None else each[place] for each in means)
    return float(level), float(standard)
