"""Laws about a model as a value."""

from __future__ import annotations

import copy
import pickle
import re

from servqual.answers import Answers
from servqual.errors import LawBroken
from servqual.instruments import Level
from servqual.scoring.protocol import ScoringModel
from servqual.testing.laws.trials import must_agree, scored

# The word, or the number where it stands alone: not in 0.5, 10, x_0 or 0..10.
_ZERO = re.compile(r"\bzero\b|(?<![\w.,])0(?!\w|[.,…–]\S)", re.IGNORECASE)


def it_reads_a_set_of_levels(model: ScoringModel) -> None:
    """`reads` is a frozenset of one level or more."""
    reads: object = model.reads
    if not isinstance(reads, frozenset) or not reads or not all(isinstance(each, Level) for each in reads):
        raise LawBroken(f"reads is {reads!r}")


def docstring_says_what_zero_means(model: ScoringModel) -> None:
    """The class has a docstring of its own, which says what a score of zero means."""
    text = type(model).__doc__
    if not text:
        raise LawBroken(f"{type(model).__name__} has no docstring")
    if not _ZERO.search(text):
        raise LawBroken(f"the docstring of {type(model).__name__} names no zero: {text.strip().splitlines()[0]!r}")


def equal_parameters_make_equal_models(model: ScoringModel) -> None:
    """Two models with equal parameters are equal and have the same hash."""
    for kind, twin in {"copy.copy": copy.copy(model), "copy.deepcopy": copy.deepcopy(model)}.items():
        if model != twin:
            raise LawBroken(f"{model!r} does not equal its {kind}")
        if hash(model) != hash(twin):
            raise LawBroken(f"{model!r} and its {kind} are equal, and their hashes differ")


def copies_score_alike(model: ScoringModel, answers: Answers) -> None:
    """A model that went through pickle, or through deepcopy, gives the same scores."""
    wanted = scored(model, answers)
    must_agree("a score after pickle", scored(_pickled(model), answers), wanted, "before")
    must_agree("a score after deepcopy", scored(copy.deepcopy(model), answers), wanted, "before")


def _pickled(model: ScoringModel) -> ScoringModel:
    try:
        return pickle.loads(pickle.dumps(model))  # noqa: S301 - bytes made on this line
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        remedy = "; define the class at module level" if "<locals>" in type(model).__qualname__ else ""
        raise LawBroken(f"{type(error).__name__}: {error}{remedy}") from error
