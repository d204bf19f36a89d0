"""Laws about what a model may promise beyond its scores: whole-number coefficients, and weights."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral

import numpy as np

from servqual._arrays import AnyArray, Bools, Floats
from servqual.answers import Answers
from servqual.errors import LawBroken
from servqual.scoring.protocol import ScoringModel, coefficients_of, dimension_weights_of, item_weights_of
from servqual.testing.laws.trials import first, handed, must_agree, needed_missing, rounding, scored

Ask = Callable[[ScoringModel, Answers], Floats | None]


def coefficients_give_the_scores(model: ScoringModel, answers: Answers) -> None:
    """Coefficients are whole numbers, one for each level that is read, and their sum of answers is the item score."""
    coefficients = coefficients_of(model) or {}
    if set(coefficients) != set(model.reads):
        found = f"coefficients are of {', '.join(sorted(coefficients))}"
        raise LawBroken(f"{found}, and it reads {', '.join(sorted(model.reads))}")
    for level, factor in coefficients.items():
        if not isinstance(factor, Integral):
            raise LawBroken(f"the coefficient of {level} is {factor!r}")
    wanted = np.sum([factor * answers[level] for level, factor in coefficients.items()], axis=0)
    must_agree("a score", scored(model, answers), wanted, "by its coefficients", within=rounding(answers))


def weights_fit_and_are_not_negative(model: ScoringModel, answers: Answers) -> None:
    """Weights are 0 or more, (rows, items or dimensions) or one row for all, missing only where an answer is."""
    kinds = {
        "item_weights": (item_weights_of, answers.slices[-1].stop),
        "dimension_weights": (dimension_weights_of, len(answers.slices)),
    }
    for name, (ask, width) in kinds.items():
        weights = ask(model, handed(answers))
        if weights is None:
            continue
        _check_weights(name, np.asarray(weights), width, _with_gaps(answers))


def _with_gaps(answers: Answers) -> Bools:
    """Return which respondents left anything out."""
    gaps = needed_missing(answers)
    return np.any(gaps if answers.importance is None else np.hstack([gaps, np.isnan(answers.importance)]), axis=1)


def _check_weights(name: str, weights: AnyArray, width: int, gaps: Bools) -> None:
    if weights.shape not in {(len(gaps), width), (width,)} or weights.dtype.kind not in "fiu":
        raise LawBroken(f"{name} are {weights.dtype} of shape {weights.shape}, not {(len(gaps), width)} or {(width,)}")
    rows = np.broadcast_to(weights, (len(gaps), width))
    wrong = (rows < 0) | np.isinf(rows) | (np.isnan(rows) & ~gaps[:, None])
    if wrong.any():
        place = first(wrong)
        raise LawBroken(f"{name}{list(place)} is {rows[place]:g}")
