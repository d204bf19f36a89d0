"""`control_chart`: is what a period shows more than the chance of who happened to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from servqual.engines.control_limits import Limits, Spread, Subgroups
from servqual.engines.control_options import Ask
from servqual.engines.control_points import points_of
from servqual.engines.control_results import ControlChart, ControlPoint
from servqual.engines.control_sources import Course, Source
from servqual.engines.control_words import Asked, notes_of
from servqual.errors import ArgumentError, JointAnswersError, Problem, did_you_mean
from servqual.labels import Label
from servqual.quality.bilingual import Row, score_rows
from servqual.scoring import ScoringModel
from servqual.scoring.protocol import name_of
from servqual.statistics.chart_baselines import Baseline, baseline_of
from servqual.statistics.reasoned import columns_of
from servqual.statistics.run_rules import USUAL, ControlRule
from servqual.tables import Table
from servqual.telling import Told


def control_chart(
    source: Source,
    score: str = "overall",
    *,
    by: str | None = None,
    model: ScoringModel | None = None,
    baseline: Baseline = None,
    centre: float | None = None,
    spread: Spread | str = Spread.WITHIN,
    sigmas: float = 3.0,
    ewma: float | None = None,
    rules: Iterable[ControlRule | str] = USUAL,
) -> ControlChart:
    """Shewhart X-bar control chart of a gap or another score over periods: does it move by more than chance.

    A mean ``x_i`` of ``n_i`` respondents signals beyond ``centre ± 3 σ_i``, with ``σ_i = s / (c4 √n_i)`` and ``s`` the
    standard deviation within the periods of the baseline, pooled. A gap is perception minus standard; below zero it is
    a shortfall, and limits are in the same scale points.

    Parameters
    ----------
    source
        A `Tracker`; or period → summary, in order; or a summary told apart by the column `by`.
    score
        "overall", a dimension or an item.
    by
        The column of periods, for a summary; they stand in the order of their labels.
    model
        How respondents are scored; by default the gap to the usual standard.
    baseline
        The periods that limits are made of: the first so many, or a list of them; by default all.
    centre
        The centre line, where it is a given target; by default the mean of the baseline, by respondents.
    spread
        "within" periods; or "between" neighbouring ones by their moving range ``mean |x_i − x_{i−1}| / 1.128``: for
        scores of so many people that every period differs from the last by more than chance.
    sigmas
        How far the limits lie.
    ewma
        The weight λ of a new period in ``z_i = λ x_i + (1 − λ) z_{i−1}``, above 0 and at most 1: adds a smoothed mean
        with limits of its own, which finds small lasting changes sooner. 0.2 is usual.
    rules
        Which rules signal, as named in `ControlRule`; each adds to the false alarms.

    Returns
    -------
    ControlChart
        A point for each period with mean, limits and the rules that signal; what does not exist says why.

    Raises
    ------
    ArgumentError
        What is no source or has no periods, an unknown score, rule or period, a number outside its range.
    JointAnswersError
        Limits within periods where levels come from different people.
    MergeError, GroupError, ModelError
        Summaries that were not made alike; a summary without the column or the model.

    Notes
    -----
    Periods are taken as independent. Three sigmas alone give a false alarm in 370 periods on average; nine in a row on
    one side one in 511. With clusters or sampling weights, ``σ_i`` grows by the root of the design effect of the
    baseline, with frequencies ``n_i`` is their sum.

    References
    ----------
    Shewhart 1931, Economic Control of Quality of Manufactured Product, Van Nostrand; Montgomery 2013, Introduction to
    Statistical Quality Control, 7th ed., Wiley, sections 6.3 (s, groups of unequal size), 6.4 (moving range) and 9.2;
    Roberts 1959, Technometrics 1(3):239-250 (EWMA); Nelson 1984, Journal of Quality Technology 16(4):237-239 (rules).

    Examples
    --------
    >>> from servqual import Instrument, PerformanceOnly, Scale, Survey, summarize
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> days = {"mon": [5, 6, 5, 6], "tue": [6, 5, 6, 6], "wed": [5, 6, 5, 5], "thu": [2, 3, 2, 2]}
    >>> surveys = {day: Survey.from_arrays(desk, perception=[[a] for a in answers]) for day, answers in days.items()}
    >>> chart = control_chart({day: summarize(each, PerformanceOnly()) for day, each in surveys.items()}, baseline=3)
    >>> chart["thu"]
    <ControlPoint thu: 2.250 in 4.687 to 6.313; signal (beyond the limits)>
    """
    ask = Ask.of(spread, sigmas, ewma, rules, centre)
    course = Course.of(source, by, model)
    place, row = _row(course, score)
    held = baseline_of(baseline, list(course.parts))
    if ask.spread is Spread.WITHIN and not all(part.paired for part in course.parts.values()):
        rule = "the scatter within periods is that of the scores of single people"
        remedy = 'spread="between"'
        raise JointAnswersError(Problem("source", "levels come from different people", rule, remedy))
    groups = Subgroups.of(list(course.parts.values()), place)
    limits = Limits.of(groups, held, ask.spread, centre)
    points = points_of(list(course.parts), groups, limits, held, ask)
    asked = Asked(ask.spread, ask.sigmas, ewma, ask.rules, centre is not None, int(held.sum()), course.nameless)
    notes = tuple(notes_of(asked, limits, simple=groups.simple))
    told = _told(course, row, points, notes)
    return ControlChart(points, row.key, told, ask.spread, ask.sigmas, ewma, ask.rules, limits.design_effect)


def _row(course: Course, score: str) -> tuple[int, Row]:
    """Return where sums of a score stand; of a dimension where an item bears its key as well."""
    rows = score_rows(course.instrument)
    found = [(place, row) for place, row in enumerate(rows) if row.key == score]
    if not found:
        rule, known = "it is an item, a dimension or overall", [row.key for row in rows]
        raise ArgumentError(Problem("score", f"no {score!r}", rule, did_you_mean(str(score), known)))
    return found[-1]


def _told(course: Course, row: Row, points: Sequence[ControlPoint], notes: tuple[Label, ...]) -> Told:
    columns = columns_of(points, ControlPoint, {"n"})
    rules = [", ".join(map(str, point.rules)) or None for point in points]
    table = Table({**columns, "rules": rules}, backend=course.backend)
    names = tuple(Label(str(point.period)) for point in points)
    title = course.instrument.label
    model = name_of(course.model)
    heading = Label(
        f"{title.en}: control chart of {row.label.en} ({model})",
        f"{title.text('zh')}：{row.label.text('zh')}控制图（{model}）",
    )
    return Told(table, names, heading, notes)
