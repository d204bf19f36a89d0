"""`ces` and `ces_from_counts`: the customer effort score, with its direction said."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import LoyaltyError, Problem
from servqual.errors.problems import unknown_word
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.reported.checks import check_boxes
from servqual.satisfaction.reported.intake import (
    ALL,
    Asked,
    answers_on,
    coded_points,
    gathered,
    only_item,
    refuse,
    scale_of,
)
from servqual.satisfaction.reported.results import Number, ReportedScore, ReportedScores
from servqual.satisfaction.reported.top_box import BoxAsk, box_numbers, counts_of
from servqual.satisfaction.reported.words import CES_TITLE, NOBODY, group_label, interval_note, weight_notes
from servqual.statistics import Inapplicable, WeightKind
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import student_interval
from servqual.statistics.point_tallies import PointTally, effective_size, score_mean
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_DIRECTIONS = ("easy", "hard")
_ALONE = "one respondent, or one cluster, only"


@frozen(kw_only=True, repr=False)
class Effort(ReportedScore):
    """A customer effort score (CES): the mean answer, on the scale as it was asked.

    Attributes
    ----------
    ease, ease_low, ease_high
        The same from 0, as hard as can be, to 100, as easy as can be, whatever the direction of the scale.
    easy, easy_low, easy_high
        Percentage of answers in the boxes that count as easy, Wilson's interval; where boxes were named.
    """

    ease: Number
    ease_low: Number
    ease_high: Number
    easy: Number
    easy_low: Number
    easy_high: Number


@frozen
class _Ask:
    high_is: str
    boxes: tuple[float, ...] | None
    scale: Scale
    confidence: float


def ces(
    source: Any,
    item: str | None = None,
    *,
    high_is: str,
    scale: Scale | None = None,
    boxes: Collection[float] | None = None,
    by: Any = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    missing: Collection[float] = (),
    confidence: float = 0.95,
) -> ReportedScores[Effort]:
    """Customer effort score (CES): the mean answer, with its direction said, and the same as ease from 0 to 100.

    ``ease = 100 (mean − low) / (high − low)`` where a high answer is easy, else ``100 (high − mean) / (high − low)``.
    Of the mean, ``se = s / √n`` with the divisor ``n − 1``, and Student's t interval.

    Parameters
    ----------
    high_is
        "easy" or "hard": what the upper end of the scale says. There is no default, for both are in use: the first
        question (2010) asked for effort, 1 low to 5 high; the second one for agreement that it was easy, 1 to 7.
    scale
        Of the answers; a survey knows its own.
    boxes
        The answers that count as easy, to tell their percentage too, such as (5, 6, 7).
    source, item, by, weights, weight_kind, cluster, missing, confidence
        As of `nps`.

    Returns
    -------
    ReportedScores of Effort
        Everybody first, then each group.

    Raises
    ------
    LoyaltyError
        A direction that is none; and as `csat`.

    References
    ----------
    Dixon, Freeman & Toman 2010, Harvard Business Review 88(7/8):116-122.

    Examples
    --------
    >>> score = ces([6, 7, 5, 6, 2, 7], high_is="easy", scale=Scale.likert(7)).overall
    >>> round(float(score.score), 2), round(float(score.ease), 1)
    (5.5, 75.0)
    """
    problems = _direction(high_is, confidence)
    name = only_item(source, item)
    found = gathered(source, [name], Asked(by, weights, weight_kind, cluster, missing), problems)
    known = None if found is None else scale_of(scale, found, "scale", problems)
    problems += _steps(known)
    easy = None if boxes is None or known is None else attempt(problems, check_boxes, boxes, known)
    if known is not None and found is not None:
        problems += answers_on(found, name, known)
    refuse(problems)
    if found is None or known is None:
        raise LoyaltyError(*problems)
    codes = coded_points(found.values[:, 0], known.points)
    tallies = {group: found.tally(codes, len(known.points), rows) for group, rows in found.groups}
    absent = {group: found.absent(rows & (codes < 0)) for group, rows in found.groups}
    return _told(tallies, absent, _Ask(high_is, easy, known, confidence), found.people.kind, found.backend)


def ces_from_counts(
    counts: Any,
    *,
    high_is: str,
    scale: Scale,
    boxes: Collection[float] | None = None,
    confidence: float = 0.95,
) -> ReportedScores[Effort]:
    """Customer effort score (CES) from the counts at the points of the scale: the same as from the answers.

    Parameters
    ----------
    counts
        Count at each point of the scale, in their order, shape (points,).
    high_is, scale, boxes, confidence
        As of `ces`.

    Raises
    ------
    LoyaltyError
        Counts that are negative, broken, all zero or not one for each point; and as `ces`.

    Examples
    --------
    >>> ces_from_counts([0, 1, 0, 0, 1, 2, 2], high_is="easy", scale=Scale.likert(7)).overall
    <Effort of all: 5.50 (3.54 to 7.46), n 6>
    """
    problems = [*_direction(high_is, confidence), *_steps(scale)]
    easy = None if boxes is None or problems else attempt(problems, check_boxes, boxes, scale)
    numbers = None if scale.step is None else counts_of(counts, scale, problems)
    refuse(problems)
    if numbers is None:
        raise LoyaltyError(*problems)
    return _told(
        {ALL: PointTally.of_counts(numbers)}, {ALL: 0.0}, _Ask(high_is, easy, scale, confidence), None, "pandas"
    )


def _told(
    tallies: dict[str, PointTally], absent: dict[str, float], ask: _Ask, kind: WeightKind | None, backend: str
) -> ReportedScores[Effort]:
    points = np.array(ask.scale.points)
    rows = [_row(group, tally, absent[group], points, ask) for group, tally in tallies.items()]
    clustered = any(tally.clustered for tally in tallies.values())
    notes = [_direction_note(ask), interval_note("student", ask.confidence), *weight_notes(kind, clustered=clustered)]
    table = Table(columns_of(rows, Effort, ("n", "missing")), backend=backend)
    told = Told(table, [group_label(row.group) for row in rows], CES_TITLE, notes)
    boxes = None if ask.boxes is None else list(ask.boxes)
    asked = {"high_is": ask.high_is, "boxes": boxes, "scale": str(ask.scale)}
    return ReportedScores("ces", tuple(rows), told, ask.confidence, "student", asked)


def _steps(scale: Scale | None) -> Problems:
    if scale is None or scale.step is not None:
        return []
    return [Problem("scale", f"{scale}", "answers are points of a scale with steps", "scale=Scale(1, 7)")]


def _direction(high_is: str, confidence: float) -> Problems:
    problems: Problems = []
    if high_is not in _DIRECTIONS:
        rule = "the upper end of the scale says 'easy' or 'hard'"
        problems.append(unknown_word("high_is", high_is, _DIRECTIONS, rule))
    attempt(problems, check_confidence, confidence)
    return problems


def _direction_note(ask: _Ask) -> Label:
    words = {"easy": "轻松", "hard": "费力"}
    return Label(
        f"on the scale {ask.scale} high is {ask.high_is}; ease runs from 0 to 100, high is easy",
        f"量表 {ask.scale}：分数高表示{words[ask.high_is]}；ease 为 0 至 100，越高越轻松",
    )


def _row(group: str, tally: PointTally, missing: float, points: Floats, ask: _Ask) -> Effort:
    mean, se = score_mean(tally, points, corrected=True)
    if np.isnan(mean):
        none = Inapplicable(NOBODY)
        names = ("effective_n", "score", "se", "low", "high", "ease", "ease_low", "ease_high")
        blank: dict[str, Any] = dict.fromkeys((*names, "easy", "easy_low", "easy_high"), none)
        return Effort(group=group, n=0.0, missing=missing, **blank)
    low, high = student_interval(mean, se, tally.freedom, ask.confidence)
    numbers: dict[str, Any] = {"score": mean, "se": se, "low": low, "high": high}
    numbers |= dict(zip(("ease", "ease_low", "ease_high"), _ease(mean, low, high, ask), strict=True))
    numbers = {name: Inapplicable(_ALONE) if np.isnan(value) else value for name, value in numbers.items()}
    size = effective_size(tally, points)
    return Effort(group=group, n=tally.size, missing=missing, effective_n=size, **numbers, **_easy(tally, points, ask))


def _ease(mean: float, low: float, high: float, ask: _Ask) -> tuple[float, float, float]:
    percent = [100 * (each - ask.scale.low) / ask.scale.span for each in (mean, low, high)]
    if ask.high_is == "easy":
        return percent[0], percent[1], percent[2]
    return 100 - percent[0], 100 - percent[2], 100 - percent[1]


def _easy(tally: PointTally, points: Floats, ask: _Ask) -> dict[str, Number]:
    names = ("easy", "easy_low", "easy_high")
    if ask.boxes is None:
        return dict.fromkeys(names, Inapplicable("no boxes were named"))
    inside = np.isin(points, ask.boxes).astype(np.float64)
    found = box_numbers(tally, inside, BoxAsk(ask.boxes, ask.scale, "wilson", ask.confidence, None, None), None)
    return {"easy": found["score"], "easy_low": found["low"], "easy_high": found["high"]}
