"""Any model, weighted by what matters to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import ModelError, Problem
from servqual.instruments import Level, Scale
from servqual.ratings import Over
from servqual.scoring.protocol import ScoringModel, check_is_model, coefficients_of, has_weights, name_of


def _as_points(given: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(each) for each in given)


@frozen
class Weighted:
    """Importance-weighted scores of any model (weighted SERVQUAL, weighted SERVPERF).

    With importance over dimensions, ``overall = Σ w_d s_d / Σ w_d``; over items, each dimension is
    ``Σ w_i s_i / Σ w_i`` over the items answered. Zero means what it means in the wrapped model, and scores stay within
    its bounds. Weights come from each respondent's importance, or from `points` for all alike. Where the weight of one
    answered item is missing, that dimension is; where the weight of a dimension is, the overall score is.

    Parameters
    ----------
    model
        The model whose item scores are weighted.
    points
        One weight per dimension or per item, the same for all; None takes each respondent's own from the survey.

    Raises
    ------
    ModelError
        Weights that are negative, not finite or all zero; a model with weights of its own; when scoring, a number of
        weights that fits neither dimensions nor items.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64(1):12-40 (by dimension); Cronin & Taylor 1992, Journal
    of Marketing 56(3):55-68 (by item; sums there, means here).
    """

    model: ScoringModel = field()
    points: tuple[float, ...] | None = field(default=None, converter=optional(_as_points))

    @model.validator
    def _is_model(self, _: object, model: object) -> None:
        check_is_model(model)
        if has_weights(model):
            rule = "one model weights at a time"
            raise ModelError(
                Problem(f"model {name_of(model)}", "weights of its own", rule, "weight the model inside it")
            )

    @points.validator
    def _weigh_something(self, _: object, points: tuple[float, ...] | None) -> None:
        if points is None:
            return
        if not all(np.isfinite(points)) or min(points, default=-1) < 0 or sum(points) <= 0:
            raise ModelError(Problem("points", str(points), "weights are finite, 0 or more, and not all 0"))

    @property
    def reads(self) -> frozenset[Level]:
        """What the wrapped model reads."""
        return self.model.reads

    @property
    def reads_importance(self) -> bool:
        """Whether each respondent's importance is needed."""
        return self.points is None

    @property
    def monotone(self) -> bool:
        """What the wrapped model says."""
        return bool(getattr(self.model, "monotone", True))

    @property
    def coefficients(self) -> Mapping[Level, int] | None:
        """What the wrapped model says."""
        return coefficients_of(self.model)

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the wrapped model's item scores, not yet weighted."""
        return self.model.item_scores(answers)

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the wrapped model's bounds: a weighted mean stays within them."""
        return self.model.bounds(scale)

    def item_weights(self, answers: Answers, /) -> Floats | None:
        """Return weights of items where that is what importance is spread over."""
        return self._weights(answers) if self._over(answers) is Over.ITEMS else None

    def dimension_weights(self, answers: Answers, /) -> Floats | None:
        """Return weights of dimensions where that is what importance is spread over."""
        return self._weights(answers) if self._over(answers) is Over.DIMENSIONS else None

    def _weights(self, answers: Answers) -> Floats | None:
        return answers.importance if self.points is None else np.array(self.points)

    def _over(self, answers: Answers) -> Over | None:
        if self.points is None:
            return answers.over
        dimensions, items = len(answers.slices), answers.slices[-1].stop
        if len(self.points) == dimensions:
            return Over.DIMENSIONS
        if len(self.points) == items:
            return Over.ITEMS
        rule = f"one weight per dimension ({dimensions}) or per item ({items})"
        raise ModelError(Problem("points", f"{len(self.points)} weights", rule))
