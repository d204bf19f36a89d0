"""What plots are drawn from: the answers of a survey, summed, or a summary that holds such sums already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from servqual.errors import GroupError, LevelError, PlotError, Problem, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.instruments import Level
from servqual.ratings import Over
from servqual.scoring import Summary, summarize
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import regrouped
from servqual.survey import Survey

Source = Survey | Summary
Labels = tuple[Any, ...]


def over_of(over: Over | str) -> Over:
    """Return what the rows of a plot are, items or dimensions, or say that there is nothing else."""
    if over not in set(Over):
        raise PlotError(unknown_word("over", over, Over, "rows are items or dimensions"))
    return Over(over)


def names_of(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of grouping columns, of which one may be given by itself."""
    return (by,) if isinstance(by, str) else tuple(by or ())


def named(group: Labels) -> str:
    """Return what a group is called in a legend; a group without a name is a dash."""
    return " · ".join("–" if label is None else str(label) for label in group)


def held(source: Source, levels: Sequence[Level | str]) -> tuple[Level, ...]:
    """Return these levels, or say that the source does not hold one of them.

    Raises
    ------
    LevelError
        Naming all levels that are not there.
    PlotError
        A source that is neither a survey nor a summary.
    """
    if not isinstance(source, Survey | Summary):
        remedy = "pass the survey that was scored" if hasattr(source, "overall") else ""
        rule = "it is drawn from the answers that a Survey or a Summary holds"
        raise PlotError(Problem("source", f"a {type(source).__name__}", rule, remedy))
    wanted = tuple(Level(level) for level in levels)
    absent = [level for level in wanted if level not in source.levels]
    if absent:
        rule = f"the {type(source).__name__.lower()} holds {', '.join(source.levels)}"
        raise LevelError(*(Problem("levels", f"no {level!s} answers", rule, _remedy(level)) for level in absent))
    return wanted


def _remedy(level: Level) -> str:
    return f"read it with {level!s}=…, or name a level that is there"


def summary_of(source: Source, levels: Sequence[Level], by: tuple[str, ...] = ()) -> Summary:
    """Return the sums that a plot of these levels needs, told apart by group: those given, or those of the survey."""
    if isinstance(source, Survey):
        return summarize(evolve(source, answers={level: source.level(level) for level in levels}), by=by)
    unknown = [name for name in by if name not in source.by]
    if unknown:
        rule = "a summary can be told apart by the columns it was made with"
        remedy = did_you_mean(unknown[0], source.by) if source.by else f"summarize(survey, by={unknown[0]!r})"
        raise GroupError(*(Problem("by", f"no {name!r}", rule, remedy) for name in unknown))
    return source


def groups_of(summary: Summary, by: tuple[str, ...]) -> Mapping[Labels, GroupSums]:
    """Return the sums of each group, in the order of their labels; of everybody together where there is no `by`."""
    return regrouped(summary.groups, summary.by, by)
