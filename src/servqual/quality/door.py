"""The door of all readings: a survey is summarised, a summary is held to what it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servqual.errors import GroupError, JointAnswersError, LevelError, ModelError, Problem, did_you_mean
from servqual.instruments import Level
from servqual.scoring import Scores, ScoringModel, Summary, summarize
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels, regrouped
from servqual.scoring.protocol import name_of
from servqual.statistics import ArgumentError
from servqual.survey import Survey

By = str | Sequence[str] | None


def summary_of(
    source: Survey | Summary,
    models: Sequence[ScoringModel],
    by: By = None,
    *,
    what: str = "this reading",
    line: str = "",
) -> Summary:
    """Return the summary that a reading is made from: of a survey a new one, of a summary itself.

    Parameters
    ----------
    source
        Answers, or what was summarised of them.
    models
        What the reading needs.
    by
        Grouping columns.
    what
        The statistic, by its name in messages.
    line
        How the models are written, for messages: ``*tolerance_models()``; by default each as it prints.

    Raises
    ------
    JointAnswersError
        A survey whose levels come from different people, or a summary of counts, where a model reads several levels.
    ModelError
        A summary made without these models; with the line that makes one.
    GroupError
        A grouping column that the source does not have.
    ArgumentError
        What is neither a survey nor a summary.
    """
    if isinstance(source, Survey):
        if not source.paired:
            refuse_unpaired(models, what)
        return summarize(source, *models, by=by)
    check_is_source(source)
    absent = [model for model in models if model not in source.models]
    if absent:
        raise _made_without(source, absent, len(models), what, line or ", ".join(map(repr, models)))
    check_groups(source, by)
    return source


def check_is_source(source: object) -> None:
    """Raise an `ArgumentError` for what is neither a survey nor a summary."""
    if not isinstance(source, Survey | Summary):
        rule, remedy = "a reading takes a Survey or a Summary", "Survey.from_frame(frame, instrument, …) makes one"
        if isinstance(source, Scores):
            remedy = "pass the survey that was scored"
        raise ArgumentError(Problem("source", f"a {type(source).__name__}", rule, remedy))


def refuse_absent(source: Survey | Summary, ends: Mapping[str, Level], what: str) -> None:
    """Raise a `LevelError` where a survey lacks levels that a reading names by options: option → level."""
    if isinstance(source, Survey):
        rule = f"the survey holds {', '.join(source.levels)}"
        problems = [
            Problem(what, f"it reads {level}", rule, f"read it with {level}='…', or name another level: {option}='…'")
            for option, level in ends.items()
            if level not in source.levels
        ]
        if problems:
            raise LevelError(*problems)


def refuse_unpaired(models: Sequence[ScoringModel], what: str) -> None:
    """Raise where a model reads several levels, for levels that different people answered."""
    levels = sorted({level for model in models if len(model.reads) > 1 for level in model.reads})
    if levels:
        rule = f"it needs {', '.join(levels)} of the same person side by side, and they come from different people"
        remedy = "mean gaps with unpaired errors come from summarize(survey, Adequacy()) or another linear model"
        raise JointAnswersError(Problem("survey", f"no {what}", rule, remedy))


def check_groups(summary: Summary, by: By) -> tuple[str, ...]:
    """Return grouping columns as a tuple, or raise a `GroupError` where the summary was not made by them."""
    names = (by,) if isinstance(by, str) else tuple(by or ())
    rule = "a summary can be told apart by the columns it was made with"
    problems = [
        Problem("by", f"no {name!r}", rule, _remedy(name, summary.by)) for name in names if name not in summary.by
    ]
    if problems:
        raise GroupError(*problems)
    return names


def sums_by(summary: Summary, by: By = None) -> dict[Labels, GroupSums]:
    """Return the sums of each group, in the order of their labels; of all together where `by` names no column."""
    return regrouped(summary.groups, summary.by, check_groups(summary, by))


def _remedy(name: str, known: Sequence[str]) -> str:
    return did_you_mean(name, known) if known else f"summarize(survey, …, by={name!r})"


def _made_without(
    summary: Summary, absent: Sequence[ScoringModel], asked: int, what: str, line: str
) -> ModelError | JointAnswersError:
    held = ", ".join(dict.fromkeys(name_of(model) for model in summary.models)) or "no model"
    again = f", by={list(summary.by)!r}" if summary.by else ""
    remedy = f"summarize(survey, {line}{again})"
    if not summary.models and summary.total.products is None:
        rule = "it needs the answers of one person side by side, which counts do not have"
        return JointAnswersError(Problem("summary", f"no {what}", rule, f"from the answers: {remedy}"))
    found = f"it lacks {len(absent)} of the {asked} models of the {what}"
    return ModelError(Problem("summary", found, f"it was made with {held}", remedy))
