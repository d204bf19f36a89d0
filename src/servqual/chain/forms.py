"""The forms a link may have: a straight line, a logarithm, slopes that differ between segments."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import pairwise
from numbers import Real
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.errors import ChainError, Problem
from servqual.errors.problems import unknown_word
from servqual.statistics.piecewise import segment_columns

Direction = Literal["gain", "loss"]


class Form(ABC):
    """How the target of a link follows its source: as the columns that enter the regression, one coefficient each.

    With the columns g₁(x) … gₘ(x) of a form and the coefficients b₁ … bₘ, the link contributes Σ bⱼ gⱼ(x) to its
    target, and its slope at x is Σ bⱼ gⱼ′(x).
    """

    __slots__ = ()

    def resolved(self, mean: float) -> Form:  # noqa: ARG002 - a form without a place of its own needs no mean
        """Return the form with every place on the axis made a number; `mean` is that of the source over the rows."""
        return self

    def admits(self, x: npt.ArrayLike) -> Bools:
        """Return where the form can take a value, as an array of the shape of `x`; a missing value is admitted."""
        return np.ones(np.shape(x), dtype=np.bool_)

    @abstractmethod
    def columns(self, x: npt.ArrayLike) -> Floats:
        """Return the columns of the form, shape (n, m) for n values of the source; missing values stay missing."""

    @abstractmethod
    def derivative(self, at: float, *, direction: Direction = "gain") -> Floats:
        """Return the derivative of each column at one value of the source, shape (m,).

        Where a form has a corner, ``"gain"`` is the derivative to the right of it and ``"loss"`` to the left.
        """

    @abstractmethod
    def parts(self, source: str) -> tuple[str, ...]:
        """Return the names of the coefficients, one per column."""


@frozen
class Linear(Form):
    """A straight line: one slope wherever the source stands; column x.

    Examples
    --------
    >>> Linear().parts("satisfaction")
    ('satisfaction',)
    """

    def __str__(self) -> str:
        return "linear"

    def columns(self, x: npt.ArrayLike) -> Floats:
        """Return the source itself as one column."""
        return _values(x)[:, np.newaxis]

    def derivative(self, at: float, *, direction: Direction = "gain") -> Floats:
        """Return one, or a missing value where `at` is missing."""
        _checked(direction)
        return np.array([math.nan if math.isnan(at) else 1.0])

    def parts(self, source: str) -> tuple[str, ...]:
        """Return the name of the source."""
        return (source,)


@frozen
class Log(Form):
    """A natural logarithm: each per cent of the source counts the same, so that a link saturates; column ln x.

    Values of zero and below have no logarithm: `admits` names them, and their column is missing.

    Examples
    --------
    >>> Log().derivative(4.0).tolist()
    [0.25]
    >>> Log().parts("satisfaction")
    ('ln satisfaction',)
    """

    def __str__(self) -> str:
        return "log"

    def admits(self, x: npt.ArrayLike) -> Bools:
        """Return where the source is above zero or missing."""
        values = np.asarray(x, dtype=np.float64)
        return ~(values <= 0)

    def columns(self, x: npt.ArrayLike) -> Floats:
        """Return the logarithm of the source as one column, missing where the source is not above zero."""
        values = _values(x)
        found = np.full(values.shape, math.nan)
        np.log(values, out=found, where=values > 0)
        return found[:, np.newaxis]

    def derivative(self, at: float, *, direction: Direction = "gain") -> Floats:
        """Return 1 / x, missing where x is not above zero."""
        _checked(direction)
        return np.array([1.0 / at if at > 0 else math.nan])

    def parts(self, source: str) -> tuple[str, ...]:
        """Return the name of the logarithm."""
        return (f"ln {source}",)


def _knots_of(knots: Iterable[float] | float) -> tuple[float, ...]:
    found: Any = knots
    given = (found,) if isinstance(found, str) or not isinstance(found, Iterable) else tuple(found)
    return tuple(float(each) if _is_number(each) else each for each in given)


@frozen
class Piecewise(Form):
    """Straight pieces that meet at knots k₁ < … < kₖ: coefficient j is the slope within segment j.

    The columns are min(x, k₁), clip(x − k₁, 0, k₂ − k₁), …, max(x − kₖ, 0). They add up to x, so that equal slopes are
    a straight line. Without knots there is one, at the mean of the source over the rows: losses below the mean and
    gains above it have slopes of their own.

    Parameters
    ----------
    knots
        Where the slope may change, in units of the source, ascending.

    Raises
    ------
    ChainError
        Knots that are not finite numbers or do not ascend; columns asked for before `resolved` has placed the knot.

    Examples
    --------
    >>> Piecewise((3.2,)).columns([2.0, 5.0]).tolist()
    [[2.0, 0.0], [3.2, 1.7999999999999998]]
    >>> Piecewise((3.2, 4.1)).parts("satisfaction")
    ('satisfaction below 3.2', 'satisfaction 3.2 to 4.1', 'satisfaction above 4.1')
    """

    knots: tuple[float, ...] = field(default=(), converter=_knots_of)

    def __attrs_post_init__(self) -> None:
        problems = list(_knot_faults(self.knots))
        if problems:
            raise ChainError(*problems)

    def __str__(self) -> str:
        name = "asymmetric" if len(self.knots) < 2 else "piecewise"
        return " ".join([name, *map(_exact, self.knots)])

    def resolved(self, mean: float) -> Piecewise:
        """Return the form with its knot at the mean of the source, or the form itself where it has knots."""
        return self if self.knots else Piecewise((float(mean),))

    def columns(self, x: npt.ArrayLike) -> Floats:
        """Return one column per segment; they add up to the source."""
        return segment_columns(_values(x), self._placed())

    def derivative(self, at: float, *, direction: Direction = "gain") -> Floats:
        """Return one for the segment that `at` lies in and zero elsewhere; at a knot the direction decides."""
        knots = self._placed()
        if math.isnan(at):
            return np.full(len(knots) + 1, math.nan)
        found = np.zeros(len(knots) + 1)
        found[np.searchsorted(knots, at, side="right" if _checked(direction) == "gain" else "left")] = 1.0
        return found

    def parts(self, source: str) -> tuple[str, ...]:
        """Return the names of the slopes; where the knot is not placed yet, below and above the mean."""
        shown = _short(self.knots) or ["mean"]
        between = (f"{source} {low} to {high}" for low, high in pairwise(shown))
        return (f"{source} below {shown[0]}", *between, f"{source} above {shown[-1]}")

    def _placed(self) -> tuple[float, ...]:
        if not self.knots:
            rule = "the knot is put at the mean of the rows before columns are made"
            raise ChainError(Problem("form asymmetric", "no knot yet", rule, "call resolved(mean) first"))
        return self.knots


def asymmetric(reference: float | None = None) -> Piecewise:
    """Gains and losses apart: one slope below a reference and one above it.

    Parameters
    ----------
    reference
        Where losses end and gains begin, in units of the source; None puts it at the mean of the rows.

    References
    ----------
    Anderson & Sullivan 1993, Marketing Science 12(2):125-143 (losses weigh more than gains).

    Examples
    --------
    >>> asymmetric(), asymmetric(3.0)
    (Piecewise(knots=()), Piecewise(knots=(3.0,)))
    """
    return Piecewise() if reference is None else Piecewise((reference,))


def _knot_faults(knots: tuple[float, ...]) -> Iterator[Problem]:
    strange = [each for each in knots if not (_is_number(each) and math.isfinite(each))]
    for each in strange:
        yield Problem("knots", repr(each), "a knot is a finite number")
    if strange:
        return
    for low, high in pairwise(knots):
        if high <= low:
            remedy = "name each knot once" if high == low else "sort them"
            yield Problem("knots", f"{_exact(high)} after {_exact(low)}", "knots ascend", remedy)


def _checked(direction: Direction) -> Direction:
    if direction not in {"gain", "loss"}:
        raise ChainError(unknown_word("direction", direction, ("gain", "loss"), "a change is a gain or a loss"))
    return direction


def _values(x: npt.ArrayLike) -> Floats:
    values = np.array(x, dtype=np.float64)
    if values.ndim != 1:
        raise ChainError(Problem("x", f"shape {values.shape}", "the values of one construct are one row of numbers"))
    return values


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _exact(number: float) -> str:
    """Write a number as short as it can be read back."""
    brief = f"{number:g}"
    return brief if float(brief) == number else repr(number)


def _short(numbers: tuple[float, ...]) -> list[str]:
    """Write numbers with four digits, or with as many as it takes to tell them apart."""
    for digits in range(4, 17):
        texts = [f"{each:.{digits}g}" for each in numbers]
        if len(set(texts)) == len(texts):
            return texts
    return [repr(each) for each in numbers]
