"""`Case`: everything that the critic looks at, taken from the answers in as few passes as it takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual.errors import JointAnswersError, Problem
from servqual.instruments import Instrument, Level
from servqual.intake import Grouping
from servqual.labels import Label
from servqual.quality.consistency_reading import Reliability, reliability_of
from servqual.quality.criterion_reading import CriterionSums, Explained, criterion_of
from servqual.quality.door import By, check_groups
from servqual.quality.grouping_sums import GroupingSums, GroupSizes, sizes_in
from servqual.quality.item_moments import JointMoments, joint_moments
from servqual.quality.overall_means import overall_means
from servqual.quality.thresholds import Thresholds
from servqual.scoring import Summary, summarize
from servqual.statistics import Inapplicable
from servqual.survey import Survey


@frozen(eq=False)
class Case:
    """What there is to look at.

    Attributes
    ----------
    survey
        The answers; None where there is only a summary.
    summary
        Counts and cross-products of the answers.
    joint
        Moments of items; None of counts.
    reliability
        Of all dimensions; None of counts.
    standard
        The level that perceptions are held against; None where there is none.
    explained
        What is explained of a criterion; None without one.
    groups
        One for each grouping column.
    """

    survey: Survey | None
    summary: Summary
    joint: JointMoments | None
    reliability: Reliability | None
    standard: Level | None
    explained: Explained | Inapplicable | None
    groups: tuple[GroupSizes, ...]
    thresholds: Thresholds

    @property
    def instrument(self) -> Instrument:
        """What was asked."""
        return self.summary.instrument

    def dimension(self, key: str) -> Label:
        """Return the name of a dimension."""
        return next(each.label for each in self.instrument.dimensions if each.key == key)


def case_of(source: Survey | Summary, criterion: npt.ArrayLike | str | None, by: By, thresholds: Thresholds) -> Case:
    """Return what there is to look at.

    Raises
    ------
    JointAnswersError
        A criterion for a summary, or for levels from different people.
    """
    if isinstance(source, Summary):
        if criterion is not None:
            rule = "it has one number for each respondent, and a summary holds none of them"
            raise JointAnswersError(Problem("criterion", "given for a summary", rule, "critique(survey, criterion=…)"))
        joint = None if source.total.products is None else joint_moments(source, "critique")
        columns = source.by if by is None else check_groups(source, by)
        return _case(
            None, source, joint, None, tuple(sizes_in(source, columns, asked=by is not None)), thresholds=thresholds
        )
    summary = summarize(source)
    joint = joint_moments(source, "critique", summary)
    explained, groups = _passed(source, criterion, by, _standard_of(source.levels))
    return _case(source, summary, joint, explained, groups, thresholds=thresholds)


def _case(
    survey: Survey | None,
    summary: Summary,
    joint: JointMoments | None,
    explained: Explained | Inapplicable | None,
    groups: tuple[GroupSizes, ...],
    *,
    thresholds: Thresholds,
) -> Case:
    read = None if joint is None else reliability_of(joint, 0.95, np.random.default_rng(0))
    return Case(survey, summary, joint, read, _standard_of(summary.levels), explained, groups, thresholds)


def _standard_of(levels: Sequence[Level]) -> Level | None:
    return next((level for level in levels if level.is_expectation), None)


def _passed(
    survey: Survey, criterion: npt.ArrayLike | str | None, by: By, standard: Level | None
) -> tuple[Explained | Inapplicable | None, tuple[GroupSizes, ...]]:
    """Return what one pass over respondents' means tells of a criterion and of groups."""
    groupings = _groupings(survey, by, criterion)
    sums = None if criterion is None else _criterion_sums(survey, criterion, standard)
    seen = Level.PERCEPTION in survey.levels
    levels = [Level.PERCEPTION if seen else survey.levels[0]]
    if sums is not None and standard is not None:
        for pair in overall_means(survey, [Level.PERCEPTION, standard]):
            sums.add(pair)
    for block in overall_means(survey, levels) if groupings else ():
        for grouping in groupings:
            grouping.add(block.part, block.values[0])
    return None if sums is None else sums.explained(), tuple(each.told() for each in groupings)


def _criterion_sums(survey: Survey, criterion: npt.ArrayLike | str, standard: Level | None) -> CriterionSums:
    if Level.PERCEPTION not in survey.levels or standard is None or not survey.paired:
        held = f"{', '.join(survey.levels)}{'' if survey.paired else ', from different people'}"
        rule = "it is explained by perceptions and expectations of the same people"
        raise JointAnswersError(Problem("criterion", f"given for {held}", rule, "leave it out, or ask both levels"))
    return CriterionSums(survey, criterion_of(survey, criterion), standard)


def _groupings(survey: Survey, by: By, criterion: npt.ArrayLike | str | None) -> list[GroupingSums]:
    names = [name for name in survey.groups if not (isinstance(criterion, str) and name == criterion)]
    if by is not None:
        names = [by] if isinstance(by, str) else list(by)
    asked = by is not None
    found = [GroupingSums(survey, each, asked=asked) for each in map(survey.grouping, names) if asked or _groups(each)]
    if survey.cluster is not None and _groups(survey.cluster):
        found.append(GroupingSums(survey, survey.cluster, is_cluster=True))
    return found


def _groups(grouping: Grouping) -> bool:
    """Return whether there are groups: a label for nearly everybody names respondents."""
    return 2 * len(grouping.labels) <= len(grouping)
