"""The weights that a model asks for, checked and laid out as the kernels use them."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import ModelError, Problem
from servqual.scoring.protocol import ScoringModel, dimension_weights_of, item_weights_of, name_of


def item_weights(model: ScoringModel, answers: Answers, dtype: np.dtype[np.generic]) -> Floats | None:
    """Return weights of items, (items, rows), or None where all count alike.

    Raises
    ------
    ModelError
        Weights of another shape than (rows, items) or (items,), or below 0.
    """
    given = item_weights_of(model, answers)
    return None if given is None else _laid_out(model, answers, np.asarray(given, dtype), answers.slices[-1].stop)


def dimension_weights(model: ScoringModel, answers: Answers, dtype: np.dtype[np.generic]) -> Floats | None:
    """Return weights of dimensions, (dimensions, rows), or None where all count alike; as `item_weights`."""
    given = dimension_weights_of(model, answers)
    return None if given is None else _laid_out(model, answers, np.asarray(given, dtype), len(answers.slices))


def _laid_out(model: ScoringModel, answers: Answers, weights: Floats, columns: int) -> Floats:
    place = f"weights of model {name_of(model)}"
    if weights.shape not in {(answers.rows, columns), (columns,)}:
        rule = f"weights have the shape {(answers.rows, columns)}, or {(columns,)} for all respondents alike"
        raise ModelError(Problem(place, f"shape {weights.shape}", rule))
    if (weights < 0).any():
        raise ModelError(Problem(place, f"{weights.min():g}", "weights are 0 or more"))
    return np.broadcast_to(weights, (answers.rows, columns)).T
