"""Dominance analysis: whether one predictor adds more than another in all models, at each size, or on average."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Holder, floats, read_only
from servqual.errors import Problem
from servqual.labels import Label
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.coalition_shares import exact_shares
from servqual.statistics.relations import relations_of
from servqual.statistics.shapley_shares import coalition_sizes
from servqual.statistics.subset_variance import unexplained

# predictors up to which pairs are compared in all models
MOST_COMPARED = 15
# what rounding makes of equal parts of R²
_EQUAL = 1e-12


class Dominates(StrEnum):
    """How far one predictor dominates another.

    COMPLETE
        It adds at least as much in every model without the two, and more in some.
    CONDITIONAL
        It adds at least as much on average over the models of each size.
    GENERAL
        It adds more on average over sizes: its LMG share is larger.
    NONE
        It does not.
    """

    COMPLETE = "complete"
    CONDITIONAL = "conditional"
    GENERAL = "general"
    NONE = "none"

    @property
    def label(self) -> Label:
        """The word in English and Chinese."""
        return _LABELS[self]


_LABELS = {
    Dominates.COMPLETE: Label("completely", "完全优势"),
    Dominates.CONDITIONAL: Label("at each size", "条件优势"),
    Dominates.GENERAL: Label("on average", "一般优势"),
    Dominates.NONE: Label("no", "无"),
}


def _words(values: npt.ArrayLike) -> AnyArray:
    return read_only(values, np.str_)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Dominance(Holder):
    """Dominance of predictors over each other.

    Attributes
    ----------
    kind
        Word of `Dominates` for the predictor of the row over that of the column, the strongest there is, shape (p, p).
    share
        Share of the models without the two in which the predictor of the row adds more, ties by half, shape (p, p), 0
        to 1; 0.5 on the diagonal.
    conditional
        What each predictor adds on average to models of 0 to ``p − 1`` others, shape (p, sizes).
    general
        Its mean over sizes, which is the LMG share, shape (p,).
    """

    kind: AnyArray = field(converter=_words)
    share: Floats = field(converter=floats)
    conditional: Floats = field(converter=floats)
    general: Floats = field(converter=floats)

    def __repr__(self) -> str:
        found = {each: int((self.kind == each).sum()) for each in (Dominates.COMPLETE, Dominates.CONDITIONAL)}
        return f"<Dominance of {self.general.size} predictors: {found[Dominates.COMPLETE]} pairs complete>"


def dominance(matrix: npt.ArrayLike, *, controls: Sequence[int] = ()) -> Dominance:
    """Dominance analysis of predictors of an outcome: complete, conditional and general.

    Parameters
    ----------
    matrix
        Covariances or correlations, shape (q, q), the outcome last.
    controls
        Positions of columns that are in every model.

    Returns
    -------
    Dominance
        In parts of the whole variance of the outcome.

    Raises
    ------
    ArgumentError
        As `variance_shares`; also where a predictor follows from others, or more than fifteen are compared.

    References
    ----------
    Budescu 1993, Psychological Bulletin 114(3):542-551; Azen & Budescu 2003, Psychological Methods 8(2):129-148.

    Examples
    --------
    >>> found = dominance([[1.0, 0.5, 0.6], [0.5, 1.0, 0.4], [0.6, 0.4, 1.0]])
    >>> str(found.kind[0, 1]), found.conditional[0].round(4)
    ('complete', array([0.36  , 0.2133]))
    """
    relations = relations_of(matrix, controls)
    _refuse(np.asarray(matrix), relations.predictors, solved=relations.places.size)
    p, left = relations.predictors, float(relations.left[0])
    worth = -left * unexplained(relations.stack, [1] * p)[:, 0]
    conditional = _conditional(worth, p)
    general = exact_shares(relations.stack, ())[0] * left
    more, less = _compared(worth, p)
    return Dominance(_kinds(more, less, conditional, general), _shares(more, less, p), conditional, general)


def _refuse(matrix: AnyArray, predictors: int, *, solved: int) -> None:
    problems = []
    if matrix.ndim != 2:
        problems.append(Problem("matrix", f"shape {matrix.shape}", "dominance is that of one matrix, shape (q, q)"))
    elif not solved:
        rule = "no predictor follows from others, is constant, or has no answers"
        problems.append(Problem("matrix", "no unique solution", rule, "leave out predictors that others contain"))
    if predictors > MOST_COMPARED:
        rule = f"pairs of {MOST_COMPARED} predictors at most are compared in all models"
        problems.append(
            Problem("matrix", f"{predictors} predictors", rule, "variance_shares(…) gives general dominance")
        )
    if problems:
        raise ArgumentError(*problems)


def _conditional(worth: Floats, p: int) -> Floats:
    sizes, numbers = coalition_sizes(p), np.arange(2**p)
    found = np.empty((p, p))
    for player in range(p):
        out = numbers[(numbers >> player) & 1 == 0]
        gain = worth[out | (1 << player)] - worth[out]
        found[player] = np.bincount(sizes[out], gain, minlength=p) / np.bincount(sizes[out], minlength=p)
    return found


def _compared(worth: Floats, p: int) -> tuple[Floats, Floats]:
    """Return in how many models without both each predictor adds more than another, and in how many it adds less."""
    numbers, more = np.arange(2**p), np.zeros((p, p))
    less = np.zeros((p, p))
    for one in range(p):
        for other in range(one + 1, p):
            out = numbers[(numbers >> one) & 1 | (numbers >> other) & 1 == 0]
            ahead = worth[out | (1 << one)] - worth[out | (1 << other)]
            more[one, other] = less[other, one] = (ahead > _EQUAL).sum()
            less[one, other] = more[other, one] = (ahead < -_EQUAL).sum()
    return more, less


def _shares(more: Floats, less: Floats, p: int) -> Floats:
    models = 2 ** max(p - 2, 0)
    return (more + (models - more - less) / 2) / models


def _kinds(more: Floats, less: Floats, conditional: Floats, general: Floats) -> AnyArray:
    ahead = conditional[:, None] - conditional[None]
    complete = (less == 0) & (more > 0)
    at_each = (ahead > -_EQUAL).all(axis=2) & (ahead > _EQUAL).any(axis=2)
    average = general[:, None] - general[None] > _EQUAL
    return np.select(
        [complete, at_each, average],
        [str(Dominates.COMPLETE), str(Dominates.CONDITIONAL), str(Dominates.GENERAL)],
        str(Dominates.NONE),
    )
