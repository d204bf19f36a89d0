"""`csat` and `csat_from_counts`: the share of satisfied customers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import LoyaltyError, Problem
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.drawing import Rng, draws_asked
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.reported.checks import check_boxes, check_interval
from servqual.satisfaction.reported.intake import Asked, answers_on, coded_points, gathered, only_item, refuse, scale_of
from servqual.satisfaction.reported.results import ReportedScore, ReportedScores
from servqual.satisfaction.reported.words import CSAT_TITLE, NOBODY, group_label, interval_note, weight_notes
from servqual.statistics import Inapplicable, WeightKind
from servqual.statistics.bootstrap_intervals import percentile_interval
from servqual.statistics.intervals import student_interval, wilson_interval
from servqual.statistics.point_tallies import PointTally, effective_size, resampled_means, score_mean
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_METHODS = ("wilson", "wald", "bootstrap")


@frozen(kw_only=True, repr=False)
class TopBox(ReportedScore):
    """A customer satisfaction score (CSAT): the percentage of answers in the boxes that count, 0 to 100.

    Attributes
    ----------
    inside
        Respondents in the boxes; frequencies and plain answers as counts, with sampling weights unweighted.
    """

    inside: float


@frozen
class BoxAsk:
    """What is asked of a share of boxes; see `csat`."""

    boxes: tuple[float, ...]
    scale: Scale
    interval: str
    confidence: float
    draws: int | None
    rng: Rng

    @property
    def resamples(self) -> int:
        """How many are drawn; checked before."""
        return draws_asked(self.draws, self.rng)


def csat(
    source: Any,
    item: str | None = None,
    *,
    boxes: Collection[float],
    scale: Scale | None = None,
    by: Any = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    missing: Collection[float] = (),
    interval: str = "wilson",
    confidence: float = 0.95,
    draws: int | None = None,
    rng: Rng = None,
) -> ReportedScores[TopBox]:
    """Customer satisfaction score (CSAT): the percentage of answers in the boxes that count, such as 4 and 5 of 5.

    ``100 p`` with ``se = 100 √(p (1 − p) / n)``, weighted and clustered linearised; Wilson's interval on the effective
    number of respondents.

    Parameters
    ----------
    boxes
        The answers that count as satisfied. There is no default: what is counted is said.
    scale
        Of the answers; a survey knows its own.
    source, item, by, weights, weight_kind, cluster, missing, confidence
        As of `nps`.
    interval
        "wilson", "wald" or "bootstrap".
    draws, rng
        Resamples (1000 unless said), and a seed or a generator; for the bootstrap and only for it.

    Returns
    -------
    ReportedScores of TopBox
        Everybody first, then each group.

    Raises
    ------
    LoyaltyError
        Boxes that are not on the scale, or all of it; answers off their scale; and as `nps`.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212.

    See Also
    --------
    servqual.statistics.sample_size_share : How many answers a percentage needs.

    Examples
    --------
    >>> csat([5, 5, 4, 4, 4, 3, 2, 5, 1, 4], boxes=(4, 5), scale=Scale.likert(5)).overall
    <TopBox of all: 70.00 (39.68 to 89.22), n 10>
    """
    problems = check_interval(interval, _METHODS, confidence, draws, rng, beside=False)
    name = only_item(source, item)
    found = gathered(source, [name], Asked(by, weights, weight_kind, cluster, missing), problems)
    known = None if found is None else scale_of(scale, found, "scale", problems)
    counted = None if known is None else attempt(problems, check_boxes, boxes, known)
    if known is not None and found is not None:
        problems += answers_on(found, name, known)
    refuse(problems)
    if found is None or known is None or counted is None:
        raise LoyaltyError(*problems)
    codes = coded_points(found.values[:, 0], known.points)
    ask = BoxAsk(counted, known, interval, confidence, draws, rng)
    tallies = {group: found.tally(codes, len(known.points), rows) for group, rows in found.groups}
    absent = {group: found.absent(rows & (codes < 0)) for group, rows in found.groups}
    return _told(tallies, absent, ask, found.people.kind, found.backend)


def csat_from_counts(
    counts: Any,
    *,
    boxes: Collection[float],
    scale: Scale,
    interval: str = "wilson",
    confidence: float = 0.95,
    draws: int | None = None,
    rng: Rng = None,
) -> ReportedScores[TopBox]:
    """Customer satisfaction score (CSAT) from the counts at the points of the scale: the same as from the answers.

    Parameters
    ----------
    counts
        Count at each point of the scale, in their order, shape (points,).
    boxes, scale, interval, confidence, draws, rng
        As of `csat`.

    Raises
    ------
    LoyaltyError
        Counts that are negative, broken, all zero or not one for each point; and as `csat`.

    Examples
    --------
    >>> csat_from_counts([1, 1, 1, 4, 3], boxes=(4, 5), scale=Scale.likert(5)).overall
    <TopBox of all: 70.00 (39.68 to 89.22), n 10>
    """
    problems = check_interval(interval, _METHODS, confidence, draws, rng, beside=False)
    counted = attempt(problems, check_boxes, boxes, scale)
    numbers = counts_of(counts, scale, problems)
    refuse(problems)
    if counted is None or numbers is None:
        raise LoyaltyError(*problems)
    ask = BoxAsk(counted, scale, interval, confidence, draws, rng)
    return _told({"all": PointTally.of_counts(numbers)}, {"all": 0.0}, ask, None, "pandas")


def counts_of(counts: Any, scale: Scale, problems: Problems) -> Floats | None:
    """Return counts at the points of a scale; what is wrong with them is added to the problems, and None returned."""
    given = np.asarray(counts)
    size = len(scale.points)
    if given.dtype.kind not in "iuf" or given.shape != (size,):
        rule = f"there is a count for each point of the scale {scale}, {size} of them"
        problems.append(Problem("counts", f"an array of {given.dtype}, shape {given.shape}", rule))
        return None
    numbers = given.astype(np.float64)
    if not (np.isfinite(numbers) & (numbers >= 0) & (np.rint(numbers) == numbers)).all() or not numbers.any():
        wrong = "all zero" if not numbers.any() else "some negative, broken or missing"
        problems.append(Problem("counts", wrong, "counts are whole numbers, zero or more, and somebody answered"))
        return None
    return numbers


def box_numbers(tally: PointTally, inside: Floats, ask: BoxAsk, rng: np.random.Generator | None) -> dict[str, float]:
    """Return share, error and interval of the answers in some boxes, in percent; somebody is there."""
    share, se = score_mean(tally, inside)
    size = effective_size(tally, inside)
    if ask.interval == "wilson":
        low, high = wilson_interval(min(share, 1.0) * size, size, ask.confidence)
    elif ask.interval == "wald":
        low, high = student_interval(share, se, np.inf, ask.confidence)
    else:
        ends = percentile_interval(resampled_means(tally, inside, ask.resamples, rng), ask.confidence)
        low, high = float(ends[0]), float(ends[1])
    return {"effective_n": size, "score": 100 * share, "se": 100 * se, "low": 100 * low, "high": 100 * high}


def _told(
    tallies: dict[str, PointTally], absent: dict[str, float], ask: BoxAsk, kind: WeightKind | None, backend: str
) -> ReportedScores[TopBox]:
    generator = np.random.default_rng(ask.rng) if ask.resamples else None
    inside = np.isin(np.array(ask.scale.points), ask.boxes).astype(np.float64)
    rows = []
    for group, tally in tallies.items():
        numbers: dict[str, Any] = dict.fromkeys(("effective_n", "score", "se", "low", "high"), Inapplicable(NOBODY))
        if tally.size:
            numbers = dict(box_numbers(tally, inside, ask, generator))
        hits = float(tally.n @ inside)
        rows.append(TopBox(group=group, n=tally.size, missing=absent[group], inside=hits, **numbers))
    clustered = any(tally.clustered for tally in tallies.values())
    notes = [_boxes(ask), interval_note(ask.interval, ask.confidence), *weight_notes(kind, clustered=clustered)]
    table = Table(columns_of(rows, TopBox, ("n", "missing", "inside")), backend=backend)
    told = Told(table, [group_label(row.group) for row in rows], CSAT_TITLE, notes)
    asked = {"boxes": list(ask.boxes), "scale": str(ask.scale), "draws": ask.resamples}
    return ReportedScores("csat", tuple(rows), told, ask.confidence, ask.interval, asked)


def _boxes(ask: BoxAsk) -> Label:
    shown = ", ".join(f"{each:g}" for each in ask.boxes)
    return Label(
        f"percentage of answers {shown} on the scale {ask.scale}", f"在 {ask.scale} 量表上回答 {shown} 的百分比"
    )
