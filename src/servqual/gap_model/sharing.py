"""Shares of Gap 5: ratios of gaps that share their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from servqual._arrays import Floats
from servqual.errors import ArgumentError, Problem
from servqual.gap_model.estimating import ALL
from servqual.gap_model.gap_words import OVERALL, GapName, Station, StationGap
from servqual.gap_model.ledger import Ledger, gaps_between
from servqual.gap_model.share_results import GapShare, GapShares
from servqual.gap_model.source import Source
from servqual.labels import Label
from servqual.statistics.fieller_sets import fieller_interval
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.intervals import student_interval
from servqual.statistics.reasoned import Reasoned

NOT_CLEAR = "gap 5 is not clearly different from zero, so that a share of it has no bounds"
TOO_FEW = "the error of this gap rests on too few answers for its share to have bounds"


def shared(sources: Mapping[Station, Source], ledger: Ledger, confidence: float) -> GapShares:
    """Return the shares of the gaps of the chain in Gap 5, per dimension and overall."""
    service = GapName.SERVICE.gap
    if not {service.level, service.standard} <= set(sources):
        rule, remedy = "shares are parts of gap 5, perceived − expected", "compare gaps with GapModel.difference"
        raise ArgumentError(Problem("shares", f"only {', '.join(sources)}", rule, remedy))
    links = tuple(gap for gap in gaps_between(tuple(sources)) if gap.name is not GapName.PROMISE and gap != service)
    links = links or (service,)
    first = next(iter(sources.values()))
    names = (*first.dimensions, OVERALL)
    rows: list[GapShare] = []
    for place, key in enumerate(names):
        found = _of_dimension(ledger, links, None if key == OVERALL else place, confidence)
        rows += [
            GapShare(gap=gap.key, dimension=key, **{name: column.at(row) for name, column in found.items()})
            for row, gap in enumerate(links)
        ]
    return GapShares(
        gaps=links, rows=tuple(rows), dimensions=names, labels=(*first.labels, ALL), confidence=confidence,
        notes=tuple(_notes(rows, confidence)),
    )  # fmt: skip


def _of_dimension(
    ledger: Ledger, links: Sequence[StationGap], place: int | None, confidence: float
) -> dict[str, Reasoned]:
    taken = np.stack([ledger.coefficients(gap, place) for gap in (*links, GapName.SERVICE.gap)])
    estimate, squared, df = ledger.combined(taken)
    joint = ledger.joint(taken)[:-1, -1]
    # the smaller degrees of freedom, for the t of a ratio depends on both errors
    freedom = np.minimum(df[:-1], df[-1])
    low, high = fieller_interval(estimate[:-1], estimate[-1], (squared[:-1], squared[-1]), joint, freedom, confidence)
    ends = student_interval(estimate[-1], np.sqrt(squared[-1]), df[-1], confidence)
    unclear = not (ends[0] > 0 or ends[1] < 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Floats = estimate[:-1] / estimate[-1]
    return {name: Reasoned.of(each, (unclear, NOT_CLEAR), (np.isnan(low), TOO_FEW)) for name, each in
            (("share", share), ("low", low), ("high", high))}  # fmt: skip


def _notes(rows: Sequence[GapShare], confidence: float) -> list[Label]:
    notes = [
        Label(
            f"share = gap / gap_5; intervals: {confidence:.0%}, Fieller",
            f"份额 = 差距 / 差距5；置信区间：{confidence:.0%}，Fieller法",
        )
    ]
    none = [(row, row.share.reason) for row in rows if isinstance(row.share, Inapplicable)]
    unclear = ", ".join(dict.fromkeys(row.dimension for row, why in none if why == NOT_CLEAR))
    if unclear:
        notes.append(
            Label(f"refused ({unclear}): {NOT_CLEAR}", f"不予计算（{unclear}）：差距5与零无明显差异，份额没有界限")
        )
    few = ", ".join(f"{row.gap} of {row.dimension}" for row, why in none if why == TOO_FEW)
    if few:
        notes.append(Label(f"refused ({few}): {TOO_FEW}", f"不予计算（{few}）：样本太少，份额没有界限"))
    return notes
