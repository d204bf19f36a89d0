"""`compare_groups`: do groups or periods differ, and which from which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from servqual.errors import GroupError, Problem, did_you_mean
from servqual.labels import Label
from servqual.quality.bilingual import Row, score_rows
from servqual.quality.door import check_is_source, summary_of, sums_by
from servqual.quality.families import adjustment_of
from servqual.quality.gap_sides import usual_model
from servqual.quality.group_estimates import Groups
from servqual.quality.group_notes import Ask, notes_of_all, notes_of_pairs
from servqual.quality.group_results import GroupComparison, GroupTest, PairTest
from servqual.quality.group_rows import rows_of_all, rows_of_pairs
from servqual.quality.small_groups import large_enough
from servqual.scoring import ScoringModel, Summary, summarize
from servqual.scoring.estimates import Part
from servqual.scoring.grouping import Labels
from servqual.scoring.protocol import name_of
from servqual.statistics import Adjustment, ArgumentError
from servqual.statistics.reasoned import columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told


def compare_groups(
    source: Survey | Summary,
    by: str,
    *,
    model: ScoringModel | None = None,
    confidence: float = 0.95,
    adjust: Adjustment = Adjustment.HOLM,
    order: Sequence[Any] | None = None,
    successive: bool = False,
    items: bool = False,
    min_group: int | None = None,
) -> GroupComparison:
    """Comparison of groups or periods (branches, segments, before and after): Welch's analysis of variance and t tests.

    Per dimension and overall, first all groups at once, then one against another. Variances may differ between groups:
    ``F`` is Welch's, each group weighing ``1 / se²``, and pairs are tested by Welch's ``t``. All p of pairs are
    two-sided. A difference is group minus versus, of periods later minus earlier: above zero, the score went up.

    Parameters
    ----------
    source
        Answers; or a summary made with ``summarize(batch, model, by=…)``, which gives all of it.
    by
        The grouping column. Respondents without a group take no part, and a note says how many they are.
    model
        How respondents are scored; by default the gap to the usual standard, or perceptions where none was asked.
    confidence
        Of all intervals; ``1 − confidence`` is the level of verdicts.
    adjust
        How p is adjusted for the number of tests: those of all groups over the dimensions with the overall score, and
        over items; those of pairs over the pairs of one score.
    order
        Groups in another order than that of their labels, such as ``["before", "after"]``; groups that are not named
        take no part. Dates, numbers and quarters ("2024Q3") stand in the order of time by themselves.
    successive
        Whether each group is held against the one before it only, as periods are, instead of all against all.
    items
        Whether single items are compared as well.
    min_group
        Groups of fewer respondents behind any of the scores take no part, nor does the smallest other group where the
        total would give them away; a note says how many.

    Returns
    -------
    GroupComparison
        ``F`` with p, eta squared and omega squared; differences with intervals, and Hedges' g.

    Raises
    ------
    GroupError
        An unknown column, an unknown group in `order`, or one group only; fewer than two that `min_group` leaves.
    LevelError, ModelError
        As `summarize` raises for the model; a summary made without it.
    ArgumentError
        A confidence outside 0 and 1, an unknown adjustment, several columns instead of one, a `min_group` below 1.

    Notes
    -----
    Sampling weights give linearised errors, frequencies count as repeated rows. With clusters, a cluster may be in
    several groups (branches observed in two periods): what it has in common cancels, pairs are tested on ``G − 1``
    degrees of freedom over their ``G`` clusters, and all groups at once by Hotelling's ``T²``. A group of one answer or
    one cluster has no error, and its tests are inapplicable. Where different people answered the levels, a group's mean
    gap has the error of two samples.

    References
    ----------
    Welch 1947, Biometrika 34(1-2):28-35; Welch 1951, Biometrika 38(3-4):330-336; Hedges 1981, Journal of Educational
    Statistics 6(2):107-128; Olejnik & Algina 2003, Psychological Methods 8(4):434-447 (omega squared); Hotelling 1931,
    Annals of Mathematical Statistics 2(3):360-378; Liang & Zeger 1986, Biometrika 73(1):13-22.

    Examples
    --------
    >>> from servqual import Instrument, PerformanceOnly, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> survey = Survey.from_arrays(
    ...     desk, perception=[[4], [5], [3], [6], [5], [7], [6]], groups={"wave": [1, 1, 1, 2, 2, 2, 2]}
    ... )
    >>> found = compare_groups(survey, "wave", model=PerformanceOnly()).pairs[-1]
    >>> found.group, found.versus, found.difference, round(found.p, 4)
    (2, 1, 2.0, 0.0495)
    """
    check_is_source(source)
    if not isinstance(by, str):
        raise ArgumentError(Problem("by", repr(by), "groups are compared by one column", "name one of them"))
    chosen = usual_model(source) if model is None else model
    summary = _summary(source, chosen, by)
    parts, without = _parts(summary, chosen, by, order)
    rows = score_rows(source.instrument)[0 if items else len(source.instrument) :]
    parts, suppressed = large_enough(parts, len(rows), min_group)
    groups = Groups.of(parts)
    ask = Ask(chosen, by, confidence, adjustment_of(adjust), successive, without, suppressed)
    tests, pairs = rows_of_all(groups, rows, ask), rows_of_pairs(groups, rows, ask)
    told = {
        "tests": evolve(_told(source, tests, rows, ask), notes=notes_of_all(summary, groups, tests, ask)),
        "pairs": evolve(_told(source, pairs, rows, ask), notes=notes_of_pairs(summary, groups, pairs, ask)),
    }
    return GroupComparison(tests, pairs, told, by, groups.labels, confidence, ask.adjust)


def _summary(source: Survey | Summary, model: ScoringModel, by: str) -> Summary:
    if isinstance(source, Survey) and not source.paired:
        return summarize(source, model, by=by)
    return summary_of(source, [model], by, what="compare_groups")


def _parts(
    summary: Summary, model: ScoringModel, by: str, order: Sequence[Any] | None
) -> tuple[dict[Labels, Part], dict[Any, int]]:
    """Return the sums of the groups that are compared, in order, and how many respondents other groups have."""
    sums = {labels: group for (labels,), group in sums_by(summary, by).items()}
    place = summary.models.index(model)
    named = [label for label in sums if label is not None] if order is None else list(order)
    known = [label for label in sums if label is not None]
    problems = [
        Problem("order", f"no {label!r}", f"groups of {by!r} are named", did_you_mean(str(label), map(str, known)))
        for label in named
        if label not in known
    ]
    if len(set(named)) < len(named):
        problems.append(Problem("order", "a group twice", "each group is named once"))
    if not problems and len(named) < 2:
        found = f"only {named[0]!r}" if named else "nobody in a group"
        problems.append(Problem(by, found, "a comparison is of two groups at least"))
    if problems:
        raise GroupError(*problems)
    without = {label: group.rows for label, group in sums.items() if label not in named}
    return {(label,): sums[label].parts[place] for label in named}, without


def _told(source: Survey | Summary, made: Sequence[GroupTest | PairTest], rows: Sequence[Row], ask: Ask) -> Told:
    table = Table(columns_of(made, type(made[0]), {"n", "n_group", "n_versus"}), backend=source.backend)
    names = {(row.about, row.key): row.label for row in rows}
    label, model = source.instrument.label, name_of(ask.model)
    title = Label(f"{label.en} by {ask.by}: {model}", f"{label.text('zh')}，按 {ask.by} 分组：{model}")
    return Told(table, tuple(names[each.about, each.key] for each in made), title)
