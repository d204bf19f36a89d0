"""What a scoring model is: the contract, and how the engine asks a model about it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Protocol, runtime_checkable

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import ModelError, Problem
from servqual.instruments import Level, Scale


@runtime_checkable
class ScoringModel(Protocol):
    """A frozen value that turns answers into item scores; no base class and no registration are needed.

    Optional parts, looked for by name:

    ``coefficients``
        Level → whole number: says that an item's score is this sum of its answers, which the integer kernel then forms.
    ``item_weights(answers)``, ``dimension_weights(answers)``
        Weights (rows, items) or (rows, dimensions), or one row for all; None for none.
    ``reads_importance``
        True when the model cannot do without the survey's importance.
    ``monotone``
        False when a better perception may lower the score; the laws then do not ask for the contrary.
    """

    @property
    def reads(self) -> frozenset[Level]:
        """The levels that it reads; the engine hands it no others."""
        ...

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return item scores (rows, items) of one block of respondents; NaN exactly where an answer it needs is."""
        ...

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the lowest and the highest item score that there can be on a scale."""
        ...


def coefficients_of(model: ScoringModel) -> Mapping[Level, int] | None:
    """Return the whole-number coefficients of a linear model, None for any other."""
    return getattr(model, "coefficients", None)


def item_weights_of(model: ScoringModel, answers: Answers) -> Floats | None:
    """Return the weights of items that a model asks for, (rows, items) or (items,)."""
    ask = getattr(model, "item_weights", None)
    return None if ask is None else ask(answers)


def dimension_weights_of(model: ScoringModel, answers: Answers) -> Floats | None:
    """Return the weights of dimensions that a model asks for, (rows, dimensions) or (dimensions,)."""
    ask = getattr(model, "dimension_weights", None)
    return None if ask is None else ask(answers)


def has_weights(model: object) -> bool:
    """Return whether a model asks for weights of items or dimensions."""
    return hasattr(model, "item_weights") or hasattr(model, "dimension_weights")


def reads_importance(model: ScoringModel) -> bool:
    """Return whether a model cannot do without the survey's importance."""
    return bool(getattr(model, "reads_importance", False))


def name_of(model: Any) -> str:
    """Return a short name for tables: the class, and what it wraps."""
    inner, name = getattr(model, "model", None), type(model).__name__
    if isinstance(inner, ScoringModel):
        return f"{name}({name_of(inner)})"
    against = getattr(model, "against", Level.EXPECTATION)
    return name if against is Level.EXPECTATION else f"{name}({against})"


# What people write for a model, in small letters.
_NAMES = {
    "difference": "Difference()", "servqual": "Difference()", "gap": "Difference()",
    "performanceonly": "PerformanceOnly()", "performance": "PerformanceOnly()", "servperf": "PerformanceOnly()",
    "adequacy": "Adequacy()", "msa": "Adequacy()", "superiority": "Superiority()", "mss": "Superiority()",
    "evaluatedperformance": "EvaluatedPerformance(ideal=…)", "normedquality": "NormedQuality(ideal=…)",
    "disconfirmation": "Disconfirmation()", "weighted": "Weighted(Difference())",
}  # fmt: skip


def check_is_model(model: object) -> None:
    """Raise where an object does not keep the contract.

    Raises
    ------
    ModelError
        Naming every part that it lacks.
    """
    if isinstance(model, type):
        remedy = f"pass an instance: {model.__name__}()"
        raise ModelError(Problem("model", f"the class {model.__name__}", "a scoring model is a value", remedy))
    if isinstance(model, str):
        near = get_close_matches(model.casefold(), _NAMES, n=1, cutoff=0.5)
        remedy = f"write {_NAMES[near[0]]} instead of the text" if near else "for example Difference()"
        raise ModelError(Problem("model", f"the text {model!r}", "a scoring model is a value", remedy))
    parts = {"reads": "a frozenset of levels", "item_scores": "a method", "bounds": "a method"}
    lacking = [part for part in parts if not hasattr(model, part)]
    if lacking:
        place = f"model {type(model).__name__}"
        raise ModelError(*(Problem(place, f"no `{part}`", f"a scoring model has {parts[part]}") for part in lacking))
