"""`Importance`: how much each dimension or item counts."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Self

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder
from servqual.errors import Problem, RatingError
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.ratings.checks import as_numbers, listed, no_scale, off_scale

_TOLERANCE = 1e-6


class Over(StrEnum):
    """What importance is spread over."""

    DIMENSIONS = "dimensions"
    ITEMS = "items"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return Label("dimensions", "维度") if self is Over.DIMENSIONS else Label("items", "题项")


def _as_over(over: Over | str) -> Over:
    try:
        return Over(over)
    except ValueError:
        rule = "importance is spread over dimensions or over items"
        raise RatingError(Problem("over", repr(over), rule, "Over.DIMENSIONS or Over.ITEMS")) from None


@frozen(eq=False, repr=False, getstate_setstate=False)
class Importance(Holder):
    """How much each dimension or item counts: weights along the last axis, 0 or more, missing = NaN.

    Parameters
    ----------
    values
        Weights of shape (…, dimensions) or (…, items), kept as read-only floats; one row is enough where all
        respondents share it.
    over
        What the last axis runs over.

    Raises
    ------
    RatingError
        Negative or infinite weights, or a single number.

    References
    ----------
    Zeithaml, Parasuraman & Berry 1990, Delivering Quality Service: Balancing Customer Perceptions and Expectations.

    Examples
    --------
    >>> Importance.points([[30, 70], [50, 50]]).shares
    array([[0.3, 0.7],
           [0.5, 0.5]])
    """

    values: Floats = field(converter=as_numbers)
    over: Over = field(converter=_as_over)

    def __attrs_post_init__(self) -> None:
        problems = list(_not_weights(self.values))
        if problems:
            raise RatingError(*problems)

    @classmethod
    def points(cls, values: npt.ArrayLike, total: float = 100.0, *, renormalise: bool = False) -> Self:
        """Return points that each respondent divided over the dimensions; every complete row adds up to `total`.

        A blank is missing, not 0, and its row is not added up: write 0 where 0 was meant.

        Parameters
        ----------
        values
            Points of shape (…, dimensions).
        total
            What a row adds up to, within a millionth of it.
        renormalise
            Consent to multiplying each complete row so that it adds up.

        Raises
        ------
        RatingError
            Rows that do not add up, or that are all 0 (these even with consent); negative or infinite points.
        """
        points = as_numbers(values)
        problems = [*_not_weights(points), *_not_a_total(total)]
        if not problems:
            problems += _not_adding_up(points, total, consent=renormalise)
        if problems:
            raise RatingError(*problems)
        return cls(_multiplied(points, total) if renormalise else points, Over.DIMENSIONS)

    @classmethod
    def ratings(cls, values: npt.ArrayLike, scale: Scale | None = None) -> Self:
        """Return ratings of how important each item is, 0 or more, of shape (…, items).

        Raises
        ------
        RatingError
            Negative or infinite ratings; where a scale is given, also those that are no answers on it.
        """
        given = as_numbers(values)
        if scale is not None:
            problems = list(no_scale(scale)) or [*_not_weights(given), *off_scale("importance", given, scale)]
            if problems:
                raise RatingError(*problems)
        return cls(given, Over.ITEMS)

    @property
    def shares(self) -> Floats:
        """The rows made to add up to 1; NaN throughout a row that misses an answer or adds up to 0."""
        totals = self.values.sum(axis=-1, keepdims=True)
        return np.divide(self.values, totals, out=np.full(self.values.shape, np.nan), where=totals > 0)

    def __repr__(self) -> str:
        return f"<Importance: {self.values.shape} over {self.over}>"


def _not_weights(values: Floats) -> Iterator[Problem]:
    if values.ndim == 0:
        hint = "pass one number for each dimension or item"
        yield Problem("importance", f"one number, {float(values):g}", "importance is spread along the last axis", hint)
    negative = np.asarray(values < 0)
    if negative.any():
        found = listed(values, negative, "below 0")
        yield Problem("importance", found, "weights are 0 or more", "write NaN where there is no answer")
    infinite = np.asarray(values == np.inf)
    if infinite.any():
        yield Problem("importance", listed(values, infinite, "infinite"), "weights are finite")


def _not_a_total(total: float) -> Iterator[Problem]:
    if not 0 < total < np.inf:
        yield Problem("total", f"{total:g}", "the total of a row is positive and finite")


def _not_adding_up(points: Floats, total: float, *, consent: bool) -> Iterator[Problem]:
    sums = np.atleast_1d(points.sum(axis=-1))
    empty = sums == 0
    if empty.any():
        rule = "points are shared out in full"
        yield Problem("importance", listed(sums, empty, "rows all 0"), rule, "write NaN where nothing was answered")
    wrong = (np.abs(sums - total) > _TOLERANCE * total) & ~empty
    if wrong.any() and not consent:
        found = listed(sums, wrong, f"rows not adding up to {total:g}")
        hint = "mend the rows, or consent to multiplying them with renormalise=True"
        yield Problem("importance", found, f"each row adds up to {total:g}", hint)


def _multiplied(points: Floats, total: float) -> Floats:
    sums = points.sum(axis=-1, keepdims=True)
    return points * np.divide(total, sums, out=np.ones(sums.shape), where=sums > 0)
