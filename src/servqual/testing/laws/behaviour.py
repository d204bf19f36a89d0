"""Laws about what a model makes of one block of answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import LawBroken, LevelError
from servqual.instruments import Level, Scale
from servqual.scoring.protocol import ScoringModel
from servqual.testing.laws.trials import (
    first,
    handed,
    must_agree,
    needed_missing,
    of_rows,
    rounding,
    scored,
    with_levels,
)

_MOST_POINTS = 9


def scores_have_the_shape_of_the_answers(model: ScoringModel, answers: Answers) -> None:
    """Item scores are floats (rows, items), no narrower than the answers, for float32 as for float64."""
    for dtype in (np.float64, np.float32):
        block = with_levels(answers, {level: values.astype(dtype) for level, values in answers.items()})
        given: Any = model.item_scores(handed(block))
        items = block.slices[-1].stop
        if not isinstance(given, np.ndarray) or given.shape != (block.rows, items):
            shape = getattr(given, "shape", "none")
            raise LawBroken(f"item scores are a {type(given).__name__} of shape {shape}, not {(block.rows, items)}")
        if given.dtype.kind != "f" or given.itemsize < np.dtype(dtype).itemsize:
            raise LawBroken(f"item scores of {np.dtype(dtype)} answers are {given.dtype}")


def answers_are_left_untouched(model: ScoringModel, answers: Answers) -> None:
    """A model scores read-only answers, and writes to none that it could write to."""
    writeable = handed(answers)
    model.item_scores(writeable)
    for level, values in answers.items():
        must_agree(str(level), writeable[level], values, "before it was scored")
    if answers.importance is not None and writeable.importance is not None:
        must_agree("importance", writeable.importance, answers.importance, "before it was scored")
    model.item_scores(_read_only(answers))


def _read_only(answers: Answers) -> Answers:
    block = handed(answers)
    for values in (*block.values(), *([] if block.importance is None else [block.importance])):
        values.flags.writeable = False
    return block


def same_answers_get_the_same_scores(model: ScoringModel, answers: Answers) -> None:
    """The same block gets the same scores each time, to the last bit, also after another block."""
    wanted = scored(model, answers)
    must_agree("a score", scored(model, answers), wanted, "the first time")
    scored(model, of_rows(answers, np.arange(answers.rows)[::-1]))
    must_agree("a score", scored(model, answers), wanted, "before another block was scored")


def missing_exactly_where_an_answer_is(model: ScoringModel, answers: Answers) -> None:
    """An item score is NaN where any answer that it reads is, and a finite number elsewhere."""
    scores, absent = scored(model, answers), needed_missing(answers)
    invented = absent & ~np.isnan(scores)
    if invented.any():
        place = first(invented)
        raise LawBroken(f"score{list(place)} is {scores[place]:.9g}, although an answer is missing there")
    lost = ~absent & ~np.isfinite(scores)
    if lost.any():
        place = first(lost)
        raise LawBroken(f"score{list(place)} is {scores[place]}, although every answer is there")


def scores_lie_within_bounds(model: ScoringModel, answers: Answers) -> None:
    """No item score lies outside `bounds(scale)`, of which the first is not above the second."""
    low, high = model.bounds(answers.scale)
    if not low <= high:
        raise LawBroken(f"bounds are {low:g}..{high:g}")
    scores = scored(model, answers)
    outside = (scores < low - rounding(answers)) | (scores > high + rounding(answers))
    if outside.any():
        place = first(outside)
        raise LawBroken(f"score{list(place)} is {scores[place]:.9g}, outside {low:.9g}..{high:.9g}")


def undeclared_levels_change_nothing(model: ScoringModel, answers: Answers) -> None:
    """A model needs no level that `reads` does not name, and such levels change no score where they are present."""
    try:
        wanted = scored(model, answers)
    except LevelError as error:
        raise LawBroken(f"it cannot do with the levels it declares: {error}") from error
    for value in (answers.scale.low, answers.scale.high, np.nan):
        others = {level: np.full(wanted.shape, value) for level in Level if level not in answers.levels}
        when = f"without the levels it does not declare (all {value:g})"
        must_agree("a score", scored(model, with_levels(answers, others)), wanted, when)


def better_perceptions_do_not_lower_scores(model: ScoringModel, answers: Answers) -> None:
    """Raising the perception of an item, all else equal, does not lower that item's score."""
    perception = answers[Level.PERCEPTION]
    values = points_of(answers.scale)
    for item in range(perception.shape[1]):
        scores = np.array([scored(model, _at(answers, item, value))[:, item] for value in values])
        falls = np.diff(scores, axis=0) < -rounding(answers)
        if falls.any():
            step, row = first(falls)
            seen = f"item {item} of row {row} scores {scores[step, row]:.9g} at perception {values[step]:g}"
            raise LawBroken(f"{seen} and {scores[step + 1, row]:.9g} at {values[step + 1]:g}")


def _at(answers: Answers, item: int, value: float) -> Answers:
    perception: Floats = answers[Level.PERCEPTION].copy()
    perception[:, item] = value
    return with_levels(answers, {Level.PERCEPTION: perception})


def points_of(scale: Scale) -> tuple[float, ...]:
    """Return some answers from the low to the high end of a scale: all of them where they are few."""
    count = _MOST_POINTS if scale.step is None else round(scale.span / scale.step) + 1
    places = np.unique(np.linspace(0, count - 1, min(count, _MOST_POINTS)).round())
    width = scale.span / (_MOST_POINTS - 1) if scale.step is None else scale.step
    return tuple((scale.low + width * places).tolist())
