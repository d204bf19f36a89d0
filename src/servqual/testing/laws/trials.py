"""What laws do with a block: hand it to a model, take a part of it or another order, and say in words what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray, Bools, Floats
from servqual.answers import Answers
from servqual.errors import LawBroken
from servqual.instruments import Level
from servqual.ratings import Over
from servqual.scoring.protocol import ScoringModel, dimension_weights_of, item_weights_of
from servqual.testing.strategies.blocks import slices_of

# Scores that should be equal may differ by rounding: one respondent alone is not always rounded as one among many.
_TOLERANCE = 1e-9


def rounding(answers: Answers) -> float:
    """Return how far rounding may move a score."""
    scale = answers.scale
    return _TOLERANCE * max(1.0, scale.span, abs(scale.low), abs(scale.high))


def handed(answers: Answers) -> Answers:
    """Return a copy of a block that the model may spoil, so that one law does not break another."""
    levels = {level: values.T.copy().T for level, values in answers.levels.items()}
    importance = None if answers.importance is None else answers.importance.copy()
    return evolve(answers, levels=levels, importance=importance)


def scored(model: ScoringModel, answers: Answers) -> Floats:
    """Return the item scores of a copy of the block."""
    return np.asarray(model.item_scores(handed(answers)))


def everything(model: ScoringModel, answers: Answers) -> dict[str, Floats]:
    """Return item scores and whatever weights there are, one row for each respondent."""
    given = {
        "item_scores": scored(model, answers),
        "item_weights": item_weights_of(model, handed(answers)),
        "dimension_weights": dimension_weights_of(model, handed(answers)),
    }
    arrays = {name: np.asarray(values) for name, values in given.items() if values is not None}
    return {name: np.broadcast_to(each, (answers.rows, *each.shape[-1:])) for name, each in arrays.items()}


def of_rows(answers: Answers, rows: AnyArray) -> Answers:
    """Return the block of some respondents, in this order."""
    levels = {level: values[rows] for level, values in answers.levels.items()}
    importance = None if answers.importance is None else answers.importance[rows]
    return evolve(answers, levels=levels, importance=importance)


def of_items(answers: Answers, items: AnyArray, dimensions: Sequence[int]) -> Answers:
    """Return the block with its items in another order, in which dimensions come in the order given."""
    levels = {level: values[:, items] for level, values in answers.levels.items()}
    importance = answers.importance
    if importance is not None:
        importance = importance[:, items if answers.over is Over.ITEMS else list(dimensions)]
    lengths = [answers.slices[each].stop - answers.slices[each].start for each in dimensions]
    return evolve(answers, levels=levels, importance=importance, slices=slices_of(lengths))


def with_levels(answers: Answers, levels: Mapping[Level, Floats]) -> Answers:
    """Return the block with other levels in place of its own, or beside them."""
    return evolve(answers, levels={**answers.levels, **levels})


def needed_missing(answers: Answers) -> Bools:
    """Return, (rows, items), where any answer is missing."""
    return np.any([np.isnan(values) for values in answers.levels.values()], axis=0)


def must_agree(name: str, found: Floats, wanted: Floats, when: str, *, within: float = 0.0) -> None:
    """Raise where two arrays differ by more than rounding, or in what is missing."""
    if found.shape != wanted.shape:
        raise LawBroken(f"{name} has shape {found.shape}, and {when} {wanted.shape}")
    both_missing = np.isnan(found) & np.isnan(wanted)
    with np.errstate(invalid="ignore"):
        differ = ~((found == wanted) | both_missing | (np.abs(found - wanted) <= within))
    if differ.any():
        place = first(differ)
        raise LawBroken(f"{name}{list(place)} is {found[place]:.9g}, and {when} {wanted[place]:.9g}")


def first(wrong: Bools) -> tuple[int, ...]:
    """Return the first position at which something is wrong."""
    return tuple(int(each) for each in np.argwhere(wrong)[0])


def in_words(answers: Answers) -> str:
    """Return a block on one line; a semicolon ends a respondent's row, a dash is a missing answer.

    Examples
    --------
    >>> from servqual import Scale
    >>> in_words(Answers({Level.PERCEPTION: np.array([[1.0, np.nan]])}, Scale.likert(7), (slice(0, 2),)))
    'on 1..7, items per dimension 2, perception [1 –]'
    """
    lengths = "+".join(str(part.stop - part.start) for part in answers.slices)
    shown = {str(level): values for level, values in answers.levels.items()}
    if answers.importance is not None:
        shown[f"importance of {answers.over}"] = answers.importance
    matrices = [f"{name} [{'; '.join(map(_row_in_words, values))}]" for name, values in shown.items()]
    return ", ".join([f"on {answers.scale}", f"items per dimension {lengths}", *matrices])


def _row_in_words(row: Floats) -> str:
    return " ".join("–" if np.isnan(value) else f"{value:.6g}" for value in row)
