"""What a summary refuses to tell, and what it tells instead."""

from __future__ import annotations

from collections.abc import Sequence

from servqual.errors import GroupError, JointAnswersError, Problem, did_you_mean

_SIDE_BY_SIDE = "it needs the answers of one person side by side, which this summary does not hold"
_THERE = "what there is: answers_table() and tallies()"


def not_joint(what: str, *, scored: bool) -> JointAnswersError:
    """Return the refusal of what one person answered: of counts, or where different people answered the levels."""
    remedy = f"{_THERE}; or summarize a survey whose levels the same people answered"
    if scored:
        remedy = f"different people answered the levels; {_THERE}, and table() with unpaired errors"
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
