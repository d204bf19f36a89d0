"""What a summary refuses to tell, and what it tells instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from servqual.columns import check_is_instrument
from servqual.errors import (
    ArgumentError,
    GroupError,
    JointAnswersError,
    LevelError,
    ModelError,
    Problem,
    SurveyError,
    did_you_mean,
)
from servqual.errors.problems import unknown_word
from servqual.instruments import Instrument, Level
from servqual.scoring.drawing import Drawing
from servqual.scoring.protocol import ScoringModel, check_is_model, name_of

_SIDE_BY_SIDE = "it needs the answers of one person side by side, which this summary does not hold"
_THERE = "what there is: answers_table() and tallies()"


def not_joint(what: str, *, scored: bool) -> JointAnswersError:
    """Return the refusal of what one person answered: of counts, or where different people answered the levels."""
    remedy = f"{_THERE}; or summarize a survey whose levels the same people answered"
    if scored:
        remedy = f"different people answered the levels, or products=False was said; {_THERE}, and table()"
    return JointAnswersError(Problem("summary", f"no {what}", _SIDE_BY_SIDE, remedy))


def not_scored(what: str, *, joint: bool) -> JointAnswersError:
    """Return the refusal of scores, of which a summary without a model has none; `joint` sums could have had them."""
    if joint:
        remedy = f"name one, as in summarize(survey, Difference()); {_THERE}"
        return JointAnswersError(Problem("summary", f"no {what}", "it was made without a model", remedy))
    remedy = f"{_THERE}; or summarize a survey with a model"
    return JointAnswersError(Problem("summary", f"no {what}", _SIDE_BY_SIDE, remedy))


def refuse_unknown_columns(names: Sequence[str], by: Sequence[str]) -> None:
    """Raise a `GroupError` where a summary was not made by all of these columns."""
    rule = "a summary can be told apart by the columns it was made with"
    unknown = [name for name in names if name not in by]
    remedies = [did_you_mean(name, by) if by else f"summarize(…, by={name!r})" for name in unknown]
    if unknown:
        pairs = zip(unknown, remedies, strict=True)
        raise GroupError(*(Problem("by", f"no {name!r}", rule, remedy) for name, remedy in pairs))


def refuse_nobody(groups: Collection[object]) -> None:
    """Raise a `SurveyError` where a summary is of nobody."""
    if not groups:
        rule = "there is somebody to tell of"
        raise SurveyError(Problem("summary", "no respondents", rule, "add the summary of a survey to it"))


def not_answered(level: str, levels: Sequence[str]) -> LevelError:
    """Return the refusal of a level that was not answered."""
    return LevelError(
        Problem("summary", f"no {level!s} answers", f"it holds {', '.join(levels)}", "read that level too")
    )


def not_counted(level: str, held: Collection[str]) -> JointAnswersError:
    """Return the refusal of counts of a level whose answers are not counted."""
    rule = f"counts are kept for {', '.join(held) or 'no level: the scale is real-valued'}"
    return JointAnswersError(Problem("tallies", f"no counts of {level!s}", rule))


def one_of(models: Sequence[ScoringModel], model: ScoringModel | None) -> ScoringModel:
    """Return the model that is meant: the one named, or the only one.

    Raises
    ------
    ModelError
        A model that the summary was made without, or none named of several.
    """
    if model is None and len(models) > 1:
        names = ", ".join(name_of(each) for each in models)
        raise ModelError(Problem("model", "not named", f"the summary holds {names}", "name one of them"))
    chosen = models[0] if model is None else model
    if chosen not in models:
        remedy = f"for groups write by={chosen!r}" if isinstance(chosen, str) else f"summarize(survey, {chosen!r})"
        raise ModelError(Problem("model", repr(chosen), "the summary was made without it", remedy))
    return chosen


def is_bootstrap(interval: str, drawing: Drawing) -> bool:
    """Return whether intervals are percentiles of replicates.

    Raises
    ------
    ArgumentError
        Another interval than there are, or replicates that the summary was made without.
    """
    kinds = ("student", "bootstrap")
    if interval not in kinds:
        raise ArgumentError(unknown_word("interval", interval, kinds))
    if interval == "bootstrap" and not drawing.replicates:
        rule, remedy = "it is read from replicates, which are drawn while answers are at hand", "replicates=1000"
        raise ArgumentError(Problem("interval", "no replicates in the summary", rule, f"summarize(…, {remedy})"))
    return interval == "bootstrap"


def asked_of(
    instrument: Instrument, models: Sequence[ScoringModel], levels: Sequence[Level | str] | None
) -> tuple[Level, ...]:
    """Return the levels of summaries to come, in the order of the instrument, once all is found to be in order.

    Raises
    ------
    SurveyError, ModelError, LevelError
        What is no instrument or model; a level that is not asked, or that a model reads and is not among them.
    """
    check_is_instrument(instrument)
    for model in models:
        check_is_model(model)
    wanted = {str(level) for level in (instrument.levels if levels is None else levels)}
    held = ", ".join(instrument.levels)
    strange = [unknown_word("levels", each, instrument.levels, f"{instrument.name!r} asks {held}")
               for each in sorted(wanted - set(instrument.levels))]  # fmt: skip
    read = {level for model in models for level in model.reads} - wanted
    strange += [Problem("levels", f"no {level}", "a model reads it", "name it in levels=") for level in sorted(read)]
    if strange:
        raise LevelError(*strange)
    return tuple(level for level in instrument.levels if level in wanted)
