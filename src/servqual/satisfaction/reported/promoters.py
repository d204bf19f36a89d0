"""`nps` and `nps_from_counts`: the net promoter score with its error."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from attrs import evolve

from servqual._arrays import Floats
from servqual.errors import LoyaltyError, Problem
from servqual.instruments import Scale
from servqual.satisfaction.drawing import Rng
from servqual.satisfaction.reported.intake import Asked, answers_on, gathered, only_item, refuse
from servqual.satisfaction.reported.promoter_checks import CLASSES, check_asked, classes_of, counted, remedy_of
from servqual.satisfaction.reported.promoter_rows import NetPromoter, PromoterAsk, told_promoters
from servqual.satisfaction.reported.results import ReportedScores
from servqual.statistics import WeightKind
from servqual.statistics.planning import sample_size_mean
from servqual.statistics.plans import Plan
from servqual.statistics.point_tallies import PointTally

__all__ = ["NetPromoter", "nps", "nps_from_counts", "nps_sample_size"]

_NPS = Scale.zero_to_ten()


def nps(
    source: Any,
    item: str | None = None,
    *,
    by: Any = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    missing: Collection[float] = (),
    promoters: float = 9,
    detractors: float = 6,
    scale: Scale = _NPS,
    interval: str = "adjusted_wald",
    confidence: float = 0.95,
    divisor: str = "n",
    draws: int | None = None,
    rng: Rng = None,
) -> ReportedScores[NetPromoter]:
    """Net promoter score (NPS): the share of promoters less that of detractors, in points, −100 to 100.

    ``NPS = 100 (p − d)`` with ``se = 100 √((p + d − (p − d)²) / n)``; promoters answer 9 or 10, detractors 0 to 6.

    Parameters
    ----------
    source
        Answers: an array or a column of a frame, a `Survey`, a mapping name → values, or a frame of pandas, polars or
        pyarrow.
    item
        Which column or item; not needed where there is only one.
    by
        A column of groups, or one label for each respondent.
    weights, weight_kind, cluster
        A column, or one for each respondent; a survey has its own.
    missing
        Numbers that mean "no answer", besides blanks.
    promoters, detractors
        The lowest answer of a promoter and the highest one of a detractor.
    scale
        Of the answers; another one than 0 to 10 must be named, and the thresholds are then on it.
    interval
        Which interval is called `low` and `high`: "adjusted_wald", "wald" or "bootstrap". All are in the rows.
    confidence
        Of all intervals.
    divisor
        Of the variance: "n", or "n-1"; with clusters always ``G / (G − 1)``.
    draws, rng
        Resamples of respondents, or of whole clusters (1000 unless said), and a seed or a generator; the bootstrap is
        told where there is a seed, and nothing is drawn without one.

    Returns
    -------
    ReportedScores of NetPromoter
        Everybody first, then each group.

    Raises
    ------
    LoyaltyError
        All at once: answers that are not on the scale, with counts and first rows; thresholds outside the scale or
        crossed; columns that are not there; weights that are none; draws without a seed.

    References
    ----------
    Reichheld 2003, Harvard Business Review 81(12):46-54; Rocks 2016, The American Statistician 70(4):365-372.

    Examples
    --------
    >>> score = nps([10] * 200 + [8] * 120 + [3] * 80)
    >>> score.overall
    <NetPromoter of all: 30.00 (22.15 to 37.40), n 400>
    """
    ask = PromoterAsk(interval, confidence, divisor, draws, rng, promoters, detractors, scale)
    problems = check_asked(ask)
    name = only_item(source, item)
    found = gathered(source, [name], Asked(by, weights, weight_kind, cluster, missing), problems)
    if found is not None:
        if found.scale is not None and found.scale != scale:
            problems += remedy_of(found.scale, scale)
        problems += answers_on(found, name, scale, _remedy(found.values[:, 0], scale))
    refuse(problems)
    if found is None:
        raise LoyaltyError(*problems)
    codes = classes_of(found.values[:, 0], promoters, detractors)
    tallies = {group: found.tally(codes, len(CLASSES), rows) for group, rows in found.groups}
    absent = {group: found.absent(rows & (codes < 0)) for group, rows in found.groups}
    return told_promoters(tallies, absent, ask, found.people.kind, found.backend)


def nps_from_counts(
    counts: Any,
    *,
    promoters: float = 9,
    detractors: float = 6,
    scale: Scale = _NPS,
    interval: str = "adjusted_wald",
    confidence: float = 0.95,
    divisor: str = "n",
    draws: int | None = None,
    rng: Rng = None,
) -> ReportedScores[NetPromoter]:
    """Net promoter score (NPS) from published counts, the same as from the answers.

    Parameters
    ----------
    counts
        ``{"promoters": 200, "passives": 120, "detractors": 80}``, a mapping point → count, or the counts at all points
        of the scale in their order; or a mapping group → one of these, whose sum is then everybody.
    promoters, detractors, scale
        For counts of points; as of `nps`, like the rest.

    Raises
    ------
    LoyaltyError
        Negative or broken counts, names or points that there are not; and as `nps`.

    Examples
    --------
    >>> nps_from_counts({"promoters": 200, "passives": 120, "detractors": 80}).overall
    <NetPromoter of all: 30.00 (22.15 to 37.40), n 400>
    """
    ask = PromoterAsk(interval, confidence, divisor, draws, rng, promoters, detractors, scale)
    problems = check_asked(ask)
    found = counted(counts, ask, problems)
    refuse(problems)
    tallies = {group: PointTally.of_counts(each) for group, each in found.items()}
    return told_promoters(tallies, dict.fromkeys(found, 0.0), ask, None, "pandas")


def nps_sample_size(
    margin: float,
    *,
    promoters: float = 0.5,
    detractors: float = 0.5,
    confidence: float = 0.95,
    population: float | None = None,
    design_effect: float = 1.0,
    groups: int = 1,
) -> Plan:
    """Answers needed to know a net promoter score (NPS) to within so many points.

    ``n0 = deff (z 100 √(p + d − (p − d)²) / margin)²``; half promoters and half detractors, the default, need most.

    Parameters
    ----------
    margin
        Half the width of the interval, in points.
    promoters, detractors
        Shares that are expected.
    confidence, population, design_effect, groups
        As of `sample_size_mean`.

    Raises
    ------
    LoyaltyError
        Shares that do not lie between 0 and 1, or sum to more than 1.
    ArgumentError
        As `sample_size_mean`.

    Examples
    --------
    >>> nps_sample_size(5).n
    1537
    >>> print(nps_sample_size(5, promoters=0.5, detractors=0.2))
    938 answers (score to within ±5 points; 95 % confidence; promoters 50 %, detractors 20 %; normal approximation)
    """
    if not (promoters >= 0 and detractors >= 0 and promoters + detractors <= 1):
        found = f"promoters {promoters:g}, detractors {detractors:g}"
        raise LoyaltyError(Problem("shares", found, "both are 0 or more and sum to 1 at most", "shares, not percent"))
    spread = float(np.sqrt(promoters + detractors - (promoters - detractors) ** 2))
    plan = sample_size_mean(
        100 * spread, margin, confidence, population=population, design_effect=design_effect, groups=groups
    )
    words = {
        "mean to": f"score to within ±{margin:g} points",
        "standard deviation": f"promoters {100 * promoters:g} %, detractors {100 * detractors:g} %",
    }
    said = (next((words[key] for key in words if each.startswith(key)), each) for each in plan.assumptions)
    return evolve(plan, assumptions=tuple(said))


def _remedy(values: Floats, scale: Scale) -> str:
    """Return what helps where answers are not on their scale: a number for "no answer", or another scale."""
    known = values[~np.isnan(values)]
    over = np.unique(known[known > scale.high])
    if over.size:
        return f"if {over[-1]:g} means 'no answer', pass missing=({over[-1]:g},)"
    return "answers on another scale are named: scale=Scale(1, 10), or rescaled beforehand"
