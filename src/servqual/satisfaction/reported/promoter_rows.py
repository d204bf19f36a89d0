"""A net promoter score in numbers, group by group."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.drawing import NOT_DRAWN, Rng, draws_asked
from servqual.satisfaction.reported.results import Number, ReportedScore, ReportedScores
from servqual.satisfaction.reported.words import NOBODY, NPS_TITLE, group_label, interval_note, weight_notes
from servqual.statistics import Inapplicable, WeightKind
from servqual.statistics.bootstrap_intervals import percentile_interval
from servqual.statistics.intervals import student_interval
from servqual.statistics.net_scores import adjusted_net_interval
from servqual.statistics.point_tallies import PointTally, effective_size, resampled_means, score_mean
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_SCORES: Floats = np.array([-1.0, 0.0, 1.0])
_ALONE = "one respondent only"


@frozen
class PromoterAsk:
    """What is asked of a net promoter score; see `nps`."""

    interval: str
    confidence: float
    divisor: str
    draws: int | None
    rng: Rng
    promoters: float
    detractors: float
    scale: Scale

    @property
    def resamples(self) -> int:
        """How many are drawn; checked before."""
        return draws_asked(self.draws, self.rng)


@frozen(kw_only=True, repr=False)
class NetPromoter(ReportedScore):
    """A net promoter score (NPS), in points from −100 to 100.

    Attributes
    ----------
    promoters, passives, detractors
        Shares, 0 to 1.
    wald_low, wald_high
        ``score ± z se``, not cut at ±100; of no width where everybody is in one class.
    adjusted_low, adjusted_high
        Adjusted Wald, three respondents added.
    bootstrap_low, bootstrap_high
        Percentiles of resamples.
    """

    promoters: Number
    passives: Number
    detractors: Number
    wald_low: Number
    wald_high: Number
    adjusted_low: Number
    adjusted_high: Number
    bootstrap_low: Number
    bootstrap_high: Number


def told_promoters(
    tallies: Mapping[str, PointTally],
    missing: Mapping[str, float],
    ask: PromoterAsk,
    kind: WeightKind | None,
    backend: str,
) -> ReportedScores[NetPromoter]:
    """Return the scores of some groups, with title and notes."""
    generator = np.random.default_rng(ask.rng) if ask.resamples else None
    rows = tuple(_row(group, tally, missing[group], ask, generator) for group, tally in tallies.items())
    clustered = any(tally.clustered for tally in tallies.values())
    notes = [_classes(ask), interval_note(ask.interval, ask.confidence), *weight_notes(kind, clustered=clustered)]
    table = Table(columns_of(rows, NetPromoter, ("n", "missing")), backend=backend)
    told = Told(table, [group_label(row.group) for row in rows], NPS_TITLE, notes)
    asked = {
        "promoters_from": ask.promoters,
        "detractors_to": ask.detractors,
        "divisor": ask.divisor,
        "draws": ask.resamples,
    }
    return ReportedScores("nps", rows, told, ask.confidence, ask.interval, asked)


def _classes(ask: PromoterAsk) -> Label:
    low, high = f"{ask.scale.low:g}", f"{ask.scale.high:g}"
    return Label(
        f"promoters answer {ask.promoters:g} to {high}, detractors {low} to {ask.detractors:g}; divisor {ask.divisor}",
        f"推荐者：{ask.promoters:g} 至 {high}；贬损者：{low} 至 {ask.detractors:g}；方差除数 {ask.divisor}",
    )


def _row(
    group: str, tally: PointTally, missing: float, ask: PromoterAsk, generator: np.random.Generator | None
) -> NetPromoter:
    mean, se = score_mean(tally, _SCORES, corrected=ask.divisor == "n-1")
    if np.isnan(mean):
        return _nobody(group, missing)
    size = effective_size(tally, _SCORES)
    against, between, favour = tally.shares.tolist()
    found: dict[str, tuple[Number, Number]] = {
        "wald": student_interval(100 * mean, 100 * se, np.inf, ask.confidence),
        "adjusted_wald": _hundredfold(*adjusted_net_interval(tally.shares, size, ask.confidence)),
        "bootstrap": _drawn(tally, ask, generator),
    }
    if np.isnan(se):
        found["wald"] = (Inapplicable(_ALONE), Inapplicable(_ALONE))
    low, high = found[ask.interval]
    ends = {
        f"{name}_{end}": value
        for name, method in (("wald", "wald"), ("adjusted", "adjusted_wald"), ("bootstrap", "bootstrap"))
        for end, value in zip(("low", "high"), found[method], strict=True)
    }
    return NetPromoter(
        group=group, n=tally.size, effective_n=size, missing=missing, score=100 * mean,
        se=Inapplicable(_ALONE) if np.isnan(se) else 100 * se, low=low, high=high, promoters=favour, passives=between,
        detractors=against, **ends,
    )  # fmt: skip


def _drawn(tally: PointTally, ask: PromoterAsk, generator: np.random.Generator | None) -> tuple[Number, Number]:
    if not ask.resamples:
        return Inapplicable(NOT_DRAWN), Inapplicable(NOT_DRAWN)
    low, high = percentile_interval(resampled_means(tally, _SCORES, ask.resamples, generator), ask.confidence)
    return _hundredfold(float(low), float(high))


def _hundredfold(low: float, high: float) -> tuple[float, float]:
    return 100 * low, 100 * high


def _nobody(group: str, missing: float) -> NetPromoter:
    none = Inapplicable(NOBODY)
    names = (
        "effective_n", "score", "se", "low", "high", "promoters", "passives", "detractors", "wald_low", "wald_high",
        "adjusted_low", "adjusted_high", "bootstrap_low", "bootstrap_high",
    )  # fmt: skip
    return NetPromoter(group=group, n=0.0, missing=missing, **dict.fromkeys(names, none))
